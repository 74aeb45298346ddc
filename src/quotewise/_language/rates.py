"""Rates: what an amount is told by, as the month of "900 euros per month" and of "a monthly rent of 900".

Reads the words beside an amount; nothing here knows what a claim is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .typed import Value
from .units import worth_of
from .wordlists import classes

_OF_TIME = classes("""
    hour: hourly
    day: daily nightly night
    week: weekly
    fortnight: fortnightly
    month: monthly
    quarter: quarterly
    year: yearly annual annually annum
""")
_WORDS = "hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|yearly|annual(?:ly)?"
_BEHIND = re.compile(
    r"(?P<between>(?:[ (]+[a-z][\w'’-]*){0,3}?)[ (]*"
    rf"(?P<rate>(?:\b(?:per|an?|each|every) |/ ?)(?P<unit>[a-z]+)|\b(?P<ly>{_WORDS}))\b"
    r"(?! (?:ago|later|earlier|before|after|old|older|early|from|or two|and a half)\b|[-'’])"
)
_BEFORE = re.compile(rf"\b(?P<rate>{_WORDS})(?: [a-z][\w'’-]*){{1,5}} $", re.IGNORECASE)
_OFTEN = re.compile(
    rf"\b(?:once (?:per|an?|each|every) |each |every )(?P<unit>[a-z]+)\b|\b(?P<ly>{_WORDS})\b"
)
_PARTING = re.compile(r"\b(?:and|or|but|for|after|before|over|about|only|within|in|than|until|by|to)\b")
"""Words between an amount and a time or unit that part them: "900 euros for a month"."""
_UNITS = frozenset(["duration", "months", "length", "mass", "volume", "area", "gallons", "barrels"])
"""Dimensions by which something is told."""


class Rate(NamedTuple):
    """What an amount is told by: the same `by` for "a month" and "monthly"; where its words stand.

    `counted` are the words between the amount and its rate.
    """

    by: str
    start: int
    end: int
    counted: str


def rate_of(text: str, value: Value, others: Sequence[Value] = ()) -> Rate | None:
    """The rate that an amount of a text is told with; `others` are the values of the text.

    >>> from quotewise._language.values import values
    >>> told = ("900 euros per month", "a monthly rent of 900 euros", "900 euros a year ago", "900 euros")
    >>> [rate_of(each, values(each)[0]) for each in told[:2]]
    [Rate(by='month', start=10, end=19, counted=''), Rate(by='month', start=2, end=9, counted='')]
    >>> [rate_of(each, values(each)[0]) for each in told[2:]]
    [None, None]
    """
    if value.parts or value.kind not in {"number", "times"}:
        return None
    behind = _BEHIND.match(text, value.end)
    if behind is not None and not _PARTING.search(behind["between"]):
        by = _by(behind["unit"] or behind["ly"])
        if by:
            return Rate(by, *behind.span("rate"), behind["between"].strip())
    start = max((each.end for each in others if each.end <= value.start), default=0)
    before = _BEFORE.search(text, start, value.start)
    return None if before is None else Rate(_by(before["rate"]), *before.span("rate"), "")


def how_often(text: str) -> tuple[Rate, ...]:
    """How often things are told to be, with no number: "every month", "once a week", "daily".

    >>> [rate.by for rate in how_often("The daily paper comes to Leith once a week.")]
    ['day', 'week']
    """
    told = ((found, _by(found["unit"] or found["ly"])) for found in _OFTEN.finditer(text))
    return tuple(Rate(by, *found.span(), "") for found, by in told if by in _OF_TIME.values())


def _by(word: str) -> str:
    """What a word after "per" comes to: the same for "kilo" and "kg", "" for what is no unit."""
    low = word.lower()
    if low in _OF_TIME or low in _OF_TIME.values():
        return _OF_TIME.get(low, low)
    dimension, worth = worth_of(low)
    return f"{worth:g} {dimension}" if dimension in _UNITS else ""
