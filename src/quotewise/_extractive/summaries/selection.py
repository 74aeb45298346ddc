"""Taking sentences one by one: the best that says something new, fits what room is left and stands alone.

It is given scores and gives back an order; where scores come from is no matter here. Greedy and lazy
(Minoux, 1978): a score only falls as others are taken, so a sentence is looked at again only when it
comes to the top, and the whole costs little more than one sort.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ..words.sentence import Sentence
from ..words.speakers import is_scrap
from ..words.standalone import hangs, inside_quotations, points_back
from .introduced import introduced

SAME = 0.6
"""The share of the shorter sentence's terms from which on two sentences say the same."""

_FEW = range(1, 65)
_STILL_FEW = range(65)
"""A term that more than 64 sentences taken hold says nothing of repetition, and no more of them are noted."""
_LOOSE = 3
"""How many sentences back the one may stand that a "however" or an "also" answers."""
_NO_NEIGHBOURS = 2
"""By so much the paragraphs of two sentences differ between which one was left out."""
_TELLING = 5
"""Fewer terms than this say too little to be compared: such sentences repeat only what is the same."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much may be taken: words in all, sentences in all, None for no limit."""

    words: int | None = None
    points: int | None = None

    def holds(self, sentences: Sequence[Sentence]) -> bool:
        """Whether all of these can be taken."""
        words = sum(one.words for one in sentences)
        fit = self.points is None or len(sentences) <= self.points
        return fit and (self.words is None or words <= self.words)


@dataclass(frozen=True, slots=True)
class Costs:
    """What is taken off a score: for terms taken already (by their share), and for a section used already."""

    covered: float = 0.0
    section: float = 0.0


Same: TypeAlias = Callable[[Sentence, Sentence], bool]
Hanging: TypeAlias = Callable[[str], bool]


class Gains(Protocol):
    """What a sentence adds to those taken: it falls as others are taken, never rises."""

    def worth(self, at: int) -> float: ...

    def take(self, at: int) -> None: ...


def select(
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    room: Room,
    *,
    costs: Costs = Costs(),
    sections: Sequence[int] | None = None,
    gains: Gains | None = None,
    least: float = -math.inf,
    same: Same | None = None,
    hanging: Hanging = hangs,
) -> list[int]:
    """The places of the sentences taken, best first; a sentence that leans on the one before comes after it.

    One that opens with "He" or "This" is taken with its forerunner where that one can stand alone, else
    not at all. What scores below `least` is taken as a forerunner only. What `gains` says a sentence adds
    comes to its score. `same` says whether one taken already makes another needless; without it, most
    terms of the shorter do. `hanging` says which texts are nothing without the one before. Empty where
    nothing fits.

    >>> from quotewise._extractive.words.sentence import sentence
    >>> read = [sentence(t) for t in ("Rain fell in Bath.", "It stopped.", "In Bath rain fell.")]
    >>> select(read, [1.0, 3.0, 2.0], Room(words=8))
    [0, 1]
    """
    picking = _Picking(sentences, scores, room, costs, sections or [0] * len(sentences), gains, same, hanging)
    picking.start(least)
    picking.run(least)
    return picking.taken


