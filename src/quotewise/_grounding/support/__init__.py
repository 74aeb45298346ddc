"""How likely is it that an article supports a text? A trained score, one for each claim and each word.

`Index` is made once per article, `score` asked once per text. It reads what the checks found (`findings`,
beside this package) next to what it sees itself. The rules that explain themselves stand there; this gives
numbers.
"""

from __future__ import annotations

from .features import FINDINGS, Found
from .index import Index, normal
from .model import Cuts, Support, by_claim, cuts, score

__all__ = ["FINDINGS", "Cuts", "Found", "Index", "Support", "by_claim", "cuts", "normal", "score"]
