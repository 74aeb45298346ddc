"""A text made elsewhere, checked claim by claim against an article.

The verdict on one claim is `check.judge`; this module finds the sentences a claim should rest on, and
adds the verdicts up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from .._errors import UsageError
from .._results import CheckedClaim, Coverage, Quote, Source, Span, Trace, Verdict, Verification, attach
from .._text.article import Article
from .check import judge
from .evidence import Evidence
from .split import claims_of


def verify(text: str, article: Article | str | Path, question: str | None = None) -> Verification:
    """Check every claim of `text` against the article: no model, no network, linear in the length.

    `article` may be a str (the text itself) or a Path (a file), `question` is what the text answers, if it
    answers one. The score is the probability that every claim is supported. Raises `UsageError` where the
    text is empty or holds no word.

    >>> result = verify("Rain fell on Tuesday.", "Rain fell on Monday. It stopped.")
    >>> result.supported, [result.text[start:end] for start, end in result.unsupported]
    (False, ['Tuesday'])
    """
    article = Article.of(article)
    spans = claims_of(text)
    if not spans:
        raise UsageError("The text to verify is empty.", next_step="Give a text with words in it.")
    return _added_up(text, article, _Checker(Evidence(article)).checked(text, spans))


def _added_up(text: str, article: Article, claims: tuple[CheckedClaim, ...]) -> Verification:
    cited = sorted({quote.sentence for claim in claims for quote in claim.quotes})
    result = Verification(
        sources=(Source(id=article.id, title=article.title, origin=article.source),),
        text=text,
        claims=claims,
        unsupported=tuple(span for claim in claims for span in _unsupported(claim)),
        supported=all(claim.verdict.supported for claim in claims),
        score=math.prod(claim.verdict.score for claim in claims),
        coverage=Coverage(sentences=len(article.sentences), cited=tuple(cited)),
        trace=Trace(engine="rules"),
    )
    attach(result, (article,))
    return result


class _Checker:
    """Judges the claims of one text; a claim that comes twice is judged once."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._known: dict[str, tuple[tuple[Quote, ...], Verdict]] = {}

    def checked(self, text: str, spans: Sequence[Span]) -> tuple[CheckedClaim, ...]:
        return tuple(self._checked(text[span.start : span.end], span) for span in spans)

    def _checked(self, claim: str, span: Span) -> CheckedClaim:
        plain = " ".join(claim.split())
        if plain not in self._known or len(plain) != len(claim):
            self._known[plain] = self._judged(claim)
        quotes, verdict = self._known[plain]
        return CheckedClaim(text=claim, start=span.start, end=span.end, quotes=quotes, verdict=verdict)

    def _judged(self, claim: str) -> tuple[tuple[Quote, ...], Verdict]:
        known = self._evidence.verbatim(claim)
        cited = self._evidence.gather(claim) if known is None else (known,)
        quotes = tuple(_quote(at, self._evidence.article) for at in cited)
        return quotes, judge(claim, cited, self._evidence)


def _quote(sentence: int, article: Article) -> Quote:
    start, end = article.sentences[sentence]
    return Quote(start=start, end=end, text=article.text[start:end], sentence=sentence)


def _unsupported(claim: CheckedClaim) -> tuple[Span, ...]:
    if claim.verdict.supported:
        return ()
    marked = [Span(claim.start + i.start, claim.start + i.end) for i in claim.verdict.issues]
    return tuple(marked) or (Span(claim.start, claim.end),)
