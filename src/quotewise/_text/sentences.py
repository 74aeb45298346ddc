"""Where the sentences and paragraphs of a text stand: English news first, and the stops of other scripts.

Rules and small word lists over the text as it is, in linear time. Nothing here counts tokens or changes a
character: line breaks of all kinds are read as one, in a view of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, repeat
from typing import NamedTuple

from .._values import Span


def _words(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(lists).split())


# Abbreviations that a name or a number follows, with a capital: "Gen. Sir Adrian", "Mt. Etna", "Sat. 5 May".
# Without one they are words: "He sat. The door opened."
_BEFORE_A_NAME = _words(
    "mr mrs ms dr prof rev fr st hon gen col maj capt cpt lt cmdr adm sgt sen rep gov pres supt det",
    "insp messrs mme mlle gens lts profs drs revs hons sens reps govs pvt cpl brig mt ft jan feb mar",
    "apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat ala ariz ark calif",
    "colo conn del fla ga kan ky md mich minn neb nev okla ore penn tenn tex va vt wash wis wyo ave",
    "blvd rd",
)
_GOING_ON = _words(
    "vs approx dept est eq eqs sec secs vol vols ed eds ch chap ca op loc ibid div viz cf e.g i.e incl"
)
_MAY_END = _words("etc al inc ltd co corp bros jr sr llc plc bn m mo")
_MAY_END_WITH_A_CAPITAL = _words("mass miss ill ind la pa")
_BEFORE_A_NUMBER = _words("no nos p pp art fig figs")
_ABBREVIATIONS = _BEFORE_A_NAME | _GOING_ON | _MAY_END | _MAY_END_WITH_A_CAPITAL | _BEFORE_A_NUMBER
# Words that begin a sentence far more often than they go on after "U.S." or "Inc.".
_STARTERS = _words(
    "the a an in on at it he she they we i you but and this that these those there when while if as for",
    "from after before his her its their our my however mr mrs ms dr what who how why where with by to",
    "of one some many most all no not so then yet still now nor or both each such",
)
_AFTER_A_TIME = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june",
    "july august september october november december est edt et ct pt pst pdt cst cdt mst mdt gmt bst",
    "cet utc eastern central mountain pacific",
)

_CLOSERS = "\"'”“’»)\\]」』）*_"
_OPENERS = "\"“‘'([«¿¡*_#„「『（"
_FULL_STOPS = "。！？｡．؟۔।॥։።။។"
_STOPS = ".!?…" + _FULL_STOPS
_LINE_ENDS = frozenset(_STOPS + ":;\"'”’»)]」』）")
# Japanese goes on after a closing quote with one of these: 「…。」と述べた.
_GOES_ON_AFTER_QUOTE = frozenset("とっなはがをにのもだ，、,;；")
_GOES_ON = frozenset(",;:-–—)…%&")
_NOTE_BEGINS = frozenset(" [¹²³⁰⁴⁵⁶⁷⁸⁹")

_RAISED = "¹²³⁰⁴-⁹"
_NOTE = rf" ?\[\d{{1,3}}(?:[,–-] ?\d{{1,3}}){{0,9}}\]|[{_RAISED}]{{1,3}}"
# What stands before and after a line break inside a sentence, in most wrapped lines.
_NOT_WRAPPED = rf"(?!(?<=[^\s{re.escape(''.join(sorted(_LINE_ENDS)))}]\n)[^\S\n]*+[a-z][a-z ])"

# One leading character class, so that the regex engine skips over the words at full speed. The blanks after
# a stop are taken along: the next sentence begins where the match ends. The branches: a period after a plain
# word and before a capital, nine of ten in news and settled without another look; a blank line; a line break,
# unless between two lower-case words; any other stop with its closing quotes and footnote marks. That one
# must not fail behind a long run of stops, or it would be tried again from each stop of the run.
_CANDIDATE = re.compile(
    rf"[\n{_STOPS}](?:(?<=[a-z][a-z][a-z][a-z]\.)[ \n] *+(?=[A-Z])"
    rf"|(?<=\n){_NOT_WRAPPED}(?:[^\S\n]*+\n\s*+()|\s*+)"
    rf"|(?<!\n)[{_STOPS}{_CLOSERS}]*+(?:{_NOTE}|[ \xa0\u202f]»)*+"
    rf"(?:(?=\s|\Z)|(?<=[^.!?…\"')\]*_])|(?<=[{_STOPS}{_CLOSERS}]{{9}}))"
    r"()(?:[^\S\n]*+\n[^\S\n]*+\n\s*+()|\s*+))"
)
_BLANK_LINE, _STOP, _STOP_AND_BLANK_LINE = 1, 2, 3
_ABBREVIATION_TAILS = frozenset(word[-4:] for word in _ABBREVIATIONS if len(word) >= 4)
_LINE_BREAK = re.compile(rf"\n{_NOT_WRAPPED}\s*+")
_HASHES = re.compile(r"(?:\A|\n)#{1,6}(?: [^\W\d]+)?\Z")
"""What stands before the number of a heading of Markdown: "## 2. Finance", "## Article 5. Rights"."""
_LONGEST_WORD = 20
_NEXT_WORD = re.compile(rf"[{re.escape(_OPENERS)}]*(\w{{0,{_LONGEST_WORD}}})")
_WORD_OPENS = re.compile(r"[\s(\[\"“‘'—*_]")
_INK = re.compile(r"\S")
_SAMPLE = 100_000
_REACH = 10_100


class View(NamedTuple):
    """A text as long as the original whose line breaks are all "\\n", and the width of wrapped lines or 0."""

    text: str
    width: int


def sentences(text: str) -> tuple[Span, ...]:
    """Where each sentence stands, in order; every non-blank character is in exactly one.

    A sentence never crosses a paragraph, and a heading is a sentence of its own.

    >>> text = "Sir Keir met the U.S. envoy at 10 a.m. on Monday. Spending rose to 2.5%.\\nWhat next?"
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['Sir Keir met the U.S. envoy at 10 a.m. on Monday.', 'Spending rose to 2.5%.', 'What next?']
    """
    seen = view(text)
    return _spans(text, cuts(seen, first_ink(text)))


def paragraphs(text: str) -> tuple[Span, ...]:
    """Where each paragraph stands, in order; every non-blank character is in exactly one.

    A blank line ends a paragraph, and so does a line break, unless the lines are hard-wrapped prose.

    >>> text = "Rain at last\\nRain fell on Monday."
    >>> [text[p.start:p.end] for p in paragraphs(text)]
    ['Rain at last', 'Rain fell on Monday.']
    """
    seen = view(text)
    return _spans(text, _paragraph_cuts(seen, first_ink(text)))


def view(text: str) -> View:
    """What `cuts` reads: made once for a text."""
    # One character is found ten times as fast as two.
    plain = text.replace("\r\n", " \n") if "\r" in text else text
    for line_break in "\r\v\f\x85\u2028\u2029":
        plain = plain.replace(line_break, "\n")
    return View(plain, _wrap_width(plain[:_SAMPLE]))


def cuts(seen: View, start: int, furthest: int | None = None) -> Iterator[tuple[int, int]]:
    """Each sentence end from `start` to `furthest`, with the place where the next sentence begins.

    `start` should not stand inside a run of stops and quotes. Close to `furthest`, an end with thousands of
    blanks behind it may be passed over.
    """
    text, width = seen
    length = len(text)
    stop = length if furthest is None else min(length, furthest + _REACH)
    for found in _CANDIDATE.finditer(text, start, stop):
        end, after = _end(text, width, found), found.end()
        if furthest is not None and (end > furthest or after == stop < length):
            return
        if end >= 0:
            yield end, after


def cuts_back(seen: View, start: int, furthest: int) -> Iterator[tuple[int, int]]:
    """The same from the last to the first, judging no more of them than are asked for."""
    text, width = seen
    stop = min(len(text), furthest + _REACH)
    candidates = []
    for found in _CANDIDATE.finditer(text, start, stop):
        candidates.append(found)
        if found.start() >= furthest:
            break
    for found in reversed(candidates):
        end = _end(text, width, found)
        if 0 <= end <= furthest and (found.end() < stop or stop == len(text)):
            yield end, found.end()


def is_paragraph_end(seen: View, end: int, following: int) -> bool:
    """Is the sentence end at `end`, with the next sentence at `following`, also the end of a paragraph?"""
    return seen.text.find("\n", end, following) >= 0 and _parts(seen.text, seen.width, end, following)


def first_ink(text: str, start: int = 0) -> int:
    """The place of the first non-blank character from `start` on; the text's length where there is none."""
    ink = _INK.search(text, start)
    return ink.start() if ink else len(text)


