"""The conversation: its commands without a terminal, and the whole of it through a real one."""

from __future__ import annotations

import io
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotewise import Answer, Article, Budget, Facts, Reader, UsageError
from quotewise._cli import chat as chat_module
from quotewise._cli.app import run
from quotewise._cli.conversation import Conversation, opened
from quotewise._cli.options import Settings
from quotewise._cli.rows import Rows, plain
from quotewise._plans.core import Call, Reply
from quotewise._plans.numbered import parse
from quotewise._plans.reading import Limits
from quotewise._values import Usage
from quotewise.events import Listener
from quotewise.testing import ScriptedTransport

Captured = pytest.CaptureFixture[str]
TOWN = Article(
    "The council voted to close the old bridge. Maria Lindqvist called it unsafe.\n\nBoats still run.",
    title="Town",
)


def said(rows: Rows) -> str:
    return plain(rows, 100)


@pytest.fixture
def talk(seed: Article) -> Iterator[Conversation]:
    """A conversation about the seed article with the built-in engine."""
    conversation = Conversation([seed], Settings(), opened)
    yield conversation
    conversation.close()


def with_model(script: Callable[[Call], Any], *articles: Article) -> tuple[Conversation, ScriptedTransport]:
    transport = ScriptedTransport(script, model="gpt-6-luna")
    conversation = Conversation(
        articles or [TOWN],
        Settings(),
        lambda settings, on_event: Reader(transport=transport, on_event=on_event),
    )
    return conversation, transport


def closing(call: Call) -> Any:
    claim = {"evidence": [1], "text": "The council voted to close the old bridge."}
    return Reply(
        json.dumps({"status": "answered", "claims": [claim]}),
        model="gpt-6-luna",
        usage=Usage(calls=1, input_tokens=100, output_tokens=10, usd=0.01),
    )


# What is asked, and what is shown.


def test_the_greeting_says_who_answers(talk: Conversation) -> None:
    """Without a key that is the built-in engine, and how to get a model is said."""
    greeting = said(talk.greeting())

    assert "extractive engine" in greeting
    assert "OPENAI_API_KEY" in greeting


def test_claims_are_numbered_through(talk: Conversation) -> None:
    """The second answer's claims go on where the first one's ended."""
    assert "[1]" in said(talk.reply("Who called the topic premature?"))
    assert "[2]" in said(talk.reply("How many troops may be needed?"))


def test_a_question_that_cannot_be_read_is_said_to_be_one(talk: Conversation) -> None:
    """In another language than the article; the note stands below what came nearest."""
    assert "another language" in said(talk.reply("Wann wurde die Brücke gesperrt?"))


def test_what_is_word_for_word_is_not_called_right() -> None:
    """An answer beside the point is true to the article; where the engine is not sure the chat says so."""
    lake = Article("The lake is cold. Nobody swims there in May. The boats of the club are red.")
    talk = Conversation([lake], Settings(), opened)
    answered = said(talk.reply("Why is the club cold?"))
    why = said(talk.reply("/why 1"))
    talk.close()

    assert "It may well be that this is not said" in answered
    assert "Word for word in the article; whether it answers is for you to judge." in why
    assert "upported" not in why


def test_why_shows_the_quote_in_its_paragraph(talk: Conversation, seed: Article) -> None:
    """The quote between marks, the words around it outside, its paragraph above."""
    talk.reply("Who called the topic premature?")
    quote = talk.claims[0].quotes[0]
    shown = " ".join(said(talk.reply("/why 1")).split())

    assert f">>{' '.join(quote.text.split())}<<" in shown
    assert "Danish Prime Minister Mette Frederiksen" in shown
    assert "paragraph 10" in shown
    assert seed.text[quote.start : quote.end] == quote.text


def test_source_shows_the_slice(talk: Conversation) -> None:
    """As one would write it in Python; without a number, the articles and their hashes."""
    talk.reply("Who called the topic premature?")
    quote = talk.claims[0].quotes[0]

    assert f"article.text[{quote.start}:{quote.end}]" in said(talk.reply("/source 1"))
    assert talk.articles[0].id in said(talk.reply("/source"))


