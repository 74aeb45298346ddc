"""From any text to the claims in it, each with its exact place.

Where a sentence ends is decided in `_text.sentences`; this module only decides what counts as a claim.
"""

from __future__ import annotations

from .._results import Span
from .._text.sentences import sentences


def claims_of(text: str) -> tuple[Span, ...]:
    """Where each claim of a text stands: its sentences and list items that hold a word."""
    return tuple(span for span in sentences(text) if any(c.isalnum() for c in text[span.start : span.end]))
