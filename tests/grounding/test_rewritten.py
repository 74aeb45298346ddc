"""True and false claims in free words, about articles of several kinds.

Those about the articles of `cases/rewritten` were written before it was seen how the checks treat them, and
those about `cases/articles` after the first rules made with them. Five articles (depot, allotment, libraries,
orchard, band) came with later rules. Of the test half (four articles) no single claim's verdict was looked
at; of the other half they were.
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
    ("merger", "Shares fell because the dividend will be cut.", "no cause is given"),
    ("screens", "At weekends the pupils slept longer too.", '"there was no difference" then'),
    ("flood", "The bridge will be demolished, Brackley said.", '"did not rule out" is no decision'),
    ("earnings", "The fishing unit has 14,500 workers.", "workers and people"),
    ("orchard", "The railway was closed for five hours.", "the road was, the railway was not affected"),
    ("band", "A used tuba costs £3,900.", "what a new one costs"),
    ("depot", "A new diesel bus costs £410,000.", "what the other kind costs"),
    ("libraries", "More books were lost in 2023 than in 2022.", '"lost" for "never returned"'),
]
TAKEN_OUT = [
    ("screens", "Headaches became rarer in the comparison group only."),
    ("screens", "Mood improved because the pupils used their phones less."),
    ("screens", "Quiet explains the finding, Laine said."),
    ("ferries", "The Petrel takes 240 cars."),
    ("ferries", "The islands' council granted \u00a31 million more."),
    ("ferries", "The fire on the Gannet was caused by a mistake of the crew."),
    ("ferries", "The agency blamed the crew."),
    ("flood", "The agency claimed that Mistry had ignored its calls since January."),
    ("flood", "The agency accused Mistry of ignoring its calls."),
    ("flood", "Some 350 people were moved out of Penwick."),
    ("earnings", "The German market was weak because copper prices had risen."),
    ("earnings", "Solheim accepted the idea of selling the fishing unit."),
    ("budget", "The tram line will cost $700 million."),
    ("budget", "Brandt lost a third of his sales because of the tram line."),
    ("depot", "Ruth Hale said that the sprinklers had failed."),
    ("depot", "The union denied that it had asked for an inspection."),
    ("depot", "Vale Transit supports the inquiry."),
    ("depot", "Pupils at Fernside School missed the first lesson."),
    ("allotment", "The committee allowed Mr Abbot to keep six hens."),
    ("libraries", "The staff union still opposes the change."),
    ("libraries", "The report recommends reminders by post."),
    ("orchard", "Sonja Wirth promised to pay 70 per cent of the damage."),
    ("band", "Mr Amadi mended the bass drum."),
]
"""Caught once, by checks that decided next to nothing on texts that nobody had read for them."""


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
        ("development", False, 224, 157),
        ("development", True, 181, 173),
        ("test", False, 77, 44),
        ("test", True, 68, 64),
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


@pytest.mark.xfail(
    strict=True, reason="the check that saw this was taken out: see benchmarks/results/checks.md"
)
@pytest.mark.parametrize(("name", "claim"), TAKEN_OUT, ids=[claim for _, claim in TAKEN_OUT])
def test_false_claims_that_pass_again(name: str, claim: str) -> None:
    """What was caught while these articles were read for it."""
    assert not verify(claim, article(name)).supported
