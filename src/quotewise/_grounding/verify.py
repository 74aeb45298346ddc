"""A text made elsewhere, checked claim by claim against an article.

The verdict on one claim is `check.judge`; this module finds the sentences a claim should rest on, and
adds the verdicts up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from .._errors import UsageError
from .._inputs.mistaken import tell_of_a_name
from .._results import Verification
from .._text.article import Article, encoded
from .._text.attach import attach
from .._values import CheckedClaim, Coverage, Issue, Quote, Source, Span, Trace, Verdict
from .check import issues_of, unasked
from .checks.celled import likely
from .checks.foreign import is_english, is_guess
from .checks.otherwise import is_told_by_the_opposite
from .compare import Comparison, compare
from .evidence import Evidence
from .findings import nothing_found
from .memory import evidence_of
from .plain import as_written, without_markup
from .printed import is_abstention
from .split import claims_of
from .support import Found, Support, cuts, score
from .weigh import (
    THRESHOLD,
    UNSURE,
    abstains,
    by_training,
    found_of,
    in_its_text,
    may_yield,
    surer,
    unsure,
    whole_by_training,
)

_Word: TypeAlias = tuple[int, int, float]
_NOT_ENGLISH = (
    "the article seems not to be in English: only numbers, names, words of denial and shared words were"
    f" compared, so what is not word for word in it has a score of {UNSURE} at most"
)
_NOT_CHECKED = "that the article does not say was not checked"
_AT_ONCE = 100
"""Claims scored together; a longer text is scored in parts, and its score is that of its worst part."""


def verify(text: str, article: Article | str | Path, question: str | None = None) -> Verification:
    """Check every claim of `text` against the article: no model, no network, linear in the length.

    `article` may be a str (the text itself) or a Path (a file), `question` is what the text answers, if it
    answers one. The score is the probability that every claim is supported. The articles asked about last
    are remembered, so that many texts beside one cost one reading; of over 100,000 characters only while
    you hold the `Article`. Raises `UsageError` where the text is empty or holds no word or half a surrogate
    pair, and for several articles.

    >>> result = verify("Rain fell on Tuesday.", "Rain fell on Monday. It stopped.")
    >>> result.supported, [result.text[start:end] for start, end in result.unsupported]
    (False, ['Tuesday'])
    """
    if not isinstance(text, str):
        raise UsageError(
            f"The text to verify is a {type(text).__name__}, not a str.", next_step="Give the text itself."
        )
    if isinstance(article, (list, tuple)):
        raise UsageError(
            "verify checks a text against one article, not against several.",
            next_step="Verify it against each, one by one.",
        )
    for given in (text, article):
        tell_of_a_name(given)
    encoded(text, "The text to verify")
    found = verified(text, evidence_of(Article.of(article)), question)
    if found is None:
        raise UsageError("The text to verify holds no claim.", next_step="Give a text that says something.")
    return found


def verified(text: str, evidence: Evidence, question: str | None) -> Verification | None:
    """Check every claim of a text against an article that was read; None where it holds no claim."""
    plain = without_markup(text)
    spans = claims_of(plain.text)
    if not spans:
        return None
    untitled = [span for span in spans if not _is_title(plain.text[span.start : span.end], evidence)]
    result = Checker(evidence, question).verified(plain.text, untitled or spans)
    return as_written(result, text, plain)


def _is_title(claim: str, evidence: Evidence) -> bool:
    """Whether a line is the name under which the article is known, such as that of its file."""
    return claim == evidence.article.title and evidence.verbatim(claim) is None


class Checker:
    """Judges the claims of one text; a claim that comes twice is compared once."""

    def __init__(self, evidence: Evidence, question: str | None) -> None:
        self.evidence = evidence
        self._question = question
        self._known: dict[str, Comparison] = {}
        self._issues: dict[str, tuple[Issue, ...]] = {}

    def verified(self, text: str, spans: Sequence[Span]) -> Verification:
        article = self.evidence.article
        seen = [self._seen(text[span.start : span.end]) for span in spans]
        found = self._support(text, spans)
        alone = [self._alone(one, of) for one, of in zip(seen, found.sentences, strict=True)]
        whole = self._whole(seen, alone, found)
        words = _words(spans, found)
        judged = self._judged(seen, alone, words, whole)
        claims = tuple(_claim(text, *one) for one in zip(spans, seen, judged, strict=True))
        result = Verification(
            sources=(Source(id=article.id, title=article.title, origin=article.source),),
            text=text,
            claims=claims,
            unsupported=tuple(chain.from_iterable(map(_marked, claims, words))),
            supported=all(claim.verdict.supported for claim in claims),
            score=whole,
            coverage=_coverage(claims, article),
            trace=Trace(
                engine="checks and support model",
                notes=(*_let_pass(alone, judged, whole), *self._not_checked(seen)),
            ),
        )
        attach(result, article)
        return result

    def _not_checked(self, seen: Sequence[Comparison]) -> Iterator[str]:
        """Notes of what no check looked at."""
        if any(is_abstention(one.claim.text) for one in seen):
            yield _NOT_CHECKED
        if not is_english(self.evidence):
            yield _NOT_ENGLISH

    def _judged(
        self, seen: Sequence[Comparison], alone: Sequence[Verdict], words: Sequence[list[_Word]], whole: float
    ) -> Sequence[Verdict]:
        """The verdicts on the claims, each in its text."""
        if len(seen) == 1:
            return alone
        yielding = [may_yield(one, verdict) for one, verdict in zip(seen, alone, strict=True)]
        return in_its_text(alone, [_doubts(of) for of in words], yielding, whole)

    def _seen(self, claim: str) -> Comparison:
        """The claim beside the sentences it should rest on."""
        if claim not in self._known:
            known = self.evidence.verbatim(claim)
            cited = self.evidence.gather(claim) if known is None else (known,)
            self._known[claim] = compare(claim, cited, self.evidence)
        return self._known[claim]

    def found(self, claim: str) -> Found:
        """What the checks found of a claim, as the trained score reads it."""
        seen = self._seen(claim)
        if self.evidence.verbatim(claim) is not None:
            return nothing_found(1.0)
        if not seen.cited and not abstains(claim):
            return nothing_found(0.0)
        return found_of(seen, self._issues_of(seen))

    def _issues_of(self, seen: Comparison) -> tuple[Issue, ...]:
        claim = seen.claim.text
        if claim not in self._issues:
            self._issues[claim] = unasked(issues_of(seen), self._question)
        return self._issues[claim]

    def _support(self, text: str, spans: Sequence[Span]) -> Support:
        """The trained score, part by part, so that its time is linear."""
        parts = [spans[at : at + _AT_ONCE] for at in range(0, len(spans), _AT_ONCE)]
        found = [self._support_of_part(text, part) for part in parts]
        return Support(
            min(each.probability for each in found),
            tuple(word for each in found for word in each.words),
            tuple(value for each in found for value in each.sentences),
        )

    def _support_of_part(self, text: str, spans: Sequence[Span]) -> Support:
        if all(self.evidence.verbatim(text[span.start : span.end]) is not None for span in spans):
            return Support(1.0, (), (1.0,) * len(spans))
        start, end = spans[0].start, spans[-1].end
        inside = [Span(span.start - start, span.end - start) for span in spans]
        found = [self.found(text[span.start : span.end]) for span in spans]
        support = score(text[start:end], inside, self.evidence.support, found, (), self._question)
        return support._replace(words=tuple((a + start, b + start, doubt) for a, b, doubt in support.words))

    def _alone(self, seen: Comparison, supported: float) -> Verdict:
        """The verdict on a claim by itself; `supported` is its trained probability."""
        if self.evidence.verbatim(seen.claim.text) is not None:
            return Verdict(supported=True, score=1.0)
        if is_abstention(seen.claim.text):
            return Verdict(supported=True, score=THRESHOLD)
        issues = self._issues_of(seen)
        if not seen.cited and not abstains(seen.claim.text):
            return Verdict(supported=False, score=0.0, issues=issues)
        verdict = by_training(issues, likely(seen, supported))
        if not issues and is_told_by_the_opposite(seen):
            verdict = surer(verdict)
        return unsure(verdict) if is_guess(seen) else verdict

    def _whole(self, seen: Sequence[Comparison], alone: Sequence[Verdict], found: Support) -> float:
        """The score of the text: where all but one of its claims are the article's own words, that one's."""
        told = [verdict.score for verdict in alone if verdict.score < 1.0]
        if len(told) < 2:
            return min(told, default=1.0)
        score = whole_by_training(found.probability, seen, alone)
        guessed = any(is_guess(one) for one, verdict in zip(seen, alone, strict=True) if verdict.score < 1.0)
        return min(score, UNSURE) if guessed else score


def _coverage(claims: Sequence[CheckedClaim], article: Article) -> Coverage:
    cited = {quote.sentence for claim in claims for quote in claim.quotes}
    return Coverage(sentences=len(article.sentences), cited=tuple(sorted(cited)))


def _claim(text: str, span: Span, seen: Comparison, verdict: Verdict) -> CheckedClaim:
    return CheckedClaim(
        text=text[span.start : span.end],
        start=span.start,
        end=span.end,
        quotes=tuple(_quote(at, seen.evidence.article) for at in seen.carrying),
        verdict=verdict,
    )


def _let_pass(alone: Sequence[Verdict], judged: Sequence[Verdict], whole: float) -> Iterator[str]:
    """What the checks found and the text outweighed, so that nothing falls in silence."""
    for number, (before, after) in enumerate(zip(alone, judged, strict=True), 1):
        if before.issues and not after.issues:
            kinds = ", ".join(dict.fromkeys(issue.kind for issue in before.issues))
            yield f"claim {number}: {kinds} let pass: told freely, in a text whose score is {whole:.2f}"


def _words(spans: Sequence[Span], found: Support) -> list[list[_Word]]:
    """The words of each claim, with how much each is doubted; both lists are in the order of the text."""
    words = list(found.words)
    starts = [start for start, _, _ in words]
    return [words[bisect_left(starts, a) : bisect_left(starts, b)] for a, b in spans]


def _doubts(words: Sequence[_Word]) -> bool:
    cut = cuts().word
    return any(doubt > cut for _, _, doubt in words)


def _marked(claim: CheckedClaim, words: Sequence[_Word]) -> tuple[Span, ...]:
    """Where to underline in an unsupported claim: its issues and doubted words, or else the likeliest word.

    A claim of which no sentence of the article says anything is marked whole.
    """
    if claim.verdict.supported:
        return ()
    issues = [(claim.start + issue.start, claim.start + issue.end) for issue in claim.verdict.issues]
    doubted = list(_doubted(words))
    if not issues and not doubted and words and claim.verdict.score:
        doubted = [max(words, key=itemgetter(2))[:2]]
    return tuple(_merged(sorted(issues + doubted))) or (Span(claim.start, claim.end),)


def _doubted(words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """Each run of doubted words, with what stands between them."""
    cut = cuts().word
    for doubted, run in groupby(words, key=lambda word: word[2] > cut):
        if doubted:
            first, *rest = run
            yield first[0], (rest or [first])[-1][1]


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
