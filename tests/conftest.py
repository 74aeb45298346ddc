"""What all tests share: the seed article, an environment without keys, and a network that is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotewise import Article
from quotewise.testing.offline import offline

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))


@pytest.fixture(autouse=True)
def _no_key_and_no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "QUOTEWISE_MODEL", "QUOTEWISE_JOURNAL"):
        monkeypatch.delenv(name, raising=False)
    with offline():
        yield


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The source document that came with the project."""
    return SEED


@pytest.fixture(scope="session")
def seed() -> Article:
    """The seed article."""
    return Article.from_file(SEED)
