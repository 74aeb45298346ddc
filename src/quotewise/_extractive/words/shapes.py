"""What kind of word each word is, from closed lists and endings: a part-of-speech guess without a model.

One letter for each word of a sentence. A guess only: it feeds scores, and nothing is decided by it alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..._text.words import Word, words
from .common import mostly_capital

DETERMINER, PREPOSITION, CONJUNCTION, PRONOUN, AUXILIARY, RELATIVE, NEGATION = "DPCRAWN"
NUMBER, YEAR, MONTH, NAME = "#YMK"
VERB, GERUND, ADVERB, PLURAL, ADJECTIVE, OTHER = "vgysjo"

_CLOSED = {
    DETERMINER: """
        the a an this these those its his her their our my your each every some any no all both another
    """,
    PREPOSITION: """
        of in on at by for with from to into onto over under about after before between through during
        against among within without across near toward towards upon via per until since despite behind
        beyond along around throughout outside inside off up down out
    """,
    CONJUNCTION: "and or but nor &",
    PRONOUN: """
        he she it they we i you him them us me himself herself itself themselves one who's there
    """,
    AUXILIARY: """
        is are was were be been being am has have had having do does did will would can could may might must
        should shall cannot
    """,
    RELATIVE: """
        that which who whom whose when where while because if although though as than whether how why what
        so whereas
    """,
    NEGATION: """
        not never n't don't doesn't didn't isn't aren't wasn't weren't won't can't couldn't shouldn't
        wouldn't
    """,
    MONTH: """
        january february march april june july august september october november december monday tuesday
        wednesday thursday friday saturday sunday
    """,
    VERB: """
        made said began became took gave came went found held led won lost left kept brought built bought
        thought taught caught fought sought told sold felt met paid ran saw sent spent stood wrote knew grew
        drew threw flew spoke broke chose rose fell drove rode got put set cut became include includes
        remain remains contain contains called known made become becomes take takes make makes cause causes
        provide provides
    """,
    NUMBER: """
        two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
        million billion trillion dozen half first second third fourth fifth sixth seventh eighth ninth tenth
    """,
}
_CLASS = {word: kind for kind, listed in _CLOSED.items() for word in listed.split()}
_ADJECTIVE_ENDINGS = ("ous", "ful", "ive", "able", "ible", "ical", "ic", "al", "ish")
_CLAUSE = frozenset((AUXILIARY, VERB, PRONOUN, RELATIVE, PLURAL))
_YEAR = re.compile(r"1\d\d\d|20\d\d|\d\d\d0s")


def classes(words: Sequence[Word]) -> str:
    """The class of each word, one letter each.

    >>> from quotewise._text.words import words
    >>> classes(words("The summit in Paris quickly ended 2 wars in March 1756"))
    'DoPKyv#sPMY'
    """
    return "".join(_first(word) if not at else _class(word.text) for at, word in enumerate(words))


def may_have_a_verb(text: str) -> bool:
    """Whether a word of a text may be a verb, or stands where only a clause has one.

    >>> may_have_a_verb("Once a year."), may_have_a_verb("It is paid once.")
    (False, True)
    """
    return not _CLAUSE.isdisjoint(classes(words(text)))


def _first(word: Word) -> str:
    """The class of the first word, whose capital says nothing: a name where prose writes it so elsewhere."""
    found = _class(word.text)
    return _class(word.text.lower()) if found == NAME and not mostly_capital(word.term) else found


@lru_cache(maxsize=65_536)
def _class(word: str) -> str:
    if word[0].isdigit():
        return YEAR if _YEAR.fullmatch(word) else NUMBER
    if word == "May":
        return MONTH
    if not word[0].isupper():
        return _CLASS.get(word) or _by_ending(word)
    closed = _CLASS.get(word.lower(), NAME)
    return NAME if closed == VERB or (word.isupper() and 1 < len(word) < 4) else closed


def _by_ending(word: str) -> str:
    if word.endswith("ly"):
        return ADVERB
    if word.endswith("ed") and len(word) > 4:
        return VERB
    if word.endswith("ing") and len(word) > 5:
        return GERUND
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return PLURAL
    return ADJECTIVE if word.endswith(_ADJECTIVE_ENDINGS) else OTHER
