"""Times of day and time stamps as a sentence writes them, to the second, for values that must be exact.

How a time is found in words stands in `typed`; here are the seconds that it leaves out, a point for a colon
("5.45 pm"), and the stamps of files ("2026-03-01T17:45Z").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import NamedTuple

from .._language.values import values

_SECONDS = re.compile(r":([0-5]\d)(?:[.,](\d{1,6})\d*)?(?:\s?([ap])\.?m\b)?(?!\d)", re.IGNORECASE)
_POINTED = re.compile(r"(1[0-2]|[1-9])\.([0-5]\d)\s?([ap])\.?m\b", re.IGNORECASE)
_STAMP = re.compile(
    r"(?<!\d)\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?(?![\d:])"
)
_HALF = 12 * 60


class Clock(NamedTuple):
    """A time of day and where it stands; `sure` where the half of the day is told."""

    start: int
    end: int
    minute: int
    second: int = 0
    microsecond: int = 0
    sure: bool = True

    def gives(self, value: time) -> bool:
        """Whether that is the time; "5:30" may be of either half of the day."""
        minute = 60 * value.hour + value.minute
        alike = minute == self.minute if self.sure else minute % _HALF == self.minute % _HALF
        return alike and (value.second, value.microsecond) == (self.second, self.microsecond)


def clocks(text: str) -> Iterator[Clock]:
    """The times of day of a text, in order.

    >>> [(clock.minute, clock.second) for clock in clocks("From 5 p.m. to 17:00:30, or 5.45 pm")]
    [(1020, 0), (1020, 30), (1065, 0)]
    """
    for said in values(text):
        parts = dict(said.parts)
        if (pointed := _POINTED.match(text, said.start)) is not None:
            yield Clock(said.start, pointed.end(), _of_half(pointed[1], pointed[2], pointed[3]))
        elif said.kind == "time":
            minute = int(parts.get("minute", parts.get("minute12", 0)))
            yield _to_the_second(Clock(said.start, said.end, minute, sure="minute" in parts), text)


def _to_the_second(clock: Clock, text: str) -> Clock:
    found = _SECONDS.match(text, clock.end)
    if found is None:
        return clock
    if found[3]:
        hours, minutes = divmod(clock.minute, 60)
        clock = clock._replace(minute=_of_half(str(hours), str(minutes), found[3]), sure=True)
    second, part = int(found[1]), f"{found[2] or '':0<6}"
    return clock._replace(end=found.end(), second=second, microsecond=int(part))


def _of_half(hours: str, minutes: str, half: str) -> int:
    return int(hours) % 12 * 60 + int(minutes) + _HALF * (half.lower() == "p")


def stamps(text: str) -> Iterator[tuple[int, int, datetime]]:
    """The time stamps of a text, each with its place; what is no day of the calendar is none.

    >>> [stamp.isoformat() for _, _, stamp in stamps("At 2026-03-01T17:45Z, not 2026-02-30 10:00")]
    ['2026-03-01T17:45:00+00:00']
    """
    for found in _STAMP.finditer(text):
        try:
            yield found.start(), found.end(), datetime.fromisoformat(found[0])
        except ValueError:
            continue


def is_same(one: datetime, other: datetime) -> bool:
    """Whether two moments are the same; a zone counts where both have one."""
    if one.tzinfo is not None and other.tzinfo is not None:
        return one == other
    return one.replace(tzinfo=None) == other.replace(tzinfo=None)
