"""The summary plan: one pass where it fits, facts first where not; length by construction; nothing silent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from quotewise._errors import ContextOverflowError, TruncatedError, UnavailableError, UngroundedError
from quotewise._plans.core import Call
from quotewise._plans.facts import FactsTask, facts
from quotewise._plans.ground import Care
from quotewise._plans.numbered import parse
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import Limits
from quotewise._plans.summarize import SummaryTask, summarize
from quotewise._results import Summary
from quotewise._text.article import Article

from .replies import play, play_list, reply

TOWN = Article(
    "The council met on Monday. It voted to close the old bridge.\n\n"
    "Mayor Ann Lee said the work will cost 2.5 million euros. Drivers may use the tunnel until May.\n\n"
    "Shop owners protested against the closure. The bridge was built in 1931."
)
NUMBERING = Numbering((TOWN,))


def point(rank: int, evidence: list[int], text: str) -> dict[str, Any]:
    return {"evidence": evidence, "rank": rank, "text": text}


GOOD = {
    "headline": "Council closes bridge",
    "claims": [
        point(2, [3], "Mayor Ann Lee said the work will cost 2.5 million euros."),
        point(1, [2], "The council voted to close the old bridge."),
        point(3, [5], "Shop owners protested against the closure."),
    ],
}


def test_a_short_article_is_one_call() -> None:
    """The article is shown once, numbered, and each claim comes back with exact quotes."""
    summary, calls = play_list(summarize(NUMBERING, SummaryTask(), Limits()), GOOD)

    assert 1 == len(calls)
    assert "2|It voted to close the old bridge." in calls[0].messages[1].content
    assert 3 == len(summary.claims)
    assert all(TOWN.text[q.start : q.end] == q.text for c in summary.claims for q in c.quotes)


@pytest.mark.parametrize(("words", "kept"), [(100, 3), (20, 2), (9, 1), (2, 1)])
def test_length_is_met_by_dropping_the_least_important(words: int, kept: int) -> None:
    """Claims are dropped whole, by rank; what stays keeps its order; one always stays."""
    summary, _ = play_list(summarize(NUMBERING, SummaryTask(words=words), Limits()), GOOD)

    assert kept == len(summary.claims)
    assert "The council voted to close the old bridge." in summary.text or words == 2
    assert words == 2 or len(summary.text.split()) <= words


def test_a_claim_that_fails_is_asked_again_and_put_right() -> None:
    """The number is wrong; the model is shown the reason and the nearest sentences, once."""
    wrong = {"headline": "", "claims": [point(1, [3], "The work will cost 9 million euros.")]}
    right = {"repairs": [{"claim": 1, "evidence": [3], "text": "The work will cost 2.5 million euros."}]}
    summary, calls = play_list(summarize(NUMBERING, SummaryTask(), Limits()), wrong, right)

    assert "The work will cost 2.5 million euros." == summary.text
    assert ("summary", "repair") == tuple(call.task for call in calls)
    assert "9 million" in calls[1].messages[1].content
    assert summary.trace.notes


def test_a_claim_that_fails_again_is_set_apart_with_its_reason() -> None:
    """What the article does not support is not returned as if it did."""
    claims = [*GOOD["claims"], point(4, [3], "The work will cost 9 million euros.")]  # type: ignore[misc]
    still = {"repairs": [{"claim": 1, "evidence": [3], "text": "It will cost 8 million euros."}]}
    summary, _ = play_list(
        summarize(NUMBERING, SummaryTask(), Limits()), {"headline": "", "claims": claims}, still
    )

    assert 3 == len(summary.claims)
    [rejected] = summary.rejected
    assert "million" in rejected.claim.text
    assert rejected.reason


def test_many_failing_claims_are_asked_again_in_several_calls() -> None:
    """No repair outgrows the window; a part of it that fails costs only its own claims."""
    wrong = [point(i, [3], f"The work will cost {i} billion euros.") for i in range(1, 46)]
    right = {"repairs": [{"claim": 1, "evidence": [3], "text": "The work will cost 2.5 million euros."}]}
    summary, calls = play_list(
        summarize(NUMBERING, SummaryTask(), Limits()),
        {"headline": "", "claims": [*GOOD["claims"], *wrong]},  # type: ignore[misc]
        UnavailableError("down"),
        right,
    )

    assert ["summary", "repair", "repair"] == [call.task for call in calls]
    assert 44 == len(summary.rejected)
    assert any("down" in note for note in summary.trace.notes)


@pytest.mark.parametrize("evidence", [[99], [0], [-1], []])
def test_a_number_that_does_not_exist_is_an_error_of_the_claim(evidence: list[int]) -> None:
    """It is never dropped and never becomes a quote."""
    claims = [*GOOD["claims"], point(4, evidence, "The bridge was built in 1931.")]  # type: ignore[misc]
    summary, calls = play_list(
        summarize(NUMBERING, SummaryTask(), Limits()),
        {"headline": "", "claims": claims},
        {"repairs": []},
    )

    assert "repair" == calls[1].task
    assert "cites" in summary.rejected[0].reason
    assert () == summary.rejected[0].claim.quotes


def test_a_repair_that_fails_is_told_where_the_claim_is() -> None:
    """The claim stays out with both reasons, the trace says so once, and what was read counts as read."""

    claims = [*GOOD["claims"], point(4, [3], "The work will cost 9 million euros.")]  # type: ignore[misc]

    def no_repair(call: Call) -> Any:
        gone = UnavailableError("The server is gone.")
        return gone if call.task == "repair" else {"headline": "", "claims": claims}

    summary, _ = play(summarize(NUMBERING, SummaryTask(), Limits()), no_repair)

    [rejected] = summary.rejected
    assert re.search("9 million.*; asking again failed: The server is gone", rejected.reason)
    assert summary.trace.notes == ("the repair round: asking again failed: The server is gone.",)
    assert summary.complete


def test_without_repair_nothing_is_asked_again() -> None:
    """`repair=False` costs one call and still sets the claim apart."""
    claims = [*GOOD["claims"], point(4, [99], "The bridge was built in 1931.")]  # type: ignore[misc]
    plan = summarize(NUMBERING, SummaryTask(), Limits(), Care(repair=False))
    summary, calls = play_list(plan, {"headline": "", "claims": claims})

    assert (1, 1) == (len(calls), len(summary.rejected))


def test_a_summary_of_which_nothing_holds_is_an_error() -> None:
    """The rejected claims are in the error, with their reasons."""
    wrong = {"headline": "", "claims": [point(1, [3], "The work will cost 9 million euros.")]}
    with pytest.raises(UngroundedError) as caught:
        play_list(summarize(NUMBERING, SummaryTask(), Limits()), wrong, {"repairs": []})

    assert 1 == len(caught.value.rejected)
    summary = caught.value.result
    assert isinstance(summary, Summary)
    assert ((), "", caught.value.rejected) == (summary.claims, summary.headline, summary.rejected)
    assert "9 million" in summary.to_html()


def test_a_bare_list_is_a_summary_and_its_bad_entry_is_rejected() -> None:
    """Also of a document that is read in parts: what no part could say is told at the end."""
    bad = {"evidence": "there", "text": "It was cold."}
    summary, _ = play_list(summarize(NUMBERING, SummaryTask(), Limits()), [*GOOD["claims"], bad])

    assert len(GOOD["claims"]) == len(summary.claims)
    assert ["It was cold."] == [one.claim.text for one in summary.rejected]


@pytest.mark.parametrize("claims", [[], [point(1, [1], "  ")]])
def test_a_model_that_says_nothing_is_an_error(claims: list[Any]) -> None:
    """An empty summary is none."""
    with pytest.raises(UngroundedError, match="without a claim"):
        play_list(summarize(NUMBERING, SummaryTask(), Limits()), {"headline": "", "claims": claims})


@pytest.mark.parametrize(
    ("headline", "kept"),
    [
        ("Council closes old bridge", True),
        ("2.5 million euros for bridge", True),
        ("Aliens land in Moscow, 900 dead", False),
        ("Bridge to cost 9 million euros", False),
        ("Council saves old bridge", False),
        ("Mayor Ann Lee admits blame", False),
        ("Bridge collapses", False),
    ],
)
def test_a_headline_is_checked_too(headline: str, kept: bool) -> None:
    """People read it first: the claims and their quotes must say it, and the trace tells if they do not."""
    summary, _ = play_list(summarize(NUMBERING, SummaryTask(), Limits()), {**GOOD, "headline": headline})

    assert (headline if kept else "") == summary.headline
    assert kept is not any(rejected.claim.text == headline for rejected in summary.rejected)
    assert kept is not any(note.startswith("the headline: ") for note in summary.trace.notes)


@pytest.mark.parametrize(
    ("headline", "kept"),
    [
        ("Minutes of the Harbour Board held on Monday 8 September 2031", True),
        ("Harbour Board held on Monday 8 September 2031 at 7 pm", True),
        ("Minutes of the Harbour Board held on Tuesday 14 October 2031", False),
        ("2 berths let", False),
    ],
)
def test_a_headline_in_the_articles_own_words_stands(headline: str, kept: bool) -> None:
    """Also where its line is broken, and whatever other date the claims tell; a part of a number is none."""
    board = Article(
        "Minutes of the Harbour Board\nheld on Monday 8 September 2031 at 7 pm\n\n"
        "It has 12 berths let by the year.\n\nThe board meets again on Monday 13 October 2031."
    )
    claims = [point(1, [3], "The board meets again on Monday 13 October 2031.")]
    made = {"headline": headline, "claims": claims}
    summary, _ = play_list(summarize(Numbering((board,)), SummaryTask(), Limits()), made)
    assert summary.headline == (headline if kept else "")


@pytest.mark.parametrize(
    ("headline", "kept"),
    [
        ("Starmer Calls for US Support as Europe Prepares for Ukraine Peace Talks", True),
        ("Starmer: US backstop vital for Ukraine", True),
        ("UK PM seeks US backstop for Ukraine", True),
        ("Starmer rules out US backstop", False),
        ("Starmer resigns over Ukraine", False),
    ],
)
def test_headlines_of_an_article_with_its_own(headline: str, kept: bool) -> None:
    """The article's own is kept, whatever the claims are; so is a short true one."""
    text = next((Path(__file__).parents[2] / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    numbering = Numbering((Article(text),))
    number = next(n for n in numbering.numbers if "US backstop" in numbering.text(n))
    made = {"headline": headline, "claims": [point(1, [number, number + 1], numbering.text(number))]}
    summary, _ = play_list(summarize(numbering, SummaryTask(), Limits()), made)
    assert summary.headline == (headline if kept else "")


@pytest.mark.parametrize(
    ("headline", "kept"),
    [("Captain was drunk", False), ("Northline said the captain was well", True)],
)
def test_words_cut_out_of_a_denial_are_no_headline(headline: str, kept: bool) -> None:
    """They stand in the article, in a sentence that says the opposite."""
    article = Article(
        "The ferry ran aground. Northline denied that the captain was drunk. "
        "Northline said the captain was well."
    )
    made = {"headline": headline, "claims": [point(1, [1], "The ferry ran aground.")]}
    summary, _ = play_list(summarize(Numbering((article,)), SummaryTask(), Limits()), made)
    assert summary.headline == (headline if kept else "")


def test_what_is_left_out_for_length_is_told() -> None:
    """A supported claim that found no room is not silently gone."""
    summary, _ = play_list(summarize(NUMBERING, SummaryTask(words=9), Limits()), GOOD)

    assert "2 supported claims left out for length" in summary.trace.notes


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (2, "No claim of at most 2 words was found; this one has 6."),
        (1, "No claim of at most 1 word was found; this one has 6."),
        (6, ""),
        (None, ""),
    ],
)
def test_a_length_that_no_claim_meets_is_told(words: int | None, note: str) -> None:
    """The one claim that stays is not cut; that it is longer than was asked for is said and printed."""
    summary, _ = play_list(summarize(NUMBERING, SummaryTask(words=words), Limits()), GOOD)

    assert (note in summary.trace.notes) is bool(note)
    assert (f"Note: {note}" in str(summary)) is bool(note)
    assert "No claim of" not in str(summary) or note


