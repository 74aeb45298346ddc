"""Numbered sentences: how an article stands in a prompt, and how the numbers are read back.

One sentence a line, `12|its words`, a blank line between paragraphs, each article between two fences whose
name is derived from the text and is absent from it, so that nothing in an article can close its fence and
the same article always gives the same prompt (a random fence would break caches and journals). What a model
made of an article, claims and answers, stands between such fences too wherever it is quoted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import NamedTuple

from .._language.broken import unbroken

_BLOCK = re.compile(r"<(source-[0-9a-f]{12})>\n(.*?)\n</\1>", re.DOTALL)
_HEADER = re.compile(r"([A-Z][a-z]+): (.*)")
_PARTED = re.compile(r"[ \t]*\t[ \t]*| {2,}")
_FEWEST_CELLS = 3
"""A single tab may follow a clause's number or a speaker's name."""
_LINE = re.compile(r"(\d+)\|(.*)")
_LINE_COPIED = re.compile(r"\s*\[?(\d{1,9})\s*\|\s*(?=[^\W\d_]|[\"'“‘«(])")
_AS_WORDS = re.compile(r"(?:(?:sentences?|lines?|s)\s*)?(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?\.?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;&]|\band\b)\s*|(?<=[\d.])\s+(?=\d)", re.IGNORECASE)
_A_THOUSAND = re.compile(r"\d,\d{3}(?!\d)")
_BRACKETS = str.maketrans("[](){}|#", "        ")
_WIDEST = 50
"""Sentences in a range; a model that cites more points at nothing."""

_LONGEST_CITATION = 200
_LARGEST = 10**9
"""Beyond it a model is in a loop."""


class Line(NamedTuple):
    """A sentence as a model sees it: its number (from 1), its words on one line, its paragraph and its
    article (both from 0).

    No prompt shows `lead`: a reader that puts the words of another line before its own, since it says too
    little without them, notes that line's number here.
    """

    number: int
    text: str
    paragraph: int = 0
    source: int = 0
    lead: int = 0


def render(lines: Iterable[Line]) -> str:
    """The lines between their fences, those of each article between fences of their own.

    >>> print(render([Line(1, "Rain fell."), Line(2, "It stopped."), Line(3, "Later, sun.", 1)]))
    <source-6068883532f3>
    1|Rain fell.
    2|It stopped.
    <BLANKLINE>
    3|Later, sun.
    </source-6068883532f3>
    """
    bodies = ["\n".join(_body(of_one)) for _, of_one in groupby(lines, key=lambda line: line.source)]
    return "\n\n".join(_fenced("source", body, bodies) for body in bodies)


def fenced(kind: str, rows: Iterable[str]) -> str:
    """Quoted words, a row to a line, between two fences of a kind: "claims", "turns".

    >>> print(fenced("claims", ["1. Rain\\nfell."]))
    <claims-db4014cc909d>
    1. Rain fell.
    </claims-db4014cc909d>
    """
    body = "\n".join(map(one_line, rows))
    return _fenced(kind, body, [body])


def parse(prompt: str) -> tuple[list[Line], str]:
    """The numbered lines of every fence in a prompt, and what follows the last fence: the task.

    >>> parse(render([Line(7, "Rain fell.")]) + "\\n\\nTask: facts")
    ([Line(number=7, text='Rain fell.', paragraph=0, source=0, lead=0)], 'Task: facts')
    """
    lines: list[Line] = []
    end = 0
    for source, block in enumerate(_BLOCK.finditer(prompt)):
        first = lines[-1].paragraph + 1 if lines else 0
        lines.extend(line._replace(source=source) for line in _lines(block[2], first))
        end = block.end()
    return lines, prompt[end:].strip()


def headers(task: str) -> dict[str, str]:
    """The first lines of a task, `Name: value`, which say to a program what the words below say to a model.

    >>> headers("Task: answer\\nQuestion: Where: here?\\n\\nAnswer the question.")
    {'Task': 'answer', 'Question': 'Where: here?'}
    """
    rows = task.partition("\n\n")[0].split("\n")
    return {match[1]: match[2].strip() for row in rows if (match := _HEADER.fullmatch(row))}


def one_line(text: str) -> str:
    """The words of a sentence with every run of white space as one space: for a prompt, never for a quote.

    A tab stays between the cells of a row of three and more.

    >>> one_line("Rain \\n  fell."), one_line("Bread\\t 18%\\t14%")
    ('Rain fell.', 'Bread\\t18%\\t14%')
    """
    if "\n" not in text and ("\t" in text or "  " in text):
        cells = [" ".join(cell.split()) for cell in _PARTED.split(text.strip())]
        return ("\t" if len(cells) >= _FEWEST_CELLS else " ").join(cells)
    return " ".join(text.split())


def cited(value: object) -> list[int]:
    """The sentence numbers that a model names, in whatever form; raises `ValueError` for what names none.

    A number of thousands could be two numbers, so it is none.

    >>> cited([3, "4"]), cited("[3]"), cited("3|"), cited("3-5, 8"), cited("12|Rain fell."), cited(None)
    ([3, 4], [3], [3], [3, 4, 5, 8], [12], [])
    """
    if value is None:
        return []
    if isinstance(value, list):
        return [number for one in value for number in _cited(one)]
    return _cited(value)


def _cited(value: object) -> list[int]:
    if isinstance(value, str) and len(value) <= _LONGEST_CITATION:
        return _cited_in_words(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
        return [value]
    raise ValueError("what stands there names no sentence")


def _cited_in_words(text: str) -> list[int]:
    if line := _LINE_COPIED.match(text):
        return [int(line[1])]
    words = text.translate(_BRACKETS).strip()
    if _A_THOUSAND.search(words):
        raise ValueError("a number of thousands may also be two numbers")
    return [number for part in _BETWEEN.split(words) if words for number in _run(part)]


def _run(words: str) -> range:
    """The number that some words are, or those from one to another."""
    match = _AS_WORDS.fullmatch(words.strip())
    if match is None:
        raise ValueError("the words there name no sentence")
    first, last = int(match[1]), int(match[2] or match[1])
    if not first <= last < first + _WIDEST:
        raise ValueError(f"a range of sentences must be of at most {_WIDEST}, the first one first")
    return range(first, last + 1)


def _body(lines: Iterable[Line]) -> Iterator[str]:
    paragraph: int | None = None
    shown = list(lines)
    for line, text in zip(shown, unbroken(line.text for line in shown), strict=True):
        if paragraph is not None and line.paragraph != paragraph:
            yield ""
        paragraph = line.paragraph
        yield f"{line.number}|{one_line(text)}"


def _lines(body: str, paragraph: int) -> Iterator[Line]:
    for row in body.split("\n"):
        if match := _LINE.fullmatch(row):
            yield Line(int(match[1]), match[2], paragraph)
        elif not row:
            paragraph += 1


def _fenced(kind: str, body: str, bodies: Sequence[str]) -> str:
    """A body between two marks with a name that occurs in no body: the first of a fixed series."""
    for attempt in count():
        name = f"{kind}-" + hashlib.sha256(f"{attempt}:{body}".encode()).hexdigest()[:12]
        if not any(name in other for other in bodies):
            return f"<{name}>\n{body}\n</{name}>"
    raise AssertionError("unreachable: the series is endless")
