"""Does a claim give another cause than the article, or turn cause and effect round, or a comparison?

Reads what stands on both sides of "because of", "caused by" and "than". What has none of them is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from .._text.words import is_stopword, words
from .._values import Issue
from .compare import Comparison, issue
from .lexicon import MORE, degree, is_not, opposite, synonym
from .passage import Item, Passage

_CAUSED = re.compile(
    r"\b(?:because of|because|due to|owing to|thanks to|as a result of|(?:was|were|is|are|been|be) caused by"
    r"|(?:put|puts) (?:this |that |it )?down to|blamed on|attributed (?:this |that |it )?to)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.]\s|\b(?:but|and said|while|whereas)\b")
_SAID = re.compile(r"^[^,]{0,40}\b(?:said|says|added|explained|argued|wrote)\s*$")
_SAME_EFFECT = 0.6
"""The share of the claim's effect that a sentence's effect must hold before their causes are compared."""
_FEWEST = 2
"""Terms that a clause before a cause must have to be the effect without the clause before it."""
_NEAR = 5
"""How many items before "than" its comparative may stand."""


class Sides(NamedTuple):
    """The terms on the two sides of a word, and where the second stands in the text."""

    left: frozenset[str]
    right: frozenset[str]
    start: int
    end: int


def causes(text: str) -> tuple[Sides, ...]:
    """Effects and causes, the effect on the left.

    >>> told = causes("Sales fell because of the strike, but the shop stayed open.")
    >>> [(sorted(one.left), sorted(one.right)) for one in told]
    [(['fall', 'sale'], ['strike'])]
    >>> told = causes("Because of the strike, sales fell.")
    >>> [(sorted(one.left), sorted(one.right)) for one in told]
    [(['fall', 'sale'], ['strike'])]
    """
    return tuple(_causes(text))


def _causes(text: str) -> Iterator[Sides]:
    for found in _CAUSED.finditer(text):
        stop = _CLAUSE.search(text, found.end())
        end = stop.start() if stop else len(text)
        cause = _terms(text[found.end() : end])
        before = text[: found.start()]
        parts = [part for part in _CLAUSE.split(before) if _terms(part) and not _SAID.search(part)]
        if not before.strip():
            after = _CLAUSE.split(text[end + 1 :])[0]
            effect = _terms(after)
        elif parts and len(_terms(parts[-1])) < _FEWEST and len(parts) > 1:
            effect = _terms(parts[-2]) | _terms(parts[-1])
        else:
            effect = _terms(parts[-1]) if parts else frozenset()
        if cause and effect:
            yield Sides(effect, cause, found.end() + 1, end)


def _terms(text: str) -> frozenset[str]:
    return frozenset(word.term for word in words(text) if not is_stopword(word.text))


def check_causes(seen: Comparison) -> Iterator[Issue]:
    """An issue where a cited sentence has another cause for the same, or has the two the other way round."""
    mine = causes(seen.claim.text) if not seen.evidence.leaves and not seen.claim.asks else ()
    for ours in mine:
        said = [(passage, each) for passage in seen.said for each in causes(passage.text)]
        if any(_shared(ours.right, each.right) for _, each in said):
            continue
        other = next((found for found in said if _is_other_cause(ours, found[1], found[0])), None)
        if other is not None:
            written = other[0].text[other[1].start : other[1].end].strip()
            why = f'the article gives another cause: "{written}"'
            yield issue("unsupported", seen.claim, ours.start, ours.end, why, written)


def _is_other_cause(ours: Sides, theirs: Sides, passage: Passage) -> bool:
    """Whether the effects are one, and the sentence does not even speak of the claim's cause beside it."""
    same = _share(ours.left, theirs.left) >= _SAME_EFFECT
    turned = (
        _share(ours.left, theirs.right) >= _SAME_EFFECT and _share(ours.right, theirs.left) >= _SAME_EFFECT
    )
    elsewhere = _share(ours.right, passage.terms) if same else 0.0
    return turned or (same and elsewhere < _SAME_EFFECT)


def _shared(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(synonym(mine, theirs) for mine in one for theirs in other)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return sum(any(synonym(mine, theirs) for theirs in other) for mine in one) / len(one)


def check_comparisons(seen: Comparison) -> Iterator[Issue]:
    """An issue where the two sides of "than" have changed places, or where more was made less."""
    if seen.evidence.leaves or seen.claim.asks:
        return
    mine = tuple(_compared(seen.claim))
    said = [(passage, each) for passage in seen.said for each in _compared(passage)] if mine else []
    for ours, (passage, theirs) in product(mine, said):
        if _is_turned(ours, theirs):
            written = passage.text[theirs.start : theirs.end]
            why = f'the article has it the other way round: "{written}"'
            yield issue("unsupported", seen.claim, ours.start, ours.end, why, written)
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
        if _CLAUSE.search(passage.text[items[one].end : items[other].start] + " "):
            break
        if items[here].kind in {"word", "name"} and not _rank(items[here]):
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
