"""What a run shows while it goes on, and the commands that read many articles or fill a model."""

from __future__ import annotations

import io
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from quotewise import Article, RefusedError, Usage, verify
from quotewise._cli import progress
from quotewise._cli.app import app, reaches, run
from quotewise._cli.output import marked
from quotewise._cli.progress import Tally, Watch, described, watching
from quotewise._plans.core import Call
from quotewise._plans.numbered import parse
from quotewise._values import Claim, Verdict
from quotewise.events import (
    CallDone,
    CallFailed,
    CallRetried,
    CallStarted,
    ClaimVerified,
    Finished,
    Planned,
    Spent,
)
from quotewise.testing import LocalServer

pty = pytest.importorskip("pty", reason="pseudo-terminals and signals need POSIX")
Captured = pytest.CaptureFixture[str]
SOURCE = str(Path(progress.__file__).parents[2])
EVENTS = [
    Planned("facts", 2, 1),
    CallStarted("facts"),
    CallStarted("facts"),
    CallRetried("facts", 1, 0.5, "busy"),
    CallDone("facts", Usage(calls=2, input_tokens=50, usd=0.25), replayed=False),
    CallDone("facts", Usage(calls=1, usd=0.25), replayed=True),
    CallFailed("facts", "gone"),
    Spent(Usage(calls=2, usd=0.25)),
    Finished("facts", 3, 1),
]


def facts_of(call: Call) -> Any:
    """The first sentence, word for word, as a model would cite it."""
    line = next(row for row in call.messages[-1].content.splitlines() if row.startswith("1|"))
    return {"facts": [{"evidence": [1], "kind": "event", "text": line[2:]}]}


@pytest.fixture
def towns(tmp_path: Path) -> list[str]:
    """Three articles in files."""
    paths = [tmp_path / f"{name}.txt" for name in ("oslo", "bergen", "paris")]
    for path in paths:
        path.write_text(f"The council of {path.stem.title()} closed the old bridge.", encoding="utf-8")
    return [str(path) for path in paths]


# Adding up, and telling.


def test_events_add_up() -> None:
    """A replayed call is not paid again; a failed one is no longer in flight."""
    tally = Tally()
    for event in EVENTS:
        tally.add(event)

    assert (2, 2, 1, 1, 3) == (tally.planned, tally.done, tally.replayed, tally.failed, tally.claims)
    assert (1, "$0.2500", -1) == (tally.paid, tally.price, tally.flying)


def test_a_refused_request_is_not_called_paid() -> None:
    """It costs nothing: one answer that took two requests is one call paid."""
    done = CallDone("facts", Usage(calls=2, input_tokens=10), replayed=False)
    tally = Tally()
    tally.add(done)

    assert (tally.paid, tally.usage.calls) == (1, 2)
    assert described(done) == "facts: answered, 2 requests, 10 tokens in, 0 out, $0.0000"


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_words(event: Any) -> None:
    """--verbose knows what to say of each."""
    assert described(event)


def test_nothing_is_shown_in_a_pipe(capsys: Captured) -> None:
    """Neither bar nor line, unless asked for; then a line an event, on stderr."""
    for verbose, lines in ((False, 0), (True, len(EVENTS))):
        with watching(verbose=verbose) as watch:
            for event in EVENTS:
                watch(event)
        out, err = capsys.readouterr()
        assert ("", lines) == (out, len(err.splitlines()))


