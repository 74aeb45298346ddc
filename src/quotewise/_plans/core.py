"""What a plan is: a generator that yields a batch of calls and is sent one outcome for each, in order.

Nothing here makes a call. `_io` drives plans; a test drives one by sending it replies.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, TypeVar

from pydantic import BaseModel

from .._errors import QuotewiseError
from .._values import Usage

T = TypeVar("T")
Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a call."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Call:
    """One question to a model: the messages, and the schema that the answer must fit.

    `task` names what it is for (in events and errors). `max_output` is the output limit in tokens, to be
    set as tight as the task allows, since servers reserve it. `unheld` is the mode of an earlier reply to
    it that did not fit, as none does that a server holds to the schema.
    """

    task: str
    messages: tuple[Message, ...]
    schema: type[BaseModel]
    max_output: int = 4_000
    unheld: str = ""

    def followed_by(self, *messages: Message) -> Call:
        """The same call with more messages; what stood before stays byte for byte, so that caches hit."""
        return replace(self, messages=(*self.messages, *messages))


ONE_CALL = Usage(calls=1)


def _nobody_stored_it() -> None:
    """Nothing is to be forgotten."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it came: unread, unchecked.

    `finish` is the server's finish_reason, None where the stream ended without one. `mode` is the
    structured-output mode that was in force, `replayed` True where a journal gave the answer. `thought` is
    how many of its output tokens the server says went into reasoning. `most` is the largest output limit that
    the server takes, None where it never said. `repeats` attempts before it may have
    been paid for as well. `remarks` say what went wrong on the way and stopped nothing, each in the same
    words for every reply; `{}` in one stands for how many replies it is said of. `forget` tells whoever
    stored the reply that it was of no use, so that the call is made anew next time.
    """

    text: str
    finish: str | None = "stop"
    refusal: str | None = None
    usage: Usage = ONE_CALL
    model: str = ""
    mode: str = "json_schema"
    replayed: bool = False
    thought: int = 0
    most: int | None = None
    repeats: int = 0
    remarks: tuple[str, ...] = ()
    forget: Callable[[], None] = field(default=_nobody_stored_it, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that got no reply, kept in its slot."""

    error: QuotewiseError


Outcome: TypeAlias = Reply | Failure
Plan: TypeAlias = Generator[tuple[Call, ...], tuple[Outcome, ...], T]
