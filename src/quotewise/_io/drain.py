"""Ending a run without waste: the first Ctrl-C stops new calls, and those in flight end and are stored.

A flag and its signal, nothing else: a call in flight is already paid for, so cutting it off saves nothing.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from .._errors import QuotewiseError
from .._plans.core import Call, Reply
from .transport import Transport


class DrainingError(QuotewiseError):
    """No call was made, because the run is ending; what is stored is stored."""

    default_step = "Run it again to go on from here."


class Draining:
    """Whether a run is ending. `ask` is safe to call from a signal, a thread or a loop."""

    def __init__(self) -> None:
        self._asked = False

    @property
    def asked(self) -> bool:
        """True from the first `ask` on."""
        return self._asked

    def ask(self) -> None:
        """Start no further call."""
        self._asked = True

    def check(self) -> None:
        """Raise `DrainingError` where the run is ending; to be called before each call."""
        if self._asked:
            raise DrainingError("The run was interrupted.")

    @contextmanager
    def on_sigint(self, cancel: Callable[[], None]) -> Iterator[None]:
        """Within it the first Ctrl-C drains and the second calls `cancel`. For the main thread only."""

        def interrupted(_number: int, _frame: FrameType | None) -> None:
            if self._asked:
                cancel()
            self.ask()

        before = signal.signal(signal.SIGINT, interrupted)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


class Drained:
    """A transport that makes no call once its run is ending. In a journal, stored replies still come."""

    def __init__(self, transport: Transport, draining: Draining) -> None:
        self._transport = transport
        self._draining = draining

    @property
    def model(self) -> str:
        return self._transport.model

    async def send(self, call: Call) -> Reply:
        self._draining.check()
        return await self._transport.send(call)

    async def aclose(self) -> None:
        await self._transport.aclose()
