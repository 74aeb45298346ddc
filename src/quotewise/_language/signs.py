"""Signs: is a number below nought, as written ("-5", "minus five") or by a word beside it ("fell 3%")?

Reads the mark and the words around one number. A dash is a sign only where it can be no range, bullet, score
or part of a name; where it may be either, the sign stays open. Which numbers there are is for `typed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from .._text.words import Word, is_stopword
from . import numerals
from .wordlists import listed, listed_terms

Sign = Literal["", "+", "-", "down", "open"]
"""No sign, one that is written, one that a word carries ("a loss of 3%"), one that cannot be told."""

_APART = frozenset([frozenset(["", "-"]), frozenset(["+", "-"]), frozenset(["+", "down"])])
_DASHES, _PLUS, _TRUE_MINUS, _EN_DASH = "-−–", "+", "−", "–"
_MONEY = "$£€¥"
_BEFORE_A_SIGN = "([{|\"'“‘«:;,=~<>≤≥≈*_/"
_BLANKS = " \u00a0\u202f\u2009"
_WINDOW = 12
"""Characters before a dash that are looked at, indentation and all."""
_AFTER_A_NUMBER = "%°‰"
_SIGNED_UNITS = frozenset(["%", "pp", "degrees", "celsius", "fahrenheit"])
"""What is mostly written with a sign when below nought, beside money; a bare count or a length is not."""
_RAISED = listed("m cm mm km s h yr g kg mol l ml ha W K")
"""Units that may be raised to a power: "19.3 g cm -3"."""
_CURRENCY = len("usd")
_BELOW_ZERO = ("below", "zero")
_PLUS_OR = 2
_MINUS = listed("minus negative")
_OF_A_LEVEL = listed("to from")
_JOINTS = _OF_A_LEVEL | listed("by of")
_LEVELS = listed("below above")
_MOVING = listed_terms("""
    fall drop decline decrease lose loses lost losing shrink shrank shrunk contract slip slide slid sink sank
    sunk plunge plummet tumble slump dip shed reduce cut lower less fewer down off weaken depreciate retreat
    recede ease crash dive dwindle withdraw withdrew trim slash erode deteriorate worsen cool chill colder
    cooler cheaper worse weaker smaller shorter discount downturn contraction reduction deduct subtract
    """)
"""What tells a change downwards: its amount, not the level that it comes to, is below nought."""
_BELOW = listed_terms("""
    loss losses deficit shortfall negative minus frost subzero red overdraft overdrawn owe owes owed debt
    deflation behind trail outflow writedown impairment liability sub debit spend spent pay paid cost expense
    tax fee charge penalty close concede remove
    """)
"""What is below nought itself, whatever amount it comes to, or is kept so in accounts."""
_ELSEWHERE = listed_terms("""
    sinkt gesunken fiel gefallen schrumpfte geschrumpft verlor verloren rückgang verlust defizit unter
    baisse baissé baissait recul reculé chute chuté diminué perte perdu déficit moins
    cayó cayeron caída bajó bajaron descenso descendió pérdida perdió menos
    calo calato calata sceso scesa diminuito perdita perso meno caiu caíram queda perda recuou
    daalde gedaald daling kromp verlies
    упал упала упали снизился снизилась снизились сократился сократилась сократились снижение
    убыток минус ниже
    """)
"""The same in German, French, Spanish, Italian, Portuguese, Dutch and Russian, whatever stands between."""
_RISING = listed_terms("""
    rise rose risen grew grow grown increase up gain climb jump surge soar higher more add
    """)
_AFTER_IT = listed_terms("below under short west south w s")
"""What tells so after the number: "five below", "three under par"."""
_REACH, _REACH_AFTER = 8, 4
_CLAUSE_ENDS = frozenset(";:.!?()[]|")
_BREAKS = _CLAUSE_ENDS | {","}
_AFTER_ANY = _AFTER_IT | _MOVING | _BELOW | _ELSEWHERE
_WAYS = (
    dict.fromkeys(_RISING, "rises")
    | dict.fromkeys(_MOVING, "falls")
    | dict.fromkeys(_BELOW | _ELSEWHERE, "below")
)


class Mark(NamedTuple):
    """The sign of a number, which with it begins at the character `start` and the word `first` ("minus")."""

    sign: Sign
    start: int
    first: int


def is_dash(mark: str) -> bool:
    """Whether a character may be a minus: a hyphen, the sign itself, or an en dash."""
    return mark != "" and mark in _DASHES


def agree(one: Sign, other: Sign) -> bool:
    """Whether two amounts of the same size can be the same by their signs.

    >>> agree("-", "-"), agree("-", "down"), agree("", "down"), agree("", "-"), agree("+", "down")
    (True, True, True, False, False)
    """
    return frozenset([one, other]) not in _APART


def written(text: str, said: Sequence[Word], at: int, start: int, end: int, *, bare: bool) -> Mark:
    """The sign written before the number of word `at`, which stands from `start` to `end` with its unit.

    `bare` where it may be a year, or count what follows it: a dash before it may then open an aside.

    >>> from quotewise._text.words import words
    >>> def read(text):
    ...     said = words(text)
    ...     return written(text, said, len(said) - 1, said[-1].start, said[-1].end, bare=False).sign
    >>> read("It fell to -5"), read("It was minus 5"), read("5-10"), read("- 5"), read("it won 3 -1")
    ('-', '-', '', '', 'open')
    """
    if (worded := _worded(text, said, at, start)) is not None:
        return worded
    if is_dash(text[start : said[at].start].rstrip()[-1:]):  # "$-2"
        return Mark("-", start, at)
    start -= start > 1 and text[start - 1] == "." and is_dash(text[start - 2])  # "-.5"
    mark = text[start - 1 : start] if start else ""
    if mark == _PLUS and _left(text, start - 1) in {"sure", "line", "word"}:
        return Mark("+", start - 1, at)
    if mark == "±" or text[max(0, start - 3) : start] in {"+/-", "+/−"}:
        return Mark("open", start, at)
    if mark == "(" and _is_of_accounts(text, start - 1, end):
        return Mark("open", start, at)
    if not is_dash(mark):
        return Mark("", start, at)
    sign = _dashed(text, said, at, start - 1, bare)
    return Mark(sign, start - 1 if sign == "-" else start, at)


def _worded(text: str, said: Sequence[Word], at: int, start: int) -> Mark | None:
    """ "minus five", "negative 5", but for "ten minus five" and "plus or minus 5"."""
    before = said[at - 1] if at else None
    if before is None or before.text.lower() not in _MINUS:
        return None
    if text[before.end : start].strip(_BLANKS) not in {"", "-"}:
        return None
    word = said[at - 2].text.lower() if at > 1 else ""
    if word == "or" and at > _PLUS_OR and said[at - 1 - _PLUS_OR].text.lower() == "plus":
        return Mark("open", start, at)
    if word and (word[0].isdecimal() or numerals.begins(word)) and text[said[at - 2].end] in _BLANKS:
        return Mark("open", start, at)
    return Mark("-", before.start, at - 1)


def _dashed(text: str, said: Sequence[Word], at: int, dash: int, bare: bool) -> Sign:
    """The sign of a number right after a dash."""
    left = _left(text, dash)
    if left in {"none", "number"}:
        return "open" if left == "number" else ""
    if left == "word" and at and said[at - 1].text in _RAISED:
        return "open"
    if left == "sure" or text[dash] == _TRUE_MINUS:
        return "-"
    if left == "word" and at and is_stopword(said[at - 1].text):
        return "-"
    is_aside = text[dash] == _EN_DASH and text[dash + 1] in _MONEY  # "Price –$40 only"
    return "open" if bare or is_aside else "-"


def is_bare(text: str, said: Sequence[Word], at: int, stop: int, unit: str) -> bool:
    """Whether the number of word `at` may count what follows its last word, as an item of a list does.

    >>> from quotewise._text.words import words
    >>> [is_bare(text, words(text), 0, 1, "") for text in ("-5 apples", "-5 to 3", "-5.2 in May", "-5")]
    [True, False, False, False]
    """
    if unit in _SIGNED_UNITS or len(unit) == _CURRENCY or not said[at].text.isdecimal():
        return False
    follows = stop < len(said) and text[said[stop - 1].end : said[stop].start] in _BLANKS
    starts_line = not text[max(0, said[at].start - _WINDOW) : said[at].start].strip(_BLANKS + _DASHES)
    return follows and not (starts_line and is_stopword(said[stop].text))


def _left(text: str, dash: int) -> Literal["sure", "line", "word", "number", "none"]:
    """What stands before a dash that may be a minus.

    "line": nothing, for the line begins with it. "word": a word and a blank. "number": another number, so
    that it may be a range. "none": letters or digits that it joins to the number, as in "F-16". "sure":
    anything else, after which it can only be a minus, such as an opening bracket or a wide gap.
    """
    window = text[max(0, dash - _WINDOW) : dash]
    if window and window[-1] in _BEFORE_A_SIGN:
        return "sure"
    before = window.rstrip(_BLANKS)
    if not before:
        return "line" if len(window) < _WINDOW else "sure"
    if before[-1] in "\n\r":
        return "line"
    if before == window:
        is_range = is_dash(before[-1]) and _ends_a_number(before[:-1])
        return "sure" if before[-1] == "\t" else "number" if is_range else "none"
    if before[-1] in "|\t" or len(window) - len(before) > 1:
        return "sure"
    if _ends_a_number(before):
        return "number"
    return "sure" if before[-1] in _BEFORE_A_SIGN else "word"


def _ends_a_number(before: str) -> bool:
    return before[-1:].isdecimal() or before[-1:] in {*_AFTER_A_NUMBER}


def _is_of_accounts(text: str, bracket: int, end: int) -> bool:
    """Whether a number alone in brackets is a cell of a table: "(3.2)" is a loss in accounts."""
    before = text[max(0, bracket - _WINDOW) : bracket]
    if before.strip(_BLANKS + _MONEY) and before.rstrip(_BLANKS + _MONEY)[-1] not in "|\t\n":
        return before[-2:] == "  "
    after = text[end : end + _WINDOW].lstrip("%")
    return after[:1] == ")" and after[1:].lstrip(_BLANKS)[:1] in {"", "|", "\t", "\n"}


def below_nought(text: str, said: Sequence[Word], stop: int) -> int:
    """How many words from `stop` on say that the number before them is below nought: "below zero".

    >>> from quotewise._text.words import words
    >>> text = "five degrees below zero"
    >>> below_nought(text, words(text), 2)
    2
    """
    following = [word.text.lower() for word in said[stop : stop + 2]]
    plain = len(following) == len(_BELOW_ZERO) and text[said[stop - 1].end : said[stop].start] in {*_BLANKS}
    return 2 if plain and (following[0], following[1]) in {_BELOW_ZERO, ("below", "0")} else 0


def told(text: str, said: Sequence[Word], first: int, stop: int) -> Sign:
    """The sign that a word beside an unsigned number carries: the number's words are `first` to `stop`,
    its bound ("about") among them.

    >>> from quotewise._text.words import words
    >>> told("3 lower", words("3 lower"), 0, 1)
    'down'
    >>> [told(text, words(text), 3, 4) for text in ("It fell by 3", "It fell to 3", "a loss of 3")]
    ['down', '', 'down']
    """
    way = _before(text, said, first)
    if way:
        return way
    after = _AFTER_IT if way == "" else _AFTER_ANY  # "fell to five degrees below zero"
    return "down" if _is_lower_after(text, said, stop, after) else ""


def _before(text: str, said: Sequence[Word], first: int) -> Sign | None:
    """The sign that the nearest word of rising, falling or loss before a number, in its clause, gives it.

    None where there is no such word.
    """
    joint = "to" if said[first].text.lower() in _LEVELS else ""  # "fell below 5"
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        gap = text[said[at].end : said[at + 1].start] if at + 1 < len(said) else ""
        if gap != " " and not _CLAUSE_ENDS.isdisjoint(gap):
            return None
        term = said[at].term
        if (way := _WAYS.get(term)) is not None:
            return "down" if way == "below" or (way == "falls" and joint not in _OF_A_LEVEL) else ""
        if not joint and term in _JOINTS:
            joint = term
    return None


def _is_lower_after(text: str, said: Sequence[Word], stop: int, lower: frozenset[str]) -> bool:
    """Whether the words after a number say so: "3% lower", "a $3m loss", "five degrees below zero"."""
    for at in range(max(1, stop), min(len(said), stop + _REACH_AFTER)):
        gap = text[said[at - 1].end : said[at].start]
        if (gap != " " and not _BREAKS.isdisjoint(gap)) or said[at].term in _RISING:
            return False
        if said[at].term in lower:
            return True
    return False
