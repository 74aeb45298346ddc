"""Proper names: where they stand in a text, and when two of them can name the same thing.

Names are found by their capitals, so this reads scripts that have them; where a word merely begins a
sentence, the rest of the article decides. What a wrong name means for a claim is for `check`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .._text.words import Word, is_stopword, term
from .meanings import UNKNOWN_RARITY, lexicon
from .wordlists import in_order, listed, rows

TITLES = listed("""
    mr mrs ms miss dr prof professor sir dame lord lady baroness president prime minister chancellor
    premier king queen prince princess pope senator sen representative rep congressman congresswoman
    governor gov mayor general gen colonel col captain capt lieutenant lt major maj sergeant sgt admiral
    commander judge justice secretary chairman chairwoman chair ceo cfo director chief officer vice
    deputy foreign defence defense finance interior leader commissioner ambassador spokesman spokeswoman
    reverend rev bishop archbishop imam rabbi sheikh emperor former acting first st saint jr sr hon
    right honourable speaker attorney head coach manager
    """)
"""Words before a name that are no part of it, and by themselves, or after another, name whoever it is."""
_MS = "Ms"
"""The title, so written; the state is "MS"."""
_INNER = listed("of the de la le du von van der den al bin ibn and & da dos das di el y e for on upon")
_COMMON_ENDS = in_order("""
    ly ing ed ists tions ments ness keepers workers makers owners holders itis osis emia ology goers builders
    sellers dwellers growers writers traders leaders members
    """)
"""Ends of first words that are no names, however rare the word: "Shopkeepers", "Protectionists"."""
_AGAIN, _SHORTEST = ("re", "pre"), 4
"""What may stand before a verb of so many letters: "recheck", "preheat"."""
_NUMBERED = re.compile(r"(?<![\w‑-])([^\W\d_]+(?:[-‑][^\W\d_]+)*)[-‑]?(\d+)(?:s\b)?(?!\d*[.,]\d|\w|%)")
_PLACE = 5
"""Letters from which a name may be a place with an adjective of its own: "Mill" makes no "Miller"."""
_OF_A_PLACE = ("an", "ian", "ese", "er")
_LOOSE = listed("and for on the")
_NEVER = listed("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december i am pm a.m p.m ok q
    """)
_SHOUTED = listed("NOT DO DON'T NO NEVER ONLY MUST AND OR ALL ANY")
"""Words that a text puts in capitals to be heard."""
_OPENERS = listed("""
    according meanwhile however moreover furthermore nevertheless nonetheless additionally yesterday
    today tomorrow despite although though while when since because following during earlier later
    overall finally critics experts analysts officials scientists researchers
    """)


def _aliases() -> dict[str, str]:
    return {
        name.replace("-", " "): row.split()[0].replace("-", " ")
        for row in rows("aliases.txt")
        for name in row.split()
    }


