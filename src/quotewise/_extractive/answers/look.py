"""A second look at the likely words of the sentence that was chosen: measures of each, as named numbers.

The clues of `spans` are many and cheap, and pick some words out of all; these are few and dear, and compare
those some. What a measure is worth is learned by the networks of the table; nothing here knows it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ..._language.meanings import senses
from ..learned import Nets
from ..questions.match import Tagged, Weights
from ..questions.question import DOING, Question
from ..words.common import closeness, code
from . import clues
from .slot import Filled, Laid
from .spans import Near, Page, Scored, agreement, counted

LIKELY = 16
"""Spans of a sentence that get the second look; the best answer of a sentence is mostly among them."""

_NEAR = 0.85
"""What is left of a word's worth one word further from the answer."""
_NOWHERE = 3.5
"""The distance, as a logarithm, of a word that is not there."""
_NOUNS = "osj"
_SHARES = "K#YMDPvosCj"
_LEAST = 1e-6

Measures = dict[str, float]


class Told(NamedTuple):
    """The words that answer best, `start:end` of the sentence, and how they stand among the likely ones.

    `share` is the probability of the likeliest words, `unsure` the entropy over all that were looked at.
    """

    start: int
    end: int
    share: float
    unsure: float
    measures: Measures


class Beside(NamedTuple):
    """The nearest word of the question on one side of the answer, and what it is there."""

    distance: float = _NOWHERE
    worth: float = 0.0
    place: float = 0.0
    next: float = 0.0
    last: float = 0.0
    head: float = 0.0
    none: float = 1.0


def likeliest(look: Look, scored: Scored, nets: Nets) -> Told:
    """The words that agree best with all likely spans, weighed by how likely each is at the second look.

    The most likely span is often one of several cuts of the same answer; the one of the highest expected
    word F1 (minimum Bayes risk decoding) is the better guess. Words torn out of a clause come last, and so do
    words of what the question itself names.
    """
    likely = scored[:LIKELY]
    measured = look.measures(likely)
    shares = nets.shares(measured)
    named = look.named(likely)
    odds = [(share * (not n), i, j) for share, n, (_, i, j) in zip(shares, named, likely, strict=True)]
    words = counted(look.sentence)
    whole = [not n and not torn(look.sentence, i, j) for n, (_, i, j) in zip(named, likely, strict=True)]
    agreed = [agreement(i, j, odds, words) for _, i, j in likely]
    at = max(range(len(likely)), key=lambda n: (whole[n], agreed[n]))
    unsure = -sum(share * math.log(share + _LEAST) for share in shares)
    return Told(*likely[at][1:], max(shares), unsure, measured[at])


def torn(sentence: Tagged, i: int, j: int) -> bool:
    """Whether the words `i` to `j` begin a clause and stop before it does, as "a collector who later" would.

    By hand, for the reader's sake; on the questions the tables were fitted on it changes one answer in 60.

    >>> text = Tagged("It was ordered by a collector who later refused, and paid nothing.")
    >>> torn(text, 4, 8), torn(text, 4, 6), torn(text, 4, 9)
    (True, False, False)
    """
    if sentence.broken[j]:
        return False
    inside = sentence.classes[i + 1 : j]
    link = inside.find("C")
    return "W" in inside or (link >= 0 and "v" in inside[link:])


