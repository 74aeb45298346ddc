"""How a question's words lie in a sentence: which are matched, where, and how much that covers.

Counts and positions only; what they are worth is learned, and stands in the table that `model` reads.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from ..._language.typed import Value
from ..._language.values import values
from ..._text.words import is_stopword, words
from ..words.common import closeness, code, idf, kin, makers
from ..words.shapes import classes
from .question import Question

_RAREST_HERE = 5.0
"""The rarest a word can be within an article: once in 75 sentences; longer texts make it no rarer."""
_KIN = 0.5
"""What a word of nearly the same meaning counts, beside the word itself."""
_WIDEST = 400
"""Words of a line in which an answer is sought; a longer line is a table or has lost its stops."""
FAR = 40
"""The distance, in words, of something that is not there."""


_IMPLIED = 0.4
"""What is left of the weight of a noun that the answer may leave unsaid, as the year of "in what year"."""
_STOPS = (".", "!", "?", "…", ":", ";", "。", "！", "？", "।", "؟")


class Tagged:
    """One line, read once: its words, their terms, classes, and what stands between them."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = words(text)
        self.words = found[:_WIDEST]
        self.terms = [word.term for word in self.words]
        self.content = [word.term for word in found if not is_stopword(word.text)]
        self.held = frozenset(self.content)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def is_heading(self) -> bool:
        """Whether the line is short and ends without a stop: it names what follows, and states little."""
        return len(self.words) <= 14 and not self.text.rstrip("\"'”’»)]").endswith(_STOPS)

    @cached_property
    def classes(self) -> str:
        return classes(self.words)

    @cached_property
    def lower(self) -> list[str]:
        return [word.text.lower() for word in self.words]

    @cached_property
    def times(self) -> list[Value]:
        """Its dates and times."""
        return [value for value in values(self.text) if value.kind in ("date", "time")]

    @cached_property
    def dates(self) -> list[Value]:
        return [value for value in self.times if value.kind == "date"]

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before each word, and at the end what stands after the last."""
        edges = [0, *(edge for word in self.words for edge in (word.start, word.end)), len(self.text)]
        return [self.text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]

    @cached_property
    def broken(self) -> list[bool]:
        """Whether punctuation (not a hyphen) stands before each word; True at both ends."""
        inner = [bool(gap.strip(" -–/")) for gap in self.gaps]
        return [True, *inner[1:-1], True] if self.words else [True]

    @cached_property
    def joined(self) -> list[bool]:
        """Whether a hyphen or a slash alone stands before each word, as in "well-paid"."""
        return [gap in ("-", "–", "/") for gap in self.gaps]

    @cached_property
    def codes(self) -> list[int]:
        """What the content words mean, as far as it is known: see `common.code`."""
        return [known for term in self.held if (known := code(term)) is not None]

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """The pairs and triples of neighbouring words, function words among them."""
        return runs(self.lower)

    @cached_property
    def rarity(self) -> list[float]:
        return [idf(term) for term in self.terms]


def runs(lower: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """The pairs and triples of neighbouring words.

    >>> sorted(runs(["in", "the", "war"]))
    [('in', 'the'), ('in', 'the', 'war'), ('the', 'war')]
    """
    return frozenset((*pairwise(lower), *zip(lower, lower[1:], lower[2:], strict=False)))


class Weights:
    """What each wanted term of a question is worth: half its rarity in the article, half in English.

    An article of thirty sentences cannot tell that "surround" is a rarer word than "say"; prose can.
    """

    def __init__(self, question: Question, frequency: Counter[str], sentences: int) -> None:
        self.of = {t: _local(frequency[t], sentences) / 2 + idf(t) / 2 for t in question.terms}
        self.of.update({t: self.of[t] * _IMPLIED for t in question.implied})
        self.total = math.fsum(self.of.values()) or 1e-9
        self.here = {t: _local(frequency[t], sentences) for t in question.terms}

    def share(self, held: Iterable[str]) -> float:
        """The weighted share of the question's terms among those held, from 0 to 1."""
        found = held if isinstance(held, frozenset) else frozenset(held)
        return math.fsum(worth for t, worth in self.of.items() if t in found) / self.total

    def share_here(self, held: Collection[str]) -> float:
        """As `share`, by rarity in the article alone."""
        return math.fsum(w for t, w in self.here.items() if t in held) / (
            math.fsum(self.here.values()) or 1.0
        )


