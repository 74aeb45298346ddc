"""Words broken over two lines, as in print and scans, read as one. Nothing else; quotes are cut elsewhere.

Whether a hyphen at a line's end is the word's own is told by the rest of the text, else by the common words
of English: `_text.fold` reads across it either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .._text.words import term
from .meanings import lexicon

_BROKEN = re.compile(r"(?<![\w-])([^\W\d_]+)-[ \t]*\r?\n\s*([^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]*)")
"""What goes on with a capital is a name of its own."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LINKS = frozenset(("and", "or", "nor", "und", "oder", "bzw", "sowie"))
"""What follows a hyphen that stands for a word yet to come: "Haupt- und Nebenstraßen"."""
_TWINS = frozenset(map(term, ("resign", "recover", "recreate", "reform")))
"""Words that are others with a hyphen: who re-signs stays."""


def unbroken(texts: Iterable[str]) -> list[str]:
    """The texts with their broken words joined, the line's end and blanks before each: as long as they were.

    A word that stands elsewhere in them is read as it stands there. Else the hyphen stays where it may
    be the word's own: where what follows is a word of English and the whole is none or another,
    or after one letter.

    >>> def read(text):
    ...     return " ".join(unbroken([text])[0].split())
    >>> read("The ship-\\nbuilding yard com-\\npleted a well-\\nknown Zep-\\npelin.")
    'The shipbuilding yard completed a well-known Zeppelin.'
    >>> read("He is to re-\\nsign after the x-\\nray."), read("He had to re-\\nsign. Bo Lund resigned, too.")
    ('He is to re-sign after the x-ray.', 'He had to resign. Bo Lund resigned, too.')
    """
    given = list(texts)
    if not any("-" in text and _BROKEN.search(text) for text in given):
        return given
    rest = {word.casefold() for text in given for word in _WORD.findall(_BROKEN.sub(" ", text))}
    known = frozenset(map(term, rest))

    def joined(found: re.Match[str]) -> str:
        one, other = found[1], found[2]
        if other in _LINKS:
            return found[0]
        hyphened = f"{one}-{other}"
        apart = hyphened.casefold() in rest or (term(one + other) not in known and _is_apart(one, other))
        word = hyphened if apart else one + other
        return "\n".ljust(len(found[0]) - len(word)) + word

    return [_BROKEN.sub(joined, text) if "-" in text else text for text in given]


def _is_apart(one: str, other: str) -> bool:
    """Whether two parts are rather two words with a hyphen between them, going by English alone."""
    known, whole = lexicon().known, term(one + other)
    return len(one) == 1 or whole in _TWINS or (known(term(other)) and not known(whole))
