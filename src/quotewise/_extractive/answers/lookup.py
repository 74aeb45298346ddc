"""A question looked up in a table: which row and which column it names, and the cell where they cross.

All that a question says must be the row's, the column's, or be said around the table: "How many visitors has
Whinfell?" names a row, and no column says visitors. Tables are read in `table`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..._language.tables import longest
from ..._language.wordlists import listed
from ..page.table import Cell, Row, Table
from ..questions.question import Question
from ..words.common import kin, makers
from .compared import SAID_BY_COMPARING, compared, is_total
from .plain import MONEY

_TOLD_BY_KIND = {
    "when": "date year time day month due deadlin",
    "where": "place city town locat address site room",
    "who": "name person owner respons",
    "many": "number count total quantiti",
    "much": "price cost amount",
    "do": "action task",
}
_TOLD_BY_MEASURE = {
    "old": "age", "long": "length durat time life", "heavy": "weight", "tall": "height", "high": "height",
    "far": "distanc", "deep": "depth", "wide": "width", "fast": "speed", "large": "size area",
    "big": "size area", "often": "frequenc", "hot": "temperatur", "cold": "temperatur", "late": "time date",
    "early": "time date",
}  # fmt: skip
_SAYS_NOTHING = listed("""
    number amount total figur valu show list give record report reach get many much compani firm busi
    """)
_MONEY = MONEY | listed("earn expens sum money quot")
_CURRENCY = listed("pound euro dollar crown franc")
_SHARE = listed("share percent percentag proport rate")
_TAKES_PLACE = listed("meet held hold take place happen start begin run")
_NEUTRAL = listed("""
    need requir see serv use us take leav last offer contain come go weigh stand burn consum produc gener make
    """)
"""Verbs that say no more than that a row has what its column names."""
_WORKERS = listed("employe staff headcount workforc worker")
_WORKING = listed("emploi work person employe")
"""What "how many people does it employ" says of a column of employees."""
_LEAST_SAID = 2
_WHEN = listed("day date time month year hour")
_SIGN = re.compile(r"[$£€¥]|\b(?:USD|EUR|GBP|CHF|euros?|dollars?|pounds?|crowns?|francs?)\b")
_MONTHS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)", re.I
)
_NUMERAL = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|no|dozen|half)\b", re.I
)
_EMPTY = re.compile(r"[-–—.\s]*|n/?a", re.IGNORECASE)
_BEGINNING = 4
_FEW = 4


class Crossing(NamedTuple):
    """A cell that answers: the number of its row, where it stands in the row's line, and the row, the column
    and the cell in a few words of the table (empty where the line says so itself)."""

    number: int
    start: int
    end: int
    told: str


def lookup(tables: Sequence[Table], asked: Question) -> Crossing | None:
    """The cell that a question asks for, None where no table has the row and the column it names.

    >>> from quotewise._extractive.questions.question import read
    >>> from quotewise._extractive.page.table import tables
    >>> from quotewise._plans.numbered import Line
    >>> rows = ["| Site | Staff | Opened |", "|---|---|---|", "| Elm | 9 | 2012 |", "| Rigg | 6 | 2016 |"]
    >>> known = tables([Line(number, row) for number, row in enumerate(rows, 1)])
    >>> lookup(known, read("How many staff has Elm?")).told
    'Elm, Staff: 9'
    >>> lookup(known, read("Which site opened in 2016?")).told
    'Opened 2016, Site: Rigg'
    >>> lookup(known, read("How many sheep has Rigg?"))
    """
    moved = asked.kind == "how" and asked.classes[asked.after : asked.after + 1] in ("A", "")
    if asked.kind == "why" or moved or "N" in asked.classes:
        return None
    return next((cell for table in tables for cell in _cells(table, asked)), None)


def named_row(tables: Sequence[Table], asked: Question, held: Collection[str]) -> Crossing | None:
    """The whole row whose label a question names, and a sentence with the terms `held` does not."""
    said = frozenset(word.term for word, kind in zip(asked.words, asked.classes, strict=True) if kind == "K")
    found = [
        (table, row)
        for table in tables
        if not table.is_list and table.head
        for row in table.rows
        if row.terms[0] and row.terms[0] <= said and not row.terms[0] <= set(held)
    ]
    if len(found) != 1:
        return None
    table, row = found[0]
    asks_of_it = any(_matched(column, asked.terms) for column in table.columns[1:])
    told = _told(table, row, 0, tuple(range(1, len(row.cells))))
    return Crossing(row.number, 0, 0, told) if asks_of_it else None


def names(tables: Sequence[Table], asked: Question, held: Collection[str]) -> bool:
    """Whether a question names all of a row's label or of a column's head, in words and not only in figures,
    and of it something that a sentence with the terms `held` does not say."""
    said = frozenset(asked.terms)
    labels = (label for table in tables for label in (*table.columns, *(row.terms[0] for row in table.rows)))
    named = (label for label in labels if label <= said and any(term.isalpha() for term in label))
    return any(not label <= set(held) for label in named)


def says_nothing(term: str) -> bool:
    """Whether a word of a question asks for any value: "amount", "cost"."""
    return term in _SAYS_NOTHING or term in _MONEY or term in _SHARE


def _cells(table: Table, asked: Question) -> Iterator[Crossing]:
    said = frozenset(asked.terms)
    heard = _heard(asked)
    best = compared(table, asked)
    if best and not _left(table, best.row, best.column, (best.by,), asked) - SAID_BY_COMPARING - _NEUTRAL:
        cell = best.row.cells[best.column]
        yield Crossing(best.row.number, cell.start, cell.end, _told(table, best.row, best.by, (best.column,)))
        return
    for row, key in _keys(table, asked, heard, heard | _told_by(asked)):
        column = _column(table, key, asked, heard)
        columns = _alternatives(table, key, said) if column is None else (column,)
        if not columns or _left(table, row, key, columns, asked):
            continue
        told = _told(table, row, key, columns)
        if column is None:
            yield Crossing(row.number, 0, 0, told)
        elif _fits(asked, cell := row.cells[column]) and not _EMPTY.fullmatch(cell.text):
            yield Crossing(row.number, cell.start, cell.end, told)


def _heard(asked: Question) -> frozenset[str]:
    """The terms of a question; one that asks how many people work somewhere asks for employees."""
    heard = frozenset(word.term for word in asked.words)
    works = asked.kind == "many" and heard & _WORKING - {"person"}
    return heard | _WORKERS if works else heard


def _alternatives(table: Table, key: int, said: frozenset[str]) -> tuple[int, ...]:
    """The columns that are of different years or days, where a question names none of these."""
    dated = [at for at in range(1, len(table.heads)) if any(map(str.isdigit, table.heads[at]))]
    apart = not any(_matched(table.telling[at], said) for at in dated)
    return tuple(dated) if key == 0 and 1 < len(dated) <= _FEW and apart else ()


def _keys(table: Table, asked: Question, said: frozenset[str], told: frozenset[str]) -> list[tuple[Row, int]]:
    """The row that a question names, by its label or else by another cell; none where it names several."""
    labels = longest(label for row in table.rows if (label := row.terms[0]) and label <= said)
    named = [row for row in table.rows if row.terms[0] in labels]
    if named:
        return [(row, 0) for row in named] if len(named) == 1 else []
    alike = [row for row in table.rows if table.is_list and _is_alike(row, told)]
    partly = [row for row in table.rows if _is_partly(row, table, said - _in_other_names(row, asked))]
    named = next((rows for rows in (alike, partly) if len(rows) == 1), [])
    if named:
        return [(row, 0) for row in named]
    return list(_by_cell(table, said)) or list(_by_task(table, asked)) or _by_total(table, asked)


def _is_alike(row: Row, told: frozenset[str]) -> bool:
    """Whether a question says a label in other words: "How heavy?" for "Weight: 1 kg"."""
    return len(_matched(row.terms[0], told)) == len(row.terms[0]) > 0


def _is_partly(row: Row, table: Table, said: frozenset[str]) -> bool:
    """Whether a question says at least half of a label, and of it what no other row has."""
    own = row.terms[0] & said
    telling = any(term.isalpha() and len(term) > 2 and table.labelled[term] == 1 for term in own)
    return telling and len(own) * 2 >= len(row.terms[0])


def _in_other_names(row: Row, asked: Question) -> frozenset[str]:
    """The words of a question that stand in a name with others than the label's: "Harrow Tools"."""
    named = [i for i, kind in enumerate(asked.classes) if kind == "K"]
    apart = [i for i in named if asked.words[i].term not in row.terms[0]]
    return frozenset(asked.words[i].term for i in named if i - 1 in apart or i + 1 in apart)


