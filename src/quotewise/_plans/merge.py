"""Uniting drafts that say the same: one keeps its words, all give their evidence. Pure text comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from .._language.particulars import telling
from .._text.words import terms
from .checked import Draft

ALIKE = 0.8
"""Share of terms two drafts must have in common (Jaccard). High, because a wrong union loses a fact, while
a missed one only repeats it; drafts that differ in a number, a name or a negation are never united."""


class _Sign(NamedTuple):
    """What a draft is compared by: its terms, the first of them, and what tells it from others."""

    terms: frozenset[str]
    first: str
    telling: frozenset[object]


_Holders: TypeAlias = defaultdict[tuple[str, frozenset[object]], list[int]]
"""Which drafts hold a term, of those that are told from others by the same."""


def united(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts without near-duplicates, in order; the first of each keeps its words.

    >>> same = [Draft("Rain fell in Oslo on Monday.", (1,)), Draft("On Monday rain fell in Oslo.", (7,))]
    >>> united([*same, Draft("Rain fell in Oslo on Tuesday.", (9,))])  # doctest: +NORMALIZE_WHITESPACE
    [Draft(text='Rain fell in Oslo on Monday.', evidence=(1, 7), rank=0, kind='statement'),
     Draft(text='Rain fell in Oslo on Tuesday.', evidence=(9,), rank=0, kind='statement')]
    """
    kept: list[Draft] = []
    signs: list[_Sign] = []
    holders: _Holders = defaultdict(list)
    for draft in drafts:
        sign = _sign(draft.text)
        twin = _twin(sign, signs, holders)
        if twin is None:
            for term in sign.terms:
                holders[term, sign.telling].append(len(kept))
            kept.append(draft)
            signs.append(sign)
        else:
            evidence = dict.fromkeys((*kept[twin].evidence, *draft.evidence))
            kept[twin] = replace(kept[twin], evidence=tuple(evidence))
    return kept


def _sign(text: str) -> _Sign:
    found = terms(text)
    return _Sign(frozenset(found), next(iter(found), ""), telling(text))


def _twin(sign: _Sign, signs: Sequence[_Sign], holders: _Holders) -> int | None:
    """The kept draft that says the same, looked up by the draft's rarest terms so that long lists stay fast.

    Two drafts alike enough share all but a fifth of their terms, so they share one of the rarest fifth.
    """
    rarest = sorted(sign.terms, key=lambda term: len(holders.get((term, sign.telling), ())))
    some = rarest[: int(len(rarest) * (1 - ALIKE)) + 2]
    for index in dict.fromkeys(i for term in some for i in holders.get((term, sign.telling), ())):
        if _alike(sign, signs[index]):
            return index
    return None


def _alike(one: _Sign, other: _Sign) -> bool:
    """Most terms are the same, and the first of each, which may be a name, is in the other."""
    if one.first not in other.terms or other.first not in one.terms:
        return False
    return len(one.terms & other.terms) >= ALIKE * len(one.terms | other.terms)
