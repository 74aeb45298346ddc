"""A result and its article side by side, as one HTML file that needs nothing from elsewhere.

Every text is escaped; the one script and the one style are constant and named by their hash in the page's
content security policy, so nothing that stands in an article or in a model's answer can run. Offsets are cut
here, in code points, and never reach the script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from .._values import Claim, Issue, Quote
from . import text
from .places import Named, names, place
from .shapes import Answered, Paper, Shown, Verified
from .text import Marks, Value, abstention, kind, preamble, remarks, said

_HERE = Path(__file__).parent
_MARKDOWN = re.compile(
    r"(?<!\w)\*\*(?=\S)(?P<bold>[^*<>]{1,300}?)(?<=\S)\*\*(?!\w)"
    r"|\[(?P<link>[^\[\]<>]{1,300})\](?P<address>\([^()\s<>]{1,500}\))|\A(?P<hashes>#{1,6})(?= )"
)
"""What Markdown stresses, its links, and the marks of a heading."""


class _Section(NamedTuple):
    """Claims that belong together, under what was asked; `left` are its rows that were not returned,
    `near` the passages closest to a question that has no answer."""

    title: str
    held: list[_Row]
    left: list[_Row]
    words: str
    near: Sequence[str]


class _Row(NamedTuple):
    """A claim as the page lists it: its number there, where its quotes stand, and why it was set apart."""

    number: int
    claim: Claim | Value
    places: str
    reason: str = ""
    short: str = ""


def page(result: Shown, articles: Sequence[Paper]) -> str:
    """The whole page; of articles that are not given, only the quotes are shown."""
    return _document(_title(result, articles), [("Claims", result)], articles)


def together(title: str, turns: Sequence[tuple[str, Shown]], articles: Sequence[Paper]) -> str:
    """Several results on the same articles as one page, each under what was asked."""
    return _document(title, turns, articles)


def _document(title: str, turns: Sequence[tuple[str, Shown]], articles: Sequence[Paper]) -> str:
    results = [result for _, result in turns]
    sections = list(_sections(turns))
    rows = [row for section in sections for row in (*section.held, *section.left)]
    style, script = _asset("page.css"), _asset("page.js")
    return "".join(
        (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{style}</style></head><body>",
            *_header(results, title, sections),
            "<main>",
            *_claims(sections),
            *_source(rows, articles),
            f"</main>{_footer(results)}<script>{script}</script></body></html>\n",
        )
    )


def framed(document: str, height: int = 560) -> str:
    """The page inside a notebook: in a frame of its own, so that neither can disturb the other."""
    return (
        f'<iframe sandbox="allow-scripts" srcdoc="{escape(document, quote=True)}" '
        f'style="width:100%;height:{height}px;border:1px solid #ccc;border-radius:8px"></iframe>'
    )


@cache
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return f"default-src 'none'; style-src '{_sha(style)}'; script-src '{_sha(script)}'; base-uri 'none'"


def _sha(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _sections(turns: Sequence[tuple[str, Shown]]) -> Iterator[_Section]:
    """The claims of every result, numbered through; those set apart come after its own."""
    at = 1
    for title, result in turns:
        rows = [
            *((claim, _doubt(claim)) for claim in said(result)),
            *((rejected.claim, rejected.reason) for rejected in result.rejected),
        ]
        named = names(result.sources)
        short = text.short(result)
        made = [_Row(n, claim, _places(claim, named), why, short) for n, (claim, why) in enumerate(rows, at)]
        held = len(said(result))
        at += len(made)
        words = preamble(result) if said(result) else abstention(result)
        noted = " ".join(filter(None, (words, *remarks(result))))
        yield _Section(title, made[:held], made[held:], noted, _near(result))


def _near(result: Shown) -> list[str]:
    if not isinstance(result, Answered) or result.cited:
        return []
    return [quote.text for quote in result.nearest]


def _places(claim: Claim | Value, named: Sequence[str]) -> str:
    """Of which articles and pages the quotes are; empty where there is one article, without pages."""
    return "; ".join(dict.fromkeys(filter(None, (place(quote, named) for quote in claim.quotes))))


def _doubt(claim: Claim | Value) -> str:
    if claim.verdict.supported:
        return ""
    reasons = "; ".join(f"“{issue.text}”: {issue.why}" for issue in claim.verdict.issues)
    return reasons or f"not supported (score {claim.verdict.score:.2f})"


# Head and foot.


def _title(result: Shown, articles: Sequence[Paper]) -> str:
    named = next((a.title for a in articles if a.title), "")
    if isinstance(result, Verified):
        return f"Checked against {named or 'its source'}"
    return text.title(result) or named or type(result).__name__


def _header(results: Sequence[Shown], title: str, sections: Sequence[_Section]) -> Iterator[str]:
    yield f'<header><p class="about">{escape(", ".join(dict.fromkeys(map(_about, results))))}</p>'
    yield f'<h1>{escape(title)}</h1><ul class="counts">'
    yield from (f"<li{look}>{escape(told)}</li>" for told, look in _counts(results, sections))
    yield "</ul>"
    yield from _coverage(results)
    yield "</header>"


def _counts(results: Sequence[Shown], sections: Sequence[_Section]) -> Iterator[tuple[str, str]]:
    """What the page holds, in numbers, and how each is coloured."""
    doubted = sum(bool(row.reason) for section in sections for row in section.held)
    held = [row.claim for section in sections for row in section.held if not row.reason]
    left = sum(len(section.left) for section in sections)
    same = 0 if any(isinstance(result, Verified) for result in results) else sum(map(text.verbatim, held))
    if same:
        yield f"{same} word for word in the source", ""
    if len(held) > same:
        yield f"{len(held) - same} supported", ' class="good"'
    if doubted:
        yield f"{doubted} not supported", ' class="bad"'
    if left:
        yield f"{left} not returned", ' class="bad"'
    total = max((result.coverage.sentences for result in results), default=0)
    if total:
        cited = len({index for result in results for index in result.coverage.cited})
        yield f"{cited} of {total} sentences cited", ""
    if unread := _unread(results):
        yield f"{len(unread)} not read", ' class="bad"'


def _coverage(results: Sequence[Shown]) -> Iterator[str]:
    """The article as a strip from its first sentence to its last: where it is cited, where it was not read.

    The places are numbers of ours; a style attribute would need a laxer policy, so they are drawn as SVG.
    """
    total = max((result.coverage.sentences for result in results), default=0)
    if not total:
        return
    cited = {index for result in results for index in result.coverage.cited}
    yield (
        f'<svg class="bar" viewBox="0 0 {total} 1" preserveAspectRatio="none" role="img" '
        f'aria-label="{round(100 * len(cited) / total)} % of the sentences are cited">'
    )
    for look, indexes in (("unread", _unread(results)), ("cited", cited)):
        for start, end in _runs(indexes):
            yield f'<rect class="{look}" x="{start}" width="{end - start}" height="1"/>'
    yield "</svg>"


def _runs(indexes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring indexes as half-open ranges, so that a long article makes few marks.

    >>> list(_runs({1, 2, 3, 7}))
    [(1, 4), (7, 8)]
    """
    start = end = -1
    for index in sorted(indexes):
        if index != end:
            if end > start:
                yield start, end
            start = index
        end = index + 1
    if end > start:
        yield start, end


