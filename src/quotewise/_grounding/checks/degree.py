"""Is a claim wider or more extreme than the article: "some" made "all", "large" made "largest"?

Quantifiers, bounds of numbers and superlatives, compared where the claim and the sentence are aligned. The
words stand in `lexicon`; hedges are for `hedges`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._language.lexicon import QUANTIFIERS, RANKS, degree, held_share
from ..._language.passage import Cue, Item, Passage
from ..._language.rates import rate_of
from ..._language.typed import Bound, Value, agree, from_bound
from ..._language.units import DURATIONS
from ..._language.wordlists import listed, pairs
from ..._text.words import Word
from ..._values import Issue, Span
from ..align import Alignment
from ..compare import RETOLD, SAYS, Comparison, instead, issue
from .amounts import is_reference
from .denials import is_called_off
from .refused import is_refused

_ALIKE = pairs("many-most usually-many usually-most some-few some-many")
"""Quantifiers that summaries use for one another."""
_WEAKER = frozenset([("many", "all"), ("most", "all"), ("some", "many"), ("both", "all")])
"""Quantifiers of a claim that say less than those of its sentence, and so no more than it."""
_UNCOUNTED = listed("many some few usually")
"""Quantifiers that a number may well be told as, and that a number may well tell."""
_UP, _DOWN, _ROUGHLY = listed("over least"), listed("under most nearly"), listed("about nearly")
_SURELY = 1.05
"""How far beyond a bound a rough figure must lie: "nearly 108" for "over 100"."""
_OVER, _DURING = listed("over"), listed("over in during within for")
"""What stands before a time that something takes; "over" in a claim says the same."""
_LOUD = listed("all none only most few")
_EMPHATIC = listed("each entire entirely completely fully totally everything")
"""Words for all that a claim may add: "on each side" for "a side", "the entire roast"."""
_NO_BASE = listed("late many little")
"""Bases of what is no superlative of theirs: the latest is the newest, "most" a quantifier."""
_OF_SEVERAL = listed("one some many")
_JUST = listed("just merely until except alone")
"""Words that say "only" in other words."""
_IF = listed("if when unless until after provided")
_RESTATED = 0.6
"""Closeness from which a claim restates its sentence."""
_HALVES = {"most": "most", "majority": "most", "minority": "few"}
"""Words for more, and for less, than half of a thing."""
_PASSING = listed("exceed exceeds exceeded top topped tops surpass surpassed pass passed")
"""Verbs that say that a number is passed."""
_COMPARED = listed("more less fewer")
_NEARLY, _ALL_BUT = listed("almost nearly virtually practically"), 0.9
"""Words before "all" that leave some out, and the share from which they may be said."""
_HALF, _OF_WHAT = 0.5, 4
"""One half, and how many items after a share the thing stands that it is of."""


def check_quantity(seen: Comparison) -> Iterator[Issue]:
    """An issue where "some" became "all", "at least" became "at most", or "large" became "largest"."""
    if not seen.readings:  # what a table ranks is for `tabled`
        yield from _quantifiers(seen)
    yield from _shares(seen)
    yield from _bounds(seen)
    yield from _degrees(seen)


def _shares(seen: Comparison) -> Iterator[Issue]:
    """ "Most of the money" where a sentence has "about 40 per cent of the money", or the other way round."""
    denied = seen.claim.denies_plainly
    for at, item in enumerate(() if denied or seen.claim.values else seen.claim.items):
        if item.low not in _HALVES or seen.claim.low(at + 1) != "of":
            continue
        of = [each.term for each in seen.claim.items[at + 1 : at + _OF_WHAT] if each.kind == "word"]
        if not of:
            continue
        for passage in seen.said:
            held = held_share(seen.claim.terms, passage.terms)
            other = _share_of(passage, of[0]) if held >= _RESTATED else None
            share = _HALF if other is None or other.value is None else other.value.share
            if share != _HALF and (share > _HALF) != (_HALVES[item.low] == "most"):
                yield _differs(seen, item, passage, other)
                return


def _share_of(passage: Passage, noun: str) -> Item | None:
    """The share that a sentence gives of a thing: "40 per cent of the money"."""
    for at, item in enumerate(passage.items):
        near = (each.term for each in passage.items[at + 1 : at + _OF_WHAT])
        if item.value is not None and not item.value.soft and item.value.is_share and noun in near:
            return item
    return None


def _quantifiers(seen: Comparison) -> Iterator[Issue]:
    done: set[int] = set()
    for at, item, found, other in seen.replaced:
        if _is_number_of_a_thing(seen.claim, at) or _is_of_a_bound(seen.claim, at):
            continue
        if _is_of_a_rate(seen.claim, item) or _is_all_called_off(found, at):
            continue
        if seen.claim.low(at - 1) == "not":
            continue  # "not all" says "some"
        told = _is_told_by_a_share(seen.claim, at, {QUANTIFIERS.get(item.low, "")}, found.said)
        if not _are_amounts(item, other) or not _is_of_one_thing(found, at):
            continue
        if at not in done and not (told or _is_said_so(seen, at)):
            done.add(at)
            yield _differs(seen, item, found.said, other)
    for found, at, there in seen.firmly:
        ours, theirs = found.claim.cues_on(at, "quantifier"), found.said.cues_on(there, "quantifier")
        if not ours or ours[0].at in done or found.same(ours[0].at) or not _say_another(found, ours, theirs):
            continue
        if _is_of_a_bound(found.claim, ours[0].at) or found.claim.low(ours[0].at - 1) == "not":
            continue
        if _is_of_a_rate(found.claim, found.claim.items[ours[0].at]):
            continue
        done.add(ours[0].at)
        answer = found.said.items[theirs[0].at] if theirs else None
        yield _differs(seen, seen.claim.items[ours[0].at], found.said, answer)


def _is_all_called_off(found: Alignment, at: int) -> bool:
    """Whether one side has none of what the other has as called off: "no trains" for "all were cancelled"."""
    there = found.pair[at]
    if there is None or "no" not in {found.claim.low(at), found.said.low(there)}:
        return False
    return is_called_off(found.claim, at + 1) != is_called_off(found.said, there + 1)


def _is_of_a_rate(claim: Passage, item: Item) -> bool:
    """Whether "each" or "every" says by what an amount is told: that is for `rates`."""
    rates = (rate_of(claim.text, value, claim.values) for value in claim.values)
    return any(rate is not None and rate.start <= item.start < rate.end for rate in rates)


def _is_of_one_thing(found: Alignment, at: int) -> bool:
    """Whether what a claim counts, after the word, is what its sentence counts there."""
    if found.closeness >= RETOLD:
        return True
    there = found.pair[at]
    after = [
        i for i, item in enumerate(found.claim.items) if at < i <= at + _OF_WHAT and item.kind != "small"
    ]
    counted = [found.pair[i] for i in after[:2] if found.same(i)]
    return there is not None and any(i is not None and there < i <= there + _OF_WHAT for i in counted)


def _say_another(found: Alignment, ours: Sequence[Cue], theirs: Sequence[Cue]) -> bool:
    """Whether the quantifiers of a word differ in what they say of it."""
    mine, other = {cue.of for cue in ours}, {cue.of for cue in theirs}
    if mine & other or _is_condition(found, ours[0]) or _is_weaker(mine, other):
        return False
    if any(frozenset((one, another)) in _ALIKE for one in mine for another in other):
        return False
    if _is_told_by_a_share(found.claim, ours[0].at, mine, found.said):
        return False
    if "none" in mine and (found.said.denies_plainly or _is_ruled_out(found, ours[0])):
        return False  # "no evidence" for "not any evidence": denials are polarity's
    return bool(theirs) or _is_added(found, ours[0], mine)


def _is_ruled_out(found: Alignment, cue: Cue) -> bool:
    """Whether a verb of the sentence denies what "no" does: "no tax rise" for "ruled out a tax rise"."""
    targets = [there for at in cue.targets if (there := found.pair[at]) is not None]
    return any(is_refused(found.said, there) or is_called_off(found.said, there) for there in targets)


def _is_told_by_a_share(claim: Passage, at: int, mine: set[str], said: Passage) -> bool:
    """Whether a share of the sentence is what a claim words: "most" of 60%, "almost all" of 91%."""
    nearly = "all" in mine and claim.low(at - 1) in _NEARLY
    return any(
        value.is_share and (("most" in mine and value.share > _HALF) or (nearly and value.share >= _ALL_BUT))
        for value in said.values
    )


def _is_added(found: Alignment, cue: Cue, mine: set[str]) -> bool:
    """Whether a quantifier that nothing answers says more than its sentence."""
    everywhere = {each.of for each in found.said.cues if each.kind == "quantifier"}
    loud = bool(mine & _LOUD) and found.claim.low(cue.at) not in _EMPHATIC
    if "only" in mine and not found.said.lows.isdisjoint(_JUST):
        return False
    if "all" in mine and found.closeness < RETOLD and found.claim.low(cue.at - 1) not in _NEARLY:
        return False  # what is told of a thing without more is mostly told of all of it
    return loud and found.closeness >= _RESTATED and not mine & everywhere


def _is_of_a_bound(claim: Passage, at: int) -> bool:
    """Whether "most" stands in "at most", "fewer" in "fewer than half", which bound a number."""
    if claim.low(at) in _COMPARED and claim.low(at + 1) == "than":
        return any(item.value is not None for item in claim.items[at + 2 : at + 3])
    return claim.low(at) in {"most", "least"} and claim.low(at - 1) == "at"


def _is_number_of_a_thing(claim: Passage, at: int) -> bool:
    """Whether a number tells which one, not how many: "passage 3", "Windows 10"."""
    item = claim.items[at]
    if item.value is None:
        return False
    named = at > 0 and claim.items[at - 1].name is not None
    return is_reference(claim, item) or (named and claim.gap(at) == " ")


def _is_said_so(seen: Comparison, at: int) -> bool:
    """Whether a cited sentence has the claim's quantifier before the same word: "no trees"."""
    own = [cue for cue in seen.claim.cues if cue.kind == "quantifier" and cue.at == at and cue.targets]
    target = seen.claim.items[own[0].targets[0]].term if own else ""
    return bool(target) and any(
        cue.of == own[0].of and cue.targets and passage.items[cue.targets[0]].term == target
        for passage in seen.said
        for cue in passage.cues
        if cue.kind == "quantifier"
    )


