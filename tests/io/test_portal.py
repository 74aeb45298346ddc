"""The portal: coroutines for synchronous callers, their errors, their context, their end."""

from __future__ import annotations

import asyncio
import contextvars
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from inspect import CORO_CLOSED, getcoroutinestate
from typing import Any

import pytest

from quotewise._io.portal import Portal

NAME: contextvars.ContextVar[str] = contextvars.ContextVar("NAME", default="nobody")


async def answer() -> int:
    await asyncio.sleep(0)
    return 42


def test_results_and_errors_come_back() -> None:
    """What the coroutine returns or raises, the caller gets."""

    async def fail() -> None:
        raise KeyError("here")

    with Portal() as portal:
        assert 42 == portal.run(answer())
        with pytest.raises(KeyError, match="here"):
            portal.run(fail())


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
def test_what_ends_a_program_is_raised_where_it_waits(error: type[BaseException]) -> None:
    """A listener may call sys.exit(); asyncio lets that end the loop, and nobody would be told."""

    async def fail() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(ends())

    async def ends() -> None:
        await asyncio.sleep(0)
        raise error

    ended: list[type[BaseException] | int] = []

    def wait() -> None:
        try:
            portal.run(fail())
        except BaseException as raised:  # noqa: BLE001  # looked at below
            ended.append(type(raised))
        ended.append(portal.run(answer()))

    with Portal() as portal:
        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        thread.join(timeout=10)
        assert ended == [error, 42]


def test_it_works_inside_a_running_loop() -> None:
    """A notebook's cell runs on a loop already."""

    async def main() -> int:
        with Portal() as portal:
            return portal.run(answer())

    assert 42 == asyncio.run(main())


def test_context_variables_are_the_callers() -> None:
    """Tracing libraries keep their span in one."""

    async def who() -> str:
        return NAME.get()

    token = NAME.set("somebody")
    with Portal() as portal:
        assert "somebody" == portal.run(who())
    NAME.reset(token)


def test_no_thread_is_left() -> None:
    """Closing ends the thread; one that was never used never had one."""
    before = threading.active_count()
    Portal().close()
    with Portal() as portal:
        portal.run(answer())

    assert before == threading.active_count()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_starts_its_own_thread() -> None:
    """Servers that fork workers make the reader first."""
    with Portal() as portal:
        portal.run(answer())
        child = os.fork()
        if child == 0:
            os._exit(0 if portal.run(answer()) == 42 else 1)
        assert 0 == os.waitpid(child, 0)[1]


def test_closed_while_work_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is cancelled and its caller told; nobody waits for ever for a loop that has ended."""
    hand_over, portal = asyncio.run_coroutine_threadsafe, Portal()
    closing = threading.Thread(target=portal.close)

    def late(*given: Any) -> Any:
        closing.start()
        closing.join(0.2)
        return hand_over(*given)

    monkeypatch.setattr(asyncio, "run_coroutine_threadsafe", late)
    with pytest.raises(CancelledError):
        portal.run(asyncio.sleep(60))
    closing.join()


class Over(BaseException):
    """What a signal handler may raise when the time is over."""


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="needs signals")
@pytest.mark.parametrize("error", [Over, SystemExit, TimeoutError, RuntimeError])
def test_what_a_signal_handler_raises_cancels_the_work(
    error: type[BaseException], waits: Callable[[threading.Thread], bool]
) -> None:
    """The caller goes on elsewhere: work that nobody waits for must not go on, and pay, behind its back."""
    ended: list[str] = []

    def over(*_: object) -> None:
        raise error

    async def never() -> None:
        while not waits(threading.main_thread()):  # elsewhere asyncio may take a TimeoutError for its own
            await asyncio.sleep(0)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    before = signal.signal(signal.SIGUSR1, over)
    try:
        with Portal() as portal:
            with pytest.raises(error):
                portal.run(never())
            assert ["cancelled"] == ended
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_signal_before_the_thread_has_begun_leaves_it_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    """No loop is kept that no thread serves: whoever waited for it would wait for ever."""
    work, start = answer(), threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        monkeypatch.setattr(threading.Thread, "start", start)
        raise Over

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with Portal() as portal:
        with pytest.raises(Over):
            portal.run(work)
        assert CORO_CLOSED == getcoroutinestate(work)
        assert portal._loop is None
        assert 42 == portal.run(answer())


def test_a_signal_between_start_and_wait_cancels_the_work() -> None:
    """The work is on the loop already, and nobody waits for it yet."""
    ended: list[str] = []
    begun = threading.Event()

    async def never() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    class Interrupted(Portal):
        def start(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
            super().start(work)
            begun.wait()
            raise Over

    with Interrupted() as portal:
        with pytest.raises(Over):
            portal.run(never())
        assert ["cancelled"] == ended


def test_a_closed_one_begins_no_more() -> None:
    """A thread that was about to ask when another closed would start what nobody ends."""
    portal, work = Portal(), answer()
    portal.run(answer())
    portal.close()
    before = threading.active_count()
    with pytest.raises(CancelledError):
        portal.run(work)

    assert CORO_CLOSED == getcoroutinestate(work)
    assert before == threading.active_count()


def test_a_task_that_ends_the_loop_as_it_is_stopped_does_not_keep_it_from_ending() -> None:
    """A listener that calls sys.exit() while another thread closes: asyncio forgets that it was stopped."""
    portal = Portal()
    closing = threading.Thread(target=portal.close, daemon=True)

    async def ends() -> None:
        closing.start()
        while portal._loop is not None:
            pass
        with portal._lock:  # the stop is the loop's next step by now, and this task's the one after
            pass
        await asyncio.sleep(0)
        raise SystemExit

    ended = portal.start(ends())
    with pytest.raises(SystemExit):
        ended.result(timeout=10)
    closing.join(timeout=10)
    assert not closing.is_alive()
