"""The live transport: calls over HTTP through the openai client; the only module that imports openai.

It sends, waits, retries and finds the form the server takes. All of openai's errors end here as ours. What a
reply says is not looked at: that is the plan's. openai itself is imported at the first call, since it costs
most of a second.
"""

from __future__ import annotations

import asyncio
import weakref
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from .._errors import NotAnAPIError, QuotewiseError, TimedOutError, UnavailableError, UsageError
from .._plans.core import Call, Reply
from .._values import Usage
from . import rejection, wire
from .address import apart, place, takes_its_own_header, usable_address, usable_key
from .capped import LARGEST, TooLarge, capped_client
from .dialect import Address, Dialect, Dialects, Look
from .limiter import Limiter, Slot, Unlimited
from .retry import Failed, Persistence, Retry, tell

if TYPE_CHECKING:
    import openai

OPENAI_ADDRESS = "https://api.openai.com/v1"
"""Where calls go when only a key is given."""


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
        self.base_url = usable_address(base_url or OPENAI_ADDRESS)
        self.timeout = timeout
        self._api_key = usable_key(api_key)
        self._persistence = persistence or Persistence()
        self._dialects = dialects if dialects is not None else Dialects()
        self._limiter = limiter or Unlimited()
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI] = (
            weakref.WeakKeyDictionary()
        )

    def __repr__(self) -> str:
        return f"OpenAITransport({self.model!r}, base_url={self._place!r})"

    async def send(self, call: Call) -> Reply:
        """The model's reply. Raises a `TransportError`, or `FilteredError` where the request was filtered.

        `usage.calls`, in the reply and in an error, counts the requests that were sent, retries included.
        """
        sent = _Sent(call)
        if call.unheld:
            self._dialects.slipped(self._address, call.unheld)
        try:
            return await self._in_some_dialect(sent)
        except QuotewiseError as error:
            error.usage = Usage(calls=sent.requests)
            raise

    async def aclose(self) -> None:
        """Close the running loop's connections; a client of another loop must be closed on that loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    async def _in_some_dialect(self, sent: _Sent) -> Reply:
        """The reply in the dialect that is known, or in the one that a call finds while the others wait."""
        outcome: Reply | _Refused | None = None
        if self._dialects.certain(self._address):
            outcome = await self._in(self._known, sent)
        while isinstance(outcome, _Refused) and self._known not in sent.dialects:
            outcome = await self._in(self._known, sent, outcome)
        if isinstance(outcome, Reply):
            return outcome
        sent.look, mine = self._dialects.look(self._address)
        if not mine:
            await sent.look.until_over(self.timeout)
        try:
            return await self._found(sent, outcome)
        finally:
            sent.look.end()

    @property
    def _known(self) -> Dialect:
        return self._dialects.of(self._address)

    async def _found(self, sent: _Sent, refused: _Refused | None) -> Reply:
        """The reply in the dialect that is known, else in the first lesser one that the server takes."""
        outcome = refused if refused is not None else await self._in(self._known, sent)
        while isinstance(outcome, _Refused):
            known = self._known
            outcome = await self._in(outcome.lesser if known in sent.dialects else known, sent, outcome)
        return outcome

    async def _in(self, dialect: Dialect, sent: _Sent, after: _Refused | None = None) -> Reply | _Refused:
        """What the server answers in this dialect; that it follows a refusal is told, as of a retry."""
        if after is not None:
            tell(Retry(sent.requests, 0.0, after.error))
        sent.dialects.append(dialect)
        known = self._known
        outcome: Reply | _Refused = await self._persistence.persist(partial(self._attempt, sent, dialect))
        if isinstance(outcome, _Refused):
            return outcome
        self._dialects.learn(self._address, dialect, instead_of=known)
        return sent.counted(outcome)

    async def _attempt(self, sent: _Sent, dialect: Dialect) -> Reply | Failed | _Refused:
        """One request in its turn: the reply, the failure, or that the server refused the dialect."""
        async with self._limiter.slot_for(sent.call) as slot:
            outcome = await self._request(sent, dialect, slot)
        if isinstance(outcome, Failed) and sent.look is not None:
            self._dialects.give_up(self._address, sent.look)
        return outcome

    async def _request(self, sent: _Sent, dialect: Dialect, slot: Slot) -> Reply | Failed | _Refused:
        import openai

        client = self._client()  # made before the clock starts: the first one imports half a second of openai
        sent.requests += 1
        try:
            async with asyncio.timeout(self.timeout):
                response = await client.chat.completions.with_raw_response.create(
                    model=self.model,
                    messages=[],
                    extra_body=wire.body(sent.call, dialect),
                    extra_headers=self._own_header(),
                )
            slot.saw(response.headers)
            return wire.reply(response.http_response.content, dialect, model=self.model)
        except wire.NotACompletion as cause:
            return self._no_completion(cause, sent)
        except TooLarge as cause:
            error = NotAnAPIError(f"{self._place} sent more than {LARGEST:,} bytes.")
            return _because(cause, error, in_doubt=True)
        except TimeoutError as cause:
            return self._late(cause)
        except openai.OpenAIError as cause:
            if isinstance(cause, openai.APIStatusError):
                slot.saw(cause.response.headers, cause.status_code)
            return self._refused(cause, sent, dialect)

    def _own_header(self) -> dict[str, str | openai.Omit]:
        """The key in a header of its own, where a bearer's is not taken for one."""
        import openai

        if not takes_its_own_header(self.base_url, self._api_key):
            return {}
        return {"Authorization": openai.Omit(), "api-key": self._api_key}

    def _refused(self, cause: openai.OpenAIError, sent: _Sent, dialect: Dialect) -> Failed | _Refused:
        """The one place where openai's errors become ours."""
        import httpx2
        import openai

        unconnected = isinstance(cause.__cause__, httpx2.ConnectTimeout)
        if isinstance(cause, openai.APITimeoutError) and not unconnected:
            return self._late(cause)
        if isinstance(cause, openai.APIStatusError):
            refused = rejection.Rejection.of(cause.status_code, cause.body, cause.response.headers)
            failure = _from(cause, self._rejected(refused, sent))
            lesser = refused.lesser(dialect, sent.call.max_output)
            if lesser is not None and lesser not in sent.dialects and len(sent.dialects) < _MOST_WAYS:
                return _Refused(failure.error, lesser)
            return failure
        if isinstance(cause, openai.APIConnectionError):
            error = UnavailableError(f"{self._place} cannot be reached or broke off.")
            return _because(cause, error, again=True, in_doubt=not _unreached(cause))
        unread = NotAnAPIError(f"{self._place} gave no readable answer ({type(cause).__name__}).")
        return _because(cause, unread, in_doubt=True)

    def _no_completion(self, cause: wire.NotACompletion, sent: _Sent) -> Failed:
        if cause.status is not None:  # some routers send an upstream's error with the status 200
            return self._rejected(rejection.Rejection.of(cause.status, cause.error, {}), sent)
        what = "no completion" if cause.is_json else "a page, not with JSON"
        error = NotAnAPIError(f"{self._place} answered with {what}.")
        return _failed(error, again=cause.is_json, in_doubt=True)

    def _rejected(self, refused: rejection.Rejection, sent: _Sent) -> Failed:
        secrets = (self._api_key,) if len(self._api_key) >= 8 else ()
        return rejection.failed(refused, self._place, sent=sent.words, secrets=secrets)

    def _late(self, cause: Exception) -> Failed:
        error = TimedOutError(f"No complete answer within {self.timeout:g} s.")
        return _because(cause, error, again=True, in_doubt=True)

    @property
    def _address(self) -> Address:
        return self.base_url.rstrip("/"), self.model

    @property
    def _place(self) -> str:
        return place(self.base_url)

    def _client(self) -> openai.AsyncOpenAI:
        """The running loop's client. One per call would cost 38 ms of CPU; one across loops fails."""
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            # A client holds on to its loop, so the weak keys alone would keep every loop that ever ran.
            for ended in [other for other in self._clients if other.is_closed()]:
                del self._clients[ended]
            client = self._clients[loop] = self._made_client()
        return client

    def _made_client(self) -> openai.AsyncOpenAI:
        import httpx2

        try:
            return self._new_client()
        except (ValueError, OSError, ImportError, httpx2.InvalidURL) as cause:
            # The cause's words are not shown: a proxy's address may hold a password.
            error = UsageError(
                f"No client can be made for {self._place} ({type(cause).__name__}).",
                next_step="Check base_url, and HTTP_PROXY, HTTPS_PROXY and SSL_CERT_FILE.",
            )
        raise error

    def _new_client(self) -> openai.AsyncOpenAI:
        import openai

        wait = openai.Timeout(self.timeout, connect=min(5.0, self.timeout))
        base_url, query = apart(self.base_url)
        # Over aiohttp, where its extra is: half the CPU, and no connections made anew at 250 calls at once.
        kinds = (openai.DefaultAioHttpClient, openai.DefaultAsyncHttpxClient)
        return openai.AsyncOpenAI(
            base_url=base_url,
            default_query=query,
            api_key=self._api_key,
            max_retries=0,
            timeout=wait,
            # Other encodings come and go with the Python version, and a cassette must be readable in all.
            default_headers={"Accept-Encoding": "gzip"},
            http_client=capped_client(kinds, timeout=wait, follow_redirects=False),
        )


