"""True and false claims in free words, about articles of several kinds.

Those about the eight articles of `cases/rewritten` were written before it was seen how the checks treat them,
those about `cases/articles` after the first rules made with them; the same hand wrote articles, claims and
rules. Of the test half (four articles) no single claim's verdict was looked at; of the other half they were.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from quotewise import Article, verify

CASES = Path(__file__).parents[1] / "cases"
CLAIMS = json.loads((CASES / "rewritten.json").read_text(encoding="utf-8"))
TEST = {"strike", "minutes", "boiler", "reservoirs"}
MISSED = [
    ("harbour", "A berth in Ravensea is more expensive than one in Saltby.", "two prices to compare"),
    ("harbour", "The county has promised £900,000 without any conditions.", '"but only if" is a condition'),
    (
        "merger",
        "The competition authorities have approved the purchase.",
        '"subject to approval" is none yet',
    ),
    ("merger", "Shares fell because the dividend will be cut.", "no cause is given"),
    ("screens", "All 412 pupils handed in their phones at nine each evening.", "half of them"),
    ("screens", "At weekends the pupils slept longer too.", '"there was no difference" then'),
    ("flood", "The bridge will be demolished, Brackley said.", '"did not rule out" is no decision'),
    ("earnings", "The fishing unit has 14,500 workers.", "workers and people"),
]


@cache
def article(name: str) -> Article:
    places = (CASES / kind / f"{name}.txt" for kind in ("rewritten", "articles"))
    return Article.from_file(next(path for path in places if path.exists()))


def right(claims: Iterable[dict[str, object]]) -> int:
    """How many claims get the verdict that they should."""
    return sum(
        verify(str(each["claim"]), article(str(each["article"]))).supported == each["holds"]
        for each in claims
    )


@pytest.mark.parametrize(
    ("half", "holds", "of", "least"),
    [
        ("development", False, 154, 127),
        ("development", True, 111, 103),
        ("test", False, 77, 48),
        ("test", True, 68, 63),
    ],
)
def test_free_claims_are_told_apart(half: str, holds: bool, of: int, least: int) -> None:
    """At least as many false claims are caught, and true ones kept, as when they were last measured."""
    claims = [each for each in CLAIMS if each["half"] == half and each["holds"] == holds]
    assert len(claims) == of
    assert right(claims) >= least


def test_the_halves_share_no_article() -> None:
    """What the rules were made with says nothing about the other half."""
    assert {each["article"] for each in CLAIMS if each["half"] == "test"} == TEST


@pytest.mark.xfail(strict=True, reason="no check sees this yet")
@pytest.mark.parametrize(("name", "claim", "why"), MISSED, ids=[why for _, _, why in MISSED])
def test_false_claims_that_pass(name: str, claim: str, why: str) -> None:
    """Known misses: each is false, and passes."""
    assert not verify(claim, article(name)).supported, why
