"""Where a string stands in an article: strict on content, tolerant of presentation by the declared folds.

A quote is looked up by exact search in folded text, never by likeness. What may differ stands in `fold`,
where a place may begin and end in `edges`, what a cut may leave outside in `context`; here are the search and
elisions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from .._errors import UsageError
from .._inputs.mistaken import tell_of_a_name
from .._values import Quote, Span
from . import context
from .article import Article
from .edges import NO_SPACES, cuts_character, cuts_word, inside_a_word, is_break, is_minus
from .fold import FOLDS, Fold, Folded, bare, fold, kept_hyphens, marks, open_line_ends

MOST_PARTS = 12
"""An elided quote of more parts than this is a collage."""

# Characters around a hint that are searched first, and then, before the whole article is.
_AROUND_HINT = (2_000, 50_000)
# Places looked at in one search: only a text of little else than the quote's own words has more, and reading
# them all would take seconds.
_MOST_PLACES = 20_000
_FURTHEST_APART = 10_000  # characters between parts of an elided quote: neighbouring sentences have fewer
_ELISION = re.compile(r"[\[(]? ?\.{3,} ?[\])]?")
_WORD_RUN = re.compile(r"\w+")
_SPACED_RUN = re.compile(rf"[^\W_{NO_SPACES}]+")
_SELECTORS = ("\ufe00", "\ufe0f")


class _Form(NamedTuple):
    """One way to write the folded quote; `lowered` where its first letter was a sentence's capital."""

    text: str
    raised: bool = False


class _Part(NamedTuple):
    """A part of an elided quote where it stands, and the part before it."""

    start: int
    end: int
    before: _Part | None = None


def locate(quote: str, article: Article | str | Path, *, near: int | None = None) -> Quote | None:
    """The place in the article that says exactly this, or None; only the declared folds are forgiven.

    A `str` article is the text itself, a `Path` a file. Where the words stand several times, the place
    nearest to the offset `near` is taken, else the first. An elision (`...`, `…`, `[...]`) must have its
    parts in order in one sentence or in neighbours; the quote then spans from the first to the last. A cut
    that turns the meaning is widened to its sentence (`.widened`). Raises `UsageError` for a blank quote.

    >>> article = Article("The board did not approve it. Spending rose to 2.5% – “at last”, he wrote to us.")
    >>> locate('spending rose to 2.5% - "at last", he wrote', article).text
    'Spending rose to 2.5% – “at last”, he wrote'
    >>> locate("approve it", article)
    <Quote 0:29 'The board did not approve it.' widened>
    >>> locate("Spending rose to 2.6%", article) is locate("pending rose", article) is None
    True
    """
    tell_of_a_name(article)
    if not isinstance(article, Article | str):
        article = Article.of(article)
    return _locator(article).find(quote, near=near)


@lru_cache(maxsize=8)
def _locator(article: Article | str) -> Locator:
    """The last few indexes: an article is seldom asked once, and nothing is kept for good."""
    return Locator(article)


