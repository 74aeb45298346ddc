"""The bill before the first call: never below what the run then takes, and close to it."""

from __future__ import annotations

import pytest

from quotewise import Reader, Usage, estimate
from quotewise._io.prices import cost
from quotewise._plans.ask import Question
from quotewise._plans.core import Call, Reply
from quotewise._plans.facts import FactsTask, facts
from quotewise._plans.forecast import Work, forecast
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import Limits
from quotewise._plans.summarize import SummaryTask, summarize
from quotewise._text.tokens import count_tokens
from quotewise.testing import ScriptedTransport

from .replies import play
from .test_summarize import NUMBERING, TOWN, long_model, many

SMALL = Limits(window=5_900, chunk=150)


@pytest.mark.parametrize("work", [SummaryTask(), FactsTask(), Question("What will it cost?")])
def test_one_pass_is_one_call_likely(work: Work) -> None:
    """A short article is read once; at most it is asked again and repaired."""
    bill = forecast(NUMBERING, work, Limits())

    assert (1, 1) == (bill.likely.calls, bill.parts)
    assert bill.likely.input_tokens < bill.most.input_tokens
    assert bill.likely.output_tokens < bill.most.output_tokens


def test_a_long_run_stays_within_its_bill() -> None:
    """Calls and prompt tokens of a real map-reduce lie between none and the most."""
    numbering = Numbering((many(60),))
    bill = forecast(numbering, SummaryTask(words=None), SMALL)
    _, calls = play(summarize(numbering, SummaryTask(words=None), SMALL), long_model)
    given = sum(count_tokens(m.content) for call in calls for m in call.messages)

    assert 0.5 * bill.likely.calls <= len(calls) <= bill.most.calls
    assert given <= bill.most.input_tokens
    assert 0.5 * given <= bill.likely.input_tokens <= 2 * given


def test_the_calls_of_a_map_are_counted_exactly() -> None:
    """One call a part is known before the first is made."""
    numbering = Numbering((many(60),))
    _, calls = play(facts(numbering, FactsTask(), SMALL), long_model)

    assert len(calls) == forecast(numbering, FactsTask(), SMALL).likely.calls


def test_estimate_makes_no_call_and_knows_the_price() -> None:
    """The price comes from the table; an unknown model has none."""

    def never(call: Call) -> Reply:
        raise AssertionError(call.task)

    with Reader(transport=ScriptedTransport(never, model="gpt-6-luna")) as reader:
        bill = reader.estimate(TOWN, "summary")
    with Reader(transport=ScriptedTransport(never, model="somebody's")) as reader:
        unknown = reader.estimate(TOWN, "answer", question="What?")

    assert bill.most.usd == cost(bill.most, "gpt-6-luna") > 0
    assert "price unknown" in str(unknown)


def test_the_built_in_engine_is_free() -> None:
    """Nothing is called, so nothing is spent."""
    with Reader(model="extractive") as reader:
        assert Usage() == reader.estimate(TOWN).most


def test_a_run_tells_what_a_long_call_cost_after_a_retry() -> None:
    """As the bill foresaw it."""
    served = Reply('{"facts": []}', usage=Usage(calls=2, input_tokens=300_000, output_tokens=10, usd=None))
    with Reader(transport=ScriptedTransport([served], model="gpt-6.2-sol")) as reader:
        assert reader.facts("Rain fell.").usage.usd == cost(served.usage, "gpt-6.2-sol") > 1


def test_the_bill_of_a_long_article_is_at_most_with_its_surcharge() -> None:
    """What each call costs when it is asked again, the long one's price for all of them."""
    bill = estimate("Rain fell in Oslo on Monday, again. " * 40_000, "facts", model="gpt-6.2-sol")
    assert bill.likely.input_tokens > 272_000
    assert bill.likely.usd < bill.most.usd
    assert bill.most.usd > 1.9 * cost(Usage(input_tokens=bill.most.input_tokens), "gpt-6.2-sol", longest=1)
