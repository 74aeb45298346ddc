"""Does a claim deny what the article affirms, or affirm what it denies?

Denials, compared where the claim and the sentence are aligned. The words stand in `lexicon`; what says the
opposite without a denial is for `opposites`, quantifiers are for `degree`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..._language.lexicon import SUPPOSING, is_not, related, synonym
from ..._language.passage import Cue, Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue, Span
from ..align import Alignment
from ..compare import ANCHOR, CLOSE, Comparison, instead, issue
from .amounts import is_remainder
from .fulfilled import fell_through

_DENIED, _NOT_DENIED = 'the article denies this: "{}"', "the article does not deny this"
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
_PEOPLE = listed_terms("people man woman child passenger one")
_HAVING = listed("has have had having there with offers offer offered carries carry takes take gets get got")
_UNSURE = listed("""
    too still only pending open instead elsewhere formerly once until if unless when whether asks ask asked
    asking wants wanted want called calls call demand demanded demands sought seeks seek hoped hopes needs
    need needed discussed talk talked idea question questioned queried awaits awaited await lost used
    search look looking hunt free freed independent independently spared clear cleared absent missing gone
    than
    """)
"""Words with which a claim may name a thing that is not there: "too small for lorries", "free of fees"."""
_LIMITS = listed("until till before unless except besides since")
"""Words that limit a denial to a time or a case: "there were no trams until 1922"."""
_BE = listed("is are was were be been being has have had")
_TOLD = 2
"""Words besides the deed that a sentence must share with "nobody was hurt"."""
_OBJECT = 4
"""Items from "has" to what is had: "has room for lorries"."""
_DEED = 5
"""Items from a denied noun to its verb: "no heater was ever installed"."""
_CLAUSE = 100
"""How many items before a denial the word that makes it a supposition may stand."""


def check_polarity(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim denies what its sentence does not, or the other way round."""
    if is_remainder(seen):
        return
    done: set[int] = set()
    for found in seen.alignments:
        yield from _added(seen, found, done)
        yield from _dropped(seen, found, done)
    if not done:
        yield from _denied_nowhere(seen)
        yield from _of_the_others(seen)
        yield from _done_to_nobody(seen)
        yield from _not_once(seen)
        yield from _has_none(seen)
        yield from _done_to_some(seen)


def _denied_nowhere(seen: Comparison) -> Iterator[Issue]:
    """A denial where no cited sentence denies anything, of a word that the nearest one has."""
    said = nearest(seen, _SHARED)
    if said is None or any(cue.denies for passage in seen.said for cue in passage.cues):
        return
    for cue in seen.claim.cues:
        item, target = seen.claim.items[cue.at], _target(seen.claim, cue)
        if cue.kind != "not" or target is None or target.term not in said.terms:
            continue
        if _is_feared(seen, cue, said):
            continue
        if seen.claim.text[item.end : item.end + 1] == "-" or _supposing(seen.claim, cue) is not None:
            continue
        there = next((i for i, each in enumerate(said.items) if each.term == target.term), len(said.items))
        if _is_refuted(said, there) or _may_come(seen.claim, cue, said, there):
            continue
        if not _is_free_of(seen, item, target):
            yield issue(seen, "polarity", item, _NOT_DENIED)
            return


def _target(passage: Passage, cue: Cue) -> Item | None:
    """The word that a denial acts on first, if it is one."""
    target = passage.items[cue.targets[0]] if cue.targets else None
    return target if target is not None and target.kind == "word" else None


def _supposing(claim: Passage, cue: Cue) -> int | None:
    """Where a claim only supposes what it denies: the "if" of "if you don't have a rack"."""
    here, furthest = cue.at, max(0, cue.at - _CLAUSE)
    while here > furthest and not claim.gap(here).strip(" '’"):
        here -= 1
        if claim.items[here].low in SUPPOSING:
            return here
    return None


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


