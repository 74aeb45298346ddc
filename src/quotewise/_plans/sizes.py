"""How many tokens a call is sent with: the one count that the bill, the budget and the window go by."""

from __future__ import annotations

import json
from functools import lru_cache

from pydantic import BaseModel

from .._text.tokens import count_tokens
from .core import Call

PER_MESSAGE = 8
"""Tokens a server adds to a message for its role, at most; published formats add three or four."""

FREE = 0.95
"""The share of a window that is used at most, since servers count differently from us."""


def size(call: Call) -> int:
    """The tokens of a prompt, at most: its words, and what goes with them."""
    return said(call) + beside(call)


def at_most(call: Call) -> int:
    """A bound that needs no counting, and so no vocabulary: no token is less than a byte."""
    characters = sum(len(message.content) for message in call.messages) + len(_words_of(call.schema))
    return 4 * characters + PER_MESSAGE * len(call.messages)


def said(call: Call) -> int:
    """The tokens of the messages' words alone."""
    return sum(count_tokens(message.content) for message in call.messages)


def beside(call: Call) -> int:
    """The tokens that go with the words: around each message, and the schema."""
    return PER_MESSAGE * len(call.messages) + _of_schema(call.schema)


@lru_cache(maxsize=64)
def _of_schema(schema: type[BaseModel]) -> int:
    return count_tokens(_words_of(schema))


@lru_cache(maxsize=64)
def _words_of(schema: type[BaseModel]) -> str:
    return json.dumps(schema.model_json_schema(), separators=(",", ":"))