class Look:
    """A question and the sentence that was chosen for it, read once for all its likely spans."""

    def __init__(self, page: Page, question: Question, weights: Weights, near: Near) -> None:
        self.question, self.sentence, self.match = question, page.sentences[near.at], near.match
        self._page = page
        self.laid = Laid(question, self.sentence, weights)
        self._worth = {term: worth / weights.total for term, worth in weights.of.items()}
        self._places = _places(question)
        self._found = _found(self.sentence, self._worth)
        self._sides = _nearest(self.sentence, question, self._worth, self._places)

    def measures(self, scored: Scored) -> list[Measures]:
        """The measures of each of the spans, which stand with their scores, best first."""
        odds = _odds(self.sentence, scored)
        found = [
            {
                **odd,
                **self._gap(self.laid.fills(i, j), i, j),
                **self._around(i, j),
                **self._beside(i, j),
                **self._meaning(i, j),
                **self._shape(i, j),
                **self._edges(i, j),
            }
            for odd, (_, i, j) in zip(odds, scored, strict=True)
        ]
        for name in ("fills", "fills_asking", "fills_ending", "close", "clause", "like_any"):
            most = max(one[name] for one in found)
            for one in found:
                one[f"{name}_behind"] = one[name] - most
        return found

    def named(self, likely: Scored) -> list[bool]:
        """For each of the spans, whether it begins in what the question names and asks something else about.

        Of "The summit on Ukraine was held in Rome" Ukraine says which summit, not where it was held. A place
        or a date there is still the best guess where the sentence gives no other. By hand.
        """
        inside = [any(i in phrase for phrase in self._phrases) for _, i, _ in likely]
        if not any(inside) or self.question.expected not in ("place", "date"):
            return inside
        others = [span[1:] for span, within in zip(likely, inside, strict=True) if not within]
        return inside if any(self._fits(i, j) for i, j in others) else [False] * len(inside)

    @cached_property
    def _phrases(self) -> list[range]:
        """The words between a noun of the question's subject and "was" or its like after it."""
        question, shape, broken = self.question, self.sentence.classes, self.sentence.broken
        asked = {question.words[i].term for i in question.subject} & self._worth.keys()
        if not asked or question.words[question.subject.start - 1].text.lower() in DOING:
            return []  # "Where did the summit end?": the verb that follows is another
        found = []
        for at, term in enumerate(self.sentence.terms):
            if term in asked:
                end = at + 1
                while end < len(shape) and not broken[end] and shape[end] not in "AvRWN":
                    end += 1
                if not broken[end] and shape[end] == "A":
                    found.append(range(at + 1, end))
        return found

    def _fits(self, i: int, j: int) -> bool:
        """Whether the words are of the sort asked for; a place stands behind a preposition."""
        sentence, expected = self.sentence, self.question.expected
        placed = expected != "place" or "P" in sentence.classes[max(0, i - 1) : i + 1]
        return placed and clues.typed(expected, sentence.classes[i:j], sentence.lower[i:j]) > 0

    def _gap(self, filled: Filled, i: int, j: int) -> Measures:
        before, after = self.laid.reach(i, j)
        return {
            "fills": filled.best, "fills_before": filled.before, "fills_after": filled.after,
            "fills_asking": filled.asking, "fills_ending": filled.ending,
            "asks_here": float(filled.asks), "ends_here": float(filled.ends),
            "reach_before": before, "reach_after": after,
        }  # fmt: skip

    def _around(self, i: int, j: int) -> Measures:
        """Where the question's words stand: near the answer, in its clause, on which side of it."""
        close = within = 0.0
        farthest = 0
        sides = {"before_0": 0.0, "before_1": 0.0, "after_0": 0.0, "after_1": 0.0}
        for term, places in self._found.items():
            at = _nearest_outside(places, i, j)
            if at is None:
                continue
            distance, worth = _distance(at, i, j), self._worth[term]
            close += worth * _NEAR**distance
            farthest = max(farthest, distance)
            sides[f"{'before' if at < i else 'after'}_{self._asked_after(term):d}"] += worth
            within += worth * (self._clauses[at + 1] == self._clauses[i + 1 if at < i else j])
        rarest = min((_distance(at, i, j) for at in self._rarest), default=0)
        return {
            "close": close, "clause": within, "farthest": math.log1p(farthest),
            "rarest_away": math.log1p(rarest), **sides,
        }  # fmt: skip

    def _asked_after(self, term: str) -> bool:
        return self._places[term][1] > (self.question.asks_at or 0)

    @cached_property
    def _rarest(self) -> list[int]:
        """Where the question's rarest word stands among those that the sentence has."""
        term = max(self._found, key=lambda t: self._worth[t], default=None)
        return self._found[term] if term else []

    @cached_property
    def _clauses(self) -> list[int]:
        """For each boundary, how many clauses began before it: stops, conjunctions, pronouns show them."""
        sentence, begun = self.sentence, [0]
        for i, kind in enumerate(sentence.classes):
            begun.append(begun[-1] + (sentence.broken[i] or kind in "CR"))
        return begun

    def _beside(self, i: int, j: int) -> Measures:
        left, right = self._sides
        found = {f"left_{name}": value for name, value in left[i]._asdict().items()}
        return {**found, **{f"right_{name}": value for name, value in right[j]._asdict().items()}}

    def _meaning(self, i: int, j: int) -> Measures:
        """How near the words, and those beside them, come to the noun that the question turns on."""
        terms, head = self.sentence.terms, self.question.head
        found = {
            "strange": 1 - sum(self._known[i:j]) / (j - i),
            "head_in": float(bool(head) and head in terms[i:j]),
            "head_before": float(bool(head) and head in terms[max(0, i - 3) : i]),
            "head_after": float(bool(head) and head in terms[j : j + 2]),
            "known": (self.match.count[j] - self.match.count[i]) / (j - i),
            "known_worth": self.match.before[j] - self.match.before[i],
        }
        found["like_any"] = max(self._like[i:j])
        found["like_last"] = self._like[j - 1]
        found["like_before"] = max(self._like[max(0, i - 3) : i], default=0.0)
        found["like_after"] = max(self._like[j : j + 3], default=0.0)
        found["sort_any"] = float(any(self._sorts[i:j]))
        found["sort_last"] = float(self._sorts[j - 1])
        return found

    @cached_property
    def _known(self) -> list[bool]:
        return [code(term) is not None for term in self.sentence.terms]

    @cached_property
    def _like(self) -> list[float]:
        """How near each word comes to the noun that the question turns on."""
        asked, codes = (
            code(self.question.head) if self.question.head else None,
            map(code, self.sentence.terms),
        )
        return [0.0 if known is None else closeness(asked, (known,)) for known in codes]

    @cached_property
    def _sorts(self) -> list[bool]:
        return [bool(self._sought) and self._is_sort(term) for term in self.sentence.terms]

    def _is_sort(self, term: str) -> bool:
        """Whether WordNet has a term as a kind of what is asked for, or as another word for it."""
        meant = senses().of(term)
        return not self._sought.isdisjoint(meant.own | meant.above)

    @cached_property
    def _sought(self) -> frozenset[int]:
        return senses().of(self.question.head).own if self.question.head else frozenset()

    def _shape(self, i: int, j: int) -> Measures:
        """What the words are: how many, of which classes, how rare, and how often the article has them."""
        sentence, question = self.sentence, self.question
        seg, size = sentence.classes[i:j], j - i
        often = sum(self._page.frequency[term] for term in sentence.terms[i:j])
        typed = float(clues.typed(question.expected, seg, sentence.lower[i:j]))
        return {
            **{f"share_{kind}": seg.count(kind) / size for kind in _SHARES},
            "size": math.log(size), "single": float(size == 1),
            "article": float(seg[0] == "D"), "all_names": float(set(seg) == {"K"}),
            "rarity": sum(sentence.rarity[i:j]) / size, "rarity_most": max(sentence.rarity[i:j]),
            "often": often / size / len(self._page.sentences),
            "place": i / len(sentence), "opens": float(i == 0), "closes": float(j == len(sentence)),
            "typed": typed, f"typed_{question.expected}": typed,
            f"is_{question.kind}": 1.0, "fronted": float(question.fronted),
        }  # fmt: skip

    def _edges(self, i: int, j: int) -> Measures:
        """Whether the words are cut out of a name, a noun phrase or a bracket, and where stops stand."""
        sentence, shape, broken = self.sentence, self.sentence.classes, self.sentence.broken
        open_left, open_right = i > 0 and not broken[i], j < len(sentence) and not broken[j]
        depth = self._brackets
        return {
            "cuts_name": float(open_left and shape[i - 1] == shape[i] == "K"),
            "cuts_name_after": float(open_right and shape[j - 1] == shape[j] == "K"),
            "cuts_noun": float(open_left and shape[i - 1] in _NOUNS + "#"),
            "cuts_noun_after": float(open_right and shape[j] in _NOUNS),
            "stops_inside": float(sum(broken[i + 1 : j])),
            "stop_before": float(broken[i]), "stop_after": float(broken[j]),
            "quoted": float(any(mark in sentence.gaps[i] for mark in '"“')),
            "half_bracket": float(depth[i] != depth[j - 1]), "in_bracket": float(depth[i] > 0),
        }  # fmt: skip

    @cached_property
    def _brackets(self) -> list[int]:
        """For each word, how many brackets are open where it stands."""
        depth, found = 0, []
        for gap in self.sentence.gaps:
            depth += gap.count("(") - gap.count(")")
            found.append(depth)
        return found


