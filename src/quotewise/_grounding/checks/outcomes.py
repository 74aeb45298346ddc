"""Does a claim tell another result: killed for hurt, raised for lost, unanimous where somebody was against?

Results that exclude one another, of the same number, amount, thing or decision. Opposites that stand in one
another's place are for `opposites`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._language.lexicon import SUPPOSING, held_share
from ..._language.passage import Item, Passage
from ..._language.typed import Value, agree
from ..._language.wordlists import classes, listed, pairs
from ..._values import Issue
from ..compare import Comparison, instead

_RESULTS = classes("""
    killed: killed killing kills died dead dies deaths
    hurt: injured injuring injures hurt hurting wounded wounding injuries treated hospitalised hospitalized
    lost: lost loses lose losing loss losses
    raised: raised raises raising earned earns earning gained gains gaining won wins profit profits
    spent: spent
""")
"""Results of which the same number or amount can have but one."""
_EXCLUDE = pairs("killed-hurt lost-raised")
_NEAR = 4
"""How many items from its number a result stands."""
_UNANIMOUS = listed("unanimous unanimously")
_DISSENT = listed("against abstained dissented")
_DECIDED = listed("decided decides agreed agrees chose chosen choose voted approved accepted")
_DECISION = 4
"""How many sentences after what is decided its vote may stand."""
_OPEN = (
    "no decision", "not decided", "put off", "postponed its", "not yet decided", "deferred",
    "idea was dropped", "no agreement",
)  # fmt: skip
_PRESENT = listed("attended attend attends present")
_ABSENT = listed("apologies absent apologised apologized excused")
_ALIKE = 0.5
"""The share of what a claim says was decided that must stand where it was not."""


def check_outcomes(seen: Comparison) -> Iterator[Issue]:
    """An issue where the article gives the claim's number, decision or meeting another result."""
    yield from _of_a_number(seen)
    yield from _of_a_vote(seen)
    yield from _of_a_debate(seen)
    yield from _of_those_away(seen)


def _of_a_number(seen: Comparison) -> Iterator[Issue]:
    """ "Nine were killed" for "nine were injured", "it raised £60" for "it lost £60"."""
    kinds = {_RESULTS[item.low] for item in seen.claim.items if item.low in _RESULTS}
    for at, item in enumerate(seen.claim.items if len(kinds) == 1 else ()):
        value = _value_near(seen.claim, at) if item.low in _RESULTS else None
        if value is None or value.soft or _is_denied(seen.claim, at):
            continue
        told = [found for p in seen.evidence.passages for found in _results_of(p, value)]
        if any(_RESULTS[each.low] in kinds for _, each in told):
            continue
        other = next((each for each in told if _is_other_result(seen, item, *each)), None)
        if other is not None:
            yield instead(seen, "polarity", item, other[0].written(other[1]))
            return


def _is_other_result(seen: Comparison, item: Item, passage: Passage, other: Item) -> bool:
    """Whether a sentence tells a result that the claim's excludes, and not that too: whose is which, then?"""
    kind = _RESULTS[item.low]
    if any(_RESULTS.get(low) == kind for low in passage.lows):
        return False
    shared = (seen.claim.terms & passage.terms) - {item.term}
    return frozenset((kind, _RESULTS[other.low])) in _EXCLUDE and (bool(shared) or passage in seen.said)


def _is_denied(passage: Passage, at: int) -> bool:
    return any(cue.denies and at in cue.targets for cue in passage.cues)


def _value_near(passage: Passage, at: int) -> Value | None:
    """The number or amount that a result is told of: the nearest one, to which no other result is nearer."""
    order = sorted(range(len(passage.items)), key=lambda there: abs(there - at))
    near = (there for there in order if abs(there - at) <= _NEAR and _is_number(passage.items[there]))
    found = next(near, None)
    if found is None:
        return None
    results = (i for i, item in enumerate(passage.items) if item.low in _RESULTS)
    nearest = min(abs(i - found) for i in results)
    return passage.items[found].value if abs(at - found) <= nearest else None


