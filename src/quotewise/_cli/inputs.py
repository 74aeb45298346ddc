"""From what stands on the command line to articles: files, standard input and addresses of pages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from .._errors import UsageError
from .._inputs import web
from .._inputs.files import LARGEST, within_limit
from .._text.article import Article
from .output import tell

STDIN = "-"


def articles(
    names: Sequence[str], encoding: str | None = None, *, allow_private: bool = False
) -> list[Article]:
    """The articles of the files and addresses named, `-` for standard input; raises `UsageError`."""
    if list(names).count(STDIN) > 1:
        raise UsageError("Standard input can be read once.", next_step="Name '-' once.")
    return [article(name, encoding, allow_private=allow_private) for name in names]


def article(name: str, encoding: str | None = None, *, allow_private: bool = False) -> Article:
    """One article: a file, the address of a page, or `-` for standard input.

    Redirects are told on stderr. `allow_private` also reads pages of hosts that are not public.
    """
    if name == STDIN:
        if sys.stdin is None:
            raise UsageError("Standard input is closed.", next_step="Pipe a text in, or name a file.")
        data = within_limit(sys.stdin.buffer.read(LARGEST + 1), "Standard input")
        read = Article.from_bytes(data, source="standard input", encoding=encoding)
        return Article(read.text, read.title or "standard input", STDIN, read.byline, read.date, read.pages)
    if web.is_url(name):
        return _page(name, encoding, allow_private)
    return Article.from_file(Path(name), encoding=encoding)


def _page(url: str, encoding: str | None, allow_private: bool) -> Article:
    page = web.fetch(
        url,
        allow_private=allow_private,
        on_redirect=lambda to: tell(f"quotewise: redirected to {to}"),
    )
    return Article.from_bytes(
        page.data, source=page.url, encoding=encoding or page.charset, content_type=page.content_type
    )
