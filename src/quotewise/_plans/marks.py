"""A claim without the marks that models write beside its words: "9|", "- ", "**bold**", "[9]", "(9)".

What the article itself has in that place is its own and stays: "Section (9)", the number of a list's item.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from .._grounding.plain import without_markup
from .numbered import one_line

_LEADING = re.compile(r"(?:\d+\|\s*|(?:[-*•–—▪◦+]|>|#{1,6}|\(?\d{1,3}[.)]|\[\^?\d+\])\s+)(?=\S)")
"""The number with which a prompt shows a sentence, and the mark of a list, a heading or a quotation."""
_NUMBERS = r"(?:sentences? |s\.? ?)?\d+(?: ?[,;–-] ?\d+)*"
_POINTING = re.compile(rf" ?(?:\[\^?{_NUMBERS}\]|【{_NUMBERS}】|\({_NUMBERS}\))", re.IGNORECASE)
_FEW = 1_000
"""What is no year: in square brackets a number below is a mark, though the claim cites another sentence."""
_DIGITS = re.compile(r"\d+")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"\S+\s*\Z"), re.compile(r"\S+")


def unmarked(text: str, evidence: Collection[int], article: str) -> str:
    """A claim on one line without list marks, stress, and the numbers of the sentences it cites.

    `evidence` are those numbers and `article` the text they are of, whose own marks stay. In round brackets
    only numbers that the claim cites are marks: "the law of (1971)" keeps its own.

    >>> unmarked("- **Schools** stay closed [9].", (9,), "Schools will stay closed until Monday.")
    'Schools stay closed.'
    >>> unmarked("Section (9) bars this (2).", (2,), "Section (9) of the Act bars it.")
    'Section (9) bars this.'
    """
    words = one_line(text)
    if words in article:
        return words
    words = without_markup(words).text.strip()
    while (mark := _LEADING.match(words)) and not _leads(words, mark, article):
        words = words[mark.end() :]
    return _without_pointing(words, evidence, article) or one_line(text)


def _leads(words: str, mark: re.Match[str], article: str) -> bool:
    """Whether the article has the mark before the same word."""
    after = _WORD_AFTER.match(words, mark.end())
    return after is not None and words[: after.end()] in article


def _without_pointing(words: str, evidence: Collection[int], article: str) -> str:
    def kept(found: re.Match[str]) -> str:
        numbers = {int(number) for number in _DIGITS.findall(found[0])}
        cited = numbers <= set(evidence) or ("(" not in found[0] and max(numbers) < _FEW)
        before = _WORD_BEFORE.search(words, 0, found.start())
        own = (before[0] if before else "") + found[0] in article
        return found[0] if own or not cited else ""

    return _POINTING.sub(kept, words).strip()
