"""Words: where they stand in a text, and the term under which two of them compare as equal.

For ranking, overlap and similarity only. Nothing is located or quoted by its terms: that needs the exact
text, and stands in `locate`. Every step is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from .edges import NO_SPACES
from .stems import stem

_FUNCTION_WORDS = """
a about above after again against all also am among an and any are as at away be because been before being
below between both but by can cannot could did do does doing done down during each either else etc even ever
every few for from further had has have having he hence her here hers herself him himself his how however i
if in into is it its itself just least less let like may me might mine more most much must my myself neither
no nor not now of off often on once only onto or other others ought our ours ourselves out over own per
perhaps quite rather really same shall she should since so some still such than that the their theirs them
themselves then there therefore these they this those though through thus to together too toward towards
under until up upon us very was we were what whatever when whenever where whereas whether which while who
whoever whom whose why will with within without would yet you your yours yourself yourselves don't doesn't
didn't isn't aren't wasn't weren't won't can't couldn't shouldn't wouldn't hasn't haven't hadn't i'm i've
i'll i'd you're you've you'll he's she's it's we're we've we'll they're they've they'll that's there's
的 了 是 在 和 也 与 の は を に が と で も へ や
"""
STOPWORDS = frozenset(_FUNCTION_WORDS.split())
"""English function words, casefolded, and the commonest particles of Chinese and Japanese."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0900-\u0963\u0966-\u096f\u0971-\u0df3"
    "\u0eb1-\u0ebc\u0ec8-\u0ecd\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\ufe20-\ufe2f"
)
_UNSPACED = f"{NO_SPACES}\uff66-\uff9d"  # with the kana of half width
_LETTERS = rf"(?:[^\W\d_{_UNSPACED}]++|[{_MARKS}]++)++"
_WORD = re.compile(
    r"[a-zA-Z]{2,}+(?![^\x00-\x7f]|')"  # nearly all of English, at half the price
    r"|(?<=\d{4}-\d\d-)\d\d(?=,\d)"  # the day before the next field, in 2021-06-30,987.10
    r"|\d++(?:[.,]\d++)*+(?:(?:st|nd|rd|th|s)\b)?"  # 2.5, 100,000, 21st, 1990s, and the 5 of 5km
    rf"|[^\W\d_{_UNSPACED}](?:\.[^\W\d_{_UNSPACED}])+(?!\w)"  # U.S, p.m
    rf"|{_LETTERS}(?:['’]{_LETTERS})*+"  # words of any spaced script, with don't and l'eau
    rf"|[{_UNSPACED}]"
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")

# French and Italian write the article into the word: d'Ukraine and Ukraine are one term.
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|dell|dall|nell|sull|all)'(?=\w{3})")

_FROM_TWO = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty
"""
_NUMERALS = {word: str(number) for number, word in enumerate(_FROM_TWO.split(), start=2)}


class Word(NamedTuple):
    """A word of a text: `text[word.start:word.end] == word.text`, and the term it compares by."""

    start: int
    end: int
    text: str
    term: str


def words(text: str) -> list[Word]:
    """Every word in order, function words included, with its offsets in code points.

    A number is one word with its separators; a contraction is one word; a hyphen separates; each
    character of a script without spaces (Chinese, Japanese, Thai ...) is a word.

    >>> [word.text for word in words("The UK’s 2.5% share, or 100,000 well-paid U.S. troops")]
    ['The', 'UK’s', '2.5', 'share', 'or', '100,000', 'well', 'paid', 'U.S', 'troops']
    >>> [word.text for word in words("2021-06-30,987.10")]
    ['2021', '06', '30', '987.10']
    >>> words("Two troops")[1]
    Word(start=4, end=10, text='troops', term='troop')
    """
    return [Word(m.start(), m.end(), m.group(), term(m.group())) for m in _WORD.finditer(text)]


def first_words(text: str, most: int) -> list[str]:
    """The first words, as they are written; a long text costs no more than a short one.

    >>> first_words("The UK’s share", 2)
    ['The', 'UK’s']
    """
    return [found.group() for found in islice(_WORD.finditer(text), most)]


def terms(text: str) -> list[str]:
    """The terms of the content words in order: folded, stemmed, function words left out.

    >>> terms("The US did begin its agencies' work: 100,000 men, not 99,999!")
    ['us', 'begin', 'agenc', 'work', '100000', 'man', '99999']
    >>> terms("東京の人口")
    ['東', '京', '人', '口']
    """
    return list(_content_terms(text))


def all_terms(text: str) -> list[str]:
    """The terms of all words in order, function words too.

    >>> all_terms("The cats of Bath")
    ['the', 'cat', 'of', 'bath']
    """
    return [term(found) for found in _WORD.findall(text)]


def _content_terms(text: str) -> Iterator[str]:
    for found in _WORD.findall(text):
        if not is_stopword(found):
            yield term(found)


@lru_cache(maxsize=65_536)
def is_stopword(word: str) -> bool:
    """Whether a word as written is a function word; short capitals (US, WHO, IT) are names, so they are not.

    >>> [is_stopword(w) for w in ("Us", "US", "the", "summit")]
    [True, False, True, False]
    """
    if 1 < len(word) < 4 and word.isascii() and word.isupper():
        return False
    return word.casefold().replace("’", "'") in STOPWORDS


@lru_cache(maxsize=65_536)
def term(word: str) -> str:
    """The term of one word: NFC, casefolded, without possessive, separators and English endings.

    Small numbers in words become digits. Two spellings of a word share a term; so do some words that
    differ in meaning, so terms rank and never prove.

    >>> [term(w) for w in ("Starmer’s", "d'Ukraine", "U.S", "1,000", "21st", "twelve", "Élysée", "Straße")]
    ['starmer', 'ukrain', 'us', '1000', '21', '12', 'élysée', 'strass']
    """
    folded = unicodedata.normalize("NFC", word.casefold()).replace("’", "'")
    if folded[0].isdigit():
        return _number(folded)
    folded = (
        _ELISION.sub("", folded.removesuffix("'s")).replace("'", "").replace(".", "").replace("\u200c", "")
    )
    return _NUMERALS.get(folded) or stem(folded) or word


def _number(word: str) -> str:
    digits = word.replace(",", "")
    return digits if digits.endswith("s") and len(digits) > 4 else digits.rstrip("sthndr")


def is_unspaced(text: str) -> bool:
    """Whether a text holds a character of a script that puts no spaces between words.

    >>> is_unspaced("in Tokyo"), is_unspaced("東京で")
    (False, True)
    """
    return _UNSPACED_CHARACTER.search(text) is not None