@settings(max_examples=40)
@given(
    st.text(
        st.sampled_from("ab é👩‍👧ñ中。\r\n\n .!?»“") | st.characters(exclude_categories=("Cs",)), min_size=1
    ).filter(lambda text: bool(text.strip()) and "\x00" not in text)
)
def test_every_claim_can_be_looked_up(text: str) -> None:
    """Whatever the article: where a claim stands is shown, and no control character with it."""
    conversation = Conversation([Article(text)], Settings(), opened)
    conversation.reply("/facts")
    conversation.reply("/summary")
    shown = [
        said(conversation.reply(f"/{c} {n}"))
        for n in range(1, len(conversation.claims) + 1)
        for c in ("why", "source")
    ]
    shown += [said(conversation.reply("/uncovered")), said(conversation.greeting())]
    conversation.close()

    assert conversation.claims
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", "".join(shown))


def test_uncovered_shrinks(talk: Conversation, seed: Article) -> None:
    """At first no paragraph is cited; what has been cited is left out."""
    total = len(seed.paragraphs)
    assert f"{total} of {total} paragraphs" in said(talk.reply("/uncovered"))

    talk.reply("Who called the topic premature?")
    shown = said(talk.reply("/uncovered"))
    assert f"{total - 1} of {total} paragraphs" in shown
    assert "Mette Frederiksen" not in shown


def test_facts_and_summary_are_read(talk: Conversation) -> None:
    """Both are turns of the conversation, with claims to ask /why about."""
    talk.reply("/facts")
    talk.reply("/summary Ukraine")

    assert ["/facts", "/summary Ukraine"] == [turn.asked for turn in talk.turns]
    assert [Facts, "Summary"] == [type(talk.turns[0].result), type(talk.turns[1].result).__name__]
    assert ">>" in said(talk.reply(f"/why {talk.turns[1].first}"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/sumary", "Did you mean /summary?"),
        ("/xyzzy", "/help lists them"),
        ("/WHY", "No claim was made yet"),
        ("/help", "Alt-Enter"),
        ("/cost", "0 requests"),
        ("/budget", "No budget is set"),
        ("/budget lots", "no budget"),
        ("/budget -1", "above 0"),
        ("/model gpt-6-luna", "needs a key"),
        ("/save x.txt", ".json"),
        ("/export", ".html"),
    ],
)
def test_commands_answer_in_words(talk: Conversation, line: str, words: str) -> None:
    """What is wrong and what to do, never a traceback; the conversation goes on."""
    try:
        shown = said(talk.reply(line))
    except UsageError as error:
        shown = str(error)

    assert words in shown
    assert "[1]" in said(talk.reply("Who called the topic premature?"))


def test_a_claim_that_is_not_there(talk: Conversation) -> None:
    """Its number is refused, and the numbers there are are named."""
    talk.reply("Who called the topic premature?")

    for number in ("0", "2", "-1", "one", "²"):
        with pytest.raises(UsageError, match="from 1 to 1"):
            talk.reply(f"/why {number}")


@pytest.mark.parametrize("line", ["thanks", "Thank you very much!", "ok", "Okay, thanks.", "hello"])
def test_thanks_are_no_question(talk: Conversation, line: str) -> None:
    """Nothing is read and no claim is made."""
    assert "no question" in said(talk.reply(line))
    assert not talk.turns


def test_a_question_with_thanks_is_one(talk: Conversation) -> None:
    """Only a line that holds nothing else is passed over."""
    assert "no question" not in said(talk.reply("Thanks. Who called the topic premature?"))


def test_why_without_a_number_says_what_it_takes(talk: Conversation) -> None:
    """And does not speak of a claim without a name."""
    talk.reply("Who called the topic premature?")

    with pytest.raises(UsageError, match="takes the number of a claim"):
        talk.reply("/why")


def test_quit_ends(talk: Conversation) -> None:
    """And nothing else does."""
    talk.reply("Goodbye?")
    assert not talk.done

    talk.reply("/quit")
    assert talk.done


def test_control_characters_are_written_out() -> None:
    """Neither an article nor an answer can drive the terminal."""
    evil = Article("The \x1b[31mcouncil\u202e voted to close the old bridge.", title="\x1b]0;x\x07")
    reply = {"status": "answered", "claims": [{"evidence": [1], "text": "The council \x1b[2J voted."}]}
    conversation, _ = with_model(lambda call: reply, evil)
    shown = said([*conversation.greeting(), *conversation.reply("What?")])
    if conversation.claims:
        shown += said(conversation.reply("/why 1"))
    conversation.close()

    assert "(1 paragraph, 1 sentence)" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\x1b" in shown


