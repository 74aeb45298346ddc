"""The pytest plugin: fixtures for offline tests of code that uses quotewise. pytest finds it by itself.

Nothing here acts unless a test asks for it, and every name starts with `quotewise`, so that it disturbs no
other plugin; pytest-recording and its `vcr_config` are left alone (see `cassettes.settings` to use both).

- `quotewise_server(script, **options)`: a `LocalServer`, stopped when the test ends.
- `quotewise_offline`: the test fails if it leaves this machine.
- `quotewise_cassette`: the test's HTTP comes from a cassette; `pytest --quotewise-record` makes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .server import LocalServer


_RECORDED = pytest.StashKey[dict[Path, str]]()
"""Which test of a session has recorded which file."""
_LEAST_SECRET = 12


@dataclass(frozen=True, slots=True)
class Address:
    """Where a client is to send its requests, and with which key."""

    base_url: str
    api_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tape(Address):
    """A cassette in use: give its address and key to the client. `path` is the file."""

    path: Path
    recording: bool


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--quotewise-record`."""
    group = parser.getgroup("quotewise")
    group.addoption(
        "--quotewise-record",
        action="store_true",
        help="make the selected tests' cassettes anew, from live calls (see the fixture quotewise_live)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, for projects that run with --strict-markers."""
    config.addinivalue_line(
        "markers", "quotewise_cassette(name): the cassette's file name, where not the test's own."
    )


@pytest.fixture
def quotewise_server() -> Iterator[Callable[..., LocalServer]]:
    """Starts a `LocalServer` with the arguments given, and stops it after the test."""
    from .server import LocalServer

    with ExitStack() as stack:
        yield lambda *args, **options: stack.enter_context(LocalServer(*args, **options))


@pytest.fixture
def quotewise_offline() -> Iterator[None]:
    """Refuses every connection that leaves this machine."""
    from .offline import offline

    with offline():
        yield


@pytest.fixture
def quotewise_live() -> Address:
    """What cassettes are recorded from: OPENAI_BASE_URL with OPENAI_API_KEY, unless a project overrides this.

    A project that has no key overrides it with a `LocalServer`'s address, and can record offline.
    """
    base_url = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
    api_key = os.environ.get("OPENAI_API_KEY", "")
    if not api_key:
        pytest.fail("To record, set OPENAI_API_KEY, or override the fixture quotewise_live.", pytrace=False)
    return Address(base_url, api_key)


@pytest.fixture
def quotewise_cassette_dir(request: pytest.FixtureRequest) -> Path:
    """Where a test's cassettes are: `cassettes/<its module>` beside the module; override to move them."""
    return request.path.parent / "cassettes" / request.path.stem


@pytest.fixture
def quotewise_cassette(request: pytest.FixtureRequest, quotewise_cassette_dir: Path) -> Iterator[Tape]:
    """Replays the test's cassette, or records it under `--quotewise-record`.

    The file is named after the test and its class, without parameters, so that the sync and the async run of
    one test share it: the first records it, and the others, also while recording, replay it and so prove
    that they send the same. The marker `quotewise_cassette(name)` names another, for those that do not.

    ```python
    def test_it(quotewise_cassette):
        reader = Reader(base_url=quotewise_cassette.base_url, api_key=quotewise_cassette.api_key, model="m")
    ```
    """
    from .cassettes import CANONICAL, cassette

    path = quotewise_cassette_dir / f"{_cassette_name(request)}.json"
    recording = bool(request.config.getoption("--quotewise-record")) and _is_first(path, request)
    live = request.getfixturevalue("quotewise_live") if recording else Address(CANONICAL, "replayed")
    # A short key ("none", "sk-local") is a local server's, and may be a word of the article.
    secrets = [live.api_key] if recording and len(live.api_key) >= _LEAST_SECRET else []
    with cassette(path, record=recording, secrets=secrets):
        yield Tape(live.base_url, live.api_key, path, recording)


def _is_first(path: Path, request: pytest.FixtureRequest) -> bool:
    """Whether no other test of this session has recorded that file; it would else be written over."""
    by = request.config.stash.setdefault(_RECORDED, {}).setdefault(path, request.node.nodeid)
    if by != request.node.nodeid:
        told = f"{path.name} was recorded by {by}; name another with the marker quotewise_cassette(name)."
        request.node.add_report_section("setup", "quotewise", told)
    return bool(by == request.node.nodeid)


def _cassette_name(request: pytest.FixtureRequest) -> str:
    marker = request.node.get_closest_marker("quotewise_cassette")
    if marker is not None and marker.args:
        return str(marker.args[0])
    name = getattr(request.node, "originalname", None) or request.node.name
    return f"{request.cls.__qualname__}.{name}" if request.cls else str(name)
