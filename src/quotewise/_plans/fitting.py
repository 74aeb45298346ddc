"""An answer's text as the value that its schema asks for: which value in it fits, and what is set apart.

Tolerant of how an answer is presented, strict on what it says: an entry that cannot be read is set apart with
the reason, and nothing is put in its place. Where more is wrong than right, the whole answer does not fit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from .presented import values_in, without_stray_commas, without_thoughts
from .schemas import ENDLESS, Filled, Unfit

M = TypeVar("M", bound=BaseModel)
_Path: TypeAlias = tuple[int | str, ...]

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_EMPTY_LIST = re.compile(r"(?:```\w*)?\s*\[\s*\]\s*(?:```)?")
_LONGEST_SHOWN = 200

EMPTY = "the whole answer: it is empty"

MOST_PROBLEMS = 20
"""How many schema errors a model is told at once; more do not help it and cost tokens."""


class Misfit(Exception):  # noqa: N818 - the word for it; never leaves the plan
    """Why a text does not fit, one line for each fault, without the text's own words.

    `in_words` is True for words without any JSON, `unheld` where nothing held the model to the schema: an
    answer that a server had held to it could not have this fault.
    """

    def __init__(
        self, problems: list[str], *, count: int = 1, in_words: bool = False, unheld: bool = False
    ) -> None:
        super().__init__(f"{count} faults")
        self.problems = problems
        self.count = count
        self.in_words = in_words
        self.unheld = unheld


def fitted(text: str, schema: type[M]) -> M:
    """The last value in a text that fits, thoughts, fences and words around it left out; raises `Misfit`.

    >>> from .schemas import ClaimedFacts
    >>> fitted('So: {"facts": [{"evidence": "[2]", "kind": "Event", "text": "Rain."}]} Done.', ClaimedFacts)
    ClaimedFacts(facts=[ClaimedFact(evidence=[2], kind='event', text='Rain.')], aside=())
    """
    text = without_thoughts(text)
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        misfit = _misfit(error)
    candidates = [*_candidates(text, schema), *_candidates(without_stray_commas(text), schema)]
    for at, value in enumerate(candidates):
        try:
            return _validated(value, schema)
        except RecursionError:
            continue  # nested without end
        except ValidationError as error:
            misfit = _misfit(error) if at == 0 else misfit
    if not text:
        misfit = Misfit([EMPTY])
    elif not candidates and not text.startswith(("{", "[", "```")):
        misfit = Misfit(["the whole answer: it holds no JSON"], in_words=True, unheld=True)
    raise misfit  # out here, because the errors it would be chained to hold the model's words


def _candidates(text: str, schema: type[BaseModel]) -> Iterator[Any]:
    """What could be the answer, the likeliest first: the last object, what that holds, then a bare list or
    bare entries.

    These are taken for the one list that the schema has; a list without entries only where it stands alone,
    since words may hold an empty pair of brackets.
    """
    found = values_in(text)
    for value in reversed(found):
        if isinstance(value, dict):
            yield value
            yield from (inner for inner in value.values() if isinstance(inner, dict))
    fields = schema.model_fields
    wanted = [name for name in fields if fields[name].is_required()] or list(fields)
    if len(wanted) == 1:
        yield from ({wanted[0]: value} for value in reversed(found) if _is_the_list(value, text))
        needed = _needed(fields[wanted[0]].annotation)
        if entries := [value for value in found if needed and isinstance(value, dict) and needed <= {*value}]:
            yield {wanted[0]: entries}


def _needed(shape: Any) -> set[str]:
    """The fields that an entry of a list must have."""
    item = next(iter(get_args(shape)), None)
    if not (isinstance(item, type) and issubclass(item, BaseModel)):
        return set()
    return {name for name, field in item.model_fields.items() if field.is_required()}


def _is_the_list(value: Any, text: str) -> bool:
    if value == []:
        return _EMPTY_LIST.fullmatch(text) is not None
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


def _validated(value: Any, schema: type[M]) -> M:
    """The value as its schema has it, without the entries that cannot be read; raises `ValidationError`."""
    try:
        return schema.model_validate_json(_json(value))
    except ValidationError as error:
        apart = _set_apart(value, error)
        if not issubclass(schema, Filled) or not apart:
            raise
        rest = _without(value, apart)
        if len(apart) > _pointing(rest):
            raise
    answer = schema.model_validate_json(_json(rest))
    assert isinstance(answer, Filled)  # noqa: S101 - a subclass, see above
    answer._unfit = tuple(apart.values())
    return answer


def _set_apart(value: Any, error: ValidationError) -> dict[_Path, Unfit]:
    """The entries that the faults are in, each with its first fault; none where a fault is in no entry."""
    apart: dict[_Path, Unfit] = {}
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        path, entry = _entry(fault["loc"], value)
        if not path:
            return {}
        why = f"its form cannot be read: {_place(fault['loc'][len(path) :])}: {fault['msg']}"
        apart.setdefault(path, Unfit(_shown(path, entry), why))
    return apart


def _entry(loc: _Path, value: Any) -> tuple[_Path, Any]:
    """The smallest part around a fault that an answer can do without: an item of a list, or a cited value."""
    path: _Path = ()
    entry = None
    for at, key in enumerate(loc, 1):
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(key, int) or (isinstance(value, dict) and "evidence" in value):
            path, entry = loc[:at], value
    return path, entry


def _shown(path: _Path, entry: Any) -> str:
    """An entry as a person reads it: its words, or else as it was written."""
    words = entry.get("text") if isinstance(entry, dict) else entry
    if not isinstance(words, str):
        words = json.dumps(entry, ensure_ascii=False) if path and isinstance(path[-1], int) else None
    if words is None:
        words = f"{'.'.join(map(str, path))} = {entry.get('value')}"
    line = _HALF_PAIR.sub("\ufffd", " ".join(words.split()))
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}..."


def _without(value: Any, apart: Mapping[_Path, Unfit], at: _Path = ()) -> Any:
    if isinstance(value, list):
        return [_without(v, apart, (*at, i)) for i, v in enumerate(value) if (*at, i) not in apart]
    if isinstance(value, dict):
        return {k: None if (*at, k) in apart else _without(v, apart, (*at, k)) for k, v in value.items()}
    return value


def _pointing(value: Any) -> int:
    """How many parts of an answer point at sentences."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (isinstance(value, dict) and "evidence" in value) + sum(map(_pointing, inner))


def _json(value: Any) -> str:
    """Half a surrogate pair, which some models write, is no JSON to pydantic."""
    return _HALF_PAIR.sub("\ufffd", json.dumps(value, ensure_ascii=False))


def _misfit(error: ValidationError) -> Misfit:
    found = error.errors(include_input=False, include_url=False, include_context=False)
    lines = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in found[:MOST_PROBLEMS]]
    return Misfit(lines, count=len(found), unheld=any(fault["type"] != ENDLESS for fault in found))


def _place(loc: _Path) -> str:
    return ".".join(str(part)[:40] for part in loc) or "the whole answer"
