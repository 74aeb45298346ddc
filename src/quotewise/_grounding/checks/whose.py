"""Does a claim give to one whom it names what the article has another do?

For deeds told in other words than the sentence's, in minutes and in lists of tasks: the doer is compared, not
the place in the sentence. What stands in the sentence word for word is for `exchanged`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ..._language.deeds import Party, is_passive, phrase, subject
from ..._language.lexicon import (
    ARTICLES,
    AUXILIARIES,
    DETERMINERS,
    INTENDING,
    PLACING,
    TELLING,
    is_held,
    related,
)
from ..._language.names import Name, same_name
from ..._language.passage import Item, Passage
from ..._language.roles import ROLES, roles
from ..._language.wordlists import listed
from ..._values import Issue
from ..compare import Comparison, instead

_OF = "the article says this of {}"
_LIGHT = listed(
    "make made makes making give gave gives given get got gets have has had take took takes do did"
)
"""Verbs that say little: the noun after them tells the deed."""
_PRONOUNS = listed("he she they it we i him her them his their its our my us me")
_ASKING = listed("called calls urged urges asked asks ordered orders told wants wanted expects expected")
_INSTITUTIONS = listed("""
    school college university hospital bank station church club hotel street road bridge park library museum
    """)
"""Last words of names of which there are many of a kind."""
_BEFORE_AGENT = 7
"""How many items after a deed "by" may stand with its doer."""
_FEWEST = 2
"""Words and values of meaning that a claim must have beside its subject."""
_MOST_HOMES = 24
"""Sentences that are read for one claim."""


class _Said(NamedTuple):
    """What a claim says of a name: the name's item, its verb, and all that must be told of it."""

    name: Name
    at: int
    verb: Item
    rest: tuple[Item, ...]


def check_whose(seen: Comparison) -> Iterator[Issue]:
    """An issue where all that the claim says of a name is told of another, and nowhere of the name."""
    yield from _of_another(seen)
    yield from _at_another(seen)
    yield from _done_by_another(seen)


def _of_another(seen: Comparison) -> Iterator[Issue]:
    """ "Accepted the quotation of Lee" where what was accepted is the quotation of Roe."""
    items = seen.claim.items
    for at, item in enumerate(items[_FEWEST:], _FEWEST):
        if item.name is None or items[at - 1].low != "of" or items[at - 2].kind != "word":
            continue
        noun, verb = items[at - 2].term, _governing(seen.claim, at - 2)
        homes = seen.evidence.homes_of(noun) if verb else ()
        told = [(p, it) for p in homes for it in _frames(p, noun, verb)]
        near = any(p.has_name(item.name) for p, _ in told)
        if told and not near and _are_two(seen, item, told[0][1]):
            passage, other = told[0]
            yield instead(seen, "name", item, passage.written(other), _OF)
            return


def _at_another(seen: Comparison) -> Iterator[Issue]:
    """ "Pupils at Fernside School missed it" where all of it is told of Hollin Bank School."""
    items = seen.claim.items
    for at, item in enumerate(items):
        if item.name is None or len(item.name.parts) < _FEWEST or seen.claim.low(at - 1) not in PLACING:
            continue
        rest = tuple(each for each in items if each.kind != "small" and each is not item)
        verb = next((each for each in rest if _is_verb(each)), None)
        if verb is None or len(rest) <= _FEWEST or seen.claim.says_not:
            continue
        for where, passage in _homes(seen, _Said(item.name, at, verb, rest)):
            if seen.evidence.is_about(where, item.name):
                return
            other = next((each for each in passage.items if _is_other_of_its_kind(item, each)), None)
            if other is not None:
                yield instead(seen, "name", item, passage.written(other), _OF)
                return


def _is_other_of_its_kind(one: Item, other: Item) -> bool:
    """Whether two names differ but for their last word: two schools, two banks."""
    if one.name is None or other.name is None or len(other.name.parts) < _FEWEST:
        return False
    alike = one.name.last == other.name.last and one.name.last in _INSTITUTIONS
    return alike and not set(one.name.parts[:-1]) & set(other.name.parts[:-1])


def _are_two(seen: Comparison, one: Item, other: Item) -> bool:
    """Whether the article has a sentence with both names, so that they are not one's."""
    if one.name is None or other.name is None or _are_akin(seen, one.name, other):
        return False
    if len(one.name.parts) == len(other.name.parts) == 1:
        return False
    homes = {at for at, _ in seen.evidence.names_like(one.name)}
    return any(at in homes for at, _ in seen.evidence.names_like(other.name))


def _governing(passage: Passage, noun: int) -> str:
    """The term of the verb whose object a noun is: of "accepted the quotation"."""
    at = noun - 1
    while at > 0 and passage.items[at].low in DETERMINERS:
        at -= 1
    verb = passage.items[at]
    return verb.term if at >= 0 and (_is_verb(verb) or verb.low in _LIGHT) else ""


def _frames(passage: Passage, noun: str, verb: str) -> Iterator[Item]:
    """The names to which "of" ties a noun that is the object of the verb."""
    for at, item in enumerate(passage.items):
        framed = at > 1 and passage.items[at - 1].low == "of" and passage.items[at - 2].term == noun
        if item.name is not None and framed and related(verb, _governing(passage, at - 2)):
            yield item


def _done_by_another(seen: Comparison) -> Iterator[Issue]:
    """All that the claim says of its subject is told of another."""
    told = _told(seen.claim)
    if told is None or roles(seen.claim) or not seen.evidence.knows(told.name):
        return
    rival: tuple[Passage, Item] | None = None
    for where, passage in _homes(seen, told):
        at = _verb_in(seen.claim, passage, told)
        if at is None:
            continue
        if _may_be(seen, told, where, passage, at):
            return
        other = _doer(passage, at)
        if rival is None and other is not None and not _are_akin(seen, told.name, other):
            rival = passage, other
    if rival is not None:
        passage, other = rival
        yield instead(seen, "name", seen.claim.items[told.at], passage.written(other), _OF)


