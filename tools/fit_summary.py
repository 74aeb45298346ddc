"""Fit the weights of the built-in summary, `src/quotewise/_extractive/summary.json`, on the development data.

Two tables. `several` picks sentences one after the other: each choice is a softmax over the weighted measures
of the sentences, and the expected ROUGE (R-1 + R-2 / 2) of the summary with the chosen one is maximised over
the states that the weights themselves lead to, round after round (as in Ross et al., 2011). It learns from
the summaries six models wrote of the RAGTruth news articles (what all six say is the reference) and from the
three news sets. `one` is a ridge regression on the ROUGE of each sentence alone, for a single sentence; it
learns from XSum as well, and weighs sixty common words. Needs numpy and scipy; writes 133 numbers.

    python tools/fit_summary.py DATA [--cross-validate]
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from quotewise import Article
from quotewise._extractive.furniture import layout
from quotewise._extractive.salience import NAMES, Sentence, measure, sentence
from quotewise._extractive.standalone import dangles
from quotewise._extractive.summary import common_words
from quotewise._plans.numbered import Line, one_line
from quotewise._text.stems import stem

TABLE = Path(__file__).parents[1] / "src/quotewise/_extractive/summary.json"
NEWS = ("cnndm_realsumm", "cnndm_summeval", "news_writers")
ROUNDS = 4
RIDGE = 30.0
SHRINK = 2e-3
NEWS_WEIGHT = 5.0
XSUM_WEIGHT = 20.0
COMMON_WORDS = 60
COMMON_SHRINK = 10.0
SHORTER = 2.0
"""Taken off the weight of length: the models' summaries are longer than the sets' references."""
NOVEL = 10.0
"""What a sentence loses if every term of it stands in those picked; from 2 to 10 ROUGE hardly changes."""
FIGURES = 1.0
"""Added for a sentence with a number in it, which a reader looks for; ROUGE hardly changes."""

Reference = tuple[Counter[str], Counter[tuple[str, str]], float]


@dataclass
class Document:
    """An article read as the engine reads it, and its references as counted words and pairs."""

    name: str
    sentences: list[Sentence]
    rows: np.ndarray
    references: list[Reference]
    tokens: list[list[str]] = field(default_factory=list)

    def reward(self, picks: Sequence[int]) -> float:
        tokens = [token for at in sorted(picks) for token in self.tokens[at]]
        ones, twos = Counter(tokens), Counter(pairwise(tokens))
        total = 0.0
        for words, pairs, length in self.references:
            total += 2 * _shared(words, ones) / (length + len(tokens))
            total += _shared(pairs, twos) / max(1.0, length + len(tokens) - 2)
        return total / len(self.references)


def _shared(reference: Counter, found: Counter) -> int:
    return sum(min(count, found[key]) for key, count in reference.items() if key in found)


def tokens(text: str) -> list[str]:
    """Lower-case words as ROUGE cuts them, stemmed with the library's stemmer."""
    return [stem(word) for word in re.sub(r"[^a-z0-9]+", " ", text.lower()).split()]


def article_lines(text: str) -> list[Line]:
    """The numbered sentences of an article, as a prompt holds them."""
    article = Article(text)
    paragraphs = list(article.paragraphs)
    lines, at = [], 0
    for number, span in enumerate(article.sentences, 1):
        while at + 1 < len(paragraphs) and span.start >= paragraphs[at].end:
            at += 1
        lines.append(Line(number, one_line(text[span.start : span.end]), at))
    return lines


def document(name: str, text: str, references: list[Reference]) -> Document:
    lines = article_lines(text)
    page = layout(lines)
    read = [sentence(lines[at].text, lines[at].paragraph) for at in page.prose]
    title = sentence(lines[page.headline].text) if page.headline is not None else None
    rows = np.array(list(measure(read, title)), float)
    return Document(name, read, rows, references, [tokens(one.text) for one in read])


def as_written(text: str) -> Reference:
    found = tokens(text)
    return Counter(found), Counter(pairwise(found)), float(len(found))


def consensus(texts: Sequence[str]) -> Reference:
    """What all of several summaries of one article hold."""
    counted = [as_written(text) for text in texts]
    words, pairs = counted[0][0], counted[0][1]
    for other, others, _ in counted[1:]:
        words, pairs = words & other, pairs & others
    return words, pairs, float(max(10, words.total()))


