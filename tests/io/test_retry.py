"""When the same request is sent again: how often, how long, and never a second too early."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotewise._errors import QuotaError, QuotewiseError, RateLimitedError, UnavailableError
from quotewise._io.retry import Failed, Persistence, Retry, RetryPolicy, heard_by, retry_after

NOW = 1_795_000_000.0
BROKEN = Failed(UnavailableError("It broke."), again=True)


class Time:
    """A clock that a sleep moves on, so that hours pass in no time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def attempts(*outcomes: Failed | str, each: float = 0.0, time: Time | None = None) -> Callable[[], object]:
    """An attempt that gives these outcomes in turn (the last one for ever), taking `each` seconds."""
    made = iter(outcomes)

    async def attempt() -> Failed | str:
        if time is not None:
            time.now += each
        return next(made, outcomes[-1])

    return attempt


def persist(time: Time, attempt: Callable[[], object], *, chance: float = 0.5, **policy: float) -> object:
    persistence = Persistence(
        RetryPolicy(**policy),  # type: ignore[arg-type]  # tests write whole numbers as such
        sleep=time.sleep,
        clock=time.clock,
        chance=lambda: chance,
    )
    return asyncio.run(persistence.persist(attempt))  # type: ignore[arg-type]


@pytest.mark.parametrize("failures", [0, 1, 2])
def test_a_success_within_the_attempts_is_returned(failures: int) -> None:
    """Three attempts in all: two failures are got over."""
    assert persist(Time(), attempts(*[BROKEN] * failures, "done")) == "done"


@pytest.mark.parametrize("allowed", [1, 2, 3, 7])
def test_the_attempts_are_bounded_and_the_last_error_comes_out(allowed: int) -> None:
    """The error is the attempt's own, not a wrapper around it."""
    time = Time()
    with pytest.raises(UnavailableError) as caught:
        persist(time, attempts(BROKEN), attempts=allowed)

    assert caught.value is BROKEN.error
    assert len(time.waits) == allowed - 1


def test_what_must_not_be_sent_again_is_not() -> None:
    """A quota error is no matter of time."""
    time = Time()
    with pytest.raises(QuotaError):
        persist(time, attempts(Failed(QuotaError("Out of credit."), again=False), "never"))

    assert time.waits == []


@pytest.mark.parametrize(
    ("chance", "waits"), [(0.0, [1, 2, 4, 5]), (0.5, [1.5, 3, 6, 7.5]), (1.0, [2, 4, 8, 10])]
)
def test_the_backoff_doubles_to_its_cap_and_is_jittered(chance: float, waits: list[float]) -> None:
    """From half to the whole of it: a server that fails gets time, and clients that failed together do not
    come back together."""
    time = Time()
    with pytest.raises(UnavailableError):
        persist(time, attempts(BROKEN), chance=chance, attempts=5, first_wait=2.0, longest_wait=10.0)

    assert time.waits == waits


BUSY = Failed(UnavailableError("Too much to do."), again=True, busy=True)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_a_busy_server_is_waited_for_longer(chance: float) -> None:
    """A server that starts, or has too much to do for a while, needs more than a second or two."""
    time = Time()
    assert persist(time, attempts(*[BUSY] * 7, "done"), chance=chance) == "done"

    assert 19 <= time.now <= 40
    assert min(time.waits) >= 0.5


def test_a_busy_server_is_not_waited_for_without_end() -> None:
    """The last error comes out after so many attempts; and with what is no longer busy, the fewer count."""
    time = Time()
    with pytest.raises(UnavailableError):
        persist(time, attempts(BUSY), attempts=2, busy_attempts=4)
    with pytest.raises(UnavailableError):
        persist(time, attempts(BUSY, BUSY, BROKEN), attempts=3, busy_attempts=9)

    assert len(time.waits) == 3 + 2


@settings(max_examples=25)
@given(st.floats(0, 1), st.integers(1, 60), st.floats(0.01, 10), st.floats(0.01, 60))
def test_no_backoff_is_longer_than_its_cap(chance: float, allowed: int, first: float, longest: float) -> None:
    """However many attempts: doubling must not run away."""
    time = Time()
    with pytest.raises(UnavailableError):
        persist(
            time,
            attempts(BROKEN),
            chance=chance,
            attempts=allowed,
            first_wait=first,
            longest_wait=longest,
            total=1e9,
        )

    assert all(0 <= wait <= longest for wait in time.waits)


