"""What a model writes around its answer, taken off: thoughts, words before and after, a Markdown fence.

Pure, and linear in the text. Which of the values found is the answer is decided in `fitting`, by the schema:
nothing here looks at what a value says.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from pydantic_core import from_json

_THOUGHT_BEGINS = re.compile(r"<(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_THOUGHT_ENDS = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*"?)|,(\s*[}\]])', re.DOTALL)
_OPENS = re.compile(r"[{\[]")
_ANSWERS = ("{", "[", "```")
_LONGEST_NUMBER = 4_000
"""Digits; Python refuses to read more at once."""

_MOST_FAULTS = 1_000
"""Braces that open no value before the search is given up: each costs a look at the text before it."""


def without_thoughts(text: str) -> str:
    """What follows the thoughts that some models write into their answer, whether or not a tag opens them.

    Of thoughts that do not end nothing follows.

    >>> without_thoughts("<think>Is it {so}?</think>\\n{}"), without_thoughts("Hm. </think> {}")
    ('{}', '{}')
    >>> without_thoughts("<think>A draft: {}")
    ''
    >>> without_thoughts('{"text": "a </think> in words"}')
    '{"text": "a </think> in words"}'
    """
    at = 0
    for end in _THOUGHT_ENDS.finditer(text):
        if text[at : at + 40].lstrip().startswith(_ANSWERS):
            break
        at = end.end()
    left = text[at:].strip()
    return "" if _THOUGHT_BEGINS.match(left) else left


def without_stray_commas(text: str) -> str:
    """A text without the commas before a closing bracket, which are no JSON; strings stay as they are.

    >>> without_stray_commas('{"a": [1, 2,], "b": ",]",}')
    '{"a": [1, 2], "b": ",]"}'
    """
    return _STRING_OR_COMMA.sub(lambda match: match[1] or match[2], text)


def values_in(text: str) -> list[Any]:
    """The JSON objects and lists that stand whole in a text, in order, those within another left out.

    >>> values_in('Here {you} go: {"a": "}{"} and [1, [2]], not {"b": [3]')
    [{'a': '}{'}, [1, [2]]]
    """
    found: list[Any] = []
    at = faults = 0
    while faults < _MOST_FAULTS and (opening := _OPENS.search(text, at)):
        try:
            value, at = _DECODER.raw_decode(text, opening.start())
        except json.JSONDecodeError as error:
            # What stands before the fault is part of a broken value, and no value of its own.
            at = max(error.pos, opening.end())
            faults += 1
        except RecursionError:
            break  # a model in a loop
        else:
            found.append(value)
    return found


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else 0


_DECODER = json.JSONDecoder(strict=False, parse_int=_number)
"""Not strict: a line end within a string, which some models write, is a line end."""


def breaks_off(text: str) -> bool:
    """Whether a text is JSON that is sound as far as it goes and has no end: what a cut leaves of any answer.

    >>> breaks_off('{"facts": [{"text": "Ra'), breaks_off('{"facts": []}'), breaks_off("Rain fell.")
    (True, False, False)
    >>> breaks_off('{"text": "\\ud800 fell')
    True
    """
    written = text.encode(errors="replace")  # half a surrogate pair is no text to pydantic
    try:
        from_json(written)
    except ValueError:
        with suppress(ValueError):
            return text.startswith(("{", "[")) and from_json(written, allow_partial=True) is not None
    return False
