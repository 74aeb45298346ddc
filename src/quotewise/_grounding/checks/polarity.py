"""Does a claim deny what the article affirms, or say the opposite?

Denials and opposites, compared where the claim and the sentence are aligned. The words stand in `lexicon`;
hedges and quantifiers are for `degree`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from ..._language.deeds import is_told_conversely
from ..._language.lexicon import is_held, is_not, opposite, related, sure_opposites, synonym
from ..._language.names import same_name
from ..._language.passage import Cue, Item, Passage
from ..._language.typed import agree
from ..._language.wordlists import listed
from ..._text.words import term
from ..._values import Issue
from ..align import Alignment
from ..compare import ANCHOR, CLOSE, Comparison, issue
from .amounts import is_remainder
from .ranked import is_compared_conversely

_BESIDE = 0.4 * ANCHOR
"""How well the neighbours of a denied word must fit: "has been" on both sides of "decided" is enough."""
_WHOLE = 0.75
_SUPPOSING = frozenset(["if", "unless"])
"""What makes a denial in the same clause a supposition."""
_DENYING = listed("deny denies denied denying")
_PERFECT = listed("has have had hasn't haven't hadn't")
_COMING = listed("will to would")
_ALL = 0.9
"""Closeness from which a claim is its sentence word for word, however its neighbours fit."""
_FIRST_SINCE = re.compile(r"\b(?:first|lowest|highest|largest|smallest)\b.{1,60}\bsince\b")
_SHARED, _MUCH_SHARED = 0.3, 0.4
"""The share of a claim's words that a sentence must hold before the two are compared out of order."""
_SPREAD = frozenset(["neither", "nor", "none", "nobody", "nothing"])
"""Denials that another sentence may well word with any other: "neither A nor B" for "A and B do not"."""


_CLAUSE = 100
"""How many items before a denial the word that makes it a supposition may stand."""
_PEOPLE = frozenset(
    map(term, listed("people person persons man men woman women child children passenger passengers one"))
)


