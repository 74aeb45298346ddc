"""Train the support model and pack it: `python tools/train_support.py DATA_FOLDER [--out FILE]`.

Reads `claims_train/ragtruth.jsonl.xz` and `claims/ragtruth.jsonl.xz` of the data folder (GROUNDING data, see
docs/decisions). Every stage that feeds another is predicted out of fold, the folds being clusters of sources
that share text. The same data, seed and library versions give the same bytes; one thread, because the order
of a sum is part of the result. Features come from the library itself, so that both sides compute the same:
the checks run too, which takes most of the time.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import struct
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import compress, crc32

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import scipy.sparse as sp
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import roc_auc_score
from support_lies import Forms, lie

from quotewise import Article
from quotewise._grounding.evidence import Evidence
from quotewise._grounding.split import claims_of
from quotewise._grounding.support import features, hashed, model, packed
from quotewise._grounding.verify import Checker
from quotewise._text.words import is_stopword, words

SEED = 20261122
FOLDS = 3
KEPT_NEGATIVES = 0.15
"""The share of supported words that the word trees see, weighted back up: three times as fast."""
OTHER_SETS = (
    "begin_cmu",
    "begin_tc",
    "begin_wow",
    "factcheck_stance",
    "q2_wow",
    "rank19",
    "summedits",
    "wice",
)
"""Single claims and short summaries that only the claim's calibration curve sees; they rank nothing."""
UNSEEN_BY_WORDS = ("source_length", "source_units")
"""Columns the word trees are not shown: a source shorter than any of RAGTruth's made them guess."""
LEAF_STEPS = 1023
LIES = {"QA": 0.7, "Summary": 0.7, "Data2txt": 0.25}
"""Of how many supported responses of each task one sentence is also told falsely."""
LIE_WEIGHT = 1.2
SHORTEST = 30
"""Characters of a sentence worth lying about."""
TEST_RATES = {"QA": 0.178, "Data2txt": 0.643, "Summary": 0.227}
"""The published share of responses with hallucinations in RAGTruth's official test, by task."""


class Data:
    """Responses as arrays: words, sentences and responses each know which of the next they are in."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        words, buckets, counts, unsupported, widths, kept = [], [], [], [], [], []
        self.sentence_rows, self.found, self.spans = [], [], []
        self.response_words, self.response_sentences = [0], [0]
        for compared, row in _compared(rows):
            bad = {k for start, end, *_ in row["spans"] for k in range(start, end)}
            start = self.response_words[-1]
            kept.append(row)
            words.append(np.array(compared.rows, np.float32).reshape(-1, len(features.WORD_FEATURES)))
            for found in hashed.buckets(compared):
                buckets.append(np.array(found, np.int32))
                counts.append(len(found))
            unsupported += [not bad.isdisjoint(range(w.start, w.end)) for w in compared.words]
            widths += [w.end - w.start for w in compared.words]
            self.sentence_rows += [s.row for s in compared.sentences]
            self.found += [s.found for s in compared.sentences]
            self.spans += [(start + s.start, start + s.end) for s in compared.sentences]
            self.response_words.append(start + len(compared.words))
            self.response_sentences.append(len(self.spans))
        self.words = np.concatenate(words)
        self.hashed = sp.csr_matrix(
            (
                np.ones(sum(counts), np.float32),
                np.concatenate(buckets),
                np.concatenate([[0], np.cumsum(counts)]),
            ),
            shape=(len(self.words), hashed.BUCKETS),
        )
        self.bags = _bags(self.hashed, self.spans)
        self.claims = np.hstack([np.array(self.sentence_rows), np.array(self.found)]).astype(np.float32)
        self.bad = np.array(unsupported, np.int8)
        self.widths = np.array(widths, np.float64)
        self.response = np.repeat(np.arange(len(kept)), np.diff(self.response_words))
        self.unsupported = np.array([1 - row["label"] for row in kept])
        self.task = np.array([row["task"] for row in kept])
        self.fold = np.array([fold_of(row) for row in kept])
        self.sentence_response = np.repeat(np.arange(len(kept)), np.diff(self.response_sentences))
        self.bad_sentence = np.array([self.bad[start:end].max() for start, end in self.spans], np.int8)


class Lies:
    """Sentences of supported responses beside the same ones told falsely, as rows of the claim trees."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        pairs = list(_pairs(rows))
        self.claims = np.array([row for row, _, _ in pairs], np.float32)
        self.false = np.array([false for _, false, _ in pairs], np.int8)
        self.fold = np.array([fold for _, _, fold in pairs])


