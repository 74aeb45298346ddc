"""A sentence as the engine compares it: its words, its content terms and its paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from ..._text.words import terms


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the engine compares it: its words on the page, its content terms, its paragraph."""

    text: str
    words: int
    terms: tuple[str, ...]
    paragraph: int = 0

    @property
    def held(self) -> frozenset[str]:
        """The different terms; made anew each time, since a set for each sentence outweighs the text."""
        return frozenset(self.terms)


def sentence(text: str, paragraph: int = 0) -> Sentence:
    """A sentence read once for everything that follows.

    >>> sentence("Rain fell on the rain.").terms
    ('rain', 'fall', 'rain')
    """
    return Sentence(text, len(text.split()), tuple(terms(text)), paragraph)
