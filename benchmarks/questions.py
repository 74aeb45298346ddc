"""The extractive engine's answers on SQuAD 2 and XQuAD: sentences, words, and when it refuses.

    python benchmarks/questions.py --pairs FOLDER --others FILE  cross-validated over the development half
    python benchmarks/questions.py --packaged FILE ...           the packaged table on other .jsonl(.xz) files

Cross-validated: the questions of a title are answered with clue weights and doubts fitted on other titles. A
second test pairs each answerable question with a text of another title, one paragraph and twelve paragraphs
long. The first mode needs numpy, scipy and scikit-learn to fit; QUOTEWISE_DATA names the data. With `--pairs`
and `--others` the fits also see the questions of `tools/squad_pairs.py` and `tools/shifts.py`, as those of
the packaged table did.
"""

from __future__ import annotations

import argparse
import json
import lzma
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quotewise._extractive import learned
from quotewise._extractive.answers.answer import Finder, Found
from quotewise._plans.numbered import Line
from quotewise._text.rank import Bm25
from quotewise._text.sentences import sentences

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))  # the fit is no module of the package

import fit_answer
from fit_answer import Case, normal, word_f1


@dataclass(frozen=True)
class Outcome:
    """What the engine made of one case; the answer is what it would give if it had to."""

    case: Case
    found: Found
    f1: float
    hits: tuple[bool, ...]
    baseline: tuple[bool, ...]


def outcome(case: Case, table: learned.Fitted) -> Outcome:
    """One question, put to the engine as it is shipped and to BM25."""
    cut = [(span.start, span.end) for span in sentences(case.source)]
    lines = [Line(number, case.source[a:b]) for number, (a, b) in enumerate(cut, 1)]
    question = case.row["question"]
    found = Finder(lines, table).answer(question)
    told = found if found.picked else Finder(lines, replace(table, least=0.0)).answer(question)
    own = case.source == case.row["source"]
    gold = {n for n, (a, b) in enumerate(cut, 1) for at in case.row["answer_starts"] if own and a <= at < b}
    first = [i + 1 for i in Bm25(line.text for line in lines).top(question, 3)]
    return Outcome(case, found, _f1(case, lines, told), _hits(told.nearest, gold), _hits(first, gold))


def _hits(numbers: Sequence[int], gold: set[int]) -> tuple[bool, ...]:
    return tuple(number in gold for number in numbers)


def _f1(case: Case, lines: Sequence[Line], found: Found) -> float:
    if not case.answered or not found.picked or not found.span:
        return 0.0
    said = normal(lines[found.picked[0] - 1].text[slice(*found.span)])
    return max(word_f1(said, normal(answer)) for answer in case.row["answers"])


# --- tables ------------------------------------------------------------------------------------------------


def answered_rows(found: Sequence[Outcome]) -> Iterator[str]:
    """Of the answerable questions: is the sentence found, and how well do the words fit?"""
    yield "| set | questions | BM25 hit@1 / hit@3 | engine hit@1 / hit@3 | answer F1 | exact |"
    yield "|---|---:|---:|---:|---:|---:|"
    own = [o for o in found if o.case.kind == "own"]
    for name in [*sorted({o.case.row["set"] for o in own}), "all"]:
        some = [o for o in own if name in (o.case.row["set"], "all")]
        base = f"{_share(some, lambda o: any(o.baseline[:1]))} / {_share(some, lambda o: any(o.baseline))}"
        ours = f"{_share(some, lambda o: any(o.hits[:1]))} / {_share(some, lambda o: any(o.hits))}"
        mean = statistics.fmean(o.f1 for o in some)
        yield f"| {name} | {len(some)} | {base} | {ours} | {mean:.3f} | {_share(some, lambda o: o.f1 == 1)} |"


def refused_rows(found: Sequence[Outcome]) -> Iterator[str]:
    """How many questions of each kind are refused as shipped."""
    yield "| a question put to | questions | refused |"
    yield "|---|---:|---:|"
    told = {
        "own": "its own paragraph, which answers it",
        "own article": "twelve paragraphs with its own among them",
        "other": "a paragraph of another article",
        "other article": "twelve paragraphs of another article",
        "renamed": "another article's paragraph, one of its names put into the question",
        "adversarial": "a paragraph that shares its words and does not answer it (SQuAD 2)",
    }
    for kind, words in told.items():
        if some := [o for o in found if o.case.kind == kind]:
            yield f"| {words} | {len(some)} | {_share(some, lambda o: o.found.status == 'not_in_source')} |"


def adversarial_rows(found: Sequence[Outcome]) -> Iterator[str]:
    """SQuAD 2 as it is scored: abstention by the engine's confidence."""
    squad = [o for o in found if o.case.row["set"] == "squad2" and o.case.kind in ("own", "adversarial")]
    sure = [o.found.confidence for o in squad]
    yield "| SQuAD 2 | value |"
    yield "|---|---:|"
    yield f"| abstention AUROC of the confidence | {auroc([o.case.answered for o in squad], sure):.3f} |"
    yield f"| F1 at its best threshold | {_best_f1(squad):.3f} |"
    yield f"| F1 as shipped (refuses other articles, not traps) | {_shipped_f1(squad):.3f} |"
    yield f"| F1 of always abstaining | {_share(squad, lambda o: not o.case.answered)} |"


