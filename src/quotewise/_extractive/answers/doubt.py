"""The measures by which a question is held to be answered by an article or not, as named numbers.

Coverage first: a question about another article shares few rare words with this one. Then what tells a
question whose words are all there from one that is answered. What a measure is worth is learned, and
stands in the table.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

from ..._language.meanings import lexicon
from ..._language.wordlists import listed
from ..questions.match import Tagged, Weights
from ..questions.question import Question
from ..words.common import closeness, code
from . import clues
from .plain import lived
from .spans import Page, Spot

_NEGATIONS = listed("not never no without except least nor unlike none neither cannot n't")
_NOT = listed("not never cannot")
"""Words right before a deed that deny it."""
_SORTS = {"name": "K", "number": "#YM", "verb": "vg", "describing": "jy", "noun": "os"}
_PREFIXES = ("un", "in", "im", "ir", "dis", "non", "mis")
_COUNTS = ("when", "many", "much")
_STATED = 0.9
"""The covered share from which a sentence states what a yes-or-no question asks; by hand."""
_UNSAID = 0.75
"""A word this far from all words of an article has no like there: 0 is the word itself, 1 a stranger."""
_ASKS_POST = re.compile(r"\s*who\s+(?:is|was|are|were)\s+(?:the|its|their|his|her)\s", re.IGNORECASE)
_OF_A_NAME = re.compile("WA?D?[jos]+PD?K+")
"""The classes of the words of "what is the population of Port Kelmouth"."""
_LONG = 80
"""Sentences of the longest articles that the doubts were fitted on; a longer one counts as this long."""
_ABOUT, _SURE = 0.62, 0.17
_HARDLY, _DOUBTFUL = 0.2, 1.1
"""What an answer must have to be a whole one, and to be given without a word of doubt.

Fitted on answered questions of the development half and on the same put to other paragraphs of their article:
of what is answered so, under the first are 3% and 40%, under the second 10% and 66%.
"""
_LEAST_CHANCE = 1e-4
_KINDS = ("who", "when", "where", "many", "much", "why", "how", "noun", "be", "do", "yes", "other")


def beside_the_point(question: Question, measured: Mapping[str, float]) -> bool:
    """Whether a short question turns on a word or a name that the article lacks, or on a missing measure.

    "When was the pier built?" of a text that says nothing like "built", "How deep is the lake?" where no
    length is given. Of the development half's answerable questions about one in a hundred is refused so.
    """
    if question.units and not measured["typed"]:
        return True
    if measured["lived"]:
        return False
    unsaid = max(measured["next_unsaid"], measured["last_unsaid"], measured["head_unsaid"])
    if len(question.terms) <= 2:
        return unsaid > _UNSAID or measured["names_nowhere"] > 0
    if question.kind == "be" and _OF_A_NAME.fullmatch(question.classes):
        return measured["head_unsaid"] > _UNSAID
    named = measured["names"] > measured["names_nowhere"] and question.kind in ("who", "when", "many")
    return len(question.terms) == 3 and named and unsaid > _UNSAID


def short_of_the_answer(question: Question, measured: Mapping[str, float]) -> bool:
    """Whether the sentence is about what is asked and cannot be all of the answer.

    It gives no date or number where the question asks when or how many; or it does not state all of what a
    yes-or-no question asks.
    """
    if question.kind == "yes":
        return measured["cover"] < _STATED
    return question.kind in _COUNTS and not measured["typed"]


def turns_on_nothing_said(question: Question, measured: Mapping[str, float]) -> bool:
    """Whether it is asked who has a post, and no word of the article is like the post's."""
    post = question.kind == "who" and _ASKS_POST.match(question.text) is not None
    return post and measured["next_unsaid"] > _UNSAID and not measured["next_there"]


def is_doubtful(about: float, sure: float) -> bool:
    """Whether a question that is about the article may well not be answered by it.

    >>> is_doubtful(0.99, 0.6), is_doubtful(0.7, 0.4)
    (False, True)
    """
    return _odds(about, sure) < _DOUBTFUL


def is_hardly_said(about: float, sure: float) -> bool:
    """Whether what was found is no whole answer: of such, more than half are none at all."""
    return _odds(about, sure) < _HARDLY


