"""What one call costs the client: CPU and rate beside raw HTTP, openai's `.parse`, instructor and LangChain.

Run: `python benchmarks/calls.py [--peers PYTHON] [--rounds 3]`; `PYTHON` is that of an environment
with `instructor` and `langchain-openai` (they cap versions that we do not). A server of its own process
answers every call with the same 4 kB of JSON, at once or after 200 ms. Each row runs in a fresh process, the
rows of a round one after the other, so that a busy moment hits them all; the least CPU and the median rate
are shown.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

Ask = Callable[[], Awaitable[Any]]

PROMPT = "The quick brown fox jumps over the lazy dog, and nobody minds. " * 140  # about 9 kB
ANSWER = {
    "facts": [
        {"evidence": [n, n + 1], "kind": "event", "text": f"Fact number {n} of this answer says this."}
        for n in range(48)
    ]
}
SETTINGS = [(0, 1, 150), (0, 32, 300), (0, 256, 512), (200, 32, 640), (200, 256, 768)]
"""Latency in ms, calls in flight, calls in all."""


# The server: no framework, so that it never limits a row.


class Canned(asyncio.Protocol):
    """Answers every request on a connection with the same completion, so long after it came."""

    def __init__(self, latency: float, body: bytes = b"") -> None:
        self._latency, self._seen, self._body = latency, bytearray(), body

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if not self._seen:
            self._came = time.perf_counter()
        self._seen += data
        begin = self._seen.find(b"\r\n\r\n") + 4
        if begin < 4:
            return
        head = self._seen[:begin].lower().split(b"\r\n")
        end = begin + next(int(h[15:]) for h in head if h.startswith(b"content-length:"))
        if len(self._seen) >= end:
            body = self.answer(bytes(self._seen[begin:end]))
            del self._seen[:end]
            whole = (
                f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            )
            left = max(0.0, self._came + self._latency - time.perf_counter())
            asyncio.get_running_loop().call_later(left, self._transport.write, whole.encode() + body)

    def answer(self, sent: bytes) -> bytes:
        return self._body


def completion(value: Any, given: int = 2000) -> bytes:
    """A completion with this answer."""
    message = {"role": "assistant", "content": json.dumps(value), "refusal": None}
    whole = {
        "id": "c", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": given, "completion_tokens": 900, "total_tokens": given + 900},
    }  # fmt: skip
    return json.dumps(whole).encode()


async def serve(make: Callable[[], asyncio.Protocol]) -> None:
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


# The clients. Each is asked for the same facts and gives a validated value.


def facts_model() -> Any:
    """The answer's shape, for the peers: what `ClaimedFacts` is for us."""
    from typing import Literal

    from pydantic import BaseModel

    class Fact(BaseModel):
        evidence: list[int]
        kind: Literal["event", "statement", "number", "plan", "background"]
        text: str

    class Facts(BaseModel):
        facts: list[Fact]

    return Facts


def raw(url: str) -> Ask:
    import httpx2

    model = facts_model()
    client = httpx2.AsyncClient(limits=httpx2.Limits(max_connections=1000), timeout=60)
    schema = {"name": "Facts", "schema": model.model_json_schema()}
    body = {
        "model": "m",
        "messages": _messages(),
        "response_format": {"type": "json_schema", "json_schema": schema},
    }

    async def ask() -> Any:
        reply = await client.post(f"{url}/chat/completions", json=body)
        return model.model_validate_json(reply.json()["choices"][0]["message"]["content"])

    return ask


def parse(url: str) -> Ask:
    import openai

    model, client = facts_model(), openai.AsyncOpenAI(base_url=url, api_key="k", max_retries=0)

    async def ask() -> Any:
        reply = await client.chat.completions.parse(model="m", messages=_messages(), response_format=model)
        return reply.choices[0].message.parsed

    return ask


def instructor(url: str) -> Ask:
    import instructor as peer
    import openai

    model = facts_model()
    client = peer.from_openai(
        openai.AsyncOpenAI(base_url=url, api_key="k", max_retries=0), mode=peer.Mode.JSON_SCHEMA
    )

    async def ask() -> Any:
        return await client.chat.completions.create(
            model="m", messages=_messages(), response_model=model, max_retries=1
        )

    return ask


