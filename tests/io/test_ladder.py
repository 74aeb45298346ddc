"""The structured-output ladder: each form is tried where the one above was refused, and remembered."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotewise
from quotewise import Budget
from quotewise._errors import BudgetError, QuotewiseError, RequestRejectedError, UnavailableError
from quotewise._io.dialect import LADDER, Dialect, Dialects, first
from quotewise._io.meter import Meter, Metered
from quotewise._io.rejection import Rejection, failed
from quotewise._io.retry import Persistence, Retry, RetryPolicy, heard_by
from quotewise._io.wire import NotACompletion, body, reply, schema_in_words
from quotewise._plans.core import Call, Message, Reply
from quotewise._plans.schemas import ClaimedFacts
from quotewise._plans.sketch import sketch
from quotewise.testing import Fault, LocalServer, faults
from quotewise.testing.completions import AnyObject, call_of
from quotewise.testing.exchange import Received

from .wire_both_ways import ARTICLE, CALL, FACTS, Way, facts, persistence, run, send, transport

BOTH_WAYS = pytest.mark.parametrize("way", ["async", "sync"])

STEPS = [
    (("json_schema", "json_object", "tool"), "json_schema", 1),
    (("json_object", "tool"), "json_object", 2),
    (("tool",), "tool", 3),
    ((), "plain", 4),
]


@BOTH_WAYS
@pytest.mark.parametrize(("taken", "mode", "requests"), STEPS)
def test_the_first_form_that_the_server_takes_is_found_and_remembered(
    way: Way, taken: tuple[str, ...], mode: str, requests: int
) -> None:
    """Each refused form costs one request, once for an address and a model."""
    with LocalServer(lambda call: FACTS, faults=faults.takes_only(*taken)) as server:
        live = transport(server)
        assert facts(way, live) == ClaimedFacts.model_validate(FACTS)
        assert len(server.requests) == requests
        again = send(way, live)

    assert len(server.requests) == requests + 1
    assert again.mode == mode
    assert again.usage.calls == 1


NO_SYSTEM = [
    "System role not supported",
    "Conversation roles must alternate user/assistant/user/assistant/...",
    "Developer instruction is not enabled for models/gemma-3-27b-it",
    "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
]


@pytest.mark.parametrize("words", NO_SYSTEM)
@pytest.mark.parametrize("status", [400, 500])
def test_a_template_without_a_system_prompt_gets_it_in_the_question(words: str, status: int) -> None:
    """Users and assistants by turns, also where an empty answer is asked for again; learned once."""

    def judge(request: Received) -> Fault | None:
        roles = [message["role"] for message in request.json["messages"]]
        by_turns = roles == ["user", "assistant"] * (len(roles) // 2) + ["user"]
        return None if by_turns else faults.error(status, "invalid_request", words)

    said = iter(["", json.dumps(FACTS), json.dumps(FACTS)])
    with LocalServer(lambda call: Reply(next(said)), faults=judge) as server:
        live = transport(server)
        assert facts("async", live) == ClaimedFacts.model_validate(FACTS)
        again = send("async", live)

    (told,) = server.requests[1].json["messages"]
    assert told["content"].startswith(CALL.messages[0].content)
    assert told["content"].endswith(CALL.messages[-1].content)
    assert (again.usage.calls, len(server.requests)) == (1, 4)


def test_what_was_learned_is_shared_by_those_who_share_it_and_kept_per_address_and_model() -> None:
    """Another model begins anew, and so does a transport that is given nothing to share."""
    dialects = Dialects()
    with LocalServer(lambda call: FACTS, faults=faults.takes_only("tool")) as server:
        send("async", transport(server, dialects=dialects))
        shared = send("async", transport(server, dialects=dialects))
        other_model = send("async", transport(server, dialects=dialects, model="n"))
        alone = send("async", transport(server))

    assert [r.usage.calls for r in (shared, other_model, alone)] == [1, 3, 3]


@pytest.mark.parametrize("model", ["m", "gpt-6-luna"])
def test_calls_made_at_once_find_the_form_together(model: str) -> None:
    """One looks for it; the others wait, take what it found, and none of them is refused.

    A name of OpenAI's says nothing of a server that is not theirs.
    """

    async def main() -> list[Reply]:
        return await asyncio.gather(*(live.send(CALL) for _ in range(20)))

    with LocalServer(lambda call: FACTS, faults=faults.takes_only("tool"), latency=0.01) as server:
        live = transport(server, model=model)
        replies = run("async", main, live)

    assert [r.mode for r in replies] == ["tool"] * 20
    assert len(server.requests) == sum(r.usage.calls for r in replies) == 20 + 2


@pytest.mark.parametrize("model", ["m", "gpt-6-luna"])
def test_nobody_waits_for_a_search_that_found_nothing(model: str) -> None:
    """A server that fails is asked by all calls at once, and not by one after another."""

    async def until_all_failed(seconds: float) -> None:
        await asyncio.wait_for(all_failed.wait(), 5)

    async def main() -> list[Any]:
        return await asyncio.gather(*(live.send(CALL) for _ in range(8)), return_exceptions=True)

    def judge(request: Received) -> Fault:
        asked = request.json["response_format"]["type"]
        return faults.unsupported("response_format") if asked == "json_schema" else faults.server_error()

    all_failed = asyncio.Barrier(8)
    patient = Persistence(RetryPolicy(attempts=2), sleep=until_all_failed)
    with LocalServer(lambda call: FACTS, faults=judge) as server:
        live = transport(server, model=model, persistence=patient)
        errors = run("async", main, live)

    assert [type(error) for error in errors] == [UnavailableError] * 8


def test_a_search_whose_loop_runs_no_more_is_not_waited_for() -> None:
    """Its call never comes back to say that it ended."""
    dialects = Dialects()

    async def begun() -> None:
        dialects.look((server.base_url.rstrip("/"), "m"))

    async def main() -> Reply:
        return await asyncio.wait_for(live.send(CALL), 5)

    with LocalServer(lambda call: FACTS, faults=faults.takes_only("tool")) as server:
        asyncio.run(begun())
        live = transport(server, dialects=dialects)
        assert run("async", main, live).mode == "tool"


def test_a_search_is_waited_for_no_longer_than_one_answer() -> None:
    """Whatever keeps its call, the others go on."""

    async def main() -> bool:
        look, _ = dialects.look(("there", "m"))
        again, mine = dialects.look(("there", "m"))
        await again.until_over(0)
        return again is look and not mine and look.over and dialects.look(("there", "m"))[1]

    dialects = Dialects()
    assert asyncio.run(main())


def test_an_answer_in_an_older_form_leaves_what_was_learned_meanwhile() -> None:
    """A slow call that was sent before does not make the next one be refused again."""
    dialects, there = Dialects(), ("there", "m")
    known = dialects.of(there)
    dialects.learn(there, replace(known, most=1_024), instead_of=known)
    dialects.learn(there, known, instead_of=known)

    assert dialects.of(there).most == 1_024


def test_a_call_that_is_cut_off_while_it_looks_lets_the_next_one_look() -> None:
    """Nobody waits for what nobody finds."""

    def judge(request: Received) -> Fault | None:
        asked = (request.json.get("response_format") or {}).get("type")
        if asked == "json_object" and request is server.requests[1]:
            return faults.silence()
        return takes_tools(request)

    async def main() -> Reply:
        cut = asyncio.create_task(live.send(CALL))
        while len(server.requests) < 2:
            await asyncio.sleep(0)
        waits = asyncio.create_task(live.send(CALL))
        await asyncio.sleep(0)  # it has begun, and waits
        cut.cancel()
        return await waits

    takes_tools = faults.takes_only("tool")
    with LocalServer(lambda call: FACTS, faults=judge) as server:
        live = transport(server)
        assert run("async", main, live).mode == "tool"


@pytest.mark.parametrize(("limit", "answered"), [(1, False), (2, False), (3, True)])
def test_a_budget_counts_each_form_that_is_tried(limit: int, answered: bool) -> None:
    """A request is a call, also one that the server refuses for its form."""
    meter = Meter(Budget(calls=limit), "m")
    with LocalServer(lambda call: FACTS, faults=faults.takes_only("tool")) as server:
        live = transport(server)
        metered = Metered(live, meter)
        if answered:
            assert run("async", lambda: metered.send(CALL), live).mode == "tool"
        else:
            with pytest.raises(
                BudgetError, match=rf"its {limit} calls? (is|are) used, by requests that failed\."
            ):
                run("async", lambda: metered.send(CALL), live)

    assert len(server.requests) == meter.spent.calls == limit


def test_each_step_is_told_as_an_attempt() -> None:
    """With the server's words for it, and without a wait."""
    told: list[Retry] = []
    with LocalServer(lambda call: FACTS, faults=faults.takes_only("tool")) as server, heard_by(told.append):
        send("async", transport(server))

    assert [(retry.attempt, retry.wait) for retry in told] == [(1, 0.0), (2, 0.0)]
    assert all("response_format" in retry.error.message for retry in told)


