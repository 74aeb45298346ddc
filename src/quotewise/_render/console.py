"""Results for a REPL: a repr in a line, and the text of `str(result)` in colour for rich.

rich is imported by rich's own call alone; a program without it never needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import text as _text
from .shapes import Answered, Filled, Shown

if TYPE_CHECKING:
    from rich.text import Text

_MARK = r"\[\d+\]"
_STYLES = {"": "", "head": "bold", "quote": "dim", "dim": "dim", "bad": "red"}


def result(value: Shown) -> str:
    """How much it says, how much of the article that rests on, and what was left out."""
    return f"<{type(value).__name__} {', '.join(_told(value))}>"


def rich(value: Shown, width: int) -> Text:
    """The text of `str(result)`, with marks, quotes and what is not supported in colour."""
    from rich.text import Text

    lines = [Text(_shown(text), _STYLES[look]) for text, look in _text.lines(value, width)]
    shown = Text("\n").join(lines)
    shown.highlight_regex(_MARK, "not dim cyan")
    before, held, _ = _text.told_apart(_text.short(value), shown.plain)
    shown.stylize("bold", len(before), len(before) + len(held))
    return shown


def _told(value: Shown) -> Iterator[str]:
    if isinstance(value, Answered):
        yield value.status
    rows = _text.said(value)
    what = "values" if isinstance(value, Filled) else "claims"
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


def _shown(text: str) -> str:
    """Control characters of an article must not reach the terminal; rich lets some of them through."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", text)
