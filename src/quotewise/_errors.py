"""The errors, split by who must act; nothing here knows of a provider.

```
QuotewiseError                 the base; .usage was spent, .next_step says what to do, .result is what is done
  UsageError (ValueError)      the caller: an empty article, a bad option, an unreadable file
    UnreadableError            a file, a stream or a page that gives no text
    NoModelError               the task, or the model named, needs a key or an address, and there is none
    BudgetError                the next call would pass the budget; what was done is in .result
    JournalError               the journal cannot be used: read-only, full, newer, not a journal
  TransportError               the network or the account: no usable HTTP answer
    TimedOutError              no complete answer within the deadline
    UnavailableError           the server cannot be reached, or fails
    RateLimitedError           too many requests; .retry_after in seconds where the server said
    QuotaError                 the account is out of credit or over its limit; never retried
    AccessError                the key, the project or the model name was refused
    RequestRejectedError       the server refused the request itself
      ContextOverflowError     the prompt is longer than the model's window
    NotAnAPIError              an answer that is not a chat completion: a proxy page, a wrong address
  ModelError                   the model: an answer that cannot be used
    RefusedError               it declined
    FilteredError              a content filter stopped it
    TruncatedError             it was cut at the output limit
    MalformedError             it does not fit the schema, also after being asked again
  GroundingError               the article does not support what was asked of it
    IncompleteError            a part could not be read; .result holds the rest
    UngroundedError            no claim survived the check; .rejected holds them with their reasons
  DrainingError                  the run was interrupted; what was paid for is stored
  PromptError                  a prompt file is missing or does not match the code
```

No message, repr or pickle of these carries a key or the article's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from ._results import Result
    from ._values import Rejected, Usage


class QuotewiseError(Exception):
    """The base of every error that this library raises on purpose.

    `usage` holds the tokens and calls already spent (None when none was made), `result` what was done
    before the error where something was, `next_step` one sentence for the person who must act. `in_doubt`
    is True where the server may have done the work, and billed it, though no answer came of it.
    """

    default_step: ClassVar[str] = "Please report this with the message above."
    in_doubt: bool = False

    def __init__(self, message: str, *, next_step: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step or self.default_step
        self.usage: Usage | None = None
        self.result: Result | None = None

    def __str__(self) -> str:
        return f"{_as_sentence(self.message)} {self.next_step}".strip()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the words alone: a result holds article text, a cause may hold a key."""
        state = {k: v for k, v in vars(self).items() if k not in {"result", "rejected"}}
        return _rebuild, (type(self), self.message, state)


def _as_sentence(words: str) -> str:
    """The words with a stop after them, which a server's own often lack."""
    return words if not words or words[-1] in ".!?:…" else f"{words}."


def _rebuild(kind: type[QuotewiseError], message: str, state: dict[str, Any]) -> QuotewiseError:
    error = kind.__new__(kind, message)
    error.__dict__.update({"result": None, **({"rejected": ()} if kind is UngroundedError else {}), **state})
    return error


class UsageError(QuotewiseError, ValueError):
    """The call itself is wrong: an empty article, an option out of range."""

    default_step = "Change the call."


class UnreadableError(UsageError):
    """The input gives no text: a missing file, a directory, undecodable bytes."""

    default_step = "Give a file that holds text."


class NoModelError(UsageError):
    """A model is needed and there is no way to one: no key, no address, or the built-in engine alone."""

    default_step = "Set OPENAI_API_KEY, or give base_url and model (--base-url, --model) of your own server."


class BudgetError(UsageError):
    """The next call would pass the budget, so it was not made; `result` holds what was done."""

    default_step = "Raise the budget, or ask for less."


class JournalError(UsageError):
    """The journal cannot be used as it stands; no paid call was made without it."""

    default_step = "Give another path, or leave the journal out."


class TransportError(QuotewiseError):
    """No usable HTTP answer; `retryable` says whether the same request may succeed later."""

    default_step = "Check the network and the address, then try again."
    retryable: ClassVar[bool] = False


class TimedOutError(TransportError):
    """No complete answer within the deadline of `timeout` seconds, all its bytes included."""

    default_step = "Try again, or give a longer timeout."
    retryable = True
    in_doubt = True


class UnavailableError(TransportError):
    """The server cannot be reached, broke the connection, or answered with a failure of its own."""

    default_step = "Check the address and that the server runs, then try again."
    retryable = True


class RateLimitedError(TransportError):
    """Too many requests; `retry_after` holds the seconds the server asked for, where it did."""

    default_step = "Wait, or lower the concurrency."
    retryable = True

    def __init__(
        self, message: str, *, retry_after: float | None = None, next_step: str | None = None
    ) -> None:
        super().__init__(message, next_step=next_step)
        self.retry_after = retry_after


class QuotaError(TransportError):
    """The account has no credit left or is over its limit; trying again cannot help."""

    default_step = "Add credit or raise the account's limit; nothing was retried."


class AccessError(TransportError):
    """The key, the project or the model's name was refused."""

    default_step = "Check OPENAI_API_KEY, the address and the model's name."


class RequestRejectedError(TransportError):
    """The server refused the request itself."""

    default_step = "Check that the server supports this model and its options."


class ContextOverflowError(RequestRejectedError):
    """The prompt is longer than the model's window, or has no room in it beside the answer.

    `window` is how many tokens the server says it takes, prompt and answer together; None where it does not.
    """

    default_step = "Use a model with a larger window."

    def __init__(self, message: str, *, window: int | None = None, next_step: str | None = None) -> None:
        super().__init__(message, next_step=next_step)
        self.window = window


class NotAnAPIError(TransportError):
    """The answer is not a chat completion: a login page, a proxy, a wrong address."""

    default_step = "Check that base_url ends where the API begins (often in /v1)."


class ModelError(QuotewiseError):
    """The model answered, and the answer cannot be used."""

    default_step = "Try again, or use another model."


class RefusedError(ModelError):
    """The model declined to answer."""

    default_step = "Rephrase the question, or use another model."


class FilteredError(ModelError):
    """A content filter stopped the answer, or the article."""

    default_step = "Use another model or address for this text; nothing was retried."


class TruncatedError(ModelError):
    """The answer was cut at the output limit, so it is not whole.

    `began` is False where nothing of the answer had come yet, since reasoning took all the room.
    """

    default_step = "Ask for less, or use a model with a larger output limit."
    began: bool = True


class MalformedError(ModelError):
    """The answer does not fit the schema, also after the model was told why."""

    default_step = "Use a model that supports structured output."


class GroundingError(QuotewiseError):
    """What came back is not supported by the article, or not all of the article was read."""

    default_step = "Look at .result."


class IncompleteError(GroundingError):
    """A part of the article could not be read; `result` holds the rest and its `.gaps` the reasons."""

    default_step = "Run it again, or pass allow_partial=True to take what is there."


class UngroundedError(GroundingError):
    """No claim survived the check; `rejected` holds each with its reason, `result` a summary without one."""

    default_step = "Look at .rejected, or use another model."

    def __init__(
        self, message: str, *, rejected: tuple[Rejected, ...] = (), next_step: str | None = None
    ) -> None:
        super().__init__(message, next_step=next_step)
        self.rejected = rejected


class DrainingError(QuotewiseError):
    """The run was interrupted, so this call was not made; those in flight ended and were stored."""

    default_step = "Run it again to go on from here."


class PromptError(QuotewiseError):
    """A prompt file is missing, or its variables are not those the code fills in."""

    default_step = "Reinstall quotewise, or put the prompt file right."
