"""The journal's file: a SQLite table of calls, each with its state, its owner and its reply.

SQL and files only, and nothing that waits for a model. Every value in it is plain JSON with its sha256
beside it, because SQLite does not notice a flipped bit: of 300 single flips, 198 gave a wrong value in
silence. Pragmas and rules follow SQLite's own advice for a write-ahead log: FULL, BEGIN IMMEDIATE, a long
timeout set before anything else.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .._errors import JournalError
from .owners import Owners
from .salvage import PAGE, Salvaged, lossy, readable, set_aside

APPLICATION = 0x71776A31
"""`qwj1`: how this file says whose it is, in SQLite's own field for that."""

VERSION = 1
TIMEOUT = 30.0
"""Seconds to wait for another process's write. With 0, 34 of 40 could not open a new file together."""

_CHECKED_AT_OPENING = 32_000_000
"""Bytes; a larger file is not read through at each start, its rows are still checked one by one."""

_MAGIC = b"SQLite format 3\0"
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_TABLES = """
CREATE TABLE calls(
    key TEXT PRIMARY KEY, state INTEGER NOT NULL, owner TEXT, attempts INTEGER NOT NULL,
    task TEXT NOT NULL, reply TEXT, sha TEXT, started REAL NOT NULL, finished REAL);
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

OnCorrupt = Literal["raise", "salvage"]
State = Literal["done", "mine", "busy"]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim found: a stored `reply`, a row that is now `mine`, or a live owner who is `busy` with it.

    `repeats` is how many attempts before the one that counts may have been paid for. `damaged` is True
    where a stored reply could not be trusted.
    """

    state: State
    repeats: int = 0
    reply: str = ""
    damaged: bool = False


