"""Train the support model and pack it: `python tools/train_support.py DATA_FOLDER [--out FILE] [--share 0.2]`.

Reads `claims_train/ragtruth.jsonl.xz` and `claims/ragtruth.jsonl.xz` of the data folder (GROUNDING data, see
docs/decisions). Every stage that feeds another is predicted out of fold, the folds being clusters of sources
that share text. The same data, seed and library versions give the same bytes; one thread, because the order
of a sum is part of the result. Features come from the library itself, so that both sides compute the same.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import scipy.sparse as sp
from quotewise._grounding.support import features, hashed, model
from quotewise._grounding.support.index import Index
from quotewise._text.sentences import sentences
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import roc_auc_score

SEED = 20261122
FOLDS = 3
KEPT_NEGATIVES = 0.35
"""The share of supported words that the word trees see, weighted back up: four times as fast, same AUROC."""
LEAF_STEPS = 1023
TEST_RATES = {"QA": 0.178, "Data2txt": 0.643, "Summary": 0.227}
"""The published share of responses with hallucinations in RAGTruth's official test, by task."""


class Data:
    """Responses as arrays: words, sentences and responses each know which of the next they are in."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        words, buckets, counts, unsupported, widths = [], [], [], [], []
        self.sentence_rows, self.spans, self.response_words, self.response_sentences = [], [], [0], [0]
        for compared, row in _compared(rows):
            bad = {k for start, end, *_ in row["spans"] for k in range(start, end)}
            start = self.response_words[-1]
            words.append(np.array(compared.rows, np.float32).reshape(-1, len(features.WORD_FEATURES)))
            for found in hashed.buckets(compared):
                buckets.append(np.array(found, np.int32))
                counts.append(len(found))
            unsupported += [not bad.isdisjoint(range(w.start, w.end)) for w in compared.words]
            widths += [w.end - w.start for w in compared.words]
            self.sentence_rows += [s.row for s in compared.sentences]
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
        self.bad = np.array(unsupported, np.int8)
        self.widths = np.array(widths, np.float64)
        self.response = np.repeat(np.arange(len(rows)), np.diff(self.response_words))
        self.unsupported = np.array([1 - row["label"] for row in rows])
        self.task = np.array([row["task"] for row in rows])
        self.fold = np.array([crc32(row["cluster"].encode()) % FOLDS for row in rows])


def _compared(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[features.Compared, dict[str, Any]]]:
    last, index = None, None
    for row in rows:
        if row["source"] != last:
            last = row["source"]
            index = Index(last, sentences(last))
        assert index is not None
        text = row["response"]
        yield features.Compared(text, sentences(text), index, (), row.get("question") or ""), row


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a packed file of claims."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def linear(x: sp.csr_matrix, y: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Weights as bytes (plus 128), their step, and the intercept, of a logistic regression."""
    fitted = SGDClassifier(
        loss="log_loss", alpha=2e-6, max_iter=4, tol=None, random_state=SEED % 2**31, average=True
    ).fit(x, y)
    weights = fitted.coef_[0]
    step = float(np.quantile(np.abs(weights[weights != 0]), 0.9995) / 127)
    packed = (np.clip(np.round(weights / step), -127, 127) + 128).astype(np.uint8)
    return packed, step, float(fitted.intercept_[0])


def logits(x: sp.csr_matrix, fitted: tuple[np.ndarray, float, float]) -> np.ndarray:
    """The hashed log-odds, from the bytes, so that training sees what inference computes."""
    packed, step, base = fitted
    return base + step * (x @ (packed.astype(np.float64) - 128))


def trees(count: int, rate: float, leaves: int, least: int, penalty: float = 1.0) -> HistGradientBoostingClassifier:
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
    return trees(150, 0.1, 31, 100).fit(x[chosen], y[chosen], sample_weight=weight[chosen])


def text_trees(x: np.ndarray, y: np.ndarray) -> HistGradientBoostingClassifier:
    """The trees over a whole response."""
    return trees(150, 0.05, 12, 60).fit(x, y)


def with_smoothed(data: Data, z: np.ndarray) -> np.ndarray:
    """Word features with the hashed log-odds of the word and its neighbours."""
    return np.hstack([data.words, np.array(model.smoothed(z.tolist(), data.spans), np.float32)])


def text_rows(data: Data, p: np.ndarray) -> np.ndarray:
    """One row per response."""
    probabilities = p.tolist()
    at = features.WORD_FEATURES.index("source_length")
    rows = []
    for k in range(len(data.unsupported)):
        start, end = data.response_words[k : k + 2]
        first, last = data.response_sentences[k : k + 2]
        spans = [(a - start, b - start) for a, b in data.spans[first:last]]
        source = data.words[start, at : at + 3]
        rows.append(model.text_row(data.sentence_rows[first:last], spans, source, probabilities[start:end]))
    return np.array(rows, np.float32)


