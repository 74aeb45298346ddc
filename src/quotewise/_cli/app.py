"""The commands: what each takes, and what it does with the result. Reading is done by `Reader`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from .._errors import BudgetError, GroundingError, QuotewiseError, UsageError
from .._grounding.verify import verify as verify_text
from .._inputs.mistaken import is_file
from .._reader import Reader, Task
from .._reader import estimate as bill_of
from .._render.markdown import escaped
from .._render.markdown import markdown as in_markdown
from .._results import Answer, Extraction, Result, Verification
from .._text.article import Article
from . import options, schema
from .batch import batch as run_batch
from .conversation import Conversation, opened
from .inputs import articles
from .output import check_output, show, show_json, show_name, show_text, speak_any_script, tell, write_page
from .reading import Means, reading

Read = Callable[[Reader, Sequence[Article]], Result]


class _InOrder(click.Group):
    """Lists the commands as they stand here, the most used first, and not by their letters."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="quotewise")
def app() -> None:
    """Summaries, facts and answers in which every claim can be checked against the article.

    FILE is a text, Markdown, HTML, PDF or Word file, the address of a page (https://...), or - for
    standard input. Without OPENAI_API_KEY the built-in extractive engine
    reads; with it, or with --base-url, a model does. The key is taken from that
    variable alone: other users of the machine can see a command's arguments, and
    the shell keeps them.

    Example: quotewise summarize article.txt

    Shell completion: put eval "$(_QUOTEWISE_COMPLETE=bash_source quotewise)" into ~/.bashrc (zsh_source and
    fish_source for those shells).
    """


@app.command(short_help="Summarise articles.")
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


@app.command(short_help="List the checkable facts.")
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


@app.command(short_help="Answer a question, or say that the article does not.")
@click.argument("question")
@options.reading
@click.option("--exhaustive", is_flag=True, help="Read all of a long article, not only its passages.")
def ask(question: str, exhaustive: bool, **shared: Any) -> int:
    """Answer a question from articles, or say that they do not.

    Example: quotewise ask "Where was the summit?" article.txt

    Several files are asked one by one; --together asks them as one, and tells where they disagree.
    """
    if is_file(question):
        raise UsageError(f"{question!r} is a file.", next_step="The question comes first, then the files.")
    partial = shared["allow_partial"]
    return _each(
        lambda reader, one: reader.ask(question, one, exhaustive=exhaustive, allow_partial=partial), **shared
    )


@app.command(short_help="Fill a Pydantic model of yours.")
@options.reading
@click.option(
    "--schema", "named", required=True, metavar="WHERE:MODEL", help="module:Model or file.py:Model."
)
def extract(named: str, **shared: Any) -> int:
    """Fill a Pydantic model of yours from articles, each value with its quotes.

    Example: quotewise extract article.txt --schema schema.py:Summit

    The schema is Python code, and it is run. Exit 1 where a value was refused or one that must be there was
    not found.
    """
    asked = schema.model(named)
    partial = shared["allow_partial"]
    return _each(
        lambda reader, one: reader.extract(one, asked, allow_partial=partial),
        also_read=[named.rpartition(":")[0]],
        **shared,
    )


@app.command(short_help="Read many articles, one JSON line each.")
@options.files
@click.option("--task", type=click.Choice(["summary", "facts"]), default="summary", show_default=True)
@click.option(
    "--out", type=options.FILE, metavar="FILE", help="Write the lines there instead of to standard output."
)
@click.option("--json", "json", is_flag=True, help="What it does anyway: a JSON object a line.")
@options.focus
@click.option("--words", type=options.COUNT, help="At most this many words in a summary.")
@options.points
@options.limit
@options.allow_partial
@options.model
def batch(
    files: Sequence[str], task: Task, out: str | None, json: bool, allow_partial: bool, **rest: Any
) -> int:
    """Read many articles: one JSON line each, in their order, errors as lines of their own.

    Example: quotewise batch *.txt --task facts --out results.jsonl

    Paid replies are kept in a journal in the user's cache folder (or --journal FILE), so the same command
    run again goes on where it stopped and pays nothing twice. Exit 1 where any article failed.
    """
    own = {"words", "points", "focus"} if task == "summary" else {"limit", "focus"}
    given = {name: rest.pop(name) for name in ("words", "points", "limit", "focus")}
    if strange := [name for name in given if given[name] is not None and name not in own]:
        raise UsageError(f"--{strange[0]} says nothing about the task {task}.", next_step="Leave it out.")
    asked = {name: value for name, value in given.items() if value is not None}
    return run_batch(files, task, out, Means(**rest), allow_partial=allow_partial, **asked)


