"""What the engine cannot do is said: a sentence too long to be a claim, a question it cannot read."""

from __future__ import annotations

import pytest

from quotewise import Article, Reader, UngroundedError
from quotewise._extractive.questions.foreign import is_foreign
from quotewise._plans.numbered import Line
from quotewise._plans.schemas import LONGEST

TALK = (
    "the council said that the bridge over the river was closed in may 2021 and that repairs would cost 3 "
    "million pounds and then people went home to eat "
)
"""A transcript without a stop; no line of it ends a sentence."""
BRIDGE = "The council closed the bridge in May 2021. It will open again in June, when repairs are done."


def test_a_sentence_too_long_is_passed_over(reader: Reader) -> None:
    """The others are taken, and a note, printed too, says which was not."""
    article = Article(f"{TALK * 20}.\n\nThe mayor, Ann Holt, said on Monday that the road stays closed.")
    for result in (reader.summarize(article), reader.facts(article)):
        assert ["The mayor, Ann Holt, said on Monday that the road stays closed."] == [
            claim.text for claim in result.cited
        ]
        [note] = result.trace.notes
        assert "too long to be a claim" in note
        assert "too long to be a claim" in " ".join(str(result).split())


@pytest.mark.parametrize("size", [2_600, 200_000])
def test_where_no_other_is_left_it_is_said_why(reader: Reader, size: int) -> None:
    """No fault of the library's, and no silence."""
    article = Article((TALK * (size // len(TALK) + 1))[:size].strip())
    found = reader.facts(article)

    assert not found.facts
    assert f"A sentence of {len(article.text):,} characters is too long" in " ".join(found.trace.notes)
    with pytest.raises(UngroundedError, match=r"too long to be a claim.* stops between") as caught:
        reader.summarize(article)
    assert "model" not in str(caught.value)


def test_an_answer_is_the_part_around_its_words(reader: Reader) -> None:
    """The claim is cut and says so; the quote stays the whole sentence."""
    article = Article(TALK * 20)
    answer = reader.ask("How much would repairs cost?", article)

    [claim] = answer.claims
    [quote] = claim.quotes
    assert len(claim.text) <= LONGEST < len(quote.text)
    assert claim.text in quote.text
    assert answer.short is not None
    assert answer.short.text in claim.text
    assert any("only the words around the answer" in note for note in answer.trace.notes)


@pytest.mark.parametrize(
    "question",
    [
        "Wann wurde die Brücke gesperrt?",
        "Was ist passiert?",
        "Wer starb?",
        "Quién ganó?",
        "¿Cuántos muertos?",
        "Quand le pont a-t-il été fermé ?",
        "¿Cuándo se cerró el puente?",
        "Когда закрыли мост?",
        "橋はいつ閉鎖されましたか？",
    ],
)
def test_a_question_in_another_language_is_said_to_be_one(reader: Reader, question: str) -> None:
    """That the article does not say cannot be known; the note is printed, in Markdown too."""
    answer = reader.ask(question, BRIDGE)

    assert any("another language" in note for note in answer.trace.notes)
    assert "another language" in str(answer)
    assert "another language" in answer.to_markdown()
    assert "another language" in answer.to_html()
    assert "does not say" not in str(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Who is Brandl?",
        "Karel Brandl Petr?",
        "Brandl Prague?",
        "Brandl resigned?",
        "Who won?",
        "How come?",
        "Warum?",
        "define schadenfreude",
        "Is it gemütlich?",
        "GDP Q3 2021?",
        "who wrote der ring des nibelungen?",
        "When did Angela Merkel visit the Bundestag?",
    ],
)
def test_names_and_rare_words_are_no_other_language(question: str) -> None:
    """A question is English until most of its words, names left out, are not."""
    assert not is_foreign(question, [Line(1, BRIDGE)])


GERMAN = "Die Stadt hat die Brücke im Mai gesperrt, und sie öffnet erst im Juni wieder. Karin Holz lobte das."


def test_between_two_other_languages_nothing_is_told() -> None:
    """Only English is known; a name alone is of no language."""
    assert not is_foreign("Wann wurde die Brücke gesperrt?", [Line(1, GERMAN)])
    assert not is_foreign("Karin Holz?", [Line(1, GERMAN)])


@pytest.mark.parametrize(
    "question", ["When was the bridge closed?", "How much does it cost?", "Who is the mayor?"]
)
def test_an_english_question_to_another_article_is_said_to_be_one(reader: Reader, question: str) -> None:
    """As the other way round: that the article does not say cannot be known."""
    answer = reader.ask(question, GERMAN)

    assert "another language" in str(answer)
    assert "does not say" not in str(answer)


@pytest.mark.parametrize("task", ["summarize", "facts"])
def test_a_focus_that_stands_nowhere_is_told(reader: Reader, task: str) -> None:
    """The result is that without a focus. One that is there, or that asks for all, gets no note."""
    read = getattr(reader, task)

    assert "Nothing was found about “zebras”" in str(read(BRIDGE, focus="zebras"))
    assert "Nothing was found" not in str(read(BRIDGE, focus="the bridge"))
    assert "Nothing was found" not in str(read(BRIDGE, focus="Summarize the whole text"))
