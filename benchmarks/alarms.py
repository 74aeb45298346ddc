"""What each check says of texts that models wrote: `python benchmarks/alarms.py DATA_FOLDER [--half H]`.

Offline. RAGTruth's training part (`claims_train`): texts of six models about 2,084 sources, in which people
marked the words that their source does not bear out. For each kind of issue: how many, how many of them about
marked words, and how many in a text in which nothing is marked at all. The marks are not complete (readers of
a part of them found more), so that the last column is an upper bound of false alarms. Sources are parted by
their cluster: false alarms were read in the half "tune", and "hold" was measured only.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from quotewise import Article
from quotewise._grounding.check import issues_of, unasked
from quotewise._grounding.compare import compare
from quotewise._grounding.evidence import Evidence
from quotewise._grounding.split import claims_of
from quotewise._values import Issue

_PARTS, _HELD = 6, 4
"""Into how many parts the clusters fall; those from the second number on are the half "hold"."""


class Alarm(NamedTuple):
    """An issue: its kind, whether it is about words that people marked, and whether they marked any."""

    kind: str
    marked: bool
    faithful: bool


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=("tune", "hold"), default="hold")
    options = parser.parse_args()
    rows = read(options.data / "claims_train" / "ragtruth.jsonl.xz", options.half)
    texts = Counter(bool(row["label"]) for row in rows)
    print(f"{len(rows):,} texts, {texts[True]:,} of them faithful\n")
    print("| kind of issue | issues | about marked words | in texts without a mark |\n|---|--:|--:|--:|")
    for line in table(alarms(rows)):
        print(line)


def read(path: Path, half: str) -> list[dict[str, Any]]:
    """The rows of a half, those of one source together."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    held = half == "hold"
    chosen = [row for row in rows if (crc32(row["cluster"].encode()) % _PARTS >= _HELD) == held]
    return sorted(chosen, key=lambda row: str(row["source"]))


def alarms(rows: Iterable[dict[str, Any]]) -> Iterator[Alarm]:
    """Every issue that the checks find in the texts."""
    source, evidence = None, None
    for row in rows:
        if row["source"] != source or evidence is None:
            source = row["source"]
            evidence = Evidence(Article(source))
        yield from _of(row, evidence)


def _of(row: dict[str, Any], evidence: Evidence) -> Iterator[Alarm]:
    text, question = row["response"], row.get("question")
    for start, end in claims_of(text):
        claim = text[start:end]
        seen = compare(claim, evidence.gather(claim), evidence)
        if evidence.verbatim(claim) is not None or not seen.said:
            continue
        for issue in unasked(issues_of(seen), question):
            yield Alarm(issue.kind, _is_marked(issue, start, row["spans"]), bool(row["label"]))


def _is_marked(issue: Issue, start: int, spans: Iterable[list[Any]]) -> bool:
    return any(first < start + issue.end and start + issue.start < last for first, last, *_ in spans)


def table(found: Iterable[Alarm]) -> Iterator[str]:
    """A line for each kind of issue, the commonest first, and one for all."""
    kept = list(found)
    kinds = [kind for kind, _ in Counter(each.kind for each in kept).most_common()]
    for name, group in [*((kind, [a for a in kept if a.kind == kind]) for kind in kinds), ("all", kept)]:
        marked = sum(each.marked for each in group)
        faithful = sum(each.faithful for each in group)
        share = f"{marked / (len(group) or 1):.0%}"
        yield f"| {name} | {len(group):,} | {marked:,} ({share}) | {faithful:,} |"


if __name__ == "__main__":
    main()
