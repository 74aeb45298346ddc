"""Questions that a near sentence does not answer: it only asks, heads a section, or tells of another."""

from __future__ import annotations

import pytest

from quotewise import Reader

HEARING = (
    "CHAIR: The hearing is open.\n\nMR. BOYD: Would a second guard have prevented the blast?\n\n"
    "MS. ADLER: I cannot say. The inquiry goes on.\n\nMR. BOYD: How many guards have you?\n\n"
    "MS. ADLER: We have 31 guards at six sites.\n\nCHAIR: Thank you."
)
CLUB = (
    "The regatta began on 4 May at the north quay. Vessels from Hull had the wind against them. Hull captain "
    "Dora Finch called the start a farce. Her husband is a sailor, too. The ferry, with 40 guests, ran "
    "late on Monday, the harbour master said."
)
YACHT = (
    "The yacht Pim sank off Lisse on Sunday with 14 people aboard. Two were hurt. Nine boats came to help."
)
PIER = (
    "The ferry hit a pier. There were 131 passengers and a crew of 12 aboard. Three people were hurt when "
    "they fell."
)
HOTEL = (
    "Villa Rosa has quiet rooms from 80 euros. The Old Mill is a hostel; a bed there is 30 with breakfast."
)
CONTRACT = (
    "4.3 Neither party is liable for loss of profit.\n\n5. Law\nThe law of Malta applies.\n\n"
    "Signed for the Vendor: Dora Finch\nSigned for the Buyer: Piet Maas"
)
LEAFLET = (
    "4. Possible side effects\nFrequent (1 in 10 people): dry mouth, cough\nRare (1 in 900): fainting\n\n"
    "5. How to store Lumavin\nKeep it below 25 °C, away from light.\n\n6. More\nAsk your doctor."
)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (HEARING, "How many people died in the blast?"),
        (CLUB, "When did the regatta end?"),
        (CLUB, "Who is Leith's captain?"),
        (CLUB, "What is the name of her husband?"),
        (CLUB, "What is the name of Finch's father?"),
        (CLUB, "When will the ferry run again?"),
        (PIER, "How many people were on board?"),
        (HOTEL, "Does Villa Rosa include breakfast?"),
    ],
)
def test_a_near_sentence_is_no_whole_answer(reader: Reader, text: str, question: str) -> None:
    """It is not given, or only as what comes nearest, and no question of the text is."""
    answer = reader.ask(question, text)

    assert answer.status in ("not_in_source", "partly")
    assert answer.short is None
    assert not any(claim.text.endswith("?") for claim in answer.claims)


FIRE = (
    "Mill burns down in Aldgate\n\nBy Cora Blythe\n\nSix people lost their lives when a mill burnt down "
    'in Aldgate on 3 March. "I wrote to the owner twice," said Ben Ash, a neighbour.'
)


DAM = (
    "Report on the dam faults the city\n\nBy Cora Blythe\n\nThe report was written by Tom Roe and published "
    "in May. It says that the dam was old. Engineers of the city wrote a letter, signed by the mayor."
)