class Store:
    """The open file; one thread at a time. `begin`, some calls, `commit`; or `rollback`."""

    def __init__(
        self, path: Path, owners: Owners, on_corrupt: OnCorrupt, clock: Callable[[], float] = time.time
    ) -> None:
        self._path = path
        self._owners = owners
        self._clock = clock
        self.salvaged: Salvaged | None = None
        with owners.alone():
            owners.sweep()
            self._db = self._opened(on_corrupt)

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def claim(self, key: str, task: str) -> Claimed:
        """Take the call, or learn that it is done or that a live process is at it."""
        row = self._db.execute(
            "SELECT state, owner, attempts, reply, sha FROM calls WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            return self._take(key, task, 1)
        state, owner, attempts, reply, sha = row
        attempts = attempts if isinstance(attempts, int) else 1
        if isinstance(reply, str) and seal(key, reply) == sha:  # whatever a damaged `state` says
            return Claimed("done", max(0, attempts - 1), reply)
        if state == 0 and owner and owner != self._owners.me and self._owners.alive(str(owner)):
            return Claimed("busy")
        return self._take(key, task, attempts + 1, damaged=state == 1)

    def stored(self, key: str) -> str | None:
        """The reply, where there is one that can be trusted; changes nothing."""
        row = self._db.execute("SELECT reply, sha FROM calls WHERE key = ?", (key,)).fetchone()
        if row is None or not isinstance(row[0], str) or seal(key, row[0]) != row[1]:
            return None
        return str(row[0])

    def finish(self, key: str, reply: str) -> None:
        """Store a reply for good; a reply that is already there stays."""
        now = self._clock()
        self._db.execute(
            "INSERT INTO calls VALUES(?, 1, NULL, 1, '', ?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET"
            " state = 1, owner = NULL, reply = excluded.reply, sha = excluded.sha,"
            " finished = excluded.finished WHERE state = 0",
            (key, reply, seal(key, reply), now, now),
        )

    def release(self, key: str, unsure: bool) -> None:
        """Give the call up. The attempt stays counted where nobody knows whether it was paid for."""
        self._db.execute(
            "UPDATE calls SET owner = NULL, attempts = attempts - ?"
            " WHERE key = ? AND state = 0 AND owner = ?",
            (int(not unsure), key, self._owners.me),
        )
        self._db.execute("DELETE FROM calls WHERE key = ? AND state = 0 AND attempts <= 0", (key,))

    def prune(self, before: float | None, max_bytes: int | None) -> int:
        """Delete stored replies finished before a time, then the oldest until the rest fit; how many."""
        gone = 0
        if before is not None:
            gone += self._db.execute("DELETE FROM calls WHERE state = 1 AND finished < ?", (before,)).rowcount
        if max_bytes is not None:
            gone += self._db.execute(
                "DELETE FROM calls WHERE state = 1 AND key IN (SELECT key FROM (SELECT key,"
                " sum(length(reply)) OVER (ORDER BY finished DESC, key) AS kept"
                " FROM calls WHERE state = 1) WHERE kept > ?)",
                (max_bytes,),
            ).rowcount
        return gone

    def shrink(self) -> None:
        """Give freed room back to the disk; outside a transaction."""
        self._db.execute("PRAGMA incremental_vacuum").fetchall()
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        self._db.close()

    def explained(self, error: sqlite3.Error) -> JournalError:
        """The same in words for a person; a damaged file is marked, so that the next start looks closer."""
        if _is_corrupt(error):
            self._owners.mark_suspect()
        return explained(self._path, error)

    def _take(self, key: str, task: str, attempts: int, *, damaged: bool = False) -> Claimed:
        self._db.execute(
            "INSERT INTO calls(key, state, owner, attempts, task, started) VALUES(?, 0, ?, ?, ?, ?)"
            " ON CONFLICT(key) DO UPDATE SET state = 0, owner = excluded.owner, attempts = excluded.attempts,"
            " reply = NULL, sha = NULL",
            (key, self._owners.me, attempts, task, self._clock()),
        )
        return Claimed("mine", attempts - 1, damaged=damaged)

    def _opened(self, on_corrupt: OnCorrupt) -> sqlite3.Connection:
        try:
            return self._usable()
        except sqlite3.Error as error:
            if not _is_corrupt(error) or on_corrupt != "salvage":
                raise self.explained(error) from error
        try:
            return self._saved()
        except sqlite3.Error as error:
            raise self.explained(error) from error

    def _saved(self) -> sqlite3.Connection:
        """A new file with the trusted rows of the damaged one, which is kept under another name."""
        kept = set_aside(self._path)
        rows = readable(kept, _create)
        good = [row for row in rows if row.state == 0 or seal(row.key, row.reply or "") == row.sha]
        db = self._usable()
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT OR IGNORE INTO calls VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", good)
        db.execute("COMMIT")
        self.salvaged = Salvaged(kept, sum(row.state for row in good))
        return db

    def _usable(self) -> sqlite3.Connection:
        _make_private(self._path)
        _refuse_torn(self._path)
        db = sqlite3.connect(self._path, timeout=TIMEOUT, isolation_level=None, check_same_thread=False)
        db.text_factory = lossy
        try:
            self._prepare(db)
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        if _number(db, "schema_version") == 0 and _number(db, "application_id") == 0:
            _create(db)
        self._recognise(db)
        if db.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise JournalError(
                f"The file system of {self._path} does not allow a write-ahead log.",
                next_step="Put the journal on a local disk.",
            )
        db.execute("PRAGMA synchronous = FULL")
        if self._owners.suspect() or self._path.stat().st_size < _CHECKED_AT_OPENING:
            _check(db)
            self._owners.clear_suspect()
        # A write now, so that a read-only or full disk is known before the first paid call.
        db.execute("INSERT OR REPLACE INTO meta VALUES('opened', ?)", (str(self._clock()),))

    def _recognise(self, db: sqlite3.Connection) -> None:
        if _number(db, "application_id") != APPLICATION:
            if _has_calls(db):
                raise _damage("its mark is gone")
            raise foreign(self._path)
        if (version := _number(db, "user_version")) > VERSION:
            raise JournalError(
                f"{self._path} was made by a newer quotewise: format {version}, and {VERSION} is known here.",
                next_step="Upgrade quotewise, or give another path.",
            )


def refuse_foreign(path: Path, known: bool) -> None:
    """Raise `JournalError` for a file that is not ours, before anything is made beside it.

    `known` says that the folder of owners stands beside it: then a strange file is a damaged journal.
    """
    if path.is_dir():
        raise JournalError(f"{path} is a directory.", next_step="Name a file in it.")
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(path, error) from error
    ours = head[:16] == _MAGIC and head[68:72] == APPLICATION.to_bytes(4, "big")
    if head and not ours and not known:
        raise foreign(path)


def foreign(path: Path) -> JournalError:
    """The error for a file that belongs to somebody else; it is not touched."""
    return JournalError(f"{path} is not a journal of quotewise.", next_step="Give another path.")


def seal(key: str, reply: str) -> str:
    """The sha256 of a row: of its key too, since a damaged index can lead to another row."""
    return hashlib.sha256(f"{key}\n{reply}".encode()).hexdigest()


def explained(path: Path, error: sqlite3.Error) -> JournalError:
    """A `JournalError` that says what is wrong with the file and who can put it right."""
    if _is_corrupt(error):
        return JournalError(
            f"The journal {path} is damaged; it was left as it is.",
            next_step=(
                "Move it away to begin anew, or open it once with quotewise.Journal(path,"
                " on_corrupt='salvage'), which keeps it aside and goes on with what can be read."
            ),
        )
    code = _code(error)
    if code == sqlite3.SQLITE_FULL:
        return JournalError(f"There is no room left for the journal {path}.", next_step="Free some room.")
    if code == sqlite3.SQLITE_BUSY:
        return JournalError(f"Another program keeps the journal {path} locked.", next_step="End it.")
    return JournalError(f"The journal {path} cannot be used: {error}.")


def _create(db: sqlite3.Connection) -> None:
    # The identity is written before the log is switched on, so that it stands in the file's own first page.
    db.execute(f"PRAGMA page_size = {PAGE}")
    db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    db.executescript(
        f"BEGIN IMMEDIATE; {_TABLES} PRAGMA application_id = {APPLICATION};"
        f" PRAGMA user_version = {VERSION}; COMMIT;"
    )


def _check(db: sqlite3.Connection) -> None:
    if (found := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise _damage(found)


def _has_calls(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'calls'").fetchone())


def _damage(what: str) -> sqlite3.DatabaseError:
    """The error that SQLite itself raises for a damaged file."""
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _make_private(path: Path) -> None:
    """Make the file for its owner alone where it is new (SQLite would let everybody read it)."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise unwritable(path, error) from error


def _refuse_torn(path: Path) -> None:
    """An emptied file beside a full log is damage; SQLite would take it as new and delete the log."""
    log = path.with_name(path.name + "-wal")
    if path.stat().st_size == 0 and log.exists() and log.stat().st_size > 0:
        raise _damage("the file is empty and its log is not")


def unwritable(path: Path, error: OSError) -> JournalError:
    """The error for a file that cannot be made or written."""
    return JournalError(
        f"The journal {path} cannot be written: {error.strerror or error}.",
        next_step="Give a path that can be written, or leave the journal out.",
    )


def _number(db: sqlite3.Connection, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])


def _is_corrupt(error: sqlite3.Error) -> bool:
    return _code(error) in _CORRUPT


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; its extended ones say the same in more detail."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
