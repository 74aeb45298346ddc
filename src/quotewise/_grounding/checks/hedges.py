"""Is a claim surer than the article, or less sure: "may" made "will", "will" made "may"?

Hedges, compared where the claim and the sentence are aligned. The words stand in `lexicon`; what is told as
done in a claim's own words is for `fulfilled`, denials are for `polarity`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.lexicon import ARTICLES, BEING, DEPENDING, DOUBTFUL_SAYING, MODALS, SAYING
from ..._language.passage import Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._values import Issue
from ..align import Alignment
from ..compare import Comparison, instead

_LESS_SURE, _SURER = 'the article is less sure: it says "{}"', 'the article is surer: it says "{}"'
_RESTATED, _VERBATIM = 0.6, 0.8
"""Closeness from which a claim restates its sentence, and from which it is that sentence but for a few words.

On free paraphrase hedges come and go without a fault: below these 28% of the texts flagged were unsupported
(of all texts 43%)."""
_MOVED = 0.8
"""The share of its words that a claim has from a sentence whose parts it moved."""
_WORD_FOR_WORD = 0.95
"""Closeness from which a hedge that a claim has nothing in the place of counts as dropped."""
_DOUBTING, _NEAR = listed("may might could"), 3
"""The hedges for which that is asked, and how many items after one its verb stands."""
_TELLING = BEING | listed("has have had")
_SURENESS = {"possible": 0, "would": 1, "intends": 1, "seeming": 1, "must": 2, "will": 3, "certain": 4}
_SETTLED = listed_terms("confirm verify prove establish demonstrate")
"""Verbs by which something is settled that was only thought before."""
_FREE = listed("will would")
"""A claim may add or drop these: the tense of a report is its writer's."""
_DUTY = listed("must shall")
"""A contract's words for one thing."""
_GIVING = listed("offer offers offered")
_PERMITS = listed("can can't cannot allowed permitted entitled")


def check_modality(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim is surer than its sentence, or less sure and otherwise that sentence."""
    for _, item, found, other in seen.replaced:
        if item.term in _SETTLED and other.term in DOUBTFUL_SAYING and not found.said.asks:
            yield instead(seen, "modality", item, found.said.written(other), _LESS_SURE)
            return
        ours, theirs = _hedge_of(seen.claim, item), _hedge_of(found.said, other)
        if theirs in {"seeming", "possible"} and theirs in _held(seen.claim):
            continue
        if {item.low, other.low} == _DUTY:
            continue
        if "unlikely" in found.said.lows - seen.claim.lows and seen.claim.denies:
            continue  # "may not be" for "unlikely that it will be"
        if ours and theirs and not _is_free(ours, theirs, found) and _is_surer(found, ours, theirs):
            why = _SURER if _SURENESS[ours] < _SURENESS[theirs] else _LESS_SURE
            yield instead(seen, "modality", item, found.said.written(other), why)
            return
    yield from _dropped(seen)


def _dropped(seen: Comparison) -> Iterator[Issue]:
    """ "The repair takes five months" where a sentence that has all the rest says that it may take them."""
    if any(cue.kind == "modal" or cue.denies for cue in seen.claim.cues) or "can" in seen.claim.lows:
        return
    for found in seen.alignments:
        for cue in found.said.cues if found.closeness >= _WORD_FOR_WORD and not found.said.asks else ():
            hedge, verb = found.said.items[cue.at], cue.targets[0] if cue.targets else 0
            at = found.back.get(verb)
            if hedge.low not in _DOUBTING or verb - cue.at > _NEAR or at is None or not found.same(at):
                continue
            if _is_told(seen.claim, at, found.said.low(verb)) and not _is_settled(
                seen, found.said.items[verb]
            ):
                yield instead(seen, "modality", seen.claim.items[at], found.said.written(hedge), _LESS_SURE)
                return


def _is_settled(seen: Comparison, deed: Item) -> bool:
    """Whether some sentence of the article has a deed without a hedge: "On Tuesday it was signed"."""
    return any(
        item.term == deed.term and not any(cue.kind == "modal" and at in cue.targets for cue in passage.cues)
        for passage in seen.evidence.homes_of(deed.term)
        for at, item in enumerate(passage.items)
    )


def _is_told(claim: Passage, at: int, bare: str) -> bool:
    """Whether a verb that a sentence has bare after a hedge is told as so: "takes", "was shown"."""
    low = claim.low(at)
    ends = any(low.endswith(end) and not bare.endswith(end) for end in ("s", "ed"))
    return claim.low(at - 1) in _TELLING or (ends and claim.low(at - 1) != "to")


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
    return DEPENDING.isdisjoint(found.claim.lows) and not DEPENDING.isdisjoint(found.said.lows)


def _held(passage: Passage) -> set[str]:
    """The hedges anywhere in a passage; "can" and "is allowed to" permit as "may" does."""
    held = {MODALS[item.low] for item in passage.items if item.low in MODALS}
    return held | {"possible" for item in passage.items if item.low in _PERMITS}
