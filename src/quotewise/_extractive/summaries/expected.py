"""What a person's summary of a text is likely to say: how likely each word is in it, and each pair of words.

From how often a word stands near what was asked, how often in the whole text, and whether the question
names it, by logistic regressions that `tools/fit_summary.py` fits on summaries of meetings and stories. A
sentence is worth the words and pairs that it adds for each word of its own (Gillick and Favre, 2009, with
weights that are learnt: Hong and Nenkova, 2014). Which sentence is taken is decided in `selection`.
"""

from __future__ import annotations

import json
import math
from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from importlib.resources import files
from itertools import pairwise
from operator import mul
from typing import Any, TypeAlias
from zlib import crc32

from ..._text.words import STOPWORDS, all_terms, words
from ..learned import probability
from ..words.common import idf
from ..words.sentence import Sentence

Pair: TypeAlias = tuple[str, str]

WORD_CLUES = (
    *("near", "in the text", "more near than elsewhere", "sentences near", "asked", "rarity", "digits"),
    *("short", "some near", "many near", "of the whole", "of the whole in the text", "a name"),
)
"""What the columns of `Reading.words` are, in order."""
PAIR_CLUES = (
    *("both words", "likelier word", "other word", "near", "in the text", "asked", "twice near"),
    *("first is common", "second is common", "both are common", "stand together"),
    *("first is a name", "second is a name"),
)
"""What the columns of `Reading.pair` are, in order."""

