"""The child's program: takes its limits, reads bytes, prints what one parser finds as one JSON object.

Runs only as a process of its own, started by `child`; nothing else may import it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

from . import docx, html, pdf
from .found import MOST, Found, UnparsableError

_PARSERS: dict[str, Callable[..., Found]] = {"docx": docx.parse, "html": html.parse, "pdf": pdf.parse}


def main() -> None:
    """Parse standard input as `sys.argv[1]` says; whatever fails is an answer too."""
    order = json.loads(sys.argv[1])
    _limit(order["memory"], order["seconds"])
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    output, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115
    try:
        answer = _clean(_PARSERS[order["kind"]](data, **order["options"]))
    except UnparsableError as error:
        answer = {"error": error.why, "next_step": error.next_step}
    except (MemoryError, RecursionError):
        answer = {"error": "memory"}
    except Exception as error:  # noqa: BLE001 - a parser fails on damaged files in ways of its own
        what = f"cannot be parsed ({type(error).__name__}): it may be damaged"
        answer = {"error": what, "next_step": "Open it elsewhere and save it again, or give its text."}
    output.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    output.flush()
    os._exit(0)  # tearing down a tree a million levels deep can crash what was read well


def _limit(memory: int, seconds: float) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # a system without these limits
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _clean(found: Found) -> dict[str, Any]:
    if len(found["text"]) > MOST:
        raise UnparsableError(
            f"holds more than {MOST / 1e6:,.0f} million characters", "Give a smaller part of it."
        )
    if not found["text"].strip():
        raise UnparsableError("holds no text", "If it is a scan, run OCR on it first; else give its text.")
    return dict(found)
