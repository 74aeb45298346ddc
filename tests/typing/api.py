"""The public API as users write it. Never run: mypy checks it, so a changed signature shows."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from quotewise import (
    Answer,
    Article,
    AsyncReader,
    Budget,
    Chunk,
    Facts,
    Quote,
    Reader,
    Summary,
    Verification,
    ask,
    chunks,
    count_tokens,
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
            print(result)
