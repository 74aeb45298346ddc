"""When the next request may go out: as fast as the server allows, and no faster.

Waiting for a turn only; what is sent, retried or given up is the transport's. Where the server tells its
limits in `x-ratelimit-*` headers, buckets follow them; where it does not, the number in flight grows until
a 429 and is cut. After a 429 everybody waits, since every request would be refused alike.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import os
import random
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType

from .._errors import RateLimitedError
from .._plans.core import Call
from .bell import Bell, Turns
from .fork import begin
from .rates import Allowance, Amount, Bucket, Kind, Ticket, allowance
from .retry import retry_after

_KINDS: tuple[Kind, ...] = ("requests", "tokens")
_OVERLOADED = frozenset({429, 529})
_FIRST, _GROWTH = 8.0, 4.0
"""Requests in flight at the start, and how it grows with each round of good replies until something pushes
back: 8, 32, 128, 512."""

_CUT, _STEP, _PULL = 0.7, 0.1, 0.25
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_LONGEST_ASKED = 60.0
"""Seconds; who is told to wait longer than that gets an error (`RetryPolicy.longest_retry_after`), and so
must the others, rather than hang. Headers that mean a longer wait (a day's limit that is used up, a moment
where a duration is expected) are put to the test: the server can say so itself."""

_SHORTEST_NAP, _LONGEST_NAP = 0.001, 1.0
"""Seconds; news can come at any time, so nobody sleeps longer without looking again."""


class Limiter:
    """One server's limits for one key and one model; share it among all who use them.

    `most` is the highest number in flight. `clock` gives seconds and never goes back; `clock`, `sleep` and
    `chance` (0 to 1) are for tests, which must not wait. Safe to use from several threads and event loops.
    """

    def __init__(
        self,
        *,
        most: int = 1_000,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._most = float(most)
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._buckets: dict[Kind, Bucket] = {}
        self._window = min(_FIRST, self._most)
        self._ceiling: float | None = None
        self._cool_until = -math.inf
        self._refused_at = -math.inf
        self._refusals = 0
        begin(self)

    def _begin(self) -> None:
        """Nothing is in flight: at the start, and in a forked child, where what was is the parent's."""
        self._guard = threading.Lock()
        self._turns = Turns()
        self._freed = Bell()
        self._in_flight = 0

    def slot(self, input_tokens: int = 0, max_output: int = 0) -> Slot:
        """A turn for one request: `async with limiter.slot(tokens, max_output) as slot`.

        It reserves the input and the likely charge for the output: `max_output`, or the share of it that
        the server has been seen to charge.
        """
        return Slot(self, input_tokens, max_output)

    def slot_for(self, call: Call) -> Slot:
        """A turn for one attempt at a call, its input counted as OpenAI's own limiter does: four characters
        a token. What that is wrong by shows in the headers and is learnt.
        """
        return self.slot(sum(len(message.content) for message in call.messages) // 4 + 1, call.max_output)

    @property
    def in_flight(self) -> int:
        """Requests that have a turn now."""
        return self._in_flight

    @property
    def cooldown(self) -> float:
        """Seconds for which nothing is sent, after a 429."""
        return max(0.0, self._cool_until - self._clock())

    async def _enter(self, input_tokens: int, max_output: int) -> dict[Kind, Ticket]:
        amounts: dict[Kind, Amount] = {
            "requests": Amount(1.0),
            "tokens": Amount(float(input_tokens), float(max_output)),
        }
        async with self._turns:
            while True:
                await self._freed.until(self._has_place)
                with self._guard:
                    wait = self._wait(amounts)
                    if wait <= 0.0:
                        return self._grant(amounts)
                await self._sleep(min(max(wait, _SHORTEST_NAP), _LONGEST_NAP))

    def _has_place(self) -> bool:
        return self._in_flight < int(self._window)

    def _wait(self, amounts: Mapping[Kind, Amount]) -> float:
        """Seconds until the server has room for a request of this size."""
        now = self._clock()
        rooms = [bucket.wait(amounts[kind], now) for kind, bucket in self._buckets.items()]
        return max(self._cool_until - now, *(room for room in rooms if room <= _LONGEST_ASKED), 0.0)

    def _grant(self, amounts: Mapping[Kind, Amount]) -> dict[Kind, Ticket]:
        self._in_flight += 1
        now = self._clock()
        return {kind: bucket.take(amounts[kind], now) for kind, bucket in self._buckets.items()}

    def _hear(self, headers: Mapping[str, str], tickets: dict[Kind, Ticket]) -> None:
        now = self._clock()
        with self._guard:
            for kind in _KINDS:
                if said := allowance(headers, kind):
                    self._follow(kind, said, tickets.get(kind), now)

    def _follow(self, kind: Kind, said: Allowance, ticket: Ticket | None, now: float) -> None:
        bucket = self._buckets.get(kind)
        if bucket is None:
            self._buckets[kind] = Bucket(said, now)
        elif ticket is not None:
            bucket.hear(said, ticket, now)

    def _refuse(self, asked: float | None, granted_at: float) -> None:
        """A 429: everybody pauses; without headers to go by, fewer go out afterwards."""
        now = self._clock()
        with self._guard:
            # Those that went out together were refused for the same reason: one pause, one cut for all.
            fresh = granted_at > self._refused_at
            if fresh:
                self._refused_at = now
                self._refusals += 1
            pause = self._pause() if asked is None or asked > _LONGEST_ASKED else asked
            self._cool_until = max(self._cool_until, now + pause)
            if len(self._buckets) < len(_KINDS) and fresh:
                self._ceiling = max(1.0, min(self._window, float(self._in_flight)))
                self._window = max(1.0, self._ceiling * _CUT)

    def _pause(self) -> float:
        longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(self._refusals - 1, 10))
        return longest * (0.5 + 0.5 * self._chance())

    def _step(self) -> float:
        """How much a good reply adds to the window.

        At first it quadruples with each round. After a refusal it comes back quickly to where that was,
        lingers there, and moves on ever faster: TCP CUBIC's idea.
        """
        if self._ceiling is None:
            return _GROWTH - 1.0
        return (_STEP + _PULL * abs(self._ceiling - self._window)) / self._window

    def _leave(self, *, good: bool) -> None:
        with self._guard:
            self._in_flight -= 1
            if good:
                self._refusals = 0
                self._window = min(self._most, self._window + self._step())
        self._freed.ring()


