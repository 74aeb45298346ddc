"""The sentences of an article that state something checkable, ranked, each with its kind.

What counts as a kind is decided here by the words of the sentence alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .._plans.numbered import Line
from .salience import bags, centrality

Kind = Literal["event", "statement", "number", "plan", "background"]

_SAID = re.compile(r"\b(?:said|says|told|stated|announced|claimed|warned|argued|added|expressed|insisted)\b")
_PLAN = re.compile(r"\b(?:will|would|plans?|planned|aims?|intends?|expected|committed|next)\b")
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Pick:
    """A line that states a fact, and what kind of fact."""

    number: int
    kind: Kind


def facts(lines: Sequence[Line], *, focus: str | None = None, limit: int | None = None) -> tuple[Pick, ...]:
    """The lines that state something checkable, best first, near-duplicates merged."""
    central = centrality(bags([line.text for line in lines]))
    seen: set[str] = set()
    picks: list[Pick] = []
    for at in sorted(range(len(lines)), key=lambda at: -central[at]):
        text = lines[at].text.rstrip()
        if text not in seen and text[-1:] in '.!"”' and len(text.split()) > 4:
            seen.add(text)
            picks.append(Pick(lines[at].number, _kind(text)))
    return tuple(picks[:limit])


def _kind(text: str) -> Kind:
    if _SAID.search(text):
        return "statement"
    if _NUMBER.search(text):
        return "number"
    return "plan" if _PLAN.search(text) else "event"
