"""What goes wrong over real HTTP, through both readers: what is asked again, split, skipped or stopped.

Each transport fault by itself is in `io/test_openai_transport.py`; here is what a whole reading makes of
them, with the number of requests, and that one bad part never loses the others.
"""

from __future__ import annotations

import asyncio
import email.utils
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from quotewise import (
    AccessError,
    Article,
    AsyncReader,
    ContextOverflowError,
    IncompleteError,
    QuotaError,
    QuotewiseError,
    Reader,
    TruncatedError,
)
from quotewise._io.limiter import Limiter
from quotewise._io.openai_transport import OpenAITransport
from quotewise._io.retry import Persistence
from quotewise._plans.core import Call
from quotewise._plans.numbered import parse
from quotewise._plans.reading import Limits
from quotewise.testing import Fault, LocalServer, Received, faults

LONG = Article("\n".join(f"House number {n} stands in Mill Street." for n in range(48)))
PARTS = 4
FIRST = 14  # sentences in the first part
IN_PARTS = Limits(window=5_700, chunk=200)
WHOLE = Limits()


def facts_of(call: Call) -> Any:
    """Every sentence is a fact."""
    lines, _ = parse(call.messages[1].content)
    return {"facts": [{"evidence": [n], "kind": "event", "text": text} for n, text, *_ in lines]}


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def live(server: LocalServer, timeout: float = 5.0) -> OpenAITransport:
    """The live transport with its retries and its limiter on a clock of their own."""
    clock = Clock()
    return OpenAITransport(
        "local",
        base_url=server.base_url,
        timeout=timeout,
        persistence=Persistence(sleep=clock.sleep, clock=clock, chance=lambda: 0.5),
        limiter=Limiter(clock=clock, sleep=clock.sleep, chance=lambda: 0.5),
    )


def sync(server: LocalServer, limits: Limits, timeout: float = 5.0, **asked: Any) -> Any:
    with Reader(transport=live(server, timeout), concurrency=2) as reader:
        reader._limits = limits
        return reader.facts(LONG, **asked)


def awaited(server: LocalServer, limits: Limits, timeout: float = 5.0, **asked: Any) -> Any:
    async def main() -> Any:
        async with AsyncReader(transport=live(server, timeout), concurrency=2) as reader:
            reader._limits = limits
            return await reader.facts(LONG, **asked)

    return asyncio.run(main())


BOTH = pytest.mark.parametrize("read", [sync, awaited])
Faulty = Callable[[Received], Fault | None]


def for_part_of(words: str, fault: Fault, times: int = 1_000) -> Faulty:
    """The fault for requests that show these words, so many times."""
    left = itertools.repeat(None, times)

    def judge(request: Received) -> Fault | None:
        shown = request.json["messages"][1]["content"]
        return fault if words in shown and next(left, 0) is None else None

    return judge


def twice(message: dict[str, Any]) -> dict[str, Any]:
    """Every fact again and again: the loop that some models fall into."""
    facts = json.loads(message["content"])["facts"]
    return {**message, "content": json.dumps({"facts": facts * 20})}


def bare(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "content": json.dumps(json.loads(message["content"])["facts"])}


def with_half_a_pair(message: dict[str, Any]) -> dict[str, Any]:
    """One fact a second time, with half a surrogate pair in it, as some models send them."""
    facts = json.loads(message["content"])["facts"]
    half = {"evidence": [1], "kind": "event", "text": "House number 0 stands in Mill Street. \ud83d"}
    return {**message, "content": json.dumps({"facts": [*facts, half]})}


def in_days() -> str:
    return email.utils.formatdate(time.time() + 200_000, usegmt=True)


STREAM = {"content-type": "text/event-stream"}
CHUNK = 'data: {"choices": [{"delta": {"content": "{"}}]}\n\n'


@dataclass(frozen=True)
class Row:
    """A fault that hits the part with house 0: how often, the requests in all, and why the part is lost."""

    fault: Fault
    times: int
    requests: int
    lost: str = ""
    timeout: float = 5.0