def langchain(url: str) -> Ask:
    from langchain_openai import ChatOpenAI

    chat = ChatOpenAI(model="m", base_url=url, api_key="k", max_retries=0)
    chain = chat.with_structured_output(facts_model(), method="json_schema")
    return lambda: chain.ainvoke(PROMPT)


def quotewise(url: str) -> Ask:
    from quotewise._io.openai_transport import OpenAITransport
    from quotewise._plans.asking import read
    from quotewise._plans.core import Call, Message
    from quotewise._plans.schemas import ClaimedFacts

    transport = OpenAITransport("m", base_url=url, api_key="k")
    call = Call("facts", (Message("system", "Read."), Message("user", PROMPT)), ClaimedFacts)

    async def ask() -> Any:
        return read(await transport.send(call), ClaimedFacts)

    return ask


def _messages() -> list[dict[str, str]]:
    return [{"role": "system", "content": "Read."}, {"role": "user", "content": PROMPT}]


CLIENTS = {
    "raw httpx2": raw,
    "openai .parse": parse,
    "instructor": instructor,
    "langchain-openai": langchain,
    "quotewise": quotewise,
}
PEERS = {"instructor", "langchain-openai"}


async def measure(name: str, url: str, in_flight: int, calls: int) -> dict[str, float]:
    """One row: calls a second and CPU milliseconds a call, after a warm-up."""
    ask = CLIENTS[name](url)
    gate = asyncio.Semaphore(in_flight)

    async def one() -> None:
        async with gate:
            value = await ask()
            assert len(value.facts) == len(ANSWER["facts"])

    await asyncio.gather(*(one() for _ in range(min(in_flight, 32))))
    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(one() for _ in range(calls)))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"rate": calls / wall, "cpu": 1000 * cpu / calls}


# The run.


def row(python: str, name: str, port: int, in_flight: int, calls: int) -> dict[str, float] | None:
    command = [python, __file__, "--row", name, str(port), str(in_flight), str(calls)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode:
        print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout)


def setting(latency: int, in_flight: int, calls: int, rounds: int, peers: str | None) -> None:
    command = [sys.executable, __file__, "--serve", str(latency)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        seen: dict[str, list[dict[str, float]]] = {}
        for _ in range(rounds):
            for name in CLIENTS:
                python = peers if name in PEERS else sys.executable
                found = row(python, name, port, in_flight, calls) if python else None
                if found:
                    seen.setdefault(name, []).append(found)
    finally:
        server.kill()
        server.wait()
    show(latency, in_flight, seen)


def show(latency: int, in_flight: int, seen: dict[str, list[dict[str, float]]]) -> None:
    rate = {name: statistics.median(r["rate"] for r in rows) for name, rows in seen.items()}
    cpu = {name: min(r["cpu"] for r in rows) for name, rows in seen.items()}
    print(f"\n**{latency} ms, {in_flight} in flight**\n")
    print("| | calls/s, median | times `.parse` | CPU ms a call, least | times `.parse` |")
    print("|---|--:|--:|--:|--:|")
    for name in seen:
        rates = f"{rate[name]:.0f} | {rate[name] / rate['openai .parse']:.2f}"
        print(f"| {name} | {rates} | {cpu[name]:.2f} | {cpu[name] / cpu['openai .parse']:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--serve", type=float)
    parser.add_argument("--row", nargs=4)
    options = parser.parse_args()
    if options.serve is not None:
        body = completion(ANSWER)
        asyncio.run(serve(lambda: Canned(options.serve / 1000, body)))
    elif options.row:
        name, port, in_flight, calls = options.row
        url = f"http://127.0.0.1:{port}/v1"
        print(json.dumps(asyncio.run(measure(name, url, int(in_flight), int(calls)))))
    else:
        for latency, in_flight, calls in SETTINGS:
            setting(latency, in_flight, calls, options.rounds, options.peers)


if __name__ == "__main__":
    main()
