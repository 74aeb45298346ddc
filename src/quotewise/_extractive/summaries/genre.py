"""What a reader of some kinds of documents looks for: decisions in minutes, findings in studies, steps in
instructions, the figures of a year in a company's results.

Kinds are told by the forms that such documents keep; most texts are of none of them. What is sought counts
beside the sum of a sentence's measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..._text.words import words
from ..page.marks import mark, unmarked
from ..page.sections import decision
from ..words.sentence import sentence
from ..words.shapes import (
    ADVERB,
    CONJUNCTION,
    DETERMINER,
    NAME,
    NUMBER,
    OTHER,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    classes,
)
from .selection import Room

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_MUCH, _LESS, _SOME = 14.0, 10.0, 6.0
"""What is sought counts, beside the sum of a sentence's measures, and what is sought after that; by hand."""

_NOT = -1e6

_ROLL = re.compile(
    r"\A(?:(minutes)\b(?= of\b|\Z)|(present|in attendance|attendees)(?=:|\Z)|(apologies)(?=:| for\b|\Z))",
    re.IGNORECASE,
)
"""How minutes begin: what they are of, who came, and who did not."""
_DECIDED = re.compile(
    r"\b(?:agreed|resolved|approved|accepted|adopted|decided|appointed|elected|carried)\b",
    re.IGNORECASE,
)
_NOTED = re.compile(rf"(?:\A|: ){decision.pattern}", re.IGNORECASE)
_UNDECIDED = re.compile(
    r"(?<!\bhad )(?<!\bhas )(?<!\bhave )(?<!\bbeen )(?<!\bto be )\b(?:deferred|defeated|rejected|refused)\b"
    r"|\b(?:was|were) (?:then |later )?withdrawn\b"
    r"|\b(?:motion|amendment|proposal|resolution|vote)s? (?:(?:was|were) (?:then )?lost|fell)\b",
    re.IGNORECASE,
)
"""What came to nothing, or not yet; others had refused things before the meeting."""
_SHORTEST = 5
"""Words; "Approved without change" does not say what."""
_LONGEST_CLOSE = 14
_ROUTINE = re.compile(
    r"\bminutes\b|\b(?:apologies|declar(?:ed|ation of) (?:an |any |no )?interests?)\b", re.IGNORECASE
)
"""What is done at every meeting."""
_CLOSED = re.compile(
    r"\bmeeting (?:was )?(?:(?:then |formally )?(?:closed|opened|ended|finished|adjourned)"
    r"|(?:declared|called) (?:closed|open|to order))\b(?! to\b| until\b| because\b| for want\b| after\b)",
    re.IGNORECASE,
)
"""When it was over, which is never what was decided."""

_LABEL = re.compile(
    r"\A(?P<other>background|introduction|context|rationale|purpose|aims?|objectives?|importance"
    r"|(?:study )?design|setting|participants|patients|interventions?|exposures?"
    r"|(?:patients and |materials and )?methods|main outcomes?(?: (?:and )?measures)?|measurements"
    r"|limitations?)(?=:|\Z)"
    r"|\A(?P<aside>(?:trial )?registration|funding|(?:conflicts? of|competing|declarations? of) interests?)"
    r"(?=:|\Z)"
    r"|\A(?P<results>(?:main )?(?:results|findings))(?=:|\Z)"
    r"|\A(?P<concluded>conclusions?(?: and relevance)?|interpretation|significance)(?=:|\Z)",
    re.IGNORECASE,
)
"""The parts of an abstract, each named by a heading or at the opening of its first sentence."""
_TESTED = re.compile(
    r"\bCI\b|\bconfidence interval|\bp\s?[<=>≤]\s?0?\.\d|\b(?:odds|risk|rate|hazard) ratio\b"
)
_STUDIED = re.compile(
    r"\b(?:[Ww]e|[Tt]his (?:study|trial|paper|review|article)) (?:\w+ly )?(?:examined|investigated|studied"
    r"|tested|compared|assessed|analysed|analyzed|assigned|aimed|surveyed|measured|asked whether|sought"
    r"|enrolled|randomi[sz]ed|recruited)\b"
)
_FOUND = re.compile(
    r"\b(?:[Ww]e (?:also )?(?:found|find|show|showed|observed|conclude|report)\b"
    r"|(?:[Rr]esults|[Ff]indings|data|analys[ie]s) (?:\w+ly )?(?:suggest|show|indicate|demonstrate|support"
    r"|reveal|imply)|associated with\b|(?:improved|reduced|increased|lowered|raised|predicted)\b"
    r"|[Nn]o (?:evidence|difference)\b|[Ii]n conclusion\b)"
)

_ABSTRACT = 15
"""Sentences; a longer text is no abstract, and says more than what was found."""

_IMPERATIVE = re.compile(
    f"{OTHER}[{DETERMINER}{PREPOSITION}{RELATIVE}{PRONOUN}{ADVERB}{CONJUNCTION}{NUMBER}{NAME}]"
)
_FEWEST_STEPS = 3
_STEPS_SHARE = 0.3

_SALES = re.compile(r"\b(?:revenues?|(?:net )?sales|turnover)\b", re.IGNORECASE)
_PROFIT = re.compile(
    r"\b(?:net (?:income|loss|profit)|(?:operating |pre-?tax )?(?:profit|loss|earnings)|EBITDA?)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:outlook|guidance|forecast|expects?)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"[$£€¥]\s?\d|\d\s?(?:million|billion|[mb]n)\b|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK)\s?\d")
