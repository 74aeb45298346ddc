"""Is a claim surer, wider or more extreme than the article: "may" made "is", "some" made "all"?

Hedges, quantifiers, bounds of numbers and superlatives, compared where the claim and the sentence are
aligned. The words stand in `lexicon`; denials are for `polarity`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.lexicon import DOUBTFUL_SAYING, MODALS, QUANTIFIERS, RANKS, SAYING, URGING, degree, is_held
from ..._language.passage import Cue, CueKind, Item, Passage
from ..._language.typed import Bound, Value, agree, from_bound
from ..._results import Issue
from ..._text.words import term
from ..align import Alignment
from ..compare import Comparison, issue
from .amounts import is_reference

_ALIKE = frozenset(
    map(frozenset, [("many", "most"), ("usually", "many"), ("usually", "most"), ("some", "few")])
)
"""Quantifiers that summaries use for one another."""
_WEAKER = frozenset([("many", "all"), ("most", "all"), ("some", "many"), ("both", "all")])
"""Quantifiers of a claim that say less than those of its sentence, and so no more than it."""
_UNCOUNTED = frozenset(["many", "some", "few", "usually"])
"""Quantifiers that a number may well be told as, and that a number may well tell."""

_UP = frozenset(["over", "least"])
_DOWN = frozenset(["under", "most", "nearly"])
_OVER = frozenset(["over"])
_DURING = frozenset(["over", "in", "during", "within", "for"])
"""What stands before a time that something takes; "over" in a claim says the same."""
_DURATIONS = frozenset(["duration", "months"])
_LOUD = frozenset(["all", "none", "only", "most", "few"])
_EMPHATIC = frozenset(["each", "entire", "entirely", "completely", "fully", "totally", "everything"])
"""Words for all that a claim may add: "on each side" for "a side", "the entire roast"."""
_STRONG = frozenset(["possible", "must", "certain"])
_IF = frozenset(["if", "when", "unless", "until", "after", "provided"])
_YOU = frozenset(["you", "you'll", "you'd", "your"])
_RESTATED, _VERBATIM = 0.6, 0.8
"""Closeness from which a claim restates its sentence, and from which it is that sentence but for a few words.

On free paraphrase hedges come and go without a fault: below these 28% of the texts flagged were unsupported
(of all texts 43%)."""
_MOVED = 0.8
"""The share of its words that a claim has from a sentence whose parts it moved."""
_SURENESS = {"possible": 0, "would": 1, "intends": 1, "seeming": 1, "must": 2, "will": 3, "certain": 4}
_HALVES = {"most": "most", "majority": "most", "minority": "few"}
"""Words for more, and for less, than half of a thing."""
_HALF, _OF_WHAT = 0.5, 4
"""One half, and how many items after a share the thing stands that it is of."""
_SETTLED = frozenset(map(term, ["confirm", "verify", "prove", "establish", "demonstrate"]))
"""Verbs by which something is settled that was only thought before."""
_FREE = frozenset(["will", "would"])
"""A claim may add or drop these: the tense of a report is its writer's."""

_SURE = frozenset(["certain"])
"""A claim may drop these: it is no surer for it."""
_GIVING, _ARTICLES = frozenset(["offer", "offers", "offered"]), frozenset(["a", "an", "the"])
_URGED = frozenset(
    ["due", "called", "calls", "urged", "urges", "asked", "advised", "advises", "demanded", "demands"]
)
"""Words by which something must be done, for one who calls on another to do it."""
_PERMITS = frozenset(["can", "can't", "cannot", "allowed", "permitted", "entitled"])