def _is_condition(found: Alignment, cue: Cue) -> bool:
    """Whether "only if" stands for the sentence's "if"."""
    if_ = found.claim.low(cue.at + 1) in _IF
    return cue.of == "only" and if_ and not found.said.lows.isdisjoint(_IF)


def _are_amounts(item: Item, other: Item) -> bool:
    """Whether a quantifier or a rank stands in the place of another, or of a number."""
    ours, theirs = QUANTIFIERS.get(item.low), QUANTIFIERS.get(other.low)
    if ours and theirs:
        return ours != theirs and (ours, theirs) not in _WEAKER and frozenset((ours, theirs)) not in _ALIKE
    if item.value is not None and other.value is None:
        return (bool(theirs) and theirs not in _UNCOUNTED) or other.low in RANKS
    if ours == "most" and other.value is not None and _is_more_than_half(other.value):
        return False
    if item.value is None and other.value is not None:
        return (bool(ours) and ours not in _UNCOUNTED) or item.low in RANKS
    return False


def _is_more_than_half(value: Value) -> bool:
    return value.is_share and value.share > _HALF


def _is_weaker(ours: set[str], theirs: set[str]) -> bool:
    """Whether a claim's quantifiers say less than one of the sentence's: "many" for "all"."""
    return any((one, other) in _WEAKER for one in ours for other in theirs)


