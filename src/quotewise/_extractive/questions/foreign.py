"""Is a question in another language than the article, so that no word of it says what is asked?

Told by how many of its words are English, since nothing here knows a second language. Names are no words of
any language, so what has a capital is left out, but for the first word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..._language.meanings import english_share

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_LETTERS = re.compile(r"[^\W\d_]+")
_FEWEST = 2
"""Words that are no names: fewer tell no language, they may be words the lexicon lacks."""
_ENGLISH, _NOT_ENGLISH = 0.75, 0.5
"""The share of words known to the lexicon from which an article is English, and up to which a question is
not: a question is short, and one rare word in it weighs much."""
_NO_ENGLISH_ARTICLE = 0.65
"""The share up to which an article is not: few English ones have as little, lists of names mostly."""
_SAMPLE = 4_000
_LINES = 100


def is_foreign(question: str, lines: Sequence[Line]) -> bool:
    """Whether only one of question and article is English; False where one is too short to say.

    >>> from quotewise._plans.numbered import Line
    >>> lines = [Line(1, "The council closed the bridge in May, and it will open again in June.")]
    >>> [is_foreign(asked, lines) for asked in ("Wann ist sie offen?", "Wer starb?", "Who is Brandl?")]
    [True, True, False]
    >>> german = [Line(1, "Der Rat hat die Brücke im Mai gesperrt, und sie bleibt bis Juni geschlossen.")]
    >>> [is_foreign(asked, german) for asked in ("When was the bridge closed?", "Wann wurde sie gesperrt?")]
    [True, False]
    """
    sample = " ".join(line.text[:_SAMPLE] for line in lines[:_LINES])[:_SAMPLE]
    said = _LETTERS.findall(question)
    share = english_share(_LETTERS.findall(sample))
    if share <= _NO_ENGLISH_ARTICLE:
        return _is_english(said) and bool(sample)
    if share < _ENGLISH:
        return False
    if not any("a" <= letter <= "z" for letter in question.lower()):
        return bool(said) and not {word.casefold() for word in said} & _held(lines)
    plain = _plain(said)
    if len(plain) < _FEWEST or english_share(plain) > _NOT_ENGLISH:
        return False
    held = _held(lines)
    strange = [word for word in plain if word.casefold() not in held and not english_share([word])]
    # Of two words both have to be strange: one may be a rare English word.
    return len(strange) >= (1.0 if len(said) == _FEWEST else 1 - _NOT_ENGLISH) * len(plain)


def _is_english(said: Sequence[str]) -> bool:
    plain = _plain(said)
    return len(said) > _FEWEST and len(plain) >= _FEWEST and english_share(plain) >= _ENGLISH


def _plain(said: Sequence[str]) -> list[str]:
    """The words of a question that are no names."""
    return [word for at, word in enumerate(said) if at == 0 or word[0].islower()]


def _held(lines: Sequence[Line]) -> set[str]:
    return {word.casefold() for line in lines for word in _LETTERS.findall(line.text)}
