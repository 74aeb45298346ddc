"""A table's "Yes" and "No": each tells of its row, under its column's head."""

from __future__ import annotations

import pytest

from quotewise import ask, verify

TABLE = (
    "| Feature | Brisa 200 | Brisa 300 |\n|---|---|---|\n| Noise | 38 dB | 32 dB |\n"
    "| App control | No | Yes |\n| Timer | ✓ | ✗ |\n"
)
PROSE = "# Brisa fans\n\nThe fans can be returned.\n\n" + TABLE + "\nThe Brisa 300 can be driven by app."
BARE = "| Feature | Brisa 200 | Brisa 300 |\n|---|---|---|\n| App control | No | Yes |\n"


@pytest.mark.parametrize("article", [TABLE, PROSE, BARE])
@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("The Brisa 200 has no app control.", True),
        ("The Brisa 200 does not have app control.", True),
        ("The Brisa 200 lacks app control.", True),
        ("App control, Brisa 200: No", True),
        ("The Brisa 300 has app control.", True),
        ("App control, Brisa 300: Yes", True),
        ("The Brisa 200 has app control.", False),
        ("The Brisa 300 has no app control.", False),
        ("The Brisa 300 lacks app control.", False),
        ("App control, Brisa 300: No", False),
    ],
)
def test_a_cell_denies_or_affirms_its_row(article: str, claim: str, supported: bool) -> None:
    """Whatever stands in the cells beside it."""
    assert verify(claim, article).supported is supported


@pytest.mark.parametrize(
    ("claim", "supported"), [("The Brisa 300 has no timer.", True), ("The Brisa 300 has a timer.", False)]
)
def test_a_mark_is_read_as_its_word(claim: str, supported: bool) -> None:
    """A tick and a cross tell the same as "Yes" and "No"."""
    assert verify(claim, TABLE).supported is supported


@pytest.mark.parametrize(
    "claim", ["The Brisa 300 has app control, not a handset.", "Both Brisa fans are quiet."]
)
def test_what_is_denied_beside_the_row_is_not_held_against_it(claim: str) -> None:
    """Nor is a claim that names no one cell."""
    assert not [each for each in verify(claim, PROSE).claims[0].verdict.issues if each.kind == "polarity"]


@pytest.mark.parametrize("article", [TABLE, PROSE, BARE])
def test_the_engine_answers_with_the_cell(article: str) -> None:
    """Its answer stands before its own check."""
    answer = ask("Does the Brisa 200 have app control?", article, model="extractive")
    assert (answer.status, answer.text) == ("answered", "App control, Brisa 200: No")
