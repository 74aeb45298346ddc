"""Answering a question by pointing: which numbered line answers it, which of its words, or that none does.

It sees what a model would see and gives back numbers. Nothing here writes an answer, and nothing is learned
here: clues are weighed in `spans`, doubt is measured in `doubt`; a line that only asks, or only leads a list,
is followed in `opened`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from ..._language.values import values
from .. import learned
from ..page.furniture import is_dateline, points
from ..page.layout import folded, markup
from ..page.marks import HASHES, heads_a_section, masked
from ..page.table import Row, Table, tables
from ..questions import parts
from ..questions.match import Tagged, Weights
from ..questions.question import Question, read
from ..questions.wording import in_words_of, is_of_another_part
from . import spans
from .counted import counts_another, counts_it, counts_it_hardly
from .doubt import (
    beside_the_point,
    denies_it,
    is_doubtful,
    is_hardly_said,
    short_of_the_answer,
    turns_on_nothing_said,
)
from .found import NEAREST, Found, joined
from .judge import CloseReading, closely, judged
from .letters import Letters
from .look import Told
from .lookup import lookup, named_row, names, says_nothing
from .noted import noted
from .opened import expanded, replied, under
from .order import ordered, tells_no_time_to_come
from .plain import date_end, lacks_unit, plainly
from .spoken import BACK, is_anothers, is_of_nobody, is_off_the_topic, is_ones_own
from .succession import succeeded
from .unlikely import (
    gives_no_name,
    gives_no_reason,
    is_anothers_post,
    is_no_place,
    is_nobody,
    is_only_the_speaker,
    names_somebody,
    says_the_opposite,
    tells_when,
)

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_SAME = 0.8
"""Two lines that share this part of their terms say the same; one of them is enough."""
_LETTERS = 0.33
"""The covered share of letters from which a line answers a question that is not English; not fitted."""
_TIMES = "time"
"""What is counted of anything: "how many times"."""
_TABLED = 0.75
"""How sure a cell is whose row and column the question names; not fitted."""
_LONGEST_CELL = 8
"""Words of a cell that holds a value; more may be a sentence."""


def answer(lines: Sequence[Line], question: str) -> Found:
    """The lines that answer a question, or `not_in_source` with the lines that come nearest.

    "partly" means that one of several questions is answered, or that the line is about what is asked and
    does not give all of it: a date, a number, the whole of a yes-or-no question. Of equal lines only the
    first is ever named.

    >>> from quotewise._plans.numbered import Line
    >>> lines = [Line(1, "Rain fell in Paris."), Line(2, "The summit on Ukraine was held in Rome.")]
    >>> found = answer(lines, "Where was the summit held?")
    >>> found.picked, lines[1].text[slice(*found.span)], answer(lines, "Who won the cup?").status
    ((2,), 'Rome', 'not_in_source')
    """
    return Finder(lines).answer(question)


class Finder:
    """Lines read once, to be asked many times."""

    def __init__(self, lines: Iterable[Line], table: learned.Fitted | None = None) -> None:
        given = list(lines)
        self._tables = tables(given)
        self._marked = {given[at].number for at in markup(given)} | {table.head for table in self._tables}
        self._marked |= {line.number for line in given if points(line.text) or heads_a_section(line.text)}
        self._marked |= {line.number for line in given if is_dateline(line.text)}
        self._marked |= {row.number for table in self._tables for row in table.rows if _is_data(table, row)}
        self._by_number = {line.number: line for line in given}
        self._lines = _distinct(given)
        self._page = spans.Page(masked(line.text) for line in self._lines)
        self._table = table or learned.fitted()

    def answer(self, question: str) -> Found:
        """As `answer` of this module."""
        if not parts.is_english(question):
            return self._by_letters(question)
        return joined([self._part(part) for part in parts.parts(question)])

    def _part(self, text: str) -> Found:
        asked = read(in_words_of(text, (line.text for line in self._lines)))
        if note := noted(asked, self._by_number):
            return note
        prose = succeeded(asked, self._in_prose(asked), self._by_number)
        found = under(asked, prose, self._by_number)
        found = expanded(asked, replied(asked, found, self._by_number), self._by_number)
        return self._in_tables(asked, found) if self._tables else found

    def _in_tables(self, asked: Question, found: Found) -> Found:
        """The cell that is asked for, unless only a sentence says all; none where a table lacks its row."""
        line = self._by_number.get(found.picked[0]) if found.picked else None
        cell = lookup(self._tables, asked)
        same = cell and (cell.number in found.picked or self._says_all(asked, cell.told))
        if line and self._says_all(asked, line.text) and not same:
            return found
        if cell:
            span = (cell.start, cell.end) if cell.end else None
            return Found("answered", (cell.number,), span, _TABLED, found.nearest, cell.told)
        if line and (row := named_row(self._tables, asked, Tagged(line.text).held)):
            return Found("partly", (row.number,), None, found.confidence, found.nearest, row.told, True)
        if line and found.confidence < _TABLED and self._misses(asked, line.text):
            return Found("not_in_source", confidence=0.0, nearest=found.nearest)
        return found

    def _only_titles(self, asked: Question, text: str) -> bool:
        """Whether a line is a heading of Markdown without all that is asked: it names what follows."""
        return HASHES.match(text) is not None and not self._says_all(asked, text)

    def _says_all(self, asked: Question, text: str) -> bool:
        held = Tagged(text).held
        return all(term in held for term in asked.terms if term not in asked.implied)

    def _misses(self, asked: Question, text: str) -> bool:
        """Whether a question names a row or a column that a sentence does not, and what stands nowhere."""
        strange = {t for t in asked.terms if not self._page.frequency[t] and not says_nothing(t)}
        counted = asked.kind == "many" and asked.head in strange
        return bool(strange) and names(self._tables, asked, () if counted else Tagged(text).held)

    def _in_prose(self, asked: Question) -> Found:
        weights = self._page.weights(asked)
        near = spans.nearest(self._page, asked, weights)
        worth = self._table.worth
        said = [n for n in near if self._lines[n.at].number not in self._marked]
        bests = [spot for n in said if (spot := spans.best(asked, self._sentence(n.at), n, worth))]
        spots = self._different(ordered(self._page, asked, weights, bests, self._table.order))
        if not spots:
            return Found("not_in_source", nearest=tuple(self._lines[n.at].number for n in near[:NEAREST]))
        reading = judged(self._page, asked, weights, spots, self._table.look, self._table.judge)
        if counts_another(asked, reading.look.sentence, reading.words):
            reading = self._first_that(asked, weights, reading, _counts)
        elif gives_no_reason(asked, reading.look.sentence.text):
            reading = self._first_that(asked, weights, reading, _reasons)
        elif gives_no_name(asked, reading.look.sentence):
            reading = self._first_that(asked, weights, reading, _names)
        elif self._is_anothers(asked, reading) or is_off_the_topic(asked, reading.look.sentence):
            reading = self._first_that(asked, weights, reading, self._is_ones_own, 0.0)
            if self._is_anothers(asked, reading):
                reading = self._first_that(asked, weights, reading, self._is_not_anothers)
        return self._weighed(asked, reading)

    def _weighed(self, asked: Question, reading: CloseReading) -> Found:
        """The answer that the sentence read closely gives, as sure as all of its measures make it."""
        spots, look, words, measured = reading
        about = 0.0 if beside_the_point(asked, measured) else self._table.about(measured)
        sure, least = self._table.answers(measured), self._table.least
        nearest = tuple(self._lines[spot.near.at].number for spot in spots[:NEAREST])
        if about < least:
            return Found("not_in_source", confidence=sure * about / least, nearest=nearest)
        if self._only_titles(asked, self._lines[spots[0].near.at].text):
            return Found("not_in_source", confidence=0.0, nearest=nearest)
        if gives_no_name(asked, look.sentence):
            return Found("not_in_source", confidence=0.0, nearest=nearest)
        others = says_the_opposite(asked, look.sentence) or is_only_the_speaker(asked, look.sentence)
        if others or self._is_anothers_post(asked, reading) or self._counts_elsewhere(asked, spots[0]):
            return Found("partly", nearest[:1], None, sure, nearest, doubtful=True)
        plain = plainly(asked, look.sentence, words.start, words.end)
        short = short_of_the_answer(asked, measured) or is_of_another_part(asked.text, look.sentence.text)
        if short or (
            not plain and (_is_no_answer(asked, look.sentence, words) or denies_it(asked, look.sentence))
        ):
            return Found("partly", nearest[:1], None, sure, nearest, doubtful=True)
        span = None if asked.kind == "yes" else _span(asked, look.sentence, words)
        another = not plain and counts_another(asked, look.sentence, words)
        if another and asked.kind != "many" and asked.head and not self._page.frequency[asked.head]:
            return Found("not_in_source", confidence=0.0, nearest=nearest)
        if another or is_hardly_said(about, sure):
            return Found("partly", nearest[:1], span, sure, nearest, doubtful=True)
        doubtful = is_doubtful(about, sure) or turns_on_nothing_said(asked, measured)
        doubtful = doubtful or _is_no_likely_answer(asked, look.sentence, words)
        doubtful = doubtful or self._is_anothers(asked, reading) or is_off_the_topic(asked, look.sentence)
        doubtful = doubtful or is_of_nobody(asked, look.sentence, self._before(spots[0].near.at))
        return Found("answered", nearest[:1], span, sure, nearest, doubtful=doubtful)

    def _is_anothers(self, asked: Question, reading: CloseReading) -> bool:
        at = reading.spots[0].near.at
        return is_anothers(asked, self._lines[at].text, self._before(at))

    def _counts_elsewhere(self, asked: Question, spot: spans.Spot) -> bool:
        """Whether a sentence counts what is asked for and has nothing else of the question, as others have:
        "Three people were hurt" for "how many people were aboard"."""
        rest = {term for term in asked.terms if term != asked.head}
        if (
            asked.kind != "many"
            or asked.head == _TIMES
            or asked.head not in spot.near.match.reached
            or not rest
        ):
            return False
        return rest.isdisjoint(spot.near.match.reached) and any(self._page.frequency[term] for term in rest)

    def _is_anothers_post(self, asked: Question, reading: CloseReading) -> bool:
        return is_anothers_post(asked, reading.look.sentence, self._before(reading.spots[0].near.at))

    def _is_not_anothers(self, asked: Question, reading: CloseReading) -> bool:
        return not self._is_anothers(asked, reading)

    def _is_ones_own(self, asked: Question, reading: CloseReading) -> bool:
        at = reading.spots[0].near.at
        own = is_ones_own(asked, self._lines[at].text, self._before(at))
        return own and not is_off_the_topic(asked, reading.look.sentence)

    def _before(self, at: int) -> list[str]:
        """The sentences before one, in its paragraph, that may tell who is speaking in it."""
        near = self._lines[max(0, at - BACK) : at]
        return [line.text for line in near if line.paragraph == self._lines[at].paragraph]

    def _first_that(
        self,
        asked: Question,
        weights: Weights,
        first: CloseReading,
        answers: Callable[[Question, CloseReading], bool],
        least: float | None = None,
    ) -> CloseReading:
        """A sentence that answers and holds as much of the question as the first, or else the first.

        With `least` it is to hold that share of the question.
        """
        if least is None:
            least = weights.share(self._sentence(first.spots[0].near.at).held)
        for at, spot in enumerate(first.spots):
            if at and weights.share(self._sentence(spot.near.at).held) >= least:
                spots = [spot, *first.spots[:at], *first.spots[at + 1 :]]
                other = closely(self._page, asked, weights, spots, self._table.look)
                if answers(asked, other):
                    return other
        return first

    def _sentence(self, at: int) -> Tagged:
        return self._page.sentences[at]

    def _different(self, spots: Iterable[spans.Spot]) -> list[spans.Spot]:
        kept: list[spans.Spot] = []
        for spot in spots:
            held = self._sentence(spot.near.at).held
            if all(_alike(held, self._sentence(other.near.at).held) < _SAME for other in kept):
                kept.append(spot)
        return kept

    def _by_letters(self, question: str) -> Found:
        near = Letters([line.text for line in self._lines]).nearest(question, NEAREST)
        nearest = tuple(self._lines[at].number for at, _ in near)
        sure = near[0][1] if near else 0.0
        if sure < _LETTERS:
            return Found("not_in_source", confidence=sure, nearest=nearest)
        return Found("answered", nearest[:1], None, sure, nearest)


def _is_data(table: Table, row: Row) -> bool:
    """Whether a row holds values and no sentences: it answers only by its columns."""
    return not table.is_list and all(len(cell.text.split()) <= _LONGEST_CELL for cell in row.cells)


def _distinct(lines: Iterable[Line]) -> list[Line]:
    """The lines without those that repeat an earlier one, as a headline does."""
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(folded(line.text), line)
    return list(first.values())


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _span(asked: Question, sentence: Tagged, words: Told) -> tuple[int, int]:
    """The characters of the answer's words; "because" or the dates of a life say plainly where they stand."""
    if sure := plainly(asked, sentence, words.start, words.end):
        return _offsets(sentence, *sure)
    if asked.expected == "date":
        return _offsets(sentence, words.start, date_end(sentence, words.end))
    lacking = asked.kind == "much" and lacks_unit(sentence, words.end)
    return _offsets(sentence, words.start, words.end + lacking)


