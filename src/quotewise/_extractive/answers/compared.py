"""Rows of a table told by comparing their values: the one with the most, the one that made a loss."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..._language.wordlists import listed, listed_terms
from ..._text.words import term
from ..page.table import Row, Table
from ..questions.question import Question

_MOST = listed("most highest largest biggest greatest longest best")
_LEAST = listed("fewest least lowest smallest shortest")
_LOST = listed_terms("loss losses lost lose")
_RESULTS = listed_terms("profit result surplus margin earnings income")
_TOTALS = listed_terms("total all sum group overall altogether")
_FIGURE = re.compile(
    r"(?P<minus>[(–−-]?)\s?[$£€¥]?\s?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<rest>\d+))?%?\)?"
)
_RANKED = listed("second third fourth fifth next at")
"""With these it is another row, or a bound: "the second most", "at least"."""
SAID_BY_COMPARING = frozenset(map(term, _MOST | _LEAST | {"money"})) | _LOST | _RESULTS
"""What a question says that means a row by its value, though no cell says it."""


class Compared(NamedTuple):
    """The row that a question means, the column by which, and the column that it asks for."""

    row: Row
    by: int
    column: int


def is_total(row: Row) -> bool:
    """Whether a row adds up the others: "Total", "Group total"."""
    return bool(row.terms[0]) and row.terms[0] <= _TOTALS


def compared(table: Table, asked: Question) -> Compared | None:
    """The row that a question tells by a value, None where it names none or where no one row has it.

    >>> from quotewise._extractive.questions.question import read
    >>> from quotewise._extractive.page.table import tables
    >>> from quotewise._plans.numbered import Line
    >>> rows = ["| Segment | Profit |", "|---|---|", "| Paint | 9 |", "| Tools | -6 |", "| Total | 3 |"]
    >>> [known] = tables([Line(number, row) for number, row in enumerate(rows, 1)])
    >>> asked = ("Which segment made a loss?", "Which segment had the highest profit?")
    >>> [compared(known, read(question)).row.cells[0].text for question in asked]
    ['Tools', 'Paint']
    """
    wanted = next((at for at, head in enumerate(table.columns) if asked.head and asked.head in head), None)
    if asked.kind != "noun" or wanted is None:
        return None
    rows = [row for row in table.rows if not is_total(row)]
    said = frozenset(asked.terms) - {asked.head}
    lower = {word.text.lower() for word in asked.words}
    if said & _LOST:
        by = _only(table, _RESULTS)
        found = [row for row in rows if by is not None and (_value(row, by) or 0) < 0]
        return Compared(found[0], by, wanted) if by is not None and len(found) == 1 else None
    by = _only(table, said)
    if by is None or by == wanted or not lower & (_MOST | _LEAST) or lower & _RANKED:
        return None
    return _extreme(rows, by, wanted, 1 if lower & _MOST else -1)


def _extreme(rows: Sequence[Row], by: int, wanted: int, sign: int) -> Compared | None:
    values = [(sign * value, at) for at, row in enumerate(rows) if (value := _value(row, by)) is not None]
    top = max((value for value, _ in values), default=None)
    best = [at for value, at in values if value == top]
    complete = len(values) == len(rows) > 1
    return Compared(rows[best[0]], by, wanted) if complete and len(best) == 1 else None


def _only(table: Table, said: frozenset[str]) -> int | None:
    """The only column whose head holds some of these words."""
    found = [at for at, head in enumerate(table.columns) if at and head & said]
    return found[0] if len(found) == 1 else None


def _value(row: Row, at: int) -> float | None:
    """The number that a cell is; in brackets it is below nothing, as accounts write it."""
    found = _FIGURE.fullmatch(row.cells[at].text.strip())
    if found is None:
        return None
    number = float(f"{found['digits'].replace(',', '')}.{found['rest'] or 0}")
    return -number if found["minus"] else number
