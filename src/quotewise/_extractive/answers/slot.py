"""A question laid over a sentence, word by word: which words stand where the question leaves a gap.

"What did Hoffmann design?" leaves its gap after "design"; the sentence "Hoffmann, then young, designed the
bridge" fills it with "the bridge". Counts and positions only, in the time of one length times the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add
from typing import NamedTuple

from ..questions.match import Tagged, Weights
from ..questions.question import DOING, Question

_ASIDE = 0.8
"""What is left of an agreement beyond one word of the sentence that the question does not have."""
_UNSAID = 0.85
"""What is left of it beyond one word of the question that the sentence does not have."""
_STOPPED = 0.9
"""What is left of it beyond a comma or a stop."""
_SMALL = {"P": 0.05, "A": 0.03}
"""What prepositions and helping verbs count, as shares of the question; other function words count less."""
_SMALLEST = 0.02


class Asked(NamedTuple):
    """One word of a question without what asks: how it compares, and its share of the question's weight."""

    term: str
    worth: float


class Filled(NamedTuple):
    """How well words fill the gap of a question: at their best place in it, where it asks, and at its end.

    `before` and `after` are the parts of `best` that stand on either side; `asks` and `ends` say whether
    the best place is one of those two.
    """

    best: float
    before: float
    after: float
    asking: float
    ending: float
    asks: bool
    ends: bool


class Laid:
    """A question and a sentence compared in order, once for all spans of the sentence."""

    def __init__(self, question: Question, sentence: Tagged, weights: Weights) -> None:
        asked, self._slot = _without_asking(question, weights)
        self._size = len(asked)
        self._fronted = question.fronted
        self._before = _agreements(asked, sentence, range(len(sentence)), sentence.broken)
        back = _agreements(asked[::-1], sentence, range(len(sentence) - 1, -1, -1), sentence.broken[1:])
        self._after = [row[::-1] for row in back[::-1]]

    def fills(self, start: int, end: int) -> Filled:
        """How well the words `start` to `end` fill the gap."""
        before, after = self._before[start], self._after[end]
        both = list(map(add, before, after))
        if self._fronted:
            both[self._slot] = 0.0
        best = max(both)
        at = both.index(best)
        return Filled(
            best, before[at], after[at], both[self._slot], both[-1], at == self._slot, at == self._size
        )

    def reach(self, start: int, end: int) -> tuple[float, float]:
        """The most that agrees before the words, and after them, wherever the gap may be."""
        return max(self._before[start]), max(self._after[end])

    @property
    def whole(self) -> float:
        """The most that agrees in order with no gap at all."""
        rows = zip(self._before, self._after, strict=True)
        return max((max(map(add, before, after)) for before, after in rows), default=0.0)


def _without_asking(question: Question, weights: Weights) -> tuple[list[Asked], int]:
    """The words of a question without what asks and articles, and how many of them stand before what asks."""
    asks = range(0)
    if question.asks_at is not None:
        asks = range(question.asks_at, max(question.after, question.asks_at + 1))
    found: list[Asked] = []
    slot = 0
    for i, word in enumerate(question.words):
        lower, kind = word.text.lower(), question.classes[i]
        if i in asks:
            slot = len(found)
        elif word.term in weights.of:
            found.append(Asked(word.term, weights.of[word.term] / weights.total))
        elif kind != "D" and lower not in DOING:
            found.append(Asked(lower, _SMALL.get(kind, _SMALLEST)))
    return found, slot


def _agreements(
    asked: Sequence[Asked], sentence: Tagged, order: Iterable[int], stops: Sequence[bool]
) -> list[list[float]]:
    """For each word of the sentence in an order, and each word asked: how far all up to them agree."""
    row = [0.0] * (len(asked) + 1)
    rows = [row]
    for i in order:
        kept = (1.0 if sentence.classes[i] == "D" else _ASIDE) * (_STOPPED if stops[i] else 1.0)
        term, lower = sentence.terms[i], sentence.lower[i]
        found = [row[0] * kept]
        for k, (other, worth) in enumerate(asked):
            best = max(row[k + 1] * kept, found[k] * _UNSAID)
            if other in (term, lower):
                best = max(best, row[k] + worth)
            found.append(best)
        row = found
        rows.append(row)
    return rows
