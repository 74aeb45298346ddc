"""Finding the answer's words: the sentences that come nearest to a question, and the best span of each.

Scores only, from clues and their learned weights; whether the best is good enough is decided in `answer`.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, repeat
from typing import NamedTuple

from ..._language.wordlists import listed
from ..questions.match import Match, Tagged, Weights
from ..questions.question import Question
from ..words.common import closeness, code, kin, makers
from . import clues

NEAREST = 8
"""Sentences in which spans are sought: the answer is in one of the first five for 99 questions of 100.

A text of no more is looked at whole, since the answer of one question in a hundred shares no word with it.
"""

_ARTICLES = listed("a an the")
_LOOKED = 40
"""Spans of a sentence that are looked at whole."""

Scored = Sequence[tuple[float, int, int]]
"""Spans, words `i:j`, each with its score before it."""

_K1, _B = 1.2, 0.6
_BORROWED = 0.25
"""What a sentence gains of the score of the one before it, since "it" stands for words of that one."""


class Page:
    """The sentences of an article, read once for any number of questions."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.sentences = [Tagged(text) for text in texts]
        self.frequency = Counter(term for sentence in self.sentences for term in sentence.held)
        self.mean = sum(len(s.content) for s in self.sentences) / max(1, len(self.sentences)) or 1.0

        self._heading = _headings(self.sentences)

    @cached_property
    def codes(self) -> list[int]:
        """The meanings of all its words, as far as they are known."""
        return [known for term in self.frequency if (known := code(term)) is not None]

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(term[:5] for term in self.frequency if len(term) > 4)

    def closeness(self, term: str) -> float:
        """How near the article's words come to a term: 1 where one is it or its like, 0 for a stranger."""
        if self.frequency[term] or term[:5] in self._beginnings:
            return 1.0
        if any(self.frequency[other] for other in (*kin(term), *makers(term))):
            return 1.0
        return closeness(code(term), self.codes)

    def weights(self, question: Question) -> Weights:
        return Weights(question, self.frequency, len(self.sentences))

    def scores(self, weights: Weights) -> list[float]:
        """BM25 of each sentence with the question's own weights, and a share of its neighbours'."""
        own = [self._score(sentence, weights.of) for sentence in self.sentences]
        around = zip([0.0, *own], own, [*own[1:], 0.0], strict=False)
        return [score + _BORROWED * max(before, after / 2) for before, score, after in around]

    def _score(self, sentence: Tagged, of: Mapping[str, float]) -> float:
        if sentence.held.isdisjoint(of):
            return 0.0
        room = _K1 * (1 - _B + _B * len(sentence.content) / self.mean)
        counts = Counter(term for term in sentence.content if term in of)
        return sum(of[term] * count * (_K1 + 1) / (count + room) for term, count in counts.items())

    def around(self, at: int) -> frozenset[str]:
        """The terms of the sentences before and after, and of the heading that a sentence stands under."""
        beside = self.sentences[max(0, at - 1) : at] + self.sentences[at + 1 : at + 2]
        return self._heading[at].union(*(sentence.held for sentence in beside))


def _headings(sentences: Iterable[Tagged]) -> list[frozenset[str]]:
    """For each sentence, the terms of the last heading before it."""
    found: list[frozenset[str]] = []
    held: frozenset[str] = frozenset()
    for sentence in sentences:
        found.append(held)
        if sentence.is_heading:
            held = sentence.held
    return found


class Near(NamedTuple):
    """A sentence laid beside the question: its index, rank and score by words, the match, and
    the clues that all its spans share."""

    at: int
    rank: int
    score: float
    match: Match
    clues: list[str]


class Spot(NamedTuple):
    """The best span of a sentence, words `start:end`, its score, and the log of the sum over all spans.

    `likely` holds all the spans that were looked at whole, each with its score before it, best first;
    `weight` is what the sentence weighs among the nearest, higher the likelier it answers; set by `order`.
    """

    near: Near
    start: int
    end: int
    score: float
    mass: float
    likely: Scored
    weight: float = 0.0


