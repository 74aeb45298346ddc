"""How much each sentence has to do with what a reader asked about: a question, a topic, a name.

A subject is talked about in a stretch, and most of its sentences do not name it, so a sentence is scored
by its own words, by those around it, and by the words of the stretches nearest to the question. Whether a
question is answered is for `answer`, not here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest

from ..._text.rank import Bm25, rarity
from ..._text.words import terms
from ..words.common import idf
from ..words.sentence import Sentence
from ..words.speakers import talkers

_ASKING = frozenset(
    terms(
        "summarize summarise summary describe explain tell discuss discussion discussed talk talked mention"
        " say think opinion view article text story plot meeting whole content group happen happened overview"
        " give throughout information regarding"
    )
)
_WIDE = 15.0
"""Over how many sentences the weight of a word that was asked for falls off, to tell stretches of a text."""
_NEAR = 2.0
"""The same for the sentences right around one; fewer in a short text."""
_SHARP = 8
"""How steeply a stretch's worth falls off from the best one in a transcript, where subjects take turns."""
_LEAST = 0.02
"""The share of the best stretch's worth below which a stretch has nothing to do with what was asked."""
_NEAREST = 60
"""Sentences whose words stand for the subject beside those of the question (Lavrenko and Croft, 2001)."""
_LEARNT = 20
"""How many words are learnt from those sentences."""
_SHARE = 0.5
"""What the words learnt in that way count beside the question's own."""
_SHORT = 80
"""Up to this many sentences, only those that name the subject count."""


def _wanted(focus: str | None) -> list[str]:
    return [term for term in dict.fromkeys(terms(focus or "")) if term not in _ASKING]


def is_nowhere(focus: str | None, texts: Iterable[str]) -> bool:
    """Whether a focus names something, and no word of it stands in any of the texts.

    >>> texts = ["Rain fell.", "The cat slept on the mat."]
    >>> [is_nowhere(focus, texts) for focus in ("zebras", "the cats", "Summarize the meeting.", None)]
    [True, False, False, False]
    """
    wanted = frozenset(_wanted(focus))
    return bool(wanted) and all(wanted.isdisjoint(terms(text)) for text in texts)


def relevance(sentences: Sequence[Sentence], focus: str | None) -> list[float] | None:
    """From 0 to 1 for each sentence; None where the focus names nothing that the text holds.

    >>> from quotewise._extractive.words.sentence import sentence
    >>> read = [sentence(t) for t in ("Rain fell.", "The cat slept on the mat.", "Cup final on Sunday.")]
    >>> relevance(read, "the cat"), relevance(read, "Summarize the meeting.")
    ([0.0, 1.0, 0.0], None)
    """
    wanted = _wanted(focus)
    if not wanted:
        return None
    index = Bm25.of_terms([one.terms for one in sentences], only=frozenset(wanted))
    own = [0.0] * len(sentences)
    for term in wanted:
        weight = idf(term)
        own = [score + weight * more for score, more in zip(own, index.scores([term]), strict=True)]
    if not any(own):
        return None
    if len(own) <= _SHORT:
        return _joined(sentences, own, [1.0 if score else 0.0 for score in own], 1)
    alike = _scaled(_in_its_words(sentences, _joined(sentences, own, _stretch(own), _SHARP)))
    both = [score + _SHARE * more for score, more in zip(_scaled(own), alike, strict=True)]
    return _joined(sentences, own, _stretch(both), _SHARP if is_transcript(sentences) else 1)


def _joined(
    sentences: Sequence[Sentence], own: Sequence[float], stretch: Sequence[float], sharp: int
) -> list[float]:
    """The worth of each sentence: by its stretch of the text, by its neighbours, by its own words, and longer
    ones somewhat more."""
    near = _scaled(_spread(own, max(0.25, min(_NEAR, len(own) / 60))))
    return _scaled(
        [
            far**sharp * (0.1 + close + one) * math.log(1 + len(sentence.terms))
            for far, close, one, sentence in zip(stretch, near, _scaled(own), sentences, strict=True)
        ]
    )


def _in_its_words(sentences: Sequence[Sentence], near: Sequence[float]) -> list[float]:
    """How much each sentence holds of the words that the sentences nearest to the question share."""
    nearest = nlargest(_NEAREST, range(len(near)), key=near.__getitem__)
    frequency = dict.fromkeys((term for at in nearest for term in sentences[at].terms), 0)
    for one in sentences:
        for term in one.held & frequency.keys():
            frequency[term] += 1
    told: dict[str, float] = defaultdict(float)
    for at in nearest:
        for term in dict.fromkeys(sentences[at].terms):
            shared = frequency[term] > 1
            told[term] += near[at] * rarity(frequency[term], len(sentences)) if shared else 0.0
    learnt = nlargest(_LEARNT, told, key=told.__getitem__)
    worth = {term: told[term] for term in learnt}
    return [math.fsum(worth.get(term, 0.0) for term in one.held) for one in sentences]


def is_transcript(sentences: Sequence[Sentence]) -> bool:
    """Whether more than half of the paragraphs open with who is speaking; who speaks once only is a label.

    >>> from quotewise._extractive.words.sentence import sentence
    >>> talk = ["Ann: It rains.", "Bob: Again?", "Ann: Again.", "Bob: Oh."]
    >>> labels = ["Aims: To count rain.", "Results: It rained.", "Funding: None."]
    >>> [is_transcript([sentence(text, at) for at, text in enumerate(texts)]) for texts in (talk, labels)]
    [True, False]
    """
    opening = {one.paragraph: one.text for one in reversed(sentences)}
    return talkers(opening.values()).total() * 2 > len(opening)


def _stretch(own: Sequence[float]) -> list[float]:
    """How much the stretch of the text that each sentence stands in has to do with what was asked."""
    wide = _scaled(_spread(own, _WIDE))
    return [value if value >= _LEAST else 0.0 for value in wide]


def _spread(values: Sequence[float], width: float) -> list[float]:
    """Each value with those around it, their weight falling by 1/e every `width` places: two passes."""
    keep = math.exp(-1 / width)
    before = _running(values, keep)
    after = _running(values[::-1], keep)[::-1]
    return [b + a - own for b, a, own in zip(before, after, values, strict=True)]


def _running(values: Sequence[float], keep: float) -> list[float]:
    """Each value with those before it, of which every step keeps a share."""
    total, totals = 0.0, []
    for value in values:
        total = total * keep + value
        totals.append(total)
    return totals


def _scaled(values: Sequence[float]) -> list[float]:
    """The values as shares of the largest."""
    top = max(values, default=0.0) or 1.0
    return [value / top for value in values]
