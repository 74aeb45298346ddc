"""Summaries: in one pass where the article fits the window, else facts first and a merge that cites them.

The merge sees numbered facts, never article text, and cites fact numbers; they are turned back into the
sentences behind those facts at every level, so a claim of the last level still has exact quotes. Length is
met by construction: claims are ranked and whole claims dropped, nothing is cut or asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from .._errors import QuotewiseError, UngroundedError
from .._results import Summary
from .._text.attach import attach
from .._values import Gap, Rejected, Trace
from . import prompts
from .asking import ask_each
from .checked import Checked, Draft
from .core import Call, Plan
from .facts import FactsTask, drafts, read_facts
from .ground import USUAL, Care, Grounded, ground, headline_of, set_apart
from .numbered import Line, one_line
from .numbering import Numbering
from .reading import Batch, Limits, Readings, asides, batches, call, read_each
from .schemas import ClaimedFacts, ClaimedSummary

PROMPTS = ("system", "summary", "repair", "reask")
_LONG_SUMMARY = 600
"""Words a summary without a limit is taken to have when its facts are gathered."""

_WORDS_PER_CLAIM = 20
_CHOICE = 4
"""Facts gathered for each claim that the summary can hold, so that the merge has a choice."""

_FEWEST_FACTS = 8
"""Facts asked of each part, however many parts there are."""

LONG_PROMPTS = ("system", "facts", "merge", "repair", "reask")


@dataclass(frozen=True, slots=True)
class SummaryTask:
    """What is asked for: at most `words` words and `points` claims, about `focus` where one is given."""

    words: int | None = 120
    points: int | None = None
    focus: str | None = None


@dataclass(frozen=True)
class _Draft:
    headline: str
    drafts: list[Draft]
    gaps: tuple[Gap, ...] = ()
    unread: frozenset[int] = frozenset()
    chunks: int = 1
    prompts: tuple[str, ...] = PROMPTS
    aside: tuple[str, ...] = ()
    apart: tuple[Rejected, ...] = ()


def summarize(numbering: Numbering, task: SummaryTask, limits: Limits, care: Care = USUAL) -> Plan[Summary]:
    """A headline and ranked claims, each with its quotes."""
    parts = batches(numbering.lines, limits)
    if len(parts) == 1:
        made = yield from _in_one_pass(numbering, parts[0], task, limits)
    else:
        made = yield from _facts_first(numbering, parts, task, limits)
    grounded = yield from ground(made.drafts, numbering, care)
    result = _result(numbering, made, grounded, task)
    if not grounded.kept:
        raise _ungrounded(result, made.aside)
    return result


def _ungrounded(result: Summary, aside: Sequence[str]) -> UngroundedError:
    if result.rejected:
        error = UngroundedError("No claim of the summary survived the check.", rejected=result.rejected)
        error.result = result
        return error
    if aside:  # the built-in engine's: no model was called
        step = "Give a text of sentences, with stops between them."
        return UngroundedError(" ".join(("No sentence could be taken.", *aside)), next_step=step)
    step = "Use another model, or look at the article."
    return UngroundedError("The summary came back without a claim.", next_step=step)


def _in_one_pass(numbering: Numbering, batch: Batch, task: SummaryTask, limits: Limits) -> Plan[_Draft]:
    readings = yield from read_each(
        [batch],
        lambda part: summary_call("summary", part, task),
        ClaimedSummary,
        numbering,
        halve_cut=False,
    )
    if len(readings.answers) + len(readings.failed) > 1:
        # The window was smaller than thought: what was read in halves are summaries of halves, not facts.
        return (yield from _facts_first(numbering, _halved(readings), task, limits))
    [(_, answer)] = readings.answers
    return _Draft(answer.headline, _drafts(answer), aside=asides([answer]), apart=set_apart([answer]))


def _halved(readings: Readings[ClaimedSummary]) -> list[Batch]:
    read = [batch for batch, _ in readings.answers]
    return sorted([*read, *(batch for batch, _ in readings.failed)], key=lambda batch: batch[0].number)


def _facts_first(
    numbering: Numbering, parts: Sequence[Batch], task: SummaryTask, limits: Limits
) -> Plan[_Draft]:
    readings = yield from read_facts(numbering, parts, facts_task(task, len(parts)))
    found = drafts(readings)
    headline, merged, gaps, apart = yield from _merged(found, task, limits)
    return _Draft(
        headline=headline,
        drafts=merged,
        gaps=(*readings.gaps, *gaps),
        unread=frozenset(readings.unread),
        chunks=_parts(readings),
        prompts=LONG_PROMPTS,
        aside=asides(answer for _, answer in readings.answers),
        apart=(*set_apart(answer for _, answer in readings.answers), *apart),
    )


def facts_task(task: SummaryTask, parts: int) -> FactsTask:
    """What the map asks of each part: the facts that matter most, several times what the summary can hold.

    Asking for all would write, and then read again, half the document; a part always gets a fair share.
    """
    claims = (task.words or _LONG_SUMMARY) / _WORDS_PER_CLAIM
    return FactsTask(focus=task.focus, limit=max(_FEWEST_FACTS, ceil(_CHOICE * claims / parts)))


def _parts(readings: Readings[ClaimedFacts]) -> int:
    return len(readings.answers) + len(readings.failed)


def _merged(
    found: list[Draft], task: SummaryTask, limits: Limits
) -> Plan[tuple[str, list[Draft], tuple[Gap, ...], tuple[Rejected, ...]]]:
    """Merge facts until they fit one call, then once more for the summary itself."""
    apart: tuple[Rejected, ...] = ()
    if not found:
        return "", [], (), ()
    while True:
        lines = [Line(i, one_line(draft.text)) for i, draft in enumerate(found, 1)]
        parts = batches(lines, limits)
        last = len(parts) == 1
        asked = task if last else replace(task, words=None, points=None)
        answers = yield from ask_each([summary_call("merge", part, asked) for part in parts], ClaimedSummary)
        gaps = tuple(_step_gap(a) for a in answers if isinstance(a, QuotewiseError))
        apart += set_apart(a for a in answers if not isinstance(a, QuotewiseError))
        merged = [d for a, part in zip(answers, parts, strict=True) for d in _traced(a, part, found)]
        if last or len(merged) >= len(found):
            headline = next((a.headline for a in answers if not isinstance(a, QuotewiseError)), "")
            return headline, merged, gaps, apart
        if gaps:
            return "", merged, gaps, apart
        found = merged


def _traced(answer: ClaimedSummary | QuotewiseError, part: Batch, found: list[Draft]) -> list[Draft]:
    """A merge's claims with the sentences behind their facts; the facts as they are where it failed."""
    if isinstance(answer, QuotewiseError):
        return [found[line.number - 1] for line in part]
    shown = {line.number for line in part}
    return [replace(d, evidence=_behind(d.evidence, shown, found)) for d in _drafts(answer)]


