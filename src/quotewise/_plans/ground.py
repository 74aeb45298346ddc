"""From claimed to checked: drafts of claims in, claims with exact quotes and their rejected ones out.

Every task ends here, so the check, the one repair round and the reasons are the same for all. A number that
names no sentence is an error of its claim; it is never dropped and never becomes a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from .._errors import QuotewiseError
from .._grounding.check import judge
from .._grounding.citation import beside_the_nearest, better_citation
from .._grounding.headline import check_headline
from .._values import Claim, Issue, Rejected, Span, Verdict
from .asking import ask_each
from .checked import Checked, Draft, groups
from .core import Call, Plan
from .entail import entailed
from .marks import unmarked
from .numbered import fenced
from .numbering import Numbering
from .reading import call
from .schemas import ClaimedRepair, ClaimedRepairs, unfit


@dataclass(frozen=True, slots=True)
class Grounded:
    """What the article supports, in the drafts' order, and what it does not, with reasons.

    `prompts` names the prompts that were needed beside the task's own.
    """

    kept: tuple[Checked, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()

    @property
    def cited(self) -> set[int]:
        """The numbers of the sentences that the kept claims cite."""
        return {number for checked in self.kept for number in checked.draft.evidence}


@dataclass(frozen=True, slots=True)
class Care:
    """How much care is taken: `repair` asks once more for claims that fail, `opinion` asks a model about
    claims in doubt."""

    repair: bool = True
    opinion: bool = False


USUAL = Care()


def ground(drafts: Sequence[Draft], numbering: Numbering, care: Care = USUAL) -> Plan[Grounded]:
    """Check each draft against what it cites; ask once more for those that fail, together; sort them."""
    checked = [check(draft, numbering) for draft in _distinct(drafts, numbering)]
    failing = [i for i, one in enumerate(checked) if one.reason]
    if failing and care.repair:
        repaired = yield from _repair([checked[i] for i in failing], numbering)
        for i, one in zip(failing, repaired, strict=True):
            checked[i] = _said_already(checked[i]) if _stands(one, checked) else one
    if care.opinion:
        checked = yield from entailed(checked, numbering)
    return Grounded(
        kept=tuple(one for one in checked if not one.reason),
        rejected=tuple(Rejected(claim=one.claim, reason=one.reason) for one in checked if one.reason),
        notes=tuple(one.note for one in checked if one.note),
        prompts=("check",) if care.opinion else (),
    )


def check(draft: Draft, numbering: Numbering) -> Checked:
    """One draft against the sentences it cites; a better citation takes the place of a wrong one."""
    wrong = _citation_error(draft, numbering)
    if wrong:
        return Checked(draft, _claim(draft, numbering, _uncited(draft.text, wrong)), wrong)
    verdict = _verdict(draft, numbering)
    better = _cited_better(draft, numbering, verdict)
    if better is not None:
        return better
    reason = "" if verdict.supported else _reason(verdict)
    return Checked(draft, _claim(draft, numbering, verdict), reason)


def headline_of(words: str, grounded: Grounded, numbering: Numbering) -> tuple[str, tuple[Rejected, ...]]:
    """A headline that the kept claims and their quotes say, or the article word for word; else none, and why.

    It cites no sentence, so it is held against those that the kept claims cite.
    """
    cited = [number - 1 for number in sorted(grounded.cited)]
    claims = [one.claim.text for one in grounded.kept]
    issues = check_headline(words, claims, cited, numbering.evidence) if words else ()
    if not issues or any(not _against(words, at, numbering) for at in _places(words, numbering.joined.text)):
        return words, ()
    verdict = Verdict(supported=False, score=0.0, issues=issues)
    claim = Claim(text=words, quotes=(), verdict=verdict)
    return "", (Rejected(claim=claim, reason=f"the headline: {_reason(verdict)}"),)


def _against(words: str, place: Span, numbering: Numbering) -> tuple[Issue, ...]:
    """What the sentences that have a headline word for word say against it: "denied that the ferry sank"."""
    spans = enumerate(numbering.joined.sentences)
    there = [at for at, span in spans if span.start < place.end and place.start < span.end]
    return check_headline(words, (), there, numbering.evidence)


def _places(words: str, text: str) -> Iterator[Span]:
    """Where a text has some words, over the ends of its lines too; "2 hurt" is not in "12 hurt".

    >>> [len(list(_places(words, "The talks\\nof 8 May: 12 hurt"))) for words in ("talks of 8 May", "2 hurt")]
    [1, 0]
    """
    spaced = r"\s+".join(map(re.escape, words.split()))
    return (Span(*found.span()) for found in re.finditer(rf"(?<!\w)(?<!\d[.,]){spaced}(?![.,]?\w)", text))


def _cited_better(draft: Draft, numbering: Numbering, here: Verdict) -> Checked | None:
    cited = [number - 1 for number in draft.evidence]
    better = better_citation(draft.text, cited, numbering.evidence, here)
    if not better:
        return None
    moved = replace(draft, evidence=tuple(index + 1 for index in better.sentences))
    note = f"citation corrected from {list(draft.evidence)} to {list(moved.evidence)}"
    return Checked(moved, _claim(moved, numbering, better.verdict), note=note)


def _verdict(draft: Draft, numbering: Numbering) -> Verdict:
    cited = [number - 1 for number in draft.evidence]
    here = judge(draft.text, cited, numbering.evidence)
    return beside_the_nearest(draft.text, cited, numbering.evidence, here)


def _citation_error(draft: Draft, numbering: Numbering) -> str:
    unknown = [number for number in draft.evidence if number not in numbering.numbers]
    if unknown:
        return f"it cites sentence {unknown[0]}, and there is no such sentence"
    return "" if draft.evidence else "it cites no sentence"


def _uncited(text: str, why: str) -> Verdict:
    issue = Issue(kind="citation", start=0, end=len(text), text=text, why=why)
    return Verdict(supported=False, score=0.0, issues=(issue,))


def _claim(draft: Draft, numbering: Numbering, verdict: Verdict) -> Claim:
    known = [number for number in draft.evidence if number in numbering.numbers]
    return Claim(text=draft.text, quotes=tuple(map(numbering.quote, known)), verdict=verdict)


def _reason(verdict: Verdict) -> str:
    if not verdict.issues:
        return f"the cited sentences do not carry it (score {verdict.score:.2f})"
    return "; ".join(f"“{issue.text}”: {issue.why}" for issue in verdict.issues)


def _distinct(drafts: Iterable[Draft], numbering: Numbering) -> list[Draft]:
    """The drafts with words, without their marks and those that say the same words a second time."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        words = unmarked(draft.text, draft.evidence, numbering.joined.text)
        if words:
            numbers = tuple(dict.fromkeys(draft.evidence))
            seen.setdefault(words.casefold(), replace(draft, text=words, evidence=numbers))
    return list(seen.values())


