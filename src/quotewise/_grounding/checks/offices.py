"""Does a claim give somebody the office of another: "harbour master" to the mayor?

How an office is read stands in `roles`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._language.lexicon import synonym
from ..._language.names import same_name
from ..._language.roles import NOT_IN_OFFICE, OFFICES, SOLE_OFFICES, Role, roles
from ..._text.words import term
from ..._values import Issue, Span
from ..compare import Comparison, instead, issue

_LEADER = term("leader")
_NOT_IN_OFFICE = frozenset(map(term, NOT_IN_OFFICE))


def check_roles(seen: Comparison) -> Iterator[Issue]:
    """An issue for each office that the claim gives to one and the article to another."""
    for role in roles(seen.claim) if seen.claim.names else ():
        given = seen.evidence.roles
        mine = [each for each in given if same_name(each.name, role.name)]
        if any(_is_same(role, each) for each in mine) or not seen.evidence.knows(role.name):
            continue
        if mine and role.of == _LEADER and not role.kinds:
            continue  # who has an office of his own may well run something
        holder = _holder(role, given, mine)
        if holder is not None:
            where = Span(min(role.start, role.name.start), max(role.end, role.name.end))
            written = _name_of(seen, holder)
            yield instead(seen, "name", where, written, "in the article this is what {} is")
        elif mine and _is_foreign(seen, role):
            why = f"the article does not say this of {seen.claim.written(role.name)}"
            yield issue(seen, "name", role, why)


def _is_same(one: Role, other: Role) -> bool:
    """Whether two offices can be one; "finance director" is not "managing director"."""
    of_kind = not one.kinds or not other.kinds or bool(one.kinds & other.kinds)
    return (synonym(one.of, other.of) or one.of in other.kinds or other.of in one.kinds) and (
        of_kind or one.kinds <= _NOT_IN_OFFICE or other.kinds <= _NOT_IN_OFFICE
    )


def _holder(role: Role, given: Sequence[Role], mine: Sequence[Role]) -> Role | None:
    """Who has the office by the article, where mostly one has it and the claim's one has another."""
    if role.of not in OFFICES and not (role.kinds and mine):
        return None
    holders = [
        each
        for each in given
        if each.of == role.of and _is_same(role, each) and not same_name(each.name, role.name)
    ]
    if not holders or (not mine and role.of not in SOLE_OFFICES and not role.kinds & holders[0].kinds):
        return None
    if role.of not in OFFICES and not all(role.kinds & each.kinds for each in holders):
        return None
    return holders[0] if all(same_name(holders[0].name, each.name) for each in holders) else None


def _is_foreign(seen: Comparison, role: Role) -> bool:
    """Whether the article knows the office, but in no sentence about the one the claim gives it to."""
    homes = set(seen.evidence.homes(role.of))
    near = {at + side for at, _ in seen.evidence.names_like(role.name) for side in (-1, 0, 1)}
    return bool(homes) and not homes & near


def _name_of(seen: Comparison, role: Role) -> str:
    return next(
        passage.written(role.name) for passage in seen.evidence.passages if role.name in passage.names
    )
