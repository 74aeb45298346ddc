"""Driving a plan by hand: send it replies, look at the calls it makes. No loop, no thread, no transport."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from quotewise._errors import QuotewiseError
from quotewise._plans.core import Call, Failure, Outcome, Plan, Reply

T = TypeVar("T")


def reply(value: Any, **rest: Any) -> Reply:
    """A reply that holds a value as JSON, or a text as it is."""
    return Reply(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), **rest)


def play(plan: Plan[T], script: Callable[[Call], Any]) -> tuple[T, list[Call]]:
    """The plan's result when every call is answered by the script, and the calls in order."""
    made: list[Call] = []
    try:
        calls = next(plan)
        while True:
            made.extend(calls)
            calls = plan.send(tuple(_outcome(script(call)) for call in calls))
    except StopIteration as stop:
        return stop.value, made


def play_list(plan: Plan[T], *answers: Any) -> tuple[T, list[Call]]:
    """The same with the answers in a row; one too few or too many is an error of the test."""
    left = list(answers)
    result, made = play(plan, lambda _: left.pop(0))
    assert not left, f"{len(left)} answers were not asked for"
    return result, made


def _outcome(answer: Any) -> Outcome:
    if isinstance(answer, Reply | Failure):
        return answer
    return Failure(answer) if isinstance(answer, QuotewiseError) else reply(answer)
