"""An HTTP client that stops reading a response at `LARGEST` bytes; of which kind is for its owner to say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl

    import httpx2

LARGEST = 16 * 2**20
"""Bytes of one response once decompressed; a completion has kilobytes, a gzip bomb inflates to gigabytes."""


class TooLarge(Exception):  # noqa: N818 - never seen outside
    """A response passed `LARGEST`."""


def capped_client(kinds: Sequence[Any], **options: Any) -> httpx2.AsyncClient:
    """A capped client of the first of these kinds that can be made; one that lacks its package cannot."""
    *better, last = kinds
    for kind in better:
        try:
            return _capped(kind, **options)
        except RuntimeError:
            continue
    return _capped(last, **options)


def _capped(kind: Any, **options: Any) -> httpx2.AsyncClient:
    class Capped(kind):  # type: ignore[misc]  # one of two classes of one kind
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
            raise TooLarge
        parts.append(part)
    return b"".join(parts)
