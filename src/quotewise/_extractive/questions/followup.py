"""A follow-up question made whole: "and why did he say so?" with the words of what was asked before.

A guess from words alone, for the engine without a model: a person's pronoun takes the name that was spoken
of, and a question with too few words of its own takes those of the one before it. No sentence is picked here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..._language.wordlists import listed
from ..._text.words import Word, is_stopword, words
from ..words.shapes import classes
from .question import ASKING, DOING

_LEAD = re.compile(r"(?:and|but|so|then|ok|okay|also)\b[ ,]*", re.IGNORECASE)
_ABOUT = re.compile(r"(?:(?:what|how) about\s+)?(?P<thing>(?:the|an?)\s[^?,]+)\?*\s*$", re.IGNORECASE)
_IS_THE = re.compile(
    r"(?:who|what|when|where|how \w+)\s+(?:is|are|was|were)\s+(?=(?:the|an?)\s)", re.IGNORECASE
)
_COUNTED = re.compile(r"(?P<asks>how (?:much|many)\s+)[a-z]+(?P<rest>\s.+)", re.IGNORECASE)
_BARE = re.compile(r"(?:(?i:what|how) about\s+)?(?P<thing>[a-z-]+(?:\s[a-z-]+)?)\s*\?*\s*$")
_NOUNS = "os"
"""The classes of a word that may be a noun."""
_PERSONS = listed("he him his she her hers")
_THINGS = listed("it its this that these those they them their there then so")
_OWNERS = listed("his her their its")
_SAYING = listed("say said says mean meant do done happen happened many much else")
_BE = listed("is are was were")
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|in light of|in order to|so that|amid|prompted|concerns?)\b",
    re.IGNORECASE,
)
_THERE = "there"
_ENOUGH = 2
"""With this many words of its own, and nothing that points back, a question is asked anew."""


def whole_question(question: str, asked: str, answered: str = "") -> str:
    """The question with what it leaves unsaid, taken from the question before it and from its answer.

    A question that stands alone comes back as it is.

    >>> whole_question("And why did he say so?", "Who called it premature?", "Olaf Scholz did.")
    'why did Olaf Scholz say so called premature?'
    >>> whole_question("How many?", "Are troops needed?")
    'How many troops needed?'
    >>> whole_question("and where was the summit?", "Who called it premature?")
    'where was the summit?'
    >>> whole_question("And the mayor?", "Who is the chief engineer?")
    'Who is the mayor?'
    >>> whole_question("And revenue?", "How much profit did it make?")
    'How much revenue did it make?'
    """
    bare = _LEAD.sub("", question, count=1).strip()
    said = words(bare)
    points = {word.text.casefold() for word in said} & (_PERSONS | _THINGS)
    own = [word for word in said if _is_content(word)]
    if not asked or (not points and len(own) >= _ENOUGH):
        return question
    if not points and own and _stands(said):
        return bare
    if _asks_of_theirs(said):
        return _named(bare, said, _person(asked) or _person(answered))
    if of_another := _of_another(bare, own, asked):
        return of_another
    if points == {_THERE} and len(own) >= _ENOUGH:
        return bare
    named = _named(bare, said, _person(asked) or _person(answered))
    if len(own) >= _ENOUGH and not points & _THINGS:
        return named
    return _with(named, own, asked)


def may_stand_alone(question: str) -> bool:
    """Whether a question may be none on what was asked before: it has a word of its own and points to none.

    >>> [may_stand_alone(text) for text in ("Who abstained?", "How old is he?", "And the mayor?", "Why?")]
    [True, False, False, False]
    """
    said = words(question)
    points = {word.text.casefold() for word in said} & (_PERSONS | _THINGS)
    return not points and _LEAD.match(question.strip()) is None and any(map(_is_content, said))


def _of_another(bare: str, own: Sequence[Word], asked: str) -> str:
    """The question before, of another thing ("and the mayor?", "and revenue?"), where one is named."""
    if (other := _ABOUT.match(bare)) and (same := _IS_THE.match(asked)) and len(own) == 1:
        return f"{same.group()}{other['thing']}?"
    return _counted(bare, own, asked)


def _counted(bare: str, own: Sequence[Word], asked: str) -> str:
    """Of "and revenue?" after "how much profit did it make?" the question of the other; else nothing."""
    thing, before = _BARE.match(bare), _COUNTED.match(asked)
    if not thing or not before or len(own) != len(thing["thing"].split()):
        return ""
    return f"{before['asks']}{thing['thing']}{before['rest']}" if classes(own)[-1] in _NOUNS else ""


def says_nothing_new(question: str, found: Sequence[str], answered: str, *, partly: bool = False) -> bool:
    """Whether a question is met with the sentences said before, which do not answer this one as well.

    So it is where they give only a part of it, and for a "why" where they hold no word of reason.

    >>> says_nothing_new("Why did he?", ["He left."], "He left.")
    True
    >>> says_nothing_new("Why did he?", ["He left because of the rain."], "He left because of the rain.")
    False
    """
    told = " ".join(answered.split())
    if not all(" ".join(text.split()) in told for text in found):
        return False
    return partly or ("why" in question.casefold().split() and not any(map(_REASON.search, found)))


def _stands(said: Sequence[Word]) -> bool:
    """Whether one word of its own is enough: "where was the summit?" has its verb, "and Tusk?" has none."""
    lower = [word.text.casefold() for word in said]
    return lower[0] in ASKING and not _BE.isdisjoint(lower) and "else" not in lower


def _asks_of_theirs(said: Sequence[Word]) -> bool:
    """Whether a question is whole but for whose: "what did her daughter say?"; "what did he say?" is not."""
    lower = [word.text.casefold() for word in said]
    pointing = [i for i, word in enumerate(lower) if word in _PERSONS | _THINGS]
    if not pointing or lower[0] not in ASKING or lower[1] not in DOING:
        return False
    return all(lower[i] in _OWNERS and i + 2 < len(said) and _is_content(said[i + 1]) for i in pointing)


def _with(question: str, own: Sequence[Word], asked: str) -> str:
    """The question with the content words of the earlier one that it does not say itself."""
    held = {word.term for word in words(question)} | {word.term for word in own}
    more = [word.text for word in words(asked) if _is_content(word) and word.term not in held]
    return " ".join([question.rstrip("?!. "), *more]) + "?"


def _named(question: str, said: Sequence[Word], name: str) -> str:
    """The question with the name in place of the pronouns of a person."""
    if not name:
        return question
    parts: list[str] = []
    at = 0
    for index, word in enumerate(said):
        if word.text.casefold() in _PERSONS:
            parts += (question[at : word.start], name + ("'s" if _is_owner(said, index) else ""))
            at = word.end
    return "".join((*parts, question[at:]))


def _is_owner(said: Sequence[Word], at: int) -> bool:
    """Whether a pronoun says whose: "her title" and not "told her"."""
    lower = said[at].text.casefold()
    return lower in {"his", "hers"} or (lower == "her" and at + 1 < len(said) and _is_content(said[at + 1]))


def _person(text: str) -> str:
    """The first name of two or more capitalised words, or an empty string."""
    run: list[Word] = []
    for word in words(text):
        joined = run and text[run[-1].end : word.start] == " "
        if word.text[0].isupper() and (joined or not run):
            run.append(word)
        elif len(run) > 1:
            break
        else:
            run = [word] if word.text[0].isupper() else []
    if run and run[0].text.casefold() in ASKING:
        run = run[1:]
    return text[run[0].start : run[-1].end] if len(run) > 1 else ""


def _is_content(word: Word) -> bool:
    lower = word.text.casefold()
    return not is_stopword(word.text) and lower not in ASKING and lower not in _SAYING