def _is_number(item: Item) -> bool:
    return item.value is not None and item.value.kind == "number" and not item.value.parts


def _results_of(passage: Passage, value: Value) -> Iterator[tuple[Passage, Item]]:
    """The results that a sentence tells of a number."""
    for at, item in enumerate(passage.items):
        if item.low in _RESULTS:
            near = _value_near(passage, at)
            if near is not None and near.unit == value.unit and agree(value, near):
                yield passage, item


def _of_a_vote(seen: Comparison) -> Iterator[Issue]:
    """ "The decision was unanimous" where somebody voted against."""
    word = next((item for item in seen.claim.items if item.low in _UNANIMOUS), None)
    if word is None or seen.claim.denies_plainly:
        return
    about = _about(seen.claim) - {word.term}
    for where in seen.cited:
        near = _after(seen, where)
        if not _holds_all(near[:1], about) or any(_has(p, _UNANIMOUS) for p in near):
            continue
        against = next((p for p in near if _has(p, _DISSENT) or "votes to" in p.text), None)
        if against is not None:
            yield instead(seen, "unsupported", word, against.text.strip())
            return


def _after(seen: Comparison, where: int) -> Sequence[Passage]:
    """A sentence and those after it that may tell what became of it, to the next heading or decision."""
    found = list[Passage]()
    for passage in seen.evidence.passages[where : where + _DECISION]:
        if found and (passage.text.startswith(("#", "|")) or passage.text[:1].isdecimal()):
            break
        found.append(passage)
    return found


def _about(claim: Passage) -> frozenset[str]:
    """What a claim says was decided: its words but those of deciding."""
    own = _DECIDED | _UNANIMOUS | listed("decision vote committee council board meeting members hold")
    words = {item.term for item in claim.items if item.kind == "word" and item.low not in own}
    return frozenset(words.union(*(item.name.parts[:1] for item in claim.items if item.name is not None)))


def _holds_all(near: Sequence[Passage], about: frozenset[str]) -> bool:
    said = {each for p in near for each in (*p.terms, *(part for name in p.names for part in name.parts))}
    return held_share(about, said) > _ALIKE


def _has(passage: Passage, lows: frozenset[str]) -> bool:
    return not lows.isdisjoint(passage.lows)


def _of_a_debate(seen: Comparison) -> Iterator[Issue]:
    """ "The board decided to sell" where nothing was decided."""
    word = next((item for item in seen.claim.items if item.low in _DECIDED), None)
    if word is None or seen.claim.denies:
        return
    about = _about(seen.claim)
    for where in seen.cited:
        near = _after(seen, where)
        undecided = next((p for p in near if _leaves_open(p)), None)
        if undecided is None or not _holds_all(near[:1], about) or any(_has(p, _DECIDED) for p in near):
            continue
        yield instead(seen, "unsupported", word, undecided.text.strip())
        return


def _leaves_open(passage: Passage) -> bool:
    """Whether a sentence says, under no condition, that nothing was decided."""
    return any(told in passage.text.lower() for told in _OPEN) and not _has(passage, SUPPOSING)


def _of_those_away(seen: Comparison) -> Iterator[Issue]:
    """ "Lee attended the meeting" where the minutes have Lee among those who sent apologies."""
    present = _PRESENT | {"was"} if "at the meeting" in seen.claim.text else _PRESENT
    word = next((item for item in seen.claim.items if item.low in present), None)
    name = next((item.name for item in seen.claim.items if item.name is not None), None)
    if word is None or name is None or seen.claim.denies:
        return
    for passage in seen.evidence.passages:
        opens = passage.words[0].text.lower() if passage.words else ""
        if opens in _ABSENT and passage.has_name(name):
            yield instead(seen, "unsupported", word, passage.text.strip(" *"))
            return
