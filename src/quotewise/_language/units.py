"""Units: which dimension a unit word or sign belongs to, and how many base units it is worth.

Tables and the reading of the word or sign beside a number; nothing here knows what a claim is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .._text.words import Word
from .numerals import JOINS
from .wordlists import in_order, listed


class Unit(NamedTuple):
    """A unit: its dimension ("length", "usd", "%"), its worth in the base unit, where its words stop.

    `also` is a second dimension that the same word names: pounds are money and mass.
    """

    dimension: str
    worth: float
    stop: int
    also: str = ""
    also_worth: float = 1.0


_SIGNS = {
    "$": "usd",
    "£": "gbp",
    "€": "eur",
    "¥": "jpy",
    "₹": "inr",
    "₩": "krw",
    "₽": "rub",
    "₴": "uah",
    "₺": "try",
}
_PREFIXED = {
    "US": "usd",
    "A": "aud",
    "AU": "aud",
    "C": "cad",
    "CA": "cad",
    "HK": "hkd",
    "NZ": "nzd",
    "S": "sgd",
}
_CODES = dict(
    pair.split(":")
    for pair in in_order("""
    usd:usd gbp:gbp eur:eur jpy:jpy cny:cny rmb:cny inr:inr rs:inr aud:aud cad:cad chf:chf sek:sek nok:nok
    dkk:dkk krw:krw rub:rub brl:brl zar:zar mxn:mxn nzd:nzd sgd:sgd hkd:hkd
    """)
)
# Each row: a dimension and the worth in its base unit: the words, a hyphen where there are two.
_TABLE = """
% 1: percent pct percentage per-cent
pp 1: percentage-point percentage-points percent-point percent-points pct-point pct-points
pp 0.01: bps basis-point basis-points
usd 1: dollars dollar bucks
usd 0.01: cents cent
gbp 1: pounds pound quid
gbp 0.01: pence pence
eur 1: euros euro
jpy 1: yen
cny 1: yuan renminbi
inr 1: rupees rupee
rub 1: roubles rouble rubles ruble
krw 1: won
chf 1: francs franc
kronor 1: kronor krona kroner krone
peso 1: pesos peso
real 1: reais
length 0.001: mm millimetres millimetre millimeters millimeter
length 0.01: cm centimetres centimetre centimeters centimeter
length 1: m metres metre meters meter
length 1000: km kms kilometres kilometre kilometers kilometer
length 1609.344: miles mile
length 1852: nmi
length 0.9144: yards yard yds yd
length 0.3048: feet foot ft
length 0.0254: inches inch
mass 0.001: mg milligrams milligram
mass 1: g grams gram grammes
mass 1000: kg kgs kilos kilo kilograms kilogram
mass 1000000: tonnes tonne
mass 907184.74: tons ton
mass 453.59237: lb lbs
mass 28.349523: ounces ounce oz
duration 0.001: ms milliseconds millisecond
duration 1: seconds second secs sec
duration 60: minutes minute mins min
duration 3600: hours hour hrs hr
duration 86400: days day
duration 604800: weeks week
duration 1209600: fortnight fortnights
months 1: months month
months 12: years year yrs yr
months 120: decades decade
months 1200: centuries century
area 1: sqm square-metres square-meters square-m sq-metres sq-meters sq-m
area 1000000: square-km square-kilometres square-kilometers sq-km sq-kilometres sq-kilometers
area 0.09290304: square-feet square-foot square-ft sq-feet sq-foot sq-ft
area 2589988.1: square-miles square-mile sq-miles sq-mile
area 10000: hectares hectare ha
area 4046.8564: acres acre
volume 1: litres litre liters liter
volume 0.001: ml millilitres milliliters
gallons 1: gallons gallon
barrels 1: barrels barrel bpd
speed 1: kph
pressure 1: psi
speed 1.609344: mph
speed 1.852: knots
power 1: watts watt
power 1000: kw kilowatts kilowatt
power 1000000: mw megawatts megawatt
power 1000000000: gw gigawatts gigawatt
energy 1: kwh kilowatt-hour kilowatt-hours
energy 1000: mwh megawatt-hour megawatt-hours
energy 1000000: gwh gigawatt-hour gigawatt-hours
energy 1000000000: twh terawatt-hour terawatt-hours
data 0.001: kb kilobytes
data 1: mb megabytes megabyte
data 1000: gb gigabytes gigabyte
data 1000000: tb terabytes terabyte
bitrate 1: mbps
bitrate 1000: gbps
frequency 1: hz
frequency 1000000: mhz
frequency 1000000000: ghz
energy_food 1: calories calorie kcal
"""


def _table() -> dict[str, tuple[str, float]]:
    worths: dict[str, tuple[str, float]] = {}
    for row in _TABLE.strip().splitlines():
        head, _, names = row.partition(":")
        dimension, worth = head.split()
        worths |= dict.fromkeys(names.split(), (dimension, float(worth)))
    return worths


_UNITS = _table()
CURRENCIES = frozenset([*_SIGNS.values(), *_PREFIXED.values(), *_CODES.values()])
"""The dimensions that are money."""
DURATIONS = listed("duration months")
"""The dimensions that tell how long; a month is no number of days."""
_AN_HOUR = (["an", "hour"], ["per", "hour"])


def worth_of(word: str) -> tuple[str, float]:
    """The dimension of a unit word in lower case and its worth in base units; "" for another word.

    >>> worth_of("kilo"), worth_of("apple")
    (('mass', 1000.0), ('', 0.0))
    """
    return _UNITS.get(word, ("", 0.0))


def sign_before(text: str, start: int) -> tuple[str, int]:
    """The currency that a sign or code before `start` names, and where it begins; ("", start) where none.

    >>> sign_before("US$5", 3), sign_before("EUR 5", 4), sign_before("a 5", 2)
    (('usd', 0), ('eur', 0), ('', 2))
    """
    at = start - 1 if start and text[start - 1] in " \u00a0" else start
    if at and text[at - 1] in _SIGNS:
        return _prefixed(text, at - 1)
    word = at
    while word and text[word - 1].isalpha() and at - word < 4:
        word -= 1
    code = _CODES.get(text[word:at].rstrip(".").lower(), "")
    return (code, word) if code and (word == 0 or not text[word - 1].isalnum()) else ("", start)


def _prefixed(text: str, at: int) -> tuple[str, int]:
    """A sign with the country before it: US$, A$, HK$."""
    for length in (2, 1):
        if text[at] == "$" and (code := _PREFIXED.get(text[max(0, at - length) : at])):
            begins = at - length
            if begins == 0 or not text[begins - 1].isalnum():
                return code, begins
    return _SIGNS[text[at]], at


def unit_after(words: Sequence[Word], text: str, at: int) -> Unit | None:
    """The unit that follows a number which ends before word `at`, signs included.

    >>> from quotewise._text.words import words
    >>> unit_after(words("5 km"), "5 km", 1)
    Unit(dimension='length', worth=1000.0, stop=2, also='', also_worth=1.0)
    """
    end = words[at - 1].end
    if text[end : end + 1] == "%" or text[end : end + 2] == " %":
        return Unit("%", 1.0, at)
    if text[end : end + 1] in _SIGNS and not text[end + 1 : end + 2].isdecimal():
        return Unit(_SIGNS[text[end]], 1.0, at)
    if text[end : end + 2].strip()[:1] in {"°", "˚", "º"}:
        return _degrees(words, at)
    if at >= len(words) or text[end : words[at].start] not in JOINS:
        return None
    return _named(words, text, at)


def _named(words: Sequence[Word], text: str, at: int) -> Unit | None:
    word, following = words[at].text.lower(), words[at + 1].text.lower() if at + 1 < len(words) else ""
    if word == "in" and text[words[at].end : words[at].end + 1] == ".":
        return Unit("length", 0.0254, at + 1)
    if (of_two := _UNITS.get(f"{word}-{following}")) is not None:
        return Unit(*of_two, at + 2)
    if words[at].text in {"F", "C"}:
        return _degrees(words, at)
    if word == "degrees":
        return _degrees(words, at + 1)
    if word == "km" and following == "h" and text[words[at].end] == "/":
        return Unit("speed", 1.0, at + 2)
    if (code := _CODES.get(word)) and words[at].text.isupper():
        return Unit(code, 1.0, at + 1)
    return _from_table(word, words, at)


def _from_table(word: str, words: Sequence[Word], at: int) -> Unit | None:
    if word not in _UNITS or (len(word) == 1 and words[at].text.isupper()):  # 4G is no weight
        return None
    dimension, worth = _UNITS[word]
    if word in {"pounds", "pound"}:
        return Unit("gbp", 1.0, at + 1, "mass", 453.59237)
    if word == "m":  # metres or million: "100m" is both until the article says which
        return Unit("length", 1.0, at + 1, "", 1e6)
    after = [word.text.lower() for word in words[at + 1 : at + 3]]
    if word in {"miles", "kilometres", "kilometers"} and after in _AN_HOUR:
        return Unit("speed", worth / 1000, at + 3)
    return Unit(dimension, worth, at + 1)


def _degrees(words: Sequence[Word], at: int) -> Unit:
    scale = words[at].text.lower() if at < len(words) else ""
    if scale in {"c", "celsius", "centigrade"}:
        return Unit("celsius", 1.0, at + 1)
    if scale in {"f", "fahrenheit"}:
        return Unit("fahrenheit", 1.0, at + 1)
    return Unit("degrees", 1.0, at)
