"""The engine that needs no key: answers a call like a model, from the prompt alone, in this process.

It reads the same prompts and fills the same schemas, so that everything after it runs as it does for a
model. What it picks is decided in `_extractive`; its claims are sentences of the article, word for word,
without the marks of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from .._errors import RequestRejectedError
from .._extractive import several
from .._extractive.followup import says_nothing_new, whole_question
from .._extractive.items import led, told
from .._extractive.marks import unmarked
from .._extractive.table import row_words, tables
from .._plans import schemas
from .._plans.core import Call, Reply
from .._plans.numbered import Line, headers, parse
from .._values import Usage

ENGINE = "extractive"
_TURN = re.compile(r"^Asked: (.*)\nAnswered: (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Task:
    """A task as its prompt states it: its name and the values of its first lines."""

    name: str
    values: Mapping[str, str]
    earlier: tuple[tuple[str, str], ...] = ()

    def words(self, key: str) -> str | None:
        value = self.values.get(key, "none")
        return None if value == "none" else value

    def number(self, key: str) -> int | None:
        value = self.values.get(key, "")
        return int(value) if value.isdecimal() else None


class ExtractiveTransport:
    """Answers from the numbered sentences of the prompt; deterministic, offline, free."""

    model = ENGINE

    async def send(self, call: Call) -> Reply:
        """The engine's answer, as the JSON that the call's schema asks for."""
        return Reply(read(call).model_dump_json(), model=ENGINE, mode=ENGINE, usage=Usage(calls=0))

    async def aclose(self) -> None:
        """Nothing is open."""


def read(call: Call) -> BaseModel:
    """What the engine makes of a call; raises `RequestRejectedError` for a task that extraction cannot do."""
    prompt = next(m.content for m in call.messages if m.role == "user")
    lines, words = parse(prompt)
    task = _task(words)
    engine = _ENGINES.get(task.name)
    if engine is None:
        raise RequestRejectedError(
            f"The extractive engine cannot do the task {task.name!r}.", next_step="Name a model for it."
        )
    return engine(led(lines), task)


def _task(words: str) -> _Task:
    values = headers(words)
    return _Task(values.get("Task", ""), values, tuple(_TURN.findall(words)))


def _summary(lines: Sequence[Line], task: _Task) -> BaseModel:
    lines = told(lines)
    digest = several.summarize(
        lines, words=task.number("Words"), points=task.number("Points"), focus=task.words("Focus")
    )
    texts = {line.number: line.text for line in lines}
    claims = [
        schemas.ClaimedPoint(evidence=_evidence(said, lines), rank=rank, text=unmarked(texts[said[0]]))
        for said, rank in digest.ranks.items()
    ]
    return schemas.ClaimedSummary(claims=claims, headline=digest.headline)


def _facts(lines: Sequence[Line], task: _Task) -> BaseModel:
    rows = row_words(tables(lines))
    lines = [line._replace(text=rows.get(line.number, line.text)) for line in told(lines)]
    texts = {line.number: line.text for line in lines}
    picks = several.facts(lines, focus=task.words("Focus"), limit=task.number("Limit"), rows=rows)
    return schemas.ClaimedFacts(
        facts=[
            schemas.ClaimedFact(evidence=_evidence(said, lines), kind=kind, text=unmarked(texts[said[0]]))
            for said, kind in picks.items()
        ]
    )


def _answer(lines: Sequence[Line], task: _Task) -> BaseModel:
    asked = _asked(task)
    found = several.answer(lines, asked)
    texts = {line.number: line.text for line in told(lines)}
    given = task.earlier[-1][1] if task.earlier else ""
    picked = [texts[said[0]] for said in found.picked]
    known = given and says_nothing_new(asked, picked, given, partly=found.status == "partly")
    if known or found.status == "not_in_source":
        return schemas.ClaimedAnswer(
            status="not_in_source", claims=[], sure=found.confidence, nearest=found.nearest
        )
    words = [unmarked(text) for text in picked]
    words[0] = found.told or words[0]
    return schemas.ClaimedAnswer(
        status=found.status,
        claims=[
            schemas.ClaimedClaim(evidence=_evidence(said, lines), text=text)
            for said, text in zip(found.picked, words, strict=True)
        ],
        short=found.words,
        sure=found.confidence,
        nearest=found.nearest,
    )


def _evidence(said: several.Said, lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that say something, and of the lines whose words they are told with."""
    leads = {line.number: line.lead for line in lines if line.number in said}
    return [*said, *dict.fromkeys(lead for number in said if (lead := leads[number]))]


def _asked(task: _Task) -> str:
    """The question, made whole by the one before it, which the one before that made whole."""
    before, said = "", ""
    for asked, answered in task.earlier:
        before, said = whole_question(asked, before, said), answered
    return whole_question(task.values.get("Question", ""), before, said)


def _withdraw(lines: Sequence[Line], task: _Task) -> BaseModel:
    """Asked to put a claim right, it can only leave it out: it has no words of its own."""
    return schemas.ClaimedRepairs(repairs=[])


_ENGINES: Mapping[str, Callable[[Sequence[Line], _Task], BaseModel]] = {
    "summary": _summary,
    "merge": _summary,
    "facts": _facts,
    "answer": _answer,
    "repair": _withdraw,
}
