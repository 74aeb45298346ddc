"""One HTTP exchange with the local server: what came, and what is sent back, however wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Body: TypeAlias = bytes | str | dict[str, Any]
Message: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing gone wrong.

    With a `body`, that is sent, with `status` and `headers`; the script is not asked. Without one, the
    script's answer is sent, its message (`content`, `refusal`) put through `rewrite`, and with `finish` as
    its finish_reason. `cut` breaks the connection halfway through the body, `drip` waits that many seconds
    before each byte of it, `hang` sends nothing at all.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body | None = None
    rewrite: Callable[[Message], Message] | None = None
    finish: str | None = None
    cut: bool = False
    drip: float = 0.0
    hang: bool = False

    @property
    def content(self) -> bytes:
        """The body's bytes."""
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came; header names are in lower case. The headers, the body and the query (what
    stands behind the path's question mark) may hold a key or an article: they are not in the repr."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    query: str = field(default="", repr=False)

    @property
    def json(self) -> dict[str, Any]:
        """The body as JSON, empty where it is none."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}
