"""Lines of a page that are not its prose: headlines, bylines, datelines, captions, "read more", repeats.

Each line is judged by its own words and by what stood before it; nothing here knows how much a line
matters. Nothing is removed from a text: callers leave these lines out of what they pick.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .standalone import speaks

if TYPE_CHECKING:
    from .._plans.numbered import Line

_STOPS = ".!?…。！？।؟۔"
_CLOSERS = "\"'”’»)]*_ "
_TOP = 8
"""Among how many lines at the top a headline is looked for."""
_HEADLINE = range(3, 25)
_LONGEST = 400
"""A line of more characters is prose; nothing below is made to search a long one."""

_PROMPT = re.compile(
    r"(?:read|see|click|tap|watch|scroll|listen|sign up|subscribe|follow us|share (?:this|on)|related"
    r"|advertisement|continue reading|download|get the|join (?:us|our)|most read|you may also|more on this"
    r"|recommended|editor'?s (?:note|pick)|comments?|leave a (?:comment|reply)|skip to|all rights|copyright"
    r"|\(c\)|©|newsletter|terms (?:of|and)|privacy|cookies?|contact us|report (?:a|an) (?:typo|error)"
    r"|correction)\b"
    r"|(?:.{0,40}\b)?(?:all rights reserved|scroll down|click here|read more|follow us on"
    r"|sign up (?:for|to) our|play (?:the )?video|media playback|this material may not be published)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:(?:image|media|photo|picture|video|figure|fig\.|file|stock)s?\b[^.]{0,25}"
    r"(?:caption|copyright|source|credit|photo|image|:)|getty images|pictured?:|above:|below:|left:|right:"
    r"|\[?transcriber|\(?photo by|credits?:)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\((?:file|pictured|photo|image|above|left|right|stock)[^)]{0,60}\)\s*[.]?$", re.IGNORECASE
)
_BY = re.compile(r"(?:(?:written|reporting|editing|posted|compiled) )?by\s", re.IGNORECASE)
_DATED = re.compile(
    r"(?:first |last )?(?:published|updated|posted|modified)\b|\d+ (?:minutes?|hours?|days?) ago\b",
    re.IGNORECASE,
)
_JOINS = frozenset(("and", "&", "|", "of", "for", "the", "de", "von", "van", "la", "in"))
_HASHES = re.compile(r"\A#{1,6}\s+")
_LISTED = re.compile(r"\A\s*(?:[-*+•]|\d{1,2}[.)])\s+(?=\S)")
_STRESSED = re.compile(r"(?<!\w)(\*\*|__|[*_])(?=\S)([^*_]{1,300}?)(?<=\S)\1(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+")
_FENCES = ("```", "~~~")
_FENCE = re.compile(r"```|~~~")
_RULE = re.compile(r"\|?[ :|-]*-{3}[ :|-]*")
_LINK = re.compile(r"[^\w\[]*\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)\W*")


class Layout(NamedTuple):
    """The headline's place among the lines (None where there is none) and the places of the prose."""

    headline: int | None
    prose: tuple[int, ...]


def layout(lines: Sequence[Line]) -> Layout:
    """Tell the headline and the prose of an article from the rest, by place in `lines`.

    A blurb that stands above the headline is left out as long as prose stands below it. Where nothing is
    left, every line counts as prose: a text of headings only is still a text.

    >>> from quotewise._plans.numbered import Line
    >>> page = ["Rain stops play at Lord's", "By Jo Root", "Rain fell on Monday.", "Read more: the cup"]
    >>> layout([Line(n, text, n) for n, text in enumerate(page, 1)])
    Layout(headline=0, prose=(2,))
    """
    headline = _headline(lines)
    marked = markup(lines)
    seen: set[str] = set()
    prose: list[int] = []
    for at, line in enumerate(lines):
        words = _folded(line.text)
        if (
            words not in seen
            and at not in marked
            and not is_furniture(line.text)
            and not _is_heading(lines, at)
        ):
            prose.append(at)
        seen.add(words)
    below = [at for at in prose if headline is not None and at > headline]
    return Layout(headline, tuple(below or prose or range(len(lines))))


