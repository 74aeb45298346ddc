"""Does a claim deny what the article affirms, or affirm what it denies?

Denials, compared where the claim and the sentence are aligned. The words stand in `lexicon`; what says the
opposite without a denial is for `opposites`, quantifiers are for `degree`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ..._language.lexicon import PARTS_OF_A_TEXT, SUPPOSING, is_not, synonym
from ..._language.passage import Cue, Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue, Span
from ..align import Alignment
from ..compare import ANCHOR, CLOSE, Comparison, instead, issue
from ..weigh import abstains
from .amounts import is_remainder
from .denials import DENIED, denied, from_cue, supposed_at, target_of
from .fulfilled import fell_through
from .nobody import of_nobody
from .refused import of_a_deed, of_a_refusal

_NOT_DENIED = "the article does not deny this"
_BESIDE = 0.4 * ANCHOR
"""How well the neighbours of a denied word must fit: "has been" on both sides of "decided" is enough."""
_WHOLE = 0.75
_DENYING = listed("deny denies denied denying")
_PERFECT = listed("has have had hasn't haven't hadn't")
_COMING = listed("will to would")
_ALL = 0.9
"""Closeness from which a claim is its sentence word for word, however its neighbours fit."""
_FIRST_SINCE = re.compile(r"\b(?:first|lowest|highest|largest|smallest)\b.{1,60}\bsince\b")
_SHARED = 0.4
"""The share of a claim's words that a sentence must hold before the two are compared out of order."""
_SPREAD = listed("neither nor none nobody nothing")
"""Denials that another sentence may well word with any other: "neither A nor B" for "A and B do not"."""
_FEARS = listed_terms("fear fears feared worry worries worried worrying afraid concerned anxious anxiety")
_RETOLD = 0.8
"""Closeness from which a claim is its sentence but for a word, so that a denial more is no other wording."""
_WITHOUT = ("-free", "-less")
_TO_COME = listed("be to and")
_NOT_ALL = re.compile(r"\bnot (?:all|every)\b", re.IGNORECASE)
_UNLIKELY, _KEEPING = listed("unlikely impossible"), listed("keep keeps kept keeping")
_BESIDE_IT = 8
"""Items between a word and another denial that may be of it in other words."""
_DEED = 5
"""Items from a denied noun to its verb: "no heater was ever installed"."""


