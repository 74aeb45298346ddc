"""What follows a line that only opens: the reply to a question, a list's items, the section of a heading.

Such a line comes nearest to a question and does not answer it. Lines are given by their numbers, in order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from ..page.layout import is_lead
from ..page.sections import is_head, sections
from ..questions.match import Tagged
from ..questions.question import Question
from ..words.nominal import one_word
from ..words.speakers import speaker
from ..words.standalone import asks, dangles
from .found import Found, Status
from .plain import figure

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_ITEMS = 8
"""Items of a list that are given for a question that its opening line answers."""
_REPLIES = 2
"""Lines of a reply that are given: what comes later may be of something else."""
_LONGER_REPLIES = 4
"""Lines of what is told to an interviewer."""
_ASKERS = ("Q", "Question", "Interviewer")
_TURNS, _MOSTLY = 3, 0.66
"""Who asks in this share of so many turns or more is the interviewer."""
_HARDLY = 0.3
"""Below this, a line that only asks is no answer; not fitted."""


def replied(asked: Question, found: Found, lines: Mapping[int, Line]) -> Found:
    """Of a line that asks the same, what is said to it; without a reply a question is no answer."""
    if found.picked and (turn := _interviewers(found.picked[0], lines)):
        return _told_to(asked, found, turn, lines)
    if not found.picked or not asks(lines[found.picked[0]].text):
        return found
    replies = _replies(found.picked[0], lines)
    text = " ".join(lines[number].text for number in replies)
    status = _of_all(asked, found, lines)
    lacks = asked.expected in ("number", "date") and not any(map(str.isdigit, text))
    if (not replies and found.confidence < _HARDLY) or (lacks and status != "answered"):
        return Found("not_in_source", confidence=found.confidence, nearest=found.nearest)
    if not replies:
        return found
    doubtful = found.doubtful or lacks or status == "partly"
    return replace(found, status="partly" if lacks else status, picked=replies, span=None, doubtful=doubtful)


def _of_all(asked: Question, found: Found, lines: Mapping[int, Line]) -> Status:
    """The status of what follows a line that only opens: an answer where that one says all that is asked."""
    held = Tagged(lines[found.picked[0]].text).held
    return "answered" if all(term in held for term in asked.terms) else found.status


def _interviewers(number: int, lines: Mapping[int, Line]) -> tuple[int, ...]:
    """The lines of the turn that a line stands in, where it is an interviewer's; else none."""
    turns = _turns(lines[number], lines)
    here = next(turn for turn in turns if number in turn)
    label = speaker(lines[here[0]].text)
    own = [turn for turn in turns if label and speaker(lines[turn[0]].text) == label]
    asking = [turn for turn in own if any(asks(lines[n].text) for n in turn)]
    asks_mostly = len(own) >= _TURNS and len(asking) >= _MOSTLY * len(own)
    return here if label in _ASKERS or asks_mostly else ()


def _turns(line: Line, lines: Mapping[int, Line]) -> list[tuple[int, ...]]:
    """The turns of an article, each the lines of a paragraph or of a speaker in it."""
    turns: list[list[int]] = []
    paragraph = -1
    for number, one in lines.items():
        if one.source != line.source:
            continue
        if one.paragraph != paragraph or speaker(one.text):
            turns.append([])
        turns[-1].append(number)
        paragraph = one.paragraph
    return [tuple(turn) for turn in turns]


def _told_to(asked: Question, found: Found, turn: tuple[int, ...], lines: Mapping[int, Line]) -> Found:
    """What is said to an interviewer's turn, told with doubt: it is the turn that has the words asked for."""
    turns = _turns(lines[turn[0]], lines)
    after = turns[turns.index(turn) + 1 :][:1]
    said = after[0][:_LONGER_REPLIES] if after else ()
    if not said or _interviewers(said[0], lines):
        return Found("not_in_source", confidence=found.confidence, nearest=found.nearest)
    text = " ".join(lines[number].text for number in said)
    lacks = asked.expected in ("number", "date") and not any(map(str.isdigit, text))
    status: Status = "partly" if lacks or found.status == "partly" else "answered"
    doubtful = found.doubtful or lacks or not any(asks(lines[number].text) for number in turn)
    return replace(found, status=status, picked=said, span=None, doubtful=doubtful)


def _replies(number: int, lines: Mapping[int, Line]) -> tuple[int, ...]:
    """The first lines of the next paragraph or turn; in the same one the next line if it points back."""
    question = lines[number]
    later = (n for n, line in lines.items() if n > number and line.source == question.source)
    after = [lines[n] for n in islice(later, _REPLIES)]
    if after and after[0].paragraph == question.paragraph:
        return (after[0].number,) if dangles(after[0].text) else ()
    return tuple(line.number for line in after if line.paragraph == after[0].paragraph)


def expanded(asked: Question, found: Found, lines: Mapping[int, Line]) -> Found:
    """Of a line that only leads a list, the list, or the items that say the rest of what is asked."""
    if not found.picked or not is_lead(lines[found.picked[0]].text):
        return found
    lead = Tagged(lines[found.picked[0]].text).held
    items = {n: Tagged(line.text) for n, line in lines.items() if line.lead == found.picked[0]}
    rest = {term for term in asked.terms if term not in lead}
    said = [n for n, item in items.items() if rest and rest <= item.held]
    if not items:
        return found
    span = figure(asked, items[said[0]]) if len(said) == 1 else None
    status = "answered" if said else _of_all(asked, found, lines)
    return replace(found, status=status, picked=tuple(said or items)[:_ITEMS], span=span)


def under(asked: Question, found: Found, lines: Mapping[int, Line]) -> Found:
    """Of a line that only heads a section, the line of it that says most of the rest of what is asked, or its
    first lines where the heading says all; without such a line a heading is no answer.

    >>> from quotewise._extractive.questions.question import read
    >>> from quotewise._plans.numbered import Line
    >>> texts = ["2. Bus line 7", "Ann Lee spoke.", "Decision: it stays.", "3. Fair", "Tom Roe ran it."]
    >>> lines = {number: Line(number, text, number) for number, text in enumerate(texts, 1)}
    >>> under(read("What was decided on the bus line?"), Found("answered", (1,)), lines).picked
    (3,)
    """
    if not found.picked or not is_head(found.picked[0], lines):
        return found
    section = dict(sections(lines))[found.picked[0]]
    held = Tagged(lines[found.picked[0]].text).held
    rest = [term for term in asked.terms if term not in held]
    said = {n: _said(rest, Tagged(lines[n].text).held) for n in section}
    most = max(said.values(), default=0)
    if not section or (rest and not most):
        return Found("not_in_source", confidence=found.confidence, nearest=found.nearest)
    picked = tuple(n for n in section if said[n] == most)[: 1 if rest else _REPLIES]
    text = " ".join(lines[n].text for n in picked)
    lacks = asked.expected in ("number", "date") and not any(map(str.isdigit, text))
    whole = most == len(rest) and not lacks
    return replace(
        found, status="answered" if whole else "partly", picked=picked, span=None, doubtful=not whole
    )


def _said(terms: Collection[str], held: Collection[str]) -> int:
    return sum(any(one_word(term, other) for other in held) for term in terms)