def _told(claim: Passage) -> _Said | None:
    """What a claim says of the name it begins with; None where it begins otherwise."""
    at = _subject_name(claim)
    if at is None:
        return None
    name, after = claim.items[at].name, claim.items[at + 1 :]
    if not after or claim.gap(at + 1).strip() or after[0].low in {"and", "or", "of"}:
        return None
    if name is None or _is_written_small(claim, name) or claim.has_genitive(at):
        return None
    verb = next(filter(_is_verb, after), None)
    rest = tuple(each for each in after if each.kind != "small" and each.low not in _LIGHT)
    if verb is None or verb.term in TELLING or len(rest) < _FEWEST:
        return None
    return _Said(name, at, verb, rest)


def _is_written_small(claim: Passage, name: Name) -> bool:
    """Whether the article writes a name small elsewhere, so that it may be a word with a capital."""
    return len(name.parts) == 1 and name.parts[0] in claim.style.small


def _subject_name(claim: Passage) -> int | None:
    """The name that a claim begins with, or that "said that" leads to."""
    named = [at for at, item in enumerate(claim.items) if item.name is not None]
    told = next((at for at in named if at > 1 and claim.items[at - 1].low == "that"), None)
    if told is not None and claim.items[told - 2].term in TELLING:
        return told
    before = claim.items[: named[0]] if named else ()
    leads = all(each.kind == "small" or each.term in ROLES for each in before)
    return named[0] if named and leads else None


def _is_verb(item: Item) -> bool:
    """Whether a word may be the deed of a claim, not what leads up to it."""
    helps = item.low in AUXILIARIES or item.low in INTENDING or item.low.endswith("ly")
    return item.kind == "word" and not helps and item.low not in _LIGHT


def _homes(seen: Comparison, told: _Said) -> Iterator[tuple[int, Passage]]:
    """The sentences that hold all that the claim says of its name, wherever they stand."""
    words = [item.term for item in told.rest if item.kind == "word"]
    homes = Counter(at for each in words for at in seen.evidence.homes(each))
    found = sorted({*seen.cited, *(at for at, _ in homes.most_common(_MOST_HOMES))})
    for at in found:
        passage = seen.evidence.passages[at]
        if not passage.asks and all(_holds(passage, each) for each in told.rest):
            yield at, passage


def _holds(passage: Passage, item: Item) -> bool:
    if item.value is not None:
        return passage.gives(item.value)
    if item.name is not None:
        return passage.has_name(item.name) or passage.spells(item.name)
    return is_held(item.term, passage.terms)


def _verb_in(claim: Passage, passage: Passage, told: _Said) -> int | None:
    """Where a sentence tells the claim's deed, denied only where the claim denies it."""
    if claim.says_not != passage.says_not:
        return None
    return next((at for at, each in enumerate(passage.items) if related(told.verb.term, each.term)), None)


def _may_be(seen: Comparison, told: _Said, where: int, passage: Passage, at: int) -> bool:
    """Whether a sentence may tell its deed of the claim's name: it holds it, or leaves open whose it is."""
    if passage.has_name(told.name) or passage.spells(told.name):
        return True
    if _doer(passage, at) is not None or not _leans(passage, at):
        return False
    return seen.evidence.is_about(where, told.name)


def _leans(passage: Passage, at: int) -> bool:
    """Whether a sentence leaves its doer to those before: it names a pronoun, or a doer without a name."""
    return not is_passive(passage, at) or any(item.low in _PRONOUNS for item in passage.items)


def _doer(passage: Passage, at: int) -> Item | None:
    """The name that a sentence gives as the doer: in its row of a list, after "by", or as the subject."""
    if passage.text.startswith("|"):
        cell = _cell(passage, passage.items[at])
        return next((each for each in passage.items if each.name and _cell(passage, each) != cell), None)
    by = next((i for i in range(at + 1, at + _BEFORE_AGENT) if passage.low(i) == "by"), None)
    for party in (None if by is None else phrase(passage, by + 1), _subject(passage, at)):
        if party is not None and party.names:
            return next(each for each in passage.items[party.first : party.stop] if each.name is not None)
    return _asked(passage, at)


def _cell(passage: Passage, item: Item) -> int:
    """Which cell of a row an item stands in."""
    return passage.text.count("|", 0, item.start)


def _asked(passage: Passage, at: int) -> Item | None:
    """Whom a sentence has asked to do it: the government of "called on the government to pay"."""
    items = passage.items
    if at < 3 or items[at - 1].low != "to" or items[at - 2].kind not in {"name", "word"}:
        return None
    lead = items[max(0, at - 6) : at - 2]
    return items[at - 2] if any(each.low in _ASKING for each in lead) else None


def _subject(passage: Passage, at: int) -> Party | None:
    """Who does what a verb tells; nobody where it may be a noun."""
    return None if at == 0 or passage.low(at - 1) in ARTICLES | {"of"} else subject(passage, at)


def _are_akin(seen: Comparison, one: Name, other: Item) -> bool:
    """Whether two names may be one's: the article puts them into one, or one is spelt in the other."""
    if other.name is None:
        return other.term in seen.claim.terms
    if same_name(one, other.name) or set(one.parts) & set(other.name.parts):
        return True
    whole = {*one.parts, *other.name.parts}
    return any(whole <= set(name.parts) for _, name in seen.evidence.names_like(one))
