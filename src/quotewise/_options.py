"""What a caller may choose, as frozen values that are checked when they are made.

Only choices stand here, with their checks; what follows from them is in `_io` and `_reader`.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Literal, TypedDict

from ._errors import NoModelError, UsageError
from ._io.address import place

if TYPE_CHECKING:
    from ._io.journal import Journal
    from ._io.prices import Price
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
    than a little late. A limit in dollars needs a model whose price is known, or a `price`. Raises
    `UsageError`.

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


_KINDS: dict[str, tuple[type, ...]] = {
    "model": (str,),
    "base_url": (str, NoneType),
    "api_key": (str, NoneType),
    "budget": (Budget, NoneType),
    "concurrency": (int,),
    "timeout": (int, float),
    "window": (int, NoneType),
    "repair": (bool,),
}


def _of_a_kind(name: str, value: object, kinds: tuple[type, ...]) -> None:
    """Raises `UsageError` for a value of another kind; True is no number, though Python takes it for 1."""
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise _no_kind(name, value)


def _no_kind(name: str, value: object) -> UsageError:
    """The error for such a value, which is not shown: it may be a key."""
    return UsageError(
        f"The option {name} cannot be of type {type(value).__name__}.",
        next_step="See help(quotewise.Options).",
    )


def _is_awaited(listener: Listener) -> bool:
    from inspect import iscoroutinefunction  # here, because few listen

    return iscoroutinefunction(listener) or iscoroutinefunction(type(listener).__call__)


class OptionsGiven(TypedDict, total=False):
    """What `Reader` and the functions take by keyword; `Options` says what each means."""

    model: str | None
    base_url: str | None
    api_key: str | None
    transport: Transport | None
    budget: Budget | None
    price: Price | None
    journal: str | Path | Journal | None
    concurrency: int
    timeout: float
    window: int | None
    repair: bool
    check: CheckMode
    on_event: Listener | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How articles are read. Raises `UsageError` for a value that cannot be, before any call.

    - `model`: the model's name, or `"extractive"` for the built-in engine; `""` leaves it to the environment.
    - `base_url`: where an OpenAI-compatible server's API begins, often ending in `/v1`.
    - `api_key`: never shown in a repr, error or log. It is sent to `base_url`, whatever that is, and so is
      the `OPENAI_API_KEY` of the environment where you give none; `""` sends none.
    - `transport`: your own way to a model, in place of the two above. A journal knows its replies by its
      class and its `model`; where two of one class go to different places, tell them apart by `base_url`.
    - `budget`: a hard limit; without one a run may cost what its estimate says.
    - `price`: what the model's tokens cost, a `Price`; unless told it is that of the package's table, and
      unknown for a model that is not in it. A budget in dollars needs it.
    - `journal`: a file in which paid replies are kept, so that no call is paid twice, or a `Journal` that
      you opened, and close yourself. Replies quote and retell the article, so it holds what the article says:
      keep it as you keep the article.
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
    price: Price | None = None
    journal: str | Path | Journal | None = None
    concurrency: int = 8
    timeout: float = 120.0
    window: int | None = None
    repair: bool = True
    check: CheckMode = "rules"
    on_event: Listener | None = None

    def __post_init__(self) -> None:
        for name, kinds in _KINDS.items():
            _of_a_kind(name, getattr(self, name), kinds)
        if not self.model.strip() and self.transport is None:
            raise UsageError("The model has no name.", next_step="Name it, or leave model out.")
        # Told by what they can do: their classes are not imported before they are needed.
        if self.price is not None and not hasattr(self.price, "worst"):
            raise _no_kind("price", self.price)
        if not hasattr(self.journal, "once"):
            _of_a_kind("journal", self.journal, (str, os.PathLike, NoneType))
        if self.on_event is not None and not callable(self.on_event):
            raise _no_kind("on_event", self.on_event)
        if self.on_event is not None and _is_awaited(self.on_event):
            raise UsageError("on_event is called and not awaited.", next_step="Give it a plain function.")
        if self.concurrency < 1:
            raise UsageError(
                f"A concurrency of {self.concurrency} makes no calls.", next_step="Give 1 or more."
            )
        if not self.timeout > 0:
            raise UsageError(f"A timeout of {self.timeout} seconds allows no answer.", next_step="Give more.")
        if self.window is not None and self.window < LEAST_WINDOW:
            raise UsageError(
                f"A window of {self.window!r} tokens has no room for instructions, sentences and an answer.",
                next_step=f"Give {LEAST_WINDOW:,} or more.",
            )
        if self.check not in ("rules", "llm"):
            raise UsageError(f"There is no check {self.check!r}.", next_step="Give 'rules' or 'llm'.")

    def __repr__(self) -> str:
        """Without the key, and of the address only what cannot be one."""
        shown = {f.name: getattr(self, f.name) for f in fields(self) if f.repr}
        if self.base_url is not None:
            shown["base_url"] = place(self.base_url)
        return f"Options({', '.join(f'{name}={value!r}' for name, value in shown.items())})"


def resolve(
    given: OptionsGiven, environment: Mapping[str, str] = os.environ, *, calls: bool = True
) -> Options:
    """What was given, the rest from `OPENAI_API_KEY`, `OPENAI_BASE_URL` and `QUOTEWISE_MODEL`.

    An empty variable, model or address is none; an `api_key` of `""` sends none, whatever the environment
    holds. With neither a key nor an address, the model
    is `"extractive"`. Raises `NoModelError` for a model that needs a key when there is none, unless no
    `calls` are to be made.

    >>> resolve({}, {}).model
    'extractive'
    >>> resolve({}, {"OPENAI_API_KEY": "sk-test"}).model
    'gpt-6-luna'
    """
    transport = given.get("transport")
    if transport is not None:
        if not hasattr(transport, "send"):
            raise _no_kind("transport", transport)
        environment = {}  # a way of one's own has its own address, key and model
    own = given.get("api_key")
    key = (environment.get("OPENAI_API_KEY") if own is None else own) or None
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
