"""Does a claim turn a way round: "moved from Ashby" where the article has "moved to Ashby"?

Places and amounts after "from" and "to". Who gives what to whom is for `exchanged`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.lexicon import related
from ..._language.names import same_name
from ..._language.passage import Item, Passage
from ..._language.wordlists import listed_terms
from ..._values import Issue
from ..compare import Comparison, instead

_TURNED = {"from": "to", "to": "from"}
_MOVING = listed_terms("""
    move go goes travel fly return transfer switch relocate emigrate migrate drive sail walk march defect
    come send bring ship flee escape drift promote relegate
    """)
"""Verbs of which it matters whether they lead from or to a place."""
_NEAR = 4
"""How many items before "from" or "to" the verb of a way may stand."""


def check_ways(seen: Comparison) -> Iterator[Issue]:
    """An issue where what the claim has after "from" stands in the article after "to", by the same verb."""
    for item, way, verbs in ways(seen.claim):
        if not verbs:
            continue
        told = [
            (passage, *each)
            for passage in seen.evidence.passages
            for each in ways(passage)
            if _is_same(item, each[0]) and any(related(one, other) for one in verbs for other in each[2])
        ]
        if not told or any(there == way for _, _, there, _ in told):
            continue
        passage, other, there, _ = told[0]
        if there == _TURNED[way]:
            yield instead(seen, "unsupported", item, f"{there} {passage.written(other)}")
            return


def ways(passage: Passage) -> Iterator[tuple[Item, str, frozenset[str]]]:
    """Each name after "from" or "to", with the word and the terms of the verbs that may go with it.

    >>> [(item.name.last, way) for item, way, _ in ways(Passage("It moved from Leith to Ashby."))]
    [('leith', 'from'), ('ashby', 'to')]
    """
    for at, item in enumerate(passage.items):
        way = passage.low(at - 1)
        if item.name is not None and way in _TURNED:
            before = passage.items[max(0, at - 1 - _NEAR) : at - 1]
            yield item, way, frozenset(each.term for each in before if each.term in _MOVING)


def _is_same(one: Item, other: Item) -> bool:
    return one.name is not None and other.name is not None and same_name(one.name, other.name)
