"""The declared folds: every difference of presentation that a quote may have from its source, and no other.

Each fold rewrites a text and knows the way back to the original offsets. Nothing here searches, compares
by likeness or normalises by compatibility (NFKC would make 105 of 10⁵); what is not in `FOLDS` is content.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Han and kana, as the inside of a character class: scripts in which a blank or a line break says nothing."""

MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
"""Vowel signs, points and accents, as the inside of a character class: for `re` they are no letters."""

_SINGLE_QUOTE = re.compile("[‘’‚‛‹›`´ʼ]")
_DOUBLE_QUOTE = re.compile("[“”„‟«»「」『』]")
_DASH = re.compile("[‐‑‒–—―−]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_BLANK = re.compile(r"[^\S ]")

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Soft hyphens (with the line break after them), zero-width characters, direction marks, variation selectors
# and the Arabic stretching stroke.
_INVISIBLE = re.compile(
    "\u00ad(?:[ \t]*\r?\n[ \t]*)?|[\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufe00-\ufe0f\ufeff]+"
)
# Here and below a pattern starts with the rare character and looks back from there: `re` then skips ahead.
_LINE_END = re.compile(rf"[-‐‑](?<=(?:[^\W\d_]|[{MARKS}]).)[ \t]*\r?\n[ \t]*(?=([^\W\d_]))")
_MAYBE_DECOMPOSED = re.compile("[!-~]?[^\x00-\x7f]+")
# Unicode puts marks in order by a sort that is quadratic in their number; its stream-safe format allows 30.
_MOST_MARKS = 30
_MANY_MARKS = re.compile(rf"[^\w\s!-~]{{{_MOST_MARKS}}}")
_FRENCH_QUOTE = re.compile(r"«(?<!\S.)\s+|\s»(?!\w)")
_DOUBLED_QUOTE = re.compile(r"''|``")
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_ELLIPSIS = re.compile(r"…|\. \. \.")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"\*{1,3}|_{1,3}")
# At most three digits: [2019] is a year.
_BRACKETED_MARK = re.compile(
    r" \[(?<=[^\W\d_] .|[.,;:!?)\"'”’»*†‡%] .)[0-9]{1,3}(?:[,–-][0-9]{1,3}){0,9}\](?=[\s.,;:!?)\"'”’»]|\Z)"
    r"|\[(?<=[^\W_].|[.,;:!?)\"'”’»*†‡%\]].)[0-9]{1,3}(?:[,–-][0-9]{1,3}){0,9}\](?=[\s.,;:!?)\"'”’»\[]|\Z)"
)
_RAISED_MARK = re.compile(
    r"[¹²³⁰⁴-⁹](?<=[.,;:!?\"'”’»].)[¹²³⁰⁴-⁹]{0,2}(?=\s|\Z)"
    r"|[†‡](?<=[^\W\d_].|[.,;:!?\"'”’»].)[†‡]*(?=[\s.,;:!?\"'”’»]|\Z)"
)
_BLANK_RUN = re.compile("  +")
_BLANK_BETWEEN_UNSPACED = re.compile(
    rf" (?<=[{UNSPACED}\u3001-\u303f\uff01-\uff0f\uff1a-\uff20] )(?=[{UNSPACED}])"
)
_LOOSE_DASH = re.compile(r" -{1,3} ?(?!-)|-(?<![ -].)(?:-{1,2} ?| )(?!-)")


# Most passages of plain English hold nothing that a fold could change; one search tells.
_FOLDABLE = re.compile(r"[^ -~]|[&*_\[`\\]|''|  | -|- |--|\. \. ")


