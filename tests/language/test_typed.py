"""Numbers, amounts, dates and times in their normal forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._language.typed import agree
from quotewise._language.values import values

CASES = json.loads((Path(__file__).parents[1] / "cases" / "values.json").read_text(encoding="utf-8"))


PIECES = CASES["pieces"]


@pytest.mark.parametrize(("claim", "said"), CASES["same"])
def test_two_ways_to_write_a_value_agree(claim: str, said: str) -> None:
    """A claim may write a value in another form, or more vaguely, than the article."""
    (ours,), (theirs,) = values(claim), values(said)
    assert agree(ours, theirs)


@pytest.mark.parametrize(("claim", "said"), CASES["different"])
def test_two_values_do_not_agree(claim: str, said: str) -> None:
    """Another amount, unit, day or direction is another value."""
    (ours,), (theirs,) = values(claim), values(said)
    assert not agree(ours, theirs)


@pytest.mark.parametrize(("text", "amounts"), CASES["signed"])
def test_a_dash_is_a_sign_where_it_can_be_nothing_else(text: str, amounts: list[float]) -> None:
    """Not in a range, a score or an aside, nor before what it joins to a word."""
    assert [value.signed for value in values(text)] == amounts


@given(st.integers(1, 999_999), st.sampled_from(["-", "−", "minus "]), st.sampled_from(["%", " degrees", ""]))
def test_a_sign_is_read_and_never_forgiven(number: int, minus: str, unit: str) -> None:
    """However it is written, an amount below nought is another one than that above."""
    (plain,), (below,) = values(f"It was {number:,}{unit}."), values(f"It was {minus}{number:,}{unit}.")
    assert (plain.signed, below.signed) == (number, -number)
    assert not agree(plain, below)
    assert not agree(below, plain)


@pytest.mark.parametrize("text", CASES["none"])
def test_what_only_looks_like_a_value_is_none(text: str) -> None:
    """Digits that belong to a name, and months that are verbs, are no values."""
    assert values(text) == ()


@given(st.integers(1, 999_999_999_999))
def test_separators_do_not_change_a_number(number: int) -> None:
    """A number agrees with itself, with and without separators of thousands."""
    (plain,), (separated,) = values(f"{number} men"), values(f"{number:,} men")
    assert agree(plain, separated)
    assert agree(separated, plain)


@given(st.integers(1, 999), st.sampled_from(["thousand", "million", "billion"]))
def test_a_scale_word_multiplies(number: int, scale: str) -> None:
    """Three million is 3,000,000."""
    factor = {"thousand": 10**3, "million": 10**6, "billion": 10**9}[scale]
    (short,), (long,) = values(f"{number} {scale} men"), values(f"{number * factor:,} men")
    assert agree(short, long)


@given(st.integers(0, 23), st.integers(0, 59))
def test_both_clocks_tell_the_same_time(hour: int, minute: int) -> None:
    """17:30 is 5:30 pm."""
    half = "am" if hour < 12 else "pm"
    (one,), (other,) = values(f"at {hour:02}:{minute:02}"), values(f"at {hour % 12 or 12}:{minute:02} {half}")
    assert agree(one, other)
    assert agree(other, one)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Values stand in order inside the text, and nothing in it raises."""
    found = values(text)
    assert all(0 <= value.start < value.end <= len(text) for value in found)
    assert list(found) == sorted(found, key=lambda value: value.start)


@given(st.lists(st.sampled_from(PIECES)))
def test_any_sequence_of_number_words_can_be_read(pieces: list[str]) -> None:
    """The words that numbers are made of, in any order, raise nothing."""
    for value in values(" ".join(pieces)):
        assert agree(value, value) or value.low != value.high
