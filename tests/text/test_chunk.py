"""Chunks: never over the limit, nothing lost, cut between sentences, with numpy and without."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotewise import Article, UsageError
from quotewise._text import tokens
from quotewise._text.chunk import Chunk, chunks
from quotewise._text.sentences import paragraphs, sentences

SEED = next((Path(__file__).parents[2] / "seeds").glob("000_*.txt")).read_text(encoding="utf-8")
PIECES = [
    *[" ", "  ", "\n", "\n\n", "\r\n", "\u2028", "\u3000", "\xa0", "\x1c", "\n/", "/"],
    *[".", "...", "…", "?", "。", "؟", "।", ",", "，", "'s", "'", '"', "”", "「", "」", "(", ")"],
    *["A", "I.", "The", "word", "longerword", "Mr.", "1.", "2.5", "é", "e\u0301", "x" * 40, "7777777"],
    *["中文", "雨が", "नमस्ते", "مرحبا", "😀", "\U0001f468\u200d\U0001f469", "<|endoftext|>", "\u200b"],
]
texts = st.one_of(
    st.text(min_size=1), st.lists(st.sampled_from(PIECES), min_size=1, max_size=300).map("".join)
).filter(lambda text: text.strip() and "\x00" not in text)
limits = st.integers(4, 60).flatmap(lambda most: st.tuples(st.just(most), st.integers(0, most - 1)))


@contextmanager
def numpy(wanted: bool) -> Iterator[None]:
    """A process that has imported numpy, or one that has not."""
    if wanted:
        pytest.importorskip("numpy")
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "numpy", raising=False)
        yield


def tokens_of(text: str) -> int:
    return len(tokens.encode(text))


def check(text: str, found: tuple[Chunk, ...], most: int) -> None:
    """The laws of every cut: exact counts, none over the limit, in order, nothing lost."""
    at = 0
    for part in found:
        words = text[part.start : part.end]
        assert part.tokens == tokens_of(words) <= most
        assert words == words.strip() != ""
        assert part.end > at
        assert not text[at : max(at, part.start)].strip()
        at = part.end
    assert not text[at:].strip()
    assert all(first.start < second.start for first, second in pairwise(found))


def article(paragraphs_wanted: int, seed: int = 1) -> str:
    """The seed article's paragraphs in a mixed order, again and again."""
    order = random.Random(seed)
    lines = [line for line in SEED.splitlines() if line.strip()]
    return "\n".join(order.choice(lines) for _ in range(paragraphs_wanted))


@pytest.mark.parametrize("with_numpy", [False, True])
@settings(max_examples=150)
@given(texts, limits)
def test_the_laws_hold_for_any_text(with_numpy: bool, text: str, limit: tuple[int, int]) -> None:
    """For any text, limit and overlap: exact counts, none over the limit, and no ink outside."""
    most, overlap = limit
    with numpy(with_numpy):
        check(text, chunks(text, max_tokens=most, overlap=overlap), most)


@pytest.mark.parametrize("most", [16, 100, 512, 2000])
@pytest.mark.parametrize("overlap", [0, 0.1, 0.5])
def test_the_laws_hold_for_an_article(most: int, overlap: float) -> None:
    """They hold for longer prose, where blocks of tokens are put together."""
    text = article(300)
    check(text, chunks(text, max_tokens=most, overlap=int(most * overlap)), most)


@pytest.mark.parametrize("with_numpy", [False, True])
def test_the_laws_hold_whatever_the_number_of_tokens(with_numpy: bool) -> None:
    """Places are found by pages of tokens: also where the last page is full, or holds one."""
    with numpy(with_numpy):
        for words in range(1, 140):
            text = "rain " * words + "😀."
            check(text, chunks(text, max_tokens=30), 30)
            check(text, chunks(text, max_tokens=1_000), 1_000)


@settings(max_examples=150)
@given(st.text("。！？…”」）《，的在のヷ゛2a é\u0301", min_size=1), st.integers(4, 12))
def test_counts_are_exact_between_scripts_without_spaces(text: str, most: int) -> None:
    """A mark and the letters behind it may be one word of the vocabulary's pattern, but two of a chunk's."""
    if text.strip():
        check(text, chunks(text, max_tokens=most), most)


@settings(max_examples=60)
@given(texts, limits)
def test_numpy_changes_nothing(text: str, limit: tuple[int, int]) -> None:
    """The same chunks come out with and without numpy."""
    most, overlap = limit
    with numpy(False):
        plain = chunks(text, max_tokens=most, overlap=overlap)
    with numpy(True):
        assert chunks(text, max_tokens=most, overlap=overlap) == plain


def test_numpy_changes_nothing_in_a_long_article() -> None:
    """Nor where the blocks of the two ways differ."""
    text = article(1_500)
    with numpy(False):
        plain = chunks(text, max_tokens=512, overlap=50)
    with numpy(True):
        assert chunks(text, max_tokens=512, overlap=50) == plain


@pytest.mark.parametrize("most", [200, 512, 2000])
def test_chunks_end_where_sentences_end(most: int) -> None:
    """Where every sentence fits, each chunk is a run of whole sentences, as `Article.sentences` has them."""
    text = article(300)
    spans = sentences(text)
    found = chunks(text, max_tokens=most)
    assert {part.start for part in found} <= {span.start for span in spans}
    assert {part.end for part in found} <= {span.end for span in spans}


