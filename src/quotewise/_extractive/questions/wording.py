"""A question in an article's own way of writing: "Q2" where the article says "the second quarter".

Only names of a part of a year, a sign in one text and two words in the other, and "lost their lives" for
"died" or "aboard" for "on board"; what other words may stand for each other is known in `words.common`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ORDINALS = ("first", "second", "third", "fourth")
_PARTS = {
    **{f"Q{number}": f"{ordinal} quarter" for number, ordinal in enumerate(_ORDINALS, 1)},
    **{f"H{number}": f"{ordinal} half" for number, ordinal in enumerate(_ORDINALS[:2], 1)},
}
_FORMS = [
    (re.compile(rf"\b{sign}\b"), sign, re.compile(rf"\b{words.replace(' ', '[ -]')}\b", re.IGNORECASE), words)
    for sign, words in _PARTS.items()
]


_DIED = re.compile(r"\b(?:died?|(?:(?:was|were) )?killed)\b", re.IGNORECASE)
_LOST = re.compile(
    r"\b(?:lost|lose|losing|claimed) (?:their|his|her|\d+|[a-z]+) (?:lives|life)\b", re.IGNORECASE
)
_DEAD = re.compile(r"\b(?:die[ds]?|dead|dying|deaths?|kill(?:s|ed|ing)?)\b", re.IGNORECASE)
_ON_BOARD = re.compile(r"\bon board\b", re.IGNORECASE)
_ABOARD = re.compile(r"\baboard\b", re.IGNORECASE)
_IDIOMS = (
    (_DIED, _DEAD, _LOST, "lost lives"),
    (_ON_BOARD, _ON_BOARD, _ABOARD, "aboard"),
    (_ABOARD, _ABOARD, _ON_BOARD, "on board"),
)
"""What a question says, what an article may say like it, what it says instead, and the words for that."""


def is_of_another_part(question: str, text: str) -> bool:
    """Whether a text names a part of a year, and not the one that a question names.

    >>> is_of_another_part("What was lost in Q3?", "The Q2 loss was £3m.")
    True
    >>> is_of_another_part("What was lost in Q3?", "The third-quarter loss was £3m.")
    False
    """
    asked, said = (
        {sign for signed, sign, spoken, _ in _FORMS if signed.search(one) or spoken.search(one)}
        for one in (question, text)
    )
    return bool(asked and said) and asked.isdisjoint(said)


def in_words_of(question: str, texts: Iterable[str]) -> str:
    """The question with each part of a year as the texts write it, where they write it in the other way only.

    >>> in_words_of("What was the Q2 profit?", ["Profit rose in the second quarter."])
    'What was the second quarter profit?'
    >>> in_words_of("Who led in the second quarter?", ["Profit in Q3 was £3m."])
    'Who led in the second quarter?'
    >>> in_words_of("How many people died?", ["Six people lost their lives."])
    'How many people lost lives?'
    """
    told = [idiom for idiom in _IDIOMS if idiom[0].search(question)]
    texts = list(texts) if told else texts
    for said, alike, instead, words in told:
        if any(map(instead.search, texts)) and not any(map(alike.search, texts)):
            question = said.sub(words, question)
    asked = [form for form in _FORMS if form[0].search(question) or form[2].search(question)]
    text = "\n".join(texts) if asked else ""
    for signed, sign, spoken, words in asked:
        if signed.search(text) and not spoken.search(text):
            question = spoken.sub(sign, question)
        elif spoken.search(text) and not signed.search(text):
            question = signed.sub(words, question)
    return question
