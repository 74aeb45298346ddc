"""From options to a way to a model: which transport, and how much that model can be given."""

from __future__ import annotations

from .._options import EXTRACTIVE, Options
from .._plans.reading import Limits
from .prices import output_limit, window
from .transport import Transport

UNKNOWN_WINDOW = 32_000
"""Tokens assumed of a model that is not in the table: small enough for common local servers, and a server
that takes less says so, upon which the batch is halved."""


def connect(options: Options) -> Transport:
    """The transport that was given, else the built-in engine or an OpenAI-compatible address."""
    if options.transport is not None:
        return options.transport
    if options.model == EXTRACTIVE:
        from .extractive import ExtractiveTransport

        return ExtractiveTransport()
    from .openai_transport import OpenAITransport

    return OpenAITransport(
        model=options.model, base_url=options.base_url, api_key=options.api_key, timeout=options.timeout
    )


def limits(options: Options) -> Limits:
    """What a call to this model can hold; the built-in engine reads any length at once."""
    if options.model == EXTRACTIVE:
        return Limits()
    return Limits(
        window=window(options.model) or UNKNOWN_WINDOW,
        output=min(4_000, output_limit(options.model) or 4_000),
    )
