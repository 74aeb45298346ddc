"""The article: a text that never changes, and clear errors for what is no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import Article, Span, UnreadableError, UsageError, summarize, verify

TEXT = st.text(min_size=1).filter(lambda t: not t.isspace() and "\x00" not in t and _encodes(t))


def _encodes(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in text)


@given(TEXT)
def test_the_text_is_kept_and_sentences_cover_it(text: str) -> None:
    """Every non-blank character is in exactly one sentence, and nothing is normalised."""
    article = Article(text)
    covered = [i for s in article.sentences for i in range(s.start, s.end)]

    assert text == article.text
    assert sorted(set(covered)) == covered
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)


@pytest.mark.parametrize(
    ("text", "word"),
    [("", "empty"), (" \n\t ", "empty"), ("a\x00b", "NUL"), ("a\ud800b", "surrogate"), (b"bytes", "str")],
)
def test_what_is_no_text_is_refused(text: str, word: str) -> None:
    """The error says what is wrong and what to do."""
    with pytest.raises(UsageError, match=word) as caught:
        Article(text)

    assert caught.value.next_step in str(caught.value)


def test_what_is_not_unicode_in_a_name_is_replaced() -> None:
    """A file's name need not be UTF-8, and a result that could not be written as JSON would be lost."""
    article = Article("Rain fell.", title="caf\udce9", source="caf\udce9.txt", byline="\ud83d", date="\ude00")

    assert ("caf\ufffd", "caf\ufffd.txt") == (article.title, article.source)
    assert ("\ufffd", "\ufffd") == (article.byline, article.date)
    for made in (summarize(article), verify("Rain fell.", article)):
        assert made == type(made).model_validate_json(made.model_dump_json())
        assert made.to_html().encode()


def test_a_name_is_a_str() -> None:
    """Told where the article is made, not when a paid result is."""
    with pytest.raises(UsageError, match="source is a str"):
        Article("Rain fell.", source=Path("rain.txt"))  # type: ignore[arg-type]


def test_an_article_is_a_value() -> None:
    """Frozen, hashable, equal by its content."""
    article = Article("Rain fell.", title="Rain")

    assert {article} == {Article("Rain fell.", title="Rain")}
    assert 1 == len({Article("Rain fell.", pages=(Span(0, 10),), byline="Jo", date="2024") for _ in "ab"})
    assert 64 == len(article.id)
    with pytest.raises(AttributeError):
        article.text = "Snow fell."  # type: ignore[misc]


def test_a_str_is_a_text_and_a_path_a_file(tmp_path: Path) -> None:
    """A text that happens to look like a path is still a text."""
    path = tmp_path / "rain.txt"
    path.write_text("Rain fell.", encoding="utf-8")

    assert "Rain fell." == Article.of(path).text
    assert str(path) == Article.of(str(path)).text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"caf\xc3\xa9", "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café".encode("utf-16"), "café"),
        (b"one\r\ntwo", "one\r\ntwo"),
    ],
)
def test_files_are_decoded_exactly(tmp_path: Path, data: bytes, text: str) -> None:
    """Line ends stay as they are; a byte-order mark is no part of the text."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)

    assert text == Article.from_file(path).text


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    """Old files are not UTF-8."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9")

    assert "café" == Article.from_file(path, encoding="latin-1").text


def test_unreadable_files_say_why(tmp_path: Path) -> None:
    """A missing file, a directory, undecodable bytes and a huge file each say what to do."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfa\x80 text")
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(50_000_000)

    for path, word in [
        (tmp_path / "none.txt", "no file"),
        (tmp_path, "directory"),
        (bad, "decoded"),
        (huge, "MB"),
    ]:
        with pytest.raises(UnreadableError, match=word):
            Article.from_file(path)
    with pytest.raises(UnreadableError, match="encoding"):
        Article.from_file(bad, encoding="no-such-code")
