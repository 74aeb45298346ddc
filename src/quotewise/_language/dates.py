"""Dates and times as they are written: which day, month, year, weekday, hour or relative word they name.

A date is a set of named parts, since articles seldom give all of them; whether two dates can be the same
is for `typed`. Relative words ("next week") stay relative: the day an article was written is not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .._text.words import Word
from .wordlists import listed

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_FULL_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS = {name: name for name in _FULL_WEEKDAYS} | {
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
}  # fmt: skip
_WEEKDAYS |= {f"{name}s": name for name in _FULL_WEEKDAYS}
_TODAY = listed("today tonight yesterday tomorrow")
_DIRECTION = {
    "next": "next", "coming": "next", "following": "next", "last": "last", "past": "last", "previous": "last",
    "prior": "last", "preceding": "last",
    "this": "this", "current": "this",
}  # fmt: skip
_OF_IT = re.compile(r"['’]s$")
"""What makes a time that of something: "next year's barley"."""
_PERIODS = listed("""
    week month year quarter weekend summer spring autumn fall winter night decade century season morning
    evening afternoon term
    """)
_SAME_PERIOD = {"fall": "autumn"}
_MONTH_WORDS_TOO = listed("may march mar sun sat mon wed fri dec jan")
_BEFORE_A_MONTH = listed("""
    in of last next since until by early late mid this on from to through during before after and
    between
    """)
_QUARTERS = {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0}
_QUARTERS |= {"1st": 1.0, "2nd": 2.0, "3rd": 3.0, "4th": 4.0}
_Q = listed("1 2 3 4")
_LETTERED = {"q": "quarter", "h": "half"}
_DURING = listed("in during for since until by of")
_YEAR = re.compile(r"(?:1[0-9]|20|21)\d\d")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_HALVES = {"am": 0, "a.m": 0, "pm": 720, "p.m": 720}

Parts = frozenset[tuple[str, float | str]]


class Moment(NamedTuple):
    """A date or time: the index of the first word after it, and the parts that it names."""

    stop: int
    parts: Parts


def moment(words: Sequence[Word], text: str, at: int) -> Moment | None:
    """The date or time that begins at word `at`, or None.

    >>> from quotewise._text.words import words
    >>> def read(text): return sorted(moment(words(text), text, 0).parts)
    >>> read("3rd of May, 2020") == read("May 3, 2020") == read("2020-05-03")
    True
    >>> read("5pm") == read("17:00"), read("the following week"[4:])
    (True, [('rel', 'next week')])
    """
    low = words[at].text.lower()
    if low[0].isdecimal():
        return next((found for read in _IN_DIGITS if (found := read(words, text, at))), None)
    if low in _WEEKDAYS and _is_date_word(words, at):
        return _weekday(words, text, at)
    if low in _MONTHS and _is_date_word(words, at):
        return _month_first(words, text, at)
    return _named_time(words, text, at) or _relative(words, text, at)


def year(word: str) -> int | None:
    """The year a bare four-digit word may be: 1000 to 2199.

    >>> year("2019"), year("100"), year("2,019")
    (2019, None, None)
    """
    return int(word) if _YEAR.fullmatch(word) else None


def _is_date_word(words: Sequence[Word], at: int) -> bool:
    """Whether "May" or "Sun" is a date here: it has a capital, and a date beside it if need be."""
    word = words[at].text
    if not word[0].isupper():
        return False
    if word.lower() not in _MONTH_WORDS_TOO:
        return True
    before = words[at - 1].text.lower() if at else ""
    after = words[at + 1].text if at + 1 < len(words) else ""
    beside = _DAY.fullmatch(after) or _YEAR.fullmatch(after) or _DAY.fullmatch(before)
    return bool(beside) or (before in _BEFORE_A_MONTH and word.lower() in _MONTHS)


def _month_first(words: Sequence[Word], text: str, at: int) -> Moment:
    parts: set[tuple[str, float | str]] = {("month", _MONTHS[words[at].text.lower()])}
    stop = at + 1
    if stop < len(words) and (day := _day(words[stop].text)) and not _is_clock(words, text, stop):
        parts.add(("day", day))
        stop += 1
    return _with_year(words, text, stop, parts)


def _day_first(words: Sequence[Word], text: str, at: int) -> Moment | None:
    """ "3 May", "3rd of May 2020"."""
    day = _day(words[at].text)
    month = at + 1 + (at + 1 < len(words) and words[at + 1].text.lower() == "of")
    if day is None or month >= len(words) or not words[month].text[0].isupper():
        return None
    number = _MONTHS.get(words[month].text.lower())
    if number is None or not text[words[at].end : words[month].start].replace("of", "").isspace():
        return None
    return _with_year(words, text, month + 1, {("day", day), ("month", number)})


def _with_year(words: Sequence[Word], text: str, stop: int, parts: set[tuple[str, float | str]]) -> Moment:
    if stop < len(words) and (found := year(words[stop].text)):
        gap = text[words[stop - 1].end : words[stop].start]
        if gap.strip(" ,.") == "" and len(gap) <= 3:
            return Moment(stop + 1, frozenset({*parts, ("year", found)}))
    return Moment(stop, frozenset(parts))


def _of_year(words: Sequence[Word], text: str, stop: int, parts: set[tuple[str, float | str]]) -> Moment:
    """A part of a year with its year, "of" between them or not: "the second quarter of 2023"."""
    if stop + 1 < len(words) and words[stop].text.lower() == "of" and (found := year(words[stop + 1].text)):
        return Moment(stop + 2, frozenset({*parts, ("year", found)}))
    return _with_year(words, text, stop, parts)


def _weekday(words: Sequence[Word], text: str, at: int) -> Moment:
    parts: set[tuple[str, float | str]] = {("weekday", _WEEKDAYS[words[at].text.lower()])}
    stop = at + 1
    if stop < len(words) and text[words[at].end : words[stop].start].strip(" ,.") in {"", "the"}:
        low = words[stop].text.lower()
        if low in _MONTHS and words[stop].text[0].isupper():
            inner = _month_first(words, text, stop)
            return Moment(inner.stop, inner.parts | parts)
        if low[0].isdecimal() and (found := _day_first(words, text, stop)):
            return Moment(found.stop, found.parts | parts)
    return Moment(stop, frozenset(parts))


def _iso(words: Sequence[Word], text: str, at: int) -> Moment | None:
    """2020-05-03, and 05/03/2020 read with the month first unless it cannot be one."""
    if at + 2 >= len(words):
        return None
    gaps = {text[words[at].end : words[at + 1].start], text[words[at + 1].end : words[at + 2].start]}
    three = [word.text for word in words[at : at + 3]]
    if gaps == {"-"} and year(three[0]) and all(part.isdecimal() for part in three):
        return _dated(at + 3, int(three[0]), int(three[1]), int(three[2]))
    if gaps <= {"/", "."} and len(gaps) == 1 and year(three[2]) and all(part.isdecimal() for part in three):
        month, day = int(three[0]), int(three[1])
        month, day = (day, month) if month > 12 else (month, day)
        return _dated(at + 3, int(three[2]), month, day)
    return None


def _dated(stop: int, year: int, month: int, day: int) -> Moment | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Moment(stop, frozenset({("year", year), ("month", month), ("day", day)}))


def _day(word: str) -> int | None:
    match = _DAY.fullmatch(word)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _is_clock(words: Sequence[Word], text: str, at: int) -> bool:
    return _clock(words, text, at) is not None


def _clock(words: Sequence[Word], text: str, at: int) -> Moment | None:
    """Minutes since midnight, within 12 hours where no half of the day is said: "5pm", "17:00"."""
    if not words[at].text.isdecimal() or (hour := int(words[at].text)) > 24:
        return None
    stop, minute = at + 1, 0
    colon = stop < len(words) and text[words[at].end : words[stop].start] == ":"
    if colon and words[stop].text.isdecimal() and len(words[stop].text) <= 2 and int(words[stop].text) < 60:
        stop, minute = stop + 1, int(words[stop].text)
    following = words[stop].text.lower() if stop < len(words) else ""
    close = stop < len(words) and text[words[stop - 1].end : words[stop].start].strip(" \u00a0\u202f") == ""
    if close and following in _HALVES and 1 <= hour <= 12:
        return Moment(stop + 1, frozenset({("minute", hour % 12 * 60 + minute + _HALVES[following])}))
    if close and following in {"o'clock", "o’clock"}:
        return Moment(stop + 1, frozenset({("minute12", hour % 12 * 60)}))
    if stop > at + 1 and (len(words[at + 1].text) == 2 or hour > 12):
        return _four_digits(stop, hour, minute, words[at].text)
    return None


def _four_digits(stop: int, hour: int, minute: int, written: str) -> Moment:
    """An hour with minutes and no half of the day: sure where the hour is past 12 or written with a zero."""
    sure = hour > 12 or hour == 0 or written.startswith("0")
    part = (
        ("minute", float(hour % 24 * 60 + minute)) if sure else ("minute12", float(hour % 12 * 60 + minute))
    )
    return Moment(stop, frozenset({part}))


def _named_time(words: Sequence[Word], text: str, at: int) -> Moment | None:
    low = words[at].text.lower()
    if part := _part_of_year(words, text, at):
        return part
    if low in {"noon", "midday", "midnight"}:
        return Moment(at + 1, frozenset({("minute", 0.0 if low == "midnight" else 720.0)}))
    following = words[at + 1] if at + 1 < len(words) else None
    if low in _LETTERED and following and following.text in _Q and words[at].end == following.start:
        return _lettered(words, text, at, _LETTERED[low], following.text)
    return None


def _part_of_year(words: Sequence[Word], text: str, at: int) -> Moment | None:
    """ "The second quarter", "the 1st half of 2024"."""
    low = words[at].text.lower()
    if low in _QUARTERS and at + 1 < len(words) and words[at + 1].text.lower() in {"quarter", "half"}:
        return _of_year(words, text, at + 2, {(words[at + 1].text.lower(), _QUARTERS[low])})
    return None


def _lettered(words: Sequence[Word], text: str, at: int, part: str, number: str) -> Moment | None:
    """ "Q2", "H1 2024"; a half without a year only after "in" and the like, for H2 is hydrogen too."""
    if part == "quarter":
        return _of_year(words, text, at + 2, {(part, float(number))})
    found = _of_year(words, text, at + 2, {(part, float(number))})
    before = words[at - 1].text.lower() if at else ""
    alone = not text[words[at + 1].end : words[at + 1].end + 1].isalnum()
    told = words[at].text == "H" and alone and number in {"1", "2"}
    return found if told and (len(found.parts) > 1 or before in _DURING) else None


def _number_first(words: Sequence[Word], text: str, at: int) -> Moment | None:
    """ "2Q 2024", "1H24"."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or following.start != words[at].end or words[at].text not in _Q:
        return None
    part = _LETTERED.get(following.text.lower()) if following.text.isupper() else None
    if part is None:
        return None
    found = _of_year(words, text, at + 2, {(part, float(words[at].text))})
    return found if len(found.parts) > 1 else None


