"""How likely is it that an article supports a text? A trained score, one for each claim and each word.

`Index` is made once per article, `score` asked once per text. It reads what the checks found (`findings`,
beside this package) next to what it sees itself. The rules that explain themselves stand there; this gives
numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._values import Span
from .features import FINDINGS, Found
from .index import Index, normal
from .model import Cuts, Support, by_claim, cuts, support_of

__all__ = ["FINDINGS", "Cuts", "Found", "Index", "Support", "by_claim", "cuts", "normal", "score"]


def score(
    text: str,
    claims: Sequence[Span],
    index: Index,
    found: Sequence[Found],
    cited: Sequence[int] = (),
    question: str | None = None,
) -> Support:
    """How likely everything in a text is supported, each of its claims by itself, and each word not.

    `claims` are spans of `text`, and `found` holds what the checks found of each. `cited` are positions among
    the sentences that `index` was built from; given, the nearest sentences are sought among them, though the
    rest of the source still counts. Claims are calibrated half on sentences of RAGTruth and half on single
    claims of eight other sets; the share of unsupported claims in your texts may be another, so choose a
    threshold on texts of your own where it matters. A text of up to 40 words is scored as its worst claim,
    from 60 words as RAGTruth's responses are (six LLMs of 2023, in English), between by a blend.
    """
    return support_of(text, claims, index, found, cited, question)
