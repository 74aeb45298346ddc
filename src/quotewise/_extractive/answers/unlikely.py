"""Words of a sentence that by what they are cannot answer, or hardly: a month where it is asked who.

Rules by hand; what follows from them, refusal or doubt, is decided in `answer`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..._language.meanings import senses, together
from ..._language.wordlists import listed
from ..questions.match import Tagged
from ..questions.question import Question
from ..words.speakers import speaker, without_speaker

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
_CLAUSE = 30
"""Characters after "when" in which it is said what happened."""
_FAMILY = (
    "husband|wife|son|daughter|father|mother|brother|sister|widow|child|baby|friend|partner|neighbou?r"
    "|dog|cat"
)
_KIN = re.compile(_FAMILY, re.IGNORECASE)
_RELATED = (
    f"{_FAMILY}|pilot|captain|driver|owner|victim|suspect|director|teacher|doctor|nurse|officer|guard|witness"
    "|author|editor|mayor|president|chairman|minister|manager|boss|coach|clerk|man|woman|boy|girl"
)
_ASKS_NAME = re.compile(
    rf"\bnames? of (?:[\w.]+(?:['’]s?)? ){{0,3}}?(?P<of>{_RELATED})\b"
    rf"|\b(?P<whose>{_RELATED})(?:['’]s name| named| called)\b",
    re.IGNORECASE,
)
"""It asks for the name of somebody who has one of one's own."""
_SOMEBODY = re.compile(rf"\b(?:{_RELATED})s?\b", re.IGNORECASE)
_OPENING = listed("the a an its his her their our my this that new former")
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
_TALKING = listed("i we you me us my our your i'm i'll i've we're we'll you're thanks")
_PLACES_NAMED = listed("""
    bridge street road lane avenue square river lake sea island islands hill valley station airport
    school hall
    """)


_NEAR = 6
"""Words between somebody and the name."""


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
    >>> said = ("The pier was closed.", "It was closed after a storm.", "He slept when the pier was closed.")
    >>> [gives_no_reason(asked, text) for text in said]
    [True, False, True]
    """
    return asked.kind == "why" and all(_only_when(asked, text, led) for led in _REASON.finditer(text))


def _only_when(asked: Question, text: str, led: re.Match[str]) -> bool:
    """Whether "when" or "after" leads only what it is asked about: "when the lorry rolled"."""
    if led[0].lower() not in ("when", "after"):
        return False
    return not frozenset(asked.terms).isdisjoint(Tagged(text[led.end() : led.end() + _CLAUSE]).held)


def says_the_opposite(asked: Question, sentence: Tagged) -> bool:
    """Whether a date, a place, a person or a number is asked for that a verb has, and a sentence lacks the
    verb and has its opposite.

    >>> from quotewise._extractive.questions.question import read
    >>> asked, other = read("When did the fair end?"), read("When did the fair begin?")
    >>> [says_the_opposite(each, Tagged("The fair began in May.")) for each in (asked, other)]
    [True, False]
    """
    if asked.kind not in ("who", "when", "where", "many", "much"):
        return False
    subject = {asked.words[i].term for i in asked.subject}
    verbs = {asked.last_term, asked.next_term} - subject - sentence.held
    held = together([*sentence.held, *(term.removeprefix("re") for term in sentence.held)])
    for verb in verbs:
        said = senses().of(verb)
        if said.own.isdisjoint(held.own) and not said.opposite.isdisjoint(held.own):
            return True
    return False


def gives_no_name(asked: Question, sentence: Tagged) -> bool:
    """Whether the name of a wife or a pilot is asked for, and a sentence lacks one, or has no name that the
    question has not.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = read("What is the name of her husband?")
    >>> [gives_no_name(asked, Tagged(text)) for text in ("Her husband is.", "Ann is ill.", "Her husband Bo.")]
    [True, True, False]
    """
    if (found := _ASKS_NAME.search(asked.text)) is None:
        return False
    own = found["of"] or found["whose"]
    kin = _KIN.fullmatch(own) is not None
    return not _is_named(asked, sentence, re.compile(own, re.IGNORECASE) if kin else _SOMEBODY)


def names_somebody(asked: Question, sentence: Tagged) -> bool:
    """Whether a sentence has a name beside the very word for somebody whose name is asked for.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = read("What is the name of her husband?")
    >>> [names_somebody(asked, Tagged(text)) for text in ("Her mother is Ann.", "Her husband is Bo.")]
    [False, True]
    """
    found = _ASKS_NAME.search(asked.text)
    return found is not None and _is_named(asked, sentence, re.compile(found["of"] or found["whose"], re.I))


def _is_named(asked: Question, sentence: Tagged, somebody: re.Pattern[str]) -> bool:
    """Whether a name that the question has not stands near a word for somebody."""
    at = [i for i, word in enumerate(sentence.lower) if somebody.fullmatch(word)]
    words = list(zip(sentence.terms, sentence.classes, strict=True))
    near = (word for i in at for word in words[max(0, i - _NEAR) : i + _NEAR + 1])
    return any(kind == "K" and term not in asked.terms for term, kind in near)


def is_anothers_post(asked: Question, sentence: Tagged, before: Sequence[str]) -> bool:
    """Whether it is asked who has a post with somebody, and a sentence names only who has it with others.

    `before` are the sentences before it in its paragraph, which may say whose post it is.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = read("Who is the manager of Hull?")
    >>> said = [Tagged(f"{whose} manager Gail Brooks was not pleased.") for whose in ("Leeds", "The Hull")]
    >>> [is_anothers_post(asked, text, ()) for text in said]
    [True, False]
    """
    names = {asked.words[i].term for i in asked.wanted if asked.classes[i] == "K"}
    posts = {asked.words[i].term for i in asked.wanted if asked.classes[i] in "oj"}
    known = sentence.held.union(*(Tagged(text).held for text in before))
    if asked.kind != "who" or not names or not posts or not names.isdisjoint(known):
        return False
    at = [i for i, term in enumerate(sentence.terms) if term in posts]
    return any(_is_of_somebody(sentence, i) for i in at)


def is_only_the_speaker(asked: Question, sentence: Tagged) -> bool:
    """Whether it is asked who, and all that a sentence has of it is the label of whoever speaks in it.

    >>> from quotewise._extractive.questions.question import read
    >>> asked = read("Who is the chair?")
    >>> said = ("CHAIR: Thank you, Ann Lee.", "Chair: Ann Lee", "CHAIR: You know that Ann Lee is the chair.")
    >>> [is_only_the_speaker(asked, Tagged(text)) for text in said]
    [True, False, False]
    """
    label = speaker(sentence.text)
    if asked.kind != "who" or not label or _TALKING.isdisjoint(sentence.lower):
        return False
    said = Tagged(without_speaker(sentence.text)).held
    return said.isdisjoint(asked.terms) and not Tagged(label).held.isdisjoint(asked.terms)


def _is_of_somebody(sentence: Tagged, post: int) -> bool:
    """Whether a name stands right before a post, or after it and "of" or "at"."""
    before = sentence.words[post - 1].text if post and not sentence.broken[post] else ""
    after = sentence.lower[post + 1 : post + 2] in (["of"], ["at"]) and sentence.classes[post + 2 : post + 3]
    return (before[:1].isupper() and before.lower() not in _OPENING) or after == "K"


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
