"""Parts of an article of at most so many tokens, cut between sentences, at the cost of one tokenisation.

Where sentences end is decided in `sentences`, what a token is in `tokens`. Counts are exact by construction:
a text is tokenised once, and only the words at the edges of a chunk are counted again.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from .._errors import UsageError
from .._inputs.mistaken import tell_of_a_name
from . import sentences, tokens
from .article import Article

# Unicode's White_Space, which the vocabulary's own pattern means by a blank. Python's `\s` holds four more.
_BLANK = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_MARK = '.,;:!?，。！？；：、…“”"()（）《》「」—'
# Where a token never crosses, read off the seven `tokens.PATTERN_BRANCHES`: before a blank that follows
# ink, unless it is a line break; after a line break before ink, unless it is "/"; between a letter or digit
# and one of these marks. Counts of parts cut there add up; cut elsewhere, a sum can be too low.
_SAFE = re.compile(
    rf"(?<=[^{_BLANK}])(?=[{_BLANK}])(?![\r\n])|(?<=[\r\n])(?=[^{_BLANK}/])|(?<=[^\W_])(?=[{_MARK}])"
)
# Between one of these and one of these letters a token seldom crosses, and where it does not, the letters are
# cut as if nothing stood before them. Not so where a token may end inside the mark, as in other scripts.
_SELDOM_CROSSED = re.compile("(?<=[。！？…”」）])(?=[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff])")
_WORD_END = re.compile(r"\s+|[,，;；:：、]\s*")
# tiktoken panics on very long runs of blanks, and no reader needs them: no chunk holds a run like this.
_LONGEST_BLANK = 10_000
_BLOCK = 1_048_576  # characters tokenised at once
_PAGE = 32  # tokens summed at once
_WINDOW = 32  # tokens before the limit in which a sentence is first thought to end
_LONGEST_WORD = 2_000
# A paragraph end is worth a fiftieth of a chunk: more, and chunks are sent half empty.
_PARAGRAPH_SHARE = 50


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of an article: `article.text[start:end]`, which is `tokens` o200k_base tokens long."""

    start: int
    end: int
    tokens: int


def chunks(article: Article | str | Path, *, max_tokens: int = 2000, overlap: int = 0) -> tuple[Chunk, ...]:
    """Cut an article into parts of at most `max_tokens` tokens; every non-blank character is in one.

    A part ends where a paragraph ends, or else a sentence; only a sentence longer than the limit is cut, at
    a word. `overlap` (in tokens) lets a part begin with whole sentences from the end of the one before.
    A run of more than 10,000 blanks always parts. Raises `UsageError` for a limit below 1 or an overlap
    that is negative or not below it, for one that is no whole number, and where a single character takes
    more tokens than the limit.

    >>> chunks("Rain fell on Monday. It stopped on Tuesday.", max_tokens=7)
    (Chunk(start=0, end=20, tokens=5), Chunk(start=21, end=43, tokens=5))
    """
    _check(max_tokens, overlap)
    tell_of_a_name(article)
    text = Article.of(article).text
    seen = sentences.view(text)
    return tuple(
        chunk
        for start, stop in _pieces(text)
        for chunk in _Cutter(seen, _Meter(text, start, stop), start, max_tokens, overlap).chunks()
    )


class _Origin(NamedTuple):
    """The start of a part, the first place from there on that no token crosses, and the tokens before it.

    `tokens` are those before the start if the part were tokenised on its own: what stands between the start
    and the safe place may be cut into other tokens than in the whole text.
    """

    start: int
    safe: int
    tokens: int