def _odds(about: float, sure: float) -> float:
    """Log odds that an article answers, by how likely the question is about it and how sure the words are."""
    return _ABOUT * _log_odds(about) + _SURE * _log_odds(sure)


def _log_odds(chance: float) -> float:
    low = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(low / (1 - low))


def measures(page: Page, question: Question, weights: Weights, spots: Sequence[Spot]) -> dict[str, float]:
    """A number for each measure; `spots` are the best spans of the nearest sentences, best first."""
    spot = spots[0]
    sentence = page.sentences[spot.near.at]
    around = sentence.held | page.around(spot.near.at)
    kinds = {f"is_{kind}": float(question.kind == kind) for kind in _KINDS}
    return {
        **_coverage(page, question, weights, sentence, around, spot.near.match.reached),
        **_names(page, question, sentence, around),
        **_fit(page, question, weights, spots),
        **_by_class(page, question, weights, spot, around),
        **_nearness(question, weights, spots),
        **_unsaid(page, question, weights),
        **kinds,
        "terms": float(len(question.terms)),
        "size": math.log(min(_LONG, len(page.sentences))),
        "length": math.log(1 + len(sentence)),
    }


def _coverage(
    page: Page,
    question: Question,
    weights: Weights,
    sentence: Tagged,
    around: Collection[str],
    reached: Collection[str],
) -> dict[str, float]:
    away = [t for t in question.terms if t not in sentence.held]
    far = [t for t in away if t not in around]
    nowhere = [t for t in far if not page.frequency[t] and t not in reached]
    return {
        "cover": weights.share(sentence.held),
        "cover_around": weights.share(around),
        "cover_page": weights.share(t for t in question.terms if page.frequency[t]),
        "rarest_away": max((weights.of[t] for t in away), default=0.0),
        "rarest_far": max((weights.of[t] for t in far), default=0.0),
        "rarest_nowhere": max((weights.of[t] for t in nowhere), default=0.0),
        "away": float(len(away)),
        "far": float(len(far)),
        "nowhere": float(len(nowhere)),
        "share_nowhere": len(nowhere) / max(1, len(question.terms)),
        "share_away": len(away) / max(1, len(question.terms)),
        "matched": weights.total * weights.share(sentence.held),
    }


def _by_class(
    page: Page, question: Question, weights: Weights, spot: Spot, around: Collection[str]
) -> dict[str, float]:
    """Of each sort of word, the share of the question's weight that is not in the sentence, and not near."""
    found: dict[str, float] = {}
    for name, sorts in _SORTS.items():
        terms = {question.words[i].term for i in question.wanted if question.classes[i] in sorts}
        away = [t for t in terms if t not in spot.near.match.reached]
        found[f"{name}_asked"] = float(len(terms))
        found[f"{name}_away"] = math.fsum(weights.of[t] for t in away)
        found[f"{name}_strange"] = math.fsum(weights.of[t] * (1 - spot.near.match.close[t]) for t in away)
        found[f"{name}_afar"] = math.fsum(weights.of[t] for t in away if t not in around)
        found[f"{name}_unsaid"] = math.fsum(weights.of[t] for t in away if not page.frequency[t])
    return found


def _unsaid(page: Page, question: Question, weights: Weights) -> dict[str, float]:
    """How far the whole article is from the words that the question turns on, and from its strangest word."""
    far = {t: 1 - page.closeness(t) for t in question.terms if t not in question.implied}
    asked = {"next": question.next_term, "last": question.last_term, "head": question.head}
    found = {f"{name}_unsaid": far.get(term, 0.0) for name, term in asked.items()}
    most = max((weights.of[t] * distance for t, distance in far.items()), default=0.0)
    return {**found, "most_unsaid": most, "share_unsaid": most / weights.total}


def _nearness(question: Question, weights: Weights, spots: Sequence[Spot]) -> dict[str, float]:
    match = spots[0].near.match
    others = [math.exp(spot.weight - spots[0].weight) for spot in spots]
    strange = [weights.of[t] * (1 - near) for t, near in match.close.items()]
    return {
        "close": 1 - sum(strange) / weights.total,
        "strangest": max(strange, default=0.0),
        "strangest_share": max(strange, default=0.0) / weights.total,
        "next_close": match.close.get(question.next_term, 0.5),
        "last_close": match.close.get(question.last_term, 0.5),
        "head_close": match.close.get(question.head, 0.5),
        "certain": 1 / sum(others),
        "weight": spots[0].weight,
        "single": math.exp(spots[0].score - spots[0].mass),
        "here": weights.share_here(match.reached),
    }