def test_what_was_learned_is_remembered_from_reader_to_reader() -> None:
    """`facts()` makes a reader each time; three of them find the form once."""
    with LocalServer(lambda call: {"facts": []}, faults=faults.takes_only("tool")) as server:
        for _ in range(3):
            quotewise.facts(ARTICLE, model="m", base_url=server.base_url)

    assert len(server.requests) == 3 + 1 + 1


@pytest.mark.parametrize("status", [400, 404, 415, 422, 500, 501])
def test_the_words_decide_and_not_the_status(status: int) -> None:
    """llama-cpp-python's server answers 500 for a form it does not know: not retried, but stepped down."""
    wrong = [faults.unsupported("response_format", status=status)]
    with LocalServer(lambda call: FACTS, faults=wrong) as server:
        assert send("async", transport(server)).mode == "json_object"

    assert len(server.requests) == 2


def test_a_server_that_refuses_every_form_says_so_at_last() -> None:
    """After the last rung there is the server's own error, and nothing wrong is remembered."""
    dialects = Dialects()
    wrong = [faults.unsupported("response_format")] * 2 + [faults.unsupported("tools")] * 2
    with LocalServer(lambda call: FACTS, faults=wrong) as server:
        with pytest.raises(RequestRejectedError, match="tools"):
            send("async", transport(server, dialects=dialects))
        assert send("async", transport(server, dialects=dialects)).mode == "json_schema"


