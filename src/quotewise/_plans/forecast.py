"""The bill of a plan before its first call: the calls it will make first, and what follows from them.

Counts exactly what is known (the prompts of the first round) and assumes what is not (how much a model
writes); each assumption stands here with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from .._values import Usage
from .ask import Question, answer_call, passages_room, question_parts
from .asking import MORE_ROOM, MORE_THOUGHT
from .checked import AT_ONCE
from .core import Call
from .facts import FactsTask, facts_call
from .ground import USUAL, Care
from .numbering import Numbering
from .reading import Batch, Limits, batches, cost
from .sizes import size
from .summarize import SummaryTask, facts_task, summary_call

CLAIM = 45
"""Output tokens of one claim: about thirty words, its evidence and the JSON around them."""

FACTS_PER_LINE = 0.6
"""Facts a model finds in a sentence; headings, questions and colour give none."""

REPAIR = 270
"""Input tokens of a claim that is asked about again: its words and reason, and the sentences around it."""

REASK = 1_500
"""Input tokens of being asked again beside the first prompt and its answer: at most twenty faults and the
schema in words."""

_QUESTION = 100
"""Tokens of a question that is not told yet, at most."""

_OVERHEAD = 900
"""Tokens of a further call beside its claims: the system prompt, the task and the schema."""

_REPAIRED = 150
"""Output tokens a further call may write for a claim."""

Work = SummaryTask | FactsTask | Question


@dataclass(frozen=True, slots=True)
class Forecast:
    """Tokens and calls, without prices: `likely`, at `most`, and the input of the `longest` call."""

    likely: Usage
    most: Usage
    parts: int
    longest: int


def forecast(numbering: Numbering, work: Work, limits: Limits, care: Care = USUAL) -> Forecast:
    """What reading these articles for this work will take."""
    first = _first_round(numbering, work, limits)
    given = [size(call) for call in first]
    parts = _parts(numbering, work, limits)
    written = [_written(numbering, work, part, len(parts)) for part in parts]
    merges, merge_in, merge_out = _merges(work, first, sum(written), limits)
    return Forecast(
        likely=Usage(
            calls=len(first) + merges,
            input_tokens=sum(given) + merge_in,
            output_tokens=sum(written) + merge_out,
        ),
        most=_most(
            first,
            sum(given) + _untold(numbering, work, limits, parts) + merge_in,
            merges,
            _further(care, sum(written) + merge_out),
        ),
        parts=len(first),
        longest=max(given),
    )


def _further(care: Care, written: int) -> list[int]:
    """Claims in each further call, a repair or a check by a model: all that are likely, and as many again."""
    claims = 2 * written // CLAIM
    return (care.repair + care.opinion) * [min(AT_ONCE, claims - i) for i in range(0, claims, AT_ONCE)]


def _most(first: Sequence[Call], given: int, merges: int, further: Sequence[int]) -> Usage:
    """Every call asked again with all the room that an answer gets which thoughts had cut."""
    limit = max(call.max_output for call in first)
    outputs = sum(call.max_output for call in first) + merges * limit
    calls = len(first) + merges + len(further)
    again = sum(_OVERHEAD + claims * REPAIR for claims in further)
    return Usage(
        calls=2 * calls,
        # An answer that did not fit is shown to the model again, so it is paid for as input too.
        input_tokens=2 * (given + again) + outputs + calls * REASK,
        output_tokens=(1 + MORE_ROOM + MORE_THOUGHT)
        * (outputs + sum(_REPAIRED * (1 + claims) for claims in further)),
    )


def _merges(work: Work, first: Sequence[Call], facts_tokens: int, limits: Limits) -> tuple[int, int, int]:
    """The merge calls after a map, their input and their output: none where one pass is enough."""
    if len(first) == 1 or not isinstance(work, SummaryTask):
        return 0, 0, 0
    room = min(limits.chunk, limits.room or limits.chunk)
    overhead = size(summary_call("merge", (), work))
    calls = 1 if limits.room is None or facts_tokens <= limits.room else ceil(facts_tokens / room) + 1
    return calls, facts_tokens + calls * overhead, calls * _summary_output(work)


def _first_round(numbering: Numbering, work: Work, limits: Limits) -> list[Call]:
    parts = _parts(numbering, work, limits)
    match work:
        case Question():
            return [answer_call(part, work) for part in parts]
        case FactsTask():
            return [facts_call(part, work) for part in parts]
    if len(parts) == 1:
        return [summary_call("summary", parts[0], work)]
    return [facts_call(part, facts_task(work, len(parts))) for part in parts]


def _parts(numbering: Numbering, work: Work, limits: Limits) -> list[Batch]:
    if isinstance(work, Question):
        parts = question_parts(numbering, work, limits)
        whole = work.exhaustive or _is_told(work) or len(parts[0]) == len(numbering.lines)
        return parts if whole else batches(numbering.lines, limits)[:1]
    return batches(numbering.lines, limits)


def _is_told(question: Question) -> bool:
    """Whether it has words; without them nobody knows its passages, but how much room they may take."""
    return any(map(str.isalnum, question.text))


def _untold(numbering: Numbering, work: Work, limits: Limits, parts: Sequence[Batch]) -> int:
    """What a question that is not told yet may take beyond the sentences that stand for its passages."""
    if not isinstance(work, Question) or _is_told(work):
        return 0
    if work.exhaustive or len(parts[0]) == len(numbering.lines):
        return _QUESTION * len(parts)
    return _QUESTION + passages_room(limits) - sum(map(cost, parts[0]))


def _written(numbering: Numbering, work: Work, part: Batch, parts: int) -> int:
    if isinstance(work, Question):
        return 3 * CLAIM
    if isinstance(work, SummaryTask) and len(part) == len(numbering.lines):
        return _summary_output(work)
    asked = facts_task(work, parts) if isinstance(work, SummaryTask) else work
    facts = min(asked.limit or len(part), int(len(part) * FACTS_PER_LINE))
    return (facts + 1) * CLAIM


def _summary_output(work: SummaryTask) -> int:
    return 2 * (work.words or 300) + CLAIM
