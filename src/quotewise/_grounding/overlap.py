"""How much of a claim the cited sentences say, by rule: nothing here is trained.

The trained score stands in `support`; this one is the floor below it and the fallback without it.
"""

from __future__ import annotations

from collections.abc import Sequence

from .evidence import Evidence


def score(claim: str, cited: Sequence[int], evidence: Evidence) -> float:
    """The share of the claim's words, weighted by rarity, that the cited sentences hold; from 0 to 1."""
    wanted = evidence.claim(claim).terms
    held = {term for passage in evidence.cited(cited) for term in passage.terms}
    total = sum(evidence.rarity(term) for term in wanted)
    found = sum(evidence.rarity(term) for term in wanted & held)
    return min(1.0, found / total) if total else 0.0