@pytest.mark.parametrize(
    ("model", "taken", "requests"),
    [
        ("gpt-6-luna", "max_completion_tokens", 1),
        ("gpt-6-luna", "max_tokens", 2),
        ("qwen3:8b", "max_tokens", 1),
        ("qwen3:8b", "max_completion_tokens", 2),
    ],
)
def test_the_output_limit_is_sent_under_the_name_that_the_server_takes(
    model: str, taken: str, requests: int
) -> None:
    """Reasoning models refuse one name and local servers do not know the other; never both, never none."""
    rule = faults.takes_only("json_schema", limit=taken)
    with LocalServer(lambda call: FACTS, faults=rule) as server:
        live = transport(server, model=model)
        assert send("async", live).mode == "json_schema"
        send("async", live)

    assert len(server.requests) == requests + 1
    assert server.requests[-1].json[taken] == 4_000
    assert len({"max_tokens", "max_completion_tokens"} & server.requests[-1].json.keys()) == 1


def test_a_limit_that_is_refused_under_both_names_is_an_error() -> None:
    """The same refusal twice ends the search; it cannot go round for ever."""
    wrong = [faults.bad_request("max_tokens is too large; max_completion_tokens too.")] * 9
    with LocalServer(lambda call: FACTS, faults=wrong) as server, pytest.raises(RequestRejectedError):
        send("async", transport(server))

    assert len(server.requests) == 2


NAMES_NO_FORM = [
    Rejection(400, "context_length_exceeded", message="1200 tokens in the functions"),
    Rejection(400, message="This model's maximum context length is 8192 tokens (12 in the tools)"),
    Rejection(429, "insufficient_quota", message="response_format"),
    Rejection(401, message="json_schema"),
    Rejection(403, message="region restricted"),
    Rejection(500, message="The server had an error."),
    Rejection(400, message="temperature must be 1"),
    Rejection(400, message=f"{'x' * 600} response_format"),
]


