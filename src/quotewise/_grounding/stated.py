"""Claims about data: does a claim assert what a record says is false, or leaves open?

For sources that are JSON or a Python dict, where a sentence is "OutdoorSeating: False". How such a source
is read stands in `support.structure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .._results import Issue
from .._text.words import is_stopword, words
from .compare import Comparison, issue
from .passage import Item
from .support.structure import Leaf

_TURN = re.compile(r"\b(?:but|although|though|however|while)\b|[.;]")
_GENERIC = frozenset(["attribut", "restaur", "ambienc", "busi", "good", "thing", "info", "categori"])


def check_states(seen: Comparison) -> Iterator[Issue]:
    """An issue for each attribute that the claim asserts and the record denies or leaves open."""
    known = {leaf.path: leaf for leaf in seen.evidence.leaves if leaf.state != "value"}
    for leaf in known.values():
        items = _named(seen, leaf)
        if items:
            yield from _contradicted(seen, leaf, items)


def _named(seen: Comparison, leaf: Leaf) -> list[Item]:
    """The claim's items that name the attribute, all of its words, empty where one is missing."""
    wanted = _terms(leaf.path[-1]) - _GENERIC
    if len(wanted) == 1 and len(leaf.path) > 1:
        wanted |= _terms(leaf.path[-2]) - _GENERIC
    found = [item for item in seen.claim.items if item.term in wanted]
    return found if wanted and {item.term for item in found} == wanted else []


def _terms(key: str) -> set[str]:
    spoken = Leaf((key,), "", "value").words
    return {word.term for word in words(spoken) if not is_stopword(word.text) and len(word.term) > 2}


def _contradicted(seen: Comparison, leaf: Leaf, items: list[Item]) -> Iterator[Issue]:
    denied = _is_denied(seen, items[0])
    start, end = items[0].start, items[-1].end
    written = f"{leaf.path[-1]}: {leaf.value}"
    if (leaf.state == "false" and not denied) or (leaf.state == "true" and denied and len(items) > 1):
        yield issue("polarity", seen.claim, start, end, f"the source says {written}", written)
    elif leaf.state == "null" and not denied:
        yield issue("unsupported", seen.claim, start, end, f"the source leaves this open: {written}", written)


def _is_denied(seen: Comparison, item: Item) -> bool:
    """Whether a denial reaches an item: it stands before it with no "but" between, or just after."""
    text = seen.claim.text
    for cue in seen.claim.cues:
        if cue.kind in {"not", "soft_not"}:
            here = seen.claim.items[cue.at]
            between = text[here.end : item.start] if here.end <= item.start else text[item.end : here.start]
            if not _TURN.search(between) and (here.start < item.start or "," not in between):
                return True
    return False
