"""Reading the values of a text: its numbers, amounts, dates and times in order, each with what it comes to.

The numeral itself is read by `numerals`, a date by `dates`, a unit by `units` and a sign by `signs`; here is
how they go together. Whether two values can be the same is for `typed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from .._text.words import Word, is_stopword, term, words
from . import dates, numerals, signs, units
from .meanings import lexicon
from .typed import Value, ValueKind, bound, from_bound
from .wordlists import listed

_YEAR_BEFORE = listed("""
    in of since by until from to during after before year for and early late mid between through till
    around circa spring summer autumn fall winter the
    """)
_BEFORE_RANK = listed("the a an its his her their our my your this that for in of")
_BESIDE_ZERO = listed("sub below above")
_WHOSE = listed("his her their my your our")
_NOT_RANKED = listed("and or but is was are were has had that which who as")
_DASHES = frozenset(["-", "–", "—", "‑", " - ", " – ", " — ", "−"])
_TIMES = listed("times fold x occasions")
_LAST_CENTURY = 2000


def values(text: str, said: Sequence[Word] | None = None) -> tuple[Value, ...]:
    """The values of a text in order; `said` are its words, where they are known already.

    >>> [(value.low, value.unit) for value in values("US$2.5bn, or 2.5 per cent, for a hundred thousand men")]
    [(2500000000.0, 'usd'), (2.5, '%'), (100000.0, '')]
    >>> [value.kind for value in values("At 5pm next Monday, COVID-19 and the G20 met")]
    ['time', 'date']
    >>> [value.signed for value in values("From -5 to 5-10 degrees, minus $2 million")]
    [-5.0, 5.0, 10.0, -2000000.0]
    """
    return tuple(_joined(tuple(_each(text, words(text) if said is None else said)), text))


def _each(text: str, said: Sequence[Word]) -> Iterator[Value]:
    at = 0
    while at < len(said):
        found = _at(text, said, at) if _may_begin(said[at].text) else None
        if found is not None:
            yield found
            at = max(found.stop, at + 1)
        else:
            at += 1


@lru_cache(maxsize=8_192)
def _may_begin(word: str) -> bool:
    return word[0].isdecimal() or word[0].isupper() or numerals.begins(word) or dates.begins(word)


def _at(text: str, said: Sequence[Word], at: int) -> Value | None:
    if _is_lettered(text, said, at):
        return None
    if found := dates.moment(said, text, at):
        kind: ValueKind = "time" if any(name.startswith("minute") for name, _ in found.parts) else "date"
        return Value(said[at].start, said[found.stop - 1].end, at, found.stop, kind, parts=found.parts)
    read = numerals.numeral(said, text, at)
    return _number(text, said, at, read) if read else None


def _is_lettered(text: str, said: Sequence[Word], at: int) -> bool:
    """Whether the digits are part of a name: "F-16", "COVID-19", "covid-19", "G20", "3D"."""
    if not said[at].text[0].isdecimal():
        return False
    start, end = said[at].start, said[at].end
    if start and text[start - 1].isalpha() and units.sign_before(text, start)[0] == "":
        return said[at - 1].text.lower() != "q"
    if start > 1 and text[start - 1] in "-‑" and text[start - 2].isalpha():
        before = said[at - 1].text
        return not numerals.begins(before) and not (before.islower() and _is_english(before))
    return text[end : end + 1].isalpha() and _is_model(said, text, at)


def _is_english(word: str) -> bool:
    return is_stopword(word) or lexicon().known(term(word))


def _is_model(said: Sequence[Word], text: str, at: int) -> bool:
    """Letters glued to the digits that are no unit, scale or half of the day: "4G", "737s"."""
    glued = said[at + 1].text.lower() if at + 1 < len(said) else ""
    if glued in {"q", "h"} and dates.moment(said, text, at):  # "1H 2024"
        return False
    if units.unit_after(said, text, at + 1) or glued in {"k", "m", "b", "x", "am", "pm", "p.m", "a.m"}:
        return False
    return not numerals.is_scale(glued)


def _number(text: str, said: Sequence[Word], at: int, read: numerals.Numeral) -> Value:
    start, end, stop = said[at].start, said[read.stop - 1].end, read.stop
    currency, begins = _currency(text, start)
    low, high, scaled = read.low, read.high, read.scaled
    if (short := _short_scale(text, said, stop, currency)) is not None:
        low, high, scaled, stop, end = low * short, high * short, True, stop + 1, said[stop].end
    kind: ValueKind = "number" if read.form in {"cardinal", "vague"} else read.form  # type: ignore[assignment]
    if read.form == "decade" and low < 100:  # '90s: of the century that articles mostly mean
        low, high = low + 1900, high + 1900
    elif read.form == "decade" and low % 100 == 0 and low < _LAST_CENTURY:
        high = low + 99  # "the 1800s" are as often the century
    value = Value(begins, end, at, stop, kind, low, high, currency, scaled=scaled)
    value = _completed(replace(value, bound=bound(said, at, stop)), text, said)
    if read.also is not None:
        value = replace(value, also=(*value.also, (value.unit, read.also * value.worth)))
    return _signed(_softened(value, text, said), text, said)


def _completed(value: Value, text: str, said: Sequence[Word]) -> Value:
    """A value with what the words after its number make of it: a unit, a part of a unit, a year."""
    if value.kind == "fraction" and (timed := _part_of_a_unit(value, text, said)) is not None:
        return timed
    if value.kind == "number" and not value.unit:
        return _year(value, text, said) or _with_unit(value, text, said)
    return _said_twice(value, text, said) if value.unit else value


def _signed(value: Value, text: str, said: Sequence[Word]) -> Value:
    """A value with its sign; a year, a rank and nought have none."""
    if value.parts or value.kind in {"ordinal", "decade"} or not value.low:
        return value
    bare = signs.is_bare(text, said, value.first, value.stop, value.unit)
    mark = signs.written(text, said, value.first, value.start, value.end, bare=bare)
    if not mark.sign and (below := signs.below_nought(text, said, value.stop)):
        stop = value.stop + below
        return replace(value, sign="-", stop=stop, end=said[stop - 1].end)
    if not mark.sign:
        first = from_bound(said, value.first)
        return replace(value, sign=signs.told(text, said, first, value.stop))
    if mark.first != value.first:  # "about minus five"
        value = replace(value, bound=bound(said, mark.first, value.stop))
    return replace(value, sign=mark.sign, start=mark.start, first=mark.first)


def _currency(text: str, start: int) -> tuple[str, int]:
    """The currency before a number and where it begins, a minus between them or not: "$-2"."""
    found, begins = units.sign_before(text, start)
    if not found and signs.is_dash(text[start - 1 : start]):
        within = units.sign_before(text, start - 1)
        return within if within[0] else (found, begins)
    return found, begins


def _part_of_a_unit(value: Value, text: str, said: Sequence[Word]) -> Value | None:
    """ "half an hour", "a quarter of an hour", "half a mile"."""
    at = value.stop + (value.stop < len(said) and said[value.stop].text.lower() == "of")
    if at + 1 < len(said) and said[at].text.lower() in {"a", "an"}:
        at += 1
    elif text[value.end : value.end + 1] != "-":
        return None
    unit = units.unit_after(said, text, at)
    return None if unit is None else replace(_in_unit(value, unit, said[unit.stop - 1].end), kind="number")


def _in_unit(value: Value, unit: units.Unit, end: int) -> Value:
    """A value with the unit that follows it, in base units."""
    low, high = value.low * unit.worth, value.high * unit.worth
    return replace(value, low=low, high=high, worth=unit.worth, unit=unit.dimension, stop=unit.stop, end=end)


def _short_scale(text: str, said: Sequence[Word], stop: int, sign: str) -> float | None:
    """The m of "$5m", the B of "5B": a scale only beside money or as a capital."""
    if stop >= len(said) or said[stop].start != said[stop - 1].end:
        return None
    letter = said[stop].text
    if letter in {"m", "M"} and (sign or letter == "M"):
        return 1e6
    return 1e9 if letter in {"b", "B"} and (sign or letter == "B") else None


def _said_twice(value: Value, text: str, said: Sequence[Word]) -> Value:
    """Money whose unit stands before and after it: "$5 million dollars"."""
    unit = units.unit_after(said, text, value.stop)
    if unit is None or unit.dimension != value.unit:
        return value
    return replace(value, stop=unit.stop, end=said[unit.stop - 1].end)


def _year(value: Value, text: str, said: Sequence[Word]) -> Value | None:
    """A bare four-digit number where a year may stand."""
    word = said[value.first]
    if value.stop != value.first + 1 or (year := dates.year(word.text)) is None or value.bound:
        return None
    if units.unit_after(said, text, value.stop) is not None or _is_below(value, text, said):
        return None
    before = said[value.first - 1].text.lower() if value.first else ""
    following = text[word.end : word.end + 2]
    counted = following[:1] == " " and following[1:].islower() and before not in _YEAR_BEFORE
    if counted and value.stop < len(said) and _may_be_counted(said[value.stop].text):
        return None
    return replace(value, kind="date", parts=frozenset({("year", year)}))


def _is_below(value: Value, text: str, said: Sequence[Word]) -> bool:
    """Whether four digits are an amount below nought: "a balance of -2000"; a dash may begin an aside."""
    mark = signs.written(text, said, value.first, value.start, value.end, bare=True)
    return mark.sign == "-" and text[mark.start] != "–"


def _may_be_counted(word: str) -> bool:
    """Whether a word after four digits may be what they count: no small word, and no foreign one."""
    return not is_stopword(word) and lexicon().known(term(word))


def _with_unit(value: Value, text: str, said: Sequence[Word]) -> Value:
    """A plain number with the unit that follows it, or with "times", which counts or compares."""
    if _is_how_often(value, said):
        return replace(value, stop=value.stop + 1, end=said[value.stop].end)
    if value.stop < len(said) and said[value.stop].text.lower() in _TIMES:
        return replace(value, kind="times", stop=value.stop + 1, end=said[value.stop].end)
    unit = units.unit_after(said, text, value.stop)
    if unit is None:
        return value
    end = max(said[unit.stop - 1].end, _sign_end(text, value.end) if unit.stop == value.stop else 0)
    other = ((unit.also, value.low * unit.also_worth),) if unit.also or unit.also_worth != 1.0 else ()
    return replace(_in_unit(value, unit, end), also=other)


def _is_how_often(value: Value, said: Sequence[Word]) -> bool:
    """Whether "times" counts, as in "1.4 times a month"."""
    after = [word.text.lower() for word in said[value.stop : value.stop + 2]]
    return len(after) == 2 and after[0] == "times" and after[1] in {"a", "an", "per", "each", "every"}


def _sign_end(text: str, end: int) -> int:
    return end + (2 if text[end : end + 1] in " \u00a0" else 1)


def _softened(value: Value, text: str, said: Sequence[Word]) -> Value:
    """A value marked as soft where its words may give no amount of their own.

    A bare "one" is a pronoun as often as a number, "first" with nothing after it an adverb; "his 30s" are an
    age, which may be reckoned; "sub-zero" and "above zero" give no amount.
    """
    if value.kind == "decade" and value.first and said[value.first - 1].text.lower() in _WHOSE:
        return replace(value, soft=True)
    if value.kind == "ordinal" and not said[value.first].text[0].isdecimal():
        return replace(value, soft=_is_adverb(value, text, said))
    before = said[value.first - 1].text.lower() if value.first else ""
    if not value.low and before in _BESIDE_ZERO:
        return replace(value, soft=True)
    bare = value.kind == "number" and value.low == 1 and not value.unit
    return replace(value, soft=True) if bare and not said[value.first].text[0].isdecimal() else value


def _is_adverb(value: Value, text: str, said: Sequence[Word]) -> bool:
    after = text[value.end : said[value.stop].start] if value.stop < len(said) else "."
    before = said[value.first - 1].text.lower() if value.first else ""
    if value.stop < len(said) and said[value.stop].text.lower() in _NOT_RANKED:
        return True
    return after not in {" ", "-"} or (value.low == 1 and before not in _BEFORE_RANK)


def _joined(found: tuple[Value, ...], text: str) -> Iterator[Value]:
    """Give the ends of a range the unit and the scale of one another: "4-7%", "$2-3 million"."""
    for at, value in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        before = found[at - 1] if at else None
        if following is not None and _is_range(value, following, text):
            yield _like(value, following)
        elif before is not None and _is_range(before, value, text):
            yield _after_its_like(value, before, text)
        else:
            yield value


def _is_range(one: Value, other: Value, text: str) -> bool:
    gap = text[one.end : other.start]
    numbers = one.kind == "number" and other.kind in {"number", "times"}
    return numbers and (gap in _DASHES or gap in {" to ", " and ", " or "})


def _after_its_like(value: Value, before: Value, text: str) -> Value:
    """The second end of a range with the unit of the first; "fell 3 to 5%", and "-5-10%" leaves it open."""
    if not value.sign and not before.unit and before.sign in {"-", "down"}:
        told = before.sign == "down" or text[before.end : value.start] in _DASHES
        value = replace(value, sign="open") if told else value
    if before.unit and before.worth == 1 and not value.unit:
        value = replace(value, unit=before.unit, worth=before.worth)
    return value


def _like(value: Value, following: Value) -> Value:
    """The first end of a range with the unit and the scale of the second, or its "times"."""
    if following.kind == "times":
        return replace(value, kind="times")
    if following.unit and not value.unit:
        low, high = value.low * following.worth, value.high * following.worth
        value = replace(value, unit=following.unit, worth=following.worth, low=low, high=high)
    if following.scaled and not value.scaled and value.low < 1000:
        scale = _scale_of(following)
        value = replace(value, also=(*value.also, (value.unit, value.low * scale)))
    return value


def _scale_of(value: Value) -> float:
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3, 1e2) if value.low >= scale), 1.0)
