"""The values found in several parts of a text in one tree, and which were left out for others before them.

The first value of each field stays, and all items of each list, once. A model within one that says otherwise
than in a part before is about something else and stays out whole: the winner of the first race gets no age
from the winner of the second. What stays out is told, with its quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from .._render.places import place
from .._values import CitedValue
from .denied import denial, denial_in_english
from .shapes import Path, placed, plain

Tree: TypeAlias = dict[str, Any]


class Joined(NamedTuple):
    """One tree for all parts, and a note for each value in it for which others were left out."""

    tree: Tree
    notes: tuple[str, ...]


def joined(trees: Iterable[Tree], named: Sequence[str]) -> Joined:
    """The trees of several parts in one; `named` are the articles, by which notes tell where values stand."""
    joining = _Joining(named)
    whole: Tree = {}
    for tree in trees:
        whole = joining.filled_up(whole, tree, ())
    return Joined(whole, joining.notes)


class _Joining:
    def __init__(self, named: Sequence[str]) -> None:
        self._named = named
        self._left: dict[str, dict[str, None]] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(
            f"Left out, since an earlier part gives {kept}: {'; '.join(left)}."
            for kept, left in self._left.items()
        )

    def filled_up(self, one: Tree, other: Tree, path: Path) -> Tree:
        return {name: self._both(one.get(name), other.get(name), (*path, name)) for name in {**one, **other}}

    def _both(self, one: Any, other: Any, path: Path) -> Any:
        if isinstance(one, dict) and isinstance(other, dict):
            differing = next((name for name in one if _differ(one[name], other.get(name))), None)
            if differing is None:
                return self.filled_up(one, other, path)
            self._leave(one[differing], (*path, differing), _lacking(one, other, path))
        elif isinstance(one, list) and isinstance(other, list):
            said = [plain(item) for item in one]
            return one + [item for item in other if plain(item) not in said]
        elif _differ(one, other):
            self._leave(one, path, placed(other, path))
        return one if one is not None else other

    def _leave(self, kept: CitedValue, path: Path, values: Iterable[CitedValue]) -> None:
        left = self._left.setdefault(f"{_dotted(path)} = {kept.value}", {})
        left.update(dict.fromkeys(map(self._told, values)))

    def _told(self, value: CitedValue) -> str:
        quotes = (f"“{quote.text}”, {place(quote, self._named, offsets=True)}" for quote in value.quotes)
        return " ".join(f"{value.path} = {value.value} ({'; '.join(quotes)})".split())


def _lacking(one: Tree, other: Tree, path: Path) -> list[CitedValue]:
    """The values of a tree that another does not hold."""
    held = {(_field(value), value.value) for value in placed(one, path)}
    return [value for value in placed(other, path) if (_field(value), value.value) not in held]


def _field(value: CitedValue) -> str:
    """The path without the places in lists."""
    return re.sub(r"\.\d+(?=\.|\Z)", "", value.path)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _differ(one: Any, other: Any) -> bool:
    """Whether both are values, and not the same."""
    return isinstance(one, CitedValue) and isinstance(other, CitedValue) and not _same(one.value, other.value)


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal, or two forms of a name, of which one holds the other.

    >>> _same("Acme", "Acme Inc"), _same("Ann Lee", "LEE"), _same("clerk", "town clerk"), _same(5, 15)
    (True, True, False, False)
    >>> _same("Guilty", "Not Guilty")
    False
    """
    if not (isinstance(one, str) and isinstance(other, str)):
        return bool(one == other)
    short, long = sorted((" ".join(each.split()) for each in (one, other)), key=len)
    found = re.search(rf"(?<!\w){re.escape(short.casefold())}(?!\w)", long.casefold())
    if found is None or not any(map(str.isupper, short)):
        return one == other
    return not (denial(long.casefold(), found.start()) or denial_in_english(long.casefold(), found.start()))