@pytest.mark.parametrize("refused", NAMES_NO_FORM)
def test_a_refusal_for_another_reason_leaves_the_form_alone(refused: Rejection) -> None:
    """Stepping down costs quality, so only a refusal of the form itself does it."""
    assert refused.lesser(Dialect()) is None


OVERFLOWS = [
    (
        "This model's maximum context length is 16384 tokens. However, you requested 22946 tokens (12946 in"
        " the messages, 10000 in the completion).",
        16_384,
    ),
    (
        "'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context length is"
        " 32768 tokens and your request has 1000 input tokens (32000 > 32768 - 1000).",
        32_768,
    ),
    (
        "You passed 27905 input tokens and requested 4096 output tokens. However, the model's context length"
        " is only 32000 tokens, resulting in a maximum input length of 27904 tokens.",
        32_000,
    ),
    (
        "Requested token count exceeds the model's maximum context length of 16384 tokens. You requested a"
        " total of 17964 tokens: 1580 tokens from the input messages and 16384 tokens for the completion.",
        16_384,
    ),
    ("input length and `max_tokens` exceed context limit: 178959 + 64000 > 200000, decrease", 200_000),
    (
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 1512. Given: 30 `inputs`"
        " tokens and 3984 `max_new_tokens`",
        1_512,
    ),
    ("the request (67311 tokens) exceeds the available context size (65536 tokens), try", 65_536),
    ("This endpoint's maximum context length is 131,072 tokens.", 131_072),
    ("Your input exceeds the context window of this model.", None),
    ("This model's maximum prompt length is 131072 but the request contains 537812 tokens.", None),
    ("Input length 131393 exceeds the maximum allowed input length of 131040 tokens.", None),
    ("The input token count exceeds the maximum number of tokens allowed 1048576.", None),
    ("prompt token count of 200000 exceeds the limit of 128000", None),
]


@pytest.mark.parametrize(("words", "window"), OVERFLOWS)
def test_a_window_that_is_too_small_is_told_from_all_else(words: str, window: int | None) -> None:
    """In the words of the servers that were seen to refuse; none of them blames a form of the request."""
    refused = Rejection(422, message=words)

    assert (refused.is_overflow, refused.window) == (True, window)
    assert refused.lesser(Dialect(limit="max_tokens"), 4_000) is None


NAMES_THE_FORM = [
    ("json_schema", "'response_format' of type 'json_schema' is not supported with this model."),
    ("json_schema", "Invalid parameter: response_format must be one of text, json_object"),
    ("json_schema", "This model does not support structured outputs"),
    ("json_schema", "failed to parse grammar"),
    ("json_schema", "Invalid schema for response_format 'ClaimedFacts'"),
    ("json_schema", "GenerateContentRequest.generation_config.response_schema: too many states"),
    ("json_object", "'response_format.type' must be 'json_schema' or 'text'"),
    ("json_object", "JSON mode is not supported"),
    ("tool", "tool_choice is not supported"),
    ("tool", "Function tools with reasoning_effort are not supported"),
    ("tool", '"auto" tool choice requires --enable-auto-tool-choice, tool call parser missing'),
]


@pytest.mark.parametrize(("mode", "words"), NAMES_THE_FORM)
def test_a_refusal_of_the_form_steps_down_one_rung(mode: str, words: str) -> None:
    """In the words of the servers that were seen to refuse."""
    lesser = Rejection(400, message=words).lesser(Dialect(mode=mode))  # type: ignore[arg-type]

    assert lesser is not None
    assert LADDER.index(lesser.mode) == LADDER.index(mode) + 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("model", "limit"),
    [
        ("gpt-6-luna", "max_completion_tokens"),
        ("openai/gpt-6-luna", "max_completion_tokens"),
        ("o4-mini", "max_completion_tokens"),
        ("chatgpt-5-latest", "max_completion_tokens"),
        ("gpt-oss-20b", "max_tokens"),
        ("openai/gpt-oss-120b", "max_tokens"),
        ("qwen3:8b", "max_tokens"),
        ("olmo-3", "max_tokens"),
        ("mistralai/Mistral-Small", "max_tokens"),
    ],
)
def test_a_model_begins_with_the_limit_its_kind_takes(model: str, limit: str) -> None:
    """By its name alone, so that a request recorded at one address is the same at another."""
    assert first(model).limit == limit


