"""What a claim tells beside one of its values or names, and how much of that a sentence tells.

What the checks share that ask whether the article tells the same of another (`restated`, `copied`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..._language.lexicon import synonym
from ..._language.names import TITLES, Name, same_name
from ..._language.passage import Item, Passage
from ..._language.typed import Value, agree
from ..._language.wordlists import listed
from ..._values import Issue
from ..align import Alignment
from ..compare import GIVES, Comparison, instead
from ..overlap import is_like, rarity
from .amounts import is_reference, kind_of
from .foreign import is_english

_LIKE, _OUT_OF_ORDER = 0.6, 0.8
"""What a word of like meaning counts for, and one that stands at another place or has "it" for it."""
_SMALL = 0.5
"""The weight of a small word: of "the town may need" one word in four has more."""
_ALIKE = 3
"""Letters with which two names begin that may be one."""
_FROM = listed("from of in")
"""What ties a thing to the place that an adjective would name."""
_OF_A_THING = 2
"""Words that name a thing: "start-up" is two."""
_OF_A_RANGE = listed("to and or through until")
"""Words between the two ends of a range."""


def told_of_another(
    seen: Comparison,
    rest_of: Callable[[Passage, int], Mapping[int, float]],
    other_for: Callable[[Comparison, int, Mapping[int, float]], tuple[Passage, Item] | None],
) -> Iterator[Issue]:
    """An issue with each name or value of a claim for which `other_for` finds a sentence with another.

    `rest_of` weighs the other items of the claim; where it has none, nothing is looked for.
    """
    for at, item in enumerate(seen.claim.items):
        rest = rest_of(seen.claim, at) if is_exchangeable(seen, at, item) else {}
        found = other_for(seen, at, rest) if rest else None
        if found is not None:
            passage, other = found
            kind = "name" if other.value is None else kind_of(other.value)
            yield instead(seen, kind, item, passage.written(other), GIVES)


def is_exchangeable(seen: Comparison, at: int, item: Item) -> bool:
    """Whether an item is a name that the article has, or a value by itself: no range's, no table's."""
    if item.name is not None:
        return is_english(seen.evidence) and seen.evidence.knows(item.name)
    if item.value is None or item.value.soft or is_reference(seen.claim, item) or seen.readings:
        return False
    items = seen.claim.items
    others = [each for each in (at - 2, at + 2) if 0 <= each < len(items) and items[each].value is not None]
    joins = {seen.claim.low((at + other) // 2) for other in others}
    return joins.isdisjoint(_OF_A_RANGE) or (joins == {"and"} and _is_weekday(item.value))


def _is_weekday(value: Value) -> bool:
    return {name for name, _ in value.parts} == {"weekday"}


def weight_of(item: Item) -> float:
    return _SMALL if item.kind == "small" else rarity(item)


def held_in_order(
    found: Alignment, rest: Mapping[int, float], stood_for: frozenset[str] = frozenset()
) -> float:
    """The share of the rest of a claim that stands in a sentence, in order or as a word of like meaning."""
    return sum(weight * _credit(found, i, stood_for) for i, weight in rest.items()) / sum(rest.values())


def _credit(found: Alignment, at: int, stood_for: frozenset[str]) -> float:
    item = found.claim.items[at]
    if found.same(at):
        return 1.0
    if item.kind != "word":
        return 0.0
    if item.term in found.said.terms or item.term in stood_for:
        return _OUT_OF_ORDER
    return _LIKE if is_like(found.said, item) else 0.0


def homes_of(seen: Comparison, item: Item) -> Sequence[int]:
    """The sentences that have an item's value or name."""
    if item.name is not None:
        return [at for at, _ in seen.evidence.names_like(item.name)]
    return seen.evidence.giving(item.value) if item.value is not None else ()


def gives(one: Item, other: Item) -> bool:
    """Whether an item of a sentence is what the claim has."""
    if one.value is not None:
        return other.value is not None and agree(one.value, other.value)
    return one.name is not None and other.name is not None and same_name(one.name, other.name)


def held_among(claim: Passage, rest: Mapping[int, float], items: Sequence[Item]) -> float:
    """How much of the rest of a claim stands among some items."""
    return sum(weight for i, weight in rest.items() if any(says_same(claim.items[i], each) for each in items))


def held_by(seen: Comparison, rest: Mapping[int, float], sentence: int) -> float:
    """How much of it a sentence holds, names also where it may lean on one before it."""
    passage = seen.evidence.passages[sentence]
    names = [i for i in rest if seen.claim.items[i].name is not None]
    held = held_among(seen.claim, {i: rest[i] for i in rest if i not in names}, passage.items)
    return held + sum(rest[i] for i in names if _is_about(seen, sentence, seen.claim.items[i]))


def _is_about(seen: Comparison, sentence: int, item: Item) -> bool:
    return item.name is not None and seen.evidence.is_about(sentence, item.name)


def says_same(one: Item, other: Item) -> bool:
    if one.value is not None:
        return other.value is not None and agree(one.value, other.value)
    if one.name is not None:
        return other.name is not None and not set(one.name.parts).isdisjoint(other.name.parts)
    if one.kind == "small":
        return one.low == other.low
    return one.term == other.term or synonym(one.term, other.term)


def is_other_name(seen: Comparison, name: Name, other: Item) -> bool:
    """Whether an item is a name that is none of the claim's, and that the article never joins with this one.

    Nor is it one when it may be the same name spelt otherwise, or one of the two is an office: "the British
    General" may be anybody.
    """
    if other.name is None or seen.claim.has_name(other.name) or {name.last, other.name.last} & TITLES:
        return False
    if not {part[:_ALIKE] for part in name.parts}.isdisjoint(part[:_ALIKE] for part in other.name.parts):
        return False
    whole = {*name.parts, *other.name.parts}
    return not any(whole <= set(each.parts) for _, each in seen.evidence.names_like(name))


def is_sort_of(value: Value, other: Value) -> bool:
    dated = {name for name, _ in value.parts} == {name for name, _ in other.parts}
    return dated and not other.soft and (value.kind, value.unit) == (other.kind, other.unit)


def is_said_before(claim: Passage, at: int, place: Name, said: Passage) -> bool:
    """Whether "a start-up from Finland" is what a sentence calls a "Finnish start-up"."""
    if at < 2 or claim.low(at - 1) not in _FROM:
        return False
    thing = claim.items[at - 2].term
    return any(
        item.name is not None
        and same_name(place, item.name)
        and any(each.term == thing for each in said.items[i + 1 : i + 1 + _OF_A_THING])
        for i, item in enumerate(said.items)
    )
