"""The source of a claim as an index: made once per article, asked once per claim.

Prose is indexed by its sentences, structured data by its leaves (see `structure`). Nothing here knows a
claim, and every step is linear in the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from ..._language.meanings import STRANGERS, Meaning, lexicon, together
from ..._language.records import Leaf, State, hours, is_structured, leaves
from ..._text.words import Word, is_stopword, words
from ..._values import Span

_DENIALS = """
    not no never none nobody nothing neither nor without cannot lack lacks lacked fail fails failed unable
    deny denied denies
"""
NEGATIONS = frozenset(_DENIALS.split())
_PLACES = 40
"""How many places of one term are looked at: the rest of a word that common tells nothing."""
_MOST_UNITS = 400
"""Sentences with one term that are looked at for another."""
_SHORT_VALUE = 14
"""Characters below which a leaf of structured data is known by its keys and its value together."""
_MOST_CODES = 200
"""Terms whose codes tell what a source is about."""
_MOST_TERMS = 16_384
"""Terms of claims whose likeness is remembered, however many claims are asked about."""
_TIME = re.compile(r"\b(?:(\d{1,2})(?::(\d\d))?\s?([ap])\.?m\b|(noon|midnight)\b)", re.IGNORECASE)


class Unit:
    """A sentence or a leaf: its terms in order and as a set, and whether it denies something."""

    __slots__ = ("denies", "held", "length", "sentence", "terms")

    def __init__(self, found: Sequence[Word], sentence: int) -> None:
        self.terms = [normal(word) for word in found]
        self.held = frozenset(self.terms)
        self.length = 0.6 + 0.1 * math.sqrt(len(self.held) + 1)
        self.denies = any(is_negation(word.text) for word in found)
        self.sentence = sentence


class Index:
    """Everything a claim is compared with: terms, their places, neighbours, meanings and the leaves.

    `sentences` are spans of `text`, `said` their words, where they are known already. Of structured data the
    leaves are indexed instead, and no sentence can be cited. Building takes about 10 ms for 1,000 words.
    """

    def __init__(
        self, text: str, sentences: Sequence[Span], said: Sequence[Sequence[Word]] | None = None
    ) -> None:
        self.structured = is_structured(text)
        self.leaves = tuple(leaves(text)) if self.structured else ()
        if self.structured:
            said = [words(part) for leaf in self.leaves for part in leaf.parts]
        elif said is None:
            said = [words(text[span.start : span.end]) for span in sentences]
        self._read([(-1 if self.structured else at, found) for at, found in enumerate(said) if found])
        self._place()
        self.states = _states(self.leaves)
        self.said = _said(self.leaves)
        self.hours = frozenset(minutes for minutes, _, _ in times(text)).union(
            *(hours(leaf.value) for leaf in self.leaves)
        )
        self._likeness = lru_cache(maxsize=_MOST_TERMS)(self._fewest_bits)
        self._unit_codes: dict[int, list[tuple[str, int]]] = {}
        self._unit_meanings: dict[int, Meaning] = {}

    def _read(self, said: Sequence[tuple[int, Sequence[Word]]]) -> None:
        """The units, each from its words and the sentence that it is, and how their words are written."""
        self.surface = frozenset(word.text for _, found in said for word in found)
        self.surface |= {word.lower() for word in self.surface}
        self.units = [Unit(found, at) for at, found in said]
        self.count = len(self.units)
        self._unit_of = {unit.sentence: at for at, unit in enumerate(self.units) if unit.sentence >= 0}
        self._flat = f"|{'|'.join(_flat(found) for _, found in said)}|"

    def _place(self) -> None:
        """Where the terms of the units stand, beside which others, and how rare and how alike they are."""
        self.sequence: list[str] = []
        self.places: dict[str, list[int]] = defaultdict(list)
        self.holders: dict[str, list[int]] = defaultdict(list)
        self.pairs: set[tuple[str, str]] = set()
        self.triples: set[tuple[str, str, str]] = set()
        self.frequency: Counter[str] = Counter()
        for at, unit in enumerate(self.units):
            self._add(at, unit)
        self.length = len(self.sequence) - self.count
        self.prefixes = frozenset(term[:5] for term in self.places if len(term) >= 5)
        self.codes = _codes(self.places)
        self.topic = _majority(self.codes)
        self._rarities = [math.log(1 + (self.count + 0.5) / (n + 0.5)) for n in range(self.count + 1)]

    def _add(self, at: int, unit: Unit) -> None:
        for place, term in enumerate(unit.terms, len(self.sequence)):
            if len(self.places[term]) < _PLACES:
                self.places[term].append(place)
        self.sequence += (*unit.terms, "|")
        line = ("<s>", *unit.terms)
        self.pairs.update(pairwise(line))
        self.triples.update(zip(line, line[1:], line[2:], strict=False))
        self.frequency.update(unit.held)
        for term in unit.held:
            self.holders[term].append(at)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term over the units."""
        return self._rarities[self.frequency.get(term, 0)]

    def holds(self, found: Sequence[Word]) -> bool:
        """Whether these words, in this order and no others, are a whole unit, letter case apart."""
        return len(found) > 1 and f"|{_flat(found)}|" in self._flat

    def of_sentences(self, sentences: Sequence[int]) -> list[int]:
        """The units that are these sentences; none of structured data."""
        chosen = frozenset(sentences)
        return [self._unit_of[at] for at in sorted(chosen) if at in self._unit_of]

    def share_a_unit(self, one: str, other: str) -> bool:
        """Whether two terms stand in one unit, among the first few hundred of each."""
        mine = self.holders.get(one, ())[:_MOST_UNITS]
        return not frozenset(mine).isdisjoint(self.holders.get(other, ())[:_MOST_UNITS])

    def likeness(self, term: str) -> int:
        """The fewest differing bits between the code of a term and that of any content word of the source."""
        return 0 if term in self.places else self._likeness(term)

    def _fewest_bits(self, term: str) -> int:
        code = lexicon().code(term)
        if code is None:
            return STRANGERS
        return min(map(int.bit_count, map(code.__xor__, self.codes)), default=STRANGERS)

    def coded(self, unit: int) -> list[tuple[str, int]]:
        """The content terms of a unit with their codes, looked up once."""
        if unit not in self._unit_codes:
            pairs = ((t, lexicon().code(t)) for t in sorted(self.units[unit].held) if not is_stopword(t))
            self._unit_codes[unit] = [(t, c) for t, c in pairs if c is not None]
        return self._unit_codes[unit]

    def meaning(self, unit: int) -> Meaning:
        """What the content terms of a unit can mean, together."""
        if unit not in self._unit_meanings:
            self._unit_meanings[unit] = together(t for t in self.units[unit].held if not is_stopword(t))
        return self._unit_meanings[unit]

    @cached_property
    def meanings(self) -> Meaning:
        """What the content terms of the source can mean, together."""
        return together(t for t in self.places if not is_stopword(t))


