"""The live transport against a server that does wrong what servers do wrong, for async and sync callers."""

from __future__ import annotations

import asyncio
import itertools
import logging
import pickle
import time
import traceback
from collections.abc import Iterable
from typing import Any

import openai
import pytest
from pydantic import BaseModel

from quotewise._errors import (
    AccessError,
    ContextOverflowError,
    FilteredError,
    MalformedError,
    NotAnAPIError,
    QuotaError,
    QuotewiseError,
    RateLimitedError,
    RefusedError,
    RequestRejectedError,
    TimedOutError,
    TransportError,
    TruncatedError,
    UnavailableError,
    UsageError,
)
from quotewise._io import openai_transport, rejection
from quotewise._io.openai_transport import OpenAITransport
from quotewise._io.wire import strict_schema
from quotewise._plans.core import Call, Message, Reply
from quotewise._plans.schemas import ClaimedAnswer, ClaimedFacts, ClaimedRepairs, ClaimedSummary
from quotewise._values import Usage
from quotewise.testing import Fault, LocalServer, faults

from .wire_both_ways import ARTICLE, CALL, FACTS, Waits, Way, facts, persistence, send, transport

KEY = "sk-test-0123456789abcdef"
BOTH_WAYS = pytest.mark.parametrize("way", ["async", "sync"])


def ever(fault: Fault) -> Iterable[Fault]:
    return itertools.repeat(fault)


def then_ok(*wrong: Fault) -> Iterable[Fault]:
    return wrong