@pytest.mark.parametrize(("most", "least"), [(512, 0.94), (2000, 0.97)])
def test_chunks_are_full(most: int, least: float) -> None:
    """A chunk is almost as long as allowed: a half-empty one costs a prompt of its own."""
    found = chunks(article(800), max_tokens=most)[:-1]
    assert sum(part.tokens for part in found) / len(found) / most >= least


def test_a_paragraph_end_close_to_the_limit_is_preferred() -> None:
    """A chunk stops at a paragraph end a few words before the limit, though a short sentence would fit."""
    first = " ".join(["Rain fell on the town again."] * 60)
    text = f"{first}\nIt stopped. " + " ".join(["Then the sun came out at last."] * 60)
    most = tokens_of(first) + 4
    assert chunks(text, max_tokens=most)[0].end == paragraphs(text)[0].end


def test_an_overlap_repeats_whole_sentences() -> None:
    """With an overlap a chunk begins with sentences of the one before, of no more tokens than allowed."""
    text = article(200)
    starts = {span.start for span in sentences(text)}
    found = chunks(text, max_tokens=400, overlap=120)
    shared = [(a, b) for a, b in pairwise(found) if b.start < a.end]
    assert len(shared) > len(found) * 0.9
    assert all(b.start in starts and tokens_of(text[b.start : a.end]) <= 120 for a, b in shared)


def test_a_sentence_over_the_limit_is_cut_at_words() -> None:
    """Only a sentence that does not fit is cut, and then between words."""
    text = "The " + "very " * 300 + "end."
    found = chunks(text, max_tokens=50)
    assert all(text[part.start - 1 : part.start] in {"", " "} for part in found)
    assert all(part.tokens >= 45 for part in found[:-1])


def test_a_very_long_run_of_blanks_always_parts() -> None:
    """No chunk holds a run of more than 10,000 blanks; one that is shorter may be inside."""
    assert len(chunks("x" + " " * 10_001 + "y", max_tokens=100_000)) == 2
    assert len(chunks("x" + " " * 10_000 + "y", max_tokens=100_000)) == 1
    assert len(chunks(" " * 30_000 + "x" + "\n" * 30_000, max_tokens=2)) == 1


@pytest.mark.parametrize(
    ("most", "overlap"),
    [(0, 0), (-1, 0), (10, 10), (10, 11), (10, -1), (2.5, 0), (True, 0), ("9", 0), (10, 0.5), (10, False)],
    ids=str,
)
def test_a_limit_that_cannot_be_is_refused(most: int, overlap: int) -> None:
    """Below 1, an overlap that is negative or not below it, no whole number: the caller is told."""
    with pytest.raises(UsageError, match=r"max_tokens|overlap"):
        chunks("Rain fell.", max_tokens=most, overlap=overlap)


def test_a_character_over_the_limit_is_said() -> None:
    """Some characters take four tokens: with a lower limit they are named, never cut and never over it."""
    with pytest.raises(UsageError, match="character at 5"):
        chunks("Rain \U00013000 fell.", max_tokens=2)
    assert [part.tokens for part in chunks("a b c", max_tokens=1)] == [1, 1, 1]


def test_articles_strings_and_paths_are_taken(tmp_path: Path) -> None:
    """A str is the text itself, a Path is a file, an Article is an article."""
    path = tmp_path / "a.txt"
    path.write_text("Rain fell. It stopped.", encoding="utf-8")
    expected = chunks("Rain fell. It stopped.", max_tokens=4)
    assert chunks(path, max_tokens=4) == chunks(Article("Rain fell. It stopped."), max_tokens=4) == expected
    assert [(part.start, part.end) for part in expected] == [(0, 10), (11, 22)]


PATHOLOGICAL = {
    "no space": "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=50_000)),
    "one letter": "a" * 50_000,
    "a million blanks": "x" + " " * 1_000_000 + "y",
    "a million no-break spaces": "x" + "\xa0" * 1_000_000 + "y",
    "newlines": "x" + "\n" * 200_000 + "y",
    "one line": "The minister said it would be fine. " * 3_000,
    "CJK without a stop": "中文字" * 15_000,
    "sentences of CJK": "这是一个句子。" * 15_000,
    "stops": "." * 50_000,
    "quotes": "a. " + '"' * 50_000,
    "initials": "A. " * 10_000,
    "list numbers": "1. " * 10_000,
    "short lines": "A\n" * 20_000,
    "emoji": "😀" * 20_000,
    "blanks just below a break": ("word." + " " * 9_000) * 20,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_no_text_panics(text: str) -> None:
    """Any text of tens of kilobytes is cut, and so are a million blanks."""
    found = chunks(text, max_tokens=512, overlap=20)
    assert all(part.tokens == tokens_of(text[part.start : part.end]) <= 512 for part in found[::20])
    check_cover = bytearray(len(text))
    for part in found:
        check_cover[part.start : part.end] = b"\1" * (part.end - part.start)
    assert not any(
        not seen and not character.isspace() for seen, character in zip(check_cover, text, strict=True)
    )
