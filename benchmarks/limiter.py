"""How near to a server's rate limit a client gets, and what it costs in refusals: on a virtual clock.

The library's own `Limiter` runs here unchanged, against a simulated limiter with two continuously refilled
buckets (requests, tokens) that charges the input and the whole output limit when it lets a request in, as
OpenAI says it does. Beside it stand clients with a fixed number of requests in flight and the retry rules
of openai 3.54. With `live`, the whole live transport runs over HTTP against a `LocalServer` that keeps such
limits on the real clock. Prints a Markdown table. No model, no network beyond this machine.

    python benchmarks/limiter.py [documents] [seeds]
    python benchmarks/limiter.py live
"""

from __future__ import annotations

import asyncio
import math
import random
import selectors
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from quotewise._errors import RateLimitedError
from quotewise._io.limiter import Limiter, Slot
from quotewise._io.openai_transport import OpenAITransport
from quotewise._plans.core import Call, Message
from quotewise.testing import Fault, LocalServer, Received, ScriptedTransport
from quotewise.testing.faults import rate_limited

T = TypeVar("T")


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer instead of waiting for it."""

    def __init__(self) -> None:
        self.now = 0.0
        super().__init__(_Jumping(self))

    def time(self) -> float:
        return self.now


class _Jumping(selectors.SelectSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("Everyone waits, and nobody will come.")
        self._loop.now += max(0.0, timeout)
        return super().select(0)


def run_virtually(work: Callable[[VirtualLoop], Coroutine[Any, Any, T]]) -> T:
    """The result of a coroutine on a virtual clock."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(work(loop))
    finally:
        loop.close()


@dataclass(frozen=True)
class Job:
    """What there is to do, and the server's limits. Tokens a document; rates a minute; seconds.

    With `refunds` the server gives back what an answer left of its output limit; `neighbour` is the share
    of the limits that somebody else uses with the same key.
    """

    documents: int = 5_000
    input_tokens: int = 3_000
    likely_output: int = 400
    max_output: int = 1_500
    rpm: int = 5_000
    tpm: int = 2_000_000
    burst: float = 10.0
    headers: bool = True
    retry_after: bool = True
    refunds: bool = False
    neighbour: float = 0.0
    seed: int = 0

    @property
    def ideal(self) -> float:
        """Seconds that no client can beat: the work at the allowed rate, less what the buckets held."""
        output = self.likely_output * math.exp(0.4**2 / 2) if self.refunds else self.max_output
        by_tokens = self.documents * (self.input_tokens + output) / self.tpm
        minutes = max(by_tokens, self.documents / self.rpm) / (1 - self.neighbour)
        return minutes * 60 - self.burst


@dataclass
class Answer:
    """What the server sent back."""

    status: int
    headers: dict[str, str]


class Server:
    """Two buckets that refill continuously; refuses at once, answers after a model's time."""

    def __init__(self, job: Job, clock: Callable[[], float]) -> None:
        self._job, self._clock = job, clock
        self._chance = random.Random(job.seed)
        self._rates = job.rpm / 60, job.tpm / 60
        self._levels = [rate * job.burst for rate in self._rates]
        self._at = 0.0
        self.answered = self.refused = 0

    async def ask(self) -> Answer:
        """One request: the answer, or a refusal with the time after which it would have been let in."""
        job = self._job
        needs = 1.0, float(job.input_tokens + job.max_output)
        self._refill()
        missing = [max(0.0, need - level) for need, level in zip(needs, self._levels, strict=True)]
        if any(missing):
            self.refused += 1
            wait = max(m / rate for m, rate in zip(missing, self._rates, strict=True))
            headers = self._headers() | ({"retry-after": f"{max(wait, 0.02):.3f}"} if job.retry_after else {})
            await asyncio.sleep(0.15)
            return Answer(429, headers)
        self._levels = [level - need for need, level in zip(needs, self._levels, strict=True)]
        self.answered += 1
        headers = self._headers()
        await asyncio.sleep(0.5 + self._chance.lognormvariate(math.log(job.likely_output / 90), 0.5))
        if job.refunds:
            output = self._chance.lognormvariate(math.log(job.likely_output), 0.4)
            self._levels[1] += max(0.0, job.max_output - output)
        return Answer(200, headers)

    def _refill(self) -> None:
        gone, self._at = self._clock() - self._at, self._clock()
        self._levels = [
            min(rate * self._job.burst, level + gone * rate * (1 - self._job.neighbour))
            for rate, level in zip(self._rates, self._levels, strict=True)
        ]

    def _headers(self) -> dict[str, str]:
        """As OpenAI sends them: the limit per minute, what remains of it, the time until it is whole."""
        said: dict[str, str] = {}
        if self._job.headers:
            for kind, rate, level in zip(("requests", "tokens"), self._rates, self._levels, strict=True):
                gone = rate * self._job.burst - level
                said[f"x-ratelimit-limit-{kind}"] = f"{rate * 60:.0f}"
                said[f"x-ratelimit-remaining-{kind}"] = f"{level:.0f}"
                said[f"x-ratelimit-reset-{kind}"] = f"{gone / rate * 1000:.0f}ms"
        return said