OK = None
ROWS = [
    # CLIENT 3.2, in its order. A cut answer is asked for once more with twice the room.
    ("finish_reason=length", ever(faults.length()), TruncatedError, 2),
    ("content_filter", ever(faults.content_filter()), FilteredError, 1),
    ("refusal", ever(faults.refusal()), RefusedError, 1),
    ("invalid JSON", ever(faults.invalid_json()), MalformedError, 2),
    ("```json fence", ever(faults.fenced()), OK, 1),
    ("prose, no JSON", ever(faults.prose()), MalformedError, 2),
    ("empty content", ever(faults.empty()), MalformedError, 2),
    ("valid JSON, wrong schema", ever(faults.wrong_schema()), MalformedError, 2),
    ("wrong schema, then ok", then_ok(faults.wrong_schema()), OK, 2),
    ("invalid JSON, then ok", then_ok(faults.invalid_json()), OK, 2),
    ("length, then ok", then_ok(faults.length()), OK, 2),
    ("429 Retry-After: 2, then ok", then_ok(faults.rate_limited(2)), OK, 2),
    ("429 Retry-After: 200", ever(faults.rate_limited(200)), RateLimitedError, 1),
    ("429 insufficient_quota", ever(faults.quota()), QuotaError, 1),
    ("500, 500, ok", then_ok(faults.server_error(), faults.server_error()), OK, 3),
    ("500 for ever", ever(faults.server_error()), UnavailableError, 3),
    ("500 x-should-retry: false", ever(faults.server_error(should_retry=False)), UnavailableError, 1),
    ("400 x-should-retry: true, ok", then_ok(faults.bad_request(should_retry=True)), OK, 2),
    ("reset mid-body, then ok", then_ok(faults.reset()), OK, 2),
    ("reset mid-body for ever", ever(faults.reset()), UnavailableError, 3),
    ("no answer", ever(faults.silence()), TimedOutError, 3),
    ("body drips", ever(faults.dripping()), TimedOutError, 3),
    ("502 HTML, then ok", then_ok(faults.bad_gateway()), OK, 2),
    ("502 HTML for ever", ever(faults.bad_gateway()), UnavailableError, 3),
    ("200 HTML", ever(faults.web_page()), NotAnAPIError, 1),
    ("401", ever(faults.unauthorized()), AccessError, 1),
    ("404 model", ever(faults.unknown_model()), AccessError, 1),
    ("400 context_length_exceeded", ever(faults.context_overflow()), ContextOverflowError, 1),
    # RELIABILITY 1.1, what is not above.
    ("403", ever(faults.forbidden()), AccessError, 1),
    ("402", ever(faults.quota("payment_required", status=402)), QuotaError, 1),
    ("429 of another limit", ever(faults.quota("credit_balance_exhausted")), QuotaError, 1),
    ("429 for ever", ever(faults.rate_limited()), RateLimitedError, 3),
    ("500 for ever", ever(faults.server_error()), UnavailableError, 3),
    ("503 for ever", ever(faults.server_error(503)), UnavailableError, 8),
    ("529", ever(faults.server_error(529)), UnavailableError, 8),
    ("503 while it loads, ok", [faults.server_error(503, message="Loading model")] * 6, OK, 7),
    ("408, ok", then_ok(faults.server_error(408)), OK, 2),
    ("409, ok", then_ok(faults.server_error(409)), OK, 2),
    ("redirect", ever(faults.redirect("/v1/chat/completions")), NotAnAPIError, 1),
    ("200 empty", ever(faults.empty_body()), NotAnAPIError, 3),
    ("200 empty, then ok", then_ok(faults.empty_body()), OK, 2),
    ("200 cut JSON", ever(faults.cut_json()), NotAnAPIError, 3),
    ("200 latin-1", ever(faults.latin1()), NotAnAPIError, 3),
    ("200 error body of a 502", ever(faults.error_body(502)), UnavailableError, 3),
    ("200 error body of a 429, ok", then_ok(faults.error_body(429)), OK, 2),
    ("200 choices null", ever(faults.no_choices("none")), NotAnAPIError, 3),
    ("200 choices empty", ever(faults.no_choices("empty")), NotAnAPIError, 3),
    ("200 no choices", ever(faults.no_choices("missing")), NotAnAPIError, 3),
    ("200 wrong types", ever(faults.wrong_types()), NotAnAPIError, 3),
    ("200 wrong types, then ok", then_ok(faults.wrong_types()), OK, 2),
    ("20 MiB body", ever(faults.huge(20 * 2**20)), NotAnAPIError, 1),
    ("gzip bomb", ever(faults.gzip_bomb(64 * 2**20)), NotAnAPIError, 1),
    ("answer in reasoning_content", ever(faults.in_reasoning()), OK, 1),
    ("content filter 400", ever(faults.filtered_request()), FilteredError, 1),
    ("400", ever(faults.bad_request()), RequestRejectedError, 1),
    ("422", ever(faults.error(422)), RequestRejectedError, 1),
]


