"""Is a claim a sentence's own words but for a name or a value, which the article has elsewhere?

"Ann Lee was taken to hospital" of a sentence in which Tom Roe was. The sentence has all the rest of the
claim, so what stands between the neighbours of the name or value stands in its place. What is told more
freely is for `restated`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..._language.lexicon import AUXILIARIES, BEFORE_OBJECT, DETERMINERS
from ..._language.names import Name
from ..._language.passage import Item, Passage
from ..._language.typed import agree
from ..._language.wordlists import listed
from ..._values import Issue
from ..align import Alignment
from ..compare import Comparison
from .clauses import clause_of
from .rest import (
    gives,
    held_among,
    held_by,
    held_in_order,
    homes_of,
    is_other_name,
    is_sort_of,
    told_of_another,
    weight_of,
)

_ALL, _MOST = 0.999, 0.9
"""The share of the rest of a claim that its sentence must hold; all where it has the claim's own as well."""
_AS_MUCH = 0.8
"""The share of it from which another sentence, or clause, that has the claim's own bears the claim out."""
_FEWEST = 2
"""Items beside the one in question that a claim must have, one of them of meaning."""
_WIDEST, _FARTHEST = 5, 3
"""Items from the one neighbour to the other, and from a single neighbour to what stands beside it."""
_LIST = listed("and or to")
_BEFORE = (BEFORE_OBJECT | listed("between near v vs versus including than like as")) - _LIST
"""Words before a name that is not whom the sentence tells of: "the head of"."""
_PASSED = AUXILIARIES | listed("also just now then already still only nearly almost about over")
"""Words that a retelling leaves out, with those that end in "ly"."""
_QUOTES = frozenset('"“”')
_AFTER = 4
"""Items after another name within which the claim's own may be what it is in: "in the Market sector of"."""
_LEANING = 2
"""Sentences after one with a name that may tell of it by a pronoun."""


def check_copied(seen: Comparison) -> Iterator[Issue]:
    """An issue where a sentence has another name or value in the midst of all the claim's other words."""
    return told_of_another(seen, _rest, _in_its_place)


def _rest(claim: Passage, at: int) -> Mapping[int, float]:
    """The other items of a claim with how much each says; empty where they are too few."""
    rest = {i: weight_of(item) for i, item in enumerate(claim.items) if i != at}
    return rest if len(rest) >= _FEWEST and any(claim.items[i].kind != "small" for i in rest) else {}


def _in_its_place(seen: Comparison, at: int, rest: Mapping[int, float]) -> tuple[Passage, Item] | None:
    """The sentence that tells the rest of a claim with another in the item's place, and that."""
    item = seen.claim.items[at]
    for found in seen.alignments:
        own = [i for i, each in enumerate(found.said.items) if gives(item, each)]
        if held_in_order(found, rest) < (_ALL if own else _MOST):
            continue
        for there in _places(found, at, own):
            other = found.said.items[there]
            if not _is_another(seen, item, other) or any(_are_listed(found.said, there, i) for i in own):
                continue
            if not _is_borne_out(seen, found, item, rest):
                return found.said, other
    return None


def _places(found: Alignment, at: int, own: list[int]) -> Iterator[int]:
    """Where in a sentence another would stand in the place of a claim's item."""
    before = found.pair[at - 1] if at and found.same(at - 1) else None
    after = found.pair[at + 1] if at + 1 < len(found.pair) and found.same(at + 1) else None
    if before is not None and after is not None:
        if after - before <= _WIDEST and not any(before < i < after for i in own):
            yield from range(before + 1, after)
    elif after is not None and at == 0:
        yield from _opening(found, after, own)
    elif before is not None and at + 1 == len(found.pair):
        yield from _closing(found, before, own)


def _opening(found: Alignment, after: int, own: list[int]) -> Iterator[int]:
    """The place before what follows the claim's first item, where its clause tells of that."""
    said, there = found.said, after - 1
    while there > 0 and after - there < _FARTHEST and _is_passed(said, there):
        there -= 1
    if there < 0 or not all(_is_joined(said, i) for i in range(there + 1, after + 1)):
        return
    lead = there - 1 - (said.low(there - 1) in DETERMINERS)
    if found.claim.items[0].name is not None and said.low(lead) in _BEFORE:
        return
    if own and (said.low(there - 1) in _LIST or _follows_a_mark(said, there)):
        return
    yield there


