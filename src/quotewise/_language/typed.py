"""Typed values: the numbers, amounts, dates and times of a text, each with a normal form.

Reads values and says whether two of them can be the same. Where a value must stand, and what it means that
it does not, is for `check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from .._text.words import Word, is_stopword, term, words
from . import dates, numerals, signs, units
from .dates import Parts
from .lexicon import ARTICLES
from .meanings import lexicon
from .wordlists import listed

ValueKind = Literal["number", "ordinal", "fraction", "times", "decade", "date", "time"]
Bound = Literal["", "about", "over", "under", "least", "most", "nearly", "exact", "only"]

_BOUNDS: dict[tuple[str, ...], Bound] = {
    ("about",): "about", ("around",): "about", ("approximately",): "about", ("roughly",): "about",
    ("estimated",): "about", ("circa",): "about", ("some",): "about", ("approx",): "about",
    ("nearly",): "nearly", ("almost",): "nearly", ("close", "to"): "nearly", ("just", "under"): "nearly",
    ("more", "than"): "over", ("over",): "over", ("above",): "over", ("exceeding",): "over",
    ("greater", "than"): "over", ("excess", "of"): "over", ("upwards", "of"): "over", ("exceeded",): "over",
    ("less", "than"): "under", ("fewer", "than"): "under", ("under",): "under", ("below",): "under",
    ("at", "least"): "least", ("minimum", "of"): "least", ("no", "fewer", "than"): "least",
    ("no", "less", "than"): "least", ("not", "less", "than"): "least",
    ("at", "most"): "most", ("up", "to"): "most", ("as", "many", "as"): "most", ("as", "much", "as"): "most",
    ("as", "high", "as"): "most", ("as", "long", "as"): "most", ("as", "far", "as"): "most",
    ("maximum", "of"): "most", ("no", "more", "than"): "most", ("not", "more", "than"): "most",
    ("exactly",): "exact", ("precisely",): "exact", ("only",): "only", ("just",): "only", ("merely",): "only",
}  # fmt: skip
_AFTER: dict[tuple[str, ...], Bound] = {
    ("or", "more"): "least", ("or", "so"): "about", ("or", "less"): "most", ("or", "fewer"): "most",
}  # fmt: skip
_YEAR_BEFORE = listed("""
    in of since by until from to during after before year for and early late mid between through till
    around circa spring summer autumn fall winter the
    """)
_BEFORE_NUMBER = ARTICLES | {"age"}
"""What may stand between a bound and its number: "over age 60"."""
_BEFORE_RANK = listed("the a an its his her their our my your this that for in of")
_BESIDE_ZERO = listed("sub below above")
_WHOSE = listed("his her their my your our")
_NOT_RANKED = listed("and or but is was are were has had that which who as")
_DASHES = frozenset(["-", "–", "—", "‑", " - ", " – ", " — ", "−"])
_OVERLAP = 0.5
"""How far two vague amounts must overlap: "several hundred thousand" and "hundreds of thousands"."""
_TIMES = listed("times fold x occasions")
_SHARES = listed("fraction times decade")
_AT_LEAST = 0.8
"""The least share of an amount that "over" and "at least" may speak of."""
_LAST_CENTURY = 2000
_CLOSE, _NEAR_THE_END = 1e-9, 0.12
"""A rounding error; how much of what is left to none or to all a share in words may be off."""
_SHARES_WITHIN = {
    "": (0.015, 0.015),
    "about": (0.04, 0.04),
    "nearly": (0.06, 0.0),
    "over": (0.0, 0.15),
    "least": (0.0, 0.15),
    "under": (0.15, 0.0),
    "most": (0.15, 0.0),
}
"""By how much a part may be less or more than the share that tells of it, by its bound."""
_ROUNDED = {"about": 0.07, "nearly": 0.0, "over": 0.0}


@dataclass(frozen=True, slots=True)
class Value:
    """One value: `text[start:end]`, words `first` to `stop`, and what it comes to.

    `low` and `high` are in the base unit of `unit` (metres, seconds, one dollar; "" for a plain number)
    and differ only where the words are vague. `written` is the amount as written, in its own unit.
    `parts` names what a date or time fixes. `also` are other readings: "100m" is 100 metres or 100 million.
    `soft` marks a "one" that may be a pronoun. `sign` says whether the amount, which is told without it, is
    below nought.
    """

    start: int
    end: int
    first: int
    stop: int
    kind: ValueKind
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    worth: float = 1.0
    parts: Parts = frozenset()
    bound: Bound = ""
    scaled: bool = False
    soft: bool = False
    also: tuple[tuple[str, float], ...] = ()
    sign: signs.Sign = ""

    @property
    def written(self) -> float:
        """The amount as it stands in the text, before conversion to the base unit."""
        return self.low / self.worth

    @property
    def signed(self) -> float:
        """The amount with the sign that is written before it."""
        return -self.low if self.sign == "-" else self.low

    @property
    def is_share(self) -> bool:
        """Whether it tells a part of something: "40%", "a third"."""
        return self.unit == "%" or self.kind == "fraction"

    @property
    def share(self) -> float:
        """The amount as a part of one, which a per cent is a hundredth of."""
        return self.low / 100 if self.unit == "%" else self.low


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


def agree(claim: Value, said: Value) -> bool:
    """Whether the article's value can be what the claim's value says.

    Not symmetrical: a claim may be vaguer than the article ("thousands" for 3,400; "about 100,000" for
    98,734; "in May" for 3 May), never more exact.

    >>> one, other = values("half a million"), values("500 000")
    >>> agree(one[0], other[0]), agree(values("5 km")[0], values("5 miles")[0])
    (True, False)
    >>> agree(values("fell 3%")[0], values("-3%")[0]), agree(values("rose 3%")[0], values("-3%")[0])
    (True, False)
    """
    return signs.agree(claim.sign, said.sign) and agree_in_size(claim, said)


def agree_in_size(claim: Value, said: Value) -> bool:
    """As `agree`, whatever the signs: "-3%" and "3%"."""
    if claim.parts or said.parts:
        return _same_moment(claim, said)
    if "ordinal" in (claim.kind, said.kind):
        return claim.kind == said.kind and claim.low == said.low
    if _amounts_agree(claim, said) or any(_amounts_agree(claim, each) for each in _readings(said)[1:]):
        return True
    return any(_amounts_agree(reading, said) for reading in _readings(claim)[1:])


def same_amount(claim: Value, said: Value) -> bool:
    """Whether the two have the same figure, whatever their units: "$5" and "5 km"."""
    alike = signs.agree(claim.sign, said.sign) and not claim.parts and not said.parts
    return alike and _close(claim.written, said.written)


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
    value = _with_its_unit(replace(value, bound=_bound(said, at, stop)), text, said)
    if read.also is not None:
        value = replace(value, also=(*value.also, (value.unit, read.also * value.worth)))
    return _signed(_softened(value, text, said), text, said)


def _with_its_unit(value: Value, text: str, said: Sequence[Word]) -> Value:
    if value.kind == "fraction" and (timed := _part_of_a_unit(value, text, said)) is not None:
        return timed
    if value.kind == "number" and not value.unit:
        return _year(value, text, said) or _with_unit(value, text, said)
    return _also_scaled(value, text, said) if value.unit else value


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
        value = replace(value, bound=_bound(said, mark.first, value.stop))
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


def _also_scaled(value: Value, text: str, said: Sequence[Word]) -> Value:
    """Money with its unit said twice: "$5 million dollars"."""
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
    """A bare "one" is a pronoun as often as a number; "first" with nothing after it is an adverb.

    "His 30s" are an age, which may be reckoned; "sub-zero" and "above zero" give no amount.
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


