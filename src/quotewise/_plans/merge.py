"""Uniting drafts that say the same: one keeps its words, all give their evidence. Pure text comparison."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .._text.words import terms
from .checked import Draft

ALIKE = 0.8
"""Share of terms two drafts must have in common (Jaccard). High, because a wrong union loses a fact, while
a missed one only repeats it; drafts that differ in a number or a negation are never united."""

_TELLING = re.compile(r"\d[\d.,]*|\bnot\b|n't\b|\bno\b|\bnever\b|\bwithout\b")


def united(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts without near-duplicates, in order; the first of each keeps its words.

    >>> same = [Draft("Rain fell in Oslo on Monday.", (1,)), Draft("On Monday rain fell in Oslo.", (7,))]
    >>> united([*same, Draft("Rain fell in Oslo on Tuesday.", (9,))])  # doctest: +NORMALIZE_WHITESPACE
    [Draft(text='Rain fell in Oslo on Monday.', evidence=(1, 7), rank=0, kind='statement'),
     Draft(text='Rain fell in Oslo on Tuesday.', evidence=(9,), rank=0, kind='statement')]
    """
    kept: list[Draft] = []
    signs: list[tuple[frozenset[str], tuple[str, ...]]] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for draft in drafts:
        sign = _sign(draft.text)
        twin = _twin(sign, signs, holders)
        if twin is None:
            for term in sign[0]:
                holders[term].append(len(kept))
            kept.append(draft)
            signs.append(sign)
        else:
            evidence = dict.fromkeys((*kept[twin].evidence, *draft.evidence))
            kept[twin] = replace(kept[twin], evidence=tuple(evidence))
    return kept


def _sign(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset(terms(text)), tuple(sorted(_TELLING.findall(text.casefold())))


def _twin(
    sign: tuple[frozenset[str], tuple[str, ...]],
    signs: list[tuple[frozenset[str], tuple[str, ...]]],
    holders: dict[str, list[int]],
) -> int | None:
    """The kept draft that says the same, looked up by the draft's rarest terms so that long lists stay fast.

    Two drafts alike enough share all but a fifth of their terms, so they share one of the rarest fifth.
    """
    rarest = sorted(sign[0], key=lambda term: len(holders.get(term, ())))
    some = rarest[: int(len(rarest) * (1 - ALIKE)) + 2]
    for index in dict.fromkeys(i for term in some for i in holders.get(term, ())):
        other = signs[index]
        if other[1] == sign[1] and _alike(sign[0], other[0]):
            return index
    return None


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= ALIKE * len(a | b) > 0
