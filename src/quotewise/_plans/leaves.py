"""Does a claimed value stand in the sentences it cites? Strings are located, amounts and dates compared.

Strict: a string must be there but for the declared folds, a number must be one of the sentence's own in some
normal form, its sign too, and a moment must have its day and its time of day. What has no words of its own
(a choice, a yes or no) is cited, not located, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from .._grounding.checks.foreign import reads_as_english
from .._language.typed import Value, agree
from .._language.values import values
from .._language.wordlists import in_order
from .._text.article import Article
from .._text.fold import fold
from .._text.locate import Locator
from .._values import Quote
from . import moments
from .denied import denial, denial_in_english
from .numbering import Numbering
from .shapes import Leaf

_MONTHS = in_order("""
    January February March April May June July August September October November December
    """)
"""As articles in English have them; those of `strftime` follow the locale of the process."""
_NO_DIGIT = re.compile(r"\D")
_ROUNDING = Decimal("1e-12")
"""By how much, in relation to it, an amount may differ that was reckoned in binary: 3.3 million."""
_LARGEST = 300
"""Digits of an amount beyond which no article's number is read."""
_EXACT = 15
"""Digits that a number read from an article keeps; with more, the digits themselves are compared."""


class NotThereError(Exception):
    """The reason why a value is not accepted; never leaves the plan."""


class Finder:
    """Finds leaves in numbered articles, with one locator for each article."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._locators: dict[int, Locator] = {}
        self._english: dict[int, bool] = {}

    def quotes(self, leaf: Leaf) -> tuple[Quote, ...]:
        """The quotes that carry a leaf; raises `NotThereError` with the reason where there are none."""
        cited = self._cited(leaf)
        found = self._found(cited, leaf.value)
        if found:
            return found
        if leaf.chosen:
            return tuple(cited)
        raise NotThereError(self._why(cited, _words(leaf.value)))

    def _why(self, cited: Sequence[Quote], words: str) -> str:
        for sentence in cited:
            for start, end in Locator(sentence.text).places(words):
                if before := self._denial(sentence, start):
                    return f'the sentence denies it: "{before}{sentence.text[start:end]}"'
        return f"{words!r} does not stand in the sentences it cites"

    def _cited(self, leaf: Leaf) -> list[Quote]:
        if not leaf.evidence:
            raise NotThereError("it cites no sentence")
        for number in leaf.evidence:
            if number not in self._numbering.numbers:
                raise NotThereError(f"it cites sentence {number}, and there is no such sentence")
        return [self._numbering.quote(number) for number in dict.fromkeys(leaf.evidence)]

    def _found(self, cited: Sequence[Quote], value: Any) -> tuple[Quote, ...]:
        """The first place of a value; of a moment that of its day and that of its time, if they are two."""
        if not isinstance(value, datetime):
            return tuple(quote for sentence in cited for quote in self._in(sentence, value))[:1]
        if stamped := [quote for sentence in cited for quote in self._stamped(sentence, value)]:
            return tuple(stamped[:1])
        day, hour = (self._found(cited, part) for part in (value.date(), value.time()))
        return (*day, *hour) if day and hour else ()

    def _stamped(self, sentence: Quote, value: datetime) -> list[Quote]:
        found = moments.stamps(sentence.text)
        return [self._cut(sentence, a, b) for a, b, said in found if moments.is_same(said, value)]

    def _in(self, sentence: Quote, value: Any) -> list[Quote]:
        if isinstance(value, bool) or not fold(_words(value)).text.strip():
            return []
        if isinstance(value, int | float | Decimal):
            return self._cuts(sentence, lambda said: _is_amount(said, value, sentence.text))
        if isinstance(value, date):
            wanted = values(_words(value))
            return self._cuts(sentence, lambda said: any(agree(each, said) for each in wanted))
        if isinstance(value, time):
            found = moments.clocks(sentence.text)
            return [self._cut(sentence, said.start, said.end) for said in found if said.gives(value)]
        return self._located(sentence, _words(value))

    def _located(self, sentence: Quote, words: str) -> list[Quote]:
        """Where words stand in a sentence, or run over its end; the same words may stand before it, too."""
        places = list(Locator(sentence.text).places(words))
        for start, end in places:
            if not self._denial(sentence, start):
                return [self._cut(sentence, start, end)]
        if places:
            return []
        locator = self._locators.get(sentence.source) or self._locator(sentence.source)
        quote = locator.find(words, near=sentence.start, widen=False)
        if quote is None or quote.end <= sentence.start or quote.start >= sentence.end:
            return []
        return [quote.model_copy(update={"source": sentence.source})]

    def _denial(self, sentence: Quote, start: int) -> str:
        """The words of a sentence that deny what begins there."""
        if found := denial(sentence.text, start):
            return found
        found = denial_in_english(sentence.text, start)
        return found if found and self._is_english(sentence.source) else ""

    def _is_english(self, source: int) -> bool:
        if source not in self._english:
            self._english[source] = reads_as_english(self._numbering.articles[source].text)
        return self._english[source]

    def _cuts(self, sentence: Quote, wanted: Callable[[Value], bool]) -> list[Quote]:
        found = values(sentence.text)
        return [self._cut(sentence, said.start, said.end) for said in found if wanted(said)]

    def _cut(self, sentence: Quote, start: int, end: int) -> Quote:
        return Quote(
            start=sentence.start + start,
            end=sentence.start + end,
            text=sentence.text[start:end],
            sentence=sentence.sentence,
            source=sentence.source,
            page=self._numbering.articles[sentence.source].page_of(sentence.start + start),
        )

    def _locator(self, source: int) -> Locator:
        article: Article = self._numbering.articles[source]
        return self._locators.setdefault(source, Locator(article))


def _is_amount(said: Value, value: int | float | Decimal, text: str) -> bool:
    """Is that the number, as written ("2.5" of "2.5bn") or as meant (2,500,000,000), with its sign?

    Where a word carries the sign ("a loss of 3 million"), the number may stand with it or without. Of a date
    it may be the year.
    """
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if said.parts:
        return any(part == "year" and given == number for part, given in said.parts)
    if not number.is_finite() or number.adjusted() > _LARGEST:
        return False
    if number > 0 if said.sign == "-" else number < 0 and said.sign in {"", "+"}:
        return False
    size = abs(number)
    if not any(abs(Decimal(each) - size) <= _ROUNDING * size for each in (said.written, said.low)):
        return False
    digits = _NO_DIGIT.sub("", text[said.start : said.end])
    return isinstance(value, float) or len(digits) <= _EXACT or digits == _NO_DIGIT.sub("", f"{size:f}")


def _words(value: Any) -> str:
    if isinstance(value, Enum):
        return _words(value.value)
    if isinstance(value, datetime):
        return f"{_words(value.date())}, {_words(value.time())}"
    if isinstance(value, date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, time):
        return value.isoformat("minutes" if value.second == value.microsecond == 0 else "auto")
    return str(value).strip()
