"""The article as an index for checking claims, made once and asked many times.

Only what can be known before a claim is seen stands here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from .._language.broken import unbroken
from .._language.deeds import Deed, deeds
from .._language.lexicon import sure_opposites, synonyms
from .._language.meanings import english_share, lexicon
from .._language.names import Name, Style, numbered, same_parts
from .._language.passage import Passage
from .._language.records import is_structured, leaves
from .._language.roles import Role, roles
from .._language.tables import Table, read_terms_of, reading, tables
from .._language.typed import Value, agree
from .._language.units import CURRENCIES
from .._text.article import Article
from .._text.rank import Bm25
from .._text.words import STOPWORDS
from .align import Layout
from .given import Given
from .plain import Wordings
from .support import Index

_CAPITAL_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]*?(?=['’]s [\w]|['’]? [a-z]|[,;.])")
_QUOTES = re.compile(r"[\"“”]")
_NEAREST, _NEAREST_OF_A_RECORD, _MOST_GATHERED = 3, 6, 7
"""Sentences that a claim is compared with: those with most of its words, of prose and of a record, and all
that are gathered with those that have a name or a value which these lack."""
_VALUES = 14
"""Values of a record that a claim is compared with."""
LETTERS = re.compile(r"[^\W\d_]+")
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z]{2,}")


class Unit(NamedTuple):
    """What a claim is compared with: a sentence, or a value of a record; `sentence` is its place."""

    passage: Passage
    sentence: int


class Evidence:
    """An article's sentences, each read once, with an index of their words; linear in the length to build.

    `article` is the article, `passages` its sentences as the checks read them (read at first use),
    `index` ranks them. Build it once for all the claims about an article.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.style = Style(
            frozenset(_SMALL_WORD.findall(article.text)),
            frozenset(word.casefold() for word in _CAPITAL_INSIDE.findall(article.text)),
        )
        texts = [article.text[span.start : span.end] for span in article.sentences]
        self.passages = tuple(Passage(text, self.style) for text in unbroken(texts))
        self.title = Passage(article.title, self.style)
        self.leaves = tuple(leaves(article.text)) if is_structured(article.text) else ()
        self.units = tuple(self._units())
        self.index = Bm25.of_terms([unit.passage.content for unit in self.units])
        self._ranked = lru_cache(maxsize=4096)(self._rank)
        self._claims = lru_cache(maxsize=256)(self._claim)
        self._verbatim = lru_cache(maxsize=256)(lambda claim: self._wordings.sentence(claim))
        self._deeds = lru_cache(maxsize=4096)(deeds)
        self._layouts = lru_cache(maxsize=256)(Layout)
        self._alike = lru_cache(maxsize=4096)(self._names_of)
        self._about = lru_cache(maxsize=4096)(self._is_about)

    @cached_property
    def support(self) -> Index:
        """The article as the trained score sees it."""
        said = None if self.leaves else [passage.words for passage in self.passages]
        return Index(self.article.text, self.article.sentences, said)

    def likeness(self, term: str) -> int:
        """The fewest differing bits between the codes of a term and of any word of meaning of the article."""
        code = lexicon().code(term) if self._read_as_small else None
        small = [] if code is None else [(code ^ each).bit_count() for each in self._read_as_small]
        return min([self.support.likeness(term), *small])

    @cached_property
    def _read_as_small(self) -> tuple[int, ...]:
        """The codes of words such as "US" and "wills", which the support index takes for small ones."""
        codes = (lexicon().code(each) for each in STOPWORDS if self.index.frequency(each))
        return tuple(code for code in codes if code is not None)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The article's tables."""
        return () if self.leaves else tables(self.article)

    @cached_property
    def numbered(self) -> dict[str, dict[str, str]]:
        """The names that end in a number: by the name and the number, how the article writes both."""
        found: dict[str, dict[str, str]] = {}
        for each in numbered(self.article.text):
            found.setdefault(each.name, {})[each.number] = self.article.text[each.start : each.end]
        return found

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The offices that the article gives."""
        return tuple(role for passage in self.passages for role in roles(passage))

    @cached_property
    def folded(self) -> frozenset[str]:
        """Every word of the article, folded as a name part."""
        return frozenset().union(*(passage.folded for passage in (*self.passages, self.title)))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the article in lower case."""
        return frozenset(map(str.casefold, set(LETTERS.findall(self.article.text))))

    @cached_property
    def english(self) -> float:
        """The share of English words among the article's first."""
        return english(self.article.text)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The digits of every figure the article writes, and of its numbers in words."""
        written = set(map(digits, FIGURE.findall(self.article.text)))
        return frozenset(written | {f"{value.written:.12g}" for _, value in self._values})

    def _units(self) -> Iterator[Unit]:
        if not self.leaves:
            yield from (Unit(passage, at) for at, passage in enumerate(self.passages))
        at = 0
        for leaf in self.leaves:
            at = max(at, self.article.text.find(leaf.value[:40], at, at + 2_000))
            home = max(0, bisect_right(self.article.sentences, at, key=lambda span: span.start) - 1)
            yield from (Unit(Passage(part, self.style), home) for part in leaf.parts)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term over the article's sentences."""
        return self.index.idf(term)

    def claim(self, text: str) -> Passage:
        """A claim, read with what is known of the article's words."""
        return self._claims(text)

    def _claim(self, text: str) -> Passage:
        return Passage(text, self.style)

    def deeds(self, passage: Passage) -> tuple[Deed, ...]:
        """The deeds of one of the article's sentences, or of a claim about it."""
        return self._deeds(passage)

    def layout(self, passage: Passage) -> Layout:
        """One of the article's sentences, made ready to be aligned with claims."""
        return self._layouts(passage)

    def cited(self, sentences: Sequence[int]) -> tuple[Passage, ...]:
        """The passages of the cited sentences; indexes outside the article are left out."""
        return tuple(self.passages[at] for at in sentences if 0 <= at < len(self.passages))

    def context(self, cited: Sequence[int]) -> tuple[Passage, ...]:
        """What names and pronouns may lean on: the sentences before each cited one, and the title.

        Goes back to the two nearest sentences that hold a name, at most eight.
        """
        near = {at for each in cited for at in self._before(each)} - set(cited)
        return (*self.cited(sorted(near)), self.title)

    def _before(self, sentence: int) -> list[int]:
        found: list[int] = []
        for at in range(min(sentence, len(self.passages)) - 1, max(-1, sentence - 9), -1):
            if self.passages[at].names or sentence - at <= 2:
                found.append(at)
            if len(found) >= 3:
                break
        return found

    def is_about(self, sentence: int, name: Name) -> bool:
        """Whether a sentence, or one that it may lean on, has the name."""
        return self._about(sentence, name.parts)

    def _is_about(self, sentence: int, parts: tuple[str, ...]) -> bool:
        near = (self.passages[sentence], *self.context([sentence]))
        return any(same_parts(parts, said.parts) for passage in near for said in passage.names)

    def in_quotation(self, sentence: int) -> bool:
        """Whether a sentence holds a quotation mark, or stands inside a quotation of its paragraph."""
        return sentence in self._quoted

    @cached_property
    def _quoted(self) -> frozenset[int]:
        found: set[int] = set()
        text, at = self.article.text, 0
        for paragraph in self.article.paragraphs:
            open_marks = 0
            while at < len(self.passages) and self.article.sentences[at].start < paragraph.end:
                marks = len(_QUOTES.findall(text, *self.article.sentences[at]))
                if marks or open_marks % 2:
                    found.add(at)
                open_marks += marks
                at += 1
        return frozenset(found)

    def verbatim(self, claim: str) -> int | None:
        """The sentence that says exactly this, or None; quotation marks and other presentation aside."""
        return self._verbatim(claim)

    @cached_property
    def _wordings(self) -> Wordings:
        return Wordings([passage.text for passage in self.passages], self.tables)

    def nearest(self, claim: str, most: int = 3) -> tuple[int, ...]:
        """The sentences that share most with the claim, in reading order; empty where none shares a word."""
        return self._ranked(claim, most)

    def _rank(self, claim: str, most: int) -> tuple[int, ...]:
        return tuple(sorted({self.units[at].sentence for at in self._top(claim, most)}))

    def _top(self, claim: str, most: int) -> list[int]:
        return self.index.top(self.claim(claim).content, most)

    def ranked(self, claim: str) -> tuple[int, ...]:
        """The nearest sentences, the best first."""
        return tuple(dict.fromkeys(self.units[at].sentence for at in self._top(claim, _NEAREST)))

    def gather(self, claim: str) -> tuple[int, ...]:
        """The sentences a claim should rest on: the nearest, and those with a name or value these lack."""
        found = list(self.nearest(claim, _NEAREST_OF_A_RECORD if self.leaves else _NEAREST))
        passage = self.claim(claim)
        if not found:  # "no one was hurt" shares no word with "nobody was injured"
            near = (synonyms(one) | sure_opposites(one) for one in sorted(passage.terms))
            alike = [each for others in near for each in sorted(others)]
            found = sorted({self.units[at].sentence for at in self.index.top(alike, _NEAREST)})
        for value in passage.values:
            held = (each for at in found for each in self.passages[at].values)
            if not value.soft and not any(agree(value, each) for each in held):
                found += [at for at in [self.where(value)] if at is not None]
        if self.tables and passage.values:
            found += [at for at in self._rows_with(passage) if at not in found]
        for name in passage.names:
            homes = [at for at, _ in self.names_like(name)]
            if homes and not set(homes) & {*found, *(at - 1 for at in found)}:
                found.append(min(homes, key=lambda at: min((abs(at - each) for each in found), default=0)))
        return tuple(sorted(set(found[:_MOST_GATHERED])))

    def _rows_with(self, claim: Passage) -> Iterator[int]:
        """The rows of tables that a claim speaks of and takes a value from."""
        said = read_terms_of(claim.text)
        for each in (reading(table, said) for table in self.tables):
            yield from each.homes(claim.values)

    def units_for(self, claim: str, cited: Sequence[int]) -> tuple[tuple[int, Passage], ...]:
        """What a claim is compared with: each cited sentence, or of a record the nearest values."""
        if not self.leaves:
            return tuple((at, self.passages[at]) for at in cited)
        homes = set(cited)
        near = [at for at in self._top(claim, 40) if self.units[at].sentence in homes]
        return tuple((self.units[at].sentence, self.units[at].passage) for at in near[:_VALUES])

    def where(self, value: Value) -> int | None:
        """The first sentence of the article that gives a value agreeing with this one, or None.

        One of the same amount goes before others that agree.
        """
        found = list(self._given.agreeing(value))
        alike = (at for at, said in found if said.low == value.low)
        return next(alike, found[0][0] if found else None)

    def giving(self, value: Value) -> tuple[int, ...]:
        """The sentences of the article that give a value agreeing with this one, in order."""
        return tuple(dict.fromkeys(at for at, _ in self._given.agreeing(value)))

    def has_year(self, year: float | str) -> bool:
        """Whether the article names a year anywhere."""
        return ("year", year) in self._parts

    @cached_property
    def currencies(self) -> frozenset[str]:
        """The currencies in which the article gives amounts."""
        return frozenset(value.unit for _, value in self._values if value.unit in CURRENCIES)

    @cached_property
    def _parts(self) -> frozenset[tuple[str, float | str]]:
        return frozenset(part for _, value in self._values for part in value.parts)

    @cached_property
    def _values(self) -> tuple[tuple[int, Value], ...]:
        return tuple((unit.sentence, value) for unit in self.units for value in unit.passage.values)

    @cached_property
    def _given(self) -> Given:
        return Given(self._values)

    def names_like(self, name: Name) -> list[tuple[int, Name]]:
        """Every name of the article that can name the same, with its sentence."""
        return self._alike(name.parts)

    def knows(self, name: Name) -> bool:
        """Whether the article has a name that can name the same."""
        return bool(self.names_like(name))

    def _names_of(self, parts: tuple[str, ...]) -> list[tuple[int, Name]]:
        held = (each for part in parts for each in self._by_part.get(part, ()))
        return [(at, said) for at, said in held if same_parts(parts, said.parts)]

    def homes(self, term: str) -> list[int]:
        """The sentences with a term of meaning, in order."""
        return self._homes.get(term, [])

    def homes_of(self, term: str) -> tuple[Passage, ...]:
        """The passages of those sentences."""
        return self.cited(self.homes(term))

    @cached_property
    def _homes(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, passage in enumerate(self.passages):
            for each in passage.terms:
                found.setdefault(each, []).append(at)
        return found

    @cached_property
    def _by_part(self) -> dict[str, list[tuple[int, Name]]]:
        """The names by each of their parts."""
        found: dict[str, list[tuple[int, Name]]] = {}
        for unit in self.units:
            for name in unit.passage.names:
                for each in set(name.parts):
                    found.setdefault(each, []).append((unit.sentence, name))
        return found


def digits(figure: str) -> str:
    """The digits of a figure, however its thousands and its decimals are parted.

    >>> digits("1.234,5") == digits("1,234.5")
    True
    """
    return re.sub(r"\D", "", figure)


def english(text: str) -> float:
    """The share of English words among the first of a text.

    >>> english("The council met."), english("Die Brücke bleibt gesperrt.") < 0.5
    (1.0, True)
    """
    return english_share(LETTERS.findall(text[:4_000]))
