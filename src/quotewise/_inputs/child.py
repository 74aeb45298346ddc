"""Parsing in a child process that may use so much memory and so much time, and nothing of ours.

The parent writes the bytes to the child's standard input and reads one JSON object from its output: what a
hostile file does to a parser stays in the child. What the parsers do stands in their own modules.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from .._errors import UnreadableError
from .._values import Span
from .document import Document

MEMORY = 1_000_000_000
"""Bytes of address space for a child. Where the system has no such limit (Windows; macOS in part), only the
time holds it."""
SECONDS = 30.0
"""Wall-clock seconds for one document, the child's start (a quarter of one) included. A PDF of many hundred
pages may need more."""
_PROGRAM = "from quotewise._inputs.parse import main; main()"
_KEPT = ("SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


def parsed(
    kind: str,
    data: bytes,
    name: str,
    *,
    options: Mapping[str, Any] | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Document:
    """The document that the parser of `kind` finds in `data`; `name` is how an error speaks of it.

    Raises `UnreadableError` for what cannot be parsed, in the time and the memory there are.
    """
    import subprocess  # most articles are plain text, and need no child

    order = {"kind": kind, "memory": memory, "seconds": seconds, "options": dict(options or {})}
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-c", _PROGRAM, json.dumps(order)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_much(name, f"it took more than {seconds:g} seconds") from None
    except OSError as error:
        raise UnreadableError(
            f"{name} cannot be parsed: no child process ({error.strerror}).",
            next_step="Free some memory or processes, or give its text.",
        ) from None
    return _document(name, done.stdout, done.returncode, memory)


def _environment() -> dict[str, str]:
    """The child finds the packages that we find, nothing that lies about where we stand, and no key."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _document(name: str, output: bytes, code: int, memory: int) -> Document:
    try:
        answer = json.loads(output)
    except ValueError:
        raise UnreadableError(
            f"{name} cannot be parsed: the parser stopped with code {code}.",
            next_step="It may be damaged: open it elsewhere and save it again, or give its text.",
        ) from None
    if "error" in answer:
        if answer["error"] == "memory":
            raise _too_much(name, f"it took more than {memory / 1e6:,.0f} MB of memory")
        raise UnreadableError(f"{name} {answer['error']}.", next_step=answer["next_step"])
    pages = tuple(Span(*page) for page in answer.pop("pages", ()))
    return Document(**answer, pages=pages)


def _too_much(name: str, what: str) -> UnreadableError:
    return UnreadableError(
        f"{name} was given up: {what}.", next_step="Give a smaller part of it, or its text."
    )
