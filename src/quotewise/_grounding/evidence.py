"""The article as an index for checking claims, made once and asked many times.

Only what can be known before a claim is seen stands here.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from .._text.article import Article

_WORD = re.compile(r"\w+(?:['’]\w+)?")


class Evidence:
    """An article's sentences, their words and how rare each word is; linear in the length to build.

    `article` is the article. Build it once for all the claims about an article.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.words = tuple(frozenset(words(article.text[s.start : s.end])) for s in article.sentences)
        self._held = Counter(word for held in self.words for word in held)
        self._where: dict[str, list[int]] = defaultdict(list)
        for at, held in enumerate(self.words):
            for word in held:
                self._where[word].append(at)

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word over the article's sentences."""
        return math.log(1 + (len(self.words) + 0.5) / (self._held[word] + 0.5))

    def texts(self, cited: Sequence[int]) -> str:
        """The cited sentences, one a line."""
        spans = self.article.sentences
        return "\n".join(self.article.text[spans[at].start : spans[at].end] for at in cited)

    def nearest(self, claim: str, most: int = 2) -> tuple[int, ...]:
        """The sentences that share most with the claim, in reading order."""
        shared: Counter[int] = Counter()
        for word in set(words(claim)):
            for at in self._where.get(word, ())[:200]:
                shared[at] += self.rarity(word)  # type: ignore[assignment]
        best = sorted(shared, key=lambda at: (-shared[at], at))[:most]
        return tuple(sorted(best))


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [word.lower() for word in _WORD.findall(text)]
