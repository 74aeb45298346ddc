"""Results as a person reads them in a terminal: claims with [n] marks, the quotes below.

Takes results by their shape, so that `_results` may call it; nothing is imported from there at run time.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from .._results import (
        Answer,
        Claim,
        Estimate,
        Issue,
        Quote,
        Rejected,
        Result,
        Summary,
        Usage,
        Verification,
    )

WIDTH = 100
_Row: TypeAlias = "str | _Hanging"

ABSTENTIONS = {
    "not_in_source": "The article does not say.",
    "failed": "No claim survived the check against the article.",
}


def result(value: Result, width: int = WIDTH) -> str:
    """Any result: what it says, its quotes, what was left out, which engine read it; `width` columns wide."""
    rows = said(value)
    marks = Marks(claim.quotes for claim in rows)
    words = {_flat(claim.text) for claim in rows}
    parts = [*_head(value), *_claims(rows, marks), *_quotes(marks, words), *_left_out(value), *_foot(value)]
    return "\n".join(line for part in parts for line in _lines(part, width))


class _Hanging(NamedTuple):
    """Words to be wrapped under a lead of their own."""

    text: str
    lead: str = ""


class Stands(NamedTuple):
    """The verdict on a value of an extraction: what is in `values` was located, or it would not be there."""

    supported: bool = True
    score: float = 1.0
    issues: tuple[Issue, ...] = ()


class Value(NamedTuple):
    """A value of an extraction, in the shape of a claim."""

    text: str
    quotes: tuple[Quote, ...]
    verdict: Stands = Stands()


def said(value: Result) -> Sequence[Claim | Value]:
    """What a result says: its claims, or the values of an extraction as `path: value`."""
    values = getattr(value, "values", ())
    return value.cited or tuple(Value(f"{one.path}: {one.value}", one.quotes) for one in values)


def estimate(value: Estimate) -> str:
    """A bill: what is likely, and the most it can be."""
    return "\n".join(
        (
            f"{value.task} with {value.model}, {_many(value.chunks, 'part')}",
            f"likely:  {_spent(value.likely)}",
            f"at most: {_spent(value.most)}",
        )
    )


def _spent(usage: Usage) -> str:
    price = "price unknown" if usage.usd is None else f"${usage.usd:.4f}"
    tokens = f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
    return f"{_many(usage.calls, 'call')}, {tokens}, {price}"


class Marks:
    """Numbers for quotes, in the order of their first use; the same slice always has the same number."""

    def __init__(self, quotes: Iterable[Iterable[Quote]]) -> None:
        self._numbers: dict[tuple[int, int, int], int] = {}
        self.quotes: list[Quote] = []
        for group in quotes:
            for quote in group:
                self._add(quote)

    def _add(self, quote: Quote) -> None:
        key = (quote.source, quote.start, quote.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.quotes.append(quote)

    def numbers(self, claim: Claim | Value) -> list[int]:
        """The numbers of a claim's quotes, ascending."""
        return sorted({self._numbers[q.source, q.start, q.end] for q in claim.quotes})

    def of(self, claim: Claim | Value) -> str:
        """The marks of a claim, `[1][3]`."""
        return "".join(f"[{n}]" for n in self.numbers(claim))


def _head(value: Result) -> Iterator[_Row]:
    kind = type(value).__name__
    if kind == "Summary":
        yield from _summary_head(value)  # type: ignore[arg-type]  # known by its name, see the module
    elif kind == "Answer":
        yield from _answer_head(value)  # type: ignore[arg-type]
    elif kind == "Verification":
        yield from _verification_head(value)  # type: ignore[arg-type]
    elif kind.startswith("Extraction") and getattr(value, "value", None) is None:
        yield "Not filled: a value that must be there was not found, or was not accepted."


def _summary_head(value: Summary) -> Iterator[_Row]:
    if value.headline:
        yield from (*_wrap(value.headline), "")


