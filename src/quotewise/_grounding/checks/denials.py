"""What a denial acts on, and whether a word stands under one: what all checks of denials read alike."""

from __future__ import annotations

from ..._language.lexicon import SUPPOSING
from ..._language.passage import Cue, Item, Passage

DENIED = 'the article denies this: "{}"'
_CLAUSE = 100
"""How many items before a denial the word that makes it a supposition may stand."""


def target_of(passage: Passage, cue: Cue) -> Item | None:
    """The word that a denial acts on first, if it is one."""
    target = passage.items[cue.targets[0]] if cue.targets else None
    return target if target is not None and target.kind == "word" else None


def supposed_at(claim: Passage, cue: Cue) -> int | None:
    """Where a claim only supposes what it denies: the "if" of "if you don't have a rack"."""
    here, furthest = cue.at, max(0, cue.at - _CLAUSE)
    while here > furthest and not claim.gap(here).strip(" '’"):
        here -= 1
        if claim.items[here].low in SUPPOSING:
            return here
    return None


def from_cue(passage: Passage, cue: Cue) -> str:
    return passage.written(passage.items[cue.at], passage.items[cue.targets[0]])


def denied(passage: Passage, at: int) -> bool:
    """Whether an item stands under a denial: an odd number of plain ones, or one in substance."""
    plain = sum(cue.kind == "not" and _is_under(cue, at) for cue in passage.cues)
    soft = any(cue.kind == "soft_not" and _is_softly_under(passage, cue, at) for cue in passage.cues)
    return plain % 2 == 1 or (not plain and soft)


def _is_under(cue: Cue, at: int) -> bool:
    """Whether a denial acts on an item, or passes it on its way: the "seek" of "won't seek election"."""
    return at in cue.targets or cue.at < at < min(cue.targets, default=0)


def _is_softly_under(passage: Passage, cue: Cue, at: int) -> bool:
    """Whether a denial in substance acts on an item: "prevents a leak", "prevents pipes from leaking"."""
    return cue.targets[:1] == (at,) or (at in cue.targets and passage.items[at - 1].low == "from")
