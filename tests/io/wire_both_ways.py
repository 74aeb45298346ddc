"""Sending through the live transport, as an async and as a sync caller do; shared by the tests of HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from quotewise._errors import QuotewiseError
from quotewise._io.openai_transport import OpenAITransport
from quotewise._io.portal import Portal
from quotewise._io.retry import Persistence, RetryPolicy
from quotewise._plans.asking import ask_each
from quotewise._plans.core import Call, Failure, Message, Outcome, Plan, Reply
from quotewise._plans.schemas import ClaimedFacts
from quotewise.testing import LocalServer

Way = Literal["async", "sync"]
FACTS = {"facts": [{"evidence": [1], "kind": "event", "text": "Rain fell on the “old” town."}]}
ARTICLE = "The mayor of Marleburg resigned on Tuesday after the audit."
CALL = Call("facts", (Message("system", "Be exact."), Message("user", ARTICLE)), ClaimedFacts)


class Waits:
    """A sleep that takes no time and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)


def persistence(waits: Waits | None = None, **policy: Any) -> Persistence:
    """Retries as by default, without the waiting."""
    return Persistence(RetryPolicy(**policy), sleep=waits or Waits(), chance=lambda: 0.5)


def transport(
    server: LocalServer, *, model: str = "m", waits: Waits | None = None, **more: Any
) -> OpenAITransport:
    given = {
        "timeout": 10.0,
        "api_key": "sk-test-0123456789abcdef",
        "persistence": persistence(waits),
        **more,
    }
    return OpenAITransport(model, base_url=server.base_url, **given)


def run(way: Way, work: Callable[[], Awaitable[Any]], live: OpenAITransport) -> Any:
    """What `work` gives, awaited on a loop of the caller's or, for a sync caller, through the portal."""

    async def whole() -> Any:
        try:
            return await work()
        finally:
            await live.aclose()

    if way == "async":
        return asyncio.run(whole())
    with Portal() as portal:
        return portal.run(whole())


def send(way: Way, live: OpenAITransport, call: Call = CALL) -> Reply:
    """One call, as the transport alone answers it."""
    reply: Reply = run(way, lambda: live.send(call), live)
    return reply


def facts(way: Way, live: OpenAITransport) -> ClaimedFacts:
    """One call as a plan makes it: the reply read and, where that can help, asked for again."""
    answer: ClaimedFacts = run(way, lambda: _drive(facts_asked(), live), live)
    return answer


def facts_asked() -> Plan[ClaimedFacts]:
    """One call's answer; raises what went wrong with it."""
    [answer] = yield from ask_each([CALL], ClaimedFacts)
    if isinstance(answer, QuotewiseError):
        raise answer
    return answer


async def _drive(plan: Plan[ClaimedFacts], live: OpenAITransport) -> ClaimedFacts:
    try:
        calls = next(plan)
        while True:
            calls = plan.send(tuple([await _outcome(live, call) for call in calls]))
    except StopIteration as stop:
        answer: ClaimedFacts = stop.value
        return answer


async def _outcome(live: OpenAITransport, call: Call) -> Outcome:
    try:
        return await live.send(call)
    except QuotewiseError as error:
        return Failure(error)
