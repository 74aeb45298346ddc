"""A question that asks several things, taken apart; and whether a question is English at all.

Reads the question alone. A part that leaves its subject to the part before it ("... and why?") is given
that part's words.
"""

from __future__ import annotations

import re

from ..._language.wordlists import listed
from ..._text.words import is_stopword, words
from . import question

MOST = 3
"""Parts that are answered; a longer list of questions is better asked one by one."""

_ONLY_ENGLISH = listed(
    "does did doesn't didn't are aren't can could couldn't has were would wouldn't should shouldn't"
)
"""Helping verbs that open a question in English alone: "was" and "will" open a German one, too."""
_NEXT = re.compile(
    r"\?\s+(?=\w)|[,;]?\s+(?:and|or)\s+(?=(?:who|whom|whose|when|where|why|how|what|which)\b)", re.IGNORECASE
)


def parts(text: str) -> list[str]:
    """The questions in a text, at most three.

    >>> parts("Who called the topic premature, and where was the summit?")
    ['Who called the topic premature', 'where was the summit?']
    >>> parts("When did the summit begin and why?")
    ['When did the summit begin', 'why? summit begin']
    >>> parts("In what city and what year did it begin?")
    ['In what city and what year did it begin?']
    """
    found: list[str] = []
    start = 0
    for cut in _NEXT.finditer(text):
        if _asks_enough(text[start : cut.start()]):
            found.append(text[start : cut.start()].strip())
            start = cut.end()
    found.append(text[start:].strip())
    return [_with_subject(part, found[0]) if i else part for i, part in enumerate(found[:MOST])]


def _asks_enough(text: str) -> bool:
    """Whether a text asks about something: it asks, with a content word beside its focus."""
    asked = question.read(text)
    return asked.kind != "other" and any(i not in asked.focus or asked.kind == "be" for i in asked.wanted)


def _with_subject(part: str, first: str) -> str:
    if question.read(part).wanted:
        return part
    asked = question.read(first)
    return " ".join([part, *(asked.words[i].text for i in asked.wanted)])


def is_english(text: str) -> bool:
    """Whether a question reads as English: an English word asks, or a quarter of it is function words.

    >>> [is_english(text) for text in ("Who won?", "Name the winner of the cup", "¿Quién ganó la copa?")]
    [True, True, False]
    >>> is_english("Does Villa Rosa offer breakfast?")
    True
    """
    asked = question.read(text)
    found = words(text)
    if asked.asks_at is not None or (found and found[0].text.lower().replace("’", "'") in _ONLY_ENGLISH):
        return True
    return 4 * sum(is_stopword(word.text) for word in found) >= len(found) > 0
