"""What goes wrong over real HTTP, through both readers: what is asked again, split, skipped or stopped.

Each transport fault by itself is in `io/test_openai_transport.py`; here is what a whole reading makes of
them, with the number of requests, and that one bad part never loses the others.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from quotewise import (
    AccessError,
    Article,
    AsyncReader,
    ContextOverflowError,
    FilteredError,
    IncompleteError,
    MalformedError,
    QuotaError,
    QuotewiseError,
    Reader,
    RefusedError,
    TruncatedError,
    UnavailableError,
)
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
    return {"facts": [{"evidence": [n], "kind": "event", "text": text} for n, text, _ in lines]}


def sync(server: LocalServer, limits: Limits, **asked: Any) -> Any:
    with Reader(model="local", base_url=server.base_url, concurrency=2, timeout=5) as reader:
        reader._limits = limits
        return reader.facts(LONG, **asked)


def awaited(server: LocalServer, limits: Limits, **asked: Any) -> Any:
    async def main() -> Any:
        async with AsyncReader(model="local", base_url=server.base_url, concurrency=2, timeout=5) as reader:
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


@dataclass(frozen=True)
class Row:
    """A fault that hits the part with house 0: how often, what comes of it, and how many requests in all."""

    fault: Fault
    times: int
    error: type[QuotewiseError] | None
    requests: int


ROWS = {
    "retry: a rate limit passes": Row(faults.rate_limited(ms=1), 2, None, PARTS + 2),
    "retry: a reset passes": Row(faults.reset(), 1, None, PARTS + 1),
    "reask: a wrong schema once": Row(faults.wrong_schema(), 1, None, PARTS + 1),
    "reask: prose once": Row(faults.prose(), 1, None, PARTS + 1),
    "reask: an empty answer once": Row(faults.empty(), 1, None, PARTS + 1),
    "reask: a wrong schema for ever": Row(faults.wrong_schema(), 9, MalformedError, PARTS + 1),
    "grow: cut once": Row(faults.length(), 1, None, PARTS + 1),
    "skip: a refusal": Row(faults.refusal(), 9, RefusedError, PARTS),
    "skip: a filtered answer": Row(faults.content_filter(), 9, FilteredError, PARTS),
    "skip: a filtered request": Row(faults.filtered_request(), 9, FilteredError, PARTS),
    "skip: a server that fails for ever": Row(
        faults.server_error(should_retry=False), 9, UnavailableError, PARTS
    ),
}


@BOTH
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_one_bad_part_never_loses_the_others(row: Row, read: Callable[..., Any]) -> None:
    """What passes leaves no trace but its requests; what does not leaves a gap, and the rest is there."""
    with LocalServer(facts_of, faults=for_part_of("House number 0 ", row.fault, row.times)) as server:
        facts = read(server, IN_PARTS, allow_partial=True)

    assert row.requests == len(server.completions)
    assert facts.complete is (row.error is None)
    assert (48 if row.error is None else 48 - FIRST) == len(facts.facts)
    assert [gap.start for gap in facts.gaps] == ([] if row.error is None else [0])


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