# Follow-ups.


def test_a_follow_up_goes_on_from_the_answer_before(talk: Conversation) -> None:
    """The engine puts the name for "he", and says so where the article gives no reason."""
    talk.reply("Who called the topic premature?")
    talk.reply("And what did Tusk highlight?")
    talk.reply("and who said that?")
    answers = [turn.result for turn in talk.turns]

    assert "Tusk" in answers[2].cited[0].text


def test_a_why_without_a_reason_is_not_answered(talk: Conversation) -> None:
    """The sentence that says it is no reason for it."""
    talk.reply("Who called the topic premature?")
    talk.reply("and why did he say so?")
    answer = talk.turns[1].result

    assert isinstance(answer, Answer)
    assert "not_in_source" == answer.status


def test_a_model_is_told_what_was_asked_before() -> None:
    """After the article, so that its prompt begins with the same words every time."""
    conversation, transport = with_model(closing)
    conversation.reply("What was closed?")
    conversation.reply("and why?")
    conversation.close()
    first, second = (call.messages[-1].content for call in transport.calls)
    fence = first.index("Task: answer")

    assert first[:fence] == second[:fence]
    assert "Asked:" not in first
    assert "Asked: What was closed?\nAnswered: The council voted to close the old bridge." in second
    assert "Question: and why?" in second


# What it costs.


def test_costs_add_up_and_the_budget_is_told() -> None:
    """Two paid answers, and what is left of the dollars set in between."""
    conversation, _ = with_model(closing)
    conversation.reply("What was closed?")
    conversation.reply("/budget 0.05")
    conversation.reply("Why?")

    assert "2 requests, 200 tokens in (0 cached), 20 out, $0.0200" in said(conversation.reply("/cost"))
    assert "$0.0400 of the budget left" in said(conversation.reply("/budget"))
    assert "No budget" in said(conversation.reply("/budget off"))
    conversation.close()


def test_a_budget_in_calls_or_tokens_is_kept_to() -> None:
    """From when it is set, whoever answers: also for a model whose price nobody knows."""
    conversation, _ = with_model(closing)
    conversation.reply("What was closed?")
    assert "2 calls of the budget left" in said(conversation.reply("/budget 2calls"))
    conversation.reply("Why?")

    assert "1 call of the budget left" in said(conversation.reply("/model"))
    assert "50,000 tokens of the budget left" in said(conversation.reply("/budget 50k tokens"))
    conversation.reply("And when?")
    assert "49,890 tokens of the budget left" in said(conversation.reply("/budget"))
    conversation.close()


def test_a_budget_that_ends_midway_keeps_what_was_read() -> None:
    """The facts that were paid for are a turn like any other, and why they are not all is said below them."""
    transport = ScriptedTransport(one_fact_of, model="gpt-6-luna")

    def reader(settings: Settings, on_event: Listener) -> Reader:
        made = Reader(transport=transport, budget=Budget(calls=2), concurrency=1, on_event=on_event)
        made._limits = Limits(window=5_600, chunk=40)
        return made

    houses = Article("\n".join(f"House number {n} was sold in May." for n in range(40)))
    conversation = Conversation([houses], Settings(), reader)
    shown = said(conversation.reply("/facts"))

    assert "House number 0 was sold in May. [1]" in shown
    assert "would pass the budget" in shown
    assert "2 requests" in said(conversation.reply("/cost"))
    assert "House number 0" in said(conversation.reply("/why 1"))
    conversation.close()


def one_fact_of(call: Call) -> Any:
    """The first sentence that the call shows, as a fact."""
    lines, _ = parse(call.messages[1].content)
    return {"facts": [{"evidence": [lines[0].number], "kind": "event", "text": lines[0].text}]}


def test_a_stopped_answer_is_paid_for_all_the_same() -> None:
    """What its calls cost before Ctrl-C counts; no turn is kept of it, and the next question is answered."""
    calls = iter([closing, _stopped, closing])
    conversation, _ = with_model(lambda call: next(calls)(call))
    conversation.reply("What was closed?")
    with pytest.raises(KeyboardInterrupt):
        conversation.reply("Why?")
    conversation.interrupted()

    assert 1 == len(conversation.turns)
    assert "[2]" in said(conversation.reply("And now?"))
    conversation.close()


