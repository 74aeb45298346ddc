"""Who is alive among the processes that share a journal: each holds a lock that only its death frees.

Locks only; what an owner owns is the journal's business. A clock cannot tell a slow process from a dead
one, and a process number is reused; the kernel frees a file lock at any death, kill -9 included.
"""

from __future__ import annotations

import os
import re
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .._errors import JournalError

_LOOK = 0.02
"""Seconds between two looks at a lock, where the system cannot be asked to wait for it."""

if sys.platform == "win32":
    import msvcrt

    def take(fd: int, wait: bool) -> bool:
        """Lock the open file for this process; False where another holds it and `wait` is False."""
        while True:
            with suppress(PermissionError):  # what it raises where another holds it
                msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
                return True
            if not wait:
                return False
            time.sleep(_LOOK)
else:
    import fcntl

    def take(fd: int, wait: bool) -> bool:
        """Lock the open file for this process; False where another holds it and `wait` is False."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


_NAME = re.compile(r"[0-9a-f]{32}")


class Owners:
    """This process among the others that use one journal; `folder` holds one small file for each.

    `me` is this owner's name. Raises `JournalError` where the file system has no locks: two processes
    could then pay for the same call.
    """

    def __init__(self, folder: Path, *, lock: Callable[[int, bool], bool] = take) -> None:
        self._folder = folder
        self._lock = lock
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.me, self._fd = self._enrol()

    def alive(self, owner: str) -> bool:
        """Whether the process of that name still runs; sweeps its file away where it does not."""
        if owner == self.me:
            return True
        if not _NAME.fullmatch(owner):
            return False  # a damaged row must not name a file of somebody else's
        path = self._path(owner)
        try:
            fd = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            if not self._lock(fd, False):
                return True
            _remove(path)  # while it is locked: else an owner that just enrols could lose its file
        finally:
            os.close(fd)
        _remove(path)  # Windows removes no open file, and so none that an owner holds
        return False

    def sweep(self) -> None:
        """Remove what dead processes left."""
        for path in self._folder.glob("*.lock"):
            self.alive(path.stem)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the one lock that all owners share: for opening, salvaging and other rare, whole-file work."""
        fd = os.open(self._folder / "opening", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            self._locked(fd)
            yield
        finally:
            os.close(fd)

    def mark_suspect(self) -> None:
        """Note that the file looked damaged, for whoever opens it next."""
        with suppress(OSError):
            (self._folder / "suspect").touch()

    def suspect(self) -> bool:
        """Whether someone noted that the file looked damaged."""
        return (self._folder / "suspect").exists()

    def clear_suspect(self) -> None:
        """The file was looked through and is sound."""
        with suppress(OSError):
            (self._folder / "suspect").unlink()

    def forget(self) -> None:
        """In a forked child: let go of the parent's lock without freeing it, as closing one copy does."""
        os.close(self._fd)

    def leave(self) -> None:
        """Give up the lock and remove its file."""
        os.close(self._fd)
        _remove(self._path(self.me))

    def _enrol(self) -> tuple[str, int]:
        while True:
            me = uuid.uuid4().hex
            fd = os.open(self._path(me), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            try:
                self._locked(fd)
            except JournalError:
                os.close(fd)
                self._path(me).unlink()
                raise
            # Between making the file and locking it, another process may have swept it as a dead one's.
            if self._is_ours(self._path(me), fd):
                return me, fd
            os.close(fd)

    def _locked(self, fd: int) -> None:
        try:
            self._lock(fd, True)
        except OSError as error:
            raise JournalError(
                f"The file system of {self._folder} has no file locks ({error.strerror}).",
                next_step="Put the journal on a local disk.",
            ) from error

    def _is_ours(self, path: Path, fd: int) -> bool:
        with suppress(FileNotFoundError):
            return path.stat().st_ino == os.fstat(fd).st_ino
        return False

    def _path(self, owner: str) -> Path:
        return self._folder / f"{owner}.lock"


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError, PermissionError):
        path.unlink()
