"""What a summary gives of documents of some kinds: decisions, findings, steps, the figures of a year."""

from __future__ import annotations

import pytest

from quotewise import Article, Reader
from quotewise._extractive.summaries.genre import sought
from quotewise._extractive.summaries.introduced import introduced
from quotewise._extractive.summaries.selection import Room
from quotewise._extractive.summaries.summary import summarize
from quotewise._extractive.words.sentence import sentence
from quotewise._plans.numbered import Line

from .pages import page

ABSTRACT = [
    "Background: Poor sleep is common in adults over 65 and is linked to falls and the use of sedatives.",
    "Methods: We randomly assigned 412 adults from 18 practices to a daily walk or to usual activity.",
    "The primary outcome was the sleep index at 12 weeks, and sleep time was the second.",
    "Results: Of 412 adults, 389 completed the trial.",
    "At 12 weeks the mean index was 6.1 with the walk and 7.4 without (difference 1.3, 95% CI 0.8 to 1.8).",
    "There were 14 falls among those who walked and 17 among the others.",
    "Conclusion: A daily walk improved sleep in adults over 65.",
    "Funding: Research Council of Norway.",
]
RECIPE = [
    "Rye bread for a week",
    "This loaf needs no kneading and keeps for a week.",
    "1. Mix the flours, salt and yeast in a large bowl.",
    "2. Stir the honey into the water and pour it over the flour.",
    "3. Cover the bowl and leave it for 12 hours.",
    "4. Bake until it is brown.",
    "The loaf is done when a skewer comes out clean.",
]
RESULTS = [
    "Corvane announces its results for the quarter ended 30 June 2025",
    "Corvane makes pumps for water works and employs people in nine countries of the world.",
    "The order book of Corvane reached a record £530m.",
    "Corvane paid £6.1m for the pumps of its new works in Spain, and £2m for works in France.",
    "Revenue was £412.6m, after £378.5m a year before.",
    "Operating profit rose by 14% to £58.3m.",
    "Corvane now expects a profit of £118m to £122m for the year.",
]


def prized(*texts: str, words: int = 120) -> list[int]:
    """The places of the lines that are sought."""
    found = sought(page(*texts), range(len(texts)), Room(words))
    return [at for at, value in enumerate(found) if value > 0]


def test_an_abstract_is_summed_up_by_what_was_found_and_concluded() -> None:
    """Not by its methods, and never by who paid."""
    picked = summarize(page("Does a daily walk improve sleep?", *ABSTRACT), words=50).picked
    assert {6, 8} <= set(picked)
    assert not {2, 3, 9} & set(picked)


def test_labels_of_which_each_stands_once_are_no_speakers() -> None:
    """An abstract's parts are no turns of a talk, from which headings would be left out."""
    assert prized(*ABSTRACT) == [3, 4, 5, 6]


def test_all_steps_are_given_where_they_have_room() -> None:
    """In order, beside what they are for."""
    assert {3, 4, 5, 6} <= set(summarize(page(*RECIPE)).picked)


def test_steps_without_room_for_all_count_no_more_than_before() -> None:
    """Two steps of four lead nowhere."""
    assert prized(*RECIPE[1:], words=30) == []
    assert prized(*RECIPE[1:], words=80) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "texts",
    [
        ["Ann Lee won.", "1. The road is bad.", "2. The bridge is old.", "3. The pool is shut."],
        ["We met.", "1. Finance", "2. Roads", "3. Any other business"],
        ["The firm sold pumps for £4m.", "Sales of tickets brought £2m.", "The profit was £1m in all."],
    ],
)
def test_other_lists_and_figures_are_no_steps_and_no_results(texts: list[str]) -> None:
    """What tells nobody to do something is no step; without a period figures are no results."""
    assert prized(*texts) == []


def test_results_are_summed_up_by_sales_profit_and_what_is_expected() -> None:
    """The first line with each."""
    assert prized(*RESULTS) == [4, 5, 6]
    assert {5, 6, 7} <= set(summarize(page(*RESULTS), words=50).picked)


def test_results_that_tell_sales_and_profit_in_one_sentence_are_results() -> None:
    """Then what is expected is the only other line that tells of either."""
    texts = [
        "Dorrin Mills: results for the half-year to 31 March",
        "Revenue rose to £84.3 million, while pre-tax profit fell to £6.1 million on higher costs.",
        "Net debt rose to £41.7 million.",
        "Dorrin expects profit for the year at the lower end of forecasts of £14 million to £16 million.",
        "The group employs 2,140 people.",
    ]
    assert prized(*texts) == [1, 3]
    assert prized("Dorrin Mills in the half-year", *texts[1:3], texts[4]) == []


def test_that_the_last_minutes_are_agreed_is_no_decision() -> None:
    """Every meeting decides it."""
    roll = ["Present: Ann Day and Bob Lee", "Apologies: Dan Fox"]
    assert prized(*roll, "The minutes of 9 May were agreed.", "It was agreed to buy a bench.") == [3]