def _about(result: Shown) -> str:
    engine = result.trace.engine
    how = "the built-in extractive engine, no model" if engine == "extractive" else engine
    return type(result).__name__ + (f" by {how}" if how else "")


def _unread(results: Sequence[Shown]) -> set[int]:
    """What no result read: a question may pass over what a summary read."""
    return set.intersection(*(set(result.coverage.unread) for result in results)) if results else set()


def _footer(results: Sequence[Shown]) -> str:
    gaps = "".join(f"<p>Not read: {escape(gap.reason)}</p>" for result in results for gap in result.gaps)
    calls = sum(result.usage.calls for result in results)
    spent = f"{calls} calls" if calls else "no paid call"
    promise = f"Made with quotewise: each quote is a slice of the source. {spent.capitalize()}."
    return f"<footer>{gaps}<p>{escape(promise)}</p>{_KEYS}</footer>"


_KEYS = (
    '<p class="keys"><kbd>j</kbd> <kbd>k</kbd> next and previous claim <kbd>Enter</kbd> light it '
    "<kbd>Esc</kbd> clear</p>"
)
_LEGEND = (
    '<p class="legend"><span class="cites">cited</span> '
    '<span class="lights">cited by the chosen claim</span> <span class="shades">not cited</span></p>'
)


# Claims.


