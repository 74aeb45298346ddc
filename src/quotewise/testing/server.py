"""An OpenAI-compatible HTTP server on this machine, in a thread, with any transport or script behind it.

It speaks Chat Completions and the list of models, plain HTTP/1.1, on loopback only. For tests, for recording
cassettes without a key, and to see what a client really sends; it is no server for anything else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict

from .._errors import (
    AccessError,
    ContextOverflowError,
    FilteredError,
    QuotaError,
    QuotewiseError,
    RateLimitedError,
    RefusedError,
    RequestRejectedError,
)
from .._io.transport import Transport
from .._io.wire import schema_name
from .._plans import schemas as plan_schemas
from .._plans.core import Call, Message, Reply, Role
from .._plans.numbered import headers, parse
from . import faults as faulty
from .faults import Fault
from .scripted import Script, ScriptedTransport


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came; header names are in lower case. The headers may hold a key: not in the repr."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def json(self) -> dict[str, Any]:
        """The body as JSON, empty where it is none."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


Faults: TypeAlias = Iterable[Fault | None] | Callable[[Received], Fault | None]


class LocalServer:
    """Serves `script` (or a transport) at `.base_url` while its `with` block runs.

    `faults` are spent on the completion requests in order, None and whatever comes after the last one
    being answered as scripted; `itertools.repeat(fault)` goes wrong for ever; a function decides by the
    request. `latency` waits that many seconds before each answer. With `api_key`, requests without it get
    401. `.requests` holds what came, in order. `schemas` are the models a call's schema may name, beside
    quotewise's own: the wire carries a schema's name, not its class.

    What the script itself raises, errors of quotewise apart, is raised again when the block ends.
    """

    def __init__(
        self,
        script: Script | Transport,
        *,
        model: str = "local",
        faults: Faults = (),
        latency: float = 0.0,
        api_key: str | None = None,
        schemas: Iterable[type[BaseModel]] = (),
    ) -> None:
        self.model = model
        self.requests: list[Received] = []
        self._transport = script if hasattr(script, "send") else ScriptedTransport(script, model=model)
        self._fault = faults if callable(faults) else _in_order(faults)
        self._latency = latency
        self._api_key = api_key
        self._schemas = {schema_name(schema): schema for schema in (*_own_schemas(), *schemas)}
        self._broken: Exception | None = None
        self._thread: _Thread | None = None

    @property
    def base_url(self) -> str:
        """The address to give to a client."""
        if self._thread is None:
            raise RuntimeError("The server runs inside its with block only.")
        return f"http://127.0.0.1:{self._thread.port}/v1"

    @property
    def completions(self) -> list[Received]:
        """The requests for a completion."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    def __enter__(self) -> LocalServer:
        self._thread = _Thread(self._answer)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread is not None:
            self._thread.stop()
        if self._broken is not None and error is None:
            raise self._broken

    async def _answer(self, request: Received) -> Fault:
        """What to send: always a whole HTTP answer, with how its bytes go wrong if they do."""
        self.requests.append(request)
        if self._latency:
            await asyncio.sleep(self._latency)
        if self._api_key and request.headers.get("authorization") != f"Bearer {self._api_key}":
            return faulty.unauthorized()
        if request.method == "GET" and request.path.endswith("/models"):
            return _ok(_models(self.model))
        if request.method != "POST" or not request.path.endswith("/chat/completions"):
            return faulty.error(404, "unknown_url", f"Unknown request URL: {request.method} {request.path}.")
        return await self._completion(request)

    async def _completion(self, request: Received) -> Fault:
        if request.json.get("stream"):
            return faulty.bad_request("This server does not stream.", code="unsupported_value")
        fault = self._fault(request) or Fault()
        if fault.body is not None or fault.hang:
            return fault
        try:
            call = call_of(request.json, self._schemas)
        except (KeyError, TypeError, ValueError):
            return faulty.bad_request("This is no chat completion request.")
        try:
            reply = await self._transport.send(call)
        except QuotewiseError as error:
            return _refusal(error)
        except Exception as error:  # noqa: BLE001 - the script's own failure, raised again by __exit__
            self._broken = self._broken or error
            return faulty.broken_script(type(error).__name__)
        return _sent(_completion(request.json, call, reply, fault), fault)


class AnyObject(BaseModel):
    """The schema of a call whose own is known by name only."""

    model_config = ConfigDict(extra="allow")


def call_of(body: Mapping[str, Any], schemas: Mapping[str, type[BaseModel]]) -> Call:
    """The call that a request's body states; a task that the prompt does not name is called by its schema."""
    messages = tuple(Message(_role(m["role"]), _text(m.get("content"))) for m in body["messages"])
    name = _schema_named(body, messages, schemas)
    limit = body.get("max_completion_tokens") or body.get("max_tokens") or 4_000
    asked = next((message.content for message in messages if message.role == "user"), "")
    task = headers(parse(asked)[1]).get("Task")
    return Call(task or name, messages, schemas.get(name, AnyObject), max_output=int(limit))


