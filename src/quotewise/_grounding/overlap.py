"""How much of a claim the cited sentences hold, and how much of it the article has no word for.

Measures only, by rule: what they mean for the verdict is weighed in `weigh`.
"""

from __future__ import annotations

from .._language.lexicon import opposite
from .._language.meanings import lexicon
from .._language.names import same_name
from .._language.passage import Item, Passage
from .._language.typed import agree
from .compare import Comparison

_NEAR = 70
"""Differing bits of two words' codes up to which they are taken to mean much the same (strangers: 128)."""

_ADDS = 0.1


def coverage(seen: Comparison) -> float:
    """The share of the claim's meaning that the cited sentences hold, from 0 to 1; 1.0 where it has none.

    Words weigh by how rare they are in English. A word counts whole where its term stands in a sentence,
    in part where a word of like meaning does, a little where only the rest of the article has it.
    """
    if "coverage" not in seen.measured:
        seen.measured["coverage"] = _coverage(seen)
    return seen.measured["coverage"]


def _coverage(seen: Comparison) -> float:
    weighed = [(rarity(item), _credit(seen, item)) for item in seen.claim.items if item.kind != "small"]
    total = sum(weight for weight, _ in weighed)
    return min(1.0, sum(weight * credit for weight, credit in weighed) / total) if total else 1.0


def closest(seen: Comparison) -> float:
    """The share of the claim that the cited sentence nearest to it holds in order, from 0 to 1."""
    return max((each.closeness for each in seen.alignments), default=0.0)


def new_items(seen: Comparison) -> float:
    """How many words, names and values of the claim stand nowhere in the article."""
    if "new" not in seen.measured:
        seen.measured["new"] = _new_items(seen)
    return seen.measured["new"]


def _new_items(seen: Comparison) -> int:
    return sum(_is_new(seen, item) for item in seen.claim.items if item.kind != "small")


def new_weight(seen: Comparison) -> float:
    """How much those new items say together, by how rare each is."""
    return sum(rarity(item) for item in seen.claim.items if item.kind != "small" and _is_new(seen, item))


def carrying(seen: Comparison) -> tuple[int, ...]:
    """The cited sentences that carry the claim, the best first: each adds words that those before lack.

    What adds less than a tenth of the claim's meaning is left out; at least one stays, where one is cited.
    """
    if seen.evidence.leaves or len(seen.cited) < 2:
        return seen.cited
    wanted = [item for item in seen.claim.items if item.kind != "small"]
    weights = list(map(rarity, wanted))
    left = {at: {i for i, item in enumerate(wanted) if _holds(p, item)} for at, p in seen.units}
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


def _is_new(seen: Comparison, item: Item) -> bool:
    if item.value is not None:
        return seen.evidence.where(item.value) is None
    if item.name is not None:
        return not all(part in seen.evidence.folded for part in item.name.parts)
    return not seen.evidence.index.frequency(item.term)


def rarity(item: Item) -> float:
    """How much an item says: names and values as much as a rare word."""
    return 6.0 if item.kind in {"name", "value"} else max(0.5, lexicon().rarity(item.term))


def _credit(seen: Comparison, item: Item) -> float:
    held = item.term in seen.terms if item.kind == "word" else any(_holds(each, item) for each in seen.said)
    if held:
        return 1.0
    if item.kind == "word" and any(_like(passage, item) for passage in seen.said):
        return 0.6
    if item.kind == "name" and any(_holds(passage, item) for passage in seen.evidence.context(seen.cited)):
        return 0.9
    return 0.25 if seen.evidence.index.frequency(item.term) else 0.0


def _holds(passage: Passage, item: Item) -> bool:
    if item.value is not None:
        return any(agree(item.value, value) for value in passage.values)
    if item.name is not None:
        return any(same_name(item.name, name) for name in passage.names) or passage.spells(item.name)
    return item.term in passage.terms


def _like(passage: Passage, item: Item) -> bool:
    code = lexicon().code(item.term)
    if code is None:
        return False
    near = [low for low, theirs in passage.codes if (code ^ theirs).bit_count() <= _NEAR]
    return not all(opposite(item.low, low) for low in near)
