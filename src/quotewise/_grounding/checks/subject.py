"""Are the amounts and acts of a claim given for the thing it names, and does a change run the right way?

For what stands in the cited sentences, but belongs elsewhere there; amounts that do not stand there at all
are for `amounts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from ..._language.lexicon import BEFORE_OBJECT, MODALS, related
from ..._language.names import Name, same_name
from ..._language.passage import Item, Passage
from ..._language.typed import Value, agree
from ..._language.wordlists import listed
from ..._values import Issue, Span
from ..compare import GIVES, LONGEST, Comparison, instead
from .amounts import is_remainder
from .clauses import JOINS, clause_of

_BESIDE = 3
"""How many items from an amount the word stands that says what it is an amount of."""
_AUXILIARIES = listed("who has had have was is will also")
_OF_A_RANGE = listed("from between than to and")
"""Words before an amount that is one end of two."""
_LIGHT = listed("has have had gives give gave makes made offers all costs")
"""Words of a claim that say little about its amount."""
_WHOLE_ACT = 3
"""Words by which two sentences tell of one act."""


def check_subjects(seen: Comparison) -> Iterator[Issue]:
    """An issue where an amount belongs to another subject, or a change is turned round."""
    if is_remainder(seen):
        return
    for at, item in enumerate(seen.claim.items):
        if item.value is None:
            continue
        name = next((each.name for each in seen.claim.items[:at] if each.name is not None), None)
        if name is not None and _is_amount(item.value):
            yield from _of_another(seen, at, item.value, name)
        if _is_amount(item.value) and item.value.kind == "number":
            yield from _in_another_clause(seen, at, item.value)
    yield from _done_by_another(seen)
    yield from _turned(seen)


def _is_amount(value: Value) -> bool:
    return not value.soft and not value.parts and value.kind != "ordinal"


def _of_another(seen: Comparison, at: int, value: Value, name: Name) -> Iterator[Issue]:
    """The amount stands only where the name is not, and where the name is there stands another."""
    given = [(where, passage) for where, passage in seen.units if passage.gives(value)]
    if not given or any(seen.evidence.is_about(where, name) for where, _ in given):
        return
    beside = _beside(seen.claim, at)
    homes = [
        passage
        for where, passage in given
        if _has_beside(passage, value, beside) and _is_named_after(seen, where, name)
    ]
    for where, passage in seen.units:
        other = _rival(passage, value, beside)
        if other is None or not seen.evidence.is_about(where, name):
            continue
        if passage.has_name(name) or not any(_shares_as_much(seen.claim, home, passage) for home in homes):
            yield instead(seen, "number", seen.claim.items[at], passage.written(other), GIVES)
            return


def _beside(passage: Passage, at: int) -> set[str]:
    near = passage.items[max(0, at - _BESIDE) : at + _BESIDE + 1]
    return {item.term for item in near if item.kind == "word"}


def _has_beside(passage: Passage, value: Value, beside: set[str]) -> bool:
    """Whether a sentence gives an amount beside the claim's own word for what is counted or done."""
    places = (at for at, item in enumerate(passage.items) if item.value and agree(value, item.value))
    return any(beside & _beside(passage, at) for at in places)


def _is_named_after(seen: Comparison, where: int, name: Name) -> bool:
    """Whether the sentence after one names what it may tell of: "A ferry sank. The Petrel hit a reef."."""
    return any(passage.has_name(name) for passage in seen.evidence.cited([where + 1]))


def _shares_as_much(claim: Passage, home: Passage, other: Passage) -> bool:
    """Whether a sentence has all that another shares with the claim, so that it is no worse a home."""
    return claim.terms & other.terms <= home.terms and all(
        home.has_name(name) for name in claim.names if other.has_name(name)
    )


def _rival(passage: Passage, value: Value, beside: set[str]) -> Item | None:
    """An amount of the same sort beside the same word."""
    for at, item in enumerate(passage.items):
        said = item.value
        if said is None or not _is_amount(said) or (said.kind, said.unit) != (value.kind, value.unit):
            continue
        if not agree(value, said) and beside & _beside(passage, at):
            return item
    return None


def _in_another_clause(seen: Comparison, at: int, value: Value) -> Iterator[Issue]:
    """The sentence gives the amount in one clause, and all that the claim says of it in another with its own.

    "The reserve holds £14,286" of "a balance of £14,286, of which £5,000 is held in the reserve".
    """
    if seen.claim.low(at - 1) in _OF_A_RANGE or len(seen.claim.items) > LONGEST:
        return
    mine = [item for item in seen.claim.items if item.kind in {"word", "name"} and item.low not in _LIGHT]
    says = len(mine) > 1 or (mine and not _LIGHT.isdisjoint(seen.claim.lows))
    for passage in seen.said if says else ():
        other = _amount_told_instead(seen, passage, value, mine)
        if other is not None:
            yield instead(seen, "number", seen.claim.items[at], passage.written(other), GIVES)
            return


