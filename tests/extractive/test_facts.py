"""The built-in fact list: what counts as a fact, of which kind, and in which order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import Article, Reader
from quotewise._extractive.summaries.facts import facts, is_checkable, kind
from quotewise._plans.numbered import Line, one_line

from .pages import page

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/cases/extractive_facts.json").read_text("utf-8"))


def seed_lines() -> list[Line]:
    article = Article.from_file(next((ROOT / "seeds").glob("*.txt")))
    paragraphs = list(article.paragraphs)
    lines, at = [], 0
    for number, span in enumerate(article.sentences, 1):
        while at + 1 < len(paragraphs) and span.start >= paragraphs[at].end:
            at += 1
        lines.append(Line(number, one_line(article.text[span.start : span.end]), at))
    return lines


@pytest.mark.parametrize("case", CASES["kinds"], ids=lambda case: case["text"][:40])
def test_a_kind_is_told_by_the_words(case: dict[str, str]) -> None:
    """A figure, a plan, a statement, an event and background are told apart."""
    assert kind(case["text"]) == case["kind"]


@pytest.mark.parametrize("text", CASES["filler"])
def test_filler_is_not_a_fact(text: str) -> None:
    """Questions, greetings and matters of taste state nothing that can be checked."""
    assert not is_checkable(text)
    assert facts(page("Rain fell on Bath on Monday.", text)) == facts(page("Rain fell on Bath on Monday."))


@pytest.mark.parametrize(
    "text",
    [
        "Four people died, against seven in the year before.",
        "The filter does not remove viruses or salt.",
        "It would be the first strike at the company since 2014.",
    ],
)
def test_what_happened_or_does_not_is_a_fact(text: str) -> None:
    """Also where nobody is named and nothing counted in figures."""
    assert is_checkable(text)


@pytest.mark.parametrize("text", ['"The crew were calm.', "“We sold 300 boats in May."])
def test_an_open_quotation_without_its_speaker_is_no_fact(text: str) -> None:
    """Whose words they are stands in another sentence; one that closes with its speaker is a statement."""
    assert not is_checkable(text)
    assert is_checkable('"The crew were calm," Tom Reed said.')


def test_an_item_is_of_the_kind_of_its_own_words(reader: Reader) -> None:
    """Not of its lead's: "highlights" is no word of speech above a list."""
    text = "Harrow reported in May.\n\nFinancial highlights:\n\n- Sales up 9% to £41m\n- Profit up 4% to £5m"
    kinds = {fact.text: fact.kind for fact in reader.facts(Article(text)).facts}
    assert {kind for text, kind in kinds.items() if text.startswith("Financial")} == {"number"}


def test_of_a_paragraph_without_a_fact_that_stands_alone_all_are_given_in_order() -> None:
    """What opens with "it" is given with what it opens on, not in its place."""
    texts = ["Ferries will not run on Good Friday.", "Why?", "It would be the first strike since 2014."]
    lines = [*page(*texts), Line(4, "That one lasted nine days.", 3)]
    assert sorted(pick.number for pick in facts(lines)) == [1, 3, 4]


def test_the_seed_gives_at_least_eight_facts_with_its_figures() -> None:
    """Eight or more, among them a number, each paragraph of the body heard, no headline or blurb."""
    lines = seed_lines()
    picks = facts(lines)
    assert len(picks) >= 8
    assert "2.5% of GDP" in " ".join(lines[p.number - 1].text for p in picks if p.kind == "number")
    body = {line.paragraph for line in lines if line.number > 5}
    assert body <= {lines[p.number - 1].paragraph for p in picks}
    assert min(p.number for p in picks) > 4


def test_what_repeats_is_given_once() -> None:
    """Two sentences that state the same make one fact."""
    lines = page(
        "A storm closed the coast road near Bath on Monday, police said.",
        "Police said a storm closed the coast road near Bath on Monday.",
    )
    assert len(facts(lines)) == 1


@pytest.mark.parametrize("case", CASES["different"], ids=lambda case: case[0][:30])
def test_what_differs_in_a_number_or_a_name_is_no_repeat(case: list[str], reader: Reader) -> None:
    """Statements in nearly the same words are facts of their own where their numbers or names differ."""
    read = Article("\n".join(case))
    assert [fact.text for fact in reader.facts(read).facts] == case


def test_many_statements_of_one_form_are_all_given() -> None:
    """A list of figures in sentences loses none of them."""
    lines = page(*(f"Plant A{n} sold {100 + n} cars in 2025, up from {90 + n} in 2024." for n in range(200)))
    assert sorted(pick.number for pick in facts(lines)) == list(range(1, 201))


