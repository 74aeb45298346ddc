"""How much of a claim the cited sentences hold, and how much of it the article has no word for.

Measures only, by rule: what they mean for the verdict is weighed in `weigh`. A `Comparison` keeps those that
are asked for more than once.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._language.lexicon import opposite
from .._language.meanings import lexicon
from .._language.passage import Item, Passage
from .evidence import Evidence

_NEAR = 70
"""Differing bits of two words' codes up to which they are taken to mean much the same (strangers: 128)."""
_ADDS = 0.1
"""The least share of a claim's meaning that a sentence must add to be one of those that carry it."""
_ELSEWHERE = 0.25
"""What a word counts that only the rest of the article has."""


def coverage(
    claim: Passage,
    cited: Sequence[int],
    said: Sequence[Passage],
    evidence: Evidence,
    elsewhere: float = _ELSEWHERE,
) -> float:
    """The share of the claim's meaning that the cited sentences hold, from 0 to 1; 1.0 where it has none.

    Words weigh by how rare they are in English. A word counts whole where its term stands in a sentence,
    in part where a word of like meaning does, and for `elsewhere` where only the rest of the article has it.
    """
    terms = frozenset[str]().union(*(passage.terms for passage in said))
    heavy = _heavy(claim)
    weighed = [(rarity(item), _credit(item, cited, said, terms, evidence, elsewhere)) for item in heavy]
    total = sum(weight for weight, _ in weighed)
    return min(1.0, sum(weight * credit for weight, credit in weighed) / total) if total else 1.0


def new_items(claim: Passage, evidence: Evidence) -> int:
    """How many words, names and values of the claim stand nowhere in the article."""
    return sum(_is_new(item, evidence) for item in _heavy(claim))


def carrying(claim: Passage, units: Sequence[tuple[int, Passage]]) -> tuple[int, ...]:
    """The sentences that carry the claim, the best first: each adds words that those before lack.

    What adds less than a tenth of the claim's meaning is left out; at least one stays, where one is cited.
    """
    wanted = _heavy(claim)
    weights = list(map(rarity, wanted))
    left = {at: {i for i, item in enumerate(wanted) if p.holds(item)} for at, p in units}
    found = list[int]()
    while left:
        gains = {at: sum([weights[i] for i in sorted(held)]) for at, held in left.items()}
        best = max(gains, key=lambda at: gains[at])
        if found and gains[best] <= _ADDS * sum(weights):
            break
        found.append(best)
        carried = left.pop(best)
        left = {at: held - carried for at, held in left.items()}
    return tuple(found)


def holds_some(claim: Passage, passage: Passage) -> bool:
    """Whether a sentence holds any word, name or number of the claim, or a word of like meaning."""
    return any(
        passage.holds(item) or (item.kind == "word" and is_like(passage, item)) for item in _heavy(claim)
    )


def shares_words(claim: Passage, passage: Passage) -> bool:
    """Whether a sentence has a word or a name of the claim, and not only its numbers."""
    return any(item.kind in ("word", "name") and passage.holds(item) for item in claim.items)


def _heavy(claim: Passage) -> list[Item]:
    """What of a claim has meaning: all but its small words."""
    return [item for item in claim.items if item.kind != "small"]


def _is_new(item: Item, evidence: Evidence) -> bool:
    if item.value is not None:
        return evidence.where(item.value) is None
    if item.name is not None:
        return not all(part in evidence.folded for part in item.name.parts)
    return not evidence.index.frequency(item.term)


def rarity(item: Item) -> float:
    """How much an item says: names and values as much as a rare word."""
    return 6.0 if item.kind in {"name", "value"} else max(0.5, lexicon().rarity(item.term))


def _credit(
    item: Item,
    cited: Sequence[int],
    said: Sequence[Passage],
    terms: frozenset[str],
    evidence: Evidence,
    elsewhere: float,
) -> float:
    """How much of one item the cited sentences hold, from 0 to 1.

    All of it where one has the item itself; less where one has a word of like meaning, where the sentences
    around them have the name, or where only the rest of the article has the word.
    """
    if item.term in terms if item.kind == "word" else any(each.holds(item) for each in said):
        return 1.0
    near = item.kind == "word" and evidence.likeness(item.term) <= _NEAR
    if near and any(is_like(passage, item) for passage in said):
        return 0.6
    if item.kind == "name" and any(passage.holds(item) for passage in evidence.context(cited)):
        return 0.9
    return elsewhere if evidence.index.frequency(item.term) else 0.0


def is_like(passage: Passage, item: Item) -> bool:
    """Whether a sentence has a word of like meaning to an item, and not only opposites of it."""
    code = lexicon().code(item.term)
    if code is None:
        return False
    near = [low for low, theirs in passage.codes if (code ^ theirs).bit_count() <= _NEAR]
    return not all(opposite(item.low, low) for low in near)
