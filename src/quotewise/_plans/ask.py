"""Answers: the whole article where it fits, else its nearest passages, or on request every part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .._results import Answer, Status
from .._values import Quote, Trace
from . import prompts
from .checked import Draft
from .core import Call, Plan
from .ground import USUAL, Care, Grounded, ground, set_apart
from .merge import united
from .numbered import Line, fenced, one_line
from .numbering import Numbering
from .reading import Batch, Limits, Readings, asides, batches, call, cost, fits, read_each
from .schemas import ClaimedAnswer, ClaimedClaim

PROMPTS = ("system", "answer", "earlier", "repair", "reask")
NEAREST = 3
"""How many passages an abstention shows."""

_MISSES = 3
"""How many passages may find no room before the room counts as full; one may just be very long."""

_AROUND = 2
"""Sentences on either side that go with a passage, so that "he" and "it" keep their names."""

_REMEMBERED = 4
"""How many earlier questions go with one: the last few say what "he" and "there" mean, more only cost."""


class Exchange(NamedTuple):
    """A question asked earlier, and the words it was answered with (empty where it was not)."""

    asked: str
    answered: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and whether a long article is to be read whole for it rather than in passages.

    `earlier` holds the questions that this one may go on from, the oldest first.
    """

    text: str
    exhaustive: bool = False
    earlier: tuple[Exchange, ...] = ()

    @property
    def sought(self) -> str:
        """The words to look for in the article: its own, and those of the question it may go on from."""
        return " ".join([self.text, *(word for turn in self.earlier[-1:] for word in turn)])


def ask(numbering: Numbering, question: Question, limits: Limits, care: Care = USUAL) -> Plan[Answer]:
    """An answer in checked claims, or an abstention with the closest passages."""
    parts = question_parts(numbering, question, limits)
    readings = yield from read_each(
        parts, lambda part: answer_call(part, question), ClaimedAnswer, numbering, halve_cut=False
    )
    answers = [answer for _, answer in readings.answers]
    found = united(Draft(c.text, tuple(c.evidence)) for answer in answers for c in _telling(answer))
    if _said(answers) == {"not_in_source"}:
        care = replace(care, repair=False)  # what it says beside that is not worth a call
    grounded = yield from ground(found, numbering, care)
    grounded = replace(grounded, rejected=(*grounded.rejected, *set_apart(answers)))
    return _result(numbering, question, parts, readings, grounded, _status(readings, grounded))


_SAYS_NOTHING = re.compile(
    r"\b(?:article|text|source|document|passage|story|report|sentence)s?\b[^.]{0,40}?"
    r"\b(?:does|do|did|is|are)(?: not|n['’]t)\b"
    r"|\bnot (?:\w+ )?(?:stated|mentioned|said|specified|given|provided|reported|addressed|disclosed)\b"
    r"|\bno (?:information|mention|answer|details?|indication)\b",
    re.IGNORECASE,
)


def _said(answers: Iterable[ClaimedAnswer]) -> set[str]:
    return {answer.status for answer in answers}


def _telling(answer: ClaimedAnswer) -> Iterator[ClaimedClaim]:
    """The claims of an answer; of one that abstains only those that say something of the article after all.

    A model is asked for no claims then, and many give one all the same: that the article does not say.
    """
    for claim in answer.claims:
        if answer.status != "not_in_source" or (claim.evidence and not _SAYS_NOTHING.search(claim.text)):
            yield claim


def answer_call(part: Batch, question: Question) -> Call:
    """The call that puts a question to numbered sentences."""
    return call(
        "answer",
        part,
        ClaimedAnswer,
        max_output=2_000,
        question=one_line(question.text),
        earlier=_told(question.earlier[-_REMEMBERED:]),
    )


def _told(earlier: Sequence[Exchange]) -> str:
    """What was asked before, as the prompt says it; nothing at all for a first question, so that its prompt
    is the same whether or not anybody keeps a conversation."""
    if not earlier:
        return ""
    return prompts.load("earlier").fill(turns=fenced("turns", _rows(earlier)))


def _rows(earlier: Sequence[Exchange]) -> Iterator[str]:
    for turn in earlier:
        yield f"Asked: {turn.asked}"
        yield f"Answered: {turn.answered.strip() or 'nothing'}"


