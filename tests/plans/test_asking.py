"""Reading replies: what is refused, cut, empty or malformed is told apart, and asked again if that helps."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel

from quotewise._errors import (
    FilteredError,
    MalformedError,
    QuotewiseError,
    RefusedError,
    TruncatedError,
    UnavailableError,
)
from quotewise._plans.asking import ask_each, read
from quotewise._plans.core import Call, Message, Plan, Reply
from quotewise._plans.facts import FactsTask, facts_call
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import read_each
from quotewise._plans.schemas import ClaimedAnswer, ClaimedFacts
from quotewise._plans.shapes import claimed
from quotewise._text.article import Article
from quotewise._values import Usage

from .replies import play, play_list, reply

CALL = Call("facts", (Message("system", "s"), Message("user", "u")), ClaimedFacts, max_output=100)
FACTS = {"facts": [{"evidence": [1], "kind": "event", "text": "Rain fell."}]}


class Town(BaseModel):
    """What an extraction fills."""

    name: str | None = None


def facts_asked() -> Plan[ClaimedFacts]:
    """One call's answer; raises what went wrong with it."""
    [answer] = yield from ask_each([CALL], ClaimedFacts)
    if isinstance(answer, QuotewiseError):
        raise answer
    return answer


def test_a_good_reply_is_read_in_one_round() -> None:
    """A reply that fits the schema needs no second call."""
    answer, calls = play_list(facts_asked(), FACTS)

    assert "Rain fell." == answer.facts[0].text
    assert 1 == len(calls)


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (Reply("", refusal="I cannot help with that."), RefusedError),
        (Reply('{"facts": []}', finish="content_filter"), FilteredError),
    ],
)
def test_a_refusal_and_a_filter_are_final(bad: Reply, error: type[Exception]) -> None:
    """Asking the same again would be refused again, and paid again."""
    with pytest.raises(error):
        play_list(facts_asked(), bad)


@pytest.mark.parametrize(
    "bad",
    ["", "   ", "Sorry, here are the facts.", '{"facts": [', '{"facts": [{"text": "x"}]}', "[1, 2]", "null"],
)
def test_what_does_not_fit_is_asked_again_once_with_the_reasons(bad: str) -> None:
    """The second call repeats the first byte for byte, adds the bad answer and what is wrong with it."""
    answer, calls = play_list(facts_asked(), bad, FACTS)

    assert 1 == len(answer.facts)
    assert CALL.messages == calls[1].messages[:2]
    assert "does not fit the schema" in calls[1].messages[-1].content
    assert ([bad] if bad.strip() else []) == [m.content for m in calls[1].messages if m.role == "assistant"]


def test_a_second_bad_answer_is_an_error() -> None:
    """The repair is bounded: one more call, then a typed error."""
    with pytest.raises(MalformedError):
        play_list(facts_asked(), "nonsense", "nonsense")


def test_a_cut_answer_is_asked_again_with_twice_the_room() -> None:
    """A reply cut at the limit is never parsed, however whole it looks."""
    cut = reply(FACTS, finish="length")
    answer, calls = play_list(facts_asked(), cut, FACTS)

    assert 1 == len(answer.facts)
    assert [100, 200] == [call.max_output for call in calls]
    assert CALL.messages == calls[1].messages


def test_a_cut_answer_stays_cut() -> None:
    """Twice the room was not enough: the error says that the limit was ours."""
    cut = reply(FACTS, finish="length")
    with pytest.raises(TruncatedError, match=r"200 tokens that quotewise set.* Ask for less"):
        play_list(facts_asked(), cut, cut)


@pytest.mark.parametrize(
    ("answers", "forgotten"),
    [
        (["no JSON", "still none"], ["no JSON", "still none"]),
        (["no JSON", {"facts": []}], []),
        ([reply("{", finish="length"), reply("{}", finish="length")], ["{", "{}"]),
        ([reply("", refusal="No.")], [""]),
        ([reply("x", finish="content_filter")], ["x"]),
        (["no JSON", UnavailableError("It broke.")], []),
        ([UnavailableError("It broke.")], []),
    ],
)
def test_replies_that_come_to_nothing_are_forgotten(answers: list[Any], forgotten: list[str]) -> None:
    """A journal would give them again for ever; what led to an answer, or may yet, is kept."""
    heard: list[str] = []
    told = [one if isinstance(one, QuotewiseError) else remembered(one, heard) for one in answers]
    with suppress(QuotewiseError):
        play_list(facts_asked(), *told)

    assert heard == forgotten


