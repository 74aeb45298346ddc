"""quotewise: summaries, facts and answers in which every claim can be checked against the article.

Names are loaded when first used, so that `import quotewise` stays light; nothing else stands here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._errors import AccessError as AccessError
    from ._errors import BudgetError as BudgetError
    from ._errors import ContextOverflowError as ContextOverflowError
    from ._errors import DrainingError as DrainingError
    from ._errors import FilteredError as FilteredError
    from ._errors import GroundingError as GroundingError
    from ._errors import IncompleteError as IncompleteError
    from ._errors import JournalError as JournalError
    from ._errors import MalformedError as MalformedError
    from ._errors import ModelError as ModelError
    from ._errors import NoModelError as NoModelError
    from ._errors import NotAnAPIError as NotAnAPIError
    from ._errors import PromptError as PromptError
    from ._errors import QuotaError as QuotaError
    from ._errors import QuotewiseError as QuotewiseError
    from ._errors import RateLimitedError as RateLimitedError
    from ._errors import RefusedError as RefusedError
    from ._errors import RequestRejectedError as RequestRejectedError
    from ._errors import TimedOutError as TimedOutError
    from ._errors import TransportError as TransportError
    from ._errors import TruncatedError as TruncatedError
    from ._errors import UnavailableError as UnavailableError
    from ._errors import UngroundedError as UngroundedError
    from ._errors import UnreadableError as UnreadableError
    from ._errors import UsageError as UsageError
    from ._grounding.verify import verify as verify
    from ._io.transport import Transport as Transport
    from ._options import Budget as Budget
    from ._options import Options as Options
    from ._plans.core import Call as Call
    from ._plans.core import Message as Message
    from ._plans.core import Reply as Reply
    from ._reader import AsyncReader as AsyncReader
    from ._reader import Reader as Reader
    from ._reader import ask as ask
    from ._reader import estimate as estimate
    from ._reader import extract as extract
    from ._reader import facts as facts
    from ._reader import summarize as summarize
    from ._results import Answer as Answer
    from ._results import CheckedClaim as CheckedClaim
    from ._results import CitedValue as CitedValue
    from ._results import Claim as Claim
    from ._results import Coverage as Coverage
    from ._results import Estimate as Estimate
    from ._results import Extraction as Extraction
    from ._results import Fact as Fact
    from ._results import Facts as Facts
    from ._results import Gap as Gap
    from ._results import Issue as Issue
    from ._results import Quote as Quote
    from ._results import Rejected as Rejected
    from ._results import Result as Result
    from ._results import Source as Source
    from ._results import Span as Span
    from ._results import Summary as Summary
    from ._results import Trace as Trace
    from ._results import Usage as Usage
    from ._results import Verdict as Verdict
    from ._results import Verification as Verification
    from ._results import attach as attach
    from ._text.article import Article as Article
    from ._text.chunk import Chunk as Chunk
    from ._text.chunk import chunks as chunks
    from ._text.locate import locate as locate
    from ._text.tokens import count_tokens as count_tokens

_HOMES = {
    "_errors": (
        "AccessError BudgetError ContextOverflowError DrainingError FilteredError GroundingError "
        "IncompleteError JournalError MalformedError ModelError NoModelError NotAnAPIError PromptError "
        "QuotaError QuotewiseError RateLimitedError RefusedError RequestRejectedError TimedOutError "
        "TransportError TruncatedError UnavailableError UngroundedError UnreadableError UsageError"
    ),
    "_grounding.verify": "verify",
    "_io.transport": "Transport",
    "_options": "Budget Options",
    "_plans.core": "Call Message Reply",
    "_reader": "AsyncReader Reader ask estimate extract facts summarize",
    "_results": (
        "Answer CheckedClaim CitedValue Claim Coverage Estimate Extraction Fact Facts Gap Issue Quote "
        "Rejected Result Source Span Summary Trace Usage Verdict Verification attach"
    ),
    "_text.article": "Article",
    "_text.chunk": "Chunk chunks",
    "_text.locate": "locate",
    "_text.tokens": "count_tokens",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME)  # one table serves the list, the loading and dir()


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("quotewise")
    if name not in _HOME:
        raise AttributeError(f"module 'quotewise' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