def _bound(said: Sequence[Word], first: int, stop: int) -> Bound:
    before = tuple(word.text.lower() for word in said[from_bound(said, first) : first])
    after = tuple(word.text.lower() for word in said[stop : stop + 2])
    return _BOUNDS.get(before) or _BOUNDS.get(before[:-1]) or _AFTER.get(after, "")


def from_bound(said: Sequence[Word], first: int) -> int:
    """The index of the first word of the bound before a value: that of "more" in "more than 300"."""
    before = tuple(word.text.lower() for word in said[max(0, first - 4) : first])
    article = int(bool(before) and before[-1] in _BEFORE_NUMBER)
    before = before[: len(before) - article]
    lengths = range(min(3, len(before)), 0, -1)
    length = next((length for length in lengths if before[-length:] in _BOUNDS), 0)
    return first - article - length if length else first


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


def _readings(value: Value) -> list[Value]:
    others = [replace(value, unit=unit, low=low, high=low, worth=1.0) for unit, low in value.also]
    return [value, *others]


def _same_moment(claim: Value, said: Value) -> bool:
    if not claim.parts or not said.parts:
        return _same_year_or_day(claim, said)
    mine, theirs = dict(claim.parts), dict(said.parts)
    if "minute12" in mine or "minute12" in theirs:
        return _same_hour(mine, theirs)
    if "weekday" in mine and mine.get("rel") in {"last", "this"} and "rel" not in theirs:
        del mine["rel"]  # "last Thursday" for what was "on Thursday"
    return all(theirs.get(name) == part for name, part in mine.items())


