"""A sentence read once: its words, and what in them is a value, a name, a denial, a hedge or a quantifier.

Claims and article sentences are read the same way. What differs between the two is for the checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, Protocol

from .._text.words import Word, is_stopword, words
from . import lexicon
from .meanings import lexicon as packed
from .names import Name, Style, fold, names, same_name, same_part
from .typed import Value, agree
from .values import values
from .wordlists import listed, listed_terms

ItemKind = Literal["word", "small", "name", "value"]
CLAUSE = re.compile(r"[,;:.]\s|\b(?:but|and said|while|whereas)\b")
"""What ends one clause and begins another."""
_CLAUSE_END = re.compile(r"[,;:()—–]|(?<=[a-z][a-z'’][a-z])[.!?]\W*\s")
_IDIOMS = frozenset([("or", "not"), ("or", "without"), ("of", "nowhere"), ("from", "nowhere")])
_COULD_NOT = listed("couldn't can't cannot")
_BALLOTS = listed("yes no aye nay")
_VOTING = listed_terms("vote")
CueKind = Literal["not", "soft_not", "modal", "quantifier"]


class Placed(Protocol):
    """What has a place in a text: an item, a name, a value, a span."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Item(NamedTuple):
    """What alignment moves as one piece: a content word, a small (function) word, a name or a value.

    `first` to `stop` are its words, `start` to `end` its characters, `term` what a word compares by.
    `capital` marks a word with a capital that may be a name all the same.
    """

    kind: ItemKind
    start: int
    end: int
    first: int
    stop: int
    term: str
    low: str
    name: Name | None = None
    value: Value | None = None
    capital: bool = False


class Cue(NamedTuple):
    """A word that turns what follows: where it stands (items), its class, and the items it acts on."""

    kind: CueKind
    of: str
    at: int
    targets: tuple[int, ...]

    @property
    def denies(self) -> bool:
        """Whether it denies, plainly ("not") or in substance ("failed to")."""
        return self.kind in {"not", "soft_not"}


