"""Which word denies what begins at a place of a sentence: "not" before "guilty". One word back, no grammar.

Words that deny in one language and say something else in another ("pas", "non") are left out; "no" is "in
the" in some, so it is for articles in English alone. A capital begins a title ("Not Yet Home").
"""

from __future__ import annotations

import re

_DENIES = re.compile(
    r"(?:(?<!\bor )(?<!\bif )\b(?:not|never|nicht|keine?[nmrs]?|niet|geen|inte|ikke|не)|\b\w+n['’]t)"
    r"(?:\s+(?:yet|been|being|a|an|the|in|at|from|by|to|of))?\s+\Z"
)
_NO = re.compile(r"(?<!\bor )(?<!\bif )\bno\s+\Z")
_AGO = re.compile(
    r"not\s+\w+\s+(?:second|minute|hour|day|week|month|year|decade|centur|mile|met|kilomet)\w*\s+"
    r"(?:ago|later|earlier|away)\b"
)
"""What is denied is that it is as much as that: "not a decade ago"."""
_FURTHEST = 60
"""Characters before some words in which what denies them stands."""


def denial(text: str, start: int) -> str:
    """The words that deny what begins at a place of a text and stand right before it; empty where none do.

    >>> text = "She was found not guilty and left not a year ago for the no-fly zone, which wasn't in Oslo."
    >>> [denial(text, text.index(words)) for words in ("guilty", "a year", "year", "fly", "Oslo")]
    ['not ', '', '', '', "wasn't in "]
    """
    found = _DENIES.search(text, max(0, start - _FURTHEST), start)
    return found[0] if found and not _AGO.match(text, found.start()) else ""


def denial_in_english(text: str, start: int) -> str:
    """The same of the "no" of English: not that of "bus no 7", of "no Rio" in a quotation, or of "no-fly".

    >>> text = "There is no milk on bus no 7."
    >>> [denial_in_english(text, text.index(words)) for words in ("milk", "7")]
    ['no ', '']
    """
    found = _NO.search(text, max(0, start - _FURTHEST), start)
    return found[0] if found and text[start].islower() else ""
