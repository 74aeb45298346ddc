"""Fits the tables of the extractive engine's answers: word frequencies, clues, order, and two tests of doubt.

    python tools/fit_answer.py frequencies   writes words/common.txt
    python tools/fit_answer.py table --pairs QG --others new_wiki_v1.0.json   writes answer.json

Both stand in src/quotewise/_extractive. Reads the development data (QUOTEWISE_DATA, or ../shared/data beside
the checkout); needs numpy, scipy and scikit-learn, which the library itself never does. The same data gives
the same tables; set OMP_NUM_THREADS=1, since the order of a sum is part of the result. `--pairs` names a
folder of further questions (`squad_pairs`), `--others` a file of them (`shifts`). They are fitted on like the
development half, but for `least`, which looks at that alone, `about`, which sees a part of `--others`, and
`answers`, which needs questions that cannot be answered and sees none of them.

Clues: a log-linear model over the candidate spans of each answerable question, fitted to the expected word F1
(sum of probability times F1, in logs), L2-penalised; clues seen fewer than about 30 times are left out.
Order: a small neural network over the nearest sentences of each question, on `order.bearings`, fitted to
which of them holds the answer, under clue weights from other titles.
Look: another of `look` over the likely spans of the sentences that hold the answer, fitted to the same
expected word F1.
Judge: another of the measures of doubt, over the first three sentences of questions that leave the order
unsure, fitted to which of them holds the answer.
Doubt: two models of `doubt.measures` and `mismatch.mismatches`, computed, like the bearings, with all that
comes before fitted on other titles than the question's own, so that they see the engine as it meets a new
article. `about`, a logistic regression, learns answerable questions against questions put to another title,
as they are and with a name of that text in place of theirs; `answers`, small neural networks, learns SQuAD
2's answerable against its adversarial questions, and the pairs' as well. `least` refuses a fixed share of
answerable questions.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import os
import random
import re
import sys
import warnings
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import fmin_l_bfgs_b
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from quotewise._extractive import learned
from quotewise._extractive.answers import doubt, judge, look, order, spans
from quotewise._extractive.questions.question import Question, read
from quotewise._extractive.words.shapes import classes
from quotewise._text.sentences import sentences
from quotewise._text.words import words

sys.path.insert(0, str(Path(__file__).parent))  # this file is also loaded by the benchmarks

import shifts
import squad_pairs

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "quotewise" / "_extractive"
DATA = Path(os.environ.get("QUOTEWISE_DATA") or ROOT.parent / "shared" / "data")

RAREST_CLUE = 30
PENALTY = 8.0
ROUNDS = 60
KEPT = 0.25
"""The share of poor candidates (F1 of at most one half) that the fit looks at."""
REFUSED = 0.047
"""The share of answerable questions that `least` refuses; the goal is at most 0.05."""
FOLDS = 5

WEIGHTS = {"other": 3.0, "other article": 6.0, "renamed": 0.2}
"""What a pairing counts in the fit of `about`, beside 1 for an answered question."""
PAIRED = ("paired", "paired trap")
"""The kinds of a question of the pairs: answered by its paragraph, and not."""
EVERY = 4
"""Of how many further questions one is put to other articles for `about`; all of them would take too long."""
NETS, UNITS = 4, 12
BATCH, RATE, DECAY = 128, 0.006, 0.1
"""How the networks of order and second look are trained: AdamW, one cycle of the rate."""


@dataclass(frozen=True)
class Training:
    """How many networks of how many units, how long they are trained, and what is dropped at both layers."""

    networks: int
    units: int
    epochs: int
    dropped: tuple[float, float]


ORDER = Training(1, 32, 24, (0.1, 0.2))
JUDGE = Training(1, 32, 20, (0.2, 0.3))
UNSURE = 0.9
"""The share of the first sentence below which the judge learns from a question; it is asked about fewer."""
LOOK = Training(2, 32, 30, (0.1, 0.2))

Row = dict[str, Any]
Measures = dict[str, float]


def rows(*names: str) -> list[Row]:
    """The questions of the development half."""
    paths = [DATA / "qa" / f"{name}.jsonl.xz" for name in names or ("squad2", "xquad_en")]
    return [json.loads(line) for path in paths for line in _lines(path)]


def pairs(folder: Path | None) -> list[Row]:
    """The questions of a folder of pairs, none where there is no folder; see `squad_pairs`."""
    if folder is None:
        return []
    return squad_pairs.pairs(folder, sorted(_sources() | {row["source"] for row in rows()}))


def others(path: Path | None) -> list[Row]:
    """The questions of a file of further ones, none where there is no file; see `shifts`."""
    return shifts.questions(path, {row["source"] for row in rows()}) if path else []


def _lines(path: Path) -> list[str]:
    return lzma.decompress(path.read_bytes()).decode().splitlines()


# --- word F1, as SQuAD counts it ---------------------------------------------------------------------------


def normal(text: str) -> list[str]:
    """The words that count: lower case, without punctuation and articles."""
    kept = "".join(c for c in text.lower() if c not in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


def word_f1(one: list[str], other: list[str]) -> float:
    """The harmonic mean of precision and recall over words."""
    if not one or not other:
        return float(one == other)
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


# --- the clue weights --------------------------------------------------------------------------------------


class Pages:
    """Articles cut and read once each; `cut` gives where each sentence stands."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[spans.Page, list[tuple[int, int]]]] = {}

    def read(self, text: str) -> tuple[spans.Page, list[tuple[int, int]]]:
        if text not in self._pages:
            cut = [(span.start, span.end) for span in sentences(text)]
            self._pages[text] = spans.Page(text[a:b] for a, b in cut), cut
        return self._pages[text]


