"""Who did what to whom: the deeds of a sentence, with the doer and the others told apart.

Reads the words around a verb that is known to have two sides ("accused", "bought", "beat"); it is no parser,
and gives nothing where the words around the verb are unclear. What two deeds that differ mean for a claim is
for `exchanged`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from .._text.words import term
from .lexicon import (
    AUXILIARIES,
    BEING,
    DEFINITE,
    DETERMINERS,
    INTENDING,
    PLACING,
    SAYING,
    is_not,
    synonym,
)
from .names import Name, same_name
from .passage import Item, Passage
from .wordlists import listed, listed_terms

_DEEDS = listed_terms("""
    accuse sue sued blame charged arrest attack beat defeat outplay overtake overtook hit strike kill
    injure rescue save praise criticise criticize condemn defend thank congratulate welcome warn urge ask
    tell order invite visit replace succeed succeeded hire employ fire sack dismiss appoint elect buy
    buys purchase acquire carry sell lend borrow owe owes pay pays give grant award offer accept reject
    refuse raise lower lead head chair run establish own sponsor finance support oppose help assist teach
    treat follow precede cause prevent invade occupy bomb shoot stab rob cheat deceive mislead betray
    insult threaten chase catch pursue push hug kiss marry divorce adopt draw feed eat propose promise
    pledge suggest request demand petition lobby notify inform contact phone call email write answer
    remind advise recommend persuade convince force compel allow permit forbid ban fine punish reward
    compensate reimburse insure supply deliver ship send receive represent regulate supervise audit
    inspect examine interview question investigate sentence convict acquit clear detain jail outnumber
    exceed exceeded surpass outperform merge absorb overcharge trust distrust admire envy love hate fear
    win join leave sign publish build invent discover design found ignore consult score miss direct train
    manage mentor
    """)
"""Verbs with two sides that are not to be exchanged."""
_DEEDS_TO = listed_terms("report belong lose surrender answer apologise apologize")
"""Verbs that have another side only after "to"."""
_CONVERSE = {term("sell"): term("buy"), term("lend"): term("borrow"), term("lose"): term("beat")}
"""Verbs that tell a deed from its other side: who sells to somebody, and who loses to him."""
_OPENING = DETERMINERS | listed("my your this that these those each every no some any both")
"""Words that may stand before a side of a deed and are no part of it."""
_LINKS = listed("of in at for on")
"""Prepositions that tie a noun to the one before it: "drivers in Corvale"."""
_TO_OTHERS = listed("from to against with by")
_OPENS_ASIDE = DETERMINERS | listed("who which whose")
_PRONOUNS = listed("he she it they we i you who which that him her them us me this these those")
_BETWEEN = listed("also later then already never not first once again soon had just only still now")
_CONVERSES = frozenset(_CONVERSE.values())
_SHORT = 4
"""A word in "-ed" is longer than this where it is a verb's past: "need", "shed" and "red" are none."""
_LOSING = listed("lose loses lost losing")
_SIDE = 9
"""How many items after "lost" the side it was lost "to" may begin."""
_FARTHEST = 14
"""How many items from its verb a side may begin."""
_MOST = 100
"""Deeds of a sentence that are read: only a transcript without full stops has more."""


class Party(NamedTuple):
    """One side of a deed: its items from `first` to `stop`, and `head`, the one that names it.

    `terms` holds what its words compare by. A pronoun is a side too, of which nothing is known.
    """

    first: int
    stop: int
    head: Item
    terms: frozenset[str]
    names: tuple[Name, ...]
    known: bool = True
    definite: bool = False


class Deed(NamedTuple):
    """A verb with its doer, what it is done to, and the others it names: "from", "to" or "against" whom."""

    verb: int
    term: str
    doer: Party | None
    done_to: Party | None
    others: tuple[Party, ...]
    denied: bool = False


def deeds(passage: Passage) -> tuple[Deed, ...]:
    """The deeds of a sentence, the passive turned into the active.

    >>> def told(text):
    ...     seen = Passage(text)
    ...     def said(party):
    ...         return party and seen.text[seen.items[party.first].start:seen.items[party.stop - 1].end]
    ...     return [(deed.term, said(deed.doer), said(deed.done_to)) for deed in deeds(seen)]
    >>> told("The harbour was sold to Ann Lee by the town, which accuses the builder of fraud.")
    [('buy', 'Ann Lee', 'harbour'), ('accus', 'town', 'builder')]
    >>> told("The team beat the champions.")
    [('beat', 'team', 'champions')]
    """
    return tuple(islice(_deeds(passage), _MOST))


def _deeds(passage: Passage) -> Iterator[Deed]:
    last: Party | None = None
    for at, item in enumerate(passage.items):
        if item.kind not in {"word", "small"} or not _is_deed(passage, at) or _is_noun(passage, at):
            continue
        deed = _passive(passage, at) if is_passive(passage, at) else _active(passage, at, last)
        if deed.doer is not None or deed.done_to is not None:
            last = deed.doer
            denied = any(is_not(each.low) for each in passage.items[max(0, at - 3) : at])
            yield _turned(deed)._replace(denied=denied)


