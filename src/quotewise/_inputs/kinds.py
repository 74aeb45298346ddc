"""What a source is, by its first bytes and then by its name: text, a page, a PDF or a Word document.

Bytes that say what they are win over a name that says otherwise; what is none of the four is refused here
with what it is. Nothing is decoded or parsed.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from .._errors import UnreadableError

Kind = Literal["text", "html", "pdf", "docx"]

_SUFFIXES: dict[str, Kind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
}
_PLAIN = {".txt", ".md", ".markdown", ".text", ".rst"}
_TYPES: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_UNKNOWN_TYPES = {"", "application/octet-stream", "binary/octet-stream", "application/x-download"}
_FOREIGN = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file, or one with a password",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"BZh": "a compressed file",
    b"\xfd7zXZ\x00": "a compressed file",
    b"7z\xbc\xaf": "an archive",
    b"\x7fELF": "a program",
    b"MZ\x90\x00": "a program",
    b"SQLite format 3\x00": "a database",
}
_NAMES = {"pdf": "a PDF", "docx": "a Word document (.docx)"}
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE
)


def kind_of(data: bytes, name: str, content_type: str | None = None) -> Kind:
    """The kind of the bytes of `name`, which a server may have called `content_type`.

    Raises `UnreadableError` where they are none that can be read, or not what their name says.

    >>> kind_of(b"%PDF-1.7 ...", "report.txt"), kind_of(b"<p>Rain", "rain.htm"), kind_of(b"Rain", "rain")
    ('pdf', 'html', 'text')
    """
    evident = _evident(data, name)
    if evident:
        return evident
    said = _typed(name, content_type) if content_type is not None else None
    suffix = PurePath(name).suffix.lower()
    kind = said or _SUFFIXES.get(suffix)
    if kind in _NAMES:
        raise UnreadableError(
            f"{name} is said to be {_NAMES[kind]}, and it is not one.",
            next_step="Give it the ending of what it is, or get it again.",
        )
    if kind is None:
        kind = "html" if suffix not in _PLAIN and _PAGE.match(data[:1024]) else "text"
    return kind


def _evident(data: bytes, name: str) -> Kind | None:
    named_pdf = PurePath(name).suffix.lower() == ".pdf"
    if data.startswith(b"%PDF-") or (named_pdf and b"%PDF-" in data[:1024]):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    for mark, what in _FOREIGN.items():
        if data.startswith(mark):
            raise UnreadableError(
                f"{name} is {what}.", next_step="Save it as text, HTML, PDF or .docx, without a password."
            )
    return None


def _typed(name: str, content_type: str) -> Kind | None:
    """The kind a server's content type stands for; None where the bytes and the name must tell."""
    bare = content_type.partition(";")[0].strip().lower()
    if bare in _TYPES:
        return _TYPES[bare]
    if bare in _UNKNOWN_TYPES:
        return None
    if bare.startswith("text/") and bare not in {"text/css", "text/javascript"}:
        return "text"
    raise UnreadableError(
        f"{name} is {bare!r}, not an article.", next_step="Name a page, a text, a PDF or a .docx."
    )
