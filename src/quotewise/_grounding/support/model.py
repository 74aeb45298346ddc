"""From numbers to probabilities: the trained stages in order, for a claim and for a whole text.

Words first (hashed words, then trees over their features), then the text that holds them. How each number
comes about stands in `features` and `hashed`; training stands in `tools/train_support.py`, which shares the
functions of this module so that both sides compute the same thing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple

from ..._values import Span
from .features import FINDINGS, SENTENCE_FEATURES, WORD_FEATURES, Column, Compared, Found
from .hashed import buckets
from .index import Index
from .packed import packed

_OF_A_TEXT = """
    word_1 word_3 word_8 word_20 word_mean word_sum over_15 over_30 over_50 over_70 mean_1 mean_2
    mean_3 mean_mean max_2 max_3 max_mean noisy sentences words source_length source_units
    structured cov_min best_min top_min soft_min cov_mean best_mean top_mean soft_mean absent_share
    absent_max absent_numbers absent_capitals polarity states_bad states_bad_max opposites run_share
    copied numbers_off_top capitals_off_top pairs_min pairs_mean asked triples_mean clock_bad
    like_mean like_most denied_true undenied_false far
    citation modality attribution quantity unit name number date unsupported polarity_issues new
    held_min held_mean swapped closest swap rule_min rule_sum
    claim_1 claim_2 claim_3 claim_mean claims_bad claims_noisy
"""
TEXT_FEATURES = tuple(_OF_A_TEXT.split())

_S = {name: at for at, name in enumerate(SENTENCE_FEATURES)}
_SUMMED = (
    "absent_numbers", "absent_capitals", "states_bad", "opposites", "numbers_off_top", "capitals_off_top",
    "clock_bad", "denied_true", "undenied_false",
)  # fmt: skip
"""Columns of sentences that a text has the sums of."""
_SOURCE = WORD_FEATURES.index("source_length")
_CLIP = 8.0
"""Log-odds beyond which nothing is surer."""
_MOST = 400
"""How often a bucket counts in a sentence, at most."""
_ROOTS = [math.sqrt(n) for n in range(_MOST + 1)]
VERBATIM = 0.01
"""The most that a sentence in the source's own words can be suspected."""
_OWN, _RULE = 2.0, 1.0
"""What a claim's own log-odds and the rule count beside the log-odds of its worst word."""
SHORT, LONG = 40, 60
"""Up to how many words a text counts as one claim, and from how many as a response like RAGTruth's."""


class Support(NamedTuple):
    """How well a text is supported.

    `probability` is of the whole text being supported, `words` holds (start, end, probability that it is
    not) of each word, `sentences` the probability that each sentence given is supported, as a claim.
    """

    probability: float
    words: tuple[tuple[int, int, float], ...] = ()
    sentences: tuple[float, ...] = ()


class Cuts(NamedTuple):
    """Above which probability of being unsupported a text, or a word of it, is called so."""

    text: float
    word: float


def cuts() -> Cuts:
    """The packaged cuts: best F1 on RAGTruth's training part, out of fold."""
    numbers = packed().numbers
    return Cuts(numbers["text_cut"], numbers["word_cut"])