def _is_deed(passage: Passage, at: int) -> bool:
    """Whether a word may be a deed; "report" is one only before "to"."""
    of, low = passage.items[at].term, passage.items[at].low
    if of in _DEEDS or (of in _DEEDS_TO and passage.low(at + 1) == "to"):
        return True
    if low in _LOSING and any(item.low == "to" for item in passage.items[at + 1 : at + _SIDE]):
        return True
    return len(low) > _SHORT and low.endswith("ed") and of not in SAYING


def _turned(deed: Deed) -> Deed:
    """A deed told from its other side, where that is what the verb does: "sold it to Lee", Lee bought it."""
    buys = _CONVERSE.get(deed.term)
    if buys is None or not deed.others or deed.doer is None:
        return deed
    return Deed(deed.verb, buys, deed.others[0], deed.done_to, (deed.doer,))


def _is_noun(passage: Passage, at: int) -> bool:
    """Whether the word for a deed stands as a noun: "the offer", "Brightwater's buyers", "an attack on"."""
    item, before = passage.items[at], passage.items[at - 1] if at else None
    if before is None:
        return True
    if item.low.endswith("s") and at + 1 < len(passage.items) and passage.items[at + 1].low == "by":
        return True
    if item.low.endswith("ing"):
        return before.low not in BEING
    if item.low.endswith("ed") and not item.low.endswith("eed"):
        return False
    return before.low in _OPENING - {"that", "this", "both"} or _is_possessive(passage, at - 1)


def _is_possessive(passage: Passage, at: int) -> bool:
    return passage.has_genitive(at) or passage.items[at].low.endswith("s'")


def is_passive(passage: Passage, at: int) -> bool:
    """Whether a verb tells what is done to its subject: "was sold", "sold by"."""
    items = passage.items
    if not items[at].low.endswith(("ed", "en", "t", "d", "n", "e")):
        return False
    if at + 1 < len(items) and items[at + 1].low == "by":
        return True
    here = at - 1
    while here >= 0 and _is_adverb(items[here]):
        here -= 1
    return here >= 0 and items[here].low in BEING and not items[at].low.endswith("ing")


def _is_adverb(item: Item) -> bool:
    return item.low in _BETWEEN or item.low.endswith("ly")


def _passive(passage: Passage, at: int) -> Deed:
    done_to = subject(passage, at)
    if done_to is None and at > 1 and _is_cut(passage, at):  # "the bridge, built in 1642, was closed"
        done_to = _ending(passage, at - 1)
    by = _after_word(passage, at, "by")
    others = tuple(party for party in _others(passage, at + 1) if by is None or party.first != by.first)
    return Deed(at, passage.items[at].term, by, done_to, others)


def _active(passage: Passage, at: int, last: Party | None) -> Deed:
    done_to = phrase(passage, at + 1)
    others = tuple(_others(passage, at + 1))
    return Deed(at, passage.items[at].term, subject(passage, at, last), done_to, others)


def _others(passage: Passage, start: int) -> Iterator[Party]:
    """Those that stand after "from", "to" and their like in the same clause."""
    for at in range(start, min(len(passage.items), start + _FARTHEST)):
        if at > start and _is_cut(passage, at) and passage.items[at].kind != "name":
            return
        if passage.items[at].low in _TO_OTHERS and (party := phrase(passage, at + 1)) is not None:
            yield party


def _after_word(passage: Passage, at: int, word: str) -> Party | None:
    for here in range(at + 1, min(len(passage.items), at + _FARTHEST)):
        if here > at + 1 and _is_cut(passage, here):
            return None
        if passage.items[here].low == word:
            return phrase(passage, here + 1)
    return None


def _is_cut(passage: Passage, at: int) -> bool:
    """Whether a mark stands between an item and the one before it."""
    return bool(passage.gap(at).strip(" '’s\"“”"))


def phrase(passage: Passage, at: int) -> Party | None:
    """The noun phrase that begins at an item, without what "of" ties to it."""
    items = passage.items
    while at < len(items) and _opens(items, at):
        at += 1
    if at < len(items) and items[at].low in _PRONOUNS:
        return _party(passage, at, at + 1, known=False)
    stop = at
    while stop < len(items) and items[stop].kind in {"word", "name"}:
        if stop > at and (_is_cut(passage, stop) or _is_past_deed(items[stop])):
            break
        stop += 1
    return _party(passage, at, stop) if stop > at else None


def _opens(items: Sequence[Item], at: int) -> bool:
    """Whether an item only leads up to the noun: a determiner or a number."""
    return (items[at].low in _OPENING or items[at].kind == "value") and not _pronoun(items, at)


def _is_past_deed(item: Item) -> bool:
    return item.term in _DEEDS and item.low.endswith("ed")


def _pronoun(items: Sequence[Item], at: int) -> bool:
    """Whether "her" or "that" stands alone, not before its noun."""
    alone = at + 1 >= len(items) or items[at + 1].kind == "small"
    return items[at].low in _PRONOUNS and alone


