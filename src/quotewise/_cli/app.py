"""The commands: what each takes, and what it does with the result. Reading is done by `Reader`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from .._errors import BudgetError, GroundingError, QuotewiseError, UsageError
from .._grounding.verify import verify as verify_text
from .._reader import Reader
from .._results import Answer, Result
from .._text.article import Article
from . import options
from .conversation import Conversation, Settings, opened
from .inputs import article, articles
from .output import show, show_json, tell, write

Read = Callable[[Reader, Article], Result]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="quotewise")
def app() -> None:
    """Summaries, facts and answers in which every claim can be checked against the article.

    FILE is a text file, or - for standard input. Without OPENAI_API_KEY the built-in extractive engine
    reads; with it, or with --base-url, a model does.
    """


@app.command()
@options.reading
@options.focus
@options.words
@options.points
def summarize(words: int, points: int | None, focus: str | None, **shared: Any) -> int:
    """Summarise articles, each claim with its quotes.

    Example: quotewise summarize article.txt --words 80
    """
    partial = shared["allow_partial"]
    return _each(
        lambda reader, one: reader.summarize(
            one, words=words, points=points, focus=focus, allow_partial=partial
        ),
        **shared,
    )


@app.command()
@options.reading
@options.focus
@options.limit
def facts(limit: int | None, focus: str | None, **shared: Any) -> int:
    """List the checkable facts of articles, each with its kind and quotes.

    Example: quotewise facts article.txt --json
    """
    partial = shared["allow_partial"]
    return _each(
        lambda reader, one: reader.facts(one, focus=focus, limit=limit, allow_partial=partial), **shared
    )


@app.command()
@click.argument("question")
@options.reading
@click.option("--exhaustive", is_flag=True, help="Read all of a long article, not only its passages.")
def ask(question: str, exhaustive: bool, **shared: Any) -> int:
    """Answer a question from articles, or say that they do not.

    Example: quotewise ask "Where was the summit?" article.txt
    """
    partial = shared["allow_partial"]
    return _each(
        lambda reader, one: reader.ask(question, one, exhaustive=exhaustive, allow_partial=partial), **shared
    )


@app.command()
@click.argument("text_file")
@click.option("--source", required=True, metavar="FILE", help="The article it must agree with.")
@click.option("--question", help="The question that the text answers.")
@options.as_json
@options.encoding
def verify(text_file: str, source: str, question: str | None, json: bool, encoding: str | None) -> int:
    """Check a text made elsewhere against an article; exit 1 when something in it is not supported.

    Example: quotewise verify summary.txt --source article.txt
    """
    text = article(text_file, encoding).text
    checked = verify_text(text, article(source, encoding), question=question)
    _put(checked, json, markdown=False, several=False)
    return 0 if checked.supported else 1


@app.command()
@options.reading
@click.option(
    "--task", type=click.Choice(["summary", "facts", "answer"]), default="summary", show_default=True
)
def estimate(task: Any, **shared: Any) -> int:
    """Show what reading would cost, before any call is made.

    Example: quotewise estimate book.txt --model gpt-6-luna
    """
    names, json = shared["files"], shared["json"]
    with Reader(**options.given(shared["model"], shared["base_url"], shared["budget"])) as reader:
        for one in articles(names, shared["encoding"]):
            bill = reader.estimate(one, task)
            show_json(bill, one_line=len(names) > 1) if json else show(bill)
    return 0


@app.command()
@options.files
@options.as_json
@options.model
def chat(
    files: Sequence[str],
    json: bool,
    encoding: str | None,
    verbose: bool,
    model: str | None,
    base_url: str | None,
    budget: float | None,
    journal: str | None,
) -> int:
    """Ask about articles, question by question, and see where each answer stands.

    Example: quotewise chat article.txt

    In a terminal this needs the extra 'chat'. Lines may be piped in; --json then gives each result as a line.
    What is typed is kept in the user's data folder; QUOTEWISE_NO_HISTORY=1 keeps nothing.
    """
    from .chat import chat as hold  # prompt_toolkit and what it needs, for this command alone

    settings = Settings(model=model, base_url=base_url, budget=budget, journal=journal)
    read = articles(files, encoding)
    return hold(lambda: Conversation(read, settings, opened), json=json, verbose=verbose)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one run of the command; what goes wrong is told on stderr in a line or two."""
    try:
        return int(app.main(arguments, "quotewise", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        tell("quotewise: interrupted")
        return 130
    except BrokenPipeError:
        return _pipe_closed()
    except QuotewiseError as error:
        tell(f"quotewise: {error}")
        return _code(error)
    except Exception as error:
        if os.environ.get("QUOTEWISE_TRACEBACK"):
            raise
        tell(f"quotewise: this is a fault of quotewise itself ({type(error).__name__}: {error}).")
        tell("Please report it, with what QUOTEWISE_TRACEBACK=1 shows.")
        return 3


def _each(
    read: Read,
    *,
    files: Sequence[str],
    encoding: str | None,
    json: bool,
    markdown: bool,
    html: str | None,
    model: str | None,
    base_url: str | None,
    budget: float | None,
    allow_partial: bool,
) -> int:
    """Read every file; one article that is not supported or not whole does not keep back the others."""
    code = 0
    if html is not None and len(files) > 1:
        raise UsageError("--html writes one page.", next_step="Name one file, or run it once for each.")
    with Reader(**options.given(model, base_url, budget)) as reader:
        for one in articles(files, encoding):
            try:
                result = read(reader, one)
            except GroundingError as error:
                tell(f"quotewise: {one.source}: {error}")
                code = 1
                continue
            _put(result, json, markdown, several=len(files) > 1)
            if html is not None:
                write(result.to_html(), html)
            code = max(code, _outcome(result))
    return code


def _put(result: Result, json: bool, markdown: bool, *, several: bool) -> None:
    if json:
        show_json(result, one_line=several)
    elif markdown:
        show(result.to_markdown())
    else:
        show(result)
        if several:
            print()


def _outcome(result: Result) -> int:
    failed = isinstance(result, Answer) and result.status == "failed"
    return 0 if result.complete and not failed else 1


def _code(error: QuotewiseError) -> int:
    if isinstance(error, GroundingError) or (isinstance(error, BudgetError) and error.result is not None):
        return 1
    return 2 if isinstance(error, UsageError) else 3


def _pipe_closed() -> int:
    """The reader of a pipe went away, as `head` does: nobody's fault, but Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
