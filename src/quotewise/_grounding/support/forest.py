"""Boosted trees from a packed table, for many rows at once, with whole numbers only.

All leaves of all trees stand side by side in one large integer, a bit each. Which of them a row can still
reach once one of its columns is known is a mask made when the table is read, so that a row ends at its
leaves after one "and" for each column, whatever the number of trees. The sum is of whole numbers: the same
on every machine. Nothing here knows what a column means.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import and_, or_
from typing import Final

_HEAD: Final = struct.Struct("<4sHHIIdd")
_NODE: Final = struct.Struct("<BH")
_LEAF: Final = 255
_AT_ONCE: Final = 256
"""Rows read together: what all of them share is looked up once, and what they reach stays small."""


class Forest:
    """Trees over rows of numbers; the sum of one leaf per tree is the log-odds.

    The table holds, for each column, the sorted thresholds its nodes compare with; for each tree, its
    nodes in preorder, a leaf being column 255 with its value. Built by `tools/train_support.py`.
    """

    def __init__(self, data: bytes) -> None:
        magic, _, columns, nodes, thresholds, self._base, self._step = _HEAD.unpack_from(data)
        if magic != b"QWF1":
            raise ValueError("not a forest of this version")
        at = _HEAD.size
        counts = struct.unpack_from(f"<{columns}H", data, at)
        at += 2 * columns
        values = struct.unpack_from(f"<{thresholds}f", data, at)
        at += 4 * thresholds
        ends = list(accumulate(counts, initial=0))
        self._thresholds = [values[a:b] for a, b in pairwise(ends)]
        self._read(list(_NODE.iter_unpack(data[at : at + _NODE.size * nodes])))

    def _read(self, nodes: Sequence[tuple[int, int]]) -> None:
        """From the last node to the first, so that both parts of a split are known when it comes."""
        lefts = [[0] * len(thresholds) for thresholds in self._thresholds]
        rights = [[0] * len(thresholds) for thresholds in self._thresholds]
        leaves: list[int] = []
        spans: list[tuple[int, int]] = []
        for column, value in reversed(nodes):
            if column == _LEAF:
                spans.append((len(leaves), len(leaves) + 1))
                leaves.append(value)
            else:
                left, right = spans.pop(), spans.pop()
                lefts[column][value] |= _bits(*left)
                rights[column][value] |= _bits(*right)
                spans.append((right[0], left[1]))
        self._all = _bits(0, len(leaves))
        self._kept = [self._masks(*parts) for parts in zip(lefts, rights, strict=True)]
        self._planes = [
            int("".join(["01"[value >> bit & 1] for value in reversed(leaves)]), 2)
            for bit in range(max(leaves, default=0).bit_length())
        ]

    def _masks(self, lefts: Sequence[int], rights: Sequence[int]) -> list[int]:
        """For a value above so many of a column's thresholds, the leaves that it leaves within reach."""
        above = accumulate(lefts, or_, initial=0)
        within = [*accumulate(reversed(rights), or_, initial=0)][::-1]
        return [self._all & ~(gone | lost) for gone, lost in zip(above, within, strict=True)]

    def log_odds(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The log-odds of each row, in order; linear in their number."""
        return self.log_odds_of(list(zip(*rows, strict=True)), len(rows))

    def log_odds_of(self, columns: Sequence[Sequence[float]], count: int) -> list[float]:
        """The same of so many rows given by their columns; a column of one number holds for all of them."""
        sums: list[int] = []
        for at in range(0, count, _AT_ONCE):
            part = [column[at : at + _AT_ONCE] if len(column) > 1 else column for column in columns]
            sums += map(self._sum, self._reach(part, min(_AT_ONCE, count - at)))
        return [self._base + self._step * each for each in sums]

    def _reach(self, columns: Sequence[Sequence[float]], count: int) -> list[int]:
        """The leaf of every tree that each row ends at."""
        shared, reached = self._all, [self._all] * count
        for thresholds, kept, column in zip(self._thresholds, self._kept, columns, strict=True):
            if thresholds and column.count(column[0]) == len(column):
                shared &= kept[bisect_left(thresholds, column[0])]
            elif thresholds:
                left = [kept[bisect_left(thresholds, value)] for value in column]
                reached = list(map(and_, reached, left))
        return [leaves & shared for leaves in reached]

    def _sum(self, reached: int) -> int:
        return sum([(reached & plane).bit_count() << bit for bit, plane in enumerate(self._planes)])


def _bits(start: int, end: int) -> int:
    return ((1 << (end - start)) - 1) << start
