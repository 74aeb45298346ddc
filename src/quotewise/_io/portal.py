"""A private event loop in a thread, so that synchronous code can wait for coroutines.

This is what lets the sync API share every line with the async one, work inside a running event loop (a
notebook) and hold a total deadline over a body that drips. What runs on the loop is no business of this
module. The same idea as anyio's blocking portal; ours also survives a fork.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class Portal:
    """Runs coroutines on its own thread's event loop; the thread starts at the first `run`.

    Close it (or use `with`) when done. After a fork the child starts a thread of its own.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._pid = 0

    def run(self, work: Coroutine[Any, Any, T], *, on_interrupt: Callable[[], None] | None = None) -> T:
        """The coroutine's result, or its exception, in the calling thread.

        Ctrl-C cancels the coroutine and is raised again. With `on_interrupt`, the first Ctrl-C calls that
        on the loop and is raised when the coroutine has ended by itself; a second one cancels it.
        """
        waiting = asyncio.run_coroutine_threadsafe(work, self._running_loop())
        try:
            return waiting.result()
        except KeyboardInterrupt:
            if on_interrupt is not None:
                self._running_loop().call_soon_threadsafe(on_interrupt)
                _ended(waiting)
            _cancel(waiting)
            raise

    def close(self) -> None:
        """Stop the thread and close its loop; nothing may be running on it. Safe to call twice."""
        with self._lock:
            loop, thread, pid = self._loop, self._thread, self._pid
            self._loop = self._thread = None
        if loop is None or thread is None or pid != os.getpid():
            return
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._pid != os.getpid():
                self._loop = asyncio.new_event_loop()
                self._pid = os.getpid()
                self._thread = threading.Thread(
                    target=_serve, args=(self._loop,), name="quotewise", daemon=True
                )
                self._thread.start()
            return self._loop


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.run_until_complete(loop.shutdown_asyncgens())


def _ended(waiting: Future[Any]) -> None:
    """Wait for the end, whatever it is; a further Ctrl-C ends the waiting."""
    with suppress(KeyboardInterrupt):
        waiting.exception()


def _cancel(waiting: Future[Any]) -> None:
    waiting.cancel()
    # The coroutine's own clean-up runs on the loop; the future is done at once when cancelled, and a
    # second Ctrl-C must get through, so there is nothing further to wait for here.
    with suppress(CancelledError, TimeoutError):
        waiting.result(timeout=5)
