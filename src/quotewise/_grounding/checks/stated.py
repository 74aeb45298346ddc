"""Claims about data: does a claim assert what a record says is false, or leaves open?

For sources that are JSON or a Python dict, where a sentence is "OutdoorSeating: False". How such a source
is read stands in `records`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..._language.passage import Item
from ..._language.records import Leaf
from ..._language.wordlists import listed
from ..._text.words import is_stopword, words
from ..._values import Issue, Span
from ..compare import Comparison, instead

_TURN = re.compile(
    r"\b(?:but|although|though|however|while|yet|it|its|they|there|customers|guests|patrons|visitors|has|offers|provides"
    r"|with|plus|despite)\b|[.;:]"
)
"""What takes up a new thought, which a denial does not reach across."""
_PREDICATE = re.compile(r"\b(is|are|was|were)(?: \w+)?$")
_JOINED = re.compile(r",|\b(?:and|or)\b")
_UNSAID = re.compile(
    r"\b(?:not|n['’]t) (?:been )?(?:clearly |explicitly |specifically )?"
    r"(?:specif|mention|state|list|provide|indicate|give|known)\w*|\b(?:unspecified|unclear|unknown|whether|if)\b"
)
_GENERIC = listed("attribut restaur ambienc busi good thing info categori hour type")


def check_states(seen: Comparison) -> Iterator[Issue]:
    """An issue for each attribute that the claim asserts and the record denies or leaves open."""
    if not seen.evidence.leaves:
        return
    known = {leaf.path: leaf for leaf in seen.evidence.leaves if leaf.state != "value"}
    said = frozenset(item.term for item in seen.claim.items)
    for leaf in known.values():
        wanted = _wanted(leaf.path)
        if wanted and wanted <= said and _has_particle(leaf.path[-1], seen.claim.text):
            yield from _contradicted(seen, leaf, [item for item in seen.claim.items if item.term in wanted])


@lru_cache(maxsize=4_096)
def _wanted(path: tuple[str, ...]) -> frozenset[str]:
    """The terms that name an attribute: all of them must stand in a claim about it."""
    wanted = _terms(path[-1]) - _GENERIC
    return wanted | (_terms(path[-2]) - _GENERIC) if len(wanted) == 1 and len(path) > 1 else wanted


def _has_particle(key: str, claim: str) -> bool:
    """Whether "TakeOut" is named with its particle: "takes pride" names it not."""
    verb = re.search(r"([A-Z][a-z]+)(Out|In|Off|Up)$", key)
    return verb is None or re.search(rf"{verb[1]}\w*[- ]?{verb[2]}", claim, re.IGNORECASE) is not None


def _terms(key: str) -> frozenset[str]:
    spoken = words(Leaf((key,), "", "value").words)
    return frozenset(word.term for word in spoken if not is_stopword(word.text) and len(word.term) > 2)


def _contradicted(seen: Comparison, leaf: Leaf, items: list[Item]) -> Iterator[Issue]:
    own = [item for item in items if item.term in _terms(leaf.path[-1])] or items
    denied = all(_is_denied(seen, item) for item in own)
    where = Span(own[0].start, own[-1].end)
    written = f"{leaf.path[-1]}: {leaf.value}"
    if (leaf.state == "false" and not denied) or (leaf.state == "true" and denied and len(items) > 1):
        yield instead(seen, "polarity", where, written, 'the record says "{}"')
    elif leaf.state == "null" and not denied and not _UNSAID.search(seen.claim.text):
        yield instead(seen, "unsupported", where, written, 'the record leaves this open: "{}"')


def _is_denied(seen: Comparison, item: Item) -> bool:
    """Whether a denial reaches an item: before it or after it, in the same thought."""
    text = seen.claim.text
    for cue in seen.claim.cues:
        if not cue.denies:
            continue
        here = seen.claim.items[cue.at]
        is_before = here.end <= item.start
        between = text[here.end : item.start] if is_before else text[item.end : here.start]
        if not _TURN.search(between) and (is_before or _denies_before(between)):
            return True
    return False


def _denies_before(between: str) -> bool:
    """Whether a denial is said of a noun before it: "parking is not free"; "are not" may be of a list."""
    verb = _PREDICATE.search(between.rstrip())
    if verb is None or len(_PREDICATE.findall(between[: verb.start()])):
        return False
    return verb[1] in {"are", "were"} or not _JOINED.search(between)
