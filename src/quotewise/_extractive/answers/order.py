"""Which of the nearest sentences comes first: measures of each beside the others, as named numbers.

The spans of a sentence say whether it has words that may answer; these say how much of the question it
holds. What they are worth is learned by a network, which stands in the table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from ..._language.wordlists import listed, listed_terms
from ..learned import Nets
from ..questions.match import Tagged, Weights
from ..questions.question import Question
from . import clues
from .plain import asks_amount
from .spans import Page, Spot

_HEADING = 2.0
"""What a heading loses against a sentence, in log odds; by hand, as the data has none."""
_NO_TIME = 4.0
"""What a sentence loses that gives no time to come, where it is asked when something will be; by hand too."""
_COMING = listed("will shall does do")
_ONLY_EXPECTED = 1.5
"""What a sentence loses that tells what was expected of a profit, where it is asked what it was; by hand."""
_EXPECTING = listed_terms("expect expected forecast forecasts predict predicted")
_TIME_TERMS = listed_terms(
    "day night week weekend month year decade century spring summer autumn winter tomorrow"
)
_GONE = listed("since last ago yesterday")
_PAST = listed("""
    made began became took came gave went found held led won lost left brought built bought met paid ran saw
    sent spent stood wrote grew drew threw flew broke chose rose fell drove rode hit sank struck got
    """)
_SUBJECTS = listed("it he she which that who")
_SAYING = listed("said told announced confirmed added reported stated warned promised")
_AHEAD = listed("""
    will would shall may might could can is are be has have to until till next due expected planned
    scheduled set tomorrow from
    """)
"""Words of which a sentence that tells of what is to come mostly has one."""
_FAR_DOWN = 12
"""Sentences after which a place in the article makes no more difference; the fit saw short texts."""

_ALIKE = 0.16
"""From here on two words mean nearly the same; below, they are words of one subject."""


def bearings(
    page: Page, question: Question, weights: Weights, spots: Sequence[Spot]
) -> list[dict[str, float]]:
    """For each of the best spans, what bears on its sentence being the one that answers."""
    best = max(spot.score for spot in spots)
    all_mass = best + math.log(sum(math.exp(spot.mass - best) for spot in spots))
    found = [
        {
            "mass": spot.mass - all_mass,
            "mass_alone": spot.mass,
            "score": spot.score - best,
            **_covered(page, question, weights, spot),
            **_by_class(question, weights, spot),
        }
        for spot in spots
    ]
    for name in ("close", "runs"):
        most = max(one[name] for one in found)
        for one in found:
            one[f"{name}_behind"] = one[name] - most
    return found


def _covered(page: Page, question: Question, weights: Weights, spot: Spot) -> dict[str, float]:
    """How much of the question the sentence holds: words, meaning, phrases; and its neighbours."""
    at = spot.near.at
    sentence, match = page.sentences[at], spot.near.match
    held, around = sentence.held, page.around(at)
    before = frozenset[str]().union(*(s.held for s in page.sentences[max(0, at - 2) : at]))
    cover = weights.share(held)
    pairs, triples = clues.shared_runs(question, sentence)
    return {
        "cover": cover,
        "around": weights.share(held | around) - cover,
        "before": weights.share(before - held),
        "before_pronoun": weights.share(before - held) * _points_back(sentence),
        "here": weights.share_here(match.reached),
        "only_here": weights.share(t for t in held if page.frequency[t] == 1),
        "close": sum(weights.of[t] * near for t, near in match.close.items()) / weights.total,
        "alike": sum(weights.of[t] for t, near in match.close.items() if near > _ALIKE) / weights.total,
        "rarest": max((w for t, w in weights.of.items() if t not in match.reached), default=0.0),
        "runs": pairs,
        "triples": triples,
        "untyped": float(not clues.holds(question, sentence, match)),
        "head_close": match.close.get(question.head, 0.0),
        "span_close": clues.head_closeness(question, sentence, spot.start, spot.end),
        "place": math.log(1 + min(_FAR_DOWN, at)),
        "opening": float(at == 0),
    }


def _by_class(question: Question, weights: Weights, spot: Spot) -> dict[str, float]:
    """The names and adjectives that the sentence holds or comes near to, and the nouns that it lacks."""
    found = dict.fromkeys(("names", "names_close", "adjectives", "adjectives_close", "nouns_away"), 0.0)
    for i in question.wanted:
        term, sort = question.words[i].term, question.classes[i]
        reached, worth = term in spot.near.match.reached, weights.of[term] / weights.total
        if sort in "Kjy":
            name = "names" if sort == "K" else "adjectives"
            found[name if reached else f"{name}_close"] += worth * spot.near.match.close[term]
        elif sort in "os":
            found["nouns_away"] += not reached
    return found


def _points_back(sentence: Tagged) -> bool:
    return sentence.classes[:1] == "R" or sentence.lower[:1] in (["this"], ["these"], ["that"], ["such"])


def ordered(
    page: Page, question: Question, weights: Weights, spots: Sequence[Spot], nets: Nets
) -> list[Spot]:
    """The spots, the one whose sentence most likely answers first; a heading after the sentences near it."""
    scores = nets.scores(bearings(page, question, weights, spots)) if spots else []
    found = [spot._replace(weight=score) for spot, score in zip(spots, scores, strict=True)]

    def behind(spot: Spot) -> float:
        sentence = page.sentences[spot.near.at]
        gone = _NO_TIME * tells_no_time_to_come(question, sentence, spot.start, spot.end)
        gone += _ONLY_EXPECTED * _is_only_expected(question, sentence)
        return _HEADING * sentence.is_heading + gone - spot.weight

    return sorted(found, key=behind)


def tells_no_time_to_come(question: Question, sentence: Tagged, start: int, end: int) -> bool:
    """Whether it is asked when something is to be, and the words `start:end` are no time, or a time gone by.

    >>> from quotewise._extractive.questions.question import read
    >>> said = Tagged("Of 9 closed since 2020, it shuts on 9 June.")
    >>> asked = read("When will the pool close?")
    >>> [tells_no_time_to_come(asked, said, *words) for words in ((1, 2), (4, 5), (8, 10))]
    [True, True, False]
    """
    helping = question.words[question.after : question.after + 1]
    if question.expected != "date" or not helping or helping[0].text.lower() not in _COMING:
        return False
    if not _GONE.isdisjoint(sentence.lower[max(0, start - 1) : end + 1]) or _is_past(question, sentence):
        return True
    dated = any(start < value.stop and value.first < end for value in sentence.times)
    return not dated and _TIME_TERMS.isdisjoint(sentence.terms[start:end])


def _is_past(question: Question, sentence: Tagged) -> bool:
    """Whether a sentence tells only of what has been: verbs of the past, and no word of what is to come.

    >>> from quotewise._extractive.questions.question import read
    >>> said = ("The tram ran late on Monday.", "Cut in 2020, the tram runs on Monday.", "It is to run.")
    >>> [_is_past(read("When will the tram run?"), Tagged(text)) for text in said]
    [True, False, False]
    """
    if not _AHEAD.isdisjoint(sentence.lower) or any(
        "'ll" in word or "’ll" in word for word in sentence.lower
    ):
        return False
    named = zip(sentence.lower, sentence.terms, strict=True)
    if any(word.endswith("s") and term in question.terms for word, term in named if word != term):
        return False
    if any(one in _SUBJECTS and verb.endswith("s") for one, verb in pairwise(sentence.lower)):
        return False
    told = zip(sentence.lower, sentence.classes, strict=True)
    ends = {word for word, kind in told if kind == "v" and word.endswith("ed")}
    return bool((ends | set(sentence.lower) & _PAST) - _SAYING)


def _is_only_expected(question: Question, sentence: Tagged) -> bool:
    """Whether it is asked how much something is or was, and the sentence tells what was expected.

    >>> from quotewise._extractive.questions.question import read
    >>> said = Tagged("Analysts had expected a profit of $380 million.")
    >>> [_is_only_expected(read(f"What {of}?"), said) for of in ("was the profit", "was the expected profit")]
    [True, False]
    """
    told = not _EXPECTING.isdisjoint(sentence.held)
    return told and asks_amount(question) and _EXPECTING.isdisjoint(question.terms)
