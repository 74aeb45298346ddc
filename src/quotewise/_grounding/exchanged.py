"""Does a claim give a deed of the article to another, or turn it round: the accuser and the accused?

Deeds are read in `deeds`. Only what the cited sentences tell with the same verb is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .._values import Issue, IssueKind
from .align import Alignment
from .compare import Comparison, issue
from .deeds import Deed, Party, alike, phrase, subject
from .lexicon import SAYING, SPEECH, SPEECH_ALIKE, is_not, synonym
from .names import same_name
from .passage import Passage
from .typed import Value, agree
from .wordlists import listed

_STEM = 5
"""Letters by which a people and its place are told to be akin: "Californians", "California"."""
_REST = 0.6
"""The share of a claim's other words that a sentence must hold before two deeds are taken for one."""
_MUCH = 0.6
"""The share of a claim's words that a sentence must hold before what it says counts against the claim."""
_BETWEEN_AMOUNT = listed("""
    only about some just nearly almost over more than at least a an the around roughly
    """)
_NEAR = 5
"""How many items after its verb the amount of a deed stands."""


class _Told(NamedTuple):
    """A deed and the passage that tells it."""

    passage: Passage
    deed: Deed


def check_deeds(seen: Comparison) -> Iterator[Issue]:
    """An issue for each deed whose sides are exchanged, or that the article has another do."""
    if seen.evidence.leaves or seen.claim.asks:
        return
    ours = seen.evidence.deeds(seen.claim)
    asserted = [p for p in seen.said if ours and not p.asks]
    theirs = [_Told(p, deed) for p in asserted for deed in seen.evidence.deeds(p)]
    for deed in ours:
        mine = _Told(seen.claim, deed)
        same = [t for t in theirs if synonym(deed.term, t.deed.term) and deed.denied == t.deed.denied]
        if (other := _of_another_thing(seen, mine, same)) is not None:
            yield from _problem(seen, deed.done_to, other.passage, other.deed.done_to)
        elif (other := _of_another_doer(seen, mine, same)) is not None:
            yield from _problem(seen, deed.doer, other.passage, other.deed.doer)


def _of_another_thing(seen: Comparison, mine: _Told, same: Sequence[_Told]) -> _Told | None:
    """Who tells that the deed is done to another than the claim says."""
    if not any(_is_straight(mine, told) for told in same):
        sent_back = next((told for told in same if _is_sent_back(mine, told)), None)
        if sent_back is not None:
            return sent_back
    return next((told for told in same if _is_done_to_another(seen, mine, told)), None)


def _of_another_doer(seen: Comparison, mine: _Told, same: Sequence[_Told]) -> _Told | None:
    """Who tells that another does it than the claim says; none where any sentence bears the claim out."""
    doer = mine.deed.doer
    if doer is None or not doer.known or any(_bears_out(mine, told) for told in same):
        return None
    turned = next((told for told in same if _is_turned(mine, told) or _is_half_turned(mine, told)), None)
    return turned or next((told for told in same if _is_of_another(seen, mine, told)), None)


def _is_sent_back(mine: _Told, told: _Told) -> bool:
    """Whether the object and the other have changed places: "joined Leith from the club"."""
    ours, theirs = mine.deed.done_to, told.deed.done_to
    if ours is None or theirs is None or not mine.deed.others or not told.deed.others:
        return False
    there = any(_may_be_same(mine.passage, ours, told.passage, each) for each in told.deed.others)
    return there and any(_may_be_same(mine.passage, each, told.passage, theirs) for each in mine.deed.others)


def _is_straight(mine: _Told, told: _Told) -> bool:
    ours, theirs = mine.deed.done_to, told.deed.done_to
    return ours is not None and theirs is not None and alike(mine.passage, ours, told.passage, theirs)


def _is_done_to_another(seen: Comparison, mine: _Told, told: _Told) -> bool:
    """Whether the same is told of another thing: "the dam was built in 1642", of a bridge from 1642."""
    ours, theirs = mine.deed.done_to, told.deed.done_to
    if ours is None or theirs is None or mine.deed.doer is not None or told.deed.doer is not None:
        return False
    if not ours.known or not theirs.known or alike(mine.passage, ours, told.passage, theirs):
        return False
    said = list(_amounts(told))
    same = any(agree(each, other) for each in _amounts(mine) for other in said)
    head = mine.passage.items[ours.head]
    named = head.kind == told.passage.items[theirs.head].kind == "name" and bool(
        seen.evidence.names_like(ours.names[0])
    )
    return same and named and head.term not in theirs.terms


def _problem(seen: Comparison, mine: Party | None, passage: Passage, other: Party | None) -> Iterator[Issue]:
    """That a side of the claim's deed is another in a sentence; nothing where either leaves it open."""
    if mine is None or other is None:
        return
    items, written = seen.claim.items, _written(passage, other)
    kind: IssueKind = "name" if mine.names else "unsupported"
    start, end = items[mine.first].start, items[mine.stop - 1].end
    yield issue(kind, seen.claim, start, end, f'in the article it is "{written}" that does this', written)


