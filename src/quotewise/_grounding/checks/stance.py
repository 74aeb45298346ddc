"""Does a claim turn round how somebody stands to a thing: denied for confirmed, opposed for called for?

Compares acts of one speaker about one content, in whatever words the article tells them. What somebody does
in saying the very words of the sentence is for `speech`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..._language.deeds import Party, alike, is_passive, phrase, subject
from ..._language.lexicon import TELLING, held_share, is_not, related
from ..._language.names import Name, same_name
from ..._language.passage import Item, Passage
from ..._language.stands import STANCES, STANCES_OF_TWO, Act, acts
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue
from ..compare import Comparison, instead

_CONTRARY = {
    "backs": listed("opposes excludes"),
    "opposes": listed("backs praises"),
    "praises": listed("blames opposes"),
    "blames": listed("praises clears"),
    "clears": listed("blames"),
    "denies": listed("affirms alleges"),
    "affirms": listed("denies"),
    "excludes": listed("opens backs"),
    "agrees": listed("opposes denies excludes refuses"),
    "allows": listed("refuses opposes"),
    "refuses": listed("allows agrees"),
}
"""Stands that a claim may give to somebody, each with those of the article that are its contrary."""
_UNSETTLED = listed("contentious controversial disputed undecided unresolved premature")
"""Words for what nobody has agreed on yet."""
_RELATIVE = listed("that which who")
_CONJUNCTIONS = listed("and but or while whereas as")
_EMPTY = listed_terms("allegations accusations claims charges request idea plan report news")
"""Words for what others said, which do not tell what it was."""
_BODIES = listed("company firm group bank agency operator club")
_BODY_BACK = 3
"""How many sentences before "the company" its name may stand."""
_SAY = listed("say comment disclose reveal confirm")
_DECLINING = listed("declined declines refused refuses")
_OF_FACTS = listed("alleges affirms denies")
"""Acts about whether something is so, which one may do to two things at once."""
_CHANGES = listed("initially first eventually later finally originally previously now once until")
"""Words by which a stand may change."""
_SAME, _MUCH = 0.5, 0.75
"""The share of what a claim is about that must stand where the other act is told; more for facts."""
_AGENT = 1
"""How many items after an act "by" may stand."""
_AFTER = 40
"""How many characters after a stand "at first" may stand."""
_BACK = 2
"""How many sentences before an act may tell what it is about."""


class _Stand(NamedTuple):
    """What a claim has somebody do: the class of the act, whose it is, what it is about, whom it names."""

    kind: str
    actor: Party
    about: frozenset[str]
    whom: Party | None


def check_stance(seen: Comparison) -> Iterator[Issue]:
    """An issue where the article has the claim's speaker do the opposite about the same."""
    for act in acts(seen.claim):
        stand = _stand(seen.claim, act)
        other = None if stand is None else _contrary(seen, stand) or _unsettled(seen, stand)
        if other is not None:
            yield instead(seen, "polarity", seen.claim.items[act.at], other)
            return
    yield from _untold(seen)


def _untold(seen: Comparison) -> Iterator[Issue]:
    """ "Hale said that the pumps failed" where she "would not say whether" they worked."""
    silent = [found for where in seen.cited for found in _silences(seen, where)]
    for at, item in enumerate(seen.claim.items if silent and not seen.claim.says_not else ()):
        actor = subject(seen.claim, at) if item.term in TELLING else None
        about = frozenset(each.term for each in _clause(seen.claim, at))
        if actor is None or not actor.names or not about:
            continue
        stand = _Stand("tells", actor, about, None)
        passages = enumerate(seen.evidence.passages)
        held = [where for where, each in passages if held_share(about, each.terms) >= _SAME]
        for where, there in silent:
            passage = seen.evidence.passages[where]
            if held == [where] and _is_his(seen, stand, where, there):
                written = passage.written(passage.items[max(0, there - 2)], passage.items[there])
                yield instead(seen, "attribution", item, written)
                return


def _silences(seen: Comparison, where: int) -> Iterator[tuple[int, int]]:
    """Where a sentence has somebody not say something, with the sentence's place."""
    passage = seen.evidence.passages[where]
    return ((where, at) for at in range(len(passage.items)) if _is_silent(passage, at))


def _is_silent(passage: Passage, at: int) -> bool:
    """Whether somebody does not say something: "would not say whether", "declined to say"."""
    if passage.items[at].low not in _SAY:
        return False
    before = passage.items[max(0, at - 2) : at]
    return any(is_not(each.low) or each.low in _DECLINING for each in before)


def _stand(claim: Passage, act: Act) -> _Stand | None:
    """The stand of a claim: whose it is, of what kind, to what, and to whom."""
    actor = _actor(claim, act.at)
    if act.denied or act.kind == "alleges" or actor is None or not actor.known:
        return None
    is_sure = actor.head.name is not None or actor.definite or act.kind == "agrees"
    if not is_sure or any(item.low == "if" for item in claim.items):
        return None
    about = frozenset(item.term for item in _clause(claim, act.at)) - actor.terms - _EMPTY
    return _Stand(act.kind, actor, about, _object(claim, act.at)) if about else None


def _clause(claim: Passage, at: int) -> Iterator[Item]:
    """The words after an item up to the end of its clause."""
    for there in range(at + 1, len(claim.items)):
        if claim.gap(there).strip(" '’s\"“”") or claim.items[there].low in _CONJUNCTIONS:
            return
        if claim.items[there].kind == "word":
            yield claim.items[there]


def _object(passage: Passage, at: int) -> Party | None:
    """Whom an act names right after it."""
    found = phrase(passage, at + 1)
    return found if found is not None and found.names else None


