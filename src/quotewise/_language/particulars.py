"""Who, when and how much: the names, dates and amounts of a statement, in its own words.

Reads one statement by itself; whether the article bears it out is for `check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .._text.words import is_stopword, words
from .names import names
from .typed import values

_MOMENTS = frozenset(["date", "time", "decade"])
_DENIES = re.compile(r"\bnot\b|n't\b|n’t\b|\bno\b|\bnever\b|\bwithout\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


class Particulars(NamedTuple):
    """Parts of a statement, each a slice of its words, in the order in which they stand."""

    who: tuple[str, ...]
    when: tuple[str, ...]
    how_much: tuple[str, ...]


def particulars(text: str) -> Particulars:
    """The names, the dates and times, and the amounts that a statement gives; empty where it gives none.

    >>> particulars("On 3 May Mayor Ann Lee asked for 2.5 million euros.")
    Particulars(who=('Mayor Ann Lee',), when=('3 May',), how_much=('2.5 million euros',))
    """
    said = words(text)
    found = values(text, said)
    return Particulars(
        who=_slices(text, ((name.start, name.end) for name in names(text, said))),
        when=_slices(text, ((v.start, v.end) for v in found if v.kind in _MOMENTS)),
        how_much=_slices(text, ((v.start, v.end) for v in found if v.kind not in _MOMENTS and not v.soft)),
    )


def telling(text: str) -> frozenset[object]:
    """What keeps a statement apart from others in nearly the same words: its values, names and denials.

    The first word, which has a capital whatever it is, is left to the caller.

    >>> telling("Plant A0 sold twelve cars in May.") == telling("In May plant A0 sold 12 cars.")
    True
    >>> telling("Plant A0 sold 12 cars in May.") == telling("Plant A1 sold 12 cars in May.")
    False
    """
    said = words(text)
    found = values(text, said)
    counted = {0}.union(*(range(value.first, value.stop) for value in found))
    return frozenset(
        (
            *((v.low, v.high, v.unit, v.parts, v.bound) for v in found if not v.soft),
            *(word.term for at, word in enumerate(said) if at not in counted and _is_marked(word.text)),
            *(denial.casefold() for denial in _DENIES.findall(text)),
        )
    )


def _is_marked(word: str) -> bool:
    """Whether a capital or a digit says that a word may be a name: "Oslo", "A0"."""
    return (word[0].isupper() and not is_stopword(word)) or _DIGIT.search(word) is not None


def _slices(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))
