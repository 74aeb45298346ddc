"""Is one noun of a restated sentence replaced by a word that the article does not have?

Only for claims that are their sentence but for one word: anywhere else a new word is far more often a
synonym than an error, and no list of words tells the two apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.lexicon import opposite, synonym
from ..._language.meanings import STRANGERS, lexicon
from ..._language.passage import Item
from ..._language.wordlists import listed
from ..._values import Issue
from ..align import Alignment
from ..compare import Comparison, instead

_RESTATED = 0.7
"""Closeness from which a claim is its sentence but for a word."""
_FEWEST = 4
"""Words of meaning that a claim must have before one that differs stands out."""
_SHORTEST = 3
"""Letters that a word must have to be more than an abbreviation: "c" for cup, "lg" for large."""
_LIKE = 60
"""Differing bits of two words' codes up to which they are taken for synonyms."""
_BEFORE_VERB = listed("""
    to will can could would they we it he she not may might must should who has have had is are was were be
    been by also i you
    """)
_OF_NO_NOUN = ("ing", "ed", "ly")


def check_nouns(seen: Comparison) -> Iterator[Issue]:
    """An issue where a claim repeats its sentence but for one noun, which the article lacks.

    Of 3,957 texts of RAGTruth 22 are flagged, 10 of them unsupported: as many as by chance. It is here for
    claims copied from the article with one word changed, which nothing else sees.
    """
    heavy = [at for at, item in enumerate(seen.claim.items) if item.kind != "small"]
    loose = [at for at in heavy if not any(each.same(at) for each in seen.alignments)]
    if len(heavy) >= _FEWEST and len(loose) == 1:
        yield from _swapped(seen, loose[0])


def _swapped(seen: Comparison, at: int) -> Iterator[Issue]:
    found = seen.best(at)
    other = None if found is None else found.partner(at)
    if found is None or other is None or found.closeness < _RESTATED or not _is_framed(found, at):
        return
    item = seen.claim.items[at]
    if at == 0 or len(other.low) < _SHORTEST:
        return
    if not _is_noun(found, at) or seen.evidence.index.frequency(item.term) or other.term in seen.claim.terms:
        return
    if not _are_alike(item, other):
        yield instead(seen, "unsupported", item, found.said.written(other), 'the article has "{}" here')


def _is_framed(found: Alignment, at: int) -> bool:
    """Whether the very next items on both sides are those of the sentence."""
    there = found.pair[at]
    sides = [(side, at + side) for side in (-1, 1) if 0 <= at + side < len(found.pair)]
    return there is not None and all(found.same(i) and found.pair[i] == there + side for side, i in sides)


def _is_noun(found: Alignment, at: int) -> bool:
    """Whether a word and its partner may be nouns or adjectives: verbs have too many synonyms."""
    pair = (found.claim.items[at], found.partner(at))
    plain = all(one is not None and one.kind == "word" and not one.low.endswith(_OF_NO_NOUN) for one in pair)
    return plain and found.claim.low(at - 1) not in _BEFORE_VERB


def _are_alike(one: Item, other: Item) -> bool:
    """Whether two words are forms of one, synonyms, or opposites, which are for `opposites`."""
    if one.low[:4] == other.low[:4] or synonym(one.term, other.term) or opposite(one.low, other.low):
        return True
    ours, theirs = lexicon().code(one.term), lexicon().code(other.term)
    return (STRANGERS if ours is None or theirs is None else (ours ^ theirs).bit_count()) < _LIKE
