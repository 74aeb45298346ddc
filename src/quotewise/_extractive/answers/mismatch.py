"""How the sentence that was chosen departs from what is asked, as named numbers.

Another name or date stands in it, a "not", a word of another meaning than the one asked for; or the answer is
far from the words it belongs to.
These stand beside the measures of `doubt`, which look at coverage first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..._language.meanings import senses, together
from ..._language.wordlists import in_order, listed
from ..questions.match import Tagged, Weights
from ..questions.question import Question
from .look import Look, Measures, Told
from .spans import Page, Spot

_NUMBERS = "#YM"
_GROUPS = {
    "not": listed("not never no without except didn't n't cannot doesn't wasn't"),
    "most": listed("most least first last only largest smallest highest lowest best worst"),
    "than": listed("more less before after until since during between"),
    "may": listed("would could may might will can should"),
    "was": listed("did was were had"),
    "is": listed("does do is are has have"),
}
_SYNONYM, _ABOVE, _BELOW = 0.8, 0.6, 0.5
"""How near a word comes by WordNet: another word for it, a kind of which it is one, or one of its kinds."""
_FAR_APART = 4.0
"""The logarithm of the words a window takes where the sentence has none of the question's."""
_ALONE = 5.0
"""How far the sentence is ahead where there is no other."""
_UNKNOWN = 0.5
_TOLD = in_order("""
fills fills_asking fills_ending close clause farthest rarest_away left_distance right_distance left_worth
right_worth left_none right_none like_last like_any like_before like_after sort_any head_in head_before
head_after known typed size agreed share_K all_names cuts_name cuts_noun before_0 before_1 after_0 after_1
strange rarity half_bracket stops_inside
""")
"""The measures of the answer's words that bear on whether they answer."""


def mismatches(
    page: Page, question: Question, weights: Weights, spots: Sequence[Spot], look: Look, told: Told
) -> Measures:
    """The measures of the first of the spots' sentences; `told` is the answer's words in it."""
    sentence = page.sentences[spots[0].near.at]
    return {
        "share": told.share,
        "unsure": told.unsure,
        "whole": look.laid.whole,
        **{f"told_{name}": told.measures.get(name, 0.0) for name in _TOLD},
        **_meant(question, weights, spots[0], sentence),
        **_window(weights, sentence),
        **_replaced(page, question, weights, spots[0], sentence, told),
        **_unreached(question, weights, spots[0]),
        **_small_words(question, sentence),
        **_elsewhere(page, question, weights, spots),
    }


def _meant(question: Question, weights: Weights, spot: Spot, sentence: Tagged) -> Measures:
    """What WordNet makes of the words asked for that the sentence lacks: synonyms there, kinds, opposites."""
    held, close = together(sentence.held), spot.near.match.close
    found = dict.fromkeys(("synonyms", "kinds_of", "kinds", "opposites", "soft", "strangest_soft"), 0.0)
    for term in question.terms:
        share = weights.of[term] / weights.total
        if term in spot.near.match.reached:
            found["soft"] += share
            continue
        asked = senses().of(term)
        synonym = not asked.own.isdisjoint(held.own)
        above, below = not asked.own.isdisjoint(held.above), not asked.above.isdisjoint(held.own)
        near = max(close[term], _SYNONYM * synonym, _ABOVE * above, _BELOW * below)
        found["synonyms"] += share * synonym
        found["kinds_of"] += share * above
        found["kinds"] += share * below
        found["opposites"] += not (
            asked.own.isdisjoint(held.opposite) and asked.opposite.isdisjoint(held.own)
        )
        found["soft"] += share * near
        found["strangest_soft"] = max(found["strangest_soft"], weights.of[term] * (1 - near))
    return found


def _window(weights: Weights, sentence: Tagged) -> Measures:
    """The fewest words in a row that hold all the words asked for that the sentence has."""
    at = [i for i, term in enumerate(sentence.terms) if term in weights.of]
    terms = {sentence.terms[i] for i in at}
    if not at:
        return {"window": _FAR_APART, "dense": 0.0}
    fewest = _fewest(sentence.terms, at, len(terms))
    return {"window": math.log(fewest), "dense": len(terms) / fewest}


