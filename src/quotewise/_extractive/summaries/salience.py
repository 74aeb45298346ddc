"""How much each sentence matters to the whole: its place, what it shares with the rest, its words.

Measures only, one row of named numbers for each sentence, in time linear in the text. What is left out and
what is picked is decided by the callers; the weights are fitted by `tools/fit_summary.py`.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from itertools import pairwise
from typing import TypeVar

from ..page.furniture import ends
from ..words.sentence import Sentence
from ..words.standalone import dangles, leans

K = TypeVar("K")

NAMES = (
    *("opens the text", "stands second", "stands third", "falls off fast", "falls off slowly", "depth"),
    *("inverse place", "opens a paragraph", "ends a paragraph", "length", "short", "long", "centrality"),
    *("centrality rank", "shared with the lead", "comes back later", "stood before", "common terms"),
    *("names the headline", "dangles", "leans", "quotes", "asks", "numbers", "has a number", "amount"),
    *("capitals", "first person", "speech verb", "no stop", "new terms", "new and shared", "shared pairs"),
    *("perfect tense", "past tense", "function words", "top terms"),
)
"""What the columns of `measure` are, in order."""
PLACE = 7
"""How many of them, from the first, tell where a sentence stands in the text."""

_QUOTES = re.compile(r"[\"“”]|``")
_DIGIT = re.compile(r"\b\d")
_AMOUNT = re.compile(
    r"[$£€¥]\s?\d|\d(?:%| ?per ?cent\b| (?:million|billion|trillion|thousand)\b)|\b\d{1,3},\d{3}\b"
)
_CAPITAL = re.compile(r"(?<=\s)[A-Z]")
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|we|my|our|me|us|you|your)\b", re.IGNORECASE)
_SPEECH = re.compile(r"\b(?:said|says|told|added|adding|saying|asked|asks|tells?)\b")
_PERFECT = re.compile(r"\b(?:has|have|is|are|will)\b")
_PAST = re.compile(r"\b(?:was|were|had)\b")
_LEAD = 4


def measure(sentences: Sequence[Sentence], headline: Sentence | None = None) -> Iterator[tuple[float, ...]]:
    """One row of `NAMES` for each sentence, made as it is asked for.

    Centrality is the cosine of a sentence with all others together (Radev et al., 2004, a centroid),
    which costs one pass where a sentence graph costs a comparison of every pair.
    """
    text = _Whole(sentences, headline)
    central = [text.centrality(one) for one in sentences]
    for at, (one, value, rank) in enumerate(zip(sentences, central, _ranks(central), strict=True)):
        held = one.held
        yield (
            *_place(sentences, at),
            *_shape(one),
            value,
            rank,
            *text.sharing(at, one, held),
            *_cues(one),
            *text.novelty(at, one, held),
        )


class _Whole:
    """Counts over a whole text, made in one pass."""

    def __init__(self, sentences: Sequence[Sentence], headline: Sentence | None) -> None:
        self.size = len(sentences)
        self.number: dict[str, int] = {}
        for one in sentences:
            for term in one.terms:
                self.number.setdefault(term, len(self.number))
        self._count(sentences)
        self.pairs = self._pairs(sentences)
        self.norm = math.sqrt(sum(count * count for count in self.counts)) or 1.0
        self.lead = Counter(term for one in sentences[:_LEAD] for term in one.terms)
        self.lead_norm = math.sqrt(sum(count * count for count in self.lead.values())) or 1.0
        self.headline = headline.held if headline else frozenset()
        # A term's number tells which stood first.
        top = nsmallest(10, self.number.items(), key=lambda item: (-self.holders[item[1]], item[1]))
        self.top = frozenset(term for term, _ in top)

    def _count(self, sentences: Sequence[Sentence]) -> None:
        """By a term's number: how often it stands, in how many sentences, in which first and last.

        Arrays, since a dictionary for each would outweigh a short text many times.
        """
        empty = array("I", [0]) * len(self.number)
        self.counts, self.holders, self.first, self.last = empty, empty[:], empty[:], empty[:]
        for at, one in enumerate(sentences):
            for term in one.terms:
                self.counts[self.number[term]] += 1
            for term in one.held:
                number = self.number[term]
                if not self.holders[number]:
                    self.first[number] = at
                self.holders[number] += 1
                self.last[number] = at

    def _pairs(self, sentences: Sequence[Sentence]) -> bytearray:
        """In how many sentences a pair of neighbours stands, up to 2, by bucket.

        A table of the pairs themselves would outweigh the text; sixteen buckets to a word confuse few.
        """
        buckets = bytearray(16 * sum(self.counts) + 1)
        for one in sentences:
            for bucket in self._buckets(one, len(buckets)):
                buckets[bucket] = min(2, buckets[bucket] + 1)
        return buckets

    def _buckets(self, one: Sentence, size: int) -> set[int]:
        numbers = [self.number[term] for term in one.terms]
        return {(first * 2_654_435_761 + second) % size for first, second in pairwise(numbers)}

    def centrality(self, one: Sentence) -> float:
        own = Counter(self.number[term] for term in one.terms)
        return _cosine(own, self.counts.__getitem__, self.norm)

    def sharing(self, at: int, one: Sentence, held: frozenset[str]) -> tuple[float, ...]:
        size = len(held) or 1
        numbers = [self.number[term] for term in held]
        return (
            self._with_lead(at, one),
            sum([self.last[number] > at for number in numbers]) / size,
            sum([self.first[number] < at for number in numbers]) / size,
            sum([self.holders[number] - 1 for number in numbers]) / size / math.sqrt(self.size),
            len(held & self.headline) / (len(self.headline) or 1),
        )

    def _with_lead(self, at: int, one: Sentence) -> float:
        own = Counter(one.terms)
        if at >= _LEAD:
            return _cosine(own, self.lead.__getitem__, self.lead_norm, own_in=False)
        rest = self.lead - own
        return _cosine(
            own, rest.__getitem__, math.sqrt(sum(n * n for n in rest.values())) or 1.0, own_in=False
        )

    def novelty(self, at: int, one: Sentence, held: frozenset[str]) -> tuple[float, ...]:
        size = len(held) or 1
        numbers = [self.number[term] for term in held]
        fresh = sum([self.first[number] == at for number in numbers]) / size
        buckets = self._buckets(one, len(self.pairs))
        return (
            fresh,
            fresh * sum([self.holders[number] > 1 for number in numbers]) / size,
            sum([self.pairs[bucket] > 1 for bucket in buckets]) / (len(buckets) + 3),
            min(2, len(_PERFECT.findall(one.text))),
            min(2, len(_PAST.findall(one.text))),
            1 - len(one.terms) / (one.words or 1),
            len(held & self.top) / 10,
        )


def _cosine(own: Counter[K], other: Callable[[K], int], norm: float, *, own_in: bool = True) -> float:
    """The cosine of a sentence with a text, its own words taken out where the text holds it."""
    length = math.sqrt(sum(count * count for count in own.values()))
    if not length:
        return 0.0
    shared = sum([count * other(term) for term, count in own.items()])
    return (shared - (length * length if own_in else 0)) / (length * norm)


def _ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value among all, from 0 for the least to nearly 1."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    for rank, at in enumerate(order):
        ranks[at] = rank / len(values)
    return ranks


def _place(sentences: Sequence[Sentence], at: int) -> tuple[float, ...]:
    here = sentences[at].paragraph
    return (
        at == 0,
        at == 1,
        at == 2,
        math.exp(-at / 2),
        math.exp(-at / 6),
        at / len(sentences),
        1 / (1 + at),
        at == 0 or sentences[at - 1].paragraph != here,
        at + 1 == len(sentences) or sentences[at + 1].paragraph != here,
    )


def _shape(one: Sentence) -> tuple[float, ...]:
    return math.log(1 + one.words), max(0, 12 - one.words) / 12, max(0, one.words - 35) / 20


def _cues(one: Sentence) -> tuple[float, ...]:
    text = one.text
    size = one.words or 1
    digits = len(_DIGIT.findall(text))
    return (
        dangles(text),
        leans(text),
        _QUOTES.search(text) is not None,
        "?" in text,
        digits / size * 5,
        digits > 0,
        _AMOUNT.search(text) is not None,
        len(_CAPITAL.findall(text)) / size,
        _FIRST_PERSON.search(text) is not None,
        _SPEECH.search(text) is not None,
        not ends(text),
    )