# Long articles.

SMALL = Limits(window=6_000, chunk=30)


def long_model(call: Call) -> Any:
    """Every sentence is a fact; the merge keeps every second one and cites facts."""
    lines, _ = parse(call.messages[1].content)
    if call.task == "facts":
        return {"facts": [{"evidence": [n], "kind": "event", "text": text} for n, text, *_ in lines]}
    claims = [point(i, [line.number], line.text) for i, line in enumerate(lines[::2], 1)]
    return {"headline": "All of it", "claims": claims}


def many(count: int) -> Article:
    text = "\n".join(f"The village of Port{n} has {n + 20} houses." for n in range(count))
    return Article(text)


def test_a_long_article_is_read_in_batches_and_the_merge_cites_facts() -> None:
    """Provenance survives: the summary's claims cut their quotes out of the article, not of the facts."""
    article = many(40)
    limits = Limits(window=5_900, chunk=150)
    summary, calls = play(summarize(Numbering((article,)), SummaryTask(words=None), limits), long_model)

    tasks = [call.task for call in calls]
    assert tasks.count("facts") > 1
    assert "merge" == tasks[-1]
    assert summary.claims
    for claim in summary.claims:
        [quote] = claim.quotes
        assert claim.text == quote.text == article.text[quote.start : quote.end]


