"""The grounding table: `python benchmarks/grounding.py DATA_FOLDER [SET ...]`, offline, Markdown on stdout.

DATA_FOLDER holds `claims/<set>.jsonl.xz` (or the files themselves) in the format of GROUNDING's data. Each
row is one text about one source. Ours is what `verify` gives back: one score for every set, with no threshold
fitted to any set (that of RAGTruth's F1 is packed with the model, from out-of-fold scores of its training
part); where a convention picks a threshold per set, the column says so. Published figures stand beside with
where they come from.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quotewise import Article
from quotewise._grounding.evidence import Evidence
from quotewise._grounding.support import cuts, model
from quotewise._grounding.support.packed import Packed
from quotewise._grounding.verify import verified
from quotewise._language.records import is_structured
from quotewise._text.words import terms, words

PUBLISHED_RAGTRUTH = (
    # (system, response F1: overall, QA, Data2txt, Summary, span F1), from the table in LettuceDetect's
    # repository (arXiv 2502.17125); official test.
    ("GPT-4-turbo, prompted", 0.634, 0.456, 0.783, 0.476, 0.283),
    ("Luna (0.4B)", 0.654, 0.513, 0.759, 0.525, None),
    ("LettuceDetect-base (150M)", 0.761, 0.655, 0.879, 0.505, 0.554),
    ("LettuceDetect-large (395M)", 0.792, 0.702, 0.885, 0.597, 0.589),
)
PUBLISHED_SETS = {
    "wice": "BAcc: AlignScore .660, MiniCheck-FT5 .722, GPT-4o .785 (LLM-AggreFact)",
    "lfqa_verif": "BAcc: AlignScore .845, MiniCheck-FT5 .852, GPT-4o .836 (LLM-AggreFact, a larger cut)",
    "summeval": "BAcc: SummaC-ZS .787, SummaC-Conv .817",
    "xsumfaith": "BAcc: NER overlap .623, SummaC-Conv .664",
    "faithbench": "AUROC: HHEM-2.1 .622, GPT-4-turbo .553 (from the predictions in its repository)",
}


class Scored(NamedTuple):
    """One row with what we say of it: the score is the probability that something is unsupported."""

    row: dict[str, Any]
    score: float
    flagged: bool
    spans: list[tuple[int, int]]
    units: list[float]
    seconds: float
    overlap: dict[str, float]


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a packed file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def scored(rows: Sequence[dict[str, Any]]) -> tuple[list[Scored], float, int]:
    """Every row scored; the seconds all indexes took, and the words in them."""
    out, spent, length, last = [], 0.0, 0, None
    for row in sorted(rows, key=lambda row: str(row["source"])):
        if row["source"] != last:
            last = row["source"]
            start = time.process_time()
            about = Evidence(Article(last))
            _ = about.support
            spent += time.process_time() - start
            length += len(words(last))
            held = frozenset(terms(last))
        start = time.process_time()
        result = verified(row["response"], about, row.get("question"))
        seconds = time.process_time() - start
        value = 1 - result.score if result else 0.0
        marked = [(span.start, span.end) for span in result.unsupported] if result else []
        flagged = bool(result and not result.supported)
        units = _units(row, about)
        out.append(Scored(row, value, flagged, marked, units, seconds, _overlap(row, held)))
    return out, spent, length


def _units(row: dict[str, Any], about: Evidence) -> list[float]:
    """Each sentence that has a label of its own, scored as a text."""
    texts = [row["response"][start:end] for start, end, *_ in row.get("units") or ()]
    results = [verified(text, about, row.get("question")) for text in texts]
    return [1 - result.score if result else 0.0 for result in results]


def _pairs_in_order(found: Sequence[Scored]) -> float | None:
    """Of each right and wrong sentence that belong together, how often the wrong one scores higher."""
    pairs: dict[str, list[Scored]] = {}
    for one in found:
        pairs.setdefault((one.row.get("meta") or {}).get("pair", ""), []).append(one)
    pairs.pop("", None)
    wins = [
        (bad.score > good.score) + (bad.score == good.score) / 2
        for both in pairs.values()
        for bad in both
        for good in both
        if not bad.row["label"] and good.row["label"]
    ]
    return sum(wins) / len(wins) if wins else None


def _overlap(row: dict[str, Any], held: frozenset[str]) -> dict[str, float]:
    content = terms(row["response"])
    absent = sum(term not in held for term in content)
    return {"absent": absent / len(content) if content else 0.0, "count": float(absent)}


def auroc(truth: Sequence[int], scores: Sequence[float]) -> float:
    """The share of pairs in the right order, ties one half."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    total, at = 0.0, 0
    while at < len(order):
        end = at
        while end < len(order) and scores[order[end]] == scores[order[at]]:
            end += 1
        total += sum(truth[order[k]] for k in range(at, end)) * (at + end + 1) / 2
        at = end
    positive = sum(truth)
    negative = len(truth) - positive
    return (
        (total - positive * (positive + 1) / 2) / (positive * negative) if positive and negative else math.nan
    )