def normal(word: Word) -> str:
    """The term of a word, with numbers that are equal made equal.

    >>> [normal(w) for w in words("5.0 stars, 5, 2.50")]
    ['5', 'star', '5', '2.5']
    """
    term = word.term
    if "." in term and term[0].isdigit():
        return term.rstrip("0").rstrip(".")
    return term


@lru_cache(maxsize=8_192)
def is_negation(word: str) -> bool:
    """Whether a word as written denies.

    >>> [is_negation(w) for w in ("never", "Don’t", "cannot", "know")]
    [True, True, True, False]
    """
    folded = word.lower().replace("’", "'")
    return folded in NEGATIONS or folded.endswith("n't")


def _flat(found: Sequence[Word]) -> str:
    return " ".join(word.text.lower() for word in found)


def _codes(terms: dict[str, list[int]]) -> list[int]:
    found = (lexicon().code(term) for term in terms if not is_stopword(term))
    return sorted(code for code in found if code is not None)


def times(text: str) -> Iterator[tuple[int, int, int]]:
    """Every time of day that names its half: minutes after midnight, and where it stands.

    >>> list(times("from 9 a.m. to 5:30 PM, or noon"))
    [(540, 5, 10), (1050, 15, 22), (720, 27, 31)]
    """
    for found in _TIME.finditer(text):
        if found[4]:
            yield {"noon": 720, "midnight": 0}[found[4].lower()], *found.span()
        else:
            hour = int(found[1]) % 12 + (12 if found[3] in "pP" else 0)
            yield 60 * hour + int(found[2] or 0), *found.span()


def _majority(codes: Sequence[int]) -> int | None:
    """The code whose every bit most of the codes have: what a source is about, roughly."""
    if not codes:
        return None
    digits = zip(*(f"{code:0256b}" for code in codes[:_MOST_CODES]), strict=True)
    half = min(len(codes), _MOST_CODES) / 2
    return int("".join(["1" if each.count("1") > half else "0" for each in digits]), 2)


def _said(found: Sequence[Leaf]) -> list[tuple[frozenset[str], str]]:
    """The terms of each short leaf's nearest keys, and the leaf as a string."""
    said = []
    for leaf in found:
        if len(leaf.value) < _SHORT_VALUE:
            keys = Leaf(leaf.path[-2:], "", "value").words
            terms = frozenset(word.term for word in words(keys) if len(word.term) > 2)
            said.append((terms, f"{keys}{leaf.value if leaf.state == 'value' else leaf.state}"))
    return said


def _states(found: Sequence[Leaf]) -> dict[str, State]:
    """What the data says of each key's own words: true, false, null or a value; nearer keys win.

    A word that several keys share, such as "restaurants" in three of them, stands for none of them.
    """
    states: dict[str, State] = {}
    own: dict[str, set[str]] = defaultdict(set)
    for leaf in found:
        for depth, key in enumerate(reversed(leaf.path)):
            for word in words(Leaf((key,), "", "value").words):
                term = normal(word)
                if not depth:
                    own[term].add(key)
                if len(term) > 2 and (not depth or states.get(term) not in ("true", "value")):
                    states[term] = leaf.state
    return {term: state for term, state in states.items() if len(own[term]) < 2}
