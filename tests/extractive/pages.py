"""Texts as the engine sees them: the numbered lines of a prompt."""

from __future__ import annotations

from quotewise._plans.numbered import Line


def page(*texts: str) -> list[Line]:
    """Lines, each a paragraph of its own."""
    return [Line(number, text, number) for number, text in enumerate(texts, 1)]
