"""What a server says about its rate limits, and a bucket that follows it.

Reading headers and keeping count only; nobody waits here and nothing is sent. Times in seconds, from
whatever clock the caller keeps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

_CAUTION, _DEAREST = 0.1, 4.0
_MEMORY = 0.95
"""How much of what was learnt is kept at each reply: about the last twenty count."""

Kind = Literal["requests", "tokens"]

_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_MINUTE = 60.0
_KEPT = 0.05
"""The share of a bucket that is left in it. A bucket refills as fast when it is nearly empty, so this costs
one short wait and no throughput, and it is what our count may be wrong by."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one reply said: the limit (per minute), what remains of it, and in how long it is whole again."""

    limit: float
    remaining: float
    reset: float | None = None

    @property
    def rate(self) -> float:
        """How much comes back each second.

        By OpenAI's convention the limit is per minute. A longer window (Groq's is a day) shows in the time
        until it is whole again; a shorter one is used more slowly than it could be.
        """
        per_minute = self.limit / _MINUTE
        gone = self.limit - self.remaining
        if not self.reset or gone <= 0:
            return per_minute
        return min(per_minute, gone / self.reset)


def allowance(headers: Mapping[str, str], kind: Kind) -> Allowance | None:
    """The allowance in `x-ratelimit-*` headers, None where limit or rest is missing or makes no sense.

    >>> allowance({"x-ratelimit-limit-requests": "600", "x-ratelimit-remaining-requests": "590",
    ...            "x-ratelimit-reset-requests": "1s"}, "requests")
    Allowance(limit=600.0, remaining=590.0, reset=1.0)
    """
    said = {name.lower(): value for name, value in headers.items()}
    limit = _number(said.get(f"x-ratelimit-limit-{kind}"))
    remaining = _number(said.get(f"x-ratelimit-remaining-{kind}"))
    if not limit or remaining is None:
        return None
    return Allowance(limit, min(limit, remaining), duration(said.get(f"x-ratelimit-reset-{kind}")))


def duration(words: str | None) -> float | None:
    """Seconds of a duration as servers write it; None for anything else.

    >>> duration("6m0s"), duration("120ms"), duration("59.5"), duration("soon")
    (360.0, 0.12, 59.5, None)
    """
    words = (words or "").strip().lower()
    plain = _number(words)
    if plain is not None:
        return plain
    parts = _PART.findall(words)
    if not parts or "".join(number + unit for number, unit in parts) != words:
        return None
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


@dataclass(frozen=True, slots=True)
class Amount:
    """What one request takes: surely this much, and at most so much more (its output limit)."""

    sure: float
    more: float = 0.0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.sure + other.sure, self.more + other.more)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.sure - other.sure, self.more - other.more)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Where a request stood in the order of grants: the sum granted with it, and when."""

    granted: Amount
    at: float


class Bucket:
    """What a server still allows of one thing, estimated between its replies.

    A reply tells what remained when its own request was let in. What was granted since then is taken off,
    what has come back since is added. How much of an output limit a server charges is its own affair
    (OpenAI takes all of it), so `charged` starts at the whole and follows what the replies show; what others
    use with the same key shows there too.
    """

    def __init__(self, said: Allowance, now: float) -> None:
        self.rate = said.rate
        self.charged = 1.0
        self._capacity = said.remaining
        self._level = said.remaining
        self._at = now
        self._granted = Amount(0.0)
        self._heard: tuple[Ticket, float] | None = None
        self._seen = Amount(0.0)

    def wait(self, amount: Amount, now: float) -> float:
        """Seconds until there is room for this much; what is larger than the bucket waits for a full one."""
        need = min(self._charge(amount) + _KEPT * self._capacity, self._capacity)
        return max(0.0, (need - self._level_at(now)) / self.rate)

    def take(self, amount: Amount, now: float) -> Ticket:
        """Grant this much, whether or not there is room."""
        self._level = self._level_at(now) - self._charge(amount)
        self._at = now
        self._granted += amount
        return Ticket(self._granted, now)

    def hear(self, said: Allowance, ticket: Ticket, now: float) -> None:
        """Take in what a reply said; replies to older requests than the last one heard are passed over."""
        if self._heard and ticket.granted.sure <= self._heard[0].granted.sure:
            return
        self.rate = said.rate
        self._learn_charge(said, ticket)
        self._capacity = max(self._capacity, said.remaining)
        came_back = (now - ticket.at) * self.rate
        since = self._charge(self._granted - ticket.granted)
        self._correct(min(self._capacity, said.remaining + came_back - since), now)
        self._heard = ticket, said.remaining

    def _charge(self, amount: Amount) -> float:
        return amount.sure + self.charged * amount.more

    def _level_at(self, now: float) -> float:
        return min(self._capacity, self._level + max(0.0, now - self._at) * self.rate)

    def _correct(self, level: float, now: float) -> None:
        """Down at once, up slowly: what came back while the server's bucket was full came back to nobody."""
        mine = self._level_at(now)
        self._level = level if level < mine else mine + _CAUTION * (level - mine)
        self._at = now

    def _learn_charge(self, said: Allowance, ticket: Ticket) -> None:
        """From two replies: what the server took between them, beyond what it surely takes."""
        if self._heard is None:
            return
        before, remained = self._heard
        refilled = remained + (ticket.at - before.at) * self.rate
        if refilled > 0.9 * self._capacity:
            return  # a full bucket hides what would have come back
        granted = ticket.granted - before.granted
        beyond = refilled - said.remaining - granted.sure
        self._seen = Amount(_MEMORY * self._seen.sure + beyond, _MEMORY * self._seen.more + granted.more)
        if self._seen.more > 0.0:
            self.charged = min(_DEAREST, max(0.0, self._seen.sure / self._seen.more))


def _number(words: str | None) -> float | None:
    """A plain number from 0 up."""
    words = (words or "").strip()
    return float(words) if re.fullmatch(r"\d+(?:\.\d+)?", words) else None
