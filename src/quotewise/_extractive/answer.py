"""Answering a question by pointing: which numbered line answers it, which of its words, or that none does.

It sees what a model would see and gives back numbers. Nothing here writes an answer: the words are those
of the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .._text.rank import Bm25
from .._text.words import terms

if TYPE_CHECKING:
    from .._plans.numbered import Line

_PICKED = 1
_NEAREST = 3
_COVERED = 0.5
"""The weighted share of the question's words that the best line and its neighbours must hold."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: the numbers of the lines that answer, best first, and of the nearest lines.

    `span` holds the offsets of the answer's words inside the first picked line, None where they are not
    known. `confidence`, from 0 to 1, is that the lines answer the question.
    """

    status: Literal["answered", "partly", "not_in_source"]
    picked: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    confidence: float = 0.0
    nearest: tuple[int, ...] = ()


def answer(lines: Sequence[Line], question: str) -> Found:
    """The lines that answer a question, or `not_in_source` with the lines that come nearest.

    >>> from quotewise._plans.numbered import Line
    >>> lines = [Line(1, "Rain fell in Paris."), Line(2, "The summit on Ukraine was short.")]
    >>> answer(lines, "How long was the summit?").picked, answer(lines, "Who won the cup?").status
    ((2,), 'not_in_source')
    """
    index = Bm25([line.text for line in lines])
    wanted = list(dict.fromkeys(terms(question)))
    best = index.top(wanted, _NEAREST)
    nearest = tuple(lines[i].number for i in best)
    if not best:
        return Found("not_in_source")
    covered = _coverage(index, wanted, lines, best[0])
    if covered < _COVERED:
        return Found("not_in_source", confidence=covered, nearest=nearest)
    return Found("answered", nearest[:_PICKED], None, covered, nearest)


def _coverage(index: Bm25, wanted: Sequence[str], lines: Sequence[Line], best: int) -> float:
    held = {term for line in lines[max(0, best - 1) : best + 2] for term in terms(line.text)}
    total = sum(index.idf(term) for term in wanted)
    return sum(index.idf(term) for term in wanted if term in held) / total if total else 0.0
