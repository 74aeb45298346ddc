"""Growth of time with length, for the tests that hold every kind of text to linear time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

_NOTHING = 0.05
"""Seconds below which a time is all noise; quadratic work on forty thousand characters takes many."""
Make = Callable[[int], str]


@pytest.fixture
def growth() -> Callable[[Callable[[str], object], Make], float]:
    """How many times the time grows when a text grows fourfold: 4 where it is linear, 16 where quadratic."""

    def measured(run: Callable[[str], object], make: Make, size: int = 10_000) -> float:
        once, fourfold = _least(run, make(size)), _least(run, make(4 * size))
        return fourfold / max(once, _NOTHING)

    return measured


def _least(run: Callable[[str], object], text: str) -> float:
    """The least of three times: other work on the machine only ever adds."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        run(text)
        times.append(time.process_time() - begun)
    return min(times)
