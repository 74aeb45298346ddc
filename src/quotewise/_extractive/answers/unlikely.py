"""Words of a sentence that by what they are cannot answer, or hardly: a month where it is asked who.

Rules by hand; what follows from them, refusal or doubt, is decided in `answer`.
"""

from __future__ import annotations

import re

from ..._language.wordlists import listed
from ..questions.match import Tagged
from ..questions.question import Question

_PLACING = listed("""
    in at near on from to into across outside inside off between along by through around within throughout
    under over behind beyond toward towards onto beside above below via where against north south east west
    """)
_PLACED = 3
"""Words before a place in which "in" or "near" stands."""
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|in light of|in order to|so that|amid|prompted|concerns?|reasons?"
    r"|therefore|as a result|thanks to|caused?|causes|led to|so|for|in protest|to \w+|after|when)\b",
    re.IGNORECASE,
)
"""What may lead a reason."""
_PERSONS = listed("""
    person persons people man men woman women boy boys girl girls child children somebody someone nobody
    everyone family families crew team group council committee board company firm government police army
    union party king queen friend friends staff public captain chief court parliament ministry side
    guard guards mother father brother brothers sister sisters wife husband son sons daughter daughters
    youth youths bishop pope half third most majority none all both bank church club press state states
    members member nurse nurses monk monks wives emperor god gods tribe tribes country nation nations
    society association colleague colleagues slave slaves saint poet poets troops forces rebels bride
    twins cook cooks thief thieves one few many others pilot pilots spy spies guest guests host hosts
    relative relatives native natives
    """)
_PERSON_ENDS = re.compile(r"(?:[eo]r|ist|ian|ant|ent|ee|man|men|cian|crat|ive|ate|al|ic|ese|ish)s?$")
"""How words for a person mostly end; others end so, too, and are let pass."""
_PLACES_NAMED = listed("""
    bridge street road lane avenue square river lake sea island islands hill valley station airport
    school hall
    """)


def tells_when(asked: Question, sentence: Tagged, start: int, end: int) -> bool:
    """Whether the words `start:end` are a month or a year where it is asked who or where.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("The factory in Holm opens by the end of March.")
    >>> [tells_when(read("Where is the factory?"), text, *words) for words in ((6, 10), (3, 4))]
    [True, False]
    """
    said = sentence.classes[start:end]
    return asked.kind in ("who", "where") and "K" not in said and ("M" in said or "Y" in said)


def is_no_place(asked: Question, sentence: Tagged, start: int, end: int) -> bool:
    """Whether it is asked where, and nothing like "in" or "near" stands before or at the words `start:end`.

    What follows a colon or a bracket, or opens the sentence, may be a place without it.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("King Oskar met the board in the old town hall.")
    >>> [is_no_place(read("Where did the board meet?"), text, *words) for words in ((0, 2), (3, 5), (6, 9))]
    [False, True, False]
    """
    if asked.kind != "where" or not start or sentence.gaps[start].strip(" \"“'‘"):
        return False
    return _PLACING.isdisjoint(sentence.lower[max(0, start - _PLACED) : start + 1])


def gives_no_reason(asked: Question, text: str) -> bool:
    """Whether it is asked why, and a sentence has no word that may lead a reason.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = read("Why was the pier closed?")
    >>> gives_no_reason(asked, "The pier was closed."), gives_no_reason(asked, "It was closed after a storm.")
    (True, False)
    """
    return asked.kind == "why" and _REASON.search(text) is None


def is_nobody(asked: Question, sentence: Tagged, start: int, end: int) -> bool:
    """Whether it is asked who, and the words `start:end` name nobody and no sort of person.

    >>> from quotewise._extractive.questions.question import read
    >>> asked, text = read("Who opposed it?"), Tagged("The old Mill Bridge, the rain, miners, Ann Lee.")
    >>> [is_nobody(asked, text, *at) for at in ((0, 4), (4, 6), (6, 7), (7, 9))]
    [True, True, False, False]
    """
    if asked.kind != "who":
        return False
    lower, shape = sentence.lower[start:end], sentence.classes[start:end]
    if "R" in shape or any(word in _PERSONS or _PERSON_ENDS.search(word) for word in lower):
        return False
    if "K" not in shape:
        return True
    return "the" in lower and lower[-1] in _PLACES_NAMED
