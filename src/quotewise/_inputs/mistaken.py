"""Texts that look like the name of a file: a `str` is always the text itself, so these are told, not read."""

from __future__ import annotations

import re
import sys
import warnings
from itertools import count
from pathlib import Path

_LONGEST = 255
"""Characters of a name; a longer text is none."""
_FILE = re.compile(r"[^\n<>|]*\.(?:txt|md|markdown|rst|html?|pdf|docx)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")


def tell_of_a_name(text: object) -> None:
    """Warn (`UserWarning`, at the caller's line) where a text is a file's name or a page's address."""
    if isinstance(text, str) and (way := _way(text)):
        warnings.warn(f"{text!r} is read as the text itself. {way}", stacklevel=_level_outside())


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