@dataclass
class Candidates:
    """Every candidate span of every answerable question: its clues as a sparse row, its F1, its question."""

    clues: list[str]
    matrix: csr_matrix
    f1: np.ndarray
    question: np.ndarray
    titles: list[str]


def candidates(answerable: Sequence[Row], pages: Pages) -> Candidates:
    """The training rows of the clue weights."""
    number: dict[str, int] = {}
    columns = array("i")
    ends, f1, question = [0], [], []
    chosen = random.Random(0)
    for at, row in enumerate(answerable):
        for value, clues in _spans(row, pages):
            if value <= 0.5 and chosen.random() > KEPT:
                continue
            columns.extend(number.setdefault(clue, len(number)) for clue in clues)
            ends.append(len(columns))
            f1.append(value)
            question.append(at)
    ones = np.ones(len(columns), np.float32)
    matrix = csr_matrix((ones, np.asarray(columns), np.array(ends)), shape=(len(f1), len(number)))
    matrix.sum_duplicates()
    titles = [row["title"] for row in answerable]
    return Candidates(list(number), matrix, np.array(f1), np.array(question), titles)


def _spans(row: Row, pages: Pages) -> Iterator[tuple[float, list[str]]]:
    page, cut = pages.read(row["source"])
    asked = read(row["question"])
    gold = [normal(text) for text in row["answers"]]
    for near in spans.nearest(page, asked, page.weights(asked)):
        sentence = page.sentences[near.at]
        start, end = cut[near.at]
        holds = any(start <= at < end for at in row["answer_starts"])
        for i, j, clues in spans.candidates(asked, sentence, near):
            text = sentence.text[sentence.words[i].start : sentence.words[j - 1].end]
            yield max(word_f1(normal(text), g) for g in gold) if holds else 0.0, clues


def clue_weights(found: Candidates, titles: set[str]) -> dict[str, float]:
    """The weight of each clue, fitted on the questions of some titles."""
    of_title = np.array([title in titles for title in found.titles])
    chosen = np.flatnonzero(of_title[found.question])
    matrix = found.matrix[chosen]
    common = np.flatnonzero(np.bincount(matrix.indices) >= RAREST_CLUE * KEPT)
    target = np.where(found.f1[chosen] > 0.2, found.f1[chosen], 0.0)
    weights = _fit(matrix[:, common], found.question[chosen], target)
    # As the file holds them: what is fitted on top must see the weights that the engine will.
    steps = np.rint(weights / learned.STEP)
    return {found.clues[c]: float(s * learned.STEP) for c, s in zip(common, steps, strict=True) if s}