def test_the_schema_is_told_in_the_question_where_the_server_cannot_hold_the_model_to_it() -> None:
    """In the message before the model first spoke: asking again leaves all before it byte for byte."""
    again = CALL.followed_by(Message("assistant", "{}"), Message("user", "That does not fit."))
    for mode in ("json_object", "plain"):
        once = body(CALL, Dialect(mode=mode))["messages"]  # type: ignore[arg-type]
        twice = body(again, Dialect(mode=mode))["messages"]  # type: ignore[arg-type]
        assert once == twice[:2]
        assert once[1]["content"] == f"{ARTICLE}\n\n{schema_in_words(ClaimedFacts)}"
        assert [m["role"] for m in twice] == ["system", "user", "assistant", "user"]


@BOTH_WAYS
@pytest.mark.parametrize("taken", [(), ("json_schema", "json_object", "tool")])
@pytest.mark.parametrize(
    "around",
    [
        "<think>\n\n</think>\n\n{}",
        "Here is the JSON:\n{}",
        "{}\n\nI hope {{this}} helps!",
        "So {{be it}}:\n```json\n{}\n```",
    ],
)
def test_the_talk_around_an_answer_costs_no_second_call(
    way: Way, taken: tuple[str, ...], around: str
) -> None:
    """In every mode: a server that takes a schema need not hold its model to it."""
    talk = faults.says(around.format(json.dumps(FACTS)))
    refuses = faults.takes_only(*taken)
    with LocalServer(lambda call: FACTS, faults=lambda request: refuses(request) or talk) as server:
        assert facts(way, transport(server)) == ClaimedFacts.model_validate(FACTS)

    assert len(server.requests) == (1 if taken else 4)


@BOTH_WAYS
@pytest.mark.parametrize("slip", ["I'd say that rain fell.", '{"summary": ["Rain fell."]}'])
def test_one_slip_costs_one_call_and_no_form(way: Way, slip: str) -> None:
    """It is asked for again as it was, and so is every call after it."""
    said = iter([faults.says(slip)])
    with LocalServer(lambda call: FACTS, faults=lambda request: next(said, None)) as server:
        live = transport(server)
        for _ in range(3):
            assert facts(way, live) == ClaimedFacts.model_validate(FACTS)

    assert [request.json["response_format"]["type"] for request in server.requests] == ["json_schema"] * 4


def test_a_slip_now_and_then_costs_no_form_either() -> None:
    """However many they are in the end: most answers fit."""
    said = iter([None, None, faults.says("No.")] * 5)
    with LocalServer(lambda call: FACTS, faults=lambda request: next(said, None)) as server:
        live = transport(server)
        for _ in range(10):
            facts("async", live)

    assert {request.json["response_format"]["type"] for request in server.requests} == {"json_schema"}
    assert len(server.requests) > 10 + 2


@BOTH_WAYS
def test_a_form_that_is_taken_and_not_kept_is_left_for_one_with_the_schema_in_words(way: Way) -> None:
    """Such a model answers by what it reads in the prompt alone; the second such answer shows it."""

    def ignorer(call: Call) -> Any:
        told = (schema_in_words(ClaimedFacts), sketch(ClaimedFacts))
        words = "\n".join(message.content for message in call.messages)
        return FACTS if any(shape in words for shape in told) else {"summary": ["Rain fell."]}

    with LocalServer(ignorer) as server:
        live = transport(server)
        assert [facts(way, live) for _ in range(3)] == [ClaimedFacts.model_validate(FACTS)] * 3

    asked = [request.json["response_format"]["type"] for request in server.requests]
    assert asked == ["json_schema"] * 3 + ["json_object"] * 2


def test_a_tool_that_is_taken_and_not_kept_is_left_too() -> None:
    """A form with the schema in words is kept: what does not fit there is the model's own fault."""
    assert Dialect(mode="tool").where_unheld("tool").mode == "plain"
    assert Dialect(mode="json_object").where_unheld("json_object").mode == "json_object"
    assert Dialect(mode="json_schema").where_unheld("tool").mode == "json_schema"


