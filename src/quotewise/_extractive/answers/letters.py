"""Ranking by shared letters, for questions in a language whose words this engine cannot take apart.

Pairs and triples of letters find "Ukraine" in "Ukrainekrieg" and characters in a script without spaces.
It ranks and measures what is covered; it knows no answer's words.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from ..._text.rank import Bm25
from ..._text.words import is_unspaced


def pieces(text: str) -> list[str]:
    """The runs of three letters within its words, two in a script without spaces.

    >>> pieces("Der Zug"), pieces("東京駅")
    (['der', 'zug'], ['東京', '京駅'])
    """
    folded = unicodedata.normalize("NFC", text.casefold())
    size = 2 if is_unspaced(folded) else 3
    clean = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
    return [word[i : i + size] for word in clean.split() for i in range(max(1, len(word) - size + 1))]


class Letters:
    """An index of texts by their letters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._pieces = [frozenset(pieces(text)) for text in texts]
        self._index = Bm25.of_terms([pieces(text) for text in texts])

    def nearest(self, question: str, n: int) -> list[tuple[int, float]]:
        """At most `n` texts by index, best first, with the weighted share of the question each covers."""
        asked = list(dict.fromkeys(pieces(question)))
        total = math.fsum(self._index.idf(piece) for piece in asked) or 1.0
        return [
            (i, math.fsum(self._index.idf(piece) for piece in asked if piece in self._pieces[i]) / total)
            for i in self._index.top(asked, n)
        ]