def check_modality(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim is surer than its sentence, or less sure and otherwise that sentence."""
    for _, item, found, other in seen.replaced():
        if item.term in _SETTLED and other.term in DOUBTFUL_SAYING and not found.said.asks:
            written = found.said.text[other.start : other.end]
            why = f'the article is less sure: it says "{written}"'
            yield issue("modality", seen.claim, item.start, item.end, why, written)
            return
        ours, theirs = _hedge_of(seen.claim, item), _hedge_of(found.said, other)
        if theirs in {"seeming", "possible"} and theirs in _held(seen.claim):
            continue
        if ours and theirs and not _is_free(ours, theirs, found.said) and _is_surer(found, ours, theirs):
            written = found.said.text[other.start : other.end]
            why = f'the article is less sure: it says "{written}"'
            if _SURENESS[ours] < _SURENESS[theirs]:
                why = f'the article is surer: it says "{written}"'
            yield issue("modality", seen.claim, item.start, item.end, why, written)
            return
    yield from [*_hedged(seen)] or _amount_hedged(seen)


def _amount_hedged(seen: Comparison) -> Iterator[Issue]:
    """ "100,000 troops will be sent" where the article has the amount only in "100,000 may be needed"."""
    will = next((item for item in seen.claim.items if MODALS.get(item.low) == "will"), None)
    hedged = any(MODALS.get(item.low) in {"possible", "seeming", "intends"} for item in seen.claim.items)
    for value in () if will is None or hedged or seen.claim.asks else seen.claim.values:
        homes = [p for p in seen.said if any(agree(value, each) for each in p.values)]
        may = [_may_of(passage, value) for passage in homes]
        near = will is not None and 0 < will.first - value.stop < _OF_WHAT
        if value.kind == "number" and homes and will is not None and near and all(may):
            written = homes[0].text[may[0].start : may[0].end] if may[0] is not None else ""
            why = f'the article does not state this as a fact: it says "{written}"'
            yield issue("modality", seen.claim, will.start, will.end, why, written)
            return


def _may_of(passage: Passage, value: Value) -> Item | None:
    """The "may" or "could" right after the thing that an amount counts."""
    at = next((i for i, each in enumerate(passage.items) if each.value and agree(value, each.value)), None)
    after = () if at is None else passage.items[at + 1 : at + _OF_WHAT]
    return next((each for each in after if MODALS.get(each.low) == "possible"), None)


def _hedge_of(passage: Passage, item: Item) -> str | None:
    """The class of a hedge; "offers" is none before what is offered: "offers a guarantee"."""
    at = passage.items.index(item)
    follows = passage.items[at + 1].low if at + 1 < len(passage.items) else ""
    is_verb = item.low in _GIVING and follows in _ARTICLES
    return None if is_verb else MODALS.get(item.low)


def _restates(found: Alignment) -> bool:
    """Whether a claim says its sentence again, in order or with its parts moved: "the general said"."""
    shared = len(found.claim.terms & found.said.terms)
    return found.closeness >= _RESTATED or shared >= _MOVED * max(1, len(found.claim.terms))


def _is_surer(found: Alignment, ours: str, theirs: str) -> bool:
    """Whether a hedge is stronger than the one it replaces, or weaker in what is otherwise the sentence."""
    stronger = _SURENESS[ours] > _SURENESS[theirs] and _restates(found)
    return stronger or (_SURENESS[ours] < _SURENESS[theirs] and found.closeness >= _VERBATIM)


def _is_free(ours: str, theirs: str, said: Passage) -> bool:
    """Whether two hedges may stand for one another: "wants" for what somebody said they "would" do."""
    told = ours == "intends" and theirs == "would" and any(item.term in SAYING for item in said.items)
    return told or {ours, theirs} == _FREE or said.asks


def _hedged(seen: Comparison) -> Iterator[Issue]:
    """Hedges added or dropped without another in their place."""
    for found, at, there in seen.firmly:
        ours, theirs = _cues(found.claim, at, "modal"), _cues(found.said, there, "modal")
        if _is_of_a_noun(found.claim, at):
            continue
        if (ours or theirs) and not found.said.asks and not _is_shared(found, _hedges(ours), _hedges(theirs)):
            yield _modality_issue(seen, found, at, ours, theirs)


def _is_of_a_noun(claim: Passage, at: int) -> bool:
    """Whether a word is "the opening", which is neither planned nor done."""
    return (
        claim.items[at].low.endswith("ing") and at > 0 and claim.items[at - 1].low in {"the", "its", "their"}
    )


def _hedges(cues: list[Cue]) -> set[str]:
    return {cue.of for cue in cues}


def _is_shared(found: Alignment, ours: set[str], theirs: set[str]) -> bool:
    """Whether no hedge is dropped, and none added that matters: one that stands elsewhere is neither.

    "Will be long and have 19 stops" shares its hedge. A claim less sure than its sentence is a fault only
    where it is that sentence otherwise.
    """
    dropped = set[str]()
    if _restates(found) and not _instructs(found):
        dropped = theirs - ours - _held(found.claim) - _FREE - _SURE - _nominal(found)
        dropped -= {"must"} if _is_entry(found.claim) else set()
    added = (ours - theirs - _held(found.said)) & _STRONG if found.closeness >= _VERBATIM else set()
    return not dropped and not added


def _nominal(found: Alignment) -> set[str]:
    """The hedges of a sentence that the claim has in another form: "their offer" for "they offered"."""
    cues = (cue for cue in found.said.cues if cue.kind == "modal")
    return {cue.of for cue in cues if found.said.items[cue.at].term in found.claim.terms}


def _is_entry(claim: Passage) -> bool:
    """Whether a claim is an entry of a list, which asserts nothing: "Being over 21", "Age: 21 or more"."""
    items = claim.items
    return items[0].low.endswith("ing") or claim.text[items[0].end : items[0].end + 1] == ":"


def _instructs(found: Alignment) -> bool:
    """Whether the sentence tells a reader what to do: "Add peat" for "You could add peat"."""
    return not _YOU.isdisjoint(found.said.lows)


def _held(passage: Passage) -> set[str]:
    """The hedges anywhere in a passage; "can" and "is allowed to" permit as "may" does."""
    held = {MODALS[item.low] for item in passage.items if item.low in MODALS}
    held |= {"must" for item in passage.items if item.low in _URGED or item.low in URGING}
    return held | {"possible" for item in passage.items if item.low in _PERMITS}


def _modality_issue(seen: Comparison, found: Alignment, at: int, ours: list[Cue], theirs: list[Cue]) -> Issue:
    item = seen.claim.items[ours[0].at if ours else at]
    if not theirs:
        return issue("modality", seen.claim, item.start, item.end, "the article states this as a fact")
    written = _words(found.said, next((cue for cue in theirs if cue.of not in _FREE), theirs[0]).at)
    why = f'the article does not state this as a fact: it says "{written}"'
    return issue("modality", seen.claim, item.start, item.end, why, written)


def check_quantity(seen: Comparison) -> Iterator[Issue]:
    """An issue where "some" became "all", "at least" became "at most", or "large" became "largest"."""
    if not seen.readings:  # what a table ranks is for `tabled`
        yield from _quantifiers(seen)
    yield from _shares(seen)
    yield from _bounds(seen)
    yield from _degrees(seen)


def _shares(seen: Comparison) -> Iterator[Issue]:
    """ "Most of the money" where a sentence has "about 40 per cent of the money", or the other way round."""
    denied = any(cue.kind == "not" for cue in seen.claim.cues)
    for at, item in enumerate(() if denied or seen.claim.values else seen.claim.items):
        of = [each.term for each in seen.claim.items[at + 1 : at + _OF_WHAT] if each.kind == "word"]
        following = seen.claim.items[at + 1].low if at + 1 < len(seen.claim.items) else ""
        if item.low not in _HALVES or not of or following != "of":
            continue
        for passage in seen.said:
            found = _share_of(passage, of[0])
            held = sum(is_held(one, passage.terms) for one in seen.claim.terms)
            if found is None or held < _RESTATED * len(seen.claim.terms):
                continue
            other, share = found
            if share != _HALF and (share > _HALF) != (_HALVES[item.low] == "most"):
                yield _differs(seen, item, passage, other)
                return


def _share_of(passage: Passage, noun: str) -> tuple[Item, float] | None:
    """The share that a sentence gives of a thing: "40 per cent of the money"."""
    for at, item in enumerate(passage.items):
        value, near = item.value, passage.items[at + 1 : at + _OF_WHAT]
        if value is None or value.soft or all(each.term != noun for each in near):
            continue
        if value.unit == "%" or value.kind == "fraction":
            return item, value.low / 100 if value.unit == "%" else value.low
    return None


def _quantifiers(seen: Comparison) -> Iterator[Issue]:
    done: set[int] = set()
    for at, item, found, other in seen.replaced():
        if _is_number_of_a_thing(seen.claim, at):
            continue
        if _are_amounts(item, other) and at not in done and not _is_said_so(seen, at):
            done.add(at)
            yield _differs(seen, item, found.said, other)
    for found, at, there in seen.firmly:
        ours, theirs = _cues(found.claim, at, "quantifier"), _cues(found.said, there, "quantifier")
        if not ours or _of(ours) & _of(theirs) or ours[0].at in done or found.same(ours[0].at):
            continue
        if "most" in _of(ours) and any(map(_is_more_than_half, found.said.values)):
            continue
        if _is_condition(found, ours[0]) or _is_weaker(_of(ours), _of(theirs)):
            continue
        if "none" in _of(ours) and any(cue.kind == "not" for cue in found.said.cues):
            continue  # "no evidence" for "not any evidence": denials are polarity's
        if theirs or (
            _of(ours) & _LOUD
            and seen.claim.items[ours[0].at].low not in _EMPHATIC
            and found.closeness >= _RESTATED
            and not _of(ours) & _everywhere(found.said)
        ):
            done.add(ours[0].at)
            yield _differs(seen, seen.claim.items[ours[0].at], found.said, _item(found.said, theirs))


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
    following = found.claim.items[cue.at + 1].low if cue.at + 1 < len(found.claim.items) else ""
    return cue.of == "only" and following in _IF and not found.said.lows.isdisjoint(_IF)


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
    share = value.low / 100 if value.unit == "%" else value.low
    return (value.unit == "%" or value.kind == "fraction") and share > _HALF


def _is_weaker(ours: set[str], theirs: set[str]) -> bool:
    """Whether a claim's quantifiers say less than one of the sentence's: "many" for "all"."""
    return any((one, other) in _WEAKER for one in ours for other in theirs)


def _everywhere(passage: Passage) -> set[str]:
    return {cue.of for cue in passage.cues if cue.kind == "quantifier"}


def _item(passage: Passage, cues: list[Cue]) -> Item | None:
    return passage.items[cues[0].at] if cues else None


def _differs(seen: Comparison, item: Item, said: Passage, other: Item | None) -> Issue:
    ours = seen.claim.text[item.start : item.end]
    if other is None:
        return issue(
            "quantity", seen.claim, item.start, item.end, f'the article does not say "{ours.lower()}"'
        )
    written = said.text[other.start : other.end]
    why = f'the article says "{written.lower()}"'
    if ours.lower() == written.lower():
        why = f'the article says "{_phrase(said, other)}"'
    return issue("quantity", seen.claim, item.start, item.end, why, written)


def _phrase(passage: Passage, item: Item) -> str:
    """An item with the words that rank it: "one of the largest"."""
    return passage.text[passage.words[max(0, item.first - 3)].start : item.end]


def _bounds(seen: Comparison) -> Iterator[Issue]:
    """A number with "at least" for "at most", "exactly" for "about", or a bound that the article lacks."""
    for at, item in enumerate(seen.claim.items):
        if item.value is None or item.value.soft or item.value.kind not in {"number", "times"}:
            continue
        said = [(p, v) for p in seen.said for v in p.values if agree(item.value, v)]
        over = seen.claim.words[from_bound(seen.claim.words, item.first)].text.lower() == "over"
        if item.value.bound == "over" and any(_lasts(p, v, _DURING if over else _OVER) for p, v in said):
            continue
        if said and all(
            not _follows(item.value, v) and _bounds_differ(item.value.bound, p, v) for p, v in said
        ):
            best = seen.best(at)
            passage, value = next(((p, v) for p, v in said if best is not None and p is best.said), said[0])
            start = min(item.start, seen.claim.words[from_bound(seen.claim.words, item.first)].start)
            begins = min(value.start, passage.words[from_bound(passage.words, value.first)].start)
            written = passage.text[begins : value.end]
            yield issue("quantity", seen.claim, start, item.end, f'the article says "{written}"', written)


def _lasts(passage: Passage, value: Value, told: frozenset[str]) -> bool:
    """Whether a value says how long, not more than what: "over the next three years", "in ten months"."""
    before = [word.text.lower() for word in passage.words[max(0, value.first - 4) : value.first]]
    return value.unit in _DURATIONS and not told.isdisjoint(before)


def _follows(ours: Value, said: Value) -> bool:
    """Whether a bound holds because the article's figure lies beyond it: "more than three times" of 3.2."""
    if ours.bound in _UP:
        return not said.bound and said.low > ours.low
    return ours.bound in _DOWN and not said.bound and said.high < ours.high


def _bounds_differ(ours: Bound, passage: Passage, value: Value) -> bool:
    if ours == "exact":
        return value.bound not in {"", "exact"}
    theirs = value.bound or _verb_bound(passage, value) or _end_of_range(passage, value)
    if ours in _UP:
        return theirs not in _UP | {"only"}
    return ours in {"under", "most"} and theirs not in _DOWN | {"only"}


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
    if before & {
        "exceed",
        "exceeds",
        "exceeded",
        "top",
        "topped",
        "tops",
        "surpass",
        "surpassed",
        "pass",
        "passed",
    }:
        return "over"
    return "most" if passage.words[max(0, value.first - 1)].text.lower() == "within" else ""


def _degrees(seen: Comparison) -> Iterator[Issue]:
    """A superlative where the article has a plain form, a comparative, or "one of the"."""
    for at, item in enumerate(seen.claim.items):
        rank = degree(item.low) if item.kind != "name" and item.low else None
        if rank is None or rank[1] != 2 or rank[0] == "late":  # the latest is the newest
            continue
        found = seen.best(at)
        other = None if found is None else found.partner(at)
        if found is not None and found.same(at) and other is not None:
            if _is_one_of(seen.claim, at) != _is_one_of(found.said, found.pair[at] or 0):
                yield _differs(seen, item, found.said, other)
        elif (near := _same_base(seen, rank[0])) is not None:
            yield _differs(seen, item, *near)


def _is_one_of(passage: Passage, at: int) -> bool:
    """Whether a superlative is shared or ranked: "one of the largest", "among the", "second-largest"."""
    before = passage.items[max(0, at - 4) : at]
    ranked = bool(before) and before[-1].value is not None and before[-1].value.kind == "ordinal"
    lows = [passage.text[item.start : item.end].lower() for item in before]
    return ranked or ("of" in lows and "one" in lows) or "among" in lows


def _same_base(seen: Comparison, base: str) -> tuple[Passage, Item] | None:
    """The plain form or comparative of a superlative, if the cited sentences have that alone."""
    found: tuple[Passage, Item] | None = None
    for passage in seen.said:
        for item in passage.items:
            plain = degree(item.low) if item.low else None
            if plain == (base, 2):
                return None
            if item.low == base or plain == (base, 1):
                found = (passage, item)
    return found


def _cues(passage: Passage, at: int, kind: CueKind) -> list[Cue]:
    return [cue for cue in passage.cues if cue.kind == kind and cue.targets[:1] == (at,)]


def _of(cues: list[Cue]) -> set[str]:
    return {cue.of for cue in cues}


def _words(passage: Passage, at: int) -> str:
    return passage.text[passage.items[at].start : passage.items[at].end]
