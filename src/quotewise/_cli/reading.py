"""Opening a reader for a command: its options, who watches it, and what a Ctrl-C says."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from .._options import EXTRACTIVE
from .._reader import Reader
from .options import Settings
from .progress import Watch, told_on_interrupt, watching


@dataclass(frozen=True, slots=True, kw_only=True)
class Means(Settings):
    """Who reads, within what limits, and what is told meanwhile: what every reading command has."""

    verbose: bool = False
    encoding: str | None = None
    allow_private: bool = False


@contextmanager
def reading(means: Means) -> Iterator[tuple[Reader, Watch]]:
    """A reader and who watches it. A `KeyboardInterrupt` that passes through carries how to go on."""
    given = means.given
    with watching(verbose=means.verbose) as watch:
        given["on_event"] = watch
        with Reader(**given) as reader:
            try:
                with told_on_interrupt(watch.interrupted):
                    yield reader, watch
            except KeyboardInterrupt:
                raise KeyboardInterrupt(_way_on(reader, means.journal)) from None


def _way_on(reader: Reader, journal: str | Path | None) -> str:
    if reader.options.model == EXTRACTIVE:
        return ""
    if journal is None:
        return (
            f"What was paid is kept with --journal, so that a run goes on: {_command('--journal', 'runs.db')}"
        )
    return f"What was paid is in {journal}; this goes on: {_command()}"


def _command(*more: str) -> str:
    """What was typed, and something added, as it can be typed again."""
    context = click.get_current_context(silent=True)
    typed = context.find_root().obj if context else None
    return shlex.join(["quotewise", *(typed or ()), *more])
