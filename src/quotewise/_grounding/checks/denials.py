"""What a denial acts on, and whether a word stands under one: what all checks of denials read alike."""

from __future__ import annotations

from ..._language.lexicon import SUPPOSING
from ..._language.passage import CLAUSE, Cue, Item, Passage
from ..._language.wordlists import listed_terms

DENIED = 'the article denies this: "{}"'
_CALLED_OFF = listed_terms("suspended cancelled canceled halted scrapped axed withdrawn")
_TO_ITS_END = 5
"""How many items after a thing it may stand that it was called off."""
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


def is_called_off(passage: Passage, at: int) -> bool:
    """Whether a thing is told as called off, and so as none: "ferry services are suspended".

    >>> [is_called_off(Passage(f"Ferry services {told}."), 0) for told in ("are suspended", "run")]
    [True, False]
    """
    if at >= len(passage.items):
        return False
    after = range(at + 1, min(len(passage.items), at + 1 + _TO_ITS_END))
    off = (i for i in after if passage.items[i].term in _CALLED_OFF and not denied(passage, i))
    ends = (CLAUSE.search(passage.text, passage.items[at].end, passage.items[i].start) for i in off)
    return any(end is None for end in ends)


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
