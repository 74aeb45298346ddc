"""The marks that models write beside the words of a claim, and those that are the article's own."""

from __future__ import annotations

import pytest

from quotewise._plans.checked import Draft
from quotewise._plans.ground import Care, ground
from quotewise._plans.marks import unmarked
from quotewise._plans.numbering import Numbering
from quotewise._text.article import Article

from .replies import play_list

ARTICLE = (
    "Schools will stay closed until Monday. Section (9) of the Act bars it. 3. Oktober ist frei. "
    "It rose.[9] The index fell to - 5 points. 1. Wash the cloth."
)


@pytest.mark.parametrize(
    "written",
    [
        "Schools stay closed until Monday [2].",
        "Schools stay closed until Monday. [2]",
        "Schools stay closed until Monday [2, 3].",
        "Schools stay closed until Monday (2).",
        "Schools stay closed until Monday (sentence 2).",
        "2|Schools stay closed until Monday.",
        "1. Schools stay closed until Monday.",
        "1) Schools stay closed until Monday.",
        "[2] Schools stay closed until Monday.",
        "* Schools stay closed until Monday.",
        "- - Schools stay closed until Monday.",
        "- **Schools** stay closed until **Monday**.",
    ],
)
def test_marks_are_no_part_of_a_claim(written: str) -> None:
    """They are neither checked as numbers nor shown."""
    assert "Schools stay closed until Monday." == unmarked(written, (2,), ARTICLE)


@pytest.mark.parametrize(
    "written",
    [
        "Section (9) bars it.",
        "3. Oktober ist ein Feiertag.",
        "It rose.[9]",
        "- 5 points were lost.",
        "1. Wash the cloth.",
        "Prices rose 5% (12).",
        "The act [1971] bars it.",
        "2019 was dry.",
    ],
)
def test_what_the_article_has_there_is_its_own(written: str) -> None:
    """So is a number in brackets that is none of the claim's sentences."""
    assert written == unmarked(written, (9,), ARTICLE)


def test_a_model_that_writes_marks_loses_no_claim() -> None:
    """The same claim with two marks is one claim, without either."""
    drafts = [
        Draft("1. Schools stay closed until Monday [1].", (1,)),
        Draft("* Schools stay closed until Monday.", (1,)),
    ]
    found = play_list(ground(drafts, Numbering((Article(ARTICLE),)), Care(repair=False)))[0]
    assert ["Schools stay closed until Monday."] == [one.claim.text for one in found.kept]
