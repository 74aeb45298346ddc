"""Exact o200k_base token counts, offline: the encoding is built from the packed vocabulary in this package.

The only module that imports tiktoken, at the first count. Cutting a text by its tokens stands in `chunk`.
"""

from __future__ import annotations

import sys
from array import array
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from .._errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import tiktoken

VOCABULARY_SIZE = 199_998
SPECIAL = {"<|endoftext|>": 199_999, "<|endofprompt|>": 200_018}

_NO_SPECIAL: set[str] = set()

# tiktoken's own split pattern for o200k_base; a test compares the two. It belongs to the vocabulary: one
# without the other counts wrongly, in silence.
PATTERN_BRANCHES = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}",
    r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
    r"\s*[\r\n]+",
    r"\s+(?!\S)",
    r"\s+",
)

# tiktoken 0.14 panics on about a million blanks in a row (its regex engine keeps a way back for each one),
# which no `except Exception` catches; 700,000 still pass. Longer runs than this are counted in parts.
_LONGEST_BLANK = 300_000


def count_tokens(text: str) -> int:
    """The number of o200k_base tokens in a text, as `tiktoken`'s `encode_ordinary` counts them.

    Spellings of special tokens count as ordinary text, half a surrogate pair as the replacement character.
    A run of more than 300,000 blanks may be counted in parts, because tiktoken cannot encode a million.
    Raises `UsageError` for anything but a str. The first call of a process takes about a quarter of a
    second, to build the encoding.

    >>> count_tokens("Rain fell on Monday.")
    5
    >>> count_tokens("")
    0
    """
    if not isinstance(text, str):
        raise UsageError(f"Tokens are counted in a str, not in {type(text).__name__}.")
    return sum(len(encode(part)) for part in _encodable(text))


def encode(text: str) -> list[int]:
    """The token ids of a text that holds no run of a million blanks."""
    return encoding().encode_ordinary(text)


def encode_packed(text: str) -> array[int]:
    """The same as packed numbers, with a Python int for none of them.

    tiktoken has this for numpy's sake, under a private name; a release that has not is packed for here.
    """
    core = encoding()._core_bpe
    if not text or not hasattr(core, "encode_to_tiktoken_buffer"):
        return array("I", encode(text))
    packed = array("I")
    packed.frombytes(memoryview(core.encode_to_tiktoken_buffer(text, _NO_SPECIAL)).cast("B"))
    return packed


def lengths(text: str) -> bytes:
    """For each token of a text, how many characters begin in it: summed they give where each token ends."""
    ids, begun = encode_packed(text), characters_begun()
    # numpy is never imported here, which would take longer than a megabyte of text: only used where it is.
    if "numpy" in sys.modules:
        numpy = sys.modules["numpy"]
        return bytes(numpy.frombuffer(begun, numpy.uint8).take(ids))
    return bytes([begun[each] for each in ids])


@cache
def encoding() -> tiktoken.Encoding:
    """The encoding, built once per process and registered nowhere: tiktoken's own registry stays as it is."""
    import tiktoken

    ranks = {token: rank for rank, token in enumerate(vocabulary())}
    return tiktoken.Encoding(
        "o200k_base", pat_str="|".join(PATTERN_BRANCHES), mergeable_ranks=ranks, special_tokens=SPECIAL
    )


def vocabulary() -> Iterator[bytes]:
    """Every token's bytes in the order of their ranks."""
    packed = _packed()
    return (packed[start:end] for start, end in _edges(packed))


@cache
def characters_begun() -> bytes:
    """For each token id, how many characters begin in its bytes.

    Summed over the tokens of a text they give places in it, also where a token ends inside a character.
    """
    packed = _packed()
    begins = packed.translate(bytes(not 0x80 <= byte < 0xC0 for byte in range(256)))
    return bytes([begins.count(1, start, end) for start, end in _edges(packed)])


def _packed() -> bytes:
    """The vocabulary's file: the lengths of all tokens, then the bytes of all."""
    return files(__package__).joinpath("o200k_base.packed").read_bytes()


def _edges(packed: bytes) -> Iterator[tuple[int, int]]:
    return pairwise(accumulate(packed[:VOCABULARY_SIZE], initial=VOCABULARY_SIZE))


def _encodable(text: str) -> Iterator[str]:
    """The text in parts without very long runs of blanks; almost always the text itself."""
    start = 0
    # Such a run covers a multiple of its length: looking there alone costs nothing.
    for at in range(_LONGEST_BLANK, len(text), _LONGEST_BLANK):
        if text[at].isspace() and text[at - _LONGEST_BLANK : at].isspace():
            yield text[start:at]
            start = at
    yield text[start:]
