"""Does a claim tell as done, or as settled, what the article only has planned, looked into or made depend?

For claims in words of their own; hedges that stand in the sentence beside the same words are for `hedges`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._language.lexicon import AUXILIARIES, BEING, DETERMINERS, MODALS, held_share, is_not
from ..._language.passage import Item, Passage
from ..._language.wordlists import listed
from ..._values import Issue, Span
from ..compare import Comparison, instead

_NOT_DONE = 'the article does not say that this was done: it says "{}"'
_AIMS = listed("""
    promise promises promised plan plans planned hopes hoped intends intended aims wants wanted ask asks asked
    proposes proposed seeks sought expects expected pledged vowed due set offered urged likely subject is are
    """)
"""What makes "to" and the deed after it one that is not done yet."""
_PAST = listed("""
    met bought sold built began left sent gave paid won took opened chose voted ran wrote made spoke
    """)
_BEFORE_NOUN = DETERMINERS | {"of"}
_MOST, _SHORT_CLAIM = 0.75, 2
"""The share of a longer claim's words that a plan must hold, and how many words make a short one."""
_SHORT = 4
"""A word in "-ed" is longer than this where it is a verb's past."""
_MODAL_BEFORE = 8
"""How many items before a verb its hedge may stand."""
_LONGEST = 200
"""Items of a claim that are looked through for deeds: a longer one is a transcript without full stops."""
_UNCONDITIONAL = (
    "even if", "regardless of", "whether or not", "without conditions", "without any condition",
    "unconditionally", "in any case", "no matter",
)  # fmt: skip
_CONDITIONS = (
    "provided", "only if", "unless", "on condition", "as long as", "depends on",
)  # fmt: skip
_PROBING = (
    "looking at", "looking into", "investigat", "examin", "too early", "not yet known", "cannot tell",
    "do not show", "does not show", "unclear", "not clear", "did not say", "speculat",
)  # fmt: skip
_CAUSING = listed("cause caused causes causing because led triggered blame blamed result resulted owing")
"""Words that tie an effect to its cause."""
_FINDING = listed("found find finds shows show showed proved proves established confirmed concluded")
_HALF = 0.5
"""The share of a claim's words that a sentence must hold to speak of the same."""
_OPENING = listed("will would may might could can should must shall to already") | _AIMS - BEING - AUXILIARIES
"""Words before a verb in the past that leave it open whether it is done, or say that it was before."""
_NOW = listed("is are be being")


def check_fulfilment(seen: Comparison) -> Iterator[Issue]:
    """An issue where what the article leaves to come, or to a condition, is told as done or certain."""
    if any(item.low == "if" for item in seen.claim.items[:1]):
        return
    found = [*_of_a_plan(seen)] or [*_of_a_condition(seen)] or [*_of_an_inquiry(seen)]
    yield from found


def _of_a_plan(seen: Comparison) -> Iterator[Issue]:
    """ "The minister met islanders" where he promised to meet them."""
    for at, item in enumerate(seen.claim.items[:_LONGEST]):
        if not _is_done(seen.claim, at):
            continue
        rest = [each for each in seen.claim.items if each.kind in {"word", "name"} and each is not item]
        told = [
            (p, there)
            for p in seen.evidence.homes_of(item.term)
            if _tells(rest, p)
            for there, each in enumerate(p.items)
            if each.term == item.term and not _is_attribute(p, there)
        ]
        if not told or not all(_is_to_come(p, there) for p, there in told):
            continue
        passage, there = told[0]
        written = passage.written(passage.items[max(0, there - 2)], passage.items[there])
        yield instead(seen, "modality", item, written, _NOT_DONE)
        return


