"""Asking within a plan: yield calls, read the replies, ask once more where that can help.

A reply is read here and nowhere else: refused, filtered, cut and empty are told apart before it is parsed,
and a parsed reply is always validated. Transport faults were retried below; a failure that arrives stays one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from pydantic import BaseModel

from .._errors import (
    FilteredError,
    MalformedError,
    ModelError,
    QuotewiseError,
    RefusedError,
    TruncatedError,
)
from . import prompts
from .core import Call, Failure, Message, Outcome, Plan, Reply
from .fitting import EMPTY, Misfit, fitted
from .presented import breaks_off, without_thoughts
from .sketch import sketch

M = TypeVar("M", bound=BaseModel)

MORE_ROOM = 2
"""How many times its limit an answer that was cut is given when it is asked for again."""

MORE_THOUGHT = 4
"""How many times the tokens that went into reasoning are added to that: nobody knows how long it goes on."""

_NEARLY = 0.9
"""The share of a limit from which an answer has reached it; below, another limit was met."""

_DECLINES = re.compile(
    r"\b(?:can(?:no|['’])t|can not|could not|couldn['’]t|won['’]t|will not|unable|not able|decline)\b",
    re.IGNORECASE,
)


def _never(_: int, __: QuotewiseError) -> bool:
    return False


def ask_each(
    calls: Sequence[Call], schema: type[M], *, goes_on: Callable[[int, QuotewiseError], bool] = _never
) -> Plan[list[M | QuotewiseError]]:
    """Independent calls, made at once; what fails stays in its slot as the error.

    One further round asks again what does not fit the schema (with the reasons) and what was cut at the
    output limit (with more room). Replies that come to nothing are forgotten, so that a run with the same
    journal asks anew; not where the caller `goes_on` from the error of that slot. This run does where all
    of them were replayed: the one that stored them was killed before it could forget them.
    """
    answers, came = yield from _tried(calls, schema)
    stale = _forgotten(answers, came, goes_on)
    if stale:
        anew, came = yield from _tried([calls[i] for i in stale], schema)
        _forgotten(anew, came, lambda at, error: goes_on(stale[at], error))
        for i, answer in zip(stale, anew, strict=True):
            answers[i] = answer
    return answers


def _forgotten(
    answers: Sequence[BaseModel | QuotewiseError],
    came: Sequence[Sequence[Outcome]],
    goes_on: Callable[[int, QuotewiseError], bool],
) -> list[int]:
    """Have the replies that came to nothing forgotten; which of the calls got none but replayed ones."""
    useless = [i for i, a in enumerate(answers) if isinstance(a, ModelError) and not goes_on(i, a)]
    for outcome in chain(*(came[i] for i in useless)):
        if isinstance(outcome, Reply):
            outcome.forget()
    return [i for i in useless if all(isinstance(one, Reply) and one.replayed for one in came[i])]


def _tried(
    calls: Sequence[Call], schema: type[M]
) -> Plan[tuple[list[M | QuotewiseError], list[list[Outcome]]]]:
    """What each call came to after two tries at most, and its outcomes."""
    if not calls:
        return [], []
    outcomes = yield tuple(calls)
    came = [[outcome] for outcome in outcomes]
    answers = [_read(call, outcome, schema) for call, outcome in zip(calls, outcomes, strict=True)]
    again = {
        i: second
        for i, (call, outcome) in enumerate(zip(calls, outcomes, strict=True))
        if (second := _second_try(call, outcome, answers[i])) is not None
    }
    if again:
        outcomes = yield tuple(again.values())
        for i, outcome in zip(again, outcomes, strict=True):
            came[i].append(outcome)
            answers[i] = _read(again[i], outcome, schema)
    return answers, came


def _second_try(call: Call, outcome: Outcome, answer: BaseModel | QuotewiseError) -> Call | None:
    if not isinstance(outcome, Reply):
        return None
    if isinstance(answer, TruncatedError):
        if outcome.most is not None and outcome.most <= call.max_output:
            return None  # the server gives no more room
        return replace(call, max_output=_more_room(call, outcome))
    try:
        if not outcome.refusal and isinstance(answer, (MalformedError, RefusedError)):
            fitted(outcome.text, call.schema)
    except Misfit as misfit:
        return _reask(call, outcome, misfit)
    return None


def _more_room(call: Call, reply: Reply) -> int:
    """Twice the room for an answer that was cut, and for thoughts that took it four times what they took."""
    thought = reply.thought or (0 if _began(reply) else call.max_output)
    return MORE_ROOM * call.max_output + MORE_THOUGHT * min(thought, call.max_output)


def _began(reply: Reply) -> bool:
    """Whether there is anything of an answer, and not thoughts alone."""
    return bool(without_thoughts(reply.text))


def _reask(call: Call, reply: Reply, misfit: Misfit) -> Call:
    told = prompts.load("reask").fill(
        problems="\n".join(f"- {problem}" for problem in misfit.problems), shape=sketch(call.schema)
    )
    # An empty assistant message is refused by several servers, so what was said is left out when it is empty.
    answered = without_thoughts(reply.text)
    said = [Message("assistant", answered)] if answered else []
    unheld = reply.mode if misfit.unheld and not breaks_off(answered) else ""
    return replace(call, unheld=unheld).followed_by(*said, Message("user", told))


def _read(call: Call, outcome: Outcome, schema: type[M]) -> M | QuotewiseError:
    if isinstance(outcome, Failure):
        return outcome.error
    try:
        return read(outcome, schema, call.max_output)
    except QuotewiseError as error:
        return error


def read(reply: Reply, schema: type[M], most: int | None = None) -> M:
    """A reply as the value it must be; raises the `ModelError` that says why it cannot.

    `most` is the output limit that was asked for, in tokens.
    """
    if reply.refusal:
        raise RefusedError("The model declined to answer.")
    if reply.finish == "content_filter":
        raise FilteredError("A content filter stopped the answer.")
    if reply.finish == "length":
        raise _cut(reply, most)
    try:
        return fitted(reply.text, schema)
    except Misfit as misfit:
        error = _malformed(misfit, reply.text)
    raise error


def _cut(reply: Reply, most: int | None) -> TruncatedError:
    """Whose limit it was, as far as the server tells, and what the tokens went into."""
    limit = f" of {most:,} tokens that quotewise set for it" if most else ""
    written = reply.usage.output_tokens
    if most and 0 < written < _NEARLY * most:
        limit = f" of the server or its window: after {written:,} tokens, where quotewise allowed {most:,}"
    spent = f"; {reply.thought:,} of them went into reasoning" if reply.thought else ""
    step = None if _began(reply) else "Have the model reason less, or use one that does."
    error = TruncatedError(f"The answer was cut at the output limit{limit}{spent}.", next_step=step)
    error.began = _began(reply)
    return error


def _malformed(misfit: Misfit, text: str) -> ModelError:
    """The error for an answer that does not fit; it shows none of it, which may retell the article."""
    if misfit.in_words and _DECLINES.search(text):
        return RefusedError("The model answered in words, which seem to decline, and not in JSON.")
    if misfit.in_words:
        return MalformedError("The model answered in words and not in JSON.")
    if misfit.problems == [EMPTY]:
        return MalformedError("The model gave an empty answer.", next_step="Try again, or use another model.")
    places = f" in {misfit.count} places, the first" if misfit.count > 1 else ":"
    return MalformedError(f"The answer does not fit the schema{places} {misfit.problems[0]}.")


def as_json(value: Any) -> str:
    """A value as a model would write it, for engines and scripts that answer in one's place."""
    return value.model_dump_json() if isinstance(value, BaseModel) else json.dumps(value, ensure_ascii=False)
