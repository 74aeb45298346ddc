"""Does a claim give a name another number than the article: "COVID-18" for "COVID-19", "F-15" for "F-16"?

Digits that are part of a name are no amount, so that `amounts` does not read them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.names import numbered
from ..._values import Issue, Span
from ..compare import Comparison, instead


def check_numbered_names(seen: Comparison) -> Iterator[Issue]:
    """An issue for each name that the article has with other numbers only."""
    for mine in numbered(seen.claim.text):
        if any(value.start < mine.end and mine.start < value.end for value in seen.claim.values):
            continue
        known = seen.evidence.numbered.get(mine.name, {})
        if known and mine.number not in known:
            written = next(iter(known.values()))
            yield instead(seen, "name", Span(mine.start, mine.end), written, "the article has {} here")