def _share(some: Sequence[Outcome], test: Callable[[Outcome], bool]) -> str:
    return f"{sum(map(test, some)) / len(some):.3f}"


def _best_f1(squad: Sequence[Outcome]) -> float:
    order = sorted(squad, key=lambda o: -o.found.confidence)
    total = best = sum(not o.case.answered for o in squad)
    for o in order:
        total += o.f1 if o.case.answered else -1
        best = max(best, total)
    return best / len(squad)


def _shipped_f1(squad: Sequence[Outcome]) -> float:
    refused = [o.found.status == "not_in_source" for o in squad]
    points = [float(not o.case.answered) if r else o.f1 for o, r in zip(squad, refused, strict=True)]
    return statistics.fmean(points)


def auroc(positive: Sequence[bool], scores: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counting half."""
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    ranks = [0.0] * len(scores)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and scores[order[end]] == scores[order[at]]:
            end += 1
        for i in order[at:end]:
            ranks[i] = (at + 1 + end) / 2
        at = end
    n = sum(positive)
    wins = sum(rank for rank, yes in zip(ranks, positive, strict=True) if yes) - n * (n + 1) / 2
    return wins / (n * (len(positive) - n))


def speed_rows() -> Iterator[str]:
    """Processor time on one text, cut to length; the questions ask about it."""
    article = max((row["source"] for row in fit_answer.rows()), key=len)
    asked = [
        "Who led the army in 1756?",
        "When was it founded?",
        "How many people lived there?",
        "Why did it end?",
    ]
    yield "| text | reading it once | a question after that |"
    yield "|---|---:|---:|"
    sources = sorted({row["source"] for row in fit_answer.rows()})
    for name, size in (("1,000 words", 6_200), ("10,000 words", 62_000), ("1 MB", 1_000_000)):
        text = ("\n\n".join([article, *sources]) * 5)[:size]
        lines = [Line(n, f"{text[s.start : s.end]} {n}") for n, s in enumerate(sentences(text), 1)]
        start = time.process_time()
        finder = Finder(lines)
        read = time.process_time() - start
        finder.answer(asked[0])
        start = time.process_time()
        for question in asked:
            finder.answer(question)
        each = (time.process_time() - start) / len(asked)
        yield f"| {name} ({len(lines):,} lines) | {read * 1000:,.1f} ms | {each * 1000:,.1f} ms |"
    yield f"| SQuAD 2's questions on eight of their paragraphs | | {_own_question() * 1000:,.1f} ms |"


def _own_question() -> float:
    """Processor time of a question in the words of its article, of about 1,000 words: a mean over titles."""
    each = []
    rows = fit_answer.rows("squad2")
    for title in sorted({row["title"] for row in rows}):
        own = [row for row in rows if row["title"] == title]
        paragraphs = list(dict.fromkeys(row["source"] for row in own))[:8]
        asked = [row["question"] for row in own if row["source"] in paragraphs][:40]
        text = "\n\n".join(paragraphs)
        finder = Finder(Line(n, text[s.start : s.end]) for n, s in enumerate(sentences(text), 1))
        finder.answer(asked[0])
        start = time.process_time()
        for question in asked:
            finder.answer(question)
        each.append((time.process_time() - start) / len(asked))
    return statistics.fmean(each)


# --- the two modes -----------------------------------------------------------------------------------------


def cross_validated(pairs: Path | None, others: Path | None) -> list[Outcome]:
    """Every case of the development half, answered by what other titles taught."""
    more = fit_answer.pairs(pairs), fit_answer.others(others)
    apart = fit_answer.Apart(fit_answer.rows(), fit_answer.Pages(), *more)
    return [outcome(case, table) for table, cases in fit_answer.held_out(apart) for case in cases]


def packaged(paths: Sequence[Path]) -> list[Outcome]:
    """Every case of some files, answered by the table in the package."""
    questions = [json.loads(line) for path in paths for line in _open(path)]
    return [outcome(case, learned.fitted()) for case in fit_answer.pairings(questions)]


def _open(path: Path) -> list[str]:
    data = path.read_bytes()
    return (lzma.decompress(data) if path.suffix == ".xz" else data).decode().splitlines()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--packaged", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--pairs", type=Path, metavar="FOLDER", help="further questions to fit on")
    parser.add_argument("--others", type=Path, metavar="FILE", help="further questions that can be answered")
    given = parser.parse_args()
    paths = given.packaged
    found = packaged(paths) if paths else cross_validated(given.pairs, given.others)
    tables = [answered_rows(found), refused_rows(found), adversarial_rows(found)]
    for table in tables if paths else [*tables, speed_rows()]:
        print(*table, "", sep="\n")


if __name__ == "__main__":
    main()
