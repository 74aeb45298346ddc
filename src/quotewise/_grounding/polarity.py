"""Does a claim deny what the article affirms, say the opposite, or turn "may" into "is"?

Denials, opposites, hedges, quantifiers and superlatives, each compared where the claim and the sentence
are aligned. The word lists stand in `lexicon`.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._results import Issue
from .align import Alignment
from .compare import ANCHOR, Comparison, issue
from .lexicon import opposite
from .passage import Cue, Passage


def check_polarity(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim and its sentence differ by a denial or an opposite."""
    for at, item, found, other in seen.replaced():
        if item.kind in {"word", "small"} and other.kind in {"word", "small"} and opposite(item.term, other.term):
            if _denied(found.claim, at) == _denied(found.said, _partner(found, at)):
                written = found.said.text[other.start : other.end]
                yield issue("polarity", seen.claim, item.start, item.end, f"the article says {written}", written)
    yield from _denials(seen)


def _partner(found: Alignment, at: int) -> int:
    there = found.pair[at]
    assert there is not None
    return there


def _denials(seen: Comparison) -> Iterator[Issue]:
    done: set[int] = set()
    for found in seen.alignments:
        for cue in found.claim.cues:
            if cue.kind == "not" and cue.at not in done and _stands_alone(seen, found, cue):
                done.add(cue.at)
                item = seen.claim.items[cue.at]
                yield issue("polarity", seen.claim, item.start, item.end, "the article does not deny this")
        yield from _dropped(seen, found, done)


def _stands_alone(seen: Comparison, found: Alignment, cue: Cue) -> bool:
    """Whether what the claim denies stands in the sentence undenied."""
    for at in cue.targets[:1]:
        best = seen.best(at)
        if best is found and found.same(at) and found.anchored(at) >= ANCHOR / 2:
            return not _denied(found.said, _partner(found, at))
    return False


def _dropped(seen: Comparison, found: Alignment, done: set[int]) -> Iterator[Issue]:
    """What the sentence denies and the claim does not."""
    paired = {there: at for at, there in enumerate(found.pair) if there is not None}
    for cue in found.said.cues:
        if cue.kind != "not":
            continue
        for there in cue.targets[:1]:
            at = paired.get(there)
            if at is None or at in done or seen.best(at) is not found or not found.same(at):
                continue
            if found.anchored(at) >= ANCHOR / 2 and not _denied(found.claim, at):
                done.add(at)
                item, other = seen.claim.items[at], found.said.items[cue.at]
                written = found.said.text[other.start : found.said.items[there].end]
                yield issue("polarity", seen.claim, item.start, item.end, f"the article says {written}", written)


def _denied(passage: Passage, at: int) -> bool:
    """Whether an item stands under a denial, a plain one or one in substance."""
    plain = sum(cue.kind == "not" and at in cue.targets for cue in passage.cues)
    return bool(plain) or any(cue.kind == "soft_not" and at in cue.targets for cue in passage.cues)


def check_modality(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim is surer, or less sure, than its sentence."""
    for found in seen.alignments:
        for at, there in enumerate(found.pair):
            if there is None or not found.same(at) or seen.best(at) is not found:
                continue
            if found.anchored(at) < ANCHOR or found.claim.items[at].kind == "small":
                continue
            ours, theirs = _cues(found.claim, at, "modal"), _cues(found.said, there, "modal")
            if bool(ours) != bool(theirs) or (ours and theirs and not _of(ours) & _of(theirs)):
                yield _modality_issue(seen, found, at, ours, theirs)


def _modality_issue(seen: Comparison, found: Alignment, at: int, ours: list[Cue], theirs: list[Cue]) -> Issue:
    item = seen.claim.items[ours[0].at if ours else at]
    if not theirs:
        return issue("modality", seen.claim, item.start, item.end, "the article states this without a hedge")
    other = found.said.items[theirs[0].at]
    written = found.said.text[other.start : other.end]
    return issue("modality", seen.claim, item.start, item.end, f"the article says {written}", written)


def check_quantity(seen: Comparison) -> Iterator[Issue]:
    """An issue where "some" became "all", or the like."""
    for found in seen.alignments:
        for at, there in enumerate(found.pair):
            if there is None or not found.same(at) or seen.best(at) is not found:
                continue
            if found.anchored(at) < ANCHOR or found.claim.items[at].kind == "small":
                continue
            ours, theirs = _cues(found.claim, at, "quantifier"), _cues(found.said, there, "quantifier")
            if ours and not _of(ours) & _of(theirs) and (theirs or _of(ours) & {"all", "none", "only", "most", "few"}):
                item = seen.claim.items[ours[0].at]
                other = found.said.items[theirs[0].at] if theirs else None
                written = found.said.text[other.start : other.end] if other else None
                why = f"the article says {written}" if written else "the article does not say so"
                yield issue("quantity", seen.claim, item.start, item.end, why, written)


def _cues(passage: Passage, at: int, kind: str) -> list[Cue]:
    return [cue for cue in passage.cues if cue.kind == kind and cue.targets[:1] == (at,)]


def _of(cues: list[Cue]) -> set[str]:
    return {cue.of for cue in cues}
