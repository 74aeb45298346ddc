"""The driver: where a plan meets the world. Makes its calls, a batch at once, and sends it the outcomes.

There is one driver, and it is asynchronous; the sync API runs it through `portal`. What it adds to a plan's
result is what only it can know: usage, retries, which engine answered.
"""

from __future__ import annotations

import asyncio
import copy
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar
from weakref import WeakKeyDictionary

from .._errors import (
    AccessError,
    BudgetError,
    DrainingError,
    JournalError,
    QuotaError,
    QuotewiseError,
)
from .._plans.core import Call, Failure, Outcome, Plan, Reply
from .._results import Result
from .._values import Usage
from ..events import (
    CallDone,
    CallFailed,
    CallRetried,
    CallStarted,
    ClaimVerified,
    Event,
    Finished,
    Listener,
    Planned,
    Spent,
)
from .connect import Connection
from .fork import begin
from .prices import priced
from .retry import Retry, heard_by
from .transport import Transport

T = TypeVar("T")

STOPS = (AccessError, QuotaError, BudgetError, JournalError)
"""After one of these every further call would fail the same way, so none is made."""


@dataclass
class Ledger:
    """What one run has spent and seen, all attempts included."""

    usage: Usage = field(default_factory=Usage)
    modes: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    retries: int = 0
    replayed: int = 0

    def add(self, reply: Reply) -> None:
        self.usage += reply.usage
        self.modes[reply.mode] += 1
        self.replayed += reply.replayed


class Session:
    """Runs plans over one transport, at most `concurrency` calls at once."""

    def __init__(
        self, connection: Connection, *, concurrency: int = 8, on_event: Listener | None = None
    ) -> None:
        self._connection = connection
        self._concurrency = concurrency
        self._on_event = on_event
        begin(self)
        self._gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    def _begin(self) -> None:
        """No run is under way: at the start, and in a forked child, where those are the parent's."""
        self._runs: set[_Run] = set()

    async def run(
        self, plan: Plan[T], task: str = "", meanwhile: Callable[[], object] | None = None
    ) -> tuple[T, QuotewiseError | None]:
        """The plan's result, with usage and trace filled in, and the error that stopped the run if one did.

        `meanwhile` is done in a thread while the first calls are in flight: what the plan will need of the
        article afterwards. An error that is raised carries the usage already spent.
        """
        run = _Run(self._connection.transport, self._gate(), self._on_event, meanwhile)
        self._runs.add(run)
        try:
            value = await run.drive(plan)
        except QuotewiseError as error:
            error.usage = run.ledger.usage
            error.result = error.result and self._finished(error.result, run.ledger, task)
            raise
        finally:
            self._runs.discard(run)
            run.ended.set()
            plan.close()
        return self._finished(value, run.ledger, task), run.stopped

    def apart(self) -> Session:
        """The same way to the model, behind the same gate, for runs that are ended apart from the others."""
        twin = copy.copy(self)
        begin(twin)
        return twin

    def _gate(self) -> asyncio.Semaphore:
        """The one gate of all runs on this loop: `concurrency` is for the session, not for each run."""
        return self._gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(self._concurrency))

    @property
    def draining(self) -> bool:
        """Is a run under way that was told to end?"""
        return any(isinstance(run.stopped, DrainingError) for run in self._runs)

    def drain(self) -> None:
        """Start no further call; those in flight, already paid for, end and are stored."""
        for run in self._runs:
            run.stop(DrainingError("The run was interrupted."))

    async def drained(self) -> None:
        """Wait until every run under way has ended."""
        for run in tuple(self._runs):
            await run.ended.wait()

    async def aclose(self) -> None:
        """Let go of connections and the journal."""
        await self._connection.aclose()

    def _finished(self, value: T, ledger: Ledger, task: str) -> T:
        if not isinstance(value, Result):
            return value
        if self._on_event:
            _tell_end(self._on_event, task, value)
        return _with_ledger(value, ledger, self._connection)  # type: ignore[return-value]


