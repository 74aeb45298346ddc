"""What any source gives: its text, what it says of itself, and where its pages stand. No parsing here."""

from __future__ import annotations

from dataclasses import dataclass

from .._values import Span


@dataclass(frozen=True)
class Document:
    """A text with what its source says of it; empty where the source says nothing.

    `pages` holds one span of `text` for each page, in order and also for pages without text; it is empty
    for sources that have no pages.
    """

    text: str
    title: str = ""
    byline: str = ""
    date: str = ""
    pages: tuple[Span, ...] = ()
