"""Does a claim give another cause than the article, or turn cause and effect round?

Reads what stands on both sides of "because of", "caused by" and their like. What has none is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..._language.lexicon import synonym
from ..._language.passage import Passage
from ..._text.words import is_stopword, words
from ..._values import Issue
from ..compare import Comparison, instead

_CAUSED = re.compile(
    r"\b(?:because of|because|due to|owing to|thanks to|as a result of|(?:was|were|is|are|been|be) caused by"
    r"|(?:put|puts) (?:this |that |it )?down to|blamed on|attributed (?:this |that |it )?to)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\bwhen\b")
CLAUSE = re.compile(r"[,;:.]\s|\b(?:but|and said|while|whereas)\b")
"""What ends one clause and begins another."""
_SAID = re.compile(r"^[^,]{0,40}\b(?:said|says|added|explained|argued|wrote)\s*$")
_SAME_EFFECT = 0.6
"""The share of the claim's effect that a sentence's effect must hold before their causes are compared."""
_FEWEST = 2
"""Terms that a clause before a cause must have to be the effect without the clause before it."""

_NEAR = 600
"""Characters before a cause in which its effect is looked for."""
_LONGEST = 200
"""Items of a claim of which causes are compared: a longer one is a transcript without full stops."""


class Caused(NamedTuple):
    """The terms of an effect and of its cause, and where the cause stands in the text."""

    effect: frozenset[str]
    cause: frozenset[str]
    start: int
    end: int


def causes(text: str) -> tuple[Caused, ...]:
    """The effects of which a text tells the cause.

    >>> told = causes("Sales fell because of the strike, but the shop stayed open.")
    >>> [(sorted(one.effect), sorted(one.cause)) for one in told]
    [(['fall', 'sale'], ['strike'])]
    >>> told = causes("Because of the strike, sales fell.")
    >>> [(sorted(one.effect), sorted(one.cause)) for one in told]
    [(['fall', 'sale'], ['strike'])]
    """
    return tuple(_causes(text))


def _causes(text: str) -> Iterator[Caused]:
    for found in _CAUSED.finditer(text):
        stop = CLAUSE.search(text, found.end())
        end = stop.start() if stop else len(text)
        cause = _terms(text[found.end() : end])
        before = text[max(0, found.start() - _NEAR) : found.start()]
        parts = [part for part in CLAUSE.split(before) if _terms(part) and not _SAID.search(part)]
        if not before.strip():
            after = CLAUSE.split(text[end + 1 :])[0]
            effect = _terms(after)
        elif parts and len(_terms(parts[-1])) < _FEWEST and len(parts) > 1:
            effect = _terms(parts[-2]) | _terms(parts[-1])
        else:
            effect = _terms(parts[-1]) if parts else frozenset()
        if cause and effect:
            yield Caused(effect, cause, found.end() + 1, end)


def _occasions(text: str) -> Iterator[Caused]:
    """What a text tells of the moment of something else: "he lost his sales when the main broke"."""
    for found in _WHEN.finditer(text):
        stop = CLAUSE.search(text, found.end())
        end = stop.start() if stop else len(text)
        effect, cause = _terms(text[: found.start()]), _terms(text[found.end() : end])
        if effect and cause:
            yield Caused(effect, cause, found.end() + 1, end)


def _terms(text: str) -> frozenset[str]:
    return frozenset(word.term for word in words(text) if not is_stopword(word.text))


def check_causes(seen: Comparison) -> Iterator[Issue]:
    """An issue where a cited sentence has another cause for the same, or has the two the other way round."""
    mine = causes(seen.claim.text) if len(seen.claim.items) <= _LONGEST else ()
    said = [(passage, each) for passage in seen.said for each in causes(passage.text)] if mine else []
    for ours in mine:
        if any(_shared(ours.cause, each.cause) for _, each in said):
            continue
        other = next((found for found in said if _is_other_cause(ours, found[1], found[0])), None)
        when = ((passage, each) for passage in seen.said for each in _occasions(passage.text))
        other = other or next((found for found in when if _is_other_occasion(seen, ours, *found)), None)
        if other is not None:
            written = other[0].text[other[1].start : other[1].end].strip()
            yield instead(seen, "unsupported", ours, written, 'the article gives another cause: "{}"')


def _is_other_occasion(seen: Comparison, ours: Caused, passage: Passage, theirs: Caused) -> bool:
    """Whether all of the effect is told of a moment that the article does not tie to the claim's cause."""
    near = (passage, *seen.evidence.context(seen.cited))
    elsewhere = any(_share(ours.cause, each.terms) for each in near)
    return (
        _share(ours.effect, theirs.effect) >= 1.0 and not _shared(ours.cause, theirs.cause) and not elsewhere
    )


def _is_other_cause(ours: Caused, theirs: Caused, passage: Passage) -> bool:
    """Whether the effects are one, and the sentence does not even speak of the claim's cause beside it."""
    same = _share(ours.effect, theirs.effect) >= _SAME_EFFECT
    turned = (
        _share(ours.effect, theirs.cause) >= _SAME_EFFECT
        and _share(ours.cause, theirs.effect) >= _SAME_EFFECT
    )
    elsewhere = _share(ours.cause, passage.terms) if same else 0.0
    return turned or (same and elsewhere < _SAME_EFFECT)


def _shared(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(synonym(mine, theirs) for mine in one for theirs in other)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return sum(any(synonym(mine, theirs) for theirs in other) for mine in one) / len(one)