def _by_task(table: Table, asked: Question) -> Iterator[tuple[Row, int]]:
    """The row of whose cell a question says words, where it says no others: "Who gets the quotes?"."""
    told = {term for term in asked.terms if term not in _SAYS_NOTHING or term == "get"}
    rows = [
        (row, at)
        for row in table.rows
        for at in range(1, len(table.heads))
        if table.heads[at] and len(row.terms[at]) > _LEAST_SAID and told <= row.terms[at]
    ]
    if len(told) >= _LEAST_SAID and len(rows) == 1:
        yield rows[0]


def _by_total(table: Table, asked: Question) -> list[tuple[Row, int]]:
    """The row that adds up the others, for what is asked of the whole that the table is of."""
    totals = [row for row in table.rows if is_total(row)]
    names = {word.term for word, kind in zip(asked.words, asked.classes, strict=True) if kind == "K"}
    whole = bool(names or "compani" in asked.terms) and names <= table.around
    return [(totals[0], 0)] if len(totals) == 1 and whole else []


def _by_cell(table: Table, said: frozenset[str]) -> Iterator[tuple[Row, int]]:
    for column in range(1, len(table.heads)):
        rows = [row for row in table.rows if row.terms[column] and row.terms[column] <= said]
        words = [row for row in rows if any(term.isalpha() and len(term) > 2 for term in row.terms[column])]
        named = bool(_matched(table.columns[column], said))
        if len(rows) == 1 and (words or named):
            yield rows[0], column