def _is_no_answer(asked: Question, sentence: Tagged, words: Told) -> bool:
    """Whether some words are a time gone by for one to come, or a time where it is asked who or where."""
    gone = tells_no_time_to_come(asked, sentence, words.start, words.end)
    return gone or tells_when(asked, sentence, words.start, words.end)


def _is_no_likely_answer(asked: Question, sentence: Tagged, words: Told) -> bool:
    """Whether a place, a person, a reason or a count has no word that says it is one."""
    if gives_no_reason(asked, sentence.text) or counts_it_hardly(asked, sentence, words):
        return True
    nobody = is_nobody(asked, sentence, words.start, words.end)
    return nobody or is_no_place(asked, sentence, words.start, words.end)


def _names(asked: Question, reading: CloseReading) -> bool:
    return names_somebody(asked, reading.look.sentence)


def _counts(asked: Question, reading: CloseReading) -> bool:
    return counts_it(asked, reading.look.sentence, reading.words)


def _reasons(asked: Question, reading: CloseReading) -> bool:
    return not gives_no_reason(asked, reading.look.sentence.text)


def _offsets(sentence: Tagged, first: int, after: int) -> tuple[int, int]:
    """The words in characters, with the currency sign and the minus before them and a percent sign after."""
    start, end = sentence.words[first].start, sentence.words[after - 1].end
    if sentence.text[max(0, start - 1) : start] in ("$", "£", "€", "¥"):
        start -= 1
    below = (value.start for value in values(sentence.text) if value.sign == "-" and start < value.end)
    return min(start, next(below, start)), end + (sentence.text[end : end + 1] == "%")
