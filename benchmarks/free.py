"""Claims in free words: `python benchmarks/free.py`, offline.

Prints, for each half of tests/cases/rewritten.json and each kind, the false claims caught and the true ones
kept by `verify`. No claim is printed, so that the test half stays unread.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from quotewise import Article, verify

CASES = Path(__file__).parents[1] / "tests" / "cases"
LATER = {"depot": "later", "allotment": "later", "libraries": "later", "orchard": "last", "band": "last"}


def main() -> None:
    """Print the table."""
    told, right = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    articles: dict[str, Article] = {}
    for row in json.loads((CASES / "rewritten.json").read_text(encoding="utf-8")):
        article = articles.setdefault(row["article"], article_of(row["article"]))
        half = LATER.get(row["article"], row["half"])
        good = verify(row["claim"], article).supported == row["holds"]
        for kind in ("all", row["kind"]):
            key = (half, "true" if row["holds"] else "false", kind)
            told[key] += 1
            right[key] += good
    print("| half | claims | kind | right | of |\n|---|---|---|---|---|")
    for key in sorted(told):
        print(f"| {' | '.join(key)} | {right[key]} | {told[key]} |")


def article_of(name: str) -> Article:
    """One of the articles that the claims are about."""
    places = (CASES / folder / f"{name}.txt" for folder in ("rewritten", "articles"))
    return Article.from_file(next(path for path in places if path.exists()))


if __name__ == "__main__":
    main()