class _Picking:
    """One selection under way."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        scores: Sequence[float],
        room: Room,
        costs: Costs,
        sections: Sequence[int],
        gains: Gains | None,
        same: Same | None,
        hanging: Hanging,
    ) -> None:
        self.sentences, self.scores, self.costs, self.sections = sentences, scores, costs, sections
        self.gains, self.same = gains, same or say_the_same
        self.hanging = hanging
        texts, paragraphs = [one.text for one in sentences], [one.paragraph for one in sentences]
        self.inside = frozenset[int]() if gains else inside_quotations(texts, paragraphs)
        self.meant = introduced(sentences) if hanging is hangs else {}
        self.words = room.words if room.words is not None else sum(one.words for one in sentences)
        self.points = room.points if room.points is not None else len(sentences)
        self.taken: list[int] = []
        self.holders: dict[str, tuple[int, ...]] = {}
        self.used: dict[int, int] = defaultdict(int)
        self.waiting: dict[int, list[int]] = defaultdict(list)
        self.heap: list[tuple[float, int]] = []
        self.done: set[int] = set()

    def start(self, least: float) -> None:
        self.heap = [(-score - self.gain(at), at) for at, score in enumerate(self.scores) if score >= least]
        heapq.heapify(self.heap)

    def run(self, least: float) -> None:
        shortest = min((one.words for one in self.sentences), default=0)
        while self.heap and self.points > 0 and self.words >= shortest:
            known, at = heapq.heappop(self.heap)
            if -known < least:
                break
            if at in self.done:
                continue
            worth = self.worth(at)
            if worth < -known - 1e-9:
                heapq.heappush(self.heap, (-worth, at))
            else:
                self.consider(at)

    def worth(self, at: int) -> float:
        held = self.sentences[at].held
        covered = sum(term in self.holders for term in held) / (len(held) or 1)
        costs = self.costs.covered * covered + self.costs.section * self.used[self.sections[at]]
        return self.scores[at] + self.gain(at) - costs

    def gain(self, at: int) -> float:
        return self.gains.worth(at) if self.gains else 0.0

    def consider(self, at: int) -> None:
        unit = self.unit(at)
        if unit and self.fits(unit):
            for one in unit:
                self.take(one)
        self.done.add(at)

    def unit(self, at: int) -> tuple[int, ...]:
        """What must be taken with a sentence so that it can be understood; () where nothing helps."""
        if self.repeats(at):
            return ()
        if self.stands(at):
            return (at,)
        for before in self.before(at):
            self.waiting[before].append(at)
        first = at - 1 if self.hangs(at) else self.meant[at]
        if not at or not self.leads(first):
            return ()
        if self.stands(first):
            return (first, at)
        return (first - 1, first, at) if self.leads(first - 1) and self.stands(first - 1) else ()

    def stands(self, at: int) -> bool:
        """Whether a sentence can be understood beside what is taken already."""
        alone = not self.hangs(at) and at not in self.meant
        return alone or any(before in self.taken for before in self.before(at))

    def before(self, at: int) -> Sequence[int]:
        """The places of the sentences one of which it hangs on: a "however" need not answer the last."""
        if not self.hangs(at):
            return (self.meant[at],)
        loose = not self.gains and at not in self.inside and not points_back(self.sentences[at].text)
        start = max(0, at - 1)
        while loose and at - start < _LOOSE and start and self.follows(start):
            start -= 1
        return range(start, at)

    def follows(self, at: int) -> bool:
        """Whether no heading or the like stands before a sentence: under another is another matter."""
        return self.sentences[at].paragraph - self.sentences[at - 1].paragraph < _NO_NEIGHBOURS

    def hangs(self, at: int) -> bool:
        """Whether a sentence cannot be understood, or not well, without the one before it."""
        return at in self.inside or self.hanging(self.sentences[at].text)

    def leads(self, at: int) -> bool:
        """Whether a sentence can be taken for the sake of the one after it; a long text's "Yeah." cannot."""
        scrap = self.gains is not None and (is_scrap(self.sentences[at].text) or self.hangs(at))
        return at >= 0 and not (scrap or at in self.done or self.repeats(at))

    def fits(self, unit: Sequence[int]) -> bool:
        return len(unit) <= self.points and sum(self.sentences[at].words for at in unit) <= self.words

    def take(self, at: int) -> None:
        self.taken.append(at)
        self.done.add(at)
        if self.gains:
            self.gains.take(at)
        self.points -= 1
        self.words -= self.sentences[at].words
        self.used[self.sections[at]] += 1
        for term in self.sentences[at].held:
            known = self.holders.get(term, ())
            self.holders[term] = (*known, at) if len(known) in _STILL_FEW else known
        for after in self.waiting.pop(at, ()):
            if after not in self.taken:
                self.done.discard(after)
                heapq.heappush(self.heap, (-self.worth(after), after))

    def repeats(self, at: int) -> bool:
        """Whether one sentence taken already says the same; it must share a term that few of them hold."""
        one = self.sentences[at]
        rare = (self.holders[term] for term in one.held if len(self.holders.get(term, ())) in _FEW)
        others = {other for holders in rare for other in holders}
        return any(self.same(one, self.sentences[other]) for other in others)


def say_the_same(one: Sentence, other: Sentence) -> bool:
    """Whether most terms of the shorter stand in the other; two of few terms have to hold the same.

    >>> from quotewise._extractive.words.sentence import sentence
    >>> say_the_same(sentence("Rain fell in Bath."), sentence("In Bath rain fell."))
    True
    """
    here, there = one.held, other.held
    shorter = min(len(here), len(there))
    return here == there if shorter < _TELLING else len(here & there) >= SAME * shorter
