"""The engine that needs no key: answers a call like a model, from the prompt alone, in this process.

It reads the same prompts and fills the same schemas, so that everything after it runs as it does for a
model. What it picks is decided in `_extractive`; its claims are sentences of the article, word for word,
without the marks of Markdown.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from pydantic import BaseModel

from .._errors import RequestRejectedError
from .._extractive import several
from .._extractive.page.items import led, with_leads
from .._extractive.page.marks import unmarked
from .._extractive.page.table import row_words, tables
from .._extractive.questions.followup import may_stand_alone, says_nothing_new, whole_question
from .._extractive.questions.foreign import is_foreign
from .._extractive.summaries.focus import is_nowhere
from .._plans import schemas
from .._plans.core import Call, Reply
from .._plans.numbered import Line, headers, parse
from .._values import IN_DOUBT, LEFT_OUT, Usage
from .bell import Turns
from .fork import begin

ENGINE = "extractive"
_FOREIGN = (
    "The question seems to be in another language than the article; the built-in engine cannot tell what it"
    " asks."
)
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

    def __init__(self) -> None:
        begin(self)

    def _begin(self) -> None:
        self._turns = Turns()  # one reading at a time: two would only take the interpreter from each other

    async def send(self, call: Call) -> Reply:
        """The engine's answer, as the JSON that the call's schema asks for; found in a thread, as it takes
        its time.
        """
        async with self._turns:
            answer = await asyncio.to_thread(read, call)
        return Reply(answer.model_dump_json(), model=ENGINE, mode=ENGINE, usage=Usage(calls=0))

    async def aclose(self) -> None:
        """Nothing is open."""


def read(call: Call) -> BaseModel:
    """What the engine makes of a call; raises `RequestRejectedError` for what extraction cannot do."""
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
    lines, aside = _short_enough(with_leads(lines))
    digest = several.summarize(
        lines, words=task.number("Words"), points=task.number("Points"), focus=task.words("Focus")
    )
    texts, leads = {line.number: line.text for line in lines}, _leads(lines)
    claims = [
        schemas.ClaimedPoint(evidence=_evidence(said, leads), rank=rank, text=unmarked(texts[said[0]]))
        for said, rank in digest.ranks.items()
    ]
    return schemas.ClaimedSummary(
        claims=claims, headline=digest.headline, aside=(*aside, *_beside(task, lines))
    )


def _facts(lines: Sequence[Line], task: _Task) -> BaseModel:
    rows = row_words(tables(lines))
    known = [line._replace(text=rows.get(line.number, line.text)) for line in with_leads(lines)]
    kept, aside = _short_enough(known)
    texts, leads = {line.number: line.text for line in kept}, _leads(kept)
    picks = several.facts(kept, focus=task.words("Focus"), limit=task.number("Limit"), rows=rows)
    return schemas.ClaimedFacts(
        facts=[
            schemas.ClaimedFact(evidence=_evidence(said, leads), kind=kind, text=unmarked(texts[said[0]]))
            for said, kind in picks.items()
        ],
        aside=(*aside, *_beside(task, kept)),
    )


def _beside(task: _Task, lines: Sequence[Line]) -> tuple[str, ...]:
    """What is said of a focus that stands nowhere, so that it made no difference."""
    focus = task.words("Focus")
    if task.name == "merge" or not is_nowhere(focus, (line.text for line in lines)):
        return ()
    return (f"Nothing was found about “{focus}”: this is what the whole says.",)


def _is_foreign(question: str, lines: Sequence[Line]) -> bool:
    """Whether a question is in another language than each of the articles."""
    articles = [list(of_one) for _, of_one in groupby(lines, key=attrgetter("source"))]
    return all(is_foreign(question, article) for article in articles)


def _answer(lines: Sequence[Line], task: _Task) -> BaseModel:
    asked, found = _found(lines, task)
    texts = {line.number: line.text for line in with_leads(lines)}
    given = task.earlier[-1][1] if task.earlier else ""
    picked = [texts[said[0]] for said in found.picked]
    known = given and says_nothing_new(asked, picked, given, partly=found.status == "partly")
    claims = _claims(found, picked, lines)
    aside = (
        *([_FOREIGN] if _is_foreign(task.values.get("Question", ""), lines) else ()),
        *([IN_DOUBT] if found.doubtful and claims and not known else ()),
        *(_left_out(found, claims, lines) if claims else ()),
        *_of_long(picked, "only the words around the answer were taken" if claims else "passed over"),
    )
    if known or not claims:
        return schemas.ClaimedAnswer(
            status="not_in_source", claims=[], sure=found.confidence, nearest=found.nearest, aside=aside
        )
    return schemas.ClaimedAnswer(
        status=found.status if len(claims) == len(picked) else "partly",
        claims=claims,
        short="" if found.status == "partly" or _is_too_long(found.words) else found.words,
        sure=found.confidence,
        nearest=found.nearest,
        aside=aside,
    )


def _found(lines: Sequence[Line], task: _Task) -> tuple[str, several.JointFound]:
    """What a question finds with what was asked before; where that is in doubt, what it finds alone."""
    asked, own = _asked(task), task.values.get("Question", "")
    found = several.answer(lines, asked)
    if asked == own or _is_sure(found) or not may_stand_alone(own):
        return asked, found
    alone = several.answer(lines, own)
    return (own, alone) if _is_sure(alone) else (asked, found)


def _is_sure(found: several.JointFound) -> bool:
    return found.status in ("answered", "conflict") and not found.doubtful


def _left_out(
    found: several.JointFound, claims: Sequence[schemas.ClaimedClaim], lines: Sequence[Line]
) -> tuple[str, ...]:
    """What is noted of the articles whose answer is not given beside that of others."""
    of = {line.number: line.source for line in lines}
    given = {of[number] for claim in claims for number in claim.evidence}
    return tuple(f"{LEFT_OUT}{source + 1}" for source in found.sources if source not in given)


def _claims(
    found: several.JointFound, picked: Sequence[str], lines: Sequence[Line]
) -> list[schemas.ClaimedClaim]:
    """What answers, in claims; of a sentence too long for one, the words around the answer's, if known."""
    leads = _leads(lines)
    words = [unmarked(text) for text in picked]
    if words:
        words[0] = found.told or words[0]
        if _is_too_long(words[0]) and found.span:
            whole = next(line.text for line in lines if line.number == found.picked[0][0])
            words[0] = _around(whole, *found.span)
    return [
        schemas.ClaimedClaim(evidence=_evidence(said, leads), text=text)
        for said, text in zip(found.picked, words, strict=True)
        if not _is_too_long(text)
    ]


