"""Results as a person reads them in a terminal: claims with [n] marks, the quotes below.

What each line is (a claim, a quote, ...) is said here; which colour that has, by whoever prints it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from .._values import IN_DOUBT, LEFT_OUT, Claim, Fact, Issue, Quote, Usage
from .places import names, place
from .shapes import Answered, Bill, Filled, Headed, Shown, Verified

WIDTH = 100
_UNSURE = 0.3
"""The score below which the built-in engine's answer is told to be unsure: most right ones score above."""
_NAMED = 3
"""Articles in which nothing was found that are named; of more it is said how many."""
Look: TypeAlias = Literal["", "head", "quote", "bad", "dim"]


class Line(NamedTuple):
    """A line as it is printed, and what it is; a claim and all that needs no colour is ""."""

    text: str
    look: Look = ""


class _Row(NamedTuple):
    """Words to be wrapped under a lead of their own."""

    text: str = ""
    lead: str = ""
    look: Look = ""


def result(value: Shown, width: int = WIDTH, *, offsets: bool = False) -> str:
    """Any result: what it says, its quotes, what was left out, which engine read it; `width` columns wide."""
    return "\n".join(line.text for line in lines(value, width, offsets=offsets))


def lines(value: Shown, width: int = WIDTH, *, offsets: bool = False) -> list[Line]:
    """The same line by line; with `offsets` every quote is shown with its characters."""
    rows = said(value)
    marks = Marks(claim.quotes for claim in rows)
    words = set() if offsets else {_flat(claim.text) for claim in rows}
    blocks = (
        _head(value),
        _claims(rows, marks),
        _quotes(marks, words, names(value.sources), offsets=offsets),
        _rejected(value),
        _gaps(value),
        _foot(value),
    )
    shown: list[Line] = []
    for block in map(list, blocks):
        if shown and block:
            shown.append(Line(""))
        shown += (Line(line, row.look) for row in block for line in _wrapped(row, width))
    return shown


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


def said(value: Shown) -> Sequence[Claim | Value]:
    """What a result says: its claims, or the values of an extraction as `path: value`."""
    if not isinstance(value, Filled):
        return value.cited
    return tuple(Value(f"{one.path}: {one.value}", one.quotes) for one in value.values)


def title(value: Shown) -> str:
    """A summary's headline or an answer's question; else nothing."""
    if isinstance(value, Headed):
        return value.headline
    return value.question if isinstance(value, Answered) else ""


def estimate(value: Bill) -> str:
    """A bill: what is likely, and the most it can be."""
    return "\n".join(
        (
            f"{value.task} with {value.model}, {_many(value.chunks, 'part')}",
            f"likely:  {_spent(value.likely)}",
            f"at most: {_spent(value.most)}",
        )
    )


def _spent(usage: Usage) -> str:
    tokens = f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
    return f"{_many(usage.calls, 'call')}, {tokens}, {price(usage)}"


def price(usage: Usage) -> str:
    """What was spent in dollars; an unknown price is said to be unknown, for it is not free."""
    return "price unknown" if usage.usd is None else f"${usage.usd:.4f}"


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


# Above the claims.


def abstention(value: Shown) -> str:
    """What is said where there is no claim: that the article does not say, or how much of it was read."""
    coverage = value.coverage
    if value.gaps:
        return "There is no answer in what could be read."
    status = value.status if isinstance(value, Answered) else ""
    if status == "failed" and not value.rejected:
        return "The model called it answered and gave no claim."
    if status == "failed":
        return f"No claim survived the check against the {_articles(value)}."
    if status != "not_in_source":
        return "No claim."
    if value.trace.engine == "extractive" and remarks(value):
        return f"No answer was found in the {_articles(value)}."
    said = f"The {_articles(value)} {'do' if len(value.sources) > 1 else 'does'} not say"
    if not coverage.unread:
        return f"{said}."
    read = coverage.sentences - len(coverage.unread)
    return f"{said}, in the {read:,} of {_their(value)} {coverage.sentences:,} sentences that were read."


def preamble(value: Shown) -> str:
    """What is said before claims that are not the whole answer, or not of one mind; else nothing.

    Two sides that are quoted from different articles are a disagreement, not a contradiction.
    """
    if not isinstance(value, Answered) or not value.cited or value.status not in ("partly", "conflict"):
        return ""
    if value.status == "partly":
        plain = "answer" if len(value.sources) > 1 else "answers"
        verb = "may answer" if value.trace.engine == "extractive" and _notes(value) else plain
        return f"The {_articles(value)} {verb} a part of this:"
    several = len({quote.source for claim in value.cited for quote in claim.quotes}) > 1
    return "The articles disagree on this:" if several else "The article contradicts itself on this:"


