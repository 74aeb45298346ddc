"""Do the names of a claim stand in what it cites, and in their places?

When two names can be the same stands in `names`. The sentences before a cited one and the title count,
since a claim may well put a name where the article has a pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..._language.deeds import is_told_conversely
from ..._language.lexicon import AUXILIARIES, BEFORE_OBJECT, BEING, SAYING
from ..._language.names import Name, fold, initials, same_name
from ..._language.passage import Item, Passage
from ..._language.wordlists import listed
from ..._text.words import words
from ..._values import Issue, IssueKind
from ..align import Alignment
from ..compare import CLOSE, RETOLD, Comparison, elsewhere, instead, issue
from .attribution import is_part_of_a_text, sayings
from .fulfilled import PAST
from .ranked import is_compared_conversely
from .rest import is_said_before

_HERE = "the article has {} here"
_RESTATED = 0.7
"""Closeness from which a name that the sentences hold elsewhere counts as put in another's place."""
_FIRMLY = 0.8
"""How well the neighbours of a name must fit in a sentence that has it before it is none out of place."""
_KNOWN = 3
"""Sentences with a name from which the whole article is about it, so that it needs no citation."""
_PLACING = listed("in at near on since of")
_ONE_WORD_OFF = 0.5
"""The least closeness: of the two words of "Derek is the treasurer" one is held."""
_BARE = listed("""
    police staff management parliament congress government everyone everybody someone somebody nobody anyone
    anybody research evidence work industry business society nature weather traffic demand production
    """)
"""Nouns that open a sentence with no article before them and may stand for a name."""
_PREPOSITIONS = BEFORE_OBJECT - {"and"}
_COMMON = listed("tv dvd cd pc id hr pr diy gps usb pdf atm suv dna faq gpa ngo ngos lgbt lgbtq covid plus")
"""Letters that stand for common nouns and name nothing."""
_ACRONYM = 3
_THIRD = listed("he she they his her their")


def check_names(seen: Comparison) -> Iterator[Issue]:
    """An issue for each name that the article does not give there."""
    flagged: set[int] = set()
    for at, framed in _framed(seen):
        flagged.add(at)
        yield framed
    for at, item, found, other in seen.replaced:
        if at == 0 and _opens_for_a_name(seen, item, found, other):
            flagged.add(at)
            yield instead(seen, "name", item, found.said.written(other), _HERE)
        elif at not in flagged and (problem := _swapped(seen, at, item, other, found)) is not None:
            flagged.add(at)
            yield problem
    for at, item in enumerate(seen.claim.items):
        missing = None if item.name is None or at in flagged else _absent(seen, item, item.name)
        if missing is not None:
            yield missing


def _opens_for_a_name(seen: Comparison, item: Item, found: Alignment, other: Item) -> bool:
    """Whether a claim opens with a name where its sentence, but for that the same, has another.

    "Derek is the treasurer" for "Samina is the treasurer": English has such a word, so that by itself the
    capital says nothing. A noun in the singular that opens a sentence bare, right before a verb, is a name
    if it is none that needs no article ("Police said"), and the article has it nowhere.
    """
    if item.kind != "word" or not item.capital or other.name is None or found.closeness < _ONE_WORD_OFF:
        return False
    if item.low.endswith("s") or item.low in _BARE or seen.evidence.homes(item.term):
        return False
    after, there = seen.claim.items[1:2], found.pair[0]
    if there is None or found.pair[1:2] != (there + 1,) or not found.same(1):
        return False
    verb = after[0].low
    return verb in AUXILIARIES or verb in PAST or after[0].term in SAYING or verb.endswith("ed")


def _framed(seen: Comparison) -> Iterator[tuple[int, Issue]]:
    """Places and dates with another in their place after the same two words: "schools in", "start in"."""
    if seen.evidence.leaves:
        return
    for at, item in enumerate(seen.claim.items):
        is_placed = item.name is not None or item.value is not None
        found = next(_in_another_frame(seen, at, item), None) if is_placed else None
        if found is not None:
            passage, other = found
            kind: IssueKind = "name" if item.name is not None else "date"
            yield at, instead(seen, kind, item, passage.written(other), _HERE)


