"""A test kit for projects that use quotewise, and for quotewise itself: no key, no network, no mocks.

- `ScriptedTransport`: a function, or a list of replies, in the model's place.
- `LocalServer`: an OpenAI-compatible server on this machine, with any transport or script behind it and
  `faults` on demand; for what HTTP itself can do wrong.
- `Address`: what the fixture `quotewise_live` yields (needs pytest, as the plugin does).
- `offline.offline()`: forbids every connection that leaves this machine.
- `cassettes`: recorded HTTP, matched on the body and free of secrets (needs the extra `testing`).
- `plugin`: fixtures for all of these; pytest finds it by itself.

```python
from quotewise import Reader
from quotewise.testing import LocalServer, ScriptedTransport, faults

reader = Reader(transport=ScriptedTransport(['{"claims": [], "headline": ""}']))

with LocalServer(lambda call: "{}", faults=[faults.rate_limited(after=1)]) as server:
    reader = Reader(model="local", base_url=server.base_url)
```
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import faults
    from .exchange import Fault, Received
    from .plugin import Address
    from .scripted import ScriptedTransport
    from .server import LocalServer

__all__ = ["Address", "Fault", "LocalServer", "Received", "ScriptedTransport", "faults"]

_HOME = {
    "Address": "plugin",
    "Fault": "exchange",
    "LocalServer": "server",
    "Received": "exchange",
    "ScriptedTransport": "scripted",
}


def __getattr__(name: str) -> Any:
    """Imported when asked for: pytest loads the plugin, and so this package, in every project's every run."""
    if name == "faults":
        return import_module(".faults", __name__)
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
