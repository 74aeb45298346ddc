"""The reader: the same readings for sync and async callers, in a notebook too, whole or with their gaps."""

from __future__ import annotations

import asyncio
import itertools
import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from quotewise import (
    AccessError,
    Article,
    AsyncReader,
    Budget,
    BudgetError,
    Facts,
    IncompleteError,
    Journal,
    JournalError,
    ModelError,
    NoModelError,
    QuotaError,
    Reader,
    TimedOutError,
    UnavailableError,
    UngroundedError,
    UsageError,
    ask,
    estimate,
    facts,
    summarize,
    verify,
)
from quotewise._plans.core import Call, Plan, Reply
from quotewise._plans.facts import FactsTask
from quotewise._plans.numbered import parse
from quotewise.events import CallDone, CallStarted, ClaimVerified, Event, Finished, Planned
from quotewise.testing import ScriptedTransport

from .plans.test_summarize import GOOD, TOWN

ANSWERABLE = {
    "How many personnel may be necessary?": "100,000",
    "What share of GDP is the UK committed to?": "2.5%",
    "Who called the topic premature?": "Scholz",
    "Where was the summit?": "Paris",
}
UNANSWERABLE = [
    "When was NATO founded?",
    "What is the population of Ukraine?",
    "What does a barrel of oil cost?",
    "Which club won the cup final?",
]


def test_the_seed_is_summarised_without_a_key(seed: Article) -> None:
    """The main job: at most 120 words, claims with exact quotes, and it says which engine made it."""
    summary = summarize(seed)

    assert 3 <= len(summary.claims)
    assert len(summary.text.split()) <= 120
    assert "extractive" == summary.trace.engine
    assert summary.complete
    assert all(seed.text[q.start : q.end] == q.text for c in summary.claims for q in c.quotes)
    assert len({claim.text for claim in summary.claims}) == len(summary.claims)


def test_the_seed_has_facts(seed: Article) -> None:
    """At least eight checkable facts, each once, each with its kind."""
    found = facts(seed).facts

    assert 8 <= len(found) == len({fact.text for fact in found})
    assert all(fact.quotes and fact.kind and fact.verdict.supported for fact in found)


@pytest.mark.parametrize(("question", "words"), ANSWERABLE.items())
def test_the_seed_answers(seed: Article, question: str, words: str) -> None:
    """Each answer carries the sentence that gives it."""
    answer = ask(question, seed)

    assert "answered" == answer.status
    assert any(words in quote.text for claim in answer.claims for quote in claim.quotes)


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_the_seed_does_not_answer_everything(seed: Article, question: str) -> None:
    """An abstention has no claims and shows the closest passages, where any is close."""
    answer = ask(question, seed)

    assert ("not_in_source", ()) == (answer.status, answer.claims)


UNICODE = st.text(
    st.sampled_from("ab é👩‍👩‍👧ñ中文。日本\r\n\n .!?«»“”ａ١٢ह́") | st.characters(exclude_categories=("Cs",)),
    min_size=1,
).filter(lambda text: bool(text.strip()) and "\x00" not in text)


@given(UNICODE)
def test_every_quote_is_a_slice_of_any_text(text: str) -> None:
    """Emoji, CJK, CRLF, combining marks: what is quoted is cut, never copied."""
    article = Article(text)
    with Reader(model="extractive") as reader:
        results = [reader.summarize(article), reader.facts(article), reader.ask("What is ab?", article)]
    quotes = [q for r in results for c in r.cited for q in c.quotes]

    assert all(text[q.start : q.end] == q.text for q in quotes)
    assert results[0].claims


@pytest.mark.parametrize("broken", ["\ud83d", "Where \udce9?"])
def test_words_that_no_encoding_has_are_refused(broken: str) -> None:
    """Before a call: the result would hold them, and could not be written as JSON."""
    for asked in (
        lambda: ask(broken, "Rain fell."),
        lambda: summarize("Rain fell.", focus=broken),
        lambda: facts("Rain fell.", focus=broken),
        lambda: estimate("Rain fell.", "answer", question=broken),
        lambda: verify(broken, "Rain fell."),
    ):
        with pytest.raises(UsageError, match="surrogate"):
            asked()


Read = Callable[..., Any]


def read_sync(method: str, *args: Any, transport: Any, **kwargs: Any) -> Any:
    with Reader(transport=transport) as reader:
        return getattr(reader, method)(*args, **kwargs)


def read_async(method: str, *args: Any, transport: Any, **kwargs: Any) -> Any:
    async def main() -> Any:
        async with AsyncReader(transport=transport) as reader:
            return await getattr(reader, method)(*args, **kwargs)

    return asyncio.run(main())