def test_the_number_of_a_heading_is_no_fact(reader: Reader) -> None:
    """ "## 2. Finance" is a heading, and no value with the label "2."."""
    text = "# Minutes\n\n## 1. Present\n\nAnn Day was there.\n\n## 2. Finance\n\nThe town lost £3,000 in May."
    found = reader.facts(Article(text)).facts
    assert [fact.text for fact in found] == ["Ann Day was there.", "The town lost £3,000 in May."]


def test_each_row_of_a_table_is_a_fact(reader: Reader) -> None:
    """A row is told with the heads of its columns, and quoted with them; an empty cell says nothing."""
    table = "| Who | What | Cost |\n|---|---|---|\n| Brodie | sign a deed | €40 |\n| Ann Lee | call | - |\n"
    result = reader.facts(Article(f"The board met in Bath on Monday.\n\n{table}"))
    assert not result.rejected
    assert [(fact.text, fact.kind) for fact in result.facts[1:]] == [
        ("Brodie, What: sign a deed, Cost: €40", "number"),
        ("Ann Lee, What: call", "statement"),
    ]
    rows = [tuple(quote.text for quote in fact.quotes) for fact in result.facts[1:]]
    head = "| Who | What | Cost |"
    assert rows == [("| Brodie | sign a deed | €40 |", head), ("| Ann Lee | call | - |", head)]


@pytest.mark.parametrize(
    ("corner", "label", "told"),
    [
        ("£ million", "Pubs", "Pubs (£ million)"),
        ("in thousands of euros", "Pubs", "Pubs (thousands of euros)"),
        ("(€m)", "Pubs", "Pubs (€m)"),
        ("£ million", "Tax (%)", "Tax (%)"),
        ("Business", "Pubs", "Pubs"),
        ("Millions served", "Pubs", "Pubs"),
        ("", "Pubs", "Pubs"),
    ],
)
def test_a_row_is_told_with_the_unit_above_its_label(
    reader: Reader, corner: str, label: str, told: str
) -> None:
    """What stands above the labels is a unit or tells what they are; only a unit is told."""
    table = (
        f"| {corner} | H1 2031 | H1 2030 |\n|---|--:|--:|\n| {label} | 46.8 | 45.9 |\n| Cider | 6.2 | 5.1 |\n"
    )
    result = reader.facts(Article(f"The board met in Bath on Monday.\n\n{table}"))
    assert not result.rejected
    assert f"{told}, H1 2031: 46.8, H1 2030: 45.9" in [fact.text for fact in result.facts]


def test_a_long_table_is_left_to_questions(reader: Reader) -> None:
    """Of a table of many rows no list of facts is made."""
    rows = "\n".join(f"| Plant {n} | {n} |" for n in range(40))
    result = reader.facts(Article(f"Rain fell in Bath.\n\n| Name | Staff |\n|---|---|\n{rows}\n"))
    assert [fact.text for fact in result.facts] == ["Rain fell in Bath."]


def test_each_paragraph_is_heard_before_any_twice() -> None:
    """The first facts are from different paragraphs."""
    lines = [
        Line(1, "Mayor Ann Day opened a bridge in Bath on Monday.", 0),
        Line(2, "Builders from Leeds spent 40 weeks on the bridge in Bath.", 0),
        Line(3, "Farmers in Kent lost 300 sheep.", 1),
    ]
    assert 3 in [pick.number for pick in facts(lines)[:2]]


def test_a_fact_that_opens_with_a_pronoun_is_kept_where_its_paragraph_has_no_other() -> None:
    """A paragraph with a fact gives one, even if it opens with "He"."""
    lines = page("Ann Day spoke in Bath on Monday.", "What then?", "He said that 40 homes burned in Leeds.")
    assert 3 in [pick.number for pick in facts(lines)]


def test_limit_and_focus_are_kept() -> None:
    """At most `limit`, and only what has to do with the focus."""
    lines = page(
        "Ann Day opened a bridge in Bath.", "Farmers in Kent lost 300 sheep.", "Prices in Leeds rose 5%."
    )
    assert len(facts(lines, limit=2)) == 2
    assert [pick.number for pick in facts(lines, focus="sheep")] == [2]


@given(st.lists(st.text(max_size=60), max_size=10), st.one_of(st.none(), st.integers(0, 5)))
def test_any_text_gives_known_lines_once(rows: list[str], limit: int | None) -> None:
    """Whatever the text: known numbers, none twice, within the limit."""
    picks = facts(page(*rows), limit=limit)
    numbers = [pick.number for pick in picks]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= set(range(1, len(rows) + 1))
    assert limit is None or len(picks) <= limit
