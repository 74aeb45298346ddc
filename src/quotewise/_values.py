"""What results are made of: quotes, claims, verdicts and what else a reading tells. Frozen values, no more.

A `Quote` is always a slice of its article: `article.text[q.start:q.end] == q.text`.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

FactKind = Literal["event", "statement", "number", "plan", "background"]
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


class Value(BaseModel):
    """What every value is: frozen, and equal to another by what it holds."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="ignore")


class Usage(Value):
    """What was spent, all attempts included. Tokens as the server counted them.

    `cached_tokens` and `written_tokens` are the parts of `input_tokens` that a provider read from or
    wrote to its prompt cache. `usd` is the price of the answers that came, None where it is unknown:
    unknown is not free. What an attempt without an answer may have been billed is in no figure here; a
    budget holds it at its worst.
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


class Source(Value):
    """Which article a quote is cut from: `id` is the sha256 of its text."""

    id: str
    title: str = ""
    origin: str = ""


class Quote(Value):
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
        page = "" if self.page is None else f" page {self.page}"
        widened = " widened" if self.widened else ""
        return f"<Quote {self.start}:{self.end} {clipped(self.text)!r}{page}{widened}>"


class Issue(Value):
    """Why a claim is in doubt: the words `text` at `start:end` of the claim, and `why`, in words for people.

    `found` is what stands in the article in their place, as written there, for a program that would put it
    right; None where nothing takes their place.
    """

    kind: IssueKind
    start: int
    end: int
    text: str
    why: str
    found: str | None = None


class Verdict(Value):
    """Does the cited evidence support the claim? `score` is a calibrated probability from 0 to 1."""

    supported: bool
    score: float = Field(ge=0.0, le=1.0)
    issues: tuple[Issue, ...] = ()


class Claim(Value):
    """One checkable statement with the quotes that carry it."""

    text: str
    quotes: tuple[Quote, ...]
    verdict: Verdict

    def __repr__(self) -> str:
        held = "supported" if self.verdict.supported else "NOT supported"
        quotes = ", ".join(f"{q.start}:{q.end} {clipped(q.text)!r}" for q in self.quotes) or "no quote"
        return f"<{type(self).__name__} {clipped(self.text)!r} {held} {self.verdict.score:.2f} by {quotes}>"


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


class Rejected(Value):
    """A claim that was not returned as supported, and why."""

    claim: Claim
    reason: str


class Gap(Value):
    """A part of an article that was not read, or a step that did not run, and why.

    `article.text[start:end]`, of the article at index `source`, is what was not read; the two are equal (an
    empty range) where it was a step, such as uniting the facts of a long document.
    """

    reason: str
    start: int = 0
    end: int = 0
    source: int = 0


class Coverage(Value):
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


IN_DOUBT = "It may well be that this is not said; what is shown comes nearest to it."
"""The note on an answer of the built-in engine that is likely none; it is told in place of the score."""
LEFT_OUT = "an unsure answer was left out, that of article "
"""How the note begins that an article answers less surely than the others; its number follows, from 1."""


class Trace(Value):
    """How the result came about, enough to repeat it.

    `engine` is the model's name, or `"extractive"` for the built-in engine; `prompts` maps each prompt
    file to its fingerprint; `replayed` calls came from the journal and up to `in_doubt` may have been paid
    twice (killed in flight, or their answer did not come whole and in time); `modes` are the
    structured-output modes the server took; `notes` tell what was put right on the way (a claim asked again,
    a citation corrected). Notes that are whole sentences are for the reader (what the built-in engine says of
    its reading, a length that could not be kept to); they are printed with the result.

    `rounds` counts the batches of calls that waited for one another (read, merge, repair), `chunks` the parts
    that the article was read in, the failed ones too, `retries` the calls made once more because the network
    or the server failed, or did not take the form of the request. A reply that did not fit its schema is
    asked for in a round, not as a retry.
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


class CitedValue(Value):
    """One value of an extraction: its path (`people.0.name`), the value, and the quotes that carry it.

    A string, number or date is quoted where it stands; a choice (an enum, yes or no) by the sentences that
    bear it out, since an article need not spell it.
    """

    path: str
    value: Any
    quotes: tuple[Quote, ...]


def clipped(text: str, most: int = 60) -> str:
    """Text on one line of at most so many characters.

    >>> clipped("Rain fell\\nin Oslo.", 12)
    'Rain fell i…'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
