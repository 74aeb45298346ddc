"""Which item of a claim says what which item of a sentence says: an alignment in reading order.

Needleman and Wunsch's dynamic programme (1970) over words, names and values. It pairs; what a pair of
different things means is for the checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, repeat
from operator import add, sub

from .._language.lexicon import (
    MODALS,
    PRONOUNS,
    QUANTIFIERS,
    RANKS,
    degree,
    opposite,
    opposites,
    synonym,
    synonyms,
)
from .._language.names import Name, same_name, same_part
from .._language.passage import Item, ItemKind, Passage
from .._language.typed import Value, agree
from .._text.words import term

_REACH = 5
"""How many items to each side are an item's neighbours."""
_CLOSED = dict.fromkeys(QUANTIFIERS, "quantifier") | dict.fromkeys(MODALS, "modal")
_KNOWN = 128
"""Words and names of claims for which it is kept how well each item of a sentence fits them."""
_LONGEST, _LONGEST_CLAIM = 160, 1_000
"""Items of a sentence, and of a claim, that are aligned; a longer one (a transcript without stops) is cut."""


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
        firm = [there if self.match[at] > 0.25 else None for at, there in enumerate(self.pair)]
        return [0.0 if here is None else self._anchor(at, here, firm) for at, here in enumerate(self.pair)]

    def _anchor(self, at: int, here: int, firm: Sequence[int | None]) -> float:
        near, reach = slice(max(0, at - _REACH), at + _REACH + 1), _REACH + 2
        pairs = zip(firm[near], self.match[near], strict=True)
        # The item itself, whose partner no other has, does not count.
        return sum([fit for there, fit in pairs if there not in (None, here) and abs(there - here) <= reach])


def align(claim: Passage, layout: Layout, sentence: int) -> Alignment:
    """The best pairing in reading order of a claim's items with those of the sentence that was laid out."""
    ours = claim.items[:_LONGEST_CLAIM]
    fit = [layout.fits(one) for one in ours]
    pairs = _traced(ours, layout.items, fit)
    match = [0.0 if j is None else fit[i][j] for i, j in enumerate(pairs)]
    rest = len(claim.items) - len(ours)
    return Alignment(claim, layout.said, sentence, (*pairs, *[None] * rest), (*match, *[0.0] * rest))


def _traced(ours: Sequence[Item], theirs: Sequence[Item], fit: list[list[float]]) -> list[int | None]:
    skip_ours = [0.05 if item.kind == "small" else 0.15 for item in ours]
    skip_theirs = [0.01 if item.kind == "small" else 0.03 for item in theirs]
    best = _filled(fit, skip_ours, skip_theirs)
    pairs: list[int | None] = [None] * len(ours)
    i, j = len(ours), len(theirs)
    while i and j:
        above, row = best[i - 1], best[i]
        across = above[j - 1] + fit[i - 1][j - 1]
        down = above[j] - skip_ours[i - 1]
        along = row[j - 1] - skip_theirs[j - 1]
        if across >= down and across >= along:
            i, j = i - 1, j - 1
            pairs[i] = j
        elif down >= along:
            i -= 1
        else:
            j -= 1
    return pairs


def _filled(fit: list[list[float]], skip_ours: list[float], skip_theirs: list[float]) -> list[list[float]]:
    """The best that can be had of so many items of ours with so many of theirs."""
    row = list(accumulate(skip_theirs, sub, initial=0.0))
    best = [row]
    for gap, fits in zip(skip_ours, fit, strict=True):
        above, last = row, row[0] - gap
        row = [last]
        downs = map(sub, above[1:], repeat(gap))
        for across, down, skip in zip(map(add, above, fits), downs, skip_theirs, strict=True):
            last -= skip
            if down > last:
                last = down
            if across > last:
                last = across
            row.append(last)
        best.append(row)
    return best


