"""The meter and the prices: reserve at the worst case, settle at what was used, never pass the limit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from quotewise._errors import BudgetError, QuotewiseError, TimedOutError, UnavailableError, UsageError
from quotewise._io.meter import Meter, Metered, Reservation
from quotewise._io.prices import Price, Prices, cost, output_limit, priced, shipped, window
from quotewise._io.retry import Failed, Persistence, RetryPolicy
from quotewise._options import Budget
from quotewise._plans.core import Call, Message, Reply
from quotewise._values import Usage

TABLE = Prices({"m": Price(input=1.0, cached=0.1, written=1.25, output=10.0), "unpriced": Price()})


class Shape(BaseModel):
    answer: str


def call(words: int = 100, max_output: int = 1_000) -> Call:
    return Call("facts", (Message("user", "w " * words),), Shape, max_output=max_output)


def meter(model: str = "m", **limits: float) -> Meter:
    budget = Budget(**limits) if limits else None  # type: ignore[arg-type]
    return Meter(budget, model, TABLE)


# Budgets as values.


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"usd": 0},
        {"usd": -1},
        {"usd": float("nan")},
        {"usd": float("inf")},
        {"usd": "1"},
        {"calls": 0},
        {"calls": 1.5},
        {"tokens": True},
        {"tokens": -5},
        {"usd": 1, "calls": 0},
    ],
)
def test_a_budget_without_sense_is_refused(limits: dict[str, object]) -> None:
    """A budget has at least one limit, and every limit is a number above 0."""
    with pytest.raises(UsageError):
        Budget(**limits)  # type: ignore[arg-type]


# Reserving and settling.


def admitted(spending: Meter, one: Call) -> Reservation:
    """Room for a call; nothing else is in flight, so that nothing is waited for."""
    return asyncio.run(spending.admit(one))


def test_the_worst_case_is_never_less_than_the_words() -> None:
    """It counts messages, schema and the whole output limit, with the dearest price of an input token."""
    worst = meter().worst(call(100, 1_000))
    assert worst.input_tokens > 100
    assert worst.output_tokens == 1_000
    assert worst.usd == pytest.approx((worst.input_tokens * 1.25 + 1_000 * 10) / 1e6)


def test_what_was_used_replaces_the_worst_case() -> None:
    """After settling, only the use counts, with its price."""
    spent = meter(tokens=10_000)
    with admitted(spent, call()) as reservation:
        used = reservation.settle(Usage(calls=1, input_tokens=100, cached_tokens=60, output_tokens=50))
    assert used.usd == pytest.approx((40 * 1.0 + 60 * 0.1 + 50 * 10) / 1e6)
    assert spent.spent == used


@pytest.mark.parametrize("limits", [{"calls": 2}, {"tokens": 2_300}, {"usd": 0.0205}])
def test_the_call_that_would_pass_the_limit_is_refused(limits: dict[str, float]) -> None:
    """Two calls fit; the third is refused, and nothing was spent on it."""
    spending = meter(**limits)
    for _ in range(2):
        reservation = admitted(spending, call(0, 1_000))
        reservation.settle(reservation.worst)
    with pytest.raises(BudgetError, match=r"not made.*Raise the budget") as refused:
        admitted(spending, call(0, 1_000))
    assert refused.value.usage is None


def test_a_budget_below_the_first_call_is_refused_at_once() -> None:
    """Where not even one call fits, none is made."""
    with pytest.raises(BudgetError, match=r"\$"):
        admitted(meter(usd=0.001), call())


def test_a_budget_in_dollars_needs_a_price() -> None:
    """A limit that cannot be held is refused before the first call, and says what would do."""
    for model in ("unpriced", "never heard of"):
        with pytest.raises(UsageError, match=r"unknown.*Give its price") as refused:
            meter(model, usd=1)
        assert not isinstance(refused.value, BudgetError)
    admitted(meter("unpriced", tokens=10_000), call())


def test_an_unknown_price_is_unknown_not_free() -> None:
    """Without a price the tokens are counted, and the cost is None."""
    spending = meter("unpriced")
    with admitted(spending, call()) as reservation:
        reservation.settle(Usage(calls=1, input_tokens=100))
    assert spending.spent.usd is None
    assert spending.spent.input_tokens == 100


def test_a_failed_attempt_is_a_call() -> None:
    """An error frees the tokens and counts the attempts it carries; without word of them, one."""
    spending = meter(calls=10)
    told = UnavailableError("down")
    told.usage = Usage(calls=3, usd=None)
    for error in (told, UnavailableError("down")):
        with pytest.raises(UnavailableError), admitted(spending, call()):
            raise error
    assert spending.spent == Usage(calls=4)
    assert spending.doubtful == Usage()


@pytest.mark.parametrize("error", [TimedOutError("late"), asyncio.CancelledError(), KeyboardInterrupt()])
def test_an_attempt_that_may_have_been_billed_stays_held(error: BaseException) -> None:
    """A limit that forgets timed-out calls is none: their worst case keeps counting."""
    spending = meter(tokens=2_500)
    with pytest.raises(type(error)), admitted(spending, call(0, 1_500)) as reservation:
        raise error
    assert spending.doubtful.output_tokens == reservation.worst.output_tokens
    assert spending.spent.calls == 1
    with pytest.raises(BudgetError):
        admitted(spending, call(0, 1_500))


def test_settling_twice_counts_once() -> None:
    """Leaving a settled reservation changes nothing."""
    spending = meter()
    with admitted(spending, call()) as reservation:
        reservation.settle(Usage(calls=1, input_tokens=5))
        reservation.settle(Usage(calls=1, input_tokens=5))
    assert spending.spent.input_tokens == 5


class Flaky:
    """Fails so often before it answers, within one `send`, as a transport with retries of its own does."""

    model = "m"

    def __init__(self, error: QuotewiseError, times: int) -> None:
        self.error = error
        self.times = times

    async def send(self, call: Call) -> Reply:
        made = 0

        async def attempt() -> Reply | Failed:
            nonlocal made
            made += 1
            failed = Failed(self.error, again=True)
            return failed if made <= self.times else Reply("ok", usage=Usage(calls=made, output_tokens=10))

        try:
            return await Persistence(RetryPolicy(attempts=9), chance=lambda: 0.0).persist(attempt)
        except QuotewiseError as error:
            error.usage = Usage(calls=made, usd=None)
            raise

    async def aclose(self) -> None: ...


def test_retries_within_a_transport_are_attempts_too() -> None:
    """A limit on calls ends the retries as well; those that were made are counted."""
    spending = meter(calls=4)
    reply = asyncio.run(Metered(Flaky(UnavailableError("down"), 2), spending).send(call()))
    assert reply.usage.calls == spending.spent.calls == 3
    with pytest.raises(BudgetError, match="all 4 calls"):
        asyncio.run(Metered(Flaky(UnavailableError("down"), 2), spending).send(call()))
    assert spending.spent.calls == 4


def test_every_attempt_without_an_answer_in_time_stays_held() -> None:
    """Two deadlines missed and one answer: two worst cases and one use."""
    spending = meter(tokens=10_000)
    asyncio.run(Metered(Flaky(TimedOutError("late"), 2), spending).send(call(0, 1_000)))
    assert (spending.doubtful.output_tokens, spending.spent.output_tokens) == (2_000, 10)
    with pytest.raises(BudgetError):
        asyncio.run(Metered(Flaky(TimedOutError("late"), 8), spending).send(call(0, 1_000)))
    total = spending.spent + spending.doubtful
    assert 8_000 < total.input_tokens + total.output_tokens <= 10_000


# Waiting for room.


class Server:
    """Uses `used` output tokens a call; `gate` holds replies back until told."""

    model = "m"

    def __init__(self, used: int, gate: asyncio.Event | None = None) -> None:
        self.used = used
        self.gate = gate
        self.sent = 0
        self.closed = False

    async def send(self, call: Call) -> Reply:
        self.sent += 1
        if self.gate:
            await self.gate.wait()
        return Reply("ok", usage=Usage(calls=1, output_tokens=self.used))

    async def aclose(self) -> None:
        self.closed = True


def test_calls_wait_for_those_in_flight_to_turn_out_cheaper() -> None:
    """With room for two worst cases, ten cheap calls all fit, two at a time at first."""

    async def story() -> None:
        gate = asyncio.Event()
        server = Server(10, gate)
        spending = meter(tokens=2_100)
        transport = Metered(server, spending)
        tasks = [asyncio.create_task(transport.send(call(0, 1_000))) for _ in range(10)]
        for _ in range(5):
            await asyncio.sleep(0)
        assert server.sent == 2
        gate.set()
        replies = await asyncio.gather(*tasks)
        assert all(reply.usage.usd == pytest.approx(1e-4) for reply in replies)
        assert (transport.model, spending.spent.output_tokens) == ("m", 100)
        await transport.aclose()
        assert server.closed

    asyncio.run(story())


def test_waiting_ends_in_an_error_where_no_room_comes() -> None:
    """Those that wait hear of it when the calls in flight have used the budget up."""

    async def story() -> None:
        spending = meter(tokens=2_100)
        transport = Metered(Server(1_000), spending)
        done = await asyncio.gather(
            *(transport.send(call(0, 1_000)) for _ in range(5)), return_exceptions=True
        )
        assert sum(isinstance(d, BudgetError) for d in done) == 3
        assert spending.spent.output_tokens == 2_000

    asyncio.run(story())


def test_waiters_of_several_event_loops_are_woken() -> None:
    """Two threads with a loop each share one meter and both finish."""
    spending = meter(tokens=1_100)
    done: list[int] = []

    async def send() -> None:
        transport = Metered(Server(1), spending)
        replies = await asyncio.gather(*(transport.send(call(0, 1_000)) for _ in range(20)))
        done.append(len(replies))

    threads = [threading.Thread(target=lambda: asyncio.run(send())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [20, 20]
    assert spending.spent.calls == 40


class FailsError(QuotewiseError):
    default_step = ""


@given(
    limit=st.integers(1_000, 6_000),
    story=st.lists(st.tuples(st.integers(1, 1_500), st.floats(0, 1), st.sampled_from("sfd")), max_size=30),
)
def test_whatever_happens_the_limit_holds(limit: int, story: list[tuple[int, float, str]]) -> None:
    """Over any sequence of calls that settle, fail or stay open, use never passes the budget."""
    spending = meter(tokens=limit)
    for max_output, share, ending in story:
        try:
            reservation = admitted(spending, call(0, max_output))
        except BudgetError:
            continue
        _end(reservation.worst, share, ending, reservation.settle, reservation.__exit__)
        total = spending.spent + spending.doubtful
        assert total.input_tokens + total.output_tokens <= limit


def _end(
    worst: Usage, share: float, ending: str, settle: Callable[[Usage], Usage], leave: Callable[..., None]
) -> None:
    if ending == "s":
        settle(Usage(calls=1, output_tokens=int(worst.output_tokens * share)))
    elif ending == "d":
        leave(TimedOutError, TimedOutError("late"), None)
    else:
        leave(FailsError, FailsError("no"), None)


# The table.


def test_the_shipped_table_has_a_date_sources_and_no_unknown_zero() -> None:
    """Every entry names its source; only the built-in engine is free."""
    table = shipped()
    assert table.date == "2026-11-22"
    for name, price in table.models.items():
        assert price.source, name
        if name != "extractive":
            assert price.input, name
            assert price.output, name


def test_costs_by_hand() -> None:
    """Plain, cached and written input and output, each at its price; long input doubles."""
    usage = Usage(calls=1, input_tokens=10_000, cached_tokens=4_000, written_tokens=1_000, output_tokens=200)
    by_hand = (5_000 * 0.10 + 4_000 * 0.01 + 1_000 * 0.125 + 200 * 0.50) / 1e6
    assert cost(usage, "gpt-6-luna") == pytest.approx(by_hand)
    long = Usage(calls=1, input_tokens=300_000, output_tokens=1_000)
    assert cost(long, "gpt-6-luna") == pytest.approx((300_000 * 0.20 + 1_000 * 0.75) / 1e6)
    many = long.model_copy(update={"calls": 2})
    assert cost(many, "gpt-6-luna", longest=150_000) == pytest.approx((300_000 * 0.10 + 1_000 * 0.50) / 1e6)


def test_a_long_call_costs_the_same_however_often_it_was_tried() -> None:
    """The surcharge is on the one answer; attempts that failed before it change nothing."""
    long = Usage(calls=1, input_tokens=300_000, output_tokens=10)
    tried = long.model_copy(update={"calls": 3})
    spending = Meter(None, "gpt-6.2-sol")
    with admitted(spending, call()) as reservation:
        settled = reservation.settle(tried)

    assert settled.usd == cost(long, "gpt-6.2-sol") == cost(tried, "gpt-6.2-sol")
    assert priced(tried, "gpt-6.2-sol").usd == settled.usd > 1


def test_a_cached_token_of_unknown_price_is_billed_as_input() -> None:
    """At most, never less: gpt-6.2-sol names no price for cached input."""
    usage = Usage(calls=1, input_tokens=1_000_000, cached_tokens=500_000)
    assert Price(input=2.0, output=1.0).cost(usage) == pytest.approx(2.0)


@pytest.mark.parametrize("model", ["", "llama3", "gpt-6-luna-mini", "gpt-6", "openai/gpt-6-luna"])
def test_a_model_that_is_not_in_the_table_is_unknown(model: str) -> None:
    """No price is guessed from a similar name."""
    assert cost(Usage(calls=1, input_tokens=1), model) is None
    assert window(model) is None
    assert output_limit(model) is None


def test_a_dated_snapshot_has_its_familys_price() -> None:
    """Servers answer with the snapshot's name."""
    assert shipped().of("gpt-6-luna-2026-09-22") == shipped().of("gpt-6-luna")
    assert window("gpt-6-luna-2026-09-22") == 1_050_000
    assert output_limit("gpt-6-luna") == 128_000


