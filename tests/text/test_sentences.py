"""Where sentences and paragraphs stand: the cases in `tests/cases/sentences.json`, and laws for any text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotewise._text.sentences import paragraphs, sentences

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "cases" / "sentences.json").read_text(encoding="utf-8"))["cases"]
PIECES = [
    *[" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u2028", "\u3000", "\xa0", "\x1c"],
    *[".", "...", "…", "?", "!", "。", "？", "؟", "।", "．", ",", ":", "-"],
    *['"', "'", "“", "”", "(", ")", "「", "」", "[1]", "*", "#"],
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


@settings(deadline=None)
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


@settings(deadline=None)
@given(texts)
def test_no_sentence_crosses_a_paragraph(text: str) -> None:
    """Each paragraph begins where a sentence begins, and ends where one ends."""
    spans = sentences(text)
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    found = paragraphs(text)
    assert all(span.start in starts and span.end in ends for span in found)
    assert (found[0].start, found[-1].end) == (spans[0].start, spans[-1].end) if spans else not found


@settings(deadline=None)
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


PATHOLOGICAL = {
    "no space": "x" * 50_000,
    "blanks": "x" + " " * 50_000 + "y",
    "newlines": "x" + "\n" * 50_000 + "y",
    "stops": "." * 50_000,
    "spaced stops": ". " * 50_000,
    "closing quotes": "a." + '"' * 50_000,
    "opening quotes": "a. " + "“" * 50_000,
    "initials": "A. " * 20_000,
    "abbreviations": "Mr. " * 50_000,
    "footnote marks": "a." + " [1]" * 50_000,
    "short lines": "A\n" * 50_000,
    "indented lines": "\n    a" * 20_000,
    "list numbers": "1. " * 20_000,
    "CJK without a stop": "中" * 50_000,
    "one line of CJK": "这是一个句子。" * 30_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_time_grows_with_length_alone(text: str) -> None:
    """No kind of text takes more than the time for its length: some fifty kilobytes, well under 2 s."""
    begun = time.process_time()
    sentences(text)
    paragraphs(text)
    assert time.process_time() - begun < 2