def _party(passage: Passage, first: int, stop: int, *, known: bool = True) -> Party:
    held = passage.items[first:stop]
    terms = frozenset(item.term for item in held if item.kind == "word")
    named = tuple(item.name for item in held if item.name is not None)
    definite = passage.low(first - 1) in DEFINITE or (stop - first > 1 and _is_possessive(passage, first))
    return Party(first, stop, held[-1], terms, named, known, definite)


def subject(passage: Passage, verb: int, last: Party | None = None) -> Party | None:
    """The subject of a verb; `last`, that of the verb before, where "and" joins the two."""
    items, at = passage.items, verb - 1
    while at >= 0 and (items[at].low in AUXILIARIES or _is_adverb(items[at])):
        at -= 1
    if any(item.low == "to" for item in items[at + 1 : verb]) and not _is_own_aim(items, at, verb):
        return None
    if at >= 0 and (items[at].low in INTENDING and items[at + 1].low == "to"):
        return subject(passage, at, last)
    if at < 0:
        return None
    if _is_cut(passage, at + 1):
        return _before_aside(passage, at)
    if items[at].low in {"and", "but", "or", "then"}:
        return last or _shared(passage, at)
    if items[at].low in {"who", "which", "that"}:
        return _ending(passage, at - 1) if at > 1 and items[at - 2].low not in PLACING else None
    if items[at].low in _PRONOUNS:
        return _party(passage, at, at + 1, known=False)
    return _ending(passage, at)


def _shared(passage: Passage, joint: int) -> Party | None:
    """The subject of what stands before "and": of "will stay" in "Price will stay and report to Lee"."""
    first = next((at for at in range(joint) if passage.items[at].low in AUXILIARIES - {"to"}), None)
    told = any(passage.items[at].low in {"that", "if", "which", "who"} for at in range(first or 0, joint))
    return None if not first or told else subject(passage, first)


def _is_own_aim(items: Sequence[Item], at: int, verb: int) -> bool:
    """Whether who stands before "to" is the doer: "is to buy", "plans to buy"; not "asked Lee to buy"."""
    return (at >= 0 and items[at].low in INTENDING) or any(item.low in BEING for item in items[at + 1 : verb])


def _before_aside(passage: Passage, at: int) -> Party | None:
    """The subject before what stands between two commas: "Crowe, who has run the port, called"."""
    start = at
    while start > 0 and not _is_cut(passage, start):
        start -= 1
    if start == 0 or "," not in passage.gap(start):
        return None
    one, before = passage.items[start], passage.items[start - 1]
    if one.kind == "name" and at == start:  # "the mayor, Ann Lee, said"; but "of Atlanta, Georgia, said"
        return _ending(passage, at) if before.kind == "word" else None
    return _ending(passage, start - 1) if one.low in _OPENS_ASIDE or one.kind == "value" else None


def _ending(passage: Passage, at: int) -> Party | None:
    """The noun phrase that ends at an item, back over what "of" and "in" tie to it."""
    items = passage.items
    if items[at].kind not in {"word", "name"}:
        return None
    first = at
    while first > 0 and items[first - 1].kind in {"word", "name"} and not _is_cut(passage, first):
        if items[first - 1].kind == "word" and items[first - 1].term in _DEEDS:
            break
        first -= 1
    party, whole = _party(passage, first, at + 1), _tied(passage, first)
    return party if whole is None else whole._replace(terms=whole.terms | party.terms)


def _tied(passage: Passage, first: int) -> Party | None:
    """The noun phrase to which "of" or "in" ties the one that begins at an item."""
    items, link = passage.items, first - 1
    while link > 0 and items[link].low in _OPENING and not _is_cut(passage, link + 1):
        link -= 1
    if link <= 0 or items[link].low not in _LINKS or _is_cut(passage, link + 1) or _is_cut(passage, link):
        return None
    whole = _ending(passage, link - 1)
    if whole is None or any(item.term in _DEEDS for item in items[whole.first : whole.stop]):
        return None
    return whole


def is_told_conversely(claim: Passage, said: Passage) -> bool:
    """Whether a sale is told as a purchase, and of the same two: "sold by" Lee for "bought from" Lee."""
    words = {item.term for item in claim.items} ^ {item.term for item in said.items}
    if words.isdisjoint(_CONVERSE):
        return False
    bought = [[deed for deed in deeds(passage) if deed.term in _CONVERSES] for passage in (claim, said)]
    return any(
        one.doer is not None and other.doer is not None and alike(one.doer, other.doer)
        for one, other in product(*bought)
        if one.term == other.term
    )


def alike(one: Party, other: Party) -> bool:
    """Whether two sides may be the same: a name they share, or the same noun at their heads."""
    if not one.known or not other.known:
        return True
    if any(same_name(mine, theirs) for mine in one.names for theirs in other.names):
        return True
    if one.head.kind == other.head.kind:
        return one.head.kind == "word" and synonym(one.head.term, other.head.term)
    word, name = (one, other) if one.head.kind == "word" else (other, one)
    return word.head.term in name.terms


def alike_for_sure(one: Party, other: Party) -> bool:
    """Whether two sides are known, and alike: a pronoun is like nobody."""
    return one.known and other.known and alike(one, other)