def _answer_head(value: Answer) -> Iterator[_Row]:
    if not value.claims:
        yield abstention(value)
        yield from _nearest(value.nearest)
    elif value.status == "partly":
        yield "The article answers a part of this:"
    elif value.status == "conflict":
        yield "The article contradicts itself on this:"


def abstention(value: Result) -> str:
    """What is said where there is no claim: that the article does not say, or how much of it was read."""
    coverage = value.coverage
    if value.gaps:
        return "There is no answer in what could be read."
    said = ABSTENTIONS.get(getattr(value, "status", ""), "No claim.")
    if getattr(value, "status", "") == "not_in_source" and coverage.unread:
        read = coverage.sentences - len(coverage.unread)
        return f"{said[:-1]}, in the {read:,} of its {coverage.sentences:,} sentences that were read."
    return said


def _nearest(quotes: tuple[Quote, ...]) -> Iterator[_Row]:
    if quotes:
        yield "Closest passages:"
        for quote in quotes:
            yield from _wrap(f"“{_flat(quote.text)}”", "  - ")


def _verification_head(value: Verification) -> Iterator[_Row]:
    held = sum(claim.verdict.supported for claim in value.claims)
    yield f"{held} of {_many(len(value.claims), 'claim')} supported (score {value.score:.2f})"


def _claims(rows: Sequence[Claim | Value], marks: Marks) -> Iterator[_Row]:
    for claim in rows:
        sign = "-" if claim.verdict.supported else "x"
        yield from _wrap(f"{_flat(claim.text)} {marks.of(claim)}{_kind(claim)}".rstrip(), f"{sign} ")
        if not claim.verdict.supported:
            yield from _reasons(claim)


def _kind(claim: Claim | Value) -> str:
    kind = getattr(claim, "kind", "")
    return f" ({kind})" if kind else ""


def _reasons(claim: Claim | Value) -> Iterator[_Row]:
    for issue in claim.verdict.issues:
        yield from _wrap(f"{issue.text!r}: {issue.why}", "    ")
    if not claim.verdict.issues:
        yield f"    not supported (score {claim.verdict.score:.2f})"


def _quotes(marks: Marks, said: set[str]) -> Iterator[_Row]:
    """The quotes; one that a claim repeats word for word is given by its place alone."""
    if marks.quotes:
        yield ""
    repeated: list[str] = []
    for number, quote in enumerate(marks.quotes, 1):
        place = f"{quote.start}–{quote.end}"
        if _flat(quote.text) in said:
            repeated.append(f"[{number}] {place}")
        else:
            yield from _wrap(f"“{_flat(quote.text)}” ({place})", f"[{number}] ")
    if repeated:
        yield from _wrap(", ".join(repeated), "Word for word in the article: ")


def _left_out(value: Result) -> Iterator[_Row]:
    if value.rejected:
        yield f"\nNot returned, because the article does not support it ({len(value.rejected)}):"
        for rejected in value.rejected:
            yield from _rejected(rejected)
    if value.gaps:
        yield f"\nIncomplete: {_many(len(value.gaps), 'part')} could not be read."
        for gap in value.gaps:
            yield from _wrap(f"{gap.reason} (characters {gap.start}–{gap.end})", "  - ")


def _rejected(rejected: Rejected) -> Iterator[_Row]:
    yield from _wrap(_flat(rejected.claim.text), "  x ")
    yield from _wrap(rejected.reason, "    ")


def _foot(value: Result) -> Iterator[_Row]:
    if value.trace.engine == "extractive":
        yield "\nRead by the built-in extractive engine: sentences of the article, no model was called."


def _wrap(text: str, lead: str = "") -> tuple[_Hanging]:
    return (_Hanging(text, lead),)


def _lines(part: _Row, width: int) -> list[str]:
    if isinstance(part, str):
        return [part]
    indent = " " * len(part.lead)
    return textwrap.wrap(
        part.text, width, initial_indent=part.lead, subsequent_indent=indent, break_long_words=False
    ) or [part.lead.rstrip()]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
