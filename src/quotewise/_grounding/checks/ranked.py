"""Does a claim turn a comparison round: "more boys than girls" where the article has more girls?

Reads what stands on both sides of "than". What ranks the rows of a table is for `tabled`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from ..._language.lexicon import MORE, degree, is_not, opposite
from ..._language.passage import CLAUSE, Item, Passage
from ..._values import Issue
from ..compare import Comparison, instead

_OTHER_WAY = 'the article has it the other way round: "{}"'
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


def is_compared_conversely(claim: Passage, said: Passage) -> bool:
    """Whether a comparison is told from its other side: "less than girls" for "more than boys"."""
    both = (_likened(ours, theirs) for ours in _compared(claim) for theirs in _compared(said))
    return any(crossed and other for crossed, _, _, other in both)
