"""Which item of a claim stands for which item of a sentence."""

from __future__ import annotations

from itertools import product

import pytest

from quotewise._grounding.align import _KNOWN, Layout, _fit, align
from quotewise._language.passage import Passage

SENTENCES = (
    "Most of the 14 councils may not raise fees by more than 2.5% before May 2026, Ann Lee said.",
    "Few towns could lower their unsafe bridges, and none was better or worse than the first.",
    "A. Lee of the Harbour Board denied that she and the Danish harbourmaster were harmless.",
    "In 2024 all three ferries, the last ones, increased the highest fares; they fell again on Friday.",
    "The UK's largest firm is careful, the smallest careless: each of them sold half its ships.",
)


@pytest.mark.parametrize("claim", SENTENCES)
@pytest.mark.parametrize("said", SENTENCES)
def test_an_item_fits_each_as_the_two_fit_alone(claim: str, said: str) -> None:
    """What is never held against each other is what has nothing to do with each other."""
    theirs = Passage(said).items
    layout = Layout(Passage(said))
    for one in Passage(claim).items:
        assert layout.fits(one) == [_fit(one, other) for other in theirs]


def test_a_sentence_is_aligned_with_itself_word_by_word() -> None:
    """Every item is its own partner."""
    for text in SENTENCES:
        found = align(Passage(text), Layout(Passage(text)), 0)
        assert found.pair == tuple(range(len(found.pair)))
        assert found.closeness == 1.0


def test_more_words_than_are_kept_fit_as_before() -> None:
    """How a word fits is remembered for some words only, and is the same when it is asked again."""
    layout = Layout(Passage(SENTENCES[0]))
    made = ("".join(letters) for letters in product("bdfghklmnprst", "aeiouy", ["ck", "rt"]))
    many = Passage(" ".join(made)).items
    assert len({item.low for item in many}) > _KNOWN
    for one in (*Passage(SENTENCES[0]).items, *many, *Passage(SENTENCES[1]).items) * 2:
        assert layout.fits(one) == [_fit(one, other) for other in layout.items]


def test_a_claim_without_stops_is_aligned_as_far_as_it_is_read() -> None:
    """What stands beyond the reach of an alignment has no partner, and every item is accounted for."""
    claim = Passage("towns raised fees and " * 400)
    found = align(claim, Layout(Passage(SENTENCES[0])), 0)
    assert len(found.pair) == len(found.match) == len(claim.items)
    assert set(found.pair[1_000:]) == {None}
    assert set(found.match[1_000:]) == {0.0}
