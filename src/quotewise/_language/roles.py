"""Who holds which office in a sentence: "the mayor, Ann Lee", "Ann Lee chairs the board".

Offices are read beside names: before one, in an aside after it, after "is", and from "leads" or "chairs".
Whether a claim gives one to the wrong person is for `offices`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .._text.words import term
from .lexicon import DETERMINERS
from .names import Name
from .passage import Item, Passage
from .wordlists import classes, listed, listed_terms

OFFICES = listed_terms("""
    mayor chairman chairwoman chairperson chair president director chief head master leader secretary
    treasurer auditor manager minister premier chancellor governor captain coach owner founder mediator
    commissioner ambassador headteacher principal dean rector editor spokesman spokeswoman spokesperson ceo
    coordinator boss bishop archbishop pope king queen author inventor supervisor caretaker executive
    """)
"""Offices that mostly one person has at a time."""
SOLE_OFFICES = listed_terms("""
    treasurer secretary auditor founder mediator chair chairman mayor caretaker headteacher
    """)
"""Offices that one has at a time, so that who has it tells that nobody else does."""
ROLES = OFFICES | listed_terms("""
    engineer doctor nurse teacher professor researcher scientist analyst lawyer attorney prosecutor judge
    officer skipper pilot driver farmer fisherman baker writer journalist reporter photographer artist
    singer actor actress student pupil victim witness suspect defendant neighbour neighbor tenant
    landlord landlady councillor senator deputy inspector detective constable firefighter paramedic
    surgeon psychologist economist historian biologist physicist chemist climatologist meteorologist
    consultant adviser advisor investor banker broker accountant architect builder plumber electrician
    mechanic technician designer developer negotiator campaigner activist priest vicar imam rabbi prince
    princess widow wife husband mother father son daughter brother sister uncle aunt cousin co-author
    librarian assistant conductor chef cook waiter shopkeeper goalkeeper striker midfielder referee
    umpire
    """)
"""What somebody can be, beside a name."""
LEADING = classes("""
    leader: leads led runs ran
    head: heads headed
    chair: chairs chaired
    founder: founded
    owner: owns owned
    editor: edits edited
    coach: coaches coached
    manager: manages managed
    conductor: conducts conducted
    director: directs directed
    """)
"""Verbs that say whose office it is, each with the office."""
_COPULAS = listed("is was are were became becomes remains remained")
"""What ties an office to a name; `lexicon.BEING` makes passives, for which nobody "became" or "remained"."""
_AUXILIARIES = listed("has had do does did will would can could may might must should")
"""What tells a clause from an aside: "according to Tom Roe, the leader did insist"."""
_OF_MANY = listed("are were")
_CHOSEN = listed("elected re appointed named made chosen as also now again")
_LABEL = 4
"""Items before a name and a colon in which its office is looked for: "Mayor: Ann Lee"."""
_CLOSING = frozenset(",.;)")
"""What ends an aside that is a name."""
_LONGEST = 9
"""Items that an aside may have for its office to be somebody's."""
NOT_IN_OFFICE = listed("former ex late retired deputy vice assistant acting")
"""Words before an office for one who does not hold it, or not in full."""


class Role(NamedTuple):
    """Somebody's office: the name, the office's noun, the words that say which ("finance" director)."""

    name: Name
    of: str
    kinds: frozenset[str]
    start: int
    end: int


def roles(passage: Passage) -> tuple[Role, ...]:
    """The offices that a sentence gives to those it names.

    >>> def told(text):
    ...     return [(role.name.last, sorted(role.kinds), role.of) for role in roles(Passage(text))]
    >>> told("Its finance director, Helen Marsh, met Mayor Ann Lee and Tom Roe, a skipper from Leith.")
    [('marsh', ['financ'], 'director'), ('lee', [], 'mayor'), ('roe', [], 'skipper')]
    >>> told("Ann Lee is the chair of the board, which Tom Roe left.")
    [('lee', [], 'chair')]
    """
    found = [role for at in range(len(passage.items)) for role in _of_name(passage, at)]
    return tuple(found)


def _of_name(passage: Passage, at: int) -> Iterator[Role]:
    item = passage.items[at]
    if item.name is None or term(item.name.last) in ROLES:
        return
    if item.name.parts[0] == "of":  # "Prime Minister of India" is nobody's name
        return
    titles = [
        *map(term, item.name.titles),
        *(each for part in item.name.parts[:-1] if (each := term(part)) in ROLES),
    ]
    for title in titles:
        if title in ROLES:
            yield Role(item.name, title, frozenset(titles) - {title}, item.start, item.end)
    for segment in (_before(passage, at), _earlier(passage, at), _after(passage, at), _told(passage, at)):
        role = _named(passage, item.name, segment)
        if role is not None:
            yield role
    if (leads := _leading(passage, at)) is not None:
        yield Role(item.name, term(LEADING[leads.low]), frozenset(), leads.start, leads.end)


def _named(passage: Passage, name: Name, segment: Sequence[Item]) -> Role | None:
    """The first office of a segment, with the words right before it."""
    for at, item in enumerate(segment):
        if item.kind == "word" and item.term in ROLES and not _is_half(segment, at):
            kinds = _kinds(passage, segment[:at])
            start = kinds[-1].start if kinds else item.start
            return Role(name, item.term, frozenset(each.term for each in kinds), start, item.end)
        if item.kind == "name" and not passage.text.startswith(("'s", "’s"), item.end):
            return None
    return None