def _stopped(call: Call) -> Any:
    """Ctrl-C, as it arrives while a model thinks: in the main thread, which waits."""
    os.kill(os.getpid(), signal.SIGINT)
    return closing(call)


# Files.


def test_save_and_export(talk: Conversation, tmp_path: Path) -> None:
    """JSON that is read again, Markdown with one footnote a quote, a page with every claim."""
    talk.reply("Who called the topic premature?")
    talk.reply("When was NATO founded?")
    for name in ("a.json", "a.md", "a.html"):
        talk.reply(f"/{'save' if name.endswith('json') else 'export'} {tmp_path / name}")
    saved = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    markdown = (tmp_path / "a.md").read_text(encoding="utf-8")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")

    assert talk.turns[0].result == Answer.model_validate(saved["turns"][0]["result"])
    assert "## Who called the topic premature?" in markdown
    assert 1 == markdown.count("\n[^1]:")
    assert "The article does not say." in markdown
    assert 'data-claim="1"' in page
    assert "default-src 'none'" in page


def test_no_command_writes_over_the_article(tmp_path: Path) -> None:
    """Whatever its name ends in."""
    path = tmp_path / "article.md"
    path.write_text("Rain fell in Oslo on Monday.", encoding="utf-8")
    conversation = Conversation([Article.from_file(path)], Settings(), opened)

    (tmp_path / "link.md").symlink_to(path)
    (tmp_path / "folder").mkdir()
    for name in (path, tmp_path / "link.md", tmp_path / "folder" / ".." / "article.md"):
        with pytest.raises(UsageError, match="would be written over"):
            conversation.reply(f"/export {name}")
    assert "Rain fell in Oslo on Monday." == path.read_text(encoding="utf-8")
    conversation.close()


# Completion.


def test_commands_numbers_and_names_are_completed(talk: Conversation) -> None:
    """What begins as typed, and nothing for a word too short to tell."""
    assert ["/source", "/summary", "/save"] == talk.completions("/s")
    assert "Zelensky" in talk.completions("What did Ze")
    assert [] == talk.completions("What did Z")

    talk.reply("Who called the topic premature?")
    assert ["1"] == talk.completions("/why ")


# Lines from a pipe.


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_conversation_can_be_piped(
    monkeypatch: pytest.MonkeyPatch, seed_path: Path, capsys: Captured
) -> None:
    """No prompt_toolkit, no escape sequences; an error is an answer, and the rest goes on."""
    piped(monkeypatch, "Who called the topic premature?\n/why 9\n/why 1\n")

    assert 0 == run(["chat", str(seed_path)])
    out, err = capsys.readouterr()
    assert "There is no claim '9'" in out
    assert ">>Nonetheless" in out
    assert "\x1b" not in out
    assert "" == err


def test_json_gives_results_alone(monkeypatch: pytest.MonkeyPatch, seed_path: Path, capsys: Captured) -> None:
    """One object a line on stdout; what a command says goes to stderr."""
    piped(monkeypatch, "Who called the topic premature?\n/cost\n/facts\n")

    assert 0 == run(["chat", "--json", str(seed_path)])
    out, err = capsys.readouterr()
    assert ["question" in json.loads(row) for row in out.splitlines()] == [True, False]
    assert "requests, " in err


