"""A long job on a journal, in child processes that are killed while it runs; prints what it came to as JSON.

Run by `test_torture.py`. A program of its own, with one thread, so that it can fork: a child costs
milliseconds where a new interpreter costs half a second. The model is a function that notes every paid call
in a log before it answers, as a provider's bill would.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import random
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from quotewise._errors import DrainingError, JournalError
from quotewise._io.journal import Journal, Journaled
from quotewise._plans.core import Call, Message, Reply

DRAINED, REFUSED = 130, 9
FAN = 10
PAUSES = 2.0, 15.0
"""From one kill to the next, in latencies of a call; a life that nobody ends takes about thirty."""


class Shape(BaseModel):
    text: str


class Model:
    """Answers with a digest of the prompt after a moment; every call is billed when it arrives."""

    model = "m"

    def __init__(self, bill: Path, latency: float) -> None:
        self._bill = os.open(bill, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self._chance = random.Random(os.getpid())
        self._latency = latency

    async def send(self, call: Call) -> Reply:
        name = call.messages[0].content
        line = f"{time.time():.6f} {os.getpid()} {hashlib.sha256(name.encode()).hexdigest()}\n"
        os.write(self._bill, line.encode())
        await asyncio.sleep(self._latency * self._chance.uniform(0.1, 1.9))
        return Reply(hashlib.sha256(name.encode()).hexdigest() + "x" * 700)

    async def aclose(self) -> None:
        os.close(self._bill)


@dataclass(frozen=True)
class Task:
    """A map-reduce of so many chunks, so many calls at once."""

    folder: Path
    chunks: int
    concurrency: int
    seed: int
    latency: float

    @property
    def journal(self) -> Path:
        return self.folder / "disk" / "runs.db"

    @property
    def bill(self) -> Path:
        return self.folder / "bill"

    def calls(self) -> int:
        """How many calls the job takes when nothing goes wrong."""
        total = layer = self.chunks
        while layer > 1:
            layer = -(-layer // FAN)
            total += layer
        return total


class Draining:
    """The first Ctrl-C starts no further call, as `Session.drain` does for a reader."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self, *_: object) -> None:
        self.asked = True


class Drained:
    """A transport that makes no call once its run is ending; stored replies still come."""

    def __init__(self, transport: Model, draining: Draining) -> None:
        self._transport, self._draining = transport, draining
        self.model = transport.model

    async def send(self, call: Call) -> Reply:
        if self._draining.asked:
            raise DrainingError("The run was interrupted.")
        return await self._transport.send(call)

    async def aclose(self) -> None:
        await self._transport.aclose()


async def work(task: Task, journal: Journal, draining: Draining) -> str:
    """The result of the whole job; the last layer has one call."""
    model = Model(task.bill, task.latency)
    transport = Journaled(Drained(model, draining), journal, base_url="http://m/v1")
    places = asyncio.Semaphore(task.concurrency)

    async def ask(prompt: str) -> str:
        async with places:
            return (await transport.send(Call("t", (Message("user", prompt),), Shape))).text[:64]

    layer = await _all(ask, [f"{task.seed} chunk {n}" for n in range(task.chunks)])
    while len(layer) > 1:
        layer = await _all(ask, [" ".join(layer[n : n + FAN]) for n in range(0, len(layer), FAN)])
    return layer[0]