@app.command(short_help="Check a text made elsewhere: a gate for CI.")
@click.argument("text_file", type=options.FILE)
@click.option(
    "--source",
    "sources",
    required=True,
    multiple=True,
    type=options.FILE,
    metavar="FILE",
    help="The article it must agree with.",
)
@click.option("--question", help="The question that the text answers.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Exit 1 where the score, or the share of claims that are supported, is below this (0 to 1),"
    " instead of where any claim is not supported.",
)
@options.as_json
@options.as_markdown
@options.html
@options.encoding
def verify(
    text_file: str,
    sources: tuple[str, ...],
    question: str | None,
    fail_under: float | None,
    json: bool,
    markdown: bool,
    html: str | None,
    encoding: str | None,
    allow_private: bool,
) -> int:
    """Check a text made elsewhere against an article; exit 1 when something in it is not supported.

    Example: quotewise verify summary.txt --source article.txt --fail-under 0.8

    What is not supported is underlined in a terminal, and stands between >> and << elsewhere.
    """
    if len(sources) > 1:
        raise UsageError(
            f"A text is checked against one article, and --source is given {len(sources)} times.",
            next_step="Verify it against each, one by one.",
        )
    _check_forms(json, markdown, html, [text_file, *sources])
    checked_text, against = articles([text_file, *sources], encoding, allow_private=allow_private)
    text = checked_text.text
    checked = verify_text(text, against, question=question)
    if not json and not markdown and checked.unsupported:
        show_text(text, list(_faults(checked)))
    _put(checked, json, markdown)
    if html is not None:
        write_page(checked.to_html(), html)
    return 0 if (checked.supported if fail_under is None else reaches(checked, fail_under)) else 1


def reaches(checked: Verification, least: float) -> bool:
    """Whether a text's score and the share of its claims that are supported are high enough: the score of a
    long text is of all of it together, and can be high where the checks reject several claims."""
    supported = sum(claim.verdict.supported for claim in checked.claims)
    return min(checked.score, supported / len(checked.claims)) >= least


def _faults(checked: Verification) -> Iterator[tuple[int, int]]:
    """Where a text is marked: at the words that issues name, as on the page, or else where it is doubted."""
    for claim in checked.claims:
        if claim.verdict.issues:
            yield from ((claim.start + one.start, claim.start + one.end) for one in claim.verdict.issues)
        elif not claim.verdict.supported:
            yield from (span for span in checked.unsupported if claim.start <= span.start < claim.end)


@app.command(short_help="Show what reading would cost.")
@options.files
@options.as_json
@click.option(
    "--task", type=click.Choice(["summary", "facts", "answer"]), default="summary", show_default=True
)
@options.words
@options.points
@options.limit
@options.focus
@click.option("--question", help="Of an answer: the question, whose passages are then counted.")
@options.model
def estimate(
    files: Sequence[str],
    json: bool,
    task: Any,
    words: int,
    points: int | None,
    limit: int | None,
    focus: str | None,
    question: str | None,
    **means: Any,
) -> int:
    """Show what reading would cost, before any call is made.

    Example: quotewise estimate book.txt --model gpt-6-luna
    """
    asked: dict[str, dict[str, Any]] = {
        "summary": {"words": words, "points": points, "focus": focus},
        "facts": {"limit": limit, "focus": focus},
        "answer": {"question": question or "?"},
    }
    settings = Means(**{**means, "journal": None})
    for one in articles(files, settings.encoding, allow_private=settings.allow_private):
        bill = bill_of(one, task, **asked[task], **settings.given)
        if len(files) > 1 and not json:
            show_name(one.source)
        show_json(bill, one_line=len(files) > 1) if json else show(bill)
    return 0


