"""Results are values: they round-trip as JSON, cannot be wrong about their quotes, and read well."""

from __future__ import annotations

import copy
import pickle

import pytest
from pydantic import BaseModel, ValidationError

from quotewise import (
    Answer,
    Article,
    Extraction,
    Facts,
    Quote,
    Reader,
    Result,
    Summary,
    Usage,
    UsageError,
    ask,
    attach,
    facts,
    summarize,
    verify,
)
from quotewise import _errors as errors
from quotewise._errors import QuotewiseError
from quotewise._values import Claim, Rejected, Verdict
from quotewise.testing import ScriptedTransport


def test_results_round_trip_as_json(seed: Article) -> None:
    """What is stored can be read again, and is equal."""
    for result in (summarize(seed), facts(seed), ask("Where was the summit?", seed)):
        again = type(result).model_validate_json(result.model_dump_json())

        assert again == result
        assert '"complete":true' in result.model_dump_json()


class Flood(BaseModel):
    """What a caller may ask for."""

    town: str


FLOOD = Article("Rain fell in Oslo.", title="Flood")


@pytest.fixture
def filled() -> Extraction[Flood]:
    """A model filled from an article, by the class that the library makes for it."""
    with Reader(transport=ScriptedTransport([{"town": {"evidence": [1], "value": "Oslo"}}])) as reader:
        return reader.extract(FLOOD, Flood)


class Floods(Extraction[Flood]):
    """A class of a caller's own, which can name its model for good."""


def test_every_result_can_be_sent_to_another_process(filled: Extraction[Flood]) -> None:
    """A process pool pickles what it hands back; the articles for its page come along."""
    results: tuple[Result, ...] = (
        *(filled, summarize(FLOOD), facts(FLOOD), ask("Where?", FLOOD), verify("Rain.", FLOOD)),
        *(Extraction(), Extraction(value=Flood(town="Oslo")), Floods(value=Flood(town="Oslo"))),
    )  # fmt: skip
    for result in results:
        again = pickle.loads(pickle.dumps(result))  # our own bytes

        assert (type(result), result) == (type(again), again) == (type(result), copy.deepcopy(result))
        assert result.to_html() == again.to_html()


def test_an_extraction_is_read_again_by_the_class_that_names_its_model(filled: Extraction[Flood]) -> None:
    """Without a name its value could not be made, and that is told at once, with what to write."""
    stored = filled.model_dump_json()

    assert filled == Extraction[Flood].model_validate_json(stored)
    assert filled.value == Floods.model_validate_json(stored).value
    with pytest.raises(ValidationError, match=r"Extraction\[MyModel\]"):
        Extraction.model_validate_json(stored)


def test_a_loaded_result_is_given_its_article_again(seed: Article) -> None:
    """One article or several; its page is then the page that was."""
    made = facts(seed)
    for given in (seed, [seed], (seed,)):
        loaded = Facts.model_validate_json(made.model_dump_json())
        assert made.to_html() != loaded.to_html()
        attach(loaded, given)
        assert made.to_html() == loaded.to_html()


def test_no_other_article_can_be_attached(seed: Article) -> None:
    """Its page would light words that nobody cited."""
    both = facts([FLOOD, seed])
    for result, given in ((facts(FLOOD), seed), (both, [seed, FLOOD]), (both, [FLOOD]), (both, FLOOD)):
        before = result.to_html()
        with pytest.raises(UsageError, match="not made from"):
            attach(result, given)
        assert before == result.to_html()


def test_a_quote_is_as_long_as_its_text() -> None:
    """A quote whose offsets cannot be right cannot be made."""
    with pytest.raises(ValidationError):
        Quote(start=3, end=5, text="rain")


def test_an_unknown_price_is_not_free() -> None:
    """Adding an unknown price to a known one gives an unknown one."""
    assert (Usage(usd=0.1) + Usage(usd=None)).usd is None
    assert Usage(calls=1, usd=0.25) + Usage(calls=2, usd=0.5) == Usage(calls=3, usd=0.75)


def test_results_read_well(seed: Article) -> None:
    """A person sees the claims, a mark for each quote, where the quotes stand, and which engine read."""
    shown = str(summarize(seed))

    assert "[1]" in shown
    assert "extractive" in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_an_abstention_reads_well(seed: Article) -> None:
    """It says so, and shows what the article does say."""
    shown = str(ask("When was NATO founded?", seed))

    assert "The article does not say." in shown


@pytest.mark.parametrize("kind", [Summary, Facts])
def test_an_empty_result_still_reads(kind: type[Summary] | type[Facts]) -> None:
    """Nothing found is a legal outcome."""
    assert isinstance(str(kind()), str)


def test_an_answer_that_failed_says_so() -> None:
    """No claim survived: that is not the same as the article not saying."""
    claim = Claim(text="It rained.", quotes=(), verdict=Verdict(supported=False, score=0.0))
    refused = (Rejected(claim=claim, reason="it cites no sentence"),)
    assert "survived" in str(Answer(question="What?", status="failed", rejected=refused))


ALL_ERRORS = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, QuotewiseError)]


@pytest.mark.parametrize("kind", ALL_ERRORS)
def test_every_error_says_the_next_step_and_pickles_without_its_result(kind: type[QuotewiseError]) -> None:
    """Process pools pickle errors: the words and the usage travel, article text does not."""
    error = kind("Something happened.")
    error.usage = Usage(calls=2)
    error.result = summarize("A secret sentence stands here.")
    again = pickle.loads(pickle.dumps(error))  # our own bytes

    assert str(again) == str(error) != "Something happened."
    assert Usage(calls=2) == again.usage
    assert b"secret" not in pickle.dumps(error)
    assert set(vars(error)) == set(vars(again))


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    """The module's docstring is the first thing people read; it must name every error, in its place."""
    tree = errors.__doc__ or ""
    for kind in ALL_ERRORS:
        assert kind.__name__ in tree
