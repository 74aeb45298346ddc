"""Which item of a claim says what which item of a sentence says: an alignment in reading order.

Needleman and Wunsch's dynamic programme (1970) over words, names and values. It pairs; what a pair of
different things means is for the checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .lexicon import MODALS, PRONOUNS, QUANTIFIERS, RANKS, opposite, synonym
from .names import same_name, same_part
from .passage import Item, Passage
from .typed import Value, agree

_REACH = 5
"""How many items to each side are an item's neighbours."""
_CLOSED = dict.fromkeys(QUANTIFIERS, "quantifier") | dict.fromkeys(MODALS, "modal")
_LONGEST = 160
"""Items of a sentence that are aligned; a longer one (a transcript without full stops) is cut."""


@dataclass(frozen=True)
class Alignment:
    """For each item of the claim the item of the sentence it is paired with, or None, and how well it fits.

    `match[i]` is the weight of the pair: above 0.25 the two say the same, otherwise one stands in the
    other's place. `sentence` is the index of the sentence in its article.
    """

    claim: Passage
    said: Passage
    sentence: int
    pair: tuple[int | None, ...]
    match: tuple[float, ...]

    def same(self, at: int) -> bool:
        """Whether the claim's item stands in the sentence, in its place."""
        return self.pair[at] is not None and self.match[at] > 0.25

    def anchored(self, at: int) -> float:
        """How well the neighbours of the claim's item fit beside its partner."""
        return self._anchors[at]

    @cached_property
    def closeness(self) -> float:
        """The share of the claim's words of meaning that stand in the sentence in order, from 0 to 1."""
        heavy = [at for at, item in enumerate(self.claim.items) if item.kind != "small"]
        return sum(self.same(at) for at in heavy) / len(heavy) if heavy else 0.0

    def partner(self, at: int) -> Item | None:
        """The item of the sentence that the claim's item is paired with."""
        there = self.pair[at]
        return None if there is None else self.said.items[there]

    @cached_property
    def back(self) -> dict[int, int]:
        """For each paired item of the sentence its item of the claim."""
        return {there: at for at, there in enumerate(self.pair) if there is not None}

    @cached_property
    def _anchors(self) -> list[float]:
        return [self._anchor(at) for at in range(len(self.pair))]

    def _anchor(self, at: int) -> float:
        here = self.pair[at]
        if here is None:
            return 0.0
        near = range(max(0, at - _REACH), min(len(self.pair), at + _REACH + 1))
        return sum(
            self.match[i]
            for i in near
            if i != at
            and (there := self.pair[i]) is not None
            and self.same(i)
            and abs(there - here) <= _REACH + 2
        )


def align(claim: Passage, said: Passage, sentence: int) -> Alignment:
    """The best pairing in reading order of a claim's items with a sentence's."""
    ours, theirs = claim.items, said.items[:_LONGEST]
    fit = [_fits(one, theirs) for one in ours]
    pairs = _traced(ours, theirs, fit)
    return Alignment(
        claim,
        said,
        sentence,
        tuple(pairs),
        tuple(0.0 if j is None else fit[i][j] for i, j in enumerate(pairs)),
    )


def _traced(ours: Sequence[Item], theirs: Sequence[Item], fit: list[list[float]]) -> list[int | None]:
    skip_ours = [0.05 if item.kind == "small" else 0.15 for item in ours]
    skip_theirs = [0.01 if item.kind == "small" else 0.03 for item in theirs]
    moves = _filled(fit, skip_ours, skip_theirs)
    pairs: list[int | None] = [None] * len(ours)
    i, j = len(ours), len(theirs)
    while i and j:
        move = moves[i][j]
        if move == 0:
            i, j = i - 1, j - 1
            pairs[i] = j
        elif move == 1:
            i -= 1
        else:
            j -= 1
    return pairs


def _filled(fit: list[list[float]], skip_ours: list[float], skip_theirs: list[float]) -> list[bytearray]:
    width = len(skip_theirs)
    row = [0.0] * (width + 1)
    for j in range(width):
        row[j + 1] = row[j] - skip_theirs[j]
    moves = [bytearray([2]) * (width + 1)]
    for i, gap in enumerate(skip_ours):
        above, row, fits = row, [row[0] - gap, *([0.0] * width)], fit[i]
        move = bytearray(width + 1)
        move[0] = 1
        for j in range(width):
            across = above[j] + fits[j]
            down = above[j + 1] - gap
            along = row[j] - skip_theirs[j]
            if across >= down and across >= along:
                row[j + 1] = across
            elif down >= along:
                row[j + 1], move[j + 1] = down, 1
            else:
                row[j + 1], move[j + 1] = along, 2
        moves.append(move)
    return moves


def _fits(one: Item, theirs: Sequence[Item]) -> list[float]:
    """How well one item of the claim fits each item of the sentence."""
    if one.kind == "word":
        return [
            _fit_words(one.term, one.low, other.term, other.low)
            if other.kind == "word"
            else _fit_mixed(one, other)
            for other in theirs
        ]
    if one.kind == "small":
        return [
            _fit_small(one.low, other.low) if other.kind == "small" else _fit_mixed(one, other)
            for other in theirs
        ]
    same = _fit_names if one.kind == "name" else _fit_values
    return [same(one, other) if other.kind == one.kind else _fit_mixed(one, other) for other in theirs]


def _fit_mixed(one: Item, other: Item) -> float:
    """Items of two kinds: a name and a pronoun, a number and "all", a word that one side writes as a name."""
    if one.kind == "name" or other.kind == "name":
        name, word = (one, other) if one.kind == "name" else (other, one)
        if word.low in PRONOUNS:
            return 0.2
        if name.name is not None and word.low and any(same_part(p, word.low) for p in name.name.parts):
            return 0.7
        return 0.12 if word.capital else -0.1
    if one.kind == "value" or other.kind == "value":
        value, word = (one, other) if one.kind == "value" else (other, one)
        return 0.1 if value.value is not None and _may_replace(value.value, word) else -0.2
    return 1.0 if one.term == other.term else -0.1


def _may_replace(value: Value, word: Item) -> bool:
    """Whether a word can stand in a value's place: "last" for "first", "all" for "half", "each" for "one"."""
    return (value.kind == "ordinal" and word.low in RANKS) or (
        value.kind in {"fraction", "number"} and not value.unit and word.low in QUANTIFIERS
    )


@lru_cache(maxsize=131_072)
def _fit_words(term: str, low: str, other: str, other_low: str) -> float:
    if term == other:
        return 1.2 if low == other_low else 1.0
    if synonym(term, other):
        return 0.7
    return 0.15 if opposite(low, other_low) else -0.12


@lru_cache(maxsize=65_536)
def _fit_small(low: str, other: str) -> float:
    if low == other:
        return 0.35
    if low in _CLOSED and _CLOSED[low] == _CLOSED.get(other):
        return 0.08
    return 0.1 if opposite(low, other) else -0.02


def _fit_names(one: Item, other: Item) -> float:
    return (
        1.5 if one.name is not None and other.name is not None and same_name(one.name, other.name) else 0.12
    )


def _fit_values(one: Item, other: Item) -> float:
    if one.value is None or other.value is None:
        return -0.2
    if agree(one.value, other.value):
        return 1.5
    return 0.15 if bool(one.value.parts) == bool(other.value.parts) else -0.05
