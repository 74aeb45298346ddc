"""A claim on its way: as a model made it, and as the check left it. Values, and how many go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .._values import Claim, FactKind


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as a model made it: its words and the sentence numbers it points at; nothing is checked.

    `rank` is its importance (1 first) and `kind` the kind of fact, where the task has them.
    """

    text: str
    evidence: tuple[int, ...]
    rank: int = 0
    kind: FactKind = "statement"


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with the claim it became and, where it does not hold, the reason."""

    draft: Draft
    claim: Claim
    reason: str = ""
    note: str = ""


AT_ONCE = 40
"""Claims a model is asked about in one call: with the sentences around them about 10,000 tokens."""


def groups(claims: Sequence[Checked]) -> list[Sequence[Checked]]:
    """The claims in groups that fit one call."""
    return [claims[i : i + AT_ONCE] for i in range(0, len(claims), AT_ONCE)]