@dataclass
class Tally:
    """How it went: documents done and given up, refusals, seconds, the most in flight."""

    done: int = 0
    failed: int = 0
    refused: int = 0
    seconds: float = 0.0
    peak: int = 0
    _flying: int = field(default=0, repr=False)

    def begin(self) -> None:
        self._flying += 1
        self.peak = max(self.peak, self._flying)

    def end(self, *, done: bool) -> None:
        self._flying -= 1
        self.done += done
        self.failed += not done


Read = Callable[[Server, Tally], Awaitable[None]]
Client = Callable[[Job, VirtualLoop], tuple[Read, int]]


def fixed(concurrency: int, retries: int = 2) -> Client:
    """So many in flight, each with openai's own retries: Retry-After, else 0.5 s doubled up to 8 s."""

    def client(job: Job, loop: VirtualLoop) -> tuple[Read, int]:
        chance = random.Random(job.seed)

        async def read(server: Server, tally: Tally) -> None:
            tally.begin()
            for attempt in range(retries + 1):
                answer = await server.ask()
                if answer.status == 200:
                    return tally.end(done=True)
                asked = answer.headers.get("retry-after")
                backoff = min(0.5 * 2**attempt, 8.0) * (1 - 0.25 * chance.random())
                await asyncio.sleep(float(asked) if asked else backoff)
            return tally.end(done=False)

        return read, concurrency

    return client


def limited(retries: int = 2, concurrency: int = 500) -> Client:
    """The library's limiter, with the library's number of attempts."""

    def client(job: Job, loop: VirtualLoop) -> tuple[Read, int]:
        limiter = Limiter(clock=loop.time, chance=random.Random(job.seed).random)

        async def attempt(server: Server, slot: Slot) -> bool:
            answer = await server.ask()
            slot.saw(answer.headers, answer.status)
            return answer.status == 200

        async def read(server: Server, tally: Tally) -> None:
            for _ in range(retries + 1):
                async with limiter.slot(job.input_tokens, job.max_output) as slot:
                    tally.begin()
                    done = await attempt(server, slot)
                    tally.end(done=done)
                if done:
                    return
                tally.failed -= 1
            tally.failed += 1

        return read, concurrency

    return client


async def work_through(job: Job, client: Client, loop: VirtualLoop) -> Tally:
    """All documents of a job through one client."""
    server, tally = Server(job, loop.time), Tally()
    read, concurrency = client(job, loop)
    places = asyncio.Semaphore(concurrency)

    async def one() -> None:
        async with places:
            await read(server, tally)

    await asyncio.gather(*(one() for _ in range(job.documents)))
    tally.seconds, tally.refused = loop.time(), server.refused
    return tally


def simulate(job: Job, client: Client) -> Tally:
    """How a job goes with a client, in virtual time."""
    return run_virtually(lambda loop: work_through(job, client, loop))


FIRST_SEED = 100
"""The limiter was made with other seeds than those of the table."""

_BARE = {"headers": False, "retry_after": False}
CASES: tuple[tuple[str, Client, dict[str, Any]], ...] = (
    ("fixed 16, openai's retries", fixed(16), {}),
    ("fixed 64, openai's retries", fixed(64), {}),
    ("fixed 500, openai's retries", fixed(500), {}),
    ("fixed 500, 20 retries each", fixed(500, 20), {}),
    ("**quotewise, headers**", limited(), {}),
    ("quotewise, headers, output limit 600", limited(), {"max_output": 600}),
    ("quotewise, headers, unused output given back", limited(), {"refunds": True}),
    ("quotewise, headers, a neighbour uses 30 %", limited(), {"neighbour": 0.3}),
    ("quotewise, headers, buckets of 1 s", limited(), {"burst": 1.0}),
    ("quotewise, no headers, Retry-After", limited(retries=5), {"headers": False}),
    ("quotewise, neither", limited(retries=5), _BARE),
    ("quotewise, neither, buckets of 1 s", limited(retries=5), {"burst": 1.0} | _BARE),
    ("quotewise, neither, 44 documents a minute", limited(retries=5), {"tpm": 200_000} | _BARE),
    ("quotewise, headers, 300 requests a minute", limited(), {"rpm": 300}),
    ("quotewise, headers, done in two minutes", limited(), {"rpm": 10_000, "tpm": 10_000_000}),
)


