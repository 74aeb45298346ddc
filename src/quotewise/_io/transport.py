"""The seam between reasoning and the world: one method. Everything that answers calls has this shape."""

from __future__ import annotations

from typing import Protocol

from .._errors import QuotewiseError
from .._plans.core import Call, Reply


class Transport(Protocol):
    """Answers one call at a time, many at once.

    `send` raises only errors of `quotewise` (see the tree in `_errors`): a `TransportError` where no usable
    answer came, with `in_doubt` where that may have been billed. What is in the reply is judged by the plan,
    so a refusal or a cut answer is a `Reply`.
    """

    @property
    def model(self) -> str:
        """The model's name, as results and prices speak of it."""
        ...

    async def send(self, call: Call) -> Reply:
        """The answer to a call."""
        ...

    async def aclose(self) -> None:
        """Let go of connections; safe to call twice."""
        ...


def may_be_billed(error: BaseException | None) -> bool:
    """Whether an attempt that ended so may have been billed: it was cut off here, or its error says so."""
    if isinstance(error, QuotewiseError):
        return error.in_doubt
    return error is not None and not isinstance(error, Exception)
