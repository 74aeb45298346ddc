"""Whether what two articles answer to one question cannot both be: other numbers, other days, another name.

Of names only where one alone can be the answer ("who won", "who is the mayor"): two who criticise a plan are
no disagreement. Places are left out, since one may lie in the other.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from .._language.names import names, same_name
from .._language.roles import NOT_IN_OFFICE, OFFICES
from .._language.typed import Value, agree
from .._language.values import values
from .._language.wordlists import classes, listed, listed_terms
from .._text.words import words
from .questions.match import Tagged
from .questions.question import Question
from .words.common import kin

_BY_ONE = listed_terms("""
    won win wins lead leads led heads headed chairs chaired captain captained manages managed coaches coached
    designed designs invented invents discovered founded wrote write written composed directed painted
    succeed succeeded replace replaced become became
    """)
"""What one alone does, or a few together."""
_BE = listed("is was will")
_OWNS = ("'s", "’s")
_NOT_NOW = [[word] for word in sorted(NOT_IN_OFFICE)]
_PLACES_IN_MONTH = classes("""
    1: early beginning start
    2: mid middle
    3: late end
""")
_DAYS = {"1": (1, 12), "2": (8, 22), "3": (18, 31)}
"""The days of a month that "early", "mid" and "late" may mean, generously."""


class Side(NamedTuple):
    """What one article answers: the words, empty where none do, and the sentence they stand in."""

    words: str
    sentence: str


def disagree(asked: Question, one: Side, other: Side) -> bool:
    """Whether two articles' answers to a question cannot both be.

    >>> from quotewise._extractive.questions.question import read
    >>> won = [Side(name, f"{name} won the race.") for name in ("Ann Lee", "Lee", "Tom Roe")]
    >>> [disagree(read("Who won the race?"), won[0], side) for side in won[1:]]
    [False, True]
    >>> spoke = [Side(name, f"{name} spoke.") for name in ("Ann Lee", "Tom Roe")]
    >>> disagree(read("Who spoke?"), *spoke)
    False
    """
    here, there = values(one.words), values(other.words)
    if here and there:
        if bool(here[0].parts) != bool(there[0].parts):
            return False
        same = any((agree(a, b) or agree(b, a)) and _same_part(one, a, other, b) for a in here for b in there)
        return not same
    return not here and not there and _other_names(asked, one, other)


def _same_part(one: Side, here: Value, other: Side, there: Value) -> bool:
    """Whether two dates may be of the same part of a month: "3 June" is not "late June"."""
    first, second = _days(one.words, here), _days(other.words, there)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def _days(text: str, date: Value) -> tuple[int, int] | None:
    """The first and last day of a month that a date may mean; None where it is not of a part of a month."""
    parts = dict(date.parts)
    if "month" not in parts:
        return None
    if "day" in parts:
        return int(parts["day"]), int(parts["day"])
    before = (word.text.lower() for word in words(text[: date.end]))
    return next((_DAYS[part] for word in before if (part := _PLACES_IN_MONTH.get(word))), None)


def _other_names(asked: Question, one: Side, other: Side) -> bool:
    """Whether both name somebody, not the same, for what one alone can have done or be."""
    what = _one_alone(asked)
    if not what or not all(_tells(what, side.sentence) for side in (one, other)):
        return False
    here, there = (names(side.words, words(side.words)) for side in (one, other))
    return bool(here and there) and not any(same_name(a, b) for a in here for b in there)


def _one_alone(asked: Question) -> frozenset[str]:
    """What only one can have done or be, as the question says it: its verbs, or an office; else nothing."""
    if asked.kind not in ("who", "noun"):
        return frozenset()
    done = frozenset(asked.terms) & _BY_ONE
    is_who = asked.kind == "who" and asked.words[asked.after].text.lower() in _BE
    return done or frozenset(asked.words[i].term for i in asked.wanted if is_who and _is_office(asked, i))


def _is_office(asked: Question, i: int) -> bool:
    """Whether a word of "who is the mayor of Nes" is the office: of "the mayor's wife" it is not."""
    word = asked.words[i]
    ends = i + 1 == len(asked.words) or asked.classes[i + 1] == "P"
    return ends and word.term in OFFICES and asked.classes[i] != "s" and word.text.lower()[-2:] not in _OWNS


def _tells(what: Collection[str], text: str) -> bool:
    """Whether a sentence says it in these words or their like, and not of who was it before."""
    sentence = Tagged(text)
    said = frozenset(what).union(*map(kin, what))
    at = [i for i, term in enumerate(sentence.terms) if term in said]
    return any(sentence.lower[i - 1 : i] not in _NOT_NOW for i in at)