def _fit(matrix: csr_matrix, question: np.ndarray, f1: np.ndarray, penalty: float = PENALTY) -> np.ndarray:
    """Weights that maximise the log of each question's expected F1, less an L2 penalty, by L-BFGS."""
    starts = np.flatnonzero(np.r_[True, question[1:] != question[:-1]])
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(question)]))
    known = np.maximum.reduceat(f1, starts) > 0
    transposed = matrix.T.tocsr()

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = (matrix @ weights.astype(np.float32)).astype(float)
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        share = odds / np.add.reduceat(odds, starts)[group]
        won = share * f1
        expected = np.where(known, np.maximum(np.add.reduceat(won, starts), 1e-9), 1.0)
        gradient = np.where(known[group], share - won / expected[group], 0.0)
        value = -np.log(expected[known]).sum() + penalty / 2 * weights @ weights
        return value, transposed @ gradient.astype(np.float32) + penalty * weights

    return fmin_l_bfgs_b(loss, np.zeros(matrix.shape[1]), maxiter=ROUNDS, m=8)[0]


# --- the two tests of doubt --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A question put to an article: whether it is answered there, and of which kind the pairing is."""

    row: Row
    source: str
    answered: bool
    kind: str


def pairings(questions: Sequence[Row], seed: int = 3) -> list[Case]:
    """Each question with its own paragraph; each answerable one also with a paragraph of another title.

    A third of these also meet twelve paragraphs of their own and of another title, as long as an article.
    """
    chosen = random.Random(seed)
    paragraphs: dict[str, list[str]] = defaultdict(list)
    for row in questions:
        if row["source"] not in paragraphs[row["title"]]:
            paragraphs[row["title"]].append(row["source"])
    cases = [
        Case(r, r["source"], r["answerable"], "own" if r["answerable"] else "adversarial") for r in questions
    ]
    for row in (r for r in questions if r["answerable"]):
        other = chosen.choice([title for title in sorted(paragraphs) if title != row["title"]])
        cases.append(Case(row, chosen.choice(paragraphs[other]), False, "other"))
        if chosen.random() < 1 / 3:
            beside = [p for p in paragraphs[row["title"]] if p != row["source"]][:11]
            at = chosen.randrange(len(beside) + 1)
            own = "\n\n".join([*beside[:at], row["source"], *beside[at:]])
            cases.append(Case(row, own, True, "own article"))
            cases.append(Case(row, "\n\n".join(paragraphs[other][:12]), False, "other article"))
        cases += _renamed(row, chosen.choice(paragraphs[other]), chosen)
    return cases


def _renamed(row: Row, source: str, chosen: random.Random) -> list[Case]:
    """The question with its first name replaced by one of a paragraph of another title, put to that.

    So people ask what an article does not say about what it names: "When was the Harbour Bridge built?"
    """
    names = [name for span in sentences(source) for name in _names(source[span.start : span.end])]
    asked = _names(row["question"])
    if not names or not asked:
        return []
    question = row["question"].replace(asked[0], chosen.choice(names), 1)
    return [Case({**row, "question": question}, source, False, "renamed")]


def _names(text: str) -> list[str]:
    """The runs of names in a text, its first word left out."""
    found = words(text)
    kinds = classes(found)
    runs = [(m.start(), m.end() - 1) for m in re.finditer("K+", kinds) if m.start()]
    return [text[found[first].start : found[last].end] for first, last in runs]


Worth = dict[str, float]


@dataclass(frozen=True)
class Fitted:
    """What is fitted without a fold of titles: clue weights, order, second look."""

    worth: Worth
    order: learned.Nets
    look: learned.Nets
    judge: learned.Nets


NONE = learned.Nets((), ())
"""No network yet."""


def _spots(page: spans.Page, asked: Question, worth: Worth) -> list[spans.Spot]:
    near = spans.nearest(page, asked, page.weights(asked))
    return [spot for n in near if (spot := spans.best(asked, page.sentences[n.at], n, worth))]


def measured(case: Case, pages: Pages, fitted: Fitted) -> Measures | None:
    """The measures of doubt, None where no sentence shares a word with the question."""
    page, _ = pages.read(case.source)
    asked = read(case.row["question"])
    weights = page.weights(asked)
    spots = order.ordered(page, asked, weights, _spots(page, asked, fitted.worth), fitted.order)
    return judge.judged(page, asked, weights, spots, fitted.look, fitted.judge).measures if spots else None


