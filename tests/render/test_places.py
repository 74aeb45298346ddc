"""Where a quote stands: which of several articles, which page, the same in every view."""

from __future__ import annotations

import pytest

from quotewise import Answer, Article, Claim, Facts, Source, Span, Verdict, ask, attach, facts, locate, verify
from quotewise._render.text import lines, result
from quotewise.testing import ScriptedTransport

MORNING = Article("The plan costs 5 million euros. Work starts in May.", source="news/morning.txt")
EVENING = Article("The plan costs 7 million euros. The mayor is against it.", title="Evening paper")
PAGES = Article("Rain fell in Oslo.\nSnow fell in Bergen.", pages=(Span(0, 18), Span(19, 39)))


def conflict(*numbers: int) -> Answer:
    """An answer in which each numbered sentence says something else, as a model would report it."""
    words = {
        1: "The plan costs 5 million euros.",
        2: "Work starts in May.",
        3: "The plan costs 7 million euros.",
    }
    claims = [{"evidence": [number], "text": words[number]} for number in numbers]
    reply = {"status": "conflict", "claims": claims}
    return ask("What of the plan?", [MORNING, EVENING], transport=ScriptedTransport([reply]))


@pytest.mark.parametrize("view", [str, Answer.to_markdown, Answer.to_html])
def test_two_articles_disagree(view) -> None:
    """Both quotes are shown, each with the name of its article."""
    shown = view(conflict(1, 3)).replace("\\", "")

    assert "The articles disagree on this:" in shown
    assert "morning.txt" in shown
    assert "Evening paper" in shown
    assert "5 million" in shown
    assert "7 million" in shown


@pytest.mark.parametrize("view", [str, Answer.to_markdown, Answer.to_html])
def test_one_article_contradicts_itself(view) -> None:
    """Both sides stand in the same one, so nobody else disagrees."""
    shown = view(conflict(1, 2))

    assert "The article contradicts itself on this:" in shown
    assert "disagree" not in shown


def test_json_says_which_article_a_quote_is_of() -> None:
    """By an index into the sources, which hold the names."""
    told = conflict(1, 3).model_dump(mode="json")
    named = [told["sources"][claim["quotes"][0]["source"]] for claim in told["claims"]]

    assert [("", "news/morning.txt"), ("Evening paper", "")] == [(n["title"], n["origin"]) for n in named]


def test_articles_do_not_say() -> None:
    """Of several, the words are about several."""
    nothing = ask("When was NATO founded?", [MORNING, EVENING], model="extractive")

    assert "The articles do not say." in str(nothing)


def test_a_quote_knows_its_page() -> None:
    """However the quote came about, and in every view."""
    found = facts(PAGES, model="extractive")
    checked = verify("Snow fell in Bergen.", PAGES)
    located = locate("Snow fell", PAGES)

    assert [1, 2] == [claim.quotes[0].page for claim in found.facts]
    assert 2 == checked.claims[0].quotes[0].page
    assert located is not None
    assert 2 == located.page
    assert "[2] word for word on page 2" in str(found)
    assert "(page 2, characters 19–39)" in found.to_markdown()
    assert "page 2" in found.to_html()
    assert 2 == found.model_dump(mode="json")["facts"][1]["quotes"][0]["page"]
    assert "page 2" in repr(located)


def test_an_article_without_pages_has_none() -> None:
    """Nothing is made up for it."""
    assert facts(MORNING, model="extractive").facts[0].quotes[0].page is None


def test_quotes_that_the_claims_repeat_are_not_printed_twice() -> None:
    """One line says where they stand; with offsets each is shown with its own."""
    found = facts("Rain fell in Oslo on Monday. It stopped at noon on Tuesday.", model="extractive")

    assert 1 == str(found).count("Rain fell in Oslo on Monday.")
    assert "[1] [2] word for word in the article" in str(found)
    assert "characters" not in str(found)
    assert "(characters 0–28)" in result(found, offsets=True)


def test_a_quote_in_other_words_is_printed_below() -> None:
    """As itself, without its offsets: they are for programs."""
    quote = locate("Work starts in May.", MORNING)
    assert quote is not None
    claim = Claim(text="It begins in May.", quotes=(quote,), verdict=Verdict(supported=True, score=1.0))
    answer = Answer(sources=(Source(id=MORNING.id),), question="When?", status="answered", claims=(claim,))
    attach(answer, MORNING)

    assert "- It begins in May. [1]\n\n[1] “Work starts in May.”" == str(answer)
    assert ["", "", "quote"] == [line.look for line in lines(answer)]


def test_no_result_of_ours_lacks_a_name_for_its_source() -> None:
    """A result whose sources were lost is printed all the same."""
    found = facts([MORNING, EVENING], model="extractive")
    bare = Facts.model_validate({**found.model_dump(), "sources": [Source(id="0").model_dump()]})

    assert "word for word" in str(bare)
