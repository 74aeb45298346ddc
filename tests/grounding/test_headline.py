"""A headline against the claims below it and their quotes: one word of its own makes it false."""

from __future__ import annotations

import pytest

from quotewise._grounding.evidence import Evidence
from quotewise._grounding.headline import check_headline
from quotewise._text.article import Article

TEXTS = {
    "ferry": "A passenger ferry ran aground on a sandbank off Kelsby harbour. Northline Ferries, which runs "
    "the ship, said nobody was hurt. Investigators do not know the cause.",
    "bridge": "The council voted on Monday to close the old bridge over the Leam. Mayor Ann Lee said repairs "
    "will cost 2.5 million euros. Shop owners protested against the closure.",
    "flood": "Rain flooded 300 homes in Oakham on Tuesday night. Firefighters moved 45 people to a school.",
    "drug": "Norwell Pharma recalled its blood-pressure drug Cardiva after tests found traces of a solvent. "
    "The company said no patient was harmed. Shares fell 8 per cent.",
    "race": "Maria Silva won the Lisbon marathon in 2:24:10, a course record. Joy Kemei came second.",
    "rates": "The central bank left its main rate at 4.5 per cent on Thursday. Governor Lena Hofer said "
    "inflation is still too high. Analysts expect a cut in June.",
    "theft": "Police arrested two men after a jeweller's in Ghent was robbed on Sunday.",
    "sea": "Scientists at the University of Bergen found a new species of jellyfish in the fjord near Odda.",
    "strike": "Teachers in Leeds will strike for three days next week over pay. The union rejected an offer "
    "of 3 per cent. About 200 schools will close.",
    "cars": "The city of Lund will ban cars older than 2005 from its centre, the mayor, Karin Holm, said.",
    "court": "A court in Turin cleared the banker Paolo Ricci of fraud. Prosecutors said they would appeal.",
    "summit": "The Prime Minister, Eva Brandt, and Tomas Novak of Poland will discuss the budget in Riga.",
}

TRUE = [
    ("ferry", "Ferry runs aground off Kelsby"),
    ("ferry", "Ferry Runs Aground Off Kelsby Harbour"),
    ("ferry", "Passenger ferry stuck on sandbank"),
    ("ferry", "No injuries as ferry runs aground"),
    ("ferry", "Ferry hits sandbank off Kelsby, no one hurt"),
    ("bridge", "Council votes to close old bridge"),
    ("bridge", "Bridge repairs to cost €2.5m"),
    ("bridge", "Traders fight bridge closure"),
    ("flood", "Hundreds of homes flooded in Oakham"),
    ("flood", "Oakham flood: 45 people moved to school"),
    ("drug", "Norwell shares fall 8% on drug recall"),
    ("drug", "Solvent traces prompt Cardiva recall"),
    ("race", "Silva breaks course record in Lisbon"),
    ("rates", "Central bank holds rates at 4.5%"),
    ("rates", "Inflation still too high, says Hofer"),
    ("theft", "Two held after Ghent robbery"),
    ("sea", "New jellyfish species discovered near Odda"),
    ("strike", "Teachers' strike to shut 200 schools"),
    ("strike", "Union rejects pay offer"),
    ("cars", "Old cars barred from Lund centre"),
    ("cars", "Mayor announces car ban in Lund"),
    ("court", "Ricci acquitted in Turin fraud case"),
    ("summit", "PM and Novak to hold budget talks in Riga"),
]

FALSE = [
    ("ferry", "Ferry sinks off Kelsby, three people killed"),
    ("ferry", "Ferry sinks off Kelsby"),
    ("ferry", "Captain drunk at the wheel"),
    ("ferry", "Northline Ferries admits blame"),
    ("ferry", "No one hurt as ferry docks safely"),
    ("ferry", "Several hurt as ferry runs aground"),
    ("ferry", "Cargo ship runs aground off Kelsby"),
    ("ferry", "Ferry did not run aground off Kelsby"),
    ("bridge", "Mayor resigns over bridge"),
    ("bridge", "Shop owners welcome bridge closure"),
    ("bridge", "Bridge repairs to cost €25m"),
    ("flood", "300 die in Oakham flood"),
    ("flood", "Oakham spared from flood"),
    ("drug", "Norwell drug kills patients"),
    ("drug", "Cardiva patients harmed by solvent"),
    ("race", "Kemei wins Lisbon marathon"),
    ("rates", "Hofer resigns"),
    ("theft", "Three men arrested over Ghent robbery"),
    ("sea", "Bergen scientists faked jellyfish find"),
    ("strike", "Leeds teachers call off strike"),
    ("cars", "Lund scraps car ban"),
    ("court", "Banker Ricci jailed for fraud"),
    ("court", "Ricci admits fraud"),
    ("summit", "Brandt to attack Novak in Riga"),
]


def issues(of: str, headline: str) -> list[tuple[str, str]]:
    evidence = Evidence(Article(TEXTS[of]))
    found = check_headline(headline, (), range(len(evidence.passages)), evidence)
    return [(each.kind, each.text) for each in found]


@pytest.mark.parametrize(("of", "headline"), TRUE)
def test_what_a_headline_leaves_out_or_puts_short_is_kept(of: str, headline: str) -> None:
    """Small words, tenses and the short words of headlines ("held" for "arrested") are no reason."""
    assert issues(of, headline) == []


@pytest.mark.parametrize(("of", "headline"), FALSE)
def test_a_word_that_nothing_below_it_says_is_found(of: str, headline: str) -> None:
    """Nor is what is denied told, or a number or a name another's."""
    assert issues(of, headline)


@pytest.mark.xfail(strict=True, reason="every word is there, in another relation")
@pytest.mark.parametrize(
    ("of", "headline"),
    [("court", "Ricci to appeal"), ("cars", "Lund bans all cars"), ("rates", "Central bank cuts rates")],
)
def test_false_headlines_that_pass(of: str, headline: str) -> None:
    """What is left: one who does what another did, a part that was left out, what is only expected."""
    assert issues(of, headline)


def test_what_a_claim_says_in_words_of_its_own_may_head_it() -> None:
    """A headline rests on the claims too, whose words were checked."""
    evidence = Evidence(Article(TEXTS["ferry"]))
    assert check_headline("Vessel strands off Kelsby", ["A vessel strands off Kelsby."], [0], evidence) == ()
    assert check_headline("Vessel strands off Kelsby", (), [0], evidence)


def test_of_an_article_in_another_language_most_words_must_stand_there() -> None:
    """Its forms are not known, so that one word may be other than the article has it."""
    text = "Die Passagierfähre lief am Dienstag vor Kelsby auf eine Sandbank. Verletzt wurde dabei niemand."
    evidence = Evidence(Article(text))
    assert check_headline("Passagierfähre läuft vor Kelsby auf Sandbank", (), [0, 1], evidence) == ()
    assert check_headline("Kapitän betrunken am Steuer", (), [0, 1], evidence)
