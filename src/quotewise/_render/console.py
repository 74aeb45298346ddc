"""Results for a REPL: short reprs that show the quotes, and the same text in colour for rich.

rich is imported by rich's own call alone; a program without it never needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import text as _text

if TYPE_CHECKING:
    from rich.text import Text

    from .._results import Claim, Quote, Result

_LONG = 60
_MARK = r"\[\d+\]"
_STYLES = {"": "", "head": "bold", "quote": "dim", "dim": "dim", "bad": "red"}


def quote(value: Quote) -> str:
    """Where it stands and its first words, as `<Quote 12:45 'the words'>`, its page where it has one."""
    page = "" if value.page is None else f" page {value.page}"
    widened = " widened" if value.widened else ""
    return f"<Quote {value.start}:{value.end} {_short(value.text)!r}{page}{widened}>"


def claim(value: Claim) -> str:
    """Its words, whether they are supported, and its quotes."""
    held = "supported" if value.verdict.supported else "NOT supported"
    quotes = ", ".join(f"{q.start}:{q.end} {_short(q.text)!r}" for q in value.quotes) or "no quote"
    return f"<{type(value).__name__} {_short(value.text)!r} {held} {value.verdict.score:.2f} by {quotes}>"


def result(value: Result) -> str:
    """How much it says, how much of the article that rests on, and what was left out."""
    return f"<{type(value).__name__} {', '.join(_told(value))}>"


def rich(value: Result, width: int) -> Text:
    """The text of `str(result)`, with marks, quotes and what is not supported in colour."""
    from rich.text import Text

    lines = [Text(_shown(text), _STYLES[look]) for text, look in _text.lines(value, width)]
    shown = Text("\n").join(lines)
    shown.highlight_regex(_MARK, "not dim cyan")
    return shown


def _told(value: Result) -> Iterator[str]:
    if status := getattr(value, "status", ""):
        yield status
    rows = _text.said(value)
    what = "values" if getattr(value, "values", ()) else "claims"
    held = sum(row.verdict.supported for row in rows)
    yield f"{len(rows)} {what}" if held == len(rows) else f"{held} of {len(rows)} {what} supported"
    if value.coverage.sentences:
        yield f"{len(value.coverage.cited)} of {value.coverage.sentences} sentences cited"
    if value.rejected:
        yield f"{len(value.rejected)} rejected"
    if value.gaps:
        yield f"INCOMPLETE ({len(value.gaps)} gaps)"
    if value.trace.engine:
        yield f"by {value.trace.engine!r}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else flat[: _LONG - 1].rstrip() + "…"


def _shown(text: str) -> str:
    """Control characters of an article must not reach the terminal; rich lets some of them through."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", text)
