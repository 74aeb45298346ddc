"""The answer plan: answered, partly, conflict, abstained or failed, as the checked claims bear out."""

from __future__ import annotations

from typing import Any

import pytest

from quotewise._errors import TruncatedError, UnavailableError
from quotewise._plans.ask import Question, ask
from quotewise._plans.core import Call
from quotewise._plans.numbered import parse
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import Limits
from quotewise._text.article import Article

from .replies import play, play_list, reply
from .test_summarize import NUMBERING, TOWN, many

COST = {"evidence": [3], "text": "The work will cost 2.5 million euros."}
LIE = {"evidence": [3], "text": "The work will cost 9 million euros."}
NOTHING: dict[str, list[Any]] = {"repairs": []}


def test_an_answer_has_claims_with_exact_quotes() -> None:
    """The question stands after the article, so that questions on one article share their beginning."""
    answer, [call] = play_list(
        ask(NUMBERING, Question("What will it cost?"), Limits()), {"status": "answered", "claims": [COST]}
    )

    assert "answered" == answer.status
    assert "2.5 million" in answer.text
    [quote] = answer.claims[0].quotes
    assert quote.text == TOWN.text[quote.start : quote.end]
    assert call.messages[1].content.index("What will it cost?") > call.messages[1].content.index("</source-")


@pytest.mark.parametrize(
    ("said", "then", "status"),
    [
        ({"status": "not_in_source", "claims": []}, (), "not_in_source"),
        ({"status": "answered", "claims": []}, (), "failed"),
        ({"status": "answered", "claims": [LIE]}, (NOTHING,), "failed"),
        ({"status": "answered", "claims": [COST, LIE]}, (NOTHING,), "partly"),
        ({"status": "partly", "claims": [COST]}, (), "partly"),
        ({"status": "conflict", "claims": [COST]}, (), "conflict"),
        ({"status": "not_in_source", "claims": [COST]}, (), "partly"),
    ],
)
def test_the_status_is_what_the_checked_claims_bear_out(
    said: dict[str, Any], then: tuple[Any, ...], status: str
) -> None:
    """Whatever the model called it, an answer without a supported claim is none."""
    answer, _ = play_list(ask(NUMBERING, Question("What will it cost?"), Limits()), said, *then)

    assert status == answer.status


UNSAID = "The article does not say how many pets died."


@pytest.mark.parametrize(
    "claims",
    [
        [{"evidence": [], "text": UNSAID}],
        [{"evidence": [3], "text": UNSAID}],
        [{"evidence": [3], "text": "How many pets died is not stated."}],
        [{"evidence": [3], "text": "Der Artikel nennt keine Zahl."}],
        [LIE],
    ],
)
def test_that_the_article_does_not_say_is_no_claim(claims: list[dict[str, Any]]) -> None:
    """A model that abstains is believed, whatever it writes beside it, and no further call is made."""
    answer, [_] = play_list(
        ask(NUMBERING, Question("How many pets died?"), Limits()),
        {"status": "not_in_source", "claims": claims},
    )

    assert ("not_in_source", ()) == (answer.status, answer.claims)


def test_an_answer_called_one_without_a_claim_says_so() -> None:
    """None was made, so none was refused."""
    answer, _ = play_list(
        ask(NUMBERING, Question("What will it cost?"), Limits()), {"status": "answered", "claims": []}
    )

    assert "gave no claim" in str(answer)
    assert "survived" not in str(answer)


def test_an_entry_that_cannot_be_read_is_rejected_with_its_reason() -> None:
    """The claim beside it is kept, and the answer is a part of one."""
    answer, _ = play_list(
        ask(NUMBERING, Question("What will it cost?"), Limits()),
        {"status": "Answered", "claims": [COST, {"evidence": "below", "text": "It will take a year."}]},
    )

    assert ("partly", 1) == (answer.status, len(answer.claims))
    [rejected] = answer.rejected
    assert "It will take a year." == rejected.claim.text
    assert "form cannot be read" in rejected.reason


def test_an_abstention_shows_the_closest_passages() -> None:
    """A person wants to see what the article does say."""
    answer, _ = play_list(
        ask(NUMBERING, Question("Who built the bridge?"), Limits()),
        {"status": "not_in_source", "claims": []},
    )

    assert () == answer.claims
    assert "bridge" in answer.nearest[0].text
    assert "does not say" in str(answer)


def find_port(call: Call) -> Any:
    lines, _ = parse(call.messages[1].content)
    hits = [line for line in lines if "Port77 " in line.text]
    claims = [{"evidence": [line.number], "text": line.text} for line in hits]
    return {"status": "answered" if claims else "not_in_source", "claims": claims}


