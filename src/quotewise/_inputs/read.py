"""From a file, bytes or markup to a `Document`, by what they are: the door to this layer.

Which parser reads what stands in `kinds`, how each parses in its own module. Packages of extras are looked
for here, so that what is missing is said before any work.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from .._errors import UnreadableError
from . import child, encodings, kinds
from .document import Document
from .files import contents, within_limit

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_EMPHASIS = re.compile(r"[*_`]")
_NEEDS = {"html": "trafilatura", "pdf": "pypdf"}


def file(path: Path, encoding: str | None = None) -> Document:
    """The document in a file, by its bytes and its name. Raises `UnreadableError`."""
    return from_bytes(contents(path), str(path), encoding=encoding)


def from_bytes(
    data: bytes, name: str, *, content_type: str | None = None, encoding: str | None = None
) -> Document:
    """The document in bytes that go by `name`: a path, an address or "standard input".

    `content_type` is what a server said of them, `encoding` that of text and pages where it is known.
    Raises `UnreadableError`.
    """
    kind = kinds.kind_of(within_limit(data, name), name, content_type)
    if kind == "text":
        text = _text(data, name, encoding)
        return Document(text, title=_heading(text) if name.lower().endswith((".md", ".markdown")) else "")
    if kind == "html":
        return page(encodings.decode_page(data, name, encoding), name)
    return parts(kind, data, name)


def page(markup: str, name: str, *, seconds: float = child.SECONDS) -> Document:
    """The article in a page of HTML that goes by `name`. Raises `UnreadableError`."""
    url = name if name.startswith(("http://", "https://")) else ""
    return parts(
        "html", markup.encode("utf-8", "replace"), name, options={"url": url} if url else {}, seconds=seconds
    )


def parts(
    kind: str,
    data: bytes,
    name: str,
    *,
    options: dict[str, object] | None = None,
    seconds: float = child.SECONDS,
) -> Document:
    """The document that the parser of `kind` finds, in a child process. Raises `UnreadableError`."""
    needed = _NEEDS.get(kind)
    if needed and find_spec(needed) is None:
        raise UnreadableError(
            f"{name} needs the package {needed} to be read.",
            next_step=f"Run: pip install 'quotewise[{kind}]', or in a checkout: pip install '.[{kind}]'",
        )
    if not data.strip():
        raise UnreadableError(f"{name} is empty.", next_step="Give a text with words in it.")
    return child.parsed(kind, within_limit(data, name), name, options=options, seconds=seconds)


def _text(data: bytes, name: str, encoding: str | None) -> str:
    text = encodings.decode(data, name, encoding)
    if "\x00" in text:
        raise UnreadableError(f"{name} holds NUL characters, so it is not text.")
    return text


def _heading(text: str) -> str:
    """The first heading of a Markdown text, without its marks; empty where it has none of the first level.

    >>> _heading("Draft.\\n# The *old* bridge #\\n")
    'The old bridge'
    """
    found = _TITLE.search(text)
    return _EMPHASIS.sub("", found[1]).strip(" #") if found else ""
