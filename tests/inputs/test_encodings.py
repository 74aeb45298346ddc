"""Encodings: exact where they are certain, a guess only beyond doubt, an error before a wrong text."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import Article, UnreadableError
from quotewise._inputs.encodings import decode, decode_page

CASES = json.loads((Path(__file__).parents[1] / "cases" / "encodings.json").read_text(encoding="utf-8"))
WORDS = "Дождь шёл на сухих полях области."


@pytest.mark.parametrize(("encoding", "text", "read"), CASES)
def test_a_guess_is_right_or_not_made(encoding: str, text: str, read: bool) -> None:
    """Texts that other encodings read as well are refused, and the error names the likely ones."""
    data = text.encode(encoding)
    if read:
        assert text == decode(data, "a.txt")
    else:
        with pytest.raises(UnreadableError, match="encoding"):
            decode(data, "a.txt")
        assert text == decode(data, "a.txt", encoding)


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_is_exact(text: str, encoding: str) -> None:
    """Whatever its mark, and whatever stands in it but a NUL or a mark of its own."""
    text = text.replace("\x00", "").replace("\ufeff", "").replace("\x1b", "")
    text = text.encode("utf-8", "ignore").decode()

    assert text == decode(text.encode(encoding), "a.txt")


def test_offsets_are_those_of_the_decoded_text(tmp_path: Path) -> None:
    """A mark, a two-byte letter and a line end of Windows move nothing."""
    path = tmp_path / "rain.md"
    path.write_bytes("# Régn\r\n\r\nIt “fell”.\r\n".encode("utf-8-sig"))
    article = Article.from_file(path)

    assert "# Régn\r\n\r\nIt “fell”.\r\n" == article.text
    assert ["# Régn", "It “fell”."] == [article.text[s.start : s.end] for s in article.sentences]


@pytest.mark.parametrize(
    ("head", "encoding", "said"),
    [
        ("<meta charset='windows-1251'>", "cp1251", None),
        ("<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>", "koi8-r", None),
        ("<meta charset='windows-1251'>", "koi8-r", "koi8-r"),
        ("", "utf-8", None),
        ("<meta charset='utf-8'>", "utf-8-sig", None),
        ("", "utf-16", None),
        ("<meta charset='no-such-thing'>", "utf-8", None),
        ("<?xml version='1.0' encoding='windows-1251'?>", "cp1251", None),
    ],
)
def test_a_page_declares_its_encoding(head: str, encoding: str, said: str | None) -> None:
    """The server's word goes before the page's own, a mark before both, and UTF-8 is tried without any."""
    assert WORDS in decode_page(f"{head}<p>{WORDS}</p>".encode(encoding), "rain.html", said)


def test_a_page_is_never_refused_for_a_byte() -> None:
    """Markup is not yet a text, so what cannot be decoded is marked, as browsers do."""
    assert "Rain \ufffd fell" in decode_page(b"<meta charset=utf-8>Rain \xff fell", "rain.html")
    assert "“Rain”" == decode_page("“Rain”".encode("cp1252"), "rain.html", "latin-1")


def test_bytes_that_are_no_text_say_so() -> None:
    """No encoding is asked for where none can help; a text in UTF-16 without its mark is no such thing."""
    with pytest.raises(UnreadableError, match=r"no text file: 1\d% of its bytes") as caught:
        decode(random.Random(7).randbytes(5_000), "rain.txt")
    assert "encoding" not in str(caught.value)

    for text in ("Дождь шёл весь день. " * 50, "ДОЖДЬ ШЁЛ. " * 50, "Rain fell. " * 50):
        for name in ("utf-16-le", "utf-16-be"):
            assert _is_no_refusal(text.encode(name))


def _is_no_refusal(data: bytes) -> bool:
    try:
        decode(data, "rain.txt")
    except UnreadableError as error:
        return "no text file" not in str(error)
    return True


def test_the_encoding_can_be_named_from_the_command() -> None:
    """The message names the option and the flag."""
    with pytest.raises(UnreadableError, match="--encoding in the command"):
        decode("caf\xe9".encode("cp1252"), "menu.txt")
