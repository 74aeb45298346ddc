"""Words broken over two lines, as in print and scans, read as one. Nothing else; quotes are cut elsewhere.

Whether a hyphen at a line's end is the word's own is told by the common words of English: `_text.fold` reads
across it either way.
"""

from __future__ import annotations

import re

from .._text.words import term
from .meanings import lexicon

_BROKEN = re.compile(r"(?<![\w-])([^\W\d_]+)-[ \t]*\r?\n\s*([^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]*)")
"""What goes on with a capital is a name of its own."""


def unbroken(text: str) -> str:
    """The text with its broken words joined, the line's end and blanks before each: as long as it was.

    The hyphen stays where it may be the word's own: both parts are common English words, the whole is none.

    >>> " ".join(unbroken("The ship-\\nbuilding yard com-\\npleted a well-\\nknown Zep-\\npelin.").split())
    'The shipbuilding yard completed a well-known Zeppelin.'
    """
    return _BROKEN.sub(_joined, text) if "-" in text else text


def _joined(found: re.Match[str]) -> str:
    one, other = found[1], found[2]
    known = lexicon().known
    whole = known(term(one + other)) or not (known(term(one)) and known(term(other)))
    joined = one + other if whole else f"{one}-{other}"
    return "\n".ljust(len(found[0]) - len(joined)) + joined
