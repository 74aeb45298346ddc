"""Numbers as they are written, in digits or in English words, read from a list of words.

One job: from a place in the words to the amount that stands there. Units, currencies and dates are for
`typed`; nothing here decides whether two numbers agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from .._text.words import Word
from .wordlists import in_order, listed

Form = Literal["cardinal", "ordinal", "vague", "fraction", "times", "decade"]

_SMALL = {
    word: float(number)
    for number, word in enumerate(
        in_order("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    """)
    )
}
_TENS = {
    word: float(number * 10)
    for number, word in enumerate(
        in_order("twenty thirty forty fifty sixty seventy eighty ninety"),
        start=2,
    )
}
_ORDINALS = {
    word: float(number)
    for number, word in enumerate(
        in_order("""
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """),
        start=1,
    )
} | {"thirtieth": 30.0, "fortieth": 40.0, "fiftieth": 50.0, "sixtieth": 60.0, "hundredth": 100.0}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}
_GROUPS = {"hundred": 100.0, "dozen": 12.0}
_SHORT_SCALES = {"k": 1e3, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "trn": 1e12}
_PLURAL_SCALES = {
    "dozens": (24.0, 120.0),
    "scores": (40.0, 200.0),
    "hundreds": (200.0, 999.0),
    "thousands": (1e3, 99_999.0),
    "millions": (1e6, 999e6),
    "billions": (1e9, 999e9),
    "trillions": (1e12, 999e12),
}
_FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_AFTER_A_PART = listed("of off more less fewer higher lower larger smaller longer shorter cheaper as the")
_BEFORE_A_PART = listed(
    "by nearly almost about around roughly over under than approximately up down rose fell grew dropped"
)
_BEFORE_A_DECADE = listed("the early mid late his her their my your")
_TIMES = {
    "twice": 2.0, "thrice": 3.0,
    "double": 2.0, "doubled": 2.0, "doubles": 2.0, "doubling": 2.0, "triple": 3.0,
    "tripled": 3.0, "triples": 3.0, "tripling": 3.0, "trebled": 3.0, "quadruple": 4.0, "quadrupled": 4.0,
    "halved": 0.5, "halves": 0.5, "halving": 0.5, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0,
    "fivefold": 5.0, "tenfold": 10.0,
}  # fmt: skip
_STARTS = frozenset([*_SMALL, *_TENS, *_ORDINALS, *_SCALES, *_GROUPS, *_PLURAL_SCALES, *_TIMES]) | listed(
    "half a an several few tens couple pair"
)
_DIGITS = re.compile(r"(\d+(?:[.,]\d+)*)(st|nd|rd|th|s)?")
_POINT_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
JOINS = frozenset(["", " ", "-", "‐", "‑", "\u00a0", "\u202f", "\u2009"])
"""What may stand between the words of a number, and between it and its unit."""
_THIN = frozenset([" ", "\u00a0", "\u202f", "\u2009", "'", "’"])


class Numeral(NamedTuple):
    """An amount, and the index of the first word after it.

    `low` and `high` differ where the words are vague ("thousands"). `also` is a second reading of the
    digits ("100.000"), `scaled` True where a scale word rounds it ("2.5 million").
    """

    stop: int
    low: float
    high: float
    form: Form = "cardinal"
    also: float | None = None
    scaled: bool = False


def numeral(words: Sequence[Word], text: str, at: int) -> Numeral | None:
    """The number that begins at word `at`, or None.

    >>> from quotewise._text.words import words
    >>> def read(text): return numeral(words(text), text, 0)
    >>> read("a hundred thousand men").low, read("100 000").low, read("2.5 million").low
    (100000.0, 100000.0, 2500000.0)
    >>> read("two thirds of it").form, read("21st").form, read("tens of thousands").high
    ('fraction', 'ordinal', 99999.0)
    """
    first = words[at].text
    if first[0].isdecimal():
        return _from_digits(words, text, at)
    if first.lower() not in _STARTS:
        return None
    return _special(words, text, at) or _from_words(words, text, at)


def _from_digits(words: Sequence[Word], text: str, at: int) -> Numeral | None:
    match = _DIGITS.fullmatch(words[at].text)
    if match is None:
        return None
    value, also = _digits(match[1])
    if match[1].isdecimal() and _is_after_a_bare_point(text, words[at].start):
        value = float(f"0.{match[1]}")
    if match[2] == "s":
        return Numeral(at + 1, value, value + 9, "decade")
    if match[2]:
        return Numeral(at + 1, value, value, "ordinal")
    if _is_decade(words, text, at, value):
        return Numeral(at + 2, value, value + 9, "decade")
    stop, value = _spaced_thousands(words, text, at + 1, value)
    if (part := _slashed(words, text, at)) is not None:
        return part
    return _scaled(words, text, stop, value) or _share(words, text, stop, value, also)


def _is_after_a_bare_point(text: str, start: int) -> bool:
    """Whether a point that follows nothing makes digits a decimal: "bats .271"."""
    return text[start - 1 : start] == "." and (start == 1 or text[start - 2] in " (-−–")


