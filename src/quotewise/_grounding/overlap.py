"""How much of a claim the cited sentences say, by rule: nothing here is trained.

The trained score stands in `support`; this one is the floor below it and the fallback without it.
"""

from __future__ import annotations

from collections.abc import Sequence

from .evidence import Evidence, words


def score(claim: str, cited: Sequence[int], evidence: Evidence) -> float:
    """The share of the claim's words, weighted by rarity, that the cited sentences hold; from 0 to 1."""
    wanted = set(words(claim))
    held = set(words(evidence.texts(cited)))
    total = sum(evidence.rarity(word) for word in wanted)
    found = sum(evidence.rarity(word) for word in wanted & held)
    return found / total if total else 0.0
