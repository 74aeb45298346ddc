"""What a forked child must begin anew: it has only the thread that forked, and no call of its parent's.

Asked of the system once, so that nobody has to ask at every turn whether this is still the same process. It
happens before any other code of the child, so no lock that somebody held can be met.
"""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class Beginner(Protocol):
    """Something that holds locks, or counts what is in flight."""

    def _begin(self) -> None: ...


_KNOWN: WeakSet[Beginner] = WeakSet()


def begin(one: Beginner) -> None:
    """Have it begin, now and in every forked child."""
    one._begin()
    _KNOWN.add(one)


def _begin_anew() -> None:
    for one in list(_KNOWN):
        one._begin()


if hasattr(os, "register_at_fork"):  # where there is no fork there is nothing to register
    os.register_at_fork(after_in_child=_begin_anew)
