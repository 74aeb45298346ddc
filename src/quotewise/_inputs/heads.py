"""Running heads and page numbers: the lines at the edges of pages that the pages have in common.

They cut sentences that go on over a page in two. Only what recurs at the same edge on neighbouring pages is
taken for one; nothing here changes a line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_NUMBER = re.compile(r"\d{1,6}")
_LONGEST, _DEEPEST = 120, 3
"""Characters of a running head; how many lines from a page's edge it may stand."""
_REACH = 4
"""Heads of left and right pages alternate, and each chapter may have its own: two others within four
pages on either side are asked for."""


def without_heads(pages: Sequence[str]) -> list[str]:
    """The pages without their running heads, feet and page numbers; those with fewer than three stay whole.

    A line is one where it stands among the first or last three lines of three pages that lie close by, the
    same but for one number that counts the pages. On the first page, what stands on top without such a
    number stays: it is the title as well. A refrain at the edge of three pages would be lost.

    >>> without_heads(["Rain\\nIt fell.\\n1", "Rain\\nIt went on.\\n2", "Rain\\nIt stopped.\\n3"])
    ['Rain\\nIt fell.', 'It went on.', 'It stopped.']
    """
    lines = [page.split("\n") for page in pages]
    tops = _common(lines, last=False)
    title = [
        line for page, cut in zip(lines[:1], tops, strict=False) for line in page[:cut] if _is_title(line)
    ]
    lines = [page[cut:] for page, cut in zip(lines, tops, strict=True)]
    ends = _common(lines, last=True)
    lines = [page[: len(page) - cut] for page, cut in zip(lines, ends, strict=True)]
    return ["\n".join(page).strip("\n") for page in (title + lines[0], *lines[1:])] if lines else []


def _is_title(line: str) -> bool:
    return bool(line.strip()) and not _NUMBER.search(line)


def _common(pages: Sequence[Sequence[str]], last: bool) -> list[int]:
    """How many lines at this edge of each page are heads: all of them down to the first that is not."""
    where: dict[str, set[int]] = defaultdict(set)
    edges = [_edge(page, last) for page in pages]
    for at, edge in enumerate(edges):
        for line in edge:
            for key in _keys(line, at):
                where[key].add(at)
    return [_depth(edge, at, where) for at, edge in enumerate(edges)]


def _edge(page: Sequence[str], last: bool) -> list[str]:
    lines = list(reversed(page[-_DEEPEST:])) if last else list(page[:_DEEPEST])
    return [line.strip() for line in lines]


def _depth(edge: Sequence[str], at: int, where: dict[str, set[int]]) -> int:
    deep = 0
    for line in edge:
        if line and not any(_is_near(where[key], at) for key in _keys(line, at)):
            break
        deep += 1
    while deep and not edge[deep - 1]:
        deep -= 1
    return deep


def _is_near(pages: set[int], at: int) -> bool:
    return sum(page in pages for page in range(at - _REACH, at + _REACH + 1)) >= 3


def _keys(line: str, at: int) -> set[str]:
    """A line as it is, and with its first or last number told from the page's own: "Page +1 of 9"."""
    if not line or len(line) > _LONGEST:
        return set()
    words = " ".join(line.split())
    keys = set() if words.isdigit() else {words}
    numbers = list(_NUMBER.finditer(words))
    for number in {numbers[0], numbers[-1]} if numbers else ():
        ahead = int(number[0]) - at
        keys.add(f"{words[: number.start()]}\x00{ahead:+d}\x00{words[number.end() :]}")
    return keys
