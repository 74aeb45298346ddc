"""The reader of SQuADShifts, which `tools/fit_answer.py` fits on, gives rows and leaves out known texts."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

TOOL = runpy.run_path(str(Path(__file__).parents[1] / "tools" / "shifts.py"))
PIER = "The pier at Whitmoor was built in 1871 by two brothers, and burnt down in 1903.\n"
MILL = "A mill stood on the hill above the town until the storm of March 1911."


def file(folder: Path) -> Path:
    def paragraph(text: str, question: str, answer: str) -> dict[str, object]:
        answers = [{"text": answer, "answer_start": text.index(answer)}]
        return {"context": text, "qas": [{"id": question[:3], "question": question, "answers": answers}]}

    paragraphs = [
        paragraph(PIER, " Who built  the pier? ", "two brothers"),
        paragraph(MILL, "Where did a mill stand?", "on the hill"),
    ]
    path = folder / "questions.json"
    path.write_text(json.dumps({"data": [{"title": "Whitmoor", "paragraphs": paragraphs}]}), "utf-8")
    return path


def test_a_question_keeps_its_paragraph_and_where_its_answer_stands(tmp_path: Path) -> None:
    row, other = TOOL["questions"](file(tmp_path), [])

    assert (row["title"], row["question"]) == ("shifts Whitmoor", "Who built the pier?")
    assert row["answerable"]
    [at] = row["answer_starts"]
    assert row["source"][at:].startswith("two brothers")
    assert other["source"] == MILL


def test_a_paragraph_with_eight_words_of_a_known_text_is_left_out(tmp_path: Path) -> None:
    eight = "Once a mill stood on the Hill above the town, they say."
    seven = "Once a mill stood on the hill above a town, they say."

    assert [row["source"] for row in TOOL["questions"](file(tmp_path), [eight])] == [PIER]
    assert len(TOOL["questions"](file(tmp_path), [seven])) == 2