def _differs(seen: Comparison, item: Item, said: Passage, other: Item | None) -> Issue:
    ours = seen.claim.written(item).lower()
    if other is None:
        return issue(seen, "quantity", item, f'the article does not say "{ours}"')
    written = said.written(other)
    told = _phrase(said, other) if ours == written.lower() else written.lower()
    return issue(seen, "quantity", item, SAYS.format(told), written)


def _phrase(passage: Passage, item: Item) -> str:
    """An item with the words that rank it: "one of the largest"."""
    return passage.written(passage.words[max(0, item.first - 3)], item)


def _bounds(seen: Comparison) -> Iterator[Issue]:
    """A number with "at least" for "at most", "exactly" for "about", or a bound that the article lacks."""
    for at, item in enumerate(seen.claim.items):
        if item.value is None or item.value.soft or item.value.kind not in {"number", "times"}:
            continue
        said = [(p, v) for p in seen.said for v in p.values if agree(item.value, v)]
        first = _first_of(seen.claim, item)
        during = _DURING if first.text.lower() == "over" else _OVER
        if item.value.bound == "over" and any(_lasts(p, v, during) for p, v in said):
            continue
        if said and all(_is_otherwise_bound(item.value, p, v) for p, v in said):
            best = seen.best(at)
            passage, value = next(((p, v) for p, v in said if best is not None and p is best.said), said[0])
            written = passage.text[_begins(passage, value) : value.end]
            yield instead(seen, "quantity", Span(_begins(seen.claim, item), item.end), written)


def _first_of(passage: Passage, of: Item | Value) -> Word:
    """The first word of a number with its bound: the "more" of "more than 300"."""
    return passage.words[from_bound(passage.words, of.first)]


