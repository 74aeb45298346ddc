"""Texts that are not what they are given as: the name of a file, or an article in the place of a question.

A `str` is always the text itself, so these are told, and read as they were given.
"""

from __future__ import annotations

import re
import sys
import warnings
from itertools import count
from pathlib import Path

_LONGEST = 255
"""Characters of a name; a longer text is none."""
_MUCH_LONGER = 5
"""Times that a question must be as long as its article to be taken for the article."""
_FILE = re.compile(r"[^\n<>|]*\.(?:txt|md|markdown|rst|html?|pdf|docx)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")


def tell_of_a_name(text: object) -> None:
    """Warn (`UserWarning`, at the caller's line) where a text is a file's name or a page's address."""
    if isinstance(text, str) and (way := _way(text)):
        warnings.warn(f"{text!r} is read as the text itself. {way}", stacklevel=_level_outside())


def tell_of_the_order(question: object, article: object) -> None:
    """Warn where a question and an article seem to have changed places."""
    if isinstance(question, str) and isinstance(article, str) and _is_turned(question, article):
        warnings.warn(
            "The question is longer than the article. The question comes first: ask(question, article).",
            stacklevel=_level_outside(),
        )


def _is_turned(question: str, article: str) -> bool:
    """Whether what stands for an article asks, or is next to nothing beside what stands for a question."""
    asks = article.rstrip().endswith("?") and not question.rstrip().endswith("?")
    return len(question) > len(article) * (1 if asks else _MUCH_LONGER) and len(article) < _LONGEST


def _way(text: str) -> str:
    """How to have it read instead; empty for what is a text."""
    if len(text) > _LONGEST or "\n" in text:
        return ""
    if _ADDRESS.fullmatch(text):
        return "To read a page, fetch it and give Article.from_html(...); the command reads addresses."
    if _FILE.fullmatch(text) or is_file(text):
        return f"To read a file, give Path({text!r})."
    return ""


def is_file(text: str) -> bool:
    """Is that the name of a file? A text that is too long to be a name is none."""
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _level_outside() -> int:
    """The `stacklevel` of the first caller that is none of ours, seen from the function that warns."""
    package = __name__.partition(".")[0]
    for level in count(1):  # pragma: no branch
        try:
            frame = sys._getframe(level)
        except ValueError:
            return level - 1
        if frame.f_globals.get("__name__", "").partition(".")[0] != package:
            return level
    raise AssertionError("unreachable: every stack ends")
