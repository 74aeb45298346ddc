"""A private event loop in a thread, so that synchronous code can wait for coroutines.

This is what lets the sync API share every line with the async one, work inside a running event loop (a
notebook) and hold a total deadline over a body that drips. What runs on the loop is no business of this
module. The same idea as anyio's blocking portal; ours also survives a fork (`fork`).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection, Coroutine
from concurrent.futures import CancelledError, Future, wait
from contextlib import suppress
from functools import partial
from inspect import CORO_CLOSED, CORO_CREATED, getcoroutinestate
from typing import Any, TypeVar

from .fork import begin

T = TypeVar("T")

_SLICE = 0.2
"""Seconds of waiting at a time: Windows hears a Ctrl-C only between two waits."""


class Portal:
    """Runs coroutines on its own thread's event loop; the thread starts with the first of them.

    Close it (or use `with`) when done. After a fork the child starts a thread of its own.
    """

    def __init__(self) -> None:
        self._inherited: asyncio.AbstractEventLoop | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        begin(self)

    def _begin(self) -> None:
        """No thread runs: at the start, and in a forked child, which has only the thread that forked."""
        # Garbage may be collected while it is held, and a map in that comes back here to end its calls.
        self._lock = threading.RLock()
        self._inherited = self._loop  # kept, because an end of it would reach into the parent's own selector
        self._loop = None
        self._thread: threading.Thread | None = None
        self._stop_serving: Callable[[], object] | None = None
        self._let_end: tuple[Future[Any], ...] = ()
        self._ended = False

    @property
    def is_here(self) -> bool:
        """Whether this is the thread that runs the loop, which cannot wait for it."""
        return threading.current_thread() is self._thread

    def run(
        self,
        work: Coroutine[Any, Any, T],
        *,
        on_interrupt: Callable[[], None] | None = None,
        besides: Collection[Future[Any]] = (),
    ) -> T:
        """The coroutine's result, or its exception, in the calling thread; see `wait`."""
        try:
            return self.wait(self.start(work), on_interrupt=on_interrupt, besides=besides)
        except BaseException:
            # A signal handler raises anywhere: before the work is handed over, or before it is waited for.
            if getcoroutinestate(work) != CORO_CLOSED:
                self._stop(work)
            raise

    def start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin on a coroutine; its outcome is for `wait`. Raises `CancelledError` where this was closed."""
        if self.is_here:
            work.close()
            raise RuntimeError("This thread runs the loop, so it cannot wait for it (in on_event, say).")
        with self._lock:  # an end in between would leave work that nobody runs or cancels
            if self._ended:
                work.close()
                raise CancelledError
            try:
                loop = self._running_loop()
            except RuntimeError:  # Python is ending and starts no thread any more
                work.close()
                raise
            return asyncio.run_coroutine_threadsafe(work, loop)

    def wait(
        self,
        waiting: Future[T],
        *,
        on_interrupt: Callable[[], None] | None = None,
        besides: Collection[Future[Any]] = (),
    ) -> T:
        """What was started, once it has ended: its result, or its exception.

        Ctrl-C cancels it, and what was started `besides`, and is raised again; so is whatever else a signal
        handler raises. With `on_interrupt`, the first Ctrl-C calls that on the loop and is raised when the
        work has ended by itself; a second one cancels.
        """
        try:
            return _outcome(waiting)
        except KeyboardInterrupt:
            if on_interrupt is not None:
                self.soon(on_interrupt)
                with suppress(KeyboardInterrupt):
                    _end(waiting)
            raise
        finally:
            if not waiting.done():
                _cancel([waiting, *besides])

    def let_end(self, work: Coroutine[Any, Any, Any]) -> None:
        """Begin on it where the loop runs; nobody waits for it but `settle`. Any thread may ask for this."""
        with self._lock:
            if self._loop is None:
                work.close()
                return
            left = (one for one in self._let_end if not one.done())
            self._let_end = (*left, asyncio.run_coroutine_threadsafe(work, self._loop))

    def settle(self) -> None:
        """Wait for all that was let end; to be called before `close`, which cancels it."""
        if not self.is_here:
            for one in self._let_end:
                _end(one)

    def soon(self, what: Callable[[], None]) -> None:
        """Have it called on the loop, where one runs; nobody waits for it."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(what)

    def close(self) -> None:
        """Cancel what still runs, stop the thread and close its loop; begin no more. Safe to call twice."""
        with self._lock:
            self._ended = True
            loop, thread, stop = self._loop, self._thread, self._stop_serving
            self._loop = self._thread = self._stop_serving = None
            if loop is None or thread is None or stop is None:
                return
            stop()
        thread.join()
        loop.close()

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _stop(self, work: Coroutine[Any, Any, Any]) -> None:
        with self._lock:
            if self._loop is None:
                _forget(work)
                return
            stopping = asyncio.run_coroutine_threadsafe(_stopped(work), self._loop)
        wait([stopping], timeout=5)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:  # kept once it is served: a signal in between leaves none that nobody serves
            self._loop, self._thread, self._stop_serving = _served()
        return self._loop


def _served() -> tuple[asyncio.AbstractEventLoop, threading.Thread, Callable[[], object]]:
    """A loop, the thread that runs it by now, and what ends that."""
    loop, over = asyncio.new_event_loop(), threading.Event()
    thread = threading.Thread(target=_serve, args=(loop, over), name="quotewise", daemon=True)
    stop = partial(loop.call_soon_threadsafe, _stop_loop, loop, over)
    try:
        thread.start()
    except BaseException:
        stop()
        if thread.ident is None:  # else it runs, and ends by itself
            loop.close()
        raise
    return loop, thread, stop


def _stop_loop(loop: asyncio.AbstractEventLoop, over: threading.Event) -> None:
    over.set()  # the loop forgets that it was stopped where a task ends it in the same pass
    loop.stop()


def _serve(loop: asyncio.AbstractEventLoop, over: threading.Event) -> None:
    asyncio.set_event_loop(loop)
    while not over.is_set():  # a task may end it, whose outcome is yet to be told
        with suppress(KeyboardInterrupt, SystemExit):
            loop.run_forever()
    left = asyncio.all_tasks(loop)
    for task in left:  # another thread may still wait for one of them: it must not wait for ever
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.run_until_complete(loop.shutdown_default_executor())


async def _stopped(work: Coroutine[Any, Any, Any]) -> None:
    """Cancel the task that runs this, and see it end; on the loop, behind what was handed over before."""
    tasks = [task for task in asyncio.all_tasks() if task.get_coro() is work]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    _forget(work)


def _forget(work: Coroutine[Any, Any, Any]) -> None:
    """What was never handed over is run by nobody, and Python is not to warn of it."""
    if getcoroutinestate(work) == CORO_CREATED:
        work.close()


def _outcome(waiting: Future[T]) -> T:
    _end(waiting)
    return waiting.result()


def _end(waiting: Future[Any]) -> None:
    """Wait for the end, whatever it is."""
    while not wait([waiting], timeout=_SLICE).done:
        pass


def _cancel(left: Collection[Future[Any]]) -> None:
    """Cancel what has not ended; its outcome is nobody's any more, so no error of it may surface here."""
    for one in left:
        one.cancel()
    wait(left, timeout=5)