def _closing(found: Alignment, before: int, own: list[int]) -> Iterator[int]:
    """The place after what precedes the claim's last item, unless told more closely: "in Leith, Fife"."""
    said, there = found.said, before + 1
    last = len(said.items) - 1
    while there < last and there - before < _FARTHEST and _is_passed(said, there):
        there += 1
    if there > last or not all(_is_joined(said, i) for i in range(before + 1, there + 1)):
        return
    if found.claim.items[-1].name is not None:
        closer = (
            there < last and said.items[there + 1].name is not None and said.gap(there + 1).strip() == ","
        )
        if closer or any(0 < i - there <= _AFTER for i in own):
            return
    yield there


def _follows_a_mark(said: Passage, at: int) -> bool:
    """Whether a mark that closes no quotation stands before an item: "Lee, Roe and Ash" is a list."""
    return at > 0 and not _is_joined(said, at) and _QUOTES.isdisjoint(said.gap(at))


def _is_passed(said: Passage, at: int) -> bool:
    low = said.low(at)
    return low in _PASSED or low in DETERMINERS or low.endswith("ly")


def _is_joined(said: Passage, at: int) -> bool:
    """Whether only a genitive, a currency or a quotation mark stands between an item and the one before."""
    return not said.gap(at).replace("'s", "").replace("’s", "").strip(" '’`£$€" + "".join(_QUOTES))


def _is_another(seen: Comparison, item: Item, other: Item) -> bool:
    """Whether an item of a sentence is of the sort of one of the claim's, and none that the claim has."""
    if item.name is not None:
        return is_other_name(seen, item.name, other)
    if item.value is None or other.value is None or not is_sort_of(item.value, other.value):
        return False
    return not any(agree(each, other.value) for each in seen.claim.values)


def _are_listed(said: Passage, one: int, other: int) -> bool:
    """Whether two items stand in one list, in which each may have the other's place: "two and five years"."""
    first, last = sorted((one, other))
    between = said.items[first + 1 : last]
    if not _QUOTES.isdisjoint(said.text[said.items[first].end : said.items[last].start]):
        return False
    lows = {item.low for item in between}
    named = all(item.name or item.value or item.low in _LIST | DETERMINERS for item in between)
    return named or (len(between) <= _FARTHEST and not lows.isdisjoint(_LIST))


def _is_borne_out(seen: Comparison, found: Alignment, item: Item, rest: Mapping[int, float]) -> bool:
    """Whether a sentence tells the rest of a claim beside the claim's own name or value, or leaning on it."""
    homes = set(homes_of(seen, item))
    if any(_is_told_beside(seen, item, rest, at) for at in homes - {found.sentence}):
        return True
    if item.name is None:
        return False
    leaning = {at + i for at in homes for i in range(1, _LEANING + 1)} - homes - {found.sentence}
    enough = _MOST * sum(rest.values())
    return any(
        seen.evidence.is_about(at, item.name) and held_by(seen, rest, at) >= enough
        for at in leaning
        if at < len(seen.evidence.passages)
    )


def _is_told_beside(seen: Comparison, item: Item, rest: Mapping[int, float], sentence: int) -> bool:
    """Whether most words of the rest of a claim stand in one clause with an item, and its names near."""
    passage, claim = seen.evidence.passages[sentence], seen.claim
    words = {i: weight for i, weight in rest.items() if claim.items[i].name is None}
    names = [each.name for each in map(claim.items.__getitem__, rest) if each.name is not None]
    if not all(_is_told_of(seen, sentence, name) for name in names):
        return False
    clauses = (clause_of(passage, i) for i, each in enumerate(passage.items) if gives(item, each))
    return any(held_among(claim, words, clause) >= _AS_MUCH * sum(words.values()) for clause in clauses)


def _is_told_of(seen: Comparison, sentence: int, name: Name) -> bool:
    """Whether a sentence has a name, or names nobody else and may lean on one before it that has."""
    passage = seen.evidence.passages[sentence]
    if passage.has_name(name):
        return True
    return seen.evidence.is_about(sentence, name) and all(map(seen.claim.has_name, passage.names))
