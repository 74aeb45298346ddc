"""The driver: where a plan meets the world. Makes its calls, a batch at once, and sends it the outcomes.

There is one driver, and it is asynchronous; the sync API runs it through `portal`. What it adds to a plan's
result is what only it can know: usage, retries, which engine answered.
"""

from __future__ import annotations

import asyncio
import copy
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Generic, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from .._errors import (
    AccessError,
    BudgetError,
    DrainingError,
    JournalError,
    QuotaError,
    QuotewiseError,
    UngroundedError,
)
from .._plans.core import Call, Failure, Outcome, Plan, Reply
from .._results import Answer, Extraction, Result
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
from .bell import Turns
from .connect import Connection
from .fork import begin
from .prices import priced
from .retry import Retry, heard_by
from .transport import may_be_billed

T = TypeVar("T")

STOPS = (AccessError, QuotaError, BudgetError, JournalError)
"""After one of these every further call would fail the same way, so none is made."""


@dataclass(frozen=True, slots=True)
class _Ended(Generic[T]):
    """What a plan came to."""

    value: T


Outcomes: TypeAlias = tuple[Outcome, ...]
Step: TypeAlias = Callable[[Outcomes | None], Awaitable[tuple[Call, ...] | _Ended[T]]]
"""One step of a plan: what it asks next, or what it came to. It is given None to begin with."""


@dataclass
class Ledger:
    """What one run has spent and seen, all attempts included.

    `in_doubt` counts attempts that may have been billed without an answer: those that this run made, and
    those that its journal knows of the calls that this run was answered. A replayed call is counted by every
    run that replays it; `Journal.in_doubt` counts it once.
    """

    usage: Usage = field(default_factory=Usage)
    modes: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    retries: int = 0
    replayed: int = 0
    in_doubt: int = 0
    remarks: Counter[str] = field(default_factory=Counter)
    replies: list[Reply] = field(default_factory=list)

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong and did not stop the run."""
        return tuple(remark.replace("{}", str(number)) for remark, number in self.remarks.items())

    def add(self, reply: Reply) -> None:
        self.usage += reply.usage
        self.modes[reply.mode] += 1
        self.replayed += reply.replayed
        self.in_doubt += reply.repeats
        self.remarks.update(reply.remarks)
        self.replies.append(reply)

    def forget(self) -> None:
        """The run came to nothing: a journal drops what led there, and the next run asks anew."""
        for reply in self.replies:
            reply.forget()


class Session:
    """Runs plans over one transport, at most `concurrency` calls at once."""

    def __init__(
        self, connection: Connection, *, concurrency: int = 8, on_event: Listener | None = None
    ) -> None:
        self._connection = connection
        self._concurrency = concurrency
        self._on_event = on_event
        self._has_run = False
        begin(self)
        self._gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    def _begin(self) -> None:
        """No run is under way: at the start, and in a forked child, where those are the parent's."""
        self._runs: set[_Run] = set()
        self._turns = Turns()

    async def run(
        self,
        plan: Plan[T],
        task: str = "",
        meanwhile: Callable[[], object] | None = None,
        *,
        aside: bool = False,
    ) -> tuple[T, QuotewiseError | None]:
        """The plan's result, with usage and trace filled in, and the error that stopped the run if one did.

        `meanwhile` is done in a thread while the first calls are in flight: what the plan will need of the
        article afterwards. `aside` has the plan itself reason in threads, off the loop; so does the first
        run, which loads what is needed to. An error that is raised carries the usage already spent.
        """
        run = _Run(self._connection, self._gate(), self._on_event, meanwhile)
        self._runs.add(run)
        try:
            value = await run.drive(self._aside(plan) if aside or not self._has_run else _here(plan))
            self._has_run = True
        except QuotewiseError as error:
            error.usage = run.ledger.usage
            error.result = error.result and self._finished(error.result, run.ledger, task)
            if isinstance(error, UngroundedError) and not run.stopped:
                run.ledger.forget()
            raise
        finally:
            self._runs.discard(run)
            run.ended.set()
            # Cut off within a step aside, it is at work and cannot be closed: it ends with the step.
            with suppress(ValueError):
                plan.close()
        if isinstance(value, Result) and value.complete and _came_to_nothing(value):
            run.ledger.forget()
        return self._finished(value, run.ledger, task), run.stopped

    def apart(self) -> Session:
        """The same way to the model, behind the same gate, for runs that are ended apart from the others."""
        twin = copy.copy(self)
        begin(twin)
        return twin

    def _aside(self, plan: Plan[T]) -> Step[T]:
        """A plan's steps in threads, one at a time: two would only take the interpreter from each other."""

        def made(outcomes: Outcomes | None) -> tuple[Call, ...] | _Ended[T]:
            self._connection.prepare()
            return _step(plan, outcomes)

        async def step(outcomes: Outcomes | None) -> tuple[Call, ...] | _Ended[T]:
            async with self._turns:
                return await asyncio.to_thread(made, outcomes)

        return step

    def _gate(self) -> asyncio.Semaphore:
        """The one gate of all runs on this loop: `concurrency` is for the session, not for each run."""
        return self._gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(self._concurrency))

    def drain(self) -> None:
        """Start no further call; those in flight, already paid for, end and are stored."""
        for run in self._runs:
            run.stop(DrainingError("The run was interrupted."))

    async def drained(self) -> None:
        """Wait until every run under way has ended."""
        for run in tuple(self._runs):
            await run.ended.wait()

    def _finished(self, value: T, ledger: Ledger, task: str) -> T:
        if not isinstance(value, Result):
            return value
        if self._on_event:
            _tell_end(self._on_event, task, value)
        return _with_ledger(value, ledger, self._connection.transport.model)  # type: ignore[return-value]