def read_in_a_notebook(method: str, *args: Any, transport: Any, **kwargs: Any) -> Any:
    async def main() -> Any:
        return read_sync(method, *args, transport=transport, **kwargs)

    return asyncio.run(main())


BOTH = pytest.mark.parametrize("read", [read_sync, read_async, read_in_a_notebook])


@BOTH
def test_all_ways_give_the_same(read: Read) -> None:
    """One reasoning, whoever drives it; the sync reader works inside a running loop."""
    summary = read("summarize", TOWN, transport=ScriptedTransport([GOOD]))

    assert "The council voted to close the old bridge." in summary.text
    assert (1, 1, "scripted") == (summary.usage.calls, summary.trace.rounds, summary.trace.engine)


@BOTH
def test_an_error_carries_what_was_spent(read: Read) -> None:
    """The first call was paid, the second failed for good."""
    transport = ScriptedTransport(["no json", AccessError("The key was refused.")])
    with pytest.raises(AccessError) as caught:
        read("facts", TOWN, transport=transport)

    assert 1 == caught.value.usage.calls


def small(limit: int = 12) -> Callable[[Call], Any]:
    """A model that fails for the part with the bridge's age."""

    def script(call: Call) -> Any:
        if "1931" in call.messages[1].content and call.task == "facts":
            return UnavailableError("The server is down.")
        return {"facts": [{"evidence": [1], "kind": "event", "text": "The council met on Monday."}]}

    return script


def in_parts(reader: Reader | AsyncReader) -> None:
    """Make the reader read in small parts, as if the model's window were small."""
    from quotewise._plans.reading import Limits

    reader._limits = Limits(window=5_600, chunk=40)


LONG = Article(TOWN.text + "\n\n" + "\n".join(f"House number {n} stands in the street." for n in range(40)))


def test_an_incomplete_result_raises_unless_it_was_asked_for() -> None:
    """Nothing silent: the error holds what was read, and says what to do."""
    with Reader(transport=ScriptedTransport(small())) as reader:
        in_parts(reader)
        with pytest.raises(IncompleteError, match="allow_partial") as caught:
            reader.facts(LONG)
        partial = reader.facts(LONG, allow_partial=True)

    assert caught.value.result == partial
    assert (False, 1) == (partial.complete, len(partial.gaps))
    assert partial.facts


def test_after_a_refused_key_no_further_call_is_made() -> None:
    """Every other call would be refused the same way."""
    transport = ScriptedTransport(lambda call: AccessError("The key was refused."))
    with Reader(transport=transport, concurrency=1) as reader:
        in_parts(reader)
        with pytest.raises(AccessError):
            reader.facts(LONG)

    assert 1 == len(transport.calls)


def test_what_takes_long_is_reasoned_off_the_loop() -> None:
    """The first reading, which loads what the check needs, and long articles; a short one is not worth a
    thread."""
    threads: list[threading.Thread] = []

    def noted(plan: Plan[Facts]) -> Plan[Facts]:
        threads.append(threading.current_thread())
        return (yield from plan)

    async def main() -> None:
        async with AsyncReader(transport=ScriptedTransport(facts_of)) as reader:
            for article in (TOWN, TOWN, TOWN.text * 100):
                job = reader._facts(article, FactsTask(), False)
                await reader._run(replace(job, plan=noted(job.plan)))

    asyncio.run(main())
    assert [False, True, False] == [thread is threading.current_thread() for thread in threads]


def test_concurrency_is_kept() -> None:
    """Never more calls in flight than asked for, and as many where there is work."""
    now, most = 0, 0

    async def script(call: Call) -> Any:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        now -= 1
        return {"facts": []}

    with Reader(transport=ScriptedTransport(script), concurrency=3) as reader:
        in_parts(reader)
        reader.facts(LONG)

    assert 3 == most


@pytest.mark.parametrize("return_errors", [False, True])
def test_map_keeps_the_order_and_the_errors(return_errors: bool) -> None:
    """Many articles, some at once; one bad article does not lose the others where errors are wanted."""
    articles = [TOWN, "Rain fell.", "Snow fell."]

    def script(call: Call) -> Any:
        if "Rain" in call.messages[1].content:
            return UnavailableError("down")
        return {"facts": [{"evidence": [1], "kind": "event", "text": call.messages[1].content[-1]}]}

    with Reader(transport=ScriptedTransport(script), repair=False) as reader:
        if return_errors:
            first, second, third = reader.map(articles, "facts", return_errors=True)
            assert isinstance(second, UnavailableError)
            assert [TOWN.id, Article("Snow fell.").id] == [r.sources[0].id for r in (first, third)]
        else:
            with pytest.raises(UnavailableError):
                list(reader.map(articles, "facts"))


