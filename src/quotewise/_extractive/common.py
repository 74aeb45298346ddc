"""What is known of English words: how common each is, whether it takes a capital, which mean nearly the same.

Document frequencies counted by `tools/fit_answer.py` (a question's rare words say more about its answer than
its common ones, and one article is too short to tell which is which), and a short thesaurus written by hand.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from .._text.words import term as term_of

RAREST = 8.0
"""The idf of a word that is not in the table: about one passage of 150 words in 3,000."""


def idf(term: str) -> float:
    """ln(passages / passages that hold the term), in steps of a half, at most `RAREST`.

    >>> idf("the") < idf("summit") < idf("zyzzyva")
    True
    """
    return _table().get(term, (RAREST, True))[0]


def mostly_capital(term: str) -> bool:
    """Whether prose writes the word with a capital inside a sentence, or the table does not know it.

    >>> mostly_capital("mari"), mostly_capital("meanwhil")
    (True, False)
    """
    return _table().get(term, (RAREST, True))[1]


def kin(term: str) -> frozenset[str]:
    """The terms of words that may stand for a word, from a short list of common verbs, nouns and adjectives.

    >>> "commenc" in kin("begin"), kin("zyzzyva")
    (True, frozenset())
    """
    return _kin().get(term, frozenset())


@cache
def _kin() -> dict[str, frozenset[str]]:
    """Of each row the first word and the others stand for each other; the others do not among themselves."""
    found: dict[str, set[str]] = {}
    for row in (files(__package__) / "kin.txt").read_text("utf-8").splitlines():
        first, *others = map(term_of, row.split())
        for other in others:
            found.setdefault(first, set()).add(other)
            found.setdefault(other, set()).add(first)
    return {one: frozenset(others - {one}) for one, others in found.items()}


@cache
def _table() -> dict[str, tuple[float, bool]]:
    rows = (files(__package__) / "common.txt").read_text("utf-8").splitlines()
    table = {}
    for row in rows:
        step, *listed = row.split()
        table.update({word.lower(): (int(step) / 2, word[0].isupper()) for word in listed})
    return table