def _claims(sections: Sequence[_Section]) -> Iterator[str]:
    yield '<section class="claims" aria-label="Claims">'
    for section in sections:
        yield f"<h2>{escape(section.title)}</h2>"
        if section.words:
            yield f'<p class="words">{escape(section.words)}</p>'
        if section.near:
            passages = "".join(f"<li>“{escape(passage)}”</li>" for passage in section.near)
            yield f'<p class="words">Closest passages:</p><ul class="near">{passages}</ul>'
        yield from _list(section.held)
        if section.left:
            yield "<h2>Not returned: not supported by the source</h2>"
        yield from _list(section.left)
    yield "</section>"


def _list(rows: Sequence[_Row]) -> Iterator[str]:
    if rows:
        yield "<ol>"
        for row in rows:
            yield f"<li>{_claim(row)}</li>"
        yield "</ol>"


def _claim(row: _Row) -> str:
    claim = row.claim
    about = " · ".join(filter(None, (kind(claim), row.places)))
    small = (("place", about), ("reason", row.reason))
    return "".join(
        (
            f'<button type="button" class="claim{" bad" if row.reason else ""}" data-claim="{row.number}" ',
            f'aria-pressed="false"><span class="mark">{row.number}</span> ',
            f'<span class="said">{_worded(claim, row.short)}',
            *(f'<span class="{look}">{escape(words)}</span>' for look, words in small if words),
            "</span></button>",
        )
    )


def _worded(claim: Claim | Value, short: str) -> str:
    """The claim's words: what is not supported underlined, or else the fewest words that answer in bold."""
    before, held, after = text.told_apart(short, claim.text)
    if claim.verdict.issues or not held:
        return _underlined(claim.text, claim.verdict.issues)
    return f"{escape(before)}<b>{escape(held)}</b>{escape(after)}"


def _underlined(text: str, issues: Iterable[Issue]) -> str:
    """The claim with the words underlined that are not supported."""
    parts: list[str] = []
    at = 0
    for issue in sorted(issues, key=lambda issue: issue.start):
        if at <= issue.start < issue.end <= len(text):
            parts += (escape(text[at : issue.start]), f"<u>{escape(text[issue.start : issue.end])}</u>")
            at = issue.end
    return "".join((*parts, escape(text[at:])))


# The source.


def _source(rows: Sequence[_Row], articles: Sequence[Paper]) -> Iterator[str]:
    yield f'<section class="source" aria-label="Source">{_LEGEND}'
    if articles:
        named = names([Named(article.title, article.source) for article in articles])
        for index, article in enumerate(articles):
            called = named[index] if len(articles) > 1 else article.title or named[index]
            yield f"<article><h2>{escape(called)}</h2>"
            yield from _article(article, _cites(rows, index))
            yield "</article>"
    else:
        yield from _bare_quotes(rows)
    yield "</section>"


class _Cite(NamedTuple):
    start: int
    end: int
    claim: int


