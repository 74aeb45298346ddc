"""From what stands on the command line to articles: files and standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from .._errors import UsageError
from .._inputs.encodings import decode
from .._inputs.files import LARGEST
from .._text.article import Article

STDIN = "-"


def articles(names: Sequence[str], encoding: str | None = None) -> list[Article]:
    """The articles of the files named, `-` for standard input; raises `UsageError`."""
    if list(names).count(STDIN) > 1:
        raise UsageError("Standard input can be read once.", next_step="Name '-' once.")
    return [article(name, encoding) for name in names]


def article(name: str, encoding: str | None = None) -> Article:
    """One article: a file, or `-` for standard input."""
    if name == STDIN:
        return Article(decode(_stdin(), "standard input", encoding), title="standard input", source=STDIN)
    return Article.from_file(Path(name), encoding=encoding)


def _stdin() -> bytes:
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UsageError(
            f"Standard input has more than {LARGEST / 1e6:,.0f} MB.", next_step="Give a smaller text."
        )
    return data