EVER = 1_000
ONCE_MORE, TWICE_MORE = PARTS + 1, PARTS + 2
ROWS = {
    "retry: a rate limit, seconds": Row(faults.rate_limited(2), 2, TWICE_MORE),
    "retry: a rate limit, milliseconds": Row(faults.rate_limited(ms=250), 2, TWICE_MORE),
    "retry: a rate limit, a date that has passed": Row(
        faults.rate_limited("Wed, 21 Oct 2015 07:28:00 GMT"), 1, ONCE_MORE
    ),
    "skip: a rate limit for days": Row(faults.rate_limited(in_days()), EVER, PARTS, "Rate limit"),
    "skip: a rate limit, too many seconds": Row(faults.rate_limited(200), EVER, PARTS, "Rate limit"),
    "skip: a rate limit for ever": Row(faults.rate_limited(), EVER, TWICE_MORE, "Rate limit"),
    "retry: 500 twice": Row(faults.server_error(), 2, TWICE_MORE),
    "skip: 500 for ever": Row(faults.server_error(), EVER, TWICE_MORE, "500"),
    "skip: 500 that says not to retry": Row(faults.server_error(should_retry=False), EVER, PARTS, "500"),
    "retry: 400 that says to retry": Row(faults.bad_request(should_retry=True), 1, ONCE_MORE),
    "retry: a proxy's 502": Row(faults.bad_gateway(), 1, ONCE_MORE),
    "skip: a proxy's 502 for ever": Row(faults.bad_gateway(), EVER, TWICE_MORE, "502"),
    "retry: 529": Row(faults.server_error(529), 1, ONCE_MORE),
    "retry: 408": Row(faults.server_error(408), 1, ONCE_MORE),
    "retry: 409": Row(faults.server_error(409), 1, ONCE_MORE),
    "retry: a reset in the body": Row(faults.reset(), 1, ONCE_MORE),
    "skip: a reset for ever": Row(faults.reset(), EVER, TWICE_MORE, "broke off"),
    "retry: no answer": Row(faults.silence(), 1, ONCE_MORE, timeout=0.3),
    "skip: a dripping body": Row(faults.dripping(), EVER, TWICE_MORE, "within 0.2 s", timeout=0.2),
    "skip: a redirect": Row(faults.redirect("/v1/chat/completions"), EVER, PARTS, "307"),
    "skip: a web page": Row(faults.web_page(), EVER, PARTS, "a page"),
    "retry: an empty body": Row(faults.empty_body(), 1, ONCE_MORE),
    "skip: an empty body for ever": Row(faults.empty_body(), EVER, TWICE_MORE, "no completion"),
    "retry: half a JSON": Row(faults.cut_json(), 1, ONCE_MORE),
    "retry: no UTF-8": Row(faults.latin1(), 1, ONCE_MORE),
    "retry: an upstream's 502 in a 200": Row(faults.error_body(502), 1, ONCE_MORE),
    "retry: choices null": Row(faults.no_choices("none"), 1, ONCE_MORE),
    "retry: choices empty": Row(faults.no_choices("empty"), 1, ONCE_MORE),
    "retry: choices missing": Row(faults.no_choices("missing"), 1, ONCE_MORE),
    "retry: wrong types": Row(faults.wrong_types(), 1, ONCE_MORE),
    "skip: wrong types for ever": Row(faults.wrong_types(), EVER, TWICE_MORE, "no completion"),
    "skip: 20 MiB": Row(faults.huge(20 * 2**20), EVER, PARTS, "more than"),
    "skip: a gzip bomb": Row(faults.gzip_bomb(64 * 2**20), EVER, PARTS, "more than"),
    "skip: a stream that nobody asked for": Row(
        Fault(200, STREAM, f"{CHUNK}data: [DONE]\n\n"), EVER, PARTS, "a page"
    ),
    "skip: a stream without an end": Row(Fault(200, STREAM, CHUNK), EVER, PARTS, "a page"),
    "reask: a wrong schema": Row(faults.wrong_schema(), 1, ONCE_MORE),
    "reask: a wrong schema for ever": Row(faults.wrong_schema(), EVER, ONCE_MORE, "does not fit"),
    "reask: invalid JSON": Row(faults.invalid_json(), 1, ONCE_MORE),
    "reask: prose": Row(faults.prose(), 1, ONCE_MORE),
    "reask: an empty answer": Row(faults.empty(), 1, ONCE_MORE),
    "reask: an empty answer for ever": Row(faults.empty(), EVER, ONCE_MORE, "an empty answer"),
    "reask: prose for ever": Row(faults.prose(), EVER, ONCE_MORE, "in words and not in JSON"),
    "reask: no content at all": Row(Fault(rewrite=lambda m: {**m, "content": None}), 1, ONCE_MORE),
    "grow: cut once": Row(faults.length(), 1, ONCE_MORE),
    "skip: a refusal": Row(faults.refusal(), EVER, PARTS, "declined"),
    "skip: a filtered answer": Row(faults.content_filter(), EVER, PARTS, "content filter"),
    "skip: a filtered request": Row(faults.filtered_request(), EVER, PARTS, "filtered"),
    "skip: 400": Row(faults.bad_request(), EVER, PARTS, "400"),
    "skip: 422": Row(faults.error(422), EVER, PARTS, "422"),
    "take: a Markdown fence": Row(faults.fenced(), EVER, PARTS),
    "take: a bare list": Row(Fault(rewrite=bare), EVER, PARTS),
    "take: the answer in the reasoning": Row(faults.in_reasoning(), EVER, PARTS),
    "take: the same facts again and again": Row(Fault(rewrite=twice), EVER, PARTS),
    "take: half a surrogate pair": Row(Fault(rewrite=with_half_a_pair), EVER, PARTS),
}


