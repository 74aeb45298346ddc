"""The command as a person meets it: results on stdout, the rest on stderr, an exit code, no traceback."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quotewise import Options, Reader
from quotewise._cli import main
from quotewise._cli.app import run
from quotewise._cli.output import safe
from quotewise.testing import LocalServer, faults

Captured = pytest.CaptureFixture[str]


def test_summarize_prints_the_summary(seed_path: Path, capsys: Captured) -> None:
    """The main job: exit 0, claims on stdout, nothing on stderr."""
    assert 0 == run(["summarize", str(seed_path)])

    out, err = capsys.readouterr()
    assert "[1]" in out
    assert "extractive" in out
    assert "" == err


def test_json_is_one_object(seed_path: Path, capsys: Captured) -> None:
    """For several files, one object a line."""
    assert 0 == run(["facts", "--json", str(seed_path)])
    assert 8 <= len(json.loads(capsys.readouterr().out)["facts"])

    assert 0 == run(["facts", "--json", str(seed_path), str(seed_path)])
    assert 2 == len([json.loads(row) for row in capsys.readouterr().out.splitlines()])


def test_ask_answers_or_abstains_with_exit_0(seed_path: Path, capsys: Captured) -> None:
    """That the article does not say is an answer, not a failure."""
    assert 0 == run(["ask", "Where was the summit?", str(seed_path)])
    assert "Paris" in capsys.readouterr().out

    assert 0 == run(["ask", "When was NATO founded?", str(seed_path)])
    assert "does not say" in capsys.readouterr().out


LIE = {"headline": "", "claims": [{"evidence": [1], "rank": 1, "text": "Snow fell in Bergen."}]}


@pytest.mark.parametrize("form", [(), ("--json",), ("--markdown",), ("--allow-partial",)])
def test_a_summary_of_which_nothing_holds_shows_what_was_refused(
    form: tuple[str, ...], tmp_path: Path, capsys: Captured
) -> None:
    """As facts and answers do: exit 1, the refused claims with their reasons on stdout and on the page."""
    article, page = tmp_path / "article.txt", tmp_path / "page.html"
    article.write_text("Rain fell in Oslo.", encoding="utf-8")
    with LocalServer(lambda call: {"repairs": []} if call.task == "repair" else LIE) as server:
        model = ("--model", "m", "--base-url", server.base_url)
        assert 1 == run(["summarize", str(article), *model, *form, "--html", str(page)])

    out, err = capsys.readouterr()
    assert "Snow fell in Bergen." in out
    assert "does not name this" in out
    assert "No claim of the summary survived the check." in err
    assert "Snow fell in" in page.read_text(encoding="utf-8")
    if form == ("--json",):
        told = json.loads(out)
        assert ([], 2, "m") == (told["claims"], told["usage"]["calls"], told["trace"]["engine"])


def test_a_model_that_abstains_in_words_too_is_an_abstention(tmp_path: Path, capsys: Captured) -> None:
    """Exit 0: that the article does not say is an answer."""
    article = tmp_path / "article.txt"
    article.write_text("Rain fell in Oslo.", encoding="utf-8")
    said = '{"status": "Not in source", "claims": [{"evidence": [], "text": "Not said."}], "short": null}'
    with LocalServer(lambda call: {}, faults=[faults.says(said)]) as server:
        model = ("--model", "m", "--base-url", server.base_url)
        assert 0 == run(["ask", "How many pets died?", str(article), *model])

    assert "does not say" in capsys.readouterr().out


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """`cat article.txt | quotewise summarize -`."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Rain fell in Öslo.".encode())))

    assert 0 == run(["summarize", "-"])
    assert "Öslo" in capsys.readouterr().out


def test_a_wrong_number_alone_is_marked(tmp_path: Path, capsys: Captured) -> None:
    """As the page underlines it: with its sign, and without the words beside it."""
    article, text = tmp_path / "article.txt", tmp_path / "text.txt"
    article.write_text("The council said that the pool alone lost £415,000 last year.", encoding="utf-8")
    text.write_text("The pool lost £390,000 last year, the council said.", encoding="utf-8")

    assert 1 == run(["verify", str(text), "--source", str(article)])
    assert "The pool lost >>£390,000<< last year, the council said." in capsys.readouterr().out


