"""Words, terms and stems: what counts as one word, and which words compare as equal."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._text.stems import stem
from quotewise._text.words import STOPWORDS, is_stopword, is_unspaced, term, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("well-paid troops", ["well", "paid", "troops"]),
        ("2.5% of GDP, or 1,000,000.", ["2.5", "of", "GDP", "or", "1,000,000"]),
        ("1,000km in the 1990s, the 21st", ["1,000", "km", "in", "the", "1990s", "the", "21st"]),
        ("don't and don’t", ["don't", "and", "don’t"]),
        ("at 10 a.m. in the U.S. Senate", ["at", "10", "a.m", "in", "the", "U.S", "Senate"]),
        ("snake_case", ["snake", "case"]),
        ("Москва — столица", ["Москва", "столица"]),
        ("सीमा पर", ["सीमा", "पर"]),
        ("e\u0301tude", ["e\u0301tude"]),
        ("東京は3つ", ["東", "京", "は", "3", "つ"]),
        ("…!?", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    """Numbers, contractions and initials stay whole; hyphens and unspaced scripts are cut."""
    assert expected == [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Troops", "troop"),
        ("committed", "commitment"),
        ("began", "beginning"),
        ("founded", "founding"),
        ("Starmer’s", "STARMER"),
        ("U.S", "US"),
        ("1,000", "1000"),
        ("three", "3"),
        ("caf\u00e9", "cafe\u0301"),
        ("agencies", "agency"),
        ("dying", "died"),
        ("children", "child"),
        ("d'Ukraine", "Ukraine"),
    ],
)
def test_forms_of_one_word_share_a_term(one: str, other: str) -> None:
    """Case, endings, possessives, separators and composition do not keep two words apart."""
    assert term(one) == term(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("news", "new"), ("2.5", "25"), ("1990s", "1990"), ("pipe", "pip"), ("année", "annee"), ("sing", "s")],
)
def test_different_words_keep_different_terms(one: str, other: str) -> None:
    """Folding stops where the meaning would go with it."""
    assert term(one) != term(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("caresses", "caress"),
        ("relational", "relat"),
        ("hopping", "hop"),
        ("hoping", "hope"),
        ("plastered", "plaster"),
        ("vietnamization", "vietnam"),
        ("electricity", "electr"),
        ("adoption", "adopt"),
        ("controlling", "control"),
        ("rate", "rate"),
        ("cease", "ceas"),
        ("won", "win"),
        ("sky", "sky"),
    ],
)
def test_stems_are_porters(word: str, expected: str) -> None:
    """The examples of Porter's paper come out as there, and irregular verbs at their base."""
    assert expected == stem(word)


def test_capitals_keep_a_name_from_being_a_function_word() -> None:
    """US and WHO are content where they are written as names."""
    assert terms("the US and the WHO with us, who are") == ["us", "who"]


def test_function_words_are_casefolded() -> None:
    """A stop word is found whatever its case or apostrophe."""
    assert all(word == word.casefold() for word in STOPWORDS)
    assert is_stopword("Don’t")


def test_a_script_without_spaces_is_known() -> None:
    """Han, kana and Thai are unspaced; Hangul and Cyrillic are not."""
    assert [is_unspaced(t) for t in ("東京", "ไทย", "서울은", "Москва")] == [True, True, False, False]


@given(st.text())
def test_spans_are_slices_in_order(text: str) -> None:
    """Every word is the slice it says, words never overlap, and terms are those of the content words."""
    found = words(text)

    assert all(text[w.start : w.end] == w.text and w.term for w in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert terms(text) == [w.term for w in found if not is_stopword(w.text)]


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    """Every letter and digit of a text is in some word."""
    assert text == "".join(word.text for word in words(text))


@pytest.mark.parametrize("piece", ["1,", "a.", "a'", "९", "x" * 50, "word ", "東"])
def test_a_long_text_of_one_pattern_ends(piece: str) -> None:
    """In quadratic time 250,000 characters of one pattern would not end within the suite's patience."""
    text = piece * (250_000 // len(piece))

    assert sum(len(word.text) for word in words(text)) <= len(text)
