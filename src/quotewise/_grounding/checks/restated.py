"""Does the article tell just this of another value: "closed until Friday" where it has "closed until Monday"?

The claim takes its value from a place that tells little else of it, while a sentence, or a clause of the same
sentence, tells all the rest and has another value of the sort there. Short claims mostly, in which the
neighbours of a value are too few to say for sure what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..._language.passage import Item, ItemKind, Passage
from ..._language.typed import Value, agree
from ..._language.units import DURATIONS
from ..._language.wordlists import listed
from ..._values import Issue
from ..align import Alignment
from ..compare import Comparison
from .clauses import clause_of
from .rest import (
    gives,
    held_among,
    held_by,
    held_in_order,
    homes_of,
    is_other_name,
    is_said_before,
    is_sort_of,
    says_same,
    told_of_another,
    weight_of,
)

_CARRIES, _CARRIES_FRAMED, _CARRIES_AN_AMOUNT, _CARRIES_OF_A_NAME = 0.8, 0.5, 0.7, 0.9
"""The least share by weight of the rest of a claim that the sentence with the other value holds; where the
two words beside it are the claim's, for a time and for an amount; and for names: a thing may have two."""
_LESS = 0.5
"""At most how much of that the places of the claim's own value hold."""
_BESIDE_IT = 0.5
"""The least share of the rest that stands in the clause of the other value."""
_FEWEST = 2
_STANDS_FOR = listed("it they them this there")
"""Words that may stand for one of the sentence before."""


def check_restated(seen: Comparison) -> Iterator[Issue]:
    """An issue where the article tells what the claim tells, but of another number, time or name."""
    return told_of_another(seen, _rest, _told_instead)


def _rest(claim: Passage, at: int) -> Mapping[int, float]:
    """The other items of a claim's clause with how much each says, or of the claim where that is too little.

    Empty where the claim itself says too little to know by it what it tells of.
    """
    beside = clause_of(claim, at)
    for among in (beside, claim.items):
        found = {i: weight_of(item) for i, item in enumerate(claim.items) if i != at and item in among}
        if sum(claim.items[i].kind != "small" for i in found) >= _FEWEST:
            return found
    return found if len(found) >= _FEWEST and any(claim.items[i].kind != "small" for i in found) else {}


def _told_instead(seen: Comparison, at: int, rest: Mapping[int, float]) -> tuple[Passage, Item] | None:
    """The sentence that tells the rest of a claim of another value or name, and that."""
    for found in seen.alignments:
        held = held_in_order(found, rest, _stood_for(seen, found))
        for there in range(len(found.said.items)) if held >= _CARRIES_FRAMED else ():
            if not _is_rival(seen, at, found.said, there):
                continue
            listed_so = _is_framed(seen.claim, at, found.said, there, "value")
            framed = listed_so or _is_framed(seen.claim, at, found.said, there, "word")
            if held < _least(seen.claim.items[at], framed):
                continue
            if listed_so or _is_told_here(seen, at, rest, found, there, held, framed):
                return found.said, found.said.items[there]
    return None


def _stood_for(seen: Comparison, found: Alignment) -> frozenset[str]:
    """The words of the sentence before that a sentence may have "it" or "they" for."""
    if found.sentence == 0 or not any(item.low in _STANDS_FOR for item in found.said.items):
        return frozenset()
    return seen.evidence.passages[found.sentence - 1].terms


def _least(item: Item, framed: bool) -> float:
    """What that share must be. Of amounts of one sort a text has many, of times to one word mostly one."""
    if item.name is not None:
        return _CARRIES_OF_A_NAME
    if not framed or item.value is None or item.value.unit in DURATIONS:
        return _CARRIES
    return _CARRIES_FRAMED if item.value.parts else _CARRIES_AN_AMOUNT


def _is_told_here(
    seen: Comparison,
    at: int,
    rest: Mapping[int, float],
    found: Alignment,
    there: int,
    held: float,
    framed: bool,
) -> bool:
    """Whether the rest of the claim is told of this other one, and next to nothing of it of its own."""
    said, claim = found.said, seen.claim
    homes = [i for i, item in enumerate(said.items) if gives(claim.items[at], item)]
    beside = clause_of(said, there)
    near = held_among(claim, rest, beside)
    if near < _BESIDE_IT * sum(rest.values()) and not framed:
        return False
    most = _LESS * (near if homes else sum(rest.values()) * max(held, _CARRIES))
    if any(said.items[i] in beside or held_among(claim, rest, clause_of(said, i)) > most for i in homes):
        return False
    others = (each for each in homes_of(seen, claim.items[at]) if each != found.sentence)
    return all(held_by(seen, rest, each) <= most for each in others)


def _is_rival(seen: Comparison, at: int, said: Passage, there: int) -> bool:
    """Whether a sentence has something of the sort that stands beside the same words as the claim's."""
    claim, item, other = seen.claim, seen.claim.items[at], said.items[there]
    if item.name is not None:
        framed = _is_framed(claim, at, said, there) and not is_said_before(claim, at, item.name, said)
        return framed and is_other_name(seen, item.name, other)
    value = item.value
    if value is None or other.value is None or any(agree(each, other.value) for each in claim.values):
        return False
    if _is_number_for_year(value, other.value):
        return _is_framed(claim, at, said, there, "word")
    if not is_sort_of(value, other.value):
        return False
    if _is_alone(claim, at, said, there):
        return True
    if _alike(claim, at + 1, said, there + 1) and claim.items[at + 1].kind == "word":
        return True
    is_bare = value.kind == "number" and not value.unit
    before = _alike(claim, at - 1, said, there - 1)
    return before and (not is_bare or _alike(claim, at - 2, said, there - 2))


def _is_alone(claim: Passage, at: int, said: Passage, there: int) -> bool:
    """Whether two amounts with a unit are the only ones of their sort in each, and so need no neighbours."""
    value, other = claim.items[at].value, said.items[there].value
    if value is None or other is None or not value.unit or value.unit in DURATIONS:
        return False
    return all(sum(is_sort_of(value, each) for each in one.values) == 1 for one in (claim, said))


def _is_framed(claim: Passage, at: int, said: Passage, there: int, kind: ItemKind | None = None) -> bool:
    """Whether the two items before, or the two after, are the same on both sides, one of them of a kind."""
    return any(
        all(_alike(claim, at + i, said, there + i) for i in steps)
        and (kind is None or any(claim.items[at + i].kind == kind for i in steps))
        for steps in ((-1, -2), (1, 2))
    )


def _is_number_for_year(value: Value, other: Value) -> bool:
    """Whether one is a year and the other a bare number: "began in 340" for "began in 1961"."""
    year, number = (value, other) if value.parts else (other, value)
    is_bare = number.kind == "number" and not number.unit and not number.parts and not number.soft
    return is_bare and {name for name, _ in year.parts} == {"year"}


def _alike(claim: Passage, at: int, said: Passage, there: int) -> bool:
    if not (0 <= at < len(claim.items) and 0 <= there < len(said.items)):
        return False
    return says_same(claim.items[at], said.items[there])
