"""Results as Markdown with footnotes: claims above, the quotes below, every character of theirs escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .._values import Claim
from .places import names, place
from .shapes import Shown
from .text import Marks, Value, abstention, preamble, remarks, said, short, title, told_apart

# Images and links that a reader's program would fetch or follow by itself are the danger, so the characters
# that make them, and all other markup, are escaped; what is left is text.
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!<>|~&-])")


def markdown(result: Shown, notes: str = "") -> str:
    """A result as Markdown; `notes` goes before its footnotes' numbers, where several are put together.

    >>> escaped("![x](https://a.example/?q=1) *b*")
    '\\\\!\\\\[x\\\\]\\\\(https://a.example/?q=1\\\\) \\\\*b\\\\*'
    """
    marks = Marks(claim.quotes for claim in said(result))
    rows = (*_head(result), *_claims(result, marks, notes), *_notes(marks, result, notes), *_left_out(result))
    return "\n".join(rows) + "\n"


def together(turns: Sequence[tuple[str, Shown]]) -> str:
    """Several results on the same articles as one document, each under what was asked; the same quote has
    one footnote."""
    marks = Marks(claim.quotes for _, result in turns for claim in said(result))
    rows: list[str] = []
    for asked, result in turns:
        rows += (f"## {escaped(asked)}\n", *_before(result), *_claims(result, marks), *_left_out(result), "")
    return "\n".join((*rows, *(_notes(marks, turns[0][1]) if turns else ()))) + "\n"


def escaped(text: str) -> str:
    """Text on one line in which nothing is markup."""
    return _markup(" ".join(text.split()))


def _markup(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _head(result: Shown) -> Iterator[str]:
    if asked := title(result):
        yield f"## {escaped(asked)}\n"
    yield from _before(result)


def _before(result: Shown) -> Iterator[str]:
    if words := preamble(result) if said(result) else abstention(result):
        yield words + "\n"


def _claims(result: Shown, marks: Marks, before: str = "") -> Iterator[str]:
    words = short(result)
    for claim in said(result):
        notes = "".join(f"[^{before}{n}]" for n in marks.numbers(claim))
        yield f"- {_emphasised(claim.text, words)}{notes}{_doubt(claim)}"


def _emphasised(text: str, words: str) -> str:
    before, held, after = told_apart(words, " ".join(text.split()))
    if not held:
        return escaped(before)
    return f"{_markup(before)}**{_markup(held)}**{_markup(after)}"


def _doubt(claim: Claim | Value) -> str:
    return "" if claim.verdict.supported else " **(not supported)**"


def _notes(marks: Marks, result: Shown, before: str = "") -> Iterator[str]:
    named = names(result.sources)
    for number, quote in enumerate(marks.quotes, 1):
        yield f"\n[^{before}{number}]: “{escaped(quote.text)}” ({escaped(place(quote, named, offsets=True))})"


def _left_out(result: Shown) -> Iterator[str]:
    if result.rejected:
        held = "articles do" if len(result.sources) > 1 else "article does"
        yield f"\nNot returned, because the {held} not support it:\n"
        for rejected in result.rejected:
            yield f"- {escaped(rejected.claim.text)}: {escaped(rejected.reason)}"
    if result.gaps:
        yield "\nNot read:\n"
        named = names(result.sources)
        for gap in result.gaps:
            of = f"{named[gap.source]}, " if len(named) > 1 else ""
            yield f"- {escaped(gap.reason)} ({escaped(of)}characters {gap.start}–{gap.end})"
    yield from (f"\nNote: {escaped(note)}" for note in remarks(result))
    if result.trace.engine == "extractive":
        yield "\nRead by the built-in extractive engine; no model was called."