def _written(passage: Passage, party: Party) -> str:
    return passage.text[passage.items[party.first].start : passage.items[party.stop - 1].end]


def _bears_out(mine: _Told, told: _Told) -> bool:
    """Whether a sentence has the same doer, or one that may be anybody, and none of the claim's others."""
    doer, theirs = mine.deed.doer, told.deed.doer
    if doer is None or theirs is None:
        return True
    if theirs.known:
        return alike(mine.passage, doer, told.passage, theirs)
    return not any(_may_be_same(mine.passage, doer, told.passage, each) for each in _sides(told.deed))


def _sides(deed: Deed) -> list[Party]:
    """Whom a deed concerns, but for the doer."""
    done_to = () if deed.done_to is None else (deed.done_to,)
    return [party for party in (*done_to, *deed.others) if party.known]


def _may_be_same(passage: Passage, one: Party, other_passage: Passage, other: Party) -> bool:
    return one.known and other.known and alike(passage, one, other_passage, other)


def _is_turned(mine: _Told, told: _Told) -> bool:
    """Whether the claim's doer is whom the deed is done to, and the other way round."""
    doer, theirs = mine.deed.doer, told.deed.doer
    if doer is None or theirs is None or not theirs.known:
        return False
    suffers = any(_may_be_same(mine.passage, doer, told.passage, each) for each in _sides(told.deed))
    does = any(_may_be_same(mine.passage, each, told.passage, theirs) for each in _sides(mine.deed))
    return suffers and does


def _is_half_turned(mine: _Told, told: _Told) -> bool:
    """Whether the claim has it done to the doer, in what is otherwise the sentence."""
    done_to, doer, theirs = mine.deed.done_to, mine.deed.doer, told.deed.doer
    if done_to is None or doer is None or theirs is None or not theirs.known or told.deed.done_to is None:
        return False
    rest = {item.term for item in mine.passage.items if item.kind == "word"} - done_to.terms - doer.terms
    held = len(rest & told.passage.terms) >= _REST * len(rest) and len(rest) > 1
    return held and _may_be_same(mine.passage, done_to, told.passage, theirs)


def _is_of_another(seen: Comparison, mine: _Told, told: _Told) -> bool:
    """Whether the article has just this done by somebody else, whom it tells from the claim's doer."""
    doer, theirs = mine.deed.doer, told.deed.doer
    if doer is None or theirs is None or not theirs.known or not _is_same_thing(seen, mine, told):
        return False
    ours, other = mine.passage.items[doer.head], told.passage.items[theirs.head]
    if ours.name is not None and other.name is not None:
        here = any(same_name(ours.name, name) for name in told.passage.names)
        akin = ours.name.last[:_STEM] == other.name.last[:_STEM]
        return not here and not akin and bool(seen.evidence.names_like(ours.name))
    if doer.names or theirs.names or not (doer.definite and theirs.definite):
        return False
    head = mine.passage.items[doer.head].term
    doers = [deed.doer for deed in seen.evidence.deeds(told.passage) if deed.doer is not None]
    return head not in theirs.terms and any(told.passage.items[each.head].term == head for each in doers)


def _is_same_thing(seen: Comparison, mine: _Told, told: _Told) -> bool:
    """Whether two deeds have the same object, the same amount after the verb, or the same words all round."""
    ours, theirs = mine.deed.done_to, told.deed.done_to
    if ours is not None and theirs is not None and not theirs.known:
        return any(mine.passage.items[ours.head].term in p.terms for p in seen.evidence.context(seen.cited))
    if ours is not None and theirs is not None:
        return _may_be_same(mine.passage, ours, told.passage, theirs)
    if ours is None and theirs is None and not mine.passage.values:
        words = {item.term for item in mine.passage.items if item.kind == "word"}
        return len(words) > 2 and words <= told.passage.terms | (
            mine.deed.doer.terms if mine.deed.doer else set()
        )
    said = list(_amounts(told))
    return any(agree(amount, each) for amount in _amounts(mine) for each in said)


def _amounts(told: _Told) -> Iterator[Value]:
    at = told.deed.verb
    return (item.value for item in told.passage.items[at + 1 : at + _NEAR] if item.value is not None)


def check_amounts_of_deeds(seen: Comparison) -> Iterator[Issue]:
    """An amount after a verb that in the sentence stands elsewhere: "takes 240" for "180 instead of 240"."""
    if seen.evidence.leaves or seen.claim.asks:
        return
    for at, value in _counted(seen.claim):
        verb = seen.claim.items[at[0]].term
        told = [
            (p, there, v) for p in seen.said for there, v in _counted(p) if p.items[there[0]].term == verb
        ]
        if not told or any(agree(value, v) for _, _, v in told):
            continue
        for passage, there, said in told:
            alike = (said.kind, said.unit) == (value.kind, value.unit) and bool(said.parts) == bool(
                value.parts
            )
            if alike and _is_nearer(seen, passage, value):
                item, other = seen.claim.items[at[1]], passage.items[there[1]]
                written = passage.text[other.start : other.end]
                why = f"the article says {written}"
                yield issue("number", seen.claim, item.start, item.end, why, written)
                return


