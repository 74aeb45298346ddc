"""Whose words a sentence gives, for "what did Ann say of it": another's are told with doubt.

Who speaks is known only where the text tells it; a sentence without a verb of saying is left alone. Also the
like for "how did Ann vote": a sentence that speaks of nobody may be of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ..._language.wordlists import listed
from ..._text.words import is_stopword, words
from ..questions.match import Tagged
from ..questions.question import Question
from ..words.common import kin

_ASKED = re.compile(
    r"\bwhat\s+(?:did|do|does|has|have|had)\s+(?P<who>[^?,]{1,60}?)\s+"
    r"(?:say|said|tell|told|think|thought|claim|claimed|argue|argued|reply|replied|call|called)\b"
    r"(?:\s+(?:about|of|on|regarding)\s+(?P<what>[^?]{1,80}))?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|told|tells|added|adds|argued|argues|denied|denies|warned|warns|insisted|claimed|claims"
    r"|explained|replied|complained)\b"
)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_SOMEBODY = listed("he she they him her them his their who i we my our both all everyone nobody")
BACK = 2
"""Sentences before, of the same paragraph, in which it is said who "she" is."""


def is_anothers(asked: Question, text: str, before: Sequence[str]) -> bool:
    """Whether the text tells that somebody else says a sentence than the one whose words are asked for.

    `before` are the `BACK` sentences before it in its paragraph: who is named in them may go on speaking.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = read("What did Ann Lee say about the fire?")
    >>> said = ("The fire was small, Tom Roe said.", "The fire was small, Lee said.", "The fire was small.")
    >>> [is_anothers(asked, text, ()) for text in said]
    [True, False, False]
    """
    found = _ASKED.search(asked.text)
    if found is None:
        return False
    known = _known(found["who"])
    told = _QUOTED.sub(" ", text)
    if not known or not _is_said(text) or _names(text, before, known):
        return False
    return any("K" in Tagged(each).classes for each in (told, *before))


def is_off_the_topic(asked: Question, sentence: Tagged) -> bool:
    """Whether a sentence has no word of what somebody's words are asked about.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = read("What did Ann Lee say about the black box?")
    >>> [is_off_the_topic(asked, Tagged(text)) for text in ("Lee said it was late.", "The box is black.")]
    [True, False]
    """
    found = _ASKED.search(asked.text)
    topic = _known(found["what"] or "") if found else frozenset()
    return bool(topic) and topic.isdisjoint(sentence.held)


def _known(said: str) -> frozenset[str]:
    """The content words of a part of a question, and the other forms of them."""
    terms = [word.term for word in words(said) if not is_stopword(word.text)]
    return frozenset(terms).union(*map(kin, terms))


def is_ones_own(asked: Question, text: str, before: Sequence[str]) -> bool:
    """Whether a sentence is said by somebody, and names who is asked for, or follows one that does.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = read("What did Ann Lee say about the fire?")
    >>> [is_ones_own(asked, "It was small, she said.", [first]) for first in ("Lee came.", "It rained.")]
    [True, False]
    """
    found = _ASKED.search(asked.text)
    return found is not None and _is_said(text) and _names(text, before, _known(found["who"]))


def _is_said(text: str) -> bool:
    """Whether a sentence has a verb of saying outside of what is quoted."""
    return _SAID.search(_QUOTED.sub(" ", text)) is not None


def is_of_nobody(asked: Question, sentence: Tagged, before: Sequence[str]) -> bool:
    """Whether "how did Ann vote" is met with a sentence that has neither her name nor a "she"."""
    names = [asked.words[i].term for i in asked.subject if asked.classes[i] == "K"][-1:]
    if asked.kind != "how" or not names or not _SOMEBODY.isdisjoint(sentence.lower):
        return False
    return not _names(sentence.text, before, names)


def _names(text: str, before: Sequence[str], known: Collection[str]) -> bool:
    """Whether a sentence or one of those just before it has one of some words."""
    return any(not Tagged(each).held.isdisjoint(known) for each in (text, *before))
