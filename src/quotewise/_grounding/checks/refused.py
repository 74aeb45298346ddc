"""Does a claim affirm what a verb of the article denies: "resigned" for "refused to resign"?

For verbs and phrases that deny what they govern, wherever the claim has it; denials by "not" and its like are
for `polarity`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..._language.lexicon import BEING, DETERMINERS, MODALS, SUPPOSING
from ..._language.passage import CLAUSE, Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._text.words import term
from ..._values import Issue
from ..compare import LONGEST, Comparison, instead
from .denials import DENIED, denied

_BEFORE_TO = listed_terms("refuse refusal fail failure decline neglect forget unable unwilling unlikely")
"""What denies the verb after "to"."""
_BEFORE_CLAUSE = listed_terms("deny reject dismiss refute")
"""What denies the clause after "that", or after "claims that"."""
_DENY, _RULE, _TURN, _AVOIDING = term("deny"), term("rule"), term("turn"), listed_terms("avoid refrain")
_LACK, _HAVING = term("lack"), listed("has have had there")
"""What denies that there is something, and the words by which a claim says that there is."""
_DENIERS = _BEFORE_TO | _BEFORE_CLAUSE | _AVOIDING | {_RULE, _LACK, _TURN, term("against")}
"""One of these stands in every sentence that denies by a verb; most have none."""
_NOUNS = listed("anything nothing wrongdoing")
"""What ends like a verb in "-ing" and is none."""
_CLAIMS = listed_terms("claim suggestion allegation report rumour accusation idea notion speculation")
_ADVISING = listed_terms("advise warn recommend vote decide counsel caution urge argue")
"""What makes "against" and a verb in "-ing" a denial: who protests against a deed tells that it is done."""
_SUBJECTS = listed("he she it they there we i you")
"""What opens a clause after "denied" without "that"."""
_BRINGING = listed_terms("""
    announce confirm plan promise back support introduce accept agree approve propose pledge admit consider
    want
    """)
"""Verbs by which a claim affirms a noun that the article denies: "announced a tax rise"."""
_SAYING = _BRINGING | listed_terms("say tell add insist state explain declare go likely advise recommend")
_OPEN = listed_terms("""
    accuse accusation allege allegation charge suspect suspicion rumour ask question call urge demand despite
    pressure whether doubt until try attempt threaten
    """) | listed("claims claim reports suggestions alleged when if unless")  # fmt: skip
"""Words by which a claim itself does not affirm it: "was accused of", "was asked to"."""
_NEAR = 8
"""How many items from it such a word, or a denial, may stand in a claim."""
_TOLD = 0.75
"""The share of a claim's words, but for verbs of saying, that the sentence must hold."""
_MOST = 0.6
"""The share of a denied clause that a claim must hold, as no one word of it is its verb for certain."""


class _Denial(NamedTuple):
    """Where the denier stands, the verb it governs if that is plain, and the items that it denies."""

    at: int
    deed: int | None
    scope: range
    of_noun: bool = False


def of_a_refusal(seen: Comparison) -> Iterator[Issue]:
    """An issue where a claim has as so what a sentence has denied, refused or ruled out, and none as so."""
    claim = seen.claim
    for passage in seen.said if not claim.asks else ():
        for denial in _denials(passage):
            told = _affirmed(claim, passage, denial)
            if (
                told is None
                or passage.items[denial.at].term in claim.terms
                or _is_left_open(claim, told, denial)
                or _is_told_elsewhere(seen, passage, denial)
            ):
                continue
            written = passage.written(passage.items[denial.at], passage.items[denial.scope[-1]])
            yield instead(seen, "polarity", told, written, DENIED)
            return


def _is_left_open(claim: Passage, told: Item, denial: _Denial) -> bool:
    """Whether a claim denies a word itself, or does not affirm it: near it stands "not", or "accused".

    Before a verb; of a clause, whose verb is not known, on either side of the word.
    """
    at = claim.items.index(told)
    near = range(max(0, at - _NEAR), at if denial.deed is not None else at + _NEAR)
    denies = any(cue.denies and cue.at in near for cue in claim.cues)
    return denies or any(_OPEN & {item.term, item.low} for item in claim.items[near.start : near.stop])


