"""How likely is it that an article supports a claim? A trained score, with a probability for each word.

`Index` is made once per article, `score` asked once per claim, `score_text` once per text of several
sentences. The rules that explain themselves stand beside this package; this one only gives numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._results import Span
from .index import Index
from .model import Cuts, Support, cuts, support_of_text

__all__ = ["Cuts", "Index", "Support", "cuts", "score", "score_text"]


def score_text(
    text: str, index: Index, sentences: Sequence[Span], question: str | None = None
) -> Support:
    """How likely it is that everything in a text of several sentences is supported."""
    return support_of_text(text, sentences, index, question)


def score(
    claim: str, index: Index, cited: Sequence[int] = (), question: str | None = None
) -> Support:
    """How likely it is that the source supports a claim."""
    return support_of_text(claim, [Span(0, len(claim))], index, question)