_ALIAS = _aliases()
_GIVEN = frozenset(name for row in rows("given_names.txt") for name in row.split())
"""First names that are no other words."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands: `text[start:end]`, words `first` to `stop`, its parts without titles.

    `titles` are the titles before or inside it. `parts` is never empty.
    """

    start: int
    end: int
    first: int
    stop: int
    parts: tuple[str, ...]
    titles: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        """The part by which a person is mostly called."""
        return self.parts[-1]


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A name part to compare by: no case, accents, points or possessive; countries for their adjectives.

    >>> fold("Élysée’s"), fold("U.S"), fold("Danish")
    ('elysee', 'us', 'denmark')
    >>> fold("Ms"), fold("MS")
    ('ms', 'mississippi')
    """
    if word == _MS:
        return "ms"
    folded = unicodedata.normalize("NFKD", word).casefold().replace("’", "'")
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = folded.removesuffix("'s").removesuffix("'").replace(".", "")
    folded = folded.replace("'", "")
    singular = folded[:-1] if folded.endswith("s") and folded[:-1] in _ALIAS else folded
    return _ALIAS.get(singular, folded)


class Style(NamedTuple):
    """How an article writes its words: which it writes small, and which with a capital inside a sentence."""

    small: Collection[str] = frozenset()
    capital: Collection[str] = frozenset()


def names(text: str, said: Sequence[Word], style: Style = Style()) -> tuple[Name, ...]:  # noqa: B008
    """The names in a sentence of an article of that style.

    >>> from quotewise._text.words import words
    >>> text = "UK Prime Minister Sir Keir Starmer met Ursula von der Leyen."
    >>> [name.parts for name in names(text, words(text))]
    [('uk',), ('keir', 'starmer'), ('ursula', 'von', 'der', 'leyen')]
    """
    shouted = _is_headline(said)
    found: list[Name] = []
    at = 0
    while at < len(said):
        if not said[at].text[0].isupper() or not _begins(said, at, text, style, shouted):
            at += 1
            continue
        stop = _run(said, at, text, style, shouted)
        found.extend(_cut(said, at, stop))
        at = stop
    return tuple(found)


def _is_headline(said: Sequence[Word]) -> bool:
    """Whether a text capitalises most of its words, so that capitals say little."""
    content = [word.text for word in said if word.text[0].isalpha() and not is_stopword(word.text.lower())]
    return len(content) >= 4 and sum(word[0].isupper() for word in content) >= 0.75 * len(content)


def _is_capital(word: str) -> bool:
    return word[0].isupper() and word.lower().rstrip("s") not in _NEVER and word.lower() not in _NEVER


def _begins(said: Sequence[Word], at: int, text: str, style: Style, shouted: bool) -> bool:
    word = said[at].text
    if not _is_capital(word) or is_stopword(word) or word in _SHOUTED:
        return False
    if shouted:
        return not _is_plain(word, style)
    if _opens(said, at, text):
        return _is_name_opening(said, at, text, style)
    return True


def _is_name_opening(said: Sequence[Word], at: int, text: str, style: Style) -> bool:
    """Whether a first word is a name: known as one, unknown to English, or part of a longer one."""
    word = said[at].text
    plain = word.casefold().removesuffix("'s").removesuffix("’s")
    if word.lower() in _OPENERS:
        return False
    if plain in style.capital or text[said[at].end : said[at].end + 1] == ":":
        return True
    if plain in _GIVEN and plain not in style.small:
        return True
    if _is_plain(word, style) or _ends_common(word.lower()):
        return False
    return _second_capital(said, at, text) or _is_unknown(word)


def _is_unknown(word: str) -> bool:
    """Whether English has no such word, with its accents or without, nor one again: "Sauté", "Recheck"."""
    again = (word.casefold().removeprefix(prefix) for prefix in _AGAIN if word.casefold().startswith(prefix))
    forms = (word, fold(word), *(rest for rest in again if len(rest) >= _SHORTEST))
    return all(lexicon().rarity(term(each)) >= UNKNOWN_RARITY for each in forms)


def _ends_common(low: str) -> bool:
    """Whether a word ends as no name does; "Ed", "Fred" and "Ming" are too short to say so."""
    return len(low) > 4 and low.endswith(_COMMON_ENDS)


def _is_plain(word: str, style: Style) -> bool:
    folded = word.casefold()
    return folded in style.small and folded not in style.capital


def _second_capital(said: Sequence[Word], at: int, text: str) -> bool:
    follows = at + 1 < len(said) and text[said[at].end : said[at + 1].start] == " "
    return follows and _is_capital(said[at + 1].text) and not is_stopword(said[at + 1].text)


def _opens(said: Sequence[Word], at: int, text: str) -> bool:
    """Whether a word opens a sentence or a quotation, where a capital says nothing."""
    before = text[said[at - 1].end - 1 if at else 0 : said[at].start].rstrip()
    return not before or before[-1] in ".!?:;\"“‘'([•*-–—|\n"


def _run(said: Sequence[Word], at: int, text: str, style: Style, shouted: bool) -> int:
    """The index after the last word of the name that begins at `at`."""
    stop = at + 1
    while stop < len(said):
        gap = text[said[stop - 1].end : said[stop].start]
        if gap not in {" ", "-", "–", ". ", " & ", "&", "\u00a0"} or (
            gap == ". " and not _is_short(said[stop - 1])
        ):
            break
        if said[stop - 1].text.lower().endswith(("'s", "’s")):
            break
        word = said[stop].text
        if _is_capital(word) and not is_stopword(word) and not (shouted and _is_plain(word, style)):
            stop += 1
        elif word.lower() in _INNER and (jump := _over_inner(said, stop, text)) and not shouted:
            stop = jump
        else:
            break
    return stop


def _is_short(word: Word) -> bool:
    """Whether the point after a word is that of an initial or a title."""
    return len(word.text) == 1 or word.text.lower() in TITLES


def _over_inner(said: Sequence[Word], at: int, text: str) -> int | None:
    """Past "of", "von der" and their like to a further capital; "and" joins two names, so it ends one."""
    stop = at
    while stop < len(said) and stop < at + 3 and said[stop].text in _INNER - _LOOSE:
        stop += 1
    if stop == at or stop >= len(said) or text[said[at - 1].end : said[at].start] != " ":
        return None
    after = text[said[stop - 1].end : said[stop].start]
    return stop + 1 if _is_capital(said[stop].text) and after == " " else None


def _cut(said: Sequence[Word], first: int, stop: int) -> list[Name]:
    """One name, or two where one stands before a title: "German Chancellor Olaf Scholz"."""
    folded = [fold(said[at].text) for at in range(first, stop)]
    title = next((at for at, part in enumerate(folded) if part in TITLES), 0)
    if title and any(part not in TITLES for part in folded[title:]):
        return [*_one(said, first, first + title), *_one(said, first + title, stop)]
    return _one(said, first, stop)


def _one(said: Sequence[Word], first: int, stop: int) -> list[Name]:
    folded = [fold(said[at].text) for at in range(first, stop)]
    alias = _ALIAS.get(" ".join(folded))
    titles = tuple(part for part in folded[:-1] if part in TITLES)
    parts = (*(part for part in folded[:-1] if part not in TITLES and part), folded[-1])
    if not alias and parts[0] in TITLES:
        return []
    end = _bare_end(said[stop - 1])
    return [Name(said[first].start, end, first, stop, (alias,) if alias else parts, titles)]


def _bare_end(word: Word) -> int:
    return word.end - (2 if word.text.endswith(("'s", "’s")) else 0)


class Numbered(NamedTuple):
    """A name that ends in a number, at `text[start:end]`: its letters in lower case, and the digits."""

    start: int
    end: int
    name: str
    number: str


def numbered(text: str) -> Iterator[Numbered]:
    """The words of a text with digits at their end, joined by a hyphen or nothing.

    >>> [found[2:] for found in numbered("COVID-19 and F16s, not 5km or 2019-nCoV")]
    [('covid', '19'), ('f', '16')]
    """
    for found in _NUMBERED.finditer(text):
        yield Numbered(*found.span(), found[1].replace("‑", "-").casefold(), found[2])


def same_name(one: Name, other: Name) -> bool:
    """Whether two names can name the same: one's parts are among the other's, initials and plurals allowed.

    >>> from quotewise._text.words import words
    >>> def read(text): return names(text, words(text))[0]
    >>> same_name(read("Sir K. Starmer"), read("Keir Starmer"))
    True
    >>> same_name(read("Keir Davey"), read("Ed Davey"))
    False
    >>> same_name(read("the GM"), read("General Motors"))
    True
    """
    if same_parts(one.parts, other.parts):
        return True
    return bool(one.titles or other.titles) and is_acronym(
        (*one.titles, *one.parts), (*other.titles, *other.parts)
    )


@lru_cache(maxsize=16_384)
def same_parts(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same for the parts of two names."""
    short, long = sorted((one, other), key=len)
    if all(any(same_part(part, whole) for whole in long) for part in short) or is_acronym(one, other):
        return True
    mine, theirs = (
        [part for part in each if part not in rest] for each, rest in ((one, other), (other, one))
    )
    return len(mine) < len(one) and is_acronym(mine, theirs)  # "Arsenal F.C.", "Arsenal Football Club"


