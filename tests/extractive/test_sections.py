"""The sections below numbered and marked headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quotewise._extractive.page.sections import sections
from quotewise._plans.numbered import Line


class Counted(Mapping[int, Line]):
    """Lines by their numbers, and how often one was looked at."""

    def __init__(self, texts: list[str]) -> None:
        self.lines = {number: Line(number, text, number) for number, text in enumerate(texts, 1)}
        self.looks = 0

    def __getitem__(self, number: int) -> Line:
        self.looks += 1
        return self.lines[number]

    def __iter__(self) -> Iterator[int]:
        for number in self.lines:
            self.looks += 1
            yield number

    def __len__(self) -> int:
        return len(self.lines)


def test_each_line_is_looked_at_a_few_times_however_many_headings_there_are() -> None:
    """Of ten thousand headings each once had the lines before it counted anew."""
    lines = Counted(["## Bees", "Ann has two hives."] * 1_000)
    found = list(sections(lines))

    assert [(number, (number + 1,)) for number in range(1, 2_001, 2)] == found
    assert lines.looks < 10 * len(lines)


def test_of_a_long_section_the_first_lines_are_given_and_none_of_the_next_article() -> None:
    """A heading is not said of what stands far below it, nor of another text."""
    long = Counted(["# Bees", *["Ann has two hives."] * 20])
    two = {1: Line(1, "# Bees", 1, source=1), 2: Line(2, "Two hives.", 2, source=2)}

    assert [(1, tuple(range(2, 14)))] == list(sections(long))
    assert [(1, ())] == list(sections(two))