@pytest.mark.parametrize(
    "text",
    [
        "The motion was lost by five votes to three.",
        "The request for a longer lease was refused.",
        "Members rejected the offer of the brewery for the yard.",
        "The item on bins was deferred to the June meeting.",
        "An amendment by Bob Lee was put and defeated.",
        "Her proposal for a wall was withdrawn before the vote.",
    ],
)
def test_what_was_lost_or_put_off_is_an_outcome_too(text: str) -> None:
    """It counts for less than what was decided."""
    roll = ["Present: Ann Day and Bob Lee", "Apologies: Dan Fox"]
    assert prized(*roll, "Ann Day spoke of the pond.", text) == [3]
    decided, lost = sought(page(*roll, "It was agreed to buy a bench.", text), [2, 3], Room(120))
    assert decided > lost


@pytest.mark.parametrize(
    "text",
    [
        "The bank had refused a loan to the club.",
        "The contractor for the lights had withdrawn in May.",
        "The village lost its last shop in the spring.",
        "The clerk said the claim has been rejected by the insurer.",
        "The meeting closed at a quarter to nine.",
        "There being no other business, the meeting was closed at 9 pm.",
    ],
)
def test_what_others_refused_and_the_end_are_no_outcomes(text: str) -> None:
    """Nor is what was lost without a vote."""
    assert prized("Present: Ann Day and Bob Lee", "Apologies: Dan Fox", text) == []


def test_when_the_meeting_closed_is_never_told() -> None:
    """However much room there is."""
    roll = ["Present: Ann Day and Bob Lee", "Apologies: Dan Fox"]
    talk = ["It was agreed to buy a bench for the green.", "Ann Day will ask the county about the lamp."]
    assert 5 not in summarize(page(*roll, *talk, "The meeting closed at 8.52 pm."), words=200).picked


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Ann proposed a rise of 4 per cent.", "Bob left.", "It was agreed to pay the rise."], {2: 0}),
        (["Two quotations had come.", "The quotations were read."], {1: 0}),
        (["The council met.", "It was agreed to pay the rise."], {}),
        (["Ann saw a bridge in Bath.", "The bridge of Leeds is old."], {}),
        (["A rise is due, as every rise before.", "Rises are rare."], {}),
    ],
)
def test_what_the_means_is_found_right_before(texts: list[str], expected: dict[int, int]) -> None:
    """In the same paragraph, where the word stands for the first time."""
    assert dict(introduced([sentence(text) for text in texts])) == expected


def test_the_rise_comes_with_who_proposed_one() -> None:
    """A decision is given with what it decides on."""
    texts = ["Minutes of the council of Bath", "Present: Ann Day", "Apologies: Dan Fox"]
    talk = [
        Line(4, "Cllr Lee proposed a rise of 4 per cent.", 4),
        Line(5, "It was agreed to pay the rise from May on.", 4),
    ]
    rest = [Line(n, f"Road {n} in Bath is to be mended by the county in May.", n) for n in range(6, 10)]
    picked = summarize([*page(*texts), *talk, *rest], points=3).picked
    assert 5 in picked
    assert 4 in picked


def test_items_of_one_list_do_not_say_the_same_for_their_lead(reader: Reader) -> None:
    """Two figures of one list are two claims."""
    text = (
        "Corvane reported on Monday.\n\nFinancial highlights:\n\n- Revenue up 9% to £412m\n"
        "- Profit up 14% to £58m\n\n"
        "The firm moved to Leeds in May, where it bought a mill by the river for its staff."
    )
    texts = [claim.text for claim in reader.summarize(Article(text), words=60).claims]
    assert "Financial highlights: Revenue up 9% to £412m" in texts
    assert "Financial highlights: Profit up 14% to £58m" in texts


def test_a_quotation_is_told_with_the_line_that_says_whose(reader: Reader) -> None:
    """Where that line stands alone above it."""
    text = (
        "Corvane sold more pumps than ever in the half year to June.\n\n"
        "Helen Marchetti, Chief Executive, said:\n\n"
        '"We have had a good half year, and our pumps sold well in every region."\n\n'
        "The firm moved to Leeds in May."
    )
    (claim,) = [one for one in reader.facts(Article(text)).facts if "good half" in one.text]
    assert claim.text.startswith('Helen Marchetti, Chief Executive, said: "We have')
    assert len(claim.quotes) == 2


def test_times_in_a_transcript_are_no_words_of_a_claim(reader: Reader) -> None:
    """A line that opens with when it was said is a turn like others."""
    text = (
        "[00:00] HOST: Welcome back to the show.\n\n[00:14] VOSS: Thank you.\n\n"
        "[00:20] HOST: Is the desert growing in the Sahel, as we were told?\n\n"
        "[00:31] VOSS: Satellite pictures show more green in the Sahel today than in 1984.\n\n"
        "[00:52] HOST: Dr Karl Voss, thank you very much."
    )
    found = reader.summarize(Article(text))
    assert [claim.text for claim in found.claims] == [
        "VOSS: Satellite pictures show more green in the Sahel today than in 1984."
    ]
    assert "00:" not in found.headline