def rows_of(path: Path) -> list[dict]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(row) for row in file]


def ragtruth(data: Path) -> list[Document]:
    written: dict[str, list[str]] = defaultdict(list)
    for folder in ("claims_train", "claims"):
        for row in rows_of(data / folder / "ragtruth.jsonl.xz"):
            if row["task"] == "Summary":
                written[row["source"]].append(row["response"])
    return [document("ragtruth", source, [consensus(texts)]) for source, texts in written.items()]


def summary_set(data: Path, name: str) -> list[Document]:
    rows = rows_of(data / "summaries" / f"{name}.jsonl.xz")
    return [document(name, row["source"], [as_written(r) for r in row["references"]]) for row in rows]


def covered(doc: Document, picks: Sequence[int]) -> np.ndarray:
    """For each sentence the share of its terms that the picks hold."""
    held = frozenset().union(*(doc.sentences[at].held for at in picks))
    return np.array([len(one.held & held) / (len(one.held) or 1) for one in doc.sentences])


def fit_several(documents: Sequence[Document]) -> np.ndarray:
    """Weights for `NAMES` and, last, for the share covered."""
    spread = _spread(documents, extra=0.3)
    weights = np.zeros(len(NAMES) + 1)
    weights[NAMES.index("inverse place")] = 1.0
    for _ in range(ROUNDS):
        states = [state for doc in documents for state in _states(doc, weights)]
        weights = _best_response(states, spread, weights * spread) / spread
    return weights


def _spread(documents: Sequence[Document], extra: float) -> np.ndarray:
    spread = np.vstack([doc.rows for doc in documents]).std(0)
    return np.append(np.where(spread > 0, spread, 1.0), extra)


def _states(doc: Document, weights: np.ndarray) -> list[tuple[np.ndarray, np.ndarray, float]]:
    picks: list[int] = []
    states = []
    for _ in range(min(3, len(doc.sentences))):
        rows = np.column_stack([doc.rows, covered(doc, picks)])
        left = [at for at in range(len(rows)) if at not in picks]
        rewards = np.array([doc.reward([*picks, at]) for at in left])
        states.append((rows[left], rewards, NEWS_WEIGHT if doc.name in NEWS else 1.0))
        picks.append(left[int(np.argmax(rows[left] @ weights))])
    return states


def _best_response(
    states: Sequence[tuple[np.ndarray, np.ndarray, float]], spread: np.ndarray, start: np.ndarray
) -> np.ndarray:
    rows = np.vstack([state[0] for state in states]) / spread
    rewards = np.concatenate([state[1] for state in states])
    sizes = np.array([len(state[1]) for state in states])
    starts = np.cumsum(sizes) - sizes
    share = np.array([state[2] for state in states])
    share = share / share.sum()

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = rows @ weights
        odds = np.exp(logits - np.repeat(np.maximum.reduceat(logits, starts), sizes))
        odds /= np.repeat(np.add.reduceat(odds, starts), sizes)
        expected = np.add.reduceat(odds * rewards, starts)
        pull = odds * (rewards - np.repeat(expected, sizes)) * np.repeat(share, sizes)
        return SHRINK * weights @ weights - share @ expected, 2 * SHRINK * weights - rows.T @ pull

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x


def commonest(documents: Sequence[Document]) -> list[str]:
    """The words that most sentences hold: "has", "will", "said", which tell news from its telling."""
    held = Counter(word for doc in documents for one in doc.sentences for word in common_words(one.text))
    return sorted(held, key=lambda word: (-held[word], word))[:COMMON_WORDS]


def with_words(doc: Document, listed: Sequence[str]) -> np.ndarray:
    found = [common_words(one.text) for one in doc.sentences]
    marks = np.array([[word in words for word in listed] for words in found], float)
    return np.hstack([doc.rows, marks.reshape(len(found), len(listed))])