def _amount_told_instead(
    seen: Comparison, passage: Passage, value: Value, mine: Sequence[Item]
) -> Item | None:
    """The amount beside which a sentence tells what the claim tells of its own, and not beside that."""
    places = [(i, item.value) for i, item in enumerate(passage.items) if item.value is not None]
    homes = [i for i, said in places if agree(value, said)]
    if not homes or any(_told_beside(mine, passage, home) for home in homes):
        return None
    fewest = 1 if "of which" in passage.text else len(mine)
    others = (i for i, said in places if _is_other_amount(seen, value, said, passage.low(i - 1)))
    other = next((i for i in others if _told_beside(mine, passage, i) >= fewest), None)
    return None if other is None else passage.items[other]


def _is_other_amount(seen: Comparison, value: Value, said: Value, before: str) -> bool:
    """Whether an amount is of the same sort and none of the claim's; a bare one may count the same thing."""
    alike = value.kind == said.kind and (said.unit == value.unit or (before == "of" and not said.unit))
    return _is_amount(said) and alike and not any(agree(each, said) for each in seen.claim.values)


def _told_beside(mine: Sequence[Item], passage: Passage, at: int) -> int:
    """How many of a claim's words and names stand in the clause of an item."""
    clause = clause_of(passage, at)
    return sum(any(_is_said(item, each) for each in clause) for item in mine)


def _is_said(item: Item, other: Item) -> bool:
    if item.name is not None:
        return other.name is not None and same_name(item.name, other.name)
    return other.name is None and related(item.term, other.term)


def _done_by_another(seen: Comparison) -> Iterator[Issue]:
    """The article has another do just this: "Lee runs a bakery" where that is Roe, "who runs a bakery"."""
    for at, name in _subjects(seen.claim):
        mine = _act(seen.claim, at)
        said = seen.said if len(mine) == _WHOLE_ACT else ()
        acts = [(p, *found) for p in said for found in _subjects(p) if _does(p, found[0], mine)]
        if not acts or any(same_name(name, other) for _, _, other in acts) or not seen.evidence.knows(name):
            continue
        passage, there, other = acts[0]
        if passage.has_name(name) and any(item.low in JOINS for item in passage.items[:there]):
            continue
        yield instead(seen, "name", seen.claim.items[at], passage.written(other), GIVES)


def _does(passage: Passage, at: int, act: Sequence[str]) -> bool:
    """Whether a name does this, or as much of it as its clause has: "Roe, who runs a bakery, said"."""
    verb = _verb(passage, at)
    if verb is None or passage.low(verb - 1) != "who":
        return _act(passage, at) == act
    following = [item for item in clause_of(passage, verb) if item.start > passage.items[verb].start]
    told = [passage.items[verb].term, *(item.term for item in following if item.kind != "small")]
    return len(told) > 1 and told[:_WHOLE_ACT] == list(act[: len(told)])


def _subjects(passage: Passage) -> Iterator[tuple[int, Name]]:
    """Each name that a verb may follow: "Lee runs", "Lee has run", "Roe, who runs"."""
    for at, item in enumerate(passage.items):
        if item.name is not None and _verb(passage, at) is not None:
            yield at, item.name


def _verb(passage: Passage, at: int) -> int | None:
    """The first word after a name that is a subject, with no more between than an auxiliary or ", who"."""
    items = passage.items
    if passage.low(at - 1) in BEFORE_OBJECT and passage.low(at + 1) != "who":
        return None
    for there in range(at + 1, min(at + 4, len(items))):
        item, between = items[there], passage.gap(there)
        if between.strip() and (between.strip(), item.low) != (",", "who"):
            return None
        if item.low not in _AUXILIARIES:
            return there if item.kind == "word" or item.low in MODALS else None
    return None


def _act(passage: Passage, at: int) -> list[str]:
    """The verb of a subject and the two words of meaning after it, or as many as there are."""
    verb = _verb(passage, at)
    if verb is None:
        return []
    following = (item.term for item in passage.items[verb + 1 :] if item.kind != "small")
    return [passage.items[verb].term, *islice(following, _WHOLE_ACT - 1)]


def _turned(seen: Comparison) -> Iterator[Issue]:
    """ "From 212 to 950" where the article has 212, "down from 950"."""
    start, end = _after(seen.claim, "from"), _after(seen.claim, "to")
    if len(start) != 1 or len(end) != 1 or start[0].value is None or end[0].value is None:
        return
    for passage in seen.said:
        froms = [(item, item.value) for item in _after(passage, "from") if item.value is not None]
        begun = next((item for item, said in froms if agree(end[0].value, said)), None)
        kept = any(agree(start[0].value, said) for _, said in froms)
        if begun is not None and not kept and passage.gives(start[0].value):
            where = Span(start[0].start, end[0].end)
            yield instead(seen, "number", where, f"from {passage.written(begun)}", GIVES)
            return


def _after(passage: Passage, word: str) -> list[Item]:
    """The amounts that stand right after a word."""
    after = (item for before, item in pairwise(passage.items) if before.low == word)
    return [item for item in after if item.value is not None and _is_amount(item.value)]
