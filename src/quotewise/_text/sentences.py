"""Where the sentences and paragraphs of a text stand: English news first, and the stops of other scripts.

Rules and small word lists over the text as it is, in linear time. Nothing here counts tokens or changes a
character: line breaks of all kinds are read as one, in a view of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import starmap
from typing import NamedTuple

from .._results import Span

_TITLES = """mr mrs ms dr prof rev fr st hon gen col maj capt cpt lt cmdr adm sgt sen rep gov pres supt det insp
    messrs mme mlle gens lts profs drs revs hons sens reps govs pvt cpl brig"""
_SHORT = """vs approx dept est eq eqs sec secs vol vols ed eds ch chap jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thur thurs fri sat ave blvd rd mt ft ala ariz ark calif colo conn del fla ga
    kan ky md mich minn neb nev okla ore pa penn tenn tex va vt wash wis wyo ca op loc ibid v"""
_MAY_END = """u.s u.k u.n d.c a.m p.m ph.d m.d b.a m.a etc inc ltd co corp bros jr sr al llc plc mass miss mo ill
    ind la pa art fig figs bn m"""
_BEFORE_A_NUMBER = frozenset("no nos p pp art fig figs".split())
_NEVER_LAST = frozenset("e.g i.e cf viz vs".split())
_FREE = frozenset(_MAY_END.split())
_ABBREVIATIONS = frozenset((_TITLES + " " + _SHORT).split()) | _FREE | _BEFORE_A_NUMBER | _NEVER_LAST
# Words that begin a sentence far more often than they go on after "U.S." or "Inc.".
_STARTERS = frozenset(
    """the a an in on at it he she they we i you but and this that these those there when while if as for from
    after before his her its their our my however mr mrs ms dr what who how why where with by to of one some
    many most all no not so then yet still now nor or both each such""".split()
)

_CLOSERS = "\"'”’»)\\]」』）*_"
_OPENERS = "\"“‘'([«¿¡*_#"
_FULL_STOPS = frozenset("。！？｡؟۔।॥։።။។")
_ANY_STOP = ".!?…。！？｡؟۔।॥։።။។"
_LINE_ENDS = frozenset(_ANY_STOP + ":;\"'”’»)]」』）")
_CANDIDATE = re.compile(rf"[{_ANY_STOP}\n](?:(?<=\n)|[{_ANY_STOP}{_CLOSERS}]*)")
_NEXT_WORD = re.compile(rf"\s*[{re.escape(_OPENERS)}]*(\S?)(\w{{0,20}})")
_INK = re.compile(r"\S")
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_SAMPLE = 100_000


class _View(NamedTuple):
    """A text of the same length whose line breaks are all "\\n", and the width its lines are wrapped at, or 0."""

    text: str
    width: int


def sentences(text: str) -> tuple[Span, ...]:
    """Where each sentence stands, in order; every non-blank character is in exactly one.

    A sentence never crosses a paragraph, and a heading is a sentence of its own.

    >>> text = "Sir Keir met the U.S. envoy at 10 a.m. on Monday. Spending rose to 2.5%.\\nWhat next?"
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['Sir Keir met the U.S. envoy at 10 a.m. on Monday.', 'Spending rose to 2.5%.', 'What next?']
    """
    view = _view(text)
    return tuple(starmap(Span, _spans(view.text, _sentence_ends(view))))


def paragraphs(text: str) -> tuple[Span, ...]:
    """Where each paragraph stands, in order; every non-blank character is in exactly one.

    A blank line ends a paragraph, and so does a line break, unless the lines are hard-wrapped prose.

    >>> text = "Rain at last\\nRain fell on Monday."
    >>> [text[p.start:p.end] for p in paragraphs(text)]
    ['Rain at last', 'Rain fell on Monday.']
    """
    view = _view(text)
    return tuple(starmap(Span, _spans(view.text, _paragraph_ends(view))))


def _view(text: str) -> _View:
    plain = _BREAKS.sub(lambda m: " \n" if len(m[0]) == 2 else "\n", text) if _BREAKS.search(text) else text
    return _View(plain, _wrap_width(plain[:_SAMPLE]))


def _wrap_width(text: str) -> int:
    """The width at which lines are wrapped, or 0: some must break inside a sentence, and none be very long."""
    lines = text.split("\n")
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if a and b]
    wrapped = sorted(len(a) for a, b in pairs if b[0].islower() and a[-1] not in _LINE_ENDS)
    if len(wrapped) * 4 < len(pairs) or not wrapped:
        return 0
    width = wrapped[len(wrapped) * 9 // 10]
    return width if 30 <= width <= 120 else 0


def _spans(text: str, ends: Iterator[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for end in ends:
        ink = _INK.search(text, start, end)
        if ink:
            yield ink.start(), end
        start = end


def _sentence_ends(view: _View) -> Iterator[int]:
    text = view.text
    for found in _CANDIDATE.finditer(text):
        start, end = found.span()
        if text[start] == "\n":
            if _parts(view, start):
                yield _ink_before(text, start)
        elif _closes(view, start, end):
            yield end
    yield _ink_before(text, len(text))


def _paragraph_ends(view: _View) -> Iterator[int]:
    at = view.text.find("\n")
    while at >= 0:
        if _parts(view, at):
            yield _ink_before(view.text, at)
        at = view.text.find("\n", at + 1)
    yield _ink_before(view.text, len(view.text))


def _ink_before(text: str, at: int) -> int:
    while at and text[at - 1].isspace() and text[at - 1] != "\n":
        at -= 1
    return at


def _parts(view: _View, at: int) -> bool:
    """Does the line break at `at` part two paragraphs?"""
    text, width = view
    before = _ink_before(text, at)
    following = _NEXT_WORD.match(text, at + 1)
    if not before or text[before - 1] == "\n" or following is None or not following[1]:
        return True
    if "\n" in text[at + 1 : following.start(1)]:
        return True
    if following[1].islower() and not following[2][:1].isupper() and text[before - 1] not in _LINE_ENDS:
        return False
    line = before - text.rfind("\n", max(0, before - 200), before) - 1
    return not (width and line + len(following[0]) >= 0.85 * width and line <= width + 20)


def _closes(view: _View, start: int, end: int) -> bool:
    """Does the stop at `start`, with its closing quotes up to `end`, close a sentence?"""
    text = view.text
    if text[start] in _FULL_STOPS or end >= len(text):
        return True
    if not text[end].isspace():
        return False
    following = _NEXT_WORD.match(text, end)
    if following is None or not following[1]:
        return True
    line_break = text.find("\n", end, following.start(1))
    if line_break >= 0 and _parts(view, line_break):
        return True
    first, word = following[1], following[1] + following[2]
    if first.islower() and not word[1:2].isupper() or first in ",;:-–—)…%&":
        return False
    if text[start] == "…" or end - start > 1 and text[start + 1] == ".":
        return first.isupper()
    if text[start] != "." or end - start > 1:
        return True
    return _period_closes(text, start, first, word)


def _period_closes(text: str, at: int, first: str, following: str) -> bool:
    """A lone period: the word before it decides, and for some the word that follows."""
    word = _word_before(text, at)
    low = word.lower()
    if word.isdigit() and len(word) < 4 and _begins_line(text, at - len(word)):
        return False
    if low in _NEVER_LAST or low in _BEFORE_A_NUMBER and first.isdigit():
        return False
    initial = len(word) == 1 and word.isupper()
    if not initial and low not in _ABBREVIATIONS and not _is_dotted(low):
        return True
    if initial or "." in low or low in _FREE:
        return first.isupper() and following.lower() in _STARTERS and not (initial and following == "A")
    return low in ("no", "art")


def _word_before(text: str, at: int) -> str:
    start = at
    while start and at - start < 24 and not text[start - 1].isspace() and text[start - 1] not in "([\"“'‘—":
        start -= 1
    return text[start:at]


def _begins_line(text: str, at: int) -> bool:
    return not at or text[at - 1] == "\n"


def _is_dotted(word: str) -> bool:
    return "." in word and all(len(part) <= 2 and part.isalpha() for part in word.split("."))
