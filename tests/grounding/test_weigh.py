"""What becomes of the verdicts on single claims once their whole text has a score."""

from __future__ import annotations

import pytest

from quotewise import Article, verify
from quotewise._grounding.weigh import in_its_text
from quotewise._values import Issue, Verdict

ISSUE = Issue(kind="quantity", start=0, end=4, text="Some", why='the article says "all"')
HELD = Verdict(supported=True, score=0.9)
WRONG = Verdict(supported=False, score=0.3, issues=(ISSUE,))
DOUBTED = Verdict(supported=False, score=0.4)


@pytest.mark.parametrize(
    ("freely", "whole", "stands"),
    [(False, 0.95, True), (True, 0.95, False), (True, 0.6, True), (True, 0.2, True)],
    ids=["told closely", "told freely in a sure text", "in a text not so sure", "in a text that fails"],
)
def test_an_issue_yields_only_where_told_freely_in_a_sure_text(
    freely: bool, whole: float, stands: bool
) -> None:
    """Everywhere else what the checks find makes the claim unsupported."""
    _, judged = in_its_text([HELD, WRONG], [False, False], [False, freely], whole)

    assert stands == bool(judged.issues)
    assert stands != judged.supported


def test_a_doubt_without_an_issue_falls_where_the_text_holds() -> None:
    """No claim is less likely supported than all of them together."""
    _, judged = in_its_text([HELD, DOUBTED], [False, True], [False, False], 0.7)

    assert (True, 0.7) == (judged.supported, judged.score)


def test_where_the_text_fails_a_claim_is_at_fault() -> None:
    """The likeliest culprit, if no word of any claim is doubted."""
    one, other = in_its_text([HELD, Verdict(supported=True, score=0.8)], [False, False], [False, False], 0.2)

    assert one.supported
    assert not other.supported


def test_an_issue_of_a_single_claim_always_stands() -> None:
    """There is no text that could outweigh it."""
    article = Article("The mayor, who had long opposed the plan, backed it at last, after 9 hours of talks.")

    checked = verify("It took 8 hours until she was for it.", article)

    assert not checked.supported
    assert checked.trace.notes == ()
