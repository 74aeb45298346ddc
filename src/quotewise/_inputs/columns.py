"""The tables of a PDF's page: cells that stand in columns, told by where they are drawn.

A PDF knows no tables, and its text gives a cell a line. Where the page as it is laid out shows rows of cells
in columns, and its text has just those words in that order, the rows become lines with bars between cells, as
in Markdown. Only white space and bars change; everywhere else the text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

_CELL = re.compile(r"[^ ]+(?: [^ ]+)*")
"""Words with single spaces between: two spaces on the laid out page are a gap."""
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_BAR = r"\|"
_FEWEST_ROWS = 3
_LONGEST_CELL = 60
"""Characters; longer ones are prose in columns."""
_MOST_COLUMNS = 30
_LONGEST_PAGE = 50_000
"""Characters; no page that a person reads has more."""


class Cell(NamedTuple):
    """A cell's words, and from where to where they stand in a laid out line."""

    start: int
    end: int
    text: str


def may_hold_rows(text: str) -> bool:
    """Whether a page has short lines with figures: to lay one out takes as long as to read it."""
    short = (line for line in text.split("\n") if len(line) <= _LONGEST_CELL and _DIGIT.search(line))
    return len(text) <= _LONGEST_PAGE and len(list(islice(short, _FEWEST_ROWS))) == _FEWEST_ROWS


def with_rows(text: str, laid_out: str) -> str:
    r"""The text of a page with a line for each row of its tables, told from the page as it is laid out.

    >>> page = "Sales\nTown\n2024\n2025\nOslo\n7\n9\nBergen\n3\n4\nAll grew."
    >>> laid_out = "Sales\nTown     2024  2025\nOslo     7     9\nBergen   3     4\nAll grew."
    >>> print(with_rows(page, laid_out))
    Sales
    | Town | 2024 | 2025 |
    | Oslo | 7 | 9 |
    | Bergen | 3 | 4 |
    All grew.
    """
    found = [(i, letter) for i, letter in enumerate(text) if not letter.isspace()]
    letters, places = "".join(letter for _, letter in found), [i for i, _ in found]
    parts, done, at = [], 0, 0
    for rows in _tables(laid_out):
        words = "".join("".join(cell.split()) for row in rows for cell in row)
        if (begins := letters.find(words, at)) < 0:
            continue
        at = begins + len(words)
        start, end = _lines_of(text, places[begins], places[at - 1] + 1)
        if "".join(text[start:end].split()) == words:
            parts += [text[done:start], "\n".join(map(_row, rows))]
            done = end
    return "".join([*parts, text[done:]])


def _lines_of(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the lines reach that these words stand on."""
    after = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if after < 0 else after


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |"


def _tables(laid_out: str) -> Iterator[list[list[str]]]:
    """The rows of each table, with a text for each column, empty where a row has no cell there."""
    lines = [[Cell(*m.span(), m[0]) for m in _CELL.finditer(line)] for line in laid_out.split("\n")]
    for in_cells, run in groupby(lines, key=lambda cells: len(cells) > 1):
        rows = list(run)
        if in_cells and len(rows) >= _FEWEST_ROWS and (columns := _columns(rows)):
            table = [[_in_column(row, column) for column in columns] for row in rows]
            if _is_table(table):
                yield table


def _columns(rows: Sequence[Sequence[Cell]]) -> list[tuple[int, int]]:
    """From where to where each column reaches; none where two cells of a row share one."""
    columns: list[tuple[int, int]] = []
    for start, end in sorted((cell.start, cell.end) for row in rows for cell in row):
        if columns and start <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((start, end))
    fullest = max(map(len, rows))
    return columns if len(columns) == fullest <= _MOST_COLUMNS else []


def _in_column(row: Sequence[Cell], column: tuple[int, int]) -> str:
    return next((cell.text for cell in row if column[0] <= cell.start <= column[1]), "")


def _is_table(table: Sequence[Sequence[str]]) -> bool:
    """Whether the cells are short, and of two columns the second gives figures for the words of the first."""
    if any(len(cell) > _LONGEST_CELL for row in table for cell in row):
        return False
    if len(table[0]) > 2:
        return True
    return all(_LETTER.search(name) and _DIGIT.search(figure) for name, figure in table[1:])
