"""Proper names: where they stand, and which name the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._language.names import Style, fold, names, same_name
from quotewise._text.words import words


def parts(text: str, style: Style | None = None) -> list[tuple[str, ...]]:
    found = names(text, words(text), style) if style else names(text, words(text))
    return [name.parts for name in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met Sir Keir Starmer in Paris.", [("keir", "starmer"), ("paris",)]),
        ("He met German Chancellor Olaf Scholz.", [("germany",), ("olaf", "scholz")]),
        ("He met Ursula von der Leyen.", [("ursula", "von", "der", "leyen")]),
        ("He met Mette Frederiksen and Donald Tusk.", [("mette", "frederiksen"), ("donald", "tusk")]),
        ("It is the Bank of England's view.", [("bank", "of", "england")]),
        ("She lives in the United States.", [("us",)]),
        ("They left on Monday in May.", []),
        ("However, according to them it rained.", []),
        ("I think it rained.", []),
    ],
)  # fmt: skip
def test_names_are_runs_of_capitals(text: str, found: list[tuple[str, ...]]) -> None:
    """Titles and countries stand apart from the name, small words inside belong to it, dates are none."""
    assert parts(text) == found


def test_the_article_tells_what_an_opening_word_is() -> None:
    """A word that the article writes small is no name where it begins a sentence."""
    text = "Analysts doubt it."
    assert parts(text, Style(small=frozenset(["analysts"]))) == []
    assert parts("Marsh scored.", Style(capital=frozenset(["marsh"]))) == [("marsh",)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Keir Starmer", "Starmer", True),
        ("K. Starmer", "Keir Starmer", True),
        ("Mr Starmer", "Sir Keir Starmer", True),
        ("Volodymyr Zelensky", "Volodyrmyr Zelensky", True),
        ("World Health Organization", "WHO", True),
        ("European Union", "EU", True),
        ("Denmark", "Danish", True),
        ("Élysée", "Elysee", True),
        ("Keir Starmer", "Keir Davey", False),
        ("Tom Brackley", "John Brackley", False),
        ("France", "Germany", False),
        ("Iran", "Iraq", False),
        ("Austria", "Australia", False),
    ],
)
def test_two_names_of_the_same(one: str, other: str, same: bool) -> None:
    """Parts, initials, acronyms, adjectives of countries and one slip of the pen are allowed; no more."""
    (first,), (second,) = (names(f"We saw {each}.", words(f"We saw {each}.")) for each in (one, other))
    assert same_name(first, second) is same
    assert same_name(second, first) is same


@given(st.text(max_size=200))
def test_any_text_has_names_in_order(text: str) -> None:
    """Names stand in order inside the text and have parts, whatever the text."""
    found = names(text, words(text))
    assert all(0 <= name.start < name.end <= len(text) and name.parts for name in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("word", ["Starmer’s", "ÉLYSÉE", "U.S", "Danish", "𝙰lan"])
def test_folding_twice_changes_nothing(word: str) -> None:
    """A folded part is its own fold, so that parts compare in either order."""
    assert fold(fold(word)) == fold(word)
