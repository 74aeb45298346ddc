"""What a refused request means: one place where a status, a code and the server's words become our error.

Pure. A server's words may hold a part of the key or of the article, so they reach a message only when they
share nothing with what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .._errors import (
    AccessError,
    ContextOverflowError,
    FilteredError,
    MalformedError,
    NotAnAPIError,
    QuotaError,
    QuotewiseError,
    RateLimitedError,
    RequestRejectedError,
    UnavailableError,
)
from .._options import LEAST_WINDOW
from .dialect import Dialect
from .retry import Failed, retry_after

QUOTA = frozenset(
    {
        "insufficient_quota",
        "billing_hard_limit_reached",
        "billing_not_active",
        "credit_balance_exhausted",
        "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded",
        "organization_usage_limit_exceeded",
        "exceeded_current_quota_error",  # Moonshot
    }
)
"""Codes that mean the account, not the moment. Since autumn 2026 the type may stay `insufficient_quota` while
the code names the limit, so both are looked at."""

OVERFLOW = frozenset({"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"})
_OVERFLOW_WORDS = (
    "context length",
    "context window",
    "context size",
    "context limit",
    "prompt is too long",
    "input is too long",
    "too many input tokens",
    "`inputs` tokens",
    "maximum prompt length",
    "input length",
    "input token count",
    "prompt token count",
)
# The number of Anthropic's "178959 + 64000 > 200000", of TGI's "must be <= 4096", and of all others.
_WINDOW = re.compile(
    r"\d \+ \d+ > (\d+)|\+ `max_new_tokens` must be <= (\d+)"
    r"|context (?:length|window|size|limit)(?: (?:is|of|only))*[ (:=]*(\d+)(?!\d| \+)"
)
FILTER = frozenset({"content_filter", "content_policy_violation", "responsibleaipolicyviolation"})

_WAITED_NO_LONGER = frozenset({504, 524})
"""A proxy's word that the server behind it took too long, which may have done the work all the same."""

_BUSY = frozenset({503, 529})
"""Too much to do just now, or still loading the model (llama.cpp). 529 is Anthropic's, and some routers'."""

LONGEST_WORDS = 200
SHARED = 16
"""Characters: a run this long that also stands in the request counts as quoted from it."""

MISFIT = frozenset({"json_validate_failed", "tool_use_failed", "output_parse_failed"})
_TOO_LONG = re.compile(
    r"maximum (?:prompt length|number of tokens allowed)|contextwindowexceeded|keep the first \d+ tokens",
    re.IGNORECASE,
)
"""xAI, Google, LiteLLM and LM Studio."""

_WRONG_KEY = re.compile(r"api key not valid|(?:incorrect|invalid) api key", re.IGNORECASE)
_NOT_FOUND = "Check the model's name, and that base_url ends where the API begins (often in /v1)."
_SECONDS = re.compile(r"\d{1,6}(?:\.\d+)?s")
_SECRET = re.compile(r"(?:sk-|Bearer\s)[\w.*-]{4,}")
_CODE = re.compile(r"[\w.\-\[\]/]{1,60}")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Rejection:
    """An answer with an error status, in whatever shape the server wrote it."""

    status: int
    code: str = ""
    type: str = ""
    param: str = ""
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, status: int, error: object, headers: Mapping[str, str]) -> Rejection:
        """From the body's error as read: a dict in OpenAI's shape, Google's list of one, or bare words."""
        if isinstance(error, list) and error:
            first = error[0]
            error = first.get("error", first) if isinstance(first, Mapping) else first
        if not isinstance(error, Mapping):
            return cls(status, message=error if isinstance(error, str) else "", headers=headers)
        named = {k: str(error.get(k) or "") for k in ("code", "type", "param", "message")}
        named["type"] = named["type"] or str(error.get("status") or "")
        named["message"] = " ".join(filter(None, (named["message"], _upstream(error.get("metadata")))))
        waits = _told_to_wait(error.get("details"))
        return cls(status, headers={**waits, **headers}, **{**named, **_detailed(error.get("detail"))})

    @property
    def names(self) -> frozenset[str]:
        """The code and the type, in lower case."""
        return frozenset({self.code.lower(), self.type.lower()} - {""})

    @property
    def is_quota(self) -> bool:
        return self.status == 402 or bool(self.names & QUOTA)

    @property
    def is_access(self) -> bool:
        """Whether the key or the project was refused; Google and xAI answer a wrong key with 400."""
        return self.status in {401, 403} or (self.status == 400 and bool(_WRONG_KEY.search(self.message)))

    @property
    def is_misfit(self) -> bool:
        """Whether the model answered, and the server found that it does not fit and kept it (Groq)."""
        return bool(self.names & MISFIT)

    @property
    def is_overflow(self) -> bool:
        if self.names & OVERFLOW or (self.status == 400 and _TOO_LONG.search(self.message[:500])):
            return True
        words = self.message[:500].lower()
        return self.status in {400, 413, 422, 500} and any(w in words for w in _OVERFLOW_WORDS)

    @property
    def window(self) -> int | None:
        """How many tokens the server takes, prompt and answer together; None where it names no number.

        >>> Rejection(400, message="You requested 9 output tokens, the context length is only 8,192.").window
        8192
        """
        named = _WINDOW.search(self.message[:500].lower().replace(",", ""))
        return int(named[named.lastindex or 0]) if named else None

    def lesser(self, dialect: Dialect, asked: int = 0) -> Dialect | None:
        """The dialect to try instead, where the refusal names a form of the request.

        `asked` is the output limit that was asked for.

        Local servers answer 500 for a form they do not know, and a router 404, so the status decides little.
        """
        if self.status in {401, 402, 403, 408, 409, 429} or self.is_quota or self.is_overflow:
            return None
        return dialect.after(self.message[:500], asked, named=f"{self.code} {self.param}")


