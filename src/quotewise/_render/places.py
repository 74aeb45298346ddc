"""Where a quote stands, in words a person can follow: the article's name where there are several, its page.

Every view names places with these functions, so that `report-a.txt, page 3` is the same everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from .._values import Quote, Source


class Named(NamedTuple):
    """What an article is known by; a `Source` has the same two."""

    title: str
    origin: str


def names(sources: Sequence[Source | Named]) -> list[str]:
    """A short name for each article, no two the same: its file's name, else its title, else its address.

    >>> names([Named("Floods", "news/a.txt"), Named("Fires", ""), Named("", "")])
    ['a.txt', 'Fires', 'article 3']
    >>> names([Named("", "monday/a.txt"), Named("", "tuesday/a.txt"), Named("Rain", ""), Named("Rain", "")])
    ['monday/a.txt', 'tuesday/a.txt', 'Rain (3)', 'Rain (4)']
    """
    found = [_name(source, number) for number, source in enumerate(sources, 1)]
    longer = [s.origin if s.origin and _twice(n, found) else n for s, n in zip(sources, found, strict=True)]
    return [f"{name} ({at})" if _twice(name, longer) else name for at, name in enumerate(longer, 1)]


def place(quote: Quote, named: Sequence[str] = (), *, offsets: bool = False) -> str:
    """Where a quote stands: which of several articles, the page where there are pages, characters if asked.

    Empty where there is nothing to tell: the one article, without pages.
    """
    return ", ".join(_parts(quote, named if len(named) > 1 else (), offsets))


def _parts(quote: Quote, named: Sequence[str], offsets: bool) -> Iterator[str]:
    if quote.source < len(named):
        yield named[quote.source]
    if quote.page is not None:
        yield f"page {quote.page}"
    if offsets:
        yield f"characters {quote.start}–{quote.end}"


def _name(source: Source | Named, number: int) -> str:
    if "://" in source.origin:
        return source.title or source.origin
    return PurePath(source.origin).name.strip("-") or source.title or f"article {number}"


def _twice(name: str, among: Sequence[str]) -> bool:
    return Counter(among)[name] > 1
