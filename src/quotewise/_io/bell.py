"""A bell that tasks on several event loops can wait for: one ring wakes all who listen.

Nothing else: what is waited for, and whether it is there, is the listener's own business.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future


class Bell:
    """Thread-safe; asyncio's own events belong to one loop, and a reader may be used from several."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listening: list[Future[None]] = []

    def listen(self) -> asyncio.Future[None]:
        """What is done at the next ring. Listen, then look, then await: no ring is missed."""
        ear: Future[None] = Future()
        with self._lock:
            self._listening.append(ear)
        return asyncio.wrap_future(ear)

    def ring(self) -> None:
        """Wake everyone who listens now."""
        with self._lock:
            listening, self._listening = self._listening, []
        for ear in listening:
            if ear.set_running_or_notify_cancel():
                ear.set_result(None)
