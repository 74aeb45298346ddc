"""Who comes after somebody in a post: "who will be the new chair" is met with "Tom Roe will succeed her".

Such a sentence seldom says "new" or the post, and the one that does mostly names who leaves. Rules by hand;
whether the question is answered otherwise is for `answer`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ..._language.wordlists import listed, listed_terms
from ..._text.words import term
from ..questions.match import Tagged
from ..questions.question import Question
from ..words.common import kin
from .found import Found

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_LEADS = listed("""
    will would is are be been has have to going become becomes became take taken took over as named appointed
    chosen elected the its their his her our a
    """)
"""What may stand between "who" and "the new chair"."""
_NEXT = listed("new next")
_FOLLOWS = listed_terms("succeed succeeded replace")
_TAKES = listed("take takes took taking taken")
_OVER = listed("from as in on at when next this")
"""What may follow "takes over" where a post is meant, and no firm."""
_MAY_TELL = re.compile(r"succe|replac|\bt(?:ake|akes|ook|aking|aken)\s+over\b", re.IGNORECASE)
"""What a sentence that is looked at has in it; reading all of a long text would take long."""
_BECOME = term("become")
_TELLS = _FOLLOWS | listed_terms("""
    over successor replacement become became appoint appointed elect elected choose chosen nominate
    nominated promote promoted
    """)
"""Without one of these a sentence says nothing of who comes next."""
_FILLED = _TELLS - listed_terms("over successor replacement appoint choose elect nominate")
_SOUGHT = re.compile(
    r"\b(?:search|hunt|look|seek|recruit|advertis)\w*\b[^.;]{0,30}\b(?:successor|replacement)"
    r"|\bno (?:successor|replacement)\b"
    r"|\b(?:successor|replacement)\b[^.;]{0,20}\b(?:yet|not|will be (?:named|chosen|announced))\b",
    re.IGNORECASE,
)
"""Words that say that nobody is known yet."""
_THEM = listed("her him them")
_BEFORE = listed("to who also now")
"""What may stand before a verb, beside other verbs, that is no part of its subject."""
_REACH = 4
"""Words after "succeed" in which it is said whom."""
_BACK = 2
"""Sentences before "will succeed her" in which it is said who she is."""
_SURE = 0.75
"""How sure such a sentence is; not fitted."""


def asks_who_comes_next(asked: Question) -> bool:
    """Whether somebody's successor is asked for.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = ("Who will become the new chair?", "Who will replace Ann Lee?", "Who built the new pier?")
    >>> [asks_who_comes_next(read(question)) for question in asked]
    [True, True, False]
    """
    if asked.expected != "person" or asked.asks_at is None or asked.kind != "who":
        return False
    if asked.next_term in _FOLLOWS or _next_at(asked) is not None or _takes_over(asked):
        return True
    return asked.next_term == _BECOME and _is_to_come(asked)


def succeeded(asked: Question, found: Found, lines: Mapping[int, Line]) -> Found:
    """What is said of the successor that a question asks for; nothing where only who leaves is named."""
    if not asks_who_comes_next(asked):
        return found
    post = _post(asked)
    for number, start, end in _heirs(post, lines):
        return replace(
            found, status="answered", picked=(number,), span=(start, end), confidence=_SURE, doubtful=False
        )
    if found.picked and _is_to_come(asked) and not _tells(Tagged(lines[found.picked[0]].text), post):
        return Found("not_in_source", confidence=0.0, nearest=found.nearest)
    return found


def _tells(sentence: Tagged, post: Collection[str]) -> bool:
    """Whether a sentence may tell who comes next: "the next chair", "was elected", and not "next year".

    That a successor is sought tells nothing.
    """
    if _SOUGHT.search(sentence.text) and _FILLED.isdisjoint(sentence.terms):
        return False
    if not _TELLS.isdisjoint(sentence.terms):
        return True
    at = (i for i, word in enumerate(sentence.lower) if word in _NEXT)
    return any(term in post for i in at for term in sentence.terms[i + 1 : i + 1 + _REACH])


def _next_at(asked: Question) -> int | None:
    """Where "new" or "next" stands before the post, with nothing but small words and names before it."""
    lower = [word.text.lower() for word in asked.words]
    for i in range((asked.asks_at or 0) + 1, len(lower) - 1):
        if lower[i] in _NEXT:
            return i
        if lower[i] not in _LEADS and asked.classes[i] != "K":
            return None
    return None


def _post(asked: Question) -> frozenset[str]:
    """The words for the post or for who leaves it: those up to the next small word."""
    said = [i for i in asked.wanted if asked.words[i].term not in _TELLS | _TAKES | _NEXT]
    first = min(said, default=0)
    small = (i for i in range(first, len(asked.words)) if asked.classes[i] == "P")
    end = next(small, len(asked.words))
    return frozenset(asked.words[i].term for i in said if i < end)


def _takes_over(asked: Question) -> bool:
    lower = [word.text.lower() for word in asked.words]
    return any(one in _TAKES and two == "over" for one, two in pairwise(lower))


def _is_to_come(asked: Question) -> bool:
    return any(word.text.lower() in ("will", "next", "going") for word in asked.words)


def _heirs(post: Collection[str], lines: Mapping[int, Line]) -> Iterator[tuple[int, int, int]]:
    """The lines that name who comes after somebody in a post, each with the characters of the name."""
    if not post:
        return
    known = frozenset(post).union(*map(kin, post))
    told = list(lines.items())
    for at, (number, line) in enumerate(told):
        if not _MAY_TELL.search(line.text):
            continue
        one = Tagged(line.text)
        near = frozenset[str]().union(
            *(Tagged(each.text).held for _, each in told[max(0, at - _BACK) : at + 1])
        )
        if all(not near.isdisjoint({word, *kin(word)}) for word in post) and (name := _heir(one, known)):
            first, last = one.words[name[0]], one.words[name[1] - 1]
            yield number, first.start, last.end


def _heir(sentence: Tagged, known: Collection[str]) -> tuple[int, int] | None:
    """The name of who succeeds somebody, or takes over from them; None where it says no such thing."""
    for i, verb in enumerate(sentence.terms):
        if verb in _FOLLOWS and "by" in sentence.lower[i + 1 : i + 2]:
            name = _name(sentence, i + 2, len(sentence))
        elif (verb in _FOLLOWS and _is_of_them(sentence, i, known)) or _is_taking_over(sentence, i):
            name = _subject(sentence, i)
        else:
            continue
        if name and frozenset(sentence.terms[slice(*name)]).isdisjoint(known):
            return name
    return None


def _is_of_them(sentence: Tagged, verb: int, known: Collection[str]) -> bool:
    said = range(verb + 1, min(verb + 1 + _REACH, len(sentence)))
    return any(sentence.lower[i] in _THEM or sentence.terms[i] in known for i in said)


def _is_taking_over(sentence: Tagged, i: int) -> bool:
    if sentence.lower[i] not in _TAKES or sentence.lower[i + 1 : i + 2] != ["over"]:
        return False
    return sentence.broken[i + 2] or sentence.lower[i + 2] in _OVER


def _subject(sentence: Tagged, verb: int) -> tuple[int, int] | None:
    """The name that a verb is said of: before an aside ("Tom Roe, head of Derby, will"), or the nearest."""
    at = verb
    while at > 0 and (sentence.lower[at - 1] in _BEFORE or sentence.classes[at - 1] in "vA"):
        at -= 1
    if at and sentence.broken[at]:
        asides = (i for i in reversed(range(1, at)) if sentence.broken[i] and sentence.classes[i - 1] == "K")
        at = next(asides, at)
    ends = next((i for i in reversed(range(1, at + 1)) if sentence.classes[i - 1] == "K"), 0)
    start = ends
    while start > 0 and sentence.classes[start - 1] == "K" and (start == ends or not sentence.broken[start]):
        start -= 1
    return (start, ends) if start < ends else None


def _name(sentence: Tagged, start: int, stop: int) -> tuple[int, int] | None:
    """The first name in a clause."""
    first = next((i for i in range(start, stop) if sentence.classes[i] == "K"), stop)
    if any(sentence.broken[start + 1 : first + 1]):
        return None
    end = first
    while end < stop and sentence.classes[end] == "K" and (end == first or not sentence.broken[end]):
        end += 1
    return (first, end) if first < end else None
