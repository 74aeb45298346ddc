"""One page over HTTP, for the command: a few redirects, so many bytes, so many seconds, public hosts only.

Each name is resolved once, its addresses are judged, and the connection goes to the very address that was
judged: a name that resolves to another one a moment later gains nothing. No proxy is used, since it would
resolve names by itself; no cookie and no key is sent.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .._errors import TimedOutError, UnavailableError, UnreadableError
from .addresses import is_public
from .files import LARGEST

SECONDS = 30.0
"""For all of it: names, redirects, headers and the body."""
REDIRECTS = 5
_STEP = 1 << 16
_PORTS = {"http": 80, "https": 443}
_MOVED = {301, 302, 303, 307, 308}
_HEADERS = {
    "User-Agent": "quotewise (+https://pypi.org/project/quotewise/)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
}

Resolve = Callable[[str, int], Sequence[str]]
"""A host's name and a port to its addresses, as text; raises OSError where there are none."""

Connect = Callable[[str, int, float], socket.socket]
"""An address, a port and the seconds there are to a connection; raises OSError."""


class Page(NamedTuple):
    """What came back: `url` is where it came from after redirects, `charset` what the server said or None."""

    url: str
    data: bytes
    content_type: str
    charset: str | None


def is_url(name: str) -> bool:
    """Whether a name is an address of the web rather than a file's.

    >>> is_url("https://example.org/rain"), is_url("rain.txt"), is_url("C:/rain.txt")
    (True, False, False)
    """
    return "://" in name and name.partition("://")[0].isalnum()


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address, never to a name."""
    return socket.create_connection((address, port), timeout=seconds)


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    seconds: float = SECONDS,
    largest: int = LARGEST,
    resolve: Resolve = resolve,
    on_redirect: Callable[[str], None] = lambda url: None,
    connect: Connect = connect,
    trust: ssl.SSLContext | None = None,
) -> Page:
    """The page at an http or https address; `on_redirect` hears each address it is sent on to.

    `allow_private` also reaches hosts of one's own network, which a page from outside may then make this
    machine read: give it only for addresses that you wrote yourself. Raises `UnreadableError` for what
    will not be read, `TimedOutError` after `seconds` and `UnavailableError` where the network or the
    server fails.
    """
    deadline = time.monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        parts = _checked(url)
        addresses = _addresses(parts, resolve, allow_private, deadline)
        with _deadline_errors(url, seconds, deadline):
            raw = _connected(connect, addresses, parts.port or _PORTS[parts.scheme], deadline)
            answer = _get(parts, raw, deadline, largest, trust)
        if isinstance(answer, Page):
            return answer
        url = _onward(url, answer)
        on_redirect(url)
    raise UnreadableError(
        f"{url} redirects more than {REDIRECTS} times.", next_step="Name the page it should lead to."
    )


def _onward(url: str, location: str) -> str:
    """Where a redirect leads; headers come as Latin-1, whatever they hold."""
    try:
        return urljoin(url, location.encode("latin-1", "replace").decode("utf-8", "replace"))
    except ValueError:
        raise UnreadableError(f"{url} redirects to no address.", next_step="Check it.") from None


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be asked; raises `UnreadableError`."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise UnreadableError(f"{url!r} is no address of a page.", next_step="Check it.") from None
    if parts.scheme not in _PORTS:
        raise UnreadableError(
            f"{url!r} is not http or https.", next_step="Name a page on the web, or a file."
        )
    if parts.username is not None or parts.password is not None:
        raise UnreadableError(
            f"The address of {parts.hostname} holds a user's name.", next_step="Fetch it yourself."
        )
    if not parts.hostname or " " in parts.hostname or port == 0 or not url.strip().isprintable():
        raise UnreadableError(f"{url!r} is no address of a page.", next_step="Check it.")
    return parts


def _addresses(parts: SplitResult, resolve: Resolve, allow_private: bool, deadline: float) -> Sequence[str]:
    """Where the host is, in the resolver's order; one private address among them is one too many."""
    host = _ascii_host(parts)
    found = _resolved(resolve, host, parts.port or _PORTS[parts.scheme], deadline)
    private = [address for address in found if not is_public(address)]
    if private and not allow_private:
        raise UnreadableError(
            f"{host} is at {private[0]}, which is not a public address.",
            next_step="Pass --allow-private if you mean it.",
        )
    return found


def _ascii_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise UnreadableError(f"{host!r} is no host's name.", next_step="Check the address.") from None


def _resolved(resolve: Resolve, host: str, port: int, deadline: float) -> Sequence[str]:
    """The system's resolver cannot be stopped, so it runs in a thread that nobody need wait for."""
    found: list[Sequence[str]] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            found.append(resolve(host, port))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    if thread.is_alive():
        raise TimedOutError(f"The name {host} was not resolved in time.")
    if failed or not found or not found[0]:
        raise UnavailableError(f"There is no host {host}.", next_step="Check the address and the network.")
    return found[0]