class Edits(NamedTuple):
    """Where a rewriting changed a text: ascending offsets in the result and in what it was made of."""

    starts: array[int]
    ends: array[int]
    from_starts: array[int]
    from_ends: array[int]

    def start(self, at: int) -> int | None:
        """Where a span that starts at `at` starts before the rewriting; None inside a replacement."""
        k = bisect_right(self.ends, at)
        if k < len(self.starts) and self.starts[k] < at:
            return None
        return self.from_ends[k - 1] + at - self.ends[k - 1] if k else at

    def end(self, at: int) -> int | None:
        """Where a span that ends at `at` ends before the rewriting; None inside a replacement."""
        k = bisect_left(self.starts, at)
        if k and self.ends[k - 1] > at:
            return None
        return self.from_starts[k] - (self.starts[k] - at) if k < len(self.starts) else self._last(at)

    def _last(self, at: int) -> int:
        return self.from_ends[-1] + at - self.ends[-1] if self.starts else at

    def forward(self, at: int) -> int:
        """Where the offset `at` of the old text stands in the new one; the start of what replaced it."""
        k = bisect_right(self.from_ends, at)
        moved = self.ends[k - 1] + at - self.from_ends[k - 1] if k else at
        return min(moved, self.starts[k]) if k < len(self.starts) else moved


class Folded(NamedTuple):
    """A folded text and the way back, one set of `Edits` for each fold that moved an offset."""

    text: str
    steps: tuple[Edits, ...] = ()

    def start(self, at: int) -> int | None:
        """The original offset of a span's start; None inside one character's fold."""
        place: int | None = at
        for step in reversed(self.steps):
            place = None if place is None else step.start(place)
        return place

    def end(self, at: int) -> int | None:
        """The original offset of a span's end; None inside one character's fold."""
        place: int | None = at
        for step in reversed(self.steps):
            place = None if place is None else step.end(place)
        return place

    def forward(self, at: int) -> int:
        """Where an original offset stands in the folded text."""
        for step in self.steps:
            at = step.forward(at)
        return at


Rewritten = tuple[str, Edits | None]


class Fold(NamedTuple):
    """One declared difference of presentation: its name, and how it is taken out of a text."""

    name: str
    apply: Callable[[str], Rewritten]


def fold(text: str, folds: Iterable[Fold] | None = None) -> Folded:
    """A text with every declared difference of presentation taken out. Linear in the text.

    >>> fold("It’s the \\ufb01rst —\\u00a0and “only”… one.[3]").text
    'It\\'s the first-and "only"... one.'
    >>> folded = fold("10⁵ of\\r\\nthem &mdash; all")
    >>> folded.text, folded.start(7), folded.end(11)
    ('10⁵ of them-all', 8, 12)
    """
    steps: list[Edits] = []
    if not _FOLDABLE.search(text):
        return Folded(text)
    for _, apply in FOLDS if folds is None else folds:
        text, edits = apply(text)
        if edits is not None:
            steps.append(edits)
    return Folded(text, tuple(steps))


def entities(text: str) -> Rewritten:
    """HTML entities as their characters, once; unknown ones stay.

    >>> entities("R&amp;D &nope; &#8212;")[0]
    'R&D &nope; —'
    """
    return _rewrite(text, _ENTITY, _entity) if "&" in text else (text, None)


def _entity(match: re.Match[str]) -> str | None:
    plain = html.unescape(match[0])
    return None if plain == match[0] or "\x00" in plain or not plain else plain


def invisible(text: str) -> Rewritten:
    """Soft hyphens, zero-width characters, direction marks, variation selectors and kashida are left out.

    >>> invisible("co\\u00adop\\u200bera\\u00ad\\ntion")[0]
    'cooperation'
    """
    return (text, None) if text.isascii() else _rewrite(text, _INVISIBLE, _nothing)


def line_ends(text: str) -> Rewritten:
    """A word broken over two lines is joined; the hyphen may have been its own: `locate` then allows both.

    >>> line_ends("exam-\\nple, Anglo-\\nSaxon")[0]
    'example, Anglo-\\nSaxon'
    """
    return _rewrite(text, _LINE_END, _joined) if "\n" in text else (text, None)


def _joined(match: re.Match[str]) -> str | None:
    return None if match[1].isupper() else ""


def kept_hyphens(text: str) -> str:
    """A text whose words broken over two lines keep their hyphens. Not a declared fold.

    >>> kept_hyphens("a well-\\nknown case")
    'a well-known case'
    """
    return _LINE_END.sub("-", text) if "\n" in text else text


def open_line_ends(text: str) -> Rewritten:
    """As `line_ends`, with a NUL, which no article holds, where a hyphen was. Not a declared fold."""
    return (
        _rewrite(text, _LINE_END, lambda m: None if _joined(m) is None else "\x00")
        if "\n" in text
        else (text, None)
    )