@pytest.mark.parametrize(("after", "waits"), [(2.0, [2.1]), (60.0, [63.0]), (60.5, []), (200.0, [])])
def test_a_servers_wish_is_honoured_up_to_the_cap(after: float, waits: list[float]) -> None:
    """Waited for in full, and a little more; beyond the cap the caller hears of it at once."""
    time = Time()
    limited = Failed(RateLimitedError("Slow down.", retry_after=after), again=True, after=after)
    if waits:
        assert persist(time, attempts(limited, "done")) == "done"
    else:
        with pytest.raises(RateLimitedError) as caught:
            persist(time, attempts(limited, "done"))
        assert caught.value.retry_after == after

    assert time.waits == pytest.approx(waits)


def test_no_attempt_begins_after_the_total() -> None:
    """A wait that would end too late is not begun either."""
    time = Time()
    with pytest.raises(UnavailableError):
        persist(
            time,
            attempts(BROKEN, each=40.0, time=time),
            attempts=99,
            total=95.0,
            first_wait=8.0,
            chance=1.0,
        )

    assert time.now == 40 + 8 + 40  # a third attempt would begin at 96

    time = Time()
    limited = Failed(RateLimitedError("Slow down.", retry_after=50), again=True, after=50.0)
    with pytest.raises(RateLimitedError):
        persist(time, attempts(limited), attempts=99, total=100.0)
    assert time.waits == [52.5]


def test_each_retry_is_told_to_the_listener_of_its_own_task() -> None:
    """Calls made at once over one transport are told apart, and nobody else hears."""
    heard: dict[str, list[Retry]] = {"a": [], "b": [], "nobody": []}
    persistence = Persistence(sleep=Time().sleep, chance=lambda: 1.0)

    async def call(name: str, failures: int) -> str:
        attempt = attempts(*[BROKEN] * failures, "done")
        if name == "nobody":
            return await persistence.persist(attempt)  # type: ignore[arg-type]
        with heard_by(heard[name].append):
            return await persistence.persist(attempt)  # type: ignore[arg-type]

    async def main() -> None:
        await asyncio.gather(call("a", 1), call("b", 2), call("nobody", 2))

    asyncio.run(main())

    assert [retry.attempt for retry in heard["a"]] == [1]
    assert [retry.wait for retry in heard["b"]] == [1.0, 2.0]
    assert heard["nobody"] == []
    assert isinstance(heard["a"][0].error, QuotewiseError)


def date(offset: float) -> str:
    return formatdate(NOW + offset, usegmt=True)


# openai's own table (tests/test_client.py), and what else servers send.
HEADERS = [
    ({}, None),
    ({"retry-after": "20"}, 20),
    ({"retry-after": "0.5"}, 0.5),
    ({"retry-after": "0"}, None),
    ({"retry-after": "-10"}, None),
    ({"retry-after": ""}, None),
    ({"retry-after": "soon"}, None),
    ({"retry-after": "nan"}, None),
    ({"retry-after": "inf"}, float("inf")),
    ({"retry-after": "1e9"}, 1e9),
    ({"retry-after-ms": "1500"}, 1.5),
    ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
    ({"retry-after-ms": "x", "retry-after": "9"}, 9),
    ({"retry-after": date(30)}, 30),
    ({"retry-after": date(0)}, None),
    ({"retry-after": date(-3600)}, None),
    ({"retry-after": format_datetime(datetime.fromtimestamp(NOW + 61, UTC))}, 61),
    ({"retry-after": "Fri, 29 Sep 100000 16:26:57 GMT"}, "any"),
    ({"retry-after": "Zun, 29 Sep 2000 12:00:00"}, None),
    ({"retry-after": "99999999999999999999"}, 1e20),
]


@pytest.mark.parametrize(("headers", "expected"), HEADERS)
def test_retry_after_is_read_in_each_of_its_forms(
    headers: dict[str, str], expected: float | str | None
) -> None:
    """Seconds, milliseconds or a date; nonsense and the past mean that the server did not say."""
    seconds = retry_after(headers, now=lambda: NOW)

    if expected == "any":
        assert seconds is None or seconds > 0
    else:
        assert seconds == expected


@given(st.text(max_size=40))
def test_no_header_makes_reading_it_fail(text: str) -> None:
    """A server may send anything."""
    seconds = retry_after({"retry-after": text, "retry-after-ms": text}, now=lambda: NOW)

    assert seconds is None or seconds > 0
