"""The test kit that users get: the scripted transport, the local server, the cassettes, the pytest plugin."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

import openai
import pytest
from vcr.errors import CannotOverwriteExistingCassetteException

from quotewise import facts
from quotewise._errors import (
    ContextOverflowError,
    QuotaError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
)
from quotewise._io.openai_transport import OpenAITransport
from quotewise._io.retry import Persistence, RetryPolicy
from quotewise._plans.core import Call, Message, Reply
from quotewise._plans.schemas import ClaimedFacts
from quotewise._values import Usage
from quotewise.testing import Address, Fault, LocalServer, Received, ScriptedTransport, faults
from quotewise.testing.cassettes import CANONICAL, cassette
from quotewise.testing.offline import WentOnline, offline

pytest_plugins = ["pytester"]

CALL = Call("facts", (Message("user", "Rain fell."),), ClaimedFacts)
FACTS = {"facts": [{"evidence": [1], "kind": "event", "text": "Rain fell on “Köln” 🌧."}]}
KEY = "sk-proj-abcdefghijklmnopqrstuvwx1234"


def send(base_url: str, call: Call = CALL, *, api_key: str = KEY, attempts: int = 1) -> Reply:
    async def no_wait(seconds: float) -> None:
        return None

    live = OpenAITransport(
        "m",
        base_url=base_url,
        api_key=api_key,
        persistence=Persistence(RetryPolicy(attempts=attempts), sleep=no_wait),
    )

    async def whole() -> Reply:
        try:
            return await live.send(call)
        finally:
            await live.aclose()

    return asyncio.run(whole())


def numbered(i: int) -> Call:
    return Call("facts", (Message("user", f"Question {i}"),), ClaimedFacts)


# The scripted transport.


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("as it is", "as it is"),
        ({"facts": []}, '{"facts": []}'),
        ([1, "ü"], '[1, "ü"]'),
        (ClaimedFacts(facts=[]), '{"facts":[],"aside":[]}'),
        (Reply("whole", finish="length"), "whole"),
    ],
)
def test_a_script_answers_with_anything_that_can_stand_for_a_reply(answer: Any, text: str) -> None:
    """A text is sent as it is, values become JSON, a reply stays whole."""
    assert asyncio.run(ScriptedTransport([answer]).send(CALL)).text == text


def test_a_script_is_a_list_a_function_or_an_async_function() -> None:
    """A function sees the call, and may wait."""

    async def later(call: Call) -> str:
        await asyncio.sleep(0)
        return call.task

    assert (
        asyncio.run(ScriptedTransport(lambda call: call.messages[0].content).send(CALL)).text == "Rain fell."
    )
    assert asyncio.run(ScriptedTransport(later).send(CALL)).text == "facts"


def test_a_scripted_error_is_raised_and_the_call_is_kept() -> None:
    """What goes wrong is scripted like what goes right."""
    scripted = ScriptedTransport([RateLimitedError("Slow down.")])
    with pytest.raises(RateLimitedError):
        asyncio.run(scripted.send(CALL))

    assert scripted.calls == [CALL]


def test_a_call_too_many_says_how_many_the_script_holds() -> None:
    """A test that makes more calls than it thinks must fail, and say so."""
    with pytest.raises(AssertionError, match=r"holds 0 answers, and this is call 1 \(facts\)"):
        asyncio.run(ScriptedTransport([]).send(CALL))


# The local server.


def test_any_client_can_talk_to_the_server() -> None:
    """openai's own client, its models and its usage."""
    with LocalServer(lambda call: FACTS, model="local") as server:
        client = openai.OpenAI(base_url=server.base_url, api_key="x", max_retries=0)
        assert [model.id for model in client.models.list()] == ["local"]
        done = client.chat.completions.create(model="local", messages=[{"role": "user", "content": "a" * 40}])
        client.close()

    assert json.loads(done.choices[0].message.content or "") == FACTS
    assert done.usage is not None
    assert done.usage.prompt_tokens == 10
    assert [request.path for request in server.requests] == ["/v1/models", "/v1/chat/completions"]
    assert len(server.completions) == 1


