"""Which forms of the Chat Completions API a server takes, learned from what it refuses.

The ladder of structured output: a strict JSON schema, then a JSON object with the schema in the prompt, then
a forced tool, then the prompt alone. Pure but for `Dialects`, which remembers; the answers themselves are
always validated by the plan, since a server may take a form and not hold the model to it.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from .bell import Bell
from .fork import begin

Mode = Literal["json_schema", "json_object", "tool", "plain"]
Limit = Literal["max_completion_tokens", "max_tokens"]
Address: TypeAlias = tuple[str, str]
"""(base_url, model): servers differ, and so do the models of one server."""

LADDER: tuple[Mode, ...] = ("json_schema", "json_object", "tool", "plain")

# Only what the request itself said may be blamed. "function" and "schema" alone are too common in errors of
# other kinds, so each word here is one that names the form.
_NAMED_IN = {
    "json_schema": (
        "response_format",
        "json_schema",
        "response_schema",
        "structured output",
        "invalid schema",
        "grammar",
    ),
    "json_object": ("response_format", "json_object", "json mode", "json_schema", "structured output"),
    "tool": ("tool_choice", "tools", "tool use", "tool call", "function call", "functions"),
    "plain": (),
}
_OF_SYSTEM = re.compile(
    r"\bsystem (?:role|message|prompt)s?\b.{0,30}\bnot (?:supported|allowed)|not support 'system'"
    r"|roles must alternate|only user and assistant roles|developer instruction is not enabled"
)
"""Chat templates that know no system prompt (Gemma 2, Mistral 7B) fail so on vLLM, TGI and llama.cpp."""

_OPENAI_NAME = re.compile(r"(?:[\w.-]+/)?(?:gpt-\d|chatgpt|o\d)")
_OPENAI_PLACE = "https://api.openai.com/"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of asking: the structured-output mode, the name of the output limit, the most of it that the
    server allows (None: it never said), and whether a system prompt is a message of its own."""

    mode: Mode = "json_schema"
    limit: Limit = "max_completion_tokens"
    most: int | None = None
    system: bool = True

    def room(self, asked: int) -> int:
        """The output limit that is sent where this one is asked for."""
        return asked if self.most is None else min(asked, self.most)

    def after(self, words: str, asked: int = 0, *, named: str = "") -> Dialect | None:
        """The next way to try after a refusal in these words; None where they name no form of the request.

        `asked` is the output limit that was asked for, in tokens. `named` is what the refusal names beside
        its words (a code, a parameter): no number there is a limit.

        >>> Dialect().after("'response_format' of type 'json_schema' is not supported").mode
        'json_object'
        >>> Dialect(limit="max_tokens").after("Unsupported parameter: 'max_tokens'").limit
        'max_completion_tokens'
        >>> Dialect(limit="max_tokens").after("max_tokens is too large: 2480, at most 1024.", 2480).most
        1024
        >>> Dialect().after("System role not supported").system
        False
        >>> Dialect().after("temperature must be 1") is None
        True
        """
        said, words = words.lower(), f"{named} {words}".lower()
        allowed = _allowed(said, self.room(asked)) if _OF_OUTPUT.search(words) else None
        if allowed is not None:
            return replace(self, most=allowed)
        if self.system and _OF_SYSTEM.search(said):
            return replace(self, system=False)
        if re.search(rf"\b{self.limit}\b", words):
            return replace(self, limit=_OTHER[self.limit], most=None)
        if any(name in words for name in _NAMED_IN[self.mode]):
            return self._lesser()
        return None

    def where_unheld(self, mode: str) -> Dialect:
        """The way to ask where a server takes this form and does not hold the model to it: in words.

        >>> Dialect().where_unheld("json_schema").mode, Dialect(mode="plain").where_unheld("json_schema").mode
        ('json_object', 'plain')
        """
        told_in_words = self.mode in {"json_object", "plain"}
        return self if told_in_words or mode != self.mode else self._lesser()

    def _lesser(self) -> Dialect:
        return replace(self, mode=LADDER[LADDER.index(self.mode) + 1])


def _allowed(said: str, asked: int) -> int | None:
    """The output limit that a refusal allows in place of a larger one; None where it speaks of none.

    Only a number right behind the words of an upper bound is one, and none where the bound is of more than
    the output: what is remembered wrongly here cuts every later answer.

    >>> _allowed("max_tokens must be at least 1024", 4_000) is None
    True
    """
    if _OF_MORE.search(said):
        return None
    numbers = (int(number.replace(",", "")) for number in _UPPER_BOUND.findall(said))
    return max((number for number in numbers if _LEAST <= number < asked), default=None)


_OF_OUTPUT = re.compile(r"\bmax_(?:completion_|output_|new_)?tokens\b|\b(?:completion|output) tokens\b")
_OF_MORE = re.compile(r"\binputs?\b|\bprompt\b|\btotal\b|\bsum\b|\+")
_UPPER_BOUND = re.compile(
    r"(?:at most|up to|no more than|(?:not|cannot) exceed|less than or equal to|<=|\u2264|model limit of"
    r"|maximum(?: (?:allowed|value|number|output|completion|tokens|limit|of|is|for|max_\w+))*"
    r"|\d\s*>|[\[(]\s*\d[\d,]*\s*,|between \d[\d,]* and)"
    r"[\s:=`'\"]*(?<![\w.,-])(\d[\d,]{0,11})(?![\w-]|[.,]\d)"
)
_LEAST = 64
"""Tokens; a smaller number in such a refusal is no limit of a model."""