def _column(table: Table, key: int, asked: Question, said: frozenset[str]) -> int | None:
    """The column that a question names best; of two columns without a name the one that is not the key."""
    others = [at for at in range(len(table.heads)) if at != key]
    for told in (said, said | _told_by(asked)):
        matched = {at: _matched(table.columns[at], told) for at in others}
        named = [at for at in others if matched[at] and _is_named(table, at, matched[at])]
        most = max((len(matched[at]) for at in named), default=0)
        best = [at for at in named if len(matched[at]) == most]
        if best:
            return best[0] if len(best) == 1 else None
    partly = [at for at in others if any(term.isalpha() for term in table.telling[at] & said)]
    if len(partly) == 1:
        return partly[0]
    return others[0] if len(others) == 1 and key == 0 else None


def _is_named(table: Table, at: int, matched: Collection[str]) -> bool:
    telling = table.telling[at]
    return table.columns[at] <= set(matched) or bool(telling and telling <= set(matched))


def _left(table: Table, row: Row, key: int, columns: Sequence[int], asked: Question) -> frozenset[str]:
    """What a question says that neither the row nor the column does, nor what stands around the table.

    What stands around counts only where the question says all words of the column's head: a line about
    visitors above does not make "Output 2024" a count of them.
    """
    own = frozenset(term for at in columns for term in table.columns[at])
    own |= row.terms[0] if table.is_list else frozenset()
    spoken = _says_words(own, _heard(asked) | _told_by(asked))
    known = own | table.columns[key] | frozenset(term for terms in row.terms for term in terms)
    known |= table.around if spoken else frozenset()
    left = {term for term in asked.terms if not any(_alike(term, other) for other in known)}
    return frozenset(left - _said_anyhow(table, row, key, columns) - (_NEUTRAL if spoken else frozenset()))


def _says_words(head: Collection[str], told: frozenset[str]) -> bool:
    """Whether all words of a head are said; its years and days need not be."""
    return all(any(_alike(term, other) for other in told) for term in head if term.isalpha())


def _said_anyhow(table: Table, row: Row, key: int, columns: Sequence[int]) -> frozenset[str]:
    """Words that a question may say of such a cell though no table does: "cost" of an amount of money."""
    written = " ".join((*(table.heads[at] + row.cells[at].text for at in columns), row.cells[0].text))
    found = _SAYS_NOTHING
    if any(table.columns[at] & _WORKERS for at in columns):
        found |= _WORKING
    if _SIGN.search(written) or not table.around.isdisjoint(_MONEY | _CURRENCY):
        found |= _MONEY
    if not _WHEN.isdisjoint(table.columns[key].union(*(table.columns[at] for at in columns))):
        found |= _TAKES_PLACE
    return found | _SHARE if "%" in written else found


def _told_by(asked: Question) -> frozenset[str]:
    """What a question's first words name: "when" a date, "how heavy" a weight."""
    measure = asked.words[asked.after - 1].text.lower() if asked.kind == "much" else ""
    return frozenset((_TOLD_BY_MEASURE.get(measure) or _TOLD_BY_KIND.get(asked.kind, "")).split())


def _matched(head: Collection[str], said: Collection[str]) -> list[str]:
    """The terms of a head that a question says, or something like them."""
    return [term for term in head if any(_alike(term, other) for other in said)]


def _alike(one: str, other: str) -> bool:
    """Whether two terms may stand for each other: the same word, its kin, or one built on the other.

    >>> _alike("quot", "quotat"), _alike("weight", "weigh"), _alike("bread", "fruit"), _alike("2023", "2024")
    (True, True, False, False)
    """
    if one == other or other in kin(one) or other in makers(one):
        return True
    short, long = sorted((one, other), key=len)
    return (
        len(short) >= _BEGINNING and short.isalpha() and long.startswith(short) and len(long) - len(short) < 4
    )


def _fits(asked: Question, cell: Cell) -> bool:
    """Whether a cell is of the sort that is asked for."""
    if asked.kind in ("many", "much"):
        return _NUMERAL.search(cell.text) is not None
    if asked.kind == "when":
        return _NUMERAL.search(cell.text) is not None or _MONTHS.search(cell.text) is not None
    return asked.kind not in ("who", "where") or any(map(str.isalpha, cell.text))


def _told(table: Table, row: Row, key: int, columns: Sequence[int]) -> str:
    if table.is_list:
        return ""
    label = row.cells[key].text
    if key and (len(row.terms[key]) > _LEAST_SAID or row.cells[0].text.isdecimal()):
        return ", ".join((row.cells[0].text, *_said(table, row, range(1, len(row.cells)))))
    named = f"{table.heads[key]} {label}".strip() if key else label
    if not all(table.heads[at] for at in columns):
        return f"{named}: {row.cells[columns[0]].text}"
    return ", ".join((named, *_said(table, row, columns)))


def _said(table: Table, row: Row, columns: Sequence[int]) -> Iterator[str]:
    return (f"{table.heads[at]}: {row.cells[at].text}" for at in columns if row.cells[at].text)