@pytest.mark.parametrize("return_errors", [True, False])
def test_one_wrong_item_of_a_map_is_told_by_its_place(return_errors: bool) -> None:
    """What is no article is that item's error: raised at its turn with its place, or handed out there."""
    items: Any = ["Rain fell in Oslo.", 5, "It stopped at noon."]
    with Reader(model="extractive") as reader:
        found = reader.map(items, "facts", return_errors=return_errors)
        if return_errors:
            assert [type(one).__name__ for one in found] == ["Facts", "UsageError", "Facts"]
            return
        assert next(found).complete
        with pytest.raises(UsageError, match="int cannot be read") as caught:
            next(found)

    assert caught.value.__notes__ == ["It was raised for article 2 of those given to map()."]


def test_map_awaits_too() -> None:
    """`async for result in reader.map(articles, "facts")`."""

    async def main() -> list[int]:
        async with AsyncReader(model="extractive") as reader:
            return [len(r.facts) async for r in reader.map([TOWN, "Rain fell in Oslo on Monday."], "facts")]

    first, second = asyncio.run(main())
    assert first > second > 0


@pytest.mark.parametrize("task", ["summary", "facts", "answer"])
def test_an_estimate_needs_no_key(task: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is called: the price is what decides whether to get a key. It is what a reader says."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    bill = estimate(TOWN, task, model="gpt-6-luna", window=20_000)
    with Reader(model="gpt-6-luna", api_key="sk-test", window=20_000) as reader:
        assert bill == reader.estimate(TOWN, task)

    assert bill.likely.usd is not None
    assert 0 < bill.likely.usd < (bill.most.usd or 0)
    with pytest.raises(NoModelError):
        Reader(model="gpt-6-luna")


@pytest.mark.parametrize(
    ("task", "asked"),
    [("summary", {"words": 0}), ("facts", {"limit": -1}), ("answer", {"question": " "})],
)
def test_what_a_task_refuses_has_no_bill(task: Any, asked: Any) -> None:
    """A price for what cannot be asked would be a wrong promise."""
    with pytest.raises(UsageError):
        estimate(TOWN, task, model="gpt-6-luna", **asked)


def test_events_tell_the_run() -> None:
    """A listener sees the round, the call's end and the result's size."""
    heard: list[Event] = []
    with Reader(transport=ScriptedTransport([GOOD]), on_event=heard.append) as reader:
        reader.summarize(TOWN)

    assert Planned("summary", 1, 1) == heard[0]
    assert Finished("summary", 3, 0) == heard[-1]
    assert any(isinstance(event, CallDone) for event in heard)


def test_events_tell_each_claim_with_why_it_was_rejected() -> None:
    """A claim that holds and one that does not, the second after its repair round."""
    heard: list[Event] = []
    made = {
        "headline": "",
        "claims": [_point(1, "Rain fell in Oslo on Monday."), _point(1, "Snow fell in Rome.")],
    }
    script = [made, {"repairs": []}]
    with Reader(transport=ScriptedTransport(script), on_event=heard.append) as reader:
        summary = reader.summarize("Rain fell in Oslo on Monday. It flooded two streets.")

    told = [event for event in heard if isinstance(event, ClaimVerified)]
    assert [(event.claim, event.supported) for event in told] == [
        (summary.claims[0], True),
        (summary.rejected[0].claim, False),
    ]
    assert told[1].reason == summary.rejected[0].reason


def test_events_tell_calls_in_flight_apart() -> None:
    """Each call has a number of its own in its run, through all its rounds."""
    heard: list[Event] = []
    broken = {"claims": "none"}
    with Reader(transport=ScriptedTransport([broken, GOOD]), on_event=heard.append) as reader:
        reader.summarize(TOWN)

    assert [event.call for event in heard if isinstance(event, CallStarted)] == [1, 2]
    assert [event.call for event in heard if isinstance(event, CallDone)] == [1, 2]


async def awaited(event: object) -> None:
    """What no reader awaits."""


def _point(number: int, text: str) -> dict[str, Any]:
    return {"evidence": [number], "rank": 1, "text": text}


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: Reader(model="gpt-6-luna"), "key"),
        (lambda: Reader(concurrency=0), "concurrency"),
        (lambda: Reader(timeout=0), "timeout"),
        (lambda: Reader(check="maybe"), "check"),
        (lambda: summarize("Rain.", words=0), "words"),
        (lambda: summarize("Rain.", points=-1), "points"),
        (lambda: facts("Rain.", limit=0), "limit"),
        (lambda: ask("  ", "Rain."), "question"),
        (lambda: summarize([]), "no article"),
        (lambda: summarize(""), "empty"),
        (lambda: summarize("Rain.", focus=5), "focus"),
        (lambda: facts("Rain.", focus=["rain"]), "focus"),
        (lambda: estimate("Rain.", modle="m"), "takes no 'modle'"),
        (lambda: estimate("Rain.", "facts", words=3), "takes no 'words'.*focus, limit"),
        (lambda: estimate("Rain.", "answer", text="Why?"), "takes no 'text'"),
        (lambda: summarize(None), "NoneType"),
        (lambda: summarize("Rain.", words="5"), "whole number"),
        (lambda: summarize("Rain.", points=True), "whole number"),
        (lambda: Reader(concurrency=2.5), "concurrency cannot be of type float"),
        (lambda: Reader(timeout=True), "timeout cannot be of type bool"),
        (lambda: Reader(window="big"), "window cannot be of type str"),
        (lambda: Reader(budget=3), "budget cannot be of type int"),
        (lambda: Reader(journal=3), "journal cannot be of type int"),
        (lambda: Reader(repair="no"), "repair cannot be of type str"),
        (lambda: Reader(on_event="tell"), "on_event cannot be of type str"),
        (lambda: AsyncReader(on_event=awaited), "on_event is called and not awaited"),
        (lambda: Reader(transport="https://localhost"), "transport cannot be of type str"),
        (lambda: Reader(model="m", base_url=8000), "base_url cannot be of type int"),
        (lambda: Reader(model="m", base_url="http://localhost:8000", api_key=b"sk"), "api_key .* bytes"),
    ],
)
def test_wrong_use_is_told_before_any_call(make: Callable[[], Any], word: str) -> None:
    """Each error names what is wrong and the next step."""
    with pytest.raises(UsageError, match=word):
        make()


