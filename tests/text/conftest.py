"""Growth of time with length, for the tests that hold every kind of text to linear time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import pytest

_NOTHING = 0.05
"""Seconds below which a time is all noise; quadratic work on forty thousand characters takes many."""
_LINEAR, _TIMES = 6.0, 3
"""The short text is timed three times. The long one is timed again only where it seems to take more than six
times as long, at most three times: other work on the machine only ever adds to a time."""
Make = Callable[[int], str]


@pytest.fixture
def growth() -> Callable[[Callable[[str], object], Make], float]:
    """How many times the time grows when a text grows fourfold: 4 where it is linear, 16 where quadratic."""

    def measured(run: Callable[[str], object], make: Make, size: int = 10_000) -> float:
        short, long = make(size), make(4 * size)
        once = max(_NOTHING, min(_seconds(run, short) for _ in range(_TIMES)))
        fourfold = math.inf
        for _ in range(_TIMES):
            fourfold = min(fourfold, _seconds(run, long))
            if fourfold < _LINEAR * once:
                break
        return fourfold / once

    return measured


def _seconds(run: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    run(text)
    return time.process_time() - begun