def short(value: Shown) -> str:
    """The fewest words that answer, to be told from the rest of the claim that holds them; else nothing.

    They never stand alone: "about" or "may" around them is a part of the answer.
    """
    return _flat(value.short.text) if isinstance(value, Answered) and value.short else ""


def remarks(value: Shown) -> list[str]:
    """What a reader should know of how a result was made: the notes that are whole sentences, or that the
    built-in engine is not sure of an answer, and in which articles it found none."""
    told = _notes(value)
    by_engine = value.trace.engine == "extractive"
    told_already = IN_DOUBT in told
    if (
        isinstance(value, Answered)
        and by_engine
        and value.cited
        and value.score < _UNSURE
        and not told_already
    ):
        told.append(f"The engine is not sure that this is what was asked for (score {value.score:.2f}).")
    if by_engine and isinstance(value, Answered) and (others := _silent(value)):
        told.append(others)
    return told


def _notes(value: Shown) -> list[str]:
    return [note for note in value.trace.notes if not note[:1].islower() and note.endswith(".")]


def _silent(value: Answered) -> str:
    """Which of several articles the engine found nothing in, where others answer; else nothing.

    An article whose unsure answer was left out is not among them.
    """
    cited = {quote.source for claim in value.cited for quote in claim.quotes}
    unsure = {note.removeprefix(LEFT_OUT) for note in value.trace.notes if note.startswith(LEFT_OUT)}
    named = enumerate(names(value.sources))
    silent = [name for at, name in named if at not in cited and str(at + 1) not in unsure]
    if not cited or not silent or value.coverage.unread:
        return ""
    if len(silent) > _NAMED:
        return f"In {len(silent):,} of the {len(value.sources):,} articles nothing was found on it."
    return f"Nothing was found on it in {_listed(silent)}."


def _listed(told: Sequence[str]) -> str:
    """Names in a row, "a, b and c"."""
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))


def verbatim(claim: Claim | Value) -> bool:
    """Whether a claim is a quote word for word: true to the article, whether or not it answers."""
    return any(_flat(quote.text) == _flat(claim.text) for quote in claim.quotes)


def told_apart(words: str, within: str) -> tuple[str, str, str]:
    """What stands before some words, the words, and what stands after; all of it before where they do not
    stand there as whole words.

    >>> told_apart("7 million", "It cost 7 million euros."), told_apart("7", "It cost 70 euros.")
    (('It cost ', '7 million', ' euros.'), ('It cost 70 euros.', '', ''))
    """
    wanted = r"\s+".join(map(re.escape, words.split()))
    found = re.search(rf"(?<!\w){wanted}(?!\w)", within) if wanted else None
    if found is None:
        return within, "", ""
    return within[: found.start()], found[0], within[found.end() :]


def _articles(value: Shown) -> str:
    return "articles" if len(value.sources) > 1 else "article"


def _their(value: Shown) -> str:
    return "their" if len(value.sources) > 1 else "its"


def _head(value: Shown) -> Iterator[_Row]:
    if isinstance(value, Headed) and value.headline:
        yield _Row(_flat(value.headline), look="head")
    elif isinstance(value, Answered):
        yield from _answer_head(value)
    elif isinstance(value, Verified):
        yield from _verification_head(value)
    elif isinstance(value, Filled):
        if value.value is None:
            yield _Row(_unfilled(value), look="bad")
    elif not value.cited:
        yield _Row("Nothing was found that holds.", look="head")


def _unfilled(value: Filled) -> str:
    """Which fields keep a model from being filled, where it is not the model as a whole."""
    named = ", ".join(value.unfilled)
    told = "Not filled: what must be there was not found, or was not accepted"
    return f"{told}: {named}." if named else f"{told}."


def _answer_head(value: Answered) -> Iterator[_Row]:
    if not value.cited:
        yield _Row(abstention(value), look="head")
        yield from _nearest(value)
    elif words := preamble(value):
        yield _Row(words, look="head")


