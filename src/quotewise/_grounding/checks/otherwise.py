"""Is a denial told in other words on the other side, so that claim and sentence say the same after all?

"Unlikely to be filed" for "may not be filed", "a date has not been set" for "no date was set". What is denied
is compared in `polarity`; this module only excuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..._language.lexicon import SUPPOSING, sure_opposites
from ..._language.passage import CLAUSE, Cue, Item, Passage
from ..._language.wordlists import listed
from ..align import Alignment
from ..compare import RETOLD, Comparison
from .denials import denied, is_called_off, supposed_at, target_of
from .fulfilled import fell_through

WHOLE = 0.75
"""Closeness below which a claim is told freely enough for one denial to stand for another kind of it."""
_DENYING = listed("deny denies denied denying")
_PERFECT = listed("has have had hasn't haven't hadn't")
_COMING = listed("will to would")
_WITHOUT = ("-free", "-less")
_TO_COME = listed("be to and")
_NOT_ALL = re.compile(r"\bnot (?:all|every)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\buntil\b")
_UNLIKELY, _KEEPING = listed("unlikely impossible"), listed("keep keeps kept keeping")
_BESIDE_IT = 8
"""Items between a word and another denial that may be of it in other words."""
_ONE_EACH = 2
"""Words in which two passages differ that have one each of their own."""
_DEED = 5
"""Items from a denied noun to its verb: "no heater was ever installed"."""


def denies_too(found: Alignment, cue: Cue, there: int) -> bool:
    """Whether a sentence denies its word in another way than with "not", or has it as still to come."""
    free = found.closeness < WHOLE
    if (found.said.asks and free) or _is_unlikely(found.said, there):
        return True
    if found.claim.low(cue.at) == "no" and is_called_off(found.said, there):
        return True
    if any(fell_through(found.said, at) for at in range(there, min(there + _DEED, len(found.said.items)))):
        return True
    if (free or "but not" in found.said.text) and is_refuted(found.said, there):
        return True
    return (free or "yet" in found.claim.lows) and may_come(found.claim, cue, found.said, there)


def is_denied_otherwise(seen: Comparison, found: Alignment, cue: Cue, there: int) -> bool:
    """Whether what a claim denies is denied beside it in other words, or by another sentence."""
    if found.closeness >= RETOLD:
        return False
    if found.claim.low(cue.at) == "without":
        return True  # what goes without is mostly left unsaid
    if any(_is_beside(other, there) for other in _loose(found.said, found.claim, found.back)):
        return True
    return any(_is_denied_elsewhere(seen, seen.claim.items[i]) for i in cue.targets)


def is_told_freely(seen: Comparison, target: Item) -> bool:
    """Whether a claim in words of its own denies what some other sentence denies."""
    return seen.closest < RETOLD and _is_denied_elsewhere(seen, target)


def _is_denied_elsewhere(seen: Comparison, target: Item) -> bool:
    """Whether some sentence of the article denies the word that a claim denies."""
    if target.kind != "word":
        return False
    return any(
        item.term == target.term and denied(passage, at)
        for passage in seen.evidence.homes_of(target.term)
        if passage.denies and len(passage.terms & seen.claim.terms) > 1
        for at, item in enumerate(passage.items)
    )


def is_affirmed_otherwise(found: Alignment, cue: Cue, at: int) -> bool:
    """Whether a claim leaves out a sentence's denial of a word (its item `at`) and yet says the same."""
    if _is_no_denial_here(found, cue, at):
        return True
    said, claim = found.said, found.claim
    if said.low(cue.at) == "no" and is_called_off(claim, at):
        return True
    if found.closeness >= RETOLD:
        return False
    pair = {mine: there for mine, there in enumerate(found.pair) if there is not None}
    if said.asks or any(_is_beside(other, at) for other in _loose(claim, said, pair)):
        return True
    if "yet" in {said.low(cue.at), said.low(cue.at + 1)} and claim.low(at - 1) in _TO_COME:
        return True
    return said.low(cue.at) == "no" and _is_of_a_list(claim, said)