def _is_decade(words: Sequence[Word], text: str, at: int, value: float) -> bool:
    """Whether an "s" after an apostrophe makes a decade of a number: "the 1970's", "in the late 80's"."""
    before = words[at - 1].text.lower() if at else ""
    follows = at + 1 < len(words) and words[at + 1].text == "s" and _gap(words, text, at + 1) in {"'", "’"}
    return follows and value % 10 == 0 and before in _BEFORE_A_DECADE


def _digits(written: str) -> tuple[float, float | None]:
    """The amount, and what it would be where a point or a comma stands for the other."""
    if _DECIMAL_COMMA.fullmatch(written):
        return float(written.replace(",", ".")), None
    plain = written.replace(",", "")
    if plain.count(".") > 1:
        return float(plain.replace(".", "")), None
    also = float(plain.replace(".", "")) if _POINT_THOUSANDS.fullmatch(plain) else None
    return float(plain), also


def _spaced_thousands(words: Sequence[Word], text: str, stop: int, value: float) -> tuple[int, float]:
    """Join "100 000" and "1'000'000": groups of three digits after a group of at most three."""
    if value >= 1000 or not words[stop - 1].text.isdecimal():
        return stop, value
    while stop < len(words) and _is_group(words[stop].text) and _gap(words, text, stop) in _THIN:
        value = value * 1000 + float(words[stop].text)
        stop += 1
    return stop, value


def _is_group(word: str) -> bool:
    return len(word) == 3 and word.isdecimal()


def _slashed(words: Sequence[Word], text: str, at: int) -> Numeral | None:
    """A fraction in digits: "3/4"."""
    if at + 1 < len(words) and _gap(words, text, at + 1) == "/" and words[at + 1].text.isdecimal():
        over, under = words[at].text, int(words[at + 1].text)
        after = text[words[at + 1].end : words[at + 1].end + 1]
        if over.isdecimal() and int(over) < under <= 10 and after != "/":
            return Numeral(at + 2, int(over) / under, int(over) / under, "fraction")
    return None


def _scaled(words: Sequence[Word], text: str, stop: int, value: float) -> Numeral | None:
    """Digits before a scale: "2.5 million", "3bn", "20k"."""
    if stop >= len(words) or (gap := _gap(words, text, stop)) not in JOINS:
        return None
    word = words[stop].text.lower()
    if gap == "" and word in {"m", "b"}:
        return None
    factor = _SCALES.get(word) or _SHORT_SCALES.get(word) or _GROUPS.get(word)
    if factor is None:
        return None
    inner = _scaled(words, text, stop + 1, value * factor)
    return inner or Numeral(stop + 1, value * factor, value * factor, scaled=True)


def _share(words: Sequence[Word], text: str, stop: int, value: float, also: float | None) -> Numeral:
    """A number, or the fraction that it begins: "9 out of 10", "one in five"."""
    plain = Numeral(stop, value, value, also=also)
    if stop + 1 >= len(words) or words[stop].text.lower() not in {"in", "out"}:
        return plain
    of = stop + 1 + (words[stop].text.lower() == "out" and words[stop + 1].text.lower() == "of")
    if of >= len(words) or (words[stop].text.lower() == "out" and of == stop + 1):
        return plain
    whole = _whole(words, text, of)
    if whole is None or not value < whole.low <= 1000 or not value.is_integer():
        return plain
    return Numeral(whole.stop, value / whole.low, value / whole.low, "fraction")


def _whole(words: Sequence[Word], text: str, at: int) -> Numeral | None:
    word = words[at].text
    if word.isdecimal():
        return Numeral(at + 1, float(word), float(word))
    low = word.lower()
    return _from_words(words, text, at, shares=False) if low in _SMALL or low in _TENS else None


def _special(words: Sequence[Word], text: str, at: int) -> Numeral | None:
    first = words[at].text.lower()
    second = words[at + 1].text.lower() if at + 1 < len(words) else ""
    third = words[at + 2].text.lower() if at + 2 < len(words) else ""
    if first in _TIMES and first != "halves":
        return Numeral(at + 1, _TIMES[first], _TIMES[first], "times")
    if first == "half":
        return _half(words, at)
    if first in {"several", "few"} or (first == "a" and second == "few"):
        return _a_few(words, at + (first == "a") + 1)
    if first in {"tens", "hundreds", "thousands"} and second == "of" and third in _PLURAL_SCALES:
        return _tens_of(first, third, at)
    if first in _PLURAL_SCALES:
        return Numeral(at + 1, *_PLURAL_SCALES[first], "vague")
    if first in {"a", "an", "one"} and second in {"third", "quarter", "half", "fifth", "tenth"}:
        return _one_part(words, text, at)
    if first == "a" and second in {"couple", "pair"} and third == "of":
        return Numeral(at + 2, 2, 2)
    return None


