"""Rows of styled words: what a conversation shows, whether a terminal or a pipe will read it.

A row is wrapped and written here, as plain text or as the fragments that prompt_toolkit prints; what stands
in it is decided in `conversation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from .output import safe

Style: TypeAlias = Literal["", "head", "mark", "quote", "dim", "bad"]
_PIECES = re.compile(r"\s+|\S+")


class Part(NamedTuple):
    """Some words and how they look; `quote` is what is to be seen at a glance."""

    text: str
    style: Style = ""


class Row(NamedTuple):
    """A paragraph of parts, `indent` columns from the left; `lead` stands in that margin."""

    parts: tuple[Part, ...] = ()
    indent: int = 0
    lead: str = ""


Rows: TypeAlias = list[Row]
_Word: TypeAlias = list[Part]  # parts with no space between them


def row(*parts: Part | str, indent: int = 0, lead: str = "") -> Row:
    """A row of parts; a plain string is a part without a style."""
    return Row(tuple(Part(p) if isinstance(p, str) else p for p in parts), indent, lead)


def lines(rows: Iterable[Row], width: int) -> Iterator[list[Part]]:
    """The rows as lines of at most `width` columns, where a single word allows it."""
    for each in rows:
        yield from _wrapped(each, width)


def plain(rows: Iterable[Row], width: int) -> str:
    """The rows as text, what is to be seen between >> and <<.

    >>> print(plain([row("It is ", Part("so and so", "quote"), ".", indent=2, lead="- ")], 12))
    - It is >>so
      and so<<.
    """
    marked = (each._replace(parts=tuple(map(_marked, each.parts))) for each in rows)
    return "\n".join("".join(part.text for part in line) for line in lines(marked, width))


def _marked(part: Part) -> Part:
    return Part(f">>{part.text}<<", part.style) if part.style == "quote" and part.text.strip() else part


def _wrapped(each: Row, width: int) -> Iterator[list[Part]]:
    line = [Part(each.lead.ljust(each.indent), "mark")]
    used = empty = max(each.indent, len(each.lead))
    for word in _words(each.parts):
        long = sum(len(part.text) for part in word)
        if used > empty and used + 1 + long > width:
            yield line
            line, used = [Part(" " * each.indent)], each.indent
        elif used > empty:
            line.append(Part(" ", _between(line, word)))
            used += 1
        line += word
        used += long
    yield line


def _between(line: Sequence[Part], word: _Word) -> Style:
    """The space inside a highlight is highlighted, the one beside it is not."""
    return word[0].style if line[-1].style == word[0].style else ""


def _words(parts: Iterable[Part]) -> Iterator[_Word]:
    word: _Word = []
    for part in parts:
        for piece in _PIECES.findall(part.text):
            if not piece.isspace():
                word.append(Part(safe(piece), part.style))
            elif word:
                yield word
                word = []
    if word:
        yield word