def _end(text: str, width: int, found: re.Match[str]) -> int:
    """Where the sentence ends that a candidate closes, or -1 if it closes none."""
    at, after = found.span()
    kind = found.lastindex
    if text[at] == "\n":
        end = ink_before(text, at) if text[at - 1].isspace() else at
        closes = kind == _BLANK_LINE or after >= len(text) or _line_parts(text, width, end, after)
    elif kind is None:
        end = at + 1
        closes = text[at - 4 : at] not in _ABBREVIATION_TAILS or _closes(text, width, at, end, after)
    else:
        end = found.start(_STOP)
        closes = kind == _STOP_AND_BLANK_LINE or _closes(text, width, at, end, after)
    return end if closes else -1


def _paragraph_cuts(seen: View, start: int) -> Iterator[tuple[int, int]]:
    text, width = seen
    for found in _LINE_BREAK.finditer(text, start):
        end = ink_before(text, found.start())
        if _parts(text, width, end, found.end()):
            yield end, found.end()


def _spans(text: str, at: Iterator[tuple[int, int]]) -> tuple[Span, ...]:
    starts, ends = [first_ink(text)], []
    for end, following in at:
        ends.append(end)
        starts.append(following)
    if starts[-1] < len(text):
        ends.append(len(text.rstrip()))
    # Span(start, end) a thousand times takes three times as long.
    return tuple(map(tuple.__new__, repeat(Span), zip(starts, ends, strict=False)))


