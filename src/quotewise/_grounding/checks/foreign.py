"""Is a claim in another language than the article, so that words say nothing about it?

Told by how many words are English, since nothing here knows a second language; only the figures of such a
claim are compared. Between two other languages nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.meanings import english_share
from ..._values import Issue, Span
from ..compare import Comparison, issue
from ..evidence import FIGURE, LETTERS, digits

_ENGLISH, NOT_ENGLISH = 0.75, 0.65
"""The share of words known to the lexicon from which a text is English, and up to which it is not."""
_FEWEST = 4
"""Words that a claim must have for a guess."""
_KNOWN = 0.25
"""The share of its words in the article from which a claim is in the article's language."""


def is_foreign(seen: Comparison) -> bool:
    """Whether the claim is in another language than the article; False where it is too short to say.

    >>> from quotewise._text.article import Article
    >>> from quotewise._grounding.compare import compare
    >>> from quotewise._grounding.evidence import Evidence
    >>> about = Evidence(Article("The council will close the bridge for 12 weeks, and the road in May."))
    >>> [is_foreign(compare(claim, [0], about)) for claim in ("Die Brücke wird gesperrt.", "Rain fell.")]
    [True, False]
    """
    if seen.evidence.leaves:
        return False
    said = [word.casefold() for word in LETTERS.findall(seen.claim.text)]
    if not said:
        return False
    known = sum(word in seen.evidence.vocabulary for word in said) / len(said)
    if not any("a" <= letter <= "z" for letter in "".join(said)):
        return known == 0
    if len(said) < _FEWEST or known >= _KNOWN:
        return False
    ours, theirs = english_share(said), seen.evidence.english
    return (ours <= NOT_ENGLISH and theirs >= _ENGLISH) or (ours >= _ENGLISH and theirs <= NOT_ENGLISH)


def check_foreign(seen: Comparison) -> Iterator[Issue]:
    """An issue for the claim as a whole, and one for each figure that the article does not write."""
    claim = seen.claim.text
    why = "this is in another language than the article, so only its figures can be checked"
    yield issue(seen, "unsupported", Span(0, len(claim)), why)
    for figure in FIGURE.finditer(claim):
        if digits(figure[0]) not in seen.evidence.figures:
            yield issue(seen, "number", Span(*figure.span()), "the article does not give this number")
