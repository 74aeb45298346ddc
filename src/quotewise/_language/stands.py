"""Where a sentence has somebody take a stand: deny, oppose, rule out, praise, agree.

Reads single words and pairs of words, each with whether it is denied. Whose stand it is, and what two that
differ mean for a claim, is for `stance`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .lexicon import DETERMINERS, STANCES, STANCES_OF_TWO, is_not
from .passage import Passage
from .wordlists import listed

_NEEDS = listed("necessity need")
"""Nouns by which somebody takes a stand."""
_NEAR = 4
"""How many items before an act its denial may stand."""


class Act(NamedTuple):
    """An act at an item: its class, and whether it is denied."""

    at: int
    kind: str
    denied: bool


def acts(passage: Passage) -> tuple[Act, ...]:
    """The acts of a sentence by which somebody takes a stand.

    >>> [(act.kind, act.denied) for act in acts(Passage("Lee ruled out a sale but did not oppose talks."))]
    [('excludes', False), ('opposes', True)]
    """
    return tuple(_acts(passage))


def _acts(passage: Passage) -> Iterator[Act]:
    for at in range(len(passage.items)):
        kind = _kind(passage, at)
        if kind is not None:
            yield Act(at, kind, any(is_not(each.low) for each in passage.items[max(0, at - _NEAR) : at]))


def _kind(passage: Passage, at: int) -> str | None:
    items = passage.items
    low = items[at].low or passage.text[items[at].start : items[at].end].lower()
    after = items[at + 1].low if at + 1 < len(items) else ""
    kind = STANCES_OF_TWO.get(f"{low} {after}") or STANCES.get(low)
    if kind is None or not at or low in _NEEDS:
        return kind
    return None if items[at - 1].low in DETERMINERS or passage.has_genitive(at - 1) else kind
