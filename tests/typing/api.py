"""The public API as users write it. Never run: mypy checks it, so a changed signature shows."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from quotewise import (
    Answer,
    Article,
    AsyncReader,
    Budget,
    Chunk,
    Facts,
    Journal,
    Quote,
    QuotewiseError,
    Reader,
    Summary,
    Verification,
    ask,
    chunks,
    count_tokens,
    estimate,
    facts,
    locate,
    summarize,
    verify,
)


class Item(BaseModel):
    name: str


def by_function_and_reader() -> None:
    article: Article = Article.from_file("article.txt")
    also: Article = Article("Some text.", title="A title", source="somewhere")
    summary: Summary = summarize(article, words=120, model="extractive")
    listed: Facts = facts(Path("article.txt"))
    answer: Answer = ask("How many?", "A text.")
    verification: Verification = verify("A summary.", article, question=None)
    found: Quote | None = locate("a string", article)
    cut: tuple[Chunk, ...] = chunks(article, max_tokens=2000, overlap=0)
    counted: int = count_tokens("some text")

    with Journal("runs.db", on_corrupt="salvage") as journal, Reader(journal=journal) as sharing:
        print(sharing.facts(article).trace.in_doubt, journal.salvaged, journal.prune(max_bytes=1_000_000))
    with Reader(model="gpt-6-luna", budget=Budget(usd=0.5), journal="runs.db") as reader:
        reader.summarize(article, points=3).claims[0].quotes[0].start.bit_length()
        reader.facts(article, limit=3).facts[0].kind.upper()
        reader.ask("How many?", [article, also]).status.upper()
        print(reader.extract(article, Item).quotes("name"), reader.estimate(article, "summary").most.usd)


async def awaited() -> None:
    article = Article("Some text.")
    async with AsyncReader(base_url="http://localhost:8080/v1", model="local") as reader:
        (await reader.summarize(article)).headline.upper()
        async for result in reader.map([article], "facts"):
            result.facts[0].kind.upper()
        async for either in reader.map([article], "summary", return_errors=True, words=80):
            either.next_step.upper() if isinstance(either, QuotewiseError) else either.headline.upper()


def many(reader: Reader, article: Article, task: Literal["summary", "facts"]) -> None:
    for summary in reader.map([article, "A text."], "summary", points=3, allow_partial=True):
        summary.headline.upper()
    for found in reader.map([article], "facts", limit=3):
        found.facts[0].kind.upper()
    for either in reader.map([article], "facts", return_errors=True):
        either.next_step.upper() if isinstance(either, QuotewiseError) else either.facts[0].kind.upper()
    for one in reader.map([article], task):
        one.cited[0].text.upper()
    reader.facts(["A text.", "Another text."])
    estimate(article, "summary", words=80, model="gpt-6-luna").most.calls.bit_length()
    reader.estimate(article, "answer", question="How many?", exhaustive=True)


def refused(reader: Reader, article: Article) -> None:
    """What is misspelt or belongs to another task; an ignore that ignores nothing is an error here."""
    estimate(article, modle="gpt-6-luna")  # type: ignore[call-overload]
    estimate(article, "facts", words=80)  # type: ignore[call-overload]
    reader.estimate(article, "answer", focus="rain")  # type: ignore[call-overload]
    reader.map([article], "facts", words=80)  # type: ignore[call-overload]
    reader.map([article], "answer")  # type: ignore[call-overload]