def fold_of(row: dict[str, Any]) -> int:
    """The fold of a row: sources that share text are in one."""
    return crc32(row["cluster"].encode()) % FOLDS


def _checkers(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Checker, dict[str, Any]]]:
    """Each row with its source ready for checking; rows of one source must follow one another."""
    last, evidence = None, None
    for row in rows:
        if row["source"] != last:
            last = row["source"]
            evidence = Evidence(Article(last))
        assert evidence is not None
        yield Checker(evidence, row.get("question")), row


def _compare(checker: Checker, text: str, question: str | None) -> features.Compared | None:
    """A text as `verify` sees it, or None where it claims nothing."""
    spans = claims_of(text)
    found = [checker.found(text[span.start : span.end]) for span in spans]
    index = checker.evidence.support
    return features.Compared(text, spans, index, found, (), question or "") if spans else None


def _compared(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[features.Compared, dict[str, Any]]]:
    for checker, row in _checkers(rows):
        if (compared := _compare(checker, row["response"], row.get("question"))) is not None:
            yield compared, row


def _pairs(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[tuple[float, ...], bool, int]]:
    forms = _forms(rows)
    for checker, row in _checkers(rows):
        rng = random.Random(f"{SEED}:{row['id']}")
        long = [span for span in claims_of(row["response"]) if span.end - span.start > SHORTEST]
        if not row["label"] or rng.random() > LIES[row["task"]] or not long:
            continue
        span = rng.choice(long)
        honest = row["response"][span.start : span.end]
        told = lie(honest, checker.evidence, forms, row["id"])
        for text, false in ((honest, False), (told.text if told else "", True)):
            compared = _compare(checker, text, row.get("question")) if told else None
            if compared is not None:
                yield (*compared.sentences[0].row, *compared.sentences[0].found), false, fold_of(row)


def _forms(rows: Sequence[dict[str, Any]]) -> Forms:
    """For each term of the responses its commonest word."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for word in words(row["response"]):
            if word.text.isalpha() and word.text.islower() and not is_stopword(word.text):
                seen[word.term][word.text] += 1
    return {term: seen[term].most_common(1)[0][0] for term in sorted(seen) if seen[term].total() >= 15}


def _bags(words: sp.csr_matrix, spans: Sequence[tuple[int, int]]) -> sp.csr_matrix:
    """Each sentence as the bag of its words' buckets, roots of counts, at unit length."""
    start = np.array([span[0] for span in spans] + [len(spans) and spans[-1][1]])
    # Sentences follow one another without a gap, so their starts are the rows of the sum.
    total = sp.csr_matrix(
        (np.ones(start[-1] - start[0], np.float32), np.arange(start[0], start[-1]), start - start[0])
    )
    total.resize(len(spans), words.shape[0])
    bags = (total @ words).astype(np.float64)
    bags.data = np.sqrt(np.minimum(bags.data, 400))
    lengths = np.sqrt(np.maximum(1, bags.multiply(bags).sum(axis=1).A1))
    return sp.diags_array(1 / lengths) @ bags


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a packed file of claims, those of one source together."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return sorted(rows, key=lambda row: row["source"])


Linear = tuple[np.ndarray, float, float]
Points = list[list[float]]


def linear(x: sp.csr_matrix, y: np.ndarray, penalty: float, rounds: int) -> Linear:
    """Weights as bytes (plus 128), their step, and the intercept, of a logistic regression."""
    fitted = SGDClassifier(
        loss="log_loss", alpha=penalty, max_iter=rounds, tol=None, random_state=SEED % 2**31, average=True
    ).fit(x, y)
    weights = fitted.coef_[0]
    step = float(np.quantile(np.abs(weights[weights != 0]), 0.9995) / 127)
    as_bytes = (np.clip(np.round(weights / step), -127, 127) + 128).astype(np.uint8)
    return as_bytes, step, float(fitted.intercept_[0])