class Locator:
    """An article indexed for `find`: about the text's size once more, made in one pass.

    >>> Locator("Rain fell. It stopped at ten.").find("it stopped at ten").start
    11
    """

    def __init__(self, article: Article | str | Path) -> None:
        self.article = Article.of(article)
        self._folded = fold(self.article.text)

    def find(self, quote: str, *, near: int | None = None, widen: bool = True) -> Quote | None:
        """The quote's place in the article, as `locate` gives it; without `widen` a value's bare place."""
        if not isinstance(quote, str):
            raise UsageError(f"A quote is a str, not {type(quote).__name__}.")
        folded = fold(quote).text.strip()
        if not folded:
            raise UsageError("The quote is blank.", next_step="Give the words to look for.")
        found = (
            self._whole(_forms(folded), quote, near)
            or self._verbatim(quote.strip())
            or self._elided(folded, quote, near)
            or self._hyphenated(fold(kept_hyphens(quote)).text.strip(), quote, near)
        )
        return self._quote(*found, widen=widen) if found else None

    def places(self, words: str) -> Iterator[Span]:
        """Every place of some words, those as they are written first; of elided words the first place only.

        >>> list(Locator("Rain fell, and more rain.").places("rain"))
        [Span(start=20, end=24)]
        """
        folded = fold(words).text.strip()
        if not folded:
            return
        spans = (span for form in _forms(folded) for span in self._places(self._folded, form, words))
        first = next(spans, None)
        if first is not None:
            yield first
            yield from spans
        elif found := self.find(words, widen=False):
            yield Span(found.start, found.end)

    def _whole(self, forms: Iterable[_Form], quote: str, near: int | None) -> tuple[Span, list[Span]] | None:
        best: Span | None = None
        for form in forms:
            span = self._nearest(self._folded, form, quote, near)
            if span and near is None:
                return span, []
            if span and near is not None and (best is None or _distance(span, near) < _distance(best, near)):
                best = span
        return (best, []) if best else None

    def _nearest(self, folded: Folded, form: _Form, quote: str, near: int | None) -> Span | None:
        if near is None:
            return next(self._places(folded, form, quote), None)
        for start, end in _windows(folded, near, len(form.text)):
            spans = list(self._places(folded, form, quote, start, end))
            if spans:
                return min(spans, key=lambda span: _distance(span, near))
        return None

    def _places(
        self, folded: Folded, form: _Form, quote: str, start: int = 0, end: int | None = None
    ) -> Iterator[Span]:
        """The places of the form that cut no word, number or character apart, in order."""
        text, size = folded.text, len(form.text)
        whole = (at for at in _finds(text, form.text, start, end) if not inside_a_word(text, at, at + size))
        for at in islice(whole, _MOST_PLACES):
            span = self._span(folded, at, at + size)
            if span and self._says(span, form, quote):
                yield span

    def _span(self, folded: Folded, start: int, end: int) -> Span | None:
        """The original span of a folded one, or None where an edge would cut something apart."""
        text = self.article.text
        if self._cuts(folded, start) or self._cuts(folded, end):
            return None
        first, last = folded.start(start), folded.end(end)
        if first is None or last is None:
            return None
        while text[first].isspace():
            first += 1
        while text[last - 1].isspace():
            last -= 1
        while last < len(text) and _SELECTORS[0] <= text[last] <= _SELECTORS[1]:
            last += 1
        return None if cuts_character(text, first) or cuts_character(text, last) else Span(first, last)

    def _cuts(self, folded: Folded, at: int) -> bool:
        return cuts_word(folded.text, at) and not self._beside_a_break(folded, at)

    def _beside_a_break(self, folded: Folded, at: int) -> bool:
        """Is the hyphen at this edge a dash between words in the article?"""
        for dash in (at - 1, at):
            if folded.text[dash] == "-":
                around = folded.text[dash - 1 : dash] + folded.text[dash + 1 : dash + 2]
                start, end = folded.start(dash), folded.end(dash + 1)
                written = self.article.text[start:end]
                return start is not None and (
                    is_break(written, around) or (dash == at and is_minus(written, around))
                )
        return False

    def _says(self, span: Span, form: _Form, quote: str) -> bool:
        """The last word on a place: it folds to the very same text, and has no other footnote marks."""
        text = self.article.text[span.start : span.end]
        if form.raised and not self._begins(span.start):
            return False
        return fold(text).text.strip() == form.text and _marks_agree(quote, text)

    def _begins(self, at: int) -> bool:
        """Does a sentence, or a quotation, begin at `at`?"""
        text = self.article.text
        sentence = self.article.sentences[self._sentence(at)]
        before = text[sentence.start : at]
        return before[-1:] in tuple("\"'“‘„«「『([") or not any(map(str.isalnum, before))

    def _verbatim(self, quote: str) -> tuple[Span, list[Span]] | None:
        """A slice whose folds hang on what stands beside it: a footnote mark at its edge."""
        text = self.article.text
        for at in islice(_finds(text, quote), _MOST_PLACES):
            span = Span(at, at + len(quote))
            if not any(cuts_character(text, edge) or self._cuts_word(edge) for edge in span):
                return span, []
        return None

    def _cuts_word(self, at: int) -> bool:
        return self._cuts(self._folded, self._folded.forward(at))

    def _elided(self, folded: str, quote: str, near: int | None) -> tuple[Span, list[Span]] | None:
        parts = [
            part for part in map(str.strip, _ELISION.split(_unwrapped(folded))) if _WORD_RUN.search(part)
        ]
        if not parts or len(parts) > MOST_PARTS or (len(parts) == 1 and parts[0] == folded):
            return None
        if len(parts) == 1:
            return self._whole(_forms(parts[0]), quote, near)
        for window in _windows(self._folded, near, len(folded)):
            chains = self._chains(self._standing(parts, window))
            if chains:
                last = chains[0] if near is None else min(chains, key=lambda p: abs(p.start - near))
                spans = _unrolled(last)
                gaps = [Span(a.end, b.start) for a, b in pairwise(spans)]
                return Span(spans[0].start, spans[-1].end), gaps
        return None

    def _standing(self, parts: list[str], window: tuple[int, int]) -> list[list[Span]]:
        """Where each part stands; all but the longest, which is rare, are only looked for around it."""
        anchor = max(range(len(parts)), key=lambda i: len(parts[i]))
        anchors = self._part_places(anchor, parts, [window])
        around = self._around(anchors, _FURTHEST_APART + sum(map(len, parts)))
        return [anchors if i == anchor else self._part_places(i, parts, around) for i in range(len(parts))]

    def _part_places(self, index: int, parts: list[str], windows: list[tuple[int, int]]) -> list[Span]:
        """Only the first part may differ in its capital, only the last in its stop."""
        forms = [_Form(parts[index])]
        if index == 0:
            forms += _recased(parts[index])
        if index == len(parts) - 1:
            forms += _unstopped(parts[index])
        for form in forms:
            places = (span for window in windows for span in self._places(self._folded, form, "", *window))
            if spans := list(islice(places, _MOST_PLACES // len(parts))):
                return spans
        return []

    def _around(self, spans: list[Span], reach: int) -> list[tuple[int, int]]:
        """The windows of so many folded characters before and after the spans, apart from one another."""
        windows: list[tuple[int, int]] = []
        for span in spans:
            start = max(0, self._folded.forward(span.start) - reach)
            end = self._folded.forward(span.end) + reach
            if windows and windows[-1][1] >= start:
                windows[-1] = windows[-1][0], end
            else:
                windows.append((start, end))
        return windows

    def _chains(self, places: list[list[Span]]) -> list[_Part]:
        """Every last part that has the parts before it close enough, each with the nearest one before."""
        chains = [_Part(*span) for span in places[0]]
        for spans in places[1:]:
            ends = [part.end for part in chains]
            linked = []
            for span in spans:
                k = bisect_right(ends, span.start)
                if k and self._neighbours(chains[k - 1].end, span.start):
                    linked.append(_Part(*span, chains[k - 1]))
            chains = linked
        return chains

    def _neighbours(self, end: int, start: int) -> bool:
        return self._sentence(start) - self._sentence(end - 1) <= 1

    def _hyphenated(self, folded: str, quote: str, near: int | None) -> tuple[Span, list[Span]] | None:
        """Words broken at a line end whose hyphen was their own, on either side: well-known."""
        if "-" not in folded:
            return None
        found = self._whole(_forms(folded), quote, near) if "\n" in quote else None
        if found or self._unhyphened is None:
            return found
        form = bare(folded)[0]
        for at in islice(_finds(self._unhyphened.text, form), _MOST_PLACES):
            span = self._span(self._unhyphened, at, at + len(form))
            if span and _same_but_line_ends(folded, self.article.text[span.start : span.end]):
                return span, []
        return None

    @cached_property
    def _unhyphened(self) -> Folded | None:
        if open_line_ends(self.article.text)[1] is None:
            return None
        text, edits = bare(self._folded.text)
        return Folded(text, (*self._folded.steps, edits) if edits else self._folded.steps)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.article.sentences]

    def _sentence(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _quote(self, span: Span, gaps: list[Span], *, widen: bool = True) -> Quote:
        first = self._sentence(span.start)
        whole = self._turned(span, gaps, first) if widen else None
        start, end = whole or span
        text = self.article.text[start:end]
        page = self.article.page_of(start)
        return Quote(start=start, end=end, text=text, sentence=first, page=page, widened=whole is not None)

    def _turned(self, span: Span, gaps: list[Span], first: int) -> Span | None:
        """The whole sentences that a span cuts, where the cut turns their meaning."""
        text, sentences = self.article.text, self.article.sentences
        last = self._sentence(span.end - 1)
        whole = Span(min(sentences[first].start, span.start), max(sentences[last].end, span.end))
        turned = context.turns_meaning(
            text[whole.start : whole.end], span.start - whole.start, span.end - whole.start
        )
        return whole if turned or any(context.cue(text[gap.start : gap.end]) for gap in gaps) else None


def _windows(folded: Folded, near: int | None, size: int) -> Iterator[tuple[int, int]]:
    """The parts of a folded text to search one after another: around the hint, then all of it."""
    if near is not None:
        at = folded.forward(near)
        yield from ((max(0, at - reach), at + reach + size) for reach in _AROUND_HINT)
    yield 0, len(folded.text)


def _finds(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Every place of the words in order, but one in each word of the text."""
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, _after_run(text, at), end)


def _after_run(text: str, at: int) -> int:
    """Where the next place may begin: what starts inside the same word would be cut as well."""
    run = _SPACED_RUN.match(text, at)
    return run.end() if run else at + 1


def _forms(folded: str) -> Iterator[_Form]:
    """The ways a quote may be written: as it is, without its own quotation marks, stop or capital."""
    for text in dict.fromkeys((folded, _unwrapped(folded))):
        yield _Form(text)
        yield from _recased(text)
        for form in _unstopped(text):
            yield form
            yield from _recased(form.text)


def _unwrapped(folded: str) -> str:
    wrapped = len(folded) > 2 and folded[0] == folded[-1] and folded[0] in "\"'"
    return folded[1:-1].strip() or folded if wrapped else folded


def _unstopped(folded: str) -> list[_Form]:
    """Without the full stop or comma that the quoting sentence put there."""
    return [_Form(folded[:-1])] if folded[-1] in ".,。" and folded[-2:-1].isalnum() else []


def _recased(folded: str) -> list[_Form]:
    """With the other case of the first letter; not for a lone word, whose capital may be a name's."""
    first = _WORD_RUN.search(folded)
    if first is None or " " not in folded:
        return []
    at = first.start()
    other = folded[at].swapcase()
    if other == folded[at] or len(other) != 1 or other.swapcase() != folded[at]:
        return []
    return [_Form(folded[:at] + other + folded[at + 1 :], raised=other.isupper())]


def _distance(span: Span, near: int) -> int:
    return abs(span.start - near)


def _unrolled(part: _Part | None) -> list[_Part]:
    parts = []
    while part is not None:
        parts.append(part)
        part = part.before
    return parts[::-1]


def _marks_agree(quote: str, text: str) -> bool:
    """A quote may lack the footnote marks of its source, or have some of its own; both may not differ."""
    theirs = marks(quote)
    ours = marks(text) if theirs else []
    return not ours or theirs == ours


def _same_but_line_ends(folded: str, text: str) -> bool:
    """Is the quote this text, with or without the hyphen at each of its line ends?"""
    folds = [Fold("line ends", open_line_ends) if f.name == "line ends" else f for f in FOLDS]
    at = 0
    for k, piece in enumerate(fold(text, folds).text.strip().split("\x00")):
        if k and folded.startswith("-", at):
            at += 1
        if not folded.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(folded)
