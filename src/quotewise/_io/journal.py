"""The journal of paid calls: what was answered once is read from a file the next time.

*A call whose reply was stored is never paid again; a kill can waste at most the calls in flight, and the
run reports how many.* This module decides when to pay, to wait and to replay; the file is `store`'s, the
thread that writes it `writer`'s, and who is alive `owners`'s.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel

from .._errors import JournalError, UsageError
from .._plans.core import Call, Reply
from .._values import Usage
from .bell import Bell
from .owners import Owners, take
from .retry import Retry, heard_by
from .salvage import Salvaged
from .store import Claimed, OnCorrupt, Store, refuse_foreign, unwritable
from .transport import Transport, may_be_billed
from .writer import Writer

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]

DAMAGED = "journal: {} stored replies were damaged and are paid for again"
UNSTORED = "journal: {} paid replies could not be stored"

_FIRST_LOOK, _LAST_LOOK = 0.05, 1.0
"""Seconds between two looks at a call that another process is paying for."""


def key_of(
    call: Call, *, base_url: str, model: str, params: Mapping[str, object] | None = None, sample: int = 0
) -> str:
    """The name of a call: the sha256 of all that its answer depends on, as canonical JSON.

    That is the address, the model, the messages, the schema, the output limit, `params` (every further
    sampling option) and which `sample` of several it is. Not the key, timeouts, retries or concurrency: a
    reply does not depend on them, and a key has no place in a file.
    """
    parts = {
        "v": 1,
        "base_url": base_url.rstrip("/"),
        "model": model,
        "messages": [[message.role, message.content] for message in call.messages],
        "schema": _schema(call.schema),
        "max_output": call.max_output,
        "params": dict(params or {}),
        "sample": sample,
    }
    return hashlib.sha256(_canonical(parts).encode()).hexdigest()


class Journal:
    """Stored replies in one SQLite file, shared by any number of processes on one machine.

    Give a `Reader` its path; or open it yourself, hand it to one reader or to several (`journal=`) and close
    it when they are done, or use `with`.

    *A call whose reply was stored is never paid again; a kill can waste at most the calls in flight, and
    the run reports how many* (`in_doubt`). A reply that was of no use (it did not fit, was cut, declined or
    filtered, or no claim or value of it survived the check) is dropped, and the next run asks anew.

    Beside the file stands a folder `<name>.owners` with a lock for each process at work. The file holds
    replies in plain JSON, so article text may be in it: it is made for its owner alone (0600). It must be
    on a local disk. Replies are kept until `prune`.

    A damaged file raises `JournalError` and is left as it is; with `on_corrupt="salvage"` it is renamed to
    `<name>.corrupt-<n>`, what can be read is taken over (see `salvaged`), and the work goes on. A file that
    cannot be written, is another program's, or was made by a newer version raises `JournalError`, always
    before any call is paid for. Safe to use from several threads and event loops, and after a fork.

    `clock` (seconds since 1970), `sleep` and `lock` are for tests.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        on_corrupt: OnCorrupt = "raise",
        clock: Callable[[], float] = time.time,
        sleep: Sleep = asyncio.sleep,
        lock: Callable[[int, bool], bool] = take,
    ) -> None:
        if on_corrupt not in ("raise", "salvage"):
            raise UsageError(f"on_corrupt={on_corrupt!r} is neither 'raise' nor 'salvage'.")
        self.path = Path(path).expanduser().absolute()
        self.salvaged: Salvaged | None = None
        self._on_corrupt: OnCorrupt = on_corrupt
        self._clock, self._sleep, self._lock = clock, sleep, lock
        self._owners: Owners | None = None
        self._begin()
        self._writer = Writer(self._open, self._forked)
        try:
            self._writer.hand_over(lambda _: None).result()
        except BaseException:
            self.close()
            raise

    @property
    def in_doubt(self) -> int:
        """Up to so many calls may have been paid twice, over the calls that this journal has returned.

        An upper bound: an attempt is counted where a process was killed, a call cancelled, a deadline missed
        or an answer broken off with the call in flight, and where a stored reply had to be thrown away
        (`damaged`).

        Over all runs that share the journal, a call counted once, those that failed in the end among them. A
        result's `trace.in_doubt` is of one run alone and of its answered calls: two results that replay the
        same call both tell of it, so they may add up to more.
        """
        return sum(self._repeats.values()) + self._asked_again

    @property
    def damaged(self) -> int:
        """Stored replies that did not match their checksum and so were taken as missing."""
        return len(self._damaged)

    @property
    def unstored(self) -> int:
        """Paid replies that could not be stored, because the disk was full, say; they were returned."""
        return len(self._unstored)

    async def once(self, key: str, pay: Callable[[], Awaitable[Reply]], *, task: str = "") -> Reply:
        """The stored reply of this call (`replayed=True`), or the one that `pay` gives, stored first.

        Where another live process, or another task of this one, is already paying for the same call, this
        waits for its reply. An error of `pay` passes through and nothing is stored; the call can be tried
        again. A replayed reply has no usage: this run paid nothing for it. One that was of no use can be
        dropped (`forget`), and then its call is paid for anew the next time it is made.

        Raises `JournalError` before paying where the journal cannot be written. A reply that is paid for
        and then cannot be stored is returned all the same, and no further call is begun (`unstored`).
        """
        await self._alone_with(key)
        try:
            return await self._once(key, pay, task)
        finally:
            with self._guard:
                self._paying.discard(key)
            self._left.ring()

    def prune(self, *, older_than: timedelta | None = None, max_bytes: int | None = None) -> int:
        """Delete stored replies older than that, then the oldest until the rest fit; how many were deleted.

        `max_bytes` counts the replies alone. Never done unasked: a deleted reply is paid for again.
        """
        if older_than is None and max_bytes is None:
            raise UsageError("There is nothing to prune by.", next_step="Give older_than= or max_bytes=.")
        before = None if older_than is None else self._clock() - older_than.total_seconds()
        gone = self._writer.hand_over(lambda store: store.prune(before, max_bytes)).result()
        self._writer.hand_over(lambda store: store.shrink(), alone=True).result()
        return gone

    async def aclose(self) -> None:
        """As `close`, for callers on an event loop."""
        await asyncio.to_thread(self.close)

    def close(self) -> None:
        """Store what is handed over, then let go of the file. Safe to call twice."""
        for key, reply in self._unstored.items():
            with suppress(JournalError):  # the last chance; it was returned all the same
                self._writer.hand_over(partial(Store.finish, key=key, reply=reply)).result()
        self._unstored.clear()
        self._writer.close()
        if self._owners is not None:
            self._owners.leave()
            self._owners = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Journal({str(self.path)!r})"

    async def _alone_with(self, key: str) -> None:
        """Wait until no other task of this process is at the same call."""
        await self._left.until(lambda: self._began(key))

    def _began(self, key: str) -> bool:
        with self._guard:
            if key in self._paying:
                return False
            self._paying.add(key)
            return True

    async def _once(self, key: str, pay: Callable[[], Awaitable[Reply]], task: str) -> Reply:
        if key in self._unstored:
            return self._replayed(key, self._unstored[key])
        try:
            await self._store_the_unstored()
        except JournalError:
            return self._replayed(key, await self._stored(key))
        claim = await self._claimed(key, task)
        self._repeats[key] = claim.repeats
        if claim.damaged:
            self._damaged.add(key)
        if claim.state == "done":
            return replace(self._replayed(key, claim.reply), repeats=claim.repeats)
        try:
            with heard_by(self._tried):
                reply = await pay()
        except BaseException as error:
            unsure = may_be_billed(error)
            with suppress(JournalError):  # the row stays ours then, and what went wrong first is told
                await self._ask(lambda store: store.release(key, unsure))
            raise
        packed = _packed(reply)
        stored = await self._kept(key, packed)
        remarks = [words for words, so in ((DAMAGED, claim.damaged), (UNSTORED, not stored)) if so]
        return replace(
            reply,
            repeats=claim.repeats,
            remarks=(*reply.remarks, *remarks),
            forget=partial(self._forget, key, packed),
        )

    def _replayed(self, key: str, stored: str) -> Reply:
        return replace(_unpacked(stored), forget=partial(self._forget, key, stored))

    def _forget(self, key: str, stored: str) -> None:
        """Drop a reply that was of no use. Nobody waits for it: what is asked next is done after it."""
        self._unstored.pop(key, None)
        with suppress(JournalError):  # closed meanwhile: the next run that meets it drops it
            self._writer.hand_over(lambda store: store.forget(key, stored))

    def _tried(self, retry: Retry) -> None:
        """An attempt failed and another follows: told by this run alone, so not written down."""
        with self._guard:
            self._asked_again += may_be_billed(retry.error)

    async def _claimed(self, key: str, task: str) -> Claimed:
        """The claim on a call that is done or ours, after waiting for a live process that is at it."""
        wait = _FIRST_LOOK
        while True:
            asked = self._writer.hand_over(lambda store: store.claim(key, task))
            try:
                claim = await _waited(asked)
            except asyncio.CancelledError:
                # The claim is made whether or not anyone waits for it, so it must be given back.
                with suppress(JournalError):  # closed meanwhile: what it held is free
                    self._writer.hand_over(lambda store: store.release(key, False))
                raise
            if claim.state != "busy":
                return claim
            await self._sleep(wait)
            wait = min(_LAST_LOOK, wait * 1.5)

    async def _kept(self, key: str, reply: str) -> bool:
        """Store a reply, or keep it in memory where the file refuses: it is paid for either way."""
        try:
            await self._ask(lambda store: store.finish(key, reply))
        except JournalError:
            self._unstored[key] = reply
            return False
        return True

    async def _store_the_unstored(self) -> None:
        """Before another call is claimed, put away what could not be stored so far; or raise."""
        for key, reply in list(self._unstored.items()):
            await self._ask(lambda store, key=key, reply=reply: store.finish(key, reply))  # type: ignore[misc]
            self._unstored.pop(key, None)

    async def _stored(self, key: str) -> str:
        """A reply that is there though nothing more can be written; raises `JournalError` where it is not."""
        reply = await self._ask(lambda store: store.stored(key))
        if reply is None:
            raise JournalError(
                f"The journal {self.path} takes no more, so no more calls are paid for.",
                next_step="Free some room, then run it again to go on from here.",
            )
        return reply

    async def _ask(self, work: Callable[[Store], T]) -> T:
        return await _waited(self._writer.hand_over(work))

    def _open(self) -> Store:
        folder = self.path.with_name(self.path.name + ".owners")
        refuse_foreign(self.path, known=folder.exists())
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._owners is None:
                self._owners = Owners(folder, lock=self._lock)
            store = Store(self.path, self._owners, self._on_corrupt, self._clock)
        except OSError as error:
            raise unwritable(self.path, error) from error
        self.salvaged = self.salvaged or store.salvaged
        return store

    def _begin(self) -> None:
        self._guard = threading.Lock()
        self._left = Bell()
        self._paying: set[str] = set()
        self._repeats: dict[str, int] = {}
        self._asked_again = 0
        self._damaged: set[str] = set()
        self._unstored: dict[str, str] = {}

    def _forked(self) -> None:
        """In a forked child: another owner, with nothing in flight."""
        if self._owners is not None:
            self._owners.forget()
            self._owners = None
        self._begin()


