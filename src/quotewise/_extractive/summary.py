"""A summary made of the article's own sentences: which of them, in which order, within how many words.

Scoring stands in `salience`; this module decides what is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .._plans.numbered import Line
from .salience import bags, centrality


@dataclass(frozen=True, slots=True)
class Digest:
    """What was picked, as line numbers.

    `headline` is a headline line of the article where it has one, else the first clause of its best line
    or "". `picked` stands in reading order, `ranked` best first.
    """

    headline: str
    picked: tuple[int, ...]
    ranked: tuple[int, ...] = ()


def summarize(
    lines: Sequence[Line], *, words: int | None = None, points: int | None = None, focus: str | None = None
) -> Digest:
    """Pick the lines that say most of what the article says, within `words` words (120 unless told).

    At least one line is always picked. `points` limits how many. `focus` is a question or topic.
    """
    scores = _scores(lines, focus)
    order = sorted(range(len(lines)), key=lambda at: -scores[at])
    ranked = _within(lines, order, 120 if words is None else words, points)
    numbers = tuple(lines[at].number for at in ranked)
    return Digest(_headline(lines), tuple(sorted(numbers)), numbers)


def _scores(lines: Sequence[Line], focus: str | None) -> list[float]:
    counted = bags([line.text for line in lines])
    central = centrality(counted)
    wanted = set(bags([focus or ""])[0])
    peak = max(central, default=0.0) or 1.0
    return [
        0.5 * score / peak + 0.5 / (1 + at / 3) + len(wanted & counted[at].keys())
        for at, score in enumerate(central)
    ]


def _within(lines: Sequence[Line], order: Sequence[int], words: int, points: int | None) -> list[int]:
    taken: list[int] = []
    seen: set[str] = set()
    left = words
    for at in order:
        length = len(lines[at].text.split())
        ends = lines[at].text.rstrip()[-1:] in '.!?"”'
        if ends and length <= left and lines[at].text not in seen and len(taken) < (points or len(lines)):
            taken.append(at)
            seen.add(lines[at].text)
            left -= length
    return taken or [min(order, key=lambda at: len(lines[at].text))] if order else []


def _headline(lines: Sequence[Line]) -> str:
    for line in lines[:5]:
        if line.text.rstrip()[-1:] not in '.!?"”:' and 3 <= len(line.text.split()) <= 20:
            return line.text
    return ""
