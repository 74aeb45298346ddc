"""Windows: calls fit them, and a server that cuts a prompt without a word is found out."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from quotewise import Article, ContextOverflowError, Reader, UsageError, count_tokens
from quotewise._io.prices import cost
from quotewise._io.window import Windowed, cut, far_less, limits
from quotewise._options import Options
from quotewise._plans.core import Call, Message, Reply
from quotewise._plans.numbered import parse
from quotewise._plans.schemas import ClaimedFacts
from quotewise._values import Usage
from quotewise.testing import Fault, LocalServer, ScriptedTransport, faults
from quotewise.testing.exchange import Received

SENTENCES = 400
LONG = Article("\n".join(f"House number {n} stands in the long Mill Street." for n in range(SENTENCES)))


def given(call: Call) -> int:
    return sum(count_tokens(message.content) for message in call.messages)


class Ollama:
    """A model behind a server that cuts what does not fit `window`, says 200, and counts what it kept."""

    def __init__(self, window: int, counted: float = 1.0) -> None:
        self.window, self.counted = window, counted
        self.cut = 0

    def __call__(self, call: Call) -> Reply:
        lines, _ = parse(call.messages[1].content)
        sent = given(call)
        self.cut += sent > self.window
        shown = lines[int(len(lines) * max(0.0, 1 - self.window / sent)) :]
        facts = [{"evidence": [n], "kind": "event", "text": text} for n, text, *_ in shown]
        read = Usage(calls=1, input_tokens=int(min(sent, self.window) * self.counted))
        return Reply(ClaimedFacts.model_validate({"facts": facts}).model_dump_json(), usage=read)


def read(server: LocalServer, **options: Any) -> Any:
    with Reader(model="llama3.2", base_url=server.base_url, **options) as reader:
        return reader.facts(LONG)


def test_a_prompt_that_was_cut_without_a_word_is_read_again_in_halves() -> None:
    """Ollama's default window: without this, half the facts were lost and the result called complete."""
    model = Ollama(4_096)
    with LocalServer(model) as server:
        facts = read(server)

    assert model.cut > 0
    assert facts.complete
    assert len(facts.facts) == SENTENCES
    assert facts.usage.calls == len(server.completions)


@pytest.mark.parametrize("window", [2_000, 4_096, 8_192, 128_000])
def test_with_the_window_told_every_call_fits_it_answer_and_all(window: int) -> None:
    """Nothing is cut, and a server that adds prompt and output limit up has nothing to refuse."""
    model = Ollama(window)
    with LocalServer(model) as server:
        facts = read(server, window=window)

    assert model.cut == 0
    assert len(facts.facts) == SENTENCES
    for request in server.completions:
        asked = sum(count_tokens(m["content"]) for m in request.json["messages"])
        assert asked + request.json["max_tokens"] <= window


@pytest.mark.parametrize("told", [4_096, 32_000])
def test_what_was_read_is_priced_also_where_a_part_failed_or_was_cut(told: int) -> None:
    """The price of the answers that came, those to a cut prompt too; a refused request costs nothing."""
    with (
        LocalServer(Ollama(4_096), faults=[None, faults.bad_request()]) as server,
        Reader(model="gpt-6-luna", base_url=server.base_url, window=told, concurrency=1) as reader,
    ):
        facts = reader.facts(LONG, allow_partial=True)

    assert len(facts.gaps) == 1
    assert facts.usage.calls == len(server.completions) > 2
    assert facts.usage.usd == pytest.approx(cost(facts.usage, "gpt-6-luna", longest=1))


def test_a_window_too_small_for_any_part_ends_with_what_to_do() -> None:
    """Halves do not help for ever."""
    with (
        LocalServer(lambda call: Reply('{"facts": []}', usage=Usage(calls=1, input_tokens=256))) as server,
        pytest.raises(ContextOverflowError, match="num_ctx in Ollama"),
    ):
        read(server)


@pytest.mark.parametrize(
    ("figure", "advice"), [(256, r"\(num_ctx in Ollama\)\.$"), (2_048, r"or give window=2048\.$")]
)
def test_the_advice_can_be_followed(figure: int, advice: str) -> None:
    """The server's own figure is the advice, unless we would refuse it as a window."""
    call = Call("facts", (Message("user", LONG.text),), ClaimedFacts)
    served = ScriptedTransport(lambda call: Reply("", usage=Usage(calls=1, input_tokens=figure)))

    with pytest.raises(ContextOverflowError, match=advice):
        asyncio.run(Windowed(served, Options()).send(call))


class VLLM:
    """A server that refuses what does not fit its window, prompt and answer together."""

    def __init__(self, window: int) -> None:
        self.window = window

    def __call__(self, request: Received) -> Fault | None:
        prompt = sum(count_tokens(message["content"]) for message in request.json["messages"])
        asked = request.json["max_tokens"]
        if prompt + asked <= self.window:
            return None
        return faults.bad_request(
            f"This model's maximum context length is {self.window} tokens. However, you requested {asked}"
            f" output tokens and your prompt contains at least {self.window - asked + 1} input tokens, for a"
            f" total of at least {self.window + 1} tokens."
        )


def test_less_output_is_asked_for_where_a_server_adds_prompt_and_answer_up() -> None:
    """A refused request costs nothing; half the article in each of two calls would have been paid for."""
    with LocalServer(Ollama(99_000), faults=VLLM(24_000)) as server:
        facts = read(server)

    first, second = (request.json["max_tokens"] for request in server.completions)
    assert second < first <= 2 * second
    assert (facts.trace.chunks, facts.trace.retries, facts.usage.calls) == (1, 1, 2)
    assert len(facts.facts) == SENTENCES


