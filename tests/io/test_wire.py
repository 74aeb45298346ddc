"""What stands beside an answer never costs the answer; what is none is told, however deep it is."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._errors import BudgetError, NotAnAPIError, UnavailableError
from quotewise._io.dialect import LADDER, Dialect
from quotewise._io.meter import Meter, Metered
from quotewise._io.wire import NotACompletion, reply
from quotewise._options import Budget
from quotewise._plans.core import Message, Reply
from quotewise._results import Usage
from quotewise.testing import Fault, LocalServer

from .wire_both_ways import CALL, FACTS, run, send, transport

ANSWER = json.dumps(FACTS)


def completion(
    message: dict[str, Any] | None = None, choice: dict[str, Any] | None = None, **beside: Any
) -> dict[str, Any]:
    """A good answer with these fields beside it."""
    said = {"role": "assistant", "content": ANSWER, **(message or {})}
    return {"choices": [{"message": said, "finish_reason": "stop", **(choice or {})}], **beside}


def read(value: dict[str, Any], **dialect: Any) -> Reply:
    return reply(json.dumps(value).encode(), Dialect(**dialect), model="m")


ODD = [
    completion(usage=[]),
    completion(usage="none"),
    completion(usage={"prompt_tokens": 12.5}),
    completion(usage={"prompt_tokens": None, "completion_tokens": {}}),
    completion(usage={"prompt_tokens_details": 3}),
    completion(usage={"prompt_tokens_details": {"cached_tokens": "n/a"}}),
    completion({"reasoning": {}}),
    completion({"reasoning": [], "reasoning_content": 1}),
    completion({"refusal": False}),
    completion({"tool_calls": {}}),
    completion({"tool_calls": [{"function": None}]}),
    completion(choice={"finish_reason": 1}),
    completion(model=7),
]


@pytest.mark.parametrize("mode", LADDER)
@pytest.mark.parametrize("arguments", [ANSWER, FACTS])
def test_the_arguments_of_a_tool_are_the_answer_where_there_is_no_other(mode: Any, arguments: Any) -> None:
    """In every mode, and what stands in the message where the tool was called with nothing."""
    called = {"content": None, "tool_calls": [{"function": {"name": "x", "arguments": arguments}}]}
    assert json.loads(ANSWER) == json.loads(read(completion(called), mode=mode).text)

    nothing = {"tool_calls": [{"function": {"name": "x", "arguments": ""}}]}
    assert ANSWER == read(completion(nothing), mode=mode).text


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_odd_field_beside_the_answer_does_not_cost_it(odd: dict[str, Any]) -> None:
    """It was paid for, so it is read; asking again would get the same oddity for the same price."""
    with LocalServer(lambda call: FACTS, faults=[Fault(200, {}, odd)]) as server:
        got = send("async", transport(server))

    assert len(server.requests) == 1
    assert (got.text, got.refusal) == (ANSWER, None)


def test_what_fits_is_kept_where_its_neighbour_does_not() -> None:
    """One count that is none does not cost the other."""
    used = read(completion(usage={"prompt_tokens": 12.5, "completion_tokens": 7})).usage

    assert (used.input_tokens, used.output_tokens) == (0, 7)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANYTHING = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(max_size=5), SCALARS, max_size=2)
MESSAGE = st.dictionaries(st.sampled_from(["reasoning", "reasoning_content", "tool_calls", "name"]), ANYTHING)
COUNTS = st.dictionaries(
    st.sampled_from(["prompt_tokens", "completion_tokens", "prompt_tokens_details"]),
    ANYTHING | st.dictionaries(st.sampled_from(["cached_tokens", "cache_write_tokens"]), ANYTHING),
)


@given(MESSAGE, ANYTHING | COUNTS, st.sampled_from(LADDER))
def test_no_field_beside_the_answer_costs_it_or_pays_it_back(
    message: dict[str, Any], usage: Any, mode: Any
) -> None:
    """Whatever stands there: the text is the model's, and no count is below 0."""
    got = read(completion(message, usage=usage), mode=mode)

    assert got.text == ANSWER
    assert min(got.usage.model_dump(exclude={"usd"}).values()) >= 0


def test_a_server_that_counts_below_nothing_pays_no_budget_back() -> None:
    """A negative count would let a run go on without end."""
    counted = {"prompt_tokens": -1_000_000, "completion_tokens": -5}
    counted["prompt_tokens_details"] = {"cached_tokens": -1}  # type: ignore[assignment]
    meter = Meter(Budget(tokens=100_000), "m")
    with LocalServer(lambda call: FACTS, faults=[Fault(200, {}, completion(usage=counted))]) as server:
        live = transport(server)
        run("async", lambda: Metered(live, meter).send(CALL), live)

    assert meter.spent == Usage(calls=1)


@pytest.mark.parametrize("usage", [None, [], {}, {"prompt_tokens": 0}])
def test_a_server_that_counts_nothing_still_uses_a_budget_up(usage: Any) -> None:
    """Its answers cost what our own count says, or a limit would never be met; no figure is made of it."""
    meter = Meter(Budget(tokens=10_000), "m")
    long = CALL.followed_by(Message("user", "Rain fell. " * 500))
    odd = Fault(200, {}, completion(usage=usage))
    with LocalServer(lambda call: FACTS, faults=itertools.repeat(odd)) as server:
        live = transport(server)

        async def on_and_on() -> None:
            for _ in range(9):
                assert (await Metered(live, meter).send(long)).usage.input_tokens == 0

        with pytest.raises(BudgetError):
            run("async", on_and_on, live)

    assert 2 <= len(server.requests) <= 4
    assert meter.spent == Usage(calls=len(server.requests))


DEEP = b"[" * 200_000


def test_brackets_without_end_are_no_completion() -> None:
    """Python's reader gives up on them with an error of its own, which is no error of ours."""
    with pytest.raises(NotACompletion):
        reply(DEEP, Dialect(), model="m")
    for status, expected in ((200, NotAnAPIError), (500, UnavailableError)):
        with LocalServer(lambda call: FACTS, faults=[Fault(status, {}, DEEP)] * 3) as server:
            with pytest.raises(expected):
                send("async", transport(server))
            assert len(server.requests) == 3
