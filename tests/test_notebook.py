"""The notebook in docs/ runs from its first cell to its last, and shows pages."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("folder", [ROOT, ROOT / "docs"])
def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Wherever it is started: every cell, with an output of the kind that is stored for it."""
    tool = runpy.run_path(str(ROOT / "tools" / "run_notebook.py"))
    monkeypatch.chdir(folder)
    notebook = json.loads(tool["NOTEBOOK"].read_text(encoding="utf-8"))
    run = list(tool["outputs"](notebook))

    assert 8 == len(run)
    for cell, given in run:
        assert [o["output_type"] for o in cell["outputs"]] == [o["output_type"] for o in given]
    pages = [o["data"]["text/html"][0] for _, given in run for o in given if "data" in o]
    assert [True, True] == [page.startswith("<iframe sandbox=") for page in pages]