def _fewest(terms: Sequence[str], at: Sequence[int], wanted: int) -> int:
    """The length of the shortest run of words that holds `wanted` different ones of those at some places.

    >>> _fewest(["a", "-", "a", "b", "-", "b"], [0, 2, 3, 5], 2)
    2
    """
    last: dict[str, int] = {}
    fewest = len(terms)
    for i in at:
        last.pop(terms[i], None)
        last[terms[i]] = i
        if len(last) == wanted:
            fewest = min(fewest, i - next(iter(last.values())) + 1)
    return fewest


def _replaced(
    page: Page, question: Question, weights: Weights, spot: Spot, sentence: Tagged, told: Told
) -> Measures:
    """Names and numbers asked for that are not there, where the sentence has others that nothing asks for."""
    matched = spot.near.match.at
    free = [
        kind for i, kind in enumerate(sentence.classes) if not matched[i] and not told.start <= i < told.end
    ]
    found: Measures = {}
    for name, sort in (("name", "K"), ("number", _NUMBERS)):
        asked = [question.words[i].term for i in question.wanted if question.classes[i] in sort]
        away = [term for term in asked if term not in spot.near.match.reached]
        others = sum(kind in sort for kind in free)
        found |= {
            f"{name}_swapped": float(bool(away) and others > 0),
            f"{name}_missing": float(len(away)),
            f"{name}_worth": math.fsum(weights.of[term] for term in away) / weights.total,
            f"{name}_elsewhere": float(sum(page.frequency[term] > 0 for term in away)),
            f"{name}_others": float(min(3, others)),
        }
    return found


def _unreached(question: Question, weights: Weights, spot: Spot) -> Measures:
    """The weightiest words asked for that the sentence lacks, and those of the question's main places."""
    match = spot.near.match
    lacking = [weights.of[t] * (1 - match.close[t]) for t in question.terms if t not in match.reached]
    first, second, third, *_ = [*sorted(lacking, reverse=True), 0.0, 0.0, 0.0]
    found = {"lacks_1": first, "lacks_2": second, "lacks_3": third}
    wanted = [question.words[i].term for i in question.wanted]
    places = {
        "next": question.next_term, "last": question.last_term, "head": question.head,
        "last_but_one": wanted[-2] if len(wanted) > 1 else "",
    }  # fmt: skip
    for name, term in places.items():
        there = term in match.reached
        found[f"{name}_there"] = float(there) if term else _UNKNOWN
        found[f"{name}_lacks"] = weights.of.get(term, 0.0) / weights.total * (not there)
    return found


def _small_words(question: Question, sentence: Tagged) -> Measures:
    """The small words that turn a meaning, in the question, in the sentence, and in the question alone."""
    asked, said = {word.text.lower() for word in question.words}, set(sentence.lower)
    found: Measures = {}
    for name, group in _GROUPS.items():
        found[f"asks_{name}"] = float(not asked.isdisjoint(group))
        found[f"says_{name}"] = float(not said.isdisjoint(group))
        found[f"only_asks_{name}"] = float(len(asked & group - said))
    return found


def _elsewhere(page: Page, question: Question, weights: Weights, spots: Sequence[Spot]) -> Measures:
    """How the other sentences compare: how far behind they are, and what they hold that the first lacks."""
    sentences = [page.sentences[spot.near.at] for spot in spots]
    cover = [weights.share(sentence.held) for sentence in sentences]
    beside = sentences[0].held.union(*(sentence.held for sentence in sentences[1:3]))
    return {
        "ahead": spots[0].weight - spots[1].weight if len(spots) > 1 else _ALONE,
        "second_cover": cover[1] if len(spots) > 1 else 0.0,
        "beside_cover": weights.share(beside) - cover[0],
        "better_cover": max(cover) - cover[0],
        "farthest_term": min((page.closeness(term) for term in question.terms), default=1.0),
        "asked_words": float(len(question.words)),
        "asked_weight": weights.total,
        "asked_rarity": weights.total / max(1, len(question.terms)),
    }
