"""What a reading gives back: results, made of values, which know how they look.

How they come about is in `_plans`, how they look in `_render`; what they are made of is in `_values`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Generic, Literal, TypeVar, get_args

from pydantic import BaseModel, Field, PrivateAttr, ValidationInfo, computed_field, field_validator

from ._render import console as _console
from ._render import markdown as _markdown
from ._render import page as _page
from ._render import text as _text
from ._render.shapes import Paper
from ._values import (
    CheckedClaim,
    CitedValue,
    Claim,
    Coverage,
    Fact,
    Gap,
    Quote,
    Rejected,
    Source,
    Span,
    Trace,
    Usage,
    Value,
)

M = TypeVar("M", bound=BaseModel)
Status = Literal["answered", "partly", "not_in_source", "conflict", "failed"]


class Result(Value):
    """What every reading returns: its claims by kind, what was left out and why, and what it cost."""

    sources: tuple[Source, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    gaps: tuple[Gap, ...] = ()
    coverage: Coverage = Coverage()
    usage: Usage = Usage()
    trace: Trace = Trace()
    _articles: tuple[Paper, ...] = PrivateAttr(default=())

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own documented form
    @property
    def complete(self) -> bool:
        """True where the whole article was read and, where it was read in parts, they were brought together.

        A repair round or a second opinion that failed is no gap: the free checks stand. It is told in the
        rejected claims' reasons and in `trace.notes`.
        """
        return not self.gaps

    @property
    def cited(self) -> tuple[Claim, ...]:
        """The supported claims in order, whatever the kind of result calls them."""
        return ()

    def __eq__(self, other: object) -> bool:
        """Equal in what they say; the articles that may be kept beside a result are no part of it."""
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # a trace holds a dict

    def __str__(self) -> str:
        return _text.result(self)

    def __repr__(self) -> str:
        return _console.result(self)

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:
        yield _console.rich(self, options.max_width)

    def to_markdown(self) -> str:
        """The result as Markdown, its quotes as footnotes."""
        return _markdown.markdown(self)

    def to_html(self) -> str:
        """The result beside its article, as one page that needs nothing from elsewhere.

        A result that was loaded from JSON has no article with it; its page shows the quotes alone, unless
        `attach(result, articles)` was called.
        """
        return _page.page(self, self._articles)

    def _repr_html_(self) -> str:
        return _page.framed(self.to_html())


class Summary(Result):
    """A headline and claims, each with its quotes; `text` is the claims in order, as one paragraph."""

    headline: str = ""
    claims: tuple[Claim, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The summary as plain words, without marks."""
        return " ".join(claim.text for claim in self.claims)

    @property
    def cited(self) -> tuple[Claim, ...]:
        return self.claims


class Facts(Result):
    """The checkable facts of an article, each with its kind and quotes."""

    facts: tuple[Fact, ...] = ()

    @property
    def cited(self) -> tuple[Claim, ...]:
        return self.facts


class Answer(Result):
    """An answer in claims, or an abstention that says so and shows the closest passages.

    `status` is `answered`, `partly` (a part of the question is not in the article), `not_in_source`,
    `conflict` (the article says both) or `failed` (no claim survived the check). `short` quotes the fewest
    words that answer, None where no single run of words does; it is cut without a look at what stands around
    it ("about", "may", "not"), so show it inside its claim, as every view here does. `score`, from 0 to 1,
    is how sure the answer is: the lowest score among its claims, or, from the built-in engine, how likely it
    finds it that the article answers, also where it then abstains.
    """

    question: str
    status: Status
    claims: tuple[Claim, ...] = ()
    short: Quote | None = None
    score: float = Field(default=0.0, ge=0.0, le=1.0)
    nearest: tuple[Quote, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The answer as plain words, empty where the article gives none."""
        return " ".join(claim.text for claim in self.claims)

    @property
    def cited(self) -> tuple[Claim, ...]:
        return self.claims


class Verification(Result):
    """A text made elsewhere, checked claim by claim against an article.

    `supported` is True where every claim is; `score`, from 0 to 1, is the probability that all of the text is
    supported, so a long text scores lower than its claims do. `unsupported` holds the ranges of `text` to
    underline: the words that an issue or the trained score names, or a whole claim where neither names any.
    """

    text: str
    claims: tuple[CheckedClaim, ...] = ()
    unsupported: tuple[Span, ...] = ()
    supported: bool
    score: float = Field(ge=0.0, le=1.0)

    @property
    def cited(self) -> tuple[Claim, ...]:
        return self.claims


class Extraction(Result, Generic[M]):
    """A model of yours, filled from an article: `value`, and the quotes of each of its values in `values`.

    `value` is None where a field that must be there was not found or not accepted: `unfilled` names such
    fields. `partial` holds what was found, and `rejected` the rest with the reasons. Stored as JSON, it is
    read again by the class that names the model: `Extraction[MyModel].model_validate_json(text)`.
    """

    value: M | None = None
    partial: dict[str, Any] = Field(default_factory=dict)
    values: tuple[CitedValue, ...] = ()
    unfilled: tuple[str, ...] = ()

    def quotes(self, path: str) -> tuple[Quote, ...]:
        """The quotes of the value at a path; empty where there is none."""
        return next((value.quotes for value in self.values if value.path == path), ())

    @field_validator("value", mode="before")
    @classmethod
    def _of_a_named_model(cls, value: object, info: ValidationInfo) -> object:
        """A stored value by its model, whose fields go by their own names there, whatever their aliases.

        Without a model a dict would become a bare `BaseModel`, which holds nothing.
        """
        if not isinstance(value, dict):
            return value
        if cls is Extraction:
            raise ValueError("name the model that it is of: Extraction[MyModel].model_validate_json(...)")
        model = get_args(cls.model_fields["value"].annotation)[0]
        if info.mode == "json":  # in which a strict model takes a day or a choice as well
            return model.model_validate_json(json.dumps(value), by_name=True, by_alias=True)
        return model.model_validate(value, by_name=True, by_alias=True)

    def __reduce__(self) -> tuple[Any, ...]:
        """By the model: the class itself, made at run time, stands in no module."""
        made = self.__pydantic_generic_metadata__
        return _unfilled, (made["origin"] or type(self), made["args"]), self.__getstate__()


def _unfilled(kind: Any, models: tuple[type[BaseModel], ...]) -> Extraction[Any]:
    of: type[Extraction[Any]] = kind[models] if models else kind
    return of.__new__(of)


class Estimate(Value):
    """The bill before the first call; `usd` is None where the price is unknown.

    `most` is the worst case: every call at its full output limit, each asked again once, and the repair
    round; retries of a failing network come on top, and what is read in halves because it is too long for
    the window or its answer stays cut. `likely` is what such a run usually takes.
    """

    task: str
    model: str
    likely: Usage
    most: Usage
    chunks: int = 1

    def __str__(self) -> str:
        return _text.estimate(self)
