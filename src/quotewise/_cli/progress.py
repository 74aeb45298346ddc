"""What a person sees while a run goes on, from its events: a bar on a terminal, or a line for each event.

Everything goes to stderr. Nothing is shown where stderr is no terminal, unless it was asked for; rich is
needed for the bar alone and is imported when one is drawn.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from types import FrameType
from typing import Any

from .._render.text import price
from .._values import Usage, clipped
from ..events import (
    CallDone,
    CallFailed,
    CallRetried,
    CallStarted,
    ClaimVerified,
    Event,
    Finished,
    Listener,
    Planned,
    Spent,
)
from .output import tell

DRAINING = "quotewise: stopping. Calls in flight are paid for and end first; Ctrl-C again cuts them off."


@dataclass
class Tally:
    """What the events so far add up to; `paid` counts the answers that a model gave in this run."""

    planned: int = 0
    started: int = 0
    done: int = 0
    failed: int = 0
    replayed: int = 0
    paid: int = 0
    retried: int = 0
    claims: int = 0
    usage: Usage = field(default_factory=Usage)

    @property
    def flying(self) -> int:
        return self.started - self.done - self.failed

    @property
    def price(self) -> str:
        return price(self.usage)

    def add(self, event: Event) -> None:
        match event:
            case Planned():
                self.planned += event.calls
            case CallStarted():
                self.started += 1
            case CallRetried():
                self.retried += 1
            case CallFailed():
                self.failed += 1
            case Finished():
                self.claims += event.claims
            case CallDone():
                self.done += 1
                self.replayed += event.replayed
                used = Usage() if event.replayed else event.usage
                self.paid += used.calls > 0
                self.usage += used


class Watch:
    """Listens to a run: adds it up in `tally`, and shows it to whoever waits."""

    def __init__(self, show: Listener) -> None:
        self.tally = Tally()
        self._show = show

    def interrupted(self) -> None:
        """Say what a Ctrl-C does, where calls are in flight."""
        if self.tally.flying:
            tell(DRAINING)

    def __call__(self, event: Event) -> None:
        self.tally.add(event)
        self._show(event)


@contextmanager
def watching(*, verbose: bool = False, least: int = 2, quiet: bool = False) -> Iterator[Watch]:
    """Show a run while it lasts: lines where `verbose`, else a bar once `least` calls are planned."""
    if verbose:
        yield Watch(lambda event: tell(f"quotewise: {described(event)}"))
    elif quiet or not _drawable():
        yield Watch(lambda event: None)
    else:
        bar = Bar(least)
        watch = Watch(lambda event: bar.show(watch.tally))
        try:
            yield watch
        finally:
            bar.stop()


def described(event: Event) -> str:
    """An event in words.

    >>> described(Planned("facts", 3, 1))
    'facts: round 1, 3 calls'
    """
    match event:
        case Planned():
            return f"{event.task}: round {event.round}, {event.calls} call{'s' * (event.calls != 1)}"
        case CallStarted():
            return f"{event.task}: calling"
        case CallRetried():
            return (
                f"{event.task}: attempt {event.attempt} failed, again in {event.wait:.1f} s: {event.reason}"
            )
        case CallDone():
            from_where = "from the journal" if event.replayed else _spent(event.usage)
            return f"{event.task}: answered, {from_where}"
        case CallFailed():
            return f"{event.task}: failed: {event.reason}"
        case Spent():
            return f"so far {_spent(event.usage)}"
        case ClaimVerified():
            return f"{event.task}: {event.reason or 'supported'}: {clipped(event.claim.text, 80)}"
        case Finished():
            return f"{event.task}: done, {event.claims} claims, {event.rejected} not returned"


def _spent(usage: Usage) -> str:
    requests = f"{usage.calls} request{'s' * (usage.calls != 1)}"  # a refused one too, which costs nothing
    return f"{requests}, {usage.input_tokens:,} tokens in, {usage.output_tokens:,} out, {price(usage)}"


def _drawable() -> bool:
    return sys.stderr.isatty() and find_spec("rich") is not None


class Bar:
    """A bar of calls on stderr, drawn once there are `least` of them, gone when it stops."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._drawn: Any = None

    def show(self, tally: Tally) -> None:
        """Draw what has happened so far."""
        if self._drawn is None and tally.planned < self._least:
            return
        if self._drawn is None:
            self._drawn = _progress()
            self._drawn.start()
            self._drawn.add_task("reading", told="")
        told = f"{tally.done + tally.failed} of {tally.planned} parts, {tally.claims} claims, {tally.price}"
        self._drawn.update(0, total=tally.planned, completed=tally.done + tally.failed, told=told)

    def stop(self) -> None:
        """Take the bar away."""
        if self._drawn is not None:
            self._drawn.stop()
            self._drawn = None


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        SpinnerColumn(),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[told]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


@contextmanager
def told_on_interrupt(say: Callable[[], None]) -> Iterator[None]:
    """Within it the first Ctrl-C also says what happens now; what it does is for the reader to decide."""
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield
        return
    told = False

    def interrupted(number: int, frame: FrameType | None) -> None:
        nonlocal told
        if not told:
            told = True
            say()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