def _is_done(claim: Passage, at: int) -> bool:
    """Whether a word is a verb in the past, with no hedge, plan or denial before it."""
    item = claim.items[at]
    past = (item.low.endswith("ed") and item.low not in MODALS and len(item.low) > _SHORT) or (
        item.kind == "word" and item.low in _PAST
    )
    if not past or at == 0 or _is_attribute(claim, at) or claim.items[at - 1].low in _NOW:
        return False
    before = [each.low for each in claim.items[max(0, at - _MODAL_BEFORE) : at]]
    return _OPENING.isdisjoint(before) and not any(map(is_not, before))


def _is_attribute(claim: Passage, at: int) -> bool:
    """Whether a word in "-ed" stands before its noun: "the proposed law"."""
    return claim.low(at - 1) in _BEFORE_NOUN


def _tells(rest: Sequence[Item], passage: Passage) -> bool:
    """Whether a sentence tells of the same plan: most of a claim's words, of a short one half."""
    return _share(rest, passage) >= (_HALF if len(rest) <= _SHORT_CLAIM else _MOST)


def _share(rest: Sequence[Item], passage: Passage) -> float:
    return held_share([each.term for each in rest], passage.terms)


def _is_to_come(passage: Passage, at: int) -> bool:
    """Whether a deed is only aimed at: "promised to meet", "subject to approval"."""
    items, to = passage.items, at - 1
    while to > 0 and items[to].low.endswith("ly"):
        to -= 1
    if to > 0 and items[to].low == "will":
        return True
    return to > 0 and items[to].low == "to" and items[to - 1].low in _AIMS


def _of_a_condition(seen: Comparison) -> Iterator[Issue]:
    """ "It will be repaired even if the grant is refused" where it is repaired if the grant comes."""
    low = seen.claim.text.lower()
    told = next((each for each in _UNCONDITIONAL if each in low), None)
    if told is None:
        return
    rest = [item for item in seen.claim.items if item.kind == "word" and item.term != "condition"]
    for passage in seen.said:
        text = passage.text.lower()
        condition = next((each for each in _CONDITIONS if each in text), None)
        if condition is None or any(each in text for each in _UNCONDITIONAL):
            continue
        start, at = low.index(told), text.index(condition)
        if _share(rest, passage) < _HALF and not _meets(seen.claim, start, passage, at):
            continue
        where, written = Span(start, start + len(told)), passage.text[at:].rstrip(". ")
        yield instead(seen, "unsupported", where, written, 'the article makes it depend: "{}"')
        return


def _meets(claim: Passage, start: int, passage: Passage, at: int) -> bool:
    """Whether what the claim sets aside is what a sentence makes the condition: the grant, in both."""
    aside = [item.term for item in claim.items if item.start > start and item.kind == "word"]
    named = {item.term for item in passage.items if item.start > at and item.kind == "word"}
    return any(each in named for each in aside)


def _of_an_inquiry(seen: Comparison) -> Iterator[Issue]:
    """ "The board found that the update caused it" where the board is looking at the update."""
    found = next((item for item in seen.claim.items if item.low in _FINDING), None)
    causal = any(item.low in _CAUSING for item in seen.claim.items)
    if found is None or not causal or _probes(seen.claim) or seen.claim.says_not:
        return
    rest = [item for item in seen.claim.items if item.kind == "word" and item.low not in _FINDING | _CAUSING]
    cause = next(at for at, item in enumerate(seen.claim.items) if item.low in _CAUSING)
    effect = [item for item in seen.claim.items[cause + 1 :] if item.kind == "word"]
    said = [p for p in seen.evidence.passages if _share(rest, p) >= _HALF or _share(effect, p) == 1.0]
    if any(item.low in _CAUSING for p in said if not _probes(p) for item in p.items):
        return
    probing = next(filter(_probes, said), None)
    if probing is not None:
        written = probing.text.strip()
        yield instead(seen, "unsupported", found, written, 'the article leaves this open: "{}"')


def _probes(passage: Passage) -> bool:
    """Whether a sentence leaves something open."""
    low = passage.text.lower()
    return any(each in low for each in _PROBING)
