"""The verdict on one claim: its issues against the cited sentences, the article second, and its score.

What counts as the same number, name or polarity stands in the modules of those names; this one only puts
their findings together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .._results import Issue, Verdict
from .amounts import check_values
from .attribution import check_attribution
from .compare import Comparison, compare
from .degree import check_modality, check_quantity
from .evidence import Evidence
from .naming import check_names
from .overlap import rule_score
from .polarity import check_polarity
from .stated import check_states

THRESHOLD = 0.5


def check(claim: str, cited: Sequence[int], evidence: Evidence) -> tuple[Issue, ...]:
    """What in the claim the cited sentences do not say, in the order of the claim's words.

    `cited` holds indexes into `evidence.article.sentences`. An empty tuple means that nothing was found
    against the claim, not that it is true. A sentence of the article, verbatim, never has an issue.
    """
    seen = compare(claim, cited, evidence)
    if _is_verbatim(seen):
        return ()
    return _sorted(seen)


def judge(claim: str, cited: Sequence[int], evidence: Evidence) -> Verdict:
    """Is the claim supported by what it cites? No issue, and a score of at least one half."""
    seen = compare(claim, cited, evidence)
    return verdict(seen)


def verdict(seen: Comparison) -> Verdict:
    """The verdict on a claim beside what it cites."""
    if _is_verbatim(seen):
        return Verdict(supported=True, score=1.0)
    issues = _sorted(seen)
    score = rule_score(seen, issues) if seen.said else 0.0
    return Verdict(supported=score >= THRESHOLD and not issues, score=score, issues=issues)


def better_citation(claim: str, cited: Sequence[int], evidence: Evidence) -> tuple[int, ...] | None:
    """The sentences that support the claim clearly better than the cited ones, or None."""
    best = evidence.nearest(claim)
    if not best or set(best) <= set(cited):
        return None
    here, there = judge(claim, cited, evidence), judge(claim, best, evidence)
    better = there.supported and (not here.supported or there.score > here.score + 0.2)
    return best if better else None


def _sorted(seen: Comparison) -> tuple[Issue, ...]:
    """The issues in the order of the claim, at most one of a kind for the same words."""
    found = {(issue.start, issue.end, issue.kind): issue for issue in _issues(seen)}
    return tuple(found[key] for key in sorted(found))


def _is_verbatim(seen: Comparison) -> bool:
    plain = " ".join(seen.claim.text.split())
    return any(plain == " ".join(passage.text.split()) for passage in seen.evidence.cited(seen.cited))


def _issues(seen: Comparison) -> Iterator[Issue]:
    if not seen.said:
        return
    yield from check_values(seen)
    yield from check_names(seen)
    yield from check_polarity(seen)
    yield from check_modality(seen)
    yield from check_quantity(seen)
    yield from check_attribution(seen)
    yield from check_states(seen)