@BOTH_WAYS
@pytest.mark.parametrize(
    ("wrong", "expected", "requests"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_each_fault_ends_in_a_typed_error_or_a_recovery_after_so_many_requests(
    way: Way, wrong: Iterable[Fault], expected: type[QuotewiseError] | None, requests: int
) -> None:
    """No fault loses an answer that could be had, hides, or costs more requests than it must."""
    ids = itertools.chain(wrong) if isinstance(wrong, tuple) else wrong
    with LocalServer(lambda call: FACTS, faults=ids) as server:
        live = transport(server, timeout=0.2 if expected is TimedOutError else 10.0)
        if expected is None:
            assert facts(way, live) == ClaimedFacts.model_validate(FACTS)
        else:
            with pytest.raises(expected) as caught:
                facts(way, live)
            assert type(caught.value) is expected

    assert len(server.requests) == requests


@BOTH_WAYS
def test_a_dripping_body_ends_at_the_deadline(way: Way) -> None:
    """Each byte is in time and the whole is not: the deadline is for the whole."""
    with LocalServer(lambda call: FACTS, faults=ever(faults.dripping(0.02))) as server:
        live = transport(server, timeout=0.3, persistence=persistence(attempts=1))
        began = time.monotonic()
        with pytest.raises(TimedOutError):
            send(way, live)

    assert time.monotonic() - began < 30


def test_retry_after_is_waited_for_and_the_backoff_is_jittered() -> None:
    """What the server asks for is honoured, a tenth more at most; where it says nothing, a backoff."""
    waits = Waits()
    wrong = [
        faults.rate_limited(2),
        faults.rate_limited(ms=250),
        faults.server_error(),
        faults.server_error(),
    ]
    with LocalServer(lambda call: FACTS, faults=wrong) as server:
        send("async", transport(server, persistence=persistence(waits, attempts=9)))

    assert waits.asked == pytest.approx([2 * 1.05, 0.25 * 1.05, 4 * 0.75, 8 * 0.75])


def test_the_request_is_what_the_article_and_the_schema_make_it() -> None:
    """One body: the model, the messages, the output limit and the strict schema; nothing that changes."""
    with LocalServer(lambda call: FACTS) as server:
        reply = send("async", transport(server, model="gpt-6-luna"))

    [request] = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["accept-encoding"] == "gzip"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.json == {
        "model": "gpt-6-luna",
        "messages": [{"role": "system", "content": "Be exact."}, {"role": "user", "content": ARTICLE}],
        "max_completion_tokens": 4_000,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "ClaimedFacts", "strict": True, "schema": strict_schema(ClaimedFacts)},
        },
    }
    assert reply.mode == "json_schema"
    assert reply.model == "gpt-6-luna"


def test_usage_counts_the_tokens_as_the_server_did_and_every_request() -> None:
    """Cached and written tokens come through; the price is unknown here, which is not nothing."""
    counted = Usage(input_tokens=1200, cached_tokens=1024, written_tokens=128, output_tokens=80)
    with LocalServer([Reply("{}", usage=counted)], faults=[faults.server_error()]) as server:
        reply = send("async", transport(server))

    assert reply.usage == Usage(
        calls=2, input_tokens=1200, cached_tokens=1024, written_tokens=128, output_tokens=80, usd=None
    )


def test_an_error_carries_the_number_of_requests() -> None:
    """Attempts that nothing came of are counted; the price is that of the answers, of which there is none."""
    wrong = ever(faults.server_error())
    with LocalServer(lambda call: FACTS, faults=wrong) as server, pytest.raises(UnavailableError) as caught:
        send("async", transport(server))

    assert caught.value.usage == Usage(calls=3)


def test_a_refusal_and_a_cut_answer_are_replies() -> None:
    """What the model said is the plan's to judge, so the transport hands it over as it came."""
    with LocalServer(lambda call: FACTS, faults=[faults.refusal("No."), faults.length()]) as server:
        refused = send("async", transport(server))
        cut = send("async", transport(server))

    assert (refused.refusal, refused.text) == ("No.", "")
    assert cut.finish == "length"


@BOTH_WAYS
def test_a_lone_surrogate_in_the_article_is_sent_as_one_replacement_character(way: Way) -> None:
    """Half a surrogate pair cannot be encoded; one character for one keeps the offsets."""
    call = Call("facts", (Message("user", "a\ud83db 😀 𝒳"),), ClaimedFacts)
    with LocalServer(lambda call: FACTS) as server:
        send(way, transport(server), call)

    assert server.requests[0].json["messages"][0]["content"] == "a\ufffdb 😀 𝒳"


SECRETS = [
    faults.unauthorized(KEY),
    faults.bad_request(f"Cannot parse: {ARTICLE}"),
    faults.server_error(message=f"Bearer {KEY} failed on {ARTICLE.lower()} {ARTICLE}"),
    faults.bad_request(code=ARTICLE),
    faults.error_body(500),
    Fault(400, {}, f"<html>{ARTICLE} {KEY}</html>"),
    Fault(404, {}, f"{KEY} {ARTICLE}"),
    faults.reset(),
    faults.silence(),
]