def _done_to_nobody(seen: Comparison) -> Iterator[Issue]:
    """ "Several people were hurt" where the article has "Nobody was hurt", and nowhere that anybody was.

    A claim that names what the sentence names speaks of the same, whoever was hurt elsewhere.
    """
    for passage, cue in _cues(seen):
        deed = _of_nobody(passage, cue)
        told = None if deed is None else _affirmed(seen, deed.term)
        if deed is None or told is None or not _speaks_of(seen, passage, deed.term):
            continue
        if _is_told_near(seen):
            yield instead(seen, "polarity", told, passage.written(passage.items[cue.at], deed), _DENIED)
            return


def _done_to_some(seen: Comparison) -> Iterator[Issue]:
    """ "Nobody was hurt when the train left the rails" where it "left the rails, injuring nine".

    The sentence must share more of the rest of the claim than any that says "nobody" itself.
    """
    for cue in seen.claim.cues if not seen.claim.asks else ():
        deed = _of_nobody(seen.claim, cue)
        if deed is None or _supposing(seen.claim, cue) is not None:
            continue
        rest = seen.claim.terms - _PEOPLE - {deed.term, seen.claim.items[cue.at].term}
        denying = [
            p for p, each in _cues(seen) if (held := _of_nobody(p, each)) and synonym(deed.term, held.term)
        ]
        most = max((len(rest & passage.terms) for passage in denying), default=0)
        for passage in seen.said:
            done = _done_to_a_number(passage, deed.term)
            if done is None or len(rest & passage.terms) < max(_TOLD, most + 1):
                continue
            if not any(_is_named_only(seen.claim, other, passage) for other in denying):
                yield instead(seen, "polarity", seen.claim.items[cue.at], done)
                return


def _is_named_only(claim: Passage, passage: Passage, other: Passage) -> bool:
    """Whether a sentence has a name of the claim that another has not, but for "the Petrel's sister ship"."""
    own = (each.name for at, each in enumerate(passage.items) if each.name and not passage.has_genitive(at))
    return any(claim.has_name(name) and not other.has_name(name) for name in own)


def _done_to_a_number(passage: Passage, deed: str) -> str | None:
    """The words of a sentence that give how many a deed was done to: "injuring nine", "nine were hurt"."""
    for at, item in enumerate(passage.items):
        if item.kind != "word" or not synonym(deed, item.term) or denied(passage, at):
            continue
        near = passage.items[max(0, at - _OBJECT) : at + 2]
        number = next((each for each in near if each.value is not None and _counts(each)), None)
        if number is not None:
            first, last = sorted((item, number), key=lambda each: each.start)
            return passage.written(first, last)
    return None


def _counts(item: Item) -> bool:
    """Whether a number may be one of people: no date, no sum, no share."""
    value = item.value
    return value is not None and value.kind == "number" and not value.unit and value.low >= 1


def _cues(seen: Comparison) -> Iterator[tuple[Passage, Cue]]:
    return ((passage, cue) for passage in seen.said for cue in passage.cues)


def _is_told_near(seen: Comparison) -> bool:
    """Whether the cited sentences, with those that they lean on, hold all of a claim but for its people."""
    rest = {item.term for item in seen.claim.items if item.kind == "word"} - _PEOPLE
    near = seen.terms.union(*(each.terms for each in seen.evidence.context(seen.cited)))
    return all(any(synonym(one, each) for each in near) for one in rest)


def _not_once(seen: Comparison) -> Iterator[Issue]:
    """ "The police have arrested them" where the police "have made no arrest"."""
    if seen.claim.asks or seen.claim.cues or not any(low.endswith("ed") for low in seen.claim.lows):
        return
    for passage, cue in _cues(seen):
        noun = _target(passage, cue)
        if noun is None or passage.low(cue.at) != "no" or _is_numero(passage, cue):
            continue
        told = [each for each in seen.claim.items if each.kind == "word" and _is_deed_of(each, noun)]
        before = (item.term for item in passage.items[: cue.at] if item.kind == "word")
        shared = not seen.claim.terms.isdisjoint(before)
        if told and shared and not any(_affirms(other, noun.term) for other in seen.evidence.passages):
            yield instead(seen, "polarity", told[0], _from_cue(passage, cue), _DENIED)
            return


