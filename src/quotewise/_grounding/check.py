"""The verdict on one claim: its issues against the cited sentences, the article second, and its score.

What counts as the same number, name or polarity stands in the modules of `checks`; this one says which checks
are made for which claims, and puts their findings together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Flag, auto
from functools import cache
from itertools import chain
from typing import TypeAlias

from .._language.names import fold
from .._text.words import words
from .._values import Issue, Span, Verdict
from .checks.amounts import check_values
from .checks.attribution import check_attribution
from .checks.celled import check_cells, likely
from .checks.copied import check_copied
from .checks.degree import check_quantity
from .checks.exchanged import check_deeds
from .checks.foreign import check_denials, check_foreign, is_english, is_foreign
from .checks.fulfilled import check_fulfilment
from .checks.hedges import check_modality
from .checks.naming import check_names
from .checks.numbered import check_numbered_names
from .checks.offices import check_roles
from .checks.opposites import check_opposites
from .checks.otherwise import is_told_by_the_opposite
from .checks.outcomes import check_outcomes
from .checks.paired import check_pairs
from .checks.phrased import check_phrases
from .checks.placed import check_places
from .checks.polarity import check_polarity
from .checks.ranked import check_comparisons
from .checks.rates import check_rates
from .checks.restated import check_restated
from .checks.stated import check_states
from .checks.subject import check_subjects
from .checks.swapped import check_nouns
from .checks.tabled import check_tables
from .checks.turned import check_turned
from .compare import Comparison, compare, issue
from .evidence import Evidence
from .weigh import abstains, by_training, surer, trained

Check: TypeAlias = Callable[[Comparison], Iterator[Issue]]

_OF_TIME = re.compile(r" (?:second|minute|hour|day|night|week|month|year|decade)s? $")
_ECHOED = frozenset(["name", "number", "date"])
_WIDER = frozenset([("number", "number"), ("date", "date"), ("unit", "unsupported")])
"""Kinds of an issue about more words, and of the one about some of them that it makes needless."""
_CARRIED = 0.4
"""The least of a claim's meaning that what it cites must hold. Of 161 honest rewrites (`paraphrases.json`)
their own sentence holds .53 or more; of 556 pairs with a sentence far from the claim 549 hold less."""


class _Of(Flag):
    """Which claims a check is made for: any, or only those about prose (no record), or that ask nothing."""

    ANY = 0
    PROSE = auto()
    TOLD = auto()


_CHECKS: tuple[tuple[Check, _Of], ...] = (
    (check_values, _Of.ANY),
    (check_rates, _Of.ANY),
    (check_pairs, _Of.PROSE | _Of.TOLD),
    (check_subjects, _Of.PROSE),
    (check_names, _Of.ANY),
    (check_opposites, _Of.ANY),
    (check_numbered_names, _Of.PROSE),
    (check_polarity, _Of.ANY),
    (check_denials, _Of.ANY),
    (check_modality, _Of.ANY),
    (check_quantity, _Of.ANY),
    (check_attribution, _Of.ANY),
    (check_nouns, _Of.PROSE),
    (check_deeds, _Of.PROSE | _Of.TOLD),
    (check_outcomes, _Of.PROSE | _Of.TOLD),
    (check_roles, _Of.PROSE),
    (check_tables, _Of.ANY),
    (check_cells, _Of.ANY),
    (check_fulfilment, _Of.PROSE | _Of.TOLD),
    (check_comparisons, _Of.PROSE | _Of.TOLD),
    (check_states, _Of.ANY),
    (check_phrases, _Of.PROSE | _Of.TOLD),
    (check_places, _Of.PROSE | _Of.TOLD),
)
"""Every check, with the claims it is for; of issues of a kind about the same words the last one stays."""


def check(claim: str, cited: Sequence[int], evidence: Evidence) -> tuple[Issue, ...]:
    """What in the claim the cited sentences do not say, in the order of the claim's words.

    `cited` holds indexes into `evidence.article.sentences`. An empty tuple means that nothing was found
    against the claim, not that it is true. A sentence of the article, verbatim, never has an issue.

    >>> from quotewise._text.article import Article
    >>> evidence = Evidence(Article("About 100,000 men may be needed, the general said."))
    >>> [(found.text, found.why) for found in check("About 10,000 men may be needed.", [0], evidence)]
    [('10,000', 'the article says 100,000')]
    """
    seen = compare(claim, cited, evidence)
    if is_verbatim(seen):
        return ()
    return issues_of(seen)


def judge(claim: str, cited: Sequence[int], evidence: Evidence, question: str | None = None) -> Verdict:
    """Is the claim supported by what it cites? No issue, and a score of at least one half.

    The score is the trained probability, lowered by each issue; one of them is that the cited sentences say
    too little of the claim, whatever the rest of the article says. `question` is what the claim answers.
    """
    seen = compare(claim, cited, evidence)
    if is_verbatim(seen):
        return Verdict(supported=True, score=1.0)
    issues = unasked(issues_of(seen), question)
    if not seen.said:
        return Verdict(supported=False, score=0.0, issues=issues)
    supported = trained(seen, issues, question).sentences[0]
    verdict = by_training(issues or _uncarried(seen), likely(seen, supported))
    return surer(verdict) if is_told_by_the_opposite(seen) else verdict


def _uncarried(seen: Comparison) -> tuple[Issue, ...]:
    """An issue with the claim as a whole where what it cites is about something else.

    Told of prose in English only: elsewhere the words of an honest claim may be none of the sentence's.
    """
    if (
        seen.held >= _CARRIED
        or seen.evidence.leaves
        or not is_english(seen.evidence)
        or abstains(seen.claim.text)
    ):
        return ()
    why = "the cited sentences say too little of this"
    return (issue(seen, "citation", Span(0, len(seen.claim.text)), why),)


def unasked(issues: Sequence[Issue], question: str | None) -> tuple[Issue, ...]:
    """The issues but for names and numbers that the article lacks and the question has.

    An answer repeats what it is asked: "The bridge in Leith" for "Who built the bridge in Leith?". What the
    article has otherwise stays an issue.
    """
    if not (question and issues):
        return tuple(issues)
    asked = _folded(question)
    return tuple(
        each for each in issues if each.kind not in _ECHOED or each.found or not _is_echo(each, asked)
    )


def _is_echo(issue: Issue, asked: str) -> bool:
    """Whether the question has these words in a row: a name, a day, a time ("ten years"); no bare number."""
    told = _folded(issue.text)
    return told in asked and (issue.kind != "number" or bool(_OF_TIME.search(told)))


def _folded(text: str) -> str:
    return f" {' '.join(fold(word.text) for word in words(text))} "


def issues_of(seen: Comparison) -> tuple[Issue, ...]:
    """The issues in the order of the claim, at most one of a kind for the same words.

    Of a pair of numbers that is wrong, its one number is not told again.
    """
    issues = check_foreign(seen) if is_foreign(seen) else _issues(seen)
    found = {(issue.start, issue.end, issue.kind): issue for issue in issues}
    worse = {(start, end) for start, end, kind in found if kind != "citation"}
    kept = [key for key in sorted(found) if key[2] != "citation" or key[:2] not in worse]
    return tuple(found[key] for key in kept if not any(_holds(other, key) for other in kept))


def _holds(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether an issue about a value or its rate is about all of another's words and more."""
    wider = one[0] <= other[0] and other[1] <= one[1] and one[:2] != other[:2]
    return wider and (one[2], other[2]) in _WIDER


def is_verbatim(seen: Comparison) -> bool:
    """Whether the claim is a cited sentence, white space aside."""
    plain = " ".join(seen.claim.text.split())
    return any(plain == " ".join(passage.text.split()) for passage in seen.evidence.cited(seen.cited))


def _issues(seen: Comparison) -> Iterator[Issue]:
    if not seen.said:
        return
    is_of_record, asks = bool(seen.evidence.leaves), seen.claim.asks
    found = [each for check_of in _checks_of(is_of_record, asks) for each in check_of(seen)]
    yield from found
    if not is_of_record and not asks:
        more = chain(check_copied(seen), check_restated(seen), check_turned(seen))
        yield from (each for each in more if not any(_meet(each, one) for one in found))


def _meet(one: Issue, other: Issue) -> bool:
    """Whether two issues are about the same words, the second of more than the citation."""
    return other.kind != "citation" and one.start < other.end and other.start < one.end


@cache
def _checks_of(is_of_record: bool, asks: bool) -> tuple[Check, ...]:
    """The checks that are made for such claims."""
    beside = (_Of.PROSE if is_of_record else _Of.ANY) | (_Of.TOLD if asks else _Of.ANY)
    return tuple(check_of for check_of, only in _CHECKS if not only & beside)
