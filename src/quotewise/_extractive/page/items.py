"""Lines that say too little alone, told with the line that leads them: items of a list, answers of an FAQ.

"the serial number" is a claim only after "To claim, you need:". Which lines lead is decided here, by form
alone; the rows of a table are led by its head, and keep their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..words.sentence import Sentence, sentence
from ..words.shapes import may_have_a_verb
from ..words.speakers import sender
from .furniture import is_furniture
from .layout import is_heading, is_lead, is_row
from .marks import HASHES, mark, unmarked
from .sections import decision, sections
from .table import Table, tables

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_LONGEST_LEAD = 40
_OPENS = frozenset("\"“'‘")
_SAYS = re.compile(r"\b(?:said|says|added|adds|commented|comments|explained|writes|wrote)\b[^.]*:\W*\Z")
_SHORT, _BARE = 15, 4
"""Words of a line without a verb that is nothing without its heading, and of any line below a question."""


def led(lines: Sequence[Line]) -> list[Line]:
    """The lines, each with the number of the line that leads it.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["You need:", "- the receipt", "- the serial number", "Claims are free."]
    >>> [line.lead for line in led([Line(n, text, n) for n, text in enumerate(texts, 1)])]
    [0, 1, 1, 0]
    """
    found = tables(lines)
    leads = {lines[at].number: lines[lead].number for at, lead in _leads(lines)}
    leads |= dict(_measured(lines, found))
    leads |= dict(_said_on(lines))
    leads |= dict(_decided(lines))
    leads |= {row.number: table.head for table in found if table.head for row in table.rows}
    return [line._replace(lead=leads.get(line.number, 0)) for line in lines]


def with_leads(lines: Sequence[Line]) -> list[Line]:
    """Lines as `led` gives them, with the words of their lead before their own; rows of a table stay.

    >>> from quotewise._plans.numbered import Line
    >>> with_leads([Line(1, "You need:"), Line(2, "- the receipt", lead=1)])[1].text
    '- You need: the receipt'
    """
    texts = {line.number: line.text for line in lines}
    return [
        line._replace(text=_told(line.text, texts[line.lead]))
        if line.lead and not is_row(line.text)
        else line
        for line in lines
    ]


def sentences_of(lines: Sequence[Line], places: Sequence[int]) -> list[Sentence]:
    """Some of `told` lines as they are compared: without the words of the line that leads them.

    >>> from quotewise._plans.numbered import Line
    >>> lines = with_leads([Line(1, "You need:"), Line(2, "- the receipt", lead=1)])
    >>> sentences_of(lines, [1])
    [Sentence(text='You need: the receipt', words=4, terms=('receipt',), paragraph=0)]
    """
    mine = own_words(lines, places)
    whole = [unmarked(lines[at].text) for at in places]
    return [
        Sentence(text, len(text.split()), sentence(said).terms, lines[at].paragraph)
        for at, text, said in zip(places, whole, mine, strict=True)
    ]


def own_words(lines: Sequence[Line], places: Sequence[int]) -> list[str]:
    """What some of `told` lines say themselves, without the words of the line that leads them."""
    leads = {line.lead for line in lines}
    openings = {line.number: _opening(line.text) for line in lines if line.number in leads}
    return [_without(lines[at], openings) for at in places]


def _without(line: Line, openings: Mapping[int, str]) -> str:
    text = unmarked(line.text)
    return text if is_row(line.text) else text.removeprefix(openings.get(line.lead, ""))


def _told(text: str, lead: str) -> str:
    """An item keeps a bullet, which says that it is one; a heading gets a colon."""
    return f"{'- ' if mark(text) else ''}{_opening(lead)}{unmarked(text)}"


def _opening(lead: str) -> str:
    if who := sender(lead):
        return f"{who}: "
    words = unmarked(lead).rstrip("*_ ")
    return words + (" " if words[-1:] in (":", "?") else ": ")


def _leads(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Each line that is led, with the place of its lead.

    The items of a run have one lead; a run ends where another sort of mark begins, or a line that is no item.
    """
    lead: int | None = None
    run = ""
    for at, line in enumerate(lines):
        kind = mark(line.text)
        before = at - 1 if at and lines[at - 1].source == line.source else None
        if kind:
            if kind != run or before is None or is_lead(lines[before].text):
                lead = before if before is not None and _leads_items(lines, before, kind) else None
            run = kind
            if lead is not None:
                yield at, lead
        elif before is not None and _is_said(lines[before].text, line.text):
            run = ""
            yield at, before
        elif not (run and before is not None and lines[before].paragraph == line.paragraph):
            run = ""
            if before is not None and _answers(lines, before, at):
                yield at, before


def _said_on(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The later sentences of a message in a chat, with the number of its first, which tells who sent it."""
    first = None
    for line in lines:
        if first is None or (first.paragraph, first.source) != (line.paragraph, line.source):
            first = line
        elif sender(first.text):
            yield line.number, first.number


def _decided(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines that only note a decision, with the number of the heading that says what of."""
    by_number = {line.number: line for line in lines}
    for heading, section in sections(by_number):
        for number in section:
            if decision.match(unmarked(by_number[number].text)):
                yield number, heading


def _measured(lines: Sequence[Line], found: Sequence[Table]) -> Iterator[tuple[int, int]]:
    """The lines of a list of figures without marks ("Power: 2 kW"), with the number of the heading above."""
    places = {line.number: at for at, line in enumerate(lines)}
    for table in found:
        above = places[table.rows[0].number] - 1
        figures = sum(any(map(str.isdigit, row.cells[-1].text)) for row in table.rows)
        if table.is_list and figures * 2 > len(table.rows) > 2 and above > 0 and is_heading(lines, above):
            yield from ((row.number, lines[above].number) for row in table.rows)


def _is_said(before: str, text: str) -> bool:
    """Whether a line opens the quotation that the one before it leads: "Ann Day, chair, said:"."""
    return is_lead(before) and text[:1] in _OPENS and _SAYS.search(before) is not None


def _leads_items(lines: Sequence[Line], at: int, kind: str) -> bool:
    """Whether a line opens a list: by its colon, or as the heading of one with bullets; no title does."""
    text = lines[at].text
    if is_lead(text):
        return len(text.split()) <= _LONGEST_LEAD
    first = at == 0 or lines[at - 1].source != lines[at].source or text.startswith("# ")
    return kind == "bullet" and not first and mark(text) != "bullet" and is_heading(lines, at)


def _answers(lines: Sequence[Line], heading: int, at: int) -> bool:
    """Whether a line is nothing without the heading above it: "Once a year." below "How often?"."""
    asks = lines[heading].text.rstrip("*_ ").endswith("?") and (
        HASHES.match(lines[heading].text) is not None or _is_alone_above(lines, heading)
    )
    numbered = bool(HASHES.match(lines[heading].text) or mark(lines[heading].text) == "number")
    if not (asks or (numbered and is_heading(lines, heading))) or is_heading(lines, at):
        return False
    text = lines[at].text
    size = len(text.split())
    bare = size <= _SHORT and not may_have_a_verb(text)
    return not is_furniture(text) and not is_row(text) and (bare or (asks and size <= _BARE))


def _is_alone_above(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a paragraph of its own, and not the last of several."""
    here = lines[at].paragraph
    return lines[at + 1].paragraph != here and (at == 0 or lines[at - 1].paragraph != here)