def _is_half(segment: Sequence[Item], at: int) -> bool:
    """Whether the next word says what the office is: "chief executive"."""
    following = segment[at + 1 : at + 2]
    return any(each.term in ROLES and each.start == segment[at].end + 1 for each in following)


def _kinds(passage: Passage, before: Sequence[Item]) -> list[Item]:
    """The words that say which office it is, the nearest first."""
    found: list[Item] = []
    for item in reversed(before):
        if item.kind != "word" or passage.text[item.end : item.end + 1] not in {" ", "-"}:
            break
        found.append(item)
    return found


def _before(passage: Passage, at: int) -> Sequence[Item]:
    """What stands right before a name, or before it and a comma: "the mayor, Ann Lee, said"."""
    gap = passage.gap(at).strip() if at else None
    if gap == ":":
        return passage.items[max(0, at - _LABEL) : at]
    if gap == "":
        return _right_before(passage, at)
    end = passage.items[at].end
    return _before_comma(passage, at) if gap == "," and passage.text[end : end + 1] in _CLOSING else ()


def _right_before(passage: Passage, at: int) -> Sequence[Item]:
    """The words that a name follows without a mark: "harbour master" Daniel Osei."""
    items, start = passage.items, at
    while start > 0 and items[start - 1].kind == "word" and (start == at or not _is_cut(passage, start)):
        if items[start - 1].low.endswith("ed") and items[start - 1].low not in NOT_IN_OFFICE:
            break
        start -= 1
    return items[start:at]


def _before_comma(passage: Passage, at: int) -> Sequence[Item]:
    """The noun phrase to which a name between two marks belongs, where nothing else opens its clause."""
    start = at - 1
    while start > 0 and not _is_cut(passage, start) and at - start < _LONGEST:
        start -= 1
    found = passage.items[start:at]
    opening = next((i for i, item in enumerate(found) if item.low in DETERMINERS), None)
    if opening is None and passage.has_genitive(start):
        opening = 0
    return found[opening:] if opening is not None and _is_plain(found[:opening]) else ()


def _earlier(passage: Passage, at: int) -> Sequence[Item]:
    """The office before another: "the mediator, former judge Ruth Adeyemi"."""
    start = at
    while start > 0 and passage.items[start - 1].kind == "word" and not _is_cut(passage, start):
        start -= 1
    if start == at or start < 2 or not _is_cut(passage, start):
        return ()
    before = passage.items[start - 2 : start]
    is_aside = "," in passage.gap(start)
    return before if is_aside and before[0].low in DETERMINERS and before[-1].term in ROLES else ()


def _is_plain(lead: Sequence[Item]) -> bool:
    """Whether nothing but small words stands before the office."""
    return all(item.kind == "small" for item in lead)


def _after(passage: Passage, at: int) -> Sequence[Item]:
    """The aside after a name: ", the chairman of the club,"."""
    items, text = passage.items, passage.text
    if at + 1 >= len(items) or passage.gap(at + 1).strip() not in {",", "(", "–", "—"}:
        return ()
    stop = at + 2
    while stop < len(items) and not _is_cut(passage, stop) and stop - at < _LONGEST:
        stop += 1
    found = items[at + 1 : stop]
    ends = text[found[-1].end : found[-1].end + 1]
    if ends not in {",", ".", ")", ";", "", "–", "—"} and stop - at < _LONGEST:
        return ()
    if found[0].low in {"who", "which"} or found[0].kind == "value":
        return found[1:] if found[0].low == "who" and found[1:2] and found[1].low in _COPULAS else ()
    if found[0].low.endswith("ed") or (found[-1].kind == "name" and found[-2:-1] and found[-2].term in ROLES):
        return ()
    opens = found[0].low in DETERMINERS or found[0].term in ROLES or found[0].kind in {"name", "word"}
    return found if opens and not any(item.low in _COPULAS | _AUXILIARIES for item in found) else ()


def _told(passage: Passage, at: int) -> Sequence[Item]:
    """What a name is said to be: "Ann Lee is the chair of the board"."""
    items = passage.items
    if at + 2 >= len(items) or items[at + 1].low not in _COPULAS - _OF_MANY or _is_cut(passage, at + 1):
        return ()
    stop = at + 2
    while (
        stop < len(items)
        and not _is_cut(passage, stop)
        and stop - at < _LONGEST
        and items[stop].low not in {"who", "not", "by", "and"}
    ):
        stop += 1
    found = items[at + 2 : stop]
    while found and found[0].low in _CHOSEN:
        found = found[1:]
    names_it = bool(found) and (found[0].low in DETERMINERS or found[0].term in ROLES)
    return found if names_it or (found and found[0].kind == "name") else ()


def _leading(passage: Passage, at: int) -> Item | None:
    """The verb of "Ann Lee, who leads the union", "Ann Lee chairs the board"."""
    items = passage.items
    after = items[at + 1 : at + 5]
    while after and after[0].low in {"who", "has", "had", "also"}:
        after = after[1:]
    return after[0] if after and after[0].low in LEADING else None


def _is_cut(passage: Passage, at: int) -> bool:
    """Whether a mark stands between an item and the one before it; a hyphen is none."""
    return bool(passage.gap(at).strip(" '’s-"))