def of_a_deed(seen: Comparison) -> Iterator[Issue]:
    """An issue where a claim has as refused or denied what the article has as done, and nowhere denies."""
    if seen.claim.asks or seen.claim.denies_plainly or any(passage.denies for passage in seen.said):
        return
    for denial in _denials(seen.claim):
        if denial.deed is None:
            continue
        denier, deed = seen.claim.items[denial.at], seen.claim.items[denial.deed]
        heavy = [item for item in seen.claim.items if item.kind != "small" and item is not denier]
        homes = seen.evidence.homes_of(deed.term)
        if not homes or not all(_has_done(passage, deed.term) for passage in homes):
            continue
        told = next((p for p in seen.said if deed.term in p.terms and _tells(p, heavy, deed)), None)
        if told is not None:
            done = next(item for item in told.items if item.term == deed.term)
            yield instead(seen, "polarity", denier, told.written(done))
            return


def _has_done(passage: Passage, deed: str) -> bool:
    """Whether a sentence has a deed as done, by a verb in the past and no hedge."""
    if passage.denies or not _has_as_so(passage, deed):
        return False
    done = [at for at, item in enumerate(passage.items) if item.term == deed]
    return not any(
        passage.cues_on(at, "modal") or passage.low(at - 1) in DETERMINERS or passage.low(at).endswith("ing")
        for at in done
    )


def is_refused(passage: Passage, at: int) -> bool:
    """Whether an item stands under a verb that denies it: "unsafe" of "denied that it was unsafe"."""
    return any(at in denial.scope for denial in _denials(passage))


def _denials(passage: Passage) -> Iterator[_Denial]:
    """What verbs deny in a sentence; not what they only may, and not what is denied twice."""
    if _DENIERS.isdisjoint(item.term for item in passage.items):
        return
    for at, item in enumerate(passage.items[:LONGEST]):
        found = _governed(passage, at) if item.kind == "word" or item.low == "against" else None
        if found is not None and found.scope and not _is_taken_back(passage, found):
            yield found


def _governed(passage: Passage, at: int) -> _Denial | None:
    word, after = passage.items[at].term, passage.low(at + 1)
    if word in _BEFORE_TO:
        return _of_verb(passage, at, at + 2) if after == "to" else None
    if word in _BEFORE_CLAUSE:
        return _of_denied(passage, at)
    if word == _TURN and after == "down":
        return _of_noun(passage, at, at + 2)
    if word == _RULE and after == "out":
        ing = passage.low(at + 2).endswith("ing")
        return _of_verb(passage, at, at + 2) if ing else _of_noun(passage, at, at + 2)
    if passage.low(at) == "against" and passage.items[at - 1].term in _ADVISING:
        return _of_verb(passage, at, at + 1) if after.endswith("ing") else None
    if word == _LACK:
        is_verb = passage.low(at - 1) not in DETERMINERS and after not in {"of", "in"}
        return _of_noun(passage, at, at + 1) if is_verb else None
    if word in _AVOIDING:
        start = at + 1 + (after == "from")
        return _of_verb(passage, at, start) if passage.low(start).endswith("ing") else None
    return None


def _of_denied(passage: Passage, at: int) -> _Denial | None:
    """What is denied: a clause, claims of it, a verb in "-ing" or a noun."""
    that = next((i for i in range(at + 1, at + 4) if passage.low(i) == "that"), None)
    if that is not None and (that == at + 1 or passage.items[that - 1].term in _CLAIMS):
        return _Denial(at, None, _rest(passage, at, that + 1))
    if passage.items[at].term != _DENY or passage.low(at - 1) in BEING:
        return None
    start = at + 1 + (passage.low(at + 1) == "ever")
    if passage.low(start) in {"having", "being"}:
        return _of_verb(passage, at, start + 1)
    if passage.low(start).endswith("ing") and passage.low(start) not in _NOUNS:
        return _of_verb(passage, at, start)
    if passage.low(start) in _SUBJECTS:
        return _Denial(at, None, _rest(passage, at, start))
    return _of_noun(passage, at, start)


def _of_verb(passage: Passage, at: int, start: int) -> _Denial | None:
    """A verb that is denied, the next word of meaning, with what follows it."""
    rest = _rest(passage, at, start)
    deed = next((i for i in rest if passage.items[i].kind == "word" and passage.low(i)[-2:] != "ly"), None)
    if deed is None or not DETERMINERS.isdisjoint(passage.low(i) for i in range(start, deed)):
        return None
    return _Denial(at, deed, rest)