def test_no_key_is_shown() -> None:
    """A repr ends up in logs and notebooks."""
    reader = Reader(model="m", base_url="http://127.0.0.1:9/v1", api_key="sk-very-secret")

    assert "secret" not in repr(reader) + repr(reader.options) + str(reader.options)
    reader.close()


def test_a_closed_reader_says_so() -> None:
    """Closing twice does no harm; reading after it is a mistake that would leave a thread behind."""
    before = threading.active_count()
    reader = Reader(model="extractive")
    reader.summarize("Rain fell.")
    reader.close()
    reader.close()

    assert before == threading.active_count()
    with pytest.raises(UsageError, match="closed"):
        reader.summarize("Rain fell.")
    with pytest.raises(UsageError, match="closed"):
        list(reader.map(["Rain fell."], "facts"))


def test_only_answers_are_earlier_answers() -> None:
    """A text in their place is told at once."""
    with pytest.raises(UsageError, match="Earlier answers"):
        ask("And why?", "Rain fell.", earlier=["Rain fell."], model="extractive")  # type: ignore[list-item]


def interrupt_at(number: int, reader_of: list[Reader]) -> Callable[[Call], Any]:
    """A model of which one call gets Ctrl-C while it is in flight, and ends once it was heard."""
    seen = itertools.count(1)

    async def script(call: Call) -> Any:
        if next(seen) == number:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            while not any(run.stopped for run in reader_of[0]._session._runs):
                await asyncio.sleep(0)
        return facts_of(call)

    return script


def test_ctrl_c_ends_what_is_in_flight_and_is_raised(tmp_path: Path) -> None:
    """No call paid for is cut off: each is in the journal, and the next run replays it."""
    readers: list[Reader] = []
    transport = ScriptedTransport(interrupt_at(2, readers))
    with Reader(transport=transport, concurrency=1, journal=tmp_path / "runs.db") as reader:
        in_parts(reader)
        readers.append(reader)
        with pytest.raises(KeyboardInterrupt):
            reader.facts(LONG)
    paid = len(transport.calls)
    again = ScriptedTransport(facts_of)
    with Reader(transport=again, journal=tmp_path / "runs.db") as reader:
        in_parts(reader)
        result = reader.facts(LONG)

    assert paid < result.trace.chunks
    assert paid == result.trace.replayed
    assert result.trace.chunks == paid + len(again.calls)


@pytest.mark.parametrize("leave", ["break", "raise", "error"])
def test_leaving_a_map_ends_what_is_in_flight(leave: str) -> None:
    """A loop that breaks, or fails in its own body or at an article, wastes no call that was started."""
    ended = 0

    async def script(call: Call) -> Any:
        nonlocal ended
        while len(transport.calls) < 3:
            await asyncio.sleep(0)
        if leave == "error" and "day 0" in call.messages[1].content:
            ended += 1
            raise UnavailableError("gone")
        for _ in range(20):
            await asyncio.sleep(0)
        ended += 1
        return facts_of(call)

    transport = ScriptedTransport(script)
    with Reader(transport=transport, concurrency=3) as reader, suppress(KeyError, UnavailableError):
        for _ in reader.map([f"Rain fell on day {n}." for n in range(9)], "facts"):
            if leave == "raise":
                raise KeyError
            break

    assert 3 <= len(transport.calls) == ended < 9


