"""Which sentences a claim should cite, where those it cites do not carry it or only some of them do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .._values import Verdict
from .check import judge
from .compare import Comparison, compare
from .evidence import Evidence
from .overlap import holds_some, shares_words

_WELL, _CLEARLY = 0.6, 0.3
"""Where less than the first is held, a sentence that holds more by the second is the better citation."""

HARD = frozenset(["number", "date", "unit", "name", "polarity"])
"""Kinds of issue found by comparing words, which neither an opinion nor a headline's style outweighs; the
nearest sentences may raise them against a claim that cites others."""
_WHOLLY = 0.8
"""What holds this much of a claim needs no other sentence beside it."""


class Citation(NamedTuple):
    """Sentences that a claim can cite, as indexes, and the verdict on it beside them."""

    sentences: tuple[int, ...]
    verdict: Verdict


def better_citation(claim: str, cited: Sequence[int], evidence: Evidence, here: Verdict) -> Citation | None:
    """The sentences that support the claim where the cited ones do not, or that hold clearly more of it.

    `here` is the verdict beside the cited ones. One sentence where one is enough, else those the claim's
    words, names and values are spread over. Where the cited ones hold enough, only strays among them go;
    where those before them tell what they are about ("She saw no grounds for that"), these come to them.
    None where nothing is better.
    """
    seen = compare(claim, cited, evidence)
    held = seen.held
    if here.supported and held >= _WELL:
        kept = _without_strays(seen)
        return _supporting(claim, kept, evidence) if kept else None
    if not here.supported and _is_told_otherwise(claim, cited, evidence):
        return None
    if not here.supported and (better := _supporting(claim, _with_those_before(cited), evidence)):
        return better
    for candidate in _candidates(claim, evidence):
        there = compare(claim, candidate, evidence)
        enough = not here.supported or there.held >= held + _CLEARLY
        if not enough or set(candidate) <= set(cited):
            continue
        if better := _supporting(claim, candidate, evidence):
            return better
    return None


def beside_the_nearest(claim: str, cited: Sequence[int], evidence: Evidence, here: Verdict) -> Verdict:
    """The verdict on a claim where the cited sentences hold some of it, and others may tell it otherwise.

    `here` is the verdict beside the cited ones. A sentence that has but a value or a name of the claim would
    else bear out what the article tells of another: "closed until Friday" by what is to come on Friday.
    """
    if not here.supported or here.score == 1.0 or compare(claim, cited, evidence).held >= _WHOLLY:
        return here
    there = judge(claim, (*evidence.gather(claim), *cited), evidence)
    return there if any(issue.kind in HARD for issue in there.issues) else here


def _is_told_otherwise(claim: str, cited: Sequence[int], evidence: Evidence) -> bool:
    """Whether something stands against the claim beside all that it could rest on."""
    if evidence.verbatim(claim) is not None:
        return False
    return not judge(claim, (*evidence.gather(claim), *cited), evidence).supported


def _supporting(claim: str, sentences: tuple[int, ...], evidence: Evidence) -> Citation | None:
    verdict = judge(claim, sentences, evidence)
    return Citation(sentences, verdict) if verdict.supported else None


def _with_those_before(cited: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted({*cited, *(at - 1 for at in cited if at)}))


def _without_strays(seen: Comparison) -> tuple[int, ...] | None:
    """The cited sentences but for those that hold nothing of the claim, nor stand beside one that does.

    None where all stay, and beside a table or a record, whose heads and keys may say of what a cell is.
    """
    if len(seen.cited) == 1 or seen.evidence.tables or seen.evidence.leaves:
        return None
    holding = {at for at, passage in seen.units if holds_some(seen.claim, passage)}
    kept = tuple(at for at in seen.cited if holding & {at - 1, at, at + 1})
    return kept if kept and len(kept) < len(seen.cited) else None


def _candidates(claim: str, evidence: Evidence) -> list[tuple[int, ...]]:
    """What the claim could cite: the sentences that carry it together, and the nearest alone, the best first.

    A sentence that has nothing but a number of the claim is no part of it: that is of something else.
    """
    alone = [(at,) for at in evidence.ranked(claim)]
    carrying = compare(claim, evidence.gather(claim), evidence).carrying
    said = evidence.claim(claim)
    together = tuple(sorted(at for at in carrying if shares_words(said, evidence.passages[at])))
    held = {each: compare(claim, each, evidence).held for each in (*alone, together) if each}
    return sorted(held, key=lambda each: (round(held[each], 1), -len(each)), reverse=True)
