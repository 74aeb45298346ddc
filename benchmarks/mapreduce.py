"""A map-reduce of 200 chunks: its time against the ideal, where calls take 200 ms and nothing else takes any.

Run: `python benchmarks/mapreduce.py [--rounds 3] [--reworded]`. A server of its own process answers each
call 200 ms after it came, with eight facts of the sentences shown or a merge of five. The ideal is the sum
over the rounds of a plan of ceil(calls / in flight) x 200 ms. "raw" sends as many bytes in as many rounds
with bare httpx2, to show what the machine itself takes at that moment. The document has 2 MB; reading it for
its sentences and its tokens counts, importing the client does not. Rows alternate; the least of the rounds is
shown. The facts are sentences of the document word for word; with `--reworded` they are not, so that the
summary's claims must be weighed against the whole document, as a model's mostly must.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import time
from math import ceil
from typing import Any

import calls
import cost

LATENCY = 0.2
TOKENS = 490_000
WINDOW = 8_192
IN_FLIGHT = (8, 32)

_LINE = re.compile(r"^(\d+)\|(.*)$", re.MULTILINE)


class Model(calls.Canned):
    """Answers from the sentences shown, counting its own work as part of the latency."""

    reworded = False

    def answer(self, sent: bytes) -> bytes:
        text = json.loads(sent)["messages"][1]["content"]
        shown = [(int(number), words) for number, words in _LINE.findall(text)]
        if "\nTask: facts\n" in text:
            said = [(n, other_words(w) if self.reworded else w) for n, w in shown[:8]]
            value: Any = {"facts": [{"evidence": [n], "kind": "event", "text": w} for n, w in said]}
        else:
            points = [{"evidence": [n], "rank": 1, "text": w} for n, w in shown[:5]]
            value = {"headline": "A headline", "claims": points}
        return calls.completion(value, len(text) // 4)


class Rewording(Model):
    reworded = True


def other_words(sentence: str) -> str:
    """ "It closed in part 3." as "It closed (part 3)." """
    return re.sub(r" in (part \d+)", r" (\1)", sentence)


async def ours(url: str, in_flight: int) -> tuple[float, float, list[int]]:
    """Seconds, CPU seconds, and the calls of each round."""
    from quotewise import AsyncReader
    from quotewise.events import Event, Planned

    article = cost.document(TOKENS)
    planned: list[int] = []

    def heard(event: Event) -> None:
        if isinstance(event, Planned):
            planned.append(event.calls)

    options: Any = {"window": WINDOW, "concurrency": in_flight, "on_event": heard}
    async with AsyncReader(model="m", base_url=url, **options) as reader:
        await reader.facts("Rain fell.")
        planned.clear()
        began, cpu = time.perf_counter(), time.process_time()
        summary = await reader.summarize(article)
        took = time.perf_counter() - began, time.process_time() - cpu
    assert summary.complete
    assert summary.claims
    return *took, planned


async def raw(url: str, in_flight: int, rounds: list[int]) -> float:
    """Seconds for as many calls in as many rounds, and nothing between them."""
    import httpx2

    gate = asyncio.Semaphore(in_flight)
    lines = "\n".join(f"{n}|The quick brown fox jumps over the lazy dog." for n in range(180))
    messages = [
        {"role": "system", "content": "Read."},
        {"role": "user", "content": f"{lines}\nTask: facts\n"},
    ]
    async with httpx2.AsyncClient(limits=httpx2.Limits(max_connections=in_flight), timeout=60) as client:

        async def one() -> None:
            async with gate:
                (await client.post(f"{url}/chat/completions", json={"messages": messages})).json()

        await one()
        began = time.perf_counter()
        for number in rounds:
            await asyncio.gather(*(one() for _ in range(number)))
        return time.perf_counter() - began


def ideal(rounds: list[int], in_flight: int) -> float:
    return sum(ceil(number / in_flight) for number in rounds) * LATENCY


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reworded", action="store_true")
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    if options.serve:
        asyncio.run(calls.serve(lambda: (Rewording if options.reworded else Model)(LATENCY)))
        return
    how = ["--reworded"] if options.reworded else []
    command = [sys.executable, __file__, "--serve", *how]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        table(f"http://127.0.0.1:{int(server.stdout.readline())}/v1", options.rounds)
    finally:
        server.kill()
        server.wait()


def table(url: str, times: int) -> None:
    print(
        "| in flight | calls by round | ideal, s | raw, s | quotewise, s | times ideal | times raw | CPU, s |"
    )
    print("|--:|---|--:|--:|--:|--:|--:|--:|")
    for in_flight in IN_FLIGHT:
        seen, bare = [], []
        for _ in range(times):
            seen.append(asyncio.run(ours(url, in_flight)))
            bare.append(asyncio.run(raw(url, in_flight, seen[-1][2])))
        wall, cpu, rounds = min(seen, key=lambda one: one[0])
        best = ideal(rounds, in_flight)
        times_ = f"{wall / best:.2f} | {wall / min(bare):.2f}"
        figures = f"{best:.2f} | {min(bare):.2f} | {wall:.2f} | {times_} | {cpu:.2f}"
        print(f"| {in_flight} | {' + '.join(map(str, rounds))} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
