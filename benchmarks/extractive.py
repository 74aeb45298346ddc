"""The built-in summaries beside Lead-3 and sumy's classics: ROUGE, evidence found, and time.

    python benchmarks/extractive.py [--peers] [--timing]

Every system sees the same sentences, cut by `Article`, and is told the same number of them. ROUGE is that of
rouge-score, stemmed: R-1 / R-2 / R-Lsum F1 times 100, the mean over a document's references (the best one for
SQuALITY). The packaged weights were fitted on these same sets' development half (and on the models' summaries
of RAGTruth articles), the meetings' and stories' too, so these figures flatter; those of unseen folds come
from `tools/fit_summary.py --cross-validate`. QUOTEWISE_DATA names the data; `--peers` needs sumy.
"""

from __future__ import annotations

import argparse
import bisect
import json
import lzma
import os
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from rouge_score import rouge_scorer

from quotewise import Article
from quotewise._extractive.summaries.facts import facts
from quotewise._extractive.summaries.summary import summarize
from quotewise._plans.numbered import Line, one_line
from quotewise._text.rank import Bm25
from quotewise._text.words import STOPWORDS, term

DATA = Path(os.environ.get("QUOTEWISE_DATA", Path(__file__).parents[2] / "shared" / "data"))
NEWS = ("cnndm_realsumm", "cnndm_summeval", "news_writers")
MEASURES = ("rouge1", "rouge2", "rougeLsum")
SCORER = rouge_scorer.RougeScorer(list(MEASURES), use_stemmer=True)
Picker = Callable[[Sequence[Line], int], Sequence[int]]


@cache
def lines_of(text: str) -> tuple[Line, ...]:
    """The numbered sentences of a text, as a prompt holds them."""
    article = Article(text)
    paragraphs = list(article.paragraphs)
    lines, at = [], 0
    for number, span in enumerate(article.sentences, 1):
        while at + 1 < len(paragraphs) and span.start >= paragraphs[at].end:
            at += 1
        lines.append(Line(number, one_line(text[span.start : span.end]), at))
    return tuple(lines)


