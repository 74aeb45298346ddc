"""Turns: a lock in order, for waiters of several loops, some of whom never come back."""

from __future__ import annotations

import asyncio

import pytest

from quotewise._io.bell import Turns


@pytest.mark.parametrize("given", [True, False])
def test_an_abandoned_waiter_gives_its_turn_on(given: bool) -> None:
    """A loop that ended closes its coroutines: a turn that one had, or waits for, is free for the next."""

    async def main() -> None:
        turns = Turns()
        await turns.__aenter__()
        abandoned = turns.__aenter__()
        abandoned.send(None)  # type: ignore[attr-defined]  # it is a coroutine, and now it waits
        if given:
            await turns.__aexit__()
        abandoned.close()  # type: ignore[attr-defined]
        if not given:
            await turns.__aexit__()
        await asyncio.wait_for(turns.__aenter__(), 5)

    asyncio.run(main())
