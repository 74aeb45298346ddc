"""A summary made of the article's own sentences: which of them, in which order, within how many words.

What a sentence is worth is measured in `salience`, `focus` and, for long texts, `expected`; what can be taken
together is decided in `selection`; this module weighs the one and sets the limits of the other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import add
from typing import TYPE_CHECKING

from ..page import items
from ..page.interview import unclear
from ..page.layout import layout, title
from ..words.sentence import Sentence, sentence
from ..words.speakers import is_scrap, speaker
from ..words.standalone import asks, dangles, hangs, is_thin
from .expected import Expected, Reading
from .focus import is_transcript, relevance
from .genre import sought
from .salience import measure
from .selection import Costs, Room, Same, say_the_same, select
from .sides import evened
from .weights import LONG, all_words, weigh, weights

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_WORDS = 120
"""Words of a summary, unless told."""
_SECTION, _SECTION_COST = 25, 0.3
"""Sentences of a section of a long text, and what it costs to take another of one that was used."""
_NEARNESS = 0.1
"""What the logarithm of a sentence's relevance counts beside that of what it adds."""
_CANDIDATES = 300
"""So many sentences of a long text are weighed against each other, an equal share of each section."""
_MANY = 20
"""From this many lines on, a reader wants every place that is about the focus, well told or not."""
_OFF = -1e6
_CLAUSE_ENDS = re.compile(
    r"(?:, (?:as|after|while)\b|, (?:which|who|where)\b(?![^,]*,)|;| [—–-] (?!.*? [—–-] ))"
)
"""Not where something is put in: before "which" stands no verb yet if the sentence goes on after it."""
_HEADLINE = range(4, 17)
_NO_TITLE = re.compile(
    r"^(?:I|[Ww]e|[Yy]ou|[Ii]ndeed|[Oo]h|[Ww]ell|[Oo]f course|[Hh]ere|[Hh]erewith|[Tt]his)\b|^[\"“'‘`]"
    r"|\b(?:this|that|these|those|it|them)(?:$| (?:at|by|for|in|on)\b)"
)


@dataclass(frozen=True, slots=True)
class Digest:
    """What was picked, as line numbers.

    `headline` is a headline line of the article where it has one, else the first clause of its best line
    or "". `picked` stands in reading order, `ranked` best first.
    """

    headline: str
    picked: tuple[int, ...]
    ranked: tuple[int, ...] = ()


def summarize(
    lines: Sequence[Line], *, words: int | None = None, points: int | None = None, focus: str | None = None
) -> Digest:
    """Pick the lines that say most of what the article says, in `words` words at most (120 unless told).

    `points` is the most lines to pick, `focus` a question or topic that they are to be about; a focus that
    names nothing the article holds is passed over. At least one line is picked, the shortest that stands
    alone where all are too long, and without `points` at most two thirds of the article's words.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["Rain fell on Bath.", "It was wet.", "Rain is due in Bath on Monday."]
    >>> lines = [Line(n, text) for n, text in enumerate(texts, 1)]
    >>> summarize(lines, points=1, focus="What is due on Monday?").picked
    (3,)
    """
    page = layout(lines)
    every = items.sentences_of(lines, page.prose)
    if not every:
        return Digest("", ())
    read, prose = _clear(every, page.prose, unclear(lines))
    head = sentence(title(lines[page.headline].text)) if page.headline is not None else None
    bonus = sought(lines, prose, Room(_WORDS if words is None else words, points))
    room = Room(_limit(read, words, points, bonus), points)
    own = [one for at, one in zip(page.prose, every, strict=True) if not lines[at].lead]
    spoken = 2 * len(own) > len(every) and is_transcript(own)
    taken = _taken(read, head, room, focus, bonus, spoken) or [_shortest(read)]
    ranked = tuple(lines[prose[at]].number for at in taken)
    return Digest(head.text if head else _clauses(read, taken), tuple(sorted(ranked)), ranked)


def _clear(
    read: Sequence[Sentence], prose: Sequence[int], unclear: Container[int]
) -> tuple[Sequence[Sentence], Sequence[int]]:
    """The sentences, and the places of their lines, without those that say nothing alone, if others do."""
    clear = [at for at, place in enumerate(prose) if place not in unclear]
    if len(clear) in (0, len(read)):
        return read, prose
    return [read[at] for at in clear], [prose[at] for at in clear]


