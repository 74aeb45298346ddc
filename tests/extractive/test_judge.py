"""Which of the nearest sentences is read closely, and which are judged beside it."""

from __future__ import annotations

from quotewise._extractive import learned
from quotewise._extractive.answers import spans
from quotewise._extractive.answers.judge import JUDGED, UNSURE, CloseReading, closely, judged, readings
from quotewise._extractive.answers.order import ordered
from quotewise._extractive.answers.spans import Page, Spot
from quotewise._extractive.questions.match import Weights
from quotewise._extractive.questions.question import Question, read

TEXT = [
    "The old bridge over the Sarre",
    "The bridge over the Sarre was designed by Clara Hoffmann in 1911.",
    "A ferry crossed the Sarre before the bridge was built by Otto Brandt and his sons.",
    "The bridge was painted by Ida Kern.",
    "It carries trams.",
]


def asked(question: str) -> tuple[Page, Question, Weights, list[Spot]]:
    """A question put to the text: its nearest sentences in order."""
    table = learned.fitted()
    page, what = Page(TEXT), read(question)
    weights = page.weights(what)
    near = spans.nearest(page, what, weights)
    found = [spot for n in near if (spot := spans.best(what, page.sentences[n.at], n, table.worth))]
    return page, what, weights, ordered(page, what, weights, found, table.order)


def first(question: str, *, lift: int = 0) -> tuple[Page, Question, Weights, CloseReading]:
    """The first sentence read closely, or another one that a rule has put first."""
    page, what, weights, spots = asked(question)
    spots = [spots[lift], *spots[:lift], *spots[lift + 1 :]]
    return page, what, weights, closely(page, what, weights, spots, learned.fitted().look)


def test_where_the_order_is_sure_its_first_sentence_is_taken() -> None:
    """Its words and measures are those of the close reading alone."""
    page, what, weights, only = first("Who designed the bridge over the Sarre?")
    table = learned.fitted()

    assert only.measures["certain"] >= UNSURE
    taken = judged(page, what, weights, only.spots, table.look, table.judge)
    assert taken.spots == only.spots
    assert taken.words == only.words
    assert taken.measures == only.measures


def test_the_next_sentences_are_judged_each_as_the_first_but_no_heading() -> None:
    """Every reading keeps all the spots and has its own in front."""
    page, what, weights, start = first("Who built the bridge?")
    several = readings(page, what, weights, start, learned.fitted().look)

    assert several[0] == start
    assert len(several) == JUDGED
    assert len({one.spots[0].near.at for one in several}) == JUDGED
    assert all(not page.sentences[one.spots[0].near.at].is_heading for one in several[1:])
    ats = [sorted(spot.near.at for spot in one.spots) for one in several]
    assert ats == [ats[0]] * JUDGED


def test_what_a_rule_puts_first_stays_first() -> None:
    """Nothing is judged beside a sentence that weighs less than another and comes first all the same."""
    page, what, weights, start = first("Who built the bridge?", lift=1)

    assert readings(page, what, weights, start, learned.fitted().look) == [start]