def _nearest(value: Answered) -> Iterator[_Row]:
    if value.nearest:
        named = names(value.sources)
        yield from (_Row(), _Row("Closest passages:", look="dim"))
        for quote in value.nearest:
            yield _Row(_quoted(quote, place(quote, named)), "  - ", "quote")


def _verification_head(value: Verified) -> Iterator[_Row]:
    held = sum(claim.verdict.supported for claim in value.cited)
    told = f"{held} of {_many(len(value.cited), 'claim')} supported (score {value.score:.2f})"
    yield _Row(told, look="head")


# The claims and their quotes.


def _claims(rows: Sequence[Claim | Value], marks: Marks) -> Iterator[_Row]:
    for claim in rows:
        held = claim.verdict.supported
        of = f" ({named})" if (named := kind(claim)) else ""
        words = f"{_flat(claim.text)} {marks.of(claim)}{of}".rstrip()
        yield _Row(words, "- " if held else "x ", "" if held else "bad")
        if not held:
            yield from _reasons(claim)


def kind(claim: Claim | Value) -> str:
    """A fact's kind; else nothing."""
    return claim.kind if isinstance(claim, Fact) else ""


def _reasons(claim: Claim | Value) -> Iterator[_Row]:
    for issue in claim.verdict.issues:
        yield _Row(f"“{issue.text}”: {issue.why}", "    ")
    if not claim.verdict.issues:
        yield _Row(f"not supported (score {claim.verdict.score:.2f})", "    ")


def _quotes(marks: Marks, said: set[str], named: Sequence[str], *, offsets: bool) -> Iterator[_Row]:
    """The quotes; those that a claim repeats word for word are named together, where they stand."""
    rows: list[tuple[int, _Row]] = []
    repeated: dict[str, list[int]] = {}
    for number, quote in enumerate(marks.quotes, 1):
        where = place(quote, named, offsets=offsets)
        if _flat(quote.text) in said:
            repeated.setdefault(where, []).append(number)
        else:
            rows.append((number, _Row(_quoted(quote, where), f"[{number}] ", "quote")))
    for where, numbers in repeated.items():
        on = "on" if where.startswith("page ") else "in"
        told = f"word for word {on} {where or 'the article'}"
        rows.append((numbers[0], _Row(told, f"{_ranges(numbers)} ", "quote")))
    yield from (row for _, row in sorted(rows))


def _quoted(quote: Quote, where: str) -> str:
    return f"“{_flat(quote.text)}”" + (f" ({where})" if where else "")


def _ranges(numbers: Sequence[int]) -> str:
    """Marks in few words.

    >>> _ranges([1, 2, 3, 5, 7, 8])
    '[1]–[3] [5] [7] [8]'
    """
    breaks = [0, *(at for at, (a, b) in enumerate(pairwise(numbers), 1) if b > a + 1), len(numbers)]
    runs = [numbers[a:b] for a, b in pairwise(breaks)]
    return " ".join(
        f"[{run[0]}]–[{run[-1]}]" if len(run) > 2 else " ".join(f"[{n}]" for n in run) for run in runs
    )


# Below the claims.


def _rejected(value: Shown) -> Iterator[_Row]:
    if value.rejected:
        held = "do" if len(value.sources) > 1 else "does"
        told = f"Not returned, because the {_articles(value)} {held} not support it ({len(value.rejected)}):"
        yield _Row(told, look="dim")
        for rejected in value.rejected:
            yield _Row(_flat(rejected.claim.text), "  x ", "bad")
            yield _Row(rejected.reason, "    ")


def _gaps(value: Shown) -> Iterator[_Row]:
    if value.gaps:
        named = names(value.sources)
        yield _Row(f"Incomplete: {_many(len(value.gaps), 'part')} could not be read.", look="bad")
        for gap in value.gaps:
            of = f"{named[gap.source]}, " if len(named) > 1 else ""
            yield _Row(f"{gap.reason} ({of}characters {gap.start}–{gap.end})", "  - ")


def _foot(value: Shown) -> Iterator[_Row]:
    notes = value.trace.notes if isinstance(value, Verified) else remarks(value)
    yield from (_Row(f"Note: {note}", look="dim") for note in notes)
    if value.trace.engine == "extractive":
        yield _Row("Read by the built-in extractive engine; no model was called.", look="dim")


def _wrapped(row: _Row, width: int) -> list[str]:
    indent = " " * len(row.lead)
    return textwrap.wrap(
        row.text,
        width,
        initial_indent=row.lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [row.lead.rstrip()]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