def _limit(read: Sequence[Sentence], words: int | None, points: int | None, bonus: Sequence[float]) -> int:
    """The words to keep to; of a text that nearly fits whole, without `points`, a third is left out, but
    nothing that is sought."""
    limit = _WORDS if words is None else words
    if points is not None:
        return limit
    first = sum(one.words for at, one in enumerate(read) if not at or bonus[at] > 0)
    return min(limit, max(first, 2 * sum(one.words for one in read) // 3))


def _taken(
    read: Sequence[Sentence],
    title: Sentence | None,
    room: Room,
    focus: str | None,
    bonus: Sequence[float],
    spoken: bool,
) -> list[int]:
    near = relevance(read, focus)
    if (spoken or len(read) > LONG) and (near is None or not _lists(room)):
        asked = focus if focus and near is not None else ""
        return _of_a_long_text(read, near, room, asked, "meeting" if spoken else "story")
    if near is not None:
        return _about(read, near, room)
    if room.points == 1:
        return select(read, _alone(read, title), room, hanging=dangles)
    table = weights("several")
    worth = weigh(measure(read, title), len(read), table)
    scores = _off_if_empty(read, list(map(add, worth, bonus)), bonus)
    costs = Costs(covered=-table["covered"])
    same = _but(frozenset(one for one, more in zip(read, bonus, strict=True) if more > 0))
    taken = select(read, scores, room, costs=costs, least=_OFF / 2, same=same)
    even = evened(read, scores, taken, room)
    return taken if even == scores else select(read, even, room, costs=costs, least=_OFF / 2, same=same)


def _but(sought: Container[Sentence]) -> Same:
    """Sentences that say the same, but for two that are both sought: two steps are seldom one."""

    def same(one: Sentence, other: Sentence) -> bool:
        both = one in sought and other in sought
        return (one.terms == other.terms) if both else say_the_same(one, other)

    return same


def _lists(room: Room) -> bool:
    return (room.points or 0) >= _MANY and (room.words or 0) >= _MANY * _SECTION


def _about(read: Sequence[Sentence], near: Sequence[float], room: Room) -> list[int]:
    """By relevance, one sentence of a paragraph (or of a speaker's turn) before a second of any.

    In a long list of them, to be looked up in the article, only what points back hangs.
    """
    taken = select(
        read,
        [score if score else _OFF for score in near],
        room,
        costs=Costs(section=1.0),
        sections=[one.paragraph for one in read],
        least=_OFF / 2,
        hanging=dangles if _lists(room) else hangs,
    )
    return taken or [max(range(len(near)), key=near.__getitem__)]


def _of_a_long_text(
    read: Sequence[Sentence], near: Sequence[float] | None, room: Room, asked: str, kind: str
) -> list[int]:
    """By what a person's summary is likely to say, most of it for each word, and by relevance.

    Without a focus each section has its chance.
    """
    expected = Expected(Reading(read, near, asked), kind)
    whole = [not (is_scrap(one.text) or (kind == "meeting" and asks(one.text))) for one in read]
    if not any(whole):
        whole = [True] * len(read)
    if near is None:
        places = _best_of_each(expected, whole, max(_CANDIDATES, room.points or 0))
        scores = dict.fromkeys(places, 0.0)
    else:
        nearest = expected.reading.places
        places = [at for at in nearest if whole[at]] or list(nearest)
        scores = {at: _NEARNESS * math.log(near[at]) for at in places}
    return select(
        read,
        [scores.get(at, _OFF) for at in range(len(read))],
        room,
        costs=Costs(section=_SECTION_COST if near is None else 0.0),
        sections=_sections(len(read)),
        gains=expected,
        least=_OFF / 2,
        hanging=dangles,
    )


def _best_of_each(expected: Expected, whole: Sequence[bool], most: int) -> list[int]:
    """The places of the sentences that promise most, as many of each section."""
    size = len(whole)
    share = max(1, most * _SECTION // (size or 1))
    found: list[int] = []
    for start in range(0, size, _SECTION):
        places = [at for at in range(start, min(size, start + _SECTION)) if whole[at]]
        found += nlargest(share, places, key=expected.promise)
    return found


def _off_if_empty(read: Sequence[Sentence], scores: Sequence[float], bonus: Sequence[float]) -> list[float]:
    """The scores, but of questions and of what names nothing, unless it is sought: "Scan the code."."""
    return [
        _OFF if asks(one.text) or (is_thin(one.text) and more <= 0) else score
        for one, score, more in zip(read, scores, bonus, strict=True)
    ]


def _alone(read: Sequence[Sentence], title: Sentence | None) -> list[float]:
    """Scores for a single sentence, in which common words count too: "has" and "will" tell what is new."""
    table = weights("one words")
    scores = weigh(measure(read, title), len(read), weights("one"))
    return [
        score + math.fsum(table.get(word, 0.0) for word in sorted(set(all_words(one.text))))
        for one, score in zip(read, scores, strict=True)
    ]


def _sections(size: int) -> list[int]:
    return [at // _SECTION for at in range(size)]


def _shortest(read: Sequence[Sentence]) -> int:
    return min(
        range(len(read)), key=lambda at: (hangs(read[at].text), is_thin(read[at].text), read[at].words)
    )


def _clauses(read: Sequence[Sentence], taken: Sequence[int]) -> str:
    """A headline for an article without one: the first clause that gives one of its best sentences, one
    that stands alone before one that hangs on what was said before."""
    found = [clause for at in taken if (clause := _clause(read[at].text))]
    alone = (clause for clause in found if not (hangs(clause) or _NO_TITLE.search(clause)))
    return next(alone, found[0] if found else "")


def _clause(text: str) -> str:
    """A sentence where it is short, else its first clause; "" where neither is a headline."""
    cut = _CLAUSE_ENDS.search(text)
    clause = (text[: cut.start()] if cut else text).strip().rstrip(".")
    told = not (dangles(clause) or speaker(clause) or clause[:1].islower())
    fit = told and len(clause.split()) in _HEADLINE
    return clause if fit and clause.count('"') % 2 == 0 else ""