def _detailed(detail: object) -> dict[str, str]:
    """What FastAPI's own errors say, which vLLM and others send: where the fault is, and what it is.

    >>> _detailed([{"type": "extra_forbidden", "loc": ["body", "tools"], "msg": "Extra inputs"}])
    {'type': 'extra_forbidden', 'param': 'tools', 'message': 'Extra inputs'}
    """
    if isinstance(detail, str):
        return {"message": detail}
    first = detail[0] if isinstance(detail, list) and detail else None
    if not isinstance(first, Mapping):
        return {}
    loc = first.get("loc")
    place = [str(part) for part in loc if part != "body"] if isinstance(loc, list) else []
    told = {"type": first.get("type"), "param": ".".join(place), "message": first.get("msg")}
    return {name: str(words or "") for name, words in told.items()}


def _upstream(metadata: object) -> str:
    """What OpenRouter tells of the provider behind it, whose error is all that says what is wrong."""
    raw = metadata.get("raw") if isinstance(metadata, Mapping) else None
    return raw if isinstance(raw, str) else ""


def _told_to_wait(details: object) -> dict[str, str]:
    """The wait that Google writes into the error and not into a header.

    >>> _told_to_wait([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "37.5s"}])
    {'retry-after': '37.5'}
    """
    for detail in details if isinstance(details, list) else ():
        told = detail.get("retryDelay") if isinstance(detail, Mapping) else None
        if isinstance(told, str) and _SECONDS.fullmatch(told):
            return {"retry-after": told.removesuffix("s")}
    return {}


def failed(rejection: Rejection, place: str, *, sent: str = "", secrets: tuple[str, ...] = ()) -> Failed:
    """The failure that a rejection is: its error, and whether the same request may be sent again.

    `place` is the address as a person may see it, `sent` what was sent, to keep it out of the message.
    """
    after = retry_after(rejection.headers)
    error = _error(rejection, f"{place} {_said(rejection, sent, secrets)}", after)
    error.in_doubt = rejection.status in _WAITED_NO_LONGER or rejection.is_misfit
    return Failed(error, _again(rejection, error), after, busy=rejection.status in _BUSY)


def _error(rejection: Rejection, message: str, after: float | None) -> QuotewiseError:
    status = rejection.status
    if rejection.is_quota:
        return QuotaError(message)
    if rejection.names & FILTER:
        return FilteredError(message)
    if rejection.is_overflow:
        return _overflow(message, rejection.window)
    if status == 404:
        return AccessError(message, next_step=_NOT_FOUND)
    if rejection.is_access:
        return AccessError(message)
    if rejection.is_misfit:
        return MalformedError(message)
    if status == 429:
        return RateLimitedError(message, retry_after=after)
    if status >= 500 or status in {408, 409}:
        return UnavailableError(message)
    if status < 400:
        return NotAnAPIError(f"{message} Redirects are not followed, so that the key stays with its address.")
    return RequestRejectedError(message)


def _overflow(message: str, window: int | None) -> ContextOverflowError:
    step = f"Give window={window}, or use a larger one." if window and window >= LEAST_WINDOW else None
    return ContextOverflowError(message, window=window, next_step=step)


def _again(rejection: Rejection, error: QuotewiseError) -> bool:
    if isinstance(error, (QuotaError, FilteredError, ContextOverflowError)):
        return False
    said = rejection.headers.get("x-should-retry", "")
    if said in {"true", "false"}:
        return said == "true"
    return isinstance(error, (RateLimitedError, UnavailableError, MalformedError))


def _said(rejection: Rejection, sent: str, secrets: tuple[str, ...]) -> str:
    named = (rejection.code, rejection.type, rejection.param)
    codes = [c for c in named if _CODE.fullmatch(c) and _safe(c, sent, secrets) == c]
    told = [code for code in dict.fromkeys(codes) if code != str(rejection.status)]
    answered = ", ".join([f"answered {rejection.status}", *told])
    words = _safe(rejection.message, sent, secrets)
    return f"{answered}: {words}" if words else f"{answered}."


def _safe(words: str, sent: str, secrets: tuple[str, ...]) -> str:
    """A server's words in one line, or nothing where they repeat the request.

    >>> _safe("Unknown model   'x'.", sent="an article", secrets=())
    "Unknown model 'x'."
    >>> _safe("Cannot read 'The summit was in Kyiv'", sent="... The summit was in Kyiv ...", secrets=())
    ''
    """
    for secret in secrets:
        words = words.replace(secret, "***")
    line = _SECRET.sub("***", _BLANKS.sub(" ", words[: 2 * LONGEST_WORDS])).strip()
    if line.startswith("<"):
        return "a web page."
    line = line if len(line) <= LONGEST_WORDS else f"{line[:LONGEST_WORDS]}..."
    quotes = any(line[i : i + SHARED] in sent for i in range(max(1, len(line) - SHARED + 1)))
    return "" if quotes and len(line) >= SHARED else line
