"""From options to a way to a model: which transport, what lies around it, and how much the model can hold.

From the outside in: the journal (a stored reply is not paid for), the budget, the transport with its retries.
"""

from __future__ import annotations

from dataclasses import dataclass

from .._options import EXTRACTIVE, Budget, Options
from .._plans.reading import Limits
from .._text.tokens import count_tokens
from .journal import Journal, Journaled
from .limiter import LIMITERS
from .meter import Meter, Metered
from .prices import output_limit, window
from .transport import Transport

OPENAI = "https://api.openai.com/v1"
"""Where calls go when only a key is given."""

UNKNOWN_WINDOW = 32_000
"""Tokens assumed of a model that is not in the table: small enough for common local servers, and a server
that takes less says so, upon which the batch is halved."""


@dataclass(frozen=True)
class Connection:
    """A way to a model, and the journal that lies on it."""

    transport: Transport
    journal: Journal | None = None

    @property
    def in_doubt(self) -> int:
        """How many calls of this journal may have been paid twice, through kills."""
        return self.journal.in_doubt if self.journal else 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong with the journal and did not stop the run."""
        if self.journal is None:
            return ()
        told = {
            "stored replies were damaged and are paid for again": self.journal.damaged,
            "paid replies could not be stored": self.journal.unstored,
        }
        return tuple(f"journal: {number} {what}" for what, number in told.items() if number)

    async def aclose(self) -> None:
        """Let go of the transport's connections and of the journal."""
        try:
            await self.transport.aclose()
        finally:
            if self.journal:
                await self.journal.aclose()


def connect(options: Options) -> Connection:
    """The way to the model that the options name; raises `UsageError` before any call can be made."""
    transport = _metered(_transport(options), options.budget)
    if options.journal is None:
        return Connection(transport)
    journal = Journal(options.journal)
    return Connection(Journaled(transport, journal, base_url=options.base_url or options.model), journal)


def limits(options: Options) -> Limits:
    """What a call to this model can hold; the built-in engine reads any length at once."""
    if options.model == EXTRACTIVE:
        return Limits()
    output = min(4_000, output_limit(options.model) or 4_000)
    return Limits(window=window(options.model) or UNKNOWN_WINDOW, output=output)


def _transport(options: Options) -> Transport:
    if options.transport is not None:
        return options.transport
    if options.model == EXTRACTIVE:
        from .extractive import ExtractiveTransport

        return ExtractiveTransport()
    from .openai_transport import OpenAITransport

    base_url = options.base_url or OPENAI
    return OpenAITransport(
        options.model,
        base_url=base_url,
        api_key=options.api_key,
        timeout=options.timeout,
        limiter=LIMITERS.of(base_url, options.api_key, options.model),
    )


def _metered(transport: Transport, budget: Budget | None) -> Transport:
    if budget is None:
        return transport
    return Metered(transport, Meter(budget, transport.model, count=count_tokens))
