"""The sentences of an article that state something checkable, ranked, each with its kind.

A kind is told by the words of the sentence alone. How much a sentence matters is measured in `salience`,
what repeats another is left out by `selection`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from ..._language.particulars import particulars, telling
from ..page import items
from ..page.furniture import ends
from ..page.interview import unclear
from ..page.layout import layout, title
from ..page.marks import mark
from ..words.sentence import Sentence, sentence
from ..words.speakers import is_courteous, sender, without_speaker
from ..words.standalone import is_fragment, is_thin
from .focus import relevance
from .salience import measure
from .selection import Room, select
from .weights import weigh, weights

if TYPE_CHECKING:
    from ..._plans.numbered import Line

Kind = Literal["event", "statement", "number", "plan", "background"]

_FILLER = -1e9
"""The score of what states no fact."""
_SHORTEST = 5
"""Words of a statement, at least; a shorter one must tell a figure or a deed."""
_ALIKE = 0.8
"""The share of all their terms from which on two sentences may state one fact."""
_FIGURE = re.compile(
    r"[$£€¥]\s?\d|\b\d[\d,.]*\s?(?:%|per cent|percent|[mb]n\b|million|billion|trillion|thousand|hundred)"
    r"|(?<![/.]\b)\b(?!(?:1[6-9]|20)\d\d\b)\d{1,3}(?:,\d{3})*(?:\.\d+)?\b(?!\.\d|/\d"
    r"|\s?(?:january|february|march|april|may|june|july|august|september|october|november|december|[ap]\.?m\b|:\d))"
    r"|\b(?:dozens|hundreds|thousands|millions|billions|two thirds|a third|a quarter|half of)\b",
    re.IGNORECASE,
)
_AGED = re.compile(
    r",? ?\b\d{1,3}(?:,|-year-old)|\baged \d{1,3}\b"
    r"|\b(?:item|plot|room|page|section|chapter|clause|platform|route)s? \d{1,3}\b"
    r"|\b(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\s\d{1,2}\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|shall|won't|plans?|planned|planning|intends?|intention|aims?|aimed|due|set|expected|scheduled"
    r"|committed|commits|pledged|vowed|promised|hopes?|proposes?|proposed) (?:to|for)\b"
    r"|\bwill\b|\b(?:next|coming) (?:week|month|year|day|season|summer|winter|spring|autumn)\b"
    r"|\b(?:tomorrow|upcoming|forthcoming)\b",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"\b(?:dropped|abandoned|scrapped|shelved|cancell?ed|rejected|withdrew|ditched)"
    r" (?:(?:its|their|his|her|the|a|all|any) )?plans?\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?<!-)\b(?:said|says|say|told|tells|stated|states|announced|claimed|claims|warned|warns|argued|argues|added|adds"
    r"|expressed|expresses|insisted|insists|insisting|confirmed|denied|denies|maintained|maintains|contended"
    r"|contends|suggested|suggests?|underscored|highlighted|highlights|stressed|stresses|stressing|noted|notes"
    r"|described(?! (?:\d+|two|three|four|five|several|many)\b)|describes"
    r"|(?<!was )(?<!were )(?<!is )called|calling|labell?ed|labell?ing"
    r"|urged|urges|advocates|advocated|echoed|hinted|indicated|indicates|believes?|thinks?|accused|admitted|acknowledged|reported|revealed|declared|tweeted"
    r"|wrote(?! (?:an?|the|his|her|its|their|two|three|four|several|many|\d+|books?|music|novels?|plays?"
    r"|poems?|songs?)\b)"
    r"|explained|explains|(?<!was )(?<!were )agreed|criticis?z?ed|praised|condemned|according to)\b",
    re.IGNORECASE,
)
_REPORTED = frozenset(("reported", "revealed", "announced", "called", "agreed", "according to", "indicated"))
"""What is done as much as said: "reported a profit of $5 million" tells the profit."""
_HAPPENED = re.compile(
    r"\b(?:was|were|has|have|had|did|became|began|came|fell|found|gave|got|grew|held|hit|kept|killed|led|left|lost"
    r"|made|met|rose|ran|saw|sent|shot|sold|spent|struck|took|went|won|wore|brought|bought|built|broke|chose|cut"
    r"|drew|drove|flew|paid|put|died|lied|tied|owed|used|bore|bound|caught|dealt|dug|fed|felt|fled|forbade|froze|fought"
    r"|grew|hid|hurt|knew|laid|lent|lay|overcame|oversaw|quit|rode|sang|sank|sat|sought|shook|slept|slid|spoke|sprang"
    r"|stole|stood|stuck|swam|swept|swore|taught|threw|tore|undertook|upheld|withdrew|woke|wrote|\w{3,}ed)\b",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\b(?:is|are|remains?|continues?|used to|previously|originally|since \d{4}|has (?:long|been)"
    r"|have (?:long|been)|had (?:long|been)|known (?:as|for)|founded|located|consists?)\b",
    re.IGNORECASE,
)
_LIVED = re.compile(r"[A-Z][^.;()]{1,60} \([^()]*\b\d{4}\b[^()]*\) (?:was|were|is)\b")
"""How a life is told first: "Ann Lee (1870-1952) was a painter"."""
_NAME = re.compile(r"(?<=[\w,;:’'] )[\"'“‘(]?[A-Z]\w")
_SUBORDINATE = re.compile(r",\s(?:which|with|who|whom|whose|where|while)\b")
_QUOTED = re.compile(r"[\"“”]")
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|ninety)"
    r" \w+s\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_DENIED = re.compile(r"\b(?:does|do|must|may|can) not\b|\bcannot\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:i|we|our|us|my)\b", re.IGNORECASE)
"""In half of a quotation, the words of somebody who is not named; so is one that opens it and goes on."""
_OPENS = ('"', "“")
_LABEL = re.compile(r"[A-Z]\w*: ")
_UNTOLD = re.compile(
    r"(?:\S+\s+){1,2}?(?:(?:is|are|was|were)\s+(?:right|wrong|glad|sorry|sure|happy)"
    r"|(?:has|have|had|did)(?:n['’]t|\s+not)\s+(?:yet\s+)?(?:decided?|repl(?:y|ied)|answer(?:ed)?|know))\b[.!]",
    re.IGNORECASE,
)
"""Right about what is not said, or not yet decided what."""
_OPINION = re.compile(r"\b(?:i|we|you|let's|please|thank|hello|okay|yeah|um|uh)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pick:
    """A line that states a fact, and what kind of fact."""

    number: int
    kind: Kind


def facts(
    lines: Sequence[Line], *, focus: str | None = None, limit: int | None = None, rows: Container[int] = ()
) -> tuple[Pick, ...]:
    """The lines that state something checkable, best first, at most `limit`; what repeats is given once.

    Every paragraph that holds a fact gives at least one, as far as `limit` allows: the best of each stand
    before the second of any. With a `focus`, only what has to do with it. `rows` are the numbers of lines
    that are rows of a table, told in words: each states a fact. Empty where nothing is checkable.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["Rain fell on Bath on Monday.", "What next?", "About 300 homes in Bath have no power."]
    >>> [(pick.number, pick.kind) for pick in facts([Line(n, t, n) for n, t in enumerate(texts, 1)])]
    [(1, 'event'), (3, 'number')]
    """
    page = layout(lines)
    read = items.sentences_of(lines, page.prose)
    head = sentence(title(lines[page.headline].text)) if page.headline is not None else None
    told = [lines[at].number in rows for at in page.prose]
    unfit = unclear(lines)
    whole = [
        told[at] or (place not in unfit and _is_whole(lines[place], read[at].text))
        for at, place in enumerate(page.prose)
    ]
    scores = _scores(read, whole, head, focus)
    found = [at for at in select(read, scores, Room(), least=_FILLER / 2, same=_same) if scores[at] > _FILLER]
    found += _left_out(read, scores, found)
    ranked = _paragraphs_first(read, sorted(found, key=lambda at: -scores[at]))[:limit]
    own = items.own_words(lines, [page.prose[at] for at in ranked])
    kinds = (
        _kind_of_row(read[at].text) if told[at] else kind(said) for at, said in zip(ranked, own, strict=True)
    )
    return tuple(Pick(lines[page.prose[at]].number, sort) for at, sort in zip(ranked, kinds, strict=True))


def kind(text: str) -> Kind:
    """What a sentence states, told by its words: a figure before a plan, a plan before who said it.

    Where somebody says a figure, it is a statement; where "police said" only stands after it, a number.

    >>> [kind(t) for t in ("Prices rose 5%.", "He said no.", "They will meet.", "Rain fell.", "It is old.")]
    ['number', 'statement', 'plan', 'event', 'background']
    >>> [kind(t) for t in ("Ann Day said that prices rose 5%.", "Prices rose 5%, Ann Day said.")]
    ['statement', 'number']
    >>> kind("Added: Backups can be encrypted.")
    'event'
    """
    text = _LABEL.sub("", text, count=1)
    if _FIGURE.search(_AGED.sub(" ", text)) and not _is_speech(text):
        return "number"
    if _PLANNED.search(_DROPPED.sub(" ", text)):
        return "plan"
    if _LIVED.match(text):
        return "background"
    main = _main_clause(text)
    if _SAID.search(main) or (_QUOTED.search(text) and _SAID.search(text)):
        return "statement"
    return "background" if _STANDING.search(main) or not _HAPPENED.search(main) else "event"


def _kind_of_row(text: str) -> Kind:
    """What a row of a table states, told in words: an amount, or else whatever its cells say."""
    return "number" if particulars(text).how_much else "statement"


def _is_speech(text: str) -> bool:
    """Whether a sentence quotes somebody, or opens with who says or said what follows."""
    said = _SAID.search(text)
    if said is None:
        return False
    figure = _FIGURE.search(_AGED.sub(" ", text))
    first = figure is None or said.start() < figure.start()
    return _QUOTED.search(text) is not None or (first and said[0].lower() not in _REPORTED)


def _main_clause(text: str) -> str:
    """A sentence up to its first ", which": who spoke in a clause after that is not what it states."""
    cut = _SUBORDINATE.search(text)
    return text[: cut.start()] if cut and len(text[: cut.start()].split()) >= _SHORTEST else text


def _is_whole(line: Line, text: str) -> bool:
    """Whether a line states a fact: an item or a message needs no stop, and a step or a clause no name."""
    if (line.lead or sender(line.text)) and not ends(text):
        return is_checkable(f"{text}.")
    stated = (
        mark(line.text) in ("number", "clause", "letter") and ends(text) and len(text.split()) >= _SHORTEST
    )
    return is_checkable(text) or (stated and text[-1:] != "?")


def is_checkable(text: str) -> bool:
    """Whether a sentence states something that can be looked up: who, when, how much, or what was said.

    >>> [is_checkable(t) for t in ("Rain fell on Bath.", "What next?", "It is a matter of taste.", "Well.")]
    [True, False, False, False]
    """
    text = without_speaker(text)
    asking = text.rstrip("\"'”’ ")[-1:] == "?"
    unnamed = is_fragment(text) and (text.lstrip()[:1] in _OPENS or _OURS.search(text))
    if not ends(text) or asking or is_courteous(text) or unnamed:
        return False
    if len(text.split()) < _SHORTEST and not _FIGURE.search(text):
        return _HAPPENED.search(text) is not None and not (_OPINION.search(text) or _UNTOLD.match(text))
    named = any(sort.search(text) is not None for sort in (_NAME, _FIGURE, _COUNTED, _YEAR))
    if _OPINION.search(text) and not named:
        return False
    return named or any(sort.search(text) for sort in (_SAID, _PLANNED, _HAPPENED, _DENIED))


def _scores(
    read: Sequence[Sentence], whole: Sequence[bool], head: Sentence | None, focus: str | None
) -> list[float]:
    """What each sentence is worth as a fact: its weight in the text and what it names; filler far below."""
    near = relevance(read, focus)
    worth = weigh(measure(read, head), len(read), weights("several"))
    return [
        _FILLER
        if not whole[at] or (near is not None and not near[at])
        else worth[at] + _named(one.text) + (20 * near[at] if near is not None else 0.0)
        for at, one in enumerate(read)
    ]


def _named(text: str) -> float:
    figure = 1.0 if _FIGURE.search(text) else 0.0
    less = (1.0 if is_fragment(text) else 0.0) + (2.0 if is_thin(text) else 0.0)
    return figure + 0.3 * min(4, len(_NAME.findall(text))) - less


def _left_out(read: Sequence[Sentence], scores: Sequence[float], found: Sequence[int]) -> list[int]:
    """Of a paragraph that has no fact yet, since it opens with "He" or "This", the first and what follows."""
    done = {read[at].paragraph for at in found}
    first: dict[int, int] = {}
    added: list[int] = []
    for at, one in enumerate(read):
        if one.paragraph in done or scores[at] <= _FILLER:
            continue
        if first.setdefault(one.paragraph, at) == at or at - 1 == added[-1]:
            added.append(at)
    return [at for at in added if not any(_same(read[at], read[other]) for other in found[:200])]


def _same(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences state one fact: in nearly the same words, with the same values and names."""
    here, there = one.held, other.held
    if not here or not there or len(here & there) < _ALIKE * len(here | there):
        return False
    first = one.terms[0] in there and other.terms[0] in here
    return first and _telling(one.text) == _telling(other.text)


_telling = lru_cache(maxsize=1_024)(telling)


def _paragraphs_first(read: Sequence[Sentence], ranked: Sequence[int]) -> list[int]:
    seen: set[int] = set()
    first: list[int] = []
    second: list[int] = []
    for at in ranked:
        (second if read[at].paragraph in seen else first).append(at)
        seen.add(read[at].paragraph)
    return first + second
