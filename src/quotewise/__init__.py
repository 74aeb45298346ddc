"""quotewise: summaries, facts and answers in which every claim can be checked against the article.

Names are loaded when first used, so that `import quotewise` stays light; nothing else stands here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._errors import (
        AccessError,
        BudgetError,
        ContextOverflowError,
        DrainingError,
        FilteredError,
        GroundingError,
        IncompleteError,
        JournalError,
        MalformedError,
        ModelError,
        NoModelError,
        NotAnAPIError,
        PromptError,
        QuotaError,
        QuotewiseError,
        RateLimitedError,
        RefusedError,
        RequestRejectedError,
        TimedOutError,
        TransportError,
        TruncatedError,
        UnavailableError,
        UngroundedError,
        UnreadableError,
        UsageError,
    )
    from ._grounding.verify import verify
    from ._io.journal import Journal
    from ._io.transport import Transport
    from ._options import Budget, Options
    from ._plans.core import Call, Message, Reply
    from ._reader import AsyncReader, Reader, ask, estimate, extract, facts, summarize
    from ._results import Answer, Estimate, Extraction, Facts, Result, Summary, Verification
    from ._text.article import Article
    from ._text.attach import attach
    from ._text.chunk import Chunk, chunks
    from ._text.locate import locate
    from ._text.tokens import count_tokens
    from ._values import (
        CheckedClaim,
        CitedValue,
        Claim,
        Coverage,
        Fact,
        Gap,
        Issue,
        Quote,
        Rejected,
        Source,
        Span,
        Trace,
        Usage,
        Verdict,
    )

__all__ = [
    "AccessError", "Answer", "Article", "AsyncReader", "Budget", "BudgetError", "Call", "CheckedClaim",
    "Chunk", "CitedValue", "Claim", "ContextOverflowError", "Coverage", "DrainingError", "Estimate",
    "Extraction", "Fact", "Facts", "FilteredError", "Gap", "GroundingError", "IncompleteError", "Issue",
    "Journal", "JournalError", "MalformedError", "Message", "ModelError", "NoModelError", "NotAnAPIError",
    "Options",
    "PromptError", "QuotaError", "Quote", "QuotewiseError", "RateLimitedError", "Reader", "RefusedError",
    "Rejected", "Reply", "RequestRejectedError", "Result", "Source", "Span", "Summary", "TimedOutError",
    "Trace", "Transport", "TransportError", "TruncatedError", "UnavailableError", "UngroundedError",
    "UnreadableError", "Usage", "UsageError", "Verdict", "Verification", "ask", "attach", "chunks",
    "count_tokens", "estimate", "extract", "facts", "locate", "summarize", "verify",
]  # fmt: skip
"""Written out, because a type checker reads it too; a test holds it equal to the table."""

_HOMES = {
    "_errors": (
        "AccessError BudgetError ContextOverflowError DrainingError FilteredError GroundingError "
        "IncompleteError JournalError MalformedError ModelError NoModelError NotAnAPIError PromptError "
        "QuotaError QuotewiseError RateLimitedError RefusedError RequestRejectedError TimedOutError "
        "TransportError TruncatedError UnavailableError UngroundedError UnreadableError UsageError"
    ),
    "_grounding.verify": "verify",
    "_io.journal": "Journal",
    "_io.transport": "Transport",
    "_options": "Budget Options",
    "_plans.core": "Call Message Reply",
    "_reader": "AsyncReader Reader ask estimate extract facts summarize",
    "_results": "Answer Estimate Extraction Facts Result Summary Verification",
    "_text.article": "Article",
    "_text.attach": "attach",
    "_text.chunk": "Chunk chunks",
    "_text.locate": "locate",
    "_text.tokens": "count_tokens",
    "_values": (
        "CheckedClaim CitedValue Claim Coverage Fact Gap Issue Quote Rejected Source Span Trace Usage Verdict"
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


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
