"""How much each sentence matters to the whole: its place, what it shares with the rest, its words.

Scores only. What is left out (furniture, sentences that cannot stand alone) and what is picked is decided
by the callers.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def bags(texts: Sequence[str]) -> list[Counter[str]]:
    """The words of each sentence, counted.

    >>> bags(["Rain, rain."])
    [Counter({'rain': 2})]
    """
    return [Counter(word.lower() for word in _WORD.findall(text)) for text in texts]


def centrality(sentences: Sequence[Counter[str]]) -> list[float]:
    """The cosine of each sentence with the sum of all, words weighted by how few sentences hold them."""
    frequency = Counter(word for bag in sentences for word in bag)
    weight = {word: math.log(1 + len(sentences) / held) for word, held in frequency.items()}
    centre = {word: held * weight[word] for word, held in frequency.items()}
    return [_cosine({word: count * weight[word] for word, count in bag.items()}, centre) for bag in sentences]


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(value * other.get(word, 0.0) for word, value in one.items())
    norms = math.sqrt(sum(value * value for value in one.values()))
    return shared / norms if norms else 0.0
