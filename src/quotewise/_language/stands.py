"""Where a sentence has somebody take a stand: deny, oppose, rule out, praise, agree.

Reads single words and pairs of words, each with whether it is denied. Whose stand it is, and what two that
differ mean for a claim, is for `stance`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .lexicon import DETERMINERS, is_not
from .passage import Passage
from .wordlists import classes, listed

STANCES = classes("""
    backs: support supports supported back backs backed backing endorse endorses endorsed favour favours
    backs: favoured favor favors favored welcome welcomes welcomed approve approves approved advocate
    backs: advocated propose proposes proposed recommend recommends recommended champion championed defend
    backs: defends defended urge urges urged demand demands demanded seconded
    opposes: oppose opposes opposed reject rejects rejected criticise criticises criticised criticize
    opposes: criticizes criticized condemn condemns condemned denounce denounced object objects objected
    opposes: resist resisted
    praises: praise praises praised applaud applauds applauded commend commended thank thanks thanked
    blames: blame blames blamed accuse accuses accused
    allows: allow allows allowed permit permits permitted granted authorised authorized
    refuses: refuse refuses refused declined forbade banned
    clears: clears cleared exonerated absolved
    agrees: agree agrees agreed accept accepts accepted
    denies: deny denies denied denying refute refutes refuted
    affirms: confirm confirms confirmed admit admits admitted acknowledge acknowledges acknowledged concede
    affirms: concedes conceded
    alleges: claim claims claimed allege alleges alleged say says said complain complains complained insist
    alleges: insists insisted
    excludes: excluded excludes
    opens: ready willing readiness willingness considering hinted hints offered offers promised promises
    opens: pledged vowed intends plans
    """)
"""Acts by which somebody takes a stand, each with its class."""
STANCES_OF_TWO = classes("""
    excludes: rule-out rules-out ruled-out
    backs: call-for calls-for called-for calling-for necessity-for necessity-of need-for in-favour in-favor
    backs: vote-for votes-for voted-for
    opposes: is-against are-against was-against were-against vote-against votes-against voted-against
    opposes: advises-against advised-against argued-against
    """)
"""Such acts of two words."""
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
    kind = STANCES_OF_TWO.get(f"{low}-{passage.low(at + 1)}") or STANCES.get(low)
    if kind is None or not at or low in _NEEDS:
        return kind
    return None if items[at - 1].low in DETERMINERS or passage.has_genitive(at - 1) else kind
