"""Word lists as they are best read and reviewed: words with spaces between them. Nothing else."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a list, for asking whether one is in it.

    >>> "b" in listed("a b c")
    True
    """
    return frozenset(words.split())


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
