"""The second opinion: only claims in doubt are asked about, and no opinion outweighs a wrong number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from quotewise import Claim, Issue, UnavailableError, Verdict
from quotewise._plans.checked import Checked, Draft
from quotewise._plans.entail import SURE, entailed, in_doubt
from quotewise._plans.ground import Care
from quotewise._plans.reading import Limits
from quotewise._plans.summarize import SummaryTask, summarize

from .replies import play_list
from .test_summarize import GOOD, NUMBERING, point


def one(score: float, *, supported: bool = True, kind: Any = None, evidence: int = 2) -> Checked:
    """A checked claim with a score, and an issue of a kind where it has one."""
    text = "The council closed the bridge."
    issues = (Issue(kind=kind, start=0, end=11, text="The council", why="it says other"),) if kind else ()
    verdict = Verdict(supported=supported, score=score, issues=issues)
    claim = Claim(text=text, quotes=(NUMBERING.quote(evidence),), verdict=verdict)
    return Checked(Draft(text, (evidence,)), claim, "" if supported else "it says other")


DOWN = UnavailableError("down")


@pytest.mark.parametrize(
    ("checked", "doubt"),
    [
        (one(1.0), False),
        (one(SURE), False),
        (one(0.6), True),
        (one(0.4, supported=False), True),
        (one(0.4, supported=False, kind="modality"), True),
        (one(0.4, supported=False, kind="attribution"), True),
        (one(0.4, supported=False, kind="number"), False),
        (one(0.4, supported=False, kind="polarity"), False),
    ],
)
def test_only_claims_in_doubt_are_asked_about(checked: Checked, doubt: bool) -> None:
    """What is sure costs nothing, and words that differ are no matter of opinion."""
    assert doubt is in_doubt(checked)


@pytest.mark.parametrize(
    ("opinion", "held"),
    [("supported", True), ("partly", False), ("contradicted", False), ("not_said", False)],
)
def test_the_opinion_decides(opinion: str, held: bool) -> None:
    """One call for all claims in doubt; those it does not speak of stay as they are."""
    answer = {"verdicts": [{"claim": 1, "sentence": 2, "verdict": opinion}]}
    claims = [one(1.0), one(0.6), one(0.6, evidence=3)]
    judged, calls = play_list(entailed(claims, NUMBERING), answer)

    assert ["check"] == [call.task for call in calls]
    quoted = re.search(r"<(claims-[0-9a-f]{12})>\n(.*)\n</\1>", calls[0].messages[1].content, re.DOTALL)
    assert quoted is not None
    assert "The council closed the bridge. (rests on 2)" in quoted[2]
    assert [True, held, True] == [not j.reason and j.claim.verdict.supported for j in judged]
    assert held or judged[1].claim.verdict.issues


def test_a_rejected_claim_can_be_kept_on_a_models_word() -> None:
    """Nothing hard stood against it, and the trace says who decided."""
    answer = {"verdicts": [{"claim": 1, "sentence": 2, "verdict": "supported"}]}
    [judged], _ = play_list(entailed([one(0.4, supported=False)], NUMBERING), answer)

    assert ("", True) == (judged.reason, judged.claim.verdict.supported)
    assert "model" in judged.note


SUPPORTED = {"verdicts": [{"claim": 1, "sentence": 2, "verdict": "supported"}]}


@pytest.mark.parametrize("answer", [SUPPORTED, DOWN])
def test_what_was_noted_before_stays(answer: Any) -> None:
    """That a claim was withdrawn when asked again is told also where an opinion follows, or fails."""
    before = replace(one(0.4, supported=False), note="withdrawn")
    [judged], _ = play_list(entailed([before], NUMBERING), answer)

    assert judged.note.startswith("withdrawn; ")


def test_where_nothing_is_in_doubt_no_call_is_made() -> None:
    """Verbatim claims need no opinion."""
    judged, calls = play_list(entailed([one(1.0)], NUMBERING))

    assert ([one(1.0)], []) == (judged, calls)


def test_where_the_opinion_cannot_be_had_the_free_checks_stand() -> None:
    """And the trace says so."""
    [judged], _ = play_list(entailed([one(0.6)], NUMBERING), UnavailableError("down"))

    assert "" == judged.reason
    assert "failed" in judged.note


def test_a_summary_asks_only_when_told_to() -> None:
    """`check="llm"` adds at most one call; the prompt it needs is in the trace."""
    loose = {
        "headline": "",
        "claims": [point(1, [5], "Local shop owners were angry about the decision.")],
    }
    silent = {"verdicts": []}
    plain = summarize(NUMBERING, SummaryTask(), Limits(), Care(repair=False))
    careful = summarize(NUMBERING, SummaryTask(), Limits(), Care(repair=False, opinion=True))
    _, without = play_list(plain, GOOD)
    try:
        summary, calls = play_list(careful, loose, silent)
    except AssertionError:
        pytest.fail("the claim in doubt was not asked about")

    assert 1 == len(without)
    assert ["summary", "check"] == [call.task for call in calls]
    assert "check" in summary.trace.prompts


def test_many_claims_are_asked_about_in_several_calls() -> None:
    """No call outgrows the window; one that fails leaves its claims to the free checks."""
    agreed = {"verdicts": [{"claim": i, "sentence": 2, "verdict": "not_said"} for i in range(1, 41)]}
    judged, calls = play_list(entailed([one(0.6)] * 45, NUMBERING), agreed, UnavailableError("down"))

    assert [40, 5] == [call.messages[1].content.count("(rests on 2)") for call in calls]
    assert [40, 5] == [sum(bool(j.reason) is held for j in judged) for held in (True, False)]
    assert "failed" in judged[40].note
