"""The clause of an item: what stands around it up to a stop or a conjunction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..._language.passage import Item, Passage
from ..._language.wordlists import listed

_CLAUSE_END = re.compile(r"[,;:()—–]\s")
JOINS = listed("and but while whereas which who")
"""Words between two clauses."""


def clause_of(passage: Passage, at: int) -> Sequence[Item]:
    """The items around one up to a stop or a conjunction; all of them where no word stands there."""
    items, start, stop = passage.items, at, at + 1
    while start > 0 and not _parts(passage, start - 1, start):
        start -= 1
    while stop < len(items) and not _parts(passage, stop - 1, stop):
        stop += 1
    found = items[start:stop]
    return found if any(item.kind == "word" for item in found) else items


def _parts(passage: Passage, one: int, other: int) -> bool:
    items = passage.items
    between = passage.text[items[one].end : items[other].start]
    return items[one].low in JOINS or items[other].low in JOINS or bool(_CLAUSE_END.search(between))