def set_apart(answers: Iterable[BaseModel]) -> tuple[Rejected, ...]:
    """The entries of answers that could not be read, as claims that were not returned."""
    return tuple(
        Rejected(claim=Claim(text=text, quotes=(), verdict=_uncited(text, why)), reason=why)
        for answer in answers
        for text, why in unfit(answer)
    )


# The repair round.


def _repair(failing: Sequence[Checked], numbering: Numbering) -> Plan[list[Checked]]:
    asked = groups(failing)
    answers = yield from ask_each([_repair_call(group, numbering) for group in asked], ClaimedRepairs)
    return [
        one
        for group, answer in zip(asked, answers, strict=True)
        for one in _repaired_group(group, answer, numbering)
    ]


def _repaired_group(
    group: Sequence[Checked], answer: ClaimedRepairs | QuotewiseError, numbering: Numbering
) -> list[Checked]:
    if isinstance(answer, QuotewiseError):
        why = f"asking again failed: {answer.message}"
        failed = [replace(one, reason=f"{one.reason}; {why}") for one in group]
        return [replace(failed[0], note=f"the repair round: {why}"), *failed[1:]]
    repairs = {repair.claim: repair for repair in answer.repairs}
    return [_repaired(one, repairs.get(i), numbering) for i, one in enumerate(group, 1)]


def _repaired(one: Checked, repair: ClaimedRepair | None, numbering: Numbering) -> Checked:
    """The claim as put right, or the first one with its reason where it was withdrawn or fails again."""
    if repair is None or not repair.text.strip():
        return replace(one, note=f"withdrawn when asked again: {one.reason}")
    evidence = tuple(dict.fromkeys(repair.evidence))
    text = unmarked(repair.text, evidence, numbering.joined.text)
    again = check(replace(one.draft, text=text, evidence=evidence), numbering)
    return again if again.reason else replace(again, note=f"put right when asked again: {one.reason}")


def _stands(one: Checked, checked: Iterable[Checked]) -> bool:
    """Whether a claim holds that another one which holds has in the same words."""
    words = one.claim.text.casefold()
    return not one.reason and any(words == o.claim.text.casefold() for o in checked if not o.reason)


def _said_already(one: Checked) -> Checked:
    return replace(one, note=f"asked again, a claim came that stands already: {one.reason}")


def _repair_call(failing: Sequence[Checked], numbering: Numbering) -> Call:
    shown = sorted({number for one in failing for number in _relevant(one.draft, numbering)})
    return call(
        "repair",
        [numbering.lines[number - 1] for number in shown],
        ClaimedRepairs,
        max_output=200 + 150 * len(failing),
        claims=fenced("claims", (_failing_row(i, one) for i, one in enumerate(failing, 1))),
    )


def _failing_row(number: int, one: Checked) -> str:
    cited = ", ".join(map(str, one.draft.evidence)) or "nothing"
    return f"{number}. {one.draft.text} (cites {cited}; {one.reason})"


def _relevant(draft: Draft, numbering: Numbering) -> set[int]:
    """The sentences a claim cites, their neighbours, and those nearest to its words."""
    cited = [number for number in draft.evidence if number in numbering.numbers]
    around = {near for number in cited for near in (number - 1, number, number + 1)}
    return {n for n in around | set(numbering.nearest(draft.text, 3)) if n in numbering.numbers}