def sigmoid(value: float) -> float:
    """The probability of a log-odds, safe at both ends."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, value))))


def logit(value: float) -> float:
    """The log-odds of a probability, safe at both ends."""
    value = max(1e-6, min(1 - 1e-6, value))
    return math.log(value / (1 - value))


def smoothed(
    logits: Sequence[float], sentence_logits: Sequence[float], spans: Sequence[tuple[int, int]]
) -> Iterator[list[Column]]:
    """For each sentence seven more columns of its words, from the hashed models of words and of sentences.

    The word's own log-odds; their mean with one, three and six words to each side; then, the same for all
    words of the sentence, the highest, the mean, and the log-odds of the sentence itself.
    """
    for (start, end), own in zip(spans, sentence_logits, strict=True):
        values = [max(-_CLIP, min(_CLIP, v)) for v in logits[start:end]]
        sums = list(accumulate(values, initial=0.0))
        around = [_means(sums, wide) for wide in (1, 3, 6)]
        whole = (max(values), sums[-1] / len(values), max(-_CLIP, min(_CLIP, own)))
        yield [values, *around, *((value,) for value in whole)]


def _means(sums: Sequence[float], wide: int) -> list[float]:
    """The mean of each value and of so many to each side, from the sums of all that stand before."""
    last = len(sums) - 1
    starts = [*[0] * wide, *range(last)]
    ends = [*range(wide + 1, last), *[last] * (wide + 1)]
    return [(sums[b] - sums[a]) / (b - a) for a, b in zip(starts, ends[:last], strict=False)]


def text_row(
    rows: Sequence[Sequence[float]],
    found: Sequence[Sequence[float]],
    spans: Sequence[tuple[int, int]],
    source: Sequence[float],
    p: Sequence[float],
    claims: Sequence[float],
) -> list[float]:
    """A whole text as one row of `TEXT_FEATURES`: from its sentences' rows and findings, and from its words.

    `source` is the length, the number of units and whether the source is structured; `p` holds each
    word's probability of being unsupported, `claims` each sentence's log-odds of it.
    """
    row = {
        **_words_in_all(p, spans),
        **dict(zip(("source_length", "source_units", "structured"), source, strict=True)),
        **_sentences_in_all(rows, len(p)),
        **_found_in_all(found, [row[_S["length"]] for row in rows]),
        **_claims_in_all(claims),
    }
    return [row[name] for name in TEXT_FEATURES]


def _words_in_all(p: Sequence[float], spans: Sequence[tuple[int, int]]) -> dict[str, float]:
    """The probabilities of the words over the text: the worst ones, the means and the worst of sentences."""
    ordered = sorted(p, reverse=True)
    means = sorted((sum(p[start:end]) / (end - start) for start, end in spans), reverse=True)
    maxima = sorted((max(p[start:end]) for start, end in spans), reverse=True)
    return {
        **{f"word_{n}": sum(ordered[:n]) / len(ordered[:n]) for n in (1, 3, 8, 20)},
        "word_mean": sum(p) / len(p),
        "word_sum": sum(p),
        **{f"over_{n}": float(sum(v > n / 100 for v in p)) for n in (15, 30, 50, 70)},
        **dict(zip(("mean_1", "mean_2", "mean_3"), (*means, 0.0, 0.0), strict=False)),
        "mean_mean": sum(means) / len(means),
        **dict(zip(("max_2", "max_3"), (*maxima[1:], 0.0, 0.0), strict=False)),
        "max_mean": sum(maxima) / len(maxima),
        "noisy": -sum(math.log(1 - min(v, 0.999)) for v in maxima),
        "sentences": float(len(means)),
        "words": float(len(p)),
    }


def _sentences_in_all(rows: Sequence[Sequence[float]], words: int) -> dict[str, float]:
    """The rows of the sentences over the text: sums, extremes, and means by the sentences' lengths."""
    columns: dict[str, tuple[float, ...]] = dict(zip(SENTENCE_FEATURES, zip(*rows, strict=True), strict=True))
    lengths = columns["length"]

    def weighted(name: str) -> float:
        return sum(v * n for v, n in zip(columns[name], lengths, strict=True)) / sum(lengths)

    return {
        **{f"{name}_min": min(columns[name]) for name in ("cov", "best", "top", "soft", "pairs")},
        **{f"{name}_mean": weighted(name) for name in ("cov", "best", "top", "soft", "pairs", "triples")},
        **{name: weighted(name) for name in ("run_share", "like_mean")},
        **{name: sum(columns[name]) for name in _SUMMED},
        **{name: max(columns[name]) for name in ("polarity", "far")},
        **{name: sum(columns[name]) / len(rows) for name in ("copied", "asked")},
        "absent_share": sum(columns["absent"]) / words,
        "absent_max": max(columns["absent"]),
        "states_bad_max": max(columns["states_bad"]),
        "like_most": max(columns["like_mean"]),
    }


def _found_in_all(found: Sequence[Sequence[float]], lengths: Sequence[float]) -> dict[str, float]:
    """What the checks found of the sentences, over the text."""
    columns: dict[str, tuple[float, ...]] = dict(zip(FINDINGS, zip(*found, strict=True), strict=True))
    held, rule = columns["held"], columns["rule"]
    counted = {name: sum(columns[name]) for name in FINDINGS[: FINDINGS.index("held")]}
    return {
        "polarity_issues": counted.pop("polarity"),
        **counted,
        "held_min": min(held),
        "held_mean": sum(v * n for v, n in zip(held, lengths, strict=True)) / sum(lengths),
        "swapped": sum(columns["swapped"]),
        "closest": max(columns["closest"]),
        "swap": max(columns["swap"]),
        "rule_min": min(rule),
        "rule_sum": sum(rule),
    }


