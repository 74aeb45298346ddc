"""Which sentence each number in a prompt is: the one place where numbers become quotes.

Of several articles the numbers run on, so a number always names one sentence of one article. A number that
names none is never a quote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from .._grounding.evidence import Evidence
from .._grounding.memory import evidence_of
from .._text.article import Article
from .._text.locate import Locator
from .._text.rank import Bm25
from .._values import Coverage, Gap, Quote, Source
from .numbered import Line

_BULLET = re.compile(r"[-*+•–]\s+(?=\S)")


@dataclass(frozen=True)
class Numbering:
    """The sentences of one or more articles, numbered from 1 in reading order."""

    articles: tuple[Article, ...]

    @cached_property
    def joined(self) -> Article:
        """The articles as one text, whose sentences are theirs in order: what claims are checked against."""
        return self.articles[0] if len(self.articles) == 1 else Article.joined(self.articles)

    @cached_property
    def evidence(self) -> Evidence:
        """The index that claims are checked with, made once."""
        return evidence_of(self.joined)

    @cached_property
    def passages(self) -> Bm25:
        """The index that finds the sentences nearest to a question or a claim, made once."""
        return Bm25([self.text(number) for number in self.numbers])

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(id=a.id, title=a.title, origin=a.source) for a in self.articles)

    @property
    def numbers(self) -> range:
        return range(1, self._firsts[-1] + 1)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every sentence as a prompt shows it."""
        return tuple(
            Line(number, self.text(number), paragraph, self._source(number))
            for number, paragraph in zip(self.numbers, self._paragraphs, strict=True)
        )

    def text(self, number: int) -> str:
        span = self.joined.sentences[number - 1]
        return self.joined.text[span.start : span.end]

    def quote(self, number: int) -> Quote:
        """The sentence of that number, cut from its article."""
        source = self._source(number)
        sentence = number - 1 - self._firsts[source]
        article = self.articles[source]
        span = article.sentences[sentence]
        return Quote(
            start=span.start,
            end=span.end,
            text=article.text[span.start : span.end],
            sentence=sentence,
            source=source,
            page=article.page_of(span.start),
        )

    def within(self, number: int, words: str) -> Quote | None:
        """Some words where they stand in the sentence of that number, but for the declared folds.

        The bullet of an item is left out: before a number it would be read as a minus.
        """
        sentence = self.quote(number)
        bullet = _BULLET.match(sentence.text)
        at = bullet.end() if bullet else 0
        found = Locator(sentence.text[at:]).find(words, widen=False)
        if found is None:
            return None
        start, end = sentence.start + at + found.start, sentence.start + at + found.end
        return sentence.model_copy(update={"start": start, "end": end, "text": found.text})

    def number(self, quote: Quote) -> int:
        """The number of the sentence in which a quote begins."""
        return self._firsts[quote.source] + quote.sentence + 1

    def nearest(self, words: str, most: int) -> list[int]:
        """The numbers of the sentences nearest to some words, best first; empty where none shares any."""
        return [index + 1 for index in self.passages.top(words, most)]

    def gaps(self, lines: Sequence[Line], reason: str) -> Iterator[Gap]:
        """The gaps that these lines leave when they could not be read: one in each article they are of."""
        quotes = [self.quote(line.number) for line in lines]
        for source, of_one in groupby(quotes, key=lambda quote: quote.source):
            unread = list(of_one)
            yield Gap(reason=reason, start=unread[0].start, end=unread[-1].end, source=source)

    def coverage(self, cited: Iterable[int], unread: Iterable[int] = ()) -> Coverage:
        """Which sentences a result cites and which were not read, given by number."""
        return Coverage(
            sentences=len(self.numbers),
            cited=tuple(sorted({number - 1 for number in cited})),
            unread=tuple(sorted({number - 1 for number in unread})),
        )

    def _source(self, number: int) -> int:
        """Which article a sentence is of."""
        return bisect_right(self._firsts, number - 1) - 1

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        firsts = [0]
        for article in self.articles:
            firsts.append(firsts[-1] + len(article.sentences))
        return tuple(firsts)

    @cached_property
    def _paragraphs(self) -> tuple[int, ...]:
        starts = [paragraph.start for paragraph in self.joined.paragraphs]
        return tuple(bisect_right(starts, span.start) - 1 for span in self.joined.sentences)