def _wrap_width(text: str) -> int:
    """The width at which lines are wrapped, or 0 where a line is a paragraph.

    Wrapped lines break inside a sentence: a lower-case word follows. A quarter of all breaks must do so.
    """
    pairs = [(a, b) for a, b in pairwise(text.split("\n")) if a and b]
    wrapped = sorted(len(a) for a, b in pairs if b[0].islower() and a[-1] not in _LINE_ENDS)
    if not wrapped or len(wrapped) * 4 < len(pairs):
        return 0
    width = wrapped[len(wrapped) * 9 // 10]
    return width if 30 <= width <= 120 else 0


def ink_before(text: str, at: int) -> int:
    """The place after the last non-blank character before `at`; 0 where there is none."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _parts(text: str, width: int, end: int, after: int) -> bool:
    """Do the line breaks between `end` and `after` part two paragraphs?"""
    if after >= len(text) or text.find("\n", text.find("\n", end) + 1, after) >= 0:
        return True
    return _line_parts(text, width, end, after)


def _line_parts(text: str, width: int, end: int, after: int) -> bool:
    """As `_parts`, where a single line break stands between them and more text follows.

    Wrapped lines are full: the next word had no room. They may be a little short or long, since prose is not
    always wrapped by machine.
    """
    if text[after].islower() and text[end - 1] not in _LINE_ENDS and _is_lower(text, after):
        return False
    if not width:
        return True
    line = end - 1 - text.rfind("\n", 0, end)
    room = 0.85 * width - line - 1
    if room <= 0:
        return line > width + 20
    if room > _LONGEST_WORD and text[after] not in _OPENERS:
        return True
    following = _NEXT_WORD.match(text, after)
    return following is None or following.end() - after < room


def _is_lower(text: str, at: int) -> bool:
    """A lower-case word, and not one like "iPhone"."""
    return text[at].islower() and not text[at + 1 : at + 2].isupper()


def _closes(text: str, width: int, at: int, end: int, after: int) -> bool:
    """Does the stop at `at`, with the quotes up to `end` and the blanks up to `after`, close a sentence?"""
    if text[after : after + 1] == "|" and text.find("\n", end, after) < 0:
        return False  # a cell of a table ends there, and its row goes on
    if after >= len(text):
        return True
    first = text[after]
    if text[at] in _FULL_STOPS:
        return not _goes_on_at_once(text, at, end, after)
    if after == end:
        return False
    if text.find("\n", end, after) >= 0 and _line_parts(text, width, end, after):
        return True
    if first in _GOES_ON or first in _STOPS:
        return False
    if first in _OPENERS:
        following = _NEXT_WORD.match(text, after)
        first = following[1][:1] if following else first
    lone = text[at] == "." and (end - at == 1 or text[at + 1] in _NOTE_BEGINS)
    if lone:
        return _period_closes(text, at, first, after)
    if _is_lower(text, after) or first.islower():
        return False
    return first.isupper() if text[at] == "…" or text[at : at + 2] == ".." else True


def _goes_on_at_once(text: str, at: int, end: int, after: int) -> bool:
    following = text[after]
    return (end - at > 1 and following in _GOES_ON_AFTER_QUOTE) or (text[at] == "．" and following.isdigit())


def _period_closes(text: str, at: int, first: str, after: int) -> bool:
    """A lone period: the word before it decides, and for some the word that follows."""
    word = _word_before(text, at)
    low = word.lower()
    if first.islower() and not (text[after] == first and text[after + 1 : after + 2].isupper()):
        if not word:
            return text[max(0, at - 2) : at - 1] not in _STOPS
        return len(word) > 1 and word.isalpha() and word.islower() and low not in _ABBREVIATIONS
    if low in _ABBREVIATIONS:
        return _abbreviation_closes(text, word, low, first, after)
    if len(word) == 1 and word.isalpha():
        return _starts_afresh(text, after) and _next_word(text, after) != "A"
    if "." in word:
        return _dotted_closes(text, at, word, low, after)
    return not (word.isdigit() and len(word) < 4 and _numbers_an_item(text, at - len(word)))


def _abbreviation_closes(text: str, word: str, low: str, first: str, after: int) -> bool:
    if low in _BEFORE_A_NUMBER:
        return not first.isdigit() and (low in {"no", "art"} or _starts_afresh(text, after))
    if low in _BEFORE_A_NAME:
        return word[0].islower()
    if low in _MAY_END_WITH_A_CAPITAL:
        return word[0].islower() or _starts_afresh(text, after)
    return low in _MAY_END and _starts_afresh(text, after)


def _dotted_closes(text: str, at: int, word: str, low: str, after: int) -> bool:
    """The words "U.S." and "a.m." may end a sentence, "2.1." may number a heading, "Rev.1." is a word."""
    parts = word.split(".")
    if all(part.isdigit() for part in parts):
        return not _numbers_an_item(text, at - len(word))
    if not all(len(part) <= 2 and part.isalpha() for part in parts):
        return True
    if low in {"a.m", "p.m"}:
        following = _next_word(text, after)
        return following[:1].isupper() and following.lower() not in _AFTER_A_TIME
    return low not in _GOING_ON and _starts_afresh(text, after)


def _starts_afresh(text: str, after: int) -> bool:
    following = _next_word(text, after)
    return following[:1].isupper() and following.lower() in _STARTERS


def _next_word(text: str, after: int) -> str:
    following = _NEXT_WORD.match(text, after)
    return following[1] if following else ""


def _word_before(text: str, at: int) -> str:
    """The word that ends at `at`, at most 24 characters of it, without what opens it."""
    least = max(0, at - 24)
    word = text[max(least, text.rfind(" ", least, at) + 1) : at]
    return word if word.isalnum() else _WORD_OPENS.split(word)[-1]


def _numbers_an_item(text: str, at: int) -> bool:
    """A number that begins a line, or follows a sentence end, numbers what comes after it: not "Jan. 5."."""
    line = text[max(0, at - 40) : at].rstrip(" ")
    before = line[-1:]
    if before == ".":
        word = _word_before(line, len(line) - 1)
        return len(word) > 1 and word.lower() not in _ABBREVIATIONS
    return before in {"", "\n", "!", "?", ":"} or _HASHES.search(line) is not None
