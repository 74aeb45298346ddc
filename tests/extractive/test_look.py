"""The second look at likely words: the gap a question leaves, and what departs from what is asked."""

from __future__ import annotations

import pytest

from quotewise._extractive import learned
from quotewise._extractive.answers import plain, spans
from quotewise._extractive.answers.look import Look, Told, likeliest
from quotewise._extractive.answers.mismatch import mismatches
from quotewise._extractive.answers.slot import Laid
from quotewise._extractive.answers.spans import Page
from quotewise._extractive.questions.match import Tagged, Weights
from quotewise._extractive.questions.question import Question, read

PAGE = [
    "The steel bridge was designed by Clara Hoffmann, who later taught in Zurich.",
    "Marek Dudas called the offer shameful and announced a march to the capital.",
    "The Austrian treaty was signed in 1748, and 212 delegates watched.",
]


def laid(question: str, text: str) -> tuple[Laid, Tagged]:
    """A question over one sentence of an article of which it is all."""
    page, asked = Page([text]), read(question)
    return Laid(asked, page.sentences[0], page.weights(asked)), page.sentences[0]


def fills(question: str, text: str, words: str) -> float:
    """How well words of a text fill the gap of a question."""
    compared, sentence = laid(question, text)
    texts = [word.text for word in sentence.words]
    wanted = words.split()
    start = next(i for i in range(len(texts)) if texts[i : i + len(wanted)] == wanted)
    return compared.fills(start, start + len(wanted)).best


@pytest.mark.parametrize(
    ("question", "text", "right", "wrong"),
    [
        ("What did Marek Dudas call the offer?", PAGE[1], "shameful", "march"),
        (
            "Who designed the steel bridge?",
            "Clara Hoffmann designed the steel bridge in May.",
            "Hoffmann",
            "May",
        ),
        ("The treaty was signed in what year?", PAGE[2], "1748", "212"),
    ],
)
def test_the_words_in_the_gap_fill_it_better(question: str, text: str, right: str, wrong: str) -> None:
    """What stands where the question asks agrees with it on both sides."""
    assert fills(question, text, right) > fills(question, text, wrong)


def test_what_did_she_do_is_not_answered_before_her_name() -> None:
    """Before "did" what asks was moved to the front; nothing fills a gap there."""
    text = "Union leader Marek Dudas called the offer shameful."
    compared, _ = laid("What did Marek Dudas call the offer?", text)

    assert compared.fills(0, 2).asking == 0.0


def test_an_empty_sentence_has_no_gap() -> None:
    """A line of signs alone agrees with nothing."""
    assert laid("Who won?", "***")[0].whole == 0.0


def looked(question: str) -> tuple[Page, Question, Weights, list[spans.Spot], Look, Told]:
    """A question put to the page, as the engine does it, with its second look at the first sentence."""
    table = learned.fitted()
    page, asked = Page(PAGE), read(question)
    weights = page.weights(asked)
    near = spans.nearest(page, asked, weights)
    spots = [spot for n in near if (spot := spans.best(asked, page.sentences[n.at], n, table.worth))]
    look = Look(page, asked, weights, spots[0].near)
    return page, asked, weights, spots, look, likeliest(look, spots[0].likely, table.look)


def test_shares_of_likely_words_add_up() -> None:
    """The second look gives each likely span a probability, and names the best of them."""
    *_, look, words = looked("Who designed the bridge?")

    assert 0 < words.share <= 1
    assert words.unsure >= 0
    assert look.sentence.lower[words.start : words.end] == ["clara", "hoffmann"]


def test_another_name_in_the_place_of_the_one_asked_for_is_seen() -> None:
    """A Swedish treaty is not the Austrian one."""
    page, asked, weights, spots, look, words = looked("When was the Swedish treaty signed?")
    found = mismatches(page, asked, weights, spots, look, words)

    assert found["name_swapped"] == 1.0
    assert found["name_worth"] > 0


def test_what_is_stated_as_asked_departs_in_no_name() -> None:
    """A question in the sentence's own names has none that is swapped or missing."""
    page, asked, weights, spots, look, words = looked("When was the Austrian treaty signed?")
    found = mismatches(page, asked, weights, spots, look, words)

    assert found["name_swapped"] == found["name_missing"] == 0.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was Ada Bern born?", "1913"),
        ("When did Ada Bern die?", "2005"),
        ("When did Ada Bern lead it?", None),
        ("When was Carl Lund born?", None),
    ],
)
def test_a_life_in_brackets_gives_its_dates(question: str, expected: str | None) -> None:
    """The years after a name are those of a birth and a death, of that name only."""
    sentence = Tagged("Ada Bern (1913–2005) led it in 1950 with Carl Lund.")
    found = plain.lived(read(question), sentence)

    assert (found and sentence.words[found[0]].text) == expected
