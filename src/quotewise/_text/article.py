"""The article: a text that never changes, and where its sentences and paragraphs stand in it.

Reading files, pages and PDFs stands in `load`; this module only holds text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from .._errors import UsageError
from .._results import Span
from . import load, sentences


@dataclass(frozen=True)
class Article:
    """A text to read, exactly as given: nothing in it is ever normalised.

    `title` and `source` (a path or an address) are shown beside quotes. Offsets everywhere count Unicode
    code points of `text`. Raises `UsageError` where the text is empty, blank or holds a NUL or a lone
    surrogate (a model cannot be sent such a text, and a file of it is seldom text).

    >>> article = Article("Rain fell. It stopped at 10 a.m. on Monday.")
    >>> [article.text[s.start:s.end] for s in article.sentences]
    ['Rain fell.', 'It stopped at 10 a.m. on Monday.']
    """

    text: str
    title: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise UsageError(
                f"An article's text is a str, not {type(self.text).__name__}.",
                next_step="Decode it first, or use Article.from_file.",
            )
        _refuse_unusable(self.text)

    @classmethod
    def from_file(cls, path: str | Path, *, title: str = "", encoding: str | None = None) -> Article:
        """Read a text file; its name is the title unless one is given. Raises `UnreadableError`."""
        path = Path(path)
        return cls(load.text_file(path, encoding), title or path.stem, str(path))

    @classmethod
    def of(cls, value: Article | str | Path) -> Article:
        """An article as it is; a `str` is the text itself; a `Path` is a file."""
        if isinstance(value, Article):
            return value
        return cls.from_file(value) if isinstance(value, Path) else cls(value)

    @classmethod
    def joined(cls, articles: Sequence[Article]) -> Article:
        """Several articles as one text; each keeps its own sentences and paragraphs, moved along."""
        starts = accumulate((len(a.text) + len(_BETWEEN) for a in articles), initial=0)
        placed = list(zip(articles, starts, strict=False))
        whole = cls(_BETWEEN.join(a.text for a in articles))
        vars(whole)["sentences"] = tuple(_moved(s, by) for a, by in placed for s in a.sentences)
        vars(whole)["paragraphs"] = tuple(_moved(p, by) for a, by in placed for p in a.paragraphs)
        return whole

    @cached_property
    def id(self) -> str:
        """The sha256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where each sentence stands, in order; every non-blank character is in exactly one."""
        return sentences.sentences(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Where each paragraph stands, in order: lines that a blank line or a break keeps apart."""
        return sentences.paragraphs(self.text)

    def __repr__(self) -> str:
        name = self.title or self.source or self.id[:12]
        return f"<Article {name!r}, {len(self.text):,} characters>"


_BETWEEN = "\n\n"
"""What stands between two joined articles: enough to keep their paragraphs apart."""


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _refuse_unusable(text: str) -> None:
    if not text or text.isspace():
        raise UsageError("The article is empty.", next_step="Give a text with words in it.")
    if "\x00" in text:
        raise UsageError(
            "The article holds a NUL character, so it is not text.", next_step="Give plain text."
        )
    if not text.isascii():
        _refuse_surrogates(text)


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"The article holds half a surrogate pair at character {error.start}: no encoding has it.",
            next_step="Decode the source again with errors='replace'.",
        ) from None