def test_no_merge_sees_article_text_only_facts() -> None:
    """A merge prompt is made of the facts that came back."""
    _, calls = play(
        summarize(Numbering((many(40),)), SummaryTask(words=None), Limits(window=5_900, chunk=150)),
        long_model,
    )
    merges = [call for call in calls if call.task == "merge"]

    assert all("numbered facts" in call.messages[1].content for call in merges)


def test_a_batch_that_cannot_be_read_leaves_a_gap_and_the_rest_goes_on() -> None:
    """One bad batch never loses the others; the gap says which characters and why."""
    article = many(40)

    def flaky(call: Call) -> Any:
        if call.task == "facts" and "Port0 " in call.messages[1].content:
            return UnavailableError("The server is down.")
        return long_model(call)

    limits = Limits(window=5_900, chunk=150)
    summary, _ = play(summarize(Numbering((article,)), SummaryTask(words=None), limits), flaky)

    assert not summary.complete
    [gap] = summary.gaps
    assert "Port0 " in article.text[gap.start : gap.end]
    assert "down" in gap.reason
    assert 0 in summary.coverage.unread


def test_thoughts_without_an_answer_are_not_halved() -> None:
    """Less text does not shorten them, and each half would be paid for at several times the room."""
    with pytest.raises(TruncatedError) as caught:
        play_list(facts(NUMBERING, FactsTask(), Limits()), *[reply("", finish="length")] * 2)

    assert not caught.value.began