@dataclass
class Choices:
    """What one of several is to be chosen from, by question: measures of each, its worth, and whose it is."""

    names: list[str]
    table: np.ndarray
    worth: np.ndarray
    there: np.ndarray
    titles: np.ndarray


Choice = list[tuple[Measures, float]]


def _choices(found: Sequence[tuple[str, Choice]], most: int) -> Choices:
    names = sorted({name for _, one in found for measures, _ in one for name in measures})
    table = np.zeros((len(found), most, len(names)), np.float32)
    worth, there = np.zeros(table.shape[:2], np.float32), np.zeros(table.shape[:2], bool)
    for at, (_, one) in enumerate(found):
        there[at, : len(one)] = True
        worth[at, : len(one)] = [value for _, value in one]
        table[at, : len(one)] = [[measures.get(name, 0.0) for name in names] for measures, _ in one]
    return Choices(names, table, worth, there, np.array([title for title, _ in found]))


def sentences_of(answerable: Sequence[Row], pages: Pages, worth_of: dict[str, Worth]) -> Choices:
    """The training rows of the order: nearest sentences and which answer, under weights from other titles."""
    found: list[tuple[str, Choice]] = []
    for row in answerable:
        page, cut = pages.read(row["source"])
        asked = read(row["question"])
        spots = _spots(page, asked, worth_of[row["title"]])
        if not spots:
            continue
        seen = order.bearings(page, asked, page.weights(asked), spots)
        stands = [cut[spot.near.at] for spot in spots]
        answers = [float(any(a <= s < b for s in row["answer_starts"])) for a, b in stands]
        found.append((row["title"], list(zip(seen, answers, strict=True))))
    return _choices(found, spans.NEAREST)


def spans_of(answerable: Sequence[Row], pages: Pages, worth_of: dict[str, Worth]) -> Choices:
    """The training rows of the second look: likely spans of the sentences that answer, and their word F1."""
    found = [(row["title"], one) for row in answerable for one in _looks(row, pages, worth_of[row["title"]])]
    return _choices(found, look.LIKELY)


def _looks(row: Row, pages: Pages, worth: Worth) -> Iterator[Choice]:
    page, cut = pages.read(row["source"])
    asked = read(row["question"])
    gold = [normal(text) for text in row["answers"]]
    for spot in _spots(page, asked, worth):
        start, end = cut[spot.near.at]
        if not any(start <= at < end for at in row["answer_starts"]):
            continue
        sentence, likely = page.sentences[spot.near.at], spot.likely[: look.LIKELY]
        texts = [sentence.text[sentence.words[i].start : sentence.words[j - 1].end] for _, i, j in likely]
        f1 = [max(word_f1(normal(text), g) for g in gold) for text in texts]
        measures = look.Look(page, asked, page.weights(asked), spot.near).measures(likely)
        yield list(zip(measures, f1, strict=True))


def readings_of(answerable: Sequence[Row], pages: Pages, fitted: dict[str, Fitted]) -> Choices:
    """The training rows of the judge: sentences read closely, where the order is unsure, and which answer."""
    found = [(row["title"], _readings(row, pages, fitted[row["title"]])) for row in answerable]
    return _choices([(title, one) for title, one in found if len(one) > 1], judge.JUDGED)


def _readings(row: Row, pages: Pages, fitted: Fitted) -> Choice:
    page, cut = pages.read(row["source"])
    asked = read(row["question"])
    weights = page.weights(asked)
    spots = order.ordered(page, asked, weights, _spots(page, asked, fitted.worth), fitted.order)
    first = judge.closely(page, asked, weights, spots, fitted.look) if spots else None
    if first is None or first.measures["certain"] >= UNSURE:
        return []
    several = judge.readings(page, asked, weights, first, fitted.look)
    stands = [cut[one.spots[0].near.at] for one in several]
    answers = [float(any(a <= s < b for s in row["answer_starts"])) for a, b in stands]
    return [(one.measures, answer) for one, answer in zip(several, answers, strict=True)]


