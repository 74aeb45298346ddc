"""Ranking passages by the words they share with a query: BM25, and nothing that knows what a query is for.

Built once over a sequence of texts, asked many times. The texts themselves are not kept.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from .words import terms

_K1 = 1.2
_B = 0.75
_LARGE, _COMMON = 2_000, 20
"""In an index of so many passages, a word that is in more than one of so many finds none."""


class Bm25:
    """An index over texts that scores each against a query (Robertson and Zaragoza, 2009).

    `k1` bounds what repeating a word can add, `b` how much a long text is held back; the defaults are
    the usual ones. Terms are those of `words.terms`; building is linear in the texts, a query costs the
    postings of its terms. An idf is never negative, so a word in every text still counts a little.

    >>> index = Bm25(["Rain fell in Paris.", "The summit was in Paris.", "Troops may be needed."])
    >>> index.top("Where was the summit?", 2)
    [1]
    """

    def __init__(self, texts: Iterable[str], *, k1: float = _K1, b: float = _B) -> None:
        self._fill([terms(text) for text in texts], k1, b)

    @classmethod
    def of_terms(
        cls,
        passages: Sequence[Sequence[str]],
        *,
        only: Collection[str] | None = None,
        k1: float = _K1,
        b: float = _B,
    ) -> Bm25:
        """An index over passages whose terms are known already; of `only` some where no others are asked."""
        index = cls.__new__(cls)
        index._fill(passages, k1, b, only)
        return index

    def _fill(
        self, passages: Sequence[Sequence[str]], k1: float, b: float, only: Collection[str] | None = None
    ) -> None:
        self._size = len(passages)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        mean = sum(map(len, passages)) / (self._size or 1) or 1.0
        for number, passage in enumerate(passages):
            room = k1 * (1 - b + b * len(passage) / mean)
            kept = passage if only is None else [term for term in passage if term in only]
            for term, count in Counter(kept).items():
                weight = count * (k1 + 1) / (count + room)
                self._postings.setdefault(term, []).append((number, weight))

    def __len__(self) -> int:
        return self._size

    def frequency(self, term: str) -> int:
        """In how many passages the term stands."""
        return len(self._postings.get(term, ()))

    def idf(self, term: str) -> float:
        """How rare a term is among the passages; above 0 also where it is in all of them or in none."""
        return rarity(self.frequency(term), self._size)

    def scores(self, query: str | Iterable[str]) -> list[float]:
        """A score for each passage, in order; 0.0 where it shares no word. `query` is text, or terms."""
        totals = [0.0] * self._size
        for term in dict.fromkeys(terms(query) if isinstance(query, str) else query):
            idf = self.idf(term)
            for number, weight in self._postings.get(term, ()):
                totals[number] += idf * weight
        return totals

    def top(self, query: str | Iterable[str], n: int) -> list[int]:
        """The indexes of at most `n` passages that share a word with the query, best first, ties in order.

        In an index of 2,000 passages or more a word that is in over a twentieth of them finds none, unless
        the query has no rarer one: such words cost the most and tell the least.
        """
        found = self._reached(query)
        return heapq.nsmallest(n, found, key=lambda i: (-found[i], i))

    def _reached(self, query: str | Iterable[str]) -> dict[int, float]:
        """The passages found, with their scores."""
        wanted = list(dict.fromkeys(terms(query) if isinstance(query, str) else query))
        most = self._size if self._size < _LARGE else self._size // _COMMON
        totals: dict[int, float] = {}
        held = [term for term in wanted if term in self._postings]
        for term in [term for term in held if self.frequency(term) <= most] or held:
            idf = self.idf(term)
            for number, weight in self._postings[term]:
                totals[number] = totals.get(number, 0.0) + idf * weight
        return totals


@lru_cache(maxsize=16_384)
def rarity(found: int, size: int) -> float:
    """The idf of what is found in some of `size` passages.

    >>> rarity(1, 10) > rarity(9, 10) > 0
    True
    """
    return math.log(1 + (size - found + 0.5) / (found + 0.5))