def test_the_answer_is_the_same_to_the_byte_each_time() -> None:
    """No clock and no random id, so that a cassette recorded twice is the same file."""
    request = {"model": "m", "messages": [{"role": "user", "content": "q"}]}
    with LocalServer(lambda call: FACTS) as server:
        first, second = (post(f"{server.base_url}/chat/completions", request)[1] for _ in range(2))

    assert first == second


def post(url: str, value: Any) -> tuple[int, bytes]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        ("/chat/completions", {"model": "m"}, 400),
        ("/chat/completions", b"not json", 400),
        ("/chat/completions", {"messages": "x"}, 400),
        ("/chat/completions", {"messages": [1]}, 400),
        ("/nowhere", {}, 404),
    ],
)
def test_a_request_that_is_none_gets_an_error_in_the_apis_shape(path: str, value: Any, status: int) -> None:
    """As an API would; the server goes on."""
    with LocalServer(lambda call: FACTS) as server:
        answered, body = post(server.base_url + path, value)

    assert answered == status
    assert "message" in json.loads(body)["error"]


def test_any_transport_can_stand_behind_the_server() -> None:
    """Its errors go out as an API sends them, and come back as they were."""
    errors = [QuotaError("x"), ContextOverflowError("x"), RateLimitedError("x", retry_after=7)]
    with LocalServer(ScriptedTransport([*errors, RefusedError("I will not.")])) as server:
        for error in errors:
            with pytest.raises(type(error)) as caught:
                send(server.base_url)
            assert getattr(caught.value, "retry_after", None) == getattr(error, "retry_after", None)
        assert send(server.base_url).refusal == "I will not."


def test_what_a_script_raises_is_raised_again_at_the_end() -> None:
    """A failed assertion in a script must not end as a server error that somebody handles."""

    def script(call: Call) -> str:
        raise KeyError("in the script")

    def run() -> None:
        with LocalServer(script) as server, pytest.raises(Exception, match="The script raised KeyError"):
            send(server.base_url)

    with pytest.raises(KeyError, match="in the script"):
        run()


def test_faults_come_in_order_then_the_script_answers() -> None:
    """None lets one request through."""
    with LocalServer(lambda call: FACTS, faults=[faults.empty(), None, faults.says("hi")]) as server:
        texts = [send(server.base_url).text for _ in range(4)]

    assert texts == ["", json.dumps(FACTS, ensure_ascii=False), "hi", json.dumps(FACTS, ensure_ascii=False)]


def test_a_function_may_choose_the_fault_by_the_request() -> None:
    """For what depends on what was sent."""

    def choose(request: Received) -> Fault | None:
        return faults.says("first") if "Question 1" in request.body.decode() else None

    with LocalServer(lambda call: "script", faults=choose) as server:
        assert [send(server.base_url, numbered(i)).text for i in (0, 1, 2)] == ["script", "first", "script"]


def test_a_received_request_does_not_show_its_key() -> None:
    """A failing assertion prints requests, and a test may run with a real key."""
    with LocalServer(lambda call: FACTS) as server:
        send(server.base_url)

    assert KEY not in repr(server.requests)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_latency_delays_the_answer_and_stopping_does_not_wait_for_it() -> None:
    """Leaving the block ends what is still under way."""
    with LocalServer(lambda call: FACTS, latency=0.05) as server:
        assert send(server.base_url).text

    with LocalServer(lambda call: FACTS, faults=itertools.repeat(faults.silence())) as server:
        address = server.base_url.removeprefix("http://").removesuffix("/v1").split(":")
        client = socket.create_connection((address[0], int(address[1])))
        client.sendall(b"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: 0\r\n\r\n")
    client.close()


