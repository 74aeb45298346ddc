"""Documents that are no news, read without a key: minutes, reports, tables, letters, contracts, talk."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quotewise import Article, Claim, Reader
from quotewise._extractive.answers.lookup import lookup
from quotewise._extractive.page.layout import is_lead, is_row
from quotewise._extractive.page.marks import mark
from quotewise._extractive.page.table import tables
from quotewise._extractive.questions.question import read
from quotewise._plans.numbered import Line

CASES = Path(__file__).parents[1] / "cases"
QUESTIONS = json.loads((CASES / "documents.json").read_text("utf-8"))


@cache
def document(name: str) -> Article:
    return Article.from_file(CASES / "documents" / name)


def asked(*, known: bool) -> list[Any]:
    """The questions with their documents; those whose failure is known apart."""
    return [
        pytest.param(name, question, wanted, id=f"{name}: {question}")
        for name, questions in QUESTIONS.items()
        for question, wanted, *why in questions
        if bool(why) == known
    ]


def is_met(name: str, question: str, wanted: str | None) -> bool:
    answer = Reader(model="extractive").ask(question, document(name))
    if wanted is None:
        return answer.status == "not_in_source"
    return answer.short is not None and wanted in answer.short.text


@pytest.mark.parametrize(("name", "question", "wanted"), asked(known=False))
def test_a_question_gets_its_words_or_is_refused(name: str, question: str, wanted: str | None) -> None:
    """What stands in a sentence, a list or a table is found, and what stands nowhere is not."""
    assert is_met(name, question, wanted)


@pytest.mark.xfail(strict=True, reason="not told apart by form or words")
@pytest.mark.parametrize(("name", "question", "wanted"), asked(known=True))
def test_known_failures_stay_known(name: str, question: str, wanted: str | None) -> None:
    """A question that is met now must move to the others."""
    assert is_met(name, question, wanted)


def claims(name: str) -> list[Claim]:
    reader = Reader(model="extractive")
    summary = reader.summarize(document(name), words=100)
    assert summary.headline
    return [*summary.claims, *reader.facts(document(name)).facts]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_claim_is_no_mark_no_row_and_no_opening(name: str) -> None:
    """Each reads by itself: without a list's mark, whole where it is an item, and never a row or a lead."""
    for claim in claims(name):
        assert not mark(claim.text)
        assert not is_row(claim.text)
        assert not is_lead(claim.text)
        for quote in claim.quotes:
            assert document(name).text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("name", "text", "quoted"),
    [
        ("changelog.md", "Removed: Support for Python 3.8.", ["- Support for Python 3.8.", "### Removed"]),
        (
            "clauses.txt",
            "The Hirer shall pay: the cost of delivery, if any.",
            ["(c) the cost of delivery, if any.", "3.1 The Hirer shall pay:"],
        ),
        (
            "allotments.txt",
            "Honey bees: Decision: refused.",
            ["Decision: refused.", "2. Honey bees"],
        ),
        (
            "faq.md",
            "How often must it be serviced? Once a year.",
            ["Once a year.", "### How often must it be serviced?"],
        ),
    ],
)
def test_an_item_is_told_with_its_lead(name: str, text: str, quoted: list[str]) -> None:
    """And cites both lines."""
    found = next(claim for claim in claims(name) if claim.text == text)
    assert [quote.text for quote in found.quotes] == quoted


def test_windows_line_ends_change_nothing(reader: Reader) -> None:
    """The same claims, with quotes of the text as it is."""
    text = document("press_release.txt").text
    one, other = (reader.summarize(Article(each)) for each in (text, text.replace("\n", "\r\n")))
    assert [claim.text for claim in one.claims] == [claim.text for claim in other.claims]


def test_a_cell_is_told_with_its_row_and_its_head(reader: Reader) -> None:
    """The claim reads by itself; its quotes are the row and the head as they stand."""
    answer = reader.ask("How many turbines has Whinfell?", document("annual_report.md"))
    [claim] = answer.claims
    assert claim.text == "Whinfell, Turbines: 9"
    assert [quote.text.split(" | ")[0] for quote in claim.quotes] == ["| Whinfell", "| Site"]


def test_a_list_answers_for_the_line_that_opens_it(reader: Reader) -> None:
    """Each item is a claim."""
    text = "The hall was closed. The following work was done:\n- a boiler was fitted\n- the roof was sealed\n"
    answer = reader.ask("Which work was done?", text + "It opened again in June.")
    assert [claim.text for claim in answer.claims] == [
        "The following work was done: a boiler was fitted",
        "The following work was done: the roof was sealed",
    ]


SITES = [
    Line(number, text)
    for number, text in enumerate(
        [
            "Costs of the sites, in pounds",
            "| Site | Opened | Staff | 2023 | 2024 |",
            "|---|---|---|---|---|",
            "| Stone Rigg | 3 May 2016 | 6 | 4,100 | 4,300 |",
            "| Stone Edge | 2021 | none | 3,900 | - |",
            "| Meat or fish store | 2022 | 2 | 100 | 110 |",
        ],
        1,
    )
]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many staff has Stone Rigg?", "Stone Rigg, Staff: 6"),
        ("When was Stone Edge opened?", "Stone Edge, Opened: 2021"),
        ("What did Stone Rigg cost in 2024?", "Stone Rigg, 2024: 4,300"),
        ("What did Stone Rigg cost?", "Stone Rigg, 2023: 4,100, 2024: 4,300"),
        ("How many staff has the fish store?", "Meat or fish store, Staff: 2"),
        ("Which site opened in 2022?", "Opened 2022, Site: Meat or fish store"),
        ("Why did Stone Edge cost less in 2023?", None),
        ("Which site was not opened in 2022?", None),
        ("How many staff have Stone Rigg and Stone Edge?", None),
        ("What did Stone Edge cost in 2024?", None),
        ("What did Stone Hill cost in 2024?", None),
        ("How many visitors has Stone Rigg?", None),
        ("How many staff has Stone?", None),
        ("What did Stone Rigg cost in 2019?", None),
    ],
)
def test_a_cell_is_looked_up_by_its_row_and_column(question: str, told: str | None) -> None:
    """All that the question says must be the row's, the column's or said around the table."""
    found = lookup(tables(SITES), read(question))
    assert (found and found.told) == told


def test_a_line_above_a_table_does_not_name_its_columns() -> None:
    """Visitors are spoken of there, and counted nowhere."""
    rows = [
        "Visitors liked all sites.",
        "| Site | Output 2023 | Output 2024 |",
        "|---|---|---|",
        "| Elm | 27 | 31 |",
    ]
    known = tables([Line(number, row) for number, row in enumerate([*rows, "| Rigg | 5 | 6 |"], 1)])
    found = lookup(known, read("What was the output of Elm in 2024?"))
    assert found
    assert found.told == "Elm, Output 2024: 31"
    assert lookup(known, read("How many visitors had Elm in 2024?")) is None


def test_a_table_of_thousands_of_rows_is_looked_up() -> None:
    """The time goes with the number of rows, not with its square, which would be minutes here."""
    rows = [Line(n, f"| Site number {n} | {n % 90} |") for n in range(3, 10_003)]
    known = tables([Line(1, "| Site | Staff |"), Line(2, "|---|---|"), *rows])
    found = lookup(known, read("How many staff has site number 4711?"))
    assert found is not None
    assert found.told == "Site number 4711, Staff: 31"