def prepare() -> None:
    """Import what the first call needs; it takes a second or two, so do it in a thread."""
    import openai.resources.chat

    with suppress(Exception):  # a client that cannot be made is told of where one is needed
        capped_client((openai.DefaultAioHttpClient, openai.DefaultAsyncHttpxClient))


@dataclass(frozen=True, slots=True)
class _Refused:
    """The server does not take the dialect: its error, and the dialect to try instead."""

    error: QuotewiseError
    lesser: Dialect


class _Sent:
    """One call on its way: what was sent so far, in which dialects, and the search that it makes for one."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.requests = 0
        self.dialects: list[Dialect] = []
        self.look: Look | None = None

    @property
    def words(self) -> str:
        return "\n".join(message.content for message in self.call.messages)

    def counted(self, reply: Reply) -> Reply:
        return replace(reply, usage=reply.usage.model_copy(update={"calls": self.requests}))


def _unreached(cause: openai.APIConnectionError) -> bool:
    """Whether there was no connection to send anything over.

    Under aiohttp every connection that failed or ended is a ConnectTimeout (openai's adapter, 3.57), so
    there aiohttp's own error decides.
    """
    import httpx2

    met = cause.__cause__
    kinds = type(met.__cause__).__mro__ if met is not None else ()
    if any(kind.__module__.startswith("aiohttp.") for kind in kinds):
        return not _UNCONNECTED.isdisjoint(kind.__name__ for kind in kinds)
    return isinstance(met, (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout))


_UNCONNECTED = frozenset({"ClientConnectorError", "ConnectionTimeoutError"})


def _because(
    cause: Exception, error: QuotewiseError, *, again: bool = False, in_doubt: bool = False
) -> Failed:
    return _from(cause, _failed(error, again=again, in_doubt=in_doubt))


def _failed(error: QuotewiseError, *, again: bool, in_doubt: bool) -> Failed:
    error.in_doubt = in_doubt
    return Failed(error, again)


def _from(cause: Exception, failure: Failed) -> Failed:
    """Chain the cause for its traceback, without its words: a server may repeat key or article there."""
    cause.args = (f"status {cause.status_code}" if hasattr(cause, "status_code") else "",)
    for words in ("message", "body"):
        if hasattr(cause, words):
            setattr(cause, words, None)
    failure.error.__cause__ = cause
    return failure
