"""Writing for a terminal or a pipe: escaped where a terminal could be fooled, raw where a program reads."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from shutil import get_terminal_size

import click
from pydantic import BaseModel

from .._errors import UsageError
from .._render.text import WIDTH
from .._render.text import result as in_words
from .._results import Result

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_MARK = re.compile(r"\[\d+\]|^ *[-x] ", re.MULTILINE)


def safe(text: str) -> str:
    r"""Text with control and direction characters written out, so that no article can drive a terminal.

    >>> print(safe("plain\x1b[31m red"))
    plain\x1b[31m red
    """
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def show(value: object) -> None:
    """A result for a person, on stdout; where that is a terminal, in colour and as wide as it is."""
    if isinstance(value, Result) and sys.stdout.isatty():
        text = safe(in_words(value, min(WIDTH, get_terminal_size().columns)))
    else:
        text = safe(str(value))
    print(_MARK.sub(_coloured, text) if colours() else text)


def show_text(text: str, unsupported: Sequence[tuple[int, int]]) -> None:
    """A checked text on stdout, what is not supported underlined, or between >> and << in a pipe."""
    print(marked(text, unsupported, _underlined if colours() else _between), end="\n\n")


def marked(text: str, spans: Sequence[tuple[int, int]], mark: Callable[[str], str]) -> str:
    """The text, safe for a terminal, with each span marked; spans that overlap are marked as one.

    >>> marked("It rained for two days.", [(10, 22)], _between)
    'It rained >>for two days<<.'
    """
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > max(at, start):
            parts += (safe(text[at:start]), mark(safe(text[max(at, start) : end])))
            at = end
    return "".join((*parts, safe(text[at:])))


def colours() -> bool:
    """Whether stdout is a terminal and nobody asked for none (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _between(words: str) -> str:
    return f">>{words}<<"


def _underlined(words: str) -> str:
    return click.style(words, fg="red", underline=True)


def _coloured(mark: re.Match[str]) -> str:
    return click.style(mark[0], fg="red" if mark[0].strip() == "x" else "cyan")


def show_json(value: BaseModel, *, one_line: bool = False) -> None:
    """A result for a program, on stdout: one JSON object."""
    print(value.model_dump_json(indent=None if one_line else 2))


def speak_any_script() -> None:
    """Have stdout and stderr write out what their encoding cannot carry, rather than fail on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def check_writable(path: str) -> None:
    """Raise `UsageError` where no file can be written at a path: before a reading is paid for, not after."""
    folder = Path(path).absolute().parent
    if not folder.is_dir() or Path(path).is_dir():
        raise UsageError(f"{path} cannot be written.", next_step="Name a file in a folder that is there.")


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