def question_parts(numbering: Numbering, question: Question, limits: Limits) -> list[Batch]:
    """What a question is put to: all sentences where they fit, else passages, or on request all in parts."""
    if question.exhaustive or fits(numbering.lines, limits.room):
        return batches(numbering.lines, limits)
    return [tuple(_passages(numbering, question, limits))]


def passages_room(limits: Limits) -> int:
    """Tokens that the passages of a long article may take."""
    return min(limits.chunk, limits.room or limits.chunk)


def _passages(numbering: Numbering, question: Question, limits: Limits) -> list[Line]:
    """The nearest sentences with their neighbours, best first until the room is full, in reading order.

    Where the neighbours find no room the sentence is taken alone, and where even that does not, the next.
    """
    room = passages_room(limits)
    chosen: set[int] = set()
    misses = 0
    for number in [*numbering.nearest(question.sought, len(numbering.numbers)), 1]:
        for wanted in (_around(numbering, number), {number}):
            price = sum(cost(line) for line in _lines(numbering, wanted - chosen))
            if price <= room:
                chosen |= wanted
                room -= price
                break
        else:
            misses += 1
        if misses == _MISSES:
            break
    return _lines(numbering, chosen or {1})


def _around(numbering: Numbering, number: int) -> set[int]:
    return set(range(max(1, number - _AROUND), min(number + _AROUND, len(numbering.numbers)) + 1))


def _lines(numbering: Numbering, numbers: set[int]) -> list[Line]:
    return [numbering.lines[number - 1] for number in sorted(numbers)]


def _status(readings: Readings[ClaimedAnswer], grounded: Grounded) -> Status:
    """The status that the checked claims bear out, whatever the model called it.

    While a part could not be read, nobody can say that the article does not answer.
    """
    said = _said(answer for _, answer in readings.answers)
    if not grounded.kept:
        abstains = said == {"not_in_source"} and not readings.failed
        return "not_in_source" if abstains else "failed"
    if "conflict" in said:
        return "conflict"
    return "answered" if "answered" in said and not grounded.rejected else "partly"


def _result(
    numbering: Numbering,
    question: Question,
    parts: Sequence[Batch],
    readings: Readings[ClaimedAnswer],
    grounded: Grounded,
    status: Status,
) -> Answer:
    shown = {line.number for part in parts for line in part} - readings.unread
    answers = [answer for _, answer in readings.answers]
    return Answer(
        sources=numbering.sources,
        question=question.text,
        status=status,
        claims=tuple(one.claim for one in grounded.kept),
        short=_short(numbering, answers, grounded),
        score=_score(answers, grounded),
        nearest=_nearest(numbering, question, answers),
        rejected=grounded.rejected,
        gaps=readings.gaps,
        coverage=numbering.coverage(grounded.cited, set(numbering.numbers) - shown),
        trace=Trace(
            prompts=prompts.fingerprints(*PROMPTS, *grounded.prompts),
            chunks=len(readings.answers) + len(readings.failed),
            notes=(*grounded.notes, *asides(answers)),
        ),
    )


def _short(numbering: Numbering, answers: Sequence[ClaimedAnswer], grounded: Grounded) -> Quote | None:
    """The fewest words that answer, where a sentence that a kept claim cites has them; else none."""
    cited = [number for one in grounded.kept for number in one.draft.evidence]
    places = (numbering.within(n, answer.short) for answer in answers if answer.short for n in cited)
    return next((quote for quote in places if quote), None)


def _score(answers: Sequence[ClaimedAnswer], grounded: Grounded) -> float:
    """How sure the answer is: what the engine says of itself, else as sure as its weakest claim."""
    known = [answer.sure for answer in answers if answer.sure is not None]
    return max(known) if known else min((one.claim.verdict.score for one in grounded.kept), default=0.0)


def _nearest(numbering: Numbering, question: Question, answers: Sequence[ClaimedAnswer]) -> tuple[Quote, ...]:
    """The closest sentences, each once; headings and captions, which end without a stop, after all others."""
    named = [number for answer in answers for number in answer.nearest if number in numbering.numbers]
    quotes = map(numbering.quote, [*named, *numbering.nearest(question.sought, 3 * NEAREST)])
    first = {quote.text: quote for quote in reversed(list(quotes))}
    in_order = tuple(reversed(first.values()))
    return tuple(sorted(in_order, key=lambda quote: not _ends(quote.text)))[:NEAREST]


def _ends(text: str) -> bool:
    return text.rstrip("\"'”’»)] ").endswith(tuple(".!?…:;。！？।؟"))