def composition(text: str) -> Rewritten:
    """Letters and their combining marks as NFC: canonical equivalence only.

    >>> composition("cafe\\u0301 10⁵ \\u212b")[0]
    'café 10⁵ Å'
    """
    if text.isascii() or (not _MANY_MARKS.search(text) and unicodedata.is_normalized("NFC", text)):
        return text, None
    return _rewritten(text, _decomposed(text))


def _decomposed(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _MAYBE_DECOMPOSED.finditer(text):
        run, at = found[0], found.start()
        if _MANY_MARKS.search(run) or not unicodedata.is_normalized("NFC", run):
            for start, end in _clusters(run):
                composed = unicodedata.normalize("NFC", run[start:end])
                if composed != run[start:end]:
                    yield at + start, at + end, composed


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(text)):
        if not _composes(text[at]) or at - start > _MOST_MARKS:
            yield start, at
            start = at
    yield start, len(text)


def _composes(c: str) -> bool:
    """Can this character melt into the one before it: a mark, or the later part of a Hangul syllable?"""
    return unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff" or "\U00016d63" <= c <= "\U00016d6a"


def ligatures(text: str) -> Rewritten:
    """Latin ligatures, as PDF texts have them.

    >>> ligatures("the o\\ufb03ce")[0]
    'the office'
    """
    return (text, None) if text.isascii() else _rewrite(text, _LIGATURE, lambda m: _LIGATURES[m[0]])


def quotes(text: str) -> Rewritten:
    """Curly, low, angle and corner quotation marks as straight ones; a single mark never equals a double.

    >>> quotes("« Non », l’homme »sagte« „ja“")[0]
    '"Non", l\\'homme "sagte" "ja"'
    """
    edits = None
    if "«" in text or "»" in text:
        text, edits = _rewrite(text, _FRENCH_QUOTE, lambda m: '"')
    return _DOUBLE_QUOTE.sub('"', _SINGLE_QUOTE.sub("'", text)), edits


def doubled_quotes(text: str) -> Rewritten:
    """Two single marks, as typewriters and TeX write a quotation mark.

    >>> doubled_quotes("''yes''")[0]
    '"yes"'
    """
    return _rewrite(text, _DOUBLED_QUOTE, lambda m: '"') if "''" in text or "``" in text else (text, None)


def dashes(text: str) -> Rewritten:
    """Hyphens, dashes and minus signs of every length as a hyphen.

    >>> dashes("1939–45 − well‑known")[0]
    '1939-45 - well-known'
    """
    return (text if text.isascii() else _DASH.sub("-", text)), None


def loose_dashes(text: str) -> Rewritten:
    """Blanks around a dash say nothing, nor does doubling it.

    >>> loose_dashes("the pier -- the oldest - fell")[0]
    'the pier-the oldest-fell'
    """
    return _rewrite(text, _LOOSE_DASH, lambda m: "-") if "-" in text else (text, None)


def ellipses(text: str) -> Rewritten:
    """An ellipsis as three full stops.

    >>> ellipses("well… . . .")[0]
    'well... ...'
    """
    return _rewrite(text, _ELLIPSIS, lambda m: "...") if "…" in text or ". . ." in text else (text, None)


def emphasis(text: str) -> Rewritten:
    """Markdown's stars and low lines around words, never inside a word or a product.

    >>> emphasis("**Two** of _the_ 2*3 snake_case, a 5* hotel")[0]
    'Two of the 2*3 snake_case, a 5* hotel'
    """
    return _rewritten(text, _emphases(text)) if "*" in text or "_" in text else (text, None)


def escapes(text: str) -> Rewritten:
    """Markdown's backslashes, where they keep a sign from being markup. Not a declared fold.

    >>> escapes("2\\\\-1 \\\\[a\\\\] C:\\\\dir")[0]
    '2-1 [a] C:\\\\dir'
    """
    return _rewrite(text, _ESCAPE, _nothing) if "\\" in text else (text, None)


