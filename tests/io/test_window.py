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
from quotewise.testing import LocalServer, ScriptedTransport, faults

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
