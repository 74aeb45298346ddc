"""What is known of English words: how common each is, whether it takes a capital, which mean nearly the same.

Document frequencies counted by `tools/fit_answer.py` (a question's rare words say more about its answer than
its common ones, and one article is too short to tell which is which), and a short thesaurus written by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from ..._language.meanings import STRANGERS, lexicon
from ..._text.words import term as term_of

RAREST = 8.0
"""The idf of a word that is not in the table: about one passage of 150 words in 3,000."""


_FAR = 100
"""Bits that differ between two words that have little to do with each other; of strangers 128 do."""


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


def makers(term: str) -> frozenset[str]:
    """The terms of those who do what a term says, or of what they do, as far as their endings show it.

    >>> "owner" in makers("own"), "win" in makers("winner"), makers("er")
    (True, True, frozenset())
    """
    if len(term) < 3:
        return frozenset()
    if term.endswith(("er", "or")):
        return frozenset((term[:-1], term[:-2], term[:-3]))
    return frozenset((term + "er", term + "or", term + "r", term + term[-1] + "er"))


@lru_cache(maxsize=65_536)
def code(term: str) -> int | None:
    """The meaning of a term as bits that few like words differ in, None for one outside the lexicon."""
    return lexicon().code(term)


def closeness(one: int | None, others: Iterable[int]) -> float:
    """How near the nearest of some codes comes to a code: 1 the same, about 0.5 near, 0 a stranger.

    >>> closeness(code("build"), [code("construct"), code("rain")]) > 0.4 > closeness(code("build"), [])
    True
    """
    if one is None:
        return 0.0
    bits = min(((one ^ other).bit_count() for other in others), default=STRANGERS)
    return max(0.0, 1 - bits / _FAR)


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
