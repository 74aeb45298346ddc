"""Words broken over two lines, as in scans of print, are read whole and quoted as they stand."""

from __future__ import annotations

import pytest

from quotewise import Article, Reader, verify
from quotewise._language.broken import unbroken

SCAN = Article(
    "The har-\nbour master an-\nnounced on 4 Novem-\nber that the re-\nbuilt quay can take eleven "
    "trawl-\ners. Mrs. H. Lind-\nqvist opened it. It is a well-\nknown land-\nmark."
)


@pytest.mark.parametrize(
    "text", ["a well-\nknown man", "Anglo-\nSaxon", "two-\n  year", "12-\nfold", "- a\n- b", ""]
)
def test_no_character_is_added_or_lost(text: str) -> None:
    """Places in the text stay what they are."""
    assert [len(text)] == [len(one) for one in unbroken([text])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("alle Haupt-\nund Nebenstraßen", "alle Haupt- und Nebenstraßen"),
        ("a two-\nor three-day strike", "a two- or three-day strike"),
        ("an x-\nray of the knee", "an x-ray of the knee"),
        ("a Covid-\nrelated delay", "a Covid-related delay"),
        ("Leeds want him to re-\nsign", "Leeds want him to re-sign"),
        ("Kai resigned; he had to re-\nsign", "Kai resigned; he had to resign"),
        ("Kai re-signed; Bo would not re-\nsign", "Kai re-signed; Bo would not re-sign"),
        ("the re-elected, or re-\nelected", "the re-elected, or re-elected"),
        ("Ada Roth-\nman spoke, Rothman said", "Ada Rothman spoke, Rothman said"),
        ("Ida Lind-\nqvist", "Ida Lindqvist"),
        ("a re-\nport", "a report"),
    ],
)
def test_a_hyphen_that_is_the_words_own_stays(text: str, words: str) -> None:
    """As the text writes the word elsewhere; else as English does, where that is sure."""
    assert words == " ".join(unbroken([text])[0].split())


def test_words_are_read_as_another_sentence_writes_them() -> None:
    """The sentences of an article are read together."""
    assert ["He had to \n resign.", "Kai resigned."] == unbroken(["He had to re-\nsign.", "Kai resigned."])


def test_a_claim_has_whole_words_and_its_quote_the_text(reader: Reader) -> None:
    """So that the facts of a scan can be read."""
    facts = reader.facts(SCAN)

    assert not facts.rejected
    said = " ".join(fact.text for fact in facts.facts)
    assert "harbour master announced on 4 November that the rebuilt quay can take eleven trawlers." in said
    for claim in facts.facts:
        for quote in claim.quotes:
            assert SCAN.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("question", "words"),
    [("How many trawlers can the quay take?", "eleven"), ("Who opened the quay?", "Lind-\nqvist")],
)
def test_a_question_finds_them(reader: Reader, question: str, words: str) -> None:
    """By the words as they are asked for."""
    assert words in reader.ask(question, SCAN).claims[0].quotes[0].text


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("The harbour master spoke on 4 November.", True),
        ("The quay was announced on 4 November.", True),
        ("The harbour master spoke on 4 October.", False),
    ],
)
def test_a_date_over_a_line_end_is_a_date(claim: str, holds: bool) -> None:
    """For the check, too."""
    dated = verify(claim, SCAN).claims[0].verdict.issues

    assert holds == (not any(issue.kind == "date" for issue in dated))
