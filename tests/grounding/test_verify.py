"""Texts made elsewhere, checked claim by claim."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import Article, Reader, Summary, UsageError, verify
from quotewise._grounding.split import claims_of
from quotewise._grounding.unwrapped import unwrapped

ARTICLES = Path(__file__).parents[1] / "cases" / "articles"


@pytest.fixture(scope="module")
def budget() -> Article:
    return Article.from_file(ARTICLES / "budget.txt")


def test_an_article_supports_itself(budget: Article) -> None:
    """The text that is the article has no unsupported word and a score of 1."""
    result = verify(budget.text, budget)
    assert result.supported
    assert result.score == 1.0
    assert result.unsupported == ()


def test_the_wrong_words_are_marked(budget: Article) -> None:
    """Each unsupported claim is marked at the words that are wrong, with offsets in the checked text."""
    text = "The line will have 19 stops and cost 486 million dollars. The council voted 31 to 29."
    result = verify(text, budget)
    assert [claim.verdict.supported for claim in result.claims] == [True, False]
    assert any(start <= text.index("29") < end for start, end in result.unsupported)
    assert all(start > text.index("The council") for start, _ in result.unsupported)
    assert not result.supported


def test_each_claim_carries_quotes_of_the_article(budget: Article) -> None:
    """Claims stand at their offsets, and their quotes are slices."""
    text = "- Trams will run every six minutes.\n- Mayor Thornton called the vote historic."
    result = verify(text, budget)
    for claim in result.claims:
        assert text[claim.start : claim.end] == claim.text
        assert claim.quotes
        assert all(budget.text[quote.start : quote.end] == quote.text for quote in claim.quotes)


def test_only_the_sentences_that_carry_a_claim_are_quoted() -> None:
    """Headings and sentences that add nothing are no evidence; the best sentence comes first."""
    article = Article(
        "Harbour town closes its pier\n\nThe pier employs 212 people, down from 950 in 1988.\n\n"
        "A ferry terminal is planned. Its cost has not been decided.\n\nRead more about the pier"
    )
    text = "The pier employs 212 people. The cost of the ferry terminal has not been decided."
    one, two = verify(text, article).claims
    assert [quote.text for quote in one.quotes] == ["The pier employs 212 people, down from 950 in 1988."]
    assert {quote.text for quote in two.quotes} == {
        "A ferry terminal is planned.",
        "Its cost has not been decided.",
    }


@pytest.mark.parametrize("text", ["", "  \n ", "...", "—"])
def test_a_text_without_words_is_refused(text: str, budget: Article) -> None:
    """There is nothing to verify in an empty text; the caller is told so."""
    with pytest.raises(UsageError):
        verify(text, budget)


@pytest.mark.parametrize("text", [None, b"Rain fell.", 5])
def test_a_text_that_is_no_str_is_refused(text: object, budget: Article) -> None:
    """The caller is told what was given instead of a str."""
    with pytest.raises(UsageError, match=type(text).__name__):
        verify(text, budget)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Der Stadtrat stimmte am Montag mit 31 zu 24 Stimmen für den Bau einer Straßenbahn.",
        "市議会は月曜日の夜、路面電車の建設を承認した。費用は四億八千六百万ドル。",
        "Городской совет одобрил строительство трамвайной линии.",
    ],
)
def test_a_text_in_another_language_is_not_supported(text: str, budget: Article) -> None:
    """What cannot be compared is not called supported."""
    result = verify(text, budget)
    assert not result.supported
    assert result.score < 0.5


def test_an_article_may_be_a_string_or_a_path() -> None:
    """A string is the article itself, a path a file."""
    assert verify("Rain fell.", "Rain fell.").supported
    assert verify("It has never made a profit on its route to Boston.", ARTICLES / "airline.txt").supported


def test_the_same_claim_gets_the_same_verdict(budget: Article) -> None:
    """Judging is deterministic, also within one text."""
    one = verify("The line will have 25 stops. Rain fell. The line will have 25 stops.", budget)
    assert one.claims[0].verdict == one.claims[2].verdict
    assert one == verify("The line will have 25 stops. Rain fell. The line will have 25 stops.", budget)


def test_claims_are_sentences_and_list_items() -> None:
    """Markers and lead-ins are no part of a claim, and numbers that begin one are."""
    text = "Here is a summary:\n1. Rain fell.\n2) 19 stops are planned.\n* It ended at 2.5 p.m. on Monday."
    found = [text[start:end] for start, end in claims_of(text)]
    assert found == ["Rain fell.", "19 stops are planned.", "It ended at 2.5 p.m. on Monday."]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Rents rose. X. Tamm stayed.", ["Rents rose.", "X. Tamm stayed."]),
        ("J. R. Ewing left.", ["J. R. Ewing left."]),
        ("A. Rain fell.\nB. It stopped.", ["Rain fell.", "It stopped."]),
    ],
)
def test_an_initial_is_no_marker_of_a_list(text: str, claims: list[str]) -> None:
    """A wrong initial would not be seen where it is cut off."""
    assert claims == [text[start:end] for start, end in claims_of(text)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Sure! Rain fell. I hope this helps!", ["Rain fell."]),
        ("Rain fell. (Passage 3)", ["Rain fell."]),
        ("Sure, I can help you with that! Rain fell. That's it!", ["Rain fell."]),
        ("Dear Ms Lee,\nRain fell.\nThank you for your time.\nBest regards,\n[Your Name]", ["Rain fell."]),
        ("Thank you for the music was sung.", ["Thank you for the music was sung."]),
        ("Please note that this answer is based solely on the passages. Rain fell.", ["Rain fell."]),
        ("Note that these steps need two people.", ["Note that these steps need two people."]),
        (
            "Note that the 700 injured are named based on a report by the United Nations.",
            ["Note that the 700 injured are named based on a report by the United Nations."],
        ),
        ("[The mayor resigned over the 700 dead]", ["[The mayor resigned over the 700 dead]"]),
        (
            "Therefore, the answer is:\nRain fell.\nLet me know if you have any other questions.",
            ["Rain fell."],
        ),
        ("Based on the passages, here is the answer to the question:\nRain fell.", ["Rain fell."]),
        ("Here is the summary you requested.\n\nKey takeaways\n\nRain fell.", ["Rain fell."]),
        ("Rain fell. [1][2]\n\nWould you like me to go on?", ["Rain fell."]),
        ("As an AI language model, I cannot verify this. Rain fell.", ["Rain fell."]),
        ("Here are the men who fled.", ["Here are the men who fled."]),
        ("Thanks to the rain, fields grew.", ["Thanks to the rain, fields grew."]),
        ("Sure of himself, he left. Great floods came.", ["Sure of himself, he left.", "Great floods came."]),
        ("If you have a garden, water it.", ["If you have a garden, water it."]),
        ("Page 3 was torn.", ["Page 3 was torn."]),
        ("- Key points: [1]\n- Rain fell.", ["Rain fell."]),
        ("**Injured:** [2]\n\n- A boy fell.", ["A boy fell."]),
        ("The dead: Ann Lee. [1]", ["The dead: Ann Lee."]),
        ("The council voted on three things:\n- Rain", ["The council voted on three things:", "Rain"]),
        (
            "## /facts Hill line\n\n- Rain fell.\n\n## /summary\n\n- It ended.",
            ["Rain fell.", "It ended."],
        ),
        ("## /tmp is full", ["/tmp is full"]),
        ("| Town | Rain |\n|---|---|\n| Oslo | 9 mm |", ["| Oslo | 9 mm |"]),
        ("| Town | Rain |\n| Oslo | 9 mm |", ["| Town | Rain |", "| Oslo | 9 mm |"]),
    ],
)
def test_what_a_model_says_to_its_reader_is_no_claim(text: str, claims: list[str]) -> None:
    """Courtesies and lead-ins say nothing that an article could bear out."""
    assert claims == [text[start:end] for start, end in claims_of(text)]


@given(st.text(max_size=600))
def test_claims_never_overlap(text: str) -> None:
    """Claims stand in order, inside the text, and none is blank."""
    found = claims_of(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[span.start : span.end].strip() for span in found)


MOST = 1_000_000 if "QUOTEWISE_TORTURE" in os.environ else 250_000
"""Characters; a million take a quarter of all tests' time."""


