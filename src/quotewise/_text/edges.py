"""Where a text may be cut: never through a word, a number, or a character as people see it.

`locate` asks this of both ends of a place it found. Each function looks at one offset and the few characters
around it, and knows nothing of articles, quotes or folds.
"""

from __future__ import annotations

import html
import re
import unicodedata

from .fold import UNSPACED

NO_SPACES = f"{UNSPACED}\u0e01-\u0e4e\u0e81-\u0ec6\u1000-\u1049\u1780-\u17d3"
"""Scripts that put no spaces between words (Han, kana, Thai, Lao, Myanmar, Khmer), as the inside of a
character class: a cut between two of their letters goes through no word."""
_UNSPACED = re.compile(f"[{NO_SPACES}]")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬亿億兆两兩")
_IN_NUMBERS = frozenset(".,:/'·٫٬_^-⁄")
_IN_WORDS = frozenset("'-_&/@^")
_GROUPED_LEFT = re.compile(r"(?<![\d.,])\d{1,3}\Z")
_GROUPED_RIGHT = re.compile(r"\d{3}(?!\d)")
_PLAIN_PAIR = re.compile("[A-Za-z0-9]{2}")
_JOINER = "\u200d"
_MOST_FLAGS = 32  # letters of flags in a row that are counted, so that a million of them stay linear


def cuts_word(text: str, at: int) -> bool:
    """Would a cut at `at` go through a word or a number?

    >>> [cuts_word("spending of 12.5 (non-nuclear) in Russia's", at) for at in (3, 8, 14, 22, 40)]
    [True, False, True, True, False]
    """
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if unicodedata.category(right)[0] == "M" or right in "⁻⁺":
        return True
    if left.isalpha() and right in "$€£¥₹":  # A$5 is not $5
        return True
    if _in_word(left) and _in_word(right):
        return _both_in_one(left, right)
    if _in_word(left):
        return _glued(text, at) and not _is_possessive(text, at)
    return _in_word(right) and _glued(text, at - 1)


def _in_word(c: str) -> bool:
    return c.isalnum() or unicodedata.category(c)[0] == "M"


def _both_in_one(left: str, right: str) -> bool:
    if _UNSPACED.match(left) or _UNSPACED.match(right):
        return left in _NUMERALS and right in _NUMERALS
    return True


def _glued(text: str, at: int) -> bool:
    """Does the character at `at` hold what stands on both its sides together?"""
    glue, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if glue == " ":
        return bool(_GROUPED_RIGHT.match(text, at + 1) and _GROUPED_LEFT.search(text[max(0, at - 5) : at]))
    if not after or not _in_word(after):
        return False
    if not before or not _in_word(before):
        return after.isdigit() and (glue in "-+±" or (glue in ".," and before != "."))
    if before.isdigit() and after.isdigit():
        return glue in _IN_NUMBERS
    return glue in _IN_WORDS or (
        glue == "." and before.isalpha() and not _in_word(text[at - 2 : at - 1] or " ")
    )


def _is_possessive(text: str, at: int) -> bool:
    """Is the word that ends at `at` followed by 's alone? Russia stands whole in Russia's."""
    return text[at : at + 2] in ("'s", "’s") and not text[at + 2 : at + 3].isalnum()


def is_break(dash: str, around: str) -> bool:
    """Is this dash, as the article writes it, a pause and not a hyphen, a range or a minus sign?"""
    dash = html.unescape(dash) if "&" in dash else dash
    if "—" in dash or "―" in dash or "--" in dash:
        return True
    return dash[:1].isspace() and dash[-1:].isspace() and not around.isdigit()


def is_minus(dash: str, around: str) -> bool:
    """Is this dash, with a blank before it and none after, the sign of a number: " -5"?"""
    return (
        dash[:1].isspace() and not dash[-1:].isspace() and not around[:1].isdigit() and around[1:].isdigit()
    )


def cuts_character(text: str, at: int) -> bool:
    """Would a cut at `at` go through a character as people see it, or through a line break?"""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if unicodedata.category(right)[0] == "M" or "\U0001f3fb" <= right <= "\U0001f3ff":
        return True
    if left + right == "\r\n" or "\U000e0020" <= right <= "\U000e007f":
        return True
    if left == _JOINER or right == _JOINER:
        beyond = text[at + 1 : at + 2] if right == _JOINER else right
        return bool(beyond) and not beyond.isspace()
    return _is_indicator(left) and _is_indicator(right) and _parts_a_flag(text, at)


def _is_indicator(c: str) -> bool:
    return "\U0001f1e6" <= c <= "\U0001f1ff"


def _parts_a_flag(text: str, at: int) -> bool:
    """Is `at` between the two letters of a flag, or too deep in a row of flags to tell?"""
    start = at
    while start and at - start < _MOST_FLAGS and _is_indicator(text[start - 1]):
        start -= 1
    return at - start == _MOST_FLAGS or (at - start) % 2 == 1


def inside_a_word(text: str, start: int, end: int) -> bool:
    """Does an edge stand between two ASCII letters or digits? `cuts_word` says the same, more slowly."""
    return any(0 < at < len(text) and _PLAIN_PAIR.match(text, at - 1) for at in (start, end))
