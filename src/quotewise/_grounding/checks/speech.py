"""Does a claim exchange who speaks and whom it is of, or have somebody agree who asked?

Compares what is done in saying something. How surely a speaker says it is for `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.deeds import Party, alike_for_sure, phrase, subject
from ..._language.lexicon import SAYING
from ..._language.passage import Passage
from ..._language.wordlists import classes, pairs
from ..._text.words import term
from ..._values import Issue
from ..align import Alignment
from ..compare import Comparison, instead
from .exchanged import another_side

_SPEECH = {
    term(word): kind
    for word, kind in classes("""
    asks: ask asks asked request requests requested demand demands demanded appeal appealed
    grants: agree agrees agreed accept accepts accepted approve approves approved consent consented
    offers: offer offers offered promise promises promised pledge pledges pledged vow vows vowed
    refuses: refuse refuses refused reject rejects rejected decline declines declined deny denies denied
    warns: warn warns warned
    admits: admit admits admitted confess confesses confessed
    accuses: accuse accuses accused
    thanks: thank thanks thanked praise praises praised congratulate congratulated
    """).items()
}
"""Verbs by which somebody does something in saying it, each with its class."""
_SPEECH_ALIKE = pairs("warns-asks admits-grants warns-accuses offers-grants asks-accuses")
"""Classes of which one deed may be told as the other: who agrees to do it promises it."""
_MUCH = 0.6
"""The share of a claim's other words that a sentence must hold to tell of the same speech."""
_BEFORE, _AFTER = 4, 7
"""How many items before and after a verb of saying belong to what is said."""


def check_speakers(seen: Comparison) -> Iterator[Issue]:
    """An issue where who says something and whom it is of have changed places: "Lee says that Roe lied"."""
    for speaker, about in _spoken(seen.claim):
        told = [(p, *pair) for p in seen.said for pair in _spoken(p)]
        if any(alike_for_sure(speaker, theirs) for p, theirs, _ in told):
            continue
        for passage, theirs, of in told:
            crossed = alike_for_sure(speaker, of)
            shared = (seen.claim.terms & passage.terms) - speaker.terms - about.terms
            if crossed and alike_for_sure(about, theirs) and shared:
                yield from another_side(seen, speaker, passage, theirs)
                return


def _spoken(passage: Passage) -> Iterator[tuple[Party, Party]]:
    """Each speaker with whom he speaks of: "Roe claimed that the agency ...", "Roe accused the agency"."""
    for at, item in enumerate(passage.items):
        if item.term not in SAYING or item.kind != "word":
            continue
        after = passage.low(at + 1)
        if after != "that" and _SPEECH.get(item.term) != "accuses":
            continue
        speaker, of = subject(passage, at), phrase(passage, at + 1 + (after == "that"))
        if speaker is not None and of is not None and speaker.known and of.known:
            yield speaker, of


def check_speech(seen: Comparison) -> Iterator[Issue]:
    """An issue where somebody is said to have agreed who asked, or to have offered what he refused."""
    for at, item in enumerate(seen.claim.items):
        kind = _SPEECH.get(item.term) if item.term else None
        if kind is None or any(_has_kind(passage, kind) for passage in seen.said):
            continue
        told = () if seen.claim.says_not else _in_its_stead(seen, at, kind)
        other = next(((passage, there) for passage, there in told if not passage.says_not), None)
        if other is not None:
            passage, there = other
            yield instead(seen, "polarity", item, passage.written(passage.items[there]))
            return


def _in_its_stead(seen: Comparison, at: int, kind: str) -> Iterator[tuple[Passage, int]]:
    """Where a sentence has the same speaker do another thing in saying it."""
    for found in seen.alignments:
        there = found.pair[at]
        if there is not None and _is_other_speech(found.said, there, kind) and _is_beside(found, at):
            yield found.said, there
    speaker = subject(seen.claim, at)
    for passage in seen.said if speaker is not None and speaker.known else ():
        rest = seen.claim.terms - {seen.claim.items[at].term}
        for there in range(len(passage.items)):
            theirs = subject(passage, there) if _is_other_speech(passage, there, kind) else None
            if theirs is None or speaker is None or len(rest & passage.terms) < _MUCH * len(rest):
                continue
            if alike_for_sure(speaker, theirs):
                yield passage, there


def _is_other_speech(passage: Passage, there: int, kind: str) -> bool:
    theirs = _SPEECH.get(passage.items[there].term) if passage.items[there].term else None
    return theirs is not None and theirs != kind and {kind, theirs} not in _SPEECH_ALIKE


def _has_kind(passage: Passage, kind: str) -> bool:
    return any(_SPEECH.get(item.term) == kind for item in passage.items if item.term)


def _is_beside(found: Alignment, at: int) -> bool:
    """Whether who speaks stands in its place before the two verbs, and something of meaning after them."""
    items = found.claim.items
    before = [i for i in range(max(0, at - _BEFORE), at) if items[i].kind != "small"]
    after = [i for i in range(at + 1, min(len(items), at + 1 + _AFTER)) if items[i].kind != "small"]
    return any(found.same(i) for i in before) and any(found.same(i) for i in after)
