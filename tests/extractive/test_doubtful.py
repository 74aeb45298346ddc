"""An answer that the article may well not give is told with a word of doubt, and what it gives is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from quotewise import Answer, Article, Reader, verify
from quotewise._values import IN_DOUBT

CASES = Path(__file__).parents[1] / "cases/articles"
DOUBT = "It may well be that this is not said"


@cache
def asked(name: str, question: str) -> Answer:
    return Reader(model="extractive").ask(question, Article.from_file(CASES / name))


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("earnings.txt", "Which bank advised the company?"),
        ("earnings.txt", "How much will the second factory cost?"),
        ("earnings.txt", "Where will the second factory be built in Norway?"),
        ("earnings.txt", "What is Ingrid Solheim's salary?"),
        ("earnings.txt", "How many women work at Norvik?"),
        ("theft.txt", "Where was Clara Weidmann born?"),
        ("theft.txt", "How much did the steel bars cost?"),
    ],
)
def test_what_is_hardly_said_is_given_with_a_word_of_doubt(name: str, question: str) -> None:
    """Or not at all; `partly` has no words picked out of the sentence."""
    answer = asked(name, question)

    assert answer.status == "not_in_source" or DOUBT in str(answer)
    assert answer.short is None or answer.status == "answered"


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("earnings.txt", "When does Daishin Heavy report?", "9 November"),
        ("earnings.txt", "What was the profit in Q3?", "$412 million"),
        ("earnings.txt", "What was the profit?", "$412 million"),
        ("earnings.txt", "What was the expected profit?", "$380 million"),
        ("earnings.txt", "How much debt does the company have?", "$740 million"),
        ("earnings.txt", "What is the dividend?", "85 cents"),
        ("earnings.txt", "Where are the two shipyards?", "Hamburg"),
        ("theft.txt", "Who painted the picture?", "Clara Weidmann"),
        ("theft.txt", "How old is the daughter?", "29"),
        ("theft.txt", "How long did the theft take?", "four minutes"),
        ("theft.txt", "What reward will the farm worker receive?", "50,000 euros"),
        ("theft.txt", "When did Weidmann die?", "1931"),
    ],
)
def test_what_is_said_is_given_without(name: str, question: str, words: str) -> None:
    """Plain questions in nearly the article's words are answered as ever."""
    answer = asked(name, question)

    assert "answered" == answer.status
    assert answer.short is not None
    assert words in answer.short.text
    assert DOUBT not in str(answer)


PLANT = (
    "The plant in Derby closed in March, with the loss of 180 jobs. Ada Roe said that Tarn and Vasa plan "
    "cuts. The union's head, Ada Roe, was arrested in June. More arrests may follow. The road to the plant "
    "was shut because of ice. Roe spoke in the old town hall of Derby."
)


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("Why did the plant in Derby close?", True),
        ("Why was the road to the plant shut?", False),
        ("Where is Tarn based?", True),
        ("Where did Roe speak?", False),
        ("Where was the plant?", False),
    ],
)
def test_a_reason_and_a_place_are_told_by_a_word_of_it(question: str, doubted: bool) -> None:
    """Without "because" or the like, without "in" or "near", the nearest sentence may tell none."""
    answer = Reader(model="extractive").ask(question, PLANT)

    assert doubted == (answer.status == "not_in_source" or DOUBT in str(answer))


def test_who_was_arrested_is_told_by_who_was() -> None:
    """And not by a sentence of arrests that may follow."""
    answer = Reader(model="extractive").ask("Who was arrested?", PLANT)

    assert answer.short is not None
    assert "Ada Roe" in answer.short.text


def test_a_sentence_with_a_reason_comes_before_one_without() -> None:
    """Where it says as much of what is asked."""
    airline = Article.from_file(CASES / "airline.txt")
    answer = Reader(model="extractive").ask("Why were the flights cancelled?", airline)

    assert "when pilots went on strike" in answer.text


def test_doubt_is_in_the_notes_and_no_claim() -> None:
    """A program reads it in `trace.notes`; pasted into `verify`, it is passed over as all that we print."""
    answer = asked("earnings.txt", "Which bank advised the company?")

    assert "partly" == answer.status
    assert any(DOUBT in note for note in answer.trace.notes)
    assert "may answer a part of this" in str(answer)
    assert 1 == len(verify(str(answer), Article.from_file(CASES / "earnings.txt")).claims)


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ((), True),
        (("A sentence of 3,044 characters is too long to be a claim (at most 2,000): passed over.",), True),
        ((IN_DOUBT,), False),
    ],
)
def test_an_unsure_answer_is_told_whatever_else_is_noted(notes: tuple[str, ...], told: bool) -> None:
    """With its score, but where a note says as much."""
    answer = Reader(model="extractive").ask("Who opened the hall?", "Ann Lee opened the hall in 1998.")
    trace = answer.trace.model_copy(update={"notes": notes})
    unsure = answer.model_copy(update={"score": 0.01, "trace": trace})
    assert ("is not sure that this is what was asked for (score 0.01)" in str(unsure)) is told