_NEAREST = 200
"""The words of this many sentences nearest to the question are weighed."""
_PAIR_WEIGHT, _PAIR_WEIGHT_OF_ALL = 4.0, 6.0
"""What a pair counts beside a word: a pair is likelier to be about the same thing. The second where the whole
text is asked for."""
_UNSEEN = 0.003
"""How likely a word that stands nowhere near is to be in a summary."""
_LENGTH = 0.8
"""To what power a sentence's length divides what it adds, where the whole text is asked for."""
_FUNCTION_WORD = 0.3
"""What a function word counts there beside a content word; near a question all count alike."""
_TINY = 1e-9
_FULL = 255


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted for one kind of text.

    `words` weighs `WORD_CLUES` and `pairs` `PAIR_CLUES`, each with "bias"; `common` adds to the words that
    most summaries hold, `again` is the share of summaries with such a word that hold it twice, three times
    and so on.
    """

    words: Mapping[str, float]
    common: Mapping[str, float]
    again: Mapping[str, Sequence[float]]
    pairs: Mapping[str, float]


@cache
def fitted(kind: str) -> Fitted:
    """The packaged table of a kind of text, `meeting` or `story`."""
    return Fitted(**_tables()[kind])


@cache
def _tables() -> Mapping[str, Any]:
    raw: Mapping[str, Any] = json.loads((files(__package__) / "expected.json").read_text("utf-8"))
    return raw


@cache
def _function_words() -> frozenset[str]:
    return frozenset(all_terms(" ".join(STOPWORDS)))


class Reading:
    """A text as one reader with one question sees it: what stands near the question, and what elsewhere.

    `near` is the relevance of each sentence; None where the whole text is asked for, and then every
    sentence is as near as any other.
    """

    def __init__(self, sentences: Sequence[Sentence], near: Sequence[float] | None, asked: str) -> None:
        self.sentences = sentences
        self.near = near
        named = all_terms(asked)
        self.asked, self.asked_pairs = frozenset(named), frozenset(pairwise(named))
        self.places = range(len(sentences)) if near is None else _nearest(near)
        self.number: dict[str, int] = {}
        self.counts, self.capitals = array("I"), array("I")
        self._count()
        self.holders = array("I", [0]) * len(self.number)
        self.weights: Sequence[float] = self._weigh()
        self.size, self.weight = sum(self.counts) or 1, sum(self.weights) or 1.0
        self.pairs, self.near_pairs = self._count_pairs()

    def _count(self) -> None:
        """By a word's number, how often it stands, and how often with a capital where no sentence begins.

        Arrays, since a dictionary for each count would outweigh a short text many times.
        """
        for one in self.sentences:
            for at, word in enumerate(words(one.text)):
                number = self.number.setdefault(word.term, len(self.number))
                if number == len(self.counts):
                    self.counts.append(0)
                    self.capitals.append(0)
                self.counts[number] += 1
                self.capitals[number] += at > 0 and word.text[0].isupper()

    def _weigh(self) -> Sequence[float]:
        """By a word's number, how much of it stands near and in how many sentences there.

        Where every sentence is near, the first is `counts` itself.
        """
        weights = array("d", [0.0]) * (len(self.number) if self.near is not None else 0)
        for at in self.places:
            said = [self.number[term] for term in all_terms(self.sentences[at].text)]
            if self.near is not None:
                for number in said:
                    weights[number] += self.near[at]
            for number in set(said):
                self.holders[number] += 1
        return self.counts if self.near is None else weights

    def words(self) -> Iterator[tuple[str, tuple[float, ...]]]:
        """The words of the nearest sentences, each with its clues."""
        whole = self.near is None
        for term, number in self.number.items():
            if not self.holders[number]:
                continue
            near = 1000 * self.weights[number] / self.weight
            all_in_all = 1000 * self.counts[number] / self.size
            often = math.log(0.1 + all_in_all)
            yield (
                term,
                (
                    math.log(0.1 + near),
                    often,
                    max(0.0, math.log((0.05 + near) / (0.05 + all_in_all))),
                    math.log(1 + self.holders[number]),
                    term in self.asked,
                    idf(term) / 8,
                    term.isdigit(),
                    len(term) < 3,
                    near > 1,
                    near > 3,
                    whole,
                    whole * often,
                    self._names(number),
                ),
            )

    def _names(self, number: int) -> bool:
        """Whether a word mostly stands as names do."""
        return 2 * self.capitals[number] > self.counts[number]

    def pair(self, pair: Pair, likely: Sequence[float], common: Collection[str]) -> tuple[float, ...]:
        """The clues of a pair that stands in the text; `likely` is how likely each word is, by its number."""
        weight, count = self.near_pairs[pair], self.pairs[pair]
        numbers = [self.number[term] for term in pair]
        one, other = (math.log((likely[number] or _UNSEEN) + 0.002) for number in numbers)
        first, second = pair[0] in common, pair[1] in common
        rarer = min(self.counts[number] for number in numbers)
        return (
            one + other,
            max(one, other),
            min(one, other),
            math.log(0.1 + 1000 * weight / self.weight),
            math.log(1 + count),
            pair in self.asked_pairs,
            weight > 1.5,
            first,
            second,
            first and second,
            math.log((count + 0.5) / (rarer + 1)),
            *map(self._names, numbers),
        )

    def _count_pairs(self) -> tuple[_Counts | _Sums, _Counts | _Sums]:
        """How often each pair stands in the text, and how much of it near the question."""
        counts = _Counts(self.size)
        for one in self.sentences:
            for pair in pairwise(all_terms(one.text)):
                counts.add(pair)
        if self.near is None:
            return counts, counts
        near = _Sums(sum(len(all_terms(self.sentences[at].text)) for at in self.places))
        for at in self.places:
            for pair in pairwise(all_terms(self.sentences[at].text)):
                near.add(pair, self.near[at])
        return counts, near


_BUCKETS = 4
"""To a word: a table of the pairs themselves would outweigh the text.

