"""The text of a Word document (.docx), with zipfile and expat of the standard library; in the child only.

The parts are streamed, so that neither a zip bomb nor a deep tree fills the memory, and a document type is
refused, which ends all XML bombs. What Word does not show as text is left out: deleted and hidden words,
field codes, headers, footnotes, comments. A list's bullets and numbers are drawn by Word: each item gets a
bullet here, and each row of a table the bars of Markdown, so that what reads the text can tell them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from posixpath import normpath
from xml.parsers import expat

from .found import MOST, Found, UnparsableError, one_line, usable

_WORDS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_NOT_SHOWN = {"del", "moveFrom", "Fallback", "instrText", "delText"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_OFF = {"0", "false", "off"}
_LARGEST_PART = 100_000_000
_STEP = 1 << 16
_LIST_STYLE = re.compile(r"List(?:Bullet|Number)")
_MOST_COLUMNS = 63
"""As many columns as Word allows a table."""
_PROSE = 300
"""Characters of a cell of several paragraphs from which a table only sets prose side by side."""
_BLANK_LINES = re.compile(r"\n{3,}")


def parse(data: bytes) -> Found:
    """The paragraphs, a blank line between them; a table is one, its rows lines with bars between cells.

    Raises `UnparsableError` for a zip file that is no Word document, is damaged or unfolds to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _Body()
            _stream(archive, _main_part(archive), body.start, body.end, body.characters)
            title, byline, date = _core(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, zlib.error) as error:
        raise UnparsableError(f"is no whole zip file, as a .docx is one ({error})", "Get it again.") from None
    except RuntimeError:
        raise UnparsableError("has a password", "Save it without its password.") from None
    except expat.ExpatError as error:
        raise UnparsableError(f"holds broken XML ({error})", "Save it again with Word.") from None
    text = _BLANK_LINES.sub("\n\n", "".join(body.parts)).strip()
    return Found(text=usable(text), title=title, byline=byline, date=date, pages=[])


class _Body:
    """Gathers the text of a document's body from the stream of its tags."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self._skipped = 0  # how deep inside something that is not shown
        self._cells: list[list[str]] = []  # what the open cells hold, the innermost last
        self._rows: list[list[str]] = []  # the cells of the open rows
        self._spans = 1
        self._hidden = False
        self._in_text = False
        self._listed = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if self._skipped or name in _NOT_SHOWN:
            self._skipped += 1
        elif f"{space} " in _WORDS:
            self._open(name, attributes)

    def end(self, tag: str) -> None:
        space, _, name = tag.rpartition(" ")
        if self._skipped:
            self._skipped -= 1
        elif f"{space} " in _WORDS:
            self._close(name)

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipped and not self._hidden:
            self._put(text)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self._hidden = False
        elif name == "vanish":
            self._hidden = _value(attributes) not in _OFF
        elif name == "t":
            self._in_text = True
        elif name in {"tbl", "tr", "tc", "gridSpan"}:
            self._open_table(name, attributes)
        elif name in {"pStyle", "numPr", "numId"}:
            self._note_list(name, _value(attributes))
        elif name in _SIGNS and not self._hidden and not self._in_properties(attributes):
            self._put(_SIGNS[name])

    def _open_table(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tr":
            self._rows.append([])
        elif name == "tc":
            self._cells.append([])
            self._spans = 1
        elif name == "gridSpan":
            span = _value(attributes)
            self._spans = min(int(span), _MOST_COLUMNS) if span.isdecimal() else 1

    def _note_list(self, name: str, value: str) -> None:
        """Whether the paragraph is an item of a list, by its style's name or by its own numbering."""
        if name == "pStyle":
            self._listed = _LIST_STYLE.match(value) is not None
        elif name == "numPr":
            self._listed = True
        elif value == "0":
            self._listed = False

    def _close(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "r":
            self._hidden = False
        elif name == "p":
            self._listed = False
            self._put("\n" if self._cells else "\n\n")
        elif name == "tc" and self._cells:
            self._close_cell("".join(self._cells.pop()))
        elif name == "tr" and self._rows:
            self._put(_row(self._rows.pop(), nested=bool(self._cells)))
        elif name == "tbl" and not self._cells:
            self._put("\n")

    def _close_cell(self, text: str) -> None:
        if self._rows:
            self._rows[-1] += [text.strip(), *[""] * (self._spans - 1)]
        self._spans = 1

    def _in_properties(self, attributes: dict[str, str]) -> bool:
        """A tab stop of a paragraph's properties has a place or a kind; a tab in its text has none."""
        return any(f"{space}pos" in attributes or f"{space}val" in attributes for space in _WORDS)

    def _put(self, text: str) -> None:
        if self._listed and not self._cells and text.strip():
            text, self._listed = f"- {text}", False
        self.size += len(text)
        if self.size > MOST:
            raise UnparsableError(
                f"holds more than {MOST / 1e6:,.0f} million characters", "Give a part of it."
            )
        (self._cells[-1] if self._cells else self.parts).append(text)


def _value(attributes: dict[str, str]) -> str:
    return next((attributes[f"{space}val"] for space in _WORDS if f"{space}val" in attributes), "")


def _row(cells: list[str], *, nested: bool) -> str:
    """A row of a table as a line; a box, or columns of whole paragraphs, as the paragraphs they are.

    >>> _row(["City", "mm"], nested=False), _row(["Note\\nRain."], nested=False)
    ('| City | mm |\\n', 'Note\\n\\nRain.\\n\\n')
    """
    if nested:
        return " ".join(filter(None, cells)) + "\n"
    prose = any("\n" in cell and len(cell) > _PROSE for cell in cells)
    if len(cells) < 2 or prose:
        lines = (line for cell in cells for line in cell.split("\n") if line.strip())
        return "".join(f"{line}\n\n" for line in lines)
    words = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(words)} |\n" if any(cells) else ""


def _stream(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:
    """Read one part of the archive through the three callbacks, tags as "namespace name"."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    read = 0
    with archive.open(part) as file:
        while piece := file.read(_STEP):
            read += len(piece)
            if read > _LARGEST_PART:
                raise UnparsableError(
                    "unfolds to more than it should: it may be a zip bomb", "Give its text."
                )
            parser.Parse(piece)
        parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise UnparsableError("holds a document type, which no Word document has", "Save it again with Word.")


def _main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part with the body, as the package's relationships say."""
    targets: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").endswith("/officeDocument"):
            targets.append(attributes.get("Target", ""))

    names = set(archive.namelist())
    if "_rels/.rels" in names:
        _stream(archive, "_rels/.rels", start, lambda tag: None, lambda text: None)
    part = normpath(targets[0]).lstrip("/") if targets else "word/document.xml"
    if part not in names or not part.startswith("word/"):
        raise UnparsableError("is a zip file, but no Word document", "Unpack it, and name a file in it.")
    return part


def _core(archive: zipfile.ZipFile) -> tuple[str, str, str]:
    """Title, author and date of making, as the document's own fields say."""
    fields: dict[str, str] = {}
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside.append(tag.rpartition(" ")[2])

    def characters(text: str) -> None:
        fields[inside[-1]] = (fields.get(inside[-1], "") + text)[:1000]

    def end(tag: str) -> None:
        inside.pop()

    if "docProps/core.xml" in archive.namelist():
        _stream(archive, "docProps/core.xml", start, end, characters)
    title, byline, date = (one_line(fields.get(name)) for name in ("title", "creator", "created"))
    return title, byline, date[:10]