class Screen(io.StringIO):
    """A terminal, as far as a stream can be one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("calls", "drawn"), [(1, False), (2, True)])
def test_a_bar_is_drawn_for_more_than_one_call(
    monkeypatch: pytest.MonkeyPatch, calls: int, drawn: bool
) -> None:
    """On a terminal, with rich: parts, claims and cost; a single call needs none."""
    pytest.importorskip("rich")
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with watching() as watch:
        watch(Planned("facts", calls, 1))
        watch(CallDone("facts", Usage(calls=1, usd=0.25), replayed=False))

    assert drawn == (f"1 of {calls} parts" in screen.getvalue())
    assert drawn == ("$0.2500" in screen.getvalue())


def test_without_rich_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """The base install has none, and is not asked for it."""
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(progress, "find_spec", lambda name: None)
    with watching() as watch:
        watch(Planned("facts", 5, 1))

    assert "" == screen.getvalue()


def test_a_ctrl_c_speaks_of_calls_in_flight_only(capsys: Captured) -> None:
    """Where nothing is paid for, there is nothing to wait for."""
    watch = Watch(lambda event: None)
    watch.interrupted()
    assert "" == capsys.readouterr().err

    watch(CallStarted("facts"))
    watch.interrupted()
    assert "Ctrl-C again" in capsys.readouterr().err


# batch


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def test_batch_writes_a_line_an_article(towns: list[str], tmp_path: Path, capsys: Captured) -> None:
    """In the order of the files, an unreadable one in its place; exit 1, for one failed."""
    out = tmp_path / "out.jsonl"
    names = [towns[0], str(tmp_path / "none.txt"), towns[1]]

    assert 1 == run(["batch", *names, "--task", "facts", "--out", str(out)])
    rows = rows_of(out)
    assert names == [row["file"] for row in rows]
    assert ["result", "error", "result"] == [list(row)[1] for row in rows]
    assert {"type", "message", "next_step"} == set(rows[1]["error"])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert "3 articles, 1 failed; 0 calls paid" in captured.err


# A reading that breaks off.


@pytest.fixture
def street(tmp_path: Path) -> str:
    """An article that a small window takes in several parts."""
    path = tmp_path / "street.txt"
    path.write_text("\n\n".join(f"House number {n} was sold in May." for n in range(400)), encoding="utf-8")
    return str(path)


def one_fact_of(call: Call) -> Any:
    """The first fact of a part; the part with the tenth house is declined."""
    lines, _ = parse(call.messages[1].content)
    if any("number 10 " in line.text for line in lines):
        return RefusedError("The model declined to answer.")
    return {"facts": [{"evidence": [lines[0].number], "kind": "event", "text": lines[0].text}]}


BREAKS = [("local", [], "declined", "IncompleteError"), ("gpt-6-luna", ["0.0012"], "budget", "BudgetError")]


@pytest.mark.parametrize(("model", "budget", "why", "kind"), BREAKS)
@pytest.mark.parametrize("form", ["facts", "batch"])
def test_what_was_read_before_a_reading_broke_off_is_shown(
    form: str, model: str, budget: list[str], why: str, kind: str, street: str, capsys: Captured
) -> None:
    """It was paid for: it goes to stdout, said to be incomplete, and the reason to stderr; exit 1."""
    with LocalServer(one_fact_of) as server:
        means = ["--model", model, "--base-url", server.base_url, "--window", "2500"]
        means += ["--journal", f"{street}.db", *(f"--budget={amount}" for amount in budget)]
        asked = ["facts", street, "--json"] if form == "facts" else ["batch", street, "--task", "facts"]
        assert 1 == run([*asked, *means])
    out, err = capsys.readouterr()
    told = json.loads(out)

    assert why in err
    assert form == "facts" or kind == told["error"]["type"]
    result = told if form == "facts" else told["result"]
    assert not result["complete"]
    assert result["facts"]
    assert result["gaps"]


def test_batch_says_why_a_file_failed(towns: list[str], tmp_path: Path, capsys: Captured) -> None:
    """On stderr with the next step, once for each kind of error: a spent budget ends every file alike."""
    journal = str(tmp_path / "runs.db")
    asked = ["--model", "gpt-6-luna", "--base-url", "http://127.0.0.1:9/v1", "--journal", journal]

    assert 1 == run(["batch", *towns, *asked, "--budget", "0.0000001"])
    errors = capsys.readouterr().err
    assert 1 == errors.count("would pass the budget")
    assert f"quotewise: {towns[0]}: " in errors
    assert "Raise the budget" in errors


def test_a_claim_without_blanks_is_told_too() -> None:
    """Chinese has no blank at which a long claim could be cut."""
    claim = Claim(text="大雨在奥斯陆下了" * 20, quotes=(), verdict=Verdict(supported=True, score=1.0))

    assert "大雨在奥斯陆下了" in described(ClaimVerified("facts", claim))


def test_batch_pays_once(
    towns: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Its journal is in the user's cache; the same command again calls nobody and writes the same lines."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    out = tmp_path / "out.jsonl"
    with LocalServer(facts_of) as server:
        command = ["batch", *towns, "--task", "facts", "--out", str(out)]
        command += ["--model", "local", "--base-url", server.base_url]
        assert 0 == run(command)
        first, said = rows_of(out), capsys.readouterr().err
        assert 0 == run(command)
        again = capsys.readouterr().err

        assert len(towns) == len(server.completions)
    assert "3 calls paid" in said
    assert "0 calls paid" in again
    assert "3 replayed" in again
    assert [r["result"]["facts"] for r in first] == [r["result"]["facts"] for r in rows_of(out)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--task", "facts", "--words", "5"], "--words says nothing"),
        (["--task", "summary", "--limit", "5"], "--limit says nothing"),
        (["--out", "."], "cannot be written"),
        (["--out", "TOWN"], "would be written over"),
    ],
)
def test_batch_refuses_what_it_cannot_mean(
    arguments: list[str], words: str, towns: list[str], capsys: Captured
) -> None:
    """Exit 2 before anything is read, and no article is written over."""
    before = Path(towns[0]).read_bytes()

    assert 2 == run(["batch", *towns, *(towns[0] if a == "TOWN" else a for a in arguments)])
    assert words in capsys.readouterr().err
    assert before == Path(towns[0]).read_bytes()


def interrupted_batch(towns: list[str], base_url: str, journal: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "quotewise", "batch", *towns, "--task", "facts", "--out", str(out)]
    command += ["--model", "local", "--base-url", base_url, "--journal", str(journal)]
    return subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": SOURCE},
    )


def test_the_first_ctrl_c_drains_a_batch(towns: list[str], tmp_path: Path) -> None:
    """Calls in flight end and are stored; the same command then asks for nothing twice."""
    journal, out = tmp_path / "runs.db", tmp_path / "out.jsonl"
    with LocalServer(facts_of, latency=1.0) as server:
        process = interrupted_batch(towns, server.base_url, journal, out)
        end = time.monotonic() + 60
        while len(server.completions) < len(towns) and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)

        assert 130 == process.returncode
        assert "Ctrl-C again" in said
        assert f"this goes on: quotewise batch {towns[0]}" in said
        assert "Traceback" not in said
        paid = len(server.completions)

        again = interrupted_batch(towns, server.base_url, journal, out)
        _, said = again.communicate(timeout=60)
        assert 0 == again.returncode
        assert paid == len(server.completions)
        assert "0 calls paid" in said


# extract

SCHEMA = """
from pydantic import BaseModel