def _names(page: Page, question: Question, sentence: Tagged, around: Collection[str]) -> dict[str, float]:
    names = [question.words[i].term for i in question.wanted if question.classes[i] == "K"]
    numbers = [question.words[i].term for i in question.wanted if question.classes[i] in "#YM"]
    return {
        "names": float(len(names)),
        "names_away": float(sum(t not in sentence.held for t in names)),
        "names_far": float(sum(t not in around for t in names)),
        "names_nowhere": float(sum(not page.frequency[t] for t in names)),
        "numbers_away": float(sum(t not in sentence.held for t in numbers)),
        "numbers_nowhere": float(sum(not page.frequency[t] for t in numbers)),
    }


def _fit(page: Page, question: Question, weights: Weights, spots: Sequence[Spot]) -> dict[str, float]:
    spot = spots[0]
    sentence, match = page.sentences[spot.near.at], spot.near.match
    lost = bool(question.head) and question.head not in page.frequency and question.head not in match.reached
    return {
        "reached": weights.share(match.reached),
        "rarest_unreached": max((w for t, w in weights.of.items() if t not in match.reached), default=0.0),
        "unreached": float(len(weights.of) - len(match.reached)),
        "opposite": _opposed(question, sentence),
        "head_nowhere": float(lost),
        "score": spot.score,
        "mass": spot.mass,
        "clear": spot.mass - max((s.mass for s in spots[1:]), default=spot.mass - 5.0),
        "pairs": clues.pairs(question, sentence),
        "runs": clues.shared_runs(question, sentence)[0],
        "triples": clues.shared_runs(question, sentence)[1],
        "span_close": clues.head_closeness(question, sentence, spot.start, spot.end),
        "span_size": float(spot.end - spot.start),
        "typed": float(clues.holds(question, sentence, match)),
        "negated": float(_negates(question.text) != _negates(sentence.text)),
        "asks_not": float(_negates(question.text)),
        "lived": float(lived(question, sentence) is not None),
        "verb": float(bool(match.next)),
        "last": float(bool(match.last)),
        "head": float(bool(match.head)),
        "near": match.pull_left[spot.start] + match.pull_right[spot.end],
        "rank": float(spots[0].near.rank),
    }


def _opposed(question: Question, sentence: Tagged) -> float:
    """How near the sentence comes to the opposite of a word of the question that it lacks: 1 says it."""
    away = {word.term for word in question.words} - set(sentence.terms)
    return max((_against(term, sentence) for term in away), default=0.0)


def _against(term: str, sentence: Tagged) -> float:
    """1 where the sentence has the term with or without a negating prefix, else by the lexicon's antonyms."""
    for prefix in _PREFIXES:
        if prefix + term in sentence.held or (
            term.startswith(prefix) and term[len(prefix) :] in sentence.held
        ):
            return 1.0
    return max((closeness(code(other), sentence.codes) for other in lexicon().opposites(term)), default=0.0)


def denies_it(question: Question, sentence: Tagged) -> bool:
    """Whether a sentence has that what is asked about is not so: when and where it was, it does not answer.

    >>> from quotewise._extractive.questions.question import read
    >>> said = ("The worktop won't arrive on 17 March.", "It has not rained since it arrived on 3 May.")
    >>> [denies_it(read("When does the worktop arrive?"), Tagged(text)) for text in said]
    [True, False]
    """
    if question.kind == "yes" or _negates(question.text):
        return False
    return any(
        (low in _NOT or low.endswith(("n't", "n’t"))) and sentence.terms[i + 1] in question.terms
        for i, low in enumerate(sentence.lower[:-1])
    )


def _negates(text: str) -> bool:
    lower = text.lower()
    return "n't" in lower or "n’t" in lower or not _NEGATIONS.isdisjoint(lower.split())
