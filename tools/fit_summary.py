"""Fit the weights of the built-in summary on the development data: `summary.json` and `expected.json`.

`several` in `summary.json` picks sentences one after the other: each choice is a softmax over the weighted
measures of the sentences, and the expected ROUGE (R-1 + R-2 / 2) of the summary with the chosen one is
maximised over the states that the weights themselves lead to, round after round (as in Ross et al., 2011).
It learns from the summaries six models wrote of the RAGTruth news articles (what all six say) and from the
three news sets. `one` is a ridge regression on the ROUGE of each sentence alone beside the others of its
article, with the weights of common words, on XSum. `expected.json` holds for `meeting` (QMSum) and `story`
(SQuALITY) two logistic regressions: whether a person's summary holds a word of the text, and whether it
holds two words side by side, from where they stand and from the question. Needs numpy, scipy and rouge-score.

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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from rouge_score import rouge_scorer
from scipy.optimize import minimize

from quotewise import Article
from quotewise._extractive.page.layout import layout
from quotewise._extractive.summaries import expected, summary
from quotewise._extractive.summaries.expected import PAIR_CLUES, WORD_CLUES, Expected, Fitted, Reading
from quotewise._extractive.summaries.focus import relevance
from quotewise._extractive.summaries.salience import NAMES, measure
from quotewise._extractive.summaries.summary import summarize
from quotewise._extractive.summaries.weights import all_words
from quotewise._extractive.words.sentence import Sentence, sentence
from quotewise._plans.numbered import Line, one_line
from quotewise._text.stems import stem
from quotewise._text.words import all_terms

PACKAGE = Path(__file__).parents[1] / "src/quotewise/_extractive/summaries"
NEWS = ("cnndm_realsumm", "cnndm_summeval", "news_writers")
LIMITS = {
    "several": [{"points": 3}, {"words": 60}, {"words": 80}],
    "one": [{"points": 1}],
    "meeting": [{"words": 70}, {"words": 90}],
    "story": [{"words": 180}, {"words": 230}],
}
MEASURES = ("rouge1", "rouge2", "rougeLsum")
SCORER = rouge_scorer.RougeScorer(list(MEASURES), use_stemmer=True)
ROUNDS = 4
SHRINK = 2e-3
NEWS_WEIGHT = 5.0
ONE_RIDGE = 100.0
COMMON_WORDS = 60
EXPECTED_RIDGE = 10.0
EXPECTED_WORDS = 120
"""Words that summaries of meetings and of stories alike hold: "the", "because", "would"."""
AGAIN = 6
SHORTER = 2.0
"""Taken off the weight of length: the models' summaries are longer than the sets' references."""
NOVEL = 10.0
"""What a sentence loses if every term of it stands in those picked; from 2 to 10 ROUGE hardly changes."""
AMOUNTS = 2.0
"""Added for a sentence that states an amount, which a reader looks for; ROUGE-1 loses 0.1."""

Reference = tuple[Counter[str], Counter[tuple[str, str]], float]


@dataclass
class Document:
    """An article read as the engine reads it, and its references as counted words and pairs."""

    name: str
    sentences: list[Sentence]
    rows: np.ndarray
    references: list[Reference]
    lines: list[Line]
    written: list[str]
    tokens: list[list[str]] = field(default_factory=list)
    question: str | None = None
    held: list[frozenset] = field(default_factory=list)

    def reward(self, picks: Sequence[int], pairs: float = 0.5) -> float:
        """ROUGE-1 and `pairs` times ROUGE-2, the mean over the references."""
        tokens = [token for at in sorted(picks) for token in self.tokens[at]]
        ones, twos = Counter(tokens), Counter(pairwise(tokens))
        total = 0.0
        for words, couples, length in self.references:
            total += 2 * _shared(words, ones) / (length + len(tokens))
            total += 2 * pairs * _shared(couples, twos) / max(1.0, length + len(tokens) - 2)
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
    return Document(name, read, rows, references, lines, [], [tokens(one.text) for one in read])


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
    """The articles of a set; one with several questions is read once."""
    texts: dict[str, Document] = {}
    found = []
    for row in rows_of(data / "summaries" / f"{name}.jsonl.xz"):
        text = texts.get(row["source"]) or document(name, row["source"], [])
        texts[row["source"]] = text
        references = [as_written(reference) for reference in row["references"]]
        asked, held = row.get("question"), [_held(reference) for reference in row["references"]]
        found.append(
            replace(text, references=references, written=row["references"], question=asked, held=held)
        )
    return found


def _held(text: str) -> frozenset:
    """The words and pairs of a summary, as the engine reads them."""
    said = all_terms(text)
    return frozenset(said) | frozenset(pairwise(said))


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


def commonest(documents: Sequence[Document], size: int) -> list[str]:
    """The words that most sentences hold: "has", "will", "said", which tell news from its telling."""
    held = Counter(word for doc in documents for one in doc.sentences for word in set(all_words(one.text)))
    return sorted(held, key=lambda word: (-held[word], word))[:size]


def with_words(doc: Document, listed: Sequence[str]) -> np.ndarray:
    """The measures and, for each word, whether it is in the sentence."""
    marks = np.zeros((len(doc.sentences), len(listed)))
    place = {word: at for at, word in enumerate(listed)}
    for row, one in zip(marks, doc.sentences, strict=True):
        for word in all_words(one.text):
            if word in place:
                row[place[word]] = 1.0
    return np.hstack([doc.rows, marks])


def ridge(rows: np.ndarray, target: np.ndarray, share: np.ndarray, shrink: float) -> np.ndarray:
    spread = rows.std(0)
    rows = rows / np.where(spread > 0, spread, 1.0)
    normal = rows.T @ (rows * share[:, None]) + shrink * np.eye(rows.shape[1])
    return np.linalg.solve(normal, rows.T @ (target * share)) / np.where(spread > 0, spread, 1.0)


def fit_one(documents: Sequence[Document], listed: Sequence[str]) -> np.ndarray:
    """Weights for `NAMES` and the words, for which sentence is nearest to a one-line summary."""
    rows = [with_words(doc, listed) for doc in documents]
    gains = [np.array([doc.reward([at], 2.0) for at in range(len(doc.sentences))]) for doc in documents]
    target = np.concatenate([gain - gain.mean() for gain in gains])
    return ridge(np.vstack([row - row.mean(0) for row in rows]), target, np.ones(len(target)), ONE_RIDGE)


def summary_words(documents: Sequence[Document]) -> list[str]:
    """The words of people's summaries, those that most of them hold first."""
    held = Counter(word for doc in documents for text in doc.written for word in set(all_terms(text)))
    return sorted(held, key=lambda word: (-held[word], word))


