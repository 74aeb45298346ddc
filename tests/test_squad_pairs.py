"""The reader of question pairs, which `tools/fit_answer.py` fits on, gives running text and right places."""

from __future__ import annotations

import runpy
from pathlib import Path

TOOL = runpy.run_path(str(Path(__file__).parents[1] / "tools" / "squad_pairs.py"))


def test_pairs_are_read_as_two_rows_of_one_paragraph(tmp_path: Path) -> None:
    """Capitals are put back as the given texts have them, and the answer stands where it is said to."""
    files = {
        "context": "the treaty of paris cost $ 2 . 5 million . it was signed in may 1748 .\t9\t15",
        "answerable-questions": "q1\twhen was the treaty of paris signed ?\t15\t16",
        "unanswerable-questions": "q2\twhen was the treaty of rome signed ?\t15\t16",
    }
    for name, line in files.items():
        (tmp_path / f"dev-{name}.txt").write_text(f"{line}\n", "utf-8")

    one, other = TOOL["pairs"](tmp_path, ["They met in Paris or Rome, left Paris, and saw Paris again."])

    assert "The treaty of Paris cost $2.5 million. It was signed in May 1748." == one["source"]
    assert one["source"] == other["source"]
    assert ("When was the treaty of Paris signed?", ["May 1748"], True) == (
        one["question"], one["answers"], one["answerable"],
    )  # fmt: skip
    assert one["source"].index("May 1748") == one["answer_starts"][0]
    assert (False, []) == (other["answerable"], other["answers"])


def test_tokens_are_joined_as_they_are_written() -> None:
    """Points in numbers, brackets, clitics and quotation marks take no space where prose has none."""
    tokens = ["It", "cost", "$", "12", ",", "000", "(", "net", ")", ",", "was", "n't", '"', "fair", '"', "?"]

    text, places = TOOL["running"](tokens)

    assert """It cost $12,000 (net), wasn't "fair"?""" == text
    assert tokens == [text[start:end] for start, end in places]