TOO_LARGE = [
    ("max_tokens is too large: 4000. This model supports at most 1024 completion tokens.", 1_024),
    ("`max_tokens` must be less than or equal to `1024`, the maximum for this model.", 1_024),
    ("max_tokens: 4000 > 1024, which is the maximum allowed number of output tokens for m-2048", 1_024),
    ("Invalid max_tokens value, the valid range of max_tokens is [1, 2,048]", 2_048),
    ("max_tokens is too large. Request 1288, gpt-4 0613: at most 2048", 2_048),
    ("max_tokens must be between 1 and 2048.", 2_048),
    ("The maximum value for max_tokens is 2048.", 2_048),
]


@BOTH_WAYS
@pytest.mark.parametrize(("words", "most"), TOO_LARGE)
def test_an_output_limit_that_is_too_large_is_learned(way: Way, words: str, most: int) -> None:
    """The number that the server names is sent from then on, under the same name."""

    def judge(request: Any) -> Any:
        return faults.bad_request(words) if request.json["max_tokens"] > most else None

    with LocalServer(lambda call: FACTS, faults=judge) as server:
        live = transport(server)
        send(way, live)
        send(way, live)

    assert [r.json["max_tokens"] for r in server.requests] == [4_000, most, most]


@pytest.mark.parametrize(
    "words",
    [
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'.",
        "max_tokens is too large.",
        "max_tokens must be at least 16; gpt-5-1106 was asked for 8000.",
    ],
)
def test_a_refusal_without_a_smaller_number_is_no_limit(words: str) -> None:
    """A number in a model's name is none, nor one that is larger than what was asked for."""
    assert Dialect(limit="max_tokens").after(words, 4_000) == Dialect(limit="max_completion_tokens")


NO_UPPER_BOUND = [
    "max_tokens must be at least 1024 for this model, got 512",
    "max_tokens must be greater than or equal to 1024",
    "max_tokens must be > 1024",
    "`inputs` tokens + `max_new_tokens` must be <= 2048. Given: 400 `inputs` tokens",
    "max_tokens is too large: 400 of the prompt and these are at most 2048",
    "max_tokens exceeds your remaining credits: can only afford 412",
]


@pytest.mark.parametrize("words", NO_UPPER_BOUND)
def test_only_an_upper_bound_of_the_output_alone_is_learned(words: str) -> None:
    """What is learned wrongly cuts every later answer of the process."""
    lesser = Dialect(limit="max_tokens").after(words, 4_000)

    assert lesser is None or lesser.most is None


def test_the_number_of_a_code_is_no_limit() -> None:
    """A status as the code, beside words that speak of the limit's name."""
    wrong = "max_tokens is not supported; max_completion_tokens must be used"
    refused = Rejection.of(400, {"code": 400, "message": wrong}, {})

    assert refused.lesser(Dialect(limit="max_tokens"), 4_000) == Dialect()


def test_a_limit_under_one_name_says_nothing_of_the_other() -> None:
    """Where only the name is changed, what was asked for is sent under it."""
    known = Dialect(limit="max_tokens", most=1_024)

    assert known.after("Unsupported parameter: 'max_tokens'", 4_000) == Dialect()


@BOTH_WAYS
def test_an_extra_field_that_fastapi_refuses_is_a_step_down(way: Way) -> None:
    """Its errors are a list under `detail`, and name the form in `loc` alone."""
    told = {
        "type": "extra_forbidden",
        "loc": ["body", "response_format"],
        "msg": "Extra inputs are not permitted",
    }

    def judge(request: Any) -> Fault | None:
        wrong = "response_format" in request.json
        return Fault(422, {"content-type": "application/json"}, {"detail": [told]}) if wrong else None

    with LocalServer(lambda call: FACTS, faults=judge) as server:
        assert send(way, transport(server)).mode == "tool"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"detail": "Model busy"}, "answered 422: Model busy"),
        (
            {"detail": [{"loc": ["body", "seed"], "msg": "Not allowed", "type": "x"}]},
            "422, x, seed: Not allowed",
        ),
        ({"detail": [7]}, "answered 422."),
        ({"detail": [{"loc": 7}]}, "answered 422."),
    ],
)
def test_what_fastapi_says_is_told(body: Any, words: str) -> None:
    """Whatever stands in the list."""
    error = failed(Rejection.of(422, body, {}), "There").error

    assert words in str(error)