class Closure(BaseModel):
    place: str

NOT_A_MODEL = 5
"""


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    path = tmp_path / "closures.py"
    path.write_text(SCHEMA, encoding="utf-8")
    return path


def extracted(place: str, towns: list[str], schema: Path, *more: str) -> int:
    """The exit code of one extraction by a model that says this."""
    with LocalServer(lambda call: {"place": {"evidence": [1], "value": place}}) as server:
        model = ("--model", "local", "--base-url", server.base_url)
        return run(["extract", towns[0], "--schema", f"{schema}:Closure", *model, *more])


def test_extract_shows_each_value_with_its_quote(
    towns: list[str], schema: Path, tmp_path: Path, capsys: Captured
) -> None:
    """For a person, a program and a browser alike."""
    page = tmp_path / "page.html"

    assert 0 == extracted("Oslo", towns, schema, "--html", str(page))
    out = capsys.readouterr().out
    assert "place: Oslo [1]" in out
    assert "[1] “Oslo”" in out
    assert "place: Oslo" in page.read_text(encoding="utf-8")

    assert 0 == extracted("Oslo", towns, schema, "--json")
    assert {"place": "Oslo"} == json.loads(capsys.readouterr().out)["value"]

    assert 0 == extracted("Oslo", towns, schema, "--markdown")
    assert "- place: Oslo[^1]" in capsys.readouterr().out


def test_a_schema_may_import_what_lies_beside_it_and_print(
    towns: list[str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a script may; what it prints is no result."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "closures_beside.py").write_text(SCHEMA, encoding="utf-8")
    schema = tmp_path / "uses_it.py"
    schema.write_text("from closures_beside import Closure\nprint('imported')", encoding="utf-8")

    assert 0 == extracted("Oslo", towns, schema, "--json")
    told = capsys.readouterr()
    assert {"place": "Oslo"} == json.loads(told.out)["value"]
    assert "imported" in told.err


def test_a_value_that_does_not_stand_there_is_exit_1(
    towns: list[str], schema: Path, capsys: Captured
) -> None:
    """It is shown apart, with the reason."""
    assert 1 == extracted("Atlantis", towns, schema)
    out = capsys.readouterr().out
    assert "Not filled" in out
    assert "accepted: place." in out
    assert "Atlantis" in out


def test_extract_needs_a_model(towns: list[str], schema: Path, capsys: Captured) -> None:
    """The built-in engine says that it cannot, and what to give; exit 2, as for any wrong call."""
    assert 2 == run(["extract", towns[0], "--schema", f"{schema}:Closure"])
    assert "--base-url" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("Closure", "names no model"),
        ("FILE:Nothing", "has no Pydantic model"),
        ("FILE:NOT_A_MODEL", "has no Pydantic model"),
        ("no_such_module_at_all:Closure", "cannot be imported"),
        ("none.py:Closure", "no file"),
        ("BROKEN:Closure", "ZeroDivisionError"),
        ("LEAVES:Closure", "SystemExit"),
    ],
)
def test_a_schema_that_is_none(
    named: str, words: str, towns: list[str], schema: Path, tmp_path: Path, capsys: Captured
) -> None:
    """What is wrong with it and how it is named, without a traceback; exit 2."""
    broken = tmp_path / "broken.py"
    broken.write_text("1 / 0", encoding="utf-8")
    leaves = tmp_path / "leaves.py"
    leaves.write_text("raise SystemExit(5)", encoding="utf-8")
    for word, path in (("FILE", schema), ("BROKEN", broken), ("LEAVES", leaves)):
        named = named.replace(word, str(path))

    assert 2 == run(["extract", towns[0], "--schema", named])
    assert words in capsys.readouterr().err


# verify


def test_verify_marks_what_is_not_supported(seed_path: Path, tmp_path: Path, capsys: Captured) -> None:
    """Between >> and << in a pipe; the page holds the claim."""
    text, page = tmp_path / "text.txt", tmp_path / "page.html"
    text.write_text("Approximately 700,000 personnel may be necessary.", encoding="utf-8")

    assert 1 == run(["verify", str(text), "--source", str(seed_path), "--html", str(page)])
    out = capsys.readouterr().out
    assert ">>" in out.splitlines()[0]
    assert "<<" in out.splitlines()[0]
    assert "700,000" in page.read_text(encoding="utf-8")


def test_fail_under_is_the_gate_instead(seed_path: Path, tmp_path: Path, capsys: Captured) -> None:
    """With a score asked for, the score decides, and the share of claims that are supported."""
    text = tmp_path / "text.txt"
    text.write_text("Approximately 700,000 personnel may be necessary.", encoding="utf-8")
    command = ["verify", str(text), "--source", str(seed_path)]

    assert 0 == run([*command, "--fail-under", "0"])
    assert 1 == run([*command, "--fail-under", "0.99"])
    assert 2 == run([*command, "--fail-under", "7"])


@pytest.mark.parametrize(("score", "supported", "code"), [(0.9, 4, 0), (0.9, 3, 1), (0.7, 5, 1)])
def test_fail_under_counts_the_claims_too(score: float, supported: int, code: int) -> None:
    """Of a long text the score can be high though claims are rejected; .8 asks for four claims of five."""
    checked = verify("Rain fell. " * 5, Article("Rain fell."))
    verdicts = [Verdict(supported=at < supported, score=0.9) for at in range(5)]
    claims = [
        one.model_copy(update={"verdict": of}) for one, of in zip(checked.claims, verdicts, strict=True)
    ]
    told = checked.model_copy(update={"claims": tuple(claims), "score": score})

    assert int(not reaches(told, 0.8)) == code


def test_two_sources_for_one_text_are_refused(seed_path: Path, tmp_path: Path, capsys: Captured) -> None:
    """None of them is passed over in silence."""
    text = tmp_path / "text.txt"
    text.write_text("Rain fell.", encoding="utf-8")

    assert 2 == run(["verify", str(text), "--source", str(seed_path), "--source", str(seed_path)])
    assert "one article" in capsys.readouterr().err


def test_marks_never_overlap() -> None:
    """Spans that touch or overlap are each marked once, and no word is lost."""
    shown = marked("one two three", [(4, 7), (0, 5)], lambda words: f"<{words}>")

    assert "<one t><wo> three" == shown


# All commands.


def test_every_command_has_an_example(capsys: Captured) -> None:
    """`--help` shows how each is used."""
    for name in app.commands:
        assert 0 == run([name, "--help"])
        assert f"Example: quotewise {name}" in capsys.readouterr().out


def test_every_command_takes_json() -> None:
    """A program can use any of them."""
    for command in app.commands.values():
        assert "--json" in [option for one in command.params for option in one.opts], command.name


def test_a_terminal_gets_colours_unless_told(seed_path: Path) -> None:
    """On a terminal the marks are coloured; NO_COLOR and a pipe get plain text."""
    for environment, coloured in (({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)):
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "quotewise", "ask", "Where was the summit?", str(seed_path)],
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "PYTHONPATH": SOURCE, "TERM": "xterm", **environment},
        )
        os.close(theirs)
        shown = _all_of(ours)
        assert 0 == process.wait(timeout=60)
        assert coloured == ("\x1b[36m[1]" in shown)
        assert "Paris" in shown


def _all_of(descriptor: int) -> str:
    data = b""
    try:
        while select.select([descriptor], [], [], 20)[0]:
            data += os.read(descriptor, 65536) or b""
    except OSError:  # Linux says EIO where the other end is closed
        pass
    finally:
        os.close(descriptor)
    return data.decode()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("quotewise su", "plain,summarize"),
        ("quotewise facts --js", "plain,--json"),
        ("quotewise ask What art", "file,art"),
    ],
)
def test_a_shell_completes(
    typed: str, offered: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Commands, options and names of files, by click's own scripts."""
    monkeypatch.setenv("_QUOTEWISE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    with pytest.raises(SystemExit):
        run([])

    assert offered in capsys.readouterr().out
