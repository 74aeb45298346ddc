"""From issues and scores to one number: how likely a claim, or a whole text, is supported.

The weights of the issues are set by hand, from how often each kind was right on development data
(`benchmarks/results/checks.md`). The trained score comes from `support`, which reads the issues and the
rule's score among its columns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from .._values import Issue, Span, Verdict
from .compare import Comparison
from .findings import findings
from .support import Found, Support, by_claim, score

THRESHOLD = 0.5
"""The score from which a claim without an issue counts as supported."""
UNSURE = 0.6
"""The highest score of what could only be compared word by word: of 28 German and French claims, half of them
false, 20 were supported, and 12 of these were true."""
_SURER = 0.7
"""The least score of a claim that says no more than its sentence does by an opposite, which no tree sees."""
_SURE, _FREELY = 0.65, 0.65
"""A finding of degree yields to its text where the text's score is at least the first and no sentence is as
close to the claim as the second: of 11 such in texts that people had found faithful, one was right."""
_OF_DEGREE = frozenset(["modality", "attribution", "quantity", "citation"])
"""Kinds of issues that may yield; a wrong number, date, unit or name, or a denial, never does."""
_WEIGHTS = {
    "number": 1.4,
    "date": 1.6,
    "unit": 0.3,
    "name": 0.8,
    "polarity": 1.5,
    "quantity": 0.4,
    "modality": 0.1,
    "attribution": 0.2,
    "citation": 0.1,
    "unsupported": 0.4,
}
_ABSTAINS = re.compile(
    r"\b(?:unable|impossible|not possible) to (?:answer|determine|say|provide)\b"
    r"|\bcannot be (?:answered|determined)\b"
    r"|\b(?:can(?:not|['’]t)|could not) (?:answer|provide (?:an?|any) (?:\w+ )?answer)\b"
    r"|\bnone of (?:these|the) (?:\w+ )?(?:passages|articles|texts|documents|sources)\b"
    r"|\bthere is no (?:mention|information) (?:of|about|on|regarding)\b"
    r"|\b(?:passages?|articles?|texts?|documents?|sources?|it) (?:do|does|did)(?: not|n['’]t) "
    r"(?:answer|contain|discuss|give|include|mention|provide|say|specify|state)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = 1.5
"""The weight of what a record leaves open."""
_SELDOM_WRONG = 0.3
"""By how much a claim's log-odds are better than where they were calibrated: half of it on sets in which most
claims are false, while of an honest writer's few are. Of 0 to 0.8 the best for single claims of six sets."""
_HELD_ENOUGH = 0.5
"""The share of a claim from which on the cited sentences hold enough of it."""
_THIN = 4.0
"""What falling short of that weighs, times the share that is missing."""
_OF_A_RECORD = 2.0
"""How much more an issue weighs where the source is a record."""
_FOREIGN = 0.25
"""A text of claims that are all this far from being half held is capped by the lowest of their scores."""
_NEW_WORD, _NEW_WORD_OF_A_RECORD = 0.1, 0.05
"""How much a word, name or value that stands nowhere in the article weighs."""


def found_of(seen: Comparison, issues: Sequence[Issue]) -> Found:
    """What the checks found of a claim, as the trained score reads it."""
    return findings(seen, issues, rule_score(seen, issues))


def trained(seen: Comparison, issues: Sequence[Issue], question: str | None = None) -> Support:
    """The trained score of one claim beside what it cites, with a probability for each of its words."""
    cited = () if seen.evidence.leaves else seen.cited
    text = seen.claim.text
    whole = (Span(0, len(text)),)
    return score(text, whole, seen.evidence.support, (found_of(seen, issues),), cited, question)


def by_training(issues: Sequence[Issue], supported: float) -> Verdict:
    """The verdict from a claim's trained probability, which knows of its issues; halved where there is one.

    A claim with an issue is not supported, so that its score must be below one half, whatever the trees say.
    """
    odds = math.log(max(1e-9, supported) / max(1e-9, 1 - supported)) + _SELDOM_WRONG
    score = 1 / (1 + math.exp(-odds))
    return _verdict(score / 2 if issues else score, issues)


def surer(verdict: Verdict) -> Verdict:
    """A verdict on what a sentence says by the opposite of a word: supported where no check objects."""
    return verdict if verdict.issues else _verdict(max(verdict.score, _SURER), ())


