"""HTTP/1.1 on loopback, in a thread with an event loop of its own; what is said over it is for the caller.

Its answers are `Fault`s, so that a connection can break, drip or hang as told.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus

from .exchange import Fault, Received

_LONGEST_HEAD = 2**20
_STATUSES = frozenset(int(status) for status in HTTPStatus)


class Loopback:
    """Gives each request that comes to `answer`, from `start` to `stop`, on a port of the system's choice."""

    def __init__(self, answer: Callable[[Received], Awaitable[Fault]]) -> None:
        self.port = 0
        self._answer = answer
        self._stopping = asyncio.Event()
        self._open: dict[asyncio.Task[None] | None, socket.socket] = {}
        self._thread = threading.Thread(target=self._run, name="quotewise-local-server", daemon=True)

    def start(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setblocking(False)
        self.port = self._listening.getsockname()[1]
        self._loop = asyncio.SelectorEventLoop()  # Windows' own has no add_reader
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        with self._listening as listening:
            self._loop.add_reader(listening, self._accept, listening)
            await self._stopping.wait()
            self._loop.remove_reader(listening)
        await self._end_connections()

    def _accept(self, listening: socket.socket) -> None:
        # Neither asyncio.start_server nor sock_accept: stopped while a client connects, both leak its socket.
        with contextlib.suppress(BlockingIOError, ConnectionError):
            connection, _ = listening.accept()
            connection.setblocking(False)
            self._open[self._loop.create_task(self._converse(connection))] = connection

    async def _end_connections(self) -> None:
        tasks = [task for task in self._open if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # A transport that was closed lets go of its socket one turn of the loop later.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        for connection in self._open.values():  # those that were cancelled before they began
            connection.close()

    async def _converse(self, connection: socket.socket) -> None:
        reader, writer = await asyncio.open_connection(sock=connection, limit=_LONGEST_HEAD)
        try:
            async for request in _requests(reader):
                await _send(writer, await self._answer(request))
        except (ConnectionError, EOFError, ValueError, asyncio.CancelledError, _Broken):
            writer.transport.abort()
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
            self._open.pop(asyncio.current_task(), None)


class _Broken(Exception):  # noqa: N818 - never seen outside
    """The connection is to be broken off."""


async def _requests(reader: asyncio.StreamReader) -> AsyncIterator[Received]:
    while True:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return
        first, *rest = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        pairs = (line.partition(":") for line in rest if line)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path, _, query = path.partition("?")
        yield Received(method, path, headers, body, query)


async def _send(writer: asyncio.StreamWriter, answer: Fault) -> None:
    if answer.hang:
        await asyncio.Event().wait()
    content = answer.content
    reason = HTTPStatus(answer.status).phrase if answer.status in _STATUSES else "Unknown"
    headers = {**answer.headers, "content-length": str(len(content))}
    lines = [f"HTTP/1.1 {answer.status} {reason}", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
    writer.write("\r\n".join(lines).encode("latin-1"))
    if answer.cut:
        writer.write(content[: len(content) // 2])
        await writer.drain()
        # Without this pause the reset may overtake what was written, and no client would see half a body.
        await asyncio.sleep(0.01)
        raise _Broken
    if answer.drip:
        await _drip(writer, content, answer.drip)
    else:
        writer.write(content)
    await writer.drain()


async def _drip(writer: asyncio.StreamWriter, content: bytes, seconds: float) -> None:
    for i in range(len(content)):
        writer.write(content[i : i + 1])
        await writer.drain()
        await asyncio.sleep(seconds)
