"""The options that several commands share, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from .._options import Budget, OptionsGiven

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path()
"""Not checked here, where an address or - is as good; named so that shells complete file names."""

COUNT = click.IntRange(min=1)

files = click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
as_json = click.option("--json", "json", is_flag=True, help="One JSON object for each result.")
as_markdown = click.option("--markdown", is_flag=True, help="Markdown, the quotes as footnotes.")
html = click.option(
    "--html", type=FILE, metavar="FILE", help="Write a page with claims and source side by side."
)
focus = click.option("--focus", help="A topic or a question to keep to.")
words = click.option("--words", type=COUNT, default=120, show_default=True, help="At most this many words.")
points = click.option("--points", type=COUNT, help="At most this many claims.")
limit = click.option("--limit", type=COUNT, help="At most this many facts.")
together = click.option(
    "--together", is_flag=True, help="Read the files as one: one result, each quote with its article."
)
allow_partial = click.option("--allow-partial", is_flag=True, help="Take what could be read.")

_SOURCES = (
    click.option("--encoding", help="The files' encoding, where it is not UTF-8."),
    click.option(
        "--allow-private",
        is_flag=True,
        help="Also read pages of hosts that are not public, such as your own.",
    ),
)
_MODEL = (
    click.option("--model", help="The model's name. Without a key: 'extractive', the built-in engine."),
    click.option("--base-url", metavar="URL", help="Where an OpenAI-compatible API begins, often in /v1."),
    click.option(
        "--budget",
        type=click.FloatRange(min=0, min_open=True),
        metavar="USD",
        help="Stop before this many dollars are spent.",
    ),
    click.option(
        "--journal", type=FILE, metavar="FILE", help="Keep paid replies there; the same run pays only once."
    ),
    click.option("--window", type=int, metavar="TOKENS", help="What the model takes, prompt and answer."),
    click.option("-v", "--verbose", is_flag=True, help="Tell on stderr what happens, call by call."),
)


def encoding(command: F) -> F:
    """The options that say how files and pages are read."""
    return _all(command, *_SOURCES)


def model(command: F) -> F:
    """The options that say who reads, at what price, and what is told meanwhile."""
    return _all(command, *_MODEL, *_SOURCES)


def reading(command: F) -> F:
    """The options of every command that reads articles with a model and shows what comes of it."""
    return _all(command, files, together, as_json, as_markdown, html, *_MODEL, allow_partial, *_SOURCES)


def given(
    model: str | None,
    base_url: str | None,
    budget: float | None,
    journal: str | Path | None = None,
    window: int | None = None,
) -> OptionsGiven:
    """What the command line says of the reader; the rest comes from the environment."""
    options = OptionsGiven(model=model, base_url=base_url, journal=journal, window=window)
    if budget is not None:
        options["budget"] = Budget(usd=budget)
    return options


def _all(command: F, *options: Callable[[F], F]) -> F:
    for option in reversed(options):
        command = option(command)
    return command
