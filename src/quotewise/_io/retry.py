"""When to send the same request again; the only user of tenacity.

Transport faults alone: an answer that does not fit is asked about again by the plan, not here. Which faults
may pass is decided by whoever made the attempt and says so in `Failed`.
"""

from __future__ import annotations

import asyncio
import email.utils
import math
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from .._errors import QuotewiseError

if TYPE_CHECKING:
    import tenacity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failed:
    """One failed attempt: the error as its caller would see it, whether to try again, and after how long.

    `after` is what the server asked for in seconds, None where it did not say.
    """

    error: QuotewiseError
    again: bool
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """What is told before another attempt: the one that failed (from 1), the wait in seconds, and why."""

    attempt: int
    wait: float
    error: QuotewiseError


_listener: ContextVar[Callable[[Retry], None] | None] = ContextVar("quotewise_retries", default=None)


@contextmanager
def heard_by(listener: Callable[[Retry], None]) -> Iterator[None]:
    """Within, `listener` is told of each further attempt, before its wait.

    It follows the task, through whatever transports lie between, so that calls made at once are told apart.
    One within another: the inner is told first, and what it raises ends the retries.
    """
    outer = _listener.get()

    def both(retry: Retry) -> None:
        listener(retry)
        if outer is not None:
            outer(retry)

    token = _listener.set(both)
    try:
        yield
    finally:
        _listener.reset(token)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long to go on; times in seconds.

    `attempts` counts the first one too; a request that timed out may have been billed, so keep them few.
    After `total` no attempt begins; one that has begun still ends at its own deadline. `longest_wait` caps
    the jittered backoff (from 0 to `first_wait`, 2 times that, 4 times ...). A server that asks for more
    than `longest_retry_after` is not asked again: the caller hears of it at once.
    """

    attempts: int = 3
    total: float = 300.0
    first_wait: float = 0.5
    longest_wait: float = 8.0
    longest_retry_after: float = 60.0


class Persistence:
    """Makes an attempt until it succeeds, must not be made again, or the policy is spent.

    `sleep`, `clock` and `chance` (0 to 1) are for tests, which must not wait.
    """

    def __init__(
        self,
        policy: RetryPolicy | None = None,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.policy = policy or RetryPolicy()
        self._sleep = sleep
        self._clock = clock
        self._chance = chance

    async def persist(self, attempt: Callable[[], Awaitable[T | Failed]]) -> T:
        """What the attempt gives at last; raises the last failure's own error."""
        import tenacity  # here, because a run without a live model needs none

        started = self._clock()
        retrying = tenacity.AsyncRetrying(
            sleep=self._sleep,
            retry=tenacity.retry_if_result(self._worth_another),
            wait=self._wait,
            stop=lambda state: self._spent(state, started),
            before_sleep=_tell,
            retry_error_callback=_last,
        )

        async def made() -> T | Failed:
            # tenacity awaits only what it can see to be a coroutine function, which a lambda is not.
            return await attempt()

        outcome: T | Failed = await retrying(made)
        if isinstance(outcome, Failed):
            raise outcome.error
        return outcome

    def _worth_another(self, outcome: object) -> bool:
        if not isinstance(outcome, Failed) or not outcome.again:
            return False
        return outcome.after is None or outcome.after <= self.policy.longest_retry_after

    def _wait(self, state: tenacity.RetryCallState) -> float:
        failed = _last(state)
        if failed.after is not None:
            # A tenth more at most, so that those who were told the same moment do not all return at it.
            return failed.after * (1 + 0.1 * self._chance())
        highest = min(self.policy.longest_wait, self.policy.first_wait * 2.0 ** (state.attempt_number - 1))
        return highest * self._chance()

    def _spent(self, state: tenacity.RetryCallState, started: float) -> bool:
        if state.attempt_number >= self.policy.attempts:
            return True
        return self._clock() - started + state.upcoming_sleep > self.policy.total


def prepare() -> None:
    """Import what the first call needs; it takes a while, so do it in a thread."""
    import tenacity  # noqa: F401


def _tell(state: tenacity.RetryCallState) -> None:
    tell(Retry(state.attempt_number, state.upcoming_sleep, _last(state).error))


def tell(retry: Retry) -> None:
    """Tell the listener that another attempt is about to follow; what it raises ends the call."""
    listener = _listener.get()
    if listener is not None:
        listener(retry)


def _last(state: tenacity.RetryCallState) -> Failed:
    assert state.outcome is not None  # noqa: S101 - tenacity asks only after an attempt
    failed: Failed = state.outcome.result()
    return failed


def retry_after(headers: Mapping[str, str], *, now: Callable[[], float] = time.time) -> float | None:
    """The seconds that a server asks its caller to wait, from `retry-after-ms` or `retry-after`.

    None where it says nothing readable or names a moment that has passed: then the backoff decides.

    >>> retry_after({"retry-after": "2"}), retry_after({"retry-after-ms": "250"}), retry_after({})
    (2.0, 0.25, None)
    """
    seconds = _number(headers.get("retry-after-ms"), 1000.0)
    if seconds is None:
        seconds = _number(headers.get("retry-after"), 1.0)
    if seconds is None:
        seconds = _until(headers.get("retry-after"), now)
    return seconds if seconds is not None and seconds > 0 else None


def _number(text: str | None, per_second: float) -> float | None:
    try:
        number = float(text or "") / per_second
    except ValueError:
        return None
    return None if math.isnan(number) else number


def _until(date: str | None, now: Callable[[], float]) -> float | None:
    parsed = email.utils.parsedate_tz(date) if date else None
    if parsed is None:
        return None
    try:
        return email.utils.mktime_tz(parsed) - now()
    except (ValueError, OverflowError):
        return None