def markup(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines that are Markdown and no sentence: code, a table's head and rule, a mere link.

    The rows of a table are not among them: they may answer a question. A fence that is never closed takes
    only its own line.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["| Plan | Price |", "|---|---|", "| Team | $49 |", "[More](http://x.org)", "See [it](http://x)."]
    >>> sorted(markup([Line(n, text) for n, text in enumerate(texts, 1)]))
    [0, 1, 3]
    """
    found = set(_code(lines))
    for at, line in enumerate(lines):
        text = line.text.strip()
        if len(text) <= _LONGEST and _LINK.fullmatch(text):
            found.add(at)
        if len(text) <= _LONGEST and "|" in text and _RULE.fullmatch(text):
            found |= {at, at - 1} if at and "|" in lines[at - 1].text else {at}
    return frozenset(found)


def _code(lines: Sequence[Line]) -> Iterator[int]:
    fences = [len(_FENCE.findall(line.text)) if line.text.lstrip()[:3] in _FENCES else 0 for line in lines]
    closed = sum(fences) % 2 == 0
    inside = False
    for at, count in enumerate(fences):
        if count or (inside and closed):
            yield at
        inside ^= count % 2 == 1


def is_furniture(text: str) -> bool:
    """Whether a line is a byline, a caption, a call to read on, an address or has no letters.

    >>> [is_furniture(text) for text in ("By Jo Root", "* * *", "Image caption", "The UK is by the sea.")]
    [True, True, True, False]
    """
    text = text.strip().lstrip("([*_").rstrip("*_")
    if len(text) > _LONGEST:
        return _LETTERS.search(text) is None
    if not _LETTERS.search(_ADDRESS.sub("", text)):
        return True
    if _is_byline(text):
        return True
    if _CAPTION.match(text) or _CREDIT.search(text):
        return len(text.split()) < 30
    return _PROMPT.match(text) is not None and (len(text.split()) < 12 or not ends(text))


def _is_byline(text: str) -> bool:
    if _DATED.match(text):
        return len(text.split()) < 12
    if not _BY.match(text) or len(text.split()) > 14:
        return False
    # What follows the name's comma may be a role ("energy correspondent"); a sentence would have a stop.
    named = text.rstrip(".") if ends(text) else text.partition(",")[0]
    names = named.replace(",", " ").split()[1:]
    return all(not word[0].islower() or word in _JOINS or word == "by" for word in names)


def ends(text: str) -> bool:
    """Whether a line closes like a sentence, quotes and brackets after the stop allowed.

    >>> ends('He said "no."'), ends("A headline")
    (True, False)
    """
    return text.rstrip(_CLOSERS)[-1:] in _STOPS and bool(text.rstrip(_CLOSERS))


def unmarked(text: str) -> str:
    """A line without what Markdown writes before it (number signs, a list's mark) and around stressed words.

    >>> unmarked("## Drammel: rock"), unmarked("#1 in the charts")
    ('Drammel: rock', '#1 in the charts')
    >>> unmarked("- The **dam** of Bath holds."), unmarked("12. It holds."), unmarked("- 3 degrees * 2")
    ('The dam of Bath holds.', 'It holds.', '3 degrees * 2')
    >>> unmarked("The *crew* met."), unmarked("**Decided:** to buy an *oven*."), unmarked("my_own_name")
    ('The crew met.', 'Decided: to buy an oven.', 'my_own_name')
    """
    return _STRESSED.sub(r"\2", _LISTED.sub("", _HASHES.sub("", text)))


def _headline(lines: Sequence[Line]) -> int | None:
    top = [at for at in range(min(_TOP, len(lines))) if _may_be_headline(lines, at)]
    texts = [_folded(lines[at].text) for at in top]
    twice = [at for at, text in zip(top, texts, strict=True) if texts.count(text) > 1]
    if twice:
        return max(at for at in twice if _folded(lines[at].text) == _folded(lines[twice[0]].text))
    return top[0] if top and (top[0] < 3 or len(lines) > _TOP) else None


def _may_be_headline(lines: Sequence[Line], at: int) -> bool:
    text = unmarked(lines[at].text.strip())
    return (
        len(text.split()) in _HEADLINE
        and not ends(text)
        and text[-1:] not in ":,;-"
        and text[:1] not in "\"'“‘"
        and at + 1 < len(lines)
        and _is_alone(lines, at)
        and not is_furniture(text)
        and not speaks(text)
        and text[:1].isupper()
    )


def _is_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a paragraph of its own."""
    here = lines[at].paragraph
    before = at > 0 and lines[at - 1].paragraph == here
    after = at + 1 < len(lines) and lines[at + 1].paragraph == here
    return not before and not after


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    """A short line without a stop that stands alone; of a transcript's turns none is."""
    text = lines[at].text
    if _HASHES.match(text):
        return len(text) <= _LONGEST
    return not ends(text) and len(text.split()) < 15 and _is_alone(lines, at) and not speaks(text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
