"""Reading a question: how it asks, what would answer it, and which words an answer's line should hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._extractive import learned
from quotewise._extractive.answers.letters import Letters, pieces
from quotewise._extractive.answers.spans import Page, nearest
from quotewise._extractive.questions.match import Match, Tagged
from quotewise._extractive.questions.parts import is_english, parts
from quotewise._extractive.questions.question import read
from quotewise._extractive.words.shapes import classes
from quotewise._text.words import words


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Who led the army?", "who", "person"),
        ("To whom was it given?", "who", "person"),
        ("When did it close?", "when", "date"),
        ("He was born when?", "when", "date"),
        ("When it rains, who pays?", "who", "person"),
        ("When was the man who paid born?", "when", "date"),
        ("Where is the bridge?", "where", "place"),
        ("Why did it close?", "why", "reason"),
        ("How many troops are needed?", "many", "number"),
        ("How much did it cost?", "much", "number"),
        ("How old is the mayor?", "much", "number"),
        ("How did it happen?", "how", "thing"),
        ("What year did it open?", "noun", "date"),
        ("In which city is it?", "noun", "place"),
        ("Which general surrendered?", "noun", "person"),
        ("What percentage of GDP is spent?", "noun", "number"),
        ("What kind of bridge is it?", "noun", "thing"),
        ("What is the population of Kelmouth?", "be", "number"),
        ("What's the name of the mayor?", "be", "person"),
        ("What did the minister say?", "do", "thing"),
        ("Who is Maria Lindqvist?", "be", "thing"),
        ("Who is the mayor of Kelmouth?", "who", "person"),
        ("Is the bridge open?", "yes", "thing"),
        ("Name a bridge.", "other", "thing"),
        ("", "other", "thing"),
    ],
)
def test_a_question_has_a_kind_and_an_expected_answer(text: str, kind: str, expected: str) -> None:
    """The word that asks gives the kind; it or the noun after it gives what would answer."""
    asked = read(text)

    assert (asked.kind, asked.expected) == (kind, expected)


@pytest.mark.parametrize(
    ("text", "terms", "head"),
    [
        ("What kind of steel bridge was it?", ("steel", "bridg"), "bridg"),
        ("How many vehicles cross the river?", ("vehicl", "cross", "river"), "vehicl"),
        ("What is the name of the transport minister?", ("transport", "minist"), "minist"),
        ("Who led it?", ("lead",), ""),
    ],
)
def test_what_asks_is_not_wanted(text: str, terms: tuple[str, ...], head: str) -> None:
    """Question words, function words, "kind of" and "the name of" need not stand in an answer's line."""
    asked = read(text)

    assert asked.terms == terms
    assert asked.head == head


def test_the_noun_of_what_year_is_implied() -> None:
    """A line that answers "what year" seldom says "year"; one that answers "what bridge" may well say so."""
    assert read("In what year did it open?").implied == {"year"}
    assert read("What bridge did it open?").implied == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who called it premature?", 1),
        ("Who called it premature and where was the summit?", 2),
        ("Who called it premature? Where was the summit? When was it?", 3),
        ("Who came? Who went? Who stayed? Who slept?", 3),
        ("In what city and what year was it built?", 1),
        ("What are the north and south towers called?", 1),
        ("", 1),
    ],
)
def test_questions_are_taken_apart(text: str, expected: int) -> None:
    """Several questions are several parts, at most three; an "and" between nouns is none."""
    assert len(parts(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What happened?", True),
        ("Tell me about the bridge", True),
        ("Wer hat die Brücke gebaut?", False),
        ("Quand le pont a-t-il fermé ?", False),
        ("橋はいつ開通した", False),
        ("Когда открыли мост?", False),
    ],
)
def test_english_is_told_from_other_languages(text: str, expected: bool) -> None:
    """An English question word or enough English function words make a question English."""
    assert is_english(text) is expected


def test_word_classes_follow_lists_and_endings() -> None:
    """Closed classes by list, names by capital, a first word by what prose does with it."""
    assert (
        classes(words("In March 1756 General Abercrombie quickly led 2,000 troops to Paris."))
        == "PMYKKyv#sPK"
    )
    assert classes(words("Meanwhile the towers cracked")) == "oDsv"


def test_pieces_are_of_two_or_three_letters() -> None:
    """Words give triples, characters without spaces pairs; short words stay whole."""
    assert pieces("Brücke in X") == ["brü", "rüc", "ück", "cke", "in", "x"]
    assert Letters(["alpha beta", "gamma"]).nearest("gammas", 2)[0][0] == 1


def test_a_match_counts_like_words_less() -> None:
    """The word itself counts whole, a word of the same beginning or of near meaning in part."""
    asked = read("Who began the invasion?")
    page = Page(["They began the invasion.", "They started the invasion.", "It rained."])
    weights = page.weights(asked)
    same, kin = (Match(asked, Tagged(s.text), weights) for s in page.sentences[:2])

    assert same.before[-1] == pytest.approx(1.0)
    assert 0.5 < kin.before[-1] < 1.0
    assert [near.at for near in nearest(page, asked, weights)][:2] == [0, 1]


def test_the_table_survives_its_file() -> None:
    """Writing the packaged table and reading it back changes nothing."""
    table = learned.fitted()

    assert learned.parse(learned.dump(table)) == table
    assert 0.0 < table.least < 1.0
    assert len(table.worth) > 1_000


@given(st.text(max_size=80))
def test_any_text_can_be_read_as_a_question(text: str) -> None:
    """No text is an error; wanted words and focus are words of the question."""
    asked = read(text)

    assert {*asked.wanted, *asked.focus} <= set(range(len(asked.words)))
    assert len(asked.classes) == len(asked.words)
    assert 1 <= len(parts(text)) <= 3
    assert is_english(text) in (True, False)