def _claims_in_all(odds: Sequence[float]) -> dict[str, float]:
    """The log-odds of the sentences as claims, over the text."""
    worst = sorted(odds, reverse=True)
    return {
        **dict(zip(("claim_1", "claim_2", "claim_3"), (*worst, -16.0, -16.0), strict=False)),
        "claim_mean": sum(odds) / len(odds),
        "claims_bad": float(sum(v > -1 for v in odds)),
        "claims_noisy": sum(math.log1p(math.exp(min(40.0, v))) for v in odds),
    }


def hashed_logits(found: Sequence[Sequence[int]]) -> list[float]:
    """The log-odds of each word under the hashed linear model of words."""
    weights, (step, base) = packed().hashed_words, packed().numbers["hashed_words"]
    # A byte is a weight plus 128, so that slicing needs no sign.
    return [base + step * (sum(itemgetter(*row)(weights)) - 128 * len(row)) for row in found]


def sentence_logits(found: Sequence[Sequence[int]], spans: Sequence[tuple[int, int]]) -> list[float]:
    """The log-odds of each sentence under the hashed linear model of sentences.

    A sentence is the bag of its words' buckets, each counted as the root of its number, at unit length.
    """
    weights, (step, base) = packed().hashed_sentences, packed().numbers["hashed_sentences"]
    roots, most = _ROOTS, _MOST
    logits = []
    for start, end in spans:
        bag = Counter(chain.from_iterable(found[start:end]))
        total = sum([(weights[b] - 128) * roots[n if n < most else most] for b, n in bag.items()])
        logits.append(base + step * total / math.sqrt(sum(bag.values())))
    return logits


def spans_of(compared: Compared) -> list[tuple[int, int]]:
    """The first word and the word after the last of each sentence."""
    return [(sentence.start, sentence.end) for sentence in compared.sentences]


def word_probabilities(compared: Compared) -> list[float]:
    """For each word the probability that it is not supported, by its sentence alone."""
    found, spans = buckets(compared), spans_of(compared)
    around = smoothed(hashed_logits(found), sentence_logits(found, spans), spans)
    trees = packed().word_trees
    # Sentence by sentence: the trees look up once what all words of a sentence share.
    parts = [
        trees.log_odds_of([*sentence.columns, *more], sentence.end - sentence.start)
        for sentence, more in zip(compared.sentences, around, strict=True)
    ]
    p = [sigmoid(v) for part in parts for v in part]
    return calmed(p, [s.row for s in compared.sentences], spans)


def calmed(
    p: Sequence[float], rows: Sequence[Sequence[float]], spans: Sequence[tuple[int, int]]
) -> list[float]:
    """The probabilities, at most `VERBATIM` in a verbatim sentence: nothing learned can flag a quote."""
    found = list(p)
    for row, (start, end) in zip(rows, spans, strict=True):
        if row[_S["copied"]]:
            found[start:end] = [min(v, VERBATIM) for v in found[start:end]]
    return found


def claim_log_odds(compared: Compared, probabilities: Sequence[float]) -> list[float]:
    """For each sentence the log-odds that it is not supported."""
    rows = [(*s.row, *s.found) for s in compared.sentences]
    plain, strict = packed().claim_trees.log_odds(rows), packed().lie_trees.log_odds(rows)
    return claims_from(plain, strict, probabilities, spans_of(compared), [s.row for s in compared.sentences])


def claims_from(
    plain: Sequence[float],
    strict: Sequence[float],
    p: Sequence[float],
    spans: Sequence[tuple[int, int]],
    rows: Sequence[Sequence[float]],
) -> list[float]:
    """The log-odds of a sentence's worst word, twice its own, and the rule; very low where verbatim.

    Its own are those of the trees that have seen lies (`strict`) as far as the source has its words, for
    there an error is a small edit; else those of the trees that have not. None is best everywhere (the words
    of RAGTruth mislead elsewhere). The weights are round numbers set by hand.
    """
    found = []
    for one, other, (start, end), row in zip(plain, strict, spans, rows, strict=True):
        worst, near = max(p[start:end]), max(0.0, min(1.0, row[_S["cov"]])) ** 2
        odds = logit(worst) + _OWN * (near * other + (1 - near) * one) + _RULE * rule(row)
        found.append(-2 * _CLIP if row[_S["copied"]] else odds)
    return found


