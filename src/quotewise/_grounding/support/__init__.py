"""How likely is it that an article supports a claim? A trained score, with a probability for each word.

`Index` is made once per article, `score` asked once per claim, `score_text` once per text of several
sentences. The rules that explain themselves stand beside this package; this one only gives numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._results import Span
from ..._text.sentences import sentences as split
from .index import Index
from .model import Cuts, Support, cuts, support_of_claim, support_of_text

__all__ = ["Cuts", "Index", "Support", "cuts", "score", "score_text"]


def score(claim: str, index: Index, cited: Sequence[int] = (), question: str | None = None) -> Support:
    """How likely it is that the source supports a claim, and how likely each word is not supported.

    `cited` are positions among the sentences that `index` was built from; given, the claim's nearest
    sentences are sought among them, though the rest of the source still counts. Calibrated half on
    sentences of RAGTruth and half on single claims of eight other sets; the share of unsupported claims in
    your texts may be another, so choose a threshold on texts of your own where it matters.
    """
    return support_of_claim(claim, split(claim), index, cited, question)


def score_text(text: str, index: Index, sentences: Sequence[Span], question: str | None = None) -> Support:
    """How likely it is that everything in a text of several sentences is supported.

    `sentences` are spans of `text`. A short text is scored as its worst claim, a text of 60 words or more as
    RAGTruth's responses are (those of six LLMs of 2023, in English), and one between by a blend. The
    result's `sentences` are scored as claims, which costs nothing more than the text.
    """
    return support_of_text(text, sentences, index, question)