_PERIOD = re.compile(
    r"\b(?:(?:first|second|third|fourth|1st|2nd|3rd|4th)[- ]quarter|Q[1-4]|half[- ]year(?:ly)?|H[12]"
    r"|full[- ]year|(?:interim|annual|preliminary|financial) results|(?:three|six|nine|twelve) months ended"
    r"|(?:quarter|year) ended|fiscal (?:year )?\d{4})\b",
    re.IGNORECASE,
)
_FEWEST_FIGURES = 3
_TOP = 6
"""Among how many lines at the top a report names its period."""


def sought(lines: Sequence[Line], prose: Sequence[int], room: Room) -> list[float]:
    """What each line of the prose counts for being what such a document is read for; 0 in most texts."""
    texts = [unmarked(line.text) for line in lines]
    found = (
        _decisions(texts, prose)
        or _findings(texts, prose)
        or _steps(lines, prose, room)
        or _figures(texts, prose)
    )
    return [found.get(at, 0.0) for at in prose]


def _decisions(texts: Sequence[str], prose: Sequence[int]) -> dict[int, float]:
    """In minutes, the lines that state a decision."""
    opened = {found.lastindex for text in texts if (found := _ROLL.match(text))}
    if len(opened) < 2:
        return {}
    long = [at for at in prose if len(texts[at].split()) >= _SHORTEST or _NOTED.search(texts[at])]
    said = {at: much for at in long if (much := _outcome(texts[at]))}
    routine = [at for at in prose if _ROUTINE.search(texts[at]) or _ROLL.match(texts[at])]
    closed = [at for at in prose if _CLOSED.search(texts[at]) and len(texts[at].split()) <= _LONGEST_CLOSE]
    return said | dict.fromkeys(routine, -_MUCH) | dict.fromkeys(closed, _NOT)


def _outcome(text: str) -> float:
    """What a line of minutes counts for what was decided in it, or lost or put off."""
    return (
        _MUCH if _DECIDED.search(text) or _NOTED.search(text) else _LESS if _UNDECIDED.search(text) else 0.0
    )


def _findings(texts: Sequence[str], prose: Sequence[int]) -> dict[int, float]:
    """In a study's abstract, what was concluded and what was found; without labels, by the words for it."""
    parts = dict(_parts(texts))
    if {"results", "concluded"} <= set(parts.values()):
        return _in_parts(texts, prose, parts)
    if len(prose) > _ABSTRACT or not any(_STUDIED.search(texts[at]) for at in prose):
        return {}
    found = {at: _SOME for at in prose if _FOUND.search(texts[at]) and not _STUDIED.search(texts[at])}
    return found | {prose[-1]: _SOME} if found else {}


def _in_parts(texts: Sequence[str], prose: Sequence[int], parts: dict[int, str]) -> dict[int, float]:
    found: dict[int, float] = {}
    told = frozenset(prose)
    part, first = "", False
    for at, text in enumerate(texts):
        part, first = parts.get(at, part), at in parts or first
        if at not in told:
            continue
        if part == "concluded":
            found[at] = _MUCH if first else _SOME
        elif part == "results":
            found[at] = _MUCH if _TESTED.search(text) else _SOME / 2
        elif part == "other":
            found[at] = -_SOME
        elif part == "aside":
            found[at] = _NOT
        first = False
    return found


def _parts(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    for at, text in enumerate(texts):
        if named := _LABEL.match(text):
            yield at, named.lastgroup or ""


def _steps(lines: Sequence[Line], prose: Sequence[int], room: Room) -> dict[int, float]:
    """The steps of instructions, where the text's first line and all of them have room: some lead nowhere."""
    marked = {lines[at].paragraph: lines[at] for at in prose if mark(lines[at].text)}
    told = [line for line in marked.values() if _tells_to(line)]
    lists = {line.lead for line in told}
    steps = [at for at in prose if (item := marked.get(lines[at].paragraph)) and item.lead in lists]
    if len(told) < _FEWEST_STEPS or 2 * len(told) < len(steps) or len(steps) < _STEPS_SHARE * len(prose):
        return {}
    taken = [sentence(unmarked(lines[at].text)) for at in dict.fromkeys((prose[0], *steps))]
    return dict.fromkeys(steps, _MUCH) if room.holds(taken) else {}


def _tells_to(line: Line) -> bool:
    """Whether an item tells to do something: "Mix the flours"."""
    said = unmarked(line.text)
    item = said.partition(": ")[2] if line.lead else said
    return _IMPERATIVE.match(classes(words(item)[:3])) is not None


def _figures(texts: Sequence[str], prose: Sequence[int]) -> dict[int, float]:
    """In a company's results, the first line each with its sales, its profit and what it expects."""
    if not any(_PERIOD.search(text) for text in texts[:_TOP]):
        return {}
    amounts = [at for at in prose if _AMOUNT.search(texts[at])]
    telling = [sort for at in amounts for sort in (_SALES, _PROFIT) if sort.search(texts[at])]
    if len(telling) < _FEWEST_FIGURES:
        return {}
    found = (
        next((at for at in amounts if sort.search(texts[at])), None) for sort in (_SALES, _PROFIT, _AHEAD)
    )
    return {at: _MUCH for at in found if at is not None}
