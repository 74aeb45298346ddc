"""Who, when and how much: the names, dates and amounts of a statement, in its own words.

Reads one statement by itself; whether the article bears it out is for `check`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .._text.words import words
from .names import names
from .typed import values

_MOMENTS = frozenset(["date", "time", "decade"])


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


def _slices(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))
