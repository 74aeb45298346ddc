"""The session: where a plan reasons, what a run adds to its result, and what becomes of one cut off."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from typing import Any

import pytest

from quotewise import Article
from quotewise._errors import BudgetError, DrainingError, QuotewiseError, TimedOutError, UnavailableError
from quotewise._io.connect import Connection
from quotewise._io.retry import Failed, Persistence
from quotewise._io.session import Session
from quotewise._plans.core import Call, Failure, Message, Plan, Reply
from quotewise._plans.facts import FactsTask, facts
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import Limits
from quotewise._plans.schemas import ClaimedFacts
from quotewise._values import Trace, Usage
from quotewise.testing import ScriptedTransport

CALL = Call("facts", (Message("user", "Read this."),), ClaimedFacts)
SPAN: contextvars.ContextVar[str] = contextvars.ContextVar("SPAN", default="none")


def session(script: Any, **more: Any) -> Session:
    return Session(Connection(ScriptedTransport(script), **more))


def rounds(number: int, seen: list[Any]) -> Plan[str]:
    """A plan that notes where each of its steps is made."""
    for _ in range(number):
        seen.append((threading.current_thread(), SPAN.get()))
        yield (CALL,)
    seen.append((threading.current_thread(), SPAN.get()))
    return "done"


@pytest.mark.parametrize("aside", [True, False])
def test_a_plan_reasons_aside_where_it_takes_long(aside: bool) -> None:
    """Checking a long article must not keep the others on the loop waiting; tracing goes along."""
    seen: list[Any] = []

    async def main() -> tuple[str, Any]:
        SPAN.set("mine")
        runs = session(lambda call: "{}")
        await runs.run(rounds(1, []))  # which is aside in any case
        return await runs.run(rounds(2, seen), aside=aside)

    assert ("done", None) == asyncio.run(main())
    assert 3 == len(seen)
    assert {"mine"} == {span for _, span in seen}
    assert aside is not any(thread is threading.current_thread() for thread, _ in seen)


def test_a_run_that_is_told_to_end_while_it_loads_makes_no_call() -> None:
    """Ctrl-C in the first second of a program, or a map that is left at once."""
    loading, on = threading.Event(), threading.Event()

    def prepare() -> None:
        loading.set()
        on.wait(20)

    def plan() -> Plan[None]:
        [outcome] = yield (CALL,)
        assert isinstance(outcome, Failure)
        raise outcome.error

    async def main() -> None:
        runs = session([], prepare=prepare)
        run = asyncio.create_task(runs.run(plan()))
        while not loading.is_set():
            await asyncio.sleep(0)
        runs.drain()
        on.set()
        with pytest.raises(DrainingError):
            await run

    asyncio.run(main())


@pytest.mark.filterwarnings("error")
def test_a_run_cut_off_within_a_step_aside_ends() -> None:
    """At once, though the step goes on in its thread; the plan ends with it."""
    within, on, closed = threading.Event(), threading.Event(), threading.Event()

    def plan() -> Plan[str]:
        try:
            within.set()
            on.wait(20)
            yield (CALL,)
        finally:
            closed.set()
        return "never"

    async def main() -> None:
        run = asyncio.create_task(session(lambda call: "{}").run(plan(), aside=True))
        while not within.is_set():
            await asyncio.sleep(0)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
        assert not closed.is_set()
        on.set()

    asyncio.run(main())
    assert closed.wait(20)


def test_an_error_of_a_step_aside_is_raised_with_what_was_spent() -> None:
    """As it is on the loop."""

    def plan() -> Plan[str]:
        yield (CALL,)
        raise UnavailableError("gone")

    with pytest.raises(UnavailableError, match="gone") as caught:
        asyncio.run(session(lambda call: "{}").run(plan(), aside=True))

    assert caught.value.usage == Usage(calls=1)


@pytest.mark.parametrize("made", [None, 2])
def test_a_budget_that_ends_between_retries_counts_what_was_sent(made: int | None) -> None:
    """Refused before it was sent, a call costs nothing; refused when it was to be sent again, it was sent."""

    def script(call: Call) -> Any:
        error = BudgetError("The next call would pass the budget.")
        error.usage = None if made is None else Usage(calls=made)
        return error

    def plan() -> Plan[None]:
        [outcome] = yield (CALL,)
        assert isinstance(outcome, Failure)
        raise outcome.error

    with pytest.raises(BudgetError) as caught:
        asyncio.run(session(script).run(plan()))

    assert caught.value.usage == Usage(calls=made or 0)


@pytest.mark.parametrize(
    ("error", "doubts"), [(TimedOutError("No answer."), 1), (UnavailableError("gone"), 0)]
)
def test_an_attempt_that_may_have_been_billed_is_told_though_the_next_was_answered(
    error: QuotewiseError, doubts: int
) -> None:
    """With a journal and without one: the account was asked twice for one answer."""

    async def main() -> Trace:
        failed = iter([error])

        async def attempt() -> Reply | Failed:
            for why in failed:
                return Failed(why, again=True)
            return Reply('{"facts": []}')

        async def script(call: Call) -> Reply:
            return await Persistence(sleep=at_once).persist(attempt)

        found, _ = await session(script).run(facts(Numbering((Article("Rain."),)), FactsTask(), Limits()))
        return found.trace

    trace = asyncio.run(main())
    assert (1, doubts) == (trace.retries, trace.in_doubt)


async def at_once(seconds: float) -> None:
    """Waiting, in a test."""