@pytest.mark.parametrize("wrong", SECRETS)
def test_no_key_and_no_article_text_reaches_an_error_or_a_log(
    wrong: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    """Servers repeat what they were sent; messages, reprs, tracebacks, pickles and logs must not."""
    caplog.set_level(logging.DEBUG)
    with LocalServer(lambda call: FACTS, faults=ever(wrong)) as server:
        live = transport(server, timeout=0.2)
        with pytest.raises(QuotewiseError) as caught:
            send("async", live)

    error = caught.value
    printed = "".join(traceback.format_exception(error))
    shown = [str(error), repr(error), error.next_step, printed, repr(live), caplog.text]
    shown += [repr(cause) for cause in causes(error)]
    shown.append(pickle.dumps(error).decode("latin-1"))
    for text in shown:
        assert KEY not in text
        assert ARTICLE[:30].lower() not in text.lower()
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)


def causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    while (error := error.__cause__ or error.__context__) is not None:  # type: ignore[assignment]
        found.append(error)
    return found


def test_a_servers_words_are_shown_where_they_repeat_nothing() -> None:
    """The server's own explanation is the best hint there is, so it is kept where it is safe."""
    told = "Unsupported value: 'effort' does not support 'none'."
    wrong = [faults.bad_request(told, code="bad_effort")]
    with (
        LocalServer(lambda call: FACTS, faults=wrong) as server,
        pytest.raises(RequestRejectedError, match="Unsupported value") as caught,
    ):
        send("async", transport(server))

    assert "answered 400, bad_effort" in str(caught.value)


def test_every_error_of_openai_becomes_one_of_ours() -> None:
    """Walks openai's tree, so that an error it grows is met here and not by a user."""
    from httpx2 import Request, Response

    request = Request("POST", "http://127.0.0.1/v1/chat/completions")
    live = OpenAITransport("m", base_url="http://127.0.0.1/v1")
    sent = openai_transport._Sent(CALL)
    kinds = list(all_kinds(openai.OpenAIError))
    assert len(kinds) >= 20
    for kind in kinds:
        error = kind.__new__(kind)
        Exception.__init__(error, "words")
        if isinstance(error, openai.APIError):
            error.request, error.body, error.message = request, None, "words"
        if isinstance(error, openai.APIStatusError):
            status = kind.__dict__.get("status_code", 418)
            error.status_code, error.response = status, Response(status, request=request)
        failure = live._refused(error, sent, openai_transport.Dialect())
        assert isinstance(failure, openai_transport.Failed), kind
        assert isinstance(failure.error, TransportError), kind
        assert failure.error.__cause__ is error


