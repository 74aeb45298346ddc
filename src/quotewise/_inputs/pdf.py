"""The text of a PDF page by page, read by pypdf; runs in the child process only.

Lines stay as they stand on the page, hyphens at their ends included: nothing is joined or reflowed, so what
a quote shows is what the page shows. Only running heads and page numbers are left out (`heads`), and the rows
of plain tables get bars between their cells (`columns`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from .columns import may_hold_rows, with_rows
from .found import MOST, Found, UnparsableError, one_line, usable
from .heads import without_heads

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_BETWEEN = "\n"
"""Between two pages, as between two lines: a sentence may go on."""
_LARGEST_STREAM = 25_000_000
"""Bytes; a page's drawing or an index is far smaller. To read what pypdf itself allows, 75 MB, takes 17
seconds."""
_STREAMS = tuple(
    f"{kind}_maximum_output_length" for kind in ("array_based_stream", "lzw", "run_length", "zlib")
)
_NO_TITLE = re.compile(r"microsoft word - |untitled|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf)$", re.IGNORECASE)
_NOBODY = re.compile(r"\W*(?:anonymous|unspecified|unknown|none)\W*", re.IGNORECASE)
"""What programs write where they were told nothing."""
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_BLANKS = re.compile(r"[ \t]+$", re.MULTILINE)


def parse(data: bytes, furniture: bool = False) -> Found:
    """The text of all pages, with the span of each; running heads are kept where `furniture` is true.

    Raises `UnparsableError` for a file that is cut short, has a password, or holds no text, as scans do.
    """
    if b"%%EOF" not in data[-4096:]:
        raise UnparsableError("is cut short: a PDF ends with a mark, and this has none", "Get it again.")
    from pypdf import apply_configuration
    from pypdf.errors import LimitReachedError

    try:
        limits: dict[str, Any] = dict.fromkeys(_STREAMS, _LARGEST_STREAM)
        with apply_configuration(**limits):
            reader = _opened(data)
            pages = _pages(reader)
    except LimitReachedError:
        what = "unfolds to more than a page can hold: it may be a bomb"
        raise UnparsableError(what, "Give its text.") from None
    if not any(pages):
        raise UnparsableError("holds no text on its pages", "If it is a scan, run OCR on it first.")
    if not furniture:
        pages = without_heads(pages)
    starts = accumulate((len(page) + len(_BETWEEN) for page in pages), initial=0)
    spans = [(start, start + len(page)) for start, page in zip(starts, pages, strict=False)]
    title, byline, date = _fields(reader)
    return Found(text=_BETWEEN.join(pages), title=title, byline=byline, date=date, pages=spans)


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    step = "Save it without its password."
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnparsableError("has a password", step)
    except DependencyError:
        raise UnparsableError(
            "is encrypted", "Run pip install 'pypdf[crypto]', or save it without."
        ) from None
    return reader


def _pages(reader: PdfReader) -> list[str]:
    pages: list[str] = []
    for page in reader.pages:
        text = _clean(page.extract_text())
        pages.append(with_rows(text, _laid_out(page)) if may_hold_rows(text) else text)
        if sum(map(len, pages)) > MOST:
            raise UnparsableError(
                f"holds more than {MOST / 1e6:,.0f} million characters", "Give a part of it."
            )
    return pages


def _clean(text: str) -> str:
    return _BLANKS.sub("", usable(text)).strip()


def _laid_out(page: PageObject) -> str:
    """The page's text with spaces for the gaps between words; empty where pypdf cannot lay it out."""
    try:
        return _clean(page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False))
    except Exception:  # noqa: BLE001 - only the bars of tables are lost
        return ""


def _fields(reader: PdfReader) -> tuple[str, str, str]:
    """Title, author and date of making, as the file's own fields say; a file's name is no title."""
    try:
        info: Mapping[str, object] = reader.metadata or {}
        title, author = one_line(info.get("/Title")), one_line(info.get("/Author"))
        made = _DATE.match(one_line(info.get("/CreationDate")))
    except Exception:  # noqa: BLE001 - broken fields are no reason to lose the text
        return "", "", ""
    date = "-".join(made.groups()) if made else ""
    title, author = ("" if _NOBODY.fullmatch(field) else field for field in (title, author))
    return "" if _NO_TITLE.match(title) else title, author, date
