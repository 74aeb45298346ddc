"""Have two parties of a restated sentence changed places: "the client reports it to the supplier"?

Only for claims that are their sentence but for the two; a passive or a verb for the other side ("bought from"
for "sold to") may turn them and say the same. Names that changed places are for `naming`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..._language.deeds import is_told_conversely
from ..._language.lexicon import BEING, DETERMINERS
from ..._language.passage import Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue, Span
from ..align import Alignment
from ..compare import Comparison, instead
from .ranked import is_compared_conversely

_OTHER_WAY = 'the article has these the other way round: "{}"'
_FEWEST = 4
"""Words of meaning that a claim must have: the two, and what is told of them."""
_MUTUAL_WORDS = listed("and or nor with between both versus than")
_MUTUAL = listed_terms("""
    meet marry play agree differ compare talk discuss argue quarrel join border face equal resemble neighbour
    neighbor divorce share border exchange swap
    """)
"""What is so of each if it is so of the other."""


def check_turned(seen: Comparison) -> Iterator[Issue]:
    """An issue where two words of a claim stand in one another's places, and all else as in its sentence."""
    for found in seen.alignments:
        pair = _turned(seen, found)
        if pair is None or not _are_nouns(found, *pair) or _is_as_well_so(seen.claim, found.said, *pair):
            continue
        first, second = (seen.claim.items[at] for at in pair)
        one, other = (found.said.items[found.pair[at] or 0] for at in pair)
        written = f"{found.said.written(one)} ... {found.said.written(other)}"
        yield instead(seen, "unsupported", Span(first.start, second.end), written, _OTHER_WAY)
        return


def _turned(seen: Comparison, found: Alignment) -> tuple[int, int] | None:
    """The two items that changed places, where they are all in which the claim differs from a sentence."""
    heavy = [at for at, item in enumerate(seen.claim.items) if item.kind != "small"]
    loose = [at for at in heavy if not found.same(at)]
    if len(heavy) < _FEWEST or len(loose) != 2:
        return None
    for one, two in combinations(loose, 2):
        theirs = [found.partner(at) for at in (one, two)]
        ours = [seen.claim.items[at] for at in (two, one)]
        if all(other is not None and _is_one(mine, other) for mine, other in zip(ours, theirs, strict=True)):
            return one, two
    return None


def _is_one(one: Item, other: Item) -> bool:
    return one.kind == other.kind == "word" and one.term == other.term


def _are_nouns(found: Alignment, one: int, two: int) -> bool:
    """Whether both stand right behind "the" or its like on both sides: a verb may well move."""
    there = [(found.said, found.pair[at] or 0) for at in (one, two)]
    places = [(found.claim, one), (found.claim, two), *there]
    return all(passage.low(at - 1) in DETERMINERS for passage, at in places)


def _is_as_well_so(claim: Passage, said: Passage, one: int, two: int) -> bool:
    """Whether it is as well so the other way round: of what both do together, or in another voice."""
    between = claim.items[one + 1 : two]
    mutual = any(item.low in _MUTUAL_WORDS or item.term in _MUTUAL for item in between)
    voices = {("by" in each.lows and not each.lows.isdisjoint(BEING)) for each in (claim, said)}
    converse = is_told_conversely(claim, said) or is_compared_conversely(claim, said)
    return mutual or len(voices) > 1 or converse