@lru_cache(maxsize=65_536)
def same_part(one: str, other: str) -> bool:
    """Whether two name parts can be the same word: equal, an initial, a plural, or one slip of the pen."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if long in (short + "s", short + "es") or _is_of_there(short, long):
        return True
    return len(short) >= 6 and short[0] == long[0] and _one_slip(short, long)


def _is_of_there(place: str, word: str) -> bool:
    """Whether a word is the adjective or the people of a place: "Trinidadian", "Virginian", "Londoner"."""
    ends = ("n",) if place.endswith("a") else _OF_A_PLACE
    return len(place) >= _PLACE and word.startswith(place) and word[len(place) :].removesuffix("s") in ends


def _one_slip(short: str, long: str) -> bool:
    """Whether one letter more, other or swapped, or one doubled syllable turns one into the other."""
    if len(long) - len(short) > 1:
        return False
    head = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[head + 1 :] == long[head + 1 :] or (
            short[head + 2 :] == long[head + 2 :] and short[head : head + 2] == long[head : head + 2][::-1]
        )
    return short[head:] == long[head + 1 :]


def initials(word: str) -> str:
    """The letters a word gives to an acronym: its first, all of another acronym's, none of "of" and "and".

    >>> [initials(word) for word in ("U.S", "Patent", "and", "office")]
    ['US', 'P', '', 'o']
    """
    plain = word.replace(".", "")
    if plain.lower() in _INNER:
        return ""
    return plain if plain.isupper() else plain[:1]


def is_acronym(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name is the initials of the other: WHO, World Health Organization.

    >>> is_acronym(("who",), ("world", "health", "organization"))
    True
    >>> is_acronym(("wwii",), ("world", "war", "ii"))
    True
    """
    short, long = sorted((one, other), key=len)
    if len(short) != 1 or len(long) < 2:
        return False
    letters = "".join(part if set(part) <= {"i", "v"} else part[0] for part in long)
    content = "".join(part[0] for part in long if part not in _INNER)
    return len(short[0]) > 1 and short[0] in {letters, content}