def test_without_the_extra_it_is_named(
    monkeypatch: pytest.MonkeyPatch, seed_path: Path, capsys: Captured
) -> None:
    """In a terminal without prompt_toolkit: what to install, exit 2."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr(chat_module, "find_spec", lambda name: None)

    assert 2 == run(["chat", str(seed_path)])
    assert "quotewise[chat]" in capsys.readouterr().err


# A real terminal.

pty = pytest.importorskip("pty", reason="a real terminal needs POSIX")
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")


class Terminal:
    """`quotewise chat` in a pseudo-terminal of 100 columns: keys in, what is drawn out."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        self.raw = ""
        self._seen = 0
        source = str(Path(chat_module.__file__).parents[2])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "quotewise", "chat", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_own_terminal,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "COLUMNS": "100",
                "LINES": "40",
                "PROMPT_TOOLKIT_NO_CPR": "1",
                "PYTHONPATH": source,
                **environment,
            },
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(timeout=60)
        os.close(self._ours)

    def keys(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def until(self, words: str, seconds: float = 60.0) -> str:
        """Wait until these words are drawn, after those waited for before; raises with all that was."""
        end = time.monotonic() + seconds
        while words not in (shown := self.shown[self._seen :]):
            if time.monotonic() > end or not self._more(end):
                raise AssertionError(f"{words!r} was not drawn: {shown!r}")
        self._seen += shown.index(words) + len(words)
        return shown

    def press_until(self, key: str, words: str) -> None:
        """Press a key again and again, at a person's pace, until these words are drawn.

        Two Ctrl-C within a millisecond are one to Python, so a test that presses once more can be unlucky.
        """
        end = time.monotonic() + 60
        while True:
            self.keys(key)
            try:
                self.until(words, seconds=0.5)
            except AssertionError:
                if time.monotonic() > end:
                    raise
            else:
                return

    @property
    def shown(self) -> str:
        return _ESCAPES.sub("", self.raw)

    def ended(self) -> int:
        while self._more(time.monotonic() + 60):
            pass
        return self._process.wait(timeout=60)

    def _more(self, end: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], max(0.0, end - time.monotonic()))
        try:
            data = os.read(self._ours, 65536) if ready else b""
        except OSError:  # Linux says EIO where the other end is closed
            data = b""
        self.raw += data.decode(errors="replace")
        return bool(data)


def _own_terminal() -> None:
    """Make the pseudo-terminal the process's own, so that Ctrl-C typed into it is a signal."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_in_a_real_terminal(seed_path: Path, tmp_path: Path) -> None:
    """Questions, completion, two lines, Ctrl-C at the prompt, Ctrl-D; a history for its owner alone."""
    pytest.importorskip("prompt_toolkit")
    with Terminal(str(seed_path), XDG_DATA_HOME=str(tmp_path), QUOTEWISE_NO_HISTORY="") as terminal:
        terminal.until("/help lists the commands")
        terminal.until("> ")
        terminal.keys("Who called the topic premature?\r")
        terminal.until("Olaf Scholz labeling the topic")
        terminal.until("> ")
        terminal.keys("/wh\t")
        terminal.until("/why")
        terminal.keys(" 1\r")
        terminal.until("Word for word in the article")
        terminal.until("> ")
        terminal.keys("half a question\x03")
        terminal.until("> ")
        terminal.keys("What did\x1b\rTusk highlight?\r")
        terminal.until("Donald Tusk highlighted a new chapter")
        terminal.until("> ")
        terminal.keys("\x04")

        assert 0 == terminal.ended()
    assert "\x1b[0;7m" in terminal.raw  # the quote, in reverse
    assert "Traceback" not in terminal.shown
    [history] = tmp_path.rglob("chat_history")
    assert "+What did\n+Tusk highlight?" in history.read_text(encoding="utf-8")
    assert "half a question" not in history.read_text(encoding="utf-8")
    assert 0o600 == history.stat().st_mode & 0o777


def test_ctrl_c_stops_the_answer_and_not_the_conversation(seed_path: Path, tmp_path: Path) -> None:
    """A model that takes for ever: one Ctrl-C says what it waits for, the next one cuts it off."""
    pytest.importorskip("prompt_toolkit")
    from quotewise.testing import LocalServer

    environment = {"XDG_DATA_HOME": str(tmp_path), "QUOTEWISE_NO_HISTORY": "1"}
    with LocalServer(closing, latency=60) as server:
        model = ("--model", "local", "--base-url", server.base_url)
        with Terminal(str(seed_path), *model, **environment) as terminal:
            terminal.until("/help lists the commands")
            terminal.until("> ")
            terminal.keys("Who called the topic premature?\r")
            while not server.completions:
                time.sleep(0.02)
            terminal.keys("\x03")
            terminal.until("Ctrl-C again cuts it off")
            terminal.press_until("\x03", "Stopped.")
            terminal.until("> ")
            terminal.keys("/cost\r")
            terminal.until("0 requests")
            terminal.until("> ")
            terminal.keys("/quit\r")

            assert 0 == terminal.ended()
    assert [] == list(tmp_path.rglob("chat_history"))
