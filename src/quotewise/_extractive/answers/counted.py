"""Of what a number is the number: whether "how many" is met with a count of what was asked.

Reads the words right after the number. Where they name nothing, the number has the benefit of the doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..._language.meanings import relation, senses
from ..._language.units import sign_before, unit_after
from ..._language.wordlists import listed, listed_terms
from ..questions.match import Tagged
from ..questions.question import Question
from ..words.common import kin
from .clues import FEW, is_age
from .look import Told
from .plain import asks_amount, is_dated

_ENDS = "PRAWNDv"
_RELATED = 2
"""From here on WordNet has one word for the other, or for a kind of it."""
_SOMEBODY = listed_terms("""
    employees staff workers personnel inhabitants residents citizens members visitors guests passengers
    refugees victims casualties patients users customers spectators
    """)
"""What may be counted as "people"."""
_VAGUE = FEW | listed("nothing little lot most half all double twice free much more less")
"""What says how much without a figure."""
_EVERYBODY = listed_terms("people persons")


def counts_another(asked: Question, sentence: Tagged, words: Told) -> bool:
    """Whether some words hold no number where the question asks for one, or one of something else.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("The airline cancelled 186 flights and offered 4.5% to its staff of pilots.")
    >>> told = Told(3, 4, 1.0, 0.0, {})
    >>> [counts_another(read(f"How many {what} were there?"), text, told) for what in ("flights", "pilots")]
    [False, True]
    """
    number = _number(sentence, words)
    if number is None or (asked.kind != "many" and is_dated(sentence, number)):
        return _asks_number(asked) and _VAGUE.isdisjoint(sentence.lower[words.start : words.end])
    return _says_what(asked) and _is_of_another(asked, sentence, number)


def counts_it_hardly(asked: Question, sentence: Tagged, words: Told) -> bool:
    """Whether no word after a number says what it counts, and the sentence has none for what is asked.

    >>> from quotewise._extractive.questions.question import read
    >>> asked, told = read("How many schools took part?"), Told(2, 3, 1.0, 0.0, {})
    >>> texts = ("In all 320 took part.", "In all 320 took part from schools in Holm.")
    >>> [counts_it_hardly(asked, Tagged(text), told) for text in texts]
    [True, False]
    """
    number = _number(sentence, words)
    bare = number is not None and not _named(sentence, number)
    return bare and _says_what(asked) and _is_nowhere(asked, sentence.terms)


def _asks_number(asked: Question) -> bool:
    """Whether only a number answers: how many, how much, what percentage, what salary."""
    if asked.kind == "much":
        return asked.words[asked.after - 1].text.lower() == "much"
    return asked.kind == "many" or (asked.kind == "noun" and asked.expected == "number") or asks_amount(asked)


def counts_it(asked: Question, sentence: Tagged, words: Told) -> bool:
    """Whether some words hold a number that is said to be of what was asked."""
    number = _number(sentence, words)
    return number is not None and not _is_nowhere(asked, _named(sentence, number))


def _focus(asked: Question) -> tuple[int, ...]:
    """The words for what is counted; of what belongs to somebody the last ("the mayor's salary")."""
    return asked.focus if asked.kind == "many" else asked.focus[-1:]


def _is_nowhere(asked: Question, held: Collection[str]) -> bool:
    return not any(_is_one(asked, term) for term in held)


def _counts_nothing_asked(asked: Question, named: Sequence[str]) -> bool:
    """Whether no word after a number is one for what is counted: "police vans" are no "police officers".

    What stands before the noun that is asked for says of what kind it is, and does alone only at the end.
    """
    head = asked.words[asked.focus[-1]].term
    kinds = {asked.words[i].term for i in asked.focus[:-1]} - {head}
    return _is_nowhere(
        asked, [term for i, term in enumerate(named) if term not in kinds or i == len(named) - 1]
    )


def _says_what(asked: Question) -> bool:
    """Whether it asks "how many pilots": of "how many of the town's pilots" the noun is not read."""
    return asked.kind == "many" and asked.asks_at is not None and asked.focus[:1] == (asked.asks_at + 2,)


def _number(sentence: Tagged, words: Told) -> int | None:
    at = range(words.start, words.end)
    return next((i for i in at if sentence.classes[i] in "#Y" or sentence.lower[i].isnumeric()), None)


def _is_of_another(asked: Question, sentence: Tagged, number: int) -> bool:
    if any(unit_after(asked.words, asked.text, i) for i in asked.focus):
        return False
    if _measures(sentence, number) or _is_age(sentence, number):
        return True
    named = _named(sentence, number)
    if not named:
        return sentence.classes[number] == "Y"
    anybody = not _EVERYBODY.isdisjoint(asked.words[i].term for i in asked.focus)
    return not anybody and _counts_nothing_asked(asked, named)


def _is_age(sentence: Tagged, number: int) -> bool:
    """Whether a number is somebody's age as news gives it: "Ann Lee, 52, was"."""
    return number > 0 and sentence.classes[number - 1] == "K" and is_age(sentence, number)


def _measures(sentence: Tagged, number: int) -> bool:
    """Whether a sign or a unit stands beside a number: it measures, and counts nothing."""
    words, text = sentence.words, sentence.text
    return bool(sign_before(text, words[number].start)[0] or unit_after(words, text, number + 1))


def _named(sentence: Tagged, number: int) -> list[str]:
    """What a number is said of: the words after it up to a stop, a verb or a small word but "and"."""
    found: list[str] = []
    start = number + 1
    if sentence.lower[start : start + 1] == ["of"]:
        start += 1 + (sentence.classes[start + 1 : start + 2] == "D")
    for i in range(start, len(sentence)):
        if (i > start and sentence.broken[i]) or sentence.classes[i] in _ENDS + "C" * (not found):
            break
        if sentence.classes[i] not in "#yC":
            found.append(sentence.terms[i])
    return [] if sentence.broken[number + 1] else found


def _is_one(asked: Question, term: str) -> bool:
    """Whether a word is one for what is counted, or for a kind of it."""
    if any(_alike(asked.words[i].term, term) for i in _focus(asked)) or term in kin(asked.head):
        return True
    if term in _EVERYBODY and asked.head in _SOMEBODY:
        return True
    return relation(term, senses().of(asked.head)) >= _RELATED


def _alike(one: str, other: str) -> bool:
    return one == other or one.replace("men", "man") == other.replace("men", "man")