def _actor(passage: Passage, at: int) -> Party | None:
    """Who acts: the subject of the act, or whom "by" names after it."""
    for there in range(at + 1, min(len(passage.items), at + 1 + _AGENT)):
        if passage.items[there].low == "by":
            return phrase(passage, there + 1)
    return None if is_passive(passage, at) else subject(passage, at)


def _contrary(seen: Comparison, stand: _Stand) -> str | None:
    """How the article has the actor do the opposite; None where it has him do the same as well."""
    found: str | None = None
    for where, act in seen.evidence.acts(_CONTRARY.get(stand.kind, frozenset()) | {stand.kind}):
        passage = seen.evidence.passages[where]
        if act.denied or passage.asks or _is_over(passage, act.at):
            continue
        if not _is_his(seen, stand, where, act.at) or not _is_about(seen, stand, where, act):
            continue
        if act.kind == stand.kind:
            return None
        if not _changes(seen.claim, passage, act.at):
            found = found or _written(passage, act.at)
    return found


def _is_over(passage: Passage, at: int) -> bool:
    """Whether a stand is told as one of before: "had opposed it at first"."""
    before = {item.low for item in passage.items[max(0, at - 2) : at]}
    after = passage.text[passage.items[at].end :][:_AFTER]
    return "had" in before and ("at first" in after or "initially" in after)


def _changes(claim: Passage, passage: Passage, at: int) -> bool:
    """Whether both stands may have been taken: the claim tells both, or one of the two tells of a change."""
    both = any(related(item.term, passage.items[at].term) for item in claim.items if item.kind == "word")
    if at and passage.items[at - 1].low == "now":
        return both
    lows = {item.low for each in (claim, passage) for item in each.items}
    return both or not lows.isdisjoint(_CHANGES)


def _unsettled(seen: Comparison, stand: _Stand) -> str | None:
    """How the article leaves open what somebody is said to have agreed on."""
    for passage in seen.evidence.passages if stand.kind == "agrees" else ():
        open_ = next((item for item in passage.items if item.low in _UNSETTLED), None)
        if open_ is None or any(act.kind == "agrees" for act in acts(passage)):
            continue
        if held_share(stand.about, passage.terms) >= _MUCH:
            return passage.written(open_)
    return None


def _is_about(seen: Comparison, stand: _Stand, where: int, act: Act) -> bool:
    """Whether an act, with the sentences right before it, is about what the claim's stand is about."""
    passage = seen.evidence.passages[where]
    whom = _object(passage, act.at)
    if stand.whom is not None and whom is not None and not alike(stand.whom, whom):
        return False
    near = seen.evidence.passages[max(0, where - _BACK) : where + 1]
    held = sum(any(related(one, each) for p in near for each in p.terms) for one in stand.about)
    share = _MUCH if {act.kind, stand.kind} & _OF_FACTS else _SAME
    if act.kind == "alleges" and passage.says_not:
        return False
    own = any(related(one, each) for one in stand.about for each in passage.terms)
    own = own or (act.at + 1 < len(passage.items) and passage.gap(act.at + 1).strip() == ",")
    return held >= share * len(stand.about) and (own or _is_bare(passage))


def _is_bare(passage: Passage) -> bool:
    """Whether a sentence says nothing but who took a stand, so that the one before tells to what."""
    return all(item.kind != "word" or item.low in STANCES for item in passage.items)


def _is_his(seen: Comparison, stand: _Stand, where: int, at: int) -> bool:
    """Whether an act of a sentence is that of the claim's actor."""
    passage = seen.evidence.passages[where]
    theirs = _actor(passage, at)
    if theirs is not None and theirs.known and alike(stand.actor, theirs):
        return True
    if where and theirs is not None and (not theirs.known or _is_body(passage, theirs)):
        return _leads_back(seen, stand, where, theirs)
    leading = phrase(passage, 0)
    if leading is None or not leading.known or leading.stop >= at:
        return False
    if any(same_name(name, mine) for name in _included(passage, at) for mine in stand.actor.names):
        return True
    aside = passage.gap(leading.stop).strip() == "," or passage.items[leading.stop].low in _RELATIVE
    return aside and alike(stand.actor, leading) and _is_one_clause(passage, leading, at)


def _is_body(passage: Passage, party: Party) -> bool:
    """Whether a side is "the company" and its like, which may stand for any such name."""
    return not party.names and party.definite and party.head.low in _BODIES


def _leads_back(seen: Comparison, stand: _Stand, where: int, theirs: Party) -> bool:
    """Whether "it", or "the company", is the claim's actor: the one that the sentences before begin with."""
    back = 1 if not theirs.known else _BODY_BACK
    for passage in reversed(seen.evidence.passages[max(0, where - back) : where]):
        leading = phrase(passage, 0)
        if leading is None or not leading.known or (theirs.known and not leading.names):
            continue
        if alike(stand.actor, leading) or leading.terms & stand.actor.terms:
            return True
    return False


def _included(passage: Passage, at: int) -> Iterator[Name]:
    """The names before an act that are given as some of those who act: "leaders, including Lee, said"."""
    opening = next((i for i, item in enumerate(passage.items[:at]) if item.low == "including"), at)
    return (item.name for item in passage.items[opening:at] if item.name is not None)


def _is_one_clause(passage: Passage, leading: Party, at: int) -> bool:
    """Whether no other name and no conjunction stands between a subject and its act but in an aside."""
    between = passage.items[leading.stop : at]
    return not any(item.low in _CONJUNCTIONS for item in between) and passage.gap(at).strip() in {",", ""}


def _written(passage: Passage, at: int) -> str:
    """An act as its sentence writes it, in one word or in two."""
    items = passage.items
    two = at + 1 < len(items) and f"{items[at].low}-{items[at + 1].low}" in STANCES_OF_TWO
    return passage.written(items[at], items[at + two])
