"""The values that an article gives, found by one that may agree with them, without comparing it with each.

What agrees is `typed.agree`'s to say; here stands only where to look, which leaves out none that could.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from .._language.typed import Value, agree

_EXACT, _ROUNDED = 1.03, 1.3
"""The factor between amounts that may agree, at most: as written or converted, and where one is rounded."""

_SHARES = 17.0
"""Hundredths between a share in words and what it may tell of at most."""


class Given:
    """Values in their order, each with the sentence it stands in."""

    def __init__(self, values: Sequence[tuple[int, Value]]) -> None:
        self._values = values
        self._anywhere = [at for at, (_, value) in enumerate(values) if value.low != value.high]
        self._moments: dict[tuple[str, object], list[int]] = {}
        for at, (_, value) in enumerate(values):
            for part in value.parts:
                self._moments.setdefault(part, []).append(at)
                self._moments.setdefault((part[0], None), []).append(at)
        marks = sorted((mark, at) for at, (_, value) in enumerate(values) for mark in _marks(value))
        self._marks = [mark for mark, _ in marks]
        self._at = [at for _, at in marks]

    def agreeing(self, claim: Value) -> Iterator[tuple[int, Value]]:
        """The values that agree with a claim's, in their order, each with its sentence."""
        return (self._values[at] for at in sorted(self._near(claim)) if agree(claim, self._values[at][1]))

    def _near(self, claim: Value) -> set[int]:
        found = set(self._anywhere)
        for low, high in _reach(claim):
            found.update(self._at[bisect_left(self._marks, low) : bisect_right(self._marks, high)])
        for part in _parts(claim):
            found.update(self._moments.get(part, ()))
        return found


def _marks(value: Value) -> set[float]:
    """The amounts that a value may be taken for; none of a date or a time."""
    if value.parts:
        return set()
    amounts = {value.low, value.written, *(low for _, low in value.also)}
    return amounts | {100 * value.low} if value.kind == "fraction" else amounts


def _reach(claim: Value) -> Iterator[tuple[float, float]]:
    """Where the amounts lie that may agree with a claim's; of a date those that are its year or its day."""
    if claim.parts:
        if claim.kind == "decade":
            yield float("-inf"), float("inf")
        yield from ((float(each), float(each)) for name, each in claim.parts if name in {"year", "day"})
        return
    vague = claim.bound or claim.scaled or claim.is_share or claim.kind == "times" or claim.low != claim.high
    factor = _ROUNDED if vague else _EXACT
    yield claim.low / factor, claim.high * factor
    yield from ((each / factor, each * factor) for each in (claim.written, *(low for _, low in claim.also)))
    if claim.is_share:
        yield 100 * claim.share - _SHARES, 100 * claim.share + _SHARES
        yield claim.low - 0.01, claim.low + 0.01


def _parts(claim: Value) -> Iterator[tuple[str, object]]:
    """The parts of the dates and times that may agree with a claim."""
    if claim.parts:
        yield from claim.parts
        if any(name.startswith("minute") for name, _ in claim.parts):
            yield from (("minute", None), ("minute12", None))
    elif claim.kind == "decade":
        yield "year", None
    else:
        yield from (("year", claim.low), ("day", claim.low))
