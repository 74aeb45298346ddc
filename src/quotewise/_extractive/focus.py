"""How much each sentence has to do with what a reader asked about: a question, a topic, a name.

A subject is talked about in a stretch, and most of its sentences do not name it, so a sentence is scored
by its own words and by those around it. Whether a question is answered is for `answer`, not here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .._text.rank import Bm25
from .._text.words import terms
from .common import idf
from .salience import Sentence

_ASKING = frozenset(
    terms(
        "summarize summarise summary describe explain tell discuss discussion discussed talk talked mention"
        " say think opinion view article text story plot meeting whole content group happen happened overview"
        " give throughout information regarding"
    )
)
_WIDE = 10.0
_NEAR = 2.0
_SHARP = 5
"""How steeply a stretch's worth falls off from the best one."""
_LEAST = 0.02


def relevance(sentences: Sequence[Sentence], focus: str | None) -> list[float] | None:
    """From 0 to 1 for each sentence; None where the focus names nothing that the text holds.

    >>> from quotewise._extractive.salience import sentence
    >>> read = [sentence(t) for t in ("Rain fell.", "The cat slept on the mat.", "Cup final on Sunday.")]
    >>> relevance(read, "the cat"), relevance(read, "Summarize the meeting.")
    ([0.0, 1.0, 0.0], None)
    """
    wanted = [term for term in dict.fromkeys(terms(focus or "")) if term not in _ASKING]
    index = Bm25.of_terms([one.terms for one in sentences])
    own = [0.0] * len(sentences)
    for term in wanted:
        weight = idf(term)
        own = [score + weight * more for score, more in zip(own, index.scores([term]), strict=True)]
    if not any(own):
        return None
    wide = _scaled(_spread(own, max(0.5, min(_WIDE, len(own) / 30))))
    near = _scaled(_spread(own, max(0.25, min(_NEAR, len(own) / 60))))
    return _scaled(
        [
            far**_SHARP * (0.1 + close + one) * math.log(1 + len(sentence.terms))
            for far, close, one, sentence in zip(wide, near, _scaled(own), sentences, strict=True)
        ]
    )


def _spread(values: Sequence[float], width: float) -> list[float]:
    """Each value with those around it, their weight falling by 1/e every `width` places: two passes."""
    keep = math.exp(-1 / width)
    before = _running(values, keep)
    after = _running(values[::-1], keep)[::-1]
    return [b + a - own for b, a, own in zip(before, after, values, strict=True)]


def _running(values: Sequence[float], keep: float) -> list[float]:
    total, totals = 0.0, []
    for value in values:
        total = total * keep + value
        totals.append(total)
    return totals


def _scaled(values: Sequence[float]) -> list[float]:
    top = max(values, default=0.0) or 1.0
    return [value / top if value >= _LEAST * top else 0.0 for value in values]
