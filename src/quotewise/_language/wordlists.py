"""Word lists as they are best read and reviewed: words with spaces between them. Nothing else.

A list stands beside what reads it; long tables of words are text files in this folder.
"""

from __future__ import annotations

from importlib.resources import files

from .._text.words import term


def listed(words: str) -> frozenset[str]:
    """The words of a list, for asking whether one is in it.

    >>> "b" in listed("a b c")
    True
    """
    return frozenset(words.split())


def listed_terms(words: str) -> frozenset[str]:
    """What the words of a list compare by.

    >>> listed_terms("claim")
    frozenset({'claim'})
    """
    return frozenset(map(term, words.split()))


def in_order(words: str) -> tuple[str, ...]:
    """The words of a list in order.

    >>> in_order("one two")
    ('one', 'two')
    """
    return tuple(words.split())


def classes(table: str) -> dict[str, str]:
    """Each word of a table with the class before the colon of its row.

    >>> classes("big: large huge")["huge"]
    'big'
    """
    rows = (row.partition(":") for row in table.strip().splitlines())
    return {word: kind.strip() for kind, _, words in rows for word in words.split()}


def pairs(words: str) -> frozenset[frozenset[str]]:
    """Pairs of words in either order, each with a hyphen between.

    >>> frozenset(["b", "a"]) in pairs("a-b c-d")
    True
    """
    return frozenset(frozenset(pair.split("-")) for pair in words.split())


def rows(name: str) -> tuple[str, ...]:
    """The rows of a table of words in this folder; a line that begins with "#" tells of it.

    >>> "yes aye | no nay" in rows("opposites.txt")
    True
    """
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))
