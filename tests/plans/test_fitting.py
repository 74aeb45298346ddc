"""What is taken for an answer out of all that a model writes, and what never is."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from quotewise._errors import MalformedError, RefusedError
from quotewise._plans.asking import read
from quotewise._plans.core import Reply
from quotewise._plans.fitting import Misfit, fitted
from quotewise._plans.presented import values_in, without_thoughts
from quotewise._plans.schemas import (
    ClaimedAnswer,
    ClaimedFacts,
    ClaimedRepairs,
    ClaimedSummary,
    ClaimedVerdicts,
    unfit,
)
from quotewise._plans.shapes import claimed, leaves
from quotewise._plans.sketch import sketch

RAIN = {"evidence": [1], "kind": "event", "text": 'Rain {fell} on the "old" town.'}
FACTS = json.dumps({"facts": [RAIN]})
DRAFT = '{"facts": []}'


@pytest.mark.parametrize(
    "text",
    [
        f"<think>\n\n</think>\n\n{FACTS}",
        f"<think>A draft: {DRAFT} No. {{</think>\n{FACTS}",
        f"Let me see {{what}} it says. </think>\n```json\n{FACTS}\n```",
        f"<think>one</think> <think>two</think>{FACTS}",
        f"Here is the JSON:\n{FACTS}",
        f"{FACTS}\n\nI hope this helps! Ask for {{more}}.",
        f"Here you go [as asked]:\n```json\n{FACTS}\n```\nNote: I kept {{it}} short.",
        f"A first draft: {DRAFT}. Better: {FACTS}",
        f"```json\n{FACTS}\n```\n\nSources: [1], [2, 3] and {{}}",
        f'{{"ClaimedFacts": {FACTS}}}',
        f'{{"name": "ClaimedFacts", "arguments": {FACTS}}}',
        f"The facts are {json.dumps([RAIN])}.",
        f"{FACTS[:-2]},], }}",
    ],
)
def test_the_answer_is_taken_out_of_what_stands_around_it(text: str) -> None:
    """Thoughts, words, fences and a wrapper are presentation; the last value that fits is the answer."""
    assert ClaimedFacts.model_validate_json(FACTS) == fitted(text, ClaimedFacts)


@pytest.mark.parametrize(
    "text",
    [
        f"<think>Perhaps {FACTS}</think> I would rather not.",
        f"<think>Perhaps {FACTS}",
        "The facts are rain [1] and sun []",
        f"{FACTS[:-1]}",
        f'{{"facts": [{json.dumps(RAIN)}, {{"evidence": [2], "text": "a "quoted" word"}}]}}',
        '{"unexpected": [1, 2]}',
        "[1, 2]",
        '{"facts": {"evidence": [1]}}',
    ],
)
def test_what_is_no_whole_answer_is_none(text: str) -> None:
    """Neither a draft in thoughts, nor a piece of a broken answer, nor brackets in words."""
    with pytest.raises(Misfit):
        fitted(text, ClaimedFacts)


def test_a_line_end_within_a_string_is_one() -> None:
    """Many models do not escape it."""
    text = '{"facts": [{"evidence": [1], "kind": "event", "text": "Rain\nfell."}]}'

    assert "Rain\nfell." == fitted(text, ClaimedFacts).facts[0].text


def test_a_tag_in_the_words_of_an_answer_is_no_thought() -> None:
    """An article may be about such tags."""
    text = json.dumps({"facts": [{**RAIN, "text": "The tag </think> ends it."}]})

    assert "The tag </think> ends it." == fitted(f"<think>x</think>{text}", ClaimedFacts).facts[0].text


@pytest.mark.parametrize(
    "text",
    [
        '{"' * 100_000,
        '{"\\"' * 100_000,
        "[" * 100_000,
        '{"a": ' * 50_000,
        '["' * 100_000,
        "</think>" * 50_000,
        '{"facts": [' + "[" * 900 + "]" * 900 + "]}",
        "[" + "1" * 9_000,
    ],
    ids=["quotes", "escapes", "lists", "objects", "openings", "tags", "nested", "digits"],
)
def test_an_endless_answer_is_looked_through_at_once(text: str) -> None:
    """Braces that open nothing must not be tried one against all the others."""
    began = perf_counter()
    with pytest.raises(Misfit):
        fitted(text, ClaimedFacts)

    assert perf_counter() - began < 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
CONTAINERS = st.lists(JSON, max_size=3) | st.dictionaries(st.text(max_size=5), JSON, max_size=3)
WORDS = st.text(st.characters(exclude_characters="{}[]"), max_size=20)


@given(st.lists(st.tuples(WORDS, CONTAINERS), max_size=4), WORDS)
def test_every_value_that_stands_in_words_is_found(parts: list[tuple[str, Any]], rest: str) -> None:
    """Whatever its strings hold, and whatever the words are."""
    text = "".join(words + json.dumps(value) for words, value in parts) + rest

    assert [value for _, value in parts] == values_in(text)


@given(st.text(max_size=60))
def test_whatever_is_written_can_be_looked_through(text: str) -> None:
    """No text makes the search fail in another way."""
    assert isinstance(values_in(without_thoughts(text)), list)


# Slips of form.


@pytest.mark.parametrize(
    "evidence", [3, "3", "3|", "[3]", ["[3]"], [3.0], "3-3", "3|Rain fell.", "sentence 3", "S3"]
)
def test_a_number_is_a_number_however_it_is_written(evidence: Any) -> None:
    """The sentence that is meant is beyond doubt."""
    text = json.dumps({"facts": [{**RAIN, "evidence": evidence}]})

    assert [3] == fitted(text, ClaimedFacts).facts[0].evidence


@pytest.mark.parametrize(
    "evidence", [True, [None], "1,200", "3.5", 3.5, "the third", "5-3", "1-500", [[1]], {"n": 1}, 10**400]
)
def test_what_names_no_sentence_is_not_guessed(evidence: Any) -> None:
    """An entry that points at nothing readable is set apart, and is no claim."""
    answer = fitted(json.dumps({"facts": [RAIN, {**RAIN, "evidence": evidence}]}), ClaimedFacts)

    assert [[1]] == [fact.evidence for fact in answer.facts]
    [apart] = unfit(answer)
    assert apart.text == RAIN["text"]
    assert "evidence" in apart.reason


def test_a_summary_without_ranks_and_headline_is_one() -> None:
    """They order and adorn; claims without a rank come after those that have one."""
    entries = [{"evidence": [1], "text": "Rain fell."}, {"evidence": [2], "rank": "1", "text": "Sun came."}]
    bare = fitted(json.dumps(entries), ClaimedSummary)
    null = fitted(json.dumps({"claims": entries, "headline": None}), ClaimedSummary)

    assert bare == null
    assert "" == bare.headline
    assert bare.claims[0].rank > bare.claims[1].rank == 1


@pytest.mark.parametrize("status", ["Answered", "ANSWERED", " answered. "])
def test_a_status_in_other_letters_is_the_same(status: str) -> None:
    """So is `short` where it is null."""
    answer = fitted(json.dumps({"status": status, "claims": [], "short": None}), ClaimedAnswer)

    assert ("answered", "") == (answer.status, answer.short)


def test_names_are_read_with_their_spaces_and_an_unknown_status_is_none() -> None:
    """ "Not in source" can be nothing else; "unclear" could be anything."""
    assert "not_in_source" == fitted('{"status": "Not in source", "claims": []}', ClaimedAnswer).status
    verdicts = '{"verdicts": [{"claim": 1, "sentence": 2, "verdict": "Not said"}]}'
    assert "not_said" == fitted(verdicts, ClaimedVerdicts).verdicts[0].verdict
    with pytest.raises(Misfit):
        fitted('{"status": "unclear", "claims": []}', ClaimedAnswer)


@pytest.mark.parametrize(
    ("kind", "meant"), [("Event", "event"), ("opinion", "statement"), (None, "statement")]
)
def test_an_unknown_kind_of_fact_costs_no_fact(kind: Any, meant: str) -> None:
    """The kind says how a fact may be used, not what it says."""
    assert meant == fitted(json.dumps({"facts": [{**RAIN, "kind": kind}]}), ClaimedFacts).facts[0].kind


@pytest.mark.parametrize(
    "entry", ["Rain fell.", 7, {}, {"evidence": [1]}, {"evidence": [1], "text": "a " * 2_000}]
)
def test_one_entry_that_cannot_be_read_is_set_apart(entry: Any) -> None:
    """The others are kept, and it is told with its reason."""
    answer = fitted(json.dumps({"facts": [RAIN, entry]}), ClaimedFacts)

    assert [RAIN["text"]] == [fact.text for fact in answer.facts]
    [apart] = unfit(answer)
    assert 0 < len(apart.text) < 300
    assert "form cannot be read" in apart.reason


@pytest.mark.parametrize("claim", [2, "2", "2.", "claim 2", "[2]", [2]])
@pytest.mark.parametrize(("sentence", "meant"), [(4, 4), ("[4]", 4), ([4, 5], 4), (None, 0), ([], 0)])
def test_a_verdict_names_its_claim_and_its_sentence_in_any_form(
    claim: Any, sentence: Any, meant: int
) -> None:
    """It was asked for and paid for, and what is meant is beyond doubt."""
    text = json.dumps({"verdicts": [{"claim": claim, "sentence": sentence, "verdict": "partly"}]})
    [verdict] = fitted(text, ClaimedVerdicts).verdicts

    assert (2, meant) == (verdict.claim, verdict.sentence)


@pytest.mark.parametrize("rest", [{"text": None, "evidence": []}, {"text": ""}, {}])
def test_a_claim_may_be_withdrawn_with_nothing(rest: dict[str, Any]) -> None:
    """Many models write null where they were told to give an empty text."""
    [repair] = fitted(json.dumps({"repairs": [{"claim": 1, **rest}]}), ClaimedRepairs).repairs

    assert (1, "", []) == (repair.claim, repair.text, repair.evidence)


def test_bare_entries_are_the_list() -> None:
    """One that stands alone, or several, one a line; not an object of other fields."""
    entries = [RAIN, {**RAIN, "text": "Sun came."}]
    alone = fitted(f"Here:\n{json.dumps(RAIN)}", ClaimedFacts)
    lines = fitted("\n".join(map(json.dumps, entries)), ClaimedFacts)

    assert [[RAIN["text"]], [RAIN["text"], "Sun came."]] == [
        [f.text for f in a.facts] for a in (alone, lines)
    ]
    with pytest.raises(Misfit):
        fitted('{"note": "Rain fell."}', ClaimedFacts)


def test_more_wrong_than_right_is_no_answer() -> None:
    """Such a model is better asked again than believed in part."""
    with pytest.raises(Misfit) as caught:
        fitted(json.dumps({"facts": [RAIN, {"text": "x"}, {"text": "y"}]}), ClaimedFacts)

    assert 2 == caught.value.count


class Flood(BaseModel):
    """What an extraction is asked for."""

    town: str | None = None
    homes: int | None = None
    streets: list[str] = []


def filled(**fields: Any) -> dict[str, Any]:
    """The values that an extraction's answer gives, by their names."""
    answer = fitted(json.dumps(fields), claimed(Flood))
    return {leaf.name: leaf.value for leaf in leaves(answer)}