def _same_hour(mine: dict[str, float | str], theirs: dict[str, float | str]) -> bool:
    one = mine.get("minute12", mine.get("minute"))
    other = theirs.get("minute12", theirs.get("minute"))
    return one is not None and other is not None and float(one) % 720 == float(other) % 720


def _same_year_or_day(claim: Value, said: Value) -> bool:
    """A year or a day of the month beside a plain number of the same figure."""
    parts, number = (claim.parts, said) if claim.parts else (said.parts, claim)
    if claim.kind == "decade":
        return any(name == "year" and claim.low <= float(year) <= claim.high for name, year in parts)
    if len(parts) == 1 and number.kind in {"number", "decade"} and number.sign != "-":
        return ("year", number.low) in parts
    return number.kind == "ordinal" and ("day", number.low) in parts


def _amounts_agree(claim: Value, said: Value) -> bool:
    if claim.kind in _SHARES or said.kind in _SHARES:
        return _shares_agree(claim, said, {claim.kind, said.kind})
    if claim.unit != said.unit:
        return _unit_may_be_left_out(claim, said) and _close(claim.written, said.written)
    if claim.low != claim.high and said.low != said.high:
        return max(claim.low, said.low) <= _OVERLAP * min(claim.high, said.high)
    if claim.low != claim.high:
        return claim.low <= said.low and said.high <= claim.high
    if said.low != said.high:
        return False
    if claim.worth != said.worth and abs(claim.low - said.low) <= 0.02 * abs(said.low):
        return True  # a conversion, rounded
    return _close(claim.low, said.low) or _rounded(claim, said)


def _shares_agree(claim: Value, said: Value, kinds: set[ValueKind]) -> bool:
    if kinds == {"fraction", "times"} or len(kinds) == 1:
        rounded = kinds == {"times"} and _rounded(claim, said)
        return _close(claim.low, said.low) or rounded or (len(kinds) == 1 and _within(claim, said, 0.004))
    if "fraction" in kinds and "number" in kinds:
        share, number = (claim, said) if claim.kind == "fraction" else (said, claim)
        return number.unit == "%" and (
            abs(share.low * 100 - number.low) < 0.7
            or (share is claim and is_rounded_share(claim, said.share))
        )
    return False


def is_rounded_share(claim: Value, part: float) -> bool:
    """Whether a share that a claim gives in words may tell of a part: "nine in ten" of 91%.

    >>> half, most = values("about half"), values("more than half")
    >>> [is_rounded_share(half[0], part) for part in (0.48, 0.4)]
    [True, False]
    >>> [is_rounded_share(most[0], part) for part in (0.48, 0.52)]
    [False, True]
    """
    below, above = _SHARES_WITHIN.get(claim.bound, _SHARES_WITHIN[""])
    if not claim.bound:
        below = above = min(above, _NEAR_THE_END * min(claim.share, 1 - claim.share))
    return claim.share - below - _CLOSE <= part <= claim.share + above + _CLOSE


def _unit_may_be_left_out(claim: Value, said: Value) -> bool:
    if not claim.unit or (
        {claim.unit, said.unit} <= {"celsius", "fahrenheit", "degrees"}
        and "degrees" in {claim.unit, said.unit}
    ):
        return True
    return not said.unit and claim.unit == "months" and claim.low <= 120 * 12  # "Smith, 25" is 25 years old


def _rounded(claim: Value, said: Value) -> bool:
    """Whether the claim rounds the article's figure as its words say: "over 2 million", "2.5 million"."""
    says_so = claim.bound or claim.scaled
    if not says_so or not said.low:
        return False
    ratio = claim.low / said.low
    if claim.bound in {"over", "least"} and not said.bound and _AT_LEAST <= ratio <= 1:
        return True  # "over 275" of 280
    if _figures(claim.written) >= _figures(said.written):
        return False
    if claim.bound == "about" and abs(ratio - 1) <= _ROUNDED["about"]:
        return True
    if claim.bound in {"over", "least"} and _AT_LEAST <= ratio <= 1:
        return True
    if claim.bound in {"nearly", "under", "most"} and 1 <= ratio <= 1.15:
        return True
    return claim.scaled and _figures(claim.written) >= 2 and _to_figures(said.low, claim) == claim.low


def _figures(number: float) -> int:
    """How many significant figures a number is written with."""
    return len(f"{number:.12g}".replace(".", "").strip("0")) if number else 0


def _to_figures(number: float, like: Value) -> float:
    return float(f"{number:.{_figures(like.written)}g}")


def _within(claim: Value, said: Value, most: float) -> bool:
    return abs(claim.low - said.low) < most


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other))