def _is_no_denial_here(found: Alignment, cue: Cue, at: int) -> bool:
    """Whether a claim in the sentence's very words may leave a denial out: it stands at the verb ("was not
    issued" for "no alert was issued"), or the sentence only supposes it, or has it so until a time, or not of
    this one alone."""
    said, claim = found.said, found.claim
    if said.low(cue.at) == "no" and any(denied(claim, found.back.get(i, -1)) for i in cue.targets[1:]):
        return True
    if "until" not in claim.lows and _is_until_a_time(said, cue):
        return True
    if "only" in {said.low(cue.at + 1), said.low(cue.at + 2)} - claim.lows:
        return True
    supposed = supposed_at(said, cue) is not None and SUPPOSING.isdisjoint(claim.lows)
    if supposed and (_is_past_perfect(said, cue.at) or found.closeness < RETOLD):
        return True
    return claim.text.startswith(_WITHOUT, claim.items[at].end) or _is_of_not_all(claim, at)


def _is_past_perfect(passage: Passage, at: int) -> bool:
    """Whether a denial is that of a case that was not so: "if he had not written", who therefore did."""
    return passage.low(at) == "hadn't" or (passage.low(at) == "not" and passage.low(at - 1) == "had")


def _is_until_a_time(said: Passage, cue: Cue) -> bool:
    """Whether a denial ends in its own clause: "did not become famous until 1979"."""
    start = said.items[cue.at].end
    ends = CLAUSE.search(said.text, start)
    return _UNTIL.search(said.text, start, ends.start() if ends else len(said.text)) is not None


def _is_of_not_all(claim: Passage, at: int) -> bool:
    """Whether a word is told of "not all" in its own clause."""
    here = claim.items[at].start
    return any(
        each.end() <= here and not CLAUSE.search(claim.text, each.end(), here)
        for each in _NOT_ALL.finditer(claim.text)
    )


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
    return 0 < abs(cue.at - at) <= _BESIDE_IT


def _is_unlikely(passage: Passage, at: int) -> bool:
    """Whether one word for the whole clause says that it is not: "unlikely to be", "keep it from turning"."""
    here = passage.items[at].start
    near = passage.items[max(0, at - _BESIDE_IT) : at]
    before = [item for item in near if not CLAUSE.search(passage.text, item.end, here)]
    kept = passage.low(at - 1) == "from" and any(item.low in _KEEPING for item in before)
    return kept or any(item.low in _UNLIKELY for item in before)


def is_refuted(passage: Passage, at: int) -> bool:
    """Whether a sentence denies it in other words: "denied that", "of thunder, but not of hail"."""
    denied = any(item.low in _DENYING for item in passage.items[:at]) or ", but not" in passage.text
    return denied or fell_through(passage, at)


def may_come(claim: Passage, cue: Cue, said: Passage, there: int) -> bool:
    """Whether a claim has as not done yet what a sentence has as to come: "has not voted" of "will vote"."""
    perfect = any(item.low in _PERFECT for item in claim.items[max(0, cue.at - 1) : cue.at + 2])
    return perfect and any(item.low in _COMING for item in said.items[max(0, there - 2) : there])


def is_told_by_the_opposite(seen: Comparison) -> bool:
    """Whether a claim denies one word where a sentence, all else alike, has its opposite: "is not open".

    The other way round only where a prefix makes the opposite: who is not happy is unhappy, what is not hot
    need not be cold.
    """
    return any(
        _denies_the_opposite(seen.claim, said) or _denies_the_opposite(said, seen.claim, by_prefix=True)
        for said in seen.said
        if all(map(said.gives, seen.claim.values)) and all(map(said.has_name, seen.claim.names))
    )


def _denies_the_opposite(one: Passage, other: Passage, *, by_prefix: bool = False) -> bool:
    """Whether one passage denies, and nothing else of it, a word whose opposite the other affirms."""
    target = target_of(one, one.cues[0]) if len(one.cues) == 1 and one.cues[0].kind == "not" else None
    added = one.terms ^ other.terms
    if target is None or other.cues or other.asks or one.asks or len(added) != _ONE_EACH:
        return False
    (opposite,) = (added - {target.term}) if target.term in added else ("",)
    apart = len(one.terms) == len(other.terms) and opposite in sure_opposites(target.term)
    long, short = max(opposite, target.term, key=len), min(opposite, target.term, key=len)
    return apart and (not by_prefix or long.endswith(short))
