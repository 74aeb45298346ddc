"""Is an amount told by another time or unit: "900 euros per week" for "900 euros per month"?

What a rate is stands in `_language.rates`; the amounts themselves are for `amounts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..._language.lexicon import held_share
from ..._language.passage import Passage
from ..._language.rates import Rate, how_often, rate_of
from ..._language.typed import Value, agree
from ..._text.words import terms
from ..._values import Issue, Span
from ..compare import GIVES, Comparison, instead


def check_rates(seen: Comparison) -> Iterator[Issue]:
    """An issue for each rate of which the article has another beside the same amount, and never that one."""
    found = [*_of_amounts(seen)]
    yield from found or _of_how_often(seen)


def _of_amounts(seen: Comparison) -> Iterator[Issue]:
    for value in seen.claim.values:
        ours = rate_of(seen.claim.text, value, seen.claim.values)
        if ours is None:
            continue
        cited = [told for passage in seen.said for told in _told(passage, value, ours)]
        if not cited or any(theirs.by == ours.by for _, theirs in _anywhere(seen, value, ours)):
            continue
        passage, theirs = cited[0]
        written = passage.written(Span(theirs.start, theirs.end))
        yield instead(seen, "unit", Span(ours.start, ours.end), written, GIVES)


def _of_how_often(seen: Comparison) -> Iterator[Issue]:
    """ "The board meets weekly" where a sentence has just that of every month."""
    often = how_often(seen.claim.text)
    if len(often) != 1 or seen.claim.denies:
        return
    (ours,) = often
    rest = seen.claim.terms.difference(terms(seen.claim.text[ours.start : ours.end]))
    told = [(passage, how_often(passage.text)) for passage in seen.said]
    if not rest or any(theirs.by == ours.by for _, each in told for theirs in each):
        return
    for passage, each in told:
        if len(each) == 1 and not passage.denies and held_share(rest, passage.terms) == 1.0:
            written = passage.written(Span(each[0].start, each[0].end))
            yield instead(seen, "unit", Span(ours.start, ours.end), written, GIVES)
            return


def _anywhere(seen: Comparison, value: Value, ours: Rate) -> Iterator[tuple[Passage, Rate]]:
    return chain.from_iterable(_told(passage, value, ours) for passage in seen.evidence.passages)


def _told(passage: Passage, value: Value, ours: Rate) -> Iterator[tuple[Passage, Rate]]:
    """The rates that a sentence gives the same amount of the same thing."""
    for said in passage.values:
        theirs = rate_of(passage.text, said, passage.values) if agree(value, said) else None
        if theirs is not None and (value.unit or ours.counted == theirs.counted):
            yield passage, theirs
