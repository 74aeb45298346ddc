"""Does a claim turn a comparison round: "more boys than girls" where the article has more girls?

Reads what stands on both sides of "than". What ranks the rows of a table is for `tabled`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import NamedTuple

from ..._language.lexicon import MORE, degree, is_not, opposite
from ..._language.names import Name, same_name
from ..._language.passage import Item, Passage
from ..._language.wordlists import listed
from ..._values import Issue
from ..compare import Comparison, instead
from .causes import CLAUSE

_OTHER_WAY = 'the article has it the other way round: "{}"'
_MOST = listed("dearest highest largest biggest greatest longest")
_LEAST = listed("cheapest lowest smallest shortest fewest")
"""Superlatives that the greatest, and the smallest, of some amounts has."""
_BY_AMOUNT = "by the amounts of the article it is {}"
_FEWEST_LISTED = 3
"""Names with amounts that make a list."""
_NEAR = 5
"""How many items before "than" its comparative may stand."""


def check_comparisons(seen: Comparison) -> Iterator[Issue]:
    """An issue where the two sides of "than" have changed places, or where more was made less."""
    mine = tuple(_compared(seen.claim))
    said = [(passage, each) for passage in seen.said for each in _compared(passage)] if mine else []
    for ours, (passage, theirs) in product(mine, said):
        if _is_turned(ours, theirs):
            yield instead(seen, "unsupported", ours, passage.written(theirs), _OTHER_WAY)
            return


class _Compared(NamedTuple):
    """What is put before what: the two sides, the plain form of the word between, and its place."""

    left: frozenset[str]
    right: frozenset[str]
    by: str
    start: int
    end: int


def _compared(passage: Passage) -> Iterator[_Compared]:
    items = passage.items
    for at, item in enumerate(items):
        if item.low != "than" or at < 2 or at + 1 >= len(items):
            continue
        by = next((i for i in range(at - 1, max(-1, at - 1 - _NEAR), -1) if _rank(items[i])), None)
        if by is None or is_not(items[by - 1].low):
            continue
        left, right = _held(passage, by, -1), _held(passage, at, 1)
        left = left or (_held(passage, by - 1, -1) if by > 1 else left)
        start, end = items[max(0, by - 1)].start, items[min(len(items) - 1, at + 2)].end
        if left and right and left != right:
            yield _Compared(left - right, right - left, _rank(items[by]), start, end)


def _rank(item: Item) -> str:
    """The plain form of a comparative: "more" of many, "rather" of nothing."""
    plain = degree(item.low) if item.low else None
    if item.low in {"more", "less", "fewer"}:
        return item.low.replace("fewer", "less")
    return plain[0] if plain and plain[1] == 1 else ""


def _held(passage: Passage, at: int, step: int) -> frozenset[str]:
    """The terms on one side of an item, to the end of its clause."""
    items, found, here = passage.items, set[str](), at + step
    while 0 <= here < len(items):
        one, other = sorted((here, here - step))
        if CLAUSE.search(passage.text[items[one].end : items[other].start] + " "):
            break
        name = items[here].name
        if name is not None:
            found.update(name.parts)
        elif items[here].kind == "word" and not _rank(items[here]):
            found.add(items[here].term)
        here += step
    return frozenset(found)


def _is_turned(ours: _Compared, theirs: _Compared) -> bool:
    crossed, straight, same, other = _likened(ours, theirs)
    return (crossed and same) or (straight and other)


def _likened(ours: _Compared, theirs: _Compared) -> tuple[bool, bool, bool, bool]:
    """Whether the sides are crossed or straight, and the words between them alike or opposite."""
    left, right = ours.left - theirs.left, ours.right - theirs.right
    crossed = bool(left & (theirs.right - ours.right)) and bool(right & (theirs.left - ours.left))
    straight = not crossed and bool(ours.left & theirs.left) and bool(ours.right & theirs.right)
    same = ours.by == theirs.by or (ours.by in MORE and theirs.by in MORE)
    other = {ours.by, theirs.by} == {"more", "less"} or opposite(ours.by, theirs.by)
    return crossed, straight, same, other


def check_extremes(seen: Comparison) -> Iterator[Issue]:
    """An issue where a sentence lists names with their amounts, and another has the most or least."""
    if seen.claim.says_not:
        return
    word = next((item for item in seen.claim.items if item.low in _MOST | _LEAST), None)
    named = [item.name for item in seen.claim.items if item.name is not None]
    for passage in seen.evidence.passages if word is not None and len(named) == 1 else ():
        listing = _listing(passage)
        held = [each for each in listing if same_name(named[0], each[0])]
        if word is None or len(listing) < _FEWEST_LISTED or not held or _is_ranked(seen, word, held[0][0]):
            continue
        best = (max if word.low in _MOST else min)(listing, key=lambda each: each[1])
        if not same_name(named[0], best[0]):
            yield instead(seen, "quantity", word, passage.written(best[0]), _BY_AMOUNT)
            return


def _is_ranked(seen: Comparison, word: Item, name: Name) -> bool:
    """Whether a sentence about the name has itself a superlative of this sort."""
    side = _MOST if word.low in _MOST else _LEAST
    return any(
        passage.has_name(name) and not side.isdisjoint(passage.lows) for passage in seen.evidence.passages
    )


def _listing(passage: Passage) -> list[tuple[Name, float]]:
    """The names of a sentence that an amount follows at once, where all the amounts are of one unit."""
    found = [
        (one.name, other.value)
        for one, other in pairwise(passage.items)
        if one.name is not None and other.value is not None and other.value.kind == "number"
    ]
    alike = len({value.unit for _, value in found}) == 1
    return [(name, value.signed) for name, value in found] if alike else []


def is_compared_conversely(claim: Passage, said: Passage) -> bool:
    """Whether a comparison is told from its other side: "less than girls" for "more than boys"."""
    both = (_likened(ours, theirs) for ours in _compared(claim) for theirs in _compared(said))
    return any(crossed and other for crossed, _, _, other in both)