def _odds(sentence: Tagged, scored: Scored) -> list[Measures]:
    """What the first look made of each span: its score and rank, and how far the others agree with it."""
    best = scored[0][0]
    every = sum(math.exp(score - best) for score, _, _ in scored)
    odds = [(math.exp(score - best) / every, i, j) for score, i, j in scored]
    begins: dict[int, float] = {}
    ends: dict[int, float] = {}
    for odd, i, j in odds:
        begins[i] = begins.get(i, 0.0) + odd
        ends[j] = ends.get(j, 0.0) + odd
    words = counted(sentence)
    return [
        {
            "behind": score - best, "likely": math.log(odd + _LEAST), "rank": math.log1p(rank),
            "begins": begins[i], "ends": ends[j], "agreed": agreement(i, j, odds, words),
        }
        for rank, ((score, _, _), (odd, i, j)) in enumerate(zip(scored, odds, strict=True))
    ]  # fmt: skip


def _places(question: Question) -> dict[str, tuple[float, int]]:
    """For each wanted term, its place among the wanted words from 0 to 1, and its index in the question."""
    found: dict[str, tuple[float, int]] = {}
    last = max(1, len(question.wanted) - 1)
    for rank, i in enumerate(question.wanted):
        found.setdefault(question.words[i].term, (rank / last, i))
    return found


