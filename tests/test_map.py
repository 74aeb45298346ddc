"""Many articles: where they are taken from, what a fault on the way costs, and what is refused at once."""

from __future__ import annotations

import asyncio
import gc
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from quotewise import AsyncReader, Reader, UsageError
from quotewise._plans.core import Call
from quotewise._plans.numbered import parse
from quotewise.testing import ScriptedTransport

DAYS = [f"Rain fell on day {n}." for n in range(1, 10)]


def facts_of(call: Call) -> Any:
    """A model that finds one fact in whatever it is shown."""
    lines, _ = parse(call.messages[1].content)
    return {"facts": [{"evidence": [lines[0].number], "kind": "event", "text": lines[0].text}]}


def broken_after(number: int) -> Iterator[str]:
    """Articles out of a source that fails, as a database or a folder may."""
    yield from DAYS[:number]
    raise OSError("the disk is gone")


def mapped(read: str, articles: Any, **how: Any) -> Iterator[Any]:
    """What a map hands out, with either reader."""
    transport = ScriptedTransport(facts_of)
    if read == "sync":
        with Reader(transport=transport, concurrency=3) as reader:
            yield from reader.map(articles, "facts", **how)
        return
    loop = asyncio.new_event_loop()
    awaited = AsyncReader(transport=transport, concurrency=3)
    results = awaited.map(articles, "facts", **how)
    try:
        while True:
            yield loop.run_until_complete(anext(results))
    except StopAsyncIteration:
        return
    finally:
        loop.run_until_complete(awaited.aclose())
        loop.close()


@pytest.mark.parametrize("read", ["sync", "async"])
@pytest.mark.parametrize("return_errors", [True, False])
def test_a_source_that_fails_costs_no_result(read: str, return_errors: bool) -> None:
    """What was read, and paid for, is handed out first; then the fault is raised as it is."""
    found: list[Any] = []
    with pytest.raises(OSError, match="disk"):
        found.extend(mapped(read, broken_after(2), return_errors=return_errors))

    assert [["Rain fell on day 1."], ["Rain fell on day 2."]] == [
        [fact.text for fact in one.facts] for one in found
    ]


def test_articles_are_taken_in_the_callers_thread() -> None:
    """A row of a database may be read in the thread that opened it, and in no other."""
    threads: list[threading.Thread] = []

    def source() -> Iterator[str]:
        for day in DAYS:
            threads.append(threading.current_thread())
            yield day

    assert len(DAYS) == len(list(mapped("sync", source())))
    assert {threading.current_thread()} == set(threads)


def test_a_source_may_read_with_the_same_reader() -> None:
    """A map over what another reading gave."""
    with Reader(model="extractive") as reader:
        firsts = (reader.summarize(day).text for day in DAYS[:3])
        found = list(reader.map(firsts, "facts"))

    assert DAYS[:3] == [one.facts[0].text for one in found]


def test_articles_are_taken_as_they_are_needed() -> None:
    """No more than can be in flight, so that a folder of a million files is not read at once."""
    taken = 0

    def source() -> Iterator[str]:
        nonlocal taken
        for day in DAYS:
            taken += 1
            yield day

    results = mapped("sync", source())
    next(results)
    assert 3 == taken
    next(results)
    assert 4 == taken
    results.close()  # type: ignore[attr-defined]  # it is a generator


@pytest.mark.parametrize(
    ("ask", "word"),
    [
        (lambda reader: reader.map(["Rain."], "sing"), "no task 'sing'"),
        (lambda reader: reader.map("Rain.", "facts"), "several"),
        (lambda reader: reader.map(5, "facts"), "several"),
        (lambda reader: reader.map(["Rain."], "facts", words=3), "takes no 'words'.*focus, limit"),
        (lambda reader: reader.map(["Rain."], "summary", words=0), "asks for nothing"),
        (lambda reader: reader.map(["Rain."], "facts", focus=5), "focus"),
    ],
)
@pytest.mark.parametrize("kind", [Reader, AsyncReader])
def test_what_no_article_can_be_asked_is_refused_at_once(
    kind: Any, ask: Callable[[Any], Any], word: str
) -> None:
    """Not at the first turn of the loop, and not once for each article."""
    with pytest.raises(UsageError, match=word):
        ask(kind(model="extractive"))


class Soft(BaseException):
    """What a task queue raises out of a signal handler when the time for a job is over."""


