"""The articles asked about last, so that many texts beside one article cost one reading of it.

Which articles are remembered and how long is decided here; what is read of one stands in `evidence`.
"""

from __future__ import annotations

import threading
from copy import copy
from weakref import WeakKeyDictionary

from .._text.article import Article
from .evidence import Evidence

_MOST = 2
"""Articles that are remembered."""
_SHORT = 100_000
"""Characters of an article that is kept for nobody's sake; what is read of it takes some 10 MB."""


class Memory:
    """What was read of the last few articles, for any number of threads.

    A short article is kept until others take its place. A longer one goes with the one who asked about it:
    its evidence holds a copy, so that nothing here keeps the article itself alive.
    """

    def __init__(self, most: int = _MOST, short: int = _SHORT) -> None:
        self._most, self._short = most, short
        self._read = WeakKeyDictionary[Article, Evidence]()
        self._guard = threading.Lock()

    def __len__(self) -> int:
        return len(self._read)

    def evidence(self, article: Article) -> Evidence:
        """What was read of an article: now, or when an equal one was asked about."""
        known = self._known(article)
        if known is None:  # read outside of the guard, so that no thread waits for another's long article
            known = Evidence(article if self._is_short(article) else copy(article))
        with self._guard:
            self._read.pop(article, None)
            self._read[known.article if self._is_short(article) else article] = known
            for oldest in list(self._read)[: -self._most]:
                del self._read[oldest]
        return known

    def _known(self, article: Article) -> Evidence | None:
        """The same text may be cut into other sentences: several articles as one keep their own."""
        with self._guard:
            known = self._read.get(article)
        return known if known is not None and known.article.sentences == article.sentences else None

    def _is_short(self, article: Article) -> bool:
        return len(article.text) <= self._short


_MEMORY = Memory()


def evidence_of(article: Article) -> Evidence:
    """What the checks know of an article, read once for all that is asked of it in a row."""
    return _MEMORY.evidence(article)
