"""An OpenAI-compatible HTTP server on this machine, in a thread, with any transport or script behind it.

It speaks Chat Completions and the list of models, plain HTTP/1.1, on loopback only. For tests, for recording
cassettes without a key, and to see what a client really sends; it is no server for anything else.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, TypeAlias

from pydantic import BaseModel

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
from . import faults as faulty
from .completions import call_of, completion, models, own_schemas
from .exchange import Fault, Received
from .loopback import Loopback
from .scripted import Script, ScriptedTransport

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
        self._schemas = {schema_name(schema): schema for schema in (*own_schemas(), *schemas)}
        self._broken: Exception | None = None
        self._http: Loopback | None = None

    @property
    def base_url(self) -> str:
        """The address to give to a client."""
        if self._http is None:
            raise RuntimeError("The server runs inside its with block only.")
        return f"http://127.0.0.1:{self._http.port}/v1"

    @property
    def completions(self) -> list[Received]:
        """The requests for a completion."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    def __enter__(self) -> LocalServer:
        self._http = Loopback(self._answer)
        self._http.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            self._http.stop()
            self._http = None
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
            return _ok(models(self.model))
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
        return _sent(completion(request.json, call, reply, fault), fault)


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


def _in_order(faults: Iterable[Fault | None]) -> Callable[[Received], Fault | None]:
    left = iter(faults)
    return lambda request: next(left, None)
