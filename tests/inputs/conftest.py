"""Small documents made byte by byte, so that each test can spoil them in its own way."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence

import pytest

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
PARAGRAPHS = [
    f"<p>Rain fell on the dry fields of county {n} for the first time in {n + 3} weeks, and farmers there "
    "said that it was not enough to save the wheat.</p>"
    for n in range(6)
]


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """A PDF of pages, each a text of lines, or drawing operators as bytes."""
    return _pdf


@pytest.fixture(scope="session")
def make_docx() -> Callable[..., bytes]:
    """A Word document around the XML of a body."""
    return _docx


@pytest.fixture(scope="session")
def page() -> str:
    """A news page: its headline in three places, a menu, a byline, six paragraphs and a footer."""
    return (
        "<html><head><title>Rain at last - The Daily Drop</title><meta name='author' content='Jo Root'>"
        "<meta property='article:published_time' content='2024-05-06T10:00:00Z'></head><body>"
        "<nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav><h1>Rain at last</h1>"
        f"<article><h1>Rain at last</h1><p>By Jo Root</p>{''.join(PARAGRAPHS)}</article>"
        "<footer>Copyright 2024. All rights reserved.</footer></body></html>"
    )


def _pdf(pages: Sequence[str | bytes], fields: bytes = b"", drawings: bytes | None = None) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< " + fields + b" >>",
    ]
    for n, page in enumerate(pages):
        packed = zlib.compress(page if isinstance(page, bytes) else _drawn(page))
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (6 + 2 * n),
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed),
        ]
    return _numbered(objects)


def _numbered(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(out))
    )


def _drawn(text: str) -> bytes:
    lines = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.split("\n"))
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    return f"BT /F1 12 Tf 72 720 Td 14 TL\n{shown}ET".encode("cp1252")


def _docx(body: str, extra: dict[str, str | bytes] | None = None, main: str = "word/document.xml") -> bytes:
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f"<Relationships><Relationship Type='{RELATION}' Target='{main}'/></Relationships>",
        main: f"<w:document xmlns:w='{WORD}'><w:body>{body}</w:body></w:document>",
        **(extra or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
