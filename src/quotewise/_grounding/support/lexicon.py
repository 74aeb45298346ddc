"""What is known of English words before any article is read: rarity, likeness and opposites.

Reads `lexicon.bin`, which `tools/pack_lexicon.py` wrote; nothing here looks at a claim or an article.
Likeness is a number of differing bits between two codes: 0 for a word and itself, about 128 for strangers.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from importlib.resources import files
from typing import Final

UNKNOWN_RARITY: Final = 7.2
"""The rarity of a word that is not among the 16,000 commonest terms, in nats."""
STRANGERS: Final = 128
"""The expected likeness of two unrelated words, and what a word without a code gets."""

_HEAD = struct.Struct("<4sHHII")


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
        at = self._at.get(term)
        if at is None:
            return None
        return int.from_bytes(self._codes[at * self._width : (at + 1) * self._width])

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
