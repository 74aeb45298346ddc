"""What each task may be asked, as a type checker sees it: the keywords of `map` and `estimate`.

They are checked again where a task is made, for callers without a type checker.
"""

from __future__ import annotations

from typing import TypedDict

from ._options import OptionsGiven


class SummaryAsked(TypedDict, total=False):
    """Of a summary."""

    words: int | None
    points: int | None
    focus: str | None


class FactsAsked(TypedDict, total=False):
    """Of a list of facts."""

    limit: int | None
    focus: str | None


class AnswerAsked(TypedDict, total=False):
    """Of an answer."""

    question: str
    exhaustive: bool


class SummaryOfEach(SummaryAsked, total=False):
    """Of the summaries of many articles."""

    allow_partial: bool


class FactsOfEach(FactsAsked, total=False):
    """Of the facts of many articles."""

    allow_partial: bool


class SummaryFrom(SummaryAsked, OptionsGiven, total=False):
    """Of a summary, and of the reader that is to make it."""


class FactsFrom(FactsAsked, OptionsGiven, total=False):
    """Of a list of facts, and of the reader that is to make it."""


class AnswerFrom(AnswerAsked, OptionsGiven, total=False):
    """Of an answer, and of the reader that is to give it."""
