"""Small edits that make a supported sentence false, for training: numbers, names, opposites, denials, nouns.

Each edit is local, as those of careless writers and of SummEdits are. The tests have a liar of their own
(`tests/grounding/lies.py`), which shares no list and no code with this one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from quotewise._grounding.evidence import Evidence
from quotewise._language.meanings import lexicon, relation, senses
from quotewise._language.passage import Passage
from quotewise._text.words import Word, is_stopword

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|could|can|should|had|has|have|does|did)\b(?! not\b|n't)"
)
_DENIED = re.compile(r" not\b(?! only)| never\b")
_SMALL = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ADDED = [
    "new",
    "old",
    "large",
    "small",
    "major",
    "minor",
    "local",
    "former",
    "young",
    "annual",
    "secret",
    "official",
    "recent",
    "popular",
    "expensive",
    "successful",
    "temporary",
    "early",
    "final",
    "entire",
]
_SIDE = (50, 100)
"""Differing bits between a word and one that may be put in its place: akin, but no synonym."""


class Lie(NamedTuple):
    """A false sentence, and where in it the false words stand."""

    text: str
    start: int
    end: int


Forms = Mapping[str, str]
"""For each term a word that has it, so that a swapped word is one."""
Rule = Callable[[Passage, Evidence, random.Random, Forms], Iterator[Lie]]


def lie(sentence: str, evidence: Evidence, forms: Forms, seed: str) -> Lie | None:
    """One lie about a sentence, of a kind chosen by the seed, or None where no kind fits."""
    rng = random.Random(seed)
    passage = evidence.claim(sentence)
    for rule in rng.sample(RULES, len(RULES)):
        made = list(rule(passage, evidence, rng, forms))
        if made:
            return rng.choice(made)
    return None


def _put(text: str, start: int, end: int, other: str) -> Lie:
    if text[start:end][:1].isupper() and start == 0:
        other = other[:1].upper() + other[1:]
    return Lie(text[:start] + other + text[end:], start, start + len(other))


def _number(said: Passage, evidence: Evidence, rng: random.Random, forms: Forms) -> Iterator[Lie]:
    for word in said.words:
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?", word.text):
            digits = [k for k, c in enumerate(word.text) if c.isdigit()]
            at = rng.choice(digits)
            other = rng.choice([d for d in "123456789" if d != word.text[at]])
            yield _put(said.text, word.start, word.end, word.text[:at] + other + word.text[at + 1 :])
        elif word.text.lower() in _SMALL:
            other = rng.choice([w for w in _SMALL if w != word.text.lower()])
            yield _put(said.text, word.start, word.end, other)


def _name(said: Passage, evidence: Evidence, rng: random.Random, forms: Forms) -> Iterator[Lie]:
    held = {part for name in said.names for part in name.parts}
    others = sorted(
        {
            passage.text[name.start : name.end]
            for passage in evidence.passages
            for name in passage.names
            if held.isdisjoint(name.parts)
        }
    )
    for name in said.names:
        if others:
            yield _put(said.text, name.start, name.end, rng.choice(others))


def _opposite(said: Passage, evidence: Evidence, rng: random.Random, forms: Forms) -> Iterator[Lie]:
    for word in said.words:
        others = sorted(lexicon().opposites(word.term))
        if others and word.text.islower():
            yield _put(said.text, word.start, word.end, _form(rng.choice(others), forms, word))


def _denial(said: Passage, evidence: Evidence, rng: random.Random, forms: Forms) -> Iterator[Lie]:
    for found in _AUXILIARY.finditer(said.text):
        text = f"{found[0]} not"
        yield _put(said.text, found.start(), found.end(), text)
    for found in _DENIED.finditer(said.text):
        end = found.end() + len(said.text[found.end() :].split(" ")[0])
        yield Lie(said.text[: found.start()] + said.text[found.end() :], max(0, found.start() - 8), end - 4)


def _noun(said: Passage, evidence: Evidence, rng: random.Random, forms: Forms) -> Iterator[Lie]:
    """A word of meaning for one akin to it, of the source or of the lexicon."""
    words = [w for w in said.words if _may_move(w)]
    for word in rng.sample(words, min(4, len(words))):
        own, meaning = lexicon().code(word.term), senses().of(word.term)
        if own is None:
            continue
        for other in rng.sample(sorted(forms), min(len(forms), 60)):
            code = lexicon().code(other)
            near = code is not None and _SIDE[0] < (code ^ own).bit_count() < _SIDE[1]
            if near and len(other) > 3 and relation(other, meaning) in (-1, 0, 1):
                yield _put(said.text, word.start, word.end, _form(other, forms, word))
                break


def _from_source(said: Passage, evidence: Evidence, rng: random.Random, forms: Forms) -> Iterator[Lie]:
    """A word of meaning for one of the source's own that ends alike."""
    pool = sorted({w.text for p in evidence.passages[:60] for w in p.words if _may_move(w)})
    words = [w for w in said.words if _may_move(w)]
    for word in rng.sample(words, min(4, len(words))):
        alike = [o for o in pool if o[-2:] == word.text[-2:] and o != word.text]
        alike = [o for o in alike if relation(o, senses().of(word.term)) in (-1, 0, 1)]
        if alike:
            yield _put(said.text, word.start, word.end, rng.choice(alike))


def _added(said: Passage, evidence: Evidence, rng: random.Random, forms: Forms) -> Iterator[Lie]:
    """A word slipped in before one of meaning that follows an article."""
    for found in re.finditer(r"\b(?:the|a|his|her|their|its) (?=[a-z])", said.text):
        word = rng.choice(_ADDED)
        yield _put(said.text, found.end(), found.end(), f"{word} ")


def _may_move(word: Word) -> bool:
    return word.text.islower() and len(word.text) > 3 and not is_stopword(word.text)


def _form(name: str, forms: Forms, like: Word) -> str:
    """A word of a term, with the ending that the other word has beyond its own term where it lacks it."""
    word = forms.get(name, name)
    for ending in ("ing", "ed", "s"):
        if like.text.endswith(ending) and not like.term.endswith(ending) and not word.endswith(ending):
            return word.removesuffix("e") + ending if ending != "s" else word + ending
    return word


RULES: tuple[Rule, ...] = (_number, _name, _opposite, _denial, _noun, _from_source, _added)
