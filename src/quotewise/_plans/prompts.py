"""Find, check, fill in and fingerprint the files in `prompts/`. The words themselves stand in those files.

Each file is a `string.Template`; the code that fills it declares its variables, and a file that asks for
others is an error at once, not at the model. The fingerprint of a file is in every result's trace.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from .._errors import PromptError

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_PACKAGED = Path(__file__).parents[1] / "prompts"
_CHECKOUT = Path(__file__).parents[3] / "prompts"


@dataclass(frozen=True)
class Prompt:
    """One prompt file: its words and the fingerprint that a trace names it by."""

    name: str
    template: Template
    fingerprint: str

    def fill(self, **values: object) -> str:
        """The words with every variable filled in; raises `PromptError` where file and code differ."""
        wanted = set(self.template.get_identifiers())
        if wanted != set(values):
            raise PromptError(
                f"The prompt file {self.name}.md has the variables {sorted(wanted)}, the code has "
                f"{sorted(values)}."
            )
        return self.template.substitute({k: str(v) for k, v in values.items()}).strip()


@cache
def load(name: str) -> Prompt:
    """The prompt file of that name, from the installed package or, in a checkout, from its `prompts/`."""
    if not _NAME.fullmatch(name):
        raise PromptError(f"{name!r} cannot be the name of a prompt file.")
    text = _read(name)
    return Prompt(name, Template(text), hashlib.sha256(text.encode()).hexdigest()[:12])


def fingerprints(*names: str) -> dict[str, str]:
    """What a trace says of the prompts in use.

    >>> sorted(fingerprints("system", "facts"))
    ['facts', 'system']
    """
    return {name: load(name).fingerprint for name in names}


def _read(name: str) -> str:
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    try:
        # Line ends as in the repository, whatever a checkout made of them: they are part of the prompt.
        return (folder / f"{name}.md").read_text(encoding="utf-8").replace("\r\n", "\n")
    except OSError:
        raise PromptError(f"The prompt file {name}.md is missing.") from None
