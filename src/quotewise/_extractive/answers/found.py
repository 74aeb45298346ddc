"""What a question found among an article's lines, and the findings of its parts as one.

Values only; what is found is decided in `answer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Status = Literal["answered", "partly", "not_in_source"]

NEAREST = 3
"""How many of the nearest lines are named."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: the numbers of the lines that answer, best first, and of the nearest lines.

    `span` holds the offsets of the answer's words inside the first picked line's text, None where the line
    does not give them. `confidence`, from 0 to 1, is how sure the engine is that the picked lines answer.
    `told` says it in a few words of the line and of the head above it, where the line is a row of a table.
    `doubtful` says that the article may well not answer, so that what is picked only comes nearest.
    """

    status: Status
    picked: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    confidence: float = 0.0
    nearest: tuple[int, ...] = ()
    told: str = ""
    doubtful: bool = False


def joined(found: Sequence[Found]) -> Found:
    """The parts of a question as one finding: answered where all are, and as sure as its weakest part."""
    if len(found) == 1:
        return found[0]
    good = [part for part in found if part.picked]
    picked = tuple(dict.fromkeys(number for part in good for number in part.picked))
    nearest = tuple(dict.fromkeys(number for part in [*good, *found] for number in part.nearest))[:NEAREST]
    if not good:
        return Found("not_in_source", confidence=max(part.confidence for part in found), nearest=nearest)
    whole = all(part.status == "answered" for part in found)
    sure = min(part.confidence for part in good)
    return Found(
        "answered" if whole else "partly",
        picked,
        good[0].span,
        sure,
        nearest,
        good[0].told,
        any(one.doubtful for one in good),
    )
