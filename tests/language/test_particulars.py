"""Who, when and how much of a statement: what is a day's name, a clock's time and a number that counts."""

from __future__ import annotations

import pytest

from quotewise._language.particulars import particulars, telling


@pytest.mark.parametrize(
    ("text", "who", "when", "how_much"),
    [
        ("The trains of Westlink stop on Good Friday.", ("Westlink",), ("Good Friday",), ()),
        ("A boat goes on Easter Monday and at Christmas.", (), ("Easter Monday", "Christmas"), ()),
        ("Good Harvest Ltd closed on Friday.", ("Good Harvest Ltd",), ("Friday",), ()),
        ("Christmas Island has 1,800 people.", ("Christmas Island",), (), ("1,800",)),
        ("The vote was on Oct. 23, 2025.", (), ("Oct. 23, 2025",), ()),
        ("The meeting closed at 9.12 pm.", (), ("9.12 pm",), ()),
        ("A share of 9.12 pounds was paid.", (), (), ("9.12 pounds",)),
        ("They talked of the rates for 2026/27.", (), ("2026",), ()),
        ("A leak was found under plot 31.", (), (), ()),
        ("The plots gave 31 kg of beans.", (), (), ("31 kg",)),
        ("It was the first of three strikes.", (), (), ("three",)),
        ("A third of them left.", (), (), ("A third",)),
        ("RESOLVED: that Ann Lee pays £4.", ("Ann Lee",), (), ("£4",)),
    ],
)
def test_who_when_and_how_much_are_told(
    text: str, who: tuple[str, ...], when: tuple[str, ...], how_much: tuple[str, ...]
) -> None:
    """A rank, a number that only names and half of a year are no amounts; a feast is no person."""
    assert particulars(text) == (who, when, how_much)


def test_a_sign_keeps_two_statements_apart() -> None:
    """A minus is as much as another number."""
    assert telling("Growth was -3% in May.") != telling("Growth was 3% in May.")
    assert telling("Growth was -3% in May.") == telling("In May growth was minus 3%.")