class Slot:
    """One request's turn. Tell it what the reply said: `saw(headers, status)`.

    Left with a `RateLimitedError`, it takes its `retry_after` as the server's word.
    """

    def __init__(self, limiter: Limiter, input_tokens: int, max_output: int) -> None:
        self._limiter = limiter
        self._size = input_tokens, max_output
        self._tickets: dict[Kind, Ticket] = {}
        self._at = 0.0
        self._pid = os.getpid()
        self._refused = False

    async def __aenter__(self) -> Slot:
        self._tickets = await self._limiter._enter(*self._size)
        self._at = self._limiter._clock()
        return self

    def saw(self, headers: Mapping[str, str], status: int = 200) -> None:
        """The reply's headers, whatever its status; a 429 (or 529) holds everybody back."""
        self._limiter._hear(headers, self._tickets)
        if status in _OVERLOADED:
            self.refused(retry_after(headers))

    def refused(self, asked: float | None = None) -> None:
        """The server said too many; `asked` is for how many seconds to wait, where it said so."""
        if not self._refused:
            self._refused = True
            self._limiter._refuse(asked, self._at)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._pid != os.getpid():
            return  # a fork's copy of a slot that the parent holds
        if isinstance(error, RateLimitedError):
            self.refused(error.retry_after)
        self._limiter._leave(good=error is None and not self._refused)


class Unlimited(Limiter):
    """Turns without waiting, for those who have somebody else's limits, or none, to keep to."""

    def slot(self, input_tokens: int = 0, max_output: int = 0) -> Slot:
        """A turn that is there at once and remembers nothing."""
        return _Free(self, input_tokens, max_output)


class _Free(Slot):
    async def __aenter__(self) -> Slot:
        return self

    def saw(self, headers: Mapping[str, str], status: int = 200) -> None:
        """Nothing to learn."""

    async def __aexit__(self, *_: object) -> None:
        """Nothing to give back."""


class Limiters:
    """The limiters of a process: one for each address, key and model, made at first use.

    Limits belong to an account, not to a reader: two readers that did not know of each other would together
    send twice as much as they may. The key itself is not kept, only its hash.
    """

    def __init__(self, make: Callable[[], Limiter] = Limiter) -> None:
        self._make = make
        begin(self)

    def of(self, base_url: str, api_key: str | None, model: str) -> Limiter:
        """The one limiter of that address, key and model; a forked child has its own."""
        whose = hashlib.sha256((api_key or "").encode()).hexdigest()
        with self._guard:
            return self._known.setdefault((base_url.rstrip("/"), whose, model), self._make())

    def _begin(self) -> None:
        self._guard = threading.Lock()
        self._known: dict[tuple[str, str, str], Limiter] = {}


LIMITERS = Limiters()
"""The process's own: see `Limiters` for why. It changes how fast calls go, never what comes of them."""