Two pairs now and then share a bucket; the weights are fitted on sums that do.
"""


class _Counts:
    """How often each pair of words stands, by bucket: a byte for each, a table for the few beyond it."""

    def __init__(self, size: int) -> None:
        self.few = bytearray(_BUCKETS * size + 1)
        self.more: Counter[int] = Counter()

    def add(self, pair: Pair) -> None:
        bucket = _bucket(pair, len(self.few))
        if self.few[bucket] < _FULL:
            self.few[bucket] += 1
        else:
            self.more[bucket] += 1

    def __getitem__(self, pair: Pair) -> float:
        bucket = _bucket(pair, len(self.few))
        return self.few[bucket] + self.more.get(bucket, 0)


class _Sums:
    """Sums by pair of words, by bucket."""

    def __init__(self, size: int) -> None:
        self.sums = array("f", [0.0]) * (_BUCKETS * size + 1)

    def add(self, pair: Pair, value: float) -> None:
        self.sums[_bucket(pair, len(self.sums))] += value

    def __getitem__(self, pair: Pair) -> float:
        return self.sums[_bucket(pair, len(self.sums))]


def _bucket(pair: Pair, size: int) -> int:
    return crc32(" ".join(pair).encode()) % size


def _nearest(near: Sequence[float]) -> list[int]:
    return [at for at in nlargest(_NEAREST, range(len(near)), key=near.__getitem__) if near[at] > 0]


class Expected:
    """What each sentence would still add to those taken; it is told which are taken."""

    def __init__(self, reading: Reading, kind: str) -> None:
        self.reading, self.table = reading, fitted(kind)
        self.whole = reading.near is None
        weigh = _weigher(self.table.words, WORD_CLUES)
        common = self.table.common
        self.likely = array("d", [0.0]) * len(reading.number)
        for term, clues in reading.words():
            self.likely[reading.number[term]] = probability(weigh(clues) + common.get(term, 0.0))
        self.weigh_pair = _weigher(self.table.pairs, PAIR_CLUES)
        self.chances, self.first = array("f"), array("i", [-1]) * len(reading.sentences)
        self.held: Counter[str] = Counter()
        self.held_pairs = array("q")

    def promise(self, at: int) -> float:
        """What the words of a sentence alone add, for each of them: quicker than `worth`."""
        said = all_terms(self.reading.sentences[at].text)
        return self._words(said) / (len(said) or 1)

    def worth(self, at: int) -> float:
        """The logarithm of what a sentence adds, for each of its words."""
        said = all_terms(self.reading.sentences[at].text)
        pair, length = (_PAIR_WEIGHT_OF_ALL, _LENGTH) if self.whole else (_PAIR_WEIGHT, 1.0)
        adds = self._words(said) + pair * self._pairs(at, said)
        return math.log(max(_TINY, adds)) - length * math.log(len(said) or 1)

    def take(self, at: int) -> None:
        said = all_terms(self.reading.sentences[at].text)
        self.held.update(said)
        for pair in self._numbers(said):
            insort(self.held_pairs, pair)

    def _words(self, said: Sequence[str]) -> float:
        lesser = _function_words() if self.whole else frozenset()
        here: dict[str, int] = {}
        adds = 0.0
        for term in said:
            counts = _FUNCTION_WORD if term in lesser else 1.0
            before = here.get(term, 0)
            again = self._again(term, self.held.get(term, 0) + before)
            adds += counts * self.likely[self.reading.number[term]] * again
            here[term] = before + 1
        return adds

    def _again(self, term: str, times: int) -> float:
        """The share of summaries that hold a word once more, of those that hold it: none but common words."""
        if not times:
            return 1.0
        again = self.table.again.get(term, ())
        return again[times - 1] if times <= len(again) else 0.0

    def _pairs(self, at: int, said: Sequence[str]) -> float:
        """What the pairs of a sentence add; their chances, once told, stand in a row from its `first` on."""
        if self.first[at] < 0:
            self.first[at] = len(self.chances)
            self.chances.extend(self._told(said))
        start = self.first[at]
        told = zip(self._numbers(said), self.chances[start : start + len(said) - 1], strict=True)
        return math.fsum(chance for pair, chance in told if not self._holds(pair))

    def _told(self, said: Sequence[str]) -> Iterator[float]:
        """The chance of each pair of neighbours; 0 for one that the sentence holds already."""
        seen: set[Pair] = set()
        for pair in pairwise(said):
            yield 0.0 if pair in seen else self.chance(pair)
            seen.add(pair)

    def _numbers(self, said: Sequence[str]) -> Iterator[int]:
        """A number for each pair of neighbours: a sorted array of those held weighs far less than a set."""
        number, size = self.reading.number, len(self.reading.number)
        return (number[one] * size + number[other] for one, other in pairwise(said))

    def _holds(self, pair: int) -> bool:
        at = bisect_left(self.held_pairs, pair)
        return at < len(self.held_pairs) and self.held_pairs[at] == pair

    def chance(self, pair: Pair) -> float:
        """How likely a pair is to be in a summary."""
        return probability(self.weigh_pair(self.reading.pair(pair, self.likely, self.table.common)))


def _weigher(weights: Mapping[str, float], names: Sequence[str]) -> Any:
    bias, column = weights["bias"], [weights[name] for name in names]
    return lambda clues: bias + sum(map(mul, column, clues))
