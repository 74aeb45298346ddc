"""Tables in an article as rows, columns and values, and what a claim says of a cell.

Reads Markdown tables, and lines whose columns are parted by tabs or by two spaces and more: only what has
three columns and two rows below its heads, since a value that a claim gives otherwise is held against it; one
row is enough where a cell is "Yes" or "No".
Records in JSON are for `stated`; `_extractive.table` reads what may answer a question, which is more (lists
of "label: value", two columns), from a prompt's lines, in which no two spaces are left.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .._text.article import Article
from .._text.words import is_stopword, words
from .typed import Value, agree
from .values import values
from .wordlists import in_order

_RULED = re.compile(r"[\s|:+=-]+")
_PARTED = re.compile(r"\t+| {2,}")
_UNIT = re.compile(r"\(([^()]{1,30})\)")
_SIGNED = re.compile(r"([$£€¥])\s*(.*)")
_MONEY = re.compile(r"[$£€¥]\s?(?:m|bn|k|million|billion|thousand|['’]?000)\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"['’]?000")
_BARE = re.compile(r"\(?[-–−]?\d[\d., ]*\)?")
"""A cell that only has a number: it may take the unit of its table."""
_BRACKETED = re.compile(r"\(([^()]*\d[^()]*)\)")
_TIMED = frozenset(["months", "duration"])
_SHORT_SCALE = 2
"""Letters of a scale that is written without a blank: "€5m", "£3bn"."""
_PERIOD = re.compile(
    r"\b(?:(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?P<part>quarter|half)"
    r"|(?P<of>[QH]) ?(?P<after>[1-4])|(?P<before>[1-4])(?P<in>[QH]))\b",
    re.IGNORECASE,
)
_NUMBERS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_NUMBERS |= {"1st": "1", "2nd": "2", "3rd": "3", "4th": "4"}
_LETTERS = "zabcd"
"""For the number of a quarter or a half, so that it is one word with it."""
_YES, _NO = frozenset(["yes", "✓", "✔", "✔️", "✅"]), frozenset(["no", "✗", "✘", "❌"])
_FEWEST_ROWS, _FEWEST_CELLS = 3, 3
_IN_FULL = in_order("""
    january february march april june july august september october november december
    """)
_MONTHS = {month[:3]: month for month in _IN_FULL} | {"sept": "september"}


@dataclass(frozen=True)
class Row:
    """A row: its label, its cells after that, and the sentence of the article that it is."""

    label: str
    cells: tuple[str, ...]
    sentence: int

    @cached_property
    def terms(self) -> frozenset[str]:
        """What a claim must say to speak of the row."""
        return read_terms_of(self.label)


@dataclass(frozen=True)
class Table:
    """A table: the heads of its columns after the first, its rows, and the units all its cells may have."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    units: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[frozenset[str], ...]:
        """What a claim must say to speak of each column."""
        return tuple(map(read_terms_of, self.heads))

    @cached_property
    def _telling(self) -> tuple[frozenset[str], ...]:
        """What of a column's head no other column has: "June" of "Level 30 June"."""
        return telling(self.columns)

    def named(self, said: frozenset[str]) -> tuple[int, ...]:
        """The columns that a claim of these terms speaks of: by all of a head, or by what only it has."""
        pairs = enumerate(zip(self.columns, self._telling, strict=True))
        return tuple(
            at for at, (terms, telling) in pairs if (terms and terms <= said) or (telling and telling <= said)
        )

    def values(self, row: Row, column: int) -> tuple[Value, ...]:
        """The values of a cell, also with the unit that its row or its column gives."""
        return self._values[row.sentence, column]

    @cached_property
    def _values(self) -> dict[tuple[int, int], tuple[Value, ...]]:
        return {
            (row.sentence, at): _read(cell, row.label, head, self.units)
            for row in self.rows
            for at, (cell, head) in enumerate(zip(row.cells, self.heads, strict=True))
        }


def is_rule(line: str) -> bool:
    """Whether a line is only the rule between a table's head and its rows.

    >>> is_rule("|:--|--:|"), is_rule("| - |"), is_rule("Rain"), is_rule("| |")
    (True, True, False, False)
    """
    return "-" in line and _RULED.fullmatch(line) is not None


