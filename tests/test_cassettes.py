"""The whole way over HTTP, replayed from cassettes: the real client, real requests, no server and no network.

Each test runs sync and async from one cassette, which proves that both send the same. They were recorded
from our own local server, with the extractive engine or a script behind it, never from a model:

    python -m pytest tests/test_cassettes.py --quotewise-record

records them all anew, offline. With OPENAI_API_KEY (and OPENAI_BASE_URL) set, the same command records a live
model; the scenarios that need a fault are then recorded without it and will show that.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from quotewise import Article, AsyncReader, Reader, RefusedError, UngroundedError
from quotewise._io.extractive import ExtractiveTransport
from quotewise._plans.core import Call
from quotewise.testing import LocalServer, faults
from quotewise.testing.plugin import Address, Tape

FOLDER = Path(__file__).parents[1] / "cassettes"
LIVE_KEY = os.environ.get("OPENAI_API_KEY", "")
LIVE_URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
MODEL = os.environ.get("QUOTEWISE_MODEL", "local")

WRONG = "Approximately 700,000 personnel may be necessary."
RIGHT = "Approximately 100,000 personnel may be necessary."


def personnel(call: Call) -> Any:
    """A model that gets a number wrong, and right when it is told why."""
    number = int(re.findall(r"(\d+)\|Evaluations", call.messages[1].content)[0])
    if call.task == "repair":
        return {"repairs": [{"claim": 1, "evidence": [number], "text": RIGHT}]}
    return {"status": "answered", "claims": [{"evidence": [number], "text": WRONG}]}


def liar(call: Call) -> Any:
    """A model that gets it wrong and insists."""
    if call.task == "repair":
        return {"repairs": [{"claim": 1, "evidence": [999], "text": WRONG}]}
    return {"headline": "", "claims": [{"evidence": [999], "rank": 1, "text": WRONG}]}


@dataclass(frozen=True)
class Scenario:
    """What is asked, who answers when it is recorded, and what goes wrong on the way."""

    method: str
    arguments: tuple[str, ...] = ()
    script: Any = field(default_factory=ExtractiveTransport)
    faults: Any = ()


SCENARIOS = {
    "summary": Scenario("summarize"),
    "facts": Scenario("facts"),
    "answer": Scenario("ask", ("Who called the topic premature?",)),
    "abstention": Scenario("ask", ("When was NATO founded?",)),
    "repair": Scenario("ask", ("How many personnel may be necessary?",), personnel),
    "rejection": Scenario("summarize", script=liar),
    "reask": Scenario("facts", faults=[faults.wrong_schema()]),
    "ladder": Scenario("facts", faults=faults.takes_only("json_object")),
    "rate_limit": Scenario("facts", faults=[faults.rate_limited(ms=1)]),
    "refusal": Scenario("summarize", faults=[faults.refusal()]),
}


@pytest.fixture
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """The scenario that the test's marker names."""
    return SCENARIOS[request.node.get_closest_marker("quotewise_cassette").args[0]]


@pytest.fixture
def quotewise_cassette_dir() -> Path:
    """All cassettes stand in one folder."""
    return FOLDER


@pytest.fixture
def quotewise_live(scenario: Scenario) -> Iterator[Address]:
    """A live model where there is a key, else the scenario's own server."""
    if LIVE_KEY:
        yield Address(LIVE_URL, LIVE_KEY)
        return
    with LocalServer(scenario.script, faults=scenario.faults) as server:
        yield Address(server.base_url, "sk-local")


def sync(tape: Tape, scenario: Scenario, article: Article) -> Any:
    with Reader(model=MODEL, base_url=tape.base_url, api_key=tape.api_key) as reader:
        return getattr(reader, scenario.method)(*scenario.arguments, article)


def awaited(tape: Tape, scenario: Scenario, article: Article) -> Any:
    async def main() -> Any:
        async with AsyncReader(model=MODEL, base_url=tape.base_url, api_key=tape.api_key) as reader:
            return await getattr(reader, scenario.method)(*scenario.arguments, article)

    return asyncio.run(main())


Read = Callable[[], Any]


@pytest.fixture(params=[sync, awaited])
def read(request: pytest.FixtureRequest, quotewise_cassette: Tape, scenario: Scenario, seed: Article) -> Read:
    """Runs the scenario on the seed article, sync and async."""
    return lambda: request.param(quotewise_cassette, scenario, seed)