def _came_to_nothing(result: Result) -> bool:
    """Whether what a model said was refused, so that nothing is left of it, or not what was asked for.

    Of an extraction in parts, what the other parts gave is not asked for again for one refused value.
    """
    if isinstance(result, Extraction) and result.rejected:
        return not result.values or (result.value is None and result.trace.chunks == 1)
    return isinstance(result, Answer) and result.status == "failed"


def _tell_end(tell: Listener, task: str, result: Result) -> None:
    for claim in result.cited:
        tell(ClaimVerified(task, claim))
    for one in result.rejected:
        tell(ClaimVerified(task, one.claim, one.reason))
    tell(Finished(task, len(result.cited), len(result.rejected)))


def _with_ledger(result: Result, ledger: Ledger, engine: str) -> Result:
    trace = result.trace.model_copy(
        update={
            "engine": engine,
            "modes": tuple(sorted(ledger.modes)),
            "rounds": ledger.rounds,
            "retries": ledger.retries,
            "replayed": ledger.replayed,
            "in_doubt": ledger.in_doubt,
            "notes": (*result.trace.notes, *ledger.notes),
        }
    )
    return result.model_copy(update={"usage": ledger.usage, "trace": trace})


class _Run:
    """One drive of one plan."""

    def __init__(
        self,
        connection: Connection,
        gate: asyncio.Semaphore,
        on_event: Listener | None,
        meanwhile: Callable[[], object] | None,
    ) -> None:
        self.ledger = Ledger()
        self.ended = asyncio.Event()
        self._transport = connection.transport
        self._prices = connection.prices
        self._gate = gate
        self._on_event = on_event
        self._meanwhile = meanwhile
        self._made = 0
        self.stopped: QuotewiseError | None = None

    async def drive(self, step: Step[T]) -> T:
        outcomes: Outcomes | None = None
        while True:
            calls = await step(outcomes)
            if isinstance(calls, _Ended):
                return calls.value
            outcomes = await self._batch(calls)

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
            reply = replace(reply, usage=priced(reply.usage, self._transport.model, self._prices))
        self.ledger.add(reply)
        return reply

    def stop(self, reason: QuotewiseError) -> None:
        """Make no further call; each one left fails for this reason."""
        self.stopped = self.stopped or reason

    def _retried(self, call: Call, number: int, retry: Retry) -> None:
        self.ledger.retries += 1
        self.ledger.in_doubt += may_be_billed(retry.error)
        self._tell(CallRetried(call.task, retry.attempt, retry.wait, retry.error.message, number))

    def _failed(self, call: Call, number: int, error: QuotewiseError) -> Failure:
        if error.usage is not None:
            self.ledger.usage += error.usage
        if isinstance(error, STOPS):
            self.stop(error)
        self._tell(CallFailed(call.task, error.message, number))
        return Failure(error)

    def _tell(self, event: Event) -> None:
        if self._on_event:
            self._on_event(event)


def _step(plan: Plan[T], outcomes: Outcomes | None) -> tuple[Call, ...] | _Ended[T]:
    """One step (a `StopIteration` does not pass from a thread to a task)."""
    try:
        return next(plan) if outcomes is None else plan.send(outcomes)
    except StopIteration as stop:
        return _Ended(stop.value)


def _here(plan: Plan[T]) -> Step[T]:
    """A plan's steps on the running loop."""

    async def step(outcomes: Outcomes | None) -> tuple[Call, ...] | _Ended[T]:
        return _step(plan, outcomes)

    return step
