"""What is told apart from prose: captions in brackets, credits, Markdown headings, bylines with a role."""

from __future__ import annotations

import pytest

from quotewise._extractive.answers.answer import answer
from quotewise._extractive.page.furniture import is_furniture
from quotewise._extractive.page.layout import layout, markup
from quotewise._extractive.summaries.facts import kind
from quotewise._extractive.summaries.summary import summarize
from quotewise._plans.numbered import Line

from .pages import page


@pytest.mark.parametrize(
    "text",
    [
        "(Photo: The old mill at Kelmouth, seen from the bridge on Friday.",
        "Credit: J. Root/Kelmouth Echo)",
        "*By Jo Root, science correspondent*",
        "_By Jo Root and Ann Lee_",
    ],
)
def test_captions_credits_and_marked_bylines_are_furniture(text: str) -> None:
    """A caption cut in two by its brackets, and a byline in Markdown's marks, are no prose."""
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "(The mill at Kelmouth was closed on Friday.)",
        "Credit unions in Kelmouth lent more last year.",
        "By Monday, the rain had stopped.",
    ],
)
def test_sentences_that_only_begin_like_furniture_are_prose(text: str) -> None:
    """A bracket, the word credit or a "by" does not make a sentence furniture."""
    assert not is_furniture(text)


def test_markdown_headings_are_headline_and_furniture_without_their_marks() -> None:
    """The first heading is the headline without its mark; the others are no prose, whatever they end on."""
    texts = ["# Kelmouth keeps its old mill", "Kelmouth's council voted to keep the mill.", "## Why now?"]
    lines = page(*texts, "The vote in Kelmouth was close.")
    assert layout(lines).prose == (1, 3)
    assert summarize(lines).headline == "Kelmouth keeps its old mill"


def test_who_wrote_it_is_no_part_of_it() -> None:
    """What is told at the end of a name that stands alone at the top."""
    body = [f"The council of Bath closed library {n} in May." for n in range(1, 8)]
    texts = [
        "Libraries are no luxury",
        "Peter Nkemelu",
        *body,
        "Peter Nkemelu is a writer.",
        "His novel is out.",
    ]
    lines = page(*texts)
    assert layout(lines).prose == tuple(range(2, 9))
    kept = [*texts[:1], *texts[2:]]
    assert 8 in layout(page(*kept)).prose


@pytest.mark.parametrize(
    ("texts", "headline"),
    [
        (['"I never slept": a life at sea', "Ann Lee kept the light at Bath for 31 years."], 0),
        (['"I never slept', "Ann Lee kept the light at Bath for 31 years."], None),
        (["Ada Quell", "From the Encyclopedia of Bath", "Ada Quell was a botanist from Bath."], 0),
        (["Local News", "Storm cuts power in Bath", "Thousands of homes in Bath lost power."], 1),
        (["Corvane Group plc", "Half-year results to June 2025", "Corvane made a profit of £4m."], 1),
        (["Interview: Ann Lee on her museum", "Q: When?", "A: In May.", "Q: Why?", "A: Because."], 0),
        (["Rain Stops Play", "Hundreds wait for hours at Lord's", "Rain fell on Lord's on Monday."], 0),
        (
            [
                "Ports | Annual report 2024 | Page 1",
                "Accidents in the ports of Bath",
                "212 were hurt in 2024.",
            ],
            1,
        ),
    ],
)
def test_a_headline_is_the_line_that_says_what_the_text_is_about(
    texts: list[str], headline: int | None
) -> None:
    """It may open with a quotation; a rubric, a publisher's name and a running head are none."""
    assert layout(page(*texts)).headline == headline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kelmouth dropped its plan for a second bridge.", "event"),
        ("Kelmouth unveiled its plan for a second bridge.", "plan"),
    ],
)
def test_a_plan_that_was_given_up_is_an_event(text: str, expected: str) -> None:
    """What was dropped is not planned any more."""
    assert kind(text) == expected


def test_a_noun_asked_for_that_is_nowhere_is_not_answered() -> None:
    """What is the population: a sentence on the town without any count of people does not answer."""
    lines = [Line(1, "The council of Port Kelmouth voted 11 to 4 to close the mill."), Line(2, "Rain fell.")]
    assert answer(lines, "What is the population of Port Kelmouth?").status != "answered"


def test_a_short_sentence_that_names_nothing_is_no_first_choice() -> None:
    """Of two sentences, the one that tells who did what is the claim."""
    texts = ["The storm tore the roof off the hall in Kelmouth in July.", "Nobody was hurt.", "All is well."]
    lines = page(*texts)
    assert summarize(lines, words=14).picked == (1,)


def test_code_tables_heads_and_mere_links_are_no_claims() -> None:
    """Of Markdown, code between fences, a table's head and rule and a line that is a link are not picked."""
    texts = [
        "```",
        "broker = Kestrel(port=5999)  # the default port of the broker",
        "```",
        "| Plan | Price of the broker |",
        "|------|--------:|",
        "| Team | $49 |",
        "[More about the broker's price](http://x.example)",
        "Windows builds of the broker are experimental in version 2.4.",
    ]
    lines = page(*texts)
    assert markup(lines) == {0, 1, 2, 3, 4, 6}
    assert summarize(lines).picked == (8,)
    assert not {1, 2, 3, 4, 5, 7} & set(answer(lines, "What is the price of the broker?").picked)


def test_a_fence_that_is_never_closed_takes_only_its_own_line() -> None:
    """A stray fence does not make the rest of an article code."""
    lines = page("```", "Rain fell on Bath.", "The sun came out.")
    assert markup(lines) == {0}
