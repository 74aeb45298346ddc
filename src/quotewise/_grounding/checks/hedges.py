"""Is a claim surer than the article, or less sure: "may" made "is", "will" made "may"?

Hedges, compared where the claim and the sentence are aligned. The words stand in `lexicon`; what is told as
done in a claim's own words is for `fulfilled`, denials are for `polarity`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.lexicon import ARTICLES, DOUBTFUL_SAYING, MODALS, SAYING
from ..._language.passage import Cue, Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue
from ..align import Alignment
from ..compare import Comparison, instead, issue

_LESS_SURE, _SURER = 'the article is less sure: it says "{}"', 'the article is surer: it says "{}"'
_NO_FACT = 'the article does not state this as a fact: it says "{}"'
_STRONG = listed("possible must certain")
_YOU = listed("you you'll you'd your")
_RESTATED, _VERBATIM = 0.6, 0.8
"""Closeness from which a claim restates its sentence, and from which it is that sentence but for a few words.

On free paraphrase hedges come and go without a fault: below these 28% of the texts flagged were unsupported
(of all texts 43%)."""
_MOVED = 0.8
"""The share of its words that a claim has from a sentence whose parts it moved."""
_SURENESS = {"possible": 0, "would": 1, "intends": 1, "seeming": 1, "must": 2, "will": 3, "certain": 4}
_SETTLED = listed_terms("confirm verify prove establish demonstrate")
"""Verbs by which something is settled that was only thought before."""
_FREE = listed("will would")
"""A claim may add or drop these: the tense of a report is its writer's."""
_SURE = listed("certain")
"""A claim may drop these: it is no surer for it."""
_GIVING = listed("offer offers offered")
_URGING = listed("""
    crucial essential vital necessary imperative ensure ensures ensuring due called calls urged urges asked
    advised advises demanded demands
    """)
"""Words that say "must" of what they stand beside, or by which one calls on another to do it."""
_PERMITS = listed("can can't cannot allowed permitted entitled")
_IF = listed("if unless provided")


def check_modality(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim is surer than its sentence, or less sure and otherwise that sentence."""
    for _, item, found, other in seen.replaced:
        if item.term in _SETTLED and other.term in DOUBTFUL_SAYING and not found.said.asks:
            yield instead(seen, "modality", item, found.said.written(other), _LESS_SURE)
            return
        ours, theirs = _hedge_of(seen.claim, item), _hedge_of(found.said, other)
        if theirs in {"seeming", "possible"} and theirs in _held(seen.claim):
            continue
        if ours and theirs and not _is_free(ours, theirs, found) and _is_surer(found, ours, theirs):
            why = _SURER if _SURENESS[ours] < _SURENESS[theirs] else _LESS_SURE
            yield instead(seen, "modality", item, found.said.written(other), why)
            return
    yield from _hedged(seen)


def _hedge_of(passage: Passage, item: Item) -> str | None:
    """The class of a hedge; "offers" is none before what is offered: "offers a guarantee"."""
    follows = passage.low(passage.items.index(item) + 1)
    is_verb = item.low in _GIVING and follows in ARTICLES
    return None if is_verb else MODALS.get(item.low)


def _restates(found: Alignment) -> bool:
    """Whether a claim says its sentence again, in order or with its parts moved: "the general said"."""
    shared = len(found.claim.terms & found.said.terms)
    return found.closeness >= _RESTATED or shared >= _MOVED * max(1, len(found.claim.terms))


def _is_surer(found: Alignment, ours: str, theirs: str) -> bool:
    """Whether a hedge is stronger than the one it replaces, or weaker in what is otherwise the sentence."""
    stronger = _SURENESS[ours] > _SURENESS[theirs] and _restates(found)
    return stronger or (_SURENESS[ours] < _SURENESS[theirs] and found.closeness >= _VERBATIM)


def _is_free(ours: str, theirs: str, found: Alignment) -> bool:
    """Whether two hedges may stand for one another: "wants" for what somebody said they "would" do."""
    said = found.said
    told = ours == "intends" and theirs == "would" and any(item.term in SAYING for item in said.items)
    return told or (ours == "possible" and _depends(found)) or {ours, theirs} == _FREE or said.asks


def _depends(found: Alignment) -> bool:
    """Whether a claim leaves out what its sentence makes it depend on: "may close" for "will close if"."""
    return _IF.isdisjoint(found.claim.lows) and not _IF.isdisjoint(found.said.lows)


def _hedged(seen: Comparison) -> Iterator[Issue]:
    """Hedges added or dropped without another in their place."""
    for found, at, there in seen.firmly:
        ours, theirs = found.claim.cues_on(at, "modal"), found.said.cues_on(there, "modal")
        if not (ours or theirs) or found.said.asks or _is_of_a_noun(found.claim, at):
            continue
        if _follows_a_noun(found.claim, at):
            continue
        if not _is_shared(found, {cue.of for cue in ours}, {cue.of for cue in theirs}):
            yield _modality_issue(seen, found, at, ours, theirs)


def _is_of_a_noun(claim: Passage, at: int) -> bool:
    """Whether a word is "the opening", which is neither planned nor done."""
    return claim.low(at).endswith("ing") and claim.low(at - 1) in {"the", "its", "their"}


def _follows_a_noun(claim: Passage, at: int) -> bool:
    """Whether a verb only tells what something is for: "a permit to move"."""
    return claim.low(at - 1) == "to" and claim.low(at - 3) in ARTICLES and claim.items[at - 2].kind == "word"


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
    if _depends(found):
        added -= {"possible"}
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
    held |= {"must" for item in passage.items if item.low in _URGING}
    return held | {"possible" for item in passage.items if item.low in _PERMITS}


def _modality_issue(seen: Comparison, found: Alignment, at: int, ours: list[Cue], theirs: list[Cue]) -> Issue:
    item = seen.claim.items[ours[0].at if ours else at]
    if not theirs:
        return issue(seen, "modality", item, "the article states this as a fact")
    hedge = next((cue for cue in theirs if cue.of not in _FREE), theirs[0])
    return instead(seen, "modality", item, found.said.written(found.said.items[hedge.at]), _NO_FACT)
