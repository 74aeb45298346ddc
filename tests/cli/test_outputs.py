"""Where results go: JSON that stays JSON, no file that is read written over, streams that are closed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quotewise._cli.app import run

Captured = pytest.CaptureFixture[str]
SAID = "Rain fell in Zürich and Łódź 🎉."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article that few encodings can carry."""
    path = tmp_path / "article.txt"
    path.write_text(SAID, encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    "command", ["facts FILE --json", "facts FILE FILE --json", "batch FILE --task facts", "chat FILE --json"]
)
def test_json_is_json_in_every_encoding(
    command: str, encoding: str, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the encoding cannot carry is escaped as JSON has it, and not as Python has it."""
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding=encoding))
    monkeypatch.setattr("sys.stdin", io.StringIO("/facts\n"))
    assert 0 == run([str(article) if word == "FILE" else word for word in command.split()])

    text = written.getvalue().decode(encoding)
    rows = [json.loads(text)] if text.startswith("{\n") else [json.loads(row) for row in text.splitlines()]
    for row in rows:
        assert SAID == row.get("result", row)["facts"][0]["text"]
    assert rows
    assert ("🎉" in text) == (encoding == "utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_not_utf8_is_read(tmp_path: Path, capsys: Captured) -> None:
    """In every form of a result, and with an error in its place."""
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(name).write_text("Rain fell in Oslo.", encoding="utf-8")
    page, lines = tmp_path / "page.html", tmp_path / "lines.jsonl"

    assert 0 == run(["summarize", name, "--json", "--html", str(page)])
    [source] = json.loads(capsys.readouterr().out)["sources"]
    assert "caf\ufffd" == source["title"]
    assert "caf\ufffd" in page.read_text(encoding="utf-8")

    assert 1 == run(["batch", name, f"{name}.lost", "--out", str(lines)])
    read, lost = map(json.loads, lines.read_text(encoding="utf-8").splitlines())
    assert read["file"].endswith("caf\ufffd.txt")
    assert "caf\ufffd.txt.lost" in lost["error"]["message"]


def test_a_question_that_is_not_utf8_is_refused_before_it_is_asked(article: Path, capsys: Captured) -> None:
    """Afterwards its answer, paid for, could not be written."""
    for typed in (["ask", "caf\udce9?", str(article)], ["facts", str(article), "--focus", "caf\udce9"]):
        assert 2 == run(typed)
        assert "surrogate" in capsys.readouterr().err


def test_a_line_in_another_encoding_ends_no_conversation(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """It is refused, and the next is answered."""
    lines = "caf\xe9?\nWhere did rain fall?\n".encode("latin-1")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))

    assert 0 == run(["chat", str(article)])
    shown = capsys.readouterr().out
    assert "surrogate" in shown
    assert "Zürich" in shown


def reading(folder: Path) -> list[list[str]]:
    """Every command that writes a file, each about to write over one that it reads."""
    (folder / "folder").mkdir()
    (folder / "text.txt").write_text("Rain fell.", encoding="utf-8")
    (folder / "link").symlink_to(folder / "article.txt")
    os.link(folder / "article.txt", folder / "hard")
    article, round_about = str(folder / "article.txt"), str(folder / "folder" / ".." / "article.txt")
    return [
        ["summarize", article, "--html", article],
        ["facts", article, "--html", str(folder / "link")],
        ["ask", "Where?", article, "--html", str(folder / "hard")],
        ["verify", article, "--source", str(folder / "text.txt"), "--html", round_about],
        ["verify", str(folder / "text.txt"), "--source", article, "--html", round_about],
        ["batch", round_about, "--out", article],
        ["batch", article, "--out", str(folder / "link")],
        ["extract", str(folder / "text.txt"), "--schema", f"{article}:M", "--html", article],
        ["facts", str(folder / "text.txt"), "--journal", article, "--html", article],
    ]


def test_nothing_that_is_read_is_written_over(article: Path, tmp_path: Path, capsys: Captured) -> None:
    """By whatever way its file is named."""
    for command in reading(tmp_path):
        assert 2 == run(command), command
        assert SAID == article.read_text(encoding="utf-8"), command
        assert "Traceback" not in capsys.readouterr().err


def test_standard_input_may_be_a_file(article: Path) -> None:
    """`quotewise summarize - --html a.txt < a.txt` would replace the article by its page."""
    command = [sys.executable, "-m", "quotewise", "summarize", "-", "--html", str(article)]
    with article.open("rb") as file:
        done = subprocess.run(command, stdin=file, capture_output=True, text=True)

    assert (2, "") == (done.returncode, done.stdout)
    assert "would be written over" in done.stderr
    assert SAID == article.read_text(encoding="utf-8")


def test_what_a_batch_made_is_there_until_it_can_be_made_anew(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that cannot be opened, as for a model without a price, empties no file."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    out = tmp_path / "out.jsonl"
    out.write_text("made before\n", encoding="utf-8")
    command = ["batch", str(article), "--out", str(out), "--journal", str(tmp_path / "j.db")]

    assert 2 == run([*command, "--budget", "1", "--model", "of-no-known-price"])
    assert "made before\n" == out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "words"),
    [(["--json", "--markdown"], "two forms"), (["--html", "no-such-folder/page.html"], "cannot be written")],
)
def test_verify_looks_where_it_goes_first(
    more: list[str], words: str, article: Path, capsys: Captured
) -> None:
    """As the commands that pay do."""
    assert 2 == run(["verify", str(article), "--source", str(article), *more])
    out, err = capsys.readouterr()
    assert "" == out
    assert words in err


def test_a_file_that_may_not_be_written_is_told_first(article: Path, capsys: Captured) -> None:
    """A folder that is there is not yet one that takes a file."""
    page = article.with_name("page.html")
    page.touch(mode=0o400)
    if os.access(page, os.W_OK):
        pytest.skip("whoever runs this may write everything")

    assert 2 == run(["summarize", str(article), "--html", str(page)])
    out, err = capsys.readouterr()
    assert "" == out
    assert "cannot be written" in err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("summarize article.txt >&-", 2, "Standard output is closed."),
        ("chat article.txt <&-", 2, "Standard input is closed."),
        ("summarize - <&-", 2, "Standard input is closed."),
        ("summarize article.txt --html page.html 2>&-", 0, ""),
    ],
)
def test_a_closed_stream_is_told(command: str, code: int, words: str, article: Path) -> None:
    """In a line on stderr, before anything is read; with stderr closed nothing but results is on stdout."""
    line = f'exec "{sys.executable}" -m quotewise {command}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, cwd=article.parent)

    assert code == done.returncode
    assert words in done.stderr
    assert "fault" not in done.stderr
    assert "page.html" not in done.stdout