def remembered(said: Any, heard: list[str]) -> Reply:
    """A reply that tells when it is forgotten."""
    one = said if isinstance(said, Reply) else reply(said)
    return replace(one, forget=lambda: heard.append(one.text))


def test_a_cut_answer_that_is_asked_for_in_halves_is_not_forgotten() -> None:
    """The halves go on from it, and a second run goes the same way without paying."""
    heard: list[str] = []

    def script(call: Call) -> Any:
        if "2|" in call.messages[1].content and "1|" in call.messages[1].content:
            return remembered(reply("cut", finish="length"), heard)
        return {"facts": []}

    numbering = Numbering((Article("Rain fell in Oslo.\n\nIt stopped at noon."),))
    readings, made = play(
        read_each(
            [numbering.lines],
            lambda part: facts_call(part, FactsTask(None, None)),
            ClaimedFacts,
            numbering,
        ),
        script,
    )

    assert (len(made), len(readings.answers), heard) == (4, 2, [])


@pytest.mark.parametrize(
    ("cut", "room"),
    [
        (Reply("", finish="length"), 600),
        (Reply("<think>Hm.</think>", finish="length"), 600),
        (Reply("<think>Hm, and on and on", finish="length"), 600),
        (Reply('{"facts": [', finish="length", thought=90), 560),
        (Reply('{"facts": [', finish="length", thought=999), 600),
    ],
)
def test_thoughts_that_took_the_room_are_given_more_of_it(cut: Reply, room: int) -> None:
    """An answer that reasoning left no room for needs more than twice the limit."""
    _, calls = play_list(facts_asked(), cut, FACTS)

    assert [100, room] == [call.max_output for call in calls]


def test_a_cut_says_what_the_tokens_went_into_and_whose_limit_it_was() -> None:
    """A person must know whether to ask for less, to reason less or to look at the server."""
    spent = Usage(calls=1, output_tokens=4_950)
    with pytest.raises(TruncatedError, match=r"4,960 tokens that quotewise.* 4,900 of them.* reason less"):
        read(Reply("", finish="length", thought=4_900, usage=spent), ClaimedFacts, 4_960)
    with pytest.raises(TruncatedError, match=r"server or its window: after 1,024 tokens, .*allowed 4,960"):
        read(Reply("", finish="length", usage=Usage(output_tokens=1_024)), ClaimedFacts, 4_960)


def test_what_does_not_fit_is_asked_for_with_its_shape_and_blames_the_form() -> None:
    """Models whose server holds them to nothing never saw the schema: it stood in the request alone."""
    _, calls = play_list(facts_asked(), Reply('{"list": []}', mode="json_schema"), FACTS)

    assert """{"facts": [{"evidence": [integer, ...], "kind": "event" or""" in calls[1].messages[-1].content
    assert "- facts: Field required" in calls[1].messages[-1].content
    assert ("", "json_schema") == (calls[0].unheld, calls[1].unheld)


@pytest.mark.parametrize("bad", ["", {"facts": [{"evidence": [1], "kind": "event", "text": "a " * 2_000}]}])
def test_a_fault_that_a_held_model_can_make_blames_no_form(bad: Any) -> None:
    """Nothing at all, or a claim without end, may come of a strict schema too."""
    _, calls = play_list(facts_asked(), reply(bad), FACTS)

    assert "" == calls[1].unheld


def test_an_answer_that_breaks_off_blames_no_form() -> None:
    """A held model's answer may be cut too, and some servers say "stop" all the same."""
    _, calls = play_list(facts_asked(), Reply('{"facts": [{"evidence": [1], "ki', mode="json_schema"), FACTS)

    assert "" == calls[1].unheld


@pytest.mark.parametrize(("most", "asked"), [(256, 1), (4_000, 1), (5_000, 2), (None, 2)])
def test_no_more_room_is_asked_for_than_the_server_gives(most: int | None, asked: int) -> None:
    """An answer that was cut at the server's own limit would be cut there again."""
    cut = Reply('{"facts": [', finish="length", most=most)
    plan = ask_each([replace(CALL, max_output=4_000)], ClaimedFacts)
    _, calls = play_list(plan, *[cut, FACTS][:asked])

    assert len(calls) == asked


def test_replayed_replies_of_no_use_are_asked_for_anew_once() -> None:
    """Whoever stored them was killed before it dropped them; and nobody may go round for ever."""
    forgotten: list[int] = []
    stale = Reply("No.", replayed=True, forget=lambda: forgotten.append(1))
    answer, calls = play_list(facts_asked(), stale, stale, FACTS)
    assert (calls[2], answer) == (calls[0], ClaimedFacts.model_validate(FACTS))
    assert len(forgotten) == 2

    with pytest.raises(MalformedError):
        play_list(facts_asked(), stale, stale, stale, stale)
    assert len(forgotten) == 2 + 4


