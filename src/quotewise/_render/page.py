"""A result and its article side by side, as one HTML file that needs nothing from elsewhere.

Every text is escaped; the one script and the one style are constant and named by their hash in the page's
content security policy, so nothing that stands in an article or in a model's answer can run. Offsets are cut
here, in code points, and never reach the script.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .text import Marks, Value, abstention, said

if TYPE_CHECKING:
    from .._results import Claim, Issue, Quote, Result
    from .._text.article import Article

_HERE = Path(__file__).parent


class _Section(NamedTuple):
    """Claims that belong together, under what was asked; `left` are its rows that were not returned."""

    title: str
    held: list[_Row]
    left: list[_Row]
    nothing: str


class _Row(NamedTuple):
    """A claim as the page lists it: its number there, and why it was set apart if it was."""

    number: int
    claim: Claim | Value
    reason: str = ""


def page(result: Result, articles: Sequence[Article]) -> str:
    """The whole page; of articles that are not given, only the quotes are shown."""
    return _document(_title(result, articles), [("Claims", result)], articles)


def together(title: str, turns: Sequence[tuple[str, Result]], articles: Sequence[Article]) -> str:
    """Several results on the same articles as one page, each under what was asked."""
    return _document(title, turns, articles)


def _document(title: str, turns: Sequence[tuple[str, Result]], articles: Sequence[Article]) -> str:
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
            *_header(results, title),
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


def _sections(turns: Sequence[tuple[str, Result]]) -> Iterator[_Section]:
    """The claims of every result, numbered through; those set apart come after its own."""
    at = 1
    for title, result in turns:
        held = [_Row(n, claim, _doubt(claim)) for n, claim in enumerate(said(result), at)]
        left = [_Row(n, r.claim, r.reason) for n, r in enumerate(result.rejected, at + len(held))]
        nothing = "" if held else abstention(result)
        at += len(held) + len(left)
        yield _Section(title, held, left, nothing)


def _doubt(claim: Claim | Value) -> str:
    if claim.verdict.supported:
        return ""
    reasons = "; ".join(f"“{issue.text}”: {issue.why}" for issue in claim.verdict.issues)
    return reasons or f"not supported (score {claim.verdict.score:.2f})"


# Head and foot.


def _title(result: Result, articles: Sequence[Article]) -> str:
    named = next((a.title for a in articles if a.title), "")
    return (
        getattr(result, "headline", "") or getattr(result, "question", "") or named or type(result).__name__
    )


def _header(results: Sequence[Result], title: str) -> Iterator[str]:
    yield f"<header><h1>{escape(title)}</h1>"
    yield f'<p class="about">{escape(", ".join(dict.fromkeys(map(_about, results))))}</p>'
    total = max((result.coverage.sentences for result in results), default=0)
    if total:
        cited = len({index for result in results for index in result.coverage.cited})
        percent = round(100 * cited / total)
        # The width is a number of ours; a style attribute would need a laxer policy, so it is drawn as SVG.
        yield (
            f'<svg class="bar" width="100%" height="6" role="img" aria-label="{percent} % cited">'
            f'<rect width="{percent}%" height="6" fill="#1a7f4b"/></svg>'
        )
        yield f'<p class="coverage">{cited} of {total} sentences cited{escape(_unread(results))}</p>'
    yield "</header>"


def _about(result: Result) -> str:
    engine = result.trace.engine
    how = "the built-in extractive engine, no model" if engine == "extractive" else engine
    return type(result).__name__ + (f" by {how}" if how else "")


def _unread(results: Sequence[Result]) -> str:
    """What no result read: a question may pass over what a summary read."""
    unread = set.intersection(*(set(result.coverage.unread) for result in results))
    return f", {len(unread)} not read" if unread else ""


def _footer(results: Sequence[Result]) -> str:
    gaps = "".join(f"<p>Not read: {escape(gap.reason)}</p>" for result in results for gap in result.gaps)
    calls = sum(result.usage.calls for result in results)
    spent = f"{calls} calls" if calls else "no paid call"
    promise = f"Made with quotewise: each quote is a slice of the source. {spent.capitalize()}."
    return f"<footer>{gaps}<p>{escape(promise)}</p></footer>"


# Claims.


def _claims(sections: Sequence[_Section]) -> Iterator[str]:
    yield '<section class="claims" aria-label="Claims">'
    for section in sections:
        if section.nothing:
            yield f"<h2>{escape(section.title)}</h2><p>{escape(section.nothing)}</p>"
        yield from _list(section.title, section.held)
        yield from _list("Not returned: the article does not support it", section.left)
    yield "</section>"


def _list(title: str, rows: Sequence[_Row]) -> Iterator[str]:
    if rows:
        yield f"<h2>{escape(title)}</h2><ol>"
        for row in rows:
            yield f"<li>{_claim(row)}</li>"
        yield "</ol>"


def _claim(row: _Row) -> str:
    claim = row.claim
    kind = getattr(claim, "kind", "")
    return "".join(
        (
            f'<button type="button" class="claim{" bad" if row.reason else ""}" data-claim="{row.number}" ',
            f'aria-pressed="false">{_underlined(claim.text, claim.verdict.issues)}',
            f'<span class="mark">[{row.number}]</span>',
            f'<span class="kind">{escape(kind)}</span>' if kind else "",
            f'<span class="reason">{escape(row.reason)}</span>' if row.reason else "",
            "</button>",
        )
    )


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


def _source(rows: Sequence[_Row], articles: Sequence[Article]) -> Iterator[str]:
    yield '<section class="source" aria-label="Source">'
    if articles:
        for index, article in enumerate(articles):
            name = article.title or article.source or f"Article {index + 1}"
            yield f"<h2>{escape(name)}</h2>"
            yield from _article(article, _cites(rows, index))
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


def _article(article: Article, cites: Sequence[_Cite]) -> Iterator[str]:
    coming = deque(cites)
    here: list[_Cite] = []
    for paragraph in article.paragraphs:
        while coming and coming[0].start < paragraph.end:
            here.append(coming.popleft())
        here = [cite for cite in here if cite.end > paragraph.start]
        yield f"<p{'' if here else ' class=uncited'}>"
        yield from _segments(article.text, paragraph.start, paragraph.end, here)
        yield "</p>"


def _segments(text: str, start: int, end: int, cites: Sequence[_Cite]) -> Iterator[str]:
    """A paragraph, cut wherever a quote begins or ends, so that overlapping quotes keep their claims."""
    edges = sorted({start, end, *(min(max(e, start), end) for c in cites for e in (c.start, c.end))})
    for a, b in pairwise(edges):
        numbers = sorted({c.claim for c in cites if c.start <= a and b <= c.end})
        words = escape(text[a:b])
        if numbers:
            yield _lit(words, " ".join(map(str, numbers)))
        else:
            yield words


def _bare_quotes(rows: Sequence[_Row]) -> Iterator[str]:
    """Without the article: each quote once, with its place."""
    claims: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in rows:
        for quote in row.claim.quotes:
            claims[_key(quote)].append(row.number)
    for quote in Marks(row.claim.quotes for row in rows).quotes:
        listed = " ".join(map(str, sorted(set(claims[_key(quote)]))))
        yield f"<p>{_lit(escape(quote.text), listed)}"
        yield f'<span class="place">{quote.start}–{quote.end}</span></p>'


def _lit(words: str, claims: str) -> str:
    return f'<span class="q" tabindex="0" role="button" data-claims="{claims}">{words}</span>'


def _key(quote: Quote) -> tuple[int, int, int]:
    return quote.source, quote.start, quote.end