def test_a_server_that_cannot_listen_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an error where it was started, not as a test that hangs."""

    def refuse(*_: Any) -> None:
        raise OSError("no sockets here")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(OSError, match="no sockets here"), LocalServer([FACTS]):
        pass


def test_the_server_has_no_address_outside_its_block() -> None:
    """A forgotten with block is told, not waited for; before the block and after it."""
    server = LocalServer([])
    with pytest.raises(RuntimeError, match="with block"):
        _ = server.base_url
    with server:
        assert server.base_url
    with pytest.raises(RuntimeError, match="with block"):
        _ = server.base_url


# Offline.


def test_offline_lets_loopback_through_and_nothing_else() -> None:
    """By address and by name, and only while it lasts."""
    before = socket.socket.connect
    with offline():
        with LocalServer(lambda call: FACTS) as server:
            assert send(server.base_url).text
        for refused in (("192.0.2.1", 80), ("example.invalid", 80)):
            with pytest.raises(WentOnline, match="runs offline"):
                socket.create_connection(refused, timeout=1)

    assert socket.socket.connect is before


@pytest.mark.parametrize("host", ["localhost.example.org", "127.evil.example", "::1234", "localhosts"])
def test_a_host_that_begins_as_this_machine_does_is_another(host: str) -> None:
    """Their names are looked up elsewhere."""
    with offline(), pytest.raises(WentOnline):
        socket.getaddrinfo(host, 80)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.1.2.3", "::1"])
def test_this_machine_goes_by_several_names(host: str) -> None:
    """And none of them is refused."""
    with offline(), suppress(OSError):  # not every machine speaks IPv6
        socket.getaddrinfo(host, 80)


# Cassettes.


def record(path: Path, *, answers: int = 8, wrong: tuple[Fault | None, ...] = ()) -> list[str]:
    with (
        LocalServer(lambda call: f"{call.messages[0].content} answered", faults=wrong) as server,
        cassette(path, record=True),
    ):
        return [send(server.base_url, numbered(i), attempts=3).text for i in range(answers)]


def test_a_cassette_gives_each_request_its_own_answer_in_any_order(tmp_path: Path) -> None:
    """Matched on the body: with vcrpy's own matching most of these would be swapped, without an error."""
    path = tmp_path / "tape.json"
    recorded = record(path)
    order = [5, 0, 7, 3, 1, 6, 2, 4]
    with cassette(path) as tape:
        replayed = {i: send(CANONICAL, numbered(i), api_key="replayed").text for i in order}

    assert [replayed[i] for i in range(8)] == recorded
    assert tape.all_played


def test_recording_twice_makes_the_same_file(tmp_path: Path) -> None:
    """Another port, another time, the same bytes: a cassette changes only when what is said does."""
    record(tmp_path / "a.json")
    record(tmp_path / "b.json")

    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


@pytest.mark.parametrize("own", ["OPENAI_API_KEY", "AZURE_OPENAI_API_KEY"])
def test_no_secret_and_no_fact_about_the_machine_enters_a_cassette(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str
) -> None:
    """Keys in headers, in prompts and in errors; the host, the port, the system, the Python."""
    monkeypatch.setenv(own, "very-own-secret")
    path = tmp_path / "tape.json"
    call = Call(
        "facts", (Message("user", f"My key is {KEY}, mind the task-specific very-own-secret"),), ClaimedFacts
    )
    with LocalServer(lambda call: call.messages[0].content, faults=[None, faults.unauthorized()]) as server:
        port = server.base_url.split(":")[2].removesuffix("/v1")
        with cassette(path, record=True):
            send(server.base_url, call)
            with pytest.raises(Exception, match="401"):
                send(server.base_url, call)

    text = path.read_text()
    for secret in (
        KEY,
        "very-own-secret",
        "sk-proj",
        "127.0.0.1",
        port,
        "stainless",
        "Linux",
        "authorization",
    ):
        assert secret.lower() not in text.lower()
    assert "task-specific" in text
    assert text.count("REDACTED") >= 3


def test_a_key_of_any_form_is_kept_out_where_it_is_named(tmp_path: Path) -> None:
    """Providers have forms of their own, and repeat a key in their error or take it in the address."""
    key = "gsk_1234567890abcdefghij"
    path = tmp_path / "tape.json"
    told = faults.error(401, "invalid_api_key", f"Invalid key {key}.")
    with (
        LocalServer(lambda call: FACTS, faults=[told, told]) as server,
        cassette(path, record=True, secrets=["", key]),
    ):
        with pytest.raises(Exception, match="401"):
            send(server.base_url, api_key=key)
        assert post(f"{server.base_url}/chat/completions?key={key}", {"user": key})[0] == 401

    text = path.read_text(encoding="utf-8")
    assert key not in text
    assert text.count("REDACTED") == 4


