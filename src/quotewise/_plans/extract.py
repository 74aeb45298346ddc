"""Extraction: a model of the caller's, filled from every part of an article, each value with its quotes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_jsonable_python

from .._render.places import names
from .._results import Extraction
from .._values import CitedValue, Claim, Issue, Rejected, Trace, Verdict
from . import prompts
from .core import Plan
from .ground import set_apart
from .joined import joined
from .leaves import Finder, NotThereError
from .numbering import Numbering
from .reading import Limits, Readings, batches, call, read_each
from .shapes import Leaf, Path, assembled, claimed, given, leaves, placed, plain

M = TypeVar("M", bound=BaseModel)
PROMPTS = ("system", "extract", "reask")


class _Made(NamedTuple, Generic[M]):
    """The model, or None; then the paths of the fields that keep it from being valid, and why they do."""

    value: M | None
    unfilled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def extract(numbering: Numbering, model: type[M], limits: Limits) -> Plan[Extraction[M]]:
    """The model's fields as the article states them; raises `UsageError` for a model that cannot be asked."""
    schema = claimed(model)
    readings = yield from read_each(
        batches(numbering.lines, limits),
        lambda part: call("extract", part, schema, max_output=2_000 + 20 * len(part)),
        schema,
        numbering,
    )
    return _result(numbering, model, readings)


def _result(numbering: Numbering, model: type[M], readings: Readings[BaseModel]) -> Extraction[M]:
    finder = Finder(numbering)
    rejected: list[Rejected] = []
    found: list[dict[str, Any]] = []
    for _, answer in readings.answers:
        rejected += set_apart([answer])
        found.append(assembled(answer, dict(_accepted(answer, finder, rejected))))
    whole, left_out = joined(found, names(numbering.sources))
    partial = plain(whole)
    made = _made(model, partial)
    values = tuple(placed(whole))
    return Extraction[model](  # type: ignore[valid-type]  # the caller's own, known at run time
        sources=numbering.sources,
        value=made.value,
        partial=partial,
        values=values,
        unfilled=made.unfilled,
        rejected=tuple(rejected),
        gaps=readings.gaps,
        coverage=numbering.coverage(_cited(numbering, values), readings.unread),
        trace=Trace(
            prompts=prompts.fingerprints(*PROMPTS),
            chunks=len(readings.answers) + len(readings.failed),
            notes=(*made.notes, *left_out),
        ),
    )


def _accepted(answer: BaseModel, finder: Finder, rejected: list[Rejected]) -> list[tuple[Path, CitedValue]]:
    """The leaves that stand in the article; the others are added to `rejected`, each with its reason."""
    accepted: list[tuple[Path, CitedValue]] = []
    for leaf in leaves(answer):
        try:
            quotes = finder.quotes(leaf)
        except NotThereError as reason:
            rejected.append(_rejected(leaf, str(reason)))
        else:
            value = to_jsonable_python(leaf.value)  # as JSON has it, so that a result reads back equal
            accepted.append((leaf.path, CitedValue(path=leaf.name, value=value, quotes=quotes)))
    return accepted


def _rejected(leaf: Leaf, why: str) -> Rejected:
    text = f"{leaf.name} = {leaf.value}"
    issue = Issue(kind="unsupported", start=0, end=len(text), text=text, why=why)
    verdict = Verdict(supported=False, score=0.0, issues=(issue,))
    return Rejected(claim=Claim(text=text, quotes=(), verdict=verdict), reason=why)


def _made(model: type[M], partial: Mapping[str, Any]) -> _Made[M]:
    """The model, or what keeps it from being valid."""
    try:
        # As JSON, in which a strict model takes a day or a choice as well.
        found = json.dumps(given(model, partial))
        return _Made(model.model_validate_json(found, by_name=True, by_alias=True))
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False, include_context=False)
        paths = [".".join(map(str, each["loc"])) for each in wrong]
        notes = tuple(f"{path}: {each['msg']}" for path, each in zip(paths, wrong, strict=True))
        return _Made(None, tuple(dict.fromkeys(filter(None, paths))), notes)
    except Exception as error:  # noqa: BLE001 - a validator of the caller's; what was read is paid for
        told = f"A validator of {model.__name__} raised {type(error).__name__}: {error}"
        return _Made(None, (), (told if told.endswith(".") else f"{told}.",))


def _cited(numbering: Numbering, values: tuple[CitedValue, ...]) -> set[int]:
    return {numbering.number(quote) for value in values for quote in value.quotes}
