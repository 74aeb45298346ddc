"""A text as it is compared: without its markup, and word for word whatever its signs look like.

Which differences are of presentation alone is declared in `_text.fold`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .._language.tables import Row, Table
from .._results import Verification
from .._text.fold import Fold, Folded, emphasis, escapes, fold
from .._text.words import first_words
from .._values import CheckedClaim, Issue, Span

_MARKUP = (Fold("escapes", escapes), Fold("emphasis", emphasis))
_MARK = re.compile(r"(?:[-*•–—▪◦+]|>+|\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2})+\.?|\(?[a-z]\)|#{1,6})\s+")
"""The mark of a list, a heading or a quotation, which is no part of a claim."""
_FAR = 40
"""Sentences above an item of a list among which its lead is looked for."""


def without_markup(text: str) -> Folded:
    """A text without the signs by which Markdown stresses words or keeps its own apart.

    >>> without_markup("About **2\\\\-3** km").text
    'About 2-3 km'
    """
    return fold(text, _MARKUP)


def wording(text: str) -> str:
    """What two sentences have in common that are the same word for word, in quotation marks or not.

    >>> wording("“It’s a  well\\\\-known *pier*.”") == wording("It's a well-known pier.")
    True
    """
    return fold(escapes(text)[0]).text.strip('" ').removesuffix(".").rstrip('" ')


class Wordings:
    """What the sentences of an article say, each by its wording, with the mark of its list or without.

    Known as well are a row of a table and an item of a list as this library prints them, with the heads of
    their columns and with what leads them: "Leith, Price: £5", "The following were elected: Chair: Ann Lee".
    """

    def __init__(self, sentences: Sequence[str], tables: Sequence[Table]) -> None:
        self._sentences = sentences
        self._found: dict[str, int] = {}
        for at, sentence in enumerate(sentences):
            for words in _with_and_without_mark(sentence):
                self._found.setdefault(words, at)
        for table in tables:
            for row in table.rows:
                self._found.setdefault(wording(_told(table, row)), row.sentence)

    def sentence(self, claim: str) -> int | None:
        """The sentence that says exactly this, or None."""
        words = wording(claim)
        found = self._found.get(words)
        return self._led(words) if found is None else found

    def _led(self, words: str) -> int | None:
        """The item of a list that a claim gives behind its lead."""
        at = words.find(": ")
        while at >= 0:
            item = self._found.get(words[at + 2 :])
            if item is not None and self._leads(words[:at], item):
                return item
            at = words.find(": ", at + 1)
        return None

    def _leads(self, lead: str, item: int) -> bool:
        """Whether of the leads and headings above an item the nearest one says this."""
        for at in range(item - 1, max(-1, item - _FAR), -1):
            sentence = self._sentences[at].strip()
            if any(lead == words.rstrip(":*_ ") for words in _with_and_without_mark(sentence)):
                return True
            if sentence.endswith(":") or sentence.startswith("#"):
                return False
        return False


def _with_and_without_mark(sentence: str) -> Iterator[str]:
    yield wording(sentence)
    if mark := _MARK.match(sentence):
        yield wording(sentence[mark.end() :])


def _told(table: Table, row: Row) -> str:
    cells = [(head, cell) for head, cell in zip(table.heads, row.cells, strict=False) if first_words(cell, 1)]
    return ", ".join((row.label, *(f"{head}: {cell}" for head, cell in cells)))


def as_written(result: Verification, text: str, plain: Folded) -> Verification:
    """What was found of a text without its markup, with the places at which the text as given has it."""
    if not plain.steps:
        return result
    return result.model_copy(
        update={
            "text": text,
            "claims": tuple(_claim_in(text, plain, claim) for claim in result.claims),
            "unsupported": tuple(_span_in(plain, *span) for span in result.unsupported),
        }
    )


def _claim_in(text: str, plain: Folded, claim: CheckedClaim) -> CheckedClaim:
    start, end = _span_in(plain, claim.start, claim.end)
    issues = tuple(_issue_in(text, plain, claim, start, issue) for issue in claim.verdict.issues)
    verdict = claim.verdict.model_copy(update={"issues": issues})
    return claim.model_copy(update={"text": text[start:end], "start": start, "end": end, "verdict": verdict})


def _issue_in(text: str, plain: Folded, claim: CheckedClaim, start: int, issue: Issue) -> Issue:
    a, b = _span_in(plain, claim.start + issue.start, claim.start + issue.end)
    return issue.model_copy(update={"text": text[a:b], "start": a - start, "end": b - start})


def _span_in(plain: Folded, start: int, end: int) -> Span:
    """Where a span of the text without markup stands in the text; only whole signs were left out."""
    a, b = plain.start(start) or 0, plain.end(end) or 0
    return Span(a, max(a, b))