def test_a_map_that_ended_leaves_other_readings_alone() -> None:
    """Another thread's reading goes on: it is neither waited for nor interrupted."""
    begun, mapped = threading.Event(), threading.Event()

    async def script(call: Call) -> Any:
        if call.task == "repair":
            return {"repairs": [{"claim": 1, "evidence": [1], "text": "Rain fell slowly in Oslo."}]}
        if "slowly" in call.messages[1].content:
            begun.set()
            while not mapped.is_set():
                await asyncio.sleep(0.001)
            return {"facts": [{"evidence": [1], "kind": "event", "text": "Rain fell slowly in Paris."}]}
        return facts_of(call)

    def read_other() -> None:
        begun.wait()
        list(reader.map(["Rain fell in Oslo."], "facts"))
        mapped.set()

    with Reader(transport=ScriptedTransport(script)) as reader:
        other = threading.Thread(target=read_other)
        other.start()
        late = threading.Timer(20, mapped.set)  # so that a failure ends
        late.start()
        result = reader.facts("Rain fell slowly in Oslo.")
        other.join()
        late.cancel()

    assert [fact.text for fact in result.facts] == ["Rain fell slowly in Oslo."]


def test_concurrency_holds_for_a_map_of_long_articles() -> None:
    """It is the reader's, not each article's."""
    now, most = 0, 0

    async def script(call: Call) -> Any:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        return facts_of(call)

    with Reader(transport=ScriptedTransport(script), concurrency=2) as reader:
        in_parts(reader)
        list(reader.map([LONG, LONG.text + " And more.", LONG.text + " And yet more."], "facts"))

    assert 2 == most


def test_after_a_quota_error_a_map_makes_no_further_call() -> None:
    """The account's answer is the same for every article."""
    transport = ScriptedTransport(lambda call: QuotaError("No credit."))
    with Reader(transport=transport, concurrency=1) as reader:
        results = list(reader.map(["Rain.", "Snow.", "Hail."], "facts", return_errors=True))

    assert [QuotaError] * 3 == [type(result) for result in results]
    assert 1 == len(transport.calls)


def test_a_fault_of_a_listener_is_raised_as_it_is() -> None:
    """Not wrapped in a group, and not as a deadlock where it reads with its own reader."""

    def listen(event: Event) -> None:
        raise ValueError("mine")

    with Reader(model="extractive", on_event=listen) as reader, pytest.raises(ValueError, match="mine"):
        reader.facts(TOWN)

    def read_again(event: Event) -> None:
        inner.facts(TOWN)

    inner = Reader(model="extractive", on_event=read_again)
    with inner, pytest.raises(RuntimeError, match="on_event"):
        inner.facts(TOWN)


def test_a_closed_async_reader_says_so() -> None:
    """As its twin does; closing twice does no harm."""

    async def main() -> None:
        reader = AsyncReader(model="extractive")
        late = reader.map(["Rain fell."], "facts")
        await reader.aclose()
        await reader.aclose()
        with pytest.raises(UsageError, match="closed"):
            await reader.summarize("Rain fell.")
        with pytest.raises(UsageError, match="closed"):
            reader.map(["Rain fell."], "facts")
        with pytest.raises(UsageError, match="closed"):
            await anext(late)

    asyncio.run(main())


@pytest.mark.parametrize("reads", [True, False])
def test_a_dropped_reader_leaves_no_thread(reads: bool, tmp_path: Path) -> None:
    """One reader a request, never closed, must not fill a server with threads and open journals."""
    before = set(threading.enumerate())
    reader = Reader(transport=ScriptedTransport(facts_of), journal=tmp_path / "runs.db")
    if reads:
        reader.facts(TOWN)
    left = set(threading.enumerate()) - before
    del reader
    for thread in [*left, *(one for one in threading.enumerate() if one.name == "quotewise-end")]:
        thread.join(timeout=20)

    assert left
    assert not [thread for thread in left if thread.is_alive()]


