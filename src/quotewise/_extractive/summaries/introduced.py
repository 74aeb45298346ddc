"""Where "the" means what the sentences right before introduced with "a": "a rise of 4 per cent", "the rise".

A sentence that says so is whole by its grammar and still asks "which?" where the other is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..._text.words import term
from ..words.sentence import Sentence

_REACH = 3
"""How many sentences back it may have been introduced."""
_ADJECTIVE = r"(?:[a-z][a-z'’-]+\s+){0,2}?"
_NEW = re.compile(
    rf"\b(?:an?|one|another|two|three|four|five|six|several|some)\s+({_ADJECTIVE}[a-z][a-z'’-]+)"
    r"(?=\s+(?:of|in|on|at|to|for|from|by|with|that|who|which|was|were|is|are|has|have|had|will|would|and|between"
    r"|against|over|under|near|[a-z]+ed|[a-z]+ing)\b|[,.;:!?]|$)",
    re.IGNORECASE,
)
_THE = re.compile(
    r"\b(?:the|both)\s+([a-z][a-z'’-]+)(?!\s+(?:of|who|that|which|for|between)\b)(?=\s|[,.;:!?]|$)",
    re.IGNORECASE,
)


def introduced(sentences: Sequence[Sentence]) -> Mapping[int, int]:
    """For the place of a sentence that means something by "the", the place of the one that introduces it.

    Only where the word stands nowhere before that one, and both are in one paragraph.

    >>> from quotewise._extractive.words.sentence import sentence
    >>> texts = ["Ann asked for a rise.", "It rained.", "Bob was against the rise."]
    >>> dict(introduced([sentence(text) for text in texts]))
    {2: 0}
    >>> dict(introduced([sentence(text) for text in ["Rises are rare.", *texts]]))
    {}
    """
    found: dict[int, int] = {}
    first: dict[str, int] = {}
    for at, one in enumerate(sentences):
        near = range(max(0, at - _REACH), at)
        if near and sentences[at - 1].paragraph == one.paragraph:
            for word in (term(said[1].lower()) for said in _THE.finditer(one.text)):
                before = first.get(word, at)
                if before in near and word in _new(sentences[before].text):
                    found[at] = before
        for word in one.terms:
            first.setdefault(word, at)
    return {
        at: before for at, before in found.items() if sentences[at].paragraph == sentences[before].paragraph
    }


def _new(text: str) -> set[str]:
    """What a sentence introduces by "a" or a number."""
    return {term(said[1].split()[-1].lower()) for said in _NEW.finditer(text)}
