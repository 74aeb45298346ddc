"""The verdict on one claim: its issues against the cited sentences, the article second, and its score.

What counts as the same number, name or polarity stands in the modules of those names; this one only puts
their findings together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .._results import Issue, Verdict
from .evidence import Evidence
from .overlap import score

THRESHOLD = 0.5
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]+")
_NOT = re.compile(r"\b(?:not|never|no|cannot|without|\w+n['’]t)\b", re.IGNORECASE)


def check(claim: str, cited: Sequence[int], evidence: Evidence) -> tuple[Issue, ...]:
    """What in the claim the cited sentences do not say, in the order of the claim's words.

    `cited` holds indexes into `evidence.article.sentences`. An empty tuple means that nothing was found
    against the claim, not that it is true.
    """
    return tuple(sorted(_issues(claim, cited, evidence), key=lambda issue: issue.start))


def judge(claim: str, cited: Sequence[int], evidence: Evidence) -> Verdict:
    """Is the claim supported by what it cites? No issue, and a score of at least one half."""
    issues = check(claim, cited, evidence)
    value = score(claim, cited, evidence)
    if issues:
        value = min(value, THRESHOLD / 2)
    return Verdict(supported=value >= THRESHOLD, score=value, issues=issues)


def better_citation(claim: str, cited: Sequence[int], evidence: Evidence) -> tuple[int, ...] | None:
    """The sentences that support the claim clearly better than the cited ones, or None."""
    best = evidence.nearest(claim)
    if not best or set(best) <= set(cited):
        return None
    here, there = judge(claim, cited, evidence), judge(claim, best, evidence)
    better = there.supported and (not here.supported or there.score > here.score + 0.2)
    return best if better else None


def _issues(claim: str, cited: Sequence[int], evidence: Evidence) -> Iterator[Issue]:
    said = evidence.texts(cited)
    for match in _NUMBER.finditer(claim):
        if match[0] not in said:
            kind = "citation" if match[0] in evidence.article.text else "number"
            yield _issue(kind, match, "this number is not in the cited sentences")
    for match in _NAME.finditer(claim):
        name = match[0].removesuffix("'s").removesuffix("’s")
        if name.lower() not in evidence.article.text.lower():
            yield _issue("name", match, "this name is not in the article")
    if said and (match := _NOT.search(claim)) and not _NOT.search(said):
        yield _issue("polarity", match, "the cited sentences do not deny this")


def _issue(kind: str, match: re.Match[str], why: str) -> Issue:
    return Issue.model_validate(
        {"kind": kind, "start": match.start(), "end": match.end(), "text": match[0], "why": why}
    )