def _tell_end(tell: Listener, task: str, result: Result) -> None:
    for claim in result.cited:
        tell(ClaimVerified(task, claim))
    for one in result.rejected:
        tell(ClaimVerified(task, one.claim, one.reason))
    tell(Finished(task, len(result.cited), len(result.rejected)))


def _with_ledger(result: Result, ledger: Ledger, connection: Connection) -> Result:
    trace = result.trace.model_copy(
        update={
            "engine": connection.transport.model,
            "modes": tuple(sorted(ledger.modes)),
            "rounds": ledger.rounds,
            "retries": ledger.retries,
            "replayed": ledger.replayed,
            "in_doubt": connection.in_doubt,
            "notes": (*result.trace.notes, *connection.notes),
        }
    )
    return result.model_copy(update={"usage": ledger.usage, "trace": trace})


class _Run:
    """One drive of one plan."""

    def __init__(
        self,
        transport: Transport,
        gate: asyncio.Semaphore,
        on_event: Listener | None,
        meanwhile: Callable[[], object] | None,
    ) -> None:
        self.ledger = Ledger()
        self.ended = asyncio.Event()
        self._transport = transport
        self._gate = gate
        self._on_event = on_event
        self._meanwhile = meanwhile
        self._made = 0
        self.stopped: QuotewiseError | None = None

    async def drive(self, plan: Plan[T]) -> T:
        try:
            calls = next(plan)
            while True:
                calls = plan.send(await self._batch(calls))
        except StopIteration as stop:
            value: T = stop.value
            return value

    async def _batch(self, calls: tuple[Call, ...]) -> tuple[Outcome, ...]:
        self.ledger.rounds += 1
        self._tell(Planned(calls[0].task, len(calls), self.ledger.rounds))
        try:
            async with asyncio.TaskGroup() as group:
                numbered = enumerate(calls, self._made + 1)
                tasks = [group.create_task(self._outcome(call, number)) for number, call in numbered]
                if self._meanwhile is not None:
                    group.create_task(asyncio.to_thread(self._meanwhile))
                    self._meanwhile = None
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None  # a fault in a listener or a transport: the first says it
        self._made += len(calls)
        self._tell(Spent(self.ledger.usage))
        return tuple(task.result() for task in tasks)

    async def _outcome(self, call: Call, number: int) -> Outcome:
        async with self._gate:
            if self.stopped:
                return Failure(self.stopped)
            try:
                reply = await self._reply(call, number)
            except QuotewiseError as error:
                return self._failed(call, number, error)
        self._tell(CallDone(call.task, reply.usage, reply.replayed, number))
        return reply

    async def _reply(self, call: Call, number: int) -> Reply:
        self._tell(CallStarted(call.task, number))
        with heard_by(lambda retry: self._retried(call, number, retry)):
            reply = await self._transport.send(call)
        if reply.usage.usd is None:
            reply = replace(reply, usage=priced(reply.usage, self._transport.model))
        self.ledger.add(reply)
        return reply

    def stop(self, reason: QuotewiseError) -> None:
        """Make no further call; each one left fails for this reason."""
        self.stopped = self.stopped or reason

    def _retried(self, call: Call, number: int, retry: Retry) -> None:
        self.ledger.retries += 1
        self._tell(CallRetried(call.task, retry.attempt, retry.wait, retry.error.message, number))

    def _failed(self, call: Call, number: int, error: QuotewiseError) -> Failure:
        if error.usage is not None and not isinstance(error, BudgetError):  # that one made no request
            self.ledger.usage += error.usage
        if isinstance(error, STOPS):
            self.stop(error)
        self._tell(CallFailed(call.task, error.message, number))
        return Failure(error)

    def _tell(self, event: Event) -> None:
        if self._on_event:
            self._on_event(event)
