"""What the tests of the built-in engine share."""

from __future__ import annotations

import pytest

from quotewise import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader that calls no model."""
    return Reader(model="extractive")