def _local(found: int, sentences: int) -> float:
    return min(_RAREST_HERE, math.log(1 + (sentences - found + 0.5) / (found + 0.5)))


class Match:
    """A question laid over a sentence: the weight matched at each word, and sums and distances of it."""

    def __init__(self, question: Question, sentence: Tagged, weights: Weights) -> None:
        self.reached: set[str] = set()
        self._terms, self._codes = question.terms, sentence.codes
        self.at = self._matched(question, sentence, weights)
        self.hits = [i for i, weight in enumerate(self.at) if weight]
        self.before = _running(weight / weights.total for weight in self.at)
        self.count = _running(1.0 if weight else 0.0 for weight in self.at)
        self.left = _distances(self.at)
        self.right = _distances(self.at[::-1])[::-1]
        self.pull_left = _decaying(self.at, weights.total)
        self.pull_right = _decaying(self.at[::-1], weights.total)[::-1]
        self.next = _positions(sentence.terms, question.next_term)
        self.last = _positions(sentence.terms, question.last_term)
        self.head = _positions(sentence.terms, question.head)

    @cached_property
    def close(self) -> dict[str, float]:
        """How near the sentence comes to each wanted term: 1 where it holds its like, else by meaning."""
        return {t: 1.0 if t in self.reached else closeness(code(t), self._codes) for t in self._terms}

    def _matched(self, question: Question, sentence: Tagged, weights: Weights) -> list[float]:
        near = _by_beginning(question.terms)
        worth = {term: self._weight(term, weights, near) for term in sentence.held}
        return [worth.get(term, 0.0) for term in sentence.terms]

    def _weight(self, term: str, weights: Weights, near: dict[str, list[str]]) -> float:
        if term in weights.of:
            self.reached.add(term)
            return weights.of[term]
        spelt = [(weights.of[other] * alike(term, other), other) for other in near.get(term[:4], ())]
        meant = [
            (weights.of[other] * _KIN, other) for other in kin(term) | makers(term) if other in weights.of
        ]
        weight, other = max(spelt + meant, default=(0.0, ""))
        if weight:
            self.reached.add(other)
        return weight


def _by_beginning(terms: Iterable[str]) -> dict[str, list[str]]:
    """Terms by their first four letters, where they have as many."""
    found: dict[str, list[str]] = {}
    for term in terms:
        if len(term) > 3 and term.isalpha():
            found.setdefault(term[:4], []).append(term)
    return found


def _positions(terms: Sequence[str], wanted: str) -> list[int]:
    return [i for i, term in enumerate(terms) if term == wanted] if wanted else []


def alike(one: str, other: str) -> float:
    """How much two terms that begin with the same four letters count as one word.

    >>> alike("invas", "invad"), alike("european", "europ"), alike("popular", "popul")
    (0.0, 0.6, 0.6)
    """
    if one[:5] != other[:5]:
        return 0.0
    return 0.6 if len(one) > 4 and len(other) > 4 else 0.4


def _running(values: Iterable[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _distances(at: Sequence[float]) -> list[int]:
    """For each boundary, how many unmatched words lie between it and the matched word before it."""
    found = [FAR]
    for weight in at:
        found.append(0 if weight else min(FAR, found[-1] + 1))
    return found


def _decaying(at: Sequence[float], total: float) -> list[float]:
    pulls = [0.0]
    for weight in at:
        pulls.append(pulls[-1] * 0.8 + weight / total)
    return pulls
