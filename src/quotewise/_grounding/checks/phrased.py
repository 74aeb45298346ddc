"""Does a claim say with a phrase the opposite of what its sentence says: "left late" for "left on time"?

Only where a sentence has all the other words of the claim; opposites of one word each are for `opposites`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..._language.lexicon import held_share
from ..._text.words import terms
from ..._values import Issue, Span
from ..compare import Comparison, instead

_PAIRS = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        (
            "on time|on schedule|punctual(?:ly)?",
            r"late(?= ?(?:[.,;!?]|$)| (?:because|by|due|after|and|again|today)\b)|delayed|behind schedule",
        ),
        (
            r"(?:was|were) (?:approved|accepted|adopted|carried|passed|agreed)",
            r"(?:was|were) (?:turned down|voted down|thrown out)",
        ),
    )
)
"""Each a phrase, or several, and what says the opposite."""


def check_phrases(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim is a sentence's words but for a phrase whose opposite the sentence has."""
    if seen.claim.denies:
        return
    for pair in _PAIRS:
        for ours, theirs in (pair, pair[::-1]):
            mine = ours.search(seen.claim.text)
            if mine is None or theirs.search(seen.claim.text) is not None:
                continue
            if any(ours.search(passage.text) is not None for passage in seen.said):
                continue
            rest = seen.claim.terms.difference(terms(mine.group()))
            for passage in seen.said:
                said = theirs.search(passage.text)
                if said is None or passage.denies_plainly:
                    continue
                if held_share(rest, passage.terms) == 1.0:
                    yield instead(seen, "polarity", Span(*mine.span()), said.group())
                    return
