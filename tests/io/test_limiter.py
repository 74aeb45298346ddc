"""The limiter: as fast as the server allows and no faster, on a clock that never waits."""

from __future__ import annotations

import asyncio
import importlib.util
import itertools
import json
import sys
import threading
from collections.abc import Coroutine
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from quotewise._errors import RateLimitedError, UnavailableError
from quotewise._io.bell import Bell, Turns
from quotewise._io.limiter import Limiter, Limiters, Unlimited
from quotewise._io.rates import Allowance, Amount, Bucket, Ticket, allowance, duration
from quotewise._plans.core import Call, Message

CALL = Call("facts", (Message("user", "x" * 400),), BaseModel, max_output=50)
ROOT = Path(__file__).parents[2]


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("limiter_benchmark", ROOT / "benchmarks" / "limiter.py")
    assert spec
    assert spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


simulation = _benchmark()


def virtually(work: Any) -> Any:
    """Run `work(loop)` on a virtual clock."""
    return simulation.run_virtually(work)


def headers(remaining: float, *, limit: float = 6_000, reset: str | None = None) -> dict[str, str]:
    said = {"X-RateLimit-Limit-Tokens": str(limit), "X-RateLimit-Remaining-Tokens": str(remaining)}
    return said | ({"x-ratelimit-reset-tokens": reset} if reset else {})


# The whole, in the simulation of the benchmark, with fewer documents.


@pytest.mark.parametrize(
    ("case", "least", "refused"),
    [
        ({}, 0.95, 0.01),
        ({"refunds": True}, 0.90, 0.01),
        ({"neighbour": 0.3}, 0.95, 0.01),
        ({"burst": 1.0}, 0.95, 0.01),
        ({"rpm": 200}, 0.95, 0.01),
        ({"headers": False}, 0.90, 0.03),
    ],
)
def test_near_the_allowed_rate_without_failures(case: dict[str, Any], least: float, refused: float) -> None:
    """At least so much of the allowed rate, nobody given up, and hardly a refusal; three attempts each."""
    job = simulation.Job(documents=1_500, seed=7, **case)
    tally = simulation.simulate(job, simulation.limited(retries=2))
    assert (tally.done, tally.failed) == (1_500, 0)
    assert job.ideal / (tally.seconds - LAST_ANSWERS) >= least
    assert tally.refused <= refused * 1_500


LAST_ANSWERS = 8.0
"""Seconds that the last answers take once all are let in: much of a short run, little of a long one."""


def test_a_fixed_number_in_flight_loses_documents() -> None:
    """What the limiter is for: with 64 in flight and two retries, most documents are lost."""
    tally = simulation.simulate(simulation.Job(documents=500), simulation.fixed(64))
    assert tally.failed > 100


# Its parts.


def story(work: Any, **options: Any) -> None:
    """Run `work(loop, limiter)` on a virtual clock."""

    async def run(loop: Any) -> None:
        await work(loop, Limiter(clock=loop.time, chance=lambda: 1.0, **options))

    virtually(run)


def test_it_starts_with_eight_and_quadruples() -> None:
    """Nobody knows the server yet, so eight go out; each good round lets four times as many."""

    async def work(loop: Any, limiter: Limiter) -> None:
        seen: list[int] = []

        async def one() -> None:
            async with limiter.slot():
                await asyncio.sleep(1)
                seen.append(limiter.in_flight)

        await asyncio.gather(*(one() for _ in range(168)))
        assert loop.time() == pytest.approx(3.0)
        assert max(seen) == 128

    story(work)


def test_after_a_429_everybody_waits_as_long_as_asked() -> None:
    """One refusal with Retry-After holds all back for that time, and no longer."""

    async def work(loop: Any, limiter: Limiter) -> None:
        async with limiter.slot() as slot:
            slot.saw({"retry-after": "7"}, 429)
        assert limiter.cooldown == 7.0
        starts: list[float] = []

        async def one() -> None:
            async with limiter.slot():
                starts.append(loop.time())

        await asyncio.gather(*(one() for _ in range(4)))
        assert starts == pytest.approx([7.0] * 4, abs=0.01)

    story(work)


def test_an_error_tells_as_much_as_a_status() -> None:
    """A `RateLimitedError` that leaves the slot is a refusal; another error is none."""

    async def work(loop: Any, limiter: Limiter) -> None:
        for error in (UnavailableError("down"), RateLimitedError("slow", retry_after=3.0)):
            assert limiter.cooldown == 0.0
            with pytest.raises(type(error)):
                async with limiter.slot():
                    raise error
        assert limiter.cooldown == 3.0
        assert limiter.in_flight == 0

    story(work)


def test_without_a_word_the_pauses_double() -> None:
    """Where the server names no time, refusals in a row wait longer and longer, up to half a minute."""

    async def work(loop: Any, limiter: Limiter) -> None:
        pauses = []
        for _ in range(9):
            async with limiter.slot() as slot:
                slot.saw({}, 429)
                slot.refused()  # told twice, counted once
            pauses.append(limiter.cooldown)
        assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
        async with limiter.slot():
            pass
        async with limiter.slot() as slot:
            slot.saw({}, 429)
        assert limiter.cooldown == 0.5

    story(work)