def check_polarity(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim denies what its sentence does not, or the other way round."""
    if is_remainder(seen) or _is_about_the_source(seen.claim):
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
        if _is_refuted(said, there) or _may_come(seen.claim, cue, said, there):
            continue
        if item.low == "without" and seen.closest < _RETOLD:
            continue
        if not _is_free_of(seen, item, target) and not _is_told_freely(seen, target):
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
        if not _denies_too(found, cue, there) and not _is_denied_otherwise(seen, found, cue, there):
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


def _denies_too(found: Alignment, cue: Cue, there: int) -> bool:
    """Whether a sentence denies its word in another way than with "not", or has it as still to come."""
    free = found.closeness < _WHOLE
    if (found.said.asks and free) or _is_unlikely(found.said, there):
        return True
    if any(fell_through(found.said, at) for at in range(there, min(there + _DEED, len(found.said.items)))):
        return True
    if (free or "but not" in found.said.text) and _is_refuted(found.said, there):
        return True
    return (free or "yet" in found.claim.lows) and _may_come(found.claim, cue, found.said, there)


def _is_denied_otherwise(seen: Comparison, found: Alignment, cue: Cue, there: int) -> bool:
    """Whether what a claim denies is denied beside it in other words, or by another sentence."""
    if found.closeness >= _RETOLD:
        return False
    if found.claim.low(cue.at) == "without":
        return True  # what goes without is mostly left unsaid
    if any(_is_beside(other, there) for other in _loose(found.said, found.claim, found.back)):
        return True
    return any(is_denied_elsewhere(seen, seen.claim.items[i]) for i in cue.targets)


def is_denied_elsewhere(seen: Comparison, target: Item) -> bool:
    """Whether some sentence of the article denies the word that a claim denies."""
    if target.kind != "word":
        return False
    return any(
        item.term == target.term and denied(passage, at)
        for passage in seen.evidence.homes_of(target.term)
        if passage.denies and len(passage.terms & seen.claim.terms) > 1
        for at, item in enumerate(passage.items)
    )


def _is_told_freely(seen: Comparison, target: Item) -> bool:
    """Whether a claim in words of its own denies what some other sentence denies."""
    return seen.closest < _RETOLD and is_denied_elsewhere(seen, target)


def _is_affirmed_otherwise(seen: Comparison, found: Alignment, cue: Cue, at: int) -> bool:
    """Whether what a sentence denies is denied beside it in the claim in other words, or is not denied there:
    only supposed ("if it is not level"), so until a time ("not famous until 1979"), or to come ("yet to be").
    """
    said, claim = found.said, found.claim
    pair = {mine: there for mine, there in enumerate(found.pair) if there is not None}
    loose = [other for other in _loose(claim, said, pair) if _is_beside(other, at)]
    if said.low(cue.at) == "no" and any(denied(claim, found.back.get(i, -1)) for i in cue.targets[1:]):
        return True  # "an alert was not issued" for "no alert was issued"
    if "until" not in claim.lows and any(item.low == "until" for item in said.items[cue.at :]):
        return True
    if "only" in {said.low(cue.at + 1), said.low(cue.at + 2)} - claim.lows:
        return True  # "other states too" for "not the only state"
    if supposed_at(said, cue) is not None and SUPPOSING.isdisjoint(claim.lows):
        return True
    if claim.text.startswith(_WITHOUT, claim.items[at].end) or _NOT_ALL.search(claim.text):
        return True
    if found.closeness >= _RETOLD:
        return False
    if loose or said.asks:
        return True
    if "yet" in {said.low(cue.at), said.low(cue.at + 1)} and claim.low(at - 1) in _TO_COME:
        return True
    return said.low(cue.at) == "no" and _is_of_a_list(claim, said)


def _is_of_a_list(claim: Passage, said: Passage) -> bool:
    """Whether a sentence says "no" of many things, and the claim so of all of them at once."""
    return sum(item.low == "no" for item in said.items) > 1 and claim.denies


def _loose(one: Passage, other: Passage, partner: Mapping[int, int]) -> Iterator[Cue]:
    """The denials of one side whose words the other side has affirmed, or has not."""
    for cue in one.cues:
        if cue.denies and cue.targets:
            there = partner.get(cue.targets[0])
            if there is None or not denied(other, there):
                yield cue


def _is_beside(cue: Cue, at: int) -> bool:
    return abs(cue.at - at) <= _BESIDE_IT


def _is_unlikely(passage: Passage, at: int) -> bool:
    """Whether something is not to be, in a word for the whole clause: "unlikely it will be filed", "keep it
    from turning"."""
    before = passage.items[max(0, at - _BESIDE_IT) : at]
    kept = passage.low(at - 1) == "from" and any(item.low in _KEEPING for item in before)
    return kept or any(item.low in _UNLIKELY for item in before)


def _is_refuted(passage: Passage, at: int) -> bool:
    """Whether a sentence denies it in other words: "denied that", "of thunder, but not of hail"."""
    denied = any(item.low in _DENYING for item in passage.items[:at]) or ", but not" in passage.text
    return denied or fell_through(passage, at)


def _may_come(claim: Passage, cue: Cue, said: Passage, there: int) -> bool:
    """Whether a claim has as not done yet what a sentence has as to come: "has not voted" of "will vote"."""
    perfect = any(item.low in _PERFECT for item in claim.items[max(0, cue.at - 1) : cue.at + 2])
    return perfect and any(item.low in _COMING for item in said.items[max(0, there - 2) : there])


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
        if at is None or at in done or _is_affirmed_otherwise(seen, found, cue, at):
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
    return denies or found.closeness < _WHOLE


def _out_of_order(seen: Comparison, found: Alignment, cue: Cue) -> int | None:
    """The claim's word for what a "no" denies, where it stands elsewhere: "at no cost to the city"."""
    if found.said.items[cue.at].low != "no" or found.closeness < _WHOLE or not cue.targets:
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
