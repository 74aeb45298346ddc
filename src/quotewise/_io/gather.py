"""Many pieces of work, some at once, their results in order: what both readers' `map` stands on."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from typing import Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")
W = TypeVar("W")


class Begun(Generic[A, W]):
    """Work on items, given out in their order, `at_once` of it begun; items are taken as needed.

    They are taken in the thread that asks for the work, since a file or a row of a database may belong to it.
    Where taking one fails, no further is taken: the work begun before is given out, then that is raised.
    `waiting` holds what was begun and not given out.
    """

    def __init__(self, begin: Callable[[A], W], items: Iterable[A], at_once: int) -> None:
        self.waiting: deque[W] = deque()
        self._begin = begin
        self._items = iter(items)
        self._at_once = at_once
        self._over = False
        self._fault: Exception | None = None

    def __iter__(self) -> Iterator[W]:
        self._begin_more()
        while self.waiting:
            yield self.waiting.popleft()
            self._begin_more()
        if self._fault is not None:
            raise self._fault

    def _begin_more(self) -> None:
        while not self._over and len(self.waiting) < self._at_once:
            try:
                item = next(self._items)
            except StopIteration:
                self._over = True
            except Exception as fault:  # noqa: BLE001  # raised once the work begun before is given out
                self._over, self._fault = True, fault
            else:
                self.waiting.append(self._begin(item))


async def in_order(
    work: Callable[[A], Awaitable[B]], items: Iterable[A], at_once: int
) -> AsyncGenerator[B, None]:
    """The results of `work` over `items`, in their order, `at_once` in flight, on the running loop.

    An exception is raised at its item's turn; leaving the loop cancels what is still in flight.
    """
    begun: Begun[A, asyncio.Future[B]] = Begun(lambda item: asyncio.ensure_future(work(item)), items, at_once)
    try:
        for one in begun:
            yield await one
    finally:
        for one in begun.waiting:
            one.cancel()
        await asyncio.gather(*begun.waiting, return_exceptions=True)
