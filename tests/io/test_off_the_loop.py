"""What takes long is not done on the caller's event loop: imports, counting, the engine without a key."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._io.extractive import ExtractiveTransport
from quotewise._io.meter import NOTHING, Meter, Metered
from quotewise._io.window import Windowed
from quotewise._options import Budget, Options
from quotewise._plans.core import Call, Message, Reply
from quotewise._plans.facts import FactsTask, facts
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import Limits
from quotewise._plans.schemas import ClaimedFacts
from quotewise._plans.sizes import at_most, size
from quotewise._text.article import Article
from quotewise._values import Usage

FIRST_CALL = """
import asyncio, sys, threading
from quotewise import AsyncReader
from quotewise.testing import LocalServer

class Noted:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            found.add(name)

async def main(base_url):
    sys.meta_path.insert(0, Noted())
    async with AsyncReader(model="m", base_url=base_url) as reader:
        await reader.facts("Rain fell in Oslo.")

found = set()
with LocalServer(lambda call: {"facts": []}) as server:
    asyncio.run(main(server.base_url))
print(sorted(found & {"openai", "openai.resources.chat", "tenacity", "tiktoken", "aiohttp"}))
print(sorted({"openai", "tenacity", "tiktoken"} & set(sys.modules)))
"""


def test_the_first_call_imports_its_client_in_a_thread() -> None:
    """It takes a second or two, in which a server would answer nobody. A short call counts no tokens."""
    told = subprocess.run([sys.executable, "-c", FIRST_CALL], capture_output=True, text=True)

    assert ["[]", "['openai', 'tenacity']"] == told.stdout.splitlines(), told.stderr


class Watched(tuple[Message, ...]):
    """The messages of a call, and whether they were last looked at on the event loop."""

    on_the_loop: bool | None = None

    def __iter__(self) -> Iterator[Message]:
        self.on_the_loop = threading.current_thread() is threading.main_thread()
        return super().__iter__()


def watched(words: str) -> Call:
    """A call for the facts of an article, whose messages are watched."""
    plan = facts(Numbering((Article(words),)), FactsTask(), Limits())
    [call] = next(plan)
    return replace(call, messages=Watched(call.messages))


def test_the_engine_without_a_key_reads_in_a_thread() -> None:
    """A long text takes it seconds."""
    call = watched("Rain fell in Oslo on Monday.")
    asyncio.run(ExtractiveTransport().send(call))

    assert isinstance(call.messages, Watched)
    assert call.messages.on_the_loop is False


class Told:
    """What a call is sent as; whether its last count was on the loop is asked of it at once."""

    model = "m"
    counted_on_the_loop: bool | None = None

    def __init__(self, usage: Usage = NOTHING) -> None:
        self.usage = usage

    async def send(self, call: Call) -> Reply:
        assert isinstance(call.messages, Watched)
        self.counted_on_the_loop = call.messages.on_the_loop
        return Reply("{}", usage=self.usage)

    async def aclose(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("sentences", [1, 2_000])
def test_tokens_are_counted_in_a_thread_where_they_must_be(sentences: int) -> None:
    """The first count builds a vocabulary; a call that surely fits is not counted."""
    served = Told()
    asyncio.run(Windowed(served, Options(window=32_000)).send(watched("Rain fell in Oslo. " * sentences)))

    assert served.counted_on_the_loop is (sentences == 1)


@pytest.mark.parametrize("usage", [Usage(), Usage(calls=1)], ids=["told", "untold"])
@pytest.mark.parametrize("sentences", [1, 2_000])
def test_a_budget_counts_long_calls_in_a_thread(sentences: int, usage: Usage) -> None:
    """Before they are sent, and once more after an answer whose server does not say what it took."""
    served, call = Told(usage), watched("Rain fell in Oslo. " * sentences)
    asyncio.run(Metered(served, Meter(Budget(calls=1), "m")).send(call))

    assert isinstance(call.messages, Watched)
    assert served.counted_on_the_loop is call.messages.on_the_loop is (sentences == 1)


@given(st.lists(st.text()))
def test_a_bound_without_counting_is_one(contents: list[str]) -> None:
    """Whatever the words: nothing that surely fits is too long."""
    call = Call("facts", tuple(Message("user", content) for content in contents), ClaimedFacts)

    assert size(call) <= at_most(call)


FILES = """
import asyncio, sys, threading
from pathlib import Path
from quotewise import AsyncReader, Reader

threads = set()

def note(event, given):
    if event == "open" and str(given[0]).endswith("rain.md"):
        threads.add(threading.current_thread().name.rstrip("0123456789"))

async def main(path):
    async with AsyncReader(model="extractive") as reader:
        await reader.facts(path)
        await reader.ask("What fell?", [path, "It snowed in Leith."])
        async for _ in reader.map([path], "facts"):
            pass

path = Path(sys.argv[1])
sys.addaudithook(note)
asyncio.run(main(path))
with Reader(model="extractive") as reader:
    list(reader.map([path], "facts"))
print(sorted(threads))
"""


def test_files_are_read_in_a_thread(tmp_path: Path) -> None:
    """Parsing one may take seconds, in which a server would answer nobody."""
    path = tmp_path / "rain.md"
    path.write_text("Rain fell in Oslo.")
    told = subprocess.run([sys.executable, "-c", FILES, str(path)], capture_output=True, text=True)

    assert told.stdout.strip() == "['asyncio_']", told.stderr
