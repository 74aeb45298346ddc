"""From a model of the caller's to what an LLM is asked for: each leaf value beside the evidence it came from.

Only shapes: which fields there are, how an answer is taken apart into leaves and put together again. Whether
a leaf stands in the article is decided in `leaves`.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, Field, create_model, model_validator
from pydantic.fields import FieldInfo

from .._errors import UsageError
from .._language.values import values
from .._values import CitedValue
from .moments import clocks
from .schemas import Filled, Numbers, as_a_name

LEAVES = (str, int, float, bool, Decimal, date, datetime, time, Enum)
DEEPEST = 5
"""Levels of nesting that strict schemas of every server take; older ones refuse more."""

MOST = 100
"""Leaves in all that strict schemas of every server take."""

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One claimed value: where it stands in the answer, and the sentence numbers it is said to come from.

    `chosen` marks a choice among given ones (an enum, a literal, yes or no), which an article need not spell.
    """

    path: Path
    value: Any
    evidence: tuple[int, ...]
    chosen: bool = False

    @property
    def name(self) -> str:
        """The path as a person writes it: `people.0.name`."""
        return ".".join(map(str, self.path))


class _Whole(Filled):
    """A whole answer: a field that it leaves out is null, but an object of other fields is no answer."""

    @model_validator(mode="before")
    @classmethod
    def _has_a_field(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.keys().isdisjoint(cls.model_fields):
            raise ValueError("none of the fields is there")
        return value


class _Cited(Filled):
    """The mark by which a leaf is known in an answer."""


class _Chosen(_Cited):
    """The mark of a leaf that is a choice among given ones."""


def claimed(model: type[BaseModel]) -> type[BaseModel]:
    """The schema a model must fill: every leaf as `{"evidence": [numbers], "value": ...}` or null.

    Raises `UsageError`, with the field's path, for a shape that strict schemas cannot say: a dict, a tuple,
    `Any`, a union of several types, a model that contains itself, too deep or too many fields; and for what
    is no model.
    """
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        what = getattr(model, "__name__", type(model).__name__)
        raise UsageError(
            f"extract fills a Pydantic model, and this is a {what}.",
            next_step="Give a class made from pydantic.BaseModel, with a field for each value.",
        )
    return _claimed(model)


@lru_cache(maxsize=64)
def _claimed(model: type[BaseModel]) -> type[BaseModel]:
    counted = [0]
    shape = _model(model, (), (), counted)
    if counted[0] > MOST:
        raise UsageError(
            f"{model.__name__} has {counted[0]} leaf fields; at most {MOST}.", next_step="Split it."
        )
    return shape


def _model(
    model: type[BaseModel], path: Path, above: tuple[type, ...], counted: list[int]
) -> type[BaseModel]:
    if model in above:
        raise _unfit(path, f"{model.__name__} contains itself")
    if len(above) >= DEEPEST:
        raise _unfit(path, f"it is nested more than {DEEPEST} levels deep")
    if not model.model_fields:
        raise _unfit(path, f"{model.__name__} has no fields")
    fields = {
        name: _field(_shape(field.annotation, (*path, name), (*above, model), counted), field)
        for name, field in model.model_fields.items()
    }
    base = Filled if above else _Whole
    return create_model(f"Claimed{model.__name__}", __base__=base, **fields)  # type: ignore[call-overload, no-any-return]


def _field(shape: Any, field: FieldInfo) -> tuple[Any, Any]:
    """A field that a model may leave out where it has nothing: no list is an empty one."""
    if get_origin(shape) is list:
        whole = Annotated[shape, BeforeValidator(lambda value: [] if value is None else value)]
        return whole, Field(default=[], description=field.description)
    return shape, Field(default=None, description=field.description)


def _shape(annotation: Any, path: Path, above: tuple[type, ...], counted: list[int]) -> Any:
    kind = _without_none(annotation, path)
    if get_origin(kind) is list:
        [item] = get_args(kind) or (Any,)
        return list[_shape(item, (*path, 0), above, counted)]  # type: ignore[misc]  # built, not written
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _model(kind, path, above, counted) | None
    if _is_leaf(kind):
        counted[0] += 1
        return Annotated[_leaf(kind) | None, BeforeValidator(_said)]
    raise _unfit(path, f"{kind!r} cannot be cited")


@lru_cache(maxsize=256)
def _leaf(kind: Any) -> type[BaseModel]:
    name = "Cited" + getattr(kind, "__name__", "choice").capitalize()
    chosen = get_origin(kind) is Literal or issubclass(kind, bool | Enum)
    read = _choice(kind) if chosen else _IN_WORDS.get(kind)
    value: Any = kind if read is None else Annotated[kind, BeforeValidator(read)]
    return create_model(
        name, __base__=_Chosen if chosen else _Cited, evidence=(Numbers, ...), value=(value, ...)
    )


def _said(leaf: Any) -> Any:
    """A leaf without a value is null, whatever it cites."""
    return None if isinstance(leaf, dict) and "value" in leaf and leaf["value"] is None else leaf


def _amount(value: Any) -> Any:
    """The number that some words hold, where they hold one: "340 homes" is 340."""
    held = values(value) if isinstance(value, str) and not _DIGITS.fullmatch(value) else ()
    if len(held) != 1 or held[0].parts or held[0].low != held[0].high:
        return value
    return int(held[0].low) if held[0].low.is_integer() else held[0].low


_DIGITS = re.compile(r"-?\d+(?:\.\d+)?")
"""An amount that is read as it stands: "19.90" keeps its nought."""


def _day(value: Any) -> Any:
    """The day that some words hold, where they hold one: "17 February 2025" is 2025-02-17."""
    found = [dict(said.parts) for said in values(value) if said.kind == "date"] if _are_words(value) else []
    if len(found) != 1 or not {"year", "month", "day"} <= found[0].keys():
        return value
    with suppress(ValueError):  # no day of the calendar
        return date(*(int(found[0][part]) for part in ("year", "month", "day"))).isoformat()
    return value


def _hour(value: Any) -> Any:
    """The time of day that some words hold, where they hold one and say of which half of the day."""
    found = list(clocks(value)) if _are_words(value) else []
    if len(found) != 1 or not found[0].sure:
        return value
    hour, minute = divmod(found[0].minute, 60)
    return time(hour % 24, minute, found[0].second, found[0].microsecond).isoformat()


def _moment(value: Any) -> Any:
    """The day and the time of day that some words hold, where they hold both once."""
    day, hour = _day(value), _hour(value)
    return value if value in (day, hour) else f"{day}T{hour}"


def _are_words(value: Any) -> bool:
    return isinstance(value, str) and _ISO.match(value.strip()) is None


_ISO = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d")
_IN_WORDS = {int: _amount, float: _amount, Decimal: _amount, date: _day, time: _hour, datetime: _moment}
"""How a value is read that a model copied as the article writes it."""


def _choice(kind: Any) -> Callable[[Any], Any]:
    """Reads a choice in other letters, or an enum by its name: "Not given" is `not_given`."""
    if kind is bool:
        return lambda value: value
    members = {} if get_origin(kind) is Literal else kind.__members__
    options = [*get_args(kind), *(member.value for member in members.values())]
    named = {as_a_name(name): member.value for name, member in members.items()}
    named |= {as_a_name(str(option)): option for option in options if option is not None}

    def read(value: Any) -> Any:
        is_word = isinstance(value, str) and value not in options
        return named.get(as_a_name(value), value) if is_word else value

    return read


def _is_leaf(kind: Any) -> bool:
    return get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, LEAVES))


