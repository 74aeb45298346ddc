"""What a model must return. A claimed thing is unverified: only `ground` turns one into a result's claim.

Evidence stands before the text it carries, so that the model points before it writes. Limits on length are
checked here after the fact, not in the JSON schema: strict modes of several servers refuse them.

The JSON schema says what is asked for, the validators take more: a slip of form (a number as words, a status
in capitals, no rank) costs no claim. What a claim says and cites is never guessed.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PrivateAttr
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from .._values import FactKind
from .numbered import cited

LONGEST = 2_000
"""Characters; a longer "claim" is a model in a loop (RELIABILITY 1.1: a 46,834-character fact was seen)."""


ENDLESS = "endless"
"""The fault of such a text, the only one that a model which is held to its schema can make."""


def _not_endless(text: str) -> str:
    if len(text) > LONGEST:
        why = f"a text of {len(text)} characters is no claim; at most {LONGEST}"
        raise PydanticCustomError(ENDLESS, "{why}", {"why": why})
    return text


def as_a_name(value: Any) -> Any:
    """A word of a fixed list as the list writes it: "Not in source" is `not_in_source`."""
    return _PARTED.sub("_", value.strip(" .").lower()) if isinstance(value, str) else value


_PARTED = re.compile(r"[\s_-]+")


def _kind(value: Any) -> Any:
    named = as_a_name(value)
    return named if named in get_args(FactKind) else "statement"


def _rank(value: Any) -> Any:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return UNRANKED


def _number(value: Any, none: int | None = None) -> Any:
    """The one number that is named, in whatever form ("claim 2", "2.", [2]); the first of several."""
    numbers = cited(_CLAIM.sub("", value) if isinstance(value, str) else value)
    return numbers[0] if numbers else none


_CLAIM = re.compile(r"\bclaims?\b", re.IGNORECASE)


UNRANKED = 1_000
"""The rank of a claim that was given none: after those that have one."""

Words = Annotated[str, AfterValidator(_not_endless)]
WordsOrNone = Annotated[Words, BeforeValidator(lambda value: "" if value is None else value)]
Numbers = Annotated[list[int], BeforeValidator(cited)]
Number = Annotated[int, BeforeValidator(_number)]
NumberOrNone = Annotated[int, BeforeValidator(partial(_number, none=0))]
Aside = SkipJsonSchema[tuple[str, ...]]
"""What the extractive engine has to say about its own reading, for a reader; no model is asked for it."""


class Unfit(NamedTuple):
    """An entry of an answer that cannot be read and was set apart: its words, and why."""

    text: str
    reason: str


class Filled(BaseModel):
    """What every answer is; `unfit` gives the entries that were set apart so that the rest can be read."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    _unfit: tuple[Unfit, ...] = PrivateAttr(default=())


def unfit(answer: BaseModel) -> tuple[Unfit, ...]:
    """The entries of an answer that could not be read."""
    return answer._unfit if isinstance(answer, Filled) else ()


class ClaimedClaim(Filled):
    evidence: Numbers
    text: Words


class ClaimedPoint(Filled):
    evidence: Numbers
    rank: Annotated[int, BeforeValidator(_rank)] = UNRANKED
    text: Words


class ClaimedSummary(Filled):
    claims: list[ClaimedPoint]
    headline: WordsOrNone = ""
    aside: Aside = ()


class ClaimedFact(Filled):
    evidence: Numbers
    kind: Annotated[FactKind, BeforeValidator(_kind)] = "statement"
    text: Words


class ClaimedFacts(Filled):
    facts: list[ClaimedFact]
    aside: Aside = ()


class ClaimedAnswer(Filled):
    status: Annotated[Literal["answered", "partly", "conflict", "not_in_source"], BeforeValidator(as_a_name)]
    claims: list[ClaimedClaim]
    short: WordsOrNone = ""
    # No model is asked for these: the extractive engine knows how sure it is, and what came nearest.
    sure: SkipJsonSchema[float | None] = None
    nearest: SkipJsonSchema[tuple[int, ...]] = ()
    aside: Aside = ()


class ClaimedRepair(Filled):
    claim: Number
    evidence: Numbers = []
    text: WordsOrNone = ""  # none where it is withdrawn, which many models say with null


class ClaimedRepairs(Filled):
    repairs: list[ClaimedRepair]


class ClaimedVerdict(Filled):
    claim: Number
    sentence: NumberOrNone = 0
    verdict: Annotated[Literal["supported", "partly", "contradicted", "not_said"], BeforeValidator(as_a_name)]


class ClaimedVerdicts(Filled):
    verdicts: list[ClaimedVerdict]