def _long() -> str:
    """So many characters of sentences that are all different, each near one of the articles."""
    sentences = [
        sentence
        for path in sorted(ARTICLES.glob("*.txt"))
        for sentence in re.split(r"(?<=[.])\s+", path.read_text(encoding="utf-8"))
    ]
    made = (sentences[i % len(sentences)].replace(" the ", f" the {i} ", 1) for i in range(20_000))
    text, size = [], 0
    for sentence in made:
        text.append(sentence)
        size += len(sentence) + 1
        if size > MOST:
            break
    return " ".join(text)


@pytest.mark.torture
def test_a_long_text_is_verified_in_linear_time(budget: Article) -> None:
    """Ten times the characters take about ten times as long."""
    text = _long()
    spent = []
    for size in (MOST // 10, MOST):
        start = time.process_time()
        verify(text[:size], budget)
        spent.append(time.process_time() - start)
    assert spent[1] < 25 * spent[0]


def test_a_long_article_supports_itself() -> None:
    """A text that is the article is found verbatim, sentence by sentence."""
    text = _long()
    assert verify(text, Article(text)).supported


@pytest.mark.parametrize("form", [str, Summary.to_markdown])
def test_what_this_library_prints_can_be_verified(form: Callable[[Summary], str], seed: Article) -> None:
    """Claims as a terminal wraps them, marks, quotes and the foot below: nothing in it is wrong."""
    told = form(Reader(model="extractive").summarize(seed))
    result = verify(told, seed)
    assert result.supported
    assert not any("built-in" in claim.text or "characters" in claim.text for claim in result.claims)


def test_facts_as_they_are_printed_can_be_verified(seed: Article) -> None:
    """The kind after each is no claim, on its line or on the next."""
    told = str(Reader(model="extractive").facts(seed))
    assert "(statement)" in told
    result = verify(told, seed)
    assert result.supported
    assert not any(claim.text.endswith(")") for claim in result.claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The trust says that repairs would cost £31\nmillion.", 1),
        ("- The tenants were told of it by Mr Gareth\n  Oyelaran of the trust.\n- It rained.", 2),
        ("Repairs cost more\nRents rise\nTenants leave", 3),
        (
            "The council of the town has said that it will build a new bridge\n"
            "Over the river for the trams that run between the two old parts\n"
            "Of the town.",
            1,
        ),
    ],
)
def test_lines_wrapped_to_a_width_are_one_claim(text: str, claims: int) -> None:
    """Also before a capital or a figure, in an item or a paragraph of full lines; short lines stay apart."""
    assert len(claims_of(text)) == claims