def test_a_code_that_is_the_status_is_not_told_twice() -> None:
    """And a server's words and the next step are two sentences."""
    refused = Rejection.of(502, {"code": 502, "message": "Upstream failed"}, {})

    assert str(failed(refused, "There").error).startswith("There answered 502: Upstream failed. Check")


def test_a_name_that_is_not_found_blames_no_key() -> None:
    """Local servers have none; 404 is the model's name or the address."""
    told = str(failed(Rejection.of(404, {"message": "model 'x' not found"}, {}), "There").error)

    assert "not found. Check the model's name, and that base_url" in told


def test_what_went_into_reasoning_is_read() -> None:
    """As far as the server tells; null and nothing are none."""
    for told, thought in (({"completion_tokens_details": {"reasoning_tokens": 900}}, 900), ({}, 0)):
        completion = {
            "choices": [{"message": {"content": "{}"}}],
            "usage": {"completion_tokens": 1_000, **told},
        }
        assert reply(json.dumps(completion).encode(), Dialect(), model="m").thought == thought


def test_real_reasoning_is_not_taken_for_the_answer() -> None:
    """Thought that ate the whole budget is prose, and an empty answer stays empty."""
    message = {"content": None, "reasoning_content": "The user wants facts. First {I} should"}
    content = json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]}).encode()

    assert reply(content, Dialect(), model="m").text == ""


@given(
    st.lists(
        st.tuples(st.sampled_from(["system", "user", "assistant"]), st.text(max_size=30)),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(LADDER),
    st.integers(1, 100_000),
)
def test_a_call_that_is_written_out_can_be_read_back(
    messages: list[tuple[Any, str]], mode: Any, limit: int
) -> None:
    """The server reads what the transport writes: messages, schema and limit, in each form."""
    call = Call("t", tuple(Message(r, c) for r, c in [("user", "q"), *messages]), ClaimedFacts, limit)
    read = call_of(body(call, Dialect(mode=mode)), {"ClaimedFacts": ClaimedFacts})

    assert read.schema is ClaimedFacts
    assert read.max_output == limit
    assert [m.role for m in read.messages] == [m.role for m in call.messages]
    if mode in {"json_schema", "tool"}:
        assert [m.content for m in read.messages] == [_sendable(m.content) for m in call.messages]


def _sendable(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def test_a_call_of_an_unknown_schema_is_read_as_any_object() -> None:
    """A client of another project can be served too."""
    read = call_of({"messages": [{"role": "developer", "content": None}]}, {})

    assert read.schema is AnyObject
    assert read.messages == (Message("system", ""),)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "content", "error", "code", "usage", "tool_calls", "function"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from(LADDER))
def test_whatever_a_server_sends_is_a_reply_or_no_completion(value: Any, mode: Any) -> None:
    """No shape of JSON makes reading it fail in another way."""
    try:
        read = reply(json.dumps(value).encode(), Dialect(mode=mode), model="m")
    except NotACompletion:
        return
    assert isinstance(read.text, str)


@given(st.binary(max_size=60))
def test_whatever_bytes_a_server_sends_are_no_completion(content: bytes) -> None:
    """Pages, halves and noise alike."""
    with pytest.raises(NotACompletion):
        reply(content, Dialect(), model="m")


def test_a_plain_server_error_is_still_retried_in_the_lower_modes() -> None:
    """The ladder and the retries do not get in each other's way."""
    wrong = [faults.unsupported("response_format"), *[faults.server_error()] * 9]
    with LocalServer(lambda call: FACTS, faults=wrong) as server, pytest.raises(UnavailableError) as caught:
        send("async", transport(server, persistence=persistence(attempts=3)))

    assert len(server.requests) == 1 + 3
    assert isinstance(caught.value, QuotewiseError)
