"""A result that was loaded, and its articles: put beside each other again, where they belong together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .._errors import UsageError
from .._results import Result
from .article import Article


def attach(result: Result, articles: Article | str | Path | Sequence[Article | str | Path]) -> None:
    """Remember the articles beside a result, for its pages; they are no part of its JSON or equality.

    A result that was loaded from JSON comes without them. Give the article that it was made from, or of
    several all of them, in their order. Raises `UsageError` where one is another: the page would light the
    wrong words.

    >>> from quotewise import Facts, facts
    >>> article = Article("Rain fell in Oslo on Monday. It flooded two streets.")
    >>> loaded = Facts.model_validate_json(facts(article).model_dump_json())
    >>> attach(loaded, article)
    """
    several = [articles] if isinstance(articles, Article | str | Path) else articles
    given = tuple(map(Article.of, several))
    if [article.id for article in given] != [source.id for source in result.sources]:
        raise UsageError(
            f"The result was not made from {'this article' if len(given) == 1 else 'these, in this order'}.",
            next_step="Give what it was made from: .sources names it, each with the sha256 of its text.",
        )
    result._articles = given
