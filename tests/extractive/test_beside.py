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
        (CLUB, "When will the ferry run again?"),
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
    'in Aldgate on 3 March. "I wrote to the owner twice," said Ben Ash, a neighbour. Some 90 looms were ruined.'
)


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        (HEARING, "How many guards have you?", "We have 31 guards at six sites."),
        (CLUB, "When did the regatta begin?", "The regatta began on 4 May at the north quay."),
        (CONTRACT, "Is the vendor liable for loss of profit?", "Neither party is liable for loss of profit."),
        (FIRE, "How many people died?", "Six people lost their lives"),
        (FIRE, "Who wrote the article?", "By Cora Blythe"),
        (CONTRACT, "Who signed for the buyer?", "Signed for the Buyer: Piet Maas"),
        (LEAFLET, "What are the frequent side effects?", "Frequent (1 in 10 people): dry mouth, cough"),
        (LEAFLET, "How should it be stored?", "Keep it below 25 °C, away from light."),
    ],
)
def test_the_line_that_answers_is_given(reader: Reader, text: str, question: str, said: str) -> None:
    """Also where a heading, a question or another line has more of the words asked for."""
    answer = reader.ask(question, text)

    assert said in answer.claims[0].text
