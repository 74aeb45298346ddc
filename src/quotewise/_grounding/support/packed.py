"""The trained tables as packed in `model.bin`: named byte sections and a few numbers.

Reads the file once and hands out its parts; what they mean stands in `model`. Written by
`tools/train_support.py`; plain bytes and JSON, so that reading it can run nothing.
"""

from __future__ import annotations

import json
import struct
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from .forest import Forest

_HEAD: Final = struct.Struct("<4sI")


class Curve:
    """A rising line through points: a calibration table. It ends in far points, so no two scores tie.

    >>> round(Curve([(0.0, 0.1), (1.0, 0.5)])(0.5), 3), Curve([(0.0, 0.1), (1.0, 0.5)])(7.0)
    (0.3, 0.5)
    """

    def __init__(self, points: Sequence[Sequence[float]]) -> None:
        self._x = [point[0] for point in points]
        self._y = [point[1] for point in points]

    def __call__(self, value: float) -> float:
        at = bisect_right(self._x, value)
        if at == 0 or at == len(self._x):
            return self._y[min(at, len(self._y) - 1)]
        share = (value - self._x[at - 1]) / (self._x[at] - self._x[at - 1])
        return self._y[at - 1] + share * (self._y[at] - self._y[at - 1])


class Packed:
    """The sections of a model file."""

    def __init__(self, data: bytes) -> None:
        magic, size = _HEAD.unpack_from(data)
        if magic != b"QWM2":
            raise ValueError("model.bin is not a model of this version")
        at = _HEAD.size
        self.numbers: dict[str, Any] = json.loads(data[at : at + size])
        at += size
        self._sections: dict[str, bytes] = {}
        for name, length in self.numbers["sections"]:
            self._sections[name] = zlib.decompress(data[at : at + length])
            at += length
        self.hashed_words = self._sections["hashed_words"]
        self.hashed_sentences = self._sections["hashed_sentences"]
        self.word_trees = Forest(self._sections["word_trees"])
        self.text_trees = Forest(self._sections["text_trees"])
        self.claim_trees = Forest(self._sections["claim_trees"])
        self.lie_trees = Forest(self._sections["lie_trees"])
        self.curves = {name: Curve(points) for name, points in self.numbers["curves"].items()}


@cache
def packed() -> Packed:
    """The packaged model, read at the first call."""
    return Packed(files(__package__).joinpath("model.bin").read_bytes())