def test_a_request_that_was_filtered_is_not_asked_for_anew() -> None:
    """It has no reply at all, so none was replayed."""
    left = [FilteredError("")]
    with pytest.raises(FilteredError):
        play(facts_asked(), lambda _: left.pop(0))

    assert not left


def test_a_reply_of_no_use_that_was_paid_for_now_is_not_asked_for_anew() -> None:
    """Its run ends with the error, and the next one asks."""
    left = [Reply("No.", replayed=True), Reply("No.")]
    with pytest.raises(MalformedError):
        play(facts_asked(), lambda _: left.pop(0))

    assert not left


def test_fields_of_another_schema_show_that_nothing_held_the_model() -> None:
    """Also where every field may be left out."""
    schema = claimed(Town)
    _, calls = play_list(
        ask_each([replace(CALL, schema=schema)], schema), reply({"other": 1}, mode="tool"), {"name": None}
    )

    assert "tool" == calls[1].unheld


def test_thoughts_are_not_sent_back() -> None:
    """They are paid for once; and some chat templates take their tags for their own."""
    _, calls = play_list(facts_asked(), "<think>So much.</think>\nNothing.", FACTS)

    assert ["Nothing."] == [m.content for m in calls[1].messages if m.role == "assistant"]


def test_words_that_seem_to_decline_are_asked_about_once_more() -> None:
    """They may only say that nothing was found; a refusal in its own field is final."""
    answer, _ = play_list(facts_asked(), "I cannot find any facts.", FACTS)
    assert answer.facts

    with pytest.raises(RefusedError):
        play_list(facts_asked(), "I cannot do that.", "I cannot do that.")


def test_failures_stay_in_their_slots() -> None:
    """One lost call does not lose the others, and only what can be helped is asked again."""
    down = UnavailableError("down")
    answers, calls = play_list(ask_each([CALL] * 3, ClaimedFacts), FACTS, down, "bad", FACTS)

    assert [ClaimedFacts, UnavailableError, ClaimedFacts] == [type(a) for a in answers]
    assert 4 == len(calls)


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"facts": []}\n```',
        '```\n{"facts": []}\n```',
        '  {"facts": []}\n',
        "[]",
        "```json\n[]\n```",
    ],
)
def test_presentation_is_forgiven(text: str) -> None:
    """A Markdown fence, white space and a bare list are how some models present the right answer."""
    assert () == tuple(read(Reply(text), ClaimedFacts).facts)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\\ud83d", "\ufffd"),
        ("\\uDE00", "\ufffd"),
        ("\\ud83d\\ude00", "\U0001f600"),
        ("\\\\ud83d", "\\ud83d"),
    ],
)
def test_half_a_surrogate_pair_costs_no_second_call(written: str, meant: str) -> None:
    """Alone it is replaced; a whole pair is its character, and a backslash before a word stays one."""
    text = f'{{"facts": [{{"evidence": [1], "kind": "event", "text": "Rain {written} fell."}}]}}'

    assert read(Reply(text), ClaimedFacts).facts[0].text == f"Rain {meant} fell."


def test_an_answer_nested_without_end_is_malformed() -> None:
    """Also where half a surrogate pair has it read by Python's own reader, which gives up in its own way."""
    with pytest.raises(MalformedError):
        read(Reply("[" * 100_000 + '"\\ud83d'), ClaimedFacts)


def test_a_bare_list_is_not_forgiven_where_it_could_mean_two_things() -> None:
    """An answer has a status too, which a list does not say."""
    with pytest.raises(MalformedError):
        read(Reply("[]"), ClaimedAnswer)


def test_an_endless_claim_is_malformed() -> None:
    """A model in a loop writes a claim of thousands of characters; that is no claim."""
    endless = {"facts": [{"evidence": [1], "kind": "event", "text": "rain " * 1_000}]}
    with pytest.raises(MalformedError, match="no claim"):
        read(reply(endless), ClaimedFacts)


def test_errors_hold_none_of_the_answer() -> None:
    """An answer may quote the article, and errors end up in logs."""
    with pytest.raises(MalformedError) as caught:
        read(Reply('{"facts": [{"kind": "secret words", "evidence": "secret"}]}'), ClaimedFacts)

    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None
