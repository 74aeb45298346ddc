"""A claim on its way: as a model made it, and as the check left it. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from .._results import Claim, FactKind


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
