"""The options that several commands share, each declared once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from .._errors import UsageError
from .._options import Budget, CheckMode, OptionsGiven

if TYPE_CHECKING:
    from .._io.prices import Price

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path()
"""Not checked here, where an address or - is as good; named so that shells complete file names."""

COUNT = click.IntRange(min=1)

_AMOUNT = re.compile(
    r"\$?(?P<number>-?\d*\.?\d+) *(?P<times>[km]?) *(?P<unit>calls?|tokens?|usd|)", re.IGNORECASE
)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}


def budget_of(amount: str) -> Budget:
    """A limit as it is typed: dollars, or calls or tokens by name; raises `UsageError` for what is none.

    >>> budget_of("0.50"), budget_of("50calls"), budget_of("200k tokens")  # doctest: +NORMALIZE_WHITESPACE
    (Budget(usd=0.5, tokens=None, calls=None), Budget(usd=None, tokens=None, calls=50),
     Budget(usd=None, tokens=200000, calls=None))
    """
    found = _AMOUNT.fullmatch(amount.strip())
    if found is None:
        raise UsageError(
            f"{amount!r} is no budget.", next_step="Give dollars, calls or tokens: 0.50, 50calls, 200ktokens."
        )
    number = float(found["number"]) * _TIMES[found["times"].lower()]
    limit = {"c": "calls", "t": "tokens"}.get(found["unit"][:1].lower(), "usd")
    whole = limit != "usd" and number.is_integer()
    return Budget(**{limit: int(number) if whole else number})  # type: ignore[arg-type]  # half a call is refused


class _Budget(click.ParamType[Budget]):
    """`--budget`: see `budget_of`."""

    name = "budget"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Budget:
        try:
            return value if isinstance(value, Budget) else budget_of(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)


class _Price(click.ParamType["Price"]):
    """`--price`: dollars for a million tokens in and out."""

    name = "price"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Price:
        from .._io.prices import Price

        if isinstance(value, Price):
            return value
        try:
            given, written = map(float, value.split(","))
            return Price(input=given, output=written)
        except ValueError:  # a UsageError is one too
            self.fail(
                f"{value!r} is no price; give dollars per million tokens in and out: 0.15,0.60.", param, ctx
            )


def _no_key(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        raise click.UsageError(
            "Give the key as OPENAI_API_KEY in the environment: others can see a command's arguments.", ctx
        )


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
    click.option("--api-key", hidden=True, expose_value=False, callback=_no_key),  # somebody tries it
    click.option("--base-url", metavar="URL", help="Where an OpenAI-compatible API begins, often in /v1."),
    click.option(
        "--budget",
        type=_Budget(),
        metavar="AMOUNT",
        help="Stop before this is spent: dollars (0.50), calls (50calls) or tokens (200ktokens).",
    ),
    click.option(
        "--price",
        type=_Price(),
        metavar="IN,OUT",
        help="Dollars per million tokens in and out, of a model whose price is unknown: 0.15,0.60.",
    ),
    click.option(
        "--journal", type=FILE, metavar="FILE", help="Keep paid replies there; the same run pays only once."
    ),
    click.option("--window", type=int, metavar="TOKENS", help="What the model takes, prompt and answer."),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="For one attempt, its whole answer included; 120 unless told.",
    ),
    click.option("--concurrency", type=COUNT, metavar="N", help="Calls in flight at once; 8 unless told."),
    click.option(
        "--check",
        type=click.Choice(["rules", "llm"]),
        help="'llm' also asks the model about claims in doubt, which costs calls.",
    ),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Who reads and within what limits, as the command line says it; None leaves it to the environment."""

    model: str | None = None
    base_url: str | None = None
    budget: Budget | None = None
    price: Price | None = None
    journal: str | Path | None = None
    window: int | None = None
    timeout: float | None = None
    concurrency: int | None = None
    check: CheckMode | None = None

    @property
    def given(self) -> OptionsGiven:
        """The same as a reader takes it."""
        named = {field.name: getattr(self, field.name) for field in fields(Settings)}
        return cast(OptionsGiven, {name: value for name, value in named.items() if value is not None})


def _all(command: F, *options: Callable[[F], F]) -> F:
    for option in reversed(options):
        command = option(command)
    return command
