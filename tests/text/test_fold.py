"""The declared folds: what they take out, what they never touch, and the way back to the original offsets."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._text.fold import FOLDS, Fold, fold, marks, open_line_ends

CHARACTERS = "‘’“”«»„`'\"-–—−*_[]12(). \u00a0\t\u00ad\u200b\u200d\ufe0f\u0301éﬁﬃ⁵²½中文字。👍🏽&;\u0640की"
PIECES = ["\r\n", "-\n", "&amp;", "&mdash;", "&nbsp;", "...", "…", "[12]", "**", "''", "word", "Word", " "]
SPECIAL = st.sampled_from([*CHARACTERS, *PIECES])
TEXTS = st.lists(st.one_of(SPECIAL, st.characters(exclude_categories=["Cs"])), max_size=40).map("".join)


@given(TEXTS)
def test_every_fold_leaves_what_it_does_not_name(text: str) -> None:
    """Between its edits a fold gives the text back as it was, apart from replacements of one by one."""
    for name, apply in FOLDS:
        folded, edits = apply(text)
        if edits is None:
            assert len(folded) == len(text), name
        else:
            assert [len(a) for a in _between(folded, edits.starts, edits.ends)] == [
                len(b) for b in _between(text, edits.from_starts, edits.from_ends)
            ], name


@given(TEXTS)
def test_offsets_come_back_in_order_and_inside_the_text(text: str) -> None:
    """The way back never runs backwards and never leaves the text."""
    folded = fold(text)
    starts = [at for at in map(folded.start, range(len(folded.text))) if at is not None]
    ends = [at for at in map(folded.end, range(1, len(folded.text) + 1)) if at is not None]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= at <= len(text) for at in starts + ends)


@given(TEXTS)
def test_a_character_that_no_fold_changes_is_found_where_it_stood(text: str) -> None:
    """A letter that maps back to one character maps to itself, or to what composes it."""
    folded = fold(text)
    for at, c in enumerate(folded.text):
        start, end = folded.start(at), folded.end(at + 1)
        if c.isalnum() and start is not None and end == start + 1 and text[start].isalnum():
            assert unicodedata.normalize("NFC", text[start]) == c


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_composition_is_exactly_nfc(text: str) -> None:
    """Cluster by cluster comes to the same as NFC of the whole, and decomposed text folds alike."""
    composition = next(f for f in FOLDS if f.name == "composition")
    assert composition.apply(text)[0] == unicodedata.normalize("NFC", text)
    assert composition.apply(unicodedata.normalize("NFD", text))[0] == unicodedata.normalize("NFC", text)


@given(st.text("abz AZ09.,!?()-\n*_[]&;'\"", max_size=60))
def test_plain_text_is_left_out_early_for_good_reason(text: str) -> None:
    """The short cut for plain text says the same as all the folds one by one."""
    one_by_one = text
    for _, apply in FOLDS:
        one_by_one, _ = apply(one_by_one)
    assert fold(text).text == one_by_one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10⁵", "105"),
        ("5 km²", "5 km2"),
        ("½ cup", "1/2 cup"),
        ("３２０", "320"),
        ("№ 5", "No 5"),
        ("5′", '5"'),
        ("'yes'", '"yes"'),
        ("2*3", "23"),
        ("[2019] EWCA", "EWCA"),
        ("x₂", "x2"),
        ("re-sign", "resign"),
        ("œuvre", "oeuvre"),
        ("café", "cafe"),
        ("５％", "5%"),
        ("Ⅳ", "IV"),
        ("a 5* hotel", "a 5 hotel"),
        ("The", "the"),
        ("10 %", "10%"),
        ("²⁰¹⁹", ""),
    ],
)
def test_content_is_never_folded(one: str, other: str) -> None:
    """What NFKC and loose matchers flatten stays different."""
    assert fold(one).text != fold(other).text


def needed(one: str, other: str) -> tuple[str, ...]:
    """The names of the folds without any of which two texts that fold to the same would differ."""

    def without(text: str, left_out: Fold) -> str:
        return fold(text, [each for each in FOLDS if each is not left_out]).text

    return tuple(each.name for each in FOLDS if without(one, each) != without(other, each))


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("it’s", "it's", ("quotes",)),
        ("a\u00a0b", "a b", ("spaces",)),
        ("cafe\u0301", "café", ("composition",)),
        ("oﬃce", "office", ("ligatures",)),
        ("exam-\nple", "example", ("line ends",)),
        ("R&amp;D", "R&D", ("entities",)),
        ("co\u00adop", "coop", ("invisible",)),
        ("**so** it is", "so it is", ("emphasis",)),
        ("it fell.[3]", "it fell.", ("footnotes",)),
        ("it fell.³", "it fell.", ("raised marks",)),
        ("1939–45", "1939-45", ("dashes",)),
        ("a – b", "a-b", ("dashes", "loose dashes")),
        ("古代\n水渠", "古代水渠", ("spaces", "unspaced scripts")),
        ("same", "same", ()),
    ],
)
def test_each_difference_is_taken_out_by_the_fold_of_its_name(
    one: str, other: str, names: tuple[str, ...]
) -> None:
    """Without that fold the two texts stay different."""
    assert fold(one).text == fold(other).text
    assert needed(one, other) == names


def test_marks_are_told_apart_from_content() -> None:
    """Bracketed and raised marks are told apart from years, units and powers."""
    assert marks("It fell.[4] Then, in [2019], 5 km² rose.² See [1,2].") == ["[4]", "[1,2]", "²"]


def test_an_open_line_end_shows_where_a_hyphen_was() -> None:
    """The variant for words with a hyphen of their own keeps their place by a character no article holds."""
    folds = [Fold("line ends", open_line_ends)]
    assert fold("well-\nknown Anglo-\nSaxon", folds).text == "well\x00known Anglo-\nSaxon"


def test_offsets_inside_one_characters_fold_have_no_way_back() -> None:
    """Half a ligature is no place in the original."""
    folded = fold("an oﬃce")
    assert folded.text == "an office"
    assert [folded.start(at) for at in (3, 4, 5, 6, 7)] == [3, 4, None, None, 5]
    assert [folded.end(at) for at in (4, 5, 6, 7, 8)] == [4, None, None, 5, 6]


def _between(text: str, starts: array[int], ends: array[int]) -> list[str]:
    edges = [0, *(edge for pair in zip(starts, ends, strict=True) for edge in pair), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


PATHOLOGICAL = {
    "marks out of order": "\u0301\u0323",
    "decomposed letters": "e\u0301",
    "combining marks": "\u0301",
    "soft hyphens and blanks": "\u00ad" + " " * 300,
    "hyphens and blanks": "a-" + " " * 300,
    "hyphens": "-",
    "loose hyphens": "- ",
    "broken words": "a-\n",
    "ampersands": "&#1",
    "entities": "&amp;",
    "quotation marks": "'",
    "guillemets and blanks": "« ",
    "stars": "*",
    "open stars": "** a",
    "low lines": "_a",
    "brackets": "x[1,",
    "footnote marks": "[1]",
    "raised marks": ".²",
    "daggers": "†",
    "spaced stops": ". ",
    "digits with stops": "1.",
    "blanks": " ",
    "line breaks": "\n",
    "zero-width": "\u200b",
    "spaced Chinese": "中 ",
    "emoji": "👍🏽",
    "decomposed Korean": "\u1112\u1161\u11ab",
}


@pytest.mark.parametrize("piece", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_time_grows_with_length_alone(piece: str, growth: Callable[..., float]) -> None:
    """No fold looks back or ahead without end: of four times the length about four times the work."""
    assert growth(fold, lambda size: "x" + piece * (size // len(piece)) + "y") < 9


def test_many_marks_on_one_letter_are_composed_in_parts() -> None:
    """More than thirty marks on a letter are no writing; up to there their order says nothing."""
    few = "e" + "\u0323\u0301" * 15
    assert fold(few).text == unicodedata.normalize("NFC", few)
    assert fold("e" + "\u0301" * 40).text == fold("é" + "\u0301" * 39).text
