"""Are the amounts of a claim given for the thing it names, and does a change run the way the article says?

For amounts that stand in the cited sentences, but belong elsewhere there; amounts that do not stand there
at all are for `amounts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._results import Issue
from .compare import Comparison, issue
from .names import Name, same_name
from .passage import Item, Passage
from .typed import Value, agree

_BESIDE = 3
"""How many items from an amount the word stands that says what it is an amount of."""


def check_subjects(seen: Comparison) -> Iterator[Issue]:
    """An issue where an amount belongs to another subject, or a change is turned round."""
    if seen.evidence.leaves:
        return
    for at, item in enumerate(seen.claim.items):
        name = next((each.name for each in seen.claim.items[:at] if each.name is not None), None)
        if name is not None and item.value is not None and _is_amount(item.value):
            yield from _of_another(seen, at, item.value, name)
    yield from _turned(seen)


def _is_amount(value: Value) -> bool:
    return not value.soft and not value.parts and value.kind != "ordinal"


def _of_another(seen: Comparison, at: int, value: Value, name: Name) -> Iterator[Issue]:
    """The amount stands only where the name is not, and where the name is there stands another."""
    given = [(where, p) for where, p in seen.units if any(agree(value, said) for said in p.values)]
    if not given or any(_is_about(seen, where, passage, name) for where, passage in given):
        return
    beside = _beside(seen.claim, at)
    for where, passage in seen.units:
        other = _rival(passage, value, beside)
        if other is not None and _is_about(seen, where, passage, name):
            item, written = seen.claim.items[at], passage.text[other.start : other.end]
            yield issue("number", seen.claim, item.start, item.end, f"the article says {written}", written)
            return


def _is_about(seen: Comparison, where: int, passage: Passage, name: Name) -> bool:
    """Whether a sentence, or one that it may lean on, names it."""
    near = (passage, *seen.evidence.context([where]))
    return any(same_name(name, other) for each in near for other in each.names)


def _beside(passage: Passage, at: int) -> set[str]:
    near = passage.items[max(0, at - _BESIDE) : at + _BESIDE + 1]
    return {item.term for item in near if item.kind == "word"}


def _rival(passage: Passage, value: Value, beside: set[str]) -> Item | None:
    """An amount of the same sort beside the same word."""
    for at, item in enumerate(passage.items):
        said = item.value
        if said is None or not _is_amount(said) or (said.kind, said.unit) != (value.kind, value.unit):
            continue
        if not agree(value, said) and beside & _beside(passage, at):
            return item
    return None


def _turned(seen: Comparison) -> Iterator[Issue]:
    """ "From 212 to 950" where the article has 212, "down from 950"."""
    start, end = _after(seen.claim, "from"), _after(seen.claim, "to")
    if len(start) != 1 or len(end) != 1 or start[0].value is None or end[0].value is None:
        return
    for passage in seen.said:
        froms = [(item, item.value) for item in _after(passage, "from") if item.value is not None]
        begun = next((item for item, said in froms if agree(end[0].value, said)), None)
        kept = any(agree(start[0].value, said) for _, said in froms)
        if begun is not None and not kept and any(agree(start[0].value, said) for said in passage.values):
            written = f"from {passage.text[begun.start : begun.end]}"
            why = f"the article says {written}"
            yield issue("number", seen.claim, start[0].start, end[0].end, why, written)
            return


def _after(passage: Passage, word: str) -> list[Item]:
    """The amounts that stand right after a word."""
    pairs = zip(passage.items, passage.items[1:], strict=False)
    return [
        it for before, it in pairs if before.low == word and it.value is not None and _is_amount(it.value)
    ]
