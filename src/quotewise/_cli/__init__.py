"""The command `quotewise`. Results go to stdout, everything else to stderr; no traceback reaches a user."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> None:
    """Run the command and end the process with its exit code.

    0 done; 1 done, but incomplete or not supported; 2 wrong usage or unreadable input; 3 the model or the
    network failed; 130 interrupted.
    """
    try:
        from .app import run

        code = run(arguments)
    except KeyboardInterrupt:  # while importing, before `run` could catch it
        print("quotewise: interrupted.", file=sys.stderr)
        code = 130
    sys.exit(code)