def test_a_leaf_without_a_value_is_nothing_said() -> None:
    """Whatever it cites; and a field that is left out or null is the same."""
    assert {"homes": 340} == filled(
        town={"evidence": [2], "value": None}, homes={"evidence": [1], "value": 340}
    )
    assert {"homes": 340} == filled(homes={"evidence": "1", "value": 340}, streets=None)


@pytest.mark.parametrize(
    ("written", "meant"), [("340 homes", 340), ("1,200", 1_200), ("2.5 million", 2_500_000), ("340", 340)]
)
def test_a_number_in_words_is_that_number(written: str, meant: int) -> None:
    """It is compared with the article's own numbers afterwards, so a wrong one is refused there."""
    assert {"homes": meant} == filled(homes={"evidence": [1], "value": written})


def test_one_value_that_cannot_be_read_is_set_apart() -> None:
    """And the others stay."""
    fields = {"town": {"evidence": [1], "value": "Oslo"}, "homes": {"evidence": [1], "value": "12 to 15"}}
    answer = fitted(json.dumps(fields), claimed(Flood))

    assert ["town"] == [leaf.name for leaf in leaves(answer)]
    assert ["homes = 12 to 15"] == [one.text for one in unfit(answer)]


def test_an_object_of_other_fields_fills_no_model() -> None:
    """All fields may be left out, but then something must be there."""
    for text in ('{"unexpected": 1}', "{}", '{"town": "Oslo"}'):
        with pytest.raises(Misfit):
            fitted(text, claimed(Flood))


def test_the_shape_of_a_model_is_told_in_a_line() -> None:
    """With what kind of value stands where."""
    told = '{"evidence": [integer, ...], "value": string} or null'

    assert f'"town": {told}' in sketch(claimed(Flood))
    assert f'"streets": [{told}, ...]' in sketch(claimed(Flood))


# Words.


@pytest.mark.parametrize(
    "words", ["I'm sorry, but I can't help with the Kyiv summit.", "I am unable to do that."]
)
def test_a_refusal_in_words_is_told_as_one_without_its_words(words: str) -> None:
    """They may name what the article is about, and errors end up in logs."""
    with pytest.raises(RefusedError, match="in words") as caught:
        read(Reply(words), ClaimedFacts)

    assert "Kyiv" not in str(caught.value)


def test_an_answer_in_words_is_told_as_one() -> None:
    """Not as invalid JSON at line 1 column 2."""
    with pytest.raises(MalformedError, match="in words and not in JSON"):
        read(Reply("Certainly! The article is about a summit."), ClaimedFacts)
    with pytest.raises(MalformedError, match="an empty answer"):
        read(Reply("<think>Hm.</think> "), ClaimedFacts)
