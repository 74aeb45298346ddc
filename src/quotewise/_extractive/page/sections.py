"""The sections of a text whose headings are numbered or marked: "3. Bus line 7", "## Costs".

Lines are given by their numbers, in order. Headings that only stand alone are told apart in `layout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from .marks import HASHES, mark

if TYPE_CHECKING:
    from ..._plans.numbered import Line

decision = re.compile(r"(?:decisions?|decided|resolutions?|resolved|outcome)[*_]*: ", re.IGNORECASE)
"""What stands before a decision in minutes."""
_LONGEST = 12
"""Lines of a section that are looked at."""
_LONGEST_HEADING = 9
_NUMBERED = ("number", "clause")


def is_head(number: int, lines: Mapping[int, Line]) -> bool:
    """Whether a line is a heading: marked as one, or numbered and short, with no other number next to it.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["1. Bees", "Ann has two hives.", "You need:", "1. gloves", "2. smoke"]
    >>> lines = {number: Line(number, text, number) for number, text in enumerate(texts, 1)}
    >>> [number for number in lines if is_head(number, lines)]
    [1]
    """
    text = lines[number].text
    if HASHES.match(text):
        return True
    short = mark(text) in _NUMBERED and len(text.split()) <= _LONGEST_HEADING
    near = (lines[n].text for n in (number - 1, number + 1) if n in lines)
    return short and text.rstrip()[-1:].isalnum() and all(mark(one) not in _NUMBERED for one in near)


def sections(lines: Mapping[int, Line]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each heading with the first lines of its section, which ends at the next. Linear in the lines.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["Minutes", "## Bees", "Ann has two hives.", "## Fair", "## Costs", "None.", "It was free."]
    >>> list(sections({number: Line(number, text, number) for number, text in enumerate(texts, 1)}))
    [(2, (3,)), (4, ()), (5, (6, 7))]
    """
    heading: int | None = None
    section: list[int] = []
    for number, line in lines.items():
        if is_head(number, lines):
            if heading is not None:
                yield heading, tuple(section)
            heading, section = number, []
        elif heading is not None and len(section) < _LONGEST and line.source == lines[heading].source:
            section.append(number)
    if heading is not None:
        yield heading, tuple(section)
