"""What a model must return. A claimed thing is unverified: only `ground` turns one into a result's claim.

Evidence stands before the text it carries, so that the model points before it writes. Limits on length are
checked here after the fact, not in the JSON schema: strict modes of several servers refuse them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic.json_schema import SkipJsonSchema

from .._values import FactKind

LONGEST = 2_000
"""Characters; a longer "claim" is a model in a loop (RELIABILITY 1.1: a 46,834-character fact was seen)."""


def _not_endless(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"a text of {len(text)} characters is no claim; at most {LONGEST}")
    return text


Words = Annotated[str, AfterValidator(_not_endless)]
Aside = SkipJsonSchema[tuple[str, ...]]
"""What the extractive engine has to say about its own reading, for a reader; no model is asked for it."""


class _Claimed(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class ClaimedClaim(_Claimed):
    evidence: list[int]
    text: Words


class ClaimedPoint(_Claimed):
    evidence: list[int]
    rank: int
    text: Words


class ClaimedSummary(_Claimed):
    claims: list[ClaimedPoint]
    headline: Words
    aside: Aside = ()


class ClaimedFact(_Claimed):
    evidence: list[int]
    kind: FactKind
    text: Words


class ClaimedFacts(_Claimed):
    facts: list[ClaimedFact]
    aside: Aside = ()


class ClaimedAnswer(_Claimed):
    status: Literal["answered", "partly", "conflict", "not_in_source"]
    claims: list[ClaimedClaim]
    short: Words = ""
    # No model is asked for these: the extractive engine knows how sure it is, and what came nearest.
    sure: SkipJsonSchema[float | None] = None
    nearest: SkipJsonSchema[tuple[int, ...]] = ()
    aside: Aside = ()


class ClaimedRepair(_Claimed):
    claim: int
    evidence: list[int]
    text: Words


class ClaimedRepairs(_Claimed):
    repairs: list[ClaimedRepair]


class ClaimedVerdict(_Claimed):
    claim: int
    sentence: int
    verdict: Literal["supported", "partly", "contradicted", "not_said"]


class ClaimedVerdicts(_Claimed):
    verdicts: list[ClaimedVerdict]
