"""Lines that were broken for width, joined again: what a terminal or an editor wrapped is one sentence.

For texts to be checked, which are short and often lists; how an article's paragraphs are told stands in
`_text.sentences`. No character moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_STARTS = re.compile(
    r"[ \t]*(?:[-*•–—▪◦+]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|#{1,6}|>|\||\[\^?\d{1,3}\])(?=\s|[|\[:–])"
)
"""What begins something new: the mark of a list, a heading, a quotation, a row or a note."""
_ITEM = re.compile(r"[ \t]*(?:[-*•–—▪◦+]|\(?\d{1,3}[.)]|\[\d{1,3}\](?=\s“))\s")
_ENDS = re.compile(r"[.!?:;…|](?:[\"”’')\]*_]|\[\^?\d{1,3}\]|\s)*\Z")
_STOPS = re.compile(r"[.!?…|](?:[\"”’')\]*_]|\[\^?\d{1,3}\]|\s)*\Z")
_GOES_ON = re.compile(r"[a-z&]")
_LEAST, _NARROWEST, _WIDEST = 30, 50, 120
"""Characters: of a line that may go on in small letters; of the lines of a wrapped paragraph."""
_FULL = 0.75
"""The share of the width that each line of a wrapped paragraph but the last takes up."""


def unwrapped(text: str) -> str:
    """The text with blanks in place of the line ends that only fit it into a width; as long as it was.

    >>> unwrapped("- The cost of the repairs was put at a million\\n  Swedish crowns.\\n- Rain fell")
    '- The cost of the repairs was put at a million   Swedish crowns.\\n- Rain fell'
    >>> unwrapped("Rain\\nSun")
    'Rain\\nSun'
    """
    lines = text.split("\n")
    if len(lines) == 1:
        return text
    joints = "".join(" " if joined else "\n" for joined in _joined(lines))
    return "".join(line + joint for line, joint in zip(lines, joints + " ", strict=True))[:-1]


def _joined(lines: Sequence[str]) -> Iterator[bool]:
    """For each line but the last whether the next one goes on with it."""
    full = _wrapped(lines)
    item = False
    for at, (line, after) in enumerate(pairwise(lines)):
        item = _ITEM.match(line) is not None or (item and bool(line.strip()))
        hangs = item and after[:1] in " \t"
        ends = (_STOPS if hangs else _ENDS).search(line)
        goes_on = not (ends or _STARTS.match(after) or not line.strip() or not after.strip())
        yield goes_on and (
            hangs or (len(line) >= _LEAST and _GOES_ON.match(after.lstrip()) is not None) or full[at]
        )


def _wrapped(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is full, in a paragraph of three lines and more that are, but for the last."""
    full = [False] * len(lines)
    start = 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not lines[at].strip():
            sizes = [len(line.rstrip()) for line in lines[start:at]]
            width = max(sizes, default=0)
            if len(sizes) > 2 and _NARROWEST <= width <= _WIDEST and min(sizes[:-1]) >= _FULL * width:
                full[start : at - 1] = [True] * (len(sizes) - 1)
            start = at + 1
    return full
