"""A `str` is the text itself; one that looks like a file's name is read so too, with a warning."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotewise import Article, AsyncReader, Reader, UsageError, ask, chunks, facts, locate, summarize, verify
from quotewise._inputs.mistaken import tell_of_a_name

NAMES = ["article.txt", "my notes/Report 3.PDF", "a.md", "https://a.example/news"]
TEXTS = ["Rain fell in Oslo.", "See a.txt for more.", "a.txt\nb.txt", "", "x" * 300 + ".txt", "a\0b", "1.5"]


def warned(call: Callable[[], Any]) -> int:
    """The line, of this file, that the one warning names."""
    with pytest.warns(UserWarning, match="is read as the text itself") as told:
        call()
    [one] = told
    assert Path(__file__) == Path(one.filename)
    return one.lineno


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_told(name: str) -> None:
    """With what to give instead."""
    with pytest.warns(UserWarning, match=r"give Path\(|from_html"):
        tell_of_a_name(name)


def test_the_name_of_any_file_that_is_there_is_told(tmp_path: Path) -> None:
    """Whatever its ending."""
    (tmp_path / "notes").write_text("Rain.", encoding="utf-8")

    with pytest.warns(UserWarning, match=r"give Path\("):
        tell_of_a_name(str(tmp_path / "notes"))


@pytest.mark.parametrize("text", [*TEXTS, Path("a.txt"), Article("a.txt")])
def test_a_text_is_not(text: Any) -> None:
    """Warnings are errors here, so that one would fail this."""
    tell_of_a_name(text)


@pytest.mark.parametrize(
    "call",
    [
        lambda: summarize("article.txt", model="extractive"),
        lambda: summarize(["It rained.", "article.txt"], model="extractive"),
        lambda: Reader(model="extractive").facts("article.txt"),
        lambda: Reader(model="extractive").estimate("article.txt"),
        lambda: verify("It rained.", "article.txt"),
        lambda: verify("summary.txt", "It rained."),
        lambda: locate("It rained.", "article.txt"),
        lambda: chunks("article.txt"),
    ],
)
def test_the_warning_names_the_line_of_the_call(call: Callable[[], Any]) -> None:
    """However deep inside it is found; the text is read all the same."""
    assert warned(call) == inspect.getsourcelines(call)[1]


def test_sentences_of_an_article_are_nobodys_mistake() -> None:
    """What an article says may well be a file's name."""
    facts("Rain fell in Oslo on Monday.\n\nREADME.md\n\nIt stopped at noon on Tuesday.", model="extractive")


TEXT = "The ferry ran aground off Kelsby on Monday. Nobody was hurt, and it sails again on Thursday."


@pytest.mark.parametrize("given", [Article(TEXT), Path("article.txt")])
def test_an_article_for_a_question_is_refused(given: Any) -> None:
    """With the order to give them in."""
    with pytest.raises(UsageError, match="question comes first"):
        ask(given, "Was anybody hurt?", model="extractive")
    with pytest.raises(UsageError, match="question comes first"):
        asyncio.run(AsyncReader(model="extractive").ask(given, "Was anybody hurt?"))


@pytest.mark.parametrize(("text", "asked"), [(TEXT, "Was anybody hurt?"), (TEXT * 3, "anybody hurt")])
def test_a_text_and_a_question_that_changed_places_are_told(text: str, asked: str) -> None:
    """At the caller's line; they are read as they were given."""
    with pytest.warns(UserWarning, match="question comes first") as told:
        ask(text, asked, model="extractive")
    assert Path(__file__) == Path(told[0].filename)


def test_a_long_question_about_a_short_article_is_none_of_them() -> None:
    """Warnings are errors here."""
    ask(
        "When does the ferry that ran aground off Kelsby sail again?",
        "It sails on Thursday.",
        model="extractive",
    )