_OTHER: dict[Limit, Limit] = {"max_completion_tokens": "max_tokens", "max_tokens": "max_completion_tokens"}


def first(model: str) -> Dialect:
    """Where to begin with a model.

    Reasoning models of OpenAI refuse `max_tokens`; several local servers do not know
    `max_completion_tokens` and would write without end. The model's name decides, not the address, so that
    a recorded request is the same wherever it was recorded.

    >>> first("gpt-6-luna").limit, first("qwen3:8b").limit, first("openai/gpt-oss-20b").limit
    ('max_completion_tokens', 'max_tokens', 'max_tokens')
    """
    return Dialect(limit="max_completion_tokens" if _OPENAI_NAME.match(model) else "max_tokens")


class Look:
    """One call's search for a way to ask. Others wait until it is over, which it is too once its event loop
    runs no more. Make it on that loop; thread-safe."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._bell = Bell()
        self._ended = False

    @property
    def over(self) -> bool:
        """Whether nobody need wait for it any more."""
        return self._ended or not self._loop.is_running()

    def end(self) -> None:
        """Let all that wait go on at once."""
        self._ended = True
        self._bell.ring()

    async def until_over(self, longest: float) -> None:
        """Wait until it is over, at most `longest` seconds; after that nobody waits for it."""
        try:
            async with asyncio.timeout(longest):
                await self._bell.until(lambda: self.over)
        except TimeoutError:
            self.end()


class Dialects:
    """What was learned, per address and model; give one to several transports to share it.

    Written only after a server has answered, so a refusal that blamed the wrong thing is not remembered.
    Safe to use from several threads and event loops, and after a fork.
    """

    def __init__(self) -> None:
        self._known: dict[Address, Dialect] = {}
        self._answers: Counter[tuple[Address, str]] = Counter()
        self._slips: Counter[tuple[Address, str]] = Counter()
        begin(self)

    def _begin(self) -> None:
        """Nobody is looking: at the start, and in a forked child, which still knows what was learned."""
        self._lock = threading.Lock()
        self._looks: dict[Address, Look] = {}
        self._in_vain: set[Address] = set()

    def of(self, address: Address) -> Dialect:
        """The way to ask there: as learned, else where to begin."""
        return self._known.get(address) or first(address[1])

    def certain(self, address: Address) -> bool:
        """Whether the way to ask there is known, or published (OpenAI's own models), so that no call waits.

        >>> there = ("https://api.openai.com/v1", "gpt-6-luna"), ("https://proxy.example/v1", "gpt-6-luna")
        >>> [Dialects().certain(address) for address in there]
        [True, False]
        """
        return address in self._known or (
            address[0].startswith(_OPENAI_PLACE) and _OPENAI_NAME.match(address[1]) is not None
        )

    def look(self, address: Address) -> tuple[Look, bool]:
        """A search for a way to ask there, and whether it is the caller's to make and to end.

        Calls made at once need not all be refused: one looks, and the others get its search to wait for.
        Where a search was in vain nobody waits until something is learned, each call looks for itself.
        """
        with self._lock:
            running = self._looks.get(address)
            if running is not None and not running.over:
                return running, False
            look = Look()
            if address not in self._in_vain:
                self._looks[address] = look
            return look, True

    def give_up(self, address: Address, look: Look) -> None:
        """The search met a failure that says nothing of the form: a server that fails is not waited for."""
        with self._lock:
            if not look.over:
                self._in_vain.add(address)
        look.end()

    def learn(self, address: Address, dialect: Dialect, *, instead_of: Dialect) -> None:
        """Remember a way that was answered, unless something was learned while its answer was waited for.

        `instead_of` is what was known when the request was sent.
        """
        with self._lock:
            self._answers[address, dialect.mode] += 1
            if self.of(address) == instead_of:
                self._known[address] = dialect
                self._in_vain.discard(address)

    def slipped(self, address: Address, mode: str) -> None:
        """An answer in this mode did not fit the schema, and its call is about to be made again.

        One is a slip of the model. Where that happens to most calls, and to more than one, the server does
        not hold the model to the form, and the next one down is known from now on.
        """
        with self._lock:
            self._slips[address, mode] += 1
            slips = self._slips[address, mode]
            calls = self._answers[address, mode] - (slips - 1)  # those before were answered once more
            if slips > 1 and 2 * slips > calls:
                self._known[address] = self.of(address).where_unheld(mode)

    def forget(self) -> None:
        """Know nothing any more: what is learned of one recording is not true of the next."""
        with self._lock:
            self._known.clear()
            self._answers.clear()
            self._slips.clear()
            self._in_vain.clear()


DIALECTS = Dialects()
"""What this process has learned: a server is the same for every reader, and each refusal is a request."""
