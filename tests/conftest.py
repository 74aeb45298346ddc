"""What all tests share: the seed article, an environment without keys, and a network that is closed."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from quotewise import Article
from quotewise.testing.offline import offline

# The same cases in every run, and none timed, so that a green run means the next is green, on a slow machine
# too; `--hypothesis-profile roaming` looks for new ones.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", _UNTIMED, derandomize=True)
settings.register_profile("roaming", _UNTIMED, max_examples=1_000)
settings.load_profile("steady")

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))


@pytest.fixture(autouse=True)
def _no_key_and_no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "QUOTEWISE_MODEL", "QUOTEWISE_JOURNAL"):
        monkeypatch.delenv(name, raising=False)
    with offline():
        yield


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c() -> None:
    """Ctrl-C as in a terminal: a run in the background, and so its children, are started without it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The source document that came with the project."""
    return SEED


@pytest.fixture(scope="session")
def seed() -> Article:
    """The seed article."""
    return Article.from_file(SEED)


@pytest.fixture
def waits() -> Callable[[threading.Thread], bool]:
    """Whether a thread waits for a result, rather than being on its way to that."""

    def found(thread: threading.Thread) -> bool:
        frame = sys._current_frames().get(thread.ident or 0)
        while frame is not None and frame.f_code.co_qualname != "Portal.wait":
            frame = frame.f_back
        return frame is not None

    return found
