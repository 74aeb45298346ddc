"""Waiting for each other across event loops: a bell that wakes all who listen, and a lock kept in order.

Nothing else: what is waited for, and whether it is there, is the waiting one's own business. asyncio's own
events and locks belong to one loop; a reader may be used from several.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future


class Bell:
    """One ring wakes everyone who listens. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listening: list[Future[None]] = []

    async def until(self, ready: Callable[[], bool]) -> None:
        """Return once `ready()` is true; it is asked now and after each ring."""
        while not ready():
            ear: Future[None] = Future()
            with self._lock:
                self._listening.append(ear)
            if ready():  # a ring between the look above and the listening would be missed
                ear.cancel()
                return
            await asyncio.wrap_future(ear)

    def ring(self) -> None:
        """Wake everyone who listens now."""
        with self._lock:
            listening, self._listening = self._listening, []
        for ear in listening:
            if ear.set_running_or_notify_cancel():
                ear.set_result(None)


class Turns:
    """A lock that goes to whoever has waited longest. Thread-safe; use it with `async with`."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[Future[None]] = deque()

    async def __aenter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn: Future[None] = Future()
            self._waiting.append(turn)
        try:
            await asyncio.wrap_future(turn)
        except BaseException:  # cancelled, or closed by a loop that ended
            if not turn.cancel():  # the turn had come already, so it goes to the next
                self._hand_on()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._hand_on()

    def _hand_on(self) -> None:
        with self._guard:
            while self._waiting:
                turn = self._waiting.popleft()
                if turn.set_running_or_notify_cancel():
                    turn.set_result(None)
                    return
            self._taken = False
