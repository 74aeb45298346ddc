"""The tables among an article's lines: heads, rows, cells, and what is said around them.

Rows stand between bars or have tabs between their cells; a list of "label: value" is a table without heads.
Of a PDF's tables only spaces are left between the cells: those of figures under years can still be told.
What a question asks of them is for `lookup`. `_language.tables` reads an article's text, as rows, columns
and values, to check claims; what rules, heads and labels are is shared with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..._language.tables import is_rule, telling, terms_of
from ..._text.words import terms
from .furniture import LONGEST, ends
from .layout import is_heading, is_row, is_talk
from .marks import mark, unmarked

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_BETWEEN_BARS = re.compile(r"(?<=\|)(?:[^|\\]|\\.)*(?=\|)")
_BETWEEN_TABS = re.compile(r"[^\t]+")
_PAIR = re.compile(r"(?P<label>[^\s:][^:]{0,60}): +(?P<value>\S.{0,100})\Z")
_FIGURES = re.compile(r"[^\W\d].{0,60}?(?P<cells>(?: [-–−(]?[$£€¥]?\d[\d.,]*%?\)?){2,12})\Z")
_FIGURE_ENDS = frozenset("0123456789%)")
_INK = re.compile(r"\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_LABEL, _LONGEST_VALUE = 6, 12
_SCALE = r"(?:mn|bn|thousands?|millions?|billions?|['’]000s?)"
_UNIT = re.compile(
    r"\(?(?:(?:(?:all )?(?:figures|amounts) )?in )?(?P<unit>"
    rf"(?:[$£€¥]|US\$|EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY)(?: ?(?:k|m|{_SCALE}))?"
    rf"|{_SCALE}(?: of (?:euros|dollars|pounds|francs|kronor|tonnes|people))?"
    r"|%|per cent|percent|tonnes|GWh|MWh|km|kg|hectares)\)?",
    re.IGNORECASE,
)
"""What stands above the labels of rows where it is a unit: "£ million", "in thousands of euros"."""
_MOST_ROWS = 12
_ABOVE = 100
"""How many lines before a table its heading is looked for."""
_AROUND = 3
"""How many lines before a table may say what it is of."""


class Cell(NamedTuple):
    """The words of a cell and where they stand in the row's line."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """A row: the number of its line, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    @cached_property
    def terms(self) -> tuple[frozenset[str], ...]:
        return tuple(terms_of(cell.text) for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A table: the heads of all its columns (empty where it has none), the number of their line or 0, its
    rows, the terms of what stands around it, its caption and headings, and whether it is a list.

    Of two columns without a rule the first row may be a head or a row; it is read as both.
    """

    heads: tuple[str, ...]
    head: int
    rows: tuple[Row, ...]
    around: frozenset[str] = frozenset()
    is_list: bool = False

    @cached_property
    def columns(self) -> tuple[frozenset[str], ...]:
        """The terms of each head."""
        return tuple(map(terms_of, self.heads))

    @cached_property
    def telling(self) -> tuple[frozenset[str], ...]:
        """Of each head the terms that no other has: "2024" of "Output 2024"."""
        return telling(self.columns)

    @cached_property
    def labelled(self) -> Counter[str]:
        """How many rows have each term in their label."""
        return Counter(term for row in self.rows for term in row.terms[0])


def tables(lines: Sequence[Line]) -> list[Table]:
    """The tables in order.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["| Plan | Price |", "|---|---|", "| Team | $49 |", "| Solo | $9 |"]
    >>> [table] = tables([Line(number, text) for number, text in enumerate(texts, 1)])
    >>> table.heads, table.head, [row.number for row in table.rows]
    (('Plan', 'Price'), 1, [3, 4])
    """
    talk = is_talk(lines)
    found: list[Table] = []
    block: list[tuple[int, str, list[Cell]]] = []
    for at, line in enumerate(lines):
        if block and is_rule(line.text):
            continue
        kind, cells = _cells(lines, at, talk)
        if block and not _goes_on(lines, block[-1], at, kind, cells):
            found += _table(lines, block)
            block = []
        if len(cells) > 1:
            block.append((at, kind, cells))
    return found + _table(lines, block)


def row_words(tables: Sequence[Table]) -> dict[int, str]:
    """What each row says under its heads, by the number of its line; long tables say too much to be told.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["| Plan | Price |", "|---|---|", "| Team | $49 |", "| Solo | |"]
    >>> row_words(tables([Line(number, text) for number, text in enumerate(texts, 1)]))
    {3: 'Team, Price: $49'}
    >>> texts = ["| £ million | 2030 |", "|---|---|", "| Pubs | 46.8 |"]
    >>> row_words(tables([Line(number, text) for number, text in enumerate(texts, 1)]))
    {3: 'Pubs (£ million), 2030: 46.8'}
    """
    return {
        row.number: ", ".join((_measured(row.cells[0].text, table.heads[0]), *said))
        for table in tables
        if table.head and len(table.rows) <= _MOST_ROWS
        for row in table.rows
        if row.cells[0].text
        and (
            said := [
                f"{head}: {cell.text}"
                for head, cell in zip(table.heads[1:], row.cells[1:], strict=True)
                if head and any(map(str.isalnum, cell.text))
            ]
        )
    }


def _measured(label: str, corner: str) -> str:
    """The label of a row, with the unit that stands above the labels."""
    unit = _UNIT.fullmatch(corner)
    return f"{label} ({unit['unit']})" if unit and not label.endswith(")") else label


def _goes_on(
    lines: Sequence[Line], last: tuple[int, str, list[Cell]], at: int, kind: str, cells: Sequence[Cell]
) -> bool:
    return kind == last[1] and len(cells) == len(last[2]) and lines[last[0]].source == lines[at].source


def _cells(lines: Sequence[Line], at: int, talk: bool) -> tuple[str, list[Cell]]:
    """The sort of row that a line is, and its cells; none where it is no row."""
    text = lines[at].text
    if is_row(text):
        bars = "\t" not in text
        pattern = _BETWEEN_BARS if bars else _BETWEEN_TABS
        return "bars" if bars else "tabs", [_stripped(found) for found in pattern.finditer(text)]
    if text[-1:] in _FIGURE_ENDS and (figures := _FIGURES.fullmatch(text)):
        start = figures.start("cells")
        values = [
            Cell(found[0], start + found.start(), start + found.end())
            for found in _INK.finditer(figures["cells"])
        ]
        return "figures", [Cell(text[:start], 0, start), *values]
    return "pairs", _pair(lines, at, talk)


def _stripped(found: re.Match[str]) -> Cell:
    text = found[0].strip(" *_`")
    start = found.start() + found[0].find(text)
    return Cell(text, start, start + len(text))


def _pair(lines: Sequence[Line], at: int, talk: bool) -> list[Cell]:
    """The label and the value of a line such as "- Top speed: 15 knots"."""
    line = lines[at]
    listed = bool(line.lead) or mark(line.text) == "bullet"
    if ": " not in line.text or len(line.text) > LONGEST or (not listed and (talk or ends(line.text))):
        return []
    own = unmarked(line.text)
    found = _PAIR.match(own)
    if (
        not found
        or len(found["label"].split()) > _LONGEST_LABEL
        or len(found["value"].split()) > _LONGEST_VALUE
    ):
        return []
    shift = line.text.rfind(own)
    spans = (found.span("label"), found.span("value"))
    return [Cell(own[start:end], start + shift, end + shift) for start, end in spans] if shift >= 0 else []


def _table(lines: Sequence[Line], block: Sequence[tuple[int, str, list[Cell]]]) -> list[Table]:
    if not block:
        return []
    first, kind, cells = block[0]
    ruled = first + 1 < len(lines) and is_rule(lines[first + 1].text)
    headed = kind != "pairs" and (ruled or len(cells) > 2)
    if kind == "figures" and not all(_YEAR.fullmatch(cell.text) for cell in cells[1:]):
        return []
    rows = tuple(Row(lines[at].number, tuple(cells)) for at, _, cells in block[headed:])
    if not rows or len(block) < 2:
        return []
    heads = tuple(cell.text for cell in cells) if headed else ("",) * len(cells)
    around = _around(lines, first).union(*(terms_of(cell.text) for cell in cells))
    return [Table(heads, lines[first].number if headed else 0, rows, around, kind == "pairs")]


def _around(lines: Sequence[Line], at: int) -> frozenset[str]:
    """The terms of the lines before a table, of the heading above it and of the article's first line."""
    source = lines[at].source
    above = [place for place in range(max(0, at - _ABOVE), at) if lines[place].source == source]
    heading = [place for place in above if is_heading(lines, place)][-1:]
    lead = [place for place in above if lines[place].number == lines[at].lead]
    first = bisect_left(lines, source, key=lambda line: line.source)  # lines come source by source
    near = {*above[-_AROUND:], *heading, *lead, first} - {at}
    return frozenset(term for place in near for term in terms(lines[place].text))
