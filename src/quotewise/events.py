"""What a run tells while it runs: small frozen events, handed to `on_event` in order.

A listener is called on the run's own thread and should return quickly; what it raises ends the run. `call`
numbers the calls of one run from 1, so that what is told of calls in flight can be told apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ._values import Claim, Usage


@dataclass(frozen=True, slots=True)
class Planned:
    """A round of `calls` calls is about to be made for `task`: the parts of an article, or what follows."""

    task: str
    calls: int
    round: int


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A call was handed to the transport."""

    task: str
    call: int = 0


@dataclass(frozen=True, slots=True)
class CallRetried:
    """The transport is trying a call again after `wait` seconds, because of `reason`.

    Without a wait where the server does not take one form of the request and is asked in another.
    """

    task: str
    attempt: int
    wait: float
    reason: str
    call: int = 0


@dataclass(frozen=True, slots=True)
class CallDone:
    """A reply came (or, `replayed`, was in the journal); `usage` is what it cost.

    In a reading by parts this is a part done.
    """

    task: str
    usage: Usage
    replayed: bool
    call: int = 0


@dataclass(frozen=True, slots=True)
class CallFailed:
    """A call got no usable reply; `reason` is the error's message."""

    task: str
    reason: str
    call: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """What the run has cost so far, told at the end of each round."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class ClaimVerified:
    """A claim was checked against what it cites; `reason` says why one that does not hold was rejected.

    Told when the checks and the repair round are over, the supported ones first, in the result's order.
    """

    task: str
    claim: Claim
    reason: str = ""

    @property
    def supported(self) -> bool:
        """Is it in the result?"""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Finished:
    """The run ended with a result of `claims` supported and `rejected` rejected claims."""

    task: str
    claims: int
    rejected: int


Event: TypeAlias = (
    Planned | CallStarted | CallRetried | CallDone | CallFailed | Spent | ClaimVerified | Finished
)
Listener: TypeAlias = Callable[[Event], None]