@cache
def rows(name: str) -> list[dict]:
    with lzma.open(DATA / "summaries" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        return [json.loads(row) for row in file]


def rouge(references: Sequence[str], summary: str, *, best: bool = False) -> list[float]:
    """R-1, R-2 and R-Lsum times 100: the mean over the references, or the best of each."""
    by_line = [re.sub(r"(?<=[.!?]) +", "\n", reference) for reference in references]
    scores = [SCORER.score(reference, summary) for reference in by_line]
    fold = max if best else statistics.fmean
    return [100 * fold([score[measure].fmeasure for score in scores]) for measure in MEASURES]


def written(lines: Sequence[Line], numbers: Sequence[int]) -> str:
    return "\n".join(lines[number - 1].text for number in numbers)


def lead(lines: Sequence[Line], points: int) -> Sequence[int]:
    return [line.number for line in lines[:points]]


def ours(lines: Sequence[Line], points: int) -> Sequence[int]:
    return summarize(lines, points=points).picked


def peers() -> dict[str, Picker]:
    """sumy's summarizers over our sentences and terms, so that only the choice differs."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    class Tokens:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(re.findall(r"[A-Za-z0-9']+", text))

    def picker(kind: type) -> Picker:
        def pick(lines: Sequence[Line], points: int) -> Sequence[int]:
            made = [Sentence(line.text, Tokens()) for line in lines]
            summarizer = kind(term)
            if hasattr(summarizer, "stop_words"):
                summarizer.stop_words = STOPWORDS
            picked = {str(one) for one in summarizer(ObjectDocumentModel([Paragraph(made)]), points)}
            return [line.number for line in lines if line.text in picked][:points]

        return pick

    kinds = {
        "LexRank": LexRankSummarizer,
        "TextRank": TextRankSummarizer,
        "LSA": LsaSummarizer,
        "Luhn": LuhnSummarizer,
        "KL": KLSummarizer,
    }
    return {f"sumy {name}": picker(kind) for name, kind in kinds.items()}


def news_table(systems: dict[str, Picker]) -> Iterator[str]:
    """Three sentences of each article, paired with Lead-3."""
    base = _news(lead)
    yield "| system | R-1 | R-2 | R-Lsum | words | R-1 less Lead-3 (95% interval) | ms per article |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for name, pick in systems.items():
        yield _row(name, _news(pick), base)
    for words in (60, 80):
        limited = _news(lambda lines, points, words=words: summarize(lines, words=words).picked)
        yield _row(f"quotewise, words={words}", limited, base)


def _news(pick: Picker) -> list[tuple[list[float], int, float]]:
    found = []
    for row in (row for name in NEWS for row in rows(name)):
        lines = lines_of(row["source"])
        start = time.process_time()
        numbers = pick(lines, 3)
        spent = time.process_time() - start
        text = written(lines, numbers)
        found.append((rouge(row["references"], text), len(text.split()), spent))
    return found


def _row(name: str, found: Sequence[tuple], base: Sequence[tuple]) -> str:
    means = [statistics.fmean(one[0][k] for one in found) for k in range(3)]
    gains = [one[0][0] - other[0][0] for one, other in zip(found, base, strict=True)]
    half = 1.96 * statistics.stdev(gains) / len(gains) ** 0.5
    words, spent = statistics.fmean(one[1] for one in found), 1000 * statistics.fmean(one[2] for one in found)
    figures = " | ".join(f"{mean:.2f}" for mean in means)
    return (
        f"| {name} | {figures} | {words:.0f} | {statistics.fmean(gains):+.2f} (±{half:.2f}) | {spent:.1f} |"
    )


def fixed_table(systems: dict[str, Picker]) -> Iterator[str]:
    """XSum in one sentence and Newsroom in two."""
    yield "| system | XSum, one sentence | Newsroom, two |"
    yield "|---|--:|--:|"
    for name, pick in systems.items():
        cells = []
        for data, points in (("xsum1000", 1), ("newsroom60", 2)):
            if data == "xsum1000" and "KL" in name:
                cells.append("-")
                continue
            scores = [
                rouge(row["references"], written(lines, pick(lines, points)))
                for row in rows(data)
                for lines in [lines_of(row["source"])]
            ]
            cells.append(
                " / ".join(f"{statistics.fmean(score[k] for score in scores):.2f}" for k in range(3))
            )
        yield f"| {name} | {' | '.join(cells)} |"


def question_table() -> Iterator[str]:
    """Meetings and stories with their questions, by BM25 and by `focus=`, at the same number of words."""
    yield "| set | system | R-1 / R-2 / R-Lsum | evidence turns in 30 sentences |"
    yield "|---|---|--:|--:|"
    for data, words in (("qmsum", 90), ("squality", 230)):
        for name, ranked in (("BM25", _bm25), ("quotewise", _focused)):
            scores, found = [], []
            for row in rows(data):
                lines = lines_of(row["source"])
                text = written(lines, sorted(_within(lines, ranked(lines, row["question"], words), words)))
                scores.append(rouge(row["references"], text, best=True))
                if row.get("evidence_lines"):
                    found.append(_recall(row, ranked(lines, row["question"], None)))
            means = " / ".join(f"{statistics.fmean(score[k] for score in scores):.2f}" for k in range(3))
            recall = f"{statistics.fmean(found):.3f}" if found else "-"
            yield f"| {data}, {words} words | {name} | {means} | {recall} |"


def _focused(lines: Sequence[Line], question: str, words: int | None) -> Sequence[int]:
    if words is None:
        return summarize(lines, words=10**6, points=30, focus=question).ranked
    return summarize(lines, words=words, focus=question).ranked


def _bm25(lines: Sequence[Line], question: str, words: int | None) -> Sequence[int]:
    return [lines[at].number for at in _index(tuple(lines)).top(question, 300)]


@cache
def _index(lines: tuple[Line, ...]) -> Bm25:
    return Bm25(line.text for line in lines)


def _within(lines: Sequence[Line], numbers: Sequence[int], words: int) -> list[int]:
    taken, left = [], words
    for number in numbers:
        length = len(lines[number - 1].text.split())
        if length <= left:
            taken.append(number)
            left -= length
    return taken


def _recall(row: dict, numbers: Sequence[int]) -> float:
    """The share of the evidence's turns (lines of the source) that the first thirty sentences touch."""
    starts = [0]
    for turn in row["source"].split("\n"):
        starts.append(starts[-1] + len(turn) + 1)
    spans = Article(row["source"]).sentences
    touched = {bisect.bisect_right(starts, spans[number - 1].start) - 1 for number in numbers[:30]}
    wanted = {turn for first, last in row["evidence_lines"] for turn in range(int(first), int(last) + 1)}
    return len(wanted & touched) / len(wanted)


def timing_table() -> Iterator[str]:
    """Seconds of processor time, and memory at the peak, over the numbered sentences."""
    stories = dict.fromkeys(row["source"] for name in ("squality", "qmsum") for row in rows(name))
    text = "\n".join(stories)
    yield "| text | sentences | summary, ms | with a focus, ms | facts, ms | peak memory, times the text |"
    yield "|---|--:|--:|--:|--:|--:|"
    for size in (6_000, 100_000, 1_000_000, 2_000_000):
        lines = lines_of(text[:size])
        cells = [f"{1000 * _spent(run, lines):.1f}" for run in (summarize, _on_the_budget, facts)]
        yield f"| {size:,} characters | {len(lines):,} | {' | '.join(cells)} | {_peak(lines) / size:.1f} |"


def _on_the_budget(lines: Sequence[Line]) -> object:
    return summarize(lines, focus="What was said about the budget?")


def _spent(run: Callable[[Sequence[Line]], object], lines: Sequence[Line]) -> float:
    start = time.process_time()
    run(lines)
    return time.process_time() - start


def _peak(lines: Sequence[Line]) -> int:
    tracemalloc.start()
    summarize(lines)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", action="store_true", help="sumy's summarizers beside ours")
    parser.add_argument("--timing", action="store_true", help="time and memory too")
    options = parser.parse_args()
    systems: dict[str, Picker] = {"Lead": lead, "quotewise": ours} | (peers() if options.peers else {})
    tables = [news_table(systems), fixed_table(systems), question_table()]
    for table in [*tables, timing_table()] if options.timing else tables:
        for row in table:
            sys.stdout.write(row + "\n")
            sys.stdout.flush()
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
