"""What results and articles are to those who show them: anything of these shapes.

Results write themselves out, so how they look stands below them and cannot name their classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from .._values import CitedValue, Claim, Coverage, Gap, Quote, Rejected, Source, Span, Trace, Usage


class Paper(Protocol):
    """An article."""

    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def paragraphs(self) -> Sequence[Span]: ...
    @property
    def pages(self) -> Sequence[Span]: ...


class Shown(Protocol):
    """Any result."""

    @property
    def sources(self) -> tuple[Source, ...]: ...
    @property
    def rejected(self) -> tuple[Rejected, ...]: ...
    @property
    def gaps(self) -> tuple[Gap, ...]: ...
    @property
    def coverage(self) -> Coverage: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def trace(self) -> Trace: ...

    @property
    def cited(self) -> Sequence[Claim]: ...


@runtime_checkable
class Headed(Shown, Protocol):
    """A summary."""

    @property
    def headline(self) -> str: ...


@runtime_checkable
class Answered(Shown, Protocol):
    """An answer."""

    @property
    def question(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def short(self) -> Quote | None: ...
    @property
    def score(self) -> float: ...
    @property
    def nearest(self) -> tuple[Quote, ...]: ...


@runtime_checkable
class Verified(Shown, Protocol):
    """A text that was checked."""

    @property
    def supported(self) -> bool: ...
    @property
    def score(self) -> float: ...


@runtime_checkable
class Filled(Shown, Protocol):
    """An extraction."""

    @property
    def value(self) -> object: ...
    @property
    def values(self) -> tuple[CitedValue, ...]: ...
    @property
    def unfilled(self) -> tuple[str, ...]: ...


class Bill(Protocol):
    """An estimate."""

    @property
    def task(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def likely(self) -> Usage: ...
    @property
    def most(self) -> Usage: ...
    @property
    def chunks(self) -> int: ...