async def _all(ask: Callable[[str], Any], prompts: list[str]) -> list[str]:
    """All answers; the first error only after every call in flight has ended."""
    outcomes = await asyncio.gather(*map(ask, prompts), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return list(outcomes)


def live(task: Task, into: Path) -> int:
    """One life of the job: its exit code; the result goes to a file."""
    draining = Draining()
    try:
        journal = Journal(task.journal)
        signal.signal(signal.SIGINT, draining.ask)
        result = asyncio.run(work(task, journal, draining))
    except DrainingError:
        journal.close()
        return DRAINED
    except JournalError as error:
        into.write_text(json.dumps({"error": str(error)}))
        return REFUSED
    doubt = journal.in_doubt
    journal.close()
    into.write_text(json.dumps({"result": result, "in_doubt": doubt}))
    return 0


def forked(work: Callable[[], int]) -> int:
    """Run it in a child; the child's process id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = work()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return child


def ended(child: int, *, wait: bool = True) -> int | None:
    """The exit code of a child (below 0: the signal), None while it still runs."""
    pid, status = os.waitpid(child, 0 if wait else os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def lives(task: Task, many: int, kills: int, sign: int) -> dict[str, Any]:
    """Keep `many` processes at the job until each has come through; signal one at random now and then."""
    chance, sent, ended_early = random.Random(task.seed), 0, 0
    into = [task.folder / f"result-{n}" for n in range(many)]

    def start(n: int) -> int:
        return forked(lambda: live(task, into[n]))

    running = {n: start(n) for n in range(many)}
    due = time.monotonic() + task.latency * chance.uniform(*PAUSES)
    while running:
        for n, child in list(running.items()):
            code = ended(child, wait=False)
            if code == 0:
                del running[n]
            elif code in (-signal.SIGKILL, DRAINED):
                ended_early += 1
                running[n] = start(n)
            elif code is not None:
                raise SystemExit(f"exit code {code}: {into[n].read_text() if into[n].exists() else ''}")
        if running and sent < kills and time.monotonic() >= due:
            os.kill(chance.choice(list(running.values())), sign)
            sent += 1
            due = time.monotonic() + task.latency * chance.uniform(*PAUSES)
        time.sleep(0.001)
    last = [json.loads(file.read_text()) for file in into]
    doubt = max(r["in_doubt"] for r in last)
    return {"kills": sent, "ended": ended_early, "results": [r["result"] for r in last], "in_doubt": doubt}


def bill(task: Task) -> dict[str, Any]:
    """What was paid for, how much of it twice, and how much of that although it was stored."""
    rows = [line.split() for line in task.bill.read_text().splitlines()]
    with closing(sqlite3.connect(task.journal)) as db:
        stored = {
            json.loads(reply)["text"][:64]: at
            for reply, at in db.execute("SELECT reply, finished FROM calls WHERE state = 1")
        }
    names = [name for _, _, name in rows]
    return {
        "calls": task.calls(),
        "paid": len(names),
        "repeated": len(names) - len(set(names)),
        "repeated_though_stored": sum(float(at) > stored.get(name, 9e99) for at, _, name in rows),
        "stored": len(stored),
    }


def undisturbed(task: Task) -> str:
    """The result that the job has when nothing happens to it."""
    names = [f"{task.seed} chunk {n}" for n in range(task.chunks)]
    layer = [hashlib.sha256(name.encode()).hexdigest() for name in names]
    while len(layer) > 1:
        joined = [" ".join(layer[n : n + FAN]) for n in range(0, len(layer), FAN)]
        layer = [hashlib.sha256(text.encode()).hexdigest() for text in joined]
    return layer[0]


def full(task: Task, limit: int) -> dict[str, Any]:
    """One life with files of at most `limit` bytes, where 0 is a limit of the disk itself; then another."""
    into = task.folder / "result-full"

    def cramped() -> int:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return live(task, into)

    first = ended(forked(cramped))
    said = json.loads(into.read_text())
    (task.folder / "disk" / "ballast").unlink(missing_ok=True)
    return {"first": first, "error": said.get("error", ""), **lives(task, 1, 0, 0)}


def main() -> None:
    """Run one kind of torture and print its summary."""
    ask = argparse.ArgumentParser()
    ask.add_argument("kind", choices=["kill", "sigint", "full"])
    ask.add_argument("folder", type=Path)
    ask.add_argument("--chunks", type=int, default=200)
    ask.add_argument("--concurrency", type=int, default=8)
    ask.add_argument("--processes", type=int, default=1)
    ask.add_argument("--kills", type=int, default=0)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--latency", type=float, default=0.01, help="mean seconds of a call")
    ask.add_argument("--limit", type=int, default=0)
    given = ask.parse_args()
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # inherited: a Ctrl-C before a job has begun is no part of this
    task = Task(given.folder, given.chunks, given.concurrency, given.seed, given.latency)
    if given.kind == "full":
        said = full(task, given.limit)
    else:
        sign = signal.SIGKILL if given.kind == "kill" else signal.SIGINT
        said = lives(task, given.processes, given.kills, sign)
    print(json.dumps({**said, **bill(task), "right": set(said["results"]) == {undisturbed(task)}}))


if __name__ == "__main__":
    main()