def telling(heads: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Of each head's terms those that no other head has.

    >>> [sorted(each) for each in telling([frozenset({"level", "june"}), frozenset({"level", "may"})])]
    [['june'], ['may']]
    """
    every = Counter(term for terms in heads for term in terms)
    return tuple(frozenset(term for term in terms if every[term] == 1) for terms in heads)


def longest(labels: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    """The labels that no other one holds; a table may have the same label in thousands of rows."""
    every = frozenset(labels)
    return frozenset(one for one in every if not any(one < other for other in every))


def terms_of(label: str) -> frozenset[str]:
    """The terms of a row's or a column's label, months in full, without its unit.

    >>> sorted(terms_of("Level 30 Sept (%)"))
    ['30', 'level', 'septemb']
    """
    said = words(_UNIT.sub(" ", label))
    return frozenset(_plain(word.text, word.term) for word in said if not is_stopword(word.text))


def read_terms_of(text: str) -> frozenset[str]:
    """The terms of a label or of a claim about it, with quarters and halves of a year in one form.

    >>> read_terms_of("Q2 2024") == read_terms_of("in the second quarter of 2024") == read_terms_of("2Q 2024")
    True
    """
    return terms_of(_PERIOD.sub(_short_period, text))


def _short_period(found: re.Match[str]) -> str:
    """A quarter or a half in one way: "period q2"."""
    number = _NUMBERS.get((found["word"] or "").lower()) or found["after"] or found["before"]
    letter = (found["part"] or found["of"] or found["in"])[0].lower()
    return f" period{letter}{_LETTERS[int(number)]} "


def _plain(text: str, of: str) -> str:
    month = _MONTHS.get(text.lower())
    return words(month)[0].term if month else of


def _read(cell: str, label: str, head: str, of_all: Sequence[str] = ()) -> tuple[Value, ...]:
    """The values of a cell, as it stands and with each unit; one in brackets may be below nought.

    The unit of the table is only that of a bare number, where neither its row nor its column has another.

    >>> [(value.signed, value.unit) for value in _read("-5.2", "Cargo", "Profit (€m)")]
    [(-5.2, ''), (-5200000.0, 'eur')]
    >>> [(value.low, value.unit, value.sign) for value in _read("(5.2)", "Cargo", "Profit (€m)")]
    [(5.2, '', 'open'), (5200000.0, 'eur', 'open')]
    """
    bracketed = _BRACKETED.fullmatch(cell)
    bare = bracketed[1] if bracketed else cell
    units: Sequence[str] = [*_units_in(label), *_units_in(head)]
    if not units and "%" not in head and _BARE.fullmatch(cell):
        units = of_all
    found = (
        value
        for written in (bare, *(_with_unit(bare, unit) for unit in units))
        for value in _values_of(written)
    )
    return tuple(replace(value, sign="open") if bracketed else value for value in found)


def _units_in(label: str) -> list[str]:
    """The units that a label gives: in brackets, as money in a scale, or as all of it.

    >>> _units_in("Profit (€m)"), _units_in("All figures in £ million"), _units_in("km"), _units_in("Year")
    (['€m'], ['£ million'], ['km'], [])
    """
    found = _UNIT.findall(label) or _MONEY.findall(label)
    return found or ([label] if label and _is_unit(label) else [])


def _is_unit(words: str) -> bool:
    """Whether words are a unit and nothing else; "Year" heads the rows that are years."""
    written = _with_unit("5", words)
    read = _values_of(written)
    return (
        len(read) == 1
        and (read[0].start, read[0].end) == (0, len(written))
        and read[0].unit not in {"", *_TIMED}
    )


def _with_unit(cell: str, unit: str) -> str:
    signed = _SIGNED.match(unit)
    if signed is None:
        return f"{cell} {unit}"
    scale = "thousand" if _THOUSANDS.fullmatch(signed[2]) else signed[2]
    return f"{signed[1]}{cell}{scale}" if len(scale) <= _SHORT_SCALE else f"{signed[1]}{cell} {scale}"


def _values_of(text: str) -> tuple[Value, ...]:
    return tuple(replace(value, soft=False) for value in values(text, words(text)))


def yes_or_no(cell: str) -> bool | None:
    """Whether a cell is a bare "Yes" or "No", or the mark for it; None for any other.

    >>> [yes_or_no(cell) for cell in ("Yes", "no.", "✗", "No. 5", "40 kg")]
    [True, False, False, None, None]
    """
    plain = cell.strip(" .*_`").casefold()
    return True if plain in _YES else False if plain in _NO else None


def tables(article: Article) -> tuple[Table, ...]:
    """The tables of an article, in order.

    >>> article = Article("| Line | 2023 | 2024 |\\n|---|---|---|\\n| Leith | £2 | £3 |\\n| Ayr | £4 | £5 |")
    >>> [(table.heads, [row.cells for row in table.rows]) for table in tables(article)]
    [(('2023', '2024'), [('£2', '£3'), ('£4', '£5')])]
    """
    return tuple(_tables(article))


def _tables(article: Article) -> Iterator[Table]:
    block: list[tuple[int, list[str]]] = []
    above, at = "", 0
    for line in article.text.split("\n"):
        cells = _cells(line)
        if block and len(cells) != len(block[0][1]) and not is_rule(line):
            yield from _table(article, block, above)
            block, above = [], ""
        if len(cells) >= _FEWEST_CELLS and not is_rule(line):
            block.append((at, cells))
        elif not block and line.strip():
            above = line
        at += len(line) + 1
    yield from _table(article, block, above)


def _cells(line: str) -> list[str]:
    if line.count("|") >= _FEWEST_CELLS - 1:
        return [cell.strip(" *_`") for cell in line.strip().strip("|").split("|")]
    plain = line.strip()
    return [cell.strip() for cell in _PARTED.split(plain)] if "\t" in plain or "  " in plain else [plain]


def _table(article: Article, block: Sequence[tuple[int, list[str]]], above: str) -> Iterator[Table]:
    plainly = any(yes_or_no(cell) is not None for _, cells in block[1:] for cell in cells[1:])
    if len(block) < _FEWEST_ROWS and not plainly:
        return
    starts = [span.start for span in article.sentences]
    rows = tuple(
        Row(cells[0], tuple(cells[1:]), max(0, bisect_right(starts, at + 2) - 1)) for at, cells in block[1:]
    )
    if plainly or any(_values_of(cell) for row in rows for cell in row.cells):
        corner, *heads = block[0][1]
        yield Table(tuple(heads), rows, tuple(_units_in(corner) or _units_in(above)))


@dataclass(frozen=True)
class Reading:
    """Which rows and columns of a table a claim speaks of; all of a label must be said."""

    table: Table
    rows: tuple[Row, ...]
    columns: tuple[int, ...]

    def gives(self, value: Value) -> bool:
        """Whether a cell that the claim speaks of holds the value; all of a row where no column is named."""
        return any(agree(value, said) for row in self._rows for said in self._held(row, self._columns))

    @property
    def _rows(self) -> Sequence[Row]:
        return self.rows or self.table.rows

    @property
    def _columns(self) -> Sequence[int]:
        return self.columns or range(len(self.table.heads))

    def _held(self, row: Row, columns: Sequence[int]) -> Iterator[Value]:
        for column in columns:
            yield from self.table.values(row, column)

    def homes(self, wanted: Sequence[Value]) -> list[int]:
        """The sentences of the named rows that hold one of these values where the claim says."""
        if not self.rows and not self.columns:
            return []
        held = ((row.sentence, list(self._held(row, self._columns))) for row in self._rows)
        return [at for at, said in held if any(agree(one, each) for one in wanted for each in said)]

    def is_in_its_row(self, value: Value) -> bool:
        """Whether a named row holds the value in any column."""
        every = range(len(self.table.heads))
        return any(agree(value, said) for row in self.rows for said in self._held(row, every))

    def is_held(self, value: Value) -> bool:
        """Whether any cell of the table holds the value."""
        every = range(len(self.table.heads))
        return any(agree(value, said) for row in self.table.rows for said in self._held(row, every))


def reading(table: Table, said: frozenset[str]) -> Reading:
    """What a claim of these terms says of a table; the longer of two labels, where one holds the other."""
    labels = longest(row.terms for row in table.rows if row.terms and row.terms <= said)
    return Reading(table, tuple(row for row in table.rows if row.terms in labels), table.named(said))