@pytest.mark.parametrize("turn", ["Thank you, Ms. Adler.", "Ms. Adler?", "Mr. Boyd asked first."])
def test_what_the_chair_says_is_not_who_it_is(reader: Reader, turn: str) -> None:
    """A label that opens a turn names who speaks."""
    text = f"The hearing began at nine.\n\nCHAIR: {turn}\n\nMS. ADLER: We have 31 guards at six sites."
    answer = reader.ask("Who is the chair?", text)

    assert answer.short is None or "Adler" not in answer.short.text


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        (HEARING, "How many guards have you?", "We have 31 guards at six sites."),
        (CLUB, "When did the regatta begin?", "The regatta began on 4 May at the north quay."),
        (CONTRACT, "Is the vendor liable for loss of profit?", "Neither party is liable for loss of profit."),
        (YACHT, "How many people were on board?", "with 14 people aboard"),
        (FIRE, "How many people died?", "Six people lost their lives"),
        (FIRE, "Who wrote the article?", "By Cora Blythe"),
        (DAM, "Who wrote the report?", "The report was written by Tom Roe"),
        (DAM, "Who wrote the letter?", "Engineers of the city wrote a letter, signed by the mayor"),
        (DAM, "Who wrote the article?", "By Cora Blythe"),
        (CONTRACT, "Who signed for the buyer?", "Signed for the Buyer: Piet Maas"),
        (LEAFLET, "What are the frequent side effects?", "Frequent (1 in 10 people): dry mouth, cough"),
        (LEAFLET, "How should it be stored?", "Keep it below 25 °C, away from light."),
    ],
)
def test_the_line_that_answers_is_given(reader: Reader, text: str, question: str, said: str) -> None:
    """Also where a heading, a question or another line has more of the words asked for."""
    answer = reader.ask(question, text)

    assert said in answer.claims[0].text


NEWS = (
    "Quayside 3.1\n\nAdded\n- charts of the Baltic\n- a night mode\n\nFixed\n- a crash without a compass\n"
    "- wrong tides for Lisse\n\nA fix for the anchor alarm is planned.\n"
)
HARBOURS = (
    "# Harbours in 2024\n\n| Harbour | Master | Berths | Change |\n|---|---|--:|--:|\n"
    "| Lisse | Cora Blythe | 140 | +4 % |\n"
    "| Kelm | Ben Ash | 65 | -12 % |\n\nThe number of berths in all harbours was 205, a change of -2 %.\n"
)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("What was fixed?", ["Fixed: a crash without a compass", "Fixed: wrong tides for Lisse"]),
        ("What was added?", ["Added: charts of the Baltic", "Added: a night mode"]),
    ],
)
def test_a_list_whose_heading_is_asked_for_is_given(reader: Reader, question: str, items: list[str]) -> None:
    """Before a sentence that has the word in another sense."""
    assert items == [claim.text for claim in reader.ask(question, NEWS).claims]


def test_of_a_named_row_no_sentence_about_all_is_told(reader: Reader) -> None:
    """The row is, as what comes nearest, where no one cell is asked for."""
    answer = reader.ask("How did the berths change in Kelm?", HARBOURS)

    assert answer.status == "partly"
    assert answer.claims[0].text == "Kelm, Master: Ben Ash, Berths: 65, Change: -12 %"


def test_a_reason_is_not_that_it_happened(reader: Reader) -> None:
    """ "When the crane fell" gives no reason for the fall; a later sentence may."""
    text = "Bo Lund was at lunch when the crane fell. The crane fell since a bolt had rusted."
    doubted = reader.ask("Why did the crane fall?", text.partition(". ")[0] + ".")

    assert reader.ask("Why did the crane fall?", text).claims[0].text.endswith("a bolt had rusted.")
    assert doubted.status == "not_in_source" or doubted.trace.notes


def test_a_headline_in_capitals_is_no_claim(reader: Reader) -> None:
    """Nor is the dateline, though both end like sentences."""
    text = (
        "GRAN'S £2M JOY: 'I NEARLY FAINTED!'\n\nHULL, 3 May. A gran from Hull has won £2 million. Dora Finch "
        "found the ticket in a coat. She will share it with her four sons. The shop gets a prize, too.\n"
    )
    summary = reader.summarize(text, words=40)

    assert summary.headline == "GRAN'S £2M JOY: 'I NEARLY FAINTED!'"
    assert not any(claim.text.isupper() or claim.text.startswith("HULL") for claim in summary.claims)


def test_a_post_that_nobody_is_said_to_have_is_told_with_doubt(reader: Reader) -> None:
    """Where a sentence has all the other words."""
    answer = reader.ask(
        "Who is the director of the paper mill?", "ASH: The paper mill takes the water.\n\nBO: No."
    )

    assert answer.status == "not_in_source" or answer.trace.notes
