"""For the reference: examples in docstrings as code, not as the quotations that Markdown takes them for."""

from __future__ import annotations

import re
from typing import Any

import griffe

_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"(?:^>>> .*\n?(?:^(?!\s*$).*\n?)*)+", re.MULTILINE)


def with_fences(text: str) -> str:
    """The docstring with a fence around each example that has none.

    >>> print(with_fences("A sum.\\n\\n>>> 1 + 1\\n2"))
    A sum.
    <BLANKLINE>
    ```pycon
    >>> 1 + 1
    2
    ```
    """
    parts = _FENCED.split(text)
    return "".join(part if part.startswith("```") else _EXAMPLE.sub(_fenced, part) for part in parts)


def _fenced(example: re.Match[str]) -> str:
    return f"```pycon\n{example[0].rstrip()}\n```\n".rstrip() + ("\n" if example[0].endswith("\n") else "")


class Doctests(griffe.Extension):
    """Puts the fences in as each object is loaded."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Change the docstring before it is rendered."""
        if obj.docstring is not None:
            obj.docstring.value = with_fences(obj.docstring.value)