@pytest.mark.parametrize("how", ["facts", "map"])
def test_a_thread_that_waits_is_let_go_when_the_reader_is_closed(how: str) -> None:
    """Its call is cancelled, and it is told why in an error of ours; it must not hang for ever."""
    started, outcome = threading.Event(), []

    async def never(call: Call) -> Any:
        started.set()
        await asyncio.Event().wait()

    reader = Reader(transport=ScriptedTransport(never))

    def read() -> None:
        try:
            reader.facts(TOWN) if how == "facts" else list(reader.map([TOWN], "facts"))
        except BaseException as error:  # noqa: BLE001  # whatever it is, the thread must end
            outcome.append(f"{type(error).__name__}: {error}")

    thread = threading.Thread(target=read)
    thread.start()
    started.wait()
    reader.close()
    thread.join(timeout=10)

    assert ["UsageError: This reader is closed. Make a new one."] == outcome


@pytest.mark.parametrize("by", ["argument", "variable"])
def test_an_empty_model_is_none(by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that passes a setting on need not ask whether it is set; blanks are no name."""
    given = {"model": ""} if by == "argument" else {}
    if by == "variable":
        monkeypatch.setenv("QUOTEWISE_MODEL", "")
    with Reader(**given) as reader:  # type: ignore[arg-type]
        assert reader.options.model == "extractive"
    with Reader(**given, base_url="http://127.0.0.1:9/v1") as reader:  # type: ignore[arg-type]
        assert reader.options.model == "gpt-6-luna"
    with pytest.raises(UsageError, match="no name"):
        Reader(model=" ", base_url="http://127.0.0.1:9/v1")


def test_a_transport_of_ones_own_is_not_mixed_with_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its own model and address, whatever the environment says."""
    monkeypatch.setenv("QUOTEWISE_MODEL", "extractive")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with Reader(transport=ScriptedTransport([GOOD], model="mine")) as reader:
        assert ("mine", None) == (reader.options.model, reader.options.base_url)


def facts_of(call: Call) -> Any:
    """A model that finds one fact in whatever it is shown."""
    lines, _ = parse(call.messages[1].content)
    return {"facts": [{"evidence": [lines[0].number], "kind": "event", "text": lines[0].text}]}


def test_with_a_journal_nothing_is_paid_twice(tmp_path: Path) -> None:
    """The second run makes no call, and gives the same."""
    results, paid = [], []
    for _ in range(2):
        transport = ScriptedTransport(facts_of)
        with Reader(transport=transport, journal=tmp_path / "runs.db") as reader:
            in_parts(reader)
            results.append(reader.facts(LONG))
        paid.append(len(transport.calls))

    assert paid[0] > 1
    assert 0 == paid[1]
    assert results[0].facts == results[1].facts
    assert (0, paid[0]) == (results[1].usage.calls, results[1].trace.replayed)


class OtherTransport(ScriptedTransport):
    """Another way to a model, under the same name of a model."""


@pytest.mark.parametrize(
    ("other", "base_url", "paid"),
    [(ScriptedTransport, None, 0), (OtherTransport, None, 1), (ScriptedTransport, "http://other", 1)],
)
def test_two_transports_of_ones_own_do_not_answer_for_each_other(
    other: type[ScriptedTransport], base_url: str | None, paid: int, tmp_path: Path
) -> None:
    """A journal tells them apart by their class, and two of one class by an address given with them."""
    first, second = ScriptedTransport(facts_of), other(facts_of)
    with Reader(transport=first, journal=tmp_path / "runs.db") as reader:
        reader.facts(TOWN)
    with Reader(transport=second, journal=tmp_path / "runs.db", base_url=base_url) as reader:
        reader.facts(TOWN)

    assert len(second.calls) == paid


BAD_SUMMARIES: dict[str, Reply | dict[str, Any]] = {
    "malformed": Reply("no JSON"),
    "cut": Reply('{"headline": ', finish="length"),
    "refused": Reply("", refusal="I cannot."),
    "filtered": Reply("", finish="content_filter"),
    "ungrounded": {
        "headline": "",
        "claims": [{"evidence": [1], "rank": 1, "text": "The king died in Paris."}],
    },
}


@pytest.mark.parametrize("bad", BAD_SUMMARIES)
def test_a_reply_of_no_use_is_asked_for_anew_by_the_next_run(bad: str, tmp_path: Path) -> None:
    """Once a run: a journal that gave it again would make "run it again" a lie, for ever."""
    good = {"headline": "", "claims": [{"evidence": [1], "rank": 1, "text": "Rain fell in Oslo."}]}
    made: list[int] = []
    for answer in (BAD_SUMMARIES[bad], BAD_SUMMARIES[bad], good, good):
        transport = ScriptedTransport(lambda call, answer=answer: answer)  # type: ignore[misc]
        with (
            Reader(transport=transport, journal=tmp_path / "runs.db", repair=False) as reader,
            suppress(ModelError, UngroundedError),
        ):
            summary = reader.summarize("Rain fell in Oslo. It stopped.")
        made.append(len(transport.calls))

    assert (made[1], made[2:]) == (made[0], [1, 0])
    assert (summary.trace.replayed, summary.trace.in_doubt) == (1, 0)


def test_what_a_killed_run_stored_and_could_not_drop_is_asked_for_anew_at_once(tmp_path: Path) -> None:
    """Nobody has to run it a second time to get rid of it."""
    good = {"headline": "", "claims": [{"evidence": [1], "rank": 1, "text": "Rain fell in Oslo."}]}

    def killed(event: Event) -> None:
        if isinstance(event, CallDone) and event.call == 2:
            raise ValueError("killed")

    first = ScriptedTransport(lambda call: Reply("no JSON"))
    with (
        Reader(transport=first, journal=tmp_path / "runs.db", on_event=killed) as reader,
        pytest.raises(ValueError, match="killed"),
    ):
        reader.summarize("Rain fell in Oslo.")
    second = ScriptedTransport(lambda call: good)
    with Reader(transport=second, journal=tmp_path / "runs.db") as reader:
        summary = reader.summarize("Rain fell in Oslo.")

    assert (len(first.calls), len(second.calls)) == (2, 1)
    assert (summary.trace.replayed, len(summary.claims)) == (2, 1)


class Town(BaseModel):
    """What the town's page gives."""

    name: str
    river: str | None = None


def cited(value: str) -> dict[str, Any]:
    """A value that a model says sentence 1 gives."""
    return {"evidence": [1], "value": value}


REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "the field that must be there": ({"name": cited("Bergen"), "river": cited("Oslo")}, 1),
    "all that was said": ({"name": None, "river": cited("Rhine")}, 1),
    "a field that may be left out": ({"name": cited("Oslo"), "river": cited("Rhine")}, 0),
    "nothing, since nothing was found": ({"name": None, "river": None}, 0),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_an_extraction_that_refused_values_left_unfilled_is_asked_for_anew(
    refused: str, tmp_path: Path
) -> None:
    """It says nothing of use; what the article does not give, or may be left out, is an answer."""
    said, again = REFUSED[refused]
    first, second = ScriptedTransport(lambda call: said), ScriptedTransport(lambda call: said)
    for transport in (first, second):
        with Reader(transport=transport, journal=tmp_path / "runs.db") as reader:
            reader.extract("Rain fell in Oslo.", Town)

    assert (len(first.calls), len(second.calls)) == (1, again)


def test_an_answer_of_which_no_claim_survived_is_asked_for_anew(tmp_path: Path) -> None:
    """It is no error, and nothing of it is of use; an abstention is."""
    wrong = {"status": "answered", "claims": [{"evidence": [1], "text": "The king died in Paris."}]}
    none = {"status": "not_in_source", "claims": []}
    made: list[tuple[str, int]] = []
    for said in (wrong, none, wrong):
        transport = ScriptedTransport(lambda call, said=said: said)  # type: ignore[misc]
        with Reader(transport=transport, journal=tmp_path / "runs.db", repair=False) as reader:
            answer = reader.ask("Who died?", "Rain fell in Oslo. It stopped.")
        made.append((answer.status, len(transport.calls)))

    assert made == [("failed", 1), ("not_in_source", 1), ("not_in_source", 0)]


def test_of_a_document_in_parts_only_the_part_that_was_refused_is_asked_for_anew(tmp_path: Path) -> None:
    """What was of use is never paid again."""
    text = Article("\n\n".join(f"House number {n} stands in Mill Street." for n in range(400)))
    made: list[int] = []
    for refuses in (True, False, False):

        def script(call: Call, refuses: bool = refuses) -> Any:
            first = "House number 0 " in call.messages[1].content
            return Reply("", refusal="No.") if first and refuses else facts_of(call)

        transport = ScriptedTransport(script)
        with (
            Reader(transport=transport, journal=tmp_path / "runs.db", window=5_700) as reader,
            suppress(IncompleteError),
        ):
            reader.facts(text)
        made.append(len(transport.calls))

    assert made[0] > 2
    assert made[1:] == [1, 0]


def test_a_journal_that_was_handed_in_stays_open(tmp_path: Path) -> None:
    """Readers share it, one after the other or at once; who opened it closes it."""
    transport = ScriptedTransport(facts_of)
    with Journal(tmp_path / "runs.db") as journal:
        for _ in range(2):
            with Reader(transport=transport, journal=journal) as reader:
                reader.facts(TOWN)
        assert 1 == journal.prune(max_bytes=0)
        with Reader(transport=transport, journal=journal) as reader:
            reader.facts(TOWN)

    assert 2 == len(transport.calls)
    with Reader(transport=transport, journal=journal) as reader, pytest.raises(JournalError, match="closed"):
        reader.facts(TOWN)


def test_what_is_advised_for_a_damaged_journal_can_be_done(tmp_path: Path) -> None:
    """It is refused with what to type; that done, a path serves again, and nothing readable is paid twice."""
    path = tmp_path / "runs.db"
    transport = ScriptedTransport(facts_of)
    with Reader(transport=transport, journal=path) as reader:
        reader.facts(TOWN)
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])
    with pytest.raises(JournalError, match=r"quotewise\.Journal\(path, on_corrupt='salvage'\)"):
        Reader(transport=transport, journal=path)
    with Journal(path, on_corrupt="salvage") as journal:
        assert journal.salvaged is not None
        assert (True, 1) == (journal.salvaged.path.exists(), journal.salvaged.replies)
    with Reader(transport=transport, journal=path) as reader:
        assert 1 == reader.facts(TOWN).trace.replayed

    assert 1 == len(transport.calls)


