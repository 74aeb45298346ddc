"""Put the pages of `benchmarks/results/` into `benchmarks/RESULTS.md`, in order of their names.

Run: `python benchmarks/collect.py`. Measures nothing: each page says which command made its figures, when.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
HEAD = """# Results

Figures that were seen, each with the command that makes it, ours and the peers' in one run. Machines differ
and were shared: ratios in one table are what counts. Peers are installed for a benchmark only, never a
dependency. Collected from `results/` by `python benchmarks/collect.py`.
"""


def demoted(page: str) -> str:
    """A page with its headings one level down."""
    return "\n".join("#" + line if line.startswith("#") else line for line in page.strip().splitlines())


def main() -> None:
    pages = [demoted(path.read_text(encoding="utf-8")) for path in sorted((HERE / "results").glob("*.md"))]
    (HERE / "RESULTS.md").write_text("\n\n".join([HEAD.strip(), *pages]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