def test_a_window_that_a_refusal_named_is_remembered() -> None:
    """Else every call would be refused once before it is answered."""
    with (
        LocalServer(Ollama(99_000), faults=VLLM(2_400)) as server,
        Reader(model="llama3.2", base_url=server.base_url) as reader,
    ):
        found = [reader.facts(f"Rain fell on day {day}.") for day in range(1, 4)]

    assert [(1, 2), (0, 1), (0, 1)] == [(facts.trace.retries, facts.usage.calls) for facts in found]
    assert len(server.completions) == 1 + len(found)


@pytest.mark.parametrize(("named", "most", "remembered"), [(6_000, 6_000, True), (300, 500, False)])
def test_only_a_window_with_room_for_a_reading_is_remembered(named: int, most: int, remembered: bool) -> None:
    """A number that is no window changes nothing for later calls."""
    sent: list[int] = []

    def script(call: Call) -> Reply:
        sent.append(call.max_output)
        if len(sent) == 1:
            raise ContextOverflowError("", window=named)
        return Reply("{}")

    windowed = Windowed(ScriptedTransport(script), Options(window=32_000))
    call = Call("facts", (Message("user", "Rain fell in Oslo."),), ClaimedFacts, max_output=most)
    for _ in range(2):
        asyncio.run(windowed.send(call))

    assert most == sent[0]
    assert (sent[-1] < most) is remembered


def test_half_the_article_is_read_where_less_than_half_the_answer_would_find_room() -> None:
    """An answer that is cut is paid for and of no use."""
    with LocalServer(Ollama(99_000), faults=VLLM(7_000)) as server:
        facts = read(server)

    assert facts.trace.chunks > 1
    assert len(facts.facts) == SENTENCES


def test_where_nothing_fits_the_window_is_told_as_the_thing_to_give() -> None:
    """Whose turn it is, with the number."""
    words = "This model's maximum context length is 2048 tokens. Your messages resulted in 9001 tokens."
    with (
        LocalServer(Ollama(99_000), faults=lambda request: faults.bad_request(words)) as server,
        pytest.raises(ContextOverflowError, match=r"window=2048, or use a larger") as caught,
    ):
        read(server)

    assert caught.value.window == 2_048
    assert caught.value.usage is not None
    assert caught.value.usage.calls == len(server.completions)


def test_an_answer_cut_at_the_room_that_the_window_left_is_not_asked_for_again() -> None:
    """It would be cut there again."""
    asked: list[int] = []

    def cut_there(call: Call) -> Reply:
        asked.append(call.max_output)
        if call.max_output > 3_500:
            raise ContextOverflowError("", window=count_tokens(LONG.text) + 4_000)
        return Reply('{"facts": [', finish="length")

    call = Call("facts", (Message("user", LONG.text),), ClaimedFacts)
    reply = asyncio.run(Windowed(ScriptedTransport(cut_there), Options()).send(call))

    assert (asked[0], reply.most) == (4_000, asked[1])


def test_the_answer_to_a_prompt_that_was_cut_is_not_kept(tmp_path: Any) -> None:
    """A journal that replayed it would bring half an article back for ever."""
    with LocalServer(Ollama(4_096)) as server:
        first = read(server, journal=tmp_path / "runs.db")
        again = read(server, journal=tmp_path / "runs.db")

    assert len(first.facts) == len(again.facts) == SENTENCES
    assert again.trace.replayed > 0


def test_a_count_that_leaves_out_what_was_cached_is_noted_and_no_error() -> None:
    """A server may count the new tokens alone; what it read is then unknown, so the reader is told."""
    with LocalServer(Ollama(128_000, counted=0.0501)) as server:
        facts = read(server)

    assert len(server.completions) == facts.trace.chunks == 1
    assert "num_ctx" in facts.trace.notes[0]


@pytest.mark.parametrize("share", [0.75, 0.9, 1.1, 1.6])
def test_tokenisers_that_differ_are_no_cut(share: float) -> None:
    """Only a round figure is taken for a window's size."""
    call = Call("facts", (Message("user", "Rain fell in Oslo. " * 400),), ClaimedFacts)
    figure = int(given(call) * share) // 256 * 256 + 3

    assert not cut(figure, call)
    assert not far_less(figure, call)


def test_no_figure_is_no_doubt() -> None:
    """Many servers report no usage."""
    call = Call("facts", (Message("user", "Rain fell in Oslo. " * 400),), ClaimedFacts)

    assert not cut(0, call)
    assert not far_less(0, call)


@pytest.mark.parametrize("window", [0, 1_999])
def test_a_window_without_room_is_refused(window: int) -> None:
    """Before any call, and with the least that is taken."""
    with pytest.raises(UsageError, match="2,000"):
        Options(window=window)


@pytest.mark.parametrize(
    ("options", "window", "output"),
    [
        ({"model": "gpt-6-luna"}, 1_050_000, 4_000),
        ({"model": "gpt-6-luna", "window": 20_000}, 20_000, 4_000),
        ({"model": "llama3.2"}, 32_000, 4_000),
        ({"model": "llama3.2", "window": 4_096}, 4_096, 1_243),
        ({}, None, 4_000),
    ],
)
def test_what_was_told_goes_before_the_table(options: Any, window: int | None, output: int) -> None:
    """And a model that nobody knows is taken for a small one."""
    found = limits(Options(**options))

    assert (found.window, found.output) == (window, output)