def _has_none(seen: Comparison) -> Iterator[Issue]:
    """ "It has room for lorries" where the article has that it "carries no lorries", and nowhere any."""
    turned = any(cue.kind != "quantifier" or cue.of == "few" for cue in seen.claim.cues)
    if seen.claim.asks or turned or not _UNSURE.isdisjoint(seen.claim.lows):
        return
    for passage in _of_the_same(seen):
        for cue in passage.cues:
            noun = _none_of(passage, cue)
            at = None if noun is None else _had(seen.claim, passage, noun)
            if noun is None or at is None:
                continue
            if not any(_affirms(other, passage.items[noun].term) for other in seen.evidence.passages):
                why = passage.written(passage.items[cue.at], passage.items[noun])
                yield instead(seen, "polarity", seen.claim.items[at], why, _DENIED)
                return


def _of_the_same(seen: Comparison) -> Iterator[Passage]:
    """The cited sentences that are about each name of the claim, and give each of its values."""
    for where, passage in seen.units:
        about = all(seen.evidence.is_about(where, name) for name in seen.claim.names)
        if about and all(value.soft or passage.gives(value) for value in seen.claim.values):
            yield passage


def _none_of(passage: Passage, cue: Cue) -> int | None:
    """Where the noun of a "no" stands: the "effects" of "no side effects"; None where the "no" is limited."""
    if passage.low(cue.at) != "no" or cue.targets[:1] != (cue.at + 1,) or _is_numero(passage, cue):
        return None
    at, items = cue.at + 1, passage.items
    while at + 1 < len(items) and items[at + 1].kind == "word" and not passage.gap(at + 1).strip():
        at += 1
    limited = any(item.low in _LIMITS for item in items)
    return None if limited or items[at].kind != "word" or items[at].term in _PEOPLE else at


def _had(claim: Passage, passage: Passage, noun: int) -> int | None:
    """Where the claim has what a sentence has none of, and tells the same of it, or that somebody has it."""
    term = passage.items[noun].term
    at = next((i for i, item in enumerate(claim.items) if item.kind == "word" and item.term == term), None)
    if at is None:
        return None
    rest = claim.terms - {term}
    told = _told_of(passage, noun)
    if told is not None:  # "no paintings were damaged" leaves that there are some
        return at if any(related(told.term, other) for other in rest) else None
    return at if rest & passage.terms and _is_had(claim, at) else None


def _is_had(claim: Passage, noun: int) -> bool:
    """Whether a noun is what somebody has: "has room for lorries", not "has to wait for lorries"."""
    for at in range(noun - 1, max(-1, noun - 1 - _OBJECT), -1):
        if claim.low(at) == "to" or claim.gap(at + 1).strip():
            return False
        if claim.low(at) in _HAVING:
            return True
    return False


def _told_of(passage: Passage, noun: int) -> Item | None:
    """What is said of a noun with a form of "be": the "available" of "no grant was available"."""
    at = noun + 1
    while passage.low(at) in _BE:
        at += 1
    found = passage.items[at] if noun + 1 < at < len(passage.items) else None
    return found if found is not None and found.kind == "word" else None


def _is_numero(passage: Passage, cue: Cue) -> bool:
    """Whether a "no" is that of "No. 1"."""
    return passage.text.startswith(".", passage.items[cue.at].end)


def _is_deed_of(item: Item, noun: Item) -> bool:
    """Whether a word is the verb of a noun: "arrested" of "arrest"."""
    return item.low.endswith("ed") and not noun.low.endswith("ed") and related(item.term, noun.term)


def _speaks_of(seen: Comparison, passage: Passage, verb: str) -> bool:
    if seen.claim.names:
        return all(map(passage.has_name, seen.claim.names))
    return not any(_affirms(other, verb) for other in seen.evidence.passages)


