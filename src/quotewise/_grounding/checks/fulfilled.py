"""Does a claim tell as done, or as settled, what the article only has planned, looked into or made depend?

For claims in words of their own; hedges that stand in the sentence beside the same words are for `hedges`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..._language.lexicon import AUXILIARIES, BEING, DEPENDING, DETERMINERS, MODALS, held_share, is_not
from ..._language.passage import CLAUSE, Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue, Span
from ..compare import LONGEST, Comparison, instead
from ..evidence import Evidence

_NOT_DONE = 'the article does not say that this was done: it says "{}"'
_AIMS = listed("""
    promise promises promised plan plans planned hopes hoped intends intended aims wants wanted ask asks asked
    proposes proposed seeks sought expects expected pledged vowed due set offered urged likely subject is are
    """)
"""What makes "to" and the deed after it one that is not done yet."""
PAST = listed("""
    met bought sold built began left sent gave paid won took opened chose voted ran wrote made spoke
    """)
_BEFORE_NOUN = DETERMINERS | {"of"}
_MOST, _SHORT_CLAIM = 0.75, 2
"""The share of a longer claim's words that a plan must hold, and how many words make a short one."""
_SHORT = 4
"""A word in "-ed" is longer than this where it is a verb's past."""
_MODAL_BEFORE = 8
"""How many items before a verb its hedge may stand."""
_UNCONDITIONAL = (
    "even if", "regardless of", "whether or not", "without conditions", "without any condition",
    "unconditionally", "in any case", "no matter",
)  # fmt: skip
_CONDITIONS = (
    "provided", "only if", "unless", "on condition", "as long as", "depends on",
)  # fmt: skip
_OPEN_ENDED = listed("""
    if unless when once until provided may might could would depends depend depending condition conditional
    otherwise can should after without
    """)
"""Words by which a claim itself leaves something open."""
_PROBING = (
    "looking at", "looking into", "investigat", "examin", "too early", "not yet known", "cannot tell",
    "do not show", "does not show", "unclear", "not clear", "did not say", "speculat",
)  # fmt: skip
_CAUSING = listed("cause caused causes causing because led triggered blame blamed result resulted owing")
"""Words that tie an effect to its cause."""
_FINDING = listed("found find finds shows show showed proved proves established confirmed concluded")
_HALF = 0.5
"""The share of a claim's words that a sentence must hold to speak of the same."""
_OPENING = (
    listed("will would may might could can should must shall to already whether")
    | _AIMS - BEING - AUXILIARIES
)
"""Words before a verb in the past that leave it open whether it is done, or say that it was before."""
_WAITING = listed("if once unless until")
_BARE = listed("be have been")
"""What may stand between "to" and a verb in the past: "to be built"."""
_WERE, _BUT, _PLANNED = listed("was were"), listed("but until however"), 4
"""Words of a plan that fell through, and how many items before its deed they begin."""
_LOOKING = listed_terms("""
    examine investigate consider decide ask review assess study determine unclear unknown check test question
    wonder look probe debate discuss
    """)
_MERE = listed("any anything at ever necessary needed not only possible required so")
"""Words after "if" that make no condition of it: "if any", "if at all possible"."""
_NEAR = 3
"""How many items before "whether" the word stands that leaves it open."""
_NOW = listed("is are be being")


def check_fulfilment(seen: Comparison) -> Iterator[Issue]:
    """An issue where what the article leaves to come, or to a condition, is told as done or certain."""
    if any(item.low == "if" for item in seen.claim.items[:1]):
        return
    found = [*_of_a_plan(seen)] or [*_of_a_condition(seen)] or [*_of_an_inquiry(seen)]
    found = found or [*_without_its_condition(seen)]
    yield from found


def _of_a_plan(seen: Comparison) -> Iterator[Issue]:
    """ "The minister met islanders" where he promised to meet them."""
    for at, item in enumerate(seen.claim.items[:LONGEST]):
        if not _is_done(seen.claim, at):
            continue
        rest = [each for each in seen.claim.items if each.kind in {"word", "name"} and each is not item]
        planned = _planned(seen.evidence, item.term, rest)
        if planned is None:
            continue
        passage, there = planned
        written = passage.written(passage.items[max(0, there - 2)], passage.items[there])
        yield instead(seen, "modality", item, written, _NOT_DONE)
        return


