"""Sources that are data, not prose: the text of a JSON object or of a Python dict, as leaves with their keys.

Only reads what is written: nothing is evaluated, a text cut off in the middle gives the leaves before the
cut, and one pass over the text is all it takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

State = Literal["true", "false", "null", "value"]

_TOKEN = re.compile(
    # A quote that nothing closes runs to the end: it must match, or each one would scan the rest again.
    r"""'(?:[^'\\]|\\.)*(?:'|\\?\Z)|"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[{}\[\]():,]|[^\s{}\[\]():,'"]+""",
    re.DOTALL,
)
_LOOSE = re.compile(r"""[{}\[\],]|[^\s{}\[\],:'"][^{}\[\],:'"]*|:""")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_HOURS = re.compile(r"(\d{1,2}):(\d{1,2})-(\d{1,2}):(\d{1,2})")
_STATES: dict[str, State] = {
    "true": "true",
    "false": "false",
    "none": "null",
    "null": "null",
    "nan": "null",
    "undefined": "null",
    "yes": "true",
    "no": "false",
}
_STOP = re.compile(r"(?<=[.!?])\s+")
_LONG = 80
"""Characters up to which a value is read with its keys; a longer one is read sentence by sentence."""
_SAID = {"true": "true yes", "false": "no not false", "null": "unknown"}


class Leaf(NamedTuple):
    """A value and the keys that lead to it; `state` tells apart true, false, null and anything else."""

    path: tuple[str, ...]
    value: str
    state: State

    @property
    def words(self) -> str:
        """The leaf as words that prose can be compared with.

        >>> Leaf(("hours", "Monday"), "9:0-17:30", "value").words
        'hours Monday: 9:00 9 am to 17:30 5:30 5 pm'
        """
        keys = " ".join(_CAMEL.sub(" ", key) for key in self.path)
        return f"{keys}: {_SAID.get(self.state) or _HOURS.sub(_clock, self.value)}"

    @property
    def parts(self) -> list[str]:
        """The leaf as words, or a long value (a review) sentence by sentence, without its keys.

        >>> [Leaf(("review",), "It is clean. " * n, "value").parts[-2:] for n in (1, 7)]
        [['review: It is clean. '], ['It is clean.', '']]
        """
        return [self.words] if len(self.value) <= _LONG or self.state != "value" else _STOP.split(self.value)


def hours(value: str) -> Iterator[int]:
    """The minutes after midnight of every opening and closing time in a value such as "9:0-17:30".

    >>> list(hours("9:0-17:30"))
    [540, 1050]
    """
    for found in _HOURS.finditer(value):
        yield 60 * int(found[1]) + int(found[2])
        yield 60 * int(found[3]) + int(found[4])


def is_structured(text: str) -> bool:
    """Whether a text opens as an object or a list of objects, with a key in it.

    >>> [is_structured(t) for t in ("{'name': 'Sly'}", '[{"a": 1}]', "{sic} he wrote: so it was.", "Prose.")]
    [True, True, False, False]
    """
    return re.match(r"""\s*(?:\[\s*)?\{\s*['"][^'"\n]{1,80}['"]\s*:""", text) is not None


def leaves(text: str) -> list[Leaf]:
    """Every value of a structured text, in order.

    >>> [(l.path, l.value, l.state) for l in leaves("{'Hi-Fi': {'dj': False}, 'stars': [4.5, None]}")]
    [(('Hi-Fi', 'dj'), 'False', 'false'), (('stars',), '4.5', 'value'), (('stars',), 'None', 'null')]
    """
    return list(_leaves(_TOKEN.findall(text), ()))


def _leaves(tokens: list[str], root: tuple[str, ...]) -> Iterator[Leaf]:
    path: list[str] = []
    depths: list[int] = []
    key: str | None = None
    for at, mark in enumerate(tokens):
        if mark in "{[(":
            depths.append(len(path))
            if key is not None:
                path.append(key)
            key = None
        elif mark in "}])":
            if depths:
                del path[depths.pop() :]
            key = None
            if not depths:
                return
        elif mark == ",":
            key = None if _next_is_key(tokens, at + 1) else key
        elif mark != ":":
            if _next_is_key(tokens, at):
                key = _unquoted(mark)
            else:
                yield from _leaf((*root, *path, *((key,) if key is not None else ())), mark)


def _next_is_key(tokens: list[str], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1] == ":" and tokens[at] not in "{}[]():,"


def _leaf(path: tuple[str, ...], token: str) -> Iterator[Leaf]:
    value = _unquoted(token)
    if value.startswith("{") and token[0] in "'\"" and len(path) < 8:
        yield from _leaves([t.strip() for t in _LOOSE.findall(value)], path)
    else:
        yield Leaf(path, value, _STATES.get(value.strip().lower(), "value"))


def _unquoted(token: str) -> str:
    if token[0] not in "'\"":
        return token
    return _ESCAPE.sub(lambda m: " " if m[1] in "nrt" else m[1], token[1:-1])


def _clock(match: re.Match[str]) -> str:
    opens, closes = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
    return f"{_twelve(*opens)} to {_twelve(*closes)}"


def _twelve(hour: int, minute: int) -> str:
    half = "am" if hour % 24 < 12 else "pm"
    named = {0: " midnight", 12: " noon"}.get(hour, "") if not minute else ""
    exact = f" {hour % 12 or 12}:{minute:02d}" if minute else ""
    return f"{hour}:{minute:02d}{exact} {hour % 12 or 12} {half}{named}"
