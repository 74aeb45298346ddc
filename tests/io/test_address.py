"""Addresses and clients: what cannot be used is the caller's to mend, and nothing secret is shown."""

from __future__ import annotations

import openai
import pytest

from quotewise import NoModelError, Options, QuotewiseError, Reader, UsageError, facts
from quotewise._io.openai_transport import OpenAITransport
from quotewise._io.rejection import Rejection, failed
from quotewise._plans.core import Call, Message
from quotewise._plans.schemas import ClaimedFacts
from quotewise.testing import LocalServer, faults

from .wire_both_ways import ARTICLE, FACTS, send, transport

KEY = "gsk_0123456789abcdef"


@pytest.mark.parametrize(
    "base_url",
    [
        "llm.example/v1",
        "ftp://llm.example/v1",
        "http://",
        "file:///etc/passwd",
        "http://[::1",
        "http://llm.example:99999/v1",
        "http://llm.example:port/v1",
        "http://llm.example:0/v1",
        "http://llm..example/v1",
        f"http://{'a' * 64}/v1",
        "http://llm.example/v1\x00",
        "http://llm\n.example/v1",
    ],
)
def test_an_address_that_is_none_is_refused_before_any_call(base_url: str) -> None:
    """A typing error in the address is the caller's to mend, not a server that cannot be reached."""
    with pytest.raises(UsageError, match="base_url"):
        OpenAITransport("m", base_url=base_url)
    with pytest.raises(UsageError, match="base_url"):
        Reader(model="m", base_url=base_url)


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_query_of_the_address_stays_a_query(slash: str) -> None:
    """Some addresses carry a version there; the path is put before it, not after."""
    with LocalServer(lambda call: FACTS) as server:
        address = f"{server.base_url}{slash}?api-version=2024-10-21&region=north"
        send("async", OpenAITransport("m", base_url=address))

    came = [(request.path, request.query) for request in server.requests]
    assert came == [("/v1/chat/completions", "api-version=2024-10-21&region=north")]


@pytest.mark.parametrize("proxy", ["foo://name:pa55word@proxy.example", "::::"])
def test_a_proxy_that_is_none_is_told_without_its_words(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is the caller's too; its address may hold a password."""
    monkeypatch.setenv("HTTP_PROXY", proxy)
    with pytest.raises(UsageError, match="HTTP_PROXY") as caught:
        send("async", OpenAITransport("m", base_url="http://llm.example/v1"))

    assert "pa55word" not in str(caught.value)
    assert caught.value.__context__ is None


class NoAioHttp:
    """What openai has in its client's place where the extra is missing."""

    def __init__(self, **options: object) -> None:
        raise RuntimeError("To use the aiohttp client you must have installed the `aiohttp` extra")


def test_where_the_fast_client_cannot_be_made_the_usual_one_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """aiohttp may be there for others, in a version that openai has no use for."""
    monkeypatch.setattr(openai, "DefaultAioHttpClient", NoAioHttp)
    with LocalServer(lambda call: FACTS) as server:
        assert send("async", transport(server)).text


def test_options_show_their_address_without_what_may_be_a_key() -> None:
    """A repr ends up in logs; some gateways take the key in the query."""
    options = Options(model="m", base_url=f"https://me:{KEY}@llm.example/v1?key={KEY}", api_key=KEY)

    assert KEY not in repr(options) + str(options)
    assert "base_url='https://llm.example/v1'" in repr(options)
    assert "api_key" not in repr(options)
    assert "base_url=None, " in repr(Options())
    assert eval(repr(Options()), {"Options": Options}) == Options()


NAMES = [{"code": KEY}, {"kind": KEY}, {"param": f"headers.{KEY}"}, {"param": "Marleburg.resigned"}]


@pytest.mark.parametrize("told", NAMES)
def test_a_code_that_repeats_what_was_sent_is_not_shown(told: dict[str, str]) -> None:
    """A server may put the key, or what it could not read, where its codes stand."""
    wrong = [faults.error(401, **told)]  # type: ignore[arg-type]  # each has a name of its own
    said = "The audit of Marleburg.resigned"
    with LocalServer(lambda call: FACTS, faults=wrong) as server, pytest.raises(QuotewiseError) as caught:
        send("async", transport(server, api_key=KEY), Call("facts", (Message("user", said),), ClaimedFacts))

    assert "answered 401" in str(caught.value)
    assert KEY not in str(caught.value)
    assert "Marleburg" not in str(caught.value)


def test_codes_are_shown_where_they_repeat_nothing() -> None:
    """They are what one searches for."""
    refused = Rejection(400, "bad_effort", "invalid_request_error", "reasoning_effort")

    assert "answered 400, bad_effort, invalid_request_error, reasoning_effort" in str(
        failed(refused, "http://x", sent=ARTICLE, secrets=(KEY,)).error
    )


KEYS = [
    (None, {"OPENAI_API_KEY": KEY}, f"Bearer {KEY}"),
    ("own-key", {"OPENAI_API_KEY": KEY}, "Bearer own-key"),
    ("", {"OPENAI_API_KEY": KEY}, "Bearer none"),
    (None, {}, "Bearer none"),
]


@pytest.mark.parametrize(("given", "environment", "sent"), KEYS)
def test_an_empty_key_is_none_and_not_the_environments(
    given: str | None, environment: dict[str, str], sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server of one's own need not get the key of another; what is left out is the environment's."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with LocalServer(lambda call: {"facts": []}) as server:
        facts(ARTICLE, model="m", base_url=server.base_url, api_key=given)

    assert [request.headers["authorization"] for request in server.requests] == [sent]


def test_an_empty_key_and_no_address_is_no_way_to_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in engine reads, and a model that is named is refused."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with Reader(api_key="") as reader:
        assert reader.options.model == "extractive"
    with pytest.raises(NoModelError):
        Reader(api_key="", model="gpt-6-luna")


TOKEN = "eyJ0eXAi.eyJhdWQi.c2lnbmVk"


@pytest.mark.parametrize(
    ("host", "key", "header"),
    [
        ("r.openai.azure.com", KEY, "api-key"),
        ("r.cognitiveservices.azure.com", KEY, "api-key"),
        ("r.services.ai.azure.com", KEY, "api-key"),
        ("r.openai.azure.com", TOKEN, "authorization"),
        ("openai.azure.com.llm.example", KEY, "authorization"),
        ("llm.example", KEY, "authorization"),
    ],
)
def test_a_key_goes_to_azure_in_its_own_header_and_nowhere_else(
    host: str, key: str, header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Azure's dated APIs take a bearer's for a token, and answer 401."""
    with LocalServer(lambda call: FACTS) as server:
        monkeypatch.setenv("http_proxy", server.base_url.removesuffix("/v1"))
        monkeypatch.setenv("no_proxy", "")
        live = transport(server, api_key=key)
        live.base_url = f"http://{host}/openai/deployments/m?api-version=2024-10-21"
        send("async", live)

    [request] = server.requests
    sent = {name for name, value in request.headers.items() if key in value}
    assert (sent, request.query) == ({header}, "api-version=2024-10-21")
