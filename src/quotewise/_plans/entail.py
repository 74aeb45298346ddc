"""The second opinion, on request (`check="llm"`): a model judges claims that the free checks leave in doubt.

In doubt are the kept claims with a score below `SURE`, and the rejected ones against which nothing hard was
found: no number, date, name or denial. They are asked about together; where that fails, the free checks
stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .._errors import QuotewiseError
from .._grounding.citation import HARD
from .._values import Issue, Verdict
from .asking import ask_each
from .checked import Checked, groups
from .core import Call, Plan
from .numbered import fenced
from .numbering import Numbering
from .reading import call
from .schemas import ClaimedVerdict, ClaimedVerdicts

SURE = 0.85
"""Score from which a kept claim is not asked about: verbatim and nearly verbatim ones, mostly."""

_SETTLED = HARD | {"unsupported"}
"""Kinds of issue that no opinion outweighs."""


def entailed(checked: Sequence[Checked], numbering: Numbering) -> Plan[list[Checked]]:
    """The claims with the model's opinion on those in doubt, in the same order."""
    doubtful = [i for i, one in enumerate(checked) if in_doubt(one)]
    asked = groups([checked[i] for i in doubtful])
    answers = yield from ask_each([_call(group, numbering) for group in asked], ClaimedVerdicts)
    opinions = [one for pair in zip(asked, answers, strict=True) for one in _judged_group(*pair)]
    judged = list(checked)
    for i, one in zip(doubtful, opinions, strict=True):
        judged[i] = one
    return judged


def _judged_group(group: Sequence[Checked], answer: ClaimedVerdicts | QuotewiseError) -> list[Checked]:
    if isinstance(answer, QuotewiseError):
        note = f"the check by a model failed: {answer.message}"
        return [replace(group[0], note=_noted(group[0], note)), *group[1:]]
    opinions = {verdict.claim: verdict for verdict in answer.verdicts}
    return [_judged(one, opinions[i]) if i in opinions else one for i, one in enumerate(group, 1)]


def in_doubt(one: Checked) -> bool:
    """Is a model's opinion worth its price here?"""
    verdict = one.claim.verdict
    if not one.reason:
        return verdict.score < SURE
    return bool(one.claim.quotes) and _SETTLED.isdisjoint(issue.kind for issue in verdict.issues)


def _judged(one: Checked, opinion: ClaimedVerdict) -> Checked:
    if opinion.verdict == "supported":
        verdict = Verdict(supported=True, score=max(one.claim.verdict.score, 0.5))
        note = _noted(one, "kept on a model's word") if one.reason else one.note
        return replace(one, claim=one.claim.model_copy(update={"verdict": verdict}), reason="", note=note)
    why = _why(opinion)
    issue = Issue(kind="unsupported", start=0, end=len(one.claim.text), text=one.claim.text, why=why)
    score = min(one.claim.verdict.score, 0.5)
    verdict = Verdict(supported=False, score=score, issues=(*one.claim.verdict.issues, issue))
    return replace(one, claim=one.claim.model_copy(update={"verdict": verdict}), reason=why)


def _noted(one: Checked, note: str) -> str:
    """Beside what was noted of the claim before."""
    return f"{one.note}; {note}" if one.note else note


def _why(opinion: ClaimedVerdict) -> str:
    said = {"partly": "says only a part of it", "contradicted": "says otherwise"}.get(opinion.verdict)
    if said is None:
        return "asked, a model finds that the cited sentences do not say it"
    return f"asked, a model finds that sentence {opinion.sentence} {said}"


def _call(doubtful: Sequence[Checked], numbering: Numbering) -> Call:
    shown = sorted({n for one in doubtful for n in _around(one.draft.evidence, numbering)})
    return call(
        "check",
        [numbering.lines[number - 1] for number in shown],
        ClaimedVerdicts,
        max_output=500 + 40 * len(doubtful),
        claims=fenced(
            "claims",
            (
                f"{number}. {one.claim.text} (rests on {', '.join(map(str, one.draft.evidence))})"
                for number, one in enumerate(doubtful, 1)
            ),
        ),
    )


def _around(evidence: Sequence[int], numbering: Numbering) -> set[int]:
    """The cited sentences and those before and after, for what "he" and "it" mean."""
    return {n for cited in evidence for n in (cited - 1, cited, cited + 1) if n in numbering.numbers}
