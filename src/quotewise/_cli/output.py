"""Writing for a terminal or a pipe: escaped where a terminal could be fooled, raw where a program reads."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pydantic import BaseModel

from .._errors import UsageError

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    r"""Text with control and direction characters written out, so that no article can drive a terminal.

    >>> print(safe("plain\x1b[31m red"))
    plain\x1b[31m red
    """
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def show(value: object) -> None:
    """A result for a person, on stdout."""
    print(safe(str(value)))


def show_json(value: BaseModel, *, one_line: bool = False) -> None:
    """A result for a program, on stdout: one JSON object."""
    print(value.model_dump_json(indent=None if one_line else 2))


def write(page: str, path: str) -> None:
    """A page into a file; raises `UsageError` where it cannot be written."""
    try:
        Path(path).write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror or error}.", next_step="Name another file."
        ) from None


def tell(message: str) -> None:
    """Something for the person that is no result, on stderr."""
    print(safe(message), file=sys.stderr)
