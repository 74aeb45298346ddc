"""Does a claim give somebody another place in a race or a table: "finished first" for "finished third"?

Places after a verb of coming in; ordinals that count things are for `amounts`, comparisons for `ranked`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..._language.passage import CLAUSE, Item, Passage
from ..._language.wordlists import classes, listed, listed_terms
from ..._values import Issue, IssueKind
from ..compare import GIVES, Comparison, instead

_COMING_IN = listed("""
    finish finished finishes finishing came come comes coming rank ranked ranks place placed places end ended
    ends
    """)
_OF_PLACES = listed_terms("finished came coming rank place ended first second third fourth fifth last")
_WORDS = classes("""
    1: top
    last: last bottom
""")
_BETWEEN = 4
"""How many items may stand between the verb and the place: "finished the long season third"."""
_AFTER = listed("of in out at with behind among overall and but for on by after")
"""Words after a place; before any other it tells which one: "came first thing", "the third race"."""


class _Place(NamedTuple):
    """A place somebody took, and the words that tell it."""

    rank: str
    item: Item


def check_places(seen: Comparison) -> Iterator[Issue]:
    """An issue where the cited sentences give only another place than the claim to what it tells of."""
    ours = next(_places(seen.claim), None)
    if ours is None or seen.claim.denies:
        return
    known = {place.rank for passage in seen.evidence.passages for place in _places(passage)}
    beside = {
        f"{value.low:g}" for passage in seen.said for value in passage.values if value.kind == "ordinal"
    }
    if ours.rank in known | beside:
        return
    for passage in seen.said:
        theirs = next(_places(passage), None)
        if theirs is not None and not passage.denies and _are_of_one(seen.claim, passage):
            both = ours.item.value is not None and theirs.item.value is not None
            kind: IssueKind = "number" if both else "quantity"
            yield instead(seen, kind, ours.item, passage.written(theirs.item), GIVES)
            return


def _are_of_one(claim: Passage, passage: Passage) -> bool:
    """Whether a sentence tells of whom, or of what, the claim does."""
    names = [item.name for item in claim.items if item.name is not None]
    if names:
        return any(map(passage.has_name, names))
    return bool((claim.terms & passage.terms) - _OF_PLACES)


def _places(passage: Passage) -> Iterator[_Place]:
    """The places that a sentence gives: the ordinal and, where all are counted, "last" as well."""
    items = passage.items
    for at, item in enumerate(items):
        if item.low not in _COMING_IN:
            continue
        for there in range(at + 1, min(len(items), at + 2 + _BETWEEN)):
            if CLAUSE.search(passage.text[items[there - 1].end : items[there].start] + " "):
                break
            rank = _rank(items[there])
            if rank and _ends_there(passage, there):
                yield _Place(_counted(passage, there, rank), items[there])
                break


def _rank(item: Item) -> str:
    if item.value is not None and item.value.kind == "ordinal":
        return f"{item.value.low:g}"
    return _WORDS.get(item.low, "")


def _ends_there(passage: Passage, at: int) -> bool:
    """Whether nothing that it would rank follows a place."""
    if at + 1 == len(passage.items):
        return True
    after = passage.items[at + 1]
    return after.low in _AFTER or bool(passage.gap(at + 1).strip())


def _counted(passage: Passage, at: int, rank: str) -> str:
    """The rank, or "last" for the eleventh of eleven."""
    of, number = passage.low(at + 1), passage.items[at + 2].value if at + 2 < len(passage.items) else None
    is_last = of == "of" and number is not None and f"{number.low:g}" == rank
    return "last" if is_last else rank
