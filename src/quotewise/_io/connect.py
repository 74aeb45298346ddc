"""From options to a way to a model: which transport, and what lies around it.

From the outside in: the journal (a stored reply is not paid for), the window, the budget, the transport with
its retries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from .._options import EXTRACTIVE, Budget, Options
from .._text.tokens import count_tokens
from .dialect import DIALECTS
from .journal import Journal, Journaled
from .limiter import LIMITERS
from .meter import Meter, Metered
from .transport import Transport
from .window import Windowed


def _nothing() -> None:
    """Nothing takes long."""


@dataclass(frozen=True)
class Connection:
    """A way to a model, and the journal on it where that is closed with it.

    `prepare` has ready what the first call needs and takes long to load, once; do it in a thread.
    """

    transport: Transport
    journal: Journal | None = None
    prepare: Callable[[], None] = _nothing

    async def aclose(self) -> None:
        """Let go of the transport's connections and of the journal of its own."""
        try:
            await self.transport.aclose()
        finally:
            if self.journal:
                await self.journal.aclose()


def connect(options: Options) -> Connection:
    """The way to the model that the options name; raises `UsageError` before any call can be made."""
    transport = _metered(_transport(options), options.budget)
    live = options.transport is None and options.model != EXTRACTIVE
    if live:
        transport = Windowed(transport, options)
    given, own = options.journal, None
    if given is not None:
        journal = given if isinstance(given, Journal) else Journal(given)
        own = None if journal is given else journal
        transport = Journaled(transport, journal, base_url=_where(options))
    prepare = partial(_prepare, options.budget is not None) if live else _nothing
    return Connection(transport, own, prepare)


@cache
def _prepare(counts: bool) -> None:
    from . import openai_transport, retry

    retry.prepare()
    openai_transport.prepare()
    if counts:
        count_tokens("")  # builds the vocabulary


def _transport(options: Options) -> Transport:
    if options.transport is not None:
        return options.transport
    if options.model == EXTRACTIVE:
        from .extractive import ExtractiveTransport

        return ExtractiveTransport()
    from .openai_transport import OPENAI_ADDRESS, OpenAITransport

    base_url = options.base_url or OPENAI_ADDRESS
    return OpenAITransport(
        options.model,
        base_url=base_url,
        api_key=options.api_key,
        timeout=options.timeout,
        dialects=DIALECTS,
        limiter=LIMITERS.of(base_url, options.api_key, options.model),
    )


def _where(options: Options) -> str:
    """What stands for the address in a journal's keys: a way of one's own may have none."""
    if options.base_url is not None:
        return options.base_url
    return options.model if options.transport is None else type(options.transport).__qualname__


def _metered(transport: Transport, budget: Budget | None) -> Transport:
    if budget is None:
        return transport
    return Metered(transport, Meter(budget, transport.model))
