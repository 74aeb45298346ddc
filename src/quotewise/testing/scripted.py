"""A transport that answers from a script: the seam through which code that calls a model is tested.

It makes no HTTP; for what HTTP can do wrong, put the same script behind a `LocalServer`.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel

from .._plans.core import Call, Reply

Answer: TypeAlias = Reply | str | dict[str, Any] | list[Any] | BaseModel | Exception
"""What may stand for a reply: a `Reply` as it is, a text, what becomes JSON, or an error to raise."""

Script: TypeAlias = Callable[[Call], Answer | Awaitable[Answer]] | Sequence[Answer]
"""A function of the call (plain or async), or the answers in their order."""


class ScriptedTransport:
    """Answers each call from `script` and keeps the calls in `.calls`.

    With a list, the n-th call gets the n-th answer, and a call too many raises `AssertionError`: where
    calls are made at once, their order is not promised, so use a function that looks at the call.

    >>> from quotewise import Reader
    >>> scripted = ScriptedTransport([{"facts": []}])
    >>> with Reader(transport=scripted) as reader:
    ...     reader.facts("Rain fell in Oslo.").facts
    ()
    >>> [call.task for call in scripted.calls]
    ['facts']
    """

    def __init__(self, script: Script, *, model: str = "scripted") -> None:
        self.model = model
        self.calls: list[Call] = []
        self._script = script

    async def send(self, call: Call) -> Reply:
        """The scripted answer as a reply; raises it where it is an error."""
        self.calls.append(call)
        answer = self._scripted(call)
        if inspect.isawaitable(answer):
            answer = await answer
        return self._as_reply(answer)

    async def aclose(self) -> None:
        """Nothing is open."""

    def _scripted(self, call: Call) -> Answer | Awaitable[Answer]:
        if callable(self._script):
            return self._script(call)
        place = len(self.calls)
        if place > len(self._script):
            raise AssertionError(
                f"The script holds {len(self._script)} answers, and this is call {place} ({call.task})."
            )
        return self._script[place - 1]

    def _as_reply(self, answer: Answer) -> Reply:
        match answer:
            case Exception():
                raise answer
            case Reply():
                return answer
            case BaseModel():
                return Reply(answer.model_dump_json(), model=self.model)
            case str():
                return Reply(answer, model=self.model)
        return Reply(json.dumps(answer, ensure_ascii=False), model=self.model)
