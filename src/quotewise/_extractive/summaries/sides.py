"""Which sentences tell the two sides of a dispute: somebody's word, and the one who contradicts it.

Told by a short list of verbs, so that most disputes are passed over, and what is found mostly is one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from ..words.sentence import Sentence
from ..words.standalone import hangs
from .selection import Room

_SAID = re.compile(
    r"\b(?:sa(?:id|ys)|called|accus(?:ed|es)|claim(?:ed|s)|alleg(?:ed|es)|argu(?:ed|es)|complain(?:ed|s)|demand(?:ed|s)"
    r"|wants|warn(?:ed|s)|blam(?:ed|es)|criticis(?:ed|es)|criticiz(?:ed|es)|describ(?:ed|es)|insist(?:ed|s)|promis(?:ed|es))\b"
)
_AGAINST = r"(?:reject|dismiss|disput|refut|rebut|contradict)(?:s|es|ed|ted)"
_WORD = (
    r"(?:claim|accusation|allegation|suggestion|charge|criticism|argument|idea|notion|report|finding|figure|demand"
    r"|complaint|warning|account|version)s?\b"
)
_CONTRADICTED = re.compile(
    r"(?<!\bto )(?<!\bnot )(?<!\bbe )(?<!\bbeen )(?<!\bbeing )(?<!\bwas )(?<!\bwere )(?:"
    r"\b(?:denie[ds]|deny)\s+(?:this|that|it|having|any|all|the|wrongdoing|liability|responsibility|\w+ing\b)"
    rf"|\b{_AGAINST}\s+(?:(?:this|that|it|them)\b|(?:(?!of\b|by\b)[\w'’-]+\s+){{0,3}}?{_WORD})"
    r"|\b(?:disagreed|objected|hit back)\b)"
    r"|\b(?:[Oo]pposition|[Oo]pponents|[Cc]ritics|[Ss]ceptics)\b[^.;]{0,30}?\s(?:said|says?|argued?|called"
    r"|warn(?:ed)?|accused?|fear(?:ed)?|complain(?:ed)?)\b"
)
_SAME_SPEAKER = re.compile(r"(?:And |But )?(?:[Hh]e|[Ss]he)\b")
_ONLY_DENIES = 8
"""Words at most of a denial that gives no reasons."""
_NEAR = 3
"""Sentences after somebody's word in which it is contradicted."""


def sides(read: Sequence[Sentence]) -> Mapping[int, int]:
    """For the place of somebody's word that of the sentence that contradicts it, and the other way round.

    >>> from quotewise._extractive.words.sentence import sentence
    >>> texts = ["The union said that pay fell.", "It rained.", "Aurelia denied the claim."]
    >>> dict(sides([sentence(text) for text in texts]))
    {0: 2, 2: 0}
    """
    found: dict[int, int] = {}
    for at, one in enumerate(read):
        if _CONTRADICTED.search(one.text) and not _SAME_SPEAKER.match(one.text):
            said = [near for near in range(max(0, at - _NEAR), at) if _is_said(read[near].text)]
            found.update(dict.fromkeys(said, at))
            found.update({at: said[-1]} if said else {})
    return found


def evened(
    read: Sequence[Sentence], scores: Sequence[float], taken: Sequence[int], room: Room
) -> list[float]:
    """The scores by which a choice that heard one side alone hears both, or neither where both do not fit.

    `taken` is the choice, best first: as many of it as leave room for the other sides are to stay, the best
    in any case.
    """
    told, even = sides(read), list(scores)
    heard: tuple[int, ...] = ()
    for at in taken:
        other = told.get(at)
        if other is None or (other in taken and not _case(read, max(at, other))) or other in heard:
            continue
        both = _both(read, told, at, (taken[0], *heard), room)
        if both:
            heard += both
        elif at != taken[0] and other not in taken:
            even[at] = -math.inf
    if not heard:
        return even
    rest = [one for one in taken if told.get(one) not in heard and even[one] > -math.inf]
    stay = _beside(read, (taken[0], *heard), [(one, told.get(one, one)) for one in rest], room)
    above = max(scores) + len(stay)
    for rank, one in enumerate(stay):
        even[one] = above - rank
    return even


def _both(
    read: Sequence[Sentence], told: Mapping[int, int], at: int, first: Sequence[int], room: Room
) -> tuple[int, ...]:
    """Both sides of a dispute where they fit beside some sentences, else (); with why it is only denied
    where that fits too, and with the sentence before a denial that hangs on it."""
    denial, said = max(at, told[at]), min(at, told[at])
    leaning = (denial - 1, denial) if hangs(read[denial].text) else (denial,)
    words = (told[denial],) if told[denial] in leaning else (said, told[denial])
    ways = [
        tuple(dict.fromkeys((word, *leaning, *case)))
        for case in dict.fromkeys((_case(read, denial), ()))
        for word in dict.fromkeys(words)
    ]
    return next((way for way in ways if _fit(read, (*first, *way), room)), ())


def _case(read: Sequence[Sentence], denial: int) -> tuple[int, ...]:
    """The sentence after a denial that only denies, if it tells why: "The union rejected that"."""
    after = denial + 1
    tells = (
        read[denial].words <= _ONLY_DENIES
        and after < len(read)
        and read[after].paragraph == read[denial].paragraph
        and _SAID.search(read[after].text) is not None
    )
    return (after,) if tells else ()


def _beside(
    read: Sequence[Sentence], first: Sequence[int], rest: Sequence[tuple[int, int]], room: Room
) -> Sequence[int]:
    """The first of some sentences, and what else of a choice fits with them, each with its other side."""
    kept = tuple(dict.fromkeys(first))
    for both in rest:
        if _fit(read, (*kept, *both), room):
            kept = tuple(dict.fromkeys((*kept, *both)))
    return kept


def _fit(read: Sequence[Sentence], some: Sequence[int], room: Room) -> bool:
    return room.holds([read[one] for one in dict.fromkeys(some)])


def _is_said(text: str) -> bool:
    return _SAID.search(text) is not None and _CONTRADICTED.search(text) is None
