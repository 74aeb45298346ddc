"""Does a claim give a deed of the article to another, or turn it round: the accuser and the accused?

Deeds are read in `deeds`. Only what the cited sentences tell with the same verb is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..._language.deeds import Deed, Party, alike, alike_for_sure
from ..._language.lexicon import synonym
from ..._language.passage import Passage
from ..._language.typed import Value, agree
from ..._values import Issue, IssueKind, Span
from ..compare import Comparison, instead

_STEM = 5
"""Letters by which a people and its place are told to be akin: "Californians", "California"."""
_REST = 0.6
"""The share of a claim's other words that a sentence must hold before two deeds are taken for one."""
_NEAR = 5
"""How many items after its verb the amount of a deed stands."""


class _Told(NamedTuple):
    """A deed and the passage that tells it."""

    passage: Passage
    deed: Deed


def check_deeds(seen: Comparison) -> Iterator[Issue]:
    """An issue for each deed whose sides are exchanged, or that the article has another do."""
    ours = seen.evidence.deeds(seen.claim)
    asserted = [p for p in seen.said if ours and not p.asks]
    theirs = [_Told(p, deed) for p in asserted for deed in seen.evidence.deeds(p)]
    for deed in ours:
        mine = _Told(seen.claim, deed)
        same = [t for t in theirs if synonym(deed.term, t.deed.term) and deed.denied == t.deed.denied]
        if (other := _of_another_thing(seen, mine, same)) is not None:
            yield from another_side(seen, deed.done_to, other.passage, other.deed.done_to)
        elif (other := _of_another_doer(seen, mine, same)) is not None:
            yield from another_side(seen, deed.doer, other.passage, other.deed.doer)


def _of_another_thing(seen: Comparison, mine: _Told, same: Sequence[_Told]) -> _Told | None:
    """Who tells that the deed is done to another than the claim says."""
    if not any(_is_straight(mine, told) for told in same):
        sent_back = next((told for told in same if _is_sent_back(mine, told)), None)
        if sent_back is not None:
            return sent_back
    return next((told for told in same if _is_done_to_another(seen, mine, told)), None)


def _of_another_doer(seen: Comparison, mine: _Told, same: Sequence[_Told]) -> _Told | None:
    """Who tells that another does it than the claim says; none where any sentence bears the claim out."""
    doer = mine.deed.doer
    if doer is None or not doer.known or any(_bears_out(mine, told) for told in same):
        return None
    turned = next((told for told in same if _is_turned(mine, told) or _is_half_turned(mine, told)), None)
    return turned or next((told for told in same if _is_of_another(seen, mine, told)), None)


def _is_sent_back(mine: _Told, told: _Told) -> bool:
    """Whether the object and the other have changed places: "joined Leith from the club"."""
    ours, theirs = mine.deed.done_to, told.deed.done_to
    if ours is None or theirs is None or not mine.deed.others or not told.deed.others:
        return False
    there = any(alike_for_sure(ours, each) for each in told.deed.others)
    return there and any(alike_for_sure(each, theirs) for each in mine.deed.others)


def _is_straight(mine: _Told, told: _Told) -> bool:
    ours, theirs = mine.deed.done_to, told.deed.done_to
    return ours is not None and theirs is not None and alike(ours, theirs)


def _is_done_to_another(seen: Comparison, mine: _Told, told: _Told) -> bool:
    """Whether the same is told of another thing: "the dam was built in 1642", of a bridge from 1642."""
    ours, theirs = mine.deed.done_to, told.deed.done_to
    if ours is None or theirs is None or mine.deed.doer is not None or told.deed.doer is not None:
        return False
    if not ours.known or not theirs.known or alike(ours, theirs):
        return False
    named = ours.head.kind == theirs.head.kind == "name" and seen.evidence.knows(ours.names[0])
    return named and ours.head.term not in theirs.terms and _share_an_amount(mine, told)


