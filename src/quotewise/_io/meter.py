"""Counts what is spent and holds a budget: every call is reserved at its worst case before it is made.

Counting and refusing only; prices come from `prices`, sending is the transport's. Without a budget it
counts all the same.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TypeVar

from .._errors import BudgetError, QuotewiseError, UsageError
from .._options import Budget
from .._plans.core import Call, Reply
from .._plans.sizes import at_most, size
from .._text.tokens import count_tokens
from .._values import Usage
from .bell import Bell
from .fork import begin
from .prices import Prices, shipped
from .retry import heard_by
from .transport import Transport, may_be_billed

T = TypeVar("T")

MARGIN = 1.05
"""Servers count a little differently from us; measured on no live server, so a margin and not a promise."""

_CENT_DUST = 1e-9

_LONG = 40_000
"""Tokens at most, 10,000 characters: counting more takes milliseconds that others on the loop would wait."""

NOTHING = Usage()

NO_PRICE = (
    "Give its price (price=Price(input=..., output=...), --price IN,OUT),"
    " or a budget in tokens or calls (--budget 50calls)."
)
"""The next step of who sets a limit in dollars for a model whose price nobody knows."""


class Meter:
    """What one session spends, and the limit it may not pass.

    `budget` is None for no limit. Safe to use from several threads and event loops. Raises `UsageError`
    where the budget is in dollars and the model's price is unknown: a limit that cannot be held is refused
    before the first call. A forked child has the whole limit anew.
    """

    def __init__(self, budget: Budget | None, model: str, prices: Prices | None = None) -> None:
        table = prices or shipped()
        self._price = table.of(model)
        if budget is not None and budget.usd is not None and not self._price.known:
            raise UsageError(
                f"The price of {model!r} is unknown, so a budget in dollars cannot be held.",
                next_step=NO_PRICE,
            )
        self._budget = budget
        begin(self)

    def _begin(self) -> None:
        """Nothing is spent or promised: at the start, and in a forked child, where that is the parent's."""
        self._lock = threading.Lock()
        self._settled = Bell()
        self._spent = Usage()
        self._doubtful = Usage()
        self._failed = 0
        self._open: set[Reservation] = set()

    @property
    def spent(self) -> Usage:
        """All that was spent so far, all attempts included; `usd` None where the price is unknown."""
        return self._spent

    @property
    def doubtful(self) -> Usage:
        """The worst case of attempts that ended without an answer and may have been billed all the same, and
        our own count of answers that came without one.

        They count against the budget, since a limit that forgets them is none.
        """
        return self._doubtful

    def worst(self, call: Call) -> Usage:
        """The most that one attempt at this call can use."""
        read = int(size(call) * MARGIN) + 1
        usd = self._price.worst(read, call.max_output)
        return Usage(calls=1, input_tokens=read, output_tokens=call.max_output, usd=usd)

    async def admit(self, call: Call) -> Reservation:
        """Room for one attempt; waits while calls in flight may still turn out cheaper than their worst case.

        Raises `BudgetError` where its worst case would pass the limit all the same.
        """
        reservation = Reservation(self, await _aside(call, lambda: self.worst(call)))
        await self._settled.until(lambda: self._admitted(reservation))
        return reservation

    def _admitted(self, reservation: Reservation) -> bool:
        with self._lock:
            if why := self._refusal(reservation.worst, self._least_held()):
                raise self._over(why)
            if self._refusal(reservation.worst, self._held()):
                return False
            self._open.add(reservation)
            return True

    def _held(self) -> Usage:
        """All that is spent or promised, each open reservation at its worst."""
        return sum((r.held for r in self._open), self._spent + self._doubtful)

    def _least_held(self) -> Usage:
        """The same with each open reservation at its least: it is a call, whatever it turns out to cost."""
        return self._spent + self._doubtful + Usage(calls=sum(r.held.calls for r in self._open))

    def _refusal(self, worst: Usage, held: Usage) -> str | None:
        """Why this worst case on top of what is held passes the limit, or None where it fits."""
        budget = self._budget
        if budget is None:
            return None
        after = held + worst
        if budget.calls is not None and after.calls > budget.calls:
            return f"its {_calls(budget.calls)} used{self._by_failures(budget.calls)}"
        if budget.tokens is not None and _tokens(after) > budget.tokens:
            used = f"{_tokens(held):,} of {budget.tokens:,}"
            return f"it may take {_tokens(worst):,} tokens, and {used} are used"
        if budget.usd is not None and (after.usd is None or after.usd > budget.usd + _CENT_DUST):
            used = f"{_dollars(held.usd)} of {_dollars(budget.usd)}"
            return f"it may cost {_dollars(worst.usd)}, and {used} are used"
        return None

    def _by_failures(self, calls: int) -> str:
        """How many of the calls brought no answer: a limit reached by nothing else would be a riddle."""
        if not self._failed:
            return ""
        return f", {'' if self._failed >= calls else f'{self._failed:,} of them '}by requests that failed"

    def _over(self, why: str) -> BudgetError:
        return BudgetError(f"The next call would pass the budget, so it was not made: {why}.")

    def _retried(self, reservation: Reservation, doubtful: Usage) -> None:
        with self._lock:
            self._doubtful += doubtful
            reservation.failed += 1
            self._failed += 1
            if why := self._refusal(Usage(), self._held()):
                raise self._over(why)

    def _close(
        self, reservation: Reservation, spent: Usage, doubtful: Usage, *, answered: bool = True
    ) -> None:
        with self._lock:
            if reservation not in self._open:
                return
            self._open.remove(reservation)
            if not answered:
                self._failed += max(0, spent.calls - reservation.failed)
            self._spent += spent
            self._doubtful += doubtful
        self._settled.ring()

    def _priced(self, usage: Usage) -> Usage:
        return usage.model_copy(update={"usd": self._price.cost(usage)})


