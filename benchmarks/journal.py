"""What the journal costs and what it saves: milliseconds a call, and calls paid for through kills.

The first table times `Journal.once` with a model that answers at once, on the disk that holds the working
directory. The second runs the job of `tests/io/torture_job.py` (200 chunks and 23 reduces) under kills until
so many have been sent; there a call takes 50 ms on average. Prints Markdown. No model, no network.

    python benchmarks/journal.py [kills]
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from quotewise._io.journal import Journal
from quotewise._plans.core import Reply

JOB = Path(__file__).parents[1] / "tests" / "io" / "torture_job.py"
TEXT = "x" * 3_900
LATENCY = 0.05


async def _pay() -> Reply:
    return Reply(TEXT)


async def timed(journal: Journal, keys: list[str], at_once: int) -> float:
    """Milliseconds a call, `at_once` in flight."""
    places = asyncio.Semaphore(at_once)

    async def one(key: str) -> None:
        async with places:
            await journal.once(key, _pay)

    started = time.perf_counter()
    await asyncio.gather(*map(one, keys))
    return (time.perf_counter() - started) / len(keys) * 1_000


def costs(calls: int = 1_000) -> None:
    """Print what a call costs, new and stored, alone and with others."""
    print("| in flight | a new call, ms | a stored call, ms |")
    print("|---|---|---|")
    for at_once in (1, 8, 32, 256):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            journal = Journal(Path(folder) / "runs.db")
            keys = [f"{n:064}" for n in range(calls)]
            new = asyncio.run(timed(journal, keys, at_once))
            stored = asyncio.run(timed(journal, keys, at_once))
            journal.close()
        print(f"| {at_once} | {new:.2f} | {stored:.2f} |")


def job(seed: int, kind: str, *options: object) -> dict[str, Any]:
    """One job through the torture script, on the disk."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        command = [sys.executable, JOB, kind, folder, "--seed", seed, "--latency", LATENCY, *options]
        said: dict[str, Any] = json.loads(subprocess.check_output([*map(str, command)]))
    return said


def through_kills(name: str, kills: int, kind: str, *options: object) -> None:
    """Print one row: jobs until so many signals were sent in all."""
    done: list[dict[str, Any]] = []
    while not done or sum(said["kills"] for said in done) < kills:
        left = kills - sum(said["kills"] for said in done)
        done.append(job(len(done), kind, *options, "--kills", left))
    sent, needed, paid, again = (
        sum(said[what] for said in done) for what in ("kills", "calls", "paid", "repeated_though_stored")
    )
    doubt = sum(said["in_doubt"] for said in done)
    wrong = sum(not said["right"] for said in done)
    each = (paid - needed) / sent if sent else 0.0
    figures = f"{len(done)} | {sent} | {needed:,} | {paid:,} | {again} | {each:.1f} | {doubt} | {wrong}"
    print(f"| {name} | {figures} |")


def main(kills: int) -> None:
    """Print both tables."""
    costs()
    print()
    print("| what happens | jobs | signals | needed | paid | stored, paid | wasted each | in doubt | wrong |")
    print("|---|---|---|---|---|---|---|---|---|")
    through_kills("kill -9, one process, 8 at once", kills, "kill")
    through_kills("kill -9, two processes on one journal", kills, "kill", "--processes", 2)
    through_kills("Ctrl-C", kills, "sigint")
    through_kills("two processes, nothing", 0, "kill", "--processes", 2)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