def _in_another_frame(seen: Comparison, at: int, item: Item) -> Iterator[tuple[Passage, Item]]:
    """Each sentence that has another in an item's place, and it; none where one has the item there."""
    if item.name is not None and seen.claim.low(at - 1) == "of":
        return
    if any(each.same(at) and _in_frame(each, at) for each in seen.alignments):
        return
    for found in seen.alignments:
        other = _in_frame(found, at) if found.closeness >= CLOSE and not found.same(at) else None
        if other is not None and _is_another(seen, item, other, found.said):
            yield found.said, other


def _is_another(seen: Comparison, item: Item, other: Item, said: Passage) -> bool:
    """Whether two names, or two dates of one sort, differ, and the sentence has none like the claim's."""
    if item.name is not None and other.name is not None:
        one = item.name
        near = said.has_name(one) or _are_one(seen, one, other.name) or _is_narrower(seen, one, other.name)
        return not near and seen.evidence.knows(one) and not same_name(one, other.name)
    if item.value is None or other.value is None or not item.value.parts:
        return False
    ours, theirs = dict(item.value.parts), dict(other.value.parts)
    differs = any(theirs.get(name, part) != part for name, part in ours.items())
    elsewhere = bool(theirs) and any(passage.gives(item.value) for passage in seen.said)
    return (differs or elsewhere) and not said.gives(item.value)


def _is_narrower(seen: Comparison, one: Name, other: Name) -> bool:
    """Whether a place is told more closely, with the one that the sentence has: "in Penwick, Scotland"."""
    return seen.claim.has_name(other) and _is_given(seen, one)


def _swapped(seen: Comparison, at: int, item: Item, other: Item, found: Alignment) -> Issue | None:
    if _is_spelt_out(seen, seen.claim.written(item)):
        return None
    if item.name is None or _is_label(seen.claim, item) or seen.anchor(at) >= _FIRMLY:
        return None
    if other.name is not None and not same_name(item.name, other.name):
        if _may_stand_there(seen, at, item.name, other.name, found) or _is_placed_otherwise(found, at):
            return None
        return instead(seen, _kind(seen, at), item, found.said.written(other), _HERE)
    if other.low in _THIRD and not _near(seen, item.name):
        return issue(seen, _kind(seen, at), item, "nothing before this sentence names it")
    return None


def _may_stand_there(seen: Comparison, at: int, one: Name, other: Name, found: Alignment) -> bool:
    """Whether a claim may have a name in the place of another of its sentence, and say the same."""
    if _speaks_there(seen, at, one, found.said) or _are_one(seen, one, other):
        return True
    if is_said_before(seen.claim, at, one, found.said):
        return True
    if _voice_differs(seen.claim, found.said):
        return True
    return found.closeness < _RESTATED and not seen.claim.has_name(other) and _is_given(seen, one)


def _is_placed_otherwise(found: Alignment, at: int) -> bool:
    """Whether two names stand in one place by chance: "in Vidalia", "for the Klan", told freely."""
    there = found.pair[at]
    if there is None or found.closeness >= RETOLD:
        return False
    return _preposition(found.claim, at) != _preposition(found.said, there)


def _preposition(passage: Passage, at: int) -> str:
    """The preposition before a name and its articles; "" where none stands there."""
    before = (passage.low(i) for i in range(at - 1, max(-1, at - 3), -1))
    return next((low for low in before if low in _PREPOSITIONS), "")


def _in_frame(found: Alignment, at: int) -> Item | None:
    """What stands in the sentence after the claim's preposition and the word before it: "schools in"."""
    items, there = found.said.items, found.pair[at - 1] if at >= 2 else None
    if not there or there + 1 >= len(items) or found.claim.items[at - 1].low not in _PLACING:
        return None
    same = found.same(at - 1) and found.same(at - 2) and found.pair[at - 2] == there - 1
    return items[there + 1] if same and found.claim.items[at - 2].kind == "word" else None


