"""The live transport: calls over HTTP through the openai client; the only module that imports openai.

It sends, waits, retries and finds the form the server takes. All of openai's errors end here as ours. What a
reply says is not looked at: that is the plan's. openai itself is imported at the first call, since it costs
most of a second.
"""

from __future__ import annotations

import asyncio
import weakref
from dataclasses import replace
from functools import lru_cache, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .._errors import NotAnAPIError, QuotewiseError, TimedOutError, UnavailableError, UsageError
from .._plans.core import Call, Reply
from .._values import Usage
from . import rejection, wire
from .dialect import Dialect, Dialects
from .limiter import Limiter, Slot, Unlimited
from .retry import Failed, Persistence

if TYPE_CHECKING:
    import ssl

    import httpx2
    import openai

OPENAI = "https://api.openai.com/v1"

LARGEST = 16 * 2**20
"""Bytes of one response once decompressed; a completion has kilobytes, a gzip bomb inflates to gigabytes."""


_MOST_WAYS = 8
"""Ways in which one call is tried: each step of the ladder, either name of the limit, and a limit or two."""


class OpenAITransport:
    """Sends calls to an OpenAI-compatible address, OpenAI's own where `base_url` is None.

    `timeout` is the total for one attempt in seconds, all its bytes included (openai's own is for each read,
    and a dripping body passes it); reasoning models need minutes. `api_key` None suits local servers.
    `dialects` remembers which forms the server takes: pass one to several transports to share it. Every
    attempt waits for its turn at the `limiter`, where there is one. Raises `UsageError` for an
    address or a key that cannot be used. Safe to use from several event loops: each gets a client of its own.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: float = 120.0,
        persistence: Persistence | None = None,
        dialects: Dialects | None = None,
        limiter: Limiter | None = None,
    ) -> None:
        self.model = model
        self.base_url = _usable_address(base_url or OPENAI)
        self.timeout = timeout
        self._api_key = _usable_key(api_key)
        self._persistence = persistence or Persistence()
        self._dialects = dialects if dialects is not None else Dialects()
        self._limiter = limiter or Unlimited()
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI] = (
            weakref.WeakKeyDictionary()
        )

    def __repr__(self) -> str:
        return f"OpenAITransport({self.model!r}, base_url={_place(self.base_url)!r})"

    async def send(self, call: Call) -> Reply:
        """The model's reply. Raises a `TransportError`, or `FilteredError` where the request was filtered.

        `usage.calls`, in the reply and in an error, counts the requests that were sent, retries included.
        """
        sent = _Sent(call)
        try:
            return await self._in_some_dialect(sent)
        except QuotewiseError as error:
            error.usage = Usage(calls=sent.requests, usd=None)
            raise

    async def aclose(self) -> None:
        """Close the running loop's connections; a client of another loop must be closed on that loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    async def _in_some_dialect(self, sent: _Sent) -> Reply:
        address = (self.base_url, self.model)
        dialect = self._dialects.of(address).where_unheld(sent.call.unheld)
        while True:
            sent.dialects.append(dialect)
            outcome: Reply | Dialect = await self._persistence.persist(partial(self._attempt, sent, dialect))
            if isinstance(outcome, Reply):
                self._dialects.learn(address, dialect)
                return sent.counted(outcome)
            dialect = outcome

    async def _attempt(self, sent: _Sent, dialect: Dialect) -> Reply | Failed | Dialect:
        """One request in its turn: the reply, the failure, or the dialect to try instead."""
        async with self._limiter.slot_for(sent.call) as slot:
            return await self._request(sent, dialect, slot)

    async def _request(self, sent: _Sent, dialect: Dialect, slot: Slot) -> Reply | Failed | Dialect:
        import openai

        client = self._client()  # made before the clock starts: the first one imports half a second of openai
        sent.requests += 1
        try:
            async with asyncio.timeout(self.timeout):
                response = await client.chat.completions.with_raw_response.create(
                    model=self.model, messages=[], extra_body=wire.body(sent.call, dialect)
                )
            slot.saw(response.headers)
            return wire.reply(response.http_response.content, dialect, model=self.model)
        except wire.NotACompletion as cause:
            return self._no_completion(cause, sent)
        except _TooLarge as cause:
            return _because(cause, NotAnAPIError(f"{self._place} sent more than {LARGEST:,} bytes."))
        except TimeoutError as cause:
            return self._late(cause)
        except openai.OpenAIError as cause:
            if isinstance(cause, openai.APIStatusError):
                slot.saw(cause.response.headers, cause.status_code)
            return self._refused(cause, sent, dialect)

    def _refused(self, cause: openai.OpenAIError, sent: _Sent, dialect: Dialect) -> Failed | Dialect:
        """The one place where openai's errors become ours."""
        import httpx2
        import openai

        unreached = isinstance(cause.__cause__, httpx2.ConnectTimeout)
        if isinstance(cause, openai.APITimeoutError) and not unreached:
            return self._late(cause)
        if isinstance(cause, openai.APIStatusError):
            refused = rejection.Rejection.of(cause.status_code, cause.body, cause.response.headers)
            lesser = refused.lesser(dialect, sent.call.max_output)
            if lesser is not None and lesser not in sent.dialects and len(sent.dialects) < _MOST_WAYS:
                return lesser
            return _from(cause, self._rejected(refused, sent))
        if isinstance(cause, openai.APIConnectionError):
            return _because(
                cause, UnavailableError(f"{self._place} cannot be reached or broke off."), again=True
            )
        return _because(
            cause, NotAnAPIError(f"{self._place} gave no readable answer ({type(cause).__name__}).")
        )

    def _no_completion(self, cause: wire.NotACompletion, sent: _Sent) -> Failed:
        if cause.status is not None:  # some routers send an upstream's error with the status 200
            return self._rejected(rejection.Rejection.of(cause.status, cause.error, {}), sent)
        if not cause.is_json:
            return Failed(NotAnAPIError(f"{self._place} answered with a page, not with JSON."), again=False)
        return Failed(NotAnAPIError(f"{self._place} answered with no completion."), again=True)

    def _rejected(self, refused: rejection.Rejection, sent: _Sent) -> Failed:
        secrets = (self._api_key,) if len(self._api_key) >= 8 else ()
        return rejection.failed(refused, self._place, sent=sent.words, secrets=secrets)

    def _late(self, cause: Exception) -> Failed:
        return _because(cause, TimedOutError(f"No complete answer within {self.timeout:g} s."), again=True)

    @property
    def _place(self) -> str:
        return _place(self.base_url)

    def _client(self) -> openai.AsyncOpenAI:
        """The running loop's client. One per call would cost 38 ms of CPU; one across loops fails."""
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            # A client holds on to its loop, so the weak keys alone would keep every loop that ever ran.
            for ended in [other for other in self._clients if other.is_closed()]:
                del self._clients[ended]
            client = self._clients[loop] = self._new_client()
        return client

    def _new_client(self) -> openai.AsyncOpenAI:
        import openai

        wait = openai.Timeout(self.timeout, connect=min(5.0, self.timeout))
        return openai.AsyncOpenAI(
            base_url=self.base_url,
            api_key=self._api_key,
            max_retries=0,
            timeout=wait,
            # Other encodings come and go with the Python version, and a cassette must be readable in all.
            default_headers={"Accept-Encoding": "gzip"},
            http_client=_capped_client(timeout=wait, follow_redirects=False),
        )


