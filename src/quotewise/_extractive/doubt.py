"""The measures by which a question is held to be answered by an article or not, as named numbers.

Coverage first: a question about another article shares few rare words with this one. Then what tells a
question whose words are all there from one that is answered. What a measure is worth is learned, and
stands in the table.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from .._text.words import term
from . import clues
from .match import Sentence, Weights
from .question import Question
from .spans import Page, Spot

_NEGATING = "not never no without except least nor unlike none neither cannot n't"
_NEGATIONS = frozenset(_NEGATING.split())
_OPPOSING = """
first last|begin end|start finish|north south|east west|northern southern|eastern western|increase decrease
rise fall|more less|more fewer|most least|highest lowest|best worst|large small|big small|before after
win lose|victory defeat|male female|man woman|old new|early late|upper lower|major minor|rich poor
strong weak|high low|long short|accept reject|allow prevent|allow prohibit|support oppose|public private
import export|good bad|majority minority|arrive leave|inside outside|include exclude|create destroy
positive negative|maximum minimum|true false|open close|buy sell|attack defend|gain lose|fast slow|easy hard
easy difficult|simple complex|above below|enter leave|love hate|friend enemy|alive dead|black white
left right|young old|common rare|legal illegal|able unable|possible impossible|known unknown|like unlike
always never|internal external|active passive|same different|appear disappear|join leave
"""
_COUNTS = ("when", "many", "much")
_STATED = 0.9
"""The covered share from which a sentence states what a yes-or-no question asks; by hand."""
_LONG = 80
"""Sentences of the longest articles that the doubts were fitted on; a longer one counts as this long."""
_KINDS = ("who", "when", "where", "many", "much", "why", "how", "noun", "be", "do", "yes", "other")


def beside_the_point(question: Question, measured: Mapping[str, float]) -> bool:
    """Whether a question turns on one noun that is nowhere in the article: "the population of Kelmouth".

    Such a question is refused though half of its words are there; that refuses fewer than one in a hundred
    of the questions that are answered.
    """
    return len(question.terms) <= 2 and measured["head_nowhere"] > 0


def short_of_the_answer(question: Question, measured: Mapping[str, float]) -> bool:
    """Whether the sentence is about what is asked and cannot be all of the answer.

    It lacks the noun that "what is the ..." asks for; it gives no date or number where the question asks
    when or how many; or it does not state all of what a yes-or-no question asks.
    """
    if measured["head_nowhere_be"]:
        return True
    if question.kind == "yes":
        return measured["cover"] < _STATED
    return question.kind in _COUNTS and not measured["typed"]


def _opposites() -> frozenset[tuple[str, str]]:
    pairs = (row.split() for row in _OPPOSING.strip().replace("\n", "|").split("|"))
    both = ((term(one), term(other)) for one, other in pairs)
    return frozenset(pair for one, other in both for pair in ((one, other), (other, one)))


_OPPOSITES = _opposites()


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
        **kinds,
        "terms": float(len(question.terms)),
        "size": math.log(min(_LONG, len(page.sentences))),
        "length": math.log(1 + len(sentence)),
    }


def _coverage(
    page: Page,
    question: Question,
    weights: Weights,
    sentence: Sentence,
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


def _names(page: Page, question: Question, sentence: Sentence, around: Collection[str]) -> dict[str, float]:
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
        "opposite": float(_opposed(question, sentence)),
        "head_nowhere": float(lost),
        "head_nowhere_be": float(lost and question.kind == "be"),
        "score": spot.score,
        "mass": spot.mass,
        "clear": spot.mass - max((s.mass for s in spots[1:]), default=spot.mass - 5.0),
        "pairs": clues.pairs(question, sentence),
        "typed": float(clues.holds(question.expected, sentence, match)),
        "negated": float(_negates(question.text) != _negates(sentence.text)),
        "asks_not": float(_negates(question.text)),
        "verb": float(bool(match.next)),
        "last": float(bool(match.last)),
        "head": float(bool(match.head)),
        "near": match.pull_left[spot.start] + match.pull_right[spot.end],
        "rank": float(spots[0].near.rank),
    }


def _opposed(question: Question, sentence: Sentence) -> bool:
    """Whether the sentence says the opposite of a word of the question, and not the word."""
    asked, said = {word.term for word in question.words}, set(sentence.terms)
    return any(one in asked and one not in said and other in said for one, other in _OPPOSITES)


def _negates(text: str) -> bool:
    lower = text.lower()
    return "n't" in lower or "n’t" in lower or not _NEGATIONS.isdisjoint(lower.split())