def test_a_batch_too_long_for_the_model_is_halved() -> None:
    """The server's window was smaller than thought: the batch is split until it fits."""
    article = many(16)

    def small_window(call: Call) -> Any:
        lines, _ = parse(call.messages[1].content)
        return ContextOverflowError("too long") if len(lines) > 5 else long_model(call)

    plan = summarize(Numbering((article,)), SummaryTask(words=None), Limits())
    with pytest.raises(ContextOverflowError):
        play(plan, lambda call: ContextOverflowError("too long"))
    facts_and_merges = summarize(Numbering((article,)), SummaryTask(words=None), Limits())
    summary, calls = play(facts_and_merges, small_window)

    assert summary.claims
    assert {"summary", "facts", "merge"} == {call.task for call in calls}


def test_a_merge_that_fails_keeps_the_facts() -> None:
    """What was paid for is not lost: the facts stand in for the summary, and a gap says so."""

    def no_merge(call: Call) -> Any:
        return UnavailableError("down") if call.task == "merge" else long_model(call)

    limits = Limits(window=5_900, chunk=150)
    summary, _ = play(summarize(Numbering((many(40),)), SummaryTask(words=30), limits), no_merge)

    assert summary.claims
    assert not summary.complete
    assert re.search("merging", summary.gaps[0].reason)
