"""The public surface: a reader, its async twin, and the functions that make one for a single call.

Every method does the same three things: take the articles, build the plan, have the session run it. What a
plan is stands in `_plans`, what a session adds in `_io`.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncGenerator, Callable, Collection, Coroutine, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass, fields
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Generic, Literal, Self, TypeAlias, TypeVar, Unpack, overload
from weakref import finalize

from pydantic import BaseModel

from ._asked import (
    AnswerAsked,
    AnswerFrom,
    FactsAsked,
    FactsFrom,
    FactsOfEach,
    SummaryAsked,
    SummaryFrom,
    SummaryOfEach,
)
from ._errors import AccessError, IncompleteError, NoModelError, QuotaError, QuotewiseError, UsageError
from ._inputs.mistaken import tell_of_a_name, tell_of_the_order
from ._io.connect import Connection, connect
from ._io.gather import Begun, in_order
from ._io.portal import Portal
from ._io.prices import priced, prices_for
from ._io.session import Session
from ._io.window import limits
from ._options import EXTRACTIVE, Options, OptionsGiven, resolve
from ._plans.ask import Exchange, Question
from ._plans.ask import ask as _ask_plan
from ._plans.core import Plan
from ._plans.extract import extract as _extract_plan
from ._plans.facts import FactsTask
from ._plans.facts import facts as _facts_plan
from ._plans.forecast import Work, forecast
from ._plans.ground import Care
from ._plans.numbering import Numbering
from ._plans.shapes import claimed
from ._plans.summarize import SummaryTask
from ._plans.summarize import summarize as _summary_plan
from ._results import Answer, Estimate, Extraction, Facts, Result, Summary
from ._text.article import Article, encoded
from ._text.attach import attach
from ._values import Usage

R = TypeVar("R", bound=Result)
M = TypeVar("M", bound=BaseModel)
K = TypeVar("K", SummaryTask, FactsTask, Question)
Readable: TypeAlias = Article | str | Path
"""What can be read: an article, a text (`str`), or a file (`Path`)."""
Readables: TypeAlias = Readable | Sequence[Readable]
"""One of those, or several articles to be read as one."""
Task = Literal["summary", "facts"]
Estimated = Literal["summary", "facts", "answer"]
_LONG = 10_000
"""Characters, for which claims are checked in some 40 ms. A thread costs a busy loop 5 ms a step."""

_Read: TypeAlias = Callable[[Readable], Coroutine[Any, Any, Result | QuotewiseError]]


@dataclass(frozen=True)
class _Job(Generic[R]):
    """A plan ready to run, and what its result must be before it is handed out."""

    task: str
    plan: Plan[R]
    numbering: Numbering
    allow_partial: bool

    @property
    def is_long(self) -> bool:
        """Whether its reasoning takes long enough to keep others on the loop waiting."""
        return sum(len(article.text) for article in self.numbering.articles) > _LONG

    def accepted(self, result: R, stopped: QuotewiseError | None) -> R:
        """The result with its articles beside it; raises for one that is not whole, with what is done.

        What `stopped` the whole run is raised itself; else parts were lost, and it is an `IncompleteError`.
        """
        attach(result, self.numbering.articles)
        if result.complete or self.allow_partial:
            return result
        parts = "1 part" if len(result.gaps) == 1 else f"{len(result.gaps)} parts"
        lost = f"{parts} could not be read: {result.gaps[0].reason}"
        error = stopped or IncompleteError(lost)
        error.usage, error.result = result.usage, result
        raise error


class _Reading:
    """What both readers share: the options, the session, and how a task becomes a job."""

    def __init__(self, **options: Unpack[OptionsGiven]) -> None:
        self.options = resolve(options)
        self._connection = connect(self.options)
        self._session = Session(
            self._connection, concurrency=self.options.concurrency, on_event=self.options.on_event
        )
        self._closed = False
        self._dropped: finalize[Any, Any] | None = None
        self._limits = limits(self.options)
        self._care = _care(self.options)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.options.model!r}>"

    def _summary(self, article: Readables, task: SummaryTask, allow_partial: bool) -> _Job[Summary]:
        _refuse_unusable(task)
        numbering = _numbered(article)
        plan = _summary_plan(numbering, task, self._limits, self._care)
        return _Job("summary", plan, numbering, allow_partial)

    def _facts(self, article: Readables, task: FactsTask, allow_partial: bool) -> _Job[Facts]:
        _refuse_unusable(task)
        numbering = _numbered(article)
        plan = _facts_plan(numbering, task, self._limits, self._care)
        return _Job("facts", plan, numbering, allow_partial)

    def _answer(self, article: Readables, question: Question, allow_partial: bool) -> _Job[Answer]:
        _refuse_unusable(question)
        numbering = _numbered(article)
        plan = _ask_plan(numbering, question, self._limits, self._care)
        return _Job("answer", plan, numbering, allow_partial)

    def _extraction(self, article: Readables, schema: type[M], allow_partial: bool) -> _Job[Extraction[M]]:
        numbering = _numbered(article)
        claimed(schema)  # a model that cannot be asked is refused before any call
        if self.options.model == EXTRACTIVE:
            raise NoModelError("The built-in engine picks sentences; it cannot fill a model of yours.")
        return _Job("extract", _extract_plan(numbering, schema, self._limits), numbering, allow_partial)

    def _job(self, article: Readable, task: SummaryTask | FactsTask, allow_partial: bool) -> _Job[Any]:
        if isinstance(task, SummaryTask):
            return self._summary(article, task, allow_partial)
        return self._facts(article, task, allow_partial)

    @overload
    def estimate(
        self, article: Readables, task: Literal["summary"] = "summary", **asked: Unpack[SummaryAsked]
    ) -> Estimate: ...
    @overload
    def estimate(
        self, article: Readables, task: Literal["facts"], **asked: Unpack[FactsAsked]
    ) -> Estimate: ...
    @overload
    def estimate(
        self, article: Readables, task: Literal["answer"], **asked: Unpack[AnswerAsked]
    ) -> Estimate: ...
    def estimate(
        self, article: Readables, task: Estimated = "summary", *, question: str = "?", **asked: Any
    ) -> Estimate:
        """The bill before the first call: calls, tokens and dollars, likely and at most; makes no call.

        `asked` goes to the task (`words`, `points`, `focus`; `focus`, `limit`; `exhaustive`). Of a long
        article an answer is read from passages: those of the `question`, or, where you tell none, as many as
        may be. Earlier answers come on top. Raises `UsageError` for what the task would refuse.
        """
        return _bill(self.options, article, task, _work(task, question, asked))

    def _when_dropped(self, close: Callable[[], None]) -> None:
        """Have this done where nobody closes the reader; it must not lead to the reader itself."""
        self._dropped = finalize(self, _beside, close)
        self._dropped.atexit = False

    def _end(self) -> None:
        """Begin no further reading."""
        self._closed = True
        if self._dropped is not None:
            self._dropped.detach()

    def _open(self) -> None:
        if self._closed:
            raise UsageError("This reader is closed.", next_step="Make a new one.")

    async def _run(self, job: _Job[R], session: Session | None = None) -> R:
        self._open()
        running = session or self._session
        with _while_python_runs():
            done = await running.run(job.plan, job.task, self._meanwhile(job), aside=job.is_long)
        return job.accepted(*done)

    def _meanwhile(self, job: _Job[Any]) -> Callable[[], object] | None:
        """The index that claims are checked with takes half a second of a long article: made beside calls."""
        if self._limits.window is None or job.task == "extract":
            return None
        return lambda: job.numbering.evidence

    def _reads(self, task: Task, asked: dict[str, Any], session: Session | None = None) -> _Read:
        """How a map reads each article: to its result, or to the error in its place.

        Raises `UsageError` for what no article can be asked.
        """
        self._open()
        allow_partial = asked.pop("allow_partial", False)
        made = _of_many(task, asked)
        refused: list[QuotewiseError] = []
        places = count(1)

        async def read(article: Readable) -> Result | QuotewiseError:
            place = next(places)
            try:
                if refused:  # the account's answer is the same for every further article
                    raise refused[0]
                job = self._job(await _opened(article), made, allow_partial)
                result: Result = await self._run(job, session)
            except QuotewiseError as error:
                if isinstance(error, AccessError | QuotaError) and not refused:
                    refused.append(error)
                if not hasattr(error, "__notes__"):  # a refused account's error is raised for many
                    error.add_note(f"It was raised for article {place} of those given to map().")
                return error
            return result

        return read


class Reader(_Reading):
    """Reads articles with one model, one budget and one journal; close it, or use `with`.

    All options are keywords: `model, base_url, api_key, transport, budget, price, journal, concurrency,
    timeout, window, repair, check, on_event` (`help(quotewise.Options)` explains each). Works inside a
    running event loop, in a notebook for one; it blocks that loop as any synchronous call does.

    >>> with Reader(model="extractive") as reader:
    ...     answer = reader.ask("When did the rain stop?", "Rain fell in Oslo. The rain stopped at noon.")
    >>> answer.text, answer.status
    ('The rain stopped at noon.', 'answered')
    """

    def __init__(self, **options: Unpack[OptionsGiven]) -> None:
        super().__init__(**options)
        self._portal = Portal()
        self._when_dropped(partial(_close, self._portal, self._connection))

    def summarize(
        self,
        article: Readables,
        *,
        words: int | None = 120,
        points: int | None = None,
        focus: str | None = None,
        allow_partial: bool = False,
    ) -> Summary:
        """A headline and claims with their quotes, at most `words` words and `points` claims in all.

        Length is met by dropping whole claims, the least important first; where not even one fits, a short
        one is kept, and `trace.notes` say so. `focus` is a topic or a question to keep to.

        A part that cannot be read raises `IncompleteError`, a budget that ends midway `BudgetError`, unless
        `allow_partial`; `.result` of the error holds what was read. Raises any `QuotewiseError`.
        """
        return self._wait(self._summary(article, SummaryTask(words, points, focus), allow_partial))

    def facts(
        self,
        article: Readables,
        *,
        focus: str | None = None,
        limit: int | None = None,
        allow_partial: bool = False,
    ) -> Facts:
        """The checkable facts, in the article's order, each with its kind and quotes; at most `limit`.

        `focus` is a topic or a question to keep to. An article without facts gives an empty list. What cannot
        be read, or paid for, is told as by `summarize`. Raises any `QuotewiseError`.
        """
        return self._wait(self._facts(article, FactsTask(focus, limit), allow_partial))

    def ask(
        self,
        question: str,
        article: Readables,
        *,
        earlier: Sequence[Answer] = (),
        exhaustive: bool = False,
        allow_partial: bool = False,
    ) -> Answer:
        """The answer in claims with their quotes, or an abstention with the closest passages.

        A long article is read in the passages nearest to the question; `exhaustive` reads all of it, which
        costs as much as a summary. `earlier` are the answers that a follow-up ("and why?") goes on from, the
        oldest first; the last four are told to the model after the article. Of several articles that do not
        agree the status is `conflict`, each side a claim.

        That the article does not say is an answer (`not_in_source`), no error; so is an answer none of whose
        claims survived the check (`failed`). What cannot be read, or paid for, is told as by `summarize`.
        Raises `UsageError` for an empty question, and any `QuotewiseError`.
        """
        asked = _question(question, article, exhaustive, earlier)
        return self._wait(self._answer(article, asked, allow_partial))

    def extract(self, article: Readables, schema: type[M], *, allow_partial: bool = False) -> Extraction[M]:
        """A Pydantic model filled from the article, every value with its quotes.

        Strings are located strictly, numbers and dates compared in normal forms; what does not stand in the
        article is in `.rejected` with the reason; `value` is then None where the field must be there. Raises
        `UsageError` for a shape that cannot be asked for, `NoModelError` with the built-in engine, which
        cannot do this, and any other `QuotewiseError`.
        """
        return self._wait(self._extraction(article, schema, allow_partial))

    @overload
    def map(
        self,
        articles: Iterable[Readable],
        task: Literal["summary"],
        *,
        return_errors: Literal[False] = False,
        **asked: Unpack[SummaryOfEach],
    ) -> Iterator[Summary]: ...
    @overload
    def map(
        self,
        articles: Iterable[Readable],
        task: Literal["summary"],
        *,
        return_errors: bool,
        **asked: Unpack[SummaryOfEach],
    ) -> Iterator[Summary | QuotewiseError]: ...
    @overload
    def map(
        self,
        articles: Iterable[Readable],
        task: Literal["facts"],
        *,
        return_errors: Literal[False] = False,
        **asked: Unpack[FactsOfEach],
    ) -> Iterator[Facts]: ...
    @overload
    def map(
        self,
        articles: Iterable[Readable],
        task: Literal["facts"],
        *,
        return_errors: bool,
        **asked: Unpack[FactsOfEach],
    ) -> Iterator[Facts | QuotewiseError]: ...
    def map(
        self, articles: Iterable[Readable], task: Task, *, return_errors: bool = False, **asked: Any
    ) -> Iterator[Any]:
        """The results for many articles, in their order, `concurrency` at once; `asked` goes to the task.

        Articles are taken as they are needed, in the thread that loops. Where taking one fails, no further
        is taken: the results of those before are handed out, then that is raised.

        An error is raised at its article's turn and ends the map, what is no article too; with
        `return_errors` it is handed out in its place and the others follow. An error, the first Ctrl-C, or
        leaving the loop early, starts no further call and lets those in flight end; a second Ctrl-C cuts
        them off.
        """
        session = self._session.apart()  # another thread may be reading too: that goes on
        return self._mapped(_several(articles), self._reads(task, asked, session), session, return_errors)

    def _mapped(
        self, articles: Iterable[Readable], read: _Read, session: Session, return_errors: bool
    ) -> Iterator[Any]:
        def begin(article: Readable) -> Future[Result | QuotewiseError]:
            self._open()
            with self._not_closed():
                return self._portal.start(read(article))

        begun = Begun(begin, articles, self.options.concurrency)
        looping = threading.get_ident()
        try:
            for one in begun:
                with self._not_closed():
                    result = self._portal.wait(one, on_interrupt=session.drain, besides=begun.waiting)
                if isinstance(result, QuotewiseError) and not return_errors:
                    raise result
                yield result
                looping = threading.get_ident()
        finally:
            self._leave(session, begun.waiting, waits=looping == threading.get_ident())

    def _leave(self, session: Session, waiting: Collection[Future[Any]], *, waits: bool) -> None:
        """End a map: what it has in flight is paid for already.

        Any thread may drop it, or collect it as garbage, also one that the calls in flight need to end: only
        the one that looped over it `waits` for them here; for others `close` does.
        """
        if self._closed or sys.is_finalizing():  # where Python ends, nothing runs the loop any more
            return
        if not waits:
            self._portal.let_end(_left(session))
            return
        # Closed by another thread at this moment, or no thread starts any more: all of it has ended.
        with suppress(CancelledError, UsageError), _while_python_runs():
            self._portal.run(_left(session), besides=waiting)

    def close(self) -> None:
        """Let go of connections and the journal; safe to call twice. A closed reader reads no more.

        What another thread is reading with it ends there with a `UsageError`. The calls that a map, left in
        another thread than looped over it, still has in flight end first and are stored.
        """
        if not self._closed:
            self._end()
            _close(self._portal, self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wait(self, job: _Job[R]) -> R:
        self._open()
        with self._not_closed():
            return self._portal.run(self._run(job), on_interrupt=self._session.drain)

    @contextmanager
    def _not_closed(self) -> Iterator[None]:
        """Whoever waits when another thread closes the reader is told so."""
        try:
            with _while_python_runs():
                yield
        except CancelledError:
            self._open()
            raise


class AsyncReader(_Reading):
    """`Reader` for asynchronous code: the same options, methods and results, awaited.

    Used from several event loops it keeps one client for each.
    """

    def __init__(self, **options: Unpack[OptionsGiven]) -> None:
        super().__init__(**options)
        if self._connection.journal is not None:
            self._when_dropped(self._connection.journal.close)

    async def summarize(
        self,
        article: Readables,
        *,
        words: int | None = 120,
        points: int | None = None,
        focus: str | None = None,
        allow_partial: bool = False,
    ) -> Summary:
        """See `Reader.summarize`."""
        opened = await _all_opened(article)
        return await self._run(self._summary(opened, SummaryTask(words, points, focus), allow_partial))

    async def facts(
        self,
        article: Readables,
        *,
        focus: str | None = None,
        limit: int | None = None,
        allow_partial: bool = False,
    ) -> Facts:
        """See `Reader.facts`."""
        opened = await _all_opened(article)
        return await self._run(self._facts(opened, FactsTask(focus, limit), allow_partial))

    async def ask(
        self,
        question: str,
        article: Readables,
        *,
        earlier: Sequence[Answer] = (),
        exhaustive: bool = False,
        allow_partial: bool = False,
    ) -> Answer:
        """See `Reader.ask`."""
        asked = _question(question, article, exhaustive, earlier)
        return await self._run(self._answer(await _all_opened(article), asked, allow_partial))

    async def extract(
        self, article: Readables, schema: type[M], *, allow_partial: bool = False
    ) -> Extraction[M]:
        """See `Reader.extract`."""
        return await self._run(self._extraction(await _all_opened(article), schema, allow_partial))

    @overload
    def map(
        self,
        articles: Iterable[Readable],
        task: Literal["summary"],
        *,
        return_errors: Literal[False] = False,
        **asked: Unpack[SummaryOfEach],
    ) -> AsyncGenerator[Summary, None]: ...
    @overload
    def map(
        self,
        articles: Iterable[Readable],
        task: Literal["summary"],
        *,
        return_errors: bool,
        **asked: Unpack[SummaryOfEach],
    ) -> AsyncGenerator[Summary | QuotewiseError, None]: ...
    @overload
    def map(
        self,
        articles: Iterable[Readable],
        task: Literal["facts"],
        *,
        return_errors: Literal[False] = False,
        **asked: Unpack[FactsOfEach],
    ) -> AsyncGenerator[Facts, None]: ...
    @overload
    def map(
        self,
        articles: Iterable[Readable],
        task: Literal["facts"],
        *,
        return_errors: bool,
        **asked: Unpack[FactsOfEach],
    ) -> AsyncGenerator[Facts | QuotewiseError, None]: ...
    def map(
        self, articles: Iterable[Readable], task: Task, *, return_errors: bool = False, **asked: Any
    ) -> AsyncGenerator[Any, None]:
        """See `Reader.map`; an error, or leaving this loop early, cancels what is in flight.

        Articles are taken on the running loop, so a generator that takes long for one keeps others waiting.
        """
        results = in_order(self._reads(task, asked), _several(articles), self.options.concurrency)
        return results if return_errors else _raised(results)

    async def aclose(self) -> None:
        """Let go of connections and the journal; safe to call twice. A closed reader reads no more."""
        self._end()
        await self._connection.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def summarize(
    article: Readables,
    *,
    words: int | None = 120,
    points: int | None = None,
    focus: str | None = None,
    allow_partial: bool = False,
    **options: Unpack[OptionsGiven],
) -> Summary:
    """`Reader.summarize` with a reader made for this one call; `options` are those of `Reader`.

    >>> summary = summarize("Rain fell in Oslo on Monday. It flooded two streets.", words=10)
    >>> article_text = "Rain fell in Oslo on Monday. It flooded two streets."
    >>> all(article_text[q.start:q.end] == q.text for claim in summary.claims for q in claim.quotes)
    True
    """
    with Reader(**options) as reader:
        return reader.summarize(article, words=words, points=points, focus=focus, allow_partial=allow_partial)


def facts(
    article: Readables,
    *,
    focus: str | None = None,
    limit: int | None = None,
    allow_partial: bool = False,
    **options: Unpack[OptionsGiven],
) -> Facts:
    """`Reader.facts` with a reader made for this one call; `options` are those of `Reader`."""
    with Reader(**options) as reader:
        return reader.facts(article, focus=focus, limit=limit, allow_partial=allow_partial)


def ask(
    question: str,
    article: Readables,
    *,
    earlier: Sequence[Answer] = (),
    exhaustive: bool = False,
    allow_partial: bool = False,
    **options: Unpack[OptionsGiven],
) -> Answer:
    """`Reader.ask` with a reader made for this one call; `options` are those of `Reader`."""
    with Reader(**options) as reader:
        return reader.ask(
            question, article, earlier=earlier, exhaustive=exhaustive, allow_partial=allow_partial
        )


def extract(
    article: Readables, schema: type[M], *, allow_partial: bool = False, **options: Unpack[OptionsGiven]
) -> Extraction[M]:
    """`Reader.extract` with a reader made for this one call; `options` are those of `Reader`."""
    with Reader(**options) as reader:
        return reader.extract(article, schema, allow_partial=allow_partial)


@overload
def estimate(
    article: Readables, task: Literal["summary"] = "summary", **asked_and_options: Unpack[SummaryFrom]
) -> Estimate: ...
@overload
def estimate(
    article: Readables, task: Literal["facts"], **asked_and_options: Unpack[FactsFrom]
) -> Estimate: ...
@overload
def estimate(
    article: Readables, task: Literal["answer"], **asked_and_options: Unpack[AnswerFrom]
) -> Estimate: ...
def estimate(
    article: Readables, task: Estimated = "summary", *, question: str = "?", **asked_and_options: Any
) -> Estimate:
    """`Reader.estimate` without a reader, and so without a key: for a model that you may yet choose.

    >>> str(estimate("Rain fell in Oslo on Monday.", "facts", model="gpt-6-luna")).split(",")[0]
    'facts with gpt-6-luna'
    """
    names = OptionsGiven.__annotations__
    options = resolve({k: v for k, v in asked_and_options.items() if k in names}, calls=False)  # type: ignore[arg-type]  # sorted by name
    asked = {k: v for k, v in asked_and_options.items() if k not in names}
    return _bill(options, article, task, _work(task, question, asked))


def _bill(options: Options, article: Readables, task: Estimated, work: Work) -> Estimate:
    _refuse_unusable(work)
    numbering = _numbered(article)
    if options.model == EXTRACTIVE:
        return Estimate(task=task, model=EXTRACTIVE, likely=Usage(), most=Usage())
    bill = forecast(numbering, work, limits(options), _care(options))
    prices = prices_for(options.model, options.price)
    likely, most = (
        priced(usage, options.model, prices, longest=bill.longest) for usage in (bill.likely, bill.most)
    )
    return Estimate(task=task, model=options.model, likely=likely, most=most, chunks=bill.parts)


def _care(options: Options) -> Care:
    return Care(repair=options.repair, opinion=options.check == "llm")


async def _opened(article: Readable) -> Readable:
    """The same, a file read in a thread: a parser may take seconds that others on the loop would wait."""
    if not isinstance(article, Path):
        return article
    with _while_python_runs():
        return await asyncio.to_thread(Article.of, article)


async def _all_opened(article: Readables) -> Readables:
    if isinstance(article, list | tuple):
        return [await _opened(one) for one in article]
    return await _opened(article) if isinstance(article, Path) else article


def _numbered(article: Readables) -> Numbering:
    if isinstance(article, Article | str | Path):
        tell_of_a_name(article)
        return Numbering((Article.of(article),))
    if not isinstance(article, Sequence) or isinstance(article, bytes):
        raise UsageError(
            f"{type(article).__name__} cannot be read.",
            next_step="Give an Article, a str or a Path.",
        )
    for one in article:
        tell_of_a_name(one)
    articles = tuple(map(Article.of, article))
    if not articles:
        raise UsageError("There is no article to read.", next_step="Give at least one.")
    return Numbering(articles)


async def _raised(results: AsyncGenerator[Any, None]) -> AsyncGenerator[Any, None]:
    """The same, but an error ends it."""
    async with aclosing(results):
        async for result in results:
            if isinstance(result, QuotewiseError):
                raise result
            yield result


@contextmanager
def _while_python_runs() -> Iterator[None]:
    """Once the main thread has ended Python starts no further thread, and says so in words about futures."""
    try:
        yield
    except RuntimeError as error:
        if threading.main_thread().is_alive() or "shutdown" not in str(error):
            raise
        raise UsageError(
            "Python is ending, so nothing more can be read.",
            next_step="Have the main thread wait for the one that reads: thread.join().",
        ) from error


async def _left(session: Session) -> None:
    """The loop over a map was left: calls in flight, already paid for, end and are stored."""
    session.drain()
    await session.drained()


def _close(portal: Portal, connection: Connection) -> None:
    try:
        portal.settle()
    finally:
        try:
            with (
                suppress(UsageError),
                _while_python_runs(),
            ):  # where no thread starts, none has left anything open
                portal.run(connection.aclose())
        finally:
            portal.close()


def _beside(close: Callable[[], None]) -> None:
    """In a thread of its own, since any thread may be the one that drops a reader, also what it waits for."""
    threading.Thread(target=close, name="quotewise-end", daemon=True).start()


def _question(text: str, article: object, exhaustive: bool, earlier: Sequence[Answer]) -> Question:
    if isinstance(text, Article | Path):
        raise UsageError(
            "The question is an article.", next_step="The question comes first: ask(question, article)."
        )
    tell_of_the_order(text, article)
    if not all(isinstance(answer, Answer) for answer in earlier):
        raise UsageError("Earlier answers are Answers.", next_step="Give what ask() gave: earlier=[answer].")
    return Question(text, exhaustive, tuple(Exchange(answer.question, answer.text) for answer in earlier))


def _several(articles: Iterable[Readable]) -> Iterable[Readable]:
    if isinstance(articles, str | Path) or not isinstance(articles, Iterable):
        raise UsageError("map() takes several articles.", next_step="Give a list of them.")
    return articles


def _of_many(task: Task, asked: dict[str, Any]) -> SummaryTask | FactsTask:
    if task not in ("summary", "facts"):
        raise UsageError(
            f"There is no task {task!r} for many articles.", next_step="Give 'summary' or 'facts'."
        )
    work = _asked(SummaryTask, task, asked) if task == "summary" else _asked(FactsTask, task, asked)
    _refuse_unusable(work)
    return work


def _work(task: Estimated, question: str, asked: dict[str, Any]) -> Work:
    if task == "summary":
        return _asked(SummaryTask, task, asked)
    if task == "facts":
        return _asked(FactsTask, task, asked)
    if task == "answer":
        return _asked(Question, task, asked, text=question)
    raise UsageError(f"There is no task {task!r}.", next_step="Give 'summary', 'facts' or 'answer'.")


def _asked(kind: type[K], task: str, asked: dict[str, Any], **given: Any) -> K:
    """What is asked for by keyword; raises `UsageError` for a word that the task does not know."""
    known = [field.name for field in fields(kind) if field.name not in given]
    if unknown := sorted(set(asked) - set(known)):
        raise UsageError(
            f"The task {task!r} takes no {unknown[0]!r}.", next_step=f"It takes {', '.join(known)}."
        )
    return kind(**given, **asked)


def _refuse_unusable(work: Work) -> None:
    """What no task can be: raises `UsageError`, before any call and before any bill."""
    words = work.text if isinstance(work, Question) else work.focus
    if isinstance(words, str):
        encoded(words, "The question" if isinstance(work, Question) else "The focus")
    elif not isinstance(work, Question) and words is not None:
        raise UsageError("A focus is a topic or a question in words.", next_step="Give it as a str.")
    if isinstance(work, SummaryTask):
        _above_zero(words=work.words, points=work.points)
    elif isinstance(work, FactsTask):
        _above_zero(limit=work.limit)
    elif not isinstance(work.text, str):
        raise UsageError("The question comes first: ask(question, article).", next_step="Give it as a str.")
    elif not work.text.strip():
        raise UsageError("The question is empty.", next_step="Ask something.")


def _above_zero(**numbers: int | None) -> None:
    for name, number in numbers.items():
        if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
            raise UsageError(f"{name}={number!r} is no whole number.", next_step=f"Give {name}=1 or more.")
        if number is not None and number < 1:
            raise UsageError(f"{name}={number} asks for nothing.", next_step=f"Give {name}=1 or more.")
