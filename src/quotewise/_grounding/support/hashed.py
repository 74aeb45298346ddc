"""The words of a claim themselves, hashed: which words, beside which, tend to go unsupported.

A linear model over hashed strings; its weights are one byte each. It knows the words of its training data,
so it says most about texts like those; `model` keeps its voice apart from the features that know no words.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from ..._language.meanings import lexicon
from ..._text.words import STOPWORDS
from .features import WORD_FEATURES, Compared, Sentence

BUCKETS = 1 << 19
_LOW = BUCKETS - 1

_IN_BEST = WORD_FEATURES.index("in_best")
_WIDE = 6


def bucket(string: str) -> int:
    """Where a string's weight stands.

    >>> bucket("w=bridge")
    77134
    """
    return crc32(_bytes(string)) & _LOW


def _bytes(string: str) -> bytes:
    return string.encode("utf-8", "surrogatepass")


def _beginning(string: str) -> int:
    """What `crc32` goes on from, so that what many strings begin with is hashed once."""
    return crc32(_bytes(string))


def buckets(compared: Compared) -> list[list[int]]:
    """For each word of a text, the buckets of the strings that describe it."""
    lower = ["#" if n else w for w, n in zip(compared.lower, compared.number, strict=True)]
    written = [_bytes(word) for word in lower]
    alone = _Alone(lower, written)
    found: list[list[int]] = []
    for sentence in compared.sentences:
        common, attributes = _of_sentence(compared, sentence, lower)
        inside = _inside(compared, sentence)
        speaks_of = [_beginning(f"{attribute}|") for attribute in attributes]
        for i in range(sentence.start, sentence.end):
            strings = _of_word(compared, sentence, lower, inside, i)
            row = [crc32(string.encode("utf-8", "surrogatepass")) & _LOW for string in strings]
            row += [crc32(written[i], beginning) & _LOW for beginning in speaks_of]
            found.append([*row, *common, *alone.around(sentence, i)])
    return found


class _Alone:
    """The buckets of strings that know one word and where it stands, each hashed once for a text."""

    def __init__(self, lower: Sequence[str], written: Sequence[bytes]) -> None:
        self._at = {kind: _all_after(kind, written) for kind in ("w=", "p=", "n=", "p2=", "n2=")}
        is_content = [word not in STOPWORDS for word in lower]
        left, right = _all_after("L=", written), _all_after("R=", written)
        self._left = [bucket if content else -1 for bucket, content in zip(left, is_content, strict=True)]
        self._right = [bucket if content else -1 for bucket, content in zip(right, is_content, strict=True)]

    def around(self, sentence: Sentence, i: int) -> list[int]:
        """The word itself, its neighbours by place, and the content words within six of it."""
        start, end, at = sentence.start, sentence.end, self._at
        found = [b for b in self._left[max(start, i - _WIDE) : i] if b >= 0]
        found += [b for b in self._right[i + 1 : min(end, i + _WIDE + 1)] if b >= 0]
        found.append(at["w="][i])
        found.append(at["p="][i - 1] if i > start else _FIRST)
        found.append(at["n="][i + 1] if i + 1 < end else _LAST)
        found.append(at["p2="][i - 2] if i - 1 > start else _FIRST_2)
        found.append(at["n2="][i + 2] if i + 2 < end else _LAST_2)
        return found


def _all_after(kind: str, written: Sequence[bytes]) -> list[int]:
    """The bucket of each word behind what its string begins with."""
    beginning = _beginning(kind)
    return [crc32(word, beginning) & _LOW for word in written]


_FIRST, _LAST, _FIRST_2, _LAST_2 = map(bucket, ("p=^", "n=$", "p2=^", "n2=$"))


def _of_sentence(compared: Compared, sentence: Sentence, lower: Sequence[str]) -> tuple[list[int], list[str]]:
    """The buckets that all words of a sentence share, and the data's short leaves that it speaks of."""
    held = {compared.terms[i] for i in range(sentence.start, sentence.end)}
    attributes = [f"a={said}" for keys, said in compared.index.said if not keys.isdisjoint(held)][:8]
    cov = f"c{int(sentence.row[0] * 8)}"
    best = f"b{int(sentence.row[1] * 6)}"
    head = "h=" + " ".join(lower[sentence.start : min(sentence.end, sentence.start + 3)])
    return [bucket(string) for string in (cov, best, head, *attributes)], attributes


def _inside(c: Compared, sentence: Sentence) -> str:
    """For each word "1" where the source has it, else "0", between two more "0" at each end."""
    return f"00{''.join(['1' if held else '0' for held in c.inside[sentence.start : sentence.end]])}00"


def _of_word(c: Compared, sentence: Sentence, lower: Sequence[str], inside: str, i: int) -> list[str]:
    start, end = sentence.start, sentence.end
    w = lower[i]
    p = lower[i - 1] if i > start else "^"
    n = lower[i + 1] if i + 1 < end else "$"
    p2 = lower[i - 2] if i - 1 > start else "^"
    n2 = lower[i + 2] if i + 2 < end else "$"
    pattern = inside[i - start : i - start + 5]
    here = "1" if sentence.columns[_IN_BEST][i - start] else "2" if c.inside[i] else "0"
    kind = "s" if c.index.structured else "q" if c.asked else "t"
    return [
        f"wf={w}{here}",
        f"pw={p}_{w}",
        f"wn={w}_{n}",
        f"ppw={p2}_{p}_{w}",
        f"wnn={w}_{n}_{n2}",
        f"pat={pattern}",
        f"patw={pattern}{w}",
        f"k{kind}{w}{here}",
        f"k{kind}{pattern}",
        *_by_meaning(c, sentence, i, here),
    ]


def _by_meaning(c: Compared, sentence: Sentence, i: int, here: str) -> list[str]:
    """The word by what it resembles: its code's first bits, and the word nearest to it in the best units."""
    term = c.terms[i]
    code = lexicon().code(term) if c.content[i] else None
    found = [] if code is None else [f"m{here}{code & 0x3FF}", f"M{here}{code >> 10 & 0x3FF}"]
    if term in sentence.like:
        found.append(f"~{term}~{sentence.like[term]}")
    return found
