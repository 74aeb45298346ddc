"""Does a claim give a value of a table for another row or column, or rank its rows wrongly?

How a table is read stands in `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..._language.lexicon import LESS, MORE, degree
from ..._language.passage import Item
from ..._language.tables import Reading, Row, read_terms_of
from ..._language.typed import Value, agree
from ..._values import Issue, IssueKind, Span
from ..compare import Comparison, issue

_STEM = 3
"""Letters by which a claim's word is told to be of a column's head: "owned", "Owner"."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def is_tabled(seen: Comparison, value: Value) -> bool:
    """Whether a table gives a value of the claim for the row or column that the claim speaks of."""
    return any(each.gives(value) for each in seen.readings)


def check_tables(seen: Comparison) -> Iterator[Issue]:
    """An issue for each value of a table that belongs to another row or column than the claim says."""
    if not seen.readings:
        return
    for item in seen.claim.items:
        if item.value is not None and not is_label(seen, item):
            yield from _misplaced(seen, item, item.value)
    yield from _misranked(seen)
    yield from _run_back(seen)
    yield from _worded(seen)


def is_label(seen: Comparison, item: Item) -> bool:
    """Whether a number only names a row or a column: "in 2024", "on 30 September".

    A year that the article gives elsewhere may stand with it: "in the second quarter of 2024" of "Q2".
    """
    said = read_terms_of(seen.claim.written(item))
    years = [part for name, part in (item.value.parts if item.value else ()) if name == "year"]
    if len(said) > len(years):
        said -= {str(year) for year in years if seen.evidence.has_year(year)}
    labels = [row.terms for each in seen.readings for row in each.rows]
    labels += [each.table.columns[at] for each in seen.readings for at in each.columns]
    return any(said <= label for label in labels)


def _misplaced(seen: Comparison, item: Item, value: Value) -> Iterator[Issue]:
    if any(each.gives(value) for each in seen.readings) or _is_in_prose(seen, value):
        return
    for each in seen.readings:
        if not each.rows or not each.is_held(value):
            continue
        if each.is_in_its_row(value) and (not each.columns or _spans_columns(seen, each, value)):
            continue
        right = _right(each, value)
        if right is not None:
            yield _given(seen, "number", item, each.rows[0], right)
            return


def _run_back(seen: Comparison) -> Iterator[Issue]:
    """ "From 16 to 18" where a row goes from 18 to 16."""
    after = ((before.low, item) for before, item in pairwise(seen.claim.items) if item.value is not None)
    ends = {before: item for before, item in after if before in {"from", "to"}}
    if len(ends) < 2 or ends["from"].start > ends["to"].start:
        return
    for each in seen.readings:
        if len(each.rows) != 1:
            continue
        start, end = (_columns_of(each, ends[word].value) for word in ("from", "to"))
        if len(start) == len(end) == 1 and _when(each, start[0]) > _when(each, end[0]):
            row = each.rows[0]
            written = f"from {row.cells[end[0]]} to {row.cells[start[0]]}"
            why = f"the table goes {written} for {row.label}"
            yield issue(seen, "number", Span(ends["from"].start, ends["to"].end), why, written)
            return


def _columns_of(each: Reading, value: Value | None) -> list[int]:
    held = ((at, each.table.values(each.rows[0], at)) for at in range(len(each.table.heads)))
    return [at for at, said in held if value is not None and any(agree(value, one) for one in said)]


def _when(each: Reading, column: int) -> float:
    """The year of a column, or else its place: tables mostly run forward."""
    year = _YEAR.search(each.table.heads[column])
    return float(year[0]) if year else float(column)


def _worded(seen: Comparison) -> Iterator[Issue]:
    """What a table says in words of another row: "owned by the State"."""
    said = read_terms_of(seen.claim.text)
    columns = (
        (each, at) for each in seen.readings if len(each.rows) == 1 for at in range(len(each.table.heads))
    )
    for each, at in columns:
        wrong = _said_of_another(each, at, said)
        if wrong is not None:
            terms = read_terms_of(wrong)
            item = next(item for item in seen.claim.items if read_terms_of(seen.claim.written(item)) & terms)
            yield _given(seen, "name", item, each.rows[0], at)
            return