@app.command(short_help="Ask question by question.")
@options.files
@options.as_json
@options.model
def chat(
    files: Sequence[str],
    json: bool,
    encoding: str | None,
    allow_private: bool,
    verbose: bool,
    **settings: Any,
) -> int:
    """Ask about articles, question by question, and see where each answer stands.

    Example: quotewise chat article.txt

    In a terminal this needs the extra 'chat'. Lines may be piped in; --json then gives each result as a line.
    What is typed is kept in the user's data folder; QUOTEWISE_NO_HISTORY=1 keeps nothing.
    """
    from .chat import chat as hold  # prompt_toolkit and what it needs, for this command alone

    read = articles(files, encoding, allow_private=allow_private)
    return hold(lambda: Conversation(read, options.Settings(**settings), opened), json=json, verbose=verbose)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one run of the command; what goes wrong is told on stderr in a line or two."""
    typed = sys.argv[1:] if arguments is None else list(arguments)
    try:
        speak_any_script()
        return int(app.main(typed, "quotewise", standalone_mode=False, obj=typed) or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt) as error:
        tell(f"quotewise: interrupted. {error.__cause__ or ''}".rstrip())
        return 130
    except BrokenPipeError:
        return _pipe_closed()
    except SystemExit as end:  # click ends so after completing a word, and where a pipe was closed
        if end.code != 1 or "_QUOTEWISE_COMPLETE" in os.environ:
            raise
        return _pipe_closed()
    except QuotewiseError as error:
        tell(f"quotewise: {error}")
        return _code(error)
    except OSError as error:
        tell(f"quotewise: {error.strerror or 'the output cannot be written'}. Check where it goes.")
        return 2
    except Exception as error:
        if os.environ.get("QUOTEWISE_TRACEBACK"):
            raise
        tell(f"quotewise: this is a fault of quotewise itself ({type(error).__name__}).")
        tell("Please report it, with what QUOTEWISE_TRACEBACK=1 shows.")
        return 3


def _each(
    read: Read,
    *,
    files: Sequence[str],
    together: bool,
    json: bool,
    markdown: bool,
    html: str | None,
    allow_partial: bool,
    also_read: Sequence[str] = (),
    **means: Any,
) -> int:
    """Read every file, or all as one; an article that is not supported or not whole keeps no other back."""
    code = 0
    if html is not None and len(files) > 1 and not together:
        raise UsageError("--html writes one page.", next_step="Name one file, or give --together.")
    _check_forms(json, markdown, html, [*files, *also_read, means["journal"]])
    with reading(Means(**means)) as (reader, _):
        given = articles(files, means["encoding"], allow_private=means["allow_private"])
        groups = [given] if together else [[one] for one in given]
        for at, group in enumerate(groups, 1):
            name = files[at - 1] if len(groups) > 1 else ""
            result, error = _came(read, reader, group)
            if result is not None:  # of a reading that broke off, what was read and paid for
                _put(result, json, markdown, name=name, at=at, offsets=means["verbose"])
                if html is not None:
                    write_page(result.to_html(), html)
                code = max(code, _outcome(result))
            if error is not None:
                _tell_failed(name, error)
                code = 1
    return code


def _tell_failed(name: str, error: QuotewiseError) -> None:
    """Why an article is not whole; raises what holds for all: the budget is spent, the key refused."""
    if not isinstance(error, GroundingError):
        raise error
    tell(f"quotewise: {name}: {error}" if name else f"quotewise: {error}")


def _came(
    read: Read, reader: Reader, group: Sequence[Article]
) -> tuple[Result | None, QuotewiseError | None]:
    """What came of an article, and why it is not whole; raises an error that leaves nothing to show."""
    try:
        return read(reader, group), None
    except QuotewiseError as error:
        if error.result is None and not isinstance(error, GroundingError):
            raise
        return error.result, error


def _check_forms(json: bool, markdown: bool, html: str | None, reads: Sequence[str | None]) -> None:
    """Where the results go is looked at before anything is read; raises `UsageError`."""
    if json and markdown:
        raise UsageError("--json and --markdown are two forms.", next_step="Choose one.")
    if html is not None:
        check_output(html, reads)


def _put(
    result: Result, json: bool, markdown: bool, *, name: str = "", at: int = 1, offsets: bool = False
) -> None:
    """A result in the form asked for; the one `at` of several comes under the `name` of its file."""
    if json:
        show_json(result, one_line=bool(name))
    elif markdown:
        show(f"# {escaped(name)}\n\n{in_markdown(result, f'{at}-')}" if name else result.to_markdown())
    else:
        if name:
            show_name(name)
        show(result, offsets=offsets)
        if name:
            print()


def _outcome(result: Result) -> int:
    failed = isinstance(result, Answer) and result.status == "failed"
    unfilled = isinstance(result, Extraction) and (result.value is None or bool(result.rejected))
    return 0 if result.complete and not failed and not unfilled else 1


def _code(error: QuotewiseError) -> int:
    if isinstance(error, GroundingError) or (isinstance(error, BudgetError) and error.result is not None):
        return 1
    return 2 if isinstance(error, UsageError) else 3


def _pipe_closed() -> int:
    """The reader of a pipe went away, as `head` does: nobody's fault, but Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
