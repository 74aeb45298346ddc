"""A number is an answer to "how many" only where it counts what was asked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from quotewise import Article, Reader
from quotewise._extractive.answers.counted import counts_another
from quotewise._extractive.answers.look import Told
from quotewise._extractive.questions.match import Tagged
from quotewise._extractive.questions.question import read

CASES = Path(__file__).parents[1] / "cases"


@cache
def article(name: str) -> Article:
    return Article.from_file(CASES / name)


@pytest.mark.parametrize(
    ("name", "question", "status"),
    [
        ("articles/theft.txt", "How many police officers searched the barn?", "partly"),
        ("articles/theft.txt", "What is the director's salary?", "not_in_source"),
        ("articles/flood.txt", "What is the salary of the mayor?", "not_in_source"),
        ("articles/flood.txt", "How many houses were flooded?", "partly"),
        ("articles/airline.txt", "How many employees does Aurelia have?", "partly"),
        ("articles/airline.txt", "How many pilots does Aurelia have?", "partly"),
        ("articles/energy.txt", "How many engineers does Hanseo have?", "partly"),
        ("articles/energy.txt", "How many people work at the battery?", "partly"),
        ("articles/schools.txt", "How many teachers took part?", "partly"),
        ("documents/clinic.md", "How many nurses does the clinic have?", "partly"),
    ],
)
def test_a_number_of_something_else_is_no_answer(name: str, question: str, status: str) -> None:
    """It is said to be a part at most, with no words picked out of the sentence, or nothing is said."""
    answer = Reader(model="extractive").ask(question, article(name))
    assert answer.status == status
    assert answer.short is None


@pytest.mark.parametrize(
    ("name", "question", "short"),
    [
        ("articles/earnings.txt", "How many employees does Norvik have?", "14,500"),
        ("articles/earnings.txt", "How many employees does the fishing unit have?", "1,200"),
        ("articles/theft.txt", "How many works did they leave behind?", "seven"),
        ("articles/flood.txt", "How many firefighters were treated?", "two"),
        ("articles/schools.txt", "How many schools took part?", "19"),
        ("documents/annual_report.md", "How many members are there?", "164"),
    ],
)
def test_a_number_of_what_was_asked_is_an_answer(name: str, question: str, short: str) -> None:
    """Under another word for it too; a sentence that counts it comes before a better one that does not."""
    answer = Reader(model="extractive").ask(question, article(name))
    assert answer.status == "answered"
    assert answer.short is not None
    assert short in answer.short.text


@pytest.mark.parametrize(
    ("question", "text", "at", "expected"),
    [
        ("How many flights were cancelled?", "It cancelled 186 of its 560 flights.", 2, False),
        ("How many pilots were ill?", "It cancelled 186 of its 560 flights.", 2, True),
        ("How many women came?", "In all 30 women and men came.", 2, False),
        ("How many firemen came?", "A single fireman and 12 others came.", 4, True),
        ("How many staff has it?", "It employs 300 people.", 2, False),
        ("How many tackles did he make?", "He led in tackles (118).", 4, False),
        ("How many points did he score?", "He led with 24 and boasted.", 3, False),
        ("How many miles is it to Bath?", "It is 30 kilometres to Bath.", 2, False),
        ("How many clubs are there?", "It was founded in 1904.", 4, True),
        ("How many of the town's clubs won?", "In all 12 teams won.", 2, False),
        ("How many voters stayed away?", "Some 14% stayed away.", 1, True),
        ("How many voters stayed away?", "Nobody stayed away.", 0, False),
        ("How many voters stayed away?", "Hundreds stayed away.", 0, False),
        ("How many police officers came?", "Two police vans came.", 0, True),
        ("How many police officers came?", "In all 20 police came.", 2, False),
        ("How many police officers came?", "In all 20 officers came.", 2, False),
        ("How many police officers came?", "In all 20 traffic police officers came.", 2, False),
        ("How many bus stops are there?", "It has 12 bus lanes.", 2, True),
        ("How many children has Ann Lee?", "Ann Lee, 52, won.", 2, True),
        ("How many goals did Ann Lee score?", "She led Holm, with 52, and won.", 4, False),
        ("How much sand was in it?", "It opened on 4 March.", 3, True),
        ("How much sand was in it?", "It held 4 tonnes.", 2, False),
        ("How much of it did they sell?", "They sold most of it.", 2, False),
        ("What percentage of staff left?", "Staff left for Holm.", 3, True),
        ("What percentage of staff left?", "In all 9% of staff left.", 2, False),
        ("How long did it last?", "It lasted from 4 March to 9 May.", 3, False),
        ("What is the rent?", "The rent is high.", 3, True),
        ("What is the rent?", "The rent is £40.", 3, False),
        ("Who is the mayor?", "The mayor is Ann Lee.", 3, False),
    ],
)
def test_what_a_number_counts_is_read_from_the_words_after_it(
    question: str, text: str, at: int, expected: bool
) -> None:
    """With no words after it, it may count what was asked; a unit or sign measures, a year counts nothing."""
    assert counts_another(read(question), Tagged(text), Told(at, at + 1, 1.0, 0.0, {})) is expected