def main(documents: int, seeds: int) -> None:
    """Print the table: means over the seeds."""
    print("| client | time s | ideal s | of the allowed rate | done | failed | 429s | of requests | peak |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, client, change in CASES:
        jobs = [replace(Job(documents=documents), seed=FIRST_SEED + n, **change) for n in range(seeds)]
        tallies = [simulate(job, client) for job in jobs]
        time = sum(t.seconds for t in tallies) / seeds
        done, failed, refused = (
            sum(getattr(t, n) for t in tallies) / seeds for n in ("done", "failed", "refused")
        )
        share = jobs[0].ideal / time * done / documents
        peak = max(t.peak for t in tallies)
        print(
            f"| {name} | {time:,.0f} | {jobs[0].ideal:,.0f} | {share:.3f} | {done:,.0f} | {failed:,.0f}"
            f" | {refused:,.0f} | {refused / (refused + done):.2%} | {peak} |"
        )


class Limits:
    """A `LocalServer`'s limits on the real clock: what to answer to each request. Rates a second."""

    def __init__(self, requests: float, tokens: float, burst: float = 2.0) -> None:
        self._rates = requests, tokens
        self._burst = burst
        self._levels = [requests * burst, tokens * burst]
        self._at = time.monotonic()
        self.answered = self.refused = 0

    def __call__(self, request: Received) -> Fault:
        body = request.json
        size = sum(len(message["content"]) for message in body["messages"]) / 4
        needs = 1.0, size + (body.get("max_tokens") or body["max_completion_tokens"])
        gone, self._at = time.monotonic() - self._at, time.monotonic()
        full = [rate * self._burst for rate in self._rates]
        self._levels = [min(f, x + gone * r) for f, x, r in zip(full, self._levels, self._rates, strict=True)]
        waits = [(n - x) / r for n, x, r in zip(needs, self._levels, self._rates, strict=True)]
        if max(waits) > 0:
            self.refused += 1
            refused = rate_limited(f"{max(waits):.3f}")
            return replace(refused, headers={**refused.headers, **self._headers(full)})
        self._levels = [level - need for need, level in zip(needs, self._levels, strict=True)]
        self.answered += 1
        return Fault(headers=self._headers(full))

    def _headers(self, full: list[float]) -> dict[str, str]:
        said: dict[str, str] = {}
        kinds = "requests", "tokens"
        for kind, rate, level, most in zip(kinds, self._rates, self._levels, full, strict=True):
            said[f"x-ratelimit-limit-{kind}"] = f"{rate * 60:.0f}"
            said[f"x-ratelimit-remaining-{kind}"] = f"{max(0.0, level):.0f}"
            said[f"x-ratelimit-reset-{kind}"] = f"{(most - level) / rate * 1000:.0f}ms"
        return said


class _Short(BaseModel):
    answer: str


async def _send_all(transport: OpenAITransport, calls: int, at_once: int) -> tuple[int, float]:
    """How many of so many calls were answered, and the seconds it took."""
    places = asyncio.Semaphore(at_once)
    call = Call("t", (Message("user", "w " * 2_000),), _Short, max_output=500)

    async def one() -> bool:
        async with places:
            try:
                await transport.send(call)
            except RateLimitedError:
                return False
            return True

    started = time.monotonic()
    done = sum(await asyncio.gather(*(one() for _ in range(calls))))
    await transport.aclose()
    return done, time.monotonic() - started


def live(calls: int = 1_200, rate: float = 40.0) -> None:
    """Print how the live transport fares with and without the limiter; `rate` calls a second are allowed."""
    print("| live transport, three attempts a call | seconds | ideal | of the allowed rate | done | 429s |")
    print("|---|---|---|---|---|---|")
    for name, limiter, at_once in (
        ("64 at once, no limiter", None, 64),
        ("16 at once, no limiter", None, 16),
        ("64 at once, limiter", Limiter(), 64),
    ):
        limits = Limits(1_000.0, rate * 1_500)
        answer = ScriptedTransport(lambda call: '{"answer": "yes"}')
        with LocalServer(answer, faults=limits, latency=0.4, schemas=[_Short]) as server:
            transport = OpenAITransport("m", base_url=server.base_url, limiter=limiter)
            done, seconds = asyncio.run(_send_all(transport, calls, at_once))
        ideal = done / rate - 2.0
        share = ideal / seconds
        print(f"| {name} | {seconds:.1f} | {ideal:.1f} | {share:.3f} | {done:,} | {limits.refused:,} |")


if __name__ == "__main__":
    given = sys.argv[1:]
    if given == ["live"]:
        live()
    else:
        main(*(int(arg) for arg in (given + ["5000", "3"][len(given) :])))