class _Meter:
    """Token counts of any part of `text[start:stop]`, from one tokenisation of all of it.

    Of each token only the number of characters that begin in it is kept, and the place of every 32nd.
    """

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self.stop = stop
        # The words at the edges of chunks are often the same.
        self._alone = lru_cache(maxsize=1024)(lambda part: len(tokens.encode(part)))
        self._lengths = b"".join(tokens.lengths(text[a:b]) for a, b in _blocks(text, start, stop))
        self._places = list(accumulate(_sums(self._lengths), initial=start))

    def position(self, count: int) -> int:
        """The place after the first `count` tokens; one that ends inside a character counts after it."""
        if count >= len(self._lengths):
            return self.stop
        page, rest = divmod(max(0, count), _PAGE)
        return self._places[page] + sum(self._lengths[page * _PAGE : page * _PAGE + rest])

    def before(self, at: int) -> int:
        """How many tokens end at `at` or before."""
        page = bisect_right(self._places, at) - 1
        place, count = self._places[page], page * _PAGE
        for length in self._lengths[count : count + _PAGE]:
            place += length
            if place > at:
                break
            count += 1
        return count

    def count(self, start: int, end: int) -> int:
        """The exact number of tokens of `text[start:end]` on its own."""
        return self.up_to(end, self.origin(start))

    def origin(self, start: int) -> _Origin:
        """Where to count from in a part that begins at `start`."""
        if _SELDOM_CROSSED.match(self.text, start):
            before = self.before(start)
            if self.position(before) == start:
                return _Origin(start, start, before)
        safe = _SAFE.search(self.text, start, min(self.stop, start + 1_000))
        if safe is None:
            return _Origin(start, self.stop + 1, self.before(start))
        after = safe.start()
        return _Origin(start, after, self.before(after) - self._alone(self.text[start:after]))

    def up_to(self, end: int, origin: _Origin) -> int:
        """The exact number of tokens from the origin's start to `end`."""
        text = self.text
        least = max(origin.safe, end - 1_000)
        before = end
        while before > least and before < len(text) and not _SAFE.match(text, before):
            before -= 1
        if before == end >= least:
            return self.before(end) - origin.tokens
        if before > least or before == origin.safe:
            return self.before(before) - origin.tokens + self._alone(text[before:end])
        return len(tokens.encode(text[origin.start : end]))


class _Cut(NamedTuple):
    end: int
    following: int
    whole: bool = True


