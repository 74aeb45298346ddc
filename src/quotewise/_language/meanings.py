"""What is known of English words before any article is read: rarity, likeness and opposites.

Reads `lexicon.bin` and `senses.bin`, which `tools/pack_lexicon.py` and `tools/pack_senses.py` wrote; nothing
here looks at a claim or an article.
Likeness is a number of differing bits between two codes: 0 for a word and itself, about 128 for strangers.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Final, NamedTuple

from .._text.words import is_stopword, term

UNKNOWN_RARITY: Final = 7.2
"""The rarity of a word that is not among the 16,000 commonest terms, in nats."""
STRANGERS: Final = 128
"""The expected likeness of two unrelated words, and what a word without a code gets."""

_HEAD = struct.Struct("<4sHHII")
_SENSES_HEAD = struct.Struct("<4sHI")


class Lexicon:
    """The packed table, read once; holds terms as `_text.words.term` gives them."""

    def __init__(self, data: bytes) -> None:
        magic, count, bits, words, pairs = _HEAD.unpack_from(data)
        if magic != b"QWL1":
            raise ValueError("lexicon.bin is not a lexicon of this version")
        at = _HEAD.size
        terms = zlib.decompress(data[at : at + words]).decode().split("\n")
        opposites = zlib.decompress(data[at + words : at + words + pairs])
        self._rarity = data[at + words + pairs : at + words + pairs + count]
        self._codes = data[at + words + pairs + count :]
        self._width = bits // 8
        self._read: dict[str, int] = {}
        self.terms: Final = tuple(terms)
        self._at = {term: i for i, term in enumerate(terms)}
        self._opposites: dict[str, tuple[str, ...]] = {}
        for a, b in struct.iter_unpack("<HH", opposites):
            self._opposites[terms[a]] = (*self._opposites.get(terms[a], ()), terms[b])
            self._opposites[terms[b]] = (*self._opposites.get(terms[b], ()), terms[a])

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term in English texts of 300 words; 0 is everywhere."""
        at = self._at.get(term)
        return UNKNOWN_RARITY if at is None else self._rarity[at] / 32

    def known(self, term: str) -> bool:
        """Whether the term is among the 16,000 commonest."""
        return term in self._at

    def code(self, term: str) -> int | None:
        """The term's meaning as 256 bits, or None where the lexicon does not know it."""
        if (code := self._read.get(term)) is None and (at := self._at.get(term)) is not None:
            code = self._read[term] = int.from_bytes(self._codes[at * self._width : (at + 1) * self._width])
        return code

    def place(self, term: str) -> int | None:
        """Where the term stands among `terms`, or None where it is not among them."""
        return self._at.get(term)

    def opposites(self, term: str) -> tuple[str, ...]:
        """The direct antonyms of a term.

        >>> "fall" in lexicon().opposites("rise"), lexicon().opposites("troop")
        (True, ())
        """
        return self._opposites.get(term, ())


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon, read at the first call."""
    return Lexicon(files(__package__).joinpath("lexicon.bin").read_bytes())


class Meaning(NamedTuple):
    """What a term can mean, as numbers of WordNet's synsets: its own, those above them, those opposite."""

    own: frozenset[int]
    above: frozenset[int]
    opposite: frozenset[int]


NOTHING: Final = Meaning(frozenset(), frozenset(), frozenset())


class Senses:
    """The packed synsets of the lexicon's terms; each term is read at its first use."""

    def __init__(self, data: bytes) -> None:
        magic, terms, synsets = _SENSES_HEAD.unpack_from(data)
        if magic != b"QWS1":
            raise ValueError("senses.bin is not of this version")
        body = zlib.decompress(data[_SENSES_HEAD.size :])
        numbers = array("H", body[2 * terms :])
        if sys.byteorder == "big":
            numbers.byteswap()
        self._starts = list(accumulate(body[: 2 * terms], initial=0))
        self._members = numbers[: -2 * synsets]
        self._above, self._opposite = numbers[-2 * synsets : -synsets], numbers[-synsets:]
        self._known: dict[str, Meaning] = {}

    def of(self, term: str) -> Meaning:
        """What a term can mean; nothing where WordNet or the lexicon does not know it."""
        at = lexicon().place(term)
        if at is None:
            return NOTHING
        if term not in self._known:
            self._known[term] = self._read(at)
        return self._known[term]

    def _read(self, at: int) -> Meaning:
        first, middle, last = self._starts[2 * at : 2 * at + 3]
        own = self._members[first:middle]
        return Meaning(
            frozenset(own),
            frozenset([*self._members[middle:last], *(self._above[s] for s in own)]) - {0},
            frozenset([self._opposite[s] for s in own]) - {0},
        )


@cache
def senses() -> Senses:
    """The packaged synsets, read at the first call."""
    return Senses(files(__package__).joinpath("senses.bin").read_bytes())


def together(terms: Iterable[str]) -> Meaning:
    """Everything that several terms can mean."""
    found = [senses().of(term) for term in terms]
    return Meaning(*(frozenset().union(*parts) for parts in zip(NOTHING, *found, strict=True)))


def relation(one: str, other: Meaning) -> int:
    """How a term stands to a meaning: 4 same, 3 more general, 2 more special, 1 beside, 0 none, -1 opposite.

    >>> relation("physician", senses().of("doctor")), relation("fast", senses().of("slow"))
    (4, -1)
    """
    mine = senses().of(one)
    if not mine.own.isdisjoint(other.own):
        return 4
    if not mine.opposite.isdisjoint(other.own) or not mine.own.isdisjoint(other.opposite):
        return -1
    if not mine.own.isdisjoint(other.above):
        return 3
    if not mine.above.isdisjoint(other.own):
        return 2
    return int(not mine.above.isdisjoint(other.above))


def english_share(said: Sequence[str]) -> float:
    """The share of words that are among the commonest of English, from 0 to 1.

    >>> english_share("The council met".split()), english_share("Die Brücke bleibt gesperrt".split()) < 0.5
    (1.0, True)
    """
    known = (is_stopword(word) or lexicon().known(term(word)) for word in said)
    return sum(known) / len(said) if said else 0.0