def _without_none(annotation: Any, path: Path) -> Any:
    annotation = _bare(annotation)
    if not _is_union(annotation):
        return annotation
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
    if len(kinds) != 1:
        raise _unfit(path, "a union of several types leaves open which one is meant")
    return _without_none(kinds[0], path)


def _bare(annotation: Any) -> Any:
    """A type without what only the caller's model checks of it: `PositiveInt` is an `int`."""
    return _bare(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)


def _may_be_none(annotation: Any) -> bool:
    bare = _bare(annotation)
    return bare is type(None) or (_is_union(bare) and any(map(_may_be_none, get_args(bare))))


def _unfit(path: Path, why: str) -> UsageError:
    place = ".".join(map(str, path)) or "the model"
    return UsageError(
        f"{place}: {why}.", next_step="Use str, numbers, dates, enums, models, and lists or Optional of them."
    )


def leaves(answer: BaseModel, path: Path = ()) -> Iterator[Leaf]:
    """The leaves of a claimed answer in order, without those the model left out."""
    for name in type(answer).model_fields:
        yield from _leaves(getattr(answer, name), (*path, name))


def _leaves(value: Any, path: Path) -> Iterator[Leaf]:
    if isinstance(value, _Cited):
        chosen = isinstance(value, _Chosen)
        yield Leaf(path, value.value, tuple(value.evidence), chosen)  # type: ignore[attr-defined]  # see _leaf
    elif isinstance(value, BaseModel):
        yield from leaves(value, path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))


def assembled(answer: BaseModel, kept: Mapping[Path, CitedValue], path: Path = ()) -> dict[str, Any]:
    """The answer as a tree of the kept leaves alone: others are None, and left out of lists."""
    return {name: _value(getattr(answer, name), kept, (*path, name)) for name in type(answer).model_fields}


def _value(value: Any, kept: Mapping[Path, CitedValue], path: Path) -> Any:
    if isinstance(value, _Cited):
        return kept.get(path)
    if isinstance(value, BaseModel):
        inner = assembled(value, kept, path)
        return inner if any(_holds(part) for part in inner.values()) else None
    if isinstance(value, list):
        items = (_value(item, kept, (*path, index)) for index, item in enumerate(value))
        return [item for item in items if item is not None]
    return None


def _holds(value: Any) -> bool:
    return value is not None and value != []


def plain(tree: Any) -> Any:
    """A tree with the bare values in place of its leaves."""
    if isinstance(tree, dict):
        return {name: plain(part) for name, part in tree.items()}
    if isinstance(tree, list):
        return [plain(item) for item in tree]
    return tree.value if isinstance(tree, CitedValue) else tree


def placed(tree: Any, path: Path = ()) -> Iterator[CitedValue]:
    """The leaves of a tree in order, each with the path that it has there."""
    if isinstance(tree, CitedValue):
        yield tree.model_copy(update={"path": ".".join(map(str, path))})
    elif isinstance(tree, dict | list):
        for key, part in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from placed(part, (*path, key))


def given(model: type[BaseModel], found: Mapping[str, Any]) -> dict[str, Any]:
    """What a model is made of: what was not found is left to a field's default, or None where it may be."""
    return {
        name: _given(field.annotation, found.get(name))
        for name, field in model.model_fields.items()
        if found.get(name) is not None or (field.is_required() and _may_be_none(field.annotation))
    }


def _given(annotation: Any, value: Any) -> Any:
    kind = _without_none(annotation, ())
    if isinstance(value, list):
        return [_given(get_args(kind)[0], item) for item in value]
    return given(kind, value) if isinstance(value, dict) else value
