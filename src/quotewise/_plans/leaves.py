"""Does a claimed value stand in the sentences it cites? Strings are located, amounts and dates compared.

Strict: a string must be there but for the declared folds, a number must be one of the sentence's own in some
normal form. What has no words of its own (a choice, a yes or no) is cited, not located, and says so.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from .._language.typed import Value, agree, values
from .._text.article import Article
from .._text.locate import Locator
from .._values import Quote
from .numbering import Numbering
from .shapes import Leaf


class NotThereError(Exception):
    """The reason why a value is not accepted; never leaves the plan."""


class Finder:
    """Finds leaves in numbered articles, with one locator for each article."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._locators: dict[int, Locator] = {}

    def quotes(self, leaf: Leaf) -> tuple[Quote, ...]:
        """The quotes that carry a leaf; raises `NotThereError` with the reason where there are none."""
        cited = self._cited(leaf)
        found = [quote for sentence in cited for quote in self._in(sentence, leaf.value)]
        if found:
            return tuple(found[:1])
        if leaf.chosen:
            return tuple(cited)
        raise NotThereError(f"{_words(leaf.value)!r} does not stand in the sentences it cites")

    def _cited(self, leaf: Leaf) -> list[Quote]:
        if not leaf.evidence:
            raise NotThereError("it cites no sentence")
        for number in leaf.evidence:
            if number not in self._numbering.numbers:
                raise NotThereError(f"it cites sentence {number}, and there is no such sentence")
        return [self._numbering.quote(number) for number in dict.fromkeys(leaf.evidence)]

    def _in(self, sentence: Quote, value: Any) -> list[Quote]:
        if not _words(value) or isinstance(value, bool):
            return []
        if isinstance(value, int | float | Decimal):
            return [self._cut(sentence, v) for v in values(sentence.text) if _is_amount(v, float(value))]
        if isinstance(value, date | time):
            wanted = values(_words(value))
            return [self._cut(sentence, v) for v in values(sentence.text) if any(agree(w, v) for w in wanted)]
        return self._located(sentence, _words(value))

    def _located(self, sentence: Quote, words: str) -> list[Quote]:
        locator = self._locators.get(sentence.source) or self._locator(sentence.source)
        quote = locator.find(words, near=sentence.start, widen=False)
        if quote is None or quote.end <= sentence.start or quote.start >= sentence.end:
            return []
        return [quote.model_copy(update={"source": sentence.source})]

    def _cut(self, sentence: Quote, value: Value) -> Quote:
        start = sentence.start + value.start
        return Quote(
            start=start,
            end=sentence.start + value.end,
            text=sentence.text[value.start : value.end],
            sentence=sentence.sentence,
            source=sentence.source,
            page=self._numbering.articles[sentence.source].page_of(start),
        )

    def _locator(self, source: int) -> Locator:
        article: Article = self._numbering.articles[source]
        return self._locators.setdefault(source, Locator(article))


def _is_amount(value: Value, number: float) -> bool:
    """Is that the number, as written ("2.5" of "2.5bn") or as meant (2,500,000,000)?"""
    return not value.parts and any(abs(n - number) <= 1e-9 * abs(number) for n in (value.written, value.low))


def _words(value: Any) -> str:
    if isinstance(value, Enum):
        return _words(value.value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value).strip()