def _schema_named(
    body: Mapping[str, Any], messages: tuple[Message, ...], schemas: Mapping[str, type[BaseModel]]
) -> str:
    form = body.get("response_format") or {}
    if form.get("type") == "json_schema":
        return str(form["json_schema"]["name"])
    if body.get("tools"):
        return str(body["tools"][0]["function"]["name"])
    told = "\n".join(m.content for m in messages)
    return next((name for name in schemas if f"JSON schema {name}:\n" in told), AnyObject.__name__)


def _role(role: str) -> Role:
    return "system" if role in {"system", "developer"} else "assistant" if role == "assistant" else "user"


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content or ""


def _completion(body: Mapping[str, Any], call: Call, reply: Reply, fault: Fault) -> dict[str, Any]:
    """Deterministic to the byte, so that recording twice gives one cassette: no clock, no random id."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    if fault.rewrite is not None:
        message = fault.rewrite(message)
    if body.get("tools"):
        message = _as_tool_call(message, body["tools"][0]["function"]["name"])
    choice = {"index": 0, "message": message, "finish_reason": fault.finish or reply.finish, "logprobs": None}
    return {
        "id": "chatcmpl-local",
        "object": "chat.completion",
        "created": 0,
        "model": body.get("model") or reply.model,
        "choices": [choice],
        "usage": _usage(call, reply),
    }


def _as_tool_call(message: dict[str, Any], name: str) -> dict[str, Any]:
    called = {"name": name, "arguments": message["content"] or ""}
    call = {"id": "call_local", "type": "function", "function": called}
    return {**message, "content": None, "tool_calls": [call]}


def _usage(call: Call, reply: Reply) -> dict[str, Any]:
    """The reply's own figures; where it has none, a rough count of a token for four characters."""
    given = reply.usage.input_tokens or -(-sum(len(m.content) for m in call.messages) // 4)
    made = reply.usage.output_tokens or -(-len(reply.text) // 4)
    cached = {"cached_tokens": reply.usage.cached_tokens, "cache_write_tokens": reply.usage.written_tokens}
    return {
        "prompt_tokens": given,
        "completion_tokens": made,
        "total_tokens": given + made,
        "prompt_tokens_details": cached,
    }


def _models(model: str) -> dict[str, Any]:
    entry = {"id": model, "object": "model", "created": 0, "owned_by": "quotewise"}
    return {"object": "list", "data": [entry]}


def _ok(value: dict[str, Any]) -> Fault:
    return Fault(200, {"content-type": "application/json"}, value)


def _sent(value: dict[str, Any], fault: Fault) -> Fault:
    headers = {"content-type": "application/json", **fault.headers}
    return Fault(fault.status, headers, json.dumps(value, ensure_ascii=False), cut=fault.cut, drip=fault.drip)


def _refusal(error: QuotewiseError) -> Fault:
    """An error of the transport behind, as an API would send it."""
    match error:
        case QuotaError():
            return faulty.quota()
        case RateLimitedError():
            return faulty.rate_limited(error.retry_after)
        case AccessError():
            return faulty.unauthorized()
        case ContextOverflowError():
            return faulty.context_overflow()
        case FilteredError():
            return faulty.filtered_request()
        case RefusedError():
            return _ok({"choices": [{"message": {"refusal": error.message}, "finish_reason": "stop"}]})
        case RequestRejectedError():
            return faulty.bad_request(error.message)
    return faulty.server_error(503, message=error.message)


def _own_schemas() -> Iterator[type[BaseModel]]:
    for value in vars(plan_schemas).values():
        if isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel:
            yield value


def _in_order(faults: Iterable[Fault | None]) -> Callable[[Received], Fault | None]:
    left = iter(faults)
    return lambda request: next(left, None)


class _Thread:
    """The thread, its event loop and the listening socket."""

    def __init__(self, answer: Callable[[Received], Any]) -> None:
        self.port = 0
        self._answer = answer
        self._loop = asyncio.SelectorEventLoop()  # Windows' own has no add_reader
        self._listening = threading.Event()
        self._stopping = asyncio.Event()
        self._open: dict[asyncio.Task[None] | None, socket.socket] = {}
        self._thread = threading.Thread(target=self._run, name="quotewise-local-server", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._listening.wait()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.setblocking(False)
            self.port = listening.getsockname()[1]
            self._loop.add_reader(listening, self._accept, listening)
            self._listening.set()
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


_LONGEST_HEAD = 2**20


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
        yield Received(method, path.partition("?")[0], headers, body)


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


_STATUSES = frozenset(int(status) for status in HTTPStatus)