def choosing(found: Choices, titles: set[str], how: Training) -> learned.Nets:
    """Networks that choose, fitted on some titles; scales are folded in."""
    chosen = np.isin(found.titles, sorted(titles))
    seen = found.table[chosen][found.there[chosen]]
    # A rare measure would count too much by its deviation alone.
    mean, scale = seen.mean(0), np.maximum(seen.std(0), np.ptp(seen, 0) / 8) + 1e-6
    known = chosen & (found.worth.max(1) > 0.2)
    table = np.where(found.there[known][..., None], (found.table[known] - mean) / scale, 0.0)
    nets = []
    for start in range(how.networks):
        inner, bias, outer = _ranking(table, found.worth[known], found.there[known], how, start)
        raw = inner.T / scale
        units = [tuple(map(float, (b, *row))) for b, row in zip(bias - raw @ mean, raw, strict=True)]
        nets.append((*units, (0.0, *map(float, outer))))
    return learned.Nets(tuple(found.names), tuple(nets))


def _ranking(
    table: np.ndarray, worth: np.ndarray, there: np.ndarray, how: Training, start: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One network of one hidden layer that scores, fitted to the log of each question's expected worth."""
    chance = np.random.default_rng(start)
    size = table.shape[2]
    shaped: list[np.ndarray] = [
        chance.uniform(-1, 1, (size, how.units)) / np.sqrt(size),
        np.zeros(how.units),
        chance.uniform(-1, 1, how.units) / np.sqrt(how.units),
    ]
    weights = [w.astype(np.float32) for w in shaped]
    first, second = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    batches = [b for _ in range(how.epochs) for b in _batches(len(table), chance)]
    for step, batch in enumerate(batches, 1):
        gradients = _gradients(weights, table[batch], worth[batch], there[batch], how.dropped, chance)
        rate = RATE * _cycle(step / len(batches))
        for w, g, m, v in zip(weights, gradients, first, second, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            w *= 1 - rate * DECAY
            w -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return weights[0], weights[1], weights[2]


def _batches(count: int, chance: np.random.Generator) -> list[np.ndarray]:
    return np.array_split(chance.permutation(count), math.ceil(count / BATCH))


def _cycle(done: float) -> float:
    """The rate at some share of the training: up over the first three tenths, then down to nothing."""
    return (
        (1 - math.cos(math.pi * done / 0.3)) / 2
        if done < 0.3
        else (1 + math.cos(math.pi * (done - 0.3) / 0.7)) / 2
    )


def _gradients(
    weights: Sequence[np.ndarray],
    table: np.ndarray,
    worth: np.ndarray,
    there: np.ndarray,
    dropped: tuple[float, float],
    chance: np.random.Generator,
) -> list[np.ndarray]:
    """The gradients of the loss on some questions, with measures and units dropped by chance."""
    inner, bias, outer = weights
    given = table * _kept(table.shape, dropped[0], chance)
    keep = _kept((*table.shape[:2], len(bias)), dropped[1], chance)
    raw = given @ inner + bias
    fired = np.maximum(raw, 0) * keep
    scores = np.where(there, fired @ outer, -np.inf)
    odds = np.exp(scores - scores.max(1, keepdims=True))
    shares = odds / odds.sum(1, keepdims=True)
    won = shares * (worth + 1e-6)
    back = (shares - won / won.sum(1, keepdims=True)) / np.float32(len(table))
    into = back[..., None] * outer * keep * (raw > 0)
    return [
        np.tensordot(given, into, ([0, 1], [0, 1])),
        into.sum((0, 1)),
        np.tensordot(fired, back, ([0, 1], [0, 1])),
    ]


def _kept(shape: tuple[int, ...], dropped: float, chance: np.random.Generator) -> np.ndarray:
    return (chance.random(shape, np.float32) >= dropped) / np.float32(1 - dropped)


def _logistic(
    seen: Sequence[Measures], answered: Sequence[bool], weight: Sequence[float]
) -> learned.Logistic:
    names = list(seen[0])
    table = np.array([[m[name] for name in names] for m in seen])
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=0.03, max_iter=3000).fit(scaler.transform(table), answered, weight)
    raw = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - raw @ scaler.mean_)
    return learned.Logistic(bias, {name: float(w) for name, w in zip(names, raw, strict=True)})