@BOTH
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_one_bad_part_never_loses_the_others(row: Row, read: Callable[..., Any]) -> None:
    """What passes leaves no trace but its requests; what does not leaves a gap that says why."""
    with LocalServer(facts_of, faults=for_part_of("House number 0 ", row.fault, row.times)) as server:
        facts = read(server, IN_PARTS, row.timeout, allow_partial=True)

    assert row.requests == len(server.completions)
    assert facts.complete is not bool(row.lost)
    assert (48 - FIRST if row.lost else 48) == len(facts.facts)
    assert [gap.start for gap in facts.gaps] == ([0] if row.lost else [])
    assert all(row.lost in gap.reason for gap in facts.gaps)


@BOTH
def test_an_incomplete_reading_raises_with_what_is_done(read: Callable[..., Any]) -> None:
    """Nobody takes three parts of four for the whole by accident."""
    faulty = for_part_of("House number 0 ", faults.refusal())
    with (
        LocalServer(facts_of, faults=faulty) as server,
        pytest.raises(IncompleteError, match="declined") as caught,
    ):
        read(server, IN_PARTS)

    assert caught.value.result is not None
    assert len(caught.value.result.cited) > 30
    assert caught.value.usage is not None
    assert PARTS == caught.value.usage.calls


@BOTH
def test_a_part_too_long_for_the_window_is_split(read: Callable[..., Any]) -> None:
    """1 request for the whole, 2 for its halves, 4 for their quarters; every fact is there at the end."""

    def takes_twelve(request: Received) -> Fault | None:
        lines, _ = parse(request.json["messages"][1]["content"])
        return faults.context_overflow() if len(lines) > 12 else None

    with LocalServer(facts_of, faults=takes_twelve) as server:
        facts = read(server, WHOLE)

    assert (1 + 2 + 4, 48) == (len(server.completions), len(facts.facts))


@BOTH
def test_an_answer_that_stays_cut_is_split(read: Callable[..., Any]) -> None:
    """Twice the room first, then half the text."""

    def writes_twelve(request: Received) -> Fault | None:
        lines, _ = parse(request.json["messages"][1]["content"])
        return faults.length() if len(lines) > 24 else None

    with LocalServer(facts_of, faults=writes_twelve) as server:
        facts = read(server, WHOLE)

    assert (2 + 2, 48) == (len(server.completions), len(facts.facts))


@BOTH
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.quota(), QuotaError),
        (faults.quota("credit_balance_exhausted"), QuotaError),
        (faults.quota("payment_required", status=402), QuotaError),
        (faults.unauthorized(), AccessError),
        (faults.forbidden(), AccessError),
        (faults.unknown_model(), AccessError),
    ],
)
def test_what_would_fail_for_every_part_stops_the_run(
    fault: Fault, error: type[QuotewiseError], read: Callable[..., Any]
) -> None:
    """No more requests than were in flight already; none is repeated."""
    with LocalServer(facts_of, faults=itertools.repeat(fault)) as server, pytest.raises(error):
        read(server, IN_PARTS)

    assert len(server.completions) <= 2


@BOTH
@pytest.mark.parametrize(
    ("fault", "error", "requests"),
    [
        (faults.context_overflow(), ContextOverflowError, 1 + 2 + 4 + 8 + 16 + 32),
        (faults.length(), TruncatedError, 2 * (1 + 2 + 4)),
    ],
)
def test_splitting_ends(
    fault: Fault, error: type[QuotewiseError], requests: int, read: Callable[..., Any]
) -> None:
    """A few halvings, each request paid for, and then the run ends with the reason."""
    with LocalServer(facts_of, faults=itertools.repeat(fault)) as server, pytest.raises(error):
        read(server, WHOLE)

    assert requests == len(server.completions)
