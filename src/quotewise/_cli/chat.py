"""The terminal around a conversation: lines in, rows out. What is said stands in `conversation`.

With a terminal, prompt_toolkit edits the lines, completes them and keeps their history. Without one, lines
come from standard input and go out plain, so that a conversation can be scripted.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from .._errors import QuotewiseError, UsageError
from .conversation import Conversation
from .output import safe, show_json, tell
from .progress import told_on_interrupt, watching
from .rows import Part, Row, Rows, lines, plain, row

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

NO_HISTORY = "QUOTEWISE_NO_HISTORY"
"""Set in the environment, no question is kept in a file."""

_STOPPING = "\nStopping: a call in flight is paid for and ends first; Ctrl-C again cuts it off."
_STYLES = {
    "head": "bold",
    "mark": "ansicyan",
    "quote": "reverse",
    "dim": "ansibrightblack",
    "bad": "ansired",
    "prompt": "bold ansigreen",
}
_WIDEST = 100


@dataclass(frozen=True, slots=True)
class Loop:
    """How a conversation is held: `terminal` with editing, else line by line; `json` gives results alone."""

    terminal: bool
    json: bool = False
    verbose: bool = False

    def replies(self, conversation: Conversation, line: str) -> Rows:
        """What a line is answered with; an error or a Ctrl-C becomes an answer too."""
        try:
            with (
                told_on_interrupt(lambda: print(_STOPPING, file=sys.stderr)),
                watching(verbose=self.verbose, least=1, quiet=not self.terminal) as watch,
            ):
                return conversation.reply(line, watch)
        except KeyboardInterrupt:
            return conversation.interrupted()
        except QuotewiseError as error:
            return [row(Part(str(error), "bad"))]


def chat(begin: Callable[[], Conversation], *, json: bool = False, verbose: bool = False) -> int:
    """Hold a conversation until its end; the exit code is 0 however the answers were."""
    if sys.stdin is None:
        raise UsageError("Standard input is closed.", next_step="Pipe questions in, or use a terminal.")
    loop = Loop(not json and sys.stdin.isatty() and sys.stdout.isatty(), json, verbose)
    if loop.terminal and find_spec("prompt_toolkit") is None:
        raise UsageError(
            "A conversation in a terminal needs prompt_toolkit, which is not installed.",
            next_step="Run: pip install 'quotewise[chat]', or in a checkout: pip install '.[chat]'. "
            "Or pipe the questions in.",
        )
    conversation = begin()
    try:
        (_in_terminal if loop.terminal else _as_json if json else _piped)(conversation, loop)
    finally:
        conversation.close()
    return 0


def history_file() -> Path | None:
    """Where the lines typed are kept, None where they are not; for the user's eyes alone."""
    if os.environ.get(NO_HISTORY):
        return None
    path = platformdirs.user_data_path("quotewise", appauthor=False) / "chat_history"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND, 0o600))
    except OSError:
        return None  # a home that cannot be written to is no reason not to talk
    return path


def _piped(conversation: Conversation, loop: Loop) -> None:
    """Lines from standard input, each repeated before its answer."""
    _print_plain(conversation.greeting())
    for line in sys.stdin:
        _print_plain([Row(), row(f"> {line.strip()}"), *loop.replies(conversation, line)])
        if conversation.done:
            break


def _as_json(conversation: Conversation, loop: Loop) -> None:
    """One JSON object a line for each result; what is none (an error, a command's words) goes to stderr."""
    for line in sys.stdin:
        before = len(conversation.turns)
        shown = loop.replies(conversation, line)
        if len(conversation.turns) > before:
            show_json(conversation.turns[-1].result, one_line=True)
        elif shown:
            tell(plain(shown, _WIDEST))
        if conversation.done:
            break


def _print_plain(rows: Rows) -> None:
    print(plain(rows, _WIDEST), flush=True)


# The terminal.


def _in_terminal(conversation: Conversation, loop: Loop) -> None:
    session = _session(conversation)
    _print(conversation.greeting())
    for line in _typed(session):
        _print([*loop.replies(conversation, line), Row()])
        if conversation.done:
            break


def _typed(session: PromptSession[str]) -> Iterator[str]:
    """What is entered, until Ctrl-D; Ctrl-C only throws away the line."""
    while True:
        try:
            yield session.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _session(conversation: Conversation) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    path = history_file()
    return PromptSession(
        [("class:prompt", "> ")],
        style=_style(),
        color_depth=_depth(),
        history=FileHistory(str(path)) if path else InMemoryHistory(),
        auto_suggest=AutoSuggestFromHistory(),
        completer=_completer(conversation),
        complete_while_typing=False,
        key_bindings=_keys(),
        prompt_continuation=[("class:dim", ". ")],
        enable_open_in_editor=True,
    )


def _keys() -> Any:
    """Enter sends, Alt-Enter starts a new line."""
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    keys = KeyBindings()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


def _completer(conversation: Conversation) -> Any:
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class Offered(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
            before = document.current_line_before_cursor
            typed = before.split(" ")[-1]
            for text in conversation.completions(before):
                yield Completion(safe(text), start_position=-len(typed))

    return Offered()


def _print(rows: Rows) -> None:
    from prompt_toolkit import print_formatted_text
    from prompt_toolkit.formatted_text import FormattedText

    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for line in lines(rows, width):
        fragments = FormattedText([(f"class:{part.style}" if part.style else "", part.text) for part in line])
        print_formatted_text(fragments, style=_style(), color_depth=_depth())


def _style() -> Any:
    from prompt_toolkit.styles import Style

    return Style.from_dict(_STYLES)


def _depth() -> Any:
    """No colour where NO_COLOR says so; bold and reverse are none."""
    from prompt_toolkit.output import ColorDepth

    return ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None