def _nets(seen: Sequence[Measures], answered: Sequence[bool]) -> learned.Nets:
    """Networks that differ only in their first weights; the scale of the measures is folded into them."""
    names = list(seen[0])
    table = np.array([[m[name] for name in names] for m in seen])
    scaler = StandardScaler().fit(table)
    nets = []
    for start in range(NETS):
        model = MLPClassifier((UNITS,), alpha=3.0, max_iter=30, learning_rate_init=0.003, random_state=start)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
            model.fit(scaler.transform(table), answered)
        raw = model.coefs_[0].T / scaler.scale_
        bias = model.intercepts_[0] - raw @ scaler.mean_
        units = [tuple(map(float, (b, *row))) for b, row in zip(bias, raw, strict=True)]
        last = tuple(map(float, (model.intercepts_[1][0], *model.coefs_[1].ravel())))
        nets.append((*units, last))
    return learned.Nets(tuple(names), tuple(nets))


# --- the whole table ---------------------------------------------------------------------------------------


def folds(titles: Sequence[str], n: int = FOLDS) -> list[set[str]]:
    """Titles in groups of about as many questions each, the largest titles first."""
    groups: list[set[str]] = [set() for _ in range(n)]
    sizes = [0] * n
    for title, count in sorted(Counter(titles).items(), key=lambda item: (-item[1], item[0])):
        least = sizes.index(min(sizes))
        groups[least].add(title)
        sizes[least] += count
    return groups


Seen = list[tuple[Case, Measures | None]]


def fit(apart: Apart) -> learned.Fitted:
    """The table of all the questions."""
    titles = set(apart.fitted)
    about, answers, least = _doubts(apart.seen)
    return learned.Fitted(
        worth=clue_weights(apart.candidates, titles),
        look=choosing(apart.spans, titles, LOOK),
        order=choosing(apart.sentences, titles, ORDER),
        judge=choosing(apart.readings, titles, JUDGE),
        about=about,
        answers=answers,
        least=least,
    )


def held_out(apart: Apart) -> Iterator[tuple[learned.Fitted, list[Case]]]:
    """For each fold of titles, a table fitted on the other titles, and the cases of the fold.

    Order and doubts of a fold are fitted on rows of other titles; those were computed with clue weights
    whose own folds may include this one, which saves a second round of fits.
    """
    for group in apart.folds:
        fitted = apart.fitted[min(group)]
        about, answers, least = _doubts([(c, m) for c, m in apart.seen if c.row["title"] not in group])
        table = learned.Fitted(fitted.worth, fitted.look, fitted.order, fitted.judge, about, answers, least)
        cases = [case for case, _ in apart.seen if case.row["title"] in group and _is_own(case)]
        yield learned.parse(learned.dump(table)), cases


class Apart:
    """What is fitted for each title without its fold, and the measures of all cases under that."""

    def __init__(
        self, questions: Sequence[Row], pages: Pages, pairs: Sequence[Row] = (), others: Sequence[Row] = ()
    ) -> None:
        answerable = [row for row in (*questions, *pairs, *others) if row["answerable"]]
        titles = {row["title"] for row in (*questions, *pairs, *others)}
        each = [folds([row["title"] for row in some]) for some in (questions, pairs, others)]
        self.folds = [set[str]().union(*groups) for groups in zip(*each, strict=True)]
        self.candidates = candidates(answerable, pages)
        worth: dict[str, Worth] = {}
        for group in self.folds:
            worth.update(dict.fromkeys(group, clue_weights(self.candidates, titles - group)))
        self.sentences = sentences_of(answerable, pages, worth)
        self.spans = spans_of(answerable, pages, worth)
        self.fitted: dict[str, Fitted] = {}
        for group in self.folds:
            order_apart = choosing(self.sentences, titles - group, ORDER)
            look_apart = choosing(self.spans, titles - group, LOOK)
            apart = Fitted(worth[min(group)], order_apart, look_apart, NONE)
            self.fitted.update(dict.fromkeys(group, apart))
        self.readings = readings_of(answerable, pages, self.fitted)
        for group in self.folds:
            judge_apart = choosing(self.readings, titles - group, JUDGE)
            self.fitted.update({t: replace(self.fitted[t], judge=judge_apart) for t in group})
        cases = pairings(questions)
        cases += [Case(r, r["source"], r["answerable"], PAIRED[not r["answerable"]]) for r in pairs]
        cases += pairings(others[::EVERY])
        self.seen = [(case, measured(case, pages, self.fitted[case.row["title"]])) for case in cases]


