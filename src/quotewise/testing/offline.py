"""A guard for tests: within it, nothing leaves this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class WentOnline(RuntimeError):  # noqa: N818 - what a test did, and must not
    """A test tried to reach another machine."""


@contextmanager
def offline() -> Iterator[None]:
    """Within, a connection or a look-up that leaves this machine raises `WentOnline`.

    Process-wide while it lasts, threads included. Code that opens sockets below Python's (uvloop, curl)
    is not stopped.
    """
    kept = (socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo)
    connect, connect_ex, look_up = kept

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse(self.family, address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse(self.family, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse(socket.AF_INET, (host,))
        return look_up(host, *args, **kwargs)

    _set(guarded_connect, guarded_connect_ex, guarded_look_up)
    try:
        yield
    finally:
        _set(*kept)


def _set(connect: Any, connect_ex: Any, look_up: Any) -> None:
    socket.socket.connect = connect  # type: ignore[method-assign]
    socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = look_up


def _refuse(family: int, address: Any) -> None:
    if family not in {socket.AF_INET, socket.AF_INET6} or not isinstance(address, tuple):
        return
    host = address[0].decode() if isinstance(address[0], bytes) else address[0]
    if host and not _is_here(str(host)):
        raise WentOnline(f"A connection to {host!r} was refused: this test runs offline.")


def _is_here(host: str) -> bool:
    """Whether a host is this machine. By its address, or its one name: others only begin like it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
