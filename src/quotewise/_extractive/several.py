"""Several articles as one: each is read by itself, and what they say is put together.

Read as one text, the first article would have all the say: what stands at the top counts for more. What the
same sentence says in two articles is said once and cites both; two answers that give another number or date
are a conflict. With one article everything is as the modules that do the work give it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from .answers import answer as _answer
from .answers import found as _found
from .disputed import Side, disagree
from .questions.question import read
from .summaries import facts as _facts
from .summaries import summary as _summary

if TYPE_CHECKING:
    from .._plans.numbered import Line

Said: TypeAlias = tuple[int, ...]
"""The numbers of the lines that say one thing; its words are those of the first."""
Status = Literal["answered", "partly", "not_in_source", "conflict"]

_LEAST_WORDS, _WORDS = 20, 120
"""Words of an article's share of a summary, at least; of the whole summary, unless told."""
_BESIDE = 0.5
"""The part of the surest answer's confidence under which another article's answer is beside the point; by
hand."""


@dataclass(frozen=True, slots=True)
class JointDigest:
    """What was picked, in reading order, each with its rank (1 the best); `headline` may be empty."""

    headline: str
    ranks: Mapping[Said, int]


@dataclass(frozen=True, slots=True)
class JointFound:
    """As `found.Found`; `picked` holds what is said, `words` the answer's own words, empty where none.

    `told` is what the first of them says, where its line does not say it in its own words; `span` holds the
    offsets of the answering words in that line. `sources` are the articles that have an answer, given or not.
    """

    status: Status
    picked: tuple[Said, ...] = ()
    words: str = ""
    confidence: float = 0.0
    nearest: tuple[int, ...] = ()
    told: str = ""
    span: tuple[int, int] | None = None
    doubtful: bool = False
    sources: tuple[int, ...] = ()


def summarize(
    lines: Sequence[Line], *, words: int | None = None, points: int | None = None, focus: str | None = None
) -> JointDigest:
    """As `summary.summarize`; of several articles each has an equal share of the words and points."""
    articles = list(_articles(lines))
    share = None if words is None and len(articles) == 1 else (words or _WORDS) // max(1, len(articles))
    if share is not None and len(articles) > 1:
        share = max(share, _LEAST_WORDS)
    most = points if points is None else -(-points // max(1, len(articles)))
    digests = [_summary.summarize(one, words=share, points=most, focus=focus) for one in articles]
    ranks = [{number: rank for rank, number in enumerate(d.ranked or d.picked, 1)} for d in digests]
    placed = {
        number: len(articles) * (of_one.get(number, len(of_one) + 1) - 1) + at
        for at, (digest, of_one) in enumerate(zip(digests, ranks, strict=True), 1)
        for number in digest.picked
    }
    said = _united(lines, placed)
    headline = digests[0].headline if digests else ""
    return JointDigest(headline, {one: min(placed[n] for n in one if n in placed) for one in said})


def facts(
    lines: Sequence[Line], *, focus: str | None = None, limit: int | None = None, rows: Container[int] = ()
) -> dict[Said, _facts.Kind]:
    """As `facts.facts`: what is said, with its kind, in reading order."""
    articles = list(_articles(lines))
    most = limit if limit is None else -(-limit // max(1, len(articles)))
    kinds = {
        pick.number: pick.kind
        for one in articles
        for pick in _facts.facts(one, focus=focus, limit=most, rows=rows)
    }
    said = _united(lines, kinds)[:limit]
    return {one: next(kinds[n] for n in one if n in kinds) for one in said}


def answer(lines: Sequence[Line], question: str) -> JointFound:
    """As `answer.answer`; of several articles the answer of each, the surest first.

    What two say in the same words is said once and cites both. An answer that is doubtful where the surest is
    not, or no whole one and far less sure, is beside the point: it is not given, and no disagreement.

    >>> from quotewise._plans.numbered import Line
    >>> lines = [Line(1, "12 people died in the flood."), Line(2, "19 people died in the flood.", source=1)]
    >>> found = answer(lines, "How many people died?")
    >>> found.status, found.picked
    ('conflict', ((1,), (2,)))
    """
    texts = {line.number: line.text for line in lines}
    of = {line.number: line.source for line in lines}
    found = [_answer.answer(one, question) for one in _articles(lines)]
    held = sorted((one for one in found if one.picked), key=lambda one: (one.doubtful, -one.confidence))
    if not held:
        sure = max((one.confidence for one in found), default=0.0)
        return JointFound("not_in_source", confidence=sure, nearest=_nearest(found))
    best, *others = held
    others = [one for one in others if best.doubtful or not one.doubtful]
    others = [one for one in others if _is_whole(one) or one.confidence >= _BESIDE * best.confidence]
    asked = read(question)
    against = [one for one in others if disagree(asked, _side(best, texts), _side(one, texts))]
    numbers = [*best.picked, *(one.picked[0] for one in others)]
    return JointFound(
        "conflict" if against else best.status,
        _said(numbers, texts),
        "" if against else _words(best, texts),
        best.confidence,
        _nearest(held),
        best.told,
        best.span,
        best.doubtful,
        tuple(sorted({of[one.picked[0]] for one in held})),
    )


def _is_whole(found: _found.Found) -> bool:
    """Whether an article's own answer is given without a word of doubt."""
    return found.status == "answered" and not found.doubtful


def _articles(lines: Iterable[Line]) -> Iterator[list[Line]]:
    for _, of_one in groupby(lines, key=lambda line: line.source):
        yield list(of_one)


def _united(lines: Sequence[Line], picked: Iterable[int]) -> list[Said]:
    """What is said, in reading order: lines with the same words in different articles are one."""
    chosen = set(picked)
    said: dict[str, dict[int, int]] = {line.text.casefold(): {} for line in lines if line.number in chosen}
    for line in sorted(lines, key=lambda line: line.number not in chosen):
        if (known := said.get(line.text.casefold())) is not None:
            known.setdefault(line.source, line.number)
    return sorted(tuple(sorted(of_one.values())) for of_one in said.values())


def _words(found: _found.Found, texts: Mapping[int, str]) -> str:
    """The words of an answer; empty where no run of words answers."""
    return texts[found.picked[0]][slice(*found.span)] if found.span else ""


def _side(found: _found.Found, texts: Mapping[int, str]) -> Side:
    return Side(_words(found, texts), texts[found.picked[0]])


def _said(numbers: Sequence[int], texts: Mapping[int, str]) -> tuple[Said, ...]:
    """What some lines say, each thing once: a second line is named only where it has the same words."""
    said: dict[str, Said] = {}
    for number in numbers:
        words = texts[number].casefold()
        said[words] = (*said.get(words, ()), number)
    return tuple(said.values())


def _nearest(found: Sequence[_found.Found]) -> tuple[int, ...]:
    """The nearest lines of each in turn, best first."""
    longest = max((len(one.nearest) for one in found), default=0)
    turns = (one.nearest[at] for at in range(longest) for one in found if at < len(one.nearest))
    return tuple(dict.fromkeys(turns))
