"""Putting an article before a model: whole where it fits, else in batches of numbered sentences.

A batch that is too long for the model after all is halved and read again; one that cannot be read leaves a
gap with the reason, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel

from .._errors import ContextOverflowError, QuotewiseError, TruncatedError
from .._text.tokens import count_tokens
from .._values import Gap
from . import prompts
from .asking import ask_each
from .core import Call, Message, Plan
from .numbered import Line, render
from .numbering import Numbering
from .schemas import ClaimedAnswer, ClaimedFacts, ClaimedSummary
from .sizes import FREE

M = TypeVar("M", bound=BaseModel)
Batch: TypeAlias = tuple[Line, ...]

_LINE_COST = 5
"""Tokens of a line beside its words, at most: its number, the bar, the line end, a blank line."""

MOST_HALVINGS = 5
"""How often a batch that overflows the window is halved: to a 32nd. A model for which that is still too
long is the wrong model, and each further level would double the requests."""

MOST_HALVINGS_OF_CUT = 2
"""The same for an answer that stays cut with twice the room: a model that writes without end does not stop
for less text, and each of these requests is paid for."""

OVERHEAD = 1_500
"""Tokens kept free for the system prompt, the task, the schema and the difference between tokenisers."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a model can be given: `window` tokens in all (None: no limit), `chunk` tokens a batch when
    an article must be read in several, `output` tokens kept free for the answer."""

    window: int | None = None
    chunk: int = 6_000
    output: int = 4_000

    @property
    def room(self) -> int | None:
        """Tokens an article may take in one call."""
        if self.window is None:
            return None
        return max(200, int(FREE * self.window) - self.output - OVERHEAD)


@dataclass(frozen=True)
class Readings(Generic[M]):
    """The answers in the article's order, each with the lines it was given; and what could not be read."""

    answers: tuple[tuple[Batch, M], ...]
    failed: tuple[tuple[Batch, QuotewiseError], ...] = ()
    gaps: tuple[Gap, ...] = field(default=())

    @property
    def unread(self) -> set[int]:
        """The numbers of the lines that could not be read."""
        return {line.number for batch, _ in self.failed for line in batch}


def batches(lines: Sequence[Line], limits: Limits) -> list[Batch]:
    """The lines in one batch where they fit the window, else in batches of about `limits.chunk` tokens."""
    if fits(lines, limits.room):
        return [tuple(lines)]
    room = min(limits.chunk, limits.room or limits.chunk)
    return list(_packed(lines, room))


def fits(lines: Sequence[Line], room: int | None) -> bool:
    """Do the lines fit? A token is at least one byte, so short articles need no counting."""
    if room is None:
        return True
    if sum(4 * len(line.text) + 2 * _LINE_COST for line in lines) <= room:
        return True
    return all(spent <= room for spent in accumulate(map(cost, lines)))


def _packed(lines: Sequence[Line], room: int) -> Iterator[Batch]:
    batch: list[Line] = []
    spent = 0
    for line in lines:
        price = cost(line)
        if batch and spent + price > room:
            yield tuple(batch)
            batch, spent = [], 0
        batch.append(line)
        spent += price
    if batch:
        yield tuple(batch)


def cost(line: Line) -> int:
    """Tokens that a line takes in a prompt, at most."""
    return count_tokens(line.text) + _LINE_COST


def call(
    name: str, lines: Sequence[Line], schema: type[BaseModel], *, max_output: int, **values: object
) -> Call:
    """The call for a task: the system prompt, then the numbered lines, then the task, so that all tasks on
    the same lines share their beginning."""
    task = prompts.load(name).fill(**values)
    return Call(
        task=name,
        messages=(
            Message("system", prompts.load("system").fill()),
            Message("user", f"{render(lines)}\n\n{task}"),
        ),
        schema=schema,
        max_output=max_output,
    )


def read_each(
    parts: Sequence[Batch],
    make: Callable[[Batch], Call],
    schema: type[M],
    numbering: Numbering,
    *,
    halve_cut: bool = True,
) -> Plan[Readings[M]]:
    """Read every batch; halve those that are too long, a few times; raise only where none could be read.

    `halve_cut` False is for tasks whose answer does not grow with the text: halving would not shorten it.
    """
    answers: list[tuple[Batch, M]] = []
    failed: list[tuple[Batch, QuotewiseError]] = []
    waiting = list(parts)
    level = 0
    while waiting:
        halved = partial(_halved, waiting, level, halve_cut)
        got = yield from ask_each([make(batch) for batch in waiting], schema, goes_on=halved)
        halves: list[Batch] = []
        for i, (batch, answer) in enumerate(zip(waiting, got, strict=True)):
            if not isinstance(answer, QuotewiseError):
                answers.append((batch, answer))
            elif halved(i, answer):
                halves += (batch[: len(batch) // 2], batch[len(batch) // 2 :])
            else:
                failed.append((batch, answer))
        waiting, level = halves, level + 1
    if not answers and failed:
        raise failed[0][1]
    return Readings(
        answers=tuple(sorted(answers, key=lambda pair: pair[0][0].number)),
        failed=tuple(failed),
        gaps=tuple(gap for batch, error in failed for gap in numbering.gaps(batch, error.message)),
    )


def _halved(batches: Sequence[Batch], level: int, halve_cut: bool, i: int, error: QuotewiseError) -> bool:
    """Whether the error of this batch is met by reading it in halves."""
    return level < _halvings(error, halve_cut=halve_cut) and len(batches[i]) > 1


def _halvings(error: QuotewiseError, *, halve_cut: bool) -> int:
    """How often a batch that failed so is halved: not for reasoning, which does not go by the length."""
    if isinstance(error, TruncatedError):
        return MOST_HALVINGS_OF_CUT if halve_cut and error.began else 0
    return MOST_HALVINGS if isinstance(error, ContextOverflowError) else 0


def asides(answers: Iterable[ClaimedAnswer | ClaimedFacts | ClaimedSummary]) -> tuple[str, ...]:
    """What the extractive engine said about its own reading, each once."""
    return tuple(dict.fromkeys(told for answer in answers for told in answer.aside))