def fit_one(documents: Sequence[Document], listed: Sequence[str]) -> np.ndarray:
    """Weights for `NAMES` and the words: a ridge regression of each sentence's ROUGE, per article."""
    rows = np.vstack([with_words(doc, listed) for doc in documents])
    spread = rows.std(0)
    spread[spread == 0] = 1.0
    spread[len(NAMES) :] *= math.sqrt(COMMON_SHRINK)
    rows = rows / spread
    gains = [np.array([doc.reward([at]) for at in range(len(doc.sentences))]) for doc in documents]
    target = np.concatenate([gain - gain.mean() for gain in gains])
    kinds = {"ragtruth": 1.0, "xsum1000": XSUM_WEIGHT}
    share = np.concatenate([np.full(len(doc.sentences), kinds.get(doc.name, 3.0)) for doc in documents])
    rows = rows - (rows * share[:, None]).sum(0) / share.sum()
    normal = rows.T @ (rows * share[:, None]) + RIDGE * np.eye(rows.shape[1])
    return np.linalg.solve(normal, rows.T @ (target * share)) / spread


def adjusted(weights: np.ndarray) -> np.ndarray:
    """The fitted weights of `several` with what was chosen by hand."""
    weights = weights.copy()
    weights[NAMES.index("length")] -= SHORTER
    weights[NAMES.index("has a number")] += FIGURES
    weights[-1] = -NOVEL
    return weights


def table(weights: np.ndarray) -> dict[str, float]:
    names = (*NAMES, "covered")[: len(weights)]
    named = {name: float(weight) for name, weight in zip(names, weights, strict=True)}
    return {name: float(f"{value:.4g}") for name, value in named.items()}


def pick(doc: Document, weights: np.ndarray, words: int | None, points: int) -> list[int]:
    """What `summarize` would take, near enough to judge weights by."""
    picks: list[int] = []
    left = words if words is not None else math.inf
    while len(picks) < points:
        scores = np.column_stack([doc.rows, covered(doc, picks)]) @ weights
        fits = [
            at
            for at, one in enumerate(doc.sentences)
            if at not in picks and one.words <= left and (not dangles(one.text) or at - 1 in picks)
        ]
        if not fits:
            break
        picks.append(max(fits, key=lambda at: scores[at]))
        left -= doc.sentences[picks[-1]].words
    return picks


def cross_validate(
    documents: Sequence[Document], rest: Sequence[Document], fit: Callable, measure_: Callable, folds: int = 5
) -> float:
    order = np.random.default_rng(1).permutation(len(documents)) % folds
    values = []
    for fold in range(folds):
        weights = fit([doc for doc, at in zip(documents, order, strict=True) if at != fold] + list(rest))
        values += [measure_(doc, weights) for doc, at in zip(documents, order, strict=True) if at == fold]
    return float(np.mean(values))


def _report(news: list[Document], xsum: list[Document], models: list[Document], room: list[Document]) -> None:
    def several(words: int | None, points: int) -> float:
        def value(doc: Document, weights: np.ndarray) -> float:
            return doc.reward(pick(doc, adjusted(weights), words, points))

        return cross_validate(news, models, fit_several, value)

    listed = commonest(xsum)

    def one(documents: Sequence[Document]) -> np.ndarray:
        return fit_one(documents, listed)

    def single(doc: Document, weights: np.ndarray) -> float:
        scores = with_words(doc, listed) @ weights
        standing = [at for at, sentence_ in enumerate(doc.sentences) if not dangles(sentence_.text)]
        return doc.reward([max(standing or range(len(scores)), key=lambda at: scores[at])])

    lead = float(np.mean([doc.reward(range(min(3, len(doc.sentences)))) for doc in news]))
    sys.stdout.write(
        f"R-1 + R-2 / 2 on unseen news: lead {lead:.4f}, three sentences {several(None, 3):.4f},"
    )
    sys.stdout.write(f" sixty words {several(60, 99):.4f}\n")
    sys.stdout.write(
        f"XSum, one sentence: {cross_validate(xsum, [*models, *room, *news], one, single):.4f}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="the folder of development data")
    parser.add_argument(
        "--cross-validate", action="store_true", help="print figures on held-out folds as well"
    )
    options = parser.parse_args()
    models = ragtruth(options.data)
    news = [doc for name in NEWS for doc in summary_set(options.data, name)]
    xsum, room = (summary_set(options.data, name) for name in ("xsum1000", "newsroom60"))
    if options.cross_validate:
        _report(news, xsum, models, room)
    listed = commonest(xsum)
    single = fit_one([*models, *news, *room, *xsum], listed)
    fitted = {
        "one": table(single[: len(NAMES)]),
        "words": {
            word: float(f"{weight:.3g}") for word, weight in zip(listed, single[len(NAMES) :], strict=True)
        },
        "several": table(adjusted(fit_several([*models, *news]))),
    }
    TABLE.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
