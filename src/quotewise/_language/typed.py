"""What a value of a text is (a number, an amount, a date, a time), and whether two of them can be the same.

How values are read from a text is in `values`. Where a value must stand, and what it means that it does not,
is for the checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .._text.words import Word
from . import signs
from .dates import Parts
from .lexicon import ARTICLES
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
_BEFORE_NUMBER = ARTICLES | {"age"}
"""What may stand between a bound and its number: "over age 60"."""
_OVERLAP = 0.5
"""How far two vague amounts must overlap: "several hundred thousand" and "hundreds of thousands"."""
_SHARES = listed("fraction times decade")
_AT_LEAST = 0.8
"""The least share of an amount that "over" and "at least" may speak of."""
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
_ABOUT = 0.07
"""The share by which "about" may be off, where the claim has fewer figures."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: `text[start:end]`, words `first` to `stop`, and what it comes to.

    `low` and `high` are in the base unit of `unit` (metres, seconds, one dollar; "" for a plain number)
    and differ only where the words are vague; `worth` is that of the unit as written. `parts` names what a
    date or time fixes. `also` are other readings: "100m" is 100 metres or 100 million. `scaled` is True
    where a scale word rounds it ("2.5 million"). `soft` marks what may be no amount: a "one" that may be a
    pronoun, "first" as an adverb. `sign` says whether the amount, which is told without it, is below nought.
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


def agree(claim: Value, said: Value) -> bool:
    """Whether the article's value can be what the claim's value says.

    Not symmetrical: a claim may be vaguer than the article ("thousands" for 3,400; "about 100,000" for
    98,734; "in May" for 3 May), never more exact.

    >>> from quotewise._language.values import values
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


def bound(said: Sequence[Word], first: int, stop: int) -> Bound:
    """The bound before or after the value of words `first` to `stop`: "over 300", "300 or so"."""
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


def _readings(value: Value) -> list[Value]:
    """A value as it is read first, and then its other readings."""
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

    >>> from quotewise._language.values import values
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
    if claim.bound == "about" and abs(ratio - 1) <= _ABOUT:
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