def test_nobody_hangs_where_the_server_asks_for_an_hour() -> None:
    """Who was refused gets an error at once; the others are not held back for it, and hear the same."""

    async def work(loop: Any, limiter: Limiter) -> None:
        async with limiter.slot() as slot:
            slot.saw({"retry-after": "3600"}, 429)
        assert limiter.cooldown == 0.5

    story(work)


@pytest.mark.parametrize("reset", ["1790000000", "1790000000000", "40d"])
def test_nobody_hangs_where_a_header_means_hours(reset: str) -> None:
    """A moment where a duration is expected, or a limit of days used up: the server is asked all the same."""

    async def work(loop: Any, limiter: Limiter) -> None:
        async with asyncio.timeout(1.0):
            for _ in range(4):
                async with limiter.slot(200) as slot:
                    slot.saw(headers(0, reset=reset))

    story(work)


def test_requests_refused_together_are_one_sign() -> None:
    """Eight refusals at once cut the number in flight once, not eight times."""

    async def work(loop: Any, limiter: Limiter) -> None:
        async def refused() -> None:
            async with limiter.slot() as slot:
                await asyncio.sleep(1)
                slot.saw({"retry-after": "1"}, 429)

        await asyncio.gather(*(refused() for _ in range(8)))
        flying: list[int] = []

        async def good() -> None:
            async with limiter.slot():
                flying.append(limiter.in_flight)
                await asyncio.sleep(1)

        await asyncio.gather(*(good() for _ in range(5)))
        assert max(flying) == 5

    story(work)


def test_headers_are_followed_to_the_token() -> None:
    """100 tokens a second and an empty bucket: calls of 200 go out every two seconds."""

    async def work(loop: Any, limiter: Limiter) -> None:
        async with limiter.slot(200) as slot:
            slot.saw(headers(1_000))
        starts: list[float] = []

        async def one() -> None:
            async with limiter.slot(200):
                starts.append(loop.time())

        await asyncio.gather(*(one() for _ in range(12)))
        gaps = [b - a for a, b in itertools.pairwise(starts[6:])]
        assert starts[3] == 0.0
        assert gaps == pytest.approx([2.0] * 5, abs=0.05)

    story(work)


def test_those_who_waited_longest_go_first() -> None:
    """Turns come in the order of asking."""

    async def work(loop: Any, limiter: Limiter) -> None:
        order: list[int] = []

        async def one(n: int) -> None:
            async with limiter.slot():
                order.append(n)
                await asyncio.sleep(1)

        await asyncio.gather(*(one(n) for n in range(40)))
        assert order == list(range(40))

    story(work)


def test_who_stops_waiting_frees_the_way() -> None:
    """A cancelled waiter, at the head of the line or in it, holds nobody up."""

    async def work(loop: Any, limiter: Limiter) -> None:
        async def one() -> None:
            async with limiter.slot():
                await asyncio.sleep(10)

        tasks = [asyncio.create_task(one()) for _ in range(20)]
        await asyncio.sleep(1)
        for task in tasks[8:15]:
            task.cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(d, asyncio.CancelledError) for d in done) == 7
        assert limiter.in_flight == 0
        assert loop.time() == pytest.approx(20.0)

    story(work)


def test_without_limits_nobody_waits() -> None:
    """A transport without a limiter sends at once, whatever the server says."""

    async def work(loop: Any) -> None:
        limiter = Unlimited()
        for _ in range(3):
            async with limiter.slot_for(CALL) as slot:
                slot.saw({"retry-after": "60"}, 429)
        assert loop.time() == 0.0

    virtually(work)


def test_at_most_so_many_fly() -> None:
    """`most` bounds what goes out, whatever the server allows."""

    async def work(loop: Any, limiter: Limiter) -> None:
        flying: list[int] = []

        async def one() -> None:
            async with limiter.slot():
                flying.append(limiter.in_flight)
                await asyncio.sleep(1)

        await asyncio.gather(*(one() for _ in range(12)))
        assert max(flying) == 3

    story(work, most=3)


def test_event_loops_of_several_threads_share_a_limiter() -> None:
    """Two loops in two threads wait for each other's places, and all come through."""
    limiter = Limiter(most=2)
    done: list[int] = []

    async def one() -> None:
        async with limiter.slot():
            await asyncio.sleep(0)

    async def many() -> None:
        await asyncio.gather(*(one() for _ in range(100)))
        done.append(1)

    _in_threads(many, many)
    assert len(done) == 2
    assert limiter.in_flight == 0


def _in_threads(*works: Any) -> None:
    def run(work: Any) -> None:
        coroutine: Coroutine[Any, Any, None] = work()
        asyncio.run(coroutine)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive()