def test_a_cassette_keeps_the_words_as_they_were_and_can_be_read(tmp_path: Path) -> None:
    """Curly quotes, umlauts, emoji, half a surrogate pair: what is checked against the article is exact."""
    path = tmp_path / "tape.json"
    said = json.dumps(FACTS, ensure_ascii=False)
    half = Fault(200, {}, '{"choices": [{"message": {"content": "\\ud83d"}, "finish_reason": "stop"}]}')
    with LocalServer(lambda call: said) as server, cassette(path, record=True):
        send(server.base_url)
    assert "“Köln” 🌧" in path.read_text(encoding="utf-8")
    with cassette(path):
        assert send(CANONICAL).text == said

    with LocalServer(lambda call: said, faults=[half]) as server, cassette(path, record=True):
        live = send(server.base_url).text
    with cassette(path):
        assert send(CANONICAL).text == live == "\ufffd"


def test_a_recorded_429_recovers_on_replay_too(tmp_path: Path) -> None:
    """The same request twice: its answers come in their order, and each once."""
    path = tmp_path / "tape.json"
    recorded = record(path, answers=1, wrong=(faults.rate_limited(ms=1),))
    with cassette(path) as tape:
        reply = send(CANONICAL, numbered(0), attempts=3)

    assert reply.text == recorded[0]
    assert reply.usage.calls == 2
    assert tape.all_played


def test_the_failure_of_a_script_is_not_recorded(tmp_path: Path) -> None:
    """It would be replayed as a server error for ever after the script was put right."""
    path = tmp_path / "tape.json"

    def script(call: Call) -> str:
        if "1" in call.messages[0].content:
            raise KeyError("in the script")
        return "fine"

    def run() -> None:
        with LocalServer(script) as server, cassette(path, record=True):
            send(server.base_url, numbered(0))
            send(server.base_url, numbered(1))

    with pytest.raises(UnavailableError, match="The script raised KeyError"):
        run()
    assert "KeyError" not in path.read_text()


def test_a_request_that_was_not_recorded_never_reaches_the_network(tmp_path: Path) -> None:
    """A changed prompt fails its test until it is recorded again, whatever the library catches."""
    path = tmp_path / "tape.json"
    record(path, answers=1)
    with cassette(path), pytest.raises(CannotOverwriteExistingCassetteException, match="same_body"):
        send(CANONICAL, numbered(99), attempts=3)
    with cassette(path), pytest.raises(RuntimeError, match="Unexpected request while a cassette"):
        urllib.request.urlopen("http://example.invalid/else")


def test_a_changed_request_is_told_how_to_be_recorded_here(tmp_path: Path) -> None:
    """vcrpy's record modes are not what a test of this kit is recorded with."""
    path = tmp_path / "tape.json"
    record(path, answers=1)
    with cassette(path), pytest.raises(CannotOverwriteExistingCassetteException) as caught:
        send(CANONICAL, numbered(99))

    assert "pytest --quotewise-record" in str(caught.value)
    assert "new_episodes" not in str(caught.value)


def test_a_missing_cassette_says_how_to_record_it(tmp_path: Path) -> None:
    """The name and the option, not vcrpy's own riddle."""
    with (
        pytest.raises(FileNotFoundError, match=r"no cassette tape.json.*--quotewise-record"),
        cassette(tmp_path / "tape.json"),
    ):
        pass