def slices(result: Any, article: Article) -> bool:
    return all(article.text[q.start : q.end] == q.text for claim in result.cited for q in claim.quotes)


@pytest.mark.quotewise_cassette("summary")
def test_a_summary(read: Read, seed: Article) -> None:
    """One call, strict schema, claims with exact quotes within the words asked for."""
    summary = read()

    assert 3 <= len(summary.claims)
    assert len(summary.text.split()) <= 120
    assert slices(summary, seed)
    assert (MODEL, ("json_schema",)) == (summary.trace.engine, summary.trace.modes)


@pytest.mark.quotewise_cassette("facts")
def test_facts(read: Read, seed: Article) -> None:
    """At least eight facts in one call, and the tokens that the server counted."""
    facts = read()

    assert 8 <= len(facts.facts)
    assert slices(facts, seed)
    assert 1 == facts.usage.calls
    assert facts.usage.input_tokens > 500


@pytest.mark.quotewise_cassette("answer")
def test_an_answer(read: Read, seed: Article) -> None:
    """The claim is carried by the sentence that says it."""
    answer = read()

    assert "answered" == answer.status
    assert "Scholz" in answer.claims[0].quotes[0].text
    assert slices(answer, seed)


@pytest.mark.quotewise_cassette("abstention")
def test_an_abstention(read: Read) -> None:
    """The article does not say when NATO was founded, and neither does the answer."""
    answer = read()

    assert ("not_in_source", ()) == (answer.status, answer.claims)


@pytest.mark.quotewise_cassette("repair")
def test_a_wrong_number_is_put_right(read: Read) -> None:
    """The first answer fails the check, the second call tells the model why, the claim is corrected."""
    answer = read()

    assert ("answered", RIGHT) == (answer.status, answer.text)
    assert 2 == answer.usage.calls
    assert "700,000" in answer.trace.notes[0]


@pytest.mark.quotewise_cassette("rejection")
def test_a_model_that_insists_is_not_believed(read: Read) -> None:
    """No claim survives, so there is no summary; the error holds the claim with its reason."""
    with pytest.raises(UngroundedError) as caught:
        read()

    [rejected] = caught.value.rejected
    assert WRONG == rejected.claim.text
    assert "999" in rejected.reason


@pytest.mark.quotewise_cassette("reask")
def test_an_answer_that_does_not_fit_is_asked_again(read: Read) -> None:
    """The second request repeats the first and adds what was wrong."""
    facts = read()

    assert 2 == facts.usage.calls
    assert facts.facts


@pytest.mark.quotewise_cassette("ladder")
def test_a_server_without_schemas_is_asked_another_way(read: Read) -> None:
    """json_schema was refused, so the schema goes into the prompt; the answer is validated all the same."""
    facts = read()

    assert ("json_object",) == facts.trace.modes
    assert 8 <= len(facts.facts)


@pytest.mark.quotewise_cassette("rate_limit")
def test_a_rate_limit_passes(read: Read) -> None:
    """The 429 is waited out and counted."""
    facts = read()

    assert (1, 2) == (facts.trace.retries, facts.usage.calls)


@pytest.mark.quotewise_cassette("refusal")
def test_a_refusal_is_an_error_that_says_so(read: Read) -> None:
    """It is not asked again, and what it cost is in the error."""
    with pytest.raises(RefusedError) as caught:
        read()

    assert 1 == caught.value.usage.calls


SECRETS = re.compile(
    r"sk-|Bearer|127\.0\.0\.1|localhost|authorization|user-agent|x-stainless|set-cookie", re.I
)


def test_every_scenario_has_its_cassette_and_no_other_is_there() -> None:
    """A cassette nobody plays proves nothing."""
    assert {f"{name}.json" for name in SCENARIOS} == {p.name for p in FOLDER.glob("*.json")}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_no_cassette_holds_a_secret_or_a_machine(path: Path) -> None:
    """No key, host, port or client fact; and every address leads nowhere."""
    text = path.read_text(encoding="utf-8")

    assert not SECRETS.search(text)
    uris = [i["request"]["uri"] for i in json.loads(text)["interactions"]]
    assert uris
    assert all(uri.startswith("https://llm.invalid/v1/") for uri in uris)
