"""What a caller may choose, as frozen values that are checked when they are made.

Only choices stand here, with their checks; what follows from them is in `_io` and `_reader`.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

from ._errors import NoModelError, UsageError

if TYPE_CHECKING:
    from ._io.transport import Transport
    from .events import Listener

EXTRACTIVE = "extractive"
"""The model name of the built-in engine, which needs no key and no network."""

DEFAULT_MODEL = "gpt-6-luna"
"""What a key is used with when no model is named: the cheapest of its provider on 2026-11-22."""

LEAST_WINDOW = 2_000
"""Tokens; with less, instructions and schema leave no room for sentences and an answer."""

CheckMode = Literal["rules", "llm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A hard limit on what may be spent; at least one of the three, each above 0.

    `usd` is US dollars, `tokens` counts input and output together, `calls` every attempt, the failed ones
    too. Each call is reserved at its worst case before it is made, so a run stops a little early rather
    than a little late. A limit in dollars needs a model whose price is known. Raises `UsageError`.

    >>> Budget(usd=0.5)
    Budget(usd=0.5, tokens=None, calls=None)
    """

    usd: float | None = None
    tokens: int | None = None
    calls: int | None = None

    def __post_init__(self) -> None:
        given = {f.name: v for f in fields(self) if (v := getattr(self, f.name)) is not None}
        if not given:
            raise UsageError("This budget has no limit.", next_step="Give usd=, tokens= or calls=.")
        for name, value in given.items():
            _above_zero(name, value)


def _above_zero(name: str, value: object) -> None:
    kinds = (int, float) if name == "usd" else (int,)
    if isinstance(value, bool) or not isinstance(value, kinds) or not math.isfinite(value) or value <= 0:
        what = "a number" if name == "usd" else "a whole number"
        raise UsageError(f"A budget of {name}={value!r} is not {what} above 0.", next_step="Give more.")


class OptionsGiven(TypedDict, total=False):
    """What `Reader` and the functions take by keyword; `Options` says what each means."""

    model: str | None
    base_url: str | None
    api_key: str | None
    transport: Transport | None
    budget: Budget | None
    journal: str | Path | None
    concurrency: int
    timeout: float
    window: int | None
    repair: bool
    check: CheckMode
    on_event: Listener | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How articles are read. Raises `UsageError` for a value out of range, before any call.

    - `model`: the model's name, or `"extractive"` for the built-in engine.
    - `base_url`: where an OpenAI-compatible server's API begins, often ending in `/v1`.
    - `api_key`: never shown in a repr, error or log.
    - `transport`: your own way to a model, in place of the two above.
    - `budget`: a hard limit; without one a run may cost what its estimate says.
    - `journal`: a file in which paid replies are kept, so that no call is paid twice. Replies quote and
      retell the article, so it holds what the article says: keep it as you keep the article.
    - `concurrency`: calls in flight at once, 8 unless told; a kill can waste that many.
    - `timeout`: seconds for one attempt, its whole body included; 120 unless told. A reasoning model may
      need more, and a call that times out may still be billed.
    - `window`: tokens that the model takes, prompt and answer together. Unless told it is that of the price
      table, and 32,000 for a model that is not in it: too many for some local servers, which cut the rest
      off without a word.
    - `repair`: ask once more for claims that fail the check; without it they are only set apart.
    - `check`: `"rules"` costs nothing; `"llm"` also asks a model about claims in doubt.
    - `on_event`: called with each event of a run.
    """

    model: str = EXTRACTIVE
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    transport: Transport | None = None
    budget: Budget | None = None
    journal: str | Path | None = None
    concurrency: int = 8
    timeout: float = 120.0
    window: int | None = None
    repair: bool = True
    check: CheckMode = "rules"
    on_event: Listener | None = None

    def __post_init__(self) -> None:
        whole = isinstance(self.concurrency, int) and not isinstance(self.concurrency, bool)
        if not whole or not isinstance(self.timeout, int | float):
            raise UsageError("concurrency is a whole number, timeout a number.", next_step="Give numbers.")
        if self.budget is not None and not isinstance(self.budget, Budget):
            raise UsageError("A budget is a Budget.", next_step="Give Budget(usd=...), tokens= or calls=.")
        if self.concurrency < 1:
            raise UsageError(
                f"A concurrency of {self.concurrency} makes no calls.", next_step="Give 1 or more."
            )
        if not self.timeout > 0:
            raise UsageError(f"A timeout of {self.timeout} seconds allows no answer.", next_step="Give more.")
        if self.window is not None and (not isinstance(self.window, int) or self.window < LEAST_WINDOW):
            raise UsageError(
                f"A window of {self.window!r} tokens has no room for instructions, sentences and an answer.",
                next_step=f"Give {LEAST_WINDOW:,} or more.",
            )
        if self.check not in ("rules", "llm"):
            raise UsageError(f"There is no check {self.check!r}.", next_step="Give 'rules' or 'llm'.")


def resolve(
    given: OptionsGiven, environment: Mapping[str, str] = os.environ, *, calls: bool = True
) -> Options:
    """What was given, the rest from `OPENAI_API_KEY`, `OPENAI_BASE_URL` and `QUOTEWISE_MODEL`.

    With neither a key nor an address, the model is `"extractive"`. Raises `NoModelError` for a model that
    needs a key when there is none, unless no `calls` are to be made.

    >>> resolve({}, {}).model
    'extractive'
    >>> resolve({}, {"OPENAI_API_KEY": "sk-test"}).model
    'gpt-6-luna'
    """
    transport = given.get("transport")
    if transport is not None:
        environment = {}  # a way of one's own has its own address, key and model
    key = given.get("api_key") or environment.get("OPENAI_API_KEY") or None
    base_url = given.get("base_url") or environment.get("OPENAI_BASE_URL") or None
    named = given.get("model") or environment.get("QUOTEWISE_MODEL") or None
    model = named or (transport.model if transport else DEFAULT_MODEL if key or base_url else EXTRACTIVE)
    if calls and model != EXTRACTIVE and transport is None and not (key or base_url):
        raise NoModelError(
            f"The model {model!r} needs a key.",
            next_step="Set OPENAI_API_KEY, give base_url of your own server, or use the model 'extractive'.",
        )
    unknown = sorted(set(given) - {field.name for field in fields(Options)})
    if unknown:
        raise UsageError(f"There is no option {unknown[0]!r}.", next_step="See help(quotewise.Options).")
    rest: OptionsGiven = {**given, "model": model, "base_url": base_url, "api_key": key}
    return Options(**rest)  # type: ignore[arg-type]  # a TypedDict with None where a default stands
