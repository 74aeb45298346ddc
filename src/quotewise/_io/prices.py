"""What tokens cost and how many a model takes, from the dated table in `prices.json` or from the user.

Prices and windows only; who counts and who stops is `meter`. An unknown price is None, never 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from .._errors import UsageError
from .._values import Usage

_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_FIELDS = ("input", "cached", "written", "output")


@dataclass(frozen=True, slots=True)
class Price:
    """One model: US dollars per 1,000,000 tokens, and its limits in tokens; None where not known.

    `window` is the whole context, prompt and answer together. A call whose input is longer than
    `long_above` tokens is billed at `long_input` and `long_output` times the price, all of it.
    """

    input: float | None = None
    cached: float | None = None
    written: float | None = None
    output: float | None = None
    window: int | None = None
    max_output: int | None = None
    long_above: int | None = None
    long_input: float = 1.0
    long_output: float = 1.0
    source: str = ""

    @property
    def known(self) -> bool:
        """Whether input and output both have a price."""
        return self.input is not None and self.output is not None

    def cost(self, usage: Usage, *, longest: int | None = None) -> float | None:
        """US dollars for one answer, None where the price is unknown and there is something to pay.

        Cached and written tokens without a price of their own are billed as input. The surcharge on long
        input is a matter of one answer, whatever it took to get it. Of a `usage` that sums several, give the
        `longest` input among them: where that one has the surcharge, all are taken to have it.
        """
        if not usage.input_tokens and not usage.output_tokens:
            return 0.0
        if self.input is None or self.output is None:
            return None
        cached = self.input if self.cached is None else self.cached
        written = self.input if self.written is None else self.written
        plain = max(0, usage.input_tokens - usage.cached_tokens - usage.written_tokens)
        paid = plain * self.input + usage.cached_tokens * cached + usage.written_tokens * written
        long = self._long(usage.input_tokens if longest is None else longest)
        times_in, times_out = (self.long_input, self.long_output) if long else (1.0, 1.0)
        return (paid * times_in + usage.output_tokens * self.output * times_out) / 1e6

    def worst(self, input_tokens: int, output_tokens: int) -> float | None:
        """The most that one call of this size can cost: every input token at its dearest price."""
        if self.input is None:
            return None
        dearest = replace(self, input=max(self.input, self.written or 0.0, self.cached or 0.0))
        return dearest.cost(Usage(calls=1, input_tokens=input_tokens, output_tokens=output_tokens))

    def _long(self, input_tokens: int) -> bool:
        return self.long_above is not None and input_tokens > self.long_above


@dataclass(frozen=True, slots=True)
class Prices:
    """A table of prices by model name, with the date at which they were collected."""

    models: Mapping[str, Price] = field(default_factory=dict)
    date: str = ""

    def of(self, model: str) -> Price:
        """The price of a model; a dated snapshot (`gpt-x-2026-09-22`) has the price of its family.

        A model that is not in the table has a price with nothing known in it.
        """
        return self.models.get(model) or self.models.get(_DATED.sub("", model)) or Price()

    def with_(self, models: Mapping[str, Mapping[str, Any]]) -> Prices:
        """This table with the user's own entries on top, in the shape of `prices.json`.

        An entry replaces the shipped one as a whole. Raises `UsageError` for an unknown field or a price
        that is not a number from 0 up.

        >>> shipped().with_({"my-model": {"input": 1, "output": 2}}).of("my-model").known
        True
        """
        own = {name: _price(name, entry) for name, entry in models.items()}
        return replace(self, models={**self.models, **own})


@lru_cache(maxsize=1)
def shipped() -> Prices:
    """The table that comes with the library."""
    file = resources.files(__package__).joinpath("prices.json")
    table = json.loads(file.read_text(encoding="utf-8"))
    return Prices({name: _price(name, entry) for name, entry in table["models"].items()}, table["date"])


def cost(
    usage: Usage, model: str, prices: Prices | None = None, *, longest: int | None = None
) -> float | None:
    """US dollars for one answer's usage, None where the price is unknown; see `Price.cost` for `longest`.

    >>> cost(Usage(calls=1, input_tokens=1_000_000), "gpt-6-luna")
    0.2
    >>> cost(Usage(calls=1, input_tokens=10), "some-local-model") is None
    True
    """
    return (prices or shipped()).of(model).cost(usage, longest=longest)


def priced(usage: Usage, model: str, *, longest: int | None = None) -> Usage:
    """The usage with what it `cost` in `usd`; None where the model's price is unknown."""
    return usage.model_copy(update={"usd": cost(usage, model, longest=longest)})


def window(model: str, prices: Prices | None = None) -> int | None:
    """How many tokens the model takes, prompt and answer together; None where not known."""
    return (prices or shipped()).of(model).window


def output_limit(model: str, prices: Prices | None = None) -> int | None:
    """How many tokens the model's answer may have; None where not known."""
    return (prices or shipped()).of(model).max_output


def _price(name: str, entry: Mapping[str, Any]) -> Price:
    known = {*_FIELDS, "window", "max_output", "long", "source"}
    if strange := sorted(entry.keys() - known):
        raise UsageError(f"The price of {name} has unknown fields: {', '.join(strange)}.")
    for key in _FIELDS:
        _from_zero(name, key, entry.get(key))
    long = entry.get("long") or {}
    plain = {key: value for key, value in entry.items() if key != "long"}
    return Price(
        **plain,
        long_above=long.get("above"),
        long_input=long.get("input", 1.0),
        long_output=long.get("output", 1.0),
    )


def _from_zero(name: str, key: str, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
        raise UsageError(
            f"The price of {name} has {key}={value!r}.",
            next_step="Give US dollars per 1,000,000 tokens, or null where it is not known.",
        )