def _of_nobody(passage: Passage, cue: Cue) -> Item | None:
    """What is denied of everybody: the "hurt" of "nobody was hurt" and "no one was hurt"."""
    low, next_ = passage.low(cue.at), passage.items[cue.at + 1 : cue.at + 2]
    nobody = low == "nobody" or (low == "no" and any(map(_is_people, next_)))
    if not nobody or _is_numero(passage, cue):
        return None
    words = (item for at in cue.targets if (item := passage.items[at]).kind == "word")
    return next((item for item in words if item.term not in _PEOPLE), None)


def _is_people(item: Item) -> bool:
    return item.term in _PEOPLE or (item.value is not None and item.value.low == 1)


def _affirmed(seen: Comparison, of: str) -> Item | None:
    """The claim's word of this meaning where the claim denies nothing, and speaks of people."""
    denies = any(cue.denies or cue.of == "few" for cue in seen.claim.cues)
    people = seen.claim.low(0) == "the" or any(map(_is_people, seen.claim.items))
    if denies or seen.claim.asks or not people:
        return None
    return next((item for item in seen.claim.items if item.kind == "word" and synonym(of, item.term)), None)


def _affirms(passage: Passage, of: str) -> bool:
    """Whether a sentence has a word of this meaning without a denial."""
    return any(
        item.kind == "word" and synonym(of, item.term) and not denied(passage, at)
        for at, item in enumerate(passage.items)
    )


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
        if not _denies_too(found, cue, there):
            done |= {cue.at, at}
            yield issue(seen, "polarity", seen.claim.items[cue.at], _NOT_DENIED)


def _is_excused(seen: Comparison, found: Alignment, cue: Cue) -> bool:
    """Whether a claim only supposes what it denies, or a sentence has the denial as well."""
    supposed = _supposing(found.claim, cue)
    if _is_feared(seen, cue, found.said):
        return True
    if (supposed is not None and not found.same(supposed)) or _has(found.said, found.claim, cue):
        return True
    items = found.claim.items
    return bool(cue.targets) and _is_free_of(seen, items[cue.at], items[cue.targets[0]])


def _denies_too(found: Alignment, cue: Cue, there: int) -> bool:
    """Whether a sentence denies its word in another way than with "not", or has it as still to come."""
    free = found.closeness < _WHOLE
    if any(fell_through(found.said, at) for at in range(there, min(there + _DEED, len(found.said.items)))):
        return True
    if (free or "but not" in found.said.text) and _is_refuted(found.said, there):
        return True
    return (free or "yet" in found.claim.lows) and _may_come(found.claim, cue, found.said, there)


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
        if at is None or at in done:
            continue
        if denied(found.claim, at) != denied(found.said, cue.targets[0]):
            done.add(at)
            yield instead(seen, "polarity", seen.claim.items[at], _from_cue(found.said, cue), _DENIED)


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
        return any(each.kind == "not" for each in other.cues)
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


def _from_cue(passage: Passage, cue: Cue) -> str:
    return passage.written(passage.items[cue.at], passage.items[cue.targets[0]])


def denied(passage: Passage, at: int) -> bool:
    """Whether an item stands under a denial: an odd number of plain ones, or one in substance."""
    plain = sum(cue.kind == "not" and _is_under(cue, at) for cue in passage.cues)
    soft = any(cue.kind == "soft_not" and _is_softly_under(passage, cue, at) for cue in passage.cues)
    return plain % 2 == 1 or (not plain and soft)


def _is_under(cue: Cue, at: int) -> bool:
    """Whether a denial acts on an item, or passes it on its way: the "seek" of "won't seek election"."""
    return at in cue.targets or cue.at < at < min(cue.targets, default=0)


def _is_softly_under(passage: Passage, cue: Cue, at: int) -> bool:
    """Whether a denial in substance acts on an item: "prevents a leak", "prevents pipes from leaking"."""
    return cue.targets[:1] == (at,) or (at in cue.targets and passage.items[at - 1].low == "from")