def _is_nearer(seen: Comparison, passage: Passage, value: Value) -> bool:
    """Whether a sentence says more of the claim than any other that has the claim's amount, or has it too."""
    if any(agree(value, said) for said in passage.values):
        return True
    terms = {item.term for item in seen.claim.items if item.kind in {"word", "name"}}
    homes = (home for home in seen.said if any(agree(value, said) for said in home.values))
    held = len(terms & passage.terms)
    return held >= _MUCH * len(terms) and all(len(terms & home.terms) < held for home in homes)


def _counted(passage: Passage) -> Iterator[tuple[tuple[int, int], Value]]:
    """Each amount right after a word that may be a verb, with no more than small words between."""
    items = passage.items
    for at, item in enumerate(items):
        if item.value is None or item.value.soft or item.value.parts or item.value.kind != "number":
            continue
        before = at - 1
        while before >= 0 and at - before < 4 and items[before].low in _BETWEEN_AMOUNT:
            before -= 1
        if before >= 0 and items[before].kind == "word":
            yield (before, at), item.value


def check_speakers(seen: Comparison) -> Iterator[Issue]:
    """An issue where who says something and whom it is of have changed places: "Lee says that Roe lied"."""
    if seen.evidence.leaves or seen.claim.asks:
        return
    for speaker, about in _spoken(seen.claim):
        told = [(p, *pair) for p in seen.said for pair in _spoken(p)]
        if any(_may_be_same(seen.claim, speaker, p, theirs) for p, theirs, _ in told):
            continue
        for passage, theirs, of in told:
            crossed = _may_be_same(seen.claim, speaker, passage, of)
            shared = (seen.claim.terms & passage.terms) - speaker.terms - about.terms
            if crossed and _may_be_same(seen.claim, about, passage, theirs) and shared:
                yield from _problem(seen, speaker, passage, theirs)
                return


def _spoken(passage: Passage) -> Iterator[tuple[Party, Party]]:
    """Each speaker with whom he speaks of: "Roe claimed that the agency ...", "Roe accused the agency"."""
    for at, item in enumerate(passage.items):
        if item.term not in SAYING or item.kind != "word":
            continue
        after = passage.items[at + 1].low if at + 1 < len(passage.items) else ""
        if after != "that" and SPEECH.get(item.term) != "accuses":
            continue
        speaker, of = subject(passage, at), phrase(passage, at + 1 + (after == "that"))
        if speaker is not None and of is not None and speaker.known and of.known:
            yield speaker, of


def check_speech(seen: Comparison) -> Iterator[Issue]:
    """An issue where somebody is said to have agreed who asked, or to have offered what he refused."""
    if seen.evidence.leaves:
        return
    for at, item in enumerate(seen.claim.items):
        kind = SPEECH.get(item.term) if item.term else None
        if kind is None or any(_has_kind(passage, kind) for passage in seen.said):
            continue
        other = next((found for found in _in_its_stead(seen, at, kind) if not _denies(seen, found[0])), None)
        if other is not None:
            passage, there = other
            written = passage.text[passage.items[there].start : passage.items[there].end]
            why = f'the article says "{written}"'
            yield issue("polarity", seen.claim, item.start, item.end, why, written)
            return


def _in_its_stead(seen: Comparison, at: int, kind: str) -> Iterator[tuple[Passage, int]]:
    """Where a sentence has the same speaker do another thing in saying it."""
    for found in seen.alignments:
        there = found.pair[at]
        if there is not None and _is_other_speech(found.said, there, kind) and _is_beside(found, at):
            yield found.said, there
    speaker = subject(seen.claim, at)
    for passage in seen.said if speaker is not None and speaker.known else ():
        rest = seen.claim.terms - {seen.claim.items[at].term}
        for there in range(len(passage.items)):
            theirs = subject(passage, there) if _is_other_speech(passage, there, kind) else None
            if theirs is None or speaker is None or len(rest & passage.terms) < _MUCH * len(rest):
                continue
            if _may_be_same(seen.claim, speaker, passage, theirs):
                yield passage, there


def _is_other_speech(passage: Passage, there: int, kind: str) -> bool:
    theirs = SPEECH.get(passage.items[there].term) if passage.items[there].term else None
    return theirs is not None and theirs != kind and {kind, theirs} not in SPEECH_ALIKE


def _denies(seen: Comparison, said: Passage) -> bool:
    return any(is_not(each.low) for passage in (seen.claim, said) for each in passage.items if each.low)


def _has_kind(passage: Passage, kind: str) -> bool:
    return any(SPEECH.get(item.term) == kind for item in passage.items if item.term)


def _is_beside(found: Alignment, at: int) -> bool:
    """Whether who speaks stands in its place before the two verbs, and something of meaning after them."""
    items = found.claim.items
    before = [i for i in range(max(0, at - 4), at) if items[i].kind != "small"]
    after = [i for i in range(at + 1, min(len(items), at + 8)) if items[i].kind != "small"]
    return any(found.same(i) for i in before) and any(found.same(i) for i in after)
