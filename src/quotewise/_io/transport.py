"""The seam between reasoning and the world: one method. Everything that answers calls has this shape."""

from __future__ import annotations

from typing import Protocol

from .._plans.core import Call, Reply


class Transport(Protocol):
    """Answers one call at a time, many at once.

    `send` raises only errors of `quotewise` (see the tree in `_errors`): a `TransportError` where no usable
    answer came. What is in the reply is judged by the plan, so a refusal or a cut answer is a `Reply`.
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
