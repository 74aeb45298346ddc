"""Where sentences and paragraphs stand: the cases in `tests/cases/sentences.json`, and laws for any text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._text.sentences import paragraphs, sentences

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "cases" / "sentences.json").read_text(encoding="utf-8"))["cases"]
PIECES = [
    *[" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u2028", "\u3000", "\xa0", "\x1c"],
    *[".", "...", "…", "." * 12, "?", "!", "。", "？", "؟", "।", "．", ",", ":", "-"],
    *['"', "'", "“", "”", "(", ")", "「", "」", "[1]", "[1,2]", "²", "*", "#"],
    *["A", "I", "the", "The", "word", "Mr", "U.S", "a.m", "No", "7", "2.5", "iPhone", "é", "e\u0301"],
    *["中文", "雨が", "नम", "😀", "\U0001f468\u200d\U0001f469", "\u200b", "\ufeff"],
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def case_params() -> list[pytest.param]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", case_params())
def test_a_case_is_cut_as_written(case: dict) -> None:
    """Every case in the file is cut into exactly its sentences; the known failures still fail."""
    text = case.get("text", case.get("join", " ").join(case["sentences"]))
    assert cut(text) == case["sentences"]


@given(texts)
def test_every_character_with_ink_is_in_exactly_one_sentence(text: str) -> None:
    """Sentences come in order, never overlap, begin and end with ink, and leave only blanks between them."""
    at = 0
    for span in sentences(text):
        assert not text[at : span.start].strip()
        assert span.start < span.end
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        at = span.end
    assert not text[at:].strip()


@given(texts)
def test_no_sentence_crosses_a_paragraph(text: str) -> None:
    """Each paragraph begins where a sentence begins, and ends where one ends."""
    spans = sentences(text)
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    found = paragraphs(text)
    assert all(span.start in starts and span.end in ends for span in found)
    assert (found[0].start, found[-1].end) == (spans[0].start, spans[-1].end) if spans else not found


@given(texts, texts)
def test_a_blank_line_keeps_texts_apart(first: str, second: str) -> None:
    """No sentence crosses a blank line."""
    middle = len(first) + 1
    spans = sentences(f"{first}\n\n{second}")
    assert all(span.end <= middle or span.start >= middle for span in spans)


def test_the_seed_article_is_cut_into_its_lines_and_sentences() -> None:
    """In the seed article each line is a paragraph, and the headline stands twice, alone."""
    article = next((ROOT / "seeds").glob("000_*.txt")).read_text(encoding="utf-8")
    lines = [line.strip() for line in article.split("\n") if line.strip()]
    assert [article[span.start : span.end] for span in paragraphs(article)] == lines
    headline = "Starmer Calls for US Support as Europe Prepares for Ukraine Peace Talks"
    assert cut(article).count(headline) == 2
    assert len(cut(article)) == 20
    assert any(sentence.endswith("to 2.5% of GDP.") for sentence in cut(article))
    assert any(sentence.endswith('labeling the topic as "premature."') for sentence in cut(article))


def test_wrapped_lines_are_one_paragraph_until_a_blank_line() -> None:
    """Hard-wrapped prose keeps together, also where a line happens to end with a sentence."""
    lines = [
        "The council met on Monday to hear the report of",
        "its own auditor, who had found a number of holes.",
    ]
    text = "\n".join(
        [*lines, "Nobody was surprised by what he said there, and", "the chair thanked him.", "", *lines]
    )
    assert len(paragraphs(text)) == 2
    assert len(sentences(text)) == 3


def repeated(piece: str, before: str = "x", after: str = "y") -> Callable[[int], str]:
    return lambda size: before + piece * (size // len(piece)) + after


PATHOLOGICAL = {
    "no space": repeated("x"),
    "blanks": repeated(" "),
    "newlines": repeated("\n"),
    "blank lines of blanks": repeated(" \n"),
    "indented blank lines": repeated("\n" + " " * 50),
    "stops": repeated("."),
    "stops and quotes": repeated('."'),
    "stops and brackets": repeated(".)"),
    "stops and stars": repeated("?*"),
    "spaced stops": repeated(". "),
    "stops far apart": repeated("." + " " * 99),
    "closing quotes": repeated('"', "a."),
    "stops and curly quotes": repeated(".”"),
    "opening quotes": repeated("“", "a. "),
    "opening brackets": repeated("(", "a. "),
    "brackets with blanks": repeated(" [", "a."),
    "dashes": repeated("-", "a."),
    "decimals": repeated("1."),
    "apostrophes": repeated("x.'"),
    "initials": repeated("A. "),
    "abbreviations": repeated("Mr. "),
    "footnote marks": repeated(" [1]", "a."),
    "stops and footnote marks": repeated(".[1]"),
    "lists of footnotes": repeated("[1,2,3,4,5,6,7,8,9,10,11]", "a."),
    "raised marks": repeated("²", "a."),
    "stops and raised marks": repeated(".²"),
    "guillemets": repeated("\xa0»", "a."),
    "combining marks": repeated("\u0301", "a."),
    "emoji": repeated("\U0001f600", "a."),
    "short lines": repeated("A\n"),
    "indented lines": repeated("\n    a"),
    "list numbers": repeated("1. "),
    "CJK without a stop": repeated("中"),
    "CJK stops": repeated("。"),
    "one line of CJK": repeated("这是一个句子。"),
}


@pytest.mark.parametrize("make", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_time_grows_with_length_alone(make: Callable[[int], str], growth: Callable[..., float]) -> None:
    """No kind of text takes more than the time for its length: of four times the length about four times."""
    assert growth(sentences, make) < 9
    assert growth(paragraphs, make) < 9
