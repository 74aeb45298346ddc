"""Lines of talk: who speaks in a line of a transcript, and whether the line says anything.

Who speaks is told by the form alone, a name and a colon; whether a text is a transcript, in which such names
come again and again, is for `focus` and `layout`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ..._text.words import terms

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_STAMP = rf"\u200e?(?:\[(?:[\d./-]{{6,10}},? )?{_CLOCK}\]|[\d./-]{{6,10}},? {_CLOCK} -) "
_SENT = re.compile(rf"{_STAMP}(?=[^\W\d_][\w .'’@-]{{0,40}}: )")
"""When a message was sent, as chats are exported: "[09:12] ann: Yes", "12/04/2025, 18:31 - Ann: Yes"."""
_UNSENT = re.compile(_STAMP)
_OMITTED = re.compile(r"\u200e?(?:<[^<>]{3,40}>|[\w ]{3,20} omitted)", re.IGNORECASE)
"""What stands for a picture that is not in the export."""
_SENDER = re.compile(r"([^\W\d_][\w .'’@-]{0,40}?): ")
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


def sender(text: str) -> str:
    """Who sent a message of a chat, where its line begins with the time and a name; empty where nobody is.

    >>> sender("[09:12] ann: It rains."), sender("12/04/2025, 18:31 - Ann Lee: Yes."), sender("Ann: Yes.")
    ('ann', 'Ann Lee', '')
    """
    found = _sent(text)
    return found[1] if found else ""


def _sent(text: str) -> re.Match[str] | None:
    at = _SENT.match(text)
    return _SENDER.match(text, at.end()) if at else None


def is_no_message(text: str) -> bool:
    """Whether a line of a chat is a notice of nobody, or stands for a picture.

    >>> [is_no_message(f"[09:12] {said}") for said in ("Ann left", "Ann: <Media omitted>", "Ann: Yes")]
    [True, True, False]
    """
    if found := _sent(text):
        return _OMITTED.fullmatch(text, found.end()) is not None
    return _UNSENT.match(text) is not None


def without_time(text: str) -> str:
    """The words of a line without the time a chat notes before them.

    >>> without_time("[12.04.25, 18:31:07] Ann: It rains.")
    'Ann: It rains.'
    """
    return _SENT.sub("", text, count=1)


def speaker(text: str) -> str:
    """Who is speaking in a line, as transcripts write it; empty where nobody is.

    >>> speaker("Project Manager: Okay."), speaker("[01:20] Ann: Okay."), speaker("He left: nobody knew.")
    ('Project Manager', 'Ann', '')
    """
    found = _sent(text) or _SPEAKER.match(text)
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
    found = _sent(text) or _SPEAKER.match(text)
    return text[found.end() :] if found else text


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
