"""Asking within a plan: yield calls, read the replies, ask once more where that can help.

A reply is read here and nowhere else: refused, filtered, cut and empty are told apart before it is parsed,
and a parsed reply is always validated. Transport faults were retried below; a failure that arrives stays one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

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

M = TypeVar("M", bound=BaseModel)

_HALF_PAIR = re.compile("[\ud800-\udfff]")

MOST_PROBLEMS = 20
"""How many schema errors a model is told at once; more do not help it and cost tokens."""


def _never(_: int, __: QuotewiseError) -> bool:
    return False


def ask_each(
    calls: Sequence[Call], schema: type[M], *, goes_on: Callable[[int, QuotewiseError], bool] = _never
) -> Plan[list[M | QuotewiseError]]:
    """Independent calls, made at once; what fails stays in its slot as the error.

    One further round asks again what does not fit the schema (with the reasons) and what was cut at the
    output limit (with twice the limit). Replies that come to nothing are forgotten, so that a run with the
    same journal asks anew; not where the caller `goes_on` from the error of that slot.
    """
    if not calls:
        return []
    outcomes = yield tuple(calls)
    came = [[outcome] for outcome in outcomes]
    answers = [_read(outcome, schema) for outcome in outcomes]
    again = {
        i: second
        for i, (call, outcome) in enumerate(zip(calls, outcomes, strict=True))
        if (second := _second_try(call, outcome, answers[i])) is not None
    }
    if again:
        outcomes = yield tuple(again.values())
        for i, outcome in zip(again, outcomes, strict=True):
            came[i].append(outcome)
            answers[i] = _read(outcome, schema)
    for i, answer in enumerate(answers):
        if isinstance(answer, ModelError) and not goes_on(i, answer):
            _forget(came[i])
    return answers


def _forget(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, Reply):
            outcome.forget()


def _second_try(call: Call, outcome: Outcome, answer: BaseModel | QuotewiseError) -> Call | None:
    if not isinstance(outcome, Reply):
        return None
    if isinstance(answer, TruncatedError):
        return replace(call, max_output=2 * call.max_output)
    if isinstance(answer, MalformedError):
        return _reask(call, outcome, problems(outcome.text, call.schema))
    return None


def _reask(call: Call, reply: Reply, found: list[str]) -> Call:
    told = prompts.load("reask").fill(problems="\n".join(f"- {problem}" for problem in found))
    # An empty assistant message is refused by several servers, so what was said is left out when it is empty.
    said = [Message("assistant", reply.text)] if reply.text.strip() else []
    return call.followed_by(*said, Message("user", told))


def _read(outcome: Outcome, schema: type[M]) -> M | QuotewiseError:
    if isinstance(outcome, Failure):
        return outcome.error
    try:
        return read(outcome, schema)
    except QuotewiseError as error:
        return error


def read(reply: Reply, schema: type[M]) -> M:
    """A reply as the value it must be; raises the `ModelError` that says why it cannot."""
    if reply.refusal:
        raise RefusedError("The model declined to answer.")
    if reply.finish == "content_filter":
        raise FilteredError("A content filter stopped the answer.")
    if reply.finish == "length":
        raise TruncatedError("The answer was cut at the output limit.")
    try:
        return schema.model_validate_json(_as_object(reply.text, schema))
    except ValidationError as error:
        why = _in_a_line(error)
    raise MalformedError(why)  # out here, because the error it would be chained to holds the model's words


def problems(text: str, schema: type[BaseModel]) -> list[str]:
    """What keeps a text from fitting the schema, one line each, without the text's own words.

    >>> from .schemas import ClaimedFacts
    >>> problems('{"facts": [{"kind": "event", "text": "Rain fell."}]}', ClaimedFacts)
    ['facts.0.evidence: Field required']
    """
    try:
        schema.model_validate_json(_as_object(text, schema))
    except ValidationError as error:
        return _lines(error)
    return []


def _lines(error: ValidationError) -> list[str]:
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return [f"{_place(e['loc'])}: {e['msg']}" for e in found[:MOST_PROBLEMS]]


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part)[:40] for part in loc) or "the whole answer"


def _in_a_line(error: ValidationError) -> str:
    first, count = _lines(error)[0], error.error_count()
    places = f" in {count} places, the first" if count > 1 else ":"
    return f"The answer does not fit the schema{places} {first}."


def _as_object(text: str, schema: type[BaseModel]) -> str:
    """The JSON object in a reply: without a Markdown fence, and a bare list as the one list it must be."""
    text = _without_half_pairs(_without_fence(text.strip()))
    fields = schema.model_fields
    wanted = [name for name in fields if fields[name].is_required()] or list(fields)
    if text.startswith("[") and len(wanted) == 1:
        return f'{{"{wanted[0]}": {text}}}'
    return text


def _without_half_pairs(text: str) -> str:
    """Half a surrogate pair, which some models write, is no JSON to pydantic; Python's reader takes it."""
    if "\\ud" not in text.lower():
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return _HALF_PAIR.sub("\ufffd", json.dumps(value, ensure_ascii=False))


def _without_fence(text: str) -> str:
    if not text.startswith("```"):
        return text
    body = text.partition("\n")[2] or text.removeprefix("```")
    return body.strip().removesuffix("```").strip()


def as_json(value: Any) -> str:
    """A value as a model would write it, for engines and scripts that answer in one's place."""
    return value.model_dump_json() if isinstance(value, BaseModel) else json.dumps(value, ensure_ascii=False)
