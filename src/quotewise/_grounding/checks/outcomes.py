"""Does a claim tell another result: killed for hurt, raised for lost, unanimous where somebody was against?

Results that exclude one another, of the same number, amount, thing or decision. Opposites that stand in one
another's place are for `opposites`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._language.lexicon import SUPPOSING, held_share
from ..._language.passage import Item, Passage
from ..._language.typed import Value, agree
from ..._language.units import CURRENCIES
from ..._language.wordlists import classes, listed, pairs
from ..._values import Issue, Span
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
_MADE = listed("made makes make making")
_TO_MONEY = 3
"""How many items after "made" the money stands: "made just over"."""
_CONVICTED = listed("guilty convicted convicts convict")
_FREED = listed("acquitted acquits acquit cleared innocent exonerated")
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
    yield from _of_money_made(seen)
    yield from _of_a_trial(seen)
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


def _of_money_made(seen: Comparison) -> Iterator[Issue]:
    """ "It made £60" for "it lost £60"."""
    if not {_RESULTS.get(low) for low in seen.claim.lows} <= {None, "raised"} or seen.claim.denies:
        return
    for at, item in enumerate(seen.claim.items):
        value = _money_made(seen.claim, at) if item.low in _MADE else None
        if value is None:
            continue
        told = [found for p in seen.evidence.passages for found in _results_of(p, value)]
        lost = [(p, each) for p, each in told if p in seen.said and _RESULTS[each.low] == "lost"]
        if lost and all(_RESULTS[each.low] == "lost" for _, each in told):
            yield instead(seen, "polarity", item, lost[0][0].written(lost[0][1]))
            return


def _money_made(passage: Passage, at: int) -> Value | None:
    """The money right after "made"."""
    after = passage.items[at + 1 : at + 1 + _TO_MONEY]
    found = next((i for i, item in enumerate(after) if item.value is not None), None)
    value = None if found is None else after[found].value
    small = found is not None and all(item.kind == "small" or item.low in _RESULTS for item in after[:found])
    return value if small and value is not None and value.unit in CURRENCIES else None


def _of_a_trial(seen: Comparison) -> Iterator[Issue]:
    """ "He was acquitted" for "the jury found him guilty"."""
    ours = list(_verdicts(seen.claim))
    if len(ours) != 1:
        return
    kind, where = ours[0]
    if any(kind == other for passage in seen.evidence.passages for other, _ in _verdicts(passage)):
        return
    names = [each.name for each in seen.claim.items if each.name is not None]
    for passage in seen.said:
        theirs = next(iter(_verdicts(passage)), None)
        if theirs is not None and (not names or any(map(passage.has_name, names))):
            yield instead(seen, "polarity", where, passage.written(theirs[1]))
            return


def _verdicts(passage: Passage) -> Iterator[tuple[str, Span]]:
    """The verdicts that a sentence tells for certain: "not guilty" frees."""
    if not SUPPOSING.isdisjoint(passage.lows):
        return
    for at, item in enumerate(passage.items):
        if item.low not in _CONVICTED | _FREED:
            continue
        denied = passage.low(at - 1) == "not"
        pleaded = any(passage.low(i).startswith("plead") for i in (at - 1, at - 2))
        unsure = any(at in cue.targets for cue in passage.cues if cue.at != at - 1 or not denied)
        if not pleaded and not unsure and not (denied and item.low != "guilty"):
            first = passage.items[at - 1] if denied else item
            yield (
                ("convicted" if (item.low in _CONVICTED) != denied else "freed"),
                Span(first.start, item.end),
            )


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