def f1(truth: Sequence[int], called: Sequence[bool]) -> float:
    """F1 of the class "unsupported"."""
    hit = sum(t and c for t, c in zip(truth, called, strict=True))
    return 2 * hit / ((sum(called) + sum(truth)) or 1)


def balanced(truth: Sequence[int], called: Sequence[bool]) -> float:
    """Balanced accuracy."""
    positive = sum(truth)
    hit = sum(t and c for t, c in zip(truth, called, strict=True))
    quiet = sum(not t and not c for t, c in zip(truth, called, strict=True))
    return (hit / positive + quiet / (len(truth) - positive)) / 2 if 0 < positive < len(truth) else math.nan


def best_balanced(truth: Sequence[int], scores: Sequence[float]) -> float:
    """Balanced accuracy at the threshold that suits this set best: an upper bound, not a claim."""
    return max(
        balanced(truth, [s >= cut for s in scores])
        for cut in sorted(set(scores))[:: max(1, len(scores) // 200)]
    )


def recall_at(truth: Sequence[int], scores: Sequence[float], alarms: float = 0.1) -> float:
    """Recall where at most this share of the supported texts is flagged."""
    quiet = sorted((s for t, s in zip(truth, scores, strict=True) if not t), reverse=True)
    cut = quiet[int(alarms * len(quiet))]
    return sum(t and s > cut for t, s in zip(truth, scores, strict=True)) / (sum(truth) or 1)


def span_f1(found: Sequence[Scored]) -> float:
    """F1 over characters: the union of spans of a response, summed over the set."""
    both = ours = gold = 0
    for one in found:
        said = {c for start, end in one.spans for c in range(start, end)}
        true = {c for start, end, *_ in one.row["spans"] for c in range(start, end)}
        both, ours, gold = both + len(said & true), ours + len(said), gold + len(true)
    return 2 * both / ((ours + gold) or 1)


def calibration_error(truth: Sequence[int], scores: Sequence[float], bins: int = 10) -> float:
    """The expected calibration error over ten bins of equal width."""
    error = 0.0
    for k in range(bins):
        here = [
            (t, s)
            for t, s in zip(truth, scores, strict=True)
            if k / bins <= s < (k + 1) / bins or s == 1 == (k + 1) / bins
        ]
        if here:
            error += abs(sum(t for t, _ in here) - sum(s for _, s in here))
    return error / len(truth)


def verbatim_flagged(rows: Sequence[dict[str, Any]], most: int = 40) -> tuple[int, int]:
    """How many of the sources' own sentences are flagged when checked against them, and of how many."""
    flagged = total = 0
    prose = sorted({row["source"] for row in rows if not is_structured(row["source"])})
    for source in prose[:most]:
        about = Evidence(Article(source))
        for span in about.article.sentences[:20]:
            result = verified(source[span.start : span.end], about, None)
            total += 1
            flagged += bool(result and not result.supported)
    return flagged, total


def ragtruth_table(found: Sequence[Scored]) -> Iterator[str]:
    """Ours, the overlap baseline and the published systems on RAGTruth."""
    yield "| RAGTruth | F1 | QA | Data2txt | Summary | span F1 | AUROC | recall at 10% false alarms | ECE |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, *values in PUBLISHED_RAGTRUTH:
        yield f"| {name} (published, official test) | " + " | ".join(_cell(v) for v in values) + " | | | |"
    truth = [1 - one.row["label"] for one in found]
    shares = [one.overlap["count"] for one in found]
    cut = max(sorted(set(shares)), key=lambda c: f1(truth, [s >= c for s in shares]))
    yield "| content words absent, best threshold | " + _row(found, shares, cut) + " |"
    scores = [one.score for one in found]
    yield f"| ours, score over {cuts().text:.2f} | " + _row(found, scores, cuts().text, ours=True) + " |"
    verdicts = [float(one.flagged) for one in found]
    yield "| ours, any claim rejected | " + _row(found, verdicts, 0.5) + " |"


def _row(found: Sequence[Scored], scores: Sequence[float], cut: float, ours: bool = False) -> str:
    truth = [1 - one.row["label"] for one in found]
    cells = [f1(truth, [s >= cut for s in scores])]
    for task in ("QA", "Data2txt", "Summary"):
        at = [k for k, one in enumerate(found) if one.row["task"] == task]
        cells.append(f1([truth[k] for k in at], [scores[k] >= cut for k in at]))
    cells += [span_f1(found) if ours else None, auroc(truth, scores), recall_at(truth, scores)]
    cells.append(calibration_error(truth, scores) if ours else None)
    return " | ".join(_cell(value) for value in cells)


def set_row(name: str, found: Sequence[Scored]) -> str:
    """One line for a set: AUROC of ours and of the baseline, balanced accuracies, unit and pair figures."""
    truth = [1 - one.row["label"] for one in found]
    scores = [one.score for one in found]
    cells = [
        auroc(truth, scores),
        auroc(truth, [one.overlap["absent"] for one in found]),
        best_balanced(truth, scores) if 0 < sum(truth) < len(truth) else None,
        balanced(truth, [one.flagged for one in found]),
        *_unit_figures(found),
        span_f1(found) if any(one.row["spans"] for one in found) else None,
        _pairs_in_order(found),
        calibration_error(truth, scores),
    ]
    return (
        f"| {name} ({len(found)}) | "
        + " | ".join(_cell(c) for c in cells)
        + f" | {PUBLISHED_SETS.get(name, '')} |"
    )


def _unit_figures(found: Sequence[Scored]) -> tuple[float | None, float | None]:
    truth = [1 - unit[2] for one in found for unit in one.row.get("units") or ()]
    scores = [value for one in found for value in one.units]
    if not truth:
        return None, None
    return auroc(truth, scores), best_balanced(truth, scores)


def _cell(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.3f}".removeprefix("0")


SET_HEAD = (
    "| set (n) | AUROC | AUROC of absent words | BAcc, set's best threshold | BAcc, any claim rejected "
    "| sentences' AUROC | sentences' BAcc, best | span F1 | pairs in order | ECE | published |"
)


def ragtruth_report(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The table of RAGTruth, the verbatim test and the times."""
    found, spent, length = scored(rows)
    yield from ragtruth_table(found)
    flagged, total = verbatim_flagged(rows)
    each = 1000 * sum(one.seconds for one in found) / len(found)
    yield f"\nVerbatim sentences of the sources flagged: {flagged} of {total}."
    index = 1e6 * spent / length
    yield f"Time: {each:.1f} ms a response after the index, {index:.1f} ms for 1,000 words of index"
    yield "(processor time).\n"


def other_report(named: Iterable[tuple[str, Sequence[dict[str, Any]]]]) -> Iterator[str]:
    """The table of the other sets, and the mean of their AUROCs."""
    values = []
    yield SET_HEAD
    yield "|" + "---|" * 11
    for name, rows in named:
        found = scored(rows)[0]
        yield set_row(name, found)
        values.append(auroc([1 - one.row["label"] for one in found], [one.score for one in found]))
    known = [value for value in values if not math.isnan(value)]
    mean = sum(known) / (len(known) or 1)
    yield f"\nMean AUROC of the sets that are not RAGTruth: {mean:.3f} ({len(known)} sets)."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--limit", type=int, help="only so many rows of each set")
    parser.add_argument("--model", type=Path, help="another model.bin than the packaged one")
    options = parser.parse_args()
    if options.model:
        chosen_model = Packed(options.model.read_bytes())
        model.packed = lambda: chosen_model  # type: ignore[assignment]  # one model for one run
    folder = options.data / "claims" if (options.data / "claims").is_dir() else options.data
    paths = {path.name.removesuffix(".jsonl.xz"): path for path in sorted(folder.glob("*.jsonl.xz"))}
    chosen = [name for name in paths if not options.sets or name in options.sets]
    if "ragtruth" in chosen:
        _print(ragtruth_report(read(paths["ragtruth"])[: options.limit]))
    others = [name for name in chosen if name != "ragtruth"]
    if others:
        _print(other_report((name, read(paths[name])[: options.limit]) for name in others))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
