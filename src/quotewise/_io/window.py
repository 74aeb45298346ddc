"""A model's window: how much it can be given, and whether a server read all that it was sent.

Sizes only; reading in parts is the plans'. Some servers (Ollama) cut a prompt that is longer than their
window and answer 200: a model that was shown half an article answers as if that were all.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from .._errors import ContextOverflowError, QuotewiseError
from .._options import EXTRACTIVE, LEAST_WINDOW, Options
from .._plans.core import Call, Reply
from .._plans.reading import OVERHEAD, Limits
from .._plans.sizes import FREE, at_most, beside, said
from .._values import Usage
from .prices import output_limit, priced, prices_for, window
from .retry import Retry, tell
from .transport import Transport

UNKNOWN = 32_000
"""Tokens assumed of a model that is not in the table: small enough for common local servers, and a server
that takes less says so, upon which the batch is halved."""

_ANSWER = 4_000
"""Tokens kept free for an answer where the window is large enough."""

_SHARE = 0.52
"""The share of a small window instead: facts take a little more room than the sentences they are of."""

_LEAST = 256
"""Tokens of an answer that are always asked for; where even these find no room, the server says so."""

_READ = 0.9
"""The share of our count that a server must say it read. Tokenisers differ by more than that, so it decides
only together with a round figure, which is what a window is."""

_FAR_LESS = 0.5
"""Below this share any figure is noted. It may be a cut, or a server that leaves out what it had in its
cache (ollama#2068 in 2024, #16414 in 2026), so it is no error."""

FAR_LESS = (
    "window: for {} calls the server counted less than half of what was sent. If it cuts prompts,"
    " raise its window (num_ctx in Ollama) or give window="
)


def limits(options: Options) -> Limits:
    """What a call to this model can hold; the built-in engine reads any length at once."""
    if options.model == EXTRACTIVE:
        return Limits()
    size = _size(options)
    most = output_limit(options.model, prices_for(options.model, options.price))
    fair = int(_SHARE * (FREE * size - OVERHEAD))
    return Limits(window=size, output=min(_ANSWER, most or _ANSWER, fair))


def _size(options: Options) -> int:
    return options.window or window(options.model, prices_for(options.model, options.price)) or UNKNOWN


class Windowed:
    """A transport that asks for no more output than the window leaves, and finds out a prompt that was cut.

    Where the server says that its window is smaller than was thought, less output is asked for, if half of it
    is left: a shorter prompt serves better than an answer that is cut. Later calls go by that window at once.
    A cut prompt is a `ContextOverflowError`, upon which plans read in halves; put it inside the journal, so
    that the answer to half a prompt is not kept. A reply that may have been to such is remarked on.
    """

    def __init__(self, transport: Transport, options: Options) -> None:
        self._transport = transport
        self._size = _size(options)
        self._named: list[int] = []  # each smaller than those before; threads may add to it at once
        self._prices = prices_for(options.model, options.price)

    @property
    def model(self) -> str:
        return self._transport.model

    async def send(self, call: Call) -> Reply:
        sent = call
        if not surely_fits(call, min([self._size, *self._named])):
            sent = await asyncio.to_thread(self._with_room, call)  # the first count builds a vocabulary
        try:
            reply = await self._transport.send(sent)
        except ContextOverflowError as refused:
            self._remember(refused.window)
            sent = await asyncio.to_thread(_with_less, sent, refused)
            tell(Retry(1, 0.0, refused))
            reply = await self._again(sent, refused.usage or Usage())
        if sent.max_output < call.max_output:  # no more room is to be asked for
            reply = replace(reply, most=min(sent.max_output, reply.most or sent.max_output))
        read = reply.usage.input_tokens
        if cut(read, call):
            error = ContextOverflowError(
                f"The server read {read:,} tokens of a longer prompt: it cut the rest off without a word.",
                next_step=f"Raise the server's window (num_ctx in Ollama){_or_give(read)}.",
            )
            used = reply.usage
            error.usage = used if used.usd is not None else priced(used, self.model, self._prices)
            raise error
        return replace(reply, remarks=(*reply.remarks, FAR_LESS)) if far_less(read, call) else reply

    def _with_room(self, call: Call) -> Call:
        """The call with an output limit that the window leaves, and the smallest that a refusal has named."""
        known = fitted(call, self._size)
        return (_less(known, min(self._named)) if self._named else None) or known

    def _remember(self, window: int | None) -> None:
        if window is not None and LEAST_WINDOW <= window < min([self._size, *self._named]):
            self._named.append(window)

    async def _again(self, call: Call, spent: Usage) -> Reply:
        """The reply, or the error, with what was spent before."""
        try:
            reply = await self._transport.send(call)
        except QuotewiseError as error:
            error.usage = (error.usage or Usage()) + spent
            raise
        return replace(reply, usage=reply.usage + spent)

    async def aclose(self) -> None:
        await self._transport.aclose()


def _or_give(read: int) -> str:
    """The window to be told of; empty where it would be refused for its size."""
    return f", or give window={read}" if read >= LEAST_WINDOW else ""


def surely_fits(call: Call, size: int) -> bool:
    """Has the window room for the call as it is, so that nothing need be counted? Most calls are such."""
    return at_most(call) + call.max_output <= int(FREE * size)


def fitted(call: Call, size: int) -> Call:
    """The call with an output limit for which its window has room beside the prompt.

    A server that checks the sum (vLLM) refuses it otherwise, and half the text would not help.
    """
    usable = int(FREE * size) - said(call) - beside(call)
    return replace(call, max_output=max(_LEAST, min(call.max_output, usable)))


def _with_less(call: Call, refused: ContextOverflowError) -> Call:
    """The call with what the server's window leaves for the answer; raises where that is less than half."""
    less = None if refused.window is None else _less(call, refused.window)
    if less is None or less.max_output == call.max_output:
        raise refused
    return less


def _less(call: Call, window: int) -> Call | None:
    """The call with what a window leaves for the answer; None where that is less than half."""
    less = fitted(call, window)
    return less if less.max_output >= call.max_output / 2 else None


def cut(read: int, call: Call) -> bool:
    """Is what a server says it read a window's size, and less than what it was sent?"""
    is_round = read > 0 and (read % 256 == 0 or read % 500 == 0)
    return is_round and read < _READ * said(call)


def far_less(read: int, call: Call) -> bool:
    """Is what a server says it read so little that something may be missing?"""
    return 0 < read < _characters(call) / 6 and read < _FAR_LESS * said(call)


def _characters(call: Call) -> int:
    return sum(len(message.content) for message in call.messages)
