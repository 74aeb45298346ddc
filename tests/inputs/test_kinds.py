"""What a file is: by its bytes first, then by its name; the rest is refused with what it is."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotewise import Article, UnreadableError, UsageError
from quotewise._cli.inputs import article
from quotewise._inputs import child, read
from quotewise._inputs.kinds import kind_of


@pytest.mark.parametrize(
    ("data", "name", "content_type", "kind"),
    [
        (b"Rain.", "rain.txt", None, "text"),
        (b"# Rain", "rain.md", None, "text"),
        (b"<html>", "rain.txt", None, "text"),
        (b"<html>", "rain", None, "html"),
        (b" \n<!DOCTYPE HTML>", "-", None, "html"),
        (b"Rain.", "RAIN.HTM", None, "html"),
        (b"%PDF-1.4", "rain.txt", None, "pdf"),
        (b"junk %PDF-1.4", "rain.pdf", None, "pdf"),
        (b"junk %PDF-1.4", "rain.txt", None, "text"),
        (b"PK\x03\x04", "rain.docx", None, "docx"),
        (b"Rain.", "https://example.org/rain", "text/html; charset=utf-8", "html"),
        (b"Rain.", "https://example.org/rain.html", "text/plain", "text"),
        (b"%PDF-1.4", "https://example.org/rain", "application/octet-stream", "pdf"),
        (b"<html>", "https://example.org/rain", "", "html"),
    ],
)
def test_kinds(data: bytes, name: str, content_type: str | None, kind: str) -> None:
    """Bytes that say what they are win, then a server's word, then the ending."""
    assert kind == kind_of(data, name, content_type)


@pytest.mark.parametrize(
    ("data", "name", "content_type", "word"),
    [
        (b"Rain.", "rain.pdf", None, "said to be a PDF"),
        (b"", "rain.docx", None, "said to be a Word document"),
        (b"<html>please log in", "https://example.org/rain.pdf", "application/pdf", "said to be a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "rain.doc", None, "old Office file, or one with a password"),
        (b"\x89PNG\r\n", "rain.png", None, "picture"),
        (b"\x1f\x8b\x08", "rain.txt.gz", None, "compressed"),
        (b"{\\rtf1", "rain.rtf", None, "RTF"),
        (b"{}", "https://example.org/api", "application/json", "application/json"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, name: str, content_type: str | None, word: str) -> None:
    """With what to do instead."""
    with pytest.raises(UnreadableError, match=word):
        kind_of(data, name, content_type)


def test_files_of_every_kind(
    tmp_path: Path, make_pdf: Callable[..., bytes], make_docx: Callable[..., bytes], page: str
) -> None:
    """Each by its own parser; the title is the file's own, or its name."""
    pytest.importorskip("pypdf", reason="needs the extra pdf")
    pytest.importorskip("trafilatura", reason="needs the extra html")
    files = {
        "a.pdf": make_pdf(["Rain fell."]),
        "b.docx": make_docx("<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>"),
        "c.html": page.encode(),
        "d.txt": b"Rain fell.",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    articles = [Article.from_file(tmp_path / name) for name in files]

    assert all("Rain fell" in article.text for article in articles)
    assert ["a", "b", "Rain at last", "d"] == [article.title for article in articles]
    assert "Mine" == Article.from_file(tmp_path / "c.html", title="Mine").title


@pytest.mark.parametrize(("name", "extra"), [("rain.pdf", "pdf"), ("rain.html", "html")])
def test_a_missing_extra_is_named(
    tmp_path: Path, name: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any work is done."""
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.4" if extra == "pdf" else b"<html>")
    monkeypatch.setattr(read, "find_spec", lambda name: None)
    with pytest.raises(
        UnreadableError, match=rf"pip install 'quotewise\[{extra}\]'.*pip install '\.\[{extra}\]'"
    ):
        Article.from_file(path)


@pytest.mark.parametrize(("data", "word"), [(b"", "empty"), (b" \n", "empty"), (bytes(99), "NUL")])
def test_empty_and_binary_files_say_so(tmp_path: Path, data: bytes, word: str) -> None:
    """As unreadable files, whatever they are called."""
    path = tmp_path / "rain.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match=word):
        Article.from_file(path)


def test_a_child_gets_no_key_and_no_code_from_where_we_stand(
    tmp_path: Path, make_docx: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file called like a module beside the document is not run."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zipfile.py").write_text("raise SystemExit(3)")
    (tmp_path / "rain.docx").write_bytes(make_docx("<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>"))

    assert "Rain fell." == Article.from_file("rain.docx").text
    assert not any("secret" in value or "KEY" in key for key, value in child._environment().items())


def test_plain_text_loads_no_parser(seed_path: Path) -> None:
    """Nor does it start a child: a text file is read as fast as before."""
    program = (
        "import sys\nfrom quotewise import Article\n"
        f"assert Article.from_file({str(seed_path)!r}).sentences\n"
        "heavy = {'trafilatura', 'pypdf', 'lxml', 'charset_normalizer', 'subprocess', 'http.client'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "" == done.stdout.strip()


@pytest.mark.parametrize("kind", ["text", "html", "pdf"])
def test_standard_input_may_be_any_kind(
    kind: str, page: str, make_pdf: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no name, so its bytes tell."""
    pytest.importorskip("pypdf", reason="needs the extra pdf")
    pytest.importorskip("trafilatura", reason="needs the extra html")
    data = {"text": b"Rain fell.", "html": page.encode(), "pdf": make_pdf(["Rain fell."])}[kind]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    read = article("-")

    assert "Rain fell" in read.text
    assert ("Rain at last" if kind == "html" else "standard input", "-") == (read.title, read.source)


def test_the_first_heading_of_markdown_is_its_title(tmp_path: Path) -> None:
    """The text keeps its marks; a plain text that begins so is only a text."""
    for name, title in (("notes.md", "The old bridge"), ("notes.txt", "notes")):
        path = tmp_path / name
        path.write_text("# The *old* bridge\n\nIt was closed on Monday.\n", encoding="utf-8")
        article = Article.from_file(path)

        assert title == article.title
        assert article.text.startswith("# The *old* bridge")


@pytest.mark.parametrize("read_it", [Article.from_file, Article.from_pdf, Article.from_docx])
@pytest.mark.parametrize("given", [3, None, ["rain.txt"], Article("Rain fell.")])
def test_what_is_no_name_of_a_file_is_a_usage_error(read_it: Any, given: Any) -> None:
    """With what to give."""
    with pytest.raises(UsageError, match=f"not by a {type(given).__name__}") as caught:
        read_it(given)
    assert "Article(text)" in caught.value.next_step