def test_no_foot_hides_a_claim(budget: Article) -> None:
    """Only the very words that this library prints below its claims are passed over."""
    assert not verify("[1] word for word in the article that 900 people died", budget).supported
    assert not verify("[1] “The council voted 31 to 29.” (characters 10–20)", budget).supported


@given(st.text(alphabet="aB9 .-\n\t[]“”", max_size=200))
def test_unwrapping_moves_no_character(text: str) -> None:
    """Only line ends become blanks."""
    seen = unwrapped(text)
    assert len(seen) == len(text)
    assert all(a == b or (a == "\n" and b == " ") for a, b in zip(text, seen, strict=True))


FOREIGN = {
    "De brug gaat pas in juni weer open voor auto's en fietsen, zei de wethouder van de stad.": {
        "De brug gaat in juni weer open voor auto's en fietsen.": True,
    },
    "O prefeito abriu a ponte em maio, disse ele. A cantora vive em Los Angeles e trabalha na cidade.": {
        "O prefeito abriu a ponte no mês de maio, disse ele.": True,
    },
    "Le maire a dit que la ville ne pouvait pas payer les travaux, mais que le pont restera fermé.": {
        "La ville pouvait payer les travaux.": False,
        "La ville ne pouvait pas payer.": True,
        "Le pont restera fermé.": True,
        "Le pont ne restera pas fermé.": False,
    },
    "Der Rat hat kein Geld für die Schule. Nicht nur die Brücke, sondern auch der Tunnel bleibt gesperrt. "
    "Der Bürgermeister, der nicht klagen will, lobte den Beschluss im Mai.": {
        "Der Rat hat Geld für die Schule.": False,
        "Die Brücke bleibt gesperrt.": True,
        "Der Bürgermeister lobte den Beschluss.": True,
        "Der Bürgermeister lobte den Beschluss nicht.": False,
    },
    "El ayuntamiento no podía pagar las obras de los puentes.": {
        "El ayuntamiento podía pagar las obras.": False
    },
    "A cidade não podia pagar a obra no centro.": {
        "A cidade podia pagar a obra.": False,
        "A cidade não podia pagar a obra.": True,
    },
    "De stad kon de brug over het water niet betalen.": {"De stad kon de brug betalen.": False},
    "Staden kunde inte betala den nya bron.": {"Staden kunde betala den nya bron.": False},
}


