"""Whose words an answer gives, who may answer a "who", and what an interviewer says: no answer, or doubt."""

from __future__ import annotations

import pytest

from quotewise._extractive.answers.answer import answer
from quotewise._extractive.answers.found import Found
from quotewise._plans.numbered import Line

QUARRY = (
    "Residents and the owner of Holm quarry clashed over a plan to blast at night.",
    "The owner, Piet Vos, said the blasting would be no louder than a passing train.",
    "Nina Falk of the residents' group called the noise unbearable.",
    "Blasting at night will drive families away, said Tom Birk, the doctor.",
    "The vote on the plan was put off until the autumn.",
    "Councillor Ida Moe was ill and could not attend.",
    "A majority voted for a limit between the church and the Ash Bridge.",
)
INTERVIEW = (
    "Q: You grew up on a boat.",
    "A: Until I was nine, yes, and I hated every winter of it.",
    "Q: Your neighbours have complained that the workshop is too loud.",
    "A: They are right. Since May we have worked from eight to four and kept the doors shut.",
    "Q: What do you build now?",
    "A: Small canoes, mostly of cedar.",
)
NAMED = (
    "Ines Roth: How did the choir begin?",
    "Paul Adler: In a garage, with four singers.",
    "Ines Roth: And you have now moved to a church. Was that hard?",
    "Paul Adler: The heating was the hardest thing to pay for.",
    "Ines Roth: Your critics say the concerts are too dear. Are they?",
    "Paul Adler: A seat costs 12 euros, less than the cinema.",
)


def found(texts: tuple[str, ...], question: str) -> tuple[Found, str]:
    """What was found, and its words; each text is a paragraph."""
    lines = [Line(number, text, number) for number, text in enumerate(texts, 1)]
    one = answer(lines, question)
    return one, " ".join(texts[number - 1] for number in one.picked)


@pytest.mark.parametrize(
    "question",
    [
        "What did Nina Falk say about the blasting?",
        "What did Ida Moe say about families?",
        "How did Councillor Brandt vote on the plan?",
    ],
)
def test_what_another_says_or_nobody_does_is_told_with_doubt(question: str) -> None:
    """Whoever was asked for may have said nothing of it."""
    one, _ = found(QUARRY, question)

    assert "not_in_source" == one.status or one.doubtful


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Piet Vos say about the blasting?", "passing train"),
        ("What did the owner say about the blasting?", "passing train"),
        ("What did Tom Birk say about families?", "drive families away"),
    ],
)
def test_ones_own_words_are_told_without(question: str, words: str) -> None:
    """Named by a name or by what somebody is."""
    one, told = found(QUARRY, question)

    assert "answered" == one.status
    assert not one.doubtful
    assert words in told


def test_of_what_one_says_the_sentence_on_the_topic_is_told() -> None:
    """The one that names her holds as much of the question, and nothing of what is asked."""
    lines = [
        Line(1, "Teachers voted to strike for three days in May.", 0),
        Line(2, "The education secretary, Ruth Paley, called the strike reckless.", 1),
        Line(3, '"Children have lost enough lessons," she said.', 1),
        Line(4, "A group of grandmothers handed out soup.", 2),
    ]
    found = answer(lines, "What does the education secretary say about lessons?")

    assert (3,) == found.picked
    assert not found.doubtful


@pytest.mark.parametrize(
    ("question", "doubtful"),
    [("Who voted for a limit?", False), ("Who called the noise unbearable?", False)],
)
def test_a_who_that_names_somebody_is_sure(question: str, doubtful: bool) -> None:
    """A name, or a word for people."""
    assert doubtful == found(QUARRY, question)[0].doubtful


@pytest.mark.parametrize(
    ("texts", "question", "words"),
    [
        (INTERVIEW, "What have the neighbours complained about?", "from eight to four"),
        (INTERVIEW, "Who grew up on a boat?", "Until I was nine"),
        (NAMED, "What do critics say of the concerts?", "12 euros"),
        (NAMED, "Where has the choir moved to?", "heating"),
    ],
)
def test_an_interviewers_line_is_no_answer(texts: tuple[str, ...], question: str, words: str) -> None:
    """The reply below it may be one."""
    one, told = found(texts, question)

    assert not any(turn.startswith(("Q:", "Ines")) for turn in told.splitlines())
    assert "not_in_source" == one.status or words in told


def test_a_turn_of_who_seldom_asks_may_answer() -> None:
    """A talk between two is no interview."""
    talk = (
        "Ann: The mast broke on Friday.",
        "Ben: I saw that the sail was torn, too.",
        "Ann: Who mends it?",
        "Ben: Karl does.",
        "Ann: He is in Bergen until May.",
    )

    assert "The mast broke" in found(talk, "When did the mast break?")[1]