@dataclass(frozen=True)
class Passage:
    """One sentence or claim; `style` tells names from words at the beginning of a sentence."""

    text: str
    style: Style = field(default=Style(), repr=False)

    @cached_property
    def words(self) -> list[Word]:
        """Its words."""
        return words(self.text)

    @property
    def asks(self) -> bool:
        """Whether it is a question, which asserts nothing."""
        return self.text.rstrip("\"”’' ").endswith("?")

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Its numbers, amounts, dates and times."""
        return values(self.text, self.words)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Its proper names."""
        return names(self.text, self.words, self.style)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Its words, names and values in order, none twice."""
        return tuple(_items(self.words, self.values, self.names))

    @cached_property
    def lows(self) -> frozenset[str]:
        """Its words and small words in lower case."""
        return frozenset(item.low for item in self.items)

    @cached_property
    def says_not(self) -> bool:
        """Whether a word of it denies: "not", "never", "didn't"."""
        return any(map(lexicon.is_not, self.lows))

    @property
    def denies(self) -> bool:
        """Whether something is denied in it, plainly or in substance ("failed to")."""
        return any(cue.denies for cue in self.cues)

    @property
    def denies_plainly(self) -> bool:
        """Whether something is denied in it by "not" and its like."""
        return any(cue.kind == "not" for cue in self.cues)

    def low(self, at: int) -> str:
        """The word at a place in lower case; "" for a name, a value, and beyond the ends."""
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def cues_on(self, at: int, kind: CueKind) -> list[Cue]:
        """What of a kind acts on an item before any other."""
        return [cue for cue in self.cues if cue.kind == kind and cue.targets[:1] == (at,)]

    def written(self, first: Placed, last: Placed | None = None) -> str:
        """An item as the text writes it, or all from one item to another."""
        return self.text[first.start : (last or first).end]

    def gives(self, value: Value) -> bool:
        """Whether one of its values can be what a value of a claim says.

        >>> Passage("It cost about £2.5m.").gives(Passage("£2,500,000").values[0])
        True
        """
        return any(agree(value, said) for said in self.values)

    def has_name(self, name: Name) -> bool:
        """Whether one of its names can name the same."""
        return any(same_name(name, said) for said in self.names)

    def holds(self, item: Item) -> bool:
        """Whether it has an item of a claim: the word, a value that agrees, the name in any letters."""
        if item.value is not None:
            return self.gives(item.value)
        if item.name is not None:
            return self.has_name(item.name) or self.spells(item.name)
        return item.term in self.terms

    def gap(self, at: int) -> str:
        """What stands between an item and the one before it."""
        return self.text[self.items[at - 1].end : self.items[at].start]

    def has_genitive(self, at: int) -> bool:
        """Whether an item bears "'s", as "club" in "the club's chairman"."""
        end = self.items[at].end
        return "'s" in self.text[end - 2 : end + 2].replace("’", "'")

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of its content words."""
        return frozenset(self.content)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The terms of its content words in order, as `words.terms` gives them."""
        return tuple(word.term for word in self.words if not is_stopword(word.text))

    @cached_property
    def folded(self) -> frozenset[str]:
        """Its words as name parts."""
        return frozenset(fold(word.text) for word in self.words)

    def spells(self, name: Name) -> bool:
        """Whether it holds every part of a name as words, capital or not; the word "a" is nobody's initial.

        >>> passage = Passage("the mayor of leith met a minister")
        >>> [passage.spells(Passage(f"He was in {name}.").names[0]) for name in ("Leith", "Athens")]
        [True, False]
        """
        return all(part in self.folded or self._has_like(part) for part in name.parts)

    def _has_like(self, part: str) -> bool:
        alike = self._by_initial.get(part[:1], ())
        return any(len(word) > 1 and same_part(part, word) for word in alike)

    @cached_property
    def _by_initial(self) -> dict[str, list[str]]:
        """Its words as name parts by their first letter, for no two that may be the same differ in it."""
        found: dict[str, list[str]] = {}
        for word in self.folded:
            found.setdefault(word[:1], []).append(word)
        return found

    @cached_property
    def codes(self) -> tuple[tuple[str, int], ...]:
        """Its words of meaning, each with its code in the lexicon, where it has one."""
        found = ((item.low, packed().code(item.term)) for item in self.items if item.kind == "word")
        return tuple((low, code) for low, code in found if code is not None)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """What denies, hedges or counts in it, each with what it acts on."""
        return tuple(_cues(self.text, self.items))


def _items(said: Sequence[Word], found: Sequence[Value], named: Sequence[Name]) -> Iterator[Item]:
    values_at = {value.first: value for value in found}
    names_at = {name.first: name for name in named}
    at = 0
    while at < len(said):
        if (value := values_at.get(at)) is not None:
            yield Item("value", value.start, value.end, at, value.stop, "", "", value=value)
            at = value.stop
        elif (name := names_at.get(at)) is not None:
            yield Item("name", name.start, name.end, at, name.stop, name.last, "", name=name)
            at = name.stop
        else:
            word = _word(said[at], at)
            yield word._replace(kind="word") if _is_ballot(said, at) else word
            at += 1


def _is_ballot(said: Sequence[Word], at: int) -> bool:
    """Whether "yes" or "no" is what somebody voted, and denies nothing around it."""
    return at > 0 and said[at].text.lower() in _BALLOTS and said[at - 1].term in _VOTING


def _word(word: Word, at: int) -> Item:
    kind, low, capital = _sort(word.text)
    return Item(kind, word.start, word.end, at, at + 1, word.term, low, capital=capital)


@lru_cache(maxsize=16_384)
def _sort(word: str) -> tuple[ItemKind, str, bool]:
    """Whether a word is a small one, the word in lower case, and whether its capital may be a name's."""
    low = word.lower().replace("’", "'")
    small = is_stopword(word) or low in lexicon.MODALS or low in lexicon.QUANTIFIERS or lexicon.is_not(low)
    return "small" if small else "word", low, not small and word[0].isupper()