def check_polarity(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim and its sentence differ by a denial or by an opposite."""
    opposites = [*_opposites(seen)] or [*_loose_opposites(seen)]
    if opposites and not _is_told_from_the_other_side(seen):
        yield from opposites
    done: set[int] = set()
    for found in () if is_remainder(seen) else seen.alignments:
        yield from _added(seen, found, done)
        yield from _dropped(seen, found, done)
    if not done and not is_remainder(seen):
        yield from _denied_nowhere(seen)
        yield from _of_the_others(seen)
        yield from _done_to_nobody(seen)
        yield from _not_once(seen)
    if not opposites:
        yield from _run_other_way(seen)


def _is_told_from_the_other_side(seen: Comparison) -> bool:
    """Whether an opposite is none, since the sides have changed too: "lost to" for "beat"."""
    converse = (is_told_conversely, is_compared_conversely)
    return any(each(seen.claim, passage) for passage in seen.said for each in converse)


def _loose_opposites(seen: Comparison) -> Iterator[Issue]:
    """An opposite in the nearest sentence that stands beside the same word, wherever in the order.

    Only for a word that no cited sentence holds; on development data right 9 times of 9 where a text was
    edited, as often as any text is wrong where it was paraphrased.
    """
    said = _nearest(seen, _SHARED)
    if said is None:
        return
    words = {item.term for item in said.items if item.kind == "word"}
    for at, item in enumerate(seen.claim.items):
        if item.kind != "word" or item.term in seen.terms or words.isdisjoint(sure_opposites(item.term)):
            continue
        if not _follows_non(seen.claim, item):
            other = next(
                (each for there, each in enumerate(said.items) if _is_turned(seen, said, at, there)), None
            )
            if other is not None:
                written = said.text[other.start : other.end]
                why = f'the article says "{written.lower()}"'
                yield issue("polarity", seen.claim, item.start, item.end, why, written)


def _is_turned(seen: Comparison, said: Passage, at: int, there: int) -> bool:
    one, other = seen.claim.items[at], said.items[there]
    return (
        other.kind == "word"
        and other.term in sure_opposites(one.term)
        and _ending(one.low) == _ending(other.low)
        and other.term not in seen.claim.terms
        and not _around(seen.claim, at).isdisjoint(_around(said, there))
        and _denied(seen.claim, at) == _denied(said, there)
    )


def _ending(low: str) -> str:
    """The ending that tells a word's class: opposites of two classes are mostly chance."""
    return next((end for end in ("ing", "ed", "ly", "est", "er", "s") if low.endswith(end)), "")


def _around(passage: Passage, at: int) -> set[str]:
    """The terms and name parts within four items."""
    near = [item for item in passage.items[max(0, at - 4) : at + 5] if item.kind != "small"]
    return {item.term for item in near if item.term} | {
        p for item in near if item.name for p in item.name.parts
    }


def _denied_nowhere(seen: Comparison) -> Iterator[Issue]:
    """A denial where no cited sentence denies anything, of a word that the nearest one has."""
    said = _nearest(seen, _MUCH_SHARED)
    if said is None or any(cue.kind in {"not", "soft_not"} for passage in seen.said for cue in passage.cues):
        return
    for cue in seen.claim.cues:
        target = seen.claim.items[cue.targets[0]] if cue.kind == "not" and cue.targets else None
        if target is not None and target.kind == "word" and target.term in said.terms:
            item = seen.claim.items[cue.at]
            if seen.claim.text[item.end : item.end + 1] == "-" or _supposing(seen.claim, cue) is not None:
                continue
            there = next(
                (i for i, each in enumerate(said.items) if each.term == target.term), len(said.items)
            )
            if _is_refuted(said, there) or _may_come(seen.claim, cue, said, there):
                continue
            if not _is_free_of(seen, item, target):
                yield issue("polarity", seen.claim, item.start, item.end, "the article does not deny this")
                return


def _supposing(claim: Passage, cue: Cue) -> int | None:
    """Where a claim only supposes what it denies: the "if" of "if you don't have a rack"."""
    here, furthest = cue.at, max(0, cue.at - _CLAUSE)
    while here > furthest and not claim.gap(here).strip(" '’"):
        here -= 1
        if claim.items[here].low in _SUPPOSING:
            return here
    return None


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
    words = seen.claim.words
    for one, other in islice(pairwise(words), 1):
        if (
            one.text.lower() != "non"
            or not other.text.endswith("s")
            or seen.claim.text[one.end : other.start] != "-"
        ):
            continue
        told = [p for p in seen.said if other.term in p.terms and _holds_amount(seen, p)]
        low = seen.evidence.article.text.lower()
        if told and not re.search(
            rf"\bnon-?{re.escape(other.text.lower())}|\bnot? {other.text.lower()[:-1]}", low
        ):
            why = f"the article says this of {other.text.lower()}"
            yield issue("polarity", seen.claim, one.start, other.end, why, other.text)
            return


def _holds_amount(seen: Comparison, passage: Passage) -> bool:
    return any(agree(mine, said) for mine in seen.claim.values for said in passage.values)


def _done_to_nobody(seen: Comparison) -> Iterator[Issue]:
    """ "Several people were hurt" where the article has "Nobody was hurt", and nowhere that anybody was.

    A claim that names what the sentence names speaks of the same, whoever was hurt elsewhere.
    """
    for passage in seen.said:
        for cue in passage.cues:
            verb = _of_nobody(passage, cue)
            at = None if verb is None else _affirmed(seen, verb)
            if verb is None or at is None or not _speaks_of(seen, passage, verb):
                continue
            rest = {item.term for item in seen.claim.items if item.kind == "word"} - _PEOPLE
            near = seen.terms.union(*(each.terms for each in seen.evidence.context(seen.cited)))
            if all(any(synonym(one, each) for each in near) for one in rest):
                item = seen.claim.items[at]
                written = passage.text[passage.items[cue.at].start : _end_of(passage, verb)]
                why = f'the article denies this: "{written}"'
                yield issue("polarity", seen.claim, item.start, item.end, why, written)
                return


def _not_once(seen: Comparison) -> Iterator[Issue]:
    """ "The police have arrested them" where the police "have made no arrest"."""
    if seen.claim.asks or seen.claim.cues or not any(item.low.endswith("ed") for item in seen.claim.items):
        return
    for passage in seen.said:
        for cue in passage.cues:
            target = passage.items[cue.targets[0]] if cue.targets else None
            if target is None or target.kind != "word" or passage.items[cue.at].low != "no":
                continue
            if passage.text.startswith(".", passage.items[cue.at].end):
                continue  # "No. 1"
            told = [each for each in seen.claim.items if each.kind == "word" and _is_deed_of(each, target)]
            shared = any(
                item.term in seen.claim.terms for item in passage.items[: cue.at] if item.kind == "word"
            )
            if told and shared and not any(_affirms(other, target.term) for other in seen.evidence.passages):
                written = _from_cue(passage, cue)
                why = f'the article denies this: "{written}"'
                yield issue("polarity", seen.claim, told[0].start, told[0].end, why, written)
                return


def _is_deed_of(item: Item, noun: Item) -> bool:
    """Whether a word is the verb of a noun: "arrested" of "arrest"."""
    return item.low.endswith("ed") and not noun.low.endswith("ed") and related(item.term, noun.term)


def _speaks_of(seen: Comparison, passage: Passage, verb: str) -> bool:
    if seen.claim.names:
        return all(any(same_name(mine, name) for name in passage.names) for mine in seen.claim.names)
    return not any(_affirms(other, verb) for other in seen.evidence.passages)


def _of_nobody(passage: Passage, cue: Cue) -> str | None:
    """The term of what is denied of everybody: of "hurt" in "nobody was hurt" and "no one was hurt"."""
    low = passage.items[cue.at].low
    if passage.text.startswith(".", passage.items[cue.at].end):
        return None  # "No. 1"
    words = [passage.items[at] for at in cue.targets if passage.items[at].kind == "word"]
    people = [item for item in passage.items[cue.at + 1 : cue.at + 2] if _is_people(item)]
    if low != "nobody" and (low != "no" or not people):
        return None
    return next((item.term for item in words if item.term not in _PEOPLE), None)


def _is_people(item: Item) -> bool:
    return item.term in _PEOPLE or (item.value is not None and item.value.low == 1)


def _end_of(passage: Passage, of: str) -> int:
    return next(item.end for item in passage.items if item.term == of)


def _affirmed(seen: Comparison, of: str) -> int | None:
    """The claim's item of this meaning where the claim denies nothing, and speaks of people."""
    denies = any(cue.kind in {"not", "soft_not"} or cue.of == "few" for cue in seen.claim.cues)
    definite = any(item.low == "the" for item in seen.claim.items[:1])
    if denies or seen.claim.asks or not (definite or any(map(_is_people, seen.claim.items))):
        return None
    alike = (at for at, item in enumerate(seen.claim.items) if item.kind == "word" and synonym(of, item.term))
    return next(alike, None)


def _affirms(passage: Passage, of: str) -> bool:
    """Whether a sentence has a word of this meaning without a denial."""
    return any(
        item.kind == "word" and synonym(of, item.term) and not _denied(passage, at)
        for at, item in enumerate(passage.items)
    )


def _run_other_way(seen: Comparison) -> Iterator[Issue]:
    """ "Sales have risen since 2019" where the article has them "down from 36,500 in 2019"."""
    if any(one.low == "from" and two.value is not None for one, two in pairwise(seen.claim.items)):
        return  # a change with its start is compared amount by amount in `subject`
    for passage in seen.said:
        for there in _turns(passage):
            after = [item.value for item in passage.items[there + 2 : there + 6] if item.value is not None]
            way, items = passage.items[there], seen.claim.items
            turned = [item for item in items if item.kind == "word" and opposite(item.low, way.low)]
            shared = any(agree(mine, said) for mine in seen.claim.values for said in after)
            shared = shared or (not seen.claim.values and _is_all_of(seen, turned, passage))
            if not shared or not seen.claim.terms & passage.terms:
                continue
            if len(turned) == 1 and turned[0].term not in passage.terms and not seen.claim.cues:
                start, end = turned[0].start, turned[0].end
                written = passage.text[way.start : passage.items[there + 2].end]
                yield issue("polarity", seen.claim, start, end, f'the article says "{written}"', written)
                return


def _is_all_of(seen: Comparison, turned: Sequence[Item], passage: Passage) -> bool:
    """Whether a sentence has all of the claim's words but those that are turned, two at least."""
    rest = seen.claim.terms - {item.term for item in turned}
    return len(rest) > 1 and all(is_held(one, passage.terms) for one in rest)


def _turns(passage: Passage) -> Iterator[int]:
    """Where an amount is "up from" or "down from" another."""
    if "from" not in passage.lows:
        return
    for at, (one, two, three) in enumerate(
        zip(passage.items, passage.items[1:], passage.items[2:], strict=False)
    ):
        if one.low in {"up", "down"} and two.low == "from" and three.value is not None:
            yield at


def _nearest(seen: Comparison, share: float) -> Passage | None:
    """The sentence that shares most words with the claim, if it shares enough; None for a record."""
    if seen.evidence.leaves or not seen.said or not seen.claim.terms:
        return None
    best = max(seen.said, key=lambda passage: len(passage.terms & seen.claim.terms))
    return best if len(best.terms & seen.claim.terms) >= share * len(seen.claim.terms) else None


def _opposites(seen: Comparison) -> Iterator[Issue]:
    for at, item, found, other in seen.replaced():
        words = {item.kind, other.kind} <= {"word", "small"} and not _is_bound(seen.claim, at)
        if (
            words
            and not _follows_non(seen.claim, item)
            and not found.said.asks
            and not (item.term in found.said.terms and "at first" in found.said.text)
            and opposite(item.low, other.low)
            and not _turned(found, at)
        ):
            written = found.said.text[other.start : other.end]
            why = f'the article says "{written.lower()}"'
            yield issue("polarity", seen.claim, item.start, item.end, why, written)


def _follows_non(claim: Passage, item: Item) -> bool:
    """Whether "non-" denies a word already: "non-resident" for "nonresident"."""
    return claim.text[max(0, item.start - 4) : item.start].lower() == "non-"


def _is_bound(claim: Passage, at: int) -> bool:
    """Whether a word belongs to a number, as in "at most 300": that is for `degree`."""
    following = claim.items[at + 1] if at + 1 < len(claim.items) else None
    return claim.items[at].low in {"most", "least"} and following is not None and following.value is not None


def _turned(found: Alignment, at: int) -> bool:
    """Whether one of the two opposites is denied, so that they say the same."""
    there = found.pair[at]
    if there is None or _is_emptied(found.claim, at) or _is_emptied(found.said, there):
        return True
    return _denied(found.claim, at) != _denied(found.said, there)


def _is_emptied(passage: Passage, at: int) -> bool:
    """Whether a "with" is taken back: "with no scrubbing"."""
    return (
        passage.items[at].low == "with"
        and passage.items[at + 1 : at + 2] != ()
        and is_not(passage.items[at + 1].low)
    )


def _added(seen: Comparison, found: Alignment, done: set[int]) -> Iterator[Issue]:
    """What the claim denies and the sentence does not."""
    for cue in found.claim.cues:
        if cue.kind != "not" or cue.at in done or found.same(cue.at):
            continue
        supposed = _supposing(found.claim, cue)
        if supposed is not None and not found.same(supposed):
            continue
        if _has(found.said, found.claim, cue):
            continue
        if cue.targets and _is_free_of(seen, found.claim.items[cue.at], found.claim.items[cue.targets[0]]):
            continue
        at = next((at for at in cue.targets[:1] if _fits(seen, found, at)), None)
        there = None if at is None else found.pair[at]
        if at is None or there is None or _denied(found.claim, at) == _denied(found.said, there):
            continue
        if (found.closeness < _WHOLE or "but not" in found.said.text) and _is_refuted(found.said, there):
            continue
        free = found.closeness < _WHOLE or any(item.low == "yet" for item in found.claim.items)
        if free and _may_come(found.claim, cue, found.said, there):
            continue
        done |= {cue.at, at}
        item = seen.claim.items[cue.at]
        yield issue("polarity", seen.claim, item.start, item.end, "the article does not deny this")


def _is_refuted(passage: Passage, at: int) -> bool:
    """Whether a sentence denies it in other words: "denied that", "of thunder, but not of hail"."""
    return any(item.low in _DENYING for item in passage.items[:at]) or ", but not" in passage.text


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
        if _denied(found.claim, at) != _denied(found.said, cue.targets[0]):
            done.add(at)
            item, written = seen.claim.items[at], _from_cue(found.said, cue)
            why = f'the article denies this: "{written}"'
            yield issue("polarity", seen.claim, item.start, item.end, why, written)


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
    return passage.text[passage.items[cue.at].start : passage.items[cue.targets[0]].end]


def _denied(passage: Passage, at: int) -> bool:
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
