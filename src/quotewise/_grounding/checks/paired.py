"""Are two numbers that belong together those that the article puts together: a score, a vote, a range?

Each of them alone may stand in the article for something else; `amounts` then sees nothing wrong. Which way
a change runs is for `subject`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..._language.passage import Item, Passage
from ..._language.typed import Value, agree, from_bound
from ..._language.wordlists import listed
from ..._values import Issue, Span
from ..compare import GIVES, Comparison, instead
from .amounts import kind_of

_VERSUS = re.compile(r"\s*(?:[a-z]+ ){0,2}(?:to|against)\s+|\s?[-–—]\s?", re.IGNORECASE)
"""What stands between the two sides of a score or a vote, or the ends of a range: "21 votes to 16", "2–1"."""
_IN_FAVOUR = re.compile(r"[^\d.;:]{0,40}\b(?:for|in favou?r)\b[^\d.;:]{0,40}", re.IGNORECASE)
_AGAINST = re.compile(r"\s+(?:[a-z]+ ){0,3}against\b", re.IGNORECASE)
"""What stands between and after the two sides of a vote: "21 voted for the plan and 16 against"."""
_OPENS = {"from": listed("to"), "between": listed("and")}
"""The word before the first end of a range, and that before the other."""
_FARTHEST = 12
"""Items between the two ends of a range."""


class Pair(NamedTuple):
    """Two values that a passage puts together, and the items that hold them."""

    one: Value
    other: Value
    first: Item
    last: Item


def check_pairs(seen: Comparison) -> Iterator[Issue]:
    """An issue where the article pairs one of two values with another: "21 to 19" for "21 to 16"."""
    mine = list(_pairs(seen.claim))
    theirs = [(passage, pair) for passage in seen.said for pair in _pairs(passage)] if mine else []
    for pair in mine:
        told = [said for _, said in theirs]
        if any(_is_same(pair, said) for said in told) or _is_in_steps(pair, told) or _spans(pair, told):
            continue
        half = next((each for each in theirs if _is_half(pair, each[1])), None)
        if half is None:
            continue
        passage, said = half
        written = passage.text[said.first.start : said.last.end]
        where = Span(pair.first.start, pair.last.end)
        yield instead(seen, kind_of(pair.one), where, written, GIVES)


def _pairs(passage: Passage) -> Iterator[Pair]:
    held = [(at, item, item.value) for at, item in enumerate(passage.items) if item.value is not None]
    for (_, first, one), (_, last, other) in pairwise(held):
        if _may_pair(one, other) and _are_sides(passage.text, first, last):
            yield Pair(one, other, first, last)
    yield from _ranges(passage, held)


def _are_sides(text: str, first: Item, last: Item) -> bool:
    between = text[first.end : last.start]
    if _VERSUS.fullmatch(between):
        return True
    return _IN_FAVOUR.fullmatch(between) is not None and _AGAINST.match(text, last.end) is not None


def _ranges(passage: Passage, held: Sequence[tuple[int, Item, Value]]) -> Iterator[Pair]:
    """From the first end to each later one, and from one of those to the next: "from 3 to 5 and to 9"."""
    for number, (at, first, one) in enumerate(held):
        closes = _OPENS.get(_before(passage, first), frozenset())
        ends = [(first, one)]
        for there, last, other in held[number + 1 :]:
            if there - at <= _FARTHEST and _before(passage, last) in closes and _may_pair(one, other):
                yield from (Pair(start, other, item, last) for item, start in ends)
                ends.append((last, other))
                closes = _OPENS["from"]


def _before(passage: Passage, item: Item) -> str:
    """The word before a value and its bound: the "to" of "to about 5"."""
    first = from_bound(passage.words, item.first)
    return passage.words[first - 1].text.lower() if first else ""


def _may_pair(one: Value, other: Value) -> bool:
    if one.soft or other.soft:
        return False
    if one.parts or other.parts:
        return {name for name, _ in one.parts} == {name for name, _ in other.parts}
    return one.kind == other.kind == "number" and one.unit == other.unit


def _is_same(pair: Pair, said: Pair) -> bool:
    """Whether two pairs are the same, in either order: who won is not told by the numbers."""
    return (agree(pair.one, said.one) and agree(pair.other, said.other)) or (
        agree(pair.one, said.other) and agree(pair.other, said.one)
    )


def _is_in_steps(pair: Pair, said: Sequence[Pair]) -> bool:
    """Whether "from 3 to 9" is told as "from 3 to 5" and "from 5 to 9"."""
    starts = [each.other for each in said if agree(pair.one, each.one)]
    ends = [each.one for each in said if agree(pair.other, each.other)]
    return any(agree(one, other) for one in starts for other in ends)


def _spans(pair: Pair, said: Sequence[Pair]) -> bool:
    """Whether a range is that of several ranges together: the lowest of their first ends and the highest of
    their last; scores and votes have no unit."""
    alike = [each for each in said if pair.one.unit and each.one.unit == pair.one.unit]
    return bool(alike) and (
        agree(pair.one, min(alike, key=lambda each: each.one.low).one)
        and agree(pair.other, max(alike, key=lambda each: each.other.low).other)
    )


def _is_half(pair: Pair, said: Pair) -> bool:
    """Whether a pair of the article has one of the two values, in its place, and another for the other."""
    if not _may_pair(pair.one, said.one) or not _may_pair(pair.other, said.other):
        return False
    if pair.one.worth != said.one.worth or pair.other.worth != said.other.worth:
        return False
    return agree(pair.one, said.one) != agree(pair.other, said.other)
