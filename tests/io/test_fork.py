"""A fork with calls in flight: the child owes nothing to them, and the parent goes on as before."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotewise import Budget, Reader
from quotewise._io.limiter import Limiter
from quotewise._plans.core import Call
from quotewise.testing import LocalServer

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
LONGEST = 30.0
"""Seconds after which a child counts as stuck; it takes a fraction of one."""


def in_a_child(work: Callable[[], str]) -> str:
    """What `work` gives in a forked child, "stuck" where it does not end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, work().encode())
        except BaseException as error:  # noqa: BLE001  # nothing of the test may go on in the child
            os.write(writing, repr(error).encode())
        os._exit(0)
    os.close(writing)
    said = "stuck"
    if select.select([reading], [], [], LONGEST)[0]:
        said = os.read(reading, 10_000).decode()
    else:
        os.kill(child, signal.SIGKILL)
    os.close(reading)
    os.waitpid(child, 0)
    return said


def test_a_child_forked_with_a_call_in_flight_reads_on_its_own(tmp_path: Path) -> None:
    """Its budget, its turn, its journal and its thread are free, though the parent's are all taken."""
    came, answered = threading.Event(), threading.Event()

    async def model(call: Call) -> Any:
        if "Oslo" in call.messages[1].content:
            came.set()
            while not answered.is_set():
                await asyncio.sleep(0.005)
        return {"facts": []}

    def fact(text: str) -> str:
        facts = reader.facts(text)
        return f"{facts.complete}, {facts.usage.calls} paid, {facts.trace.replayed} replayed"

    with LocalServer(model) as server:
        options: Any = {"budget": Budget(calls=1), "concurrency": 1, "journal": tmp_path / "runs.db"}
        with Reader(model="m", base_url=server.base_url, **options) as reader:
            said: list[str] = []
            parent = threading.Thread(target=lambda: said.append(fact("Rain fell in Oslo.")))
            parent.start()
            assert came.wait(LONGEST)

            assert in_a_child(lambda: fact("Snow fell in Rome.")) == "True, 1 paid, 0 replayed"

            answered.set()
            parent.join()
            assert said == ["True, 1 paid, 0 replayed"]
            assert fact("Snow fell in Rome.") == "True, 0 paid, 1 replayed"

    assert len(server.completions) == 2


def test_a_child_that_closes_its_reader_leaves_the_parents_alone() -> None:
    """A worker's clean end must not end the connections of the process it came from."""
    with (
        LocalServer(lambda call: {"facts": []}) as server,
        Reader(model="m", base_url=server.base_url) as reader,
    ):
        reader.facts("Rain fell in Oslo.")

        def close() -> str:
            reader.close()
            return "closed"

        assert in_a_child(close) == "closed"
        assert reader.facts("Snow fell in Rome.").complete


def test_turns_that_the_parent_holds_are_no_turns_of_the_child() -> None:
    """And what is left of them in the child gives nothing back when it is cleared away."""
    limiter = Limiter(most=1)

    async def taken() -> str:
        async with limiter.slot() as held:

            async def free() -> int:
                async with limiter.slot():
                    return limiter.in_flight

            def child() -> str:
                seen = asyncio.new_event_loop().run_until_complete(free())
                asyncio.new_event_loop().run_until_complete(held.__aexit__(None, None, None))
                return f"{seen}, then {limiter.in_flight}"

            return await asyncio.to_thread(in_a_child, child)

    assert asyncio.run(taken()) == "1, then 0"
    assert limiter.in_flight == 0