def _behind(cited: Iterable[int], shown: set[int], found: list[Draft]) -> tuple[int, ...]:
    """The sentence numbers behind fact numbers; a fact that was not shown stands for sentence 0: none."""
    numbers = (found[fact - 1].evidence if fact in shown else (0,) for fact in cited)
    return tuple(dict.fromkeys(number for evidence in numbers for number in evidence))


def _step_gap(error: QuotewiseError) -> Gap:
    return Gap(reason=f"The facts were read, but merging them failed: {error.message}")


def summary_call(name: str, lines: Batch, task: SummaryTask) -> Call:
    """The call that makes a summary of sentences (`summary`) or of facts (`merge`)."""
    return call(
        name,
        lines,
        ClaimedSummary,
        max_output=2_000 + 4 * (task.words or 500),
        words=task.words or "no limit",
        points=task.points or "no limit",
        focus=one_line(task.focus or "none"),
    )


def _drafts(answer: ClaimedSummary) -> list[Draft]:
    return [Draft(claim.text, tuple(claim.evidence), rank=claim.rank) for claim in answer.claims]


def _result(numbering: Numbering, made: _Draft, grounded: Grounded, task: SummaryTask) -> Summary:
    kept = fitted(grounded.kept, task)
    cited = {number for one in kept for number in one.draft.evidence}
    headline, refused = headline_of(one_line(made.headline) if kept else "", grounded, numbering)
    summary = Summary(
        sources=numbering.sources,
        headline=headline,
        claims=tuple(one.claim for one in kept),
        rejected=(*grounded.rejected, *made.apart, *refused),
        gaps=made.gaps,
        coverage=numbering.coverage(cited, made.unread),
        trace=Trace(
            prompts=prompts.fingerprints(*made.prompts, *grounded.prompts),
            chunks=made.chunks,
            notes=(
                *grounded.notes,
                *_left_out(len(grounded.kept) - len(kept)),
                *_longer([one.claim.text for one in kept], task),
                *made.aside,
                *(one.reason for one in refused),
            ),
        ),
    )
    attach(summary, numbering.articles)  # for its page, where it goes out with an error
    return summary


def _left_out(number: int) -> tuple[str, ...]:
    return (f"{number} supported claims left out for length",) if number else ()


def _longer(texts: Sequence[str], task: SummaryTask) -> tuple[str, ...]:
    """What is said of a summary that is longer than was asked for: its one claim, which is never cut."""
    length = sum(len(text.split()) for text in texts)
    if task.words is None or length <= task.words:
        return ()
    return (f"No claim of at most {_many(task.words, 'word')} was found; this one has {length}.",)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fitted(claims: Sequence[Checked], task: SummaryTask) -> list[Checked]:
    """The best-ranked claims that fit the words and points asked for, in reading order.

    A claim that does not fit is passed over for a shorter one of lower rank. Where not even one fits, the
    shortest is kept: a summary is never empty for want of room.
    """
    by_rank = sorted(range(len(claims)), key=lambda i: (claims[i].draft.rank, i))
    chosen: list[int] = []
    left = task.words if task.words is not None else None
    for i in by_rank:
        length = len(claims[i].claim.text.split())
        if task.points is not None and len(chosen) >= task.points:
            break
        if left is None or length <= left:
            chosen.append(i)
            left = None if left is None else left - length
    if not chosen and claims:
        chosen = [min(by_rank, key=lambda i: len(claims[i].claim.text.split()))]
    return [claims[i] for i in sorted(chosen)]