def in_both(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words common in two lists, so that none is there for the subject of a single set."""
    return sorted(set(one) & set(other), key=lambda word: one.index(word) + other.index(word))


def fit_expected(documents: Sequence[Document], common: Sequence[str]) -> dict:
    """What is likely to be in a summary: the weights of clues, of common words, and how often those stand."""
    texts = [text for doc in documents for text in doc.written]
    counted = [Counter(all_terms(text)) for text in texts]
    readings = [(_reading(doc), doc) for doc in documents]
    found = [(term, clues, _share(term, doc)) for reading, doc in readings for term, clues in reading.words()]
    rows = np.hstack(
        [np.array([clues for _, clues, _ in found], float), _marks([t for t, _, _ in found], common)]
    )
    fitted = logistic(rows, np.array([share for _, _, share in found]))
    size = len(WORD_CLUES) + 1
    made = {
        "words": table(fitted[:size], ("bias", *WORD_CLUES)),
        "common": table(fitted[size:], common),
        "again": {word: _again(word, counted) for word in common},
        "pairs": dict.fromkeys(("bias", *PAIR_CLUES), 0.0),
    }
    return made | {"pairs": _fit_pairs(readings, made)}


def _reading(doc: Document) -> Reading:
    near = relevance(doc.sentences, doc.question)
    return Reading(doc.sentences, near, doc.question or "" if near is not None else "")


def _fit_pairs(readings: Sequence[tuple[Reading, Document]], made: dict) -> dict[str, float]:
    rows, shares = [], []
    expected.fitted = {"": Fitted(**made)}.__getitem__
    for reading, doc in readings:
        likely = Expected(reading, "").likely
        said = (pair for at in reading.places for pair in pairwise(all_terms(reading.sentences[at].text)))
        for pair in dict.fromkeys(said):
            rows.append(reading.pair(pair, likely, made["common"]))
            shares.append(_share(pair, doc))
    return table(logistic(np.array(rows, float), np.array(shares)), ("bias", *PAIR_CLUES))


def _share(key: str | tuple[str, str], doc: Document) -> float:
    """The share of a text's summaries that hold a word or a pair."""
    return sum(key in held for held in doc.held) / len(doc.held)


def _marks(terms: Sequence[str], listed: Sequence[str]) -> np.ndarray:
    place = {word: at for at, word in enumerate(listed)}
    marks = np.zeros((len(terms), len(listed)))
    for row, term in zip(marks, terms, strict=True):
        if term in place:
            row[place[term]] = 1.0
    return marks


def _again(word: str, counted: Sequence[Counter[str]]) -> list[float]:
    """Of the summaries with a word, the share that hold it at least twice, three times and so on."""
    times = np.array([found[word] for found in counted if word in found])
    return [round(float((times >= least).mean()), 3) for least in range(2, AGAIN + 2)]


def logistic(rows: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """The bias and the weights of a logistic regression on the share of yes, shrunk over equal spreads."""
    mean, spread = rows.mean(0), rows.std(0)
    spread = np.where(spread > 0, spread, 1.0)
    rows = np.column_stack([np.ones(len(rows)), (rows - mean) / spread])
    shrink = np.append(0.0, np.full(rows.shape[1] - 1, EXPECTED_RIDGE))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = rows @ weights
        gap = 1 / (1 + np.exp(-logits)) - shares
        value = np.logaddexp(0, logits).sum() - shares @ logits + shrink @ weights**2 / 2
        return value, rows.T @ gap + shrink * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    weights = found[1:] / spread
    return np.append(found[0] - weights @ mean, weights)


def adjusted(weights: np.ndarray) -> np.ndarray:
    """The fitted weights of `several` with what was chosen by hand."""
    weights = weights.copy()
    weights[NAMES.index("length")] -= SHORTER
    weights[NAMES.index("amount")] += AMOUNTS
    weights[-1] = -NOVEL
    return weights


def table(weights: np.ndarray, names: Sequence[str]) -> dict[str, float]:
    return {name: float(f"{weight:.4g}") for name, weight in zip(names, weights, strict=True)}


def fit(documents: Mapping[str, Sequence[Document]]) -> dict:
    """The tables of `summary.json` by name; a group without documents gives none."""
    tables: dict[str, dict[str, float]] = {}
    if documents["one"]:
        listed = commonest(documents["one"], COMMON_WORDS)
        weights = fit_one(documents["one"], listed)
        tables["one"] = table(weights[: len(NAMES)], NAMES)
        tables["one words"] = table(weights[len(NAMES) :], listed)
    if documents["several"]:
        several = fit_several([*documents["models"], *documents["several"]])
        tables["several"] = table(adjusted(several), (*NAMES, "covered"))
    return tables


def fit_long(
    documents: Mapping[str, Sequence[Document]], kinds: Sequence[str] = ("meeting", "story")
) -> dict:
    """The tables of `expected.json` by kind of text."""
    common = in_both(*(summary_words(documents[kind])[: 3 * EXPECTED_WORDS] for kind in ("meeting", "story")))
    return {kind: fit_expected(documents[kind], common[:EXPECTED_WORDS]) for kind in kinds}


def cross_validate(
    documents: Mapping[str, Sequence[Document]], names: Sequence[str], folds: int = 5
) -> Iterator[str]:
    """ROUGE of `summarize` on articles that its tables were not fitted on, by set and limit."""
    random = np.random.default_rng(1)
    for name in LIMITS:
        keys = list({id(doc.sentences): 0 for doc in documents[name]})
        fold_of = dict(zip(keys, random.permutation(len(keys)) % folds, strict=True))
        if name not in names:
            continue
        found: dict[str, list[list[float]]] = defaultdict(list)
        for fold in range(folds):
            _set_tables(
                documents, name, [doc for doc in documents[name] if fold_of[id(doc.sentences)] != fold]
            )
            for doc in documents[name]:
                if fold_of[id(doc.sentences)] == fold:
                    for limit, values in _scores(doc, name).items():
                        found[limit].append(values)
        for limit, rows in found.items():
            mean, gain = np.mean(rows, 0), np.array(rows)[:, 3]
            half = 1.96 * gain.std(ddof=1) / math.sqrt(len(gain))
            means = " | ".join(f"{value:.2f}" for value in mean[:3])
            yield f"| {name}, {limit} | {means} | {gain.mean():+.2f} (±{half:.2f}) |"


def _set_tables(documents: Mapping[str, Sequence[Document]], name: str, kept: Sequence[Document]) -> None:
    """Have the engine use tables of one name, fitted on the documents kept."""
    if name in ("meeting", "story"):
        tables = fit_long({**documents, name: kept}, [name])
        expected.fitted = lambda kind: Fitted(**tables[kind])
    else:
        summary.weights = fit(
            {**dict.fromkeys(documents, ()), "models": documents["models"], name: kept}
        ).__getitem__


def _scores(doc: Document, name: str) -> dict[str, list[float]]:
    """R-1, R-2, R-Lsum and what R-1 is above that of the first three sentences (or the first)."""
    lead = _rouge(doc, [line.number for line in doc.lines[: 1 if name == "one" else 3]])[0]
    found = {}
    for limit in LIMITS[name]:
        scores = _rouge(doc, summarize(doc.lines, focus=doc.question, **limit).picked)
        found[str(limit)] = [*scores, scores[0] - lead]
    return found


def _rouge(doc: Document, numbers: Sequence[int]) -> list[float]:
    text = "\n".join(doc.lines[number - 1].text for number in numbers)
    by_line = [re.sub(r"(?<=[.!?]) +", "\n", reference) for reference in doc.written]
    scores = [SCORER.score(reference, text) for reference in by_line]
    fold = max if doc.name == "squality" else np.mean
    return [100 * float(fold([score[measure].fmeasure for score in scores])) for measure in MEASURES]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="the folder of development data")
    parser.add_argument(
        "--cross-validate", action="store_true", help="print figures on held-out folds, and write nothing"
    )
    parser.add_argument("--only", nargs="*", choices=list(LIMITS), help="of these sets alone")
    options = parser.parse_args()
    documents = {
        "models": ragtruth(options.data),
        "several": [doc for name in NEWS for doc in summary_set(options.data, name)],
        "one": summary_set(options.data, "xsum1000"),
        "meeting": summary_set(options.data, "qmsum"),
        "story": summary_set(options.data, "squality"),
    }
    if options.cross_validate:
        for row in cross_validate(documents, options.only or list(LIMITS)):
            sys.stdout.write(row + "\n")
            sys.stdout.flush()
    else:
        for name, tables in (("summary", fit(documents)), ("expected", fit_long(documents))):
            (PACKAGE / f"{name}.json").write_text(json.dumps(tables, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