def _found(sentence: Tagged, worth: Mapping[str, float]) -> dict[str, list[int]]:
    """For each of the question's terms that the sentence has, where it stands."""
    found: dict[str, list[int]] = {}
    for i, term in enumerate(sentence.terms):
        if term in worth:
            found.setdefault(term, []).append(i)
    return found


def _distance(at: int, i: int, j: int) -> int:
    """How many words lie between a word and the words `i` to `j`; for one of them, how far in it is."""
    return abs(i - 1 - at) if at < i else abs(at - j)


def _nearest_outside(places: Sequence[int], i: int, j: int) -> int | None:
    if len(places) == 1:
        return None if i <= places[0] < j else places[0]
    return min((at for at in places if not i <= at < j), key=lambda at: _distance(at, i, j), default=None)


def _nearest(
    sentence: Tagged,
    question: Question,
    worth: Mapping[str, float],
    places: Mapping[str, tuple[float, int]],
) -> tuple[list[Beside], list[Beside]]:
    """For each boundary the nearest word of the question before it, and after it."""

    def beside(at: int, distance: int) -> Beside:
        term = sentence.terms[at]
        return Beside(
            math.log1p(distance), worth[term], places[term][0], float(term == question.next_term),
            float(term == question.last_term), float(term == question.head), 0.0,
        )  # fmt: skip

    size = len(sentence)
    left, right = [Beside()], [Beside()]
    last: int | None = None
    for at in range(size):
        last = at if sentence.terms[at] in places else last
        left.append(Beside() if last is None else beside(last, at - last))
    last = None
    for at in reversed(range(size)):
        last = at if sentence.terms[at] in places else last
        right.append(Beside() if last is None else beside(last, last - at))
    return left, right[::-1]