def test_a_cassette_outlives_a_try_to_record_without_vcrpy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one goes only when a new one can be made."""
    path = tmp_path / "tape.json"
    path.write_text("{}")
    monkeypatch.setitem(sys.modules, "vcr", None)
    with pytest.raises(ModuleNotFoundError, match="vcrpy"), cassette(path, record=True):
        pass

    assert path.exists()


def test_usage_comes_back_from_a_cassette_as_it_was(tmp_path: Path) -> None:
    """A replayed run reports what the recorded one cost."""
    path = tmp_path / "tape.json"
    counted = Usage(input_tokens=11, cached_tokens=7, written_tokens=3, output_tokens=5)
    with LocalServer([Reply("{}", usage=counted)]) as server, cassette(path, record=True):
        live = send(server.base_url)
    with cassette(path):
        assert send(CANONICAL) == live


# The plugin.

PLUGIN = ("-p", "quotewise.testing.plugin", "-p", "no:cacheprovider")
RECORDING = ("-p", "pytest_recording.plugin")

PROJECT_TEST = """
    import asyncio, json
    import pytest
    from quotewise._io.openai_transport import OpenAITransport
    from quotewise._plans.core import Call, Message
    from quotewise._plans.schemas import ClaimedFacts

    CALL = Call("facts", (Message("user", "Rain."),), ClaimedFacts)

    def ask(address):
        live = OpenAITransport("m", base_url=address.base_url, api_key=address.api_key)
        async def whole():
            try:
                return await live.send(CALL)
            finally:
                await live.aclose()
        return asyncio.run(whole())

    @pytest.mark.parametrize("way", ["one", "two"])
    def test_taped(quotewise_cassette, quotewise_offline, way):
        assert ask(quotewise_cassette).text == "wet"

    @pytest.mark.quotewise_cassette("shared")
    def test_named(quotewise_cassette, quotewise_offline):
        assert ask(quotewise_cassette).text == "wet"
        assert quotewise_cassette.path.name == "shared.json"

    def test_served(quotewise_server):
        assert quotewise_server(["x"]).base_url.startswith("http://127.0.0.1")
"""

PROJECT_CONFTEST = """
    import pytest
    from quotewise.testing.plugin import Address

    @pytest.fixture
    def quotewise_live(quotewise_server):
        return Address(quotewise_server(lambda call: "wet").base_url, "sk-abcdefghijklmnopqrst")
"""


def run_project(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """A run of the project's tests with our plugin and those named alone, whatever is installed here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        return pytester.runpytest_inprocess(*PLUGIN, "--strict-markers", *options)


def test_a_project_records_offline_and_replays_on_a_closed_network(pytester: pytest.Pytester) -> None:
    """One option records all; the runs of one test share a cassette; then no server is needed."""
    pytester.makeconftest(PROJECT_CONFTEST)
    pytester.makepyfile(test_rain=PROJECT_TEST)
    run_project(pytester).assert_outcomes(errors=3, passed=1)

    run_project(pytester, "--quotewise-record").assert_outcomes(passed=4)
    made = sorted(path.name for path in (pytester.path / "cassettes" / "test_rain").iterdir())
    assert made == ["shared.json", "test_taped.json"]

    pytester.makeconftest("")
    run_project(pytester).assert_outcomes(passed=4)


TWO_CLASSES = """

    class TestA:
        def test_same(self, quotewise_cassette):
            assert ask(quotewise_cassette).text == "wet"

    class TestB:
        def test_same(self, quotewise_cassette):
            other = replace(CALL, messages=(Message("user", "Snow."),))
            assert ask(quotewise_cassette, other).text == "wet"

    @pytest.mark.parametrize("said", ["Rain.", "Snow."])
    def test_unlike(quotewise_cassette, said):
        assert ask(quotewise_cassette, replace(CALL, messages=(Message("user", said),))).text == "wet"
"""


def test_no_recording_is_written_over_by_another(pytester: pytest.Pytester) -> None:
    """Tests of one name in two classes have two files; runs that send something else are told to name one."""
    pytester.makeconftest(PROJECT_CONFTEST)
    body = "    from dataclasses import replace" + PROJECT_TEST.partition("    @pytest.mark.parametrize")[0]
    body = body.replace("ask(address)", "ask(address, call=CALL)").replace("send(CALL)", "send(call)")
    pytester.makepyfile(test_rain=body + TWO_CLASSES)

    recorded = run_project(pytester, "--quotewise-record")
    recorded.assert_outcomes(passed=3, failed=1)
    recorded.stdout.fnmatch_lines(["test_unlike.json was recorded by *?Rain.?; name another *marker*"])
    made = sorted(path.name for path in (pytester.path / "cassettes" / "test_rain").iterdir())
    assert made == ["TestA.test_same.json", "TestB.test_same.json", "test_unlike.json"]
    run_project(pytester).assert_outcomes(passed=3, failed=1)


