"""Whether a sentence can stand without the one before it: what its first words point back to.

Judged by the opening words alone. A sentence called whole here may still lean on its context; one called
dangling nearly always does.
"""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"[\s\"'“‘(\[*_`-]*(?:(?:and|but|so|then|or|yet|still|also|instead)\b,?\s+)?", re.IGNORECASE
)
_POINTER = re.compile(
    r"(?:he|she|they|him|her|his|hers|their|theirs|its|these|those|such|neither|the (?:latter|former))\b"
    r"|it\b(?!\s+(?:is|was|has been|would be|will be|may be|might be|could be)\b[^.]{0,60}?\b(?:that|to)\b)"
    r"|(?:this|that)\b(?!\s+(?:year|month|week|morning|evening|summer|winter|spring|autumn)\b)"
    r"|(?:in|at|for|by|after|before|because of|despite|during|since|as a result of|to do)\s+"
    r"(?:this|that|it|so|which)\b",
    re.IGNORECASE,
)
_CONCRETE = re.compile(r"\d|(?<=\s)[\"“‘(]?[A-Z]")
_THIN = 7
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Scripts without capitals or spaces say nothing here of what a sentence names."""
_CONNECTIVE = re.compile(
    r"\s*(?:but|and|so|or|yet|however|nonetheless|nevertheless|meanwhile|moreover|furthermore|instead|therefore"
    r"|thus|hence|also|additionally|similarly|likewise|consequently|besides|otherwise|then|still)\b",
    re.IGNORECASE,
)


def dangles(text: str) -> bool:
    """Whether the sentence opens with a word for something named before it ("He", "This", "Their").

    >>> [dangles(t) for t in ("He said this.", "But it fell.", "This year, rain fell.", "It is vital to go.")]
    [True, True, False, False]
    """
    opening = _OPENING.match(text)
    return _POINTER.match(text, opening.end() if opening else 0) is not None


def is_thin(text: str) -> bool:
    """Whether a sentence has seven words at most, no name after its first word and no number.

    >>> is_thin("Not everyone was pleased."), is_thin("Rain fell in Bath."), is_thin("Nobody was hurt.")
    (True, False, True)
    """
    return text.lstrip('"“‘(')[:1] in _LATIN and len(text.split()) <= _THIN and not _CONCRETE.search(text)


def leans(text: str) -> bool:
    """Whether the sentence opens with a connective ("However,"): whole, yet better with its neighbour.

    >>> leans("However, rain fell."), leans("Rain fell, however.")
    (True, False)
    """
    return _CONNECTIVE.match(text) is not None


def is_fragment(text: str) -> bool:
    """Whether a quotation is opened and never closed or the other way round: half of what was said.

    >>> is_fragment('"We will go.'), is_fragment('He said "no".')
    (True, False)
    """
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")
