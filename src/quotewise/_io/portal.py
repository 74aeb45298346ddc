"""A private event loop in a thread, so that synchronous code can wait for coroutines.

This is what lets the sync API share every line with the async one, work inside a running event loop (a
notebook) and hold a total deadline over a body that drips. What runs on the loop is no business of this
module. The same idea as anyio's blocking portal; ours also survives a fork (`fork`).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import Any, TypeVar

from .fork import begin

T = TypeVar("T")


class Portal:
    """Runs coroutines on its own thread's event loop; the thread starts at the first `run`.

    Close it (or use `with`) when done. After a fork the child starts a thread of its own.
    """

    def __init__(self) -> None:
        self._inherited: asyncio.AbstractEventLoop | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        begin(self)

    def _begin(self) -> None:
        """No thread runs: at the start, and in a forked child, which has only the thread that forked."""
        self._lock = threading.Lock()
        self._inherited = self._loop  # kept, because an end of it would reach into the parent's own selector
        self._loop = None
        self._thread: threading.Thread | None = None

    def run(self, work: Coroutine[Any, Any, T], *, on_interrupt: Callable[[], None] | None = None) -> T:
        """The coroutine's result, or its exception, in the calling thread.

        Ctrl-C cancels the coroutine and is raised again. With `on_interrupt`, the first Ctrl-C calls that
        on the loop and is raised when the coroutine has ended by itself; a second one cancels it.
        """
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError("This thread runs the loop, so it cannot wait for it (in on_event, say).")
        with self._lock:  # an end in between would leave work that nobody runs or cancels
            loop = self._running_loop()
            waiting = asyncio.run_coroutine_threadsafe(work, loop)
        try:
            return waiting.result()
        except KeyboardInterrupt:
            if on_interrupt is not None:
                loop.call_soon_threadsafe(on_interrupt)
                _end(waiting)
            _cancel(waiting)
            raise

    def close(self) -> None:
        """Cancel what still runs, stop the thread and close its loop. Safe to call twice."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
            if loop is None or thread is None:
                return
            loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_serve, args=(self._loop,), name="quotewise", daemon=True)
            self._thread.start()
        return self._loop


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    left = asyncio.all_tasks(loop)
    for task in left:  # another thread may still wait for one of them: it must not wait for ever
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())


def _end(waiting: Future[Any]) -> None:
    """Wait for the end, whatever it is; a further Ctrl-C ends the waiting."""
    with suppress(KeyboardInterrupt):
        wait([waiting])


def _cancel(waiting: Future[Any]) -> None:
    """Cancel what has not ended; its outcome is nobody's any more, so no error of it may surface here."""
    waiting.cancel()
    wait([waiting], timeout=5)
