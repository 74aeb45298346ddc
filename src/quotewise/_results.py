"""What a reading gives back: frozen values that carry their own proof.

Only values and what follows from them stand here; how they come about is in `_plans`, how they look in
`_render`. A `Quote` is always a slice of its article: `article.text[q.start:q.end] == q.text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, computed_field, model_validator

from ._render import console as _console
from ._render import markdown as _markdown
from ._render import page as _page
from ._render import text as _text

if TYPE_CHECKING:
    from ._text.article import Article

M = TypeVar("M", bound=BaseModel)
FactKind = Literal["event", "statement", "number", "plan", "background"]
Status = Literal["answered", "partly", "not_in_source", "conflict", "failed"]
IssueKind = Literal[
    "number",
    "date",
    "unit",
    "name",
    "polarity",
    "modality",
    "attribution",
    "quantity",
    "unsupported",
    "citation",
]


class Span(NamedTuple):
    """A half-open range of a text, in Unicode code points: `text[span.start:span.end]`."""

    start: int
    end: int


class _Value(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="ignore")


class Usage(_Value):
    """What was spent, all attempts included. Tokens as the server counted them.

    `cached_tokens` and `written_tokens` are the parts of `input_tokens` that a provider read from or
    wrote to its prompt cache. `usd` is None where a price is unknown: unknown is not free.
    """

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    written_tokens: int = 0
    output_tokens: int = 0
    usd: float | None = 0.0

    def __add__(self, other: Usage) -> Usage:
        known = self.usd is not None and other.usd is not None
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            written_tokens=self.written_tokens + other.written_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            usd=(self.usd or 0.0) + (other.usd or 0.0) if known else None,
        )


class Source(_Value):
    """Which article a quote is cut from: `id` is the sha256 of its text."""

    id: str
    title: str = ""
    origin: str = ""


class Quote(_Value):
    """A slice of the article: `article.text[start:end] == text`, offsets in code points.

    `sentence` is the index in `article.sentences` of the sentence in which the quote begins, `source`
    the index in the result's `sources`. `page` is the page it begins on, 1 for the first, where the
    article has pages. `widened` is True where the quote was widened to its whole sentence because the cut
    would have turned its meaning.
    """

    start: int = Field(ge=0)
    end: int
    text: str
    sentence: int = 0
    source: int = 0
    page: int | None = None
    widened: bool = False

    @model_validator(mode="after")
    def _as_long_as_its_text(self) -> Quote:
        if self.end - self.start != len(self.text):
            raise ValueError(f"a quote of {len(self.text)} characters cannot span {self.start} to {self.end}")
        return self

    def __repr__(self) -> str:
        return _console.quote(self)


class Issue(_Value):
    """Why a claim is in doubt: the words at `start:end` of the claim, and what the article says instead."""

    kind: IssueKind
    start: int
    end: int
    text: str
    why: str
    found: str | None = None


class Verdict(_Value):
    """Does the cited evidence support the claim? `score` is a calibrated probability from 0 to 1."""

    supported: bool
    score: float = Field(ge=0.0, le=1.0)
    issues: tuple[Issue, ...] = ()


class Claim(_Value):
    """One checkable statement with the quotes that carry it."""

    text: str
    quotes: tuple[Quote, ...]
    verdict: Verdict

    def __repr__(self) -> str:
        return _console.claim(self)


class Fact(Claim):
    """A claim with its kind, and the names, moments and amounts that its words give, as written there."""

    kind: FactKind = "statement"
    who: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    how_much: tuple[str, ...] = ()


class CheckedClaim(Claim):
    """A claim found in a text made elsewhere, at `start:end` of that text."""

    start: int
    end: int


class Rejected(_Value):
    """A claim that was not returned as supported, and why."""

    claim: Claim
    reason: str


class Gap(_Value):
    """A part of an article that was not read, or a step that did not run, and why."""

    reason: str
    start: int = 0
    end: int = 0
    source: int = 0


class Coverage(_Value):
    """Which sentences were read and which feed the result; indexes into `article.sentences`.

    Of several articles, the sentences are counted on in the order of `sources`.
    """

    sentences: int = 0
    unread: tuple[int, ...] = ()
    cited: tuple[int, ...] = ()

    @property
    def uncited(self) -> tuple[int, ...]:
        """The sentences that were read and that nothing cites."""
        left_out = {*self.unread, *self.cited}
        return tuple(i for i in range(self.sentences) if i not in left_out)

    @property
    def share(self) -> float:
        """The share of all sentences that the result cites, from 0 to 1."""
        return len(self.cited) / self.sentences if self.sentences else 0.0


class Trace(_Value):
    """How the result came about, enough to repeat it.

    `engine` is the model's name, or `"extractive"` for the built-in engine; `prompts` maps each prompt
    file to its fingerprint; `replayed` calls came from the journal and `in_doubt` may have been paid twice
    (a process was killed while they were in flight); `modes` are the structured-output modes the server
    took; `notes` tell what was put right on the way (a claim asked again, a citation corrected).
    """

    engine: str = ""
    prompts: dict[str, str] = Field(default_factory=dict)
    modes: tuple[str, ...] = ()
    rounds: int = 0
    chunks: int = 1
    retries: int = 0
    replayed: int = 0
    in_doubt: int = 0
    notes: tuple[str, ...] = ()


class Result(_Value):
    """What every reading returns: its claims by kind, what was left out and why, and what it cost."""

    sources: tuple[Source, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    gaps: tuple[Gap, ...] = ()
    coverage: Coverage = Coverage()
    usage: Usage = Usage()
    trace: Trace = Trace()
    _articles: tuple[Article, ...] = PrivateAttr(default=())

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own documented form
    @property
    def complete(self) -> bool:
        """True where the whole article was read and every step ran."""
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
    words that answer, None where no single run of words does. `score`, from 0 to 1, is how sure the answer
    is: the lowest score among its claims, or, from the built-in engine, how likely it finds it that the
    article answers, also where it then abstains.
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
    """A text made elsewhere, checked claim by claim against an article."""

    text: str
    claims: tuple[CheckedClaim, ...] = ()
    unsupported: tuple[Span, ...] = ()
    supported: bool
    score: float = Field(ge=0.0, le=1.0)

    @property
    def cited(self) -> tuple[Claim, ...]:
        return self.claims


class CitedValue(_Value):
    """One value of an extraction: its path (`people.0.name`), the value, and the quotes that carry it.

    A string, number or date is quoted where it stands; a choice (an enum, yes or no) by the sentences that
    bear it out, since an article need not spell it.
    """

    path: str
    value: Any
    quotes: tuple[Quote, ...]


class Extraction(Result, Generic[M]):
    """A model of yours, filled from an article: `value`, and the quotes of each of its values in `values`.

    `value` is None where a field that must be there was not found or not accepted; `partial` holds what was,
    and `rejected` the rest with the reasons.
    """

    value: M | None = None
    partial: dict[str, Any] = Field(default_factory=dict)
    values: tuple[CitedValue, ...] = ()

    def quotes(self, path: str) -> tuple[Quote, ...]:
        """The quotes of the value at a path; empty where there is none."""
        return next((value.quotes for value in self.values if value.path == path), ())


class Estimate(_Value):
    """The bill before the first call; `usd` is None where the price is unknown.

    `most` is the worst case: every call at its full output limit, each asked again once, and the repair
    round; retries of a failing network come on top. `likely` is what such a run usually takes.
    """

    task: str
    model: str
    likely: Usage
    most: Usage
    chunks: int = 1

    def __str__(self) -> str:
        return _text.estimate(self)


def attach(result: Any, articles: tuple[Article, ...]) -> None:
    """Remember the articles beside a result, for its pages; they are no part of its JSON or equality."""
    result._articles = articles