class Stages:
    """The fitted stages, and what each predicts out of fold on its own training data."""

    def __init__(self, data: Data) -> None:
        word_fold = data.fold[data.response]
        z = np.zeros(len(data.bad))
        for fold in range(FOLDS):
            out = word_fold == fold
            z[out] = logits(data.hashed[out], linear(data.hashed[~out], data.bad[~out]))
        self.hashed = linear(data.hashed, data.bad)
        _say(f"hashed words, out of fold: AUROC {roc_auc_score(data.bad, z):.4f}")
        x = with_smoothed(data, z)
        self.p = np.zeros(len(data.bad))
        for fold in range(FOLDS):
            out = word_fold == fold
            self.p[out] = word_trees(x[~out], data.bad[~out]).predict_proba(x[out])[:, 1]
        self.words = word_trees(x, data.bad)
        _say(f"words, out of fold: AUROC {roc_auc_score(data.bad, self.p):.4f}")
        x = text_rows(data, self.p)
        self.q = np.zeros(len(data.unsupported))
        for fold in range(FOLDS):
            out = data.fold == fold
            self.q[out] = text_trees(x[~out], data.unsupported[~out]).predict_proba(x[out])[:, 1]
        self.texts = text_trees(x, data.unsupported)
        _say(f"texts, out of fold: AUROC {roc_auc_score(data.unsupported, self.q):.4f}")


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
    packed: list[tuple[int, int]] = []

    def walk(tree: Any, low: float, at: int) -> None:
        node = tree[at]
        if node["is_leaf"]:
            packed.append((255, round((float(node["value"]) - low) / step)))
            return
        column = int(node["feature_idx"])
        packed.append((column, thresholds[column].index(float(np.float32(node["num_threshold"])))))
        walk(tree, low, int(node["left"]))
        walk(tree, low, int(node["right"]))

    for tree, low in zip(nodes, lows, strict=True):
        walk(tree, float(low), 0)
    base = float(fitted._baseline_prediction.ravel()[0]) + float(sum(lows))
    values = [value for column in thresholds for value in column]
    return b"".join(
        [
            struct.pack("<4sHHIIdd", b"QWF1", len(nodes), columns, len(packed), len(values), base, step),
            struct.pack(f"<{columns}H", *(len(column) for column in thresholds)),
            struct.pack(f"<{len(values)}f", *values),
            *(struct.pack("<BH", *node) for node in packed),
        ]
    )


def curve(scores: np.ndarray, truth: np.ndarray, weight: np.ndarray | None = None, points: int = 24) -> list[list[float]]:
    """An isotonic calibration of log-odds as at most `points` points."""
    fitted = IsotonicRegression(y_min=0.005, y_max=0.995, out_of_bounds="clip").fit(scores, truth, weight)
    at = np.unique(np.quantile(scores, np.linspace(0, 1, points)))
    smooth = np.array([fitted.predict(scores[(scores >= a) & (scores <= b)]).mean() for a, b in _around(at)])
    return [[round(float(x), 4), round(float(y), 4)] for x, y in zip(at, np.maximum.accumulate(smooth), strict=True)]


def _around(at: np.ndarray) -> Iterator[tuple[float, float]]:
    middle = (at[1:] + at[:-1]) / 2
    edges = [at[0], *middle, at[-1]]
    yield from zip(edges[:-1], edges[1:], strict=True)


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
    weights, step, base = stages.hashed
    sections = {"hashed": weights.tobytes(), "word_trees": forest(stages.words), "text_trees": forest(stages.texts)}
    text_cut, text_f1 = best_threshold(data.unsupported, stages.q, like_the_test(data))
    word_cut, word_f1 = best_threshold(data.bad, stages.p, data.widths)
    _say(f"out of fold: response F1 at the test's rates {text_f1:.4f}, span F1 {word_f1:.4f}")
    numbers = {
        "sections": [[name, len(data_)] for name, data_ in sections.items()],
        "hashed_step": step,
        "hashed_base": base,
        "text_cut": float(np.interp(log_odds(np.array([text_cut])), *zip(*curve(log_odds(stages.q), data.unsupported)))[0]),
        "word_cut": word_cut,
        "curves": {"text": curve(log_odds(stages.q), data.unsupported)},
    }
    head = json.dumps(numbers, sort_keys=True).encode()
    return struct.pack("<4sI", b"QWM1", len(head)) + head + b"".join(sections.values())


def _say(line: str) -> None:
    print(f"{time.perf_counter() - _START:6.0f} s  {line}", file=sys.stderr, flush=True)


_START = time.perf_counter()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path(model.__file__).with_name("model.bin"))
    parser.add_argument("--share", type=float, default=1.0, help="the share of source clusters to train on")
    parser.add_argument("--without-dev", action="store_true", help="leave claims/ragtruth out, to measure on it")
    options = parser.parse_args()
    rows = read(options.data / "claims_train" / "ragtruth.jsonl.xz")
    if not options.without_dev:
        rows += read(options.data / "claims" / "ragtruth.jsonl.xz")
    rows = [row for row in rows if crc32(b"share" + row["cluster"].encode()) % 1000 < 1000 * options.share]
    data = Data(rows)
    _say(f"{len(rows):,} responses, {len(data.bad):,} words")
    packed = pack(Stages(data), data)
    options.out.write_bytes(packed)
    _say(f"{options.out}: {len(packed):,} bytes")


if __name__ == "__main__":
    main()
