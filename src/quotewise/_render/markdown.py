"""Results as Markdown with footnotes: claims above, the quotes below, every character of theirs escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .text import Marks, Value, abstention, said

if TYPE_CHECKING:
    from .._results import Claim, Result

# Images and links that a reader's program would fetch or follow by itself are the danger, so the characters
# that make them, and all other markup, are escaped; what is left is text.
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!<>|~&-])")


def markdown(result: Result) -> str:
    """A result as Markdown.

    >>> escaped("![x](https://a.example/?q=1) *b*")
    '\\\\!\\\\[x\\\\]\\\\(https://a.example/?q=1\\\\) \\\\*b\\\\*'
    """
    marks = Marks(claim.quotes for claim in said(result))
    return "\n".join((*_head(result), *_claims(result, marks), *_notes(marks), *_left_out(result))) + "\n"


def together(turns: Sequence[tuple[str, Result]]) -> str:
    """Several results as one document, each under what was asked; the same quote has one footnote."""
    marks = Marks(claim.quotes for _, result in turns for claim in said(result))
    rows: list[str] = []
    for asked, result in turns:
        rows += (f"## {escaped(asked)}\n", *_nothing(result), *_claims(result, marks), *_left_out(result), "")
    return "\n".join((*rows, *_notes(marks))) + "\n"


def escaped(text: str) -> str:
    """Text on one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _head(result: Result) -> Iterator[str]:
    title = getattr(result, "headline", "") or getattr(result, "question", "")
    if title:
        yield f"## {escaped(title)}\n"
    yield from _nothing(result)


def _nothing(result: Result) -> Iterator[str]:
    if not said(result):
        yield abstention(result) + "\n"


def _claims(result: Result, marks: Marks) -> Iterator[str]:
    for claim in said(result):
        notes = "".join(f"[^{n}]" for n in marks.numbers(claim))
        yield f"- {escaped(claim.text)}{notes}{_doubt(claim)}"


def _doubt(claim: Claim | Value) -> str:
    return "" if claim.verdict.supported else " **(not supported)**"


def _notes(marks: Marks) -> Iterator[str]:
    for number, quote in enumerate(marks.quotes, 1):
        yield f"\n[^{number}]: “{escaped(quote.text)}” ({quote.start}–{quote.end})"


def _left_out(result: Result) -> Iterator[str]:
    if result.rejected:
        yield "\nNot returned, because the article does not support it:\n"
        for rejected in result.rejected:
            yield f"- {escaped(rejected.claim.text)}: {escaped(rejected.reason)}"
    if result.gaps:
        yield "\nNot read:\n"
        for gap in result.gaps:
            yield f"- {escaped(gap.reason)} ({gap.start}–{gap.end})"
    if result.trace.engine == "extractive":
        yield "\nRead by the built-in extractive engine: sentences of the article, no model was called."
