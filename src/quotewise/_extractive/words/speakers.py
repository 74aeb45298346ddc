"""Lines of talk: who speaks in a line of a transcript, and whether the line says anything.

Who speaks is told by the form alone, a name and a colon; whether a text is a transcript, in which such names
come again and again, is for `focus` and `layout`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ..._text.words import terms

_SPEAKER = re.compile(r"(?:[\[(][\d:.,]{4,12}[\])]\s+)?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}) ?: ")
_MARK = re.compile(r"\{\w+\}|\[[^\[\]]{0,40}\]")
"""What a transcript notes beside the words: "{vocalsound}", "[Laughter]"."""
_BROKEN_OFF = re.compile(r"(?:\{\w+\}|[-–—])[\s\"'”’.]*$")
_TELLING = 4
_COURTEOUS = re.compile(
    r"(?:[^,.]{1,40},\s)?(?:(?:thank you|thanks|many thanks)(?: (?:very|so) much)?(?: indeed)?"
    r"(?:, [^,.]{1,30})?"
    r"|(?:good (?:morning|afternoon|evening)|hello|welcome)(?:\b[^,.]{0,40})?|my pleasure)[.!]?",
    re.IGNORECASE,
)
"""What speakers say to each other at the beginning and the end."""


def speaker(text: str) -> str:
    """Who is speaking in a line, as transcripts write it; empty where nobody is.

    >>> speaker("Project Manager: Okay."), speaker("[01:20] Ann: Okay."), speaker("He left: nobody knew.")
    ('Project Manager', 'Ann', '')
    """
    found = _SPEAKER.match(text)
    return found[1] if found else ""


def talkers(opening: Iterable[str]) -> Counter[str]:
    """Who opens more than one of some paragraphs, with how many; who does once is only a label.

    >>> dict(talkers(["Ann: It rains.", "Bob: Again?", "Ann: Again.", "Aims: none."]))
    {'Ann': 2}
    """
    turns = Counter(name for text in opening if (name := speaker(text)))
    return Counter({name: count for name, count in turns.items() if count > 1})


def without_speaker(text: str) -> str:
    """The words of a line without who says them.

    >>> without_speaker("Project Manager: Okay.")
    'Okay.'
    """
    return _SPEAKER.sub("", text, count=1)


def is_courteous(text: str) -> bool:
    """Whether a line only greets or thanks.

    >>> is_courteous("Host: Dr Voss, thank you very much."), is_courteous("Thanks to rain the lake is full.")
    (True, False)
    """
    return _COURTEOUS.fullmatch(without_speaker(text)) is not None


def is_scrap(text: str) -> bool:
    """Whether a line says too little: broken off, a table's row, or fewer than four content words in it.

    >>> [is_scrap(t) for t in ("Ann: Yeah.", "Ann: The new harbour cost a million.", "We {um}")]
    [True, False, True]
    """
    said = _MARK.sub(" ", without_speaker(text))
    return (
        _BROKEN_OFF.search(text) is not None
        or text.lstrip()[:1] == "|"
        or len(set(terms(said))) < _TELLING
        or is_courteous(text)
    )
