"""What of an interview is told: answers that stand alone, and no question."""

from __future__ import annotations

import pytest

from quotewise import Article, Reader
from quotewise._extractive.page.interview import is_elliptic, unclear
from quotewise._extractive.summaries.facts import facts
from quotewise._extractive.summaries.summary import summarize
from quotewise._plans.numbered import Line

TALK = [
    ("Leila Day opened her garage in Hull in 2011.",),
    ("Q: Some of your mechanics have said that the pay is poor.",),
    ("A: They were right.", "It was too low.", "Until 2022 mechanics in Hull earned £9 an hour."),
    ("Q: You have been critical of dealers.", "Is it the price?"),
    ("A: Of their prices, yes.", "In March I asked the ministry for a price list."),
    ("Q: Will you sell the garage?",),
    ("A: My son Tom bought half of it in May for £40,000.",),
]


def talk(paragraphs: list[tuple[str, ...]]) -> list[Line]:
    """Lines, several of a paragraph."""
    texts = [(text, at) for at, paragraph in enumerate(paragraphs, 1) for text in paragraph]
    return [Line(number, text, at) for number, (text, at) in enumerate(texts, 1)]


def test_questions_and_what_only_answers_them_are_unclear() -> None:
    """And what hangs on such an answer."""
    assert unclear(talk(TALK)) == {1, 2, 3, 5, 6, 7, 9}


def test_a_label_with_a_full_stop_is_a_label(reader: Reader) -> None:
    """It may be read as a sentence of its own, and the answer stands behind it."""
    text = (
        "Tom Reis has counted swifts since 1998.\n\nQ. How many are left?\n\nA. About 900 pairs live here."
        "\n\nQ. The city says that its roofs do no harm.\n\nA. They would. In 2019 the city closed 140 nests."
        "\n\nQ. Are you hopeful?\n\nA. On good days. My students found 60 pairs in Braga last June.\n"
    )
    facts = " ".join(fact.text for fact in reader.facts(Article(text)).facts)
    assert "140 nests" in facts
    assert "60 pairs" in facts
    summary = " ".join(claim.text for claim in reader.summarize(Article(text), words=200).claims)
    for words in ("no harm", "They would", "hopeful? A.", "On good days"):
        assert words not in facts + summary


@pytest.mark.parametrize("words", [30, 60, 120])
def test_neither_is_told_in_a_summary_or_a_fact(words: int) -> None:
    """Only what stands alone."""
    lines = talk(TALK)
    told = {pick.number - 1 for pick in facts(lines)}
    assert not told & unclear(lines)
    assert {0, 4, 10} <= told
    assert not {number - 1 for number in summarize(lines, words=words).picked} & unclear(lines)


@pytest.mark.parametrize(
    "paragraphs",
    [
        [("A: They were right.",), ("B: They were not.",)],
        [("Q: The hall is cold.",), ("It was built in 1931.",), ("Ann Day: They were right.",)],
        [("Option A: The hall is sold.",), ("They were glad.",)],
        [("Q. Lee was there.",), ("A. Day left.",)],
    ],
)
def test_other_letters_are_no_interview(paragraphs: list[tuple[str, ...]]) -> None:
    """One question is none, and a name is not a label."""
    assert unclear(talk(paragraphs)) == frozenset()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("By accident.", True),
        ("Of the word on their labels, yes.", True),
        ("Because the bank in Hull had said no to a loan.", True),
        ("No, never.", True),
        ("Yes, it will.", True),
        ("Because the bank said no, we closed the shop in Hull.", False),
        ("No, we will open the next shop in Bradford.", False),
        ("The first oven came from a prison in Wakefield.", False),
        ("People ask me that every week.", False),
        ("I signed a paper that forbids it.", False),
    ],
)
def test_an_answer_that_leaves_out_what_was_asked_is_told(answer: str, expected: bool) -> None:
    """By its form alone."""
    assert is_elliptic(answer) is expected
