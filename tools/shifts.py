"""Reads the questions of SQuADShifts as rows of the development half are.

SQuADShifts ("The Effect of Natural Distribution Shift on Question Answering Models", Miller et al., 2020,
CC BY 4.0) asks new people for questions as SQuAD did; `new_wiki_v1.0.json` holds 7,938 of them about 48
articles of Wikipedia, none of which is in SQuAD; github.com/modestyachts/squadshifts-website has it. All can
be answered. Nothing here fits anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quotewise._text.words import words

SET = "shifts"

_RUN = 8
"""Words in a row that two texts share only where one has them from the other."""


def questions(path: Path, known: Iterable[str]) -> list[dict[str, Any]]:
    """The questions of a file, but for paragraphs that share eight words in a row with `known`."""
    runs = {run for text in known for run in _runs(text)}
    rows: list[dict[str, Any]] = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            if runs.isdisjoint(_runs(paragraph["context"])):
                rows += [_row(article["title"], paragraph["context"], asked) for asked in paragraph["qas"]]
    return rows


def _row(title: str, source: str, asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "set": SET,
        "title": f"{SET} {title}",
        "source": source,
        "id": asked["id"],
        "question": " ".join(asked["question"].split()),
        "answerable": True,
        "answers": [answer["text"] for answer in asked["answers"]],
        "answer_starts": [answer["answer_start"] for answer in asked["answers"]],
    }


def _runs(text: str) -> set[tuple[str, ...]]:
    found = [word.text.lower() for word in words(text)]
    return {tuple(found[at : at + _RUN]) for at in range(len(found) - _RUN + 1)}
