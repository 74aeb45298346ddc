"""What stands before the words of a line: the marks of Markdown, of lists, of clauses and of quoted mail.

They say what sort of line it is, and are no part of what it says. Lines are read one by one here.
"""

from __future__ import annotations

import re

from ..words.speakers import without_time

HASHES = re.compile(r"\A#{1,6}\s+")
_QUOTED = re.compile(r"\A\s*(?:>\s?)+")
_ITEM = re.compile(
    r"\A\s*(?:(?P<bullet>[-*+•◦▪■‣·–])|(?P<number>\d{1,2}[.)]|\(\d{1,2}\))|(?P<letter>\(?(?:[a-z]|[ivx]{2,4})\))"
    r"|(?P<clause>\d{1,2}(?:\.\d{1,2}){1,4}\.?(?=\s+[\"“‘(]?(?:[A-Z][a-z]|A\s))))\s+(?=\S)"
)
"""A clause's number ("2.1.1") stands before a word with a capital: "2.5 GB of memory" begins with none."""
_TIMED = re.compile(r"\A(?:\[(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d+)?\]|\((?:\d{1,2}:)?\d{1,2}:\d\d\))\s+(?=\S)")
"""When it was said, as transcripts note it: "[00:14] Ann: Yes"."""
_HALF = re.compile(r"\A\*{1,3}(?=\w)(?!.*\*)|(?<=[.!?])\*{1,3}\Z")
"""Stress that goes over several sentences, of which a line has one end."""
_PLAIN = re.compile(r"[^\W\d_]{2}|[A-Z]")
"""How nearly every line begins, without a mark."""
_STRESSED = re.compile(r"(?<!\w)(\*\*|__|[*_])(?=\S)([^*_]{1,300}?)(?<=\S)\1(?!\w)")


def unmarked(text: str) -> str:
    """A line without what is written before it (number signs, a list's or a quote's mark) and around stress.

    >>> unmarked("## Drammel: rock"), unmarked("#1 in the charts")
    ('Drammel: rock', '#1 in the charts')
    >>> unmarked("- The **dam** of Bath holds."), unmarked("12. It holds."), unmarked("- 3 degrees * 2")
    ('The dam of Bath holds.', 'It holds.', '3 degrees * 2')
    >>> unmarked("The *crew* met."), unmarked("**Decided:** to buy an *oven*."), unmarked("my_own_name")
    ('The crew met.', 'Decided: to buy an oven.', 'my_own_name')
    >>> unmarked("*Serves six."), unmarked("Takes an hour.*")
    ('Serves six.', 'Takes an hour.')
    >>> [unmarked(text) for text in ("2.1.1 Sundays are free.", "(b) a fee;", "> Take care.", "2.5 GB")]
    ['Sundays are free.', 'a fee;', 'Take care.', '2.5 GB']
    >>> unmarked("[00:14] Ann: It rains."), unmarked("[2] says so.")
    ('Ann: It rains.', '[2] says so.')
    """
    bare = _bare(text)
    return _HALF.sub("", _STRESSED.sub(r"\2", bare)) if "*" in bare or "_" in bare else bare


def masked(text: str) -> str:
    """A line with blanks for the mark before it: as long as it was, so that its words stay where they are.

    >>> masked("4.3 Damage must be reported.")
    '    Damage must be reported.'
    """
    return " " * (len(text) - len(bare := _bare(text))) + bare


def mark(text: str) -> str:
    """The sort of mark a line opens with: "bullet", "number", "letter", "clause", or an empty string.

    >>> mark("• Crew: 9"), mark("(ii) a fee"), mark("Crew: 9")
    ('bullet', 'letter', '')
    """
    found = _ITEM.match(text)
    return (found.lastgroup or "") if found else ""


def heads_a_section(text: str) -> bool:
    """Whether a line is a heading of Markdown that only numbers and names its section.

    >>> [heads_a_section(text) for text in ("## 5. Shore power", "## 5. Who pays?", "5. Shore power")]
    [True, False, False]
    """
    own = HASHES.sub("", text)
    return own != text and mark(own) in ("number", "clause") and not own.rstrip("*_ ").endswith("?")


def _bare(text: str) -> str:
    """The same string where no mark is: the lines of a long text would be held twice."""
    if _PLAIN.match(text):
        return text
    return _TIMED.sub("", _ITEM.sub("", _QUOTED.sub("", HASHES.sub("", without_time(text))), count=1))