def _is_given(seen: Comparison, name: Name) -> bool:
    """Whether the cited sentences hold the name, so that only a change of places could be wrong."""
    return any(passage.has_name(name) for passage in seen.said)


def _speaks_there(seen: Comparison, at: int, name: Name, said: Passage) -> bool:
    """Whether a speaker only moved to the other end of the sentence: "..., Marsh said"."""
    if not any(at in act.speakers for act in sayings(seen.claim)):
        return False
    speakers = (said.items[i].name for act in sayings(said) for i in act.speakers)
    return any(each is not None and same_name(name, each) for each in speakers)


def _is_label(claim: Passage, item: Item) -> bool:
    """Whether a name only heads what follows: "Note: ...", "Wind Speed: 7 mph"."""
    return item.start == 0 and claim.text[item.end : item.end + 1] == ":"


def _are_one(seen: Comparison, one: Name, other: Name) -> bool:
    """Whether the article itself puts the two together as one longer name."""
    whole = {*one.parts, *other.parts}
    return any(whole <= set(name.parts) for _, name in seen.evidence.names_like(one))


def _voice_differs(claim: Passage, said: Passage) -> bool:
    """Whether one of the two is passive, so that who stands where says nothing."""
    if _is_passive(claim) != _is_passive(said) or is_told_conversely(claim, said):
        return True
    return is_compared_conversely(claim, said)


def _is_passive(passage: Passage) -> bool:
    return "by" in passage.lows and not passage.lows.isdisjoint(BEING)


def _kind(seen: Comparison, at: int) -> IssueKind:
    """A name right before a verb of saying is who said it."""
    following = seen.claim.items[at + 1 : at + 3]
    before = seen.claim.items[max(0, at - 2) : at]
    speaks = any(item.term in SAYING for item in following) or [i.low for i in before] == ["according", "to"]
    return "attribution" if speaks else "name"


def _near(seen: Comparison, name: Name) -> bool:
    passages = (*seen.said, *seen.evidence.context(seen.cited))
    return any(passage.has_name(name) or passage.spells(name) for passage in passages)


def _absent(seen: Comparison, item: Item, name: Name) -> Issue | None:
    if _is_label(seen.claim, item) or _near(seen, name) or is_part_of_a_text(name):
        return None
    if set(name.parts) <= _COMMON:
        return None
    homes = [at for at, _ in seen.evidence.names_like(name)]
    if homes:
        return None if len(set(homes)) >= _KNOWN else elsewhere(seen, item, homes[0])
    written = seen.claim.written(item)
    if _is_spelt_out(seen, written) or _is_glossed(seen.claim, item):
        return None
    if all(fold(word.text) in seen.evidence.folded for word in words(written)):
        return None
    return issue(seen, "name", item, "the article does not name this")


def _is_spelt_out(seen: Comparison, written: str) -> bool:
    """Whether capitals are the first letters of words that stand together in the article: "CCTV", "USPTO"."""
    letters = written.removesuffix("s")
    if not letters.isupper() or not letters.isalpha() or len(letters) < _ACRONYM:
        return False
    return any(_spells(passage, letters) for passage in seen.evidence.passages)


def _is_glossed(claim: Passage, item: Item) -> bool:
    """Whether the claim itself says what an acronym stands for: "diabetic ketoacidosis (DKA)"."""
    letters = claim.text[item.start : item.end].removesuffix("s")
    if not letters.isupper() or not letters.isalpha() or len(letters) < _ACRONYM:
        return False
    told = re.compile(r"\b" + r"[\w '’-]*?".join(letters), re.IGNORECASE)
    if claim.text.startswith("(", item.start - 1):
        first = max(0, item.first - len(letters))
        return told.search(claim.text, claim.words[first].start, item.start - 1) is not None
    return claim.text.startswith(" (", item.end) and told.match(claim.text, item.end + 2) is not None


def _spells(passage: Passage, letters: str) -> bool:
    """Whether words in a row begin with the letters; three might by chance, so those must be capitals."""
    said = "".join(initials(word.text) for word in passage.words)
    return letters in said if len(letters) == _ACRONYM else letters in said.upper()
