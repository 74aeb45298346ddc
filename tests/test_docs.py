"""README and docs: every Python block runs as it stands, without a key; the shell block is two commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```(\w+)( notest)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of one language that are to be run, in order."""
    found = _BLOCK.findall(page.read_text(encoding="utf-8"))
    return [code for kind, skipped, code in found if kind == language and not skipped]


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=lambda p: p.name)
def test_the_blocks_of_a_page_run_one_after_the_other(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a newcomer copies works; names of one block are there in the next."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "docs"}
    for number, code in enumerate(blocks(page, "python"), 1):
        exec(compile(code, f"{page.name}, block {number}", "exec"), names)


def test_the_first_shell_block_is_exactly_two_commands() -> None:
    """A fresh machine needs nothing else: one command for the main job, one for the tests."""
    [main, tests] = blocks(ROOT / "README.md", "sh")[0].splitlines()

    assert "quotewise summarize seeds/" in main
    assert "pytest" in tests


def test_the_seed_that_the_readme_names_is_there() -> None:
    """A renamed file would break the first thing that people try."""
    [name] = set(re.findall(r"seeds/\S+\.txt", (ROOT / "README.md").read_text(encoding="utf-8")))

    assert (ROOT / name).is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Relative links only; what is outside is not looked at."""
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