def _doubts(seen: Seen) -> tuple[learned.Logistic, learned.Nets, float]:
    hard = [(c, m) for c, m in seen if m and (c.kind in PAIRED or _is_squad(c))]
    answers = _nets([m for _, m in hard], [case.answered for case, _ in hard])
    return _about(seen), answers, _least(seen)


def _is_own(case: Case) -> bool:
    """Whether a question is of the development half."""
    return case.row["set"] not in (squad_pairs.SET, shifts.SET)


def _is_squad(case: Case) -> bool:
    return case.kind in ("own", "adversarial") and case.row["set"] == "squad2"


def _about(seen: Seen) -> learned.Logistic:
    plain = [(case, m) for case, m in seen if m and case.kind not in ("adversarial", *PAIRED)]
    weight = [WEIGHTS.get(case.kind, 1.0) for case, _ in plain]
    return _logistic([m for _, m in plain], [case.answered for case, _ in plain], weight)


def _least(seen: Seen) -> float:
    """The probability that refuses the wanted share of answerable questions, with those refused by rule.

    Of each question it is the one of a model fitted on other titles: on its own it would be too sure.
    """
    sure: dict[str, list[float]] = {"own": [], "own article": []}
    for group in folds([case.row["title"] for case, _ in seen if _is_own(case)]):
        about = _about([(case, m) for case, m in seen if case.row["title"] not in group])
        for case, m in seen:
            if case.kind in sure and case.row["title"] in group:
                lost = m is None or doubt.beside_the_point(read(case.row["question"]), m)
                sure[case.kind].append(0.0 if lost or m is None else about(m))
    return min(float(np.quantile(found, REFUSED)) for found in sure.values())


# --- word frequencies --------------------------------------------------------------------------------------


_ONE_SPACE = (" ", "\n", "\t", "\xa0")
"""What keeps two words of one sentence apart; more of it begins a new line, where a capital says nothing."""


def frequencies() -> str:
    """The table of `common`: document frequency over passages of 150 words, in steps of half an idf.

    Counted in the sources of the development half (news, meetings, stories, reviews, encyclopedia), without
    the question-answering sets, so that measuring on those is not helped by it. Stems of plain letters in at
    least 12 passages; a capital marks those written with one in two of three places or more.
    """
    passages, low, high = 0, Counter[str](), Counter[str]()
    held: Counter[str] = Counter()
    for source in sorted(_sources()):
        found = words(source)
        for at in range(0, len(found), 150):
            passages += 1
            held.update({word.term for word in found[at : at + 150]})
        for before, word in pairwise(found):
            if not word.text[0].isupper():
                low[word.term] += 1
            elif source[before.end : word.start] in _ONE_SPACE and not word.text.isupper():
                high[word.term] += 1
    steps: dict[int, list[str]] = defaultdict(list)
    for term, count in held.items():
        if count >= 12 and re.fullmatch("[a-z]+", term):
            shown = term.capitalize() if high[term] > 2 * low[term] else term
            steps[round(2 * math.log(passages / count))].append(shown)
    return "".join(
        f"{step} {' '.join(sorted(listed, key=str.lower))}\n" for step, listed in sorted(steps.items())
    )


def _sources() -> set[str]:
    paths = [
        p
        for kind in ("claims", "claims_train", "summaries")
        for p in sorted((DATA / kind).glob("*.jsonl.xz"))
    ]
    found = {json.loads(line)["source"] for path in paths for line in _lines(path)}
    return {source for source in found if not source.lstrip().startswith("{")}


def main() -> None:
    """Write one of the two tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["frequencies", "table"])
    parser.add_argument("--pairs", type=Path, metavar="FOLDER", help="further questions to fit the table on")
    parser.add_argument("--others", type=Path, metavar="FILE", help="further questions that can be answered")
    given = parser.parse_args()
    if given.what == "frequencies":
        (PACKAGE / "words" / "common.txt").write_text(frequencies(), "utf-8")
        return
    apart = Apart(rows(), Pages(), pairs(given.pairs), others(given.others))
    (PACKAGE / "answer.json").write_text(learned.dump(fit(apart)), "utf-8")


if __name__ == "__main__":
    main()
