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

from .._text.words import STOPWORDS, all_terms
from .common import idf
from .salience import Sentence

Pair: TypeAlias = tuple[str, str]

WORD_CLUES = (
    *("near", "in the text", "more near than elsewhere", "sentences near", "asked", "rarity", "digits"),
    *("short", "some near", "many near", "of the whole", "of the whole in the text"),
)
"""What the columns of `Reading.words` are, in order."""
PAIR_CLUES = (
    *("both words", "likelier word", "other word", "near", "in the text", "asked", "twice near"),
    *("first is common", "second is common", "both are common", "stand together"),
)
"""What the columns of `Reading.pair` are, in order."""

_NEAREST = 200
"""The words of this many sentences nearest to the question are weighed."""
_PAIR_WEIGHT = 4.0
"""What a pair counts beside a word: a pair is likelier to be about the same thing."""
_UNSEEN = 0.003
"""How likely a word that stands nowhere near is to be in a summary."""
_LENGTH = 0.7
"""To what power a sentence's length divides what it adds, where the whole text is asked for."""
_FUNCTION_WORD = 0.3
"""What a function word counts there beside a content word; near a question all count alike."""
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Table:
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
def table(kind: str) -> Table:
    """The packaged table of a kind of text, `meeting` or `story`."""
    return Table(**_tables()[kind])


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
        self.counts = array("d")
        self._count()
        empty = array("d", bytes(8 * len(self.number)))
        self.weights, self.holders = empty[:], empty[:]
        self._weigh()
        self.size, self.weight = int(sum(self.counts)) or 1, sum(self.weights) or 1.0
        self.pairs, self.near_pairs = self._count_pairs()

    def _count(self) -> None:
        """By a word's number, how often it stands.

        Arrays, since a dictionary for each count would outweigh a short text many times.
        """
        for one in self.sentences:
            for term in all_terms(one.text):
                number = self.number.setdefault(term, len(self.number))
                if number == len(self.counts):
                    self.counts.append(0.0)
                self.counts[number] += 1

    def _weigh(self) -> None:
        """By a word's number, how much of it stands near, and in how many sentences there."""
        for at in self.places:
            said = [self.number[term] for term in all_terms(self.sentences[at].text)]
            weight = 1.0 if self.near is None else self.near[at]
            for number in said:
                self.weights[number] += weight
            for number in set(said):
                self.holders[number] += 1

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
                ),
            )

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
        )

    def _count_pairs(self) -> tuple[_Tally, _Tally]:
        """How often each pair stands in the text, and how much of it near the question."""
        counts = _Tally(self.size)
        for one in self.sentences:
            for pair in pairwise(all_terms(one.text)):
                counts.add(pair, 1.0)
        if self.near is None:
            return counts, counts
        near = _Tally(sum(len(all_terms(self.sentences[at].text)) for at in self.places))
        for at in self.places:
            for pair in pairwise(all_terms(self.sentences[at].text)):
                near.add(pair, self.near[at])
        return counts, near


class _Tally:
    """Sums by pair of words, in four buckets to a word: a table of the pairs would outweigh the text.

    Two pairs now and then share a bucket; the weights are fitted on sums that do.
    """

    def __init__(self, size: int) -> None:
        self.sums = array("f", bytes(4 * (4 * size + 1)))

    def add(self, pair: Pair, value: float) -> None:
        self.sums[self._bucket(pair)] += value

    def __getitem__(self, pair: Pair) -> float:
        return self.sums[self._bucket(pair)]

    def _bucket(self, pair: Pair) -> int:
        return crc32(" ".join(pair).encode()) % len(self.sums)


def _nearest(near: Sequence[float]) -> list[int]:
    return [at for at in nlargest(_NEAREST, range(len(near)), key=near.__getitem__) if near[at] > 0]


class Expected:
    """What each sentence would still add to those taken; it is told which are taken."""

    def __init__(self, reading: Reading, kind: str) -> None:
        self.reading, self.table = reading, table(kind)
        self.whole = reading.near is None
        weigh = _weigher(self.table.words, WORD_CLUES)
        common = self.table.common
        self.likely = array("d", bytes(8 * len(reading.number)))
        for term, clues in reading.words():
            self.likely[reading.number[term]] = _probability(weigh(clues) + common.get(term, 0.0))
        self.weigh_pair = _weigher(self.table.pairs, PAIR_CLUES)
        self.chances: dict[int, array[float]] = {}
        self.held: Counter[str] = Counter()
        self.held_pairs: set[Pair] = set()

    def promise(self, at: int) -> float:
        """What the words of a sentence alone add, for each of them: quicker than `worth`."""
        said = all_terms(self.reading.sentences[at].text)
        return self._words(said) / (len(said) or 1)

    def worth(self, at: int) -> float:
        """The logarithm of what a sentence adds, for each of its words."""
        said = all_terms(self.reading.sentences[at].text)
        adds = self._words(said) + _PAIR_WEIGHT * self._pairs(at, said)
        length = _LENGTH if self.whole else 1.0
        return math.log(max(_TINY, adds)) - length * math.log(len(said) or 1)

    def take(self, at: int) -> None:
        said = all_terms(self.reading.sentences[at].text)
        self.held.update(said)
        self.held_pairs.update(pairwise(said))

    def _words(self, said: Sequence[str]) -> float:
        here: Counter[str] = Counter()
        adds = 0.0
        for term in said:
            counts = _FUNCTION_WORD if self.whole and term in _function_words() else 1.0
            adds += (
                counts
                * self.likely[self.reading.number[term]]
                * self._again(term, self.held[term] + here[term])
            )
            here[term] += 1
        return adds

    def _again(self, term: str, times: int) -> float:
        """The share of summaries that hold a word once more, of those that hold it: none but common words."""
        again = self.table.again.get(term, ())
        return 1.0 if not times else again[times - 1] if times <= len(again) else 0.0

    def _pairs(self, at: int, said: Sequence[str]) -> float:
        if at not in self.chances:
            self.chances[at] = array("f", [self.chance(pair) for pair in pairwise(said)])
        new = dict(zip(pairwise(said), self.chances[at], strict=True))
        return math.fsum(chance for pair, chance in new.items() if pair not in self.held_pairs)

    def chance(self, pair: Pair) -> float:
        """How likely a pair is to be in a summary."""
        return _probability(self.weigh_pair(self.reading.pair(pair, self.likely, self.table.common)))


def _weigher(weights: Mapping[str, float], names: Sequence[str]) -> Any:
    bias, column = weights["bias"], [weights[name] for name in names]
    return lambda clues: bias + sum(map(mul, column, clues))


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