@pytest.mark.parametrize(
    ("article", "claim", "holds"),
    [(article, claim, holds) for article, claims in FOREIGN.items() for claim, holds in claims.items()],
)
def test_a_denial_is_seen_in_other_languages(article: str, claim: str, holds: bool) -> None:
    """By the words that deny, among the claim's own; and a note says how little is known."""
    found = verify(claim, article)

    assert found.supported is holds
    assert holds or "polarity" in {issue.kind for issue in found.claims[0].verdict.issues}
    assert any("not to be in English" in note for note in found.trace.notes)
    assert "not to be in English" in str(found)


def test_several_articles_are_refused_in_plain_words() -> None:
    """`ask` and `summarize` take a list; a check is against one article."""
    with pytest.raises(UsageError, match="one article"):
        verify("Rain fell.", ["Rain fell.", "It stopped."])  # type: ignore[arg-type]


ROSENHEIM = (
    "Der Stadtrat hat am Montag den Bau einer neuen Schwimmhalle beschlossen. Die Opposition kritisierte die"
    " Kosten. Das alte Bad wurde 1972 gebaut und ist seit dem Mai wegen eines undichten Daches geschlossen."
)


@pytest.mark.parametrize(
    "claim",
    [
        "Das alte Bad wurde 1972 geschlossen.",
        "Die Opposition hat den Bau einer neuen Schwimmhalle beschlossen.",
        "Die neue Schwimmhalle ist wegen eines undichten Daches geschlossen.",
        "Das Bad ist geschlossen, weil das Dach undicht ist.",
    ],
)
def test_free_words_in_another_language_are_never_sure(claim: str) -> None:
    """Whether such a claim is true cannot be told, so its score says so, and a note tells why."""
    alone, beside = (
        verify(claim, ROSENHEIM),
        verify(f"{claim} Die Opposition kritisierte die Kosten.", ROSENHEIM),
    )
    assert alone.score <= 0.6
    assert beside.score <= 0.6
    assert beside.claims[0].verdict.score <= 0.6
    assert any("0.6 at most" in note for note in alone.trace.notes)


@pytest.mark.parametrize(
    "claim",
    [
        "Die Opposition kritisierte die Kosten.",
        "Das alte Bad wurde 1972 gebaut.",
        "Der Stadtrat hat den Bau einer neuen Schwimmhalle beschlossen.",
    ],
)
def test_words_of_one_sentence_in_another_language_are(claim: str) -> None:
    """A sentence, or one with a few words left out, may be sure."""
    assert verify(claim, ROSENHEIM).score > 0.6


def test_in_english_free_words_may_be_sure(budget: Article) -> None:
    """The rules and the score know English."""
    assert verify("The tram line is going to have 19 stops.", budget).score > 0.6


def test_an_answer_may_repeat_what_was_asked() -> None:
    """A name or a number that only the question has is no invention; another value than the article's is."""
    article = "Pine nuts are picked in autumn. Lay the cones out to dry for 14 days."
    asked = "How are pine nuts picked in Atlin in 2019?"

    echoed = verify("To pick pine nuts in Atlin in 2019, lay the cones out to dry.", article, asked)
    assert {issue.kind for issue in echoed.claims[0].verdict.issues}.isdisjoint({"name", "number", "date"})
    alone = verify("To pick pine nuts in Atlin in 2019, lay the cones out to dry.", article)
    assert "Atlin" in {issue.text for issue in alone.claims[0].verdict.issues}
    bare = verify("19 people died in Atlin.", "People died in Atlin.", "What happened on 19 May in Atlin?")
    assert [issue.kind for issue in bare.claims[0].verdict.issues] == ["number"]
    wrong = verify("Lay the cones out to dry for 21 days.", article, "Should they dry for 21 days?")
    assert [issue.found for issue in wrong.claims[0].verdict.issues] == ["14 days"]


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        ("The shop is closed on Sundays.", "The shop does not open on Sundays."),
        ("He is unmarried.", "He is not married."),
        ("He is not married.", "He is unmarried."),
    ],
)
def test_what_is_so_is_not_its_opposite(article: str, claim: str) -> None:
    """A claim may deny the opposite of what its sentence says, and have a word for what it denies."""
    assert verify(claim, article).supported


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        ("He is married.", "He is unmarried."),
        ("He may be unmarried.", "He is not married."),
        ("The shop is closed on Sundays.", "The shop does not open on Mondays."),
        ("The shop opens on Sundays.", "The shop does not open on Sundays."),
    ],
)
def test_the_opposite_is_not_supported(article: str, claim: str) -> None:
    """Nor is what a sentence leaves open, or says of another day."""
    assert not verify(claim, article).supported
