"""What the pages take from the code when the site is built, so that they cannot tell another story.

A line `{{ schemas }}`, `{{ prompts }}`, `{{ commands }}` or `{{ faults }}` becomes what it names. The line
above it, which says so to whoever reads the page in a checkout, goes. There

    python docs/hooks.py docs/reference/wire.md

prints a page as the site has it.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from quotewise._cli.app import app, run
from quotewise._io.wire import strict_schema
from quotewise._plans import schemas as plan_schemas

_PROMPTS = Path(__file__).parents[1] / "prompts"
_PLACE = re.compile(r"^> .*`python docs/hooks\.py .*`.*\n\n\{\{ (\w+) \}\}$", re.MULTILINE)


def on_config(config: Any) -> Any:
    """Put every decision into the menu: a new page is a file and nothing else."""
    for part in config["nav"]:
        for rows in part.values():
            for row in rows if isinstance(rows, list) else ():
                if row.get("Decisions") == "decisions":
                    row["Decisions"] = [f"decisions/{path.name}" for path in _decisions()]
    return config


def _decisions() -> list[Path]:
    found = sorted((Path(__file__).parent / "decisions").glob("*.md"))
    return sorted(found, key=lambda path: path.name != "README.md")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Fill the places in, and drop the mark of blocks that the tests do not run: it is not for readers."""
    filled = _PLACE.sub(lambda place: _MAKERS[place[1]](), markdown)
    return filled.replace("```python notest\n", "```python\n")


def schemas() -> str:
    """Every schema that a reply must fit, in the form in which it is sent."""
    return "\n\n".join(
        f"### {schema.__name__}\n\n```json\n{json.dumps(strict_schema(schema), indent=2)}\n```"
        for schema in whole_schemas()
    )


def whole_schemas() -> list[type[BaseModel]]:
    """The schemas that stand for a whole reply: those that are no part of another."""
    own = [
        value
        for name, value in vars(plan_schemas).items()
        if name.startswith("Claimed") and inspect.isclass(value)
    ]
    parts = {name for schema in own for name in strict_schema(schema).get("$defs", {})}
    return [schema for schema in own if schema.__name__ not in parts]


def prompts() -> str:
    """Every prompt file, word for word."""
    return "\n\n".join(
        f"### {path.stem}\n\n```text\n{path.read_text(encoding='utf-8').strip()}\n```"
        for path in sorted(_PROMPTS.glob("*.md"))
    )


def commands() -> str:
    """What each command says of itself."""
    return "\n\n".join(f"### {name}\n\n```text\n{_help(name)}\n```" for name in sorted(app.commands))


def _help(name: str) -> str:
    with redirect_stdout(StringIO()) as out:
        run([name, "--help"])
    return out.getvalue().strip()


def faults() -> str:
    """The names of all faults with their first line, as a table."""
    return "\n".join(["| fault | what happens |", "|---|---|", *_fault_rows()])


def _fault_rows() -> Iterator[str]:
    from quotewise.testing import faults as module

    for name, value in vars(module).items():
        public = (
            not name.startswith("_") and value.__module__ == module.__name__ if callable(value) else False
        )
        if public and inspect.isfunction(value) and name != "broken_script":
            says = (inspect.getdoc(value) or "").partition("\n\n")[0].replace("\n", " ")
            yield f"| `{name}{_parameters(value)}` | {says} |"


def _parameters(function: Any) -> str:
    return f"({', '.join(inspect.signature(function).parameters)})"


_MAKERS = {"schemas": schemas, "prompts": prompts, "commands": commands, "faults": faults}

if __name__ == "__main__":
    print(on_page_markdown(Path(sys.argv[1]).read_text(encoding="utf-8")))
