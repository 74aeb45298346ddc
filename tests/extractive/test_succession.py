"""Who comes next in a post is told by who succeeds whom, or not at all; and when the next of a thing is."""

from __future__ import annotations

import pytest

from quotewise._extractive.answers.answer import answer
from quotewise._plans.numbered import Line

BANK = (
    "Aurel Bank said its profit fell in Q3 to $41 million, from $55 million in Q2.",
    "It put out its figures on Tuesday 4 November.",
    "The next will follow on 12 February.",
    "Marta Lind has been head of the bank since 2016.",
    "She will be succeeded by Jonas Weber, now in charge of lending, when she retires in May.",
    "Its finance chief, Ole Brun, left in June and was replaced by Ida Falk.",
)
CHOIR = (
    "Rita Moss told the choir that she would stand down as treasurer in April.",
    "Ken Abbot, a baker from Holm, offered to take over from her.",
    "The chair, Dora Finch, thanked Moss for her work.",
    "The old piano will be replaced next year.",
    "The next concert is on Monday 14 April at 7pm in the church.",
)
FOODS = (
    "Marlow Foods made a profit of £12 million in the second quarter of 2024, up from £9 million.",
    "It published its results on 24 July; the next are due on 23 October.",
    "The chair, Helen Grant, will step down in December after nine years.",
    "Tom Okafor, who runs the frozen foods unit in Derby, will succeed her.",
)


def said(texts: tuple[str, ...], question: str) -> str:
    """The answer's own words, empty where there are none."""
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    found = answer(lines, question)
    if found.status != "answered" or not found.span:
        return ""
    return lines[found.picked[0] - 1].text[slice(*found.span)]


@pytest.mark.parametrize(
    ("texts", "question", "expected"),
    [
        (BANK, "Who will be the next head of the bank?", "Jonas Weber"),
        (BANK, "Who will succeed Marta Lind?", "Jonas Weber"),
        (BANK, "Who replaced Ole Brun?", "Ida Falk"),
        (BANK, "Who is the new finance chief?", "Ida Falk"),
        (CHOIR, "Who will be the new treasurer?", "Ken Abbot"),
        (CHOIR, "Who will become treasurer?", "Ken Abbot"),
        (CHOIR, "Who will take over as treasurer?", "Ken Abbot"),
        (FOODS, "Who will become the new chair?", "Tom Okafor"),
        (FOODS, "Who is the next chair?", "Tom Okafor"),
        (FOODS, "Who will replace Helen Grant?", "Tom Okafor"),
    ],
)
def test_a_successor_is_who_succeeds(texts: tuple[str, ...], question: str, expected: str) -> None:
    """Not who leaves, though the sentence about that one says more of what is asked."""
    assert said(texts, question) == expected


@pytest.mark.parametrize(
    ("texts", "question"),
    [
        (CHOIR, "Who will become the new chair?"),
        (CHOIR, "Who will be the next chair of the choir?"),
        (BANK, "Who will be the next chairman?"),
        (BANK[3:4], "Who will be the next head of the bank?"),
        (FOODS, "Who will become the new finance director?"),
    ],
)
def test_who_has_a_post_is_not_who_comes_next(texts: tuple[str, ...], question: str) -> None:
    """Nobody is named where no sentence tells of a successor."""
    assert said(texts, question) == ""


@pytest.mark.parametrize(
    ("texts", "question", "expected"),
    [
        (CHOIR, "Who is the chair?", "Dora Finch"),
        (CHOIR, "Who thanked Rita Moss?", "Dora Finch"),
        (BANK, "Who has been head of the bank since 2016?", "Marta Lind"),
    ],
)
def test_who_has_a_post_is_still_told(texts: tuple[str, ...], question: str, expected: str) -> None:
    """A question that asks for no successor is answered as ever."""
    assert expected in said(texts, question)


@pytest.mark.parametrize(
    ("texts", "question", "expected"),
    [
        (FOODS, "When are the next results due?", "23 October"),
        (FOODS, "When will the next results be published?", "23 October"),
        (FOODS, "When were the results published?", "24 July"),
        (BANK, "When are the next figures due?", "12 February"),
        (CHOIR, "When is the next concert?", "Monday 14 April"),
    ],
)
def test_the_next_is_told_by_its_own_date(texts: tuple[str, ...], question: str, expected: str) -> None:
    """The date after "the next", in a sentence that may name no more than that."""
    assert said(texts, question) == expected


MILL = (
    "The mill in Vik will stay closed until the end of August, the owner said.",
    "The repair takes about six weeks, and the new mast is 40 metres long.",
    "The rent of the hall is £900 a month, and the wall is 3 metres high.",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How long will the mill stay closed?", "the end of August"),
        ("How long does the repair take?", "six weeks"),
        ("How long is the new mast?", "40 metres"),
        ("How high is the rent?", "£900"),
        ("How high is the wall?", "3 metres"),
    ],
)
def test_how_long_may_be_until_a_day_and_how_high_a_sum(question: str, expected: str) -> None:
    """A length of time or a height where the question asks for one."""
    assert expected in said(MILL, question)


@pytest.mark.parametrize(
    ("texts", "question", "expected"),
    [
        (FOODS, "What was the profit in Q2 2024?", "£12 million"),
        (FOODS, "What was the Q2 profit?", "£12 million"),
        (BANK, "What was the profit in the third quarter?", "$41 million"),
        (BANK, "How much was the profit in the second quarter?", "$55 million"),
        (FOODS, "What was the profit in Q3 2024?", ""),
    ],
)
def test_a_quarter_is_one_by_its_sign_or_its_name(
    texts: tuple[str, ...], question: str, expected: str
) -> None:
    """ "Q2" and "the second quarter" are the same, another quarter is not."""
    assert said(texts, question) == expected


@pytest.mark.parametrize(
    "sought",
    [
        "A search for his successor is under way.",
        "The board is looking for a successor.",
        "No successor has been found.",
        "His replacement will be announced in May.",
    ],
)
def test_that_a_successor_is_sought_names_nobody(sought: str) -> None:
    """Only the one who leaves is named."""
    leaves = f"The finance director, Imran Sethi, who retires in June, said that costs rose. {sought}"

    assert "" == said((leaves, "Sales rose by 5% in the first half."), "Who will succeed Imran Sethi?")


def test_a_successor_who_was_sought_and_found_is_named() -> None:
    """The search is not all that is said."""
    texts = (
        "After a long search for a successor, Vera Holt will succeed Imran Sethi in June.",
        "Sales rose.",
    )

    assert "Vera Holt" in said(texts, "Who will succeed Imran Sethi?")
