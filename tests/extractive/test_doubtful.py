"""An answer that the article may well not give is told with a word of doubt, and what it gives is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from quotewise import Answer, Article, Reader, verify

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


def test_doubt_is_in_the_notes_and_no_claim() -> None:
    """A program reads it in `trace.notes`; pasted into `verify`, it is passed over as all that we print."""
    answer = asked("earnings.txt", "Which bank advised the company?")

    assert "partly" == answer.status
    assert any(DOUBT in note for note in answer.trace.notes)
    assert "may answer a part of this" in str(answer)
    assert 1 == len(verify(str(answer), Article.from_file(CASES / "earnings.txt")).claims)
