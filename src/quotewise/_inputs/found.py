"""What a parser finds or why it cannot, as plain values that fit into JSON."""

from __future__ import annotations

import re
from typing import TypedDict

MOST = 20_000_000
"""Characters; the text of a document that has more is more likely a bomb than an article."""
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


class Found(TypedDict):
    """The fields of a `Document`; a page is a start and an end in the text."""

    text: str
    title: str
    byline: str
    date: str
    pages: list[tuple[int, int]]


class UnparsableError(Exception):
    """`why` goes on after a file's name ("holds no text"); `next_step` is for the person who must act."""

    def __init__(self, why: str, next_step: str) -> None:
        super().__init__(why)
        self.why = why
        self.next_step = next_step


def usable(text: str) -> str:
    """A parser's text without what no text may hold: NUL and half surrogate pairs become U+FFFD.

    >>> usable("a\\x00b")
    'a\\ufffdb'
    """
    return _UNUSABLE.sub("\ufffd", text)


def one_line(text: object) -> str:
    """A title or a name from a source's own fields, as one line of at most 300 characters.

    >>> one_line(" Rain\\n at last "), one_line(None)
    ('Rain at last', '')
    """
    return " ".join(usable(text).split())[:300] if isinstance(text, str) else ""