class Journaled:
    """A transport whose calls go through a journal. Put retries inside it and the budget too."""

    def __init__(
        self,
        transport: Transport,
        journal: Journal,
        *,
        base_url: str,
        params: Mapping[str, object] | None = None,
    ) -> None:
        self._transport = transport
        self._journal = journal
        self._base_url = base_url
        self._params = dict(params or {})

    @property
    def model(self) -> str:
        return self._transport.model

    async def send(self, call: Call) -> Reply:
        key = key_of(call, base_url=self._base_url, model=self.model, params=self._params)
        return await self._journal.once(key, lambda: self._transport.send(call), task=call.task)

    async def aclose(self) -> None:
        await self._transport.aclose()


async def _waited(outcome: Future[T]) -> T:
    """The outcome; a cancelled wait does not cancel the work, which may be the storing of a paid reply."""
    return await asyncio.shield(asyncio.wrap_future(outcome))


def _packed(reply: Reply) -> str:
    """As JSON in ASCII alone: SQLite refuses a lone surrogate, and models do send them."""
    return _canonical(
        {
            "text": reply.text,
            "finish": reply.finish,
            "refusal": reply.refusal,
            "usage": reply.usage.model_dump(),
            "model": reply.model,
            "mode": reply.mode,
            "thought": reply.thought,
        }
    )


def _unpacked(stored: str) -> Reply:
    """The stored reply; its usage is 0, since what it cost was counted by the run that paid for it."""
    parts: dict[str, Any] = json.loads(stored)
    return Reply(**{**parts, "usage": Usage(), "replayed": True})


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


@lru_cache(maxsize=64)
def _schema(schema: type[BaseModel]) -> dict[str, Any]:
    return schema.model_json_schema()
