"""From bytes to text: the only module of this layer that opens files."""

from __future__ import annotations

from pathlib import Path

from .._errors import UnreadableError

LARGEST = 20_000_000
"""Bytes; a larger file is more likely a mistake than an article."""


def text_file(path: Path, encoding: str | None = None) -> str:
    """The text of a file, decoded as `encoding` or, by default, as UTF-8 (with or without a mark) or UTF-16.

    Line ends are kept as they are. Raises `UnreadableError` with the reason and the next step.
    """
    return decode(_read(path), str(path), encoding)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableError(f"{path} is a directory.", next_step="Name a file in it.")
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableError(
                f"{path} has {size / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} MB are read.",
                next_step="Split it, or pass its text to Article() if that is what you want.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(f"There is no file {path}.", next_step="Check the path.") from None
    except OSError as error:
        raise UnreadableError(
            f"{path} cannot be read: {error.strerror or error}.", next_step="Check its permissions."
        ) from None


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """Bytes to text, exactly; `name` is how an error speaks of them."""
    try:
        return data.decode(encoding or _encoding_of(data))
    except LookupError:
        raise UnreadableError(f"There is no encoding {encoding!r}.", next_step="Check its name.") from None
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name} is not {error.encoding} text: byte {error.start} cannot be decoded.",
            next_step="Name its encoding (encoding='cp1252', say), or convert it to UTF-8.",
        ) from None


def _encoding_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8-sig"
