"""What the checks found of a claim as plain numbers, which the trained score reads beside what it sees.

Nothing is judged here. The order of the columns is that of `support.features.FINDINGS`, on which the packed
tables rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from .._language.numerals import begins
from .._language.typed import Value, agree
from .._text.words import Word
from .._values import Issue, IssueKind
from .compare import Comparison
from .support import FINDINGS, Found, normal

_KINDS: tuple[IssueKind, ...] = (
    "citation",
    "modality",
    "attribution",
    "quantity",
    "unit",
    "name",
    "number",
    "date",
    "unsupported",
    "polarity",
)
_SUREST = 3.5
"""Log-odds of the rule beyond which nothing is surer."""


def findings(seen: Comparison, issues: Sequence[Issue], rule: float) -> Found:
    """What was found of a claim; `rule` is its score with nothing trained.

    The issues of each kind, the items that are new to the article, how far the cited sentences hold the
    claim, how close the closest is, the items that stand in another's place, the surest such place, the
    log-odds of the rule.
    """
    heavy = (at for at, item in enumerate(seen.claim.items) if item.kind != "small")
    swapped = [anchor for at in heavy if (anchor := _swapped(seen, at))]
    row = (
        *(float(sum(issue.kind == kind for issue in issues)) for kind in _KINDS),
        float(seen.new_items),
        seen.coverage,
        seen.closest,
        float(len(swapped)),
        max(swapped, default=0.0),
        max(-_SUREST, min(_SUREST, math.log(max(1e-9, rule) / max(1e-9, 1 - rule)))),
    )
    return Found(row, tuple(_in_another_form(seen)))


def nothing_found(rule: float) -> Found:
    """What is found of a claim that needs no check: a sentence itself, or one that no sentence is near to."""
    return Found((*(0.0,) * (len(FINDINGS) - 1), math.copysign(_SUREST, rule - 0.5)))


def _in_another_form(seen: Comparison) -> Iterator[tuple[int, str]]:
    """The numbers of a claim that agree with a value of what it cites, each with the term of that."""
    for value in seen.claim.values:
        if not value.parts and not value.soft and (term := _said_as(seen, value)):
            numerals = filter(_is_numeral, seen.claim.words[value.first : value.stop])
            yield from ((word.start, term) for word in numerals)


def _said_as(seen: Comparison, value: Value) -> str:
    for passage in seen.said:
        for said in passage.values:
            if said.kind == value.kind and agree(value, said):
                return next(map(normal, filter(_is_numeral, passage.words[said.first : said.stop])), "")
    return ""


def _is_numeral(word: Word) -> bool:
    return word.text[0].isdecimal() or begins(word.text)


def _swapped(seen: Comparison, at: int) -> float:
    """How well the neighbours fit where an item stands in another's place; 0 where it does not."""
    found = seen.best(at)
    return 0.0 if found is None or found.same(at) else found.anchored(at)