def _of_noun(passage: Passage, at: int, start: int) -> _Denial | None:
    """A noun that is denied, to the next small word: "ruled out a tax rise this year"."""
    first = start + (passage.low(start) in DETERMINERS | {"any"})
    stop = next(
        (i for i in range(first, len(passage.items)) if passage.items[i].kind == "small"), len(passage.items)
    )
    return _Denial(at, None, range(first, min(stop, _rest(passage, at, first).stop)), of_noun=True)


def _rest(passage: Passage, at: int, start: int) -> range:
    """The items from one on to the end of the denier's clause."""
    stop = CLAUSE.search(passage.text, passage.items[at].end)
    end = stop.start() if stop else len(passage.text)
    there = range(start, len(passage.items))
    return range(start, next((i for i in there if passage.items[i].end > end), max(start, there.stop)))


def _is_taken_back(passage: Passage, found: _Denial) -> bool:
    """Whether the denier is denied, or only may deny: "never failed to", "if he refuses to", "to avoid"."""
    before = [passage.low(i) for i in range(max(0, found.at - 3), found.at)]
    last = before[-1] if before else ""
    if last == "to" and passage.items[found.at - 2].term != term("continue"):
        return True
    possible = any(MODALS.get(low) in {"possible", "must", "seeming"} for low in before[-2:])
    stop = found.scope.stop if found.deed is None else found.deed
    twice = denied(passage, found.at) or any(
        cue.kind == "not" and (found.at < cue.at < stop or found.at in cue.targets) for cue in passage.cues
    )
    return possible or twice or not SUPPOSING.isdisjoint(before)


def _affirmed(claim: Passage, passage: Passage, denial: _Denial) -> Item | None:
    """The claim's word for what is denied, where it tells of the same."""
    if "unlikely" in passage.low(denial.at) and any(cue.of == "possible" for cue in claim.cues):
        return None
    heavy = [item for item in claim.items if item.kind != "small"]
    if denial.deed is not None:
        deeds = _forms(passage.items[denial.deed])
        told = next((item for item in heavy if item.term in deeds), None)
        return told if told is not None and _tells(passage, heavy, told) else None
    scope = {passage.items[i].term for i in denial.scope if passage.items[i].kind != "small"} - {""}
    held = [item for item in heavy if item.term in scope]
    shared = {item.term for item in held}
    if denial.of_noun and not (shared == scope and _affirms(claim, passage, passage.items[denial.at])):
        return None
    if not held or len(shared) < max(min(2, len(scope)), _MOST * len(scope)):
        return None
    told = next((item for item in reversed(held) if item.kind == "word"), held[-1])
    return told if _tells(passage, heavy, told) else None


def _affirms(claim: Passage, passage: Passage, denier: Item) -> bool:
    """Whether a claim says that what a noun names comes, or where the sentence has it lacking, that it is."""
    if denier.term == _LACK:
        return not _HAVING.isdisjoint(claim.lows) and _HAVING.isdisjoint(passage.lows)
    return any(item.term in _BRINGING for item in claim.items)


def _forms(deed: Item) -> set[str]:
    """What a verb may compare by: "paying" is "paid" once without its ending."""
    return {deed.term, term(deed.low.removesuffix("ing"))}


def _tells(passage: Passage, heavy: Sequence[Item], told: Item) -> bool:
    """Whether a sentence has most of a claim's words besides verbs of saying, the denied one among them."""
    rest = [item for item in heavy if item is told or item.term not in _SAYING]
    return sum(item is told or passage.holds(item) for item in rest) >= _TOLD * len(rest)


def _is_told_elsewhere(seen: Comparison, passage: Passage, denial: _Denial) -> bool:
    """Whether another clause or sentence has it as so: "refused to resign but resigned on Friday"."""
    if denial.deed is not None:
        deed = passage.items[denial.deed].term
        return any(_has_as_so(other, deed) for other in seen.evidence.homes_of(deed))
    scope = {passage.items[i].term for i in denial.scope if passage.items[i].kind == "word"}
    wanted = scope & seen.claim.terms
    others = (other for other in seen.evidence.passages if other is not passage)
    return any(len(wanted & other.terms) >= max(1, len(wanted) - 1) and not other.denies for other in others)


def _has_as_so(passage: Passage, deed: str) -> bool:
    under = {i for denial in _denials(passage) for i in denial.scope}
    return any(
        item.term == deed and at not in under and passage.low(at - 1) != "to" and not denied(passage, at)
        for at, item in enumerate(passage.items)
    )