class _Sent:
    """One call on its way: what was sent so far, and in which dialects."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.requests = 0
        self.dialects: list[Dialect] = []

    @property
    def words(self) -> str:
        return "\n".join(message.content for message in self.call.messages)

    def counted(self, reply: Reply) -> Reply:
        return replace(reply, usage=reply.usage.model_copy(update={"calls": self.requests}))


class _TooLarge(Exception):  # noqa: N818 - never seen outside
    """A response passed `LARGEST`."""


def _capped_client(**options: Any) -> httpx2.AsyncClient:
    """openai's own HTTP client, which stops reading a response at `LARGEST` bytes.

    Over aiohttp where that is installed (the extra `aiohttp`): half the CPU, and no connections made anew at
    250 calls at once.
    """
    import openai

    fast = find_spec("aiohttp") is not None
    base: Any = openai.DefaultAioHttpClient if fast else openai.DefaultAsyncHttpxClient

    class Capped(base):  # type: ignore[misc]  # one of two classes of one kind
        async def send(self, request: httpx2.Request, **how: Any) -> httpx2.Response:
            response: httpx2.Response = await super().send(request, **{**how, "stream": True})
            try:
                content = await _read(response)
            finally:
                await response.aclose()
            kept = [(k, v) for k, v in response.headers.multi_items() if k.lower() not in _OF_THE_BODY]
            return type(response)(response.status_code, headers=kept, content=content, request=request)

    client: httpx2.AsyncClient = Capped(verify=_trusted(), **options)
    return client


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted: read once for all clients, since reading them takes 40 to 80 ms."""
    import httpx2

    return httpx2.create_ssl_context()


_OF_THE_BODY = frozenset({"content-encoding", "content-length", "transfer-encoding"})


async def _read(response: httpx2.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > LARGEST:
            raise _TooLarge
        parts.append(part)
    return b"".join(parts)


def _because(cause: Exception, error: QuotewiseError, *, again: bool = False) -> Failed:
    return _from(cause, Failed(error, again))


def _from(cause: Exception, failure: Failed) -> Failed:
    """Chain the cause for its traceback, without its words: a server may repeat key or article there."""
    cause.args = (f"status {cause.status_code}" if hasattr(cause, "status_code") else "",)
    for words in ("message", "body"):
        if hasattr(cause, words):
            setattr(cause, words, None)
    failure.error.__cause__ = cause
    return failure


def _usable_address(base_url: str) -> str:
    parts = urlsplit(base_url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError("The address is no http:// or https:// URL.", next_step="Change base_url.")
    if parts.username or parts.password:
        # An address is shown, recorded and part of a journal's keys; a password in it would be too.
        raise UsageError("The address holds a name or a password.", next_step="Take it out of base_url.")
    return base_url.strip()


def _usable_key(api_key: str | None) -> str:
    """The key as a header can carry it; httpx would put a bad one, whole, into its error's message."""
    key = (api_key or "").strip() or "none"
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError("The API key holds characters that no key has.", next_step="Set it again.")
    return key


def _place(base_url: str) -> str:
    """The address as it is shown: without a query, which may hold a key."""
    parts = urlsplit(base_url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
