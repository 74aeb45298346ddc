"""What a line notes beside its prose: "Next meeting: 9 April", "L. Pihl (clerk)", "1 abstention (S. Tamm)".

A label or a bracket that says all that is asked, if need be with the heading above it, is a surer answer than
a sentence with the same words. Rules by hand; lists of such lines are tables, and looked up in `lookup`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..._language.values import values
from ..._language.wordlists import listed_terms
from ..._text.words import terms
from ..page.furniture import LONGEST
from ..page.marks import mark, masked, unmarked
from ..page.sections import is_head, sections
from ..questions.match import Tagged
from ..questions.question import Question
from ..words.nominal import one_word
from ..words.standalone import asks
from .found import NEAREST, Found

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_KINDS = ("who", "when", "where", "noun", "be", "do", "many", "much")
_LABELLED = re.compile(r"\s*[*_]*(?P<label>[A-Z][^:.?!|\t]{1,50}?)[*_]*:[*_]*\s+(?P<value>\S.*)", re.DOTALL)
_BRACKET = re.compile(r"\((?P<within>[^()]{2,40})\)")
_ITEMS = 8
"""Items of a list that are given."""
_LONGEST_NOTE = 4
"""Words in a bracket that say who somebody is."""
_THE_WHOLE = listed_terms("""
    meeting session hearing committee board council panel study trial survey paper article report document
    agreement contract letter record minutes match game
    """)
"""What a note need not name: it is of what the whole text is of."""
_DOING = listed_terms("send sent give gave given make made take took taken have had be do did done offer")
_UNSAID = _THE_WHOLE | _DOING
_ONE_LIST = (
    listed_terms("present attended attendance attending"),
    listed_terms("absent missing apologies excused"),
    listed_terms("decided decision decisions resolved resolution resolutions outcome"),
)
"""What is asked of the lists and decisions in minutes, and what stands before them."""
_WRITING = listed_terms("write wrote written author reporter journalist")
_WRITTEN = listed_terms("article report paper story column piece text post document letter")
_BYLINE = re.compile(
    r"\W*(?:[Ww]ritten )?[Bb]y:? (?P<name>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3})(?=\W*\Z|[,|])"
)
_OF_CLAUSES = frozenset("AvgRW")
"""Classes of words that a name has not, and what somebody says mostly has."""
_STOP = re.compile(r"\w{2}[.;]\Z")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SURE = 0.75
"""How sure a note is that says all that is asked; not fitted."""
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){0,3}[^\W\d_][\w.'’-]*\s*\Z")


def noted(asked: Question, lines: Mapping[int, Line]) -> Found | None:
    """The line whose label or bracket says all that is asked, and what it notes; None where none does.

    >>> from quotewise._extractive.questions.question import read
    >>> from quotewise._plans.numbered import Line
    >>> texts = ["1 abstention (S. Tamm).", "Present: L. Pihl (clerk)", "Next meeting: 9 April."]
    >>> lines = {number: Line(number, text, number) for number, text in enumerate(texts)}
    >>> for question in ("Who abstained?", "Who was the clerk?", "When is the next meeting?"):
    ...     found = noted(read(question), lines)
    ...     print(lines[found.picked[0]].text[slice(*found.span)])
    S. Tamm
    L. Pihl
    9 April
    """
    if asked.kind not in _KINDS or "N" in asked.classes:
        return None
    heads = {n: lines[head].text for head, section in sections(lines) for n in section}
    told: list[Callable[[Line], tuple[int, int] | None]] = [
        lambda line: _by_label(asked, line.text),
        lambda line: _by_bracket(asked, line.text),
        lambda line: _by_label(asked, line.text, heads.get(line.number, "")),
        lambda line: _by_heading(asked, line, lines),
    ]
    if _asks_who_wrote(asked) and not any(_says_who_wrote(asked, line.text) for line in lines.values()):
        told.append(lambda line: _by_byline(line.text))
    for tell in told:
        picked = {line.number: span for line in lines.values() if (span := tell(line))}
        if 0 < len(picked) <= NEAREST:
            return Found("answered", tuple(picked), next(iter(picked.values())), _SURE, tuple(picked))
    items = tuple(_listed(asked, lines))[:_ITEMS]
    return Found("answered", items, None, _SURE, items[:NEAREST]) if items else None


def _listed(asked: Question, lines: Mapping[int, Line]) -> Iterator[int]:
    """The items of the lists whose headings are all that is asked: "What was fixed?" above "Fixed"."""
    if asked.expected != "thing":
        return
    leads = {line.lead for line in lines.values() if line.lead and mark(line.text) == "bullet"}
    named = {number for number in leads if _is_all(asked, unmarked(lines[number].text))}
    yield from (line.number for line in lines.values() if line.lead in named)


def _by_label(asked: Question, text: str, heading: str = "") -> tuple[int, int] | None:
    """Where the value stands of a line whose label is all that is asked, or the rest beside its heading."""
    found = _LABELLED.match(masked(text)) if len(text) <= LONGEST else None
    if not found or not _is_all(asked, found["label"], heading) or not _fits(asked, found["value"]):
        return None
    return found.start("value"), found.end("value") - (_STOP.search(text) is not None)


def _by_heading(asked: Question, line: Line, lines: Mapping[int, Line]) -> tuple[int, int] | None:
    """Where a date or a number is asked for: the line right below a heading that is all that is asked."""
    if asked.expected not in ("date", "number") or line.number - 1 not in lines:
        return None
    above = line.number - 1
    if not is_head(above, lines) or not _is_all(asked, unmarked(lines[above].text)):
        return None
    return (0, len(line.text)) if _fits(asked, line.text) else None


def _asks_who_wrote(asked: Question) -> bool:
    wanted = frozenset(asked.terms)
    return asked.kind == "who" and not wanted.isdisjoint(_WRITING) and wanted <= _WRITING | _WRITTEN


def _says_who_wrote(asked: Question, text: str) -> bool:
    """Whether a sentence says who wrote what is asked about, which need not be the text that it stands in."""
    written = frozenset(asked.terms) & _WRITTEN
    said = Tagged(text)
    by_one = "K" in said.classes or " by " in text
    return by_one and bool(written) and written <= said.held and not said.held.isdisjoint(_WRITING)


def _by_byline(text: str) -> tuple[int, int] | None:
    """Where the name stands of who wrote the text, in a line of its own."""
    found = _BYLINE.match(text) if len(text) <= LONGEST else None
    return found.span("name") if found else None


def _by_bracket(asked: Question, text: str) -> tuple[int, int] | None:
    """Where a person is named whom a bracket gives the part asked for, or whom the bracket holds."""
    if asked.kind != "who" or "(" not in text or len(text) > LONGEST:
        return None
    return next((span for found in _BRACKET.finditer(text) if (span := _person(asked, text, found))), None)


def _person(asked: Question, text: str, found: re.Match[str]) -> tuple[int, int] | None:
    before = _NAME.search(text[: found.start()])
    within = found["within"]
    if before is None or len(within.split()) > _LONGEST_NOTE:
        return None
    if _is_all(asked, within) and (start := _name_at(before[0])) is not None:
        return before.start() + start, before.start() + len(before[0].rstrip())
    last = before[0].split()[-1]
    return found.span("within") if _is_all(asked, last) and _names(within) else None


def _name_at(text: str) -> int | None:
    """Where the name begins that ends a text: "asked L. Pihl" names L. Pihl."""
    start = None
    for word in reversed(list(re.finditer(r"\S+", text))):
        if not word[0][0].isupper() or (start is not None and word[0][-1] in ",;:"):
            break
        start = word.start()
    return start


def _names(text: str) -> bool:
    return all(word[:1].isupper() for word in text.replace(",", " ").split())


def _is_all(asked: Question, said: str, heading: str = "") -> bool:
    """Whether some words say all that is asked, with a heading that may say more, and nothing else."""
    own = frozenset(terms(said))
    wanted = {term for term in asked.terms if term not in asked.implied}
    known = own.union(terms(heading))
    left = {term for term in wanted if not any(_alike(term, other) for other in known)}
    return bool(own) and left <= _UNSAID and all(any(_alike(one, term) for term in wanted) for one in own)


def _alike(one: str, other: str) -> bool:
    """Whether two terms are one word in two forms, or said of the same list of a meeting.

    >>> _alike("abstain", "abstent"), _alike("absent", "apolog"), _alike("clerk", "clear")
    (True, True, False)
    """
    return one_word(one, other) or any(one in group and other in group for group in _ONE_LIST)


def _fits(asked: Question, value: str) -> bool:
    """Whether the value of a label is of the sort that is asked for."""
    if asked.expected in ("date", "number"):
        return any(map(str.isdigit, value))
    if asked.expected == "person":
        shape = Tagged(value).classes
        return "K" in shape and _OF_CLAUSES.isdisjoint(shape) and not asks(value)
    said = _WORD.findall("".join(_between(value))) if asked.expected == "place" else value
    return any(map(str.isalpha, "".join(said)))


def _between(text: str) -> Iterator[str]:
    """A text without its dates, times and numbers."""
    start = 0
    for found in values(text):
        yield text[start : found.start]
        start = found.end
    yield text[start:]