def unsure(verdict: Verdict) -> Verdict:
    """A verdict that is not sure of what it supports."""
    return _verdict(min(verdict.score, UNSURE), verdict.issues)


def rule_score(seen: Comparison, issues: Sequence[Issue]) -> float:
    """The score of a claim with nothing trained: its issues, words new to the article, what is not held."""
    return math.exp(-_risk(seen, issues) - _THIN * _thin(seen))


def whole_by_training(known: float, seen: Sequence[Comparison], verdicts: Sequence[Verdict]) -> float:
    """The score of a text of several claims: its trained one, lowered by an issue where it is short."""
    if any(verdict.issues for verdict in verdicts):
        known *= 1 - by_claim(sum(len(each.claim.words) for each in seen)) / 2
    return min(known, *_foreign(seen, verdicts), 1.0)


def _record_against(issues: Sequence[Issue]) -> float:
    opened = sum(issue.kind == "unsupported" for issue in issues)
    return _OF_A_RECORD * (_against(issues) + (_LEFT_OPEN - _WEIGHTS["unsupported"]) * opened)


def _foreign(seen: Sequence[Comparison], verdicts: Sequence[Verdict]) -> list[float]:
    """The claims' scores where the article has next to no words for any of them: another language, say."""
    return [verdict.score for verdict in verdicts] if all(_thin(each) > _FOREIGN for each in seen) else []


def _risk(seen: Comparison, issues: Sequence[Issue]) -> float:
    """The expected number of wrong things in a claim: its issues, and words that the article lacks.

    The prose made of a record has words of its own, but an issue found in it is seldom a false one; and of
    texts made of records more are wrong than their words tell (RAGTruth: 71% to 34% of texts made of prose).
    """
    new = seen.new_items
    if seen.evidence.leaves:
        return _record_against(issues) + _NEW_WORD_OF_A_RECORD * new
    return _against(issues) + _NEW_WORD * new


def may_yield(seen: Comparison, verdict: Verdict) -> bool:
    """Whether what the checks found is but of degree, and the claim is told far from any sentence."""
    return seen.closest < _FREELY and all(issue.kind in _OF_DEGREE for issue in verdict.issues)


def in_its_text(
    verdicts: Sequence[Verdict], doubted: Sequence[bool], yielding: Sequence[bool], whole: float
) -> list[Verdict]:
    """The verdicts on the claims of a text, told how likely all of them together are supported.

    No claim is less likely than all of them: a doubt without an issue falls where the text holds, and so do
    issues that may yield where it holds for sure; but not of a claim that no sentence says anything of (score
    0). Where the text does not hold, a claim is at fault: those
    with doubted words, and if there is none, the least likely one.
    """
    if whole >= THRESHOLD:
        falls = [
            one.score > 0.0 and (not one.issues or (may and whole >= _SURE))
            for one, may in zip(verdicts, yielding, strict=True)
        ]
        held = zip(verdicts, falls, strict=True)
        return [_verdict(max(one.score, whole), ()) if fall else one for one, fall in held]
    lowered = [
        _verdict(min(one.score, whole), one.issues) if doubt and one.score < 1.0 else one
        for one, doubt in zip(verdicts, doubted, strict=True)
    ]
    least = min(lowered, key=lambda one: one.score)
    if all(one.supported for one in lowered) and least.score < 1.0:
        return [_verdict(min(one.score, whole), ()) if one is least else one for one in lowered]
    return lowered


def _verdict(score: float, issues: Sequence[Issue]) -> Verdict:
    score = min(1.0, max(0.0, score))
    return Verdict(supported=score >= THRESHOLD and not issues, score=score, issues=tuple(issues))


def _against(issues: Sequence[Issue]) -> float:
    return sum(_WEIGHTS[issue.kind] for issue in issues)


def _thin(seen: Comparison) -> float:
    """How far the cited sentences fall short of holding half of the claim.

    A claim that the source does not say something can have no sentence that says so.
    """
    return 0.0 if abstains(seen.claim.text) else max(0.0, _HELD_ENOUGH - seen.coverage)


@lru_cache(maxsize=1_024)
def abstains(claim: str) -> bool:
    """Whether a claim says that the source does not answer.

    >>> abstains("Unable to answer based on the passages."), abstains("It rained.")
    (True, False)
    """
    return _ABSTAINS.search(claim) is not None