def _begins(passage: Passage, of: Item | Value) -> int:
    """Where a number with its bound and its sign begins: at the "£" of "£300 or more"."""
    return min(of.start, _first_of(passage, of).start)


def _lasts(passage: Passage, value: Value, told: frozenset[str]) -> bool:
    """Whether a value says how long, not more than what: "over the next three years", "in ten months"."""
    before = [word.text.lower() for word in passage.words[max(0, value.first - 4) : value.first]]
    return value.unit in DURATIONS and not told.isdisjoint(before)


def _follows(ours: Value, said: Value) -> bool:
    """Whether a bound holds because the article's figure lies beyond it: "more than three times" of 3.2."""
    if ours.bound in _UP:
        return (not said.bound and said.low > ours.low) or (
            said.bound in _ROUGHLY and said.low > _SURELY * ours.low
        )
    return ours.bound in _DOWN and not said.bound and said.high < ours.high


def _is_otherwise_bound(ours: Value, passage: Passage, value: Value) -> bool:
    """Whether a claim gives a sentence's number a bound that neither its words nor the number bear out."""
    if _follows(ours, value):
        return False
    if ours.bound == "exact":
        return value.bound not in {"", "exact"}
    if ours.bound == "least" and not value.bound:
        return False  # five years are "at least five years"
    theirs = value.bound or _verb_bound(passage, value) or _end_of_range(passage, value)
    if ours.bound in _UP:
        return theirs not in _UP | {"only"}
    return ours.bound in {"under", "most"} and theirs not in _DOWN | {"only"}


def _end_of_range(passage: Passage, value: Value) -> Bound:
    """A bound that a range gives: "between 300 and 500" is at least 300 and at most 500."""
    at = passage.values.index(value)
    before, after = passage.values[max(0, at - 1) : at], passage.values[at + 1 : at + 2]
    if after and _joins(passage, value, after[0]):
        return "least"
    return "most" if before and _joins(passage, before[0], value) else ""


def _joins(passage: Passage, one: Value, other: Value) -> bool:
    between = passage.text[one.end : other.start].strip(" $£€")
    return (
        between in {"-", "–", "—", "to", "and"}
        and one.low < other.low
        and (between != "and" or "between" in passage.text[max(0, one.start - 12) : one.start].lower())
    )


def _verb_bound(passage: Passage, value: Value) -> Bound:
    """A bound that a verb or "within" gives: "could exceed $700 million", "within forty minutes"."""
    before = {word.text.lower() for word in passage.words[max(0, value.first - 2) : value.first]}
    if before & _PASSING:
        return "over"
    return "most" if passage.words[max(0, value.first - 1)].text.lower() == "within" else ""


def _degrees(seen: Comparison) -> Iterator[Issue]:
    """A superlative where the article has a plain form, a comparative, or "one of the"."""
    for at, item in enumerate(seen.claim.items):
        rank = degree(item.low) if item.kind != "name" and item.low else None
        if rank is None or rank[1] != 2 or rank[0] in _NO_BASE:
            continue
        found = seen.best(at)
        other = None if found is None else found.partner(at)
        if found is not None and found.same(at) and other is not None:
            if _is_one_of(seen.claim, at) != _is_one_of(found.said, found.pair[at] or 0):
                yield _differs(seen, item, found.said, other)
        elif (near := _same_base(seen, rank[0], _next(seen.claim, at))) is not None:
            yield _differs(seen, item, *near)


def _is_one_of(passage: Passage, at: int) -> bool:
    """Whether a superlative is shared or ranked: "one of the largest", "among the", "second-largest"."""
    before = passage.items[max(0, at - 4) : at]
    ranked = bool(before) and before[-1].value is not None and before[-1].value.kind == "ordinal"
    lows = [passage.written(item).lower() for item in before]
    return ranked or ("of" in lows and not _OF_SEVERAL.isdisjoint(lows)) or "among" in lows


def _same_base(seen: Comparison, base: str, of: str) -> tuple[Passage, Item] | None:
    """The plain form or comparative of a superlative beside its noun, if the sentences have that alone."""
    found: tuple[Passage, Item] | None = None
    for passage in seen.said:
        for at, item in enumerate(passage.items):
            plain = degree(item.low) if item.low else None
            if plain == (base, 2):
                return None
            if (item.low == base or plain == (base, 1)) and _next(passage, at) == of:
                found = (passage, item)
    return found


def _next(passage: Passage, at: int) -> str:
    """The term of the next word or name of meaning after an item; "" where none follows."""
    return next((item.term for item in passage.items[at + 1 : at + _OF_WHAT] if item.kind != "small"), "")