def linear_words(data: Data, chosen: np.ndarray) -> Linear:
    """The hashed model of words, fitted on the chosen ones."""
    return linear(data.hashed[chosen], data.bad[chosen], 1.2e-5, 3)


def linear_sentences(data: Data, chosen: np.ndarray) -> Linear:
    """The hashed model of sentences, fitted on the chosen ones."""
    return linear(data.bags[chosen], data.bad_sentence[chosen], 4e-6, 6)


def logits(x: sp.csr_matrix, fitted: Linear) -> np.ndarray:
    """The hashed log-odds, from the bytes, so that training sees what inference computes."""
    weights, step, base = fitted
    return base + step * (x @ (weights.astype(np.float64) - 128))


def trees(
    count: int, rate: float, leaves: int, least: int, penalty: float = 1.0
) -> HistGradientBoostingClassifier:
    """Boosted trees without early stopping, so that nothing depends on a random split."""
    return HistGradientBoostingClassifier(
        max_iter=count,
        learning_rate=rate,
        max_leaf_nodes=leaves,
        min_samples_leaf=least,
        l2_regularization=penalty,
        max_bins=128,
        random_state=SEED % 2**31,
        early_stopping=False,
    )


def word_trees(x: np.ndarray, y: np.ndarray) -> HistGradientBoostingClassifier:
    """The trees over a word's features, on all unsupported words and a share of the others."""
    chosen = (y == 1) | (np.random.default_rng(SEED).random(len(y)) < KEPT_NEGATIVES)
    weight = np.where(y == 1, 1.0, 1 / KEPT_NEGATIVES)
    wide = trees(150, 0.1, 31, 100).set_params(max_features=0.4)
    return wide.fit(x[chosen], y[chosen], sample_weight=weight[chosen])


def text_trees(x: np.ndarray, y: np.ndarray) -> HistGradientBoostingClassifier:
    """The trees over a whole response."""
    return trees(400, 0.03, 8, 40, 5.0).set_params(max_features=0.3).fit(x, y)


