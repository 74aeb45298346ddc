"""Does a claim deny what the article affirms, or say the opposite?

Denials and opposites, compared where the claim and the sentence are aligned. The words stand in `lexicon`;
hedges and quantifiers are for `degree`.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._results import Issue
from .align import Alignment
from .compare import ANCHOR, CLOSE, Comparison, issue
from .lexicon import is_not, opposite, surely_opposite, synonym
from .passage import Cue, Passage

_BESIDE = 0.4 * ANCHOR
"""How well the neighbours of a denied word must fit: "has been" on both sides of "decided" is enough."""
_WHOLE = 0.75
_SHARED, _MUCH_SHARED = 0.3, 0.4
"""The share of a claim's words that a sentence must hold before the two are compared out of order."""
_SPREAD = frozenset(["neither", "nor", "none", "nobody", "nothing"])
"""Denials that another sentence may well word with any other: "neither A nor B" for "A and B do not"."""


def check_polarity(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim and its sentence differ by a denial or by an opposite."""
    opposites = list(_opposites(seen))
    yield from opposites or _loose_opposites(seen)
    done: set[int] = set()
    for found in seen.alignments:
        yield from _added(seen, found, done)
        yield from _dropped(seen, found, done)
    if not done:
        yield from _denied_nowhere(seen)


def _loose_opposites(seen: Comparison) -> Iterator[Issue]:
    """An opposite in the nearest sentence that stands beside the same word, wherever in the order.

    Only for a word that no cited sentence holds; on development data right 9 times of 9 where a text was
    edited, as often as any text is wrong where it was paraphrased.
    """
    said = _nearest(seen, _SHARED)
    if said is None:
        return
    for at, item in enumerate(seen.claim.items):
        if item.kind == "word" and not any(item.term in passage.terms for passage in seen.said):
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
        and surely_opposite(one.term, other.term)
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
            if seen.claim.text[item.end : item.end + 1] != "-":
                yield issue("polarity", seen.claim, item.start, item.end, "the article does not deny this")
                return


def _nearest(seen: Comparison, share: float) -> Passage | None:
    """The sentence that shares most words with the claim, if it shares enough; None for a record."""
    if seen.evidence.leaves or not seen.said or not seen.claim.terms:
        return None
    best = max(seen.said, key=lambda passage: len(passage.terms & seen.claim.terms))
    return best if len(best.terms & seen.claim.terms) >= share * len(seen.claim.terms) else None


def _opposites(seen: Comparison) -> Iterator[Issue]:
    for at, item, found, other in seen.replaced():
        words = {item.kind, other.kind} <= {"word", "small"} and not _is_bound(seen.claim, at)
        if words and not found.said.asks and opposite(item.low, other.low) and not _turned(found, at):
            written = found.said.text[other.start : other.end]
            why = f'the article says "{written.lower()}"'
            yield issue("polarity", seen.claim, item.start, item.end, why, written)


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
        if cue.kind != "not" or cue.at in done or found.same(cue.at) or _has(found.said, found.claim, cue):
            continue
        at = next((at for at in cue.targets[:1] if _fits(seen, found, at)), None)
        there = None if at is None else found.pair[at]
        if at is None or there is None or _denied(found.claim, at) == _denied(found.said, there):
            continue
        done |= {cue.at, at}
        item = seen.claim.items[cue.at]
        yield issue("polarity", seen.claim, item.start, item.end, "the article does not deny this")


def _dropped(seen: Comparison, found: Alignment, done: set[int]) -> Iterator[Issue]:
    """What the sentence denies and the claim does not."""
    for cue in found.said.cues:
        if cue.kind != "not" or cue.at in found.back or _has(found.claim, found.said, cue):
            continue
        at = next((at for there in cue.targets[:1] if (at := found.back.get(there)) is not None), None)
        if at is None or not found.same(at):
            at = _out_of_order(seen, found, cue)
        elif not _fits(seen, found, at):
            continue
        if at is None or at in done:
            continue
        if _denied(found.claim, at) != _denied(found.said, cue.targets[0]):
            done.add(at)
            item, written = seen.claim.items[at], _from_cue(found.said, cue)
            why = f'the article denies this: "{written}"'
            yield issue("polarity", seen.claim, item.start, item.end, why, written)


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
    plain = sum(cue.kind == "not" and at in cue.targets for cue in passage.cues)
    soft = any(cue.kind == "soft_not" and cue.targets[:1] == (at,) for cue in passage.cues)
    return plain % 2 == 1 or (not plain and soft)
