"""Many pieces of work, some at once, their results in order: what `Reader.map` stands on."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


async def in_order(
    work: Callable[[A], Awaitable[B]], items: Iterable[A], at_once: int
) -> AsyncGenerator[B, None]:
    """The results of `work` over `items`, in their order, `at_once` in flight; items are taken as needed.

    An exception is raised at its item's turn; leaving the loop cancels what is still in flight.
    """
    waiting: deque[asyncio.Future[B]] = deque()
    source = iter(items)
    try:
        while True:
            while len(waiting) < at_once and (item := next(source, _END)) is not _END:
                waiting.append(asyncio.ensure_future(work(item)))  # type: ignore[arg-type]
            if not waiting:
                return
            yield await waiting.popleft()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


_END = object()