def test_verify_is_a_gate(seed_path: Path, tmp_path: Path, capsys: Captured) -> None:
    """Exit 1 when something is not supported, with the words and the reason."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Approximately 100,000 personnel may be necessary.", encoding="utf-8")
    bad.write_text("Approximately 700,000 personnel may be necessary.", encoding="utf-8")

    assert 0 == run(["verify", str(good), "--source", str(seed_path)])
    assert 1 == run(["verify", str(bad), "--source", str(seed_path)])
    assert "700,000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["summarize", "no-such-file.txt"], "no file"),
        (["summarize", "."], "directory"),
        (["summarize"], "Missing argument"),
        (["sing"], "No such command"),
        (["summarize", "--words", "many", "x"], "not a valid integer"),
        (["ask", "SEED", "Where was it?"], "question comes first"),
        (["summarize", "--html", "page.html", "SEED", "SEED"], "--together"),
        (["summarize", "--model", "gpt-6-luna", "SEED"], "OPENAI_API_KEY"),
        (["summarize", "--words", "0", "SEED"], "'--words': 0"),
        (["summarize", "--encoding", "klingon", "SEED"], "encoding"),
        (["summarize", "--budget", "-1", "SEED"], "budget"),
        (["summarize", "--budget", "0.5calls", "SEED"], "whole number"),
        (["summarize", "--budget", "some", "SEED"], "50calls"),
        (["summarize", "--price", "1", "SEED"], "in and out"),
        (["summarize", "--price", "1,-2", "SEED"], "in and out"),
        (["summarize", "--timeout", "0", "SEED"], "timeout"),
        (["summarize", "--concurrency", "0", "SEED"], "concurrency"),
        (["summarize", "-", "-"], "once"),
        (["ask", " ", "SEED"], "question"),
        (["ask", "why " * 100, "no-such-file.txt"], "no file"),
        (["verify", "The pier is shut.", "--source", "SEED"], "standard input"),
        (["summarize", "EMPTY"], "empty"),
        (["summarize", "BINARY"], "picture"),
        (["summarize", "NUL"], "NUL"),
        (["summarize", "RANDOM"], "no text file"),
        (["summarize", "ODD"], "--encoding"),
    ],
)
def test_wrong_usage_is_exit_2_with_a_line_or_two(
    arguments: list[str], words: str, seed_path: Path, tmp_path: Path, capsys: Captured
) -> None:
    """What is wrong, and what to do; nothing on stdout, no traceback."""
    files = {"EMPTY": b"", "BINARY": b"\xff\xd8\xff\xe0", "NUL": b"a\x00b"}
    files |= {"RANDOM": b"\xfe" + bytes(range(256)) * 8, "ODD": "caf\xe9".encode("cp1252")}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    named = {"SEED": str(seed_path), **{name: str(tmp_path / name) for name in files}}

    assert 2 == run([named.get(argument, argument) for argument in arguments])

    out, err = capsys.readouterr()
    assert words in err
    assert "Traceback" not in out + err
    assert "" == out


def test_an_interrupt_while_importing_is_exit_130(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """The first Ctrl-C may come before anything has begun."""

    class Interrupted:
        @staticmethod
        def find_spec(name: str, path: object = None, target: object = None) -> None:
            if name == "quotewise._cli.app":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "quotewise._cli.app")
    monkeypatch.setattr(sys, "meta_path", [Interrupted, *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        main(["summarize", "article.txt"])

    assert 130 == ended.value.code
    assert "quotewise: interrupted.\n" == capsys.readouterr().err


def test_a_network_failure_is_exit_3(seed_path: Path, capsys: Captured) -> None:
    """Nothing listens there: the address, and what to check."""
    arguments = ["summarize", str(seed_path), "--model", "local", "--base-url", "http://127.0.0.1:9/v1"]

    assert 3 == run(arguments)
    assert "Check the address" in capsys.readouterr().err


def test_help_has_an_example_for_each_command(capsys: Captured) -> None:
    """`--help` shows how it is used."""
    for command in ("summarize", "facts", "ask", "verify"):
        assert 0 == run([command, "--help"])
        assert f"Example: quotewise {command}" in capsys.readouterr().out


def test_help_says_how_a_key_is_given(capsys: Captured) -> None:
    """There is no option for it, and somebody looks for one."""
    assert 0 == run(["--help"])
    assert "OPENAI_API_KEY" in capsys.readouterr().out
    assert 2 == run(["summarize", "--api-key", "sk-0123456789abcdef", "article.txt"])
    told = capsys.readouterr().err
    assert "OPENAI_API_KEY" in told
    assert "0123456789abcdef" not in told


def test_no_article_can_drive_a_terminal() -> None:
    """Escape sequences and direction marks of an article are written out."""
    assert r"a\x1b[2Jb\u202ec" == safe("a\x1b[2Jb\u202ec")
    assert "tab\tand\nline" == safe("tab\tand\nline")


def test_a_reader_that_went_away_is_no_failure(seed_path: Path) -> None:
    """`quotewise facts article.txt | head -1` ends with exit 0, and says nothing."""
    script = "import sys; from quotewise._cli import main; main(['facts', *sys.argv[1:]])"
    command = subprocess.Popen(
        [sys.executable, "-c", script, str(seed_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    command.stdout.close()
    assert command.stderr is not None
    told = command.stderr.read()
    command.stderr.close()

    assert (0, "") == (command.wait(), told)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--html", "no-such-folder/page.html"], "cannot be written"), (["--json", "--markdown"], "two forms")],
)
def test_where_it_goes_is_looked_at_before_anything_is_read(
    arguments: list[str], words: str, seed_path: Path, capsys: Captured
) -> None:
    """Reading may cost money; a path that cannot be written must not be found out after it."""
    assert 2 == run(["summarize", str(seed_path), *arguments])

    out, err = capsys.readouterr()
    assert "" == out
    assert words in err


@pytest.fixture
def reports(tmp_path: Path) -> list[str]:
    """Two files that give another number."""
    for day, dead in (("monday", 12), ("tuesday", 19)):
        text = f"Flood news\n\nThe mayor said on {day.title()} that {dead} people died in the flood."
        (tmp_path / f"{day}.txt").write_text(text, encoding="utf-8")
    return [str(tmp_path / "monday.txt"), str(tmp_path / "tuesday.txt")]


def test_several_files_come_under_their_names(reports: list[str], capsys: Captured) -> None:
    """So that nobody has to guess; in Markdown no two footnotes share a mark."""
    assert 0 == run(["ask", "How many people died?", *reports])
    shown = capsys.readouterr().out
    assert shown.index(f"== {reports[0]}") < shown.index("12 people") < shown.index(f"== {reports[1]}")

    assert 0 == run(["facts", "--markdown", *reports])
    shown = capsys.readouterr().out
    marks = re.findall(r"^\[\^[\d-]+\]:", shown, re.MULTILINE)
    assert 2 <= len(marks) == len(set(marks))


def test_together_they_are_one(reports: list[str], tmp_path: Path, capsys: Captured) -> None:
    """One result, one object, one page; each quote with its article."""
    asked = ["ask", "How many people died?", *reports, "--together"]
    assert 0 == run([*asked, "--html", str(tmp_path / "page.html")])
    shown, told = capsys.readouterr()
    assert f"The page was written to {tmp_path / 'page.html'}.\n" == told
    assert "The articles disagree" in shown
    assert "word for word in monday.txt" in shown
    assert "tuesday.txt" in (tmp_path / "page.html").read_text(encoding="utf-8")

    assert 0 == run([*asked, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert ["monday", "tuesday"] == [source["title"] for source in told["sources"]]
    assert {0, 1} == {quote["source"] for claim in told["claims"] for quote in claim["quotes"]}


def test_what_is_advised_for_an_unknown_price_can_be_done(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit in dollars needs a price: give it, or a limit in calls or tokens."""
    article = tmp_path / "article.txt"
    article.write_text("Rain fell in Oslo on Monday.", encoding="utf-8")
    facts = {"facts": [{"evidence": [1], "kind": "event", "text": "Rain fell in Oslo on Monday."}]}
    with LocalServer(lambda call: facts) as server:
        means = ["facts", str(article), "--base-url", server.base_url, "--model", "of-no-known-price"]
        assert 2 == run([*means, "--budget", "0.5"])
        told = capsys.readouterr().err
        made = [
            run([*means, "-v", *more])
            for more in (
                ["--budget", "0.5", "--price", "1,2"],
                ["--budget", "0.0000001", "--price", "1,2"],
                ["--budget", "5calls"],
                ["--budget", "20ktokens"],
                ["--budget", "10 tokens"],
            )
        ]

    assert "--price IN,OUT" in told
    assert "--budget 50calls" in told
    assert [0, 2, 0, 0, 2] == made
    assert 3 == len(server.completions)


def test_the_command_takes_the_options_of_a_reader(monkeypatch: pytest.MonkeyPatch, seed_path: Path) -> None:
    """How long, how many at once, how strict: a slow local server needs the first, a busy one the second."""
    seen: list[Options] = []

    class Seen(Reader):
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            seen.append(self.options)

    monkeypatch.setattr("quotewise._cli.reading.Reader", Seen)
    more = ["--timeout", "600", "--concurrency", "2", "--check", "llm", "--model", "extractive"]

    assert 0 == run(["facts", str(seed_path), *more])
    assert (600.0, 2, "llm") == (seen[0].timeout, seen[0].concurrency, seen[0].check)


def test_a_price_given_is_what_an_estimate_goes_by(seed_path: Path, capsys: Captured) -> None:
    """Also before the first call, and it takes what else a reading takes."""
    means = ["estimate", str(seed_path), "--model", "of-no-known-price", "--timeout", "600"]
    assert [0, 0] == [run(means), run([*means, "--price", "1000,1000"])]
    first, second = capsys.readouterr().out.split("summary with")[1:]

    assert "$" not in first
    assert "$" in second