def test_a_calls_size_is_counted_in_characters() -> None:
    """400 characters and an output limit of 50 take 151 tokens of the 1,000 that remain."""

    async def work(loop: Any, limiter: Limiter) -> None:
        async with limiter.slot() as first:
            first.saw(headers(1_000))
        starts: list[float] = []

        async def one() -> None:
            async with limiter.slot_for(CALL):
                starts.append(loop.time())

        await asyncio.gather(*(one() for _ in range(8)))
        assert starts.count(0.0) == 6
        assert starts[7] == pytest.approx(starts[6] + 1.51, abs=0.05)

    story(work)


def test_one_limiter_for_each_address_key_and_model() -> None:
    """The same account shares one; the key is not kept."""
    limiters = Limiters()
    one = limiters.of("http://a/v1", "sk-secret", "m")
    assert limiters.of("http://a/v1/", "sk-secret", "m") is one
    others = [
        limiters.of("http://b/v1", "sk-secret", "m"),
        limiters.of("http://a/v1", "sk-other", "m"),
        limiters.of("http://a/v1", None, "m"),
        limiters.of("http://a/v1", "sk-secret", "n"),
    ]
    assert len({id(limiter) for limiter in [one, *others]}) == 5
    assert "secret" not in repr(vars(limiters))


# Waiting across loops.


def test_a_turn_that_comes_as_its_owner_leaves_is_handed_on() -> None:
    """Cancelling the next in line at the moment its turn comes does not lose the turn."""

    async def work(_loop: Any) -> None:
        turns = Turns()

        async def take() -> None:
            async with turns:
                pass

        async with turns:
            first, second = asyncio.create_task(take()), asyncio.create_task(take())
            await asyncio.sleep(1)
        first.cancel()
        await second
        with pytest.raises(asyncio.CancelledError):
            await first

    virtually(work)


def test_a_ring_between_looking_and_listening_is_not_missed() -> None:
    """What becomes ready while the ear is being put up is seen."""

    async def work(_loop: Any) -> None:
        looks = iter([False, True])
        await Bell().until(lambda: next(looks))

    virtually(work)


# Headers and buckets.


CASES = json.loads((ROOT / "tests" / "cases" / "rate_headers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["allowances"], ids=lambda case: case["name"])
def test_allowances_as_servers_write_them(case: dict[str, Any]) -> None:
    """Headers of several servers, and headers that make no sense."""
    said = allowance(case["headers"], case.get("kind", "tokens"))
    if case["rate"] is None:
        assert said is None
    else:
        assert said is not None
        assert said.rate == pytest.approx(case["rate"], rel=0.02)


@pytest.mark.parametrize(("words", "seconds"), CASES["durations"])
def test_durations_as_servers_write_them(words: str, seconds: float | None) -> None:
    """Go's notation, plain seconds, and what is neither."""
    assert duration(words) == (None if seconds is None else pytest.approx(seconds))


@given(
    amounts=st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500), st.floats(0, 20)), max_size=40),
    replies=st.lists(st.floats(0, 1_000), max_size=40),
)
def test_a_bucket_never_promises_more_than_it_holds(
    amounts: list[tuple[float, float, float]], replies: list[float]
) -> None:
    """Whatever is taken and heard, the wait is finite, and after it there is room."""
    now, bucket = 0.0, Bucket(Allowance(6_000, 1_000), 0.0)
    heard = iter(replies)
    for sure, more, later in amounts:
        now += later
        amount = Amount(sure, more)
        wait = bucket.wait(amount, now)
        assert 0.0 <= wait < 600.0
        now += wait
        assert bucket.wait(amount, now) == pytest.approx(0.0, abs=1e-6)
        ticket = bucket.take(amount, now)
        if (remaining := next(heard, None)) is not None:
            bucket.hear(Allowance(6_000, remaining), ticket, now)


def test_a_bucket_learns_what_the_server_charges() -> None:
    """A server that charges a fifth of the output limit is soon seen through."""
    bucket, now, level = Bucket(Allowance(60_000, 60_000), 0.0), 0.0, 60_000.0
    for _ in range(60):
        now += 0.5
        ticket = bucket.take(Amount(1_000, 1_000), now)
        level = level + 500 - 1_200
        bucket.hear(Allowance(60_000, level), ticket, now)
    assert bucket.charged == pytest.approx(0.2, abs=0.02)


def test_an_old_reply_is_passed_over() -> None:
    """Replies overtake each other; one to an earlier request says nothing new."""
    bucket = Bucket(Allowance(6_000, 1_000), 0.0)
    first, second = bucket.take(Amount(100), 0.0), bucket.take(Amount(100), 0.0)
    bucket.hear(Allowance(6_000, 800), second, 1.0)
    wait = bucket.wait(Amount(900), 1.0)
    bucket.hear(Allowance(6_000, 10), first, 1.0)
    assert bucket.wait(Amount(900), 1.0) == wait
    assert Ticket(Amount(100), 0.0) == first
