"""Does a claim give a deed, or a thing, where the article has that nobody did it, or that there is none?

For "nobody was hurt" and "no lorries", which stand in another place of the sentence than the claim's words;
denials in the same place are for `polarity`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.lexicon import related, synonym
from ..._language.passage import Cue, Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue
from ..compare import Comparison, instead
from .denials import DENIED, denied, from_cue, supposed_at, target_of

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


def of_nobody(seen: Comparison) -> Iterator[Issue]:
    """An issue where the article denies of everybody, or of every such thing, what a claim has of some."""
    yield from _done_to_nobody(seen)
    yield from _not_once(seen)
    yield from _has_none(seen)
    yield from _done_to_some(seen)


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
            yield instead(seen, "polarity", told, passage.written(passage.items[cue.at], deed), DENIED)
            return


def _done_to_some(seen: Comparison) -> Iterator[Issue]:
    """ "Nobody was hurt when the train left the rails" where it "left the rails, injuring nine".

    The sentence must share more of the rest of the claim than any that says "nobody" itself.
    """
    for cue in seen.claim.cues if not seen.claim.asks else ():
        deed = _of_nobody(seen.claim, cue)
        if deed is None or supposed_at(seen.claim, cue) is not None:
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
            yield instead(seen, "polarity", seen.claim.items[cue.at], done)
            return


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
        noun = target_of(passage, cue)
        if noun is None or passage.low(cue.at) != "no" or _is_numero(passage, cue):
            continue
        told = [each for each in seen.claim.items if each.kind == "word" and _is_deed_of(each, noun)]
        before = (item.term for item in passage.items[: cue.at] if item.kind == "word")
        shared = not seen.claim.terms.isdisjoint(before)
        if told and shared and not any(_affirms(other, noun.term) for other in seen.evidence.passages):
            yield instead(seen, "polarity", told[0], from_cue(passage, cue), DENIED)
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
                yield instead(seen, "polarity", seen.claim.items[at], why, DENIED)
                return


def _of_the_same(seen: Comparison) -> Iterator[Passage]:
    """The cited sentences with a "no" that are about each name of the claim, and give each of its values."""
    for where, passage in seen.units:
        if all(_none_of(passage, cue) is None for cue in passage.cues):
            continue
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