def test_a_long_article_is_asked_in_its_nearest_passages() -> None:
    """One call, with the passage and its neighbours, not the whole article."""
    article = many(200)
    question = Question("How many houses has Port77?")
    answer, calls = play(ask(Numbering((article,)), question, Limits(window=5_900, chunk=150)), find_port)

    assert 1 == len(calls)
    assert "97 houses" in answer.text
    assert answer.coverage.unread


def test_exhaustive_reads_every_part() -> None:
    """What is nowhere near the question's words may still answer it; reading all of it finds out."""
    article = many(200)
    question = Question("How many houses has Port77?", exhaustive=True)
    answer, calls = play(ask(Numbering((article,)), question, Limits(window=5_900, chunk=150)), find_port)

    assert len(calls) > 5
    assert ("answered", ()) == (answer.status, answer.coverage.unread)


def test_a_very_long_sentence_does_not_hide_the_answer() -> None:
    """A table row without end stands beside the answer: the answering sentence is shown alone."""
    row = "cell " * 3_000
    article = Article("Words stand here.\n\n" * 500 + f"{row}\n\nPort77 has 97 houses.\n\n{row}")
    question = Question("How many houses has Port77?")
    answer, [call] = play(ask(Numbering((article,)), question, Limits(window=7_000, chunk=500)), find_port)

    assert "97 houses" in answer.text
    assert "cell cell" not in call.messages[1].content


def test_an_abstention_over_passages_says_how_much_was_read() -> None:
    """That nobody looked everywhere is not silent; and a part that failed is no abstention at all."""
    article = many(200)
    limits = Limits(window=5_900, chunk=150)
    nothing = {"status": "not_in_source", "claims": []}
    answer, _ = play(ask(Numbering((article,)), Question("Where did snow fall?"), limits), lambda _: nothing)
    parts = iter([UnavailableError("down"), *[nothing] * 99])
    everywhere = Question("Where did snow fall?", exhaustive=True)
    failed, _ = play(ask(Numbering((article,)), everywhere, limits), lambda _: next(parts))

    assert "of its 200 sentences that were read" in str(answer)
    assert ("failed", False) == (failed.status, failed.complete)
    assert "in what could be read" in str(failed)


def test_an_answer_that_is_always_cut_is_two_calls() -> None:
    """Half the text would not shorten it, so it is not halved."""
    cut = reply({"status": "answered", "claims": []}, finish="length")
    with pytest.raises(TruncatedError):
        play_list(ask(NUMBERING, Question("What?"), Limits()), cut, cut)


def test_several_articles_are_asked_as_one_and_quotes_say_which() -> None:
    """Numbers run on over the articles; a quote names its source."""
    other = Article("The tunnel was closed in June.", title="Tunnel")
    answer, _ = play_list(
        ask(Numbering((TOWN, other)), Question("When was the tunnel closed?"), Limits()),
        {"status": "answered", "claims": [{"evidence": [7], "text": "The tunnel was closed in June."}]},
    )

    [quote] = answer.claims[0].quotes
    assert (1, "Tunnel") == (quote.source, answer.sources[quote.source].title)
    assert quote.text == other.text[quote.start : quote.end]


def test_the_short_answer_is_quoted_where_it_stands() -> None:
    """It is looked for in the sentences that the kept claims cite, and cut from the article."""
    answer = {"status": "answered", "claims": [COST], "short": "2.5 million  euros"}
    found, _ = play_list(ask(NUMBERING, Question("What will it cost?"), Limits()), answer)

    assert found.short
    assert "2.5 million euros" == found.short.text == TOWN.text[found.short.start : found.short.end]
    assert found.claims[0].quotes[0].sentence == found.short.sentence


@pytest.mark.parametrize("short", ["", "9 million euros", "May"])
def test_words_that_the_cited_sentences_do_not_have_are_no_short_answer(short: str) -> None:
    """Not even where another sentence has them."""
    answer = {"status": "answered", "claims": [COST], "short": short}
    found, _ = play_list(ask(NUMBERING, Question("What will it cost?"), Limits()), answer)

    assert found.short is None


def test_an_answer_is_as_sure_as_its_weakest_claim() -> None:
    """Unless the engine says how sure it is, which it does when it abstains as well."""
    told = {"status": "answered", "claims": [COST]}
    model, _ = play_list(ask(NUMBERING, Question("What will it cost?"), Limits()), told)
    engine, _ = play_list(
        ask(NUMBERING, Question("Who sang?"), Limits()),
        {"status": "not_in_source", "claims": [], "sure": 0.2, "nearest": [5, 99, 2]},
    )

    assert model.claims[0].verdict.score == model.score
    assert (0.2, [4, 1]) == (engine.score, [quote.sentence for quote in engine.nearest][:2])
