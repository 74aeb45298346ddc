"""Which lines of an interview say nothing alone: its questions, and the answers that only answer them.

Told by the labels "Q:" and "A:" that stand before them; names as labels are a transcript's. Where an answer
is told with its question, `items` does so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..words.shapes import may_have_a_verb
from ..words.standalone import dangles, hangs

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_LABEL = re.compile(r"[*_]*(?:(?P<asks>Q|Question)|A|Answer)(?: ?\d{1,3})?[.:][*_]*(?:\s+|\Z)")
_LABEL_ALONE = re.compile(r"(?:.*\s)?[*_]*(?:Q|A|Question|Answer)(?: ?\d{1,3})?[.:][*_]*\Z", re.DOTALL)
"""A label with a full stop may be read as a sentence: "A." before "On good days.", with its question too."""
_FEWEST = 2
"""Questions and answers; one alone may be the label of something else."""
_SHORT = 3
_YES = re.compile(
    r"(?:yes|no|not (?:at all|really|yet)|never|sure|of course|absolutely|exactly|perhaps|maybe|indeed|well)"
    r"\b[,.!–—-]*\s*",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:because|so that|in order to)\b(?![^,]*,\s)|.*,\s(?:yes|no)[.!]?$", re.IGNORECASE | re.DOTALL
)
"""A reason for what is not said, or a part of the question with a word of assent."""


def unclear(lines: Sequence[Line]) -> frozenset[int]:
    """The places of the lines of an interview that mean nothing without its questions, or are questions.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["Q: People say you are late.", "A: They are right.", "Q: And now?", "A: Ann Lee drives me."]
    >>> sorted(unclear([Line(number, text, number) for number, text in enumerate(texts, 1)]))
    [0, 1, 2]
    """
    labels = {at: label for at, line in enumerate(lines) if (label := _LABEL.match(line.text))}
    asked = sum(bool(label["asks"]) for label in labels.values())
    if min(asked, len(labels) - asked) < _FEWEST:
        return frozenset()
    found: set[int] = set()
    asking = alone = False
    for at, line in enumerate(lines):
        label, begins = labels.get(at), not at or line.paragraph != lines[at - 1].paragraph
        answers, alone = alone or label is not None, _LABEL_ALONE.match(line.text) is not None
        if label or line.lead or begins:
            asking = label is not None and bool(label["asks"]) and not line.lead
        said = line.text[label.end() :] if label else line.text
        follows = not begins and at - 1 in found and hangs(said)
        if alone or (not line.lead and (asking or follows or (answers and is_elliptic(said)))):
            found.add(at)
    return frozenset(found)


def is_elliptic(answer: str) -> bool:
    """Whether an answer leaves out what the question said.

    >>> [is_elliptic(text) for text in ("By accident.", "Of the bread, yes.", "They were right.")]
    [True, True, True]
    >>> [is_elliptic(text) for text in ("My aunt had an oven in Hull.", "Yes, the shop was sold in May.")]
    [False, False]
    """
    if _PART.match(answer):
        return True
    said = _YES.sub("", answer, count=1) if _YES.match(answer) else answer
    said = said[:1].upper() + said[1:]
    return len(said.split()) <= _SHORT or not may_have_a_verb(said) or dangles(said)
