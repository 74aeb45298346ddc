"""Does a claim deny what the article affirms, or affirm what it denies?

Denials, compared where the claim and the sentence are aligned. The words stand in `lexicon`; what says the
opposite without a denial is for `opposites`, quantifiers are for `degree`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..._language.lexicon import PARTS_OF_A_TEXT, is_not, synonym
from ..._language.passage import Cue, Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue, Span
from ..align import Alignment
from ..compare import ANCHOR, CLOSE, RETOLD, Comparison, instead, issue
from ..weigh import abstains
from .amounts import is_remainder
from .celled import is_told_in_a_cell
from .denials import DENIED, denied, from_cue, is_called_off, supposed_at, target_of
from .nobody import of_nobody
from .otherwise import (
    WHOLE,
    denies_too,
    is_affirmed_otherwise,
    is_denied_otherwise,
    is_refuted,
    is_told_freely,
    may_come,
)
from .refused import of_a_deed, of_a_refusal

_NOT_DENIED = "the article does not deny this"
_BESIDE = 0.4 * ANCHOR
"""How well the neighbours of a denied word must fit: "has been" on both sides of "decided" is enough."""
_ALL = 0.9
"""Closeness from which a claim is its sentence word for word, however its neighbours fit."""
_FIRST_SINCE = re.compile(r"\b(?:first|lowest|highest|largest|smallest)\b.{1,60}\bsince\b")
_SHARED = 0.4
"""The share of a claim's words that a sentence must hold before the two are compared out of order."""
_SPREAD = listed("neither nor none nobody nothing")
"""Denials that another sentence may well word with any other: "neither A nor B" for "A and B do not"."""
_FEARS = listed_terms("fear fears feared worry worries worried worrying afraid concerned anxious anxiety")


