"""The table that was fitted on questions with known answers: what each clue and each measure is worth.

Read once from `answer.json`, written by `tools/fit_answer.py`. Nothing here computes a clue or a measure.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress
from operator import mul
from typing import Any

STEP = 0.05
"""The step in which clue weights are stored."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over named measures; a measure it does not know counts nothing."""

    bias: float
    weights: Mapping[str, float]

    def __call__(self, measures: Mapping[str, float]) -> float:
        """The probability, from 0 to 1.

        >>> Logistic(0.0, {"cover": 2.0})({"cover": 0.0, "size": 3.0})
        0.5
        """
        logit = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in measures.items())
        return probability(logit)


@dataclass(frozen=True, slots=True)
class Nets:
    """Small neural networks of one hidden layer over the same named measures; their mean probability.

    A network is its units, each a bias and a weight for each measure, and last the weights of the units
    with their bias in front.
    """

    names: tuple[str, ...]
    nets: tuple[tuple[tuple[float, ...], ...], ...]

    def __call__(self, measures: Mapping[str, float]) -> float:
        """The probability, from 0 to 1.

        >>> Nets(("cover",), (((0.0, 1.0), (-1.0, 1.0)),))({"cover": 1.0})
        0.5
        """
        values = self._values(measures)
        return sum(probability(_net(net, values)) for net in self.nets) / len(self.nets)

    def shares(self, several: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of each of several to be the right one, of which just one is.

        >>> Nets(("cover",), (((0.0, 1.0), (-1.0, 1.0)),)).shares([{"cover": 1.0}, {"cover": 1.0}])
        [0.5, 0.5]
        """
        values = [self._values(measures) for measures in several]
        each = [_softmax(_together(net, values)) for net in self.nets]
        return [sum(shares) / len(self.nets) for shares in zip(*each, strict=True)]

    def scores(self, several: Sequence[Mapping[str, float]]) -> list[float]:
        """How much speaks for each of several, higher the likelier; the mean over the networks.

        >>> Nets(("cover",), (((0.0, 1.0), (0.0, 2.0)),)).scores([{"cover": 1.0}, {"cover": 0.5}])
        [2.0, 1.0]
        """
        values = [self._values(measures) for measures in several]
        each = [_together(net, values) for net in self.nets]
        return [sum(scores) / len(self.nets) for scores in zip(*each, strict=True)]

    def _values(self, measures: Mapping[str, float]) -> tuple[float, ...]:
        return (1.0, *(measures.get(name, 0.0) for name in self.names))


def _net(net: Sequence[Sequence[float]], values: Sequence[float]) -> float:
    *units, last = net
    fired = (1.0, *(max(0.0, sum(map(mul, unit, values))) for unit in units))
    logit: float = sum(map(mul, last, fired))
    return logit


def _together(net: Sequence[Sequence[float]], several: Sequence[Sequence[float]]) -> list[float]:
    """As `_net` of each of several; what has the same value in all of them is counted once."""
    *units, last = net
    one = several[0]
    differs = [any(values[k] != one[k] for values in several) for k in range(len(one))]
    shared = [0.0 if apart else value for apart, value in zip(differs, one, strict=True)]
    own = [list(compress(values, differs)) for values in several]
    common = [sum(map(mul, unit, shared)) for unit in units]
    kept = [list(compress(unit, differs)) for unit in units]
    found = []
    for values in own:
        raw = [start + sum(map(mul, unit, values)) for start, unit in zip(common, kept, strict=True)]
        found.append(last[0] + sum(map(mul, last[1:], [max(0.0, value) for value in raw])))
    return found


def _softmax(logits: Sequence[float]) -> list[float]:
    most = max(logits)
    odds = [math.exp(logit - most) for logit in logits]
    total = sum(odds)
    return [odd / total for odd in odds]


def probability(logit: float) -> float:
    """The probability of a log-odds, safe at both ends."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class Fitted:
    """All that was learned.

    `worth` is the weight of each clue of a span, `look` which of the likely spans of a sentence answers,
    `order` which of the nearest sentences does, `judge` which of the first three where that is unsure;
    `about` tells a question about this article from one about another, `answers` a question that its nearest
    sentence answers from one that only shares its words; `least` is the probability of `about` below which a
    question is refused.
    """

    worth: Mapping[str, float]
    look: Nets
    order: Nets
    judge: Nets
    about: Logistic
    answers: Nets
    least: float


@cache
def fitted() -> Fitted:
    """The packaged table."""
    return parse((files(__package__) / "answer.json").read_text("utf-8"))


def parse(text: str) -> Fitted:
    """A table from its JSON, in which clues stand in groups by weight, counted in steps, to be small."""
    raw = json.loads(text)
    groups = {int(steps) * raw["step"]: group.split() for steps, group in raw["worth"].items()}
    worth = {clue: weight for weight, group in groups.items() for clue in group}
    nets = {name: _nets(raw[name]) for name in ("look", "order", "judge", "answers")}
    return Fitted(worth, about=_logistic(raw["about"]), least=raw["least"], **nets)


def dump(table: Fitted, step: float = STEP) -> str:
    """The JSON of a table; weights are rounded to whole steps, and those that round to 0 are left out."""
    groups: dict[int, list[str]] = {}
    for clue, weight in table.worth.items():
        if round(weight / step):
            groups.setdefault(round(weight / step), []).append(clue)
    raw = {
        "step": step,
        "least": round(table.least, 4),
        "order": _packed(table.order),
        "judge": _packed(table.judge),
        "about": _plain(table.about),
        "answers": _packed(table.answers),
        "look": _packed(table.look),
        "worth": {str(steps): " ".join(sorted(group)) for steps, group in sorted(groups.items())},
    }
    return json.dumps(raw, indent=0, ensure_ascii=False) + "\n"


def _logistic(raw: Mapping[str, float]) -> Logistic:
    return Logistic(raw["bias"], {name: value for name, value in raw.items() if name != "bias"})


def _nets(raw: Mapping[str, Any]) -> Nets:
    nets = tuple(tuple(tuple(float(w) for w in unit) for unit in net) for net in raw["nets"])
    return Nets(tuple(raw["names"]), nets)


def _packed(nets: Nets) -> dict[str, Any]:
    rounded = [[[round(weight, 3) for weight in unit] for unit in net] for net in nets.nets]
    return {"names": nets.names, "nets": rounded}


def _plain(model: Logistic) -> dict[str, float]:
    return {"bias": round(model.bias, 4), **{name: round(value, 4) for name, value in model.weights.items()}}
