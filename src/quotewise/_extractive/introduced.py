"""Where "the" means what the sentences right before introduced with "a": "a rise of 4 per cent", "the rise".

A sentence that says so is whole by its grammar and still asks "which?" where the other is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .._text.words import term

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


def introduced(texts: Sequence[str], paragraphs: Sequence[int]) -> Mapping[int, int]:
    """For the place of a sentence that means something by "the", the place of the one that introduces it.

    Only where the word stands nowhere before that one, and both are in one paragraph.

    >>> dict(introduced(["Ann asked for a rise.", "It rained.", "Bob was against the rise."], [0, 0, 0]))
    {2: 0}
    >>> dict(introduced(["Rises are rare.", "Ann asked for a rise.", "Bob was against the rise."], [0, 0, 0]))
    {}
    """
    found: dict[int, int] = {}
    first: dict[str, int] = {}
    new: list[frozenset[str]] = []
    for at, text in enumerate(texts):
        for word in _words(text):
            first.setdefault(word, at)
        meant = {term(said[1].lower()) for said in _THE.finditer(text)}
        for before in range(max(0, at - _REACH), at):
            if paragraphs[before] == paragraphs[at] and any(
                word in new[before] and first.get(word) == before for word in meant
            ):
                found[at] = before
        new.append(frozenset(term(said[1].split()[-1].lower()) for said in _NEW.finditer(text)))
    return found


def _words(text: str) -> set[str]:
    return {term(word) for word in re.findall(r"[a-z][a-z'’-]+", text.lower())}