def rule(row: Sequence[float]) -> float:
    """What speaks against a sentence, untrained: opposites, a denial, new numbers; less what is alike."""
    return (
        row[_S["opposites"]]
        + max(0.0, row[_S["polarity"]])
        + (row[_S["numbers_off_top"]] > 0)
        - row[_S["triples"]]
        - row[_S["soft"]]
    )


def by_claim(count: int) -> float:
    """The share of its worst claim in the score of a text of so many words: 1 where short, 0 where long."""
    return min(1.0, max(0.0, (LONG - count) / (LONG - SHORT)))


def blended(text: float, claim: float, count: int) -> float:
    """The probability of a text: by its worst claim where it is short, by the text trees where it is long."""
    share = by_claim(count)
    return share * claim + (1 - share) * text


def text_probability(compared: Compared, p: Sequence[float], claims: Sequence[float]) -> float:
    """The probability that a whole text holds something unsupported; `claims` are its sentences' log-odds."""
    source = [value for (value,) in compared.sentences[0].columns[_SOURCE : _SOURCE + 3]]
    rows, found = [s.row for s in compared.sentences], [s.found for s in compared.sentences]
    row = text_row(rows, found, spans_of(compared), source, p, claims)
    text = packed().curves["text"](packed().text_trees.log_odds([row])[0])
    return blended(text, packed().curves["claim"](max(claims)), len(compared.words))


def score(
    text: str,
    claims: Sequence[Span],
    index: Index,
    found: Sequence[Found],
    cited: Sequence[int] = (),
    question: str | None = None,
) -> Support:
    """How likely everything in a text is supported, each of its claims by itself, and each word not.

    `claims` are spans of `text`, and `found` holds what the checks found of each. `cited` are positions among
    the sentences that `index` was built from; given, the nearest sentences are sought among them, though the
    rest of the source still counts. Claims are calibrated half on sentences of RAGTruth and half on single
    claims of eight other sets; the share of unsupported claims in your texts may be another, so choose a
    threshold on texts of your own where it matters. A text of up to 40 words is scored as its worst claim,
    from 60 words as RAGTruth's responses are (six LLMs of 2023, in English), between by a blend.
    """
    compared = Compared(text, claims, index, found, cited, question or "")
    if (plain := _plain(compared, len(claims))) is not None:
        return plain
    p = word_probabilities(compared)
    odds = claim_log_odds(compared, p)
    unsupported = text_probability(compared, p, odds)
    each = [packed().curves["claim"](value) for value in odds]
    return _support(compared, unsupported, in_context(p, unsupported), each, len(claims))


def _plain(compared: Compared, count: int) -> Support | None:
    """What needs no model: a text without words, an empty source, a text all verbatim; else None."""
    held = compared.sentences
    if not held:
        return Support(1.0, (), (1.0,) * count)
    if not compared.index.count:
        return _uniform(compared, 1 - VERBATIM, count)
    if all(sentence.row[_S["copied"]] for sentence in held):
        return _uniform(compared, VERBATIM, count)
    return None


def _uniform(compared: Compared, p: float, count: int) -> Support:
    return _support(compared, p, [p] * len(compared.words), [p] * len(compared.sentences), count)


def _support(
    compared: Compared, unsupported: float, p: Sequence[float], claims: Sequence[float], count: int
) -> Support:
    words = tuple((w.start, w.end, v) for w, v in zip(compared.words, p, strict=True))
    sentences = [1.0] * count
    for sentence, value in zip(compared.sentences, claims, strict=True):
        sentences[sentence.number] = 1 - value
    return Support(1 - unsupported, words, tuple(sentences))


def in_context(p: Sequence[float], text: float) -> list[float]:
    """Each word's probability once its whole text has spoken: a logistic regression of the two log-odds."""
    own, whole, base = packed().numbers["words_in_text"]
    from_text = base + whole * logit(text)
    return [v if v <= VERBATIM else sigmoid(from_text + own * logit(v)) for v in p]