def nearest(page: Page, question: Question, weights: Weights) -> list[Near]:
    """The sentences nearest to the question by its words, best first; all of a short text."""
    scores = page.scores(weights)
    short = len(scores) <= NEAREST
    sharing = [i for i, score in enumerate(scores) if score > 0 or short]
    order = heapq.nsmallest(NEAREST, sharing, key=lambda i: (-scores[i], i))
    found = []
    for rank, at in enumerate(order):
        sentence = page.sentences[at]
        match = Match(question, sentence, weights)
        behind = (scores[order[0]] - scores[at]) / weights.total
        shared = clues.of_sentence(question, sentence, match, weights, rank, behind, page.around(at))
        found.append(Near(at, rank, scores[at], match, shared))
    return found


def candidates(question: Question, sentence: Tagged, near: Near) -> Iterator[tuple[int, int, list[str]]]:
    """Every span that may be an answer, with all its clues: what the weights are fitted on."""
    ends = {j: clues.of_end(question, sentence, near.match, j) for j in clues.ends(sentence)}
    for i in clues.starts(sentence):
        begins = near.clues + clues.of_start(question, sentence, near.match, i)
        for j in range(i + 1, min(i + clues.LONGEST, len(sentence)) + 1):
            if j in ends and clues.allowed(near.match, sentence, i, j):
                yield i, j, begins + ends[j] + clues.of_span(question, sentence, near.match, i, j)


def best(question: Question, sentence: Tagged, near: Near, worth: Mapping[str, float]) -> Spot | None:
    """The span whose clues weigh most; None where the sentence holds no word that may be an answer."""
    likely = _scored(question, sentence, near, worth)
    if not likely:
        return None
    score, i, j = likely[0]
    mass = score + math.log(sum(math.exp(s - score) for s, _, _ in likely))
    return Spot(near, i, j, score, mass, likely)


def counted(sentence: Tagged) -> list[int]:
    """For each boundary, how many words stand before it; articles do not count."""
    found = [0]
    for word in sentence.lower:
        found.append(found[-1] + (word not in _ARTICLES))
    return found


def agreement(start: int, end: int, odds: Sequence[tuple[float, int, int]], counted: Sequence[int]) -> float:
    """The sum of word F1 with each span times its odds."""
    size = counted[end] - counted[start]
    total = 0.0
    for odd, i, j in odds:
        low, high = max(start, i), min(end, j)
        if low < high:
            total += odd * 2 * (counted[high] - counted[low]) / max(1, size + counted[j] - counted[i])
    return total


def _scored(
    question: Question, sentence: Tagged, near: Near, worth: Mapping[str, float]
) -> list[tuple[float, int, int]]:
    """The likely spans with their whole scores, best first, the earlier and shorter of two alike."""
    found = [
        (edges + _sum(clues.of_span(question, sentence, near.match, i, j), worth), i, j)
        for edges, i, j in _likely(question, sentence, near, worth)
    ]
    return sorted(found, key=lambda span: (-span[0], span[1], span[2]))


def _likely(
    question: Question, sentence: Tagged, near: Near, worth: Mapping[str, float]
) -> list[tuple[float, int, int]]:
    """The spans whose edges score best: looking at the words of every span would take most of the time."""
    match = near.match
    shared = _sum(near.clues, worth)
    ends = {j: _sum(clues.of_end(question, sentence, match, j), worth) for j in clues.ends(sentence)}
    begins = {i: _sum(clues.of_start(question, sentence, match, i), worth) for i in clues.starts(sentence)}
    edged = [
        (shared + begun + ends[j], i, j)
        for i, begun in begins.items()
        for j in range(i + 1, min(i + clues.LONGEST, len(sentence)) + 1)
        if j in ends
    ]
    edged.sort(reverse=True)
    return list(islice((span for span in edged if clues.allowed(match, sentence, *span[1:])), _LOOKED))


def _sum(found: Sequence[str], worth: Mapping[str, float]) -> float:
    return sum(map(worth.get, found, repeat(0.0)))
