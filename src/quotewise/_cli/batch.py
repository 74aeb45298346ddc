"""Many articles, one JSON line each: results and errors in the order of the files, the bill at the end.

What was paid is in the journal, so an interrupted batch is gone on with by the same command.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

import platformdirs

from .._errors import QuotewiseError, UsageError
from .._inputs.found import usable
from .._options import EXTRACTIVE, resolve
from .._reader import Reader, Task
from .._results import Result
from .._text.article import Article
from . import options
from .inputs import article
from .output import check_output, tell, write_json
from .progress import Tally
from .reading import Means, reading

STDOUT = "-"


def batch(names: Sequence[str], task: Task, out: str | None, means: Means, **asked: Any) -> int:
    """Write a line for each file; 1 where any failed, else 0. The first error of each kind is told too."""
    means = replace(means, journal=means.journal or _journal(means))
    failed = 0
    told: set[type[QuotewiseError]] = set()
    if out not in (None, STDOUT):
        check_output(out, [*names, means.journal])
    with reading(means) as (reader, watch), _opened(out) as file:
        for name, outcome in _outcomes(reader, names, task, means, asked):
            if isinstance(outcome, QuotewiseError):
                failed += 1
                _tell_once(name, outcome, told)
            write_json(_line(name, outcome), file)
        tell(_bill(len(names), failed, watch.tally, means.journal))
    return 1 if failed else 0


def _tell_once(name: str, error: QuotewiseError, told: set[type[QuotewiseError]]) -> None:
    """Why a file failed, on stderr: a refused key or a spent budget would else be told for every file."""
    if type(error) not in told:
        told.add(type(error))
        tell(f"quotewise: {name}: {error}")


def _outcomes(
    reader: Reader, names: Sequence[str], task: Task, means: Means, asked: dict[str, Any]
) -> Iterator[tuple[str, Result | QuotewiseError]]:
    """What came of each file, in order; files are read as their turn comes."""
    waiting: deque[tuple[str, QuotewiseError | None]] = deque()

    def readable() -> Iterator[Article]:
        for name in names:
            try:
                one = article(name, means.encoding, allow_private=means.allow_private)
            except QuotewiseError as error:
                waiting.append((name, error))
                continue
            waiting.append((name, None))
            yield one

    for result in reader.map(readable(), task, return_errors=True, **asked):
        yield from _unreadable(waiting)
        yield waiting.popleft()[0], result
    yield from _unreadable(waiting)


def _unreadable(waiting: deque[tuple[str, QuotewiseError | None]]) -> Iterator[tuple[str, QuotewiseError]]:
    while waiting and (error := waiting[0][1]) is not None:
        yield waiting.popleft()[0], error


def _line(name: str, outcome: Result | QuotewiseError) -> str:
    said: dict[str, Any] = {"file": name}
    if isinstance(outcome, QuotewiseError):
        kind = type(outcome).__name__
        said["error"] = {"type": kind, "message": outcome.message, "next_step": outcome.next_step}
    result = outcome.result if isinstance(outcome, QuotewiseError) else outcome
    if result is not None:  # beside an error it is what was read, and paid for, before
        said["result"] = result.model_dump(mode="json")
    return usable(json.dumps(said, ensure_ascii=False))  # a file's name need not be UTF-8


def _bill(total: int, failed: int, tally: Tally, journal: str | None) -> str:
    replayed = f", {tally.replayed} replayed from {journal}" if journal else ""
    return (
        f"quotewise: {total} article{'s' * (total != 1)}, {failed} failed; "
        f"{tally.paid} calls paid ({tally.price}){replayed}"
    )


def _journal(means: Means) -> str | None:
    """The journal of this user's batches; None for the built-in engine, whose replies cost nothing."""
    if resolve(options.given(means.model, means.base_url, means.budget)).model == EXTRACTIVE:
        return None
    folder = platformdirs.user_cache_path("quotewise", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be made: {error.strerror or error}.", next_step="Give --journal FILE."
        ) from None
    return str(folder / "batch.db")


def _opened(path: str | None) -> AbstractContextManager[TextIO]:
    """Opened last, when nothing else can fail: this empties what was there."""
    if path is None or path == STDOUT:
        return nullcontext(sys.stdout)
    try:
        return Path(path).open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror or error}.", next_step="Name another file."
        ) from None