def all_kinds(kind: type[openai.OpenAIError]) -> Iterable[type[openai.OpenAIError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from all_kinds(narrower)


def test_one_transport_serves_several_event_loops() -> None:
    """Each loop gets a client of its own: one across loops fails with "Event loop is closed"."""
    with LocalServer(lambda call: FACTS) as server:
        live = transport(server)
        for way in ("async", "sync", "async", "sync"):
            assert send(way, live).text  # type: ignore[arg-type]

    assert len(server.requests) == 4


def test_clients_of_loops_that_ended_are_let_go() -> None:
    """A transport that outlives a thousand event loops does not keep a thousand clients."""
    live = OpenAITransport("m", base_url="http://127.0.0.1/v1")
    kept_alive = []

    async def make() -> None:
        live._client()
        kept_alive.append(asyncio.get_running_loop())

    for _ in range(5):
        asyncio.run(make())

    assert list(live._clients) == kept_alive[-1:]


def test_many_calls_at_once_share_the_connections() -> None:
    """A hundred calls at once each get their own answer."""

    async def numbered(call: Call) -> str:
        await asyncio.sleep(0)
        return call.messages[0].content

    async def main(live: OpenAITransport) -> list[Reply]:
        calls = [Call("facts", (Message("user", str(i)),), ClaimedFacts) for i in range(100)]
        try:
            return await asyncio.gather(*(live.send(call) for call in calls))
        finally:
            await live.aclose()

    with LocalServer(numbered) as server:
        replies = asyncio.run(main(transport(server)))

    assert [reply.text for reply in replies] == [str(i) for i in range(100)]


def test_a_cancelled_call_stops_at_once() -> None:
    """Ctrl-C and a caller's own timeout are not taken for the deadline, and nothing is retried."""

    async def main(live: OpenAITransport) -> None:
        try:
            async with asyncio.timeout(0.2):
                await live.send(CALL)
        finally:
            await live.aclose()

    wrong = ever(faults.silence())
    with LocalServer(lambda call: FACTS, faults=wrong) as server, pytest.raises(TimeoutError):
        asyncio.run(main(transport(server, timeout=30.0)))

    assert len(server.requests) == 1


def test_a_key_that_no_header_can_carry_is_refused_without_being_shown() -> None:
    """httpx would name it, whole, in its error; a newline at the end (a file's) is taken off instead."""
    with pytest.raises(UsageError) as caught:
        OpenAITransport("m", base_url="http://127.0.0.1/v1", api_key="sk-ключ")
    assert "ключ" not in str(caught.value)

    with LocalServer(lambda call: FACTS, api_key=KEY) as server:
        assert send("async", transport(server, api_key=f"{KEY}\n")).text


def test_an_address_with_a_password_in_it_is_refused_without_being_shown() -> None:
    """An address is shown, recorded and part of a journal's keys."""
    with pytest.raises(UsageError, match="password") as caught:
        OpenAITransport("m", base_url="https://user:pa55word@llm.example/v1")

    assert "pa55word" not in str(caught.value)


def test_a_server_that_is_not_there_is_unavailable() -> None:
    """A wrong port is told with the address, without the key that its query may hold."""
    with LocalServer(lambda call: FACTS) as server:
        address = server.base_url
    live = OpenAITransport("m", base_url=f"{address}?key={KEY}", persistence=persistence(attempts=2))

    with pytest.raises(UnavailableError, match=r"127\.0\.0\.1") as caught:
        send("async", live)
    assert KEY not in str(caught.value)


def test_no_key_is_needed_for_a_server_that_asks_for_none() -> None:
    """Local servers take any key, and openai wants one."""
    with LocalServer(lambda call: FACTS) as server:
        assert send("async", transport(server, api_key=None)).text


@pytest.mark.parametrize("schema", [ClaimedFacts, ClaimedSummary, ClaimedAnswer, ClaimedRepairs])
def test_our_strict_schema_is_openais_without_titles_and_defaults(schema: type[BaseModel]) -> None:
    """Made without openai, so that a request can be written with nothing imported; the same all the same."""
    assert strict_schema(schema) == slim(openai_strict(schema))


class Inner(BaseModel):
    """Documented."""

    title: str = "a property by that name stays"
    size: int | None = None


class Outer(BaseModel):
    inner: Inner
    listed: list[Inner] = []
    either: Inner | None = None


def test_a_strict_schema_keeps_properties_that_are_called_title_or_default() -> None:
    """The words are dropped where they are annotations, not where they are names."""
    inner = strict_schema(Outer)["$defs"]["Inner"]

    assert set(inner["properties"]) == {"title", "size"}
    assert inner["required"] == ["title", "size"]
    assert inner["additionalProperties"] is False
    assert "default" not in inner["properties"]["title"]
    assert strict_schema(Outer) == slim(openai_strict(Outer))


def openai_strict(schema: type[BaseModel]) -> dict[str, object]:
    from openai.lib._pydantic import to_strict_json_schema

    return to_strict_json_schema(schema)


def slim(node: object, *, names: bool = False) -> object:
    if isinstance(node, list):
        return [slim(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = node if names else {k: v for k, v in node.items() if k not in {"title", "default"}}
    return {k: slim(v, names=k in {"properties", "$defs"} and not names) for k, v in kept.items()}


def test_content_in_parts_is_one_text() -> None:
    """Some servers send the content as a list of parts."""
    parts = [{"type": "text", "text": '{"facts"'}, {"type": "text", "text": ": []}"}]
    body = {"choices": [{"message": {"content": parts}, "finish_reason": "stop"}]}
    with LocalServer(lambda call: FACTS, faults=[Fault(200, {}, body)]) as server:
        assert send("async", transport(server)).text == '{"facts": []}'


def google(message: str, **more: Any) -> list[dict[str, Any]]:
    """An error as Google's OpenAI-compatible address sends it: in a list, with a status in words."""
    return [{"error": {"code": 400, "message": message, "status": "INVALID_ARGUMENT", **more}}]


TOLD = "Generated JSON does not match the expected schema. See 'failed_generation'."
RAW = '{"error": {"message": "prompt is too long: 9000 tokens > 4096 maximum"}}'
LM_STUDIO = "Trying to keep the first 5231 tokens when context the overflows. Load it with a larger context."
SAID = [
    (google("API key not valid. Please pass a valid API key."), AccessError, 1),
    ({"code": "Client specified", "error": "Incorrect API key provided: ab***cd."}, AccessError, 1),
    (
        google("The input token count (1200) exceeds the maximum number of tokens allowed (1000)."),
        ContextOverflowError,
        1,
    ),
    (
        {"error": "This model's maximum prompt length is 131072 but the request has 200000."},
        ContextOverflowError,
        1,
    ),
    ({"error": LM_STUDIO}, ContextOverflowError, 1),
    ({"error": {"message": "litellm.ContextWindowExceededError: too many"}}, ContextOverflowError, 1),
    (
        {"error": {"message": "Provider returned error", "code": 400, "metadata": {"raw": RAW}}},
        ContextOverflowError,
        1,
    ),
    (
        {"error": {"message": TOLD, "code": "json_validate_failed", "failed_generation": "{"}},
        MalformedError,
        3,
    ),
    (google("Unknown name in the request."), RequestRejectedError, 1),
]


@pytest.mark.parametrize(("body", "kind", "requests"), SAID)
def test_what_other_servers_say_is_understood(body: Any, kind: type[QuotewiseError], requests: int) -> None:
    """A wrong key, a prompt that is too long, an answer that the server found wrong: each in their words."""
    server = LocalServer(lambda call: FACTS, faults=ever(Fault(400, {}, body)))
    with server, pytest.raises(QuotewiseError) as raised:
        send("async", transport(server))

    assert type(raised.value) is kind
    assert len(server.requests) == requests
    assert raised.value.in_doubt is (requests > 1)  # the model wrote an answer each time


def test_a_limit_of_tokens_a_minute_is_no_length() -> None:
    """Reading in halves would not help; waiting does."""
    body = google("This exceeds the maximum number of tokens allowed per minute.")
    refused = rejection.failed(rejection.Rejection.of(429, body, {}), "http://x")
    assert type(refused.error) is RateLimitedError


def test_a_wait_that_google_writes_into_its_error_is_kept() -> None:
    """It sends no retry-after."""
    info = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "37s"}]
    body = google("You exceeded your current quota.", code=429, details=info)
    refused = rejection.failed(rejection.Rejection.of(429, body, {}), "http://x")

    assert refused.after == 37.0
    assert (
        refused.error.message == "http://x answered 429, INVALID_ARGUMENT: You exceeded your current quota."
    )


def test_rejections_without_json_are_read_too() -> None:
    """Words alone, FastAPI's `detail`, and a page all name their status."""
    bare = rejection.failed(rejection.Rejection.of(400, "no such thing", {}), "http://x")
    page = rejection.failed(rejection.Rejection.of(503, "<html>busy</html>", {}), "http://x")

    assert bare.error.message == "http://x answered 400: no such thing"
    assert page.error.message == "http://x answered 503: a web page."
