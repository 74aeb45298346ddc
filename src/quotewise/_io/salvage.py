"""Gets the readable rows out of a damaged journal, which is set aside and never deleted.

Reading and renaming only; which of the rows to trust is decided by their seals, in `store`.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

PAGE = 4096
"""Bytes; the page size of every journal."""

_PARTS = ("", "-wal", "-shm")
_UP = "SELECT rowid, * FROM calls WHERE rowid > 0 ORDER BY rowid"
_DOWN = "SELECT rowid, * FROM calls ORDER BY rowid DESC"
_SMALLEST = 100
"""Bytes; no row of ours is smaller, so a file can only hold so many. A look at each takes microseconds."""


class Row(NamedTuple):
    """A row of `calls`, in the order of its columns."""

    key: str
    state: int
    owner: str | None
    attempts: int
    task: str
    reply: str | None
    sha: str | None
    started: float
    finished: float | None


class Salvaged(NamedTuple):
    """Where the damaged file went, and how many stored replies were taken over from it."""

    path: Path
    replies: int


def set_aside(path: Path) -> Path:
    """Rename a damaged file, and its log, to the first free `.corrupt-<n>`; the new name."""
    kept = next(new for n in count(1) if not (new := path.with_name(f"{path.name}.corrupt-{n}")).exists())
    for part in _PARTS:
        with suppress(FileNotFoundError):
            path.with_name(path.name + part).rename(kept.with_name(kept.name + part))
    return kept


def readable(path: Path, create: Callable[[sqlite3.Connection], None]) -> list[Row]:
    """Every row that SQLite can still find, read from a copy: opening a file can change it.

    `create` makes the tables of a new file. Every file begins with the same first page but for a few
    counters, so where nothing can be read that page is replaced by a new one's.
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy, new = Path(folder) / "copy", Path(folder) / "new"
        for part in _PARTS[:2]:
            with suppress(FileNotFoundError):
                shutil.copyfile(path.with_name(path.name + part), copy.with_name(copy.name + part))
        if rows := _sound_rows(copy):
            return rows
        with closing(sqlite3.connect(new, isolation_level=None)) as db:
            create(db)
        _replace_first_page(copy, new.read_bytes()[:PAGE])
        return _sound_rows(copy)


def _replace_first_page(path: Path, page: bytes) -> None:
    with path.open("r+b") as file:
        pages = max(1, path.stat().st_size // PAGE)
        file.write(page[:28] + pages.to_bytes(4, "big") + page[32:])


def _sound_rows(path: Path) -> list[Row]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.text_factory = lossy
        # Without it SQLite refuses a file that is shorter than its header says.
        with suppress(sqlite3.Error):
            db.execute("PRAGMA writable_schema = ON")
        return [row for row in _rows(db, path.stat().st_size // _SMALLEST) if _is_sound(row)]


def lossy(stored: bytes) -> str:
    """Text as it can be read: a flipped bit must show in the seal, not as an error of decoding."""
    return stored.decode("utf-8", "replace")


def _rows(db: sqlite3.Connection, most: int) -> Iterator[Row]:
    """From the front up to the damage, from the back down to it, and one by one between the two."""
    first, last = 0, most
    for rowid, row in _walk(db, _UP):
        first = rowid
        yield row
    back: list[Row] = []
    for rowid, row in _walk(db, _DOWN):
        if rowid <= first:
            break
        last = rowid
        back.append(row)
    for rowid in range(first + 1, min(last, first + most)):
        with suppress(sqlite3.Error, TypeError):
            yield Row(*db.execute("SELECT * FROM calls WHERE rowid = ?", (rowid,)).fetchone())
    yield from back


def _walk(db: sqlite3.Connection, query: str) -> Iterator[tuple[int, Row]]:
    with suppress(sqlite3.Error):
        for rowid, *row in db.execute(query):
            yield rowid, Row(*row)


def _is_sound(row: Row) -> bool:
    words = (row.key, row.task, row.owner or "", row.reply or "", row.sha or "")
    return row.state in (0, 1) and isinstance(row.attempts, int) and all(isinstance(w, str) for w in words)
