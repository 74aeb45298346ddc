"""Does a claim deny what a table's "Yes" tells, or tell what its "No" denies?

How a table is read stands in `tables`; its values are for `tabled`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.lexicon import is_not
from ..._language.tables import Reading, read_terms_of, yes_or_no
from ..._values import Issue, Span
from ..compare import Comparison, instead
from ..weigh import UNSURE
from .denials import denied

_BESIDE = 1
"""Words of meaning that a claim may have beside a row's and a column's labels: "lacks", "offers"."""


def is_told_in_a_cell(seen: Comparison) -> bool:
    """Whether the one cell that a claim speaks of is "Yes" or "No", which tells what the claim may deny."""
    return _cell(seen) is not None


def check_cells(seen: Comparison) -> Iterator[Issue]:
    """An issue where the one cell that a claim speaks of says the opposite."""
    found = _cell(seen)
    if found is None or seen.claim.asks:
        return
    each, cell = found
    denies = any(cue.denies for cue in seen.claim.cues) or _ends_on_no(seen)
    if denies if not yes_or_no(cell) else not _denies_row(seen, each):
        return
    row, head = each.rows[0], each.table.heads[each.columns[0]]
    where = Span(0, len(seen.claim.text))
    yield instead(seen, "polarity", where, cell, f'the table gives "{{}}" for {row.label}, {head}')


def likely(seen: Comparison, supported: float) -> float:
    """The trained probability of a claim, but no doubt where a cell and its labels have all its words.

    The score is trained on prose: it does not know that "No" under a column's head denies a row's label.
    """
    found = _cell(seen)
    if found is None:
        return supported
    each, _ = found
    labels = each.rows[0].terms | each.table.columns[each.columns[0]]
    beside = read_terms_of(seen.claim.text) - labels
    return max(supported, UNSURE) if len(beside) <= _BESIDE else supported


def _cell(seen: Comparison) -> tuple[Reading, str] | None:
    """The cell of one row and one column that a claim names, if it is "Yes" or "No"."""
    for each in seen.readings:
        if len(each.rows) == len(each.columns) == 1:
            cell = each.rows[0].cells[each.columns[0]]
            if yes_or_no(cell) is not None:
                return each, cell
    return None


def _denies_row(seen: Comparison, each: Reading) -> bool:
    """Whether a claim denies what its row is about, and not only something beside it."""
    terms = each.rows[0].terms
    items = enumerate(seen.claim.items)
    return _ends_on_no(seen) or any(denied(seen.claim, at) for at, item in items if item.term in terms)


def _ends_on_no(seen: Comparison) -> bool:
    """ "App control, Brisa 200: No"."""
    words = seen.claim.words
    return bool(words) and is_not(words[-1].text)
