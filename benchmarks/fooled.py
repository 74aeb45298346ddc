"""Claims that people wrote, many to mislead: `python benchmarks/fooled.py FOLDER [--dev]`, offline.

FOLDER holds files as their makers publish them; what is absent is left out:

- `dev.jsonl`, `test.jsonl` of FoolMeTwice (github.com/google-research/fool-me-twice, `dataset/`): claims
  about pages of Wikipedia by players who win if others take them for what they are not;
- `healthver_dev.csv`, `healthver_test.csv` of HealthVer (github.com/sarrouti/HealthVer, `data/`): what people
  find on the web about COVID-19, beside sentences of studies;
- `COVIDFACT_dataset.jsonl` of COVID-Fact (github.com/asaakyan/covidfact): titles, and the same with a word
  exchanged by a language model.

Each claim is verified as a text of its own. Prints Markdown, and no claim.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from grounding import auroc
from quotewise import Article, UsageError, Verification, verify

HEAD = """\
| set | false ones caught | true ones kept | with an issue: false, true | AUROC | where no issue (n) |
|---|---|---|---|---|---|"""
HEAD_OF_KINDS = """
| set | kind of issue | on false claims | on true ones | of them on false ones |
|---|---|---|---|---|"""


class Told(NamedTuple):
    """A claim, its source, and what the makers of the set say of it."""

    claim: str
    source: Article
    label: str


class Judged(NamedTuple):
    """Whether a claim is true by its set, and what `verify` says of it."""

    true: bool
    result: Verification

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the issues."""
        return frozenset(issue.kind for claim in self.result.claims for issue in claim.verdict.issues)


def fool_me_twice(path: Path, evidence: str) -> Iterator[Told]:
    """The claims beside sentences of the page under its title: those chosen (gold), or found (retrieved)."""
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        title, said = row["wikipedia_page"], [each["text"].strip() for each in row[f"{evidence}_evidence"]]
        yield Told(row["text"], Article("\n\n".join((title, *said)), title=title), row["label"])


def healthver(path: Path) -> Iterator[Told]:
    """The claims beside one to a few sentences of a study."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Told(row["claim"], Article(row["evidence"]), row["label"])


def covid_fact(path: Path) -> Iterator[Told]:
    """The claims beside the sentences that were found for them."""
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        yield Told(row["claim"], Article("\n\n".join(row["evidence"])), row["label"])


def sets_of(folder: Path, part: str) -> Iterator[tuple[str, Iterator[Told], str]]:
    """The name of each set, its claims, and the label of its false ones."""
    if (path := folder / f"{part}.jsonl").exists():
        yield f"FoolMeTwice {part}, sentences chosen", fool_me_twice(path, "gold"), "REFUTES"
        yield f"FoolMeTwice {part}, sentences found", fool_me_twice(path, "retrieved"), "REFUTES"
    if (path := folder / f"healthver_{part}.csv").exists():
        yield f"HealthVer {part}, refuted", healthver(path), "Refutes"
        yield f"HealthVer {part}, not told", healthver(path), "Neutral"
    if (path := folder / "COVIDFACT_dataset.jsonl").exists() and part == "dev":
        yield "COVID-Fact", covid_fact(path), "REFUTED"


def judged(told: Iterator[Told], false: str) -> list[Judged]:
    """Every true claim, and every one that is false in this way, verified."""
    found = []
    for claim, source, label in told:
        if label == false or label.startswith(("SUPPORT", "Support")):
            try:
                found.append(Judged(label != false, verify(claim, source)))
            except UsageError:  # a claim without a word
                continue
    return found


def row(name: str, found: Sequence[Judged]) -> str:
    """One line: what is caught and kept, and how the score ranks all claims and those without an issue."""
    true = [each.result for each in found if each.true]
    false = [each.result for each in found if not each.true]
    kept, caught = sum(each.supported for each in true), sum(not each.supported for each in false)
    flagged = [sum(bool(each.kinds) for each in found if each.true is truth) for truth in (False, True)]
    quiet = [each for each in found if not each.kinds]
    cells = (
        f"{caught} of {len(false)} ({caught / len(false):.2f})",
        f"{kept} of {len(true)} ({kept / len(true):.2f})",
        f"{flagged[0] / len(false):.2f}, {flagged[1] / len(true):.2f}",
        f"{_rank(found):.3f}",
        f"{_rank(quiet):.3f} ({len(quiet)})",
    )
    return f"| {name} | {' | '.join(cells)} |"


def _rank(found: Sequence[Judged]) -> float:
    return auroc([not each.true for each in found], [1 - each.result.score for each in found])


def kinds(name: str, found: Sequence[Judged]) -> Iterator[str]:
    """How many false and true claims have an issue of each kind."""
    count = Counter((kind, each.true) for each in found for kind in each.kinds)
    for kind in sorted({kind for kind, _ in count}):
        false, true = count[kind, False], count[kind, True]
        yield f"| {name} | {kind} | {false} | {true} | {false / (false + true):.2f} |"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dev", action="store_true", help="the sets that rules are made with")
    options = parser.parse_args()
    part = "dev" if options.dev else "test"
    by_kind: list[str] = []
    print(HEAD)
    for name, told, false in sets_of(options.folder, part):
        found = judged(told, false)
        print(row(name, found), flush=True)
        by_kind += kinds(name, found)
    print(HEAD_OF_KINDS)
    print("\n".join(by_kind))


if __name__ == "__main__":
    main()
