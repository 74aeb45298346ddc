"""What each measure of a sentence counts: the fitted weights, from `summary.json`, and their sums."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from operator import mul

from .salience import NAMES, PLACE

LONG = 80
"""From this many sentences on, a text is read by sections and its top counts for less."""
_WORD = re.compile(r"[a-z']+")


def weigh(rows: Iterable[Sequence[float]], size: int, table: Mapping[str, float]) -> list[float]:
    """The weighted sum of each of `size` rows of measures; a long text's places count for less."""
    fade = min(1.0, LONG / (size or 1))
    column = [table[name] * (fade if at < PLACE else 1.0) for at, name in enumerate(NAMES)]
    return [sum(map(mul, column, row)) for row in rows]


@cache
def weights(name: str) -> Mapping[str, float]:
    """A table of fitted weights: `one` for a single sentence, with those of common words in `one words`, or
    `several`."""
    return dict(json.loads((files(__package__) / "summary.json").read_text("utf-8"))[name])


def all_words(text: str) -> list[str]:
    """The lower-case words of a sentence, function words too.

    >>> all_words("The rain, the cat.")
    ['the', 'rain', 'the', 'cat']
    """
    return _WORD.findall(text.lower())