def _planned(evidence: Evidence, deed: str, rest: Sequence[Item]) -> tuple[Passage, int] | None:
    """The first sentence that tells of a deed, and its place there, where all that do only aim at it."""
    told = [
        (passage, at, _is_to_come(passage, at))
        for passage in evidence.homes_of(deed)
        for at, each in enumerate(passage.items)
        if each.term == deed and not _is_attribute(passage, at)
    ]
    if not any(aimed_at for _, _, aimed_at in told):
        return None  # most deeds; whether a sentence tells of the same one takes far longer to see
    same = [(passage, at, aimed_at) for passage, at, aimed_at in told if _tells(rest, passage)]
    return same[0][:2] if same and all(aimed_at for _, _, aimed_at in same) else None


def _is_done(claim: Passage, at: int) -> bool:
    """Whether a word is a verb in the past, with no hedge, plan or denial before it."""
    item = claim.items[at]
    past = (item.low.endswith("ed") and item.low not in MODALS and len(item.low) > _SHORT) or (
        item.kind == "word" and item.low in PAST
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
    if to > 0 and (items[to].low == "will" or (items[to].low == "would" and _depends(passage))):
        return True
    to -= items[to].low in _BARE
    if to > 0 and items[to].low == "to" and items[to - 1].low in _AIMS:
        return True
    return fell_through(passage, at) or _is_asked(passage, at)


def _depends(passage: Passage) -> bool:
    """Whether a sentence makes what it tells wait for something: "would leave as soon as"."""
    return not _WAITING.isdisjoint(passage.lows) or "as soon as" in passage.text


def fell_through(passage: Passage, at: int) -> bool:
    """Whether a deed was to be done, but: "was to be painted in May, but the painters were ill"."""
    before = [item.low for item in passage.items[max(0, at - _PLANNED) : at]]
    planned = any(one in _WERE and other == "to" for one, other in pairwise(before))
    return planned and any(item.low in _BUT for item in passage.items[at:])


def _is_asked(passage: Passage, at: int) -> bool:
    """Whether a deed is what somebody looks into: "is examining whether the trust had breached it"."""
    asked = next((there for there in range(at - 1, 0, -1) if passage.items[there].low == "whether"), None)
    if asked is None or CLAUSE.search(passage.text, passage.items[asked].end, passage.items[at].start):
        return False
    return any(item.term in _LOOKING for item in passage.items[max(0, asked - _NEAR) : asked])


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


def _without_its_condition(seen: Comparison) -> Iterator[Issue]:
    """ "The cafe will close" where it will close if the rent is raised, and no sentence says that it will."""
    will = next((at for at, item in enumerate(seen.claim.items[:LONGEST]) if item.low == "will"), None)
    if will is None or not _OPEN_ENDED.isdisjoint(seen.claim.lows) or seen.claim.asks:
        return
    deed = next((item for item in seen.claim.items[will + 1 :] if item.kind == "word"), None)
    rest = [item for item in seen.claim.items if item.kind in {"word", "name"}]
    homes = seen.evidence.homes(deed.term) if deed else []
    told = [seen.evidence.passages[at] for at in homes if _tells_with_context(seen, rest, at)]
    conditions = [_condition(passage) for passage in told]
    for passage, condition in zip(told, conditions, strict=True):
        if condition is None or None in conditions or "will" not in passage.lows:
            return
        named = [item for item in condition if item.kind == "word"]
        if not named or held_share([each.term for each in named], seen.claim.terms) >= _HALF:
            return
        written = passage.written(condition[0], condition[-1])
        why = 'the article makes it depend: "{}"'
        yield instead(seen, "modality", seen.claim.items[will], written, why)
        return


def _tells_with_context(seen: Comparison, rest: Sequence[Item], at: int) -> bool:
    """Whether a sentence tells of the same: "work" is that on the wall of which it was spoken before."""
    passage = seen.evidence.passages[at]
    if _share(rest, passage) < _HALF:
        return False
    near = passage.terms.union(*(each.terms for each in seen.evidence.context([at])))
    return held_share([each.term for each in rest], near) >= _MOST


def _condition(passage: Passage) -> Sequence[Item] | None:
    """The items of the clause that a sentence makes its deed depend on."""
    at = next((i for i, item in enumerate(passage.items) if item.low in DEPENDING), None)
    if at is None or passage.low(at - 1) in {"even", "as"} or passage.low(at + 1) in _MERE:
        return None
    start = passage.items[at].start
    stop = CLAUSE.search(passage.text, start)
    end = stop.start() if stop else len(passage.text)
    return [item for item in passage.items[at:] if item.end <= end]


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