@dataclass(eq=False, slots=True)
class Reservation:
    """Room in a budget for one attempt; use it with `with` and settle it when the reply is there.

    Left without a reply, it counts as a call. Where the server may have done the work all the same (no
    answer in time, broken off, cancelled), its worst case stays held as well.
    """

    _meter: Meter
    worst: Usage
    failed: int = 0

    @property
    def held(self) -> Usage:
        """What it holds now: the worst case, and a call for each attempt that failed before."""
        return self.worst + Usage(calls=self.failed)

    def again(self, error: QuotewiseError) -> None:
        """An attempt failed and another is to follow; raises `BudgetError` where it would pass the limit."""
        self._meter._retried(self, self._in_doubt(error))

    def settle(self, usage: Usage, untold: Usage = NOTHING) -> Usage:
        """Replace the worst case by what was used; gives the usage back with its price.

        `untold` is held beside it: what the answer took, where the server does not say.
        """
        priced = self._meter._priced(usage)
        self._meter._close(self, priced, self._meter._priced(untold))
        return priced

    def __enter__(self) -> Reservation:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        told = error.usage if isinstance(error, QuotewiseError) else None
        spent = self._meter._priced(told or Usage(calls=1))
        self._meter._close(self, spent, self._in_doubt(error), answered=False)

    def _in_doubt(self, error: BaseException | None) -> Usage:
        return self.worst.model_copy(update={"calls": 0}) if may_be_billed(error) else Usage()


class Metered:
    """A transport that asks the meter before each attempt, its retries too, and settles at the reply."""

    def __init__(self, transport: Transport, meter: Meter) -> None:
        self._transport = transport
        self._meter = meter

    @property
    def model(self) -> str:
        return self._transport.model

    async def send(self, call: Call) -> Reply:
        with (
            await self._meter.admit(call) as reservation,
            heard_by(lambda retry: reservation.again(retry.error)),
        ):
            reply = await self._transport.send(call)
            untold = NOTHING if _is_told(reply) else await _aside(call, lambda: _untold(call, reply))
            return replace(reply, usage=reservation.settle(reply.usage, untold))

    async def aclose(self) -> None:
        await self._transport.aclose()


async def _aside(call: Call, count: Callable[[], T]) -> T:
    """What is counted of a call, off the loop where it is long."""
    return await asyncio.to_thread(count) if at_most(call) > _LONG else count()


def _is_told(reply: Reply) -> bool:
    """Whether the server says what its answer took; the built-in engine takes nothing."""
    return not reply.usage.calls or _tokens(reply.usage) > 0


def _untold(call: Call, reply: Reply) -> Usage:
    """What an answer took by our own count."""
    return Usage(input_tokens=size(call), output_tokens=count_tokens(reply.text))


def _calls(number: int) -> str:
    """So many calls, and the verb.

    >>> _calls(1), _calls(2_000)
    ('1 call is', '2,000 calls are')
    """
    return f"{number:,} call{' is' if number == 1 else 's are'}"


def _dollars(amount: float | None) -> str:
    """With four places, or as many as a smaller amount needs.

    >>> _dollars(0.5), _dollars(0.00001), _dollars(None)
    ('$0.5000', '$0.00001', '$0.0000')
    """
    return f"${amount:.7f}".rstrip("0") if amount and amount < 0.0001 else f"${amount or 0:.4f}"


def _tokens(usage: Usage) -> int:
    return usage.input_tokens + usage.output_tokens
