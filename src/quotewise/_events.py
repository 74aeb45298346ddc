"""What a run tells while it runs: small frozen events, handed to `on_event` in order.

A listener is called on the run's own thread and should return quickly; what it raises ends the run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ._results import Usage


@dataclass(frozen=True, slots=True)
class Planned:
    """A round of `calls` calls is about to be made for `task`."""

    task: str
    calls: int
    round: int


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A call was handed to the transport."""

    task: str


@dataclass(frozen=True, slots=True)
class CallRetried:
    """The transport is trying a call again after `wait` seconds, because of `reason`."""

    task: str
    attempt: int
    wait: float
    reason: str


@dataclass(frozen=True, slots=True)
class CallDone:
    """A reply came (or, `replayed`, was in the journal); `usage` is what it cost."""

    task: str
    usage: Usage
    replayed: bool


@dataclass(frozen=True, slots=True)
class CallFailed:
    """A call got no usable reply; `reason` is the error's message."""

    task: str
    reason: str


@dataclass(frozen=True, slots=True)
class Spent:
    """What the run has cost so far."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Finished:
    """The run ended with a result of `claims` supported and `rejected` rejected claims."""

    task: str
    claims: int
    rejected: int


Event: TypeAlias = Planned | CallStarted | CallRetried | CallDone | CallFailed | Spent | Finished
Listener: TypeAlias = Callable[[Event], None]