@pytest.mark.parametrize("kind", [Reader, AsyncReader])
def test_a_dropped_reader_lets_go_of_the_journal_it_opened(kind: Any, tmp_path: Path) -> None:
    """Of no other."""
    before = set(threading.enumerate())
    with Journal(tmp_path / "mine.db") as mine:
        lent = set(threading.enumerate()) - before
        own = [kind(model="extractive", journal=journal) for journal in (mine, tmp_path / "own.db")]
        opened = set(threading.enumerate()) - before - lent
        own.clear()
        for thread in opened:
            thread.join(timeout=20)
        assert ({True}, {False}) == ({t.is_alive() for t in lent}, {t.is_alive() for t in opened})


def test_a_doubt_is_told_with_the_article_that_it_is_about(tmp_path: Path) -> None:
    """One call timed out and may have been billed: its article's result says so, and no other's."""
    rain, snow = "Rain fell in Oslo.", "Snow fell in Rome."
    journal = tmp_path / "runs.db"
    timed_out = ScriptedTransport([TimedOutError("No answer.")])
    with Reader(transport=timed_out, journal=journal) as reader, pytest.raises(TimedOutError):
        reader.facts(rain)
    with Reader(transport=ScriptedTransport(facts_of), journal=journal) as reader:
        doubts = [result.trace.in_doubt for result in reader.map([rain, snow], "facts")]
        again = reader.facts(snow).trace.in_doubt

    assert ([1, 0], 0) == (doubts, again)