def _cues(text: str, items: Sequence[Item]) -> Iterator[Cue]:
    for at, item in enumerate(items):
        if item.kind not in {"word", "small"} or not _may_be_cue(item.low, item.term):
            continue
        following = items[at + 1].low if at + 1 < len(items) else ""
        if lexicon.is_not(item.low) and item.kind == "small":
            if following not in lexicon.UNLESS_FOLLOWED.get(item.low, ()) and not _is_idiom(text, items, at):
                yield Cue("not", "not", at, _denied(text, items, at))
        elif (item.low, following) == ("yet", "to"):
            yield Cue("not", "not", at, _targets(text, items, at))
        elif item.term in lexicon.SOFT_NOT:
            yield Cue("soft_not", "not", at, _targets(text, items, at))
        modal = lexicon.MODALS.get(item.low) or lexicon.CONTRACTED.get(item.low.rpartition("'")[2])
        as_can_be = at > 0 and item.low == "possible" and items[max(0, at - 3) : at][0].low == "as"
        if modal and not as_can_be and (following == "to" or item.low not in lexicon.NEEDS_TO):
            yield Cue("modal", modal, at, _targets(text, items, at))
        quantifier = None if (item.low, following) == ("each", "other") else lexicon.QUANTIFIERS.get(item.low)
        if quantifier and not _is_bound(items, at):
            yield Cue("quantifier", quantifier, at, _targets(text, items, at))


def _is_idiom(text: str, items: Sequence[Item], at: int) -> bool:
    """Whether a "not" denies nothing: "whether or not", "out of nowhere", "could not be more"."""
    before = items[at - 1].low if at else ""
    if (before, items[at].low) in _IDIOMS:
        return True
    if items[at].low == "not" and [item.low for item in items[at + 1 : at + 3]] == ["that", ""]:
        return True  # "not that Peter Gallagher"
    following = tuple(item.low for item in items[at + 1 : at + 3])
    if text.startswith("-for-", items[at].end):
        return True  # "not-for-profit"
    return items[at].low in _COULD_NOT and following == ("be", "more")


@lru_cache(maxsize=8_192)
def _may_be_cue(low: str, term: str) -> bool:
    """Whether a word is one of the few that can deny, hedge or count."""
    return (
        lexicon.is_not(low)
        or low == "yet"
        or term in lexicon.SOFT_NOT
        or low in lexicon.MODALS
        or low.rpartition("'")[2] in lexicon.CONTRACTED
        or low in lexicon.QUANTIFIERS
    )


def _denied(text: str, items: Sequence[Item], at: int) -> tuple[int, ...]:
    """What a denial acts on: what follows, and for "found no evidence" the verb before as well."""
    if items[at].low not in {"no", "nothing", "nobody", "none", "neither"}:
        return _targets(text, items, at)
    before = (at - 1,) if at and items[at - 1].kind == "word" else ()
    return (*_targets(text, items, at, most=4), *before)


def _is_bound(items: Sequence[Item], at: int) -> bool:
    """Whether a quantifier belongs to a number instead: "no fewer than 300", "at most"."""
    near = {item.low for item in items[max(0, at - 1) : at + 3]}
    return "than" in near or (at > 0 and items[at - 1].low == "at")


def _targets(text: str, items: Sequence[Item], at: int, most: int = 2) -> tuple[int, ...]:
    """The next two items that carry meaning, within six and the clause: the verb and what follows it."""
    found: list[int] = []
    for here in range(at + 1, min(len(items), at + 5 + most)):
        if _CLAUSE_END.search(text, items[here - 1].end, items[here].start):
            break
        if items[here].kind != "small":
            found.append(here)
        if len(found) == most:
            break
    if found or at + 1 >= len(items) or _CLAUSE_END.search(text, items[at].end, items[at + 1].start):
        return tuple(found)
    return (at + 1,)
