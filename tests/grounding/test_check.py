"""What is found against a claim, and in which of its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotewise import Article
from quotewise._grounding.check import check, judge
from quotewise._grounding.citation import better_citation
from quotewise._grounding.evidence import Evidence
from quotewise._language.meanings import lexicon
from quotewise._text.words import term
from quotewise._values import Issue

CASES = json.loads((Path(__file__).parents[1] / "cases" / "claims.json").read_text(encoding="utf-8"))
KNOWN = [case for case in CASES if not case.get("missed")]
MISSED = [case for case in CASES if case.get("missed")]
FLOOD = Path(__file__).parents[1] / "cases" / "articles" / "flood.txt"


def issues(case: dict[str, object]) -> tuple[Issue, ...]:
    """What is found against the claim of a case."""
    evidence = Evidence(Article(str(case["article"])))
    cited = case.get("cited", range(len(evidence.passages)))
    return check(str(case["claim"]), list(cited), evidence)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def flood() -> Evidence:
    return Evidence(Article.from_file(FLOOD))


@pytest.mark.parametrize("case", KNOWN, ids=[case["why"] for case in KNOWN])
def test_the_issues_of_a_claim(case: dict[str, object]) -> None:
    """Each issue names its kind, its words and what the article says instead; an honest claim has none."""
    found = issues(case)
    assert [[issue.kind, issue.text, issue.found] for issue in found] == case["issues"]
    assert all(str(case["claim"])[issue.start : issue.end] == issue.text for issue in found)


@pytest.mark.xfail(strict=True, reason="no check sees this any more: see benchmarks/results/checks.md")
@pytest.mark.parametrize("case", MISSED, ids=[case["why"] for case in MISSED])
def test_false_claims_of_which_nothing_is_found(case: dict[str, object]) -> None:
    """Known misses, with the issues that they should have."""
    found = issues(case)
    assert [[issue.kind, issue.text, issue.found] for issue in found] == case["issues"]


def test_an_issue_says_why_in_words(flood: Evidence) -> None:
    """The reason can be shown to a person, or to a model that is asked again."""
    cited = next(at for at, passage in enumerate(flood.passages) if "1.8 metres" in passage.text)
    (issue,) = check("The water rose 2.8 metres in six hours.", [cited], flood)
    assert issue.why == "the article says 1.8 metres"


def test_an_amount_is_told_with_its_sign() -> None:
    """Also where only its bound is wrong."""
    voucher = Evidence(Article("Please take the enclosed voucher, for £15, as an apology."))
    (issue,) = check("A voucher worth up to £15 is enclosed.", [0], voucher)

    assert ("up to £15", 'the article says "£15"') == (issue.text, issue.why)


def test_a_claim_that_cites_nothing_is_not_supported(flood: Evidence) -> None:
    """Without a sentence there is no support, and no issue that could be put right."""
    assert not judge("The water rose 1.8 metres.", [], flood).supported
    assert not judge("The water rose 1.8 metres.", [999, -5], flood).supported


def test_a_claim_without_words_does_no_harm(flood: Evidence) -> None:
    """Signs and blanks are judged without an error."""
    for claim in ("", "   ", "...", "—", "?!"):
        assert check(claim, [0], flood) == ()


def test_a_wrong_citation_is_corrected(flood: Evidence) -> None:
    """Where another sentence clearly supports the claim, it is named."""
    claim = "The Red Cross handed out 350 blankets in the sports hall of Penwick Academy."
    right = next(at for at, passage in enumerate(flood.passages) if "350 blankets" in passage.text)
    better = better_citation(claim, [0], flood, judge(claim, [0], flood))
    assert better is not None
    assert right in better.sentences
    assert judge(claim, better.sentences, flood).supported


def test_a_right_citation_is_left_alone(flood: Evidence) -> None:
    """No better sentences are offered where the cited ones carry the claim."""
    right = next(at for at, passage in enumerate(flood.passages) if "350 blankets" in passage.text)
    claim = "The Red Cross handed out 350 blankets."
    assert better_citation(claim, [right], flood, judge(claim, [right], flood)) is None


def test_a_citation_that_leans_on_the_one_before_keeps_its_place() -> None:
    """What "that" is stands in the sentence before it: this one comes to it, no other takes its place."""
    told = (
        "The ferry ran aground on Tuesday. Critics of the minister, Helena Voss, spoke of the licence."
        " The opposition called for the licence to be suspended at once. Ms Voss saw no grounds for that."
    )
    evidence = Evidence(Article(told))
    claim = "The minister rejected calls to suspend the licence."
    here = judge(claim, [3], evidence)
    better = better_citation(claim, [3], evidence, here)

    assert not here.supported
    assert better is not None
    assert better.sentences == (2, 3)


def test_no_citation_makes_a_lie_true(flood: Evidence) -> None:
    """For a claim that the article does not support nothing better is offered."""
    claim = "The Red Cross handed out 950 blankets."
    assert better_citation(claim, [0], flood, judge(claim, [0], flood)) is None


@given(st.text(max_size=400), st.lists(st.integers(-3, 40), max_size=4))
@settings(max_examples=60)
def test_any_claim_is_judged(claim: str, cited: list[int]) -> None:
    """Whatever is claimed and cited, there is a verdict whose issues lie inside the claim."""
    verdict = judge(claim, cited, _FLOOD)
    assert 0.0 <= verdict.score <= 1.0
    assert all(claim[issue.start : issue.end] == issue.text for issue in verdict.issues)


_FLOOD = Evidence(Article.from_file(FLOOD))


def test_a_bound_is_no_quantifier() -> None:
    """The "most" of "at most 300" is not more than half of anything."""
    about = Evidence(Article("From 200 to 300 people were hurt. It rained."))
    assert check("At most 300 people were hurt.", [0], about) == ()


@pytest.mark.parametrize("word", ["we", "our", "soldiers", "testament", "read", "vote"])
def test_no_word_is_nearer_in_meaning_than_the_article_is(word: str) -> None:
    """Also none that compares as a small word: "US" as "us", "wills" as "will"."""
    evidence = Evidence(Article("US troops left in May. The wills were read aloud, and some voted no."))
    code = lexicon().code(term(word))
    assert code is not None
    found = [(code ^ theirs).bit_count() for passage in evidence.passages for _, theirs in passage.codes]
    assert evidence.likeness(term(word)) <= min(found)