def _relative(words: Sequence[Word], text: str, at: int) -> Moment | None:
    low = words[at].text.lower()
    if low in _TODAY:
        return Moment(at + 1, frozenset({("rel", low)}))
    if low in _DIRECTION and at + 1 < len(words):
        return _directed(words, text, at, _DIRECTION[low])
    return None


def _directed(words: Sequence[Word], text: str, at: int, direction: str) -> Moment | None:
    following = _OF_IT.sub("", words[at + 1].text.lower())
    if following in _DIRECTION and at + 2 < len(words) and direction == "this":  # "this coming week"
        return _directed(words, text, at + 1, _DIRECTION[following])
    if following in _PERIODS and (direction, following) != ("this", "term"):  # "this term" is mostly a word
        return Moment(at + 2, frozenset({("rel", f"{direction} {_SAME_PERIOD.get(following, following)}")}))
    if following in _WEEKDAYS and words[at + 1].text[0].isupper():
        return Moment(at + 2, frozenset({("weekday", _WEEKDAYS[following]), ("rel", direction)}))
    if following in _MONTHS and words[at + 1].text[0].isupper():
        return Moment(at + 2, frozenset({("month", _MONTHS[following]), ("rel", direction)}))
    return None


def begins(word: str) -> bool:
    """Whether a word in lower case can begin a date or time: a quick test before `moment`."""
    return word in _TODAY or word in _DIRECTION or word in _QUARTERS or word in {"noon", "midday", "midnight"}


_IN_DIGITS = (_part_of_year, _number_first, _iso, _clock, _day_first)
"""What a figure may begin, the longest first."""