def test_nothing_used_costs_nothing() -> None:
    """A failed attempt without tokens has a known cost, also where the price is unknown."""
    assert cost(Usage(calls=1), "llama3") == 0.0


def test_the_built_in_engine_is_free() -> None:
    """Its price is known to be 0, which a budget in dollars can be held with."""
    assert cost(Usage(calls=1, input_tokens=5), "extractive") == 0.0
    admitted(Meter(Budget(usd=1), "extractive"), call())


def test_the_users_own_prices_come_first() -> None:
    """An entry of the user replaces the shipped one as a whole; the shipped table stays as it was."""
    own = shipped().with_({"gpt-6-luna": {"input": 5, "output": 6}, "mine": {"input": 0, "output": 0}})
    usage = Usage(calls=1, input_tokens=1_000_000, cached_tokens=1_000_000)
    assert cost(usage, "gpt-6-luna", own) == pytest.approx(5.0)
    assert cost(usage, "mine", own) == 0.0
    assert cost(usage, "gpt-6-luna") == pytest.approx(0.02)


@pytest.mark.parametrize("entry", [{"in": 1}, {"input": -1}, {"input": "1"}, {"output": True}])
def test_a_price_without_sense_is_refused(entry: dict[str, object]) -> None:
    """A misspelt field or a price that is no number is an error, not a price of nothing."""
    with pytest.raises(UsageError, match="mine"):
        shipped().with_({"mine": entry})