def _said_of_another(each: Reading, column: int, said: frozenset[str]) -> str | None:
    """The cell of another row that a claim says where it speaks of the column but not of its row's cell."""
    row = each.rows[0]
    own, heads = read_terms_of(row.cells[column]), {term[:_STEM] for term in each.table.columns[column]}
    if not own or own & said or any(map(str.isdecimal, own)):
        return None
    if heads.isdisjoint(term[:_STEM] for term in said):
        return None
    others = (other.cells[column] for other in each.table.rows if other is not row)
    return next((cell for cell in others if read_terms_of(cell) and read_terms_of(cell) <= said), None)


def _given(seen: Comparison, kind: IssueKind, item: Item, row: Row, column: int) -> Issue:
    return issue(seen, kind, item, _gives(row, column), row.cells[column])


def _gives(row: Row, column: int) -> str:
    return f"the table gives {row.cells[column]} for {row.label}"


def _spans_columns(seen: Comparison, each: Reading, value: Value) -> bool:
    """Whether another value of the claim stands where the claim says: "from 8.7 to 9.3 in 2024"."""
    return any(other is not value and each.gives(other) for other in seen.claim.values)


def _is_in_prose(seen: Comparison, value: Value) -> bool:
    """Whether a cited sentence that is no row has the value."""
    rows = {row.sentence for table in seen.evidence.tables for row in table.rows}
    return any(passage.gives(value) for at, passage in seen.units if at not in rows)


def _right(each: Reading, value: Value) -> int | None:
    """The named row's column with values that is named, or in which another row has the value."""
    row, every = each.rows[0], range(len(each.table.heads))
    columns = each.columns or [
        at
        for at in every
        if any(agree(value, said) for other in each.table.rows for said in each.table.values(other, at))
    ]
    return next((at for at in columns if each.table.values(row, at)), None)


def _misranked(seen: Comparison) -> Iterator[Issue]:
    """A row called the highest that is not, or higher than one that is higher."""
    for at, item in enumerate(seen.claim.items):
        way = _way(item)
        for each in seen.readings if way else ():
            if len(each.columns) != 1:
                continue
            wrong = _beaten(seen, each, at, way)
            if wrong is not None:
                yield issue(seen, "quantity", item, _gives(wrong, each.columns[0]))
                return


def _way(item: Item) -> int:
    """1 for "more" and "highest", -1 for "fewer" and "lowest", 0 for another word."""
    plain = degree(item.low) if item.low else None
    base = plain[0] if plain else item.low
    return 1 if base in MORE else -1 if base in LESS else 0


def _beaten(seen: Comparison, each: Reading, at: int, way: int) -> Row | None:
    """A row that is ahead of the one which the claim puts first."""
    column = each.columns[0]
    item = seen.claim.items[at]
    than = next((i for i in seen.claim.items[at:] if i.low == "than"), None)
    plain = degree(item.low)
    if than is not None and len(each.rows) == 2:
        first, second = sorted(each.rows, key=lambda row: _place(seen, row, than))
        if _place(seen, first, than) == _place(seen, second, than):
            return None
        return second if way * (_amount(each, first, column) - _amount(each, second, column)) < 0 else None
    if than is None and len(each.rows) == 1 and plain is not None and plain[1] == 2:
        mine = way * _amount(each, each.rows[0], column)
        ahead = [row for row in each.table.rows if way * _amount(each, row, column) > mine]
        return max(ahead, key=lambda row: way * _amount(each, row, column), default=None)
    return None


def _place(seen: Comparison, row: Row, than: Item) -> int:
    """0 where all of a row's label stands before "than", 1 where it does not."""
    return int(not row.terms <= read_terms_of(seen.claim.text[: than.start]))


def _amount(each: Reading, row: Row, column: int) -> float:
    found = each.table.values(row, column)
    return found[0].signed if found else float("nan")
