"""A text made elsewhere, checked claim by claim against an article.

The verdict on one claim is `check.judge`; this module finds the sentences a claim should rest on, and
adds the verdicts up.
"""

from __future__ import annotations

from .._errors import UsageError
from .._results import CheckedClaim, Coverage, Quote, Source, Span, Trace, Verification, attach
from .._text.article import Article
from .check import judge
from .evidence import Evidence
from .split import claims_of


def verify(text: str, article: Article, question: str | None = None) -> Verification:
    """Check every claim of `text` against the article: no model, no network, linear in the length.

    Raises `UsageError` where the text is empty or holds no word.
    """
    spans = claims_of(text)
    if not spans:
        raise UsageError("The text to verify is empty.", next_step="Give a text with words in it.")
    evidence = Evidence(article)
    claims = tuple(_checked(text, span, evidence) for span in spans)
    score = min(claim.verdict.score for claim in claims)
    result = Verification(
        sources=(Source(id=article.id, title=article.title, origin=article.source),),
        text=text,
        claims=claims,
        unsupported=tuple(span for claim in claims for span in _unsupported(claim)),
        supported=all(claim.verdict.supported for claim in claims),
        score=score,
        coverage=Coverage(sentences=len(article.sentences), cited=_cited(claims)),
        trace=Trace(engine="rules"),
    )
    attach(result, (article,))
    return result


def _checked(text: str, span: Span, evidence: Evidence) -> CheckedClaim:
    claim = text[span.start : span.end]
    cited = evidence.nearest(claim)
    return CheckedClaim(
        text=claim,
        start=span.start,
        end=span.end,
        quotes=tuple(_quote(at, evidence.article) for at in cited),
        verdict=judge(claim, cited, evidence),
    )


def _quote(sentence: int, article: Article) -> Quote:
    start, end = article.sentences[sentence]
    return Quote(start=start, end=end, text=article.text[start:end], sentence=sentence)


def _unsupported(claim: CheckedClaim) -> tuple[Span, ...]:
    if claim.verdict.supported:
        return ()
    marked = [Span(claim.start + i.start, claim.start + i.end) for i in claim.verdict.issues]
    return tuple(marked) or (Span(claim.start, claim.end),)


def _cited(claims: tuple[CheckedClaim, ...]) -> tuple[int, ...]:
    return tuple(sorted({quote.sentence for claim in claims for quote in claim.quotes}))
