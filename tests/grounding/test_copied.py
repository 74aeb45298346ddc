"""A claim in a sentence's own words, with a name or value of the article put in another's place."""

from __future__ import annotations

import pytest

from quotewise import Article, verify
from quotewise._grounding.checks.copied import check_copied
from quotewise._grounding.compare import compare
from quotewise._grounding.evidence import Evidence

TOLD = (
    "Walkers met the police on Mill Road on 15 August, and Mr Roe was taken to Penwick Infirmary. "
    "Tom Roe, 52, was attacked near his home in Sheepridge last August. "
    "The Ulster Band has 16 seats, while the Leith Choir has 12. "
    "Arden won 28 seats of the old hall. "
    "The town is the only bidder for the 2021 games, after Jersey withdrew. "
    "The next games take place in Nassau in 2017. "
    "The council pledged £200m to help the farms. "
    "A new computer system cost £178m. "
    "Ward was given five years and two months. "
    "Ann Lee, Tom Ash and Ruth Adeyemi sat in the front row. "
    "Simon Oduya of Northgate Bank said the loan was safe. "
    "The storm hit Queens, New York, on Sunday. "
    "Storm crews left Albany on Friday. "
    "The body was found in the Market Lane part of Selby on Saturday. "
    "He told the Post that he killed the other inmate. "
    "The heat was won by Japan's Kosuke Hagino. "
    "Peaty was level with his rivals at first. "
    "The strike at General Motors has ended. "
    "GM shares rose. "
    '"There is one president, Hugo Chavez," Mr Maduro told the chamber.'
)

LIES = (
    ("Sheepridge was taken to Penwick Infirmary.", "Mr Roe"),
    ("The Ulster Band has 28 seats.", "16"),
    ("The town is the only bidder for the 2017 games.", "2021"),
    ("The council pledged £178m to help the farms.", "£200m"),
    ("Northgate Bank was attacked near his home.", "Tom Roe"),
    ("Mr Chavez told the chamber.", "Mr Maduro"),
    ("Japan was level with his rivals.", "Peaty"),
)


@pytest.mark.parametrize(("claim", "said"), LIES, ids=[claim for claim, _ in LIES])
def test_one_name_or_value_put_in_the_place_of_another_is_an_issue(claim: str, said: str) -> None:
    """Though the article has it elsewhere; and the issue says what the article has there."""
    (checked,) = verify(claim, Article(TOLD)).claims
    assert not checked.verdict.supported
    assert any(issue.found is not None and said in issue.found for issue in checked.verdict.issues)


@pytest.mark.parametrize(
    "claim",
    [
        "Roe was taken to Penwick Infirmary.",
        "Ward was given two months.",
        "Tom Ash sat in the front row.",
        "Ann Lee sat in the front row.",
        "Simon Oduya said the loan was safe.",
        "The storm hit New York on Sunday.",
        "The body was found in Selby.",
        "Roe killed the other inmate.",
        "The Leith Choir has 12.",
        "The strike at GM has ended.",
    ],
)
def test_what_may_stand_there_too_is_none(claim: str) -> None:
    """One of a list, a place around another, whom a sentence tells of by his office, or by "he"."""
    assert not [issue for checked in verify(claim, Article(TOLD)).claims for issue in checked.verdict.issues]


def test_an_office_may_be_that_of_whoever_stands_there() -> None:
    """ "British General" is no other than the governor who signed, for all that the words tell."""
    told = Evidence(Article("In May Governor Amherst signed at Quebec. The British General went home."))
    claims = ("British General signed at Quebec.", "British Legion signed at Quebec.")
    assert not [*check_copied(compare(claims[0], [0], told))]
    told = Evidence(Article("In May Governor Amherst signed at Quebec. The British Legion went home."))
    assert [issue.found for issue in check_copied(compare(claims[1], [0], told))] == ["Governor Amherst"]