def _emphases(text: str) -> Iterator[tuple[int, int, str]]:
    opened = ""
    for match in _EMPHASIS.finditer(text):
        start, end = match.span()
        opens, closes = _opens(text, start, end), _closes(text, start, end)
        rating = match[0] == "*" != opened and text[start - 1].isdigit()  # a 5* hotel
        if opens or (closes and not rating):
            opened = match[0] if opens else ""
            yield start, end, ""


def _opens(text: str, start: int, end: int) -> bool:
    after = text[end : end + 1]
    return not _is_word(text[start - 1 : start]) and bool(after) and not after.isspace() and after not in "*_"


def _closes(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    return bool(before) and not before.isspace() and before not in "*_" and not _is_word(text[end : end + 1])


def _is_word(c: str) -> bool:
    return c.isalnum() or c == "_"


def footnotes(text: str) -> Rewritten:
    """Bracketed marks such as [12], after a word or a stop.

    >>> footnotes("It fell.[4] So it was [1,2]. See[1][2], in [2019]")[0]
    'It fell. So it was. See, in [2019]'
    """
    edits = None
    if "[" in text:
        text, edits = _rewrite(text, _BRACKETED_MARK, _nothing)
    return text, edits


def raised_marks(text: str) -> Rewritten:
    """Superscript numbers after a stop, and daggers; never a unit's or a power's superscript.

    >>> raised_marks("Five km² were lost.² All† saw it, 10⁵")[0]
    'Five km² were lost. All saw it, 10⁵'
    """
    return (text, None) if text.isascii() else _rewrite(text, _RAISED_MARK, _nothing)


def marks(text: str) -> list[str]:
    """The footnote marks of a text: a quote may lack them, it may not have others.

    >>> marks("It fell.[4] It rose.[5]")
    ['[4]', '[5]']
    """
    if text.isascii() and "[" not in text:
        return []
    return [m[0].strip() for pattern in (_BRACKETED_MARK, _RAISED_MARK) for m in pattern.finditer(text)]


def spaces(text: str) -> Rewritten:
    """Every run of white space, of whatever kind, as one space.

    >>> spaces("a\\u00a0b\\r\\n c")[0]
    'a b c'
    """
    text = _BLANK.sub(" ", text)
    return _rewrite(text, _BLANK_RUN, lambda m: " ") if "  " in text else (text, None)


def unspaced(text: str) -> Rewritten:
    """No blank between two Han or kana, where a line break says nothing.

    >>> unspaced("古代 水渠 of 古代")[0]
    '古代水渠 of 古代'
    """
    return (text, None) if text.isascii() else _rewrite(text, _BLANK_BETWEEN_UNSPACED, _nothing)


def bare(text: str) -> Rewritten:
    """No hyphens at all: to look for words whose hyphen stands at a line end. Not a declared fold."""
    return _rewrite(text, re.compile("-+"), _nothing)


FOLDS = (
    Fold("entities", entities),
    Fold("invisible", invisible),
    Fold("line ends", line_ends),
    Fold("composition", composition),
    Fold("ligatures", ligatures),
    Fold("footnotes", footnotes),
    Fold("raised marks", raised_marks),
    Fold("emphasis", emphasis),
    Fold("quotes", quotes),
    Fold("doubled quotes", doubled_quotes),
    Fold("dashes", dashes),
    Fold("spaces", spaces),
    Fold("unspaced scripts", unspaced),
    Fold("ellipses", ellipses),
    Fold("loose dashes", loose_dashes),
)
"""In order: entities first, since they may hold anything; blanks before what stands among them."""


def _nothing(_: re.Match[str]) -> str:
    return ""


def _rewrite(text: str, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str | None]) -> Rewritten:
    found = ((m.start(), m.end(), by(m)) for m in pattern.finditer(text))
    return _rewritten(text, ((start, end, new) for start, end, new in found if new is not None))


def _rewritten(text: str, changes: Iterable[tuple[int, int, str]]) -> Rewritten:
    edits = Edits(array("q"), array("q"), array("q"), array("q"))
    pieces: list[str] = []
    done = at = 0
    for start, end, new in changes:
        at += start - done
        pieces += text[done:start], new
        edits.starts.append(at)
        at += len(new)
        edits.ends.append(at)
        edits.from_starts.append(start)
        edits.from_ends.append(end)
        done = end
    if not pieces:
        return text, None
    return "".join(pieces) + text[done:], edits