def _cites(rows: Sequence[_Row], source: int) -> list[_Cite]:
    return sorted(
        _Cite(quote.start, quote.end, row.number)
        for row in rows
        for quote in row.claim.quotes
        if quote.source == source
    )


def _article(article: Paper, cites: Sequence[_Cite]) -> Iterator[str]:
    coming = deque(cites)
    here: list[_Cite] = []
    pages = {page.start: number for number, page in enumerate(article.pages, 1) if page.end > page.start}
    turns = deque(sorted(pages))
    for paragraph in article.paragraphs:
        while coming and coming[0].start < paragraph.end:
            here.append(coming.popleft())
        here = [cite for cite in here if cite.end > paragraph.start]
        breaks: dict[int, int] = {}
        while turns and turns[0] < paragraph.end:
            at = turns.popleft()
            breaks[max(at, paragraph.start)] = pages[at]
        words = article.text[paragraph.start : paragraph.end]
        yield f"<p{_look(words, cited=bool(here))}>"
        yield from _segments(article.text, paragraph.start, paragraph.end, here, breaks)
        yield "</p>"


def _look(words: str, *, cited: bool) -> str:
    """A Markdown heading is shown as one; its marks stay, because nothing of the source is left out."""
    heading = re.match(r"#{1,6} \S[^\n]*\s*\Z", words)
    looks = " ".join(("" if cited else "uncited", "heading" if heading else "")).strip()
    return f' class="{looks}"' if looks else ""


def _segments(
    text: str, start: int, end: int, cites: Sequence[_Cite], breaks: Mapping[int, int]
) -> Iterator[str]:
    """A paragraph, cut wherever a quote begins or ends, so that overlapping quotes keep their claims.

    What is no text of the article (a claim's number, a page's) is in attributes: it is seen, but not copied.
    """
    edges = {start, end, *breaks, *(min(max(e, start), end) for c in cites for e in (c.start, c.end))}
    for a, b in pairwise(sorted(edges)):
        if a in breaks:
            yield f'<span class="turn" data-page="{breaks[a]}"></span>'
        numbers = sorted({c.claim for c in cites if c.start <= a and b <= c.end})
        words = _stressed(text[a:b])
        if numbers:
            ended = sorted({c.claim for c in cites if c.start <= a and c.end == b})
            yield _lit(words, numbers, ended)
        else:
            yield words


def _stressed(words: str) -> str:
    """Words of a source, escaped; what Markdown stresses is bold, and its marks and addresses are faint.

    They stay, as all of the source does: what is copied from the page is the text.
    """
    return _MARKDOWN.sub(_looks, escape(words))


def _looks(found: re.Match[str]) -> str:
    if found["bold"]:
        return f"{_faint('**')}<b>{found['bold']}</b>{_faint('**')}"
    if found["link"]:
        return f"{_faint('[')}{found['link']}{_faint(']' + found['address'])}"
    return _faint(found["hashes"])


def _faint(mark: str) -> str:
    return f'<span class="faint">{mark}</span>'


def _bare_quotes(rows: Sequence[_Row]) -> Iterator[str]:
    """Without the article: each quote once, with its place."""
    claims: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in rows:
        for quote in row.claim.quotes:
            claims[_key(quote)].append(row.number)
    for quote in Marks(row.claim.quotes for row in rows).quotes:
        listed = sorted(set(claims[_key(quote)]))
        yield f"<p>{_lit(escape(quote.text), listed, listed)}"
        yield f'<span class="place">{escape(place(quote, offsets=True))}</span></p>'


def _lit(words: str, claims: Sequence[int], ended: Sequence[int]) -> str:
    ends = f' data-ends="{" ".join(map(str, ended))}"' if ended else ""
    return (
        f'<span class="q" tabindex="0" role="button" data-claims="{" ".join(map(str, claims))}"{ends}>'
        f"{words}</span>"
    )


def _key(quote: Quote) -> tuple[int, int, int]:
    return quote.source, quote.start, quote.end