def test_a_damaged_reply_is_noted_with_its_article(tmp_path: Path) -> None:
    """How many of its replies were damaged, in the one result that paid for them again."""
    journal = tmp_path / "runs.db"
    articles = ["Rain fell in Oslo.", "Snow fell in Rome."]
    with Reader(transport=ScriptedTransport(facts_of), journal=journal) as reader:
        list(reader.map(articles, "facts"))
    with closing(sqlite3.connect(journal)) as db:
        db.execute("UPDATE calls SET reply = replace(reply, 'Oslo', 'Rome')")
        db.commit()
    with Reader(transport=ScriptedTransport(facts_of), journal=journal) as reader:
        results = list(reader.map([*articles, "Hail fell in Paris."], "facts"))

    damaged = "journal: 1 stored replies were damaged and are paid for again"
    assert [(damaged,), (), ()] == [result.trace.notes for result in results]
    assert [1, 0, 0] == [result.trace.in_doubt for result in results]


def test_at_the_budget_the_run_stops_with_what_is_done() -> None:
    """No call is made past the limit; what was read is in the error, with the gap and its reason."""
    transport = ScriptedTransport(facts_of)
    with Reader(transport=transport, budget=Budget(calls=2), concurrency=1) as reader:
        in_parts(reader)
        with pytest.raises(BudgetError) as caught:
            reader.facts(LONG)

    assert 2 == len(transport.calls)
    assert caught.value.result is not None
    assert 2 == len(caught.value.result.cited)


def test_a_budget_below_the_first_call_is_told_before_it() -> None:
    """Nothing is spent."""
    transport = ScriptedTransport(facts_of)
    with Reader(transport=transport, budget=Budget(tokens=50)) as reader, pytest.raises(BudgetError):
        reader.facts(TOWN)

    assert [] == transport.calls


def test_facts_say_who_when_and_how_much(seed: Article) -> None:
    """Each is a slice of the fact's own words; a program need not read the sentence again."""
    found = facts(seed).facts
    everything = [part for fact in found for part in (*fact.who, *fact.when, *fact.how_much)]

    assert {"2.5%", "100,000", "next week"} <= set(everything)
    assert any("Scholz" in name for fact in found for name in fact.who)
    assert all(part in fact.text for fact in found for part in (*fact.who, *fact.when, *fact.how_much))
