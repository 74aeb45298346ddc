"""The article: a text that never changes, and where its sentences and paragraphs stand in it.

How files, pages and PDFs become text stands in `_inputs`; this module only holds what came of it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from os import PathLike
from pathlib import Path

from .._errors import UnreadableError, UsageError
from .._inputs import encodings, files, read
from .._inputs.document import Document
from .._inputs.found import usable
from .._values import Quote, Span
from . import sentences


@dataclass(frozen=True)
class Article:
    """A text to read, exactly as given: nothing in it is ever normalised.

    `title` and `source` (a path or an address) are shown beside quotes; what is not Unicode in these and in
    `byline` and `date` (a file's name need not be) becomes U+FFFD. Offsets everywhere count Unicode
    code points of `text`. `byline` and `date` are what the source says of itself, as it says it, and
    empty where it says nothing; `pages` holds where each page stands in the text, for sources that have
    pages. Raises `UsageError` where the text is empty, blank or holds a NUL or a lone surrogate (a model
    cannot be sent such a text, and a file of it is seldom text), where a page is not within it, or where a
    title, source, byline or date is no `str`.

    >>> article = Article("Rain fell. It stopped at 10 a.m. on Monday.")
    >>> [article.text[s.start:s.end] for s in article.sentences]
    ['Rain fell.', 'It stopped at 10 a.m. on Monday.']
    """

    text: str
    title: str = ""
    source: str = ""
    byline: str = ""
    date: str = ""
    pages: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise UsageError(
                f"An article's text is a str, not {type(self.text).__name__}.",
                next_step="Decode it first, or use Article.from_file.",
            )
        _refuse_unusable(self.text)
        for name in ("title", "source", "byline", "date"):
            if not isinstance(said := getattr(self, name), str):
                raise UsageError(f"An article's {name} is a str, not {type(said).__name__}.")
            object.__setattr__(self, name, usable(said))  # frozen, but for here
        if self.pages:
            _refuse_pages_outside(self.pages, len(self.text))

    @classmethod
    def from_file(cls, path: str | Path, *, title: str = "", encoding: str | None = None) -> Article:
        """Read a text, Markdown, HTML, PDF or Word (.docx) file: its bytes and its ending say which it is.

        The title is the one given, else the one the file gives itself, else its name. Text that is not
        UTF-8 is read as `encoding`, or as what is beyond doubt; HTML and PDF need the extras of their
        names. Raises `UnreadableError` with what to do.
        """
        path = _path(path)
        return cls._holding(read.file(path, encoding), title, str(path), otherwise=path.stem)

    @classmethod
    def from_bytes(
        cls,
        data: bytes,
        *,
        title: str = "",
        source: str = "",
        encoding: str | None = None,
        content_type: str | None = None,
    ) -> Article:
        """The same for bytes that are no file's: what they are is told by themselves, by what a server said
        (`content_type`) and by the ending of `source`, in this order."""
        name = source or "The input"
        found = read.from_bytes(data, name, content_type=content_type, encoding=encoding)
        return cls._holding(found, title, source)

    @classmethod
    def from_html(
        cls, html: str | bytes | Path, *, title: str = "", source: str = "", timeout: float = 30.0
    ) -> Article:
        """The main text of a page, without its menus and adverts, with its title, byline and date.

        A `str` is the markup itself; of bytes and files the encoding is that which the page declares. The
        page is parsed by trafilatura (the extra `html`) in a child process of at most `timeout` seconds
        and 1 GB; nothing is fetched. What is main text is trafilatura's judgement: on a page that is no
        article it may leave out what matters. Raises `UnreadableError`.
        """
        name = source or (str(html) if isinstance(html, Path) else "The page")
        if not isinstance(html, str):
            html = encodings.decode_page(_bytes_of(html), name)
        found = read.page(html, name, seconds=timeout)
        return cls._holding(found, title, source or (name if name != "The page" else ""))

    @classmethod
    def from_pdf(
        cls,
        pdf: str | Path | bytes,
        *,
        title: str = "",
        source: str = "",
        furniture: bool = False,
        timeout: float = 30.0,
    ) -> Article:
        """The text of a PDF, line by line as on its pages, which `pages` and `page_of` tell apart.

        Hyphens at line ends stay as they are (`locate` reads across them). Running heads, feet and page
        numbers are left out, because they cut sentences in two; lines that recur at the edge of three
        neighbouring pages are taken for such, and `furniture=True` keeps them. Parsed by pypdf (the extra
        `pdf`) in a child process of at most `timeout` seconds and 1 GB. Raises `UnreadableError` for a file
        that is cut short, has a password, or holds no text, as scans do.
        """
        return cls._of_parts("pdf", pdf, title, source, timeout, {"furniture": furniture})

    @classmethod
    def from_docx(
        cls, docx: str | Path | bytes, *, title: str = "", source: str = "", timeout: float = 30.0
    ) -> Article:
        """The text of a Word document: its paragraphs, its lists with a bullet before each item, and its
        tables row by row with bars between cells.

        Deleted and hidden words, headers, footnotes and comments are left out. Needs no extra. Raises
        `UnreadableError`.
        """
        return cls._of_parts("docx", docx, title, source, timeout, {})

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

    def page_of(self, where: Quote | Span | int) -> int | None:
        """The page on which a quote, a span or an offset begins, 1 for the first; None without pages.

        Pages are counted as the file has them, whatever number is printed on them.

        >>> article = Article("One.\\nTwo.", pages=(Span(0, 4), Span(5, 9)))
        >>> article.page_of(5), article.page_of(Span(0, 9))
        (2, 1)
        """
        at = where if isinstance(where, int) else where.start
        if not 0 <= at < len(self.text):
            return None
        return bisect_right([page.start for page in self.pages], at) or None

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

    @classmethod
    def _holding(cls, found: Document, title: str, source: str, otherwise: str = "") -> Article:
        if not found.text.strip():
            name = source or "The file"
            raise UnreadableError(f"{name} is empty.", next_step="Give a text with words in it.")
        title = title or found.title or otherwise
        return cls(found.text, title, source, found.byline, found.date, found.pages)

    @classmethod
    def _of_parts(
        cls,
        kind: str,
        given: str | Path | bytes,
        title: str,
        source: str,
        timeout: float,
        options: dict[str, object],
    ) -> Article:
        path = None if isinstance(given, bytes) else _path(given)
        source = source or (str(path) if path else "")
        name = source or f"The {kind.upper()}"
        data = given if isinstance(given, bytes) else files.contents(_path(given))
        found = read.parts(kind, data, name, options=options, seconds=timeout)
        return cls._holding(found, title, source, otherwise=path.stem if path else "")

    def __repr__(self) -> str:
        name = self.title or self.source or self.id[:12]
        return f"<Article {name!r}, {len(self.text):,} characters>"


_BETWEEN = "\n\n"
"""What stands between two joined articles: enough to keep their paragraphs apart."""


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _path(given: object) -> Path:
    if not isinstance(given, str | PathLike):
        raise UsageError(
            f"A file is named by a str or a Path, not by a {type(given).__name__}.",
            next_step="Give its name, or Article(text) for a text that you have.",
        )
    return Path(given)


def _bytes_of(given: bytes | Path) -> bytes:
    return given if isinstance(given, bytes) else files.contents(given)


def _refuse_pages_outside(pages: Sequence[Span], length: int) -> None:
    inside = all(0 <= start <= end <= length for start, end in pages)
    if not inside or any(a.end > b.start for a, b in pairwise(pages)):
        raise UsageError("The pages do not stand one after the other in the article.")


def _refuse_unusable(text: str) -> None:
    if not text or text.isspace():
        raise UsageError("The article is empty.", next_step="Give a text with words in it.")
    # A NUL is found in bytes thirty times as fast as in wide characters.
    if b"\x00" in encoded(text, "The article"):
        raise UsageError(
            "The article holds a NUL character, so it is not text.", next_step="Give plain text."
        )


def encoded(text: str, called: str) -> bytes:
    """The text in UTF-8; raises `UsageError` where it holds half a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"{called} holds half a surrogate pair at character {error.start}: no encoding has it.",
            next_step="Decode it again with errors='replace'; on a command line, write it in UTF-8.",
        ) from None