def another_side(
    seen: Comparison, mine: Party | None, passage: Passage, other: Party | None
) -> Iterator[Issue]:
    """That a side of the claim's deed is another in a sentence; nothing where either leaves it open."""
    if mine is None or other is None:
        return
    kind: IssueKind = "name" if mine.names else "unsupported"
    where, there = _place(seen.claim, mine), _place(passage, other)
    yield instead(seen, kind, where, passage.written(there), 'in the article it is "{}" that does this')


def _place(passage: Passage, party: Party) -> Span:
    return Span(passage.items[party.first].start, passage.items[party.stop - 1].end)


def _bears_out(mine: _Told, told: _Told) -> bool:
    """Whether a sentence has the same doer, or one that may be anybody, and none of the claim's others."""
    doer, theirs = mine.deed.doer, told.deed.doer
    if doer is None or theirs is None:
        return True
    if theirs.known:
        return alike(doer, theirs)
    return not any(alike_for_sure(doer, each) for each in _sides(told.deed))


def _sides(deed: Deed) -> list[Party]:
    """Whom a deed concerns, but for the doer."""
    done_to = () if deed.done_to is None else (deed.done_to,)
    return [party for party in (*done_to, *deed.others) if party.known]


def _is_turned(mine: _Told, told: _Told) -> bool:
    """Whether the claim's doer is whom the deed is done to, and the other way round."""
    doer, theirs = mine.deed.doer, told.deed.doer
    if doer is None or theirs is None or not theirs.known:
        return False
    suffers = any(alike_for_sure(doer, each) for each in _sides(told.deed))
    does = any(alike_for_sure(each, theirs) for each in _sides(mine.deed))
    return suffers and does


def _is_half_turned(mine: _Told, told: _Told) -> bool:
    """Whether the claim has it done to the doer, in what is otherwise the sentence."""
    done_to, doer, theirs = mine.deed.done_to, mine.deed.doer, told.deed.doer
    if done_to is None or doer is None or theirs is None or not theirs.known or told.deed.done_to is None:
        return False
    rest = {item.term for item in mine.passage.items if item.kind == "word"} - done_to.terms - doer.terms
    same = any(map(told.passage.gives, mine.passage.values))
    held = len(rest & told.passage.terms) >= _REST * len(rest) and (len(rest) > 1 or same)
    return held and alike_for_sure(done_to, theirs)


def _is_of_another(seen: Comparison, mine: _Told, told: _Told) -> bool:
    """Whether the article has just this done by somebody else, whom it tells from the claim's doer."""
    doer, theirs = mine.deed.doer, told.deed.doer
    if doer is None or theirs is None or not theirs.known or not _is_same_thing(seen, mine, told):
        return False
    ours, other = doer.head.name, theirs.head.name
    if ours is not None and other is not None:
        akin = ours.last[:_STEM] == other.last[:_STEM]
        return not akin and not told.passage.has_name(ours) and seen.evidence.knows(ours)
    if doer.names or theirs.names or not (doer.definite and theirs.definite):
        return False
    doers = (deed.doer for deed in seen.evidence.deeds(told.passage) if deed.doer is not None)
    return doer.head.term not in theirs.terms and any(each.head.term == doer.head.term for each in doers)


def _is_same_thing(seen: Comparison, mine: _Told, told: _Told) -> bool:
    """Whether two deeds have the same object, the same amount after the verb, or the same words all round."""
    ours, theirs = mine.deed.done_to, told.deed.done_to
    if ours is not None and theirs is not None:
        near = () if theirs.known else seen.evidence.context(seen.cited)
        return alike_for_sure(ours, theirs) or any(ours.head.term in each.terms for each in near)
    if ours is None and theirs is None and not mine.passage.values:
        words = {item.term for item in mine.passage.items if item.kind == "word"}
        return len(words) > 2 and words <= told.passage.terms | (
            mine.deed.doer.terms if mine.deed.doer else set()
        )
    return _share_an_amount(mine, told)


def _share_an_amount(mine: _Told, told: _Told) -> bool:
    said = list(_amounts(told))
    return any(agree(amount, each) for amount in _amounts(mine) for each in said)


def _amounts(told: _Told) -> Iterator[Value]:
    at = told.deed.verb
    return (item.value for item in told.passage.items[at + 1 : at + _NEAR] if item.value is not None)
