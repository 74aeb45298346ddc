"""Bytes from a file, at most so many of them; the only module that opens what a caller names."""

from __future__ import annotations

from pathlib import Path

from .._errors import UnreadableError

LARGEST = 20_000_000
"""Bytes; a larger file is more likely a mistake than an article."""
_WORDS = 3
"""A name of so many words may be no name but a text."""


def contents(path: Path) -> bytes:
    """The bytes of a file, or of a pipe such as a shell's `<(...)`, up to `LARGEST`.

    Raises `UnreadableError` with the reason and the next step.
    """
    if "\x00" in str(path):
        raise UnreadableError(f"{str(path)!r} is no path.", next_step="Check the path.")
    try:
        if path.is_dir():
            raise UnreadableError(f"{path} is a directory.", next_step="Name a file in it.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
            size = max(len(data), path.stat().st_size)
    except FileNotFoundError:
        raise _missing(str(path)) from None
    except OSError as error:
        raise UnreadableError(
            f"{path} cannot be read: {error.strerror or error}.", next_step="Check its permissions."
        ) from None
    return within_limit(data, str(path), size)


def _missing(name: str) -> UnreadableError:
    """That a file is not there; what has words in it may be the text itself."""
    if len(name.split()) < _WORDS:
        return UnreadableError(f"There is no file {name}.", next_step="Check the path.")
    return UnreadableError(
        f"There is no file {name!r}.",
        next_step="Check the path; the words of a text go to the command on standard input, named -.",
    )


def within_limit(data: bytes, name: str, size: int | None = None) -> bytes:
    """The bytes themselves; raises `UnreadableError` where there are more than `LARGEST`."""
    size = len(data) if size is None else size
    if size > LARGEST:
        raise UnreadableError(
            f"{name} has {size / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} MB are read.",
            next_step="Split it, or pass its text to Article() if that is what you want.",
        )
    return data