def _evidence(said: several.Said, leads: Mapping[int, int]) -> list[int]:
    """The numbers of the lines that say something, and of the lines whose words they are told with."""
    return [*said, *dict.fromkeys(lead for number in said if (lead := leads[number]))]


def _leads(lines: Sequence[Line]) -> dict[int, int]:
    return {line.number: line.lead for line in lines}


def _is_too_long(text: str) -> bool:
    return len(text) > schemas.LONGEST


def _short_enough(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines that can be a claim, and what is said of the others."""
    kept = [line for line in lines if not _is_too_long(line.text)]
    return kept, _of_long([line.text for line in lines], "passed over")


def _of_long(texts: Sequence[str], done: str) -> tuple[str, ...]:
    """What is said of sentences that are too long to be a claim, as a transcript without stops is."""
    sizes = [len(text) for text in texts if _is_too_long(text)]
    if not sizes:
        return ()
    which = f"A sentence of {max(sizes):,} characters is"
    if len(sizes) > 1:
        which = f"{len(sizes):,} sentences of up to {max(sizes):,} characters are"
    return (f"{which} too long to be a claim (at most {schemas.LONGEST:,}): {done}.",)


def _around(text: str, start: int, end: int) -> str:
    """The words on both sides of some words, as many of them whole as a claim can hold."""
    before = max(0, start - max(0, schemas.LONGEST - (end - start)) // 2)
    after = min(len(text), before + schemas.LONGEST)
    first = text.find(" ", before, start) + 1 if before else 0
    last = text.rfind(" ", end, after) if after < len(text) else after
    return text[first or before : after if last < 0 else last]


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
