"""What becomes of the verdicts on single claims once their whole text has a score."""

from __future__ import annotations

import pytest

from quotewise import Article, verify
from quotewise._grounding.compare import compare
from quotewise._grounding.evidence import Evidence
from quotewise._grounding.weigh import in_its_text, may_yield
from quotewise._values import Issue, IssueKind, Verdict

ISSUE = Issue(kind="quantity", start=0, end=4, text="Some", why='the article says "all"')
HELD = Verdict(supported=True, score=0.9)
WRONG = Verdict(supported=False, score=0.3, issues=(ISSUE,))
DOUBTED = Verdict(supported=False, score=0.4)


@pytest.mark.parametrize(
    ("may", "whole", "stands"),
    [(False, 0.95, True), (True, 0.95, False), (True, 0.6, True), (True, 0.2, True)],
    ids=["may not", "may, in a sure text", "in a text not so sure", "in a text that fails"],
)
def test_an_issue_yields_only_where_it_may_in_a_sure_text(may: bool, whole: float, stands: bool) -> None:
    """Everywhere else what the checks find makes the claim unsupported."""
    _, judged = in_its_text([HELD, WRONG], [False, False], [False, may], whole)

    assert stands == bool(judged.issues)
    assert stands != judged.supported


@pytest.mark.parametrize(
    ("claim", "kind", "may"),
    [
        ("Everybody is for it by now.", "quantity", True),
        ("Everybody is for it by now.", "number", False),
        ("The mayor, who had long opposed the plan, backed it.", "quantity", False),
    ],
    ids=["of degree, told freely", "a wrong number", "told closely"],
)
def test_only_a_finding_of_degree_about_words_told_freely_may_yield(
    claim: str, kind: IssueKind, may: bool
) -> None:
    """A wrong number stands in any text."""
    evidence = Evidence(Article("The mayor, who had long opposed the plan, backed it at last."))
    wrong = WRONG.model_copy(update={"issues": (ISSUE.model_copy(update={"kind": kind}),)})

    assert may == may_yield(compare(claim, [0], evidence), wrong)


def test_a_doubt_without_an_issue_falls_where_the_text_holds() -> None:
    """No claim is less likely supported than all of them together."""
    _, judged = in_its_text([HELD, DOUBTED], [False, True], [False, False], 0.7)

    assert (True, 0.7) == (judged.supported, judged.score)


def test_a_claim_that_no_sentence_says_anything_of_holds_in_no_text() -> None:
    """There is nothing to quote for it, however sure the rest is."""
    nothing = Verdict(supported=False, score=0.0)
    _, judged = in_its_text([HELD, nothing], [False, False], [False, True], 0.95)

    assert not judged.supported


def test_where_the_text_fails_a_claim_is_at_fault() -> None:
    """The likeliest culprit, if no word of any claim is doubted."""
    one, other = in_its_text([HELD, Verdict(supported=True, score=0.8)], [False, False], [False, False], 0.2)

    assert one.supported
    assert not other.supported


def test_what_was_let_pass_is_told() -> None:
    """In the printed result, with the claim's number and the kind of issue."""
    article = Article("The mayor backed the plan at last.")
    checked = verify("The mayor backed the plan at last. The plan was backed.", article)

    noted = checked.model_copy(
        update={"trace": checked.trace.model_copy(update={"notes": ("claim 2: ...",)})}
    )

    assert "Note: claim 2: ..." in str(noted)


def test_an_issue_of_a_single_claim_always_stands() -> None:
    """There is no text that could outweigh it."""
    article = Article("The mayor, who had long opposed the plan, backed it at last, after 9 hours of talks.")

    checked = verify("It took 8 hours until she was for it.", article)

    assert not checked.supported
    assert checked.trace.notes == ()
