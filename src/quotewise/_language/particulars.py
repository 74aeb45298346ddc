"""Who, when and how much: the names, dates and amounts of a statement, in its own words.

Reads one statement by itself; whether the article bears it out is for `check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from .._text.words import Word, is_stopword, words
from .names import names
from .typed import Value
from .values import values

Span: TypeAlias = tuple[int, int]

_MOMENTS = frozenset(["date", "time", "decade"])
_NO_AMOUNTS = _MOMENTS | {"ordinal"}
_REACH = 12
"""Characters; the longest word before a number that it only names, and a blank."""
_DENIES = re.compile(r"\bnot\b|n't\b|n’t\b|\bno\b|\bnever\b|\bwithout\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_FEAST = re.compile(
    r"\b(?:Good Friday|Easter(?: (?:Sunday|Monday))?|Christmas(?: (?:Day|Eve))?|New Year['’]s (?:Day|Eve)"
    r"|Boxing Day|(?:Ash|Black|Maundy|Palm|Shrove|Whit) (?:Sun|Mon|Tues|Wednes|Thurs|Fri)day|Thanksgiving)\b"
    r"(?!\s[A-Z])"
)
"""Days with a name of their own: "Good" of "Good Friday" is nobody."""
_NUMBERED = re.compile(
    r"\b(?:item|page|plot|room|section|chapter|article|clause|figure|table|gate|platform|bus|route|grade|question|step"
    r"|paragraph|version|appendix|no\.|number)s?\s\Z",
    re.IGNORECASE,
)
"""What a number after it names, and does not count: "item 5"."""
_OF_A_YEAR = re.compile(r"\b\d{4}[/–-]\Z")
_CLOCK = re.compile(r"\s?[ap]\.?m\b", re.IGNORECASE)
_SHOUTED = re.compile(r"[A-Z]{4,}:")


class Particulars(NamedTuple):
    """Parts of a statement, each a slice of its words, in the order in which they stand."""

    who: tuple[str, ...]
    when: tuple[str, ...]
    how_much: tuple[str, ...]


def particulars(text: str) -> Particulars:
    """The names, the dates and times, and the amounts that a statement gives; empty where it gives none.

    >>> particulars("On 3 May Mayor Ann Lee asked for 2.5 million euros.")
    Particulars(who=('Mayor Ann Lee',), when=('3 May',), how_much=('2.5 million euros',))
    >>> particulars("Item 5, the first, was closed at 9.12 pm on Good Friday.")
    Particulars(who=(), when=('9.12 pm', 'Good Friday'), how_much=())
    """
    said = words(text)
    found = values(text, said)
    whens = _moments(text, found)
    amounts = [(v.start, v.end) for v in found if v.kind not in _NO_AMOUNTS and not v.soft]
    return Particulars(
        who=_slices(text, _apart(_people(text, said), whens)),
        when=_slices(text, whens),
        how_much=_slices(text, (span for span in _apart(amounts, whens) if _counts(text, *span))),
    )


def _moments(text: str, found: Iterable[Value]) -> list[Span]:
    """The days, dates and times, in order; the clock also with a dot: "9.12 pm"."""
    feasts = [found.span() for found in _FEAST.finditer(text)]
    told = [(v.start, v.end) for v in found if v.kind in _MOMENTS]
    clock = [
        (v.start, half.end())
        for v in found
        if v.kind == "number" and (half := _CLOCK.match(text, v.end)) is not None
    ]
    return sorted([*feasts, *clock, *_apart(told, feasts)])


def _people(text: str, said: Sequence[Word]) -> list[Span]:
    """The names, but for a label in capitals ("RESOLVED:")."""
    found = [(name.start, name.end) for name in names(text, said)]
    return [(start, end) for start, end in found if start or not _SHOUTED.fullmatch(text, start, end + 1)]


def _apart(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """The spans that share no character with one of the others."""
    return [
        (start, end) for start, end in spans if all(end <= first or last <= start for first, last in others)
    ]


def _counts(text: str, start: int, end: int) -> bool:
    """Whether an amount counts something: not the "27" of "2026/27", nor the "5" of "item 5"."""
    before = text[max(0, start - _REACH) : start]
    return not (_NUMBERED.search(before) or _OF_A_YEAR.search(before))


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
            *((v.signed, v.high, v.unit, v.parts, v.bound) for v in found if not v.soft),
            *(word.term for at, word in enumerate(said) if at not in counted and _is_marked(word.text)),
            *(denial.casefold() for denial in _DENIES.findall(text)),
        )
    )


def _is_marked(word: str) -> bool:
    """Whether a capital or a digit says that a word may be a name: "Oslo", "A0"."""
    return (word[0].isupper() and not is_stopword(word)) or _DIGIT.search(word) is not None


def _slices(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))