def test_what_a_signal_handler_raises_ends_a_map(waits: Callable[[threading.Thread], bool]) -> None:
    """Every call in flight is cut off and none is begun; nothing is paid for behind the caller's back."""
    cut, begun = [], []

    def over(*_: object) -> None:
        raise Soft

    async def script(call: Call) -> Any:
        begun.append(call)
        if len(begun) == 3:
            while not waits(threading.main_thread()):
                await asyncio.sleep(0)
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut.append(call)
            raise

    before = signal.signal(signal.SIGUSR1, over)
    try:
        with Reader(transport=ScriptedTransport(script), concurrency=3) as reader:
            late = threading.Timer(20, reader.close)  # so that a failure ends
            late.start()
            with pytest.raises(Soft):
                next(reader.map(DAYS, "facts"))
            assert (3, 3) == (len(begun), len(cut))
            late.cancel()
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_map_that_nobody_finished_does_not_keep_python_from_ending() -> None:
    """It is left when the interpreter ends: by then nothing runs its calls any more."""
    script = (
        "from quotewise import Reader\n"
        "left = Reader(model='extractive').map(['Rain fell in Oslo.'] * 6, 'facts')\n"
        "print(len(next(left).facts))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_a_map_dropped_by_what_runs_on_the_loop_is_left() -> None:
    """A listener may hold the last of it, and so may garbage collected there: it makes no further call."""
    held: list[Iterator[Any]] = []

    def script(call: Call) -> Any:
        if "day 1" not in call.messages[1].content:
            held.clear()  # an exception in there would be shown as one that nobody can catch
        return facts_of(call)

    transport = ScriptedTransport(script)
    with Reader(transport=transport, concurrency=1) as reader:
        held.append(reader.map(DAYS, "facts"))
        next(held[0])
        reader.facts("It snowed in Leith.")
        assert not held
    assert 2 <= len(transport.calls) < len(DAYS)


@pytest.mark.parametrize("by", ["the thread that looped over it", "another"])
def test_a_map_that_is_collected_while_a_reading_begins_is_left(
    by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Garbage is collected anywhere, also where the portal's own lock is held."""
    hand_over = asyncio.run_coroutine_threadsafe
    transport = ScriptedTransport(facts_of)
    ended: list[str] = []

    def collecting(*given: Any) -> Any:
        monkeypatch.setattr(asyncio, "run_coroutine_threadsafe", hand_over)
        gc.collect()
        return hand_over(*given)

    def loop_over() -> None:
        results = reader.map(DAYS, "facts")
        next(results)
        cycle: list[Any] = [results]
        cycle.append(cycle)

    def read() -> None:
        if by != "another":
            loop_over()
        monkeypatch.setattr(asyncio, "run_coroutine_threadsafe", collecting)
        ended.append(reader.facts("It snowed in Leith.").facts[0].text)

    with Reader(transport=transport, concurrency=1) as reader:
        if by == "another":
            loop_over()
        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        thread.join(timeout=10)
        assert ended == ["It snowed in Leith."]
    assert len(transport.calls) < len(DAYS)


def test_a_map_that_another_thread_drops_is_not_waited_for_there() -> None:
    """It may be one that the calls in flight need: a journal's, or one that checks their claims."""
    held: list[Iterator[Any]] = []
    going_on = threading.Event()

    async def script(call: Call) -> Any:
        while "day 1" not in call.messages[1].content and not going_on.is_set():
            await asyncio.sleep(0)
        return facts_of(call)

    transport = ScriptedTransport(script)
    with Reader(transport=transport, concurrency=2) as reader:
        held.append(reader.map(DAYS, "facts"))
        next(held[0])
        thread = threading.Thread(target=held.clear, daemon=True)
        thread.start()
        thread.join(timeout=10)
        assert not thread.is_alive()
        going_on.set()
        reader.facts("It snowed in Leith.")
    assert len(transport.calls) <= 2 + 2


def test_calls_of_a_map_that_another_thread_left_are_stored_before_the_end(
    tmp_path: Path,
) -> None:
    """They are paid for: a web server's pool takes the results, and another thread ends the map."""
    cut: list[Call] = []

    async def script(call: Call) -> Any:
        while len(transport.calls) < 3:
            await asyncio.sleep(0)
        if "day 1" in call.messages[1].content:
            return facts_of(call)
        try:
            while not reader._closed:
                await asyncio.sleep(0)
            for _ in range(2_000):  # so that what does not wait for this has cut it off
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            cut.append(call)
            raise
        return facts_of(call)

    transport, again = ScriptedTransport(script), ScriptedTransport(facts_of)
    with Reader(transport=transport, concurrency=3, journal=tmp_path / "runs.db") as reader:
        results: Any = reader.map(DAYS, "facts")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(next, results).result()
        results.close()
    with Reader(transport=again, journal=tmp_path / "runs.db") as reader:
        list(reader.map(DAYS[: len(transport.calls)], "facts"))

    assert 3 <= len(transport.calls) < len(DAYS)
    assert ([], []) == (cut, again.calls)


LATE = """
import threading
ended = threading.Event()
threading._register_atexit(ended.set)  # called when no further thread may be started
import concurrent.futures.thread
import asyncio
from pathlib import Path
from quotewise import AsyncReader, Reader, UsageError

def late():
    ended.wait()
    with Reader(model="extractive") as reader:
        try:
            {read}
        except UsageError as error:
            print(error)

threading.Thread(target=late).start()
"""


@pytest.mark.parametrize(
    "read",
    [
        "reader.facts('Rain fell in Oslo.')",
        "list(reader.map(['Rain fell in Oslo.'], 'facts'))",
        pytest.param(
            "asyncio.run(AsyncReader(model='extractive').facts(Path('rain.txt')))",
            marks=pytest.mark.skipif(
                sys.version_info[:2] == (3, 12), reason="asyncio.run itself starts a thread at its end"
            ),
        ),
    ],
)
def test_a_thread_that_outlives_the_main_one_is_told_so(read: str) -> None:
    """Python starts no further thread then; the error says what to do, and nothing hangs."""
    script = LATE.format(read=read)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Python is ending" in done.stdout
    assert "thread.join()" in done.stdout
