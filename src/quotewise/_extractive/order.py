"""Which of the nearest sentences comes first: measures of each beside the others, as named numbers.

The spans of a sentence say whether it has words that may answer; these say how much of the question it
holds. What a measure is worth is learned, and stands in the table.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from . import clues
from .match import Weights
from .question import Question
from .spans import Page, Spot

_HEADING = 2.0
"""What a heading loses against a sentence, in the units of a span's score; by hand, as the data has none."""
_FAR_DOWN = 12
"""Sentences after which a place in the article makes no more difference; the fit saw short texts."""


def bearings(
    page: Page, question: Question, weights: Weights, spots: Sequence[Spot]
) -> list[dict[str, float]]:
    """For each of the best spans, what bears on its sentence being the one that answers."""
    best = max(spot.score for spot in spots)
    all_mass = best + math.log(sum(math.exp(spot.mass - best) for spot in spots))
    nearest = max(spot.near.score for spot in spots)
    return [
        {
            "mass": spot.mass - all_mass,
            "score": spot.score - best,
            "words": (spot.near.score - nearest) / weights.total,
            **_held(page, question, weights, spot),
        }
        for spot in spots
    ]


def _held(page: Page, question: Question, weights: Weights, spot: Spot) -> dict[str, float]:
    sentence, match = page.sentences[spot.near.at], spot.near.match
    cover = weights.share(sentence.held)
    missing = [i for i in question.wanted if question.words[i].term not in match.reached]
    shape = [question.classes[i] for i in missing]
    typed = clues.holds(question.expected, sentence, match)
    return {
        "first": float(spot.near.rank == 0),
        "cover": cover,
        "around": weights.share(sentence.held | page.around(spot.near.at)) - cover,
        "reached": weights.share(match.reached),
        "rarest": max((weights.of[question.words[i].term] for i in missing), default=0.0),
        "names": float(shape.count("K")),
        "numbers": float(sum(kind in "#YM" for kind in shape)),
        "pairs": clues.pairs(question, sentence),
        "hits": float(min(5, len(match.hits))),
        f"typed_{question.expected}": float(typed),
        "place": math.log(1 + min(_FAR_DOWN, spot.near.at)),
        "opening": float(spot.near.at == 0),
        "head": float(bool(match.head)),
        "next": float(bool(match.next)),
        "last": float(bool(match.last)),
    }


def ordered(
    page: Page, question: Question, weights: Weights, spots: Sequence[Spot], worth: Mapping[str, float]
) -> list[Spot]:
    """The spots, the one whose sentence most likely answers first; a heading after the sentences near it."""
    scores = [_HEADING * page.sentences[spot.near.at].is_heading for spot in spots]
    for i, measured in enumerate(bearings(page, question, weights, spots) if spots else []):
        scores[i] -= sum(worth.get(name, 0.0) * value for name, value in measured.items())
    return [spots[i] for i in sorted(range(len(spots)), key=lambda i: (scores[i], i))]