class Layout:
    """The items of a sentence by what they are, so that a claim's item is held against few of them."""

    def __init__(self, said: Passage) -> None:
        self.said = said
        self.items = items = said.items[:_LONGEST]
        self._of_kind: dict[ItemKind, list[int]] = {"word": [], "small": [], "name": [], "value": []}
        self._of_term: dict[str, list[int]] = {}
        self._counts: list[int] = []
        self._words_from: dict[str, list[int]] = {}
        self._names_from: dict[str, list[int]] = {}
        for at, item in enumerate(items):
            self._of_kind[item.kind].append(at)
            if item.kind == "value" or item.low in RANKS or item.low in QUANTIFIERS:
                self._counts.append(at)
            if item.name is not None:
                for initial in {part[:1] for part in item.name.parts}:
                    self._names_from.setdefault(initial, []).append(at)
            elif item.value is None:
                self._of_term.setdefault(item.term, []).append(at)
                self._words_from.setdefault(item.low[:1], []).append(at)
        self._terms = frozenset(self._of_term)
        self._rows: dict[tuple[ItemKind, float], list[float]] = {}
        self._known: dict[tuple[str | bool, ...], list[float]] = {}

    def fits(self, one: Item) -> list[float]:
        """How well one item of the claim fits each item of the sentence: nearly all are strangers to it.

        Claims about one sentence share many of their words and names.
        """
        if one.kind == "value":
            return self._fits(one)
        key = one.name.parts if one.name is not None else (one.kind, one.low, one.term, one.capital)
        if key not in self._known:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[key] = self._fits(one)
        return self._known[key]

    def _fits(self, one: Item) -> list[float]:
        row = self._strangers(one)
        for at in self._akin(one):
            row[at] = _fit(one, self.items[at])
        return row

    def _akin(self, one: Item) -> list[int]:
        """The items that may be more to one of the claim's than strangers."""
        if one.kind == "value":
            return self._counts
        return self._of_its_word(one) if one.name is None else self._of_its_name(one.name)

    def _strangers(self, one: Item) -> list[float]:
        """A row in which nothing has to do with the item; there are few such rows, each made once."""
        key = (one.kind, _beside_a_name(one))
        if key not in self._rows:
            self._rows[key] = self._row(*key)
        return self._rows[key].copy()

    def _row(self, kind: ItemKind, beside_a_name: float) -> list[float]:
        if kind == "name":
            return [_beside_a_name(item) for item in self.items]
        fits = {**_STRANGERS[kind], "name": beside_a_name}
        return [fits[item.kind] for item in self.items]

    def _of_its_name(self, one: Name) -> list[int]:
        """The items that may be more to a name than strangers: names, and words with an initial of it."""
        found = self._of_kind["name"].copy()
        for initial in {part[:1] for part in one.parts}:
            found += self._words_from.get(initial, ())
        return found

    def _of_its_word(self, one: Item) -> list[int]:
        """The items that may be more to a word than strangers."""
        found = [*self._names_from.get(one.low[:1], ())]
        relatives, counts, is_graded = _kin(one.term, one.low)
        if counts:
            found += self._of_kind["value"]
        if is_graded:
            found += self._of_kind[one.kind]
        for each in self._terms & relatives:
            found += self._of_term[each]
        return found


_STRANGERS: dict[ItemKind, dict[ItemKind, float]] = {
    "word": {"word": -0.12, "small": -0.1, "value": -0.2},
    "small": {"word": -0.1, "small": -0.02, "value": -0.2},
    "value": {"word": -0.2, "small": -0.2, "value": -0.2},
}
"""How well a word or a value fits what it has nothing to do with."""


@lru_cache(maxsize=8_192)
def _kin(one: str, low: str) -> tuple[frozenset[str], bool, bool]:
    """The terms that a word may be more to than a stranger; whether it may be so to a value, to any word."""
    relatives = synonyms(one) | opposites(term(low)) | {one}
    is_graded = low in _CLOSED or degree(low) is not None
    return relatives, low in RANKS or low in QUANTIFIERS, is_graded


def _fit(one: Item, other: Item) -> float:
    """How well two items fit in one place."""
    if one.kind != other.kind:
        return _fit_mixed(one, other)
    if one.kind == "word":
        return _fit_words(one, other)
    if one.kind == "small":
        return _fit_small(one.low, other.low)
    return _fit_names(one, other) if one.kind == "name" else _fit_values(one, other)


def _fit_mixed(one: Item, other: Item) -> float:
    """Items of two kinds: a name and a pronoun, a number and "all", a word that one side writes as a name."""
    if one.kind == "name" or other.kind == "name":
        name, word = (one, other) if one.kind == "name" else (other, one)
        alike = name.name is not None and word.low and any(same_part(p, word.low) for p in name.name.parts)
        return 0.7 if alike and word.low not in PRONOUNS else _beside_a_name(word)
    if one.kind == "value" or other.kind == "value":
        value, word = (one, other) if one.kind == "value" else (other, one)
        return 0.1 if value.value is not None and _may_replace(value.value, word) else -0.2
    return 1.0 if one.term == other.term else -0.1


def _beside_a_name(item: Item) -> float:
    """How well a word, or a value, fits a name that it is no part of."""
    return 0.2 if item.low in PRONOUNS else 0.12 if item.capital else -0.1


def _may_replace(value: Value, word: Item) -> bool:
    """Whether a word can stand in a value's place: "last" for "first", "all" for "half", "each" for "one"."""
    return (value.kind == "ordinal" and word.low in RANKS) or (
        value.kind in {"fraction", "number"} and not value.unit and word.low in QUANTIFIERS
    )


def _fit_words(one: Item, other: Item) -> float:
    if one.term == other.term:
        return 1.2 if one.low == other.low else 1.0
    if synonym(one.term, other.term):
        return 0.7
    return 0.15 if opposite(one.low, other.low) else -0.12


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
