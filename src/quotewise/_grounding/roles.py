"""Who holds which office in a sentence: "the mayor, Ann Lee", "Ann Lee chairs the board".

Offices are read beside names: before one, in an aside after it, after "is", and from "leads" or "chairs".
Whether a claim gives one to the wrong person is for `offices`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .._text.words import term
from .lexicon import LEADING, ROLES
from .names import Name
from .passage import Item, Passage
from .wordlists import listed

_BEING = listed("is was are were became becomes remains remained")
_CHOSEN = listed("elected re re-elected appointed named made chosen as also now again")
_DETERMINERS = listed("the a an its his her their our")
_LABEL = 4
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
        if item.kind == "word" and item.term in ROLES:
            if (
                at + 1 < len(segment)
                and segment[at + 1].term in ROLES
                and segment[at + 1].start == item.end + 1
            ):
                continue  # "chief executive": the second says what it is
            kinds = []
            for before in reversed(segment[:at]):
                if before.kind != "word" or passage.text[before.end : before.end + 1] not in {" ", "-"}:
                    break
                kinds.append(before)
            start = kinds[-1].start if kinds else item.start
            return Role(name, item.term, frozenset(each.term for each in kinds), start, item.end)
        if item.kind == "name" and passage.text[item.end : item.end + 2].replace("’", "'") != "'s":
            return None
    return None


def _before(passage: Passage, at: int) -> Sequence[Item]:
    """What stands right before a name, or before it and a comma: "the mayor, Ann Lee, said"."""
    items, text = passage.items, passage.text
    if at == 0:
        return ()
    gap = text[items[at - 1].end : items[at].start]
    if gap.strip() == ":":
        return items[max(0, at - _LABEL) : at]
    if gap.strip() == "":
        start = at
        while start > 0 and items[start - 1].kind == "word" and (start == at or not _gap(passage, start)):
            if items[start - 1].low.endswith("ed") and items[start - 1].low not in NOT_IN_OFFICE:
                break
            start -= 1
        return items[start:at]
    if gap.strip() != "," or text[items[at].end : items[at].end + 1] not in {",", ".", ";", ")"}:
        return ()
    start = at - 1
    while start > 0 and not _gap(passage, start) and at - start < _LONGEST:
        start -= 1
    found = items[start:at]
    opening = next((i for i, item in enumerate(found) if item.low in _DETERMINERS), None)
    if opening is None and text[found[0].end - 2 : found[0].end + 2].replace("’", "'").find("'s") >= 0:
        opening = 0
    return found[opening:] if opening is not None and _is_plain(found[:opening]) else ()


def _earlier(passage: Passage, at: int) -> Sequence[Item]:
    """The office before another: "the mediator, former judge Ruth Adeyemi"."""
    start = at
    while start > 0 and passage.items[start - 1].kind == "word" and not _gap(passage, start):
        start -= 1
    if start == at or start < 2 or not _gap(passage, start):
        return ()
    before = passage.items[start - 2 : start]
    is_aside = "," in passage.text[before[-1].end : passage.items[start].start]
    return before if is_aside and before[0].low in _DETERMINERS and before[-1].term in ROLES else ()


def _is_plain(lead: Sequence[Item]) -> bool:
    """Whether nothing but small words stands before the office."""
    return all(item.kind == "small" for item in lead)


def _after(passage: Passage, at: int) -> Sequence[Item]:
    """The aside after a name: ", the chairman of the club,"."""
    items, text = passage.items, passage.text
    if at + 1 >= len(items) or text[items[at].end : items[at + 1].start].strip() not in {",", "(", "–", "—"}:
        return ()
    stop = at + 2
    while stop < len(items) and not _gap(passage, stop) and stop - at < _LONGEST:
        stop += 1
    found = items[at + 1 : stop]
    ends = text[found[-1].end : found[-1].end + 1]
    if ends not in {",", ".", ")", ";", "", "–", "—"} and stop - at < _LONGEST:
        return ()
    if found[0].low in {"who", "which"} or found[0].kind == "value":
        return found[1:] if found[0].low == "who" and found[1:2] and found[1].low in _BEING else ()
    if found[0].low.endswith("ed") or (found[-1].kind == "name" and found[-2:-1] and found[-2].term in ROLES):
        return ()
    opens = found[0].low in _DETERMINERS or found[0].term in ROLES or found[0].kind in {"name", "word"}
    return found if opens and not any(item.low in _BEING | {"has", "had"} for item in found) else ()


def _told(passage: Passage, at: int) -> Sequence[Item]:
    """What a name is said to be: "Ann Lee is the chair of the board"."""
    items = passage.items
    if at + 2 >= len(items) or items[at + 1].low not in _BEING or _gap(passage, at + 1):
        return ()
    stop = at + 2
    while (
        stop < len(items)
        and not _gap(passage, stop)
        and stop - at < _LONGEST
        and items[stop].low not in {"who", "not", "by", "and"}
    ):
        stop += 1
    found = items[at + 2 : stop]
    while found and found[0].low in _CHOSEN:
        found = found[1:]
    names_it = bool(found) and (found[0].low in _DETERMINERS or found[0].term in ROLES)
    return found if names_it or (found and found[0].kind == "name") else ()


def _leading(passage: Passage, at: int) -> Item | None:
    """The verb of "Ann Lee, who leads the union", "Ann Lee chairs the board"."""
    items = passage.items
    after = items[at + 1 : at + 5]
    while after and after[0].low in {"who", "has", "had", "also"}:
        after = after[1:]
    return after[0] if after and after[0].low in LEADING else None


def _gap(passage: Passage, at: int) -> bool:
    items = passage.items
    return bool(passage.text[items[at - 1].end : items[at].start].strip(" '’s-"))