def _half(words: Sequence[Word], at: int) -> Numeral:
    """ "half", "half a million", "half a dozen", "a half dozen"."""
    if (
        at
        and words[at - 1].text.lower() == "a"
        and [word.text.lower() for word in words[at + 1 : at + 2]] == ["dozen"]
    ):
        return Numeral(at + 2, 6, 6)
    if at + 2 < len(words) and words[at + 1].text.lower() in {"a", "an"}:
        unit = words[at + 2].text.lower()
        factor = _SCALES.get(unit) or _GROUPS.get(unit)
        if factor is not None:
            return Numeral(at + 3, factor / 2, factor / 2, scaled=True)
    return Numeral(at + 1, 0.5, 0.5, "fraction")


def _a_few(words: Sequence[Word], at: int) -> Numeral | None:
    word = words[at].text.lower() if at < len(words) else ""
    factor = _SCALES.get(word) or _GROUPS.get(word)
    further = _SCALES.get(words[at + 1].text.lower()) if word == "hundred" and at + 1 < len(words) else None
    if factor and further:  # "several hundred thousand"
        at, factor = at + 1, factor * further
    return Numeral(at + 1, 2 * factor, 9.99 * factor, "vague") if factor else None


def _tens_of(first: str, scale: str, at: int) -> Numeral:
    base = _PLURAL_SCALES[scale][0] if scale != "hundreds" else 100.0
    times = {"tens": 10.0, "hundreds": 100.0, "thousands": 1000.0}[first]
    return Numeral(at + 3, base * times, base * times * 10 - 1, "vague")


def _one_part(words: Sequence[Word], text: str, at: int) -> Numeral | None:
    """ "a third of", "one-quarter": a fraction only where "of", a hyphen or "one" says so."""
    after = words[at + 2].text.lower() if at + 2 < len(words) else ""
    before = words[at - 1].text.lower() if at else ""
    said = words[at].text.lower() == "one" or after in _AFTER_A_PART or before in _BEFORE_A_PART
    parts = _FRACTIONS[words[at + 1].text.lower()]
    hyphen = at + 2 < len(words) and _gap(words, text, at + 2) == "-"
    if not said or (words[at].text.lower() == "one" and hyphen and parts == 2):  # "one half-hour walk"
        return None
    scale = words[at + 4].text.lower() if at + 4 < len(words) and words[at + 3].text.lower() == "a" else ""
    if scale in _SCALES:
        return Numeral(at + 5, _SCALES[scale] / parts, _SCALES[scale] / parts, scaled=True)
    return Numeral(at + 2, 1 / parts, 1 / parts, "fraction")


def _from_words(words: Sequence[Word], text: str, at: int, *, shares: bool = True) -> Numeral | None:
    """English number words added up: "two hundred and fifty thousand", "twenty-first"."""
    total = current = 0.0
    stop, scaled = at, False
    while stop < len(words) and (stop == at or _gap(words, text, stop) in JOINS):
        word = words[stop].text.lower()
        if word in {"a", "an"} and stop == at and _is_scale(words, at + 1):
            current = 1
        elif (grown := _grown(word, current)) is not None:
            current = grown
        elif word in _SCALES:
            total, current, scaled = total + (current or 1) * _SCALES[word], 0, True
        elif word in _ORDINALS and (stop == at or current % 10 == 0):
            value = total + current + _ORDINALS[word]
            return Numeral(stop + 1, value, value, "ordinal")
        elif word in _FRACTIONS and stop > at and word.endswith("s"):
            return Numeral(stop + 1, current / _FRACTIONS[word], current / _FRACTIONS[word], "fraction")
        elif word == "and" and stop > at and _goes_on(words, stop):
            if _is_and_a_half(words, stop):
                current, stop = current + 0.5, stop + 2
        else:
            break
        stop += 1
    if stop == at:
        return None
    if shares and not scaled and stop == at + 1:
        return _share(words, text, stop, total + current, None)
    return Numeral(stop, total + current, total + current, scaled=scaled)


def _grown(word: str, amount: float) -> float | None:
    """An amount below a thousand with one more word of it; None where the word does not go on with it."""
    if word in _SMALL and amount % 10 == 0 and (amount % 100 == 0 or _SMALL[word] < 10):
        return amount + _SMALL[word]
    if word in _TENS and amount % 100 == 0:
        return amount + _TENS[word]
    return (amount or 1) * _GROUPS[word] if word in _GROUPS else None


def _is_scale(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].text.lower() in {*_SCALES, *_GROUPS}


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether "and" belongs to the number: after hundred or a scale, or in "and a half"."""
    before = words[at - 1].text.lower()
    after = words[at + 1].text.lower() if at + 1 < len(words) else ""
    if before == "hundred" or before in _SCALES:
        return after in _SMALL or after in _TENS
    return _is_and_a_half(words, at)


def _is_and_a_half(words: Sequence[Word], at: int) -> bool:
    return [word.text.lower() for word in words[at : at + 3]] == ["and", "a", "half"]


def _gap(words: Sequence[Word], text: str, at: int) -> str:
    return text[words[at - 1].end : words[at].start]


def begins(word: str) -> bool:
    """Whether a word can begin a number: a quick test before `numeral`."""
    return word.lower() in _STARTS


def is_scale(word: str) -> bool:
    """Whether a word in lower case multiplies the number before it: "million", "bn"."""
    return word in _SCALES or word in _SHORT_SCALES or word in _GROUPS
