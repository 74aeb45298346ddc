"""The nearest sentence read closely, with its words that answer; the next two as well, where it is unsure.

The order of `order` looks at sentences alone. Where it hardly prefers its first, the first three are judged
by all that doubt measures of each and of its likeliest words. What that is worth is learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..learned import Nets
from ..questions.match import Weights
from ..questions.question import Question
from .doubt import measures
from .look import Look, Measures, Told, likeliest
from .mismatch import mismatches
from .spans import Page, Spot

UNSURE = 0.6
"""The share of the first sentence, among the nearest, below which the next are judged beside it."""
JUDGED = 3
"""Sentences that are judged."""


class CloseReading(NamedTuple):
    """A sentence read closely: the spots with its own first, the look at it, its words, and all measures."""

    spots: list[Spot]
    look: Look
    words: Told
    measures: Measures


def judged(
    page: Page, question: Question, weights: Weights, spots: Sequence[Spot], look: Nets, judge: Nets
) -> CloseReading:
    """The sentence that most likely answers; `spots` are in order, and not none."""
    first = closely(page, question, weights, spots, look)
    if first.measures["certain"] >= UNSURE:
        return first
    several = readings(page, question, weights, first, look)
    scores = judge.scores([one.measures for one in several])
    return several[scores.index(max(scores))]


def readings(
    page: Page, question: Question, weights: Weights, first: CloseReading, look: Nets
) -> list[CloseReading]:
    """The first sentence and those to be judged beside it; none beside one that was put first by a rule."""
    spots = first.spots
    if spots[0].weight < max(spot.weight for spot in spots):
        return [first]
    nearest = [at for at in range(1, len(spots)) if not page.sentences[spots[at].near.at].is_heading]
    others = [[spots[at], *spots[:at], *spots[at + 1 :]] for at in nearest[: JUDGED - 1]]
    return [first, *(closely(page, question, weights, other, look) for other in others)]


def closely(
    page: Page, question: Question, weights: Weights, spots: Sequence[Spot], nets: Nets
) -> CloseReading:
    """The first of the spots' sentences, read closely."""
    look = Look(page, question, weights, spots[0].near)
    words = likeliest(look, spots[0].likely, nets)
    departs = mismatches(page, question, weights, spots, look, words)
    return CloseReading(list(spots), look, words, {**measures(page, question, weights, spots), **departs})
