"""The words of a claim themselves, hashed: which words, beside which, tend to go unsupported.

A linear model over hashed strings; its weights are one byte each. It knows the words of its training data,
so it says most about texts like those; `model` keeps its voice apart from the features that know no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

from ..._text.words import STOPWORDS, words
from .features import Compared, Sentence
from .lexicon import lexicon
from .structure import Leaf

BUCKETS = 1 << 19


def buckets(compared: Compared) -> list[list[int]]:
    """For each word of a text, the buckets of the strings that describe it."""
    found: list[list[int]] = [[] for _ in compared.words]
    said = _said_by_key(compared.index.leaves)
    lower = ["#" if n else w for w, n in zip(compared.lower, compared.number, strict=True)]
    for sentence in compared.sentences:
        common = _of_sentence(compared, sentence, lower, said)
        for i in range(sentence.start, sentence.end):
            strings = _of_word(compared, sentence, lower, i)
            strings += common[0]
            strings += [f"{c}|{lower[i]}" for c in common[1]]
            found[i] = [crc32(s.encode()) & (BUCKETS - 1) for s in strings]
    return found


def _said_by_key(leaves: Sequence[Leaf]) -> list[tuple[frozenset[str], str]]:
    """The terms of each short leaf's nearest keys, and the leaf as a string."""
    found = []
    for leaf in leaves:
        if len(leaf.value) < 14:
            keys = Leaf(leaf.path[-2:], "", "value").words
            terms = frozenset(w.term for w in words(keys) if len(w.term) > 2)
            found.append((terms, f"{keys}{leaf.value if leaf.state == 'value' else leaf.state}"))
    return found


def _of_sentence(
    compared: Compared, sentence: Sentence, lower: Sequence[str], said: Sequence[tuple[frozenset[str], str]]
) -> tuple[list[str], list[str]]:
    held = {compared.terms[i] for i in range(sentence.start, sentence.end)}
    attributes = [f"a={text}" for keys, text in said if not keys.isdisjoint(held)][:8]
    cov = f"c{int(sentence.row[0] * 8)}"
    best = f"b{int(sentence.row[1] * 6)}"
    head = "h=" + " ".join(lower[sentence.start : min(sentence.end, sentence.start + 3)])
    return [cov, best, head, *attributes], attributes


def _of_word(c: Compared, sentence: Sentence, lower: Sequence[str], i: int) -> list[str]:
    start, end = sentence.start, sentence.end
    w = lower[i]
    p = lower[i - 1] if i > start else "^"
    n = lower[i + 1] if i + 1 < end else "$"
    p2 = lower[i - 2] if i - 1 > start else "^"
    n2 = lower[i + 2] if i + 2 < end else "$"
    pattern = "".join("1" if start <= j < end and c.inside[j] else "0" for j in range(i - 2, i + 3))
    here = "1" if c.rows[i][16] else "2" if c.inside[i] else "0"
    kind = "s" if c.index.structured else "q" if c.asked else "t"
    return [
        "w=" + w,
        f"wf={w}{here}",
        "p=" + p,
        "n=" + n,
        f"pw={p}_{w}",
        f"wn={w}_{n}",
        f"ppw={p2}_{p}_{w}",
        f"wnn={w}_{n}_{n2}",
        "pat=" + pattern,
        f"patw={pattern}{w}",
        "p2=" + p2,
        "n2=" + n2,
        f"k{kind}{w}{here}",
        f"k{kind}{pattern}",
        *_by_meaning(c, sentence, i, here),
        *_around(lower, start, end, i),
    ]


def _by_meaning(c: Compared, sentence: Sentence, i: int, here: str) -> list[str]:
    """The word by what it resembles: its code's first bits, and the word nearest to it in the best units."""
    term = c.terms[i]
    code = lexicon().code(term) if c.content[i] else None
    found = [] if code is None else [f"m{here}{code & 0x3FF}", f"M{here}{code >> 10 & 0x3FF}"]
    if term in sentence.like:
        found.append(f"~{term}~{sentence.like[term]}")
    return found


def _around(lower: Sequence[str], start: int, end: int, i: int) -> Iterator[str]:
    for j in range(max(start, i - 6), min(end, i + 7)):
        if j != i and lower[j] not in STOPWORDS:
            yield ("L=" if j < i else "R=") + lower[j]