def with_smoothed(data: Data, z: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Word features with the hashed log-odds of the word, its neighbours and its sentence."""
    around = zip(model.smoothed(z.tolist(), own.tolist(), data.spans), data.spans, strict=True)
    rows = [row for columns, (a, b) in around for row in features.rows_of(columns, b - a)]
    x = np.hstack([data.words, np.array(rows, np.float32)])
    x[:, [features.WORD_FEATURES.index(name) for name in UNSEEN_BY_WORDS]] = 0
    return x


def text_rows(data: Data, p: np.ndarray, claims: np.ndarray) -> np.ndarray:
    """One row per response."""
    probabilities, odds = p.tolist(), claims.tolist()
    at = features.WORD_FEATURES.index("source_length")
    rows = []
    for k in range(len(data.unsupported)):
        start, end = data.response_words[k : k + 2]
        first, last = data.response_sentences[k : k + 2]
        spans = [(a - start, b - start) for a, b in data.spans[first:last]]
        source = data.words[start, at : at + 3]
        sentences, found = data.sentence_rows[first:last], data.found[first:last]
        row = model.text_row(sentences, found, spans, source, probabilities[start:end], odds[first:last])
        rows.append(row)
    return np.array(rows, np.float32)


def claim_trees(data: Data, chosen: np.ndarray) -> HistGradientBoostingClassifier:
    """The trees over a sentence, which know no words."""
    return trees(120, 0.08, 12, 100).fit(data.claims[chosen], data.bad_sentence[chosen])


def lie_trees(data: Data, chosen: np.ndarray, lies: Lies, told: np.ndarray) -> HistGradientBoostingClassifier:
    """The same, which have also seen lies told about supported sentences."""
    x = np.vstack([data.claims[chosen], lies.claims[told]])
    y = np.concatenate([data.bad_sentence[chosen], lies.false[told]])
    weight = np.concatenate([np.ones(int(chosen.sum())), np.full(int(told.sum()), LIE_WEIGHT)])
    return trees(150, 0.08, 12, 100).fit(x, y, sample_weight=weight)


class Stages:
    """The fitted stages, and what each predicts out of fold on its own training data."""

    def __init__(self, data: Data, lies: Lies, others: dict[str, Data]) -> None:
        word_fold = data.fold[data.response]
        sentence_fold = data.fold[data.sentence_response]
        z, own = np.zeros(len(data.bad)), np.zeros(len(data.bad_sentence))
        for fold in range(FOLDS):
            out = word_fold == fold
            z[out] = logits(data.hashed[out], linear_words(data, ~out))
            out = sentence_fold == fold
            own[out] = logits(data.bags[out], linear_sentences(data, ~out))
        self.hashed_words = linear_words(data, word_fold >= 0)
        self.hashed_sentences = linear_sentences(data, sentence_fold >= 0)
        _say(f"hashed words, out of fold: AUROC {roc_auc_score(data.bad, z):.4f}")
        _say(f"hashed sentences, out of fold: AUROC {roc_auc_score(data.bad_sentence, own):.4f}")
        x = with_smoothed(data, z, own)
        p = np.zeros(len(data.bad))
        for fold in range(FOLDS):
            out = word_fold == fold
            p[out] = word_trees(x[~out], data.bad[~out]).predict_proba(x[out])[:, 1]
        self.words = word_trees(x, data.bad)
        self.p = np.array(model.calmed(p.tolist(), data.sentence_rows, data.spans))
        _say(f"words, out of fold: AUROC {roc_auc_score(data.bad, self.p):.4f}")
        self.finish(data, lies, others)

    def finish(self, data: Data, lies: Lies, others: dict[str, Data]) -> None:
        """The stages above the words: claims, texts, and words once their text has spoken."""
        sentence_fold = data.fold[data.sentence_response]
        plain, strict = np.zeros(len(data.bad_sentence)), np.zeros(len(data.bad_sentence))
        for fold in range(FOLDS):
            out, told = sentence_fold == fold, lies.fold != fold
            plain[out] = claim_trees(data, ~out).decision_function(data.claims[out])
            strict[out] = lie_trees(data, ~out, lies, told).decision_function(data.claims[out])
        self.claims = claim_trees(data, sentence_fold >= 0)
        self.lies = lie_trees(data, sentence_fold >= 0, lies, lies.fold >= 0)
        self.claim_odds = claim_odds(data, plain, strict, self.p)
        _say(f"claims, out of fold: AUROC {roc_auc_score(data.bad_sentence, self.claim_odds):.4f}")
        x = text_rows(data, self.p, self.claim_odds)
        odds = np.zeros(len(data.unsupported))
        for fold in range(FOLDS):
            out = data.fold == fold
            odds[out] = text_trees(x[~out], data.unsupported[~out]).decision_function(x[out])
        self.texts = text_trees(x, data.unsupported)
        self.curves = {"text": curve(odds, data.unsupported), "claim": claim_curve(data, self, others)}
        self.q = text_probabilities(data, odds, self.claim_odds, self.curves)
        alone = roc_auc_score(data.unsupported, odds)
        _say(f"texts, out of fold: AUROC {roc_auc_score(data.unsupported, self.q):.4f} (trees {alone:.4f})")
        self.words_in_text = words_in_text(data, self.p, self.q)
        own, whole, base = self.words_in_text
        inside = own * log_odds(self.p) + whole * log_odds(self.q)[data.response] + base
        self.p_in_text = np.where(self.p <= model.VERBATIM, self.p, 1 / (1 + np.exp(-inside)))

    def claim_odds_of(self, data: Data) -> np.ndarray:
        """The log-odds of each claim of other data, by the final stages."""
        z, sentence = logits(data.hashed, self.hashed_words), logits(data.bags, self.hashed_sentences)
        p = self.words.predict_proba(with_smoothed(data, z, sentence))[:, 1]
        calm = np.array(model.calmed(p.tolist(), data.sentence_rows, data.spans))
        plain = self.claims.decision_function(data.claims)
        return claim_odds(data, plain, self.lies.decision_function(data.claims), calm)


def claim_odds(data: Data, plain: np.ndarray, strict: np.ndarray, p: np.ndarray) -> np.ndarray:
    """The log-odds of each sentence, as the library adds them."""
    rows = data.sentence_rows
    return np.array(model.claims_from(plain.tolist(), strict.tolist(), p.tolist(), data.spans, rows))


def text_probabilities(
    data: Data, own: np.ndarray, claims: np.ndarray, curves: dict[str, Points]
) -> np.ndarray:
    """The probability that each text holds something unsupported, as the library blends it."""
    text, claim = packed.Curve(curves["text"]), packed.Curve(curves["claim"])
    found = []
    for k, odds in enumerate(own.tolist()):
        first, last = data.response_sentences[k : k + 2]
        count = data.response_words[k + 1] - data.response_words[k]
        found.append(model.blended(text(odds), claim(max(claims[first:last].tolist())), count))
    return np.array(found)


def words_in_text(data: Data, p: np.ndarray, texts: np.ndarray) -> list[float]:
    """How a word's log-odds and its text's combine: two weights and a constant."""
    x = np.stack([log_odds(p), log_odds(texts)[data.response]], axis=1)
    fitted = LogisticRegression(C=1e6, max_iter=200).fit(x, data.bad)
    return [round(float(v), 5) for v in (*fitted.coef_[0], fitted.intercept_[0])]


def claim_curve(data: Data, stages: Stages, others: dict[str, Data]) -> list[list[float]]:
    """A claim's calibration: half RAGTruth's sentences, half the claims of the other sets, each set alike."""
    scores, truth = [stages.claim_odds], [data.bad_sentence]
    weights = [np.full(len(data.bad_sentence), 0.5 / len(data.bad_sentence))]
    for name, other in others.items():
        odds = stages.claim_odds_of(other)
        worst = np.full(len(other.unsupported), -2.0 * 8)
        np.maximum.at(worst, other.sentence_response, odds)
        _say(f"{name}: AUROC of the worst claim {roc_auc_score(other.unsupported, worst):.4f}")
        scores.append(worst)
        truth.append(other.unsupported)
        weights.append(np.full(len(worst), 0.5 / len(others) / len(worst)))
    return curve(np.concatenate(scores), np.concatenate(truth), np.concatenate(weights))


def forest(fitted: HistGradientBoostingClassifier) -> bytes:
    """Boosted trees as the bytes that `forest.Forest` reads."""
    nodes = [predictor[0].nodes for predictor in fitted._predictors]
    columns = fitted.n_features_in_
    used: list[set[float]] = [set() for _ in range(columns)]
    for tree in nodes:
        for node in tree:
            if not node["is_leaf"]:
                used[node["feature_idx"]].add(float(np.float32(node["num_threshold"])))
    thresholds = [sorted(values) for values in used]
    lows = [min(n["value"] for n in tree if n["is_leaf"]) for tree in nodes]
    widest = max(max(n["value"] for n in t if n["is_leaf"]) - low for t, low in zip(nodes, lows, strict=True))
    step = float(widest) / LEAF_STEPS
    nodes_out: list[tuple[int, int]] = []

    def walk(tree: Any, low: float, at: int) -> None:
        node = tree[at]
        if node["is_leaf"]:
            nodes_out.append((255, round((float(node["value"]) - low) / step)))
            return
        column = int(node["feature_idx"])
        nodes_out.append((column, thresholds[column].index(float(np.float32(node["num_threshold"])))))
        walk(tree, low, int(node["left"]))
        walk(tree, low, int(node["right"]))

    for tree, low in zip(nodes, lows, strict=True):
        walk(tree, float(low), 0)
    base = float(fitted._baseline_prediction.ravel()[0]) + float(sum(lows))
    values = [value for column in thresholds for value in column]
    return b"".join(
        [
            struct.pack("<4sHHIIdd", b"QWF1", len(nodes), columns, len(nodes_out), len(values), base, step),
            struct.pack(f"<{columns}H", *(len(column) for column in thresholds)),
            struct.pack(f"<{len(values)}f", *values),
            *(struct.pack("<BH", *node) for node in nodes_out),
        ]
    )


def curve(
    scores: np.ndarray, truth: np.ndarray, weight: np.ndarray | None = None, points: int = 24
) -> list[list[float]]:
    """An isotonic calibration of log-odds, as the means of at most `points` groups of equal weight."""
    weight = np.ones(len(scores)) if weight is None else weight
    order = np.argsort(scores, kind="stable")
    groups = np.minimum((np.cumsum(weight[order]) / weight.sum() * points).astype(int), points - 1)
    x, y, w = [], [], []
    for group in range(points):
        here = order[groups == group]
        if len(here):
            x.append(np.average(scores[here], weights=weight[here]))
            y.append(np.average(truth[here], weights=weight[here]))
            w.append(weight[here].sum())
    rising = IsotonicRegression(y_min=0.01, y_max=0.985).fit(x, y, w).predict(x)
    # A slope even where the isotonic fit is flat, and far ends, keep the order of scores and make cuts exact.
    inner = [
        [round(float(a), 4), round(float(b) + k / 1e4, 4)]
        for k, (a, b) in enumerate(zip(x, rising, strict=True))
    ]
    return [[-60.0, 0.0005], *inner, [60.0, 0.9995]]


def log_odds(p: np.ndarray) -> np.ndarray:
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(clipped / (1 - clipped))


def best_threshold(truth: np.ndarray, scores: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """The threshold with the best F1 of the positive class, and that F1."""
    order = np.argsort(-scores, kind="stable")
    hit, called = np.cumsum((truth * weight)[order]), np.cumsum(weight[order])
    f1 = 2 * hit / (called + (truth * weight).sum())
    best = int(f1.argmax())
    return float(scores[order][best]), float(f1[best])


def like_the_test(data: Data) -> np.ndarray:
    """Weights that give each task the share of hallucinated responses it has in the official test."""
    weight = np.ones(len(data.unsupported))
    for task, rate in TEST_RATES.items():
        here = data.task == task
        seen = data.unsupported[here].mean()
        weight[here] = np.where(data.unsupported[here] == 1, rate / seen, (1 - rate) / (1 - seen))
    return weight


def pack(stages: Stages, data: Data) -> bytes:
    """The whole model as the bytes that `packed.Packed` reads."""
    sections = {
        "hashed_words": stages.hashed_words[0].tobytes(),
        "hashed_sentences": stages.hashed_sentences[0].tobytes(),
        "word_trees": forest(stages.words),
        "claim_trees": forest(stages.claims),
        "lie_trees": forest(stages.lies),
        "text_trees": forest(stages.texts),
    }
    sections = {name: compress(section, 9) for name, section in sections.items()}
    text_cut, text_f1 = best_threshold(data.unsupported, stages.q, like_the_test(data))
    word_cut, word_f1 = best_threshold(data.bad, stages.p_in_text, data.widths)
    alone = best_threshold(data.bad, stages.p, data.widths)[1]
    _say(
        f"out of fold: response F1 at the test's rates {text_f1:.4f}, span F1 {word_f1:.4f}"
        f" (words alone {alone:.4f})"
    )
    numbers = {
        "sections": [[name, len(section)] for name, section in sections.items()],
        "hashed_words": stages.hashed_words[1:],
        "hashed_sentences": stages.hashed_sentences[1:],
        "words_in_text": stages.words_in_text,
        "text_cut": text_cut,
        "word_cut": word_cut,
        "curves": stages.curves,
    }
    head = json.dumps(numbers, sort_keys=True).encode()
    return struct.pack("<4sI", b"QWM2", len(head)) + head + b"".join(sections.values())


def _say(line: str) -> None:
    print(f"{time.perf_counter() - _START:6.0f} s  {line}", file=sys.stderr, flush=True)


_START = time.perf_counter()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path(model.__file__).with_name("model.bin"))
    parser.add_argument("--share", type=float, default=1.0, help="the share of source clusters to train on")
    parser.add_argument(
        "--without-dev", action="store_true", help="leave claims/ragtruth out, to measure on it"
    )
    options = parser.parse_args()
    rows = read(options.data / "claims_train" / "ragtruth.jsonl.xz")
    if not options.without_dev:
        rows += read(options.data / "claims" / "ragtruth.jsonl.xz")
    rows = [row for row in rows if crc32(b"share" + row["cluster"].encode()) % 1000 < 1000 * options.share]
    data, lies = Data(rows), Lies(rows)
    _say(f"{len(rows):,} responses, {len(data.bad):,} words, {lies.false.sum():,} lies")
    others = {name: Data(read(options.data / "claims" / f"{name}.jsonl.xz")) for name in OTHER_SETS}
    _say("the other sets are read")
    model_bytes = pack(Stages(data, lies, others), data)
    options.out.write_bytes(model_bytes)
    _say(f"{options.out.name}: {len(model_bytes):,} bytes")


if __name__ == "__main__":
    main()
