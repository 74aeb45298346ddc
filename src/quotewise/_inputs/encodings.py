"""From bytes to text, exactly: UTF-8 first, then what a mark or the caller says, then a guess with a reason.

A wrong guess changes the text without a word (a pound sign becomes a Polish letter), so a guess counts only
where no likely rival reads another text. Nothing is ever replaced or dropped here.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import NamedTuple

from .._errors import UnreadableError

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_JAPANESE = re.compile(rb"\x1b\$[@B]")  # ISO-2022-JP is all ASCII, so it would pass for UTF-8
_COMMON = [
    "utf_16_le",
    "utf_16_be",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "iso8859_2",
    "koi8_r",
    "cp866",
    "cp932",
    "euc_jp",
    "iso2022_jp",
    "gb18030",
    "big5",
    "cp949",
]
"""What files are still found in; the rare ones only make rivals that nobody means."""
_SAMPLE = 100_000
"""Bytes from which the encoding is guessed."""
_FEW = 0.01
"""The share of letters beyond ASCII below which cp1252 is taken among rivals."""
_ODD = 0.05
"""The share of characters beyond ASCII that may be a symbol or a capital inside a word."""
_LIKELY = 5.0
"""Per cent of mess, as charset_normalizer reckons it, that a likely reading may have."""
_CONTROLS = bytes([*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
"""Bytes that no text holds but by accident; ESC opens the shifts of Japanese, NUL is told by itself."""
_MANY_CONTROLS = 0.04
"""The share of such bytes from which on a file is no text."""
_NAME_IT = "Name its encoding (encoding=, or --encoding in the command"
_NEAR_MESS, _NEAR_SENSE = 1.0, 3.0
"""Per cent of mess and of sense by which a rival may differ from the best reading."""
_SYMBOL_IN_WORD = re.compile(r"[^\W\d_][^\x00-\x7f\w\s‘’‐–—…·\xad\u2e80-\uffff][^\W\d_]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """Bytes to text, as `encoding` or else as UTF-8, as their byte-order mark says, or as a likely guess.

    `name` is how an error speaks of the bytes. A guess needs a reading that no likely rival contradicts;
    texts of a line or two often have none. Raises `UnreadableError` with what to do.

    >>> decode("caf\\u00e9".encode("utf-16"), "a menu") == decode("caf\\u00e9".encode(), "a menu")
    True
    """
    named = encoding or _marked(data)
    try:
        text = data.decode(named or "utf-8")
    except LookupError:
        raise UnreadableError(f"There is no encoding {encoding!r}.", next_step="Check its name.") from None
    except UnicodeDecodeError as error:
        if named:
            raise _undecodable(name, error, f"{_NAME_IT}: 'cp1252', say)") from None
        return _guessed(data, name, error)
    if "\x00" in text and not named:
        return _guessed(data, name, None)
    return text


def decode_page(data: bytes, name: str, encoding: str | None = None) -> str:
    """The same for a page of HTML, which may declare its encoding in its first thousand bytes.

    Undecodable bytes become U+FFFD here, as in browsers: a page is markup to be read, not yet a text. The
    label "latin-1" is read as cp1252, which is what pages that say so are written in.
    """
    if any(data.startswith(mark) for mark in _MARKS):
        return decode(data, name)
    declared = _DECLARED_XML.match(data[:1024]) or _DECLARED.search(data[:1024])
    label = encoding or (declared[1].decode("ascii", "replace") if declared else "")
    try:
        found = codecs.lookup(label).name if label else ""
    except LookupError:
        found = ""
    if not found or found.startswith("utf-16"):  # ASCII was just read from it, so it is not UTF-16
        return _decode_undeclared(data, name)
    return data.decode({"iso8859-1": "cp1252", "ascii": "cp1252"}.get(found, found), "replace")


def _decode_undeclared(data: bytes, name: str) -> str:
    try:
        return decode(data, name)
    except UnreadableError:
        return data.decode("cp1252", "replace")


def _marked(data: bytes) -> str | None:
    if _JAPANESE.search(data) and data.isascii():
        return "iso2022_jp"
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)


class _Reading(NamedTuple):
    encoding: str
    text: str
    mess: float
    sense: float


def _guessed(data: bytes, name: str, error: UnicodeDecodeError | None) -> str:
    likely = _likely(data)
    chosen = _beyond_doubt(likely)
    if chosen is None:
        if not likely:
            _refuse_binary(data, name)
        rivals = ", ".join(reading.encoding for reading in likely[:4])
        raise _undecodable(name, error, f"{_NAME_IT}; it may be {rivals})" if rivals else f"{_NAME_IT})")
    try:
        return data.decode(chosen)
    except UnicodeDecodeError as failed:
        raise _undecodable(name, failed, f"{_NAME_IT})") from None


def _likely(data: bytes) -> list[_Reading]:
    """The readings that look like a language, the best first."""
    from charset_normalizer import from_bytes

    sample = data[: _SAMPLE - _SAMPLE % 4]
    found = from_bytes(sample, cp_isolation=_COMMON, enable_fallback=False)
    readings = [
        _Reading(code, text, match.percent_chaos, match.percent_coherence)
        for match in found
        for code in [match.encoding, *match.could_be_from_charset]
        if code in _COMMON and _is_text(text := str(match))
    ]
    best = min((r.mess for r in readings), default=0.0)
    return [r for r in dict.fromkeys(readings) if r.mess <= min(best + _NEAR_MESS, _LIKELY)]


def _beyond_doubt(likely: list[_Reading]) -> str | None:
    """The encoding of the reading that has no near rival with another text.

    Where hardly a letter is beyond ASCII, as in English or Dutch, cp1252 is taken among rivals: the
    languages of the others need more letters.
    """
    if not likely or (max(r.sense for r in likely) == 0 and _is_latin(likely[0].text)):
        return None
    sense = max(r.sense for r in likely)
    near = [r for r in likely if r.sense >= sense - _NEAR_SENSE]
    if len({r.text for r in near}) == 1:
        return near[0].encoding
    western = next((r for r in near if r.encoding == "cp1252"), None)
    return "cp1252" if western and _beyond_ascii(western.text) <= _FEW else None


def _beyond_ascii(text: str) -> float:
    return sum(not c.isascii() and c.isalpha() for c in text) / max(1, len(text))


def _is_latin(text: str) -> bool:
    return _beyond_ascii(text) < 0.3


def _is_text(text: str) -> bool:
    """No control characters, and hardly a word with a symbol or a capital in it, as wrong readings have."""
    if "\x00" in text or any("\x80" <= c <= "\x9f" for c in text):
        return False
    capitals = sum(b.isupper() and a.islower() for a, b in pairwise(text) if not b.isascii())
    odd = len(_SYMBOL_IN_WORD.findall(text)) + capitals
    return odd <= _ODD * sum(not c.isascii() for c in text)


def _refuse_binary(data: bytes, name: str) -> None:
    """Raise `UnreadableError` for bytes that are no text in any encoding.

    Half of the bytes of UTF-16 may be low, but those at even or at odd places only.
    """
    sample = data[:_SAMPLE]
    halves = [half for half in (sample[::2], sample[1::2]) if half]
    low = min((1 - len(half.translate(None, _CONTROLS)) / len(half) for half in halves), default=0.0)
    if low >= _MANY_CONTROLS:
        raise UnreadableError(
            f"{name} is no text file: {low:.0%} of its bytes are control characters.",
            next_step="Give a text, HTML, PDF or .docx file.",
        )


def _undecodable(name: str, error: UnicodeDecodeError | None, step: str) -> UnreadableError:
    what = (
        f"{name} is not {error.encoding} text: byte {error.start} cannot be decoded."
        if error
        else f"{name} holds NUL characters, so it is not text."
    )
    return UnreadableError(what, next_step=f"{step}, or convert it to UTF-8, unless it is a binary file.")