def test_the_plugin_keeps_the_live_key_out(pytester: pytest.Pytester) -> None:
    """Whatever its form, where the server repeats it."""
    key = "gsk_1234567890abcdefghij"
    said = PROJECT_CONFTEST.replace('"wet"', f'"wet {key}"')
    pytester.makeconftest(said.replace("sk-abcdefghijklmnopqrst", key))
    body = PROJECT_TEST.partition("    @pytest.mark.parametrize")[0]
    pytester.makepyfile(
        test_rain=body
        + """
    def test_told(quotewise_cassette):
        assert ask(quotewise_cassette).text.startswith("wet")
    """
    )
    run_project(pytester, "--quotewise-record").assert_outcomes(passed=1)
    [tape] = (pytester.path / "cassettes" / "test_rain").iterdir()
    assert "wet REDACTED" in tape.read_text()
    assert key not in tape.read_text()


def test_recording_without_a_key_fails_with_what_to_do(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key, no override: nothing is sent anywhere."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    pytester.makepyfile("def test_it(quotewise_cassette): pass")
    result = run_project(pytester, "--quotewise-record")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*set OPENAI_API_KEY, or override the fixture quotewise_live*"])


def test_the_plugin_leaves_pytest_recording_alone(pytester: pytest.Pytester) -> None:
    """A project's own vcr tests keep their matching and their fixtures, with ours beside them."""
    pytest.importorskip("pytest_recording")
    pytester.makepyfile(
        """
        import pytest

        def test_theirs(vcr_config, record_mode):
            assert vcr_config == {}
            assert record_mode == "none"

        def test_ours(quotewise_server):
            assert quotewise_server([]).base_url
        """
    )
    run_project(pytester, *RECORDING).assert_outcomes(passed=2)


def test_the_settings_serve_pytest_recording_too(pytester: pytest.Pytester) -> None:
    """Two lines in a conftest give a project's own vcr tests our matching and our scrubbing."""
    pytest.importorskip("pytest_recording")
    pytester.makeconftest(
        PROJECT_CONFTEST
        + """
    from quotewise.testing import cassettes

    @pytest.fixture(scope="module")
    def vcr_config():
        return cassettes.settings()

    def pytest_recording_configure(config, vcr):
        cassettes.register(vcr)
    """
    )
    body = PROJECT_TEST.partition("    @pytest.mark.parametrize")[0]
    pytester.makepyfile(
        body
        + """
    @pytest.mark.vcr
    def test_theirs(quotewise_live):
        assert ask(quotewise_live).text == "wet"
    """
    )
    run_project(pytester, *RECORDING, "--record-mode=once").assert_outcomes(passed=1)
    run_project(pytester, *RECORDING, "--record-mode=none").assert_outcomes(passed=1)
    [tape] = pytester.path.rglob("*.yaml")
    assert CANONICAL in tape.read_text()
    assert "sk-" not in tape.read_text()


def test_loading_the_plugin_imports_nothing_heavy() -> None:
    """pytest loads it in every run of every project that has quotewise installed."""
    script = (
        "import sys, pytest; import quotewise.testing.plugin; "
        "print(sorted({'openai', 'pydantic', 'vcr', 'tenacity', 'httpx2', 'tiktoken'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_kit_exports_what_it_says() -> None:
    """Lazily, and nothing by accident."""
    import quotewise.testing as kit

    for name in kit.__all__:
        assert getattr(kit, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kit.nothing


def test_the_kit_loads_no_pytest_of_its_own_accord() -> None:
    """`Address`, of which the docs speak, can be had, and only then is pytest imported."""
    told = (
        "import sys, quotewise.testing as kit; print('pytest' in sys.modules, kit.Address('u', 'k').base_url)"
    )
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert "False u\n" == ran.stdout
    assert "k" not in repr(Address("u", "k")).removeprefix("Address(base_url='u'")


def test_a_cassette_holds_what_was_sent_to_find_the_form(tmp_path: Path) -> None:
    """What was learned before it is no part of it: it is replayed alone as well as after others."""
    with LocalServer(lambda call: {"facts": []}, faults=faults.takes_only("json_object")) as server:
        for name in ("first", "second"):
            with cassette(tmp_path / f"{name}.json", record=True):
                facts("Rain fell.", model="m", base_url=server.base_url)
    for name in ("second", "first"):
        with cassette(tmp_path / f"{name}.json") as tape:
            facts("Rain fell.", model="m", base_url=CANONICAL)
            assert tape.all_played
            assert tape.play_count == 2
