"""Facts: every batch read for its checkable facts, near-duplicates united, each checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .._language.particulars import particulars
from .._results import Facts
from .._values import Fact, Trace
from . import prompts
from .checked import Checked, Draft
from .core import Call, Plan
from .ground import USUAL, Care, Grounded, ground, set_apart
from .merge import united
from .numbered import one_line
from .numbering import Numbering
from .reading import Batch, Limits, Readings, asides, batches, call, read_each
from .schemas import ClaimedFacts

PROMPTS = ("system", "facts", "repair", "reask")


@dataclass(frozen=True, slots=True)
class FactsTask:
    """What is asked for: facts that concern `focus`, at most `limit` of them."""

    focus: str | None = None
    limit: int | None = None


def facts(numbering: Numbering, task: FactsTask, limits: Limits, care: Care = USUAL) -> Plan[Facts]:
    """The facts of the articles, in their order."""
    parts = batches(numbering.lines, limits)
    readings = yield from read_facts(numbering, parts, task)
    grounded = yield from ground(drafts(readings), numbering, care)
    return _result(numbering, grounded, readings, task)


def read_facts(numbering: Numbering, parts: Sequence[Batch], task: FactsTask) -> Plan[Readings[ClaimedFacts]]:
    """The map step, which a long summary shares: the claimed facts of every batch."""
    return (yield from read_each(parts, lambda batch: facts_call(batch, task), ClaimedFacts, numbering))


def facts_call(batch: Batch, task: FactsTask) -> Call:
    """The call that reads a batch for its facts."""
    return call(
        "facts",
        batch,
        ClaimedFacts,
        max_output=2_000 + 60 * len(batch),
        limit=task.limit or "none",
        focus=one_line(task.focus or "none"),
    )


def drafts(readings: Readings[ClaimedFacts]) -> list[Draft]:
    """The claimed facts in the article's order, those that say the same in one, with all their evidence."""
    return united(
        Draft(fact.text, tuple(fact.evidence), kind=fact.kind)
        for _, answer in readings.answers
        for fact in answer.facts
    )


def _result(
    numbering: Numbering, grounded: Grounded, readings: Readings[ClaimedFacts], task: FactsTask
) -> Facts:
    kept = sorted(limited(grounded.kept, task.limit), key=lambda one: min(one.draft.evidence))
    cited = {number for one in kept for number in one.draft.evidence}
    return Facts(
        sources=numbering.sources,
        facts=tuple(map(_fact, kept)),
        rejected=(*grounded.rejected, *set_apart(answer for _, answer in readings.answers)),
        gaps=readings.gaps,
        coverage=numbering.coverage(cited, readings.unread),
        trace=Trace(
            prompts=prompts.fingerprints(*PROMPTS, *grounded.prompts),
            chunks=len(readings.answers) + len(readings.failed),
            notes=(
                *grounded.notes,
                *_left_out(len(grounded.kept) - len(kept)),
                *asides(answer for _, answer in readings.answers),
            ),
        ),
    )


def _left_out(number: int) -> tuple[str, ...]:
    return (f"{number} supported facts left out to keep the limit",) if number else ()


def limited(kept: Sequence[Checked], limit: int | None) -> list[Checked]:
    """At most `limit` facts, taken evenly over all: each part gave those that matter most to it."""
    if limit is None or len(kept) <= limit:
        return list(kept)
    return [kept[i * len(kept) // limit] for i in range(limit)]


def _fact(one: Checked) -> Fact:
    claim = one.claim
    given = particulars(claim.text)._asdict()
    return Fact(text=claim.text, quotes=claim.quotes, verdict=claim.verdict, kind=one.draft.kind, **given)