@contextmanager
def _deadline_errors(url: str, seconds: float, deadline: float) -> Iterator[None]:
    """What the network does wrong, as our errors; whatever fails at the deadline is the deadline."""
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= deadline or isinstance(error, TimeoutError):
            raise TimedOutError(
                f"{url} was not read within {seconds:g} seconds.", next_step="Try again later."
            ) from None
        if isinstance(error, ssl.SSLCertVerificationError):
            raise UnavailableError(
                f"The certificate of {url} is not valid: {error.verify_message}.",
                next_step="Check the address.",
            ) from None
        raise UnavailableError(
            f"{url} cannot be read: {_why(error)}.", next_step="Check the address and the network."
        ) from None


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _get(
    parts: SplitResult, raw: socket.socket, deadline: float, largest: int, trust: ssl.SSLContext | None
) -> Page | str:
    """The page, or the address that it is to be found at."""
    connection = http.client.HTTPConnection(_ascii_host(parts), parts.port or _PORTS[parts.scheme])
    connection.auto_open = 0  # it would resolve the name again
    # A socket's own timeout begins anew with every byte, so a watch closes it when all the time is gone.
    watch = threading.Timer(max(0.0, deadline - time.monotonic()), _shut, [raw])
    watch.daemon = True
    watch.start()
    try:
        if parts.scheme == "https":
            trust = trust or ssl.create_default_context()
            raw = trust.wrap_socket(raw, server_hostname=_ascii_host(parts), do_handshake_on_connect=False)
            watch.args = [raw]
            raw.do_handshake()
        connection.sock = raw
        connection.request("GET", _target(parts), headers={"Host": _host_header(parts), **_HEADERS})
        return _answer(connection.getresponse(), parts.geturl(), largest, deadline)
    finally:
        watch.cancel()
        connection.close()
        raw.close()


def _shut(raw: socket.socket) -> None:
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is closed already
        return


def _connected(connect: Connect, addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first of these addresses that takes one; no name is resolved again."""
    failed: OSError | None = None
    for address in addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            return connect(str(ipaddress.ip_address(address)), port, left)
        except OSError as error:
            failed = error
    raise failed or OSError("no address")


def _target(parts: SplitResult) -> str:
    safe = "/%:@!$&'()*+,;=-._~?"
    path = quote(parts.path or "/", safe=safe)
    return f"{path}?{quote(parts.query, safe=safe)}" if parts.query else path


def _host_header(parts: SplitResult) -> str:
    host = _ascii_host(parts)
    named = f"[{host}]" if ":" in host else host
    return named if parts.port in {None, _PORTS[parts.scheme]} else f"{named}:{parts.port}"


def _answer(response: http.client.HTTPResponse, url: str, largest: int, deadline: float) -> Page | str:
    moved = response.getheader("Location")
    if response.status in _MOVED and moved:
        return moved
    if response.status >= 500 or response.status == 429:
        raise UnavailableError(f"{url} answers {response.status}.", next_step="Try again later.")
    if response.status != 200:
        raise UnreadableError(f"{url} answers {response.status}.", next_step="Check the address.")
    data = _body(response, url, largest)
    if time.monotonic() >= deadline:  # a connection that the watch closed looks like a body's end
        raise TimeoutError
    content = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    return Page(url, data, content, response.headers.get_content_charset())


def _body(response: http.client.HTTPResponse, url: str, largest: int) -> bytes:
    """All of the body and no more than `largest` bytes of it, unpacked where the server packed it."""
    if (response.length or 0) > largest:
        raise _too_large(url, largest)
    packed = _unpacker(response.getheader("Content-Encoding", "").strip().lower(), url)
    expected, read = response.length, 0
    pieces, size = [], 0
    while piece := response.read(_STEP):
        read += len(piece)
        for part in _unpacked(packed, piece, url):
            pieces.append(part)
            size += len(part)
            if size > largest:
                raise _too_large(url, largest)
    if (expected is not None and read < expected) or (packed is not None and not packed.eof):
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)


def _unpacker(encoding: str, url: str) -> zlib._Decompress | None:
    """What unpacks a body; None where it is not packed. Packing is not asked for, but some servers do."""
    if encoding in {"", "identity"}:
        return None
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise UnreadableError(
            f"{url} is packed with {encoding!r}.", next_step="Save the page, and name the file."
        )
    return zlib.decompressobj(wbits=47)  # gzip or zlib, as its first bytes say


def _unpacked(packed: zlib._Decompress | None, piece: bytes, url: str) -> Iterator[bytes]:
    """The piece unpacked step by step, so that a bomb is stopped at the limit and never held."""
    if packed is None:
        yield piece
        return
    try:
        while part := packed.decompress(piece, _STEP):
            yield part
            piece = packed.unconsumed_tail
    except zlib.error as error:
        raise UnreadableError(
            f"{url} is packed wrongly: {error}.", next_step="Save the page, and name the file."
        ) from None


def _too_large(url: str, largest: int) -> UnreadableError:
    return UnreadableError(
        f"{url} has more than {largest / 1e6:,.0f} MB.", next_step="Save it, and give the part you mean."
    )