def check_polarity(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim denies what its sentence does not, or the other way round."""
    if is_remainder(seen) or _is_about_the_source(seen.claim) or is_told_in_a_cell(seen):
        return
    done: set[int] = set()
    for found in seen.alignments:
        yield from _added(seen, found, done)
        yield from _dropped(seen, found, done)
    if not done:
        yield from _denied_nowhere(seen)
        yield from _of_the_others(seen)
        yield from of_nobody(seen)
        yield from of_a_refusal(seen)
        yield from of_a_deed(seen)


def _is_about_the_source(claim: Passage) -> bool:
    """Whether a claim denies only that the source says something: "the passages do not mention it"."""
    return not PARTS_OF_A_TEXT.isdisjoint(claim.terms) and abstains(claim.text)


def _denied_nowhere(seen: Comparison) -> Iterator[Issue]:
    """A denial where no cited sentence denies anything, of a word that the nearest one has."""
    said = nearest(seen, _SHARED)
    if said is None or any(passage.denies for passage in seen.said):
        return
    for cue in seen.claim.cues:
        item, target = seen.claim.items[cue.at], target_of(seen.claim, cue)
        if cue.kind != "not" or target is None or target.term not in said.terms:
            continue
        if _is_feared(seen, cue, said):
            continue
        if seen.claim.text[item.end : item.end + 1] == "-" or supposed_at(seen.claim, cue) is not None:
            continue
        there = next((i for i, each in enumerate(said.items) if each.term == target.term), len(said.items))
        if is_refuted(said, there) or may_come(seen.claim, cue, said, there):
            continue
        if item.low == "no" and is_called_off(said, there):
            continue
        if item.low == "without" and seen.closest < RETOLD:
            continue
        if not _is_free_of(seen, item, target) and not is_told_freely(seen, target):
            yield issue(seen, "polarity", item, _NOT_DENIED)
            return


def _is_feared(seen: Comparison, cue: Cue, said: Passage) -> bool:
    """Whether a denial is only feared: "fear that they cannot sell" for "we must sell", said by the worried.

    A sentence that tells of the fear itself tells also what is feared.
    """
    before = {item.term for item in seen.claim.items[: cue.at]}
    if before.isdisjoint(_FEARS) or not _FEARS.isdisjoint(said.terms):
        return False
    return any(not _FEARS.isdisjoint(passage.terms) for passage in seen.said)


def _is_free_of(seen: Comparison, denial: Item, target: Item) -> bool:
    """Whether "without phones" stands for "phone-free", "not since 1987" for "the first since 1987"."""
    if "since" in seen.claim.lows and any(_FIRST_SINCE.search(passage.text) for passage in seen.said):
        return True
    pairs = ((one, other) for p in seen.said for one, other in pairwise(p.items))
    return denial.low == "without" and any(
        one.term == target.term and other.low in {"free", "less"} for one, other in pairs
    )


def _of_the_others(seen: Comparison) -> Iterator[Issue]:
    """ "Non-members pay £8" where the article has it of members, and nowhere of others."""
    if len(seen.claim.words) < 2:
        return
    non, other = seen.claim.words[:2]
    they, low = other.text.lower(), seen.evidence.article.text.lower()
    if seen.claim.text[non.start : other.start].lower() != "non-" or not they.endswith("s"):
        return
    told = any(other.term in p.terms and any(map(p.gives, seen.claim.values)) for p in seen.said)
    if told and not re.search(rf"\bnon-?{re.escape(they)}|\bnot? {re.escape(they[:-1])}", low):
        why = f"the article says this of {they}"
        yield issue(seen, "polarity", Span(non.start, other.end), why, other.text)


def nearest(seen: Comparison, share: float) -> Passage | None:
    """The sentence that shares most words with the claim, if it shares enough; None for a record."""
    if seen.evidence.leaves or not seen.said or not seen.claim.terms:
        return None
    best = max(seen.said, key=lambda passage: len(passage.terms & seen.claim.terms))
    return best if len(best.terms & seen.claim.terms) >= share * len(seen.claim.terms) else None


def is_emptied(passage: Passage, at: int) -> bool:
    """Whether a "with" is taken back: "with no scrubbing"."""
    return passage.low(at) == "with" and is_not(passage.low(at + 1))


def _added(seen: Comparison, found: Alignment, done: set[int]) -> Iterator[Issue]:
    """What the claim denies and the sentence does not."""
    for cue in found.claim.cues:
        if cue.kind != "not" or cue.at in done or found.same(cue.at) or _is_excused(seen, found, cue):
            continue
        at = next((at for at in cue.targets[:1] if _fits(seen, found, at)), None)
        there = None if at is None else found.pair[at]
        if at is None or there is None or denied(found.claim, at) == denied(found.said, there):
            continue
        if not denies_too(found, cue, there) and not is_denied_otherwise(seen, found, cue, there):
            done |= {cue.at, at}
            yield issue(seen, "polarity", seen.claim.items[cue.at], _NOT_DENIED)


def _is_excused(seen: Comparison, found: Alignment, cue: Cue) -> bool:
    """Whether a claim only supposes what it denies, or a sentence has the denial as well."""
    supposed = supposed_at(found.claim, cue)
    if _is_feared(seen, cue, found.said):
        return True
    if (supposed is not None and not found.same(supposed)) or _has(found.said, found.claim, cue):
        return True
    items = found.claim.items
    return bool(cue.targets) and _is_free_of(seen, items[cue.at], items[cue.targets[0]])


def _dropped(seen: Comparison, found: Alignment, done: set[int]) -> Iterator[Issue]:
    """What the sentence denies and the claim does not."""
    for cue in found.said.cues:
        if cue.kind != "not" or _is_answered(found, cue) or _has(found.claim, found.said, cue):
            continue
        at = next((at for there in cue.targets[:1] if (at := found.back.get(there)) is not None), None)
        if at is None or not found.same(at):
            at = _out_of_order(seen, found, cue)
        elif not _fits(seen, found, at) and found.closeness < _ALL:
            continue
        if at is None or at in done or is_affirmed_otherwise(found, cue, at):
            continue
        if denied(found.claim, at) != denied(found.said, cue.targets[0]):
            done.add(at)
            yield instead(seen, "polarity", seen.claim.items[at], from_cue(found.said, cue), DENIED)


def _is_answered(found: Alignment, cue: Cue) -> bool:
    """Whether the claim has a denial in the place of one: "cannot" for "could not", but not "can"."""
    at = found.back.get(cue.at)
    if at is None:
        return False
    denies = found.same(at) or any(mine.at == at and mine.kind != "modal" for mine in found.claim.cues)
    return denies or found.closeness < WHOLE


def _out_of_order(seen: Comparison, found: Alignment, cue: Cue) -> int | None:
    """The claim's word for what a "no" denies, where it stands elsewhere: "at no cost to the city"."""
    if found.said.items[cue.at].low != "no" or found.closeness < WHOLE or not cue.targets:
        return None
    target = found.said.items[cue.targets[0]]
    loose = (at for at, item in enumerate(seen.claim.items) if item.kind == "word" and not found.same(at))
    return next((at for at in loose if synonym(seen.claim.items[at].term, target.term)), None)


def _has(other: Passage, passage: Passage, cue: Cue) -> bool:
    """Whether the other side denies with the same word elsewhere: "none of its workers"."""
    low = passage.items[cue.at].low
    if low in _SPREAD:
        return other.denies_plainly
    return (
        low not in {"not", "no"}
        and "n't" not in low
        and any(other.items[each.at].low == low for each in other.cues)
    )


def _fits(seen: Comparison, found: Alignment, at: int) -> bool:
    return (
        _best(seen, at) is found
        and found.same(at)
        and found.closeness >= CLOSE
        and found.anchored(at) >= _BESIDE
    )


def _best(seen: Comparison, at: int) -> Alignment | None:
    """The alignment that has the claim's word itself, with the neighbours that fit best."""
    same = [each for each in seen.alignments if each.same(at)]
    return max(same, key=lambda each: each.anchored(at) + each.match[at], default=None)