class _Cutter:
    """Cuts one piece of a text into chunks."""

    def __init__(self, seen: sentences.View, meter: _Meter, start: int, limit: int, overlap: int) -> None:
        self._seen = seen
        self._text = seen.text
        self._meter = meter
        self._start = start
        self._limit = limit
        self._overlap = overlap

    def chunks(self) -> Iterator[Chunk]:
        start = done = following = self._start
        while start < self._meter.stop:
            cut, tokens_in = self._cut(start, done)
            if cut.end <= done:
                start = following
                continue
            yield Chunk(start, cut.end, tokens_in)
            done, following = cut.end, cut.following
            start = self._overlapping(start, cut) if self._overlap else following

    def _cut(self, start: int, done: int) -> tuple[_Cut, int]:
        """The last good place from which no more than the limit lies behind, and the tokens up to it."""
        meter = self._meter
        origin = meter.origin(start)
        allowed = self._limit
        while True:
            furthest = max(start + 1, meter.position(origin.tokens + allowed))
            cut = self._last_cut(start, max(start, done), furthest)
            count = meter.up_to(cut.end, origin)
            if count <= self._limit:
                return cut, count
            if cut.end - start == 1:
                raise UsageError(
                    f"The character at {start} takes {count} tokens, more than max_tokens={self._limit}.",
                    next_step="Give a max_tokens of 4 or more: no character takes more.",
                )
            allowed -= max(1, count - self._limit)

    def _last_cut(self, start: int, done: int, furthest: int) -> _Cut:
        """The last paragraph or sentence end after `done`, or else word end, up to `furthest`."""
        if furthest >= self._meter.stop:
            return _Cut(self._meter.stop, self._meter.stop)
        share = (furthest - start) // _PARAGRAPH_SHARE
        window = max(share, _WINDOW * (furthest - done) // self._limit)
        while True:
            cut = self._last_sentence(max(done, furthest - window), done, furthest - share, furthest)
            if cut or furthest - window <= done:
                return cut or self._last_word(done, furthest)
            window *= 4

    def _last_sentence(self, start: int, done: int, near: int, furthest: int) -> _Cut | None:
        """The last sentence end from `start` on, or the last paragraph end if it is not before `near`."""
        last = None
        for end, following in sentences.cuts_back(self._seen, self._apart(start), furthest):
            if end <= done or (last and end < near):
                break
            if end >= near and sentences.is_paragraph_end(self._seen, end, following):
                return _Cut(end, following)
            last = last or _Cut(end, following)
        return last

    def _last_word(self, done: int, furthest: int) -> _Cut:
        start = max(done, furthest - _LONGEST_WORD)
        best = furthest
        for found in _WORD_END.finditer(self._text, start, furthest + 1):
            end = found.start() + (not found[0][0].isspace())
            if done < end <= furthest:
                best = end
        end = sentences.ink_before(self._text, best)
        return _Cut(end, sentences.first_ink(self._text, best), whole=False)

    def _overlapping(self, start: int, cut: _Cut) -> int:
        """Where the next chunk begins: at a whole sentence, at most the overlap before this one's end."""
        meter = self._meter
        least = max(start, meter.position(meter.before(cut.end) - self._overlap))
        if cut.whole:
            starts = (at for _, at in sentences.cuts(self._seen, self._apart(least), cut.end))
        else:
            starts = (found.end() for found in _WORD_END.finditer(self._text, least, cut.end))
        for at in starts:
            if max(start + 1, least) <= at < cut.end and meter.count(at, cut.end) <= self._overlap:
                return at
        return cut.following

    def _apart(self, start: int) -> int:
        """A place a little before, not inside a run of stops and quotes, which would be read as another."""
        least = max(self._start, start - 64)
        while start > least and not self._text[start - 1].isalnum():
            start -= 1
        return start


def _check(max_tokens: int, overlap: int) -> None:
    for name, given in {"max_tokens": max_tokens, "overlap": overlap}.items():
        if isinstance(given, bool) or not isinstance(given, int):
            raise UsageError(f"{name}={given!r} is no whole number.")
    if max_tokens < 1:
        raise UsageError(f"A chunk holds at least one token, so max_tokens={max_tokens} cannot be.")
    if not 0 <= overlap < max_tokens:
        raise UsageError(f"overlap={overlap} is not from 0 to below max_tokens={max_tokens}.")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """What stands between the very long runs of blanks, without blanks at its ends."""
    start = sentences.first_ink(text)
    # Such a run covers a multiple of its least length: looking there alone costs nothing.
    for at in range(_LONGEST_BLANK, len(text), _LONGEST_BLANK):
        if at > start and text[at].isspace():
            end, following = sentences.ink_before(text, at), sentences.first_ink(text, at)
            if following - end > _LONGEST_BLANK:
                yield start, end
                start = following
    if start < len(text):
        yield start, len(text.rstrip())


def _blocks(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Blocks that begin and end where no token crosses, so that little is held at a time."""
    while start < stop:
        safe = _SAFE.search(text, start + _BLOCK, min(stop, start + 2 * _BLOCK))
        end = safe.start() if safe else stop
        yield start, end
        start = end


def _sums(lengths: bytes) -> Iterable[int]:
    """The characters of each page of tokens but the last."""
    pages = range(0, len(lengths), _PAGE)[:-1]
    if "numpy" in sys.modules:
        numpy = sys.modules["numpy"]
        whole = numpy.frombuffer(lengths, numpy.uint8, len(pages) * _PAGE)
        return list(whole.reshape(-1, _PAGE).sum(axis=1, dtype=numpy.int64).tolist())
    return (sum(lengths[at : at + _PAGE]) for at in pages)
