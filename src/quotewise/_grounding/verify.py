"""A text made elsewhere, checked claim by claim against an article.

The verdict on one claim is `check.judge`; this module finds the sentences a claim should rest on, and
adds the verdicts up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .._errors import UsageError
from .._inputs.mistaken import tell_of_a_name
from .._results import CheckedClaim, Coverage, Quote, Source, Span, Trace, Verdict, Verification, attach
from .._text.article import Article
from .check import issues_of
from .compare import Comparison, compare
from .evidence import Evidence
from .overlap import carrying
from .split import claims_of
from .support import Support, cuts
from .weigh import abstains, by_rule, by_training, trained, whole_by_rule, whole_by_training

_TRAINED_UP_TO = 300
"""Claims; a longer text is judged by the checks alone, which take a fifth of the time."""


def verify(text: str, article: Article | str | Path, question: str | None = None) -> Verification:
    """Check every claim of `text` against the article: no model, no network, linear in the length.

    `article` may be a str (the text itself) or a Path (a file), `question` is what the text answers, if it
    answers one. The score is the probability that every claim is supported. Raises `UsageError` where the
    text is empty or holds no word.

    >>> result = verify("Rain fell on Tuesday.", "Rain fell on Monday. It stopped.")
    >>> result.supported, [result.text[start:end] for start, end in result.unsupported]
    (False, ['Tuesday'])
    """
    if not isinstance(text, str):
        raise UsageError(
            f"The text to verify is a {type(text).__name__}, not a str.", next_step="Give the text itself."
        )
    for given in (text, article):
        tell_of_a_name(given)
    article = Article.of(article)
    spans = claims_of(text)
    if not spans:
        raise UsageError("The text to verify is empty.", next_step="Give a text with words in it.")
    checker = Checker(Evidence(article), question, with_training=len(spans) <= _TRAINED_UP_TO)
    return checker.verified(text, spans)


@dataclass(frozen=True)
class _Judged:
    """A claim beside the sentences found for it, the verdict, and its words that nothing supports."""

    seen: Comparison
    verdict: Verdict
    words: tuple[Span, ...] = ()


class Checker:
    """Judges the claims of one text; a claim that comes twice is judged once."""

    def __init__(self, evidence: Evidence, question: str | None, *, with_training: bool) -> None:
        self._evidence = evidence
        self._question = question
        self._with_training = with_training
        self._known: dict[str, _Judged] = {}

    def verified(self, text: str, spans: Sequence[Span]) -> Verification:
        article = self._evidence.article
        judged = [self._judged(text[span.start : span.end]) for span in spans]
        claims = tuple(_claim(text, span, one) for span, one in zip(spans, judged, strict=True))
        cited = sorted({quote.sentence for claim in claims for quote in claim.quotes})
        result = Verification(
            sources=(Source(id=article.id, title=article.title, origin=article.source),),
            text=text,
            claims=claims,
            unsupported=tuple(
                part for span, one in zip(spans, judged, strict=True) for part in _marked(span, one)
            ),
            supported=all(claim.verdict.supported for claim in claims),
            score=self._score(text, spans, judged),
            coverage=Coverage(sentences=len(article.sentences), cited=tuple(cited)),
            trace=Trace(engine="checks and support model" if self._with_training else "checks"),
        )
        attach(result, (article,))
        return result

    def _judged(self, claim: str) -> _Judged:
        if claim not in self._known:
            self._known[claim] = self._judge(claim)
        return self._known[claim]

    def _judge(self, claim: str) -> _Judged:
        known = self._evidence.verbatim(claim)
        cited = self._evidence.gather(claim) if known is None else (known,)
        seen = compare(claim, cited, self._evidence)
        if known is not None:
            return _Judged(seen, Verdict(supported=True, score=1.0))
        if not cited and not abstains(claim):
            return _Judged(seen, Verdict(supported=False, score=0.0))
        issues = issues_of(seen)
        if not self._with_training:
            return _Judged(seen, by_rule(seen, issues))
        support = trained(seen, self._question)
        return _Judged(seen, by_training(seen, issues, support), _doubted(support))

    def _score(self, text: str, spans: Sequence[Span], judged: Sequence[_Judged]) -> float:
        verdicts, seen = [one.verdict for one in judged], [one.seen for one in judged]
        if len(judged) == 1 or all(verdict.score == 1.0 for verdict in verdicts):
            return min(verdict.score for verdict in verdicts)
        if not self._with_training:
            return whole_by_rule(seen, verdicts)
        return whole_by_training(text, spans, seen, verdicts, self._question)


def _claim(text: str, span: Span, one: _Judged) -> CheckedClaim:
    article = one.seen.evidence.article
    return CheckedClaim(
        text=text[span.start : span.end],
        start=span.start,
        end=span.end,
        quotes=tuple(_quote(at, article) for at in carrying(one.seen)),
        verdict=one.verdict,
    )


def _doubted(support: Support) -> tuple[Span, ...]:
    """The words that the trained score calls unsupported."""
    return tuple(Span(start, end) for start, end, doubt in support.words if doubt > cuts().word)


def _marked(span: Span, one: _Judged) -> tuple[Span, ...]:
    """Where to underline in an unsupported claim: its issues and doubted words, or else all of it."""
    if one.verdict.supported:
        return ()
    found = sorted([*((issue.start, issue.end) for issue in one.verdict.issues), *one.words])
    return tuple(_merged([(span.start + a, span.start + b) for a, b in found])) or (span,)


def _merged(found: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Ranges in order as spans that do not overlap; words with a space between them become one."""
    start = end = -2
    for a, b in found:
        if a > end + 1:
            if end > start:
                yield Span(start, end)
            start, end = a, b
        end = max(end, b)
    if end > start:
        yield Span(start, end)


def _quote(sentence: int, article: Article) -> Quote:
    start, end = article.sentences[sentence]
    page = article.page_of(start)
    return Quote(start=start, end=end, text=article.text[start:end], sentence=sentence, page=page)
