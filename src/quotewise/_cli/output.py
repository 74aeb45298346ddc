"""Writing for a terminal or a pipe: escaped where a terminal could be fooled, raw where a program reads."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from json import dumps
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, TextIO

import click
from pydantic import BaseModel

from .._errors import UsageError
from .._render.text import WIDTH, Line, lines, short, told_apart
from .._results import Result

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_MARK = re.compile(r"(\[\d+\]|^ *[-x] )")
_STYLES: dict[str, dict[str, Any]] = {
    "": {},
    "head": {"bold": True},
    "quote": {"dim": True},
    "dim": {"dim": True},
    "bad": {"fg": "red"},
}


def safe(text: str) -> str:
    r"""Text with control and direction characters written out, so that no article can drive a terminal.

    >>> print(safe("plain\x1b[31m red"))
    plain\x1b[31m red
    """
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def show(value: object, *, offsets: bool = False) -> None:
    """A result for a person, on stdout; where that is a terminal, in colour and as wide as it is.

    `offsets` also tells where each quote stands, in characters.
    """
    if not isinstance(value, Result):
        print(safe(str(value)))
        return
    width = min(WIDTH, get_terminal_size().columns) if sys.stdout.isatty() else WIDTH
    shown = _coloured if colours() else _plain
    told = "\n".join(shown(line) for line in lines(value, width, offsets=offsets))
    before, held, after = told_apart(short(value) if colours() else "", told)
    print(f"{before}{click.style(held, bold=True) if held else ''}{after}")


def _plain(line: Line) -> str:
    return safe(line.text)


def _coloured(line: Line) -> str:
    style = _STYLES[line.look]
    lead = {"fg": "red" if line.look == "bad" else "cyan"}
    pieces = _MARK.split(safe(line.text))
    return "".join(
        click.style(piece, **(lead if at % 2 else style)) for at, piece in enumerate(pieces) if piece
    )


def show_name(name: str) -> None:
    """The name of a file, above its result."""
    print((_coloured if colours() else _plain)(Line(f"== {name}", "head")))


def show_text(text: str, unsupported: Sequence[tuple[int, int]]) -> None:
    """A checked text on stdout, what is not supported underlined, or between >> and << in a pipe."""
    print(marked(text, unsupported, _underlined if colours() else _between).rstrip("\n"), end="\n\n")


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


def show_json(value: BaseModel, *, one_line: bool = False) -> None:
    """A result for a program, on stdout: one JSON object."""
    write_json(value.model_dump_json(indent=None if one_line else 2), sys.stdout)


def write_json(json: str, to: TextIO) -> None:
    """A line of JSON, or several that are one object; whatever the encoding it goes to, it stays JSON."""
    utf8 = codecs.lookup(to.encoding or "utf-8").name == "utf-8"
    print(json if utf8 else _BEYOND_ASCII.sub(lambda match: dumps(match[0])[1:-1], json), file=to, flush=True)


def speak_any_script() -> None:
    """Have stdout and stderr write out what their encoding cannot carry, rather than fail on it.

    A line on stdin that is not in its encoding is for whoever takes it to refuse. Raises `UsageError` where
    stdout is closed: what is paid for would go nowhere.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the process ends
    if sys.stdout is None:
        raise UsageError("Standard output is closed.", next_step="Send it to a file, or to /dev/null.")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")


def check_output(path: str, reads: Iterable[str | Path | None]) -> None:
    """Raise `UsageError` where no file can be written at a path, or where it is one of those that are read.

    For every file the command writes: before a reading is paid for, and before what is there is emptied.
    """
    file = Path(path).absolute()
    if any(name is not None and _is_one(file, name) for name in reads):
        raise UsageError(
            f"{path} is one of the files that are read, and would be written over.",
            next_step="Name another file.",
        )
    place = file if file.exists() else file.parent
    if file.is_dir() or not file.parent.is_dir() or not os.access(place, os.W_OK):
        raise UsageError(
            f"{path} cannot be written.", next_step="Name a file in a folder that is there and is yours."
        )


def _is_one(file: Path, name: str | Path) -> bool:
    """Whether both are the same file, by whatever way they are named; - is what standard input comes from."""
    try:
        return os.path.samefile(file, sys.stdin.fileno() if name == "-" and sys.stdin else name)
    except (OSError, ValueError):  # one of them is no file, or none yet
        return False


def write(page: str, path: str) -> None:
    """A page into a file; raises `UsageError` where it cannot be written."""
    try:
        Path(path).write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror or error}.", next_step="Name another file."
        ) from None


def write_page(page: str, path: str) -> None:
    """The same, and a line on stderr that it is there."""
    write(page, path)
    tell(f"The page was written to {path}.")


def tell(message: str) -> None:
    """Something for the person that is no result, on stderr."""
    print(safe(message), file=sys.stderr)
