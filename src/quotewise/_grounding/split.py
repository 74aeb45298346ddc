"""From any text to the claims in it, each with its exact place.

Where a sentence ends is decided in `_text.sentences`; this module only decides what counts as a claim.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .._language.tables import is_rule
from .._text.sentences import sentences
from .._text.words import first_words
from .._values import Span
from .printed import KIND, is_about, is_abstention, notes_whole, returned
from .unwrapped import unwrapped

_MARKER = re.compile(
    r"\s*(?:\[\^?(?:\d{1,3}-)?\d{1,3}\]:?(?=\s+“)|[-*•–—▪◦]+|\(?\d{1,3}[.)](?!\d)|\(?[a-zA-Z][.)]|#{1,6})(?=\s)\s*"
)
_CAPITAL = re.compile(r"[A-Z]\.")
_LETTERED = re.compile(r"^[ \t]*([A-Z])\.\s", re.MULTILINE)
"""The letter with which a line begins, as an item of a list does."""
_LEAD_IN = re.compile(
    r"(?:(?:therefore|thus|so|based on [^\n:,]{0,60}),? )?"
    r"(?:sure|certainly|of course|here(?:'s|’s| is| are)|below (?:is|are)|the following"
    r"|(?:the )?(?:summary|answer))\b[^\n]{0,160}:\s*",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:sure(?: thing)?|certainly|of course|absolutely|ok(?:ay)?|great|thanks|thank you|enjoy)[!.]*"
    r"|(?:i )?hope (?:this|that|it) helps?\b.{0,60}"
    r"|(?:please )?(?:let me know|feel free to)\b.{0,160}"
    r"|if you (?:have|need) (?:any|more|further|other)\b.{0,160}"
    r"|(?:is|if) there(?: is|'s|’s)? anything else\b.{0,80}"
    r"|(?:would you like|do you want|shall i|should i) .{0,160}\?"
    r"|as an ai(?: language)? (?:model|assistant)\b.{0,160}"
    r"|(?:here(?:'s|’s| is| are)|below (?:is|are)) (?:a|an|the|your|my|some) .{0,40}"
    r"\b(?:summary|overview|answer|list|points|breakdown|version)\b.{0,60}"
    r"|[*_(]*note: (?:this|the) (?:summary|answer|overview|response) .{0,160}"
    r"|sure,? i can help\b.{0,60}|that(?: is|['’]s) (?:it|all)[!.]*"
    r"|(?:please )?note that (?:this|the|these) (?:answer|response|passages|steps)\b(?-i:[^A-Z\d]{0,80})"
    r"\b(?:based|guidance|provided?)\b(?-i:[^A-Z\d]{0,100})"
    r"|dear\b.{1,60},|(?:yours )?(?:sincerely|faithfully|truly),?|(?:(?:best|kind|warm) )?regards,?"
    r"|\[(?:your|name|date|company|recipient|manager|supervisor)\b[^\]\d]{0,30}\]"
    r"|thank you for (?:your|considering|taking|reading)\b(?-i:[^A-Z\d,]{0,60})"
    r"|(?:key|main) (?:takeaways?|points?|findings?|facts)|tl;?dr|in (?:short|brief|summary)"
    r"|summary|overview|conclusion|highlights",
    re.IGNORECASE,
)
"""What a chat model says to the reader, not about the article, and what frames a letter."""
_REFERENCE = re.compile(
    r"[\[(]?(?:passage|source|paragraph|sentence|section|page)s?(?: |,|&|and|\d){1,40}[\])]?[.:]?",
    re.IGNORECASE,
)
_MARKS = re.compile(
    rf"(?:\s?\[\^?(?:\d{{1,3}}-)?\d{{1,3}}\])+(?:\s+{KIND})?$|(?<=”) \([^()]*characters \d+–\d+\)$"
)
"""Marks of citations after a sentence, as `[1][2]`, and the place of a quote."""
_LABEL = re.compile(r"[*_]{0,3}(?:\S{1,40} ){0,2}[^\s:]{1,40}(?:[*_]{1,3}:|:[*_]{0,3})")
"""Up to three words that only head what follows: "Key points:"."""
_NO_CLAIMS = (_LEAD_IN, _COURTESY, _REFERENCE, _LABEL)


def claims_of(text: str) -> tuple[Span, ...]:
    """Where each claim of a text stands: its sentences and list items, without their markers.

    What says nothing about an article is left out: a marker alone, a lead-in ("Here is the summary:"), a
    courtesy ("I hope this helps!"), a reference ("(Passage 3)"), a line of signs, a table's head, a heading
    that asks, and what our own output prints around its claims; that the article does not say stays where
    there is nothing else. Lines wrapped to a width are one sentence. Sentences are
    never cut further: half of one may say what the whole does not.

    >>> text = "Sure! Here is a summary:\\n1. Rain fell.\\n- It stopped."
    >>> [text[start:end] for start, end in claims_of(text)]
    ['Rain fell.', 'It stopped.']
    """
    found = list(_claims(text))
    told = [span for span in found if not is_abstention(text[span.start : span.end])]
    return tuple(told or found)


def _claims(text: str) -> Iterator[Span]:
    letters = frozenset(_LETTERED.findall(text))
    for span in notes_whole(text, sentences(unwrapped(returned(text)))):
        start = _after_marker(text, span, letters)
        claim = _MARKS.sub("", text[start : span.end])
        if _heads_a_table(text, span) or _asks(text[span.start : start], claim) or _is_no_claim(claim):
            continue
        if _says_something(claim):
            yield Span(start, start + len(claim))


def _is_no_claim(words: str) -> bool:
    return is_about(words) or any(form.fullmatch(words) for form in _NO_CLAIMS)


def _asks(mark: str, claim: str) -> bool:
    """Whether a heading is a question."""
    return "#" in mark and claim.endswith("?")


def _heads_a_table(text: str, span: Span) -> bool:
    """Whether a line names the columns of a Markdown table: a rule follows it."""
    if "|" not in text[span.start : span.end]:
        return False
    starts = text.find("\n", span.end) + 1
    ends = text.find("\n", starts)
    below = text[starts : ends if ends >= 0 else len(text)] if starts else ""
    return "|" in below and is_rule(below)


def _says_something(claim: str) -> bool:
    """Whether there is more in it than signs or one letter; a character may be a word in other scripts."""
    found = first_words(claim, 2)
    return bool(found) and (len(found) > 1 or len(found[0]) > 1 or not found[0].isascii())


def _after_marker(text: str, span: Span, letters: Collection[str]) -> int:
    match = _MARKER.match(text, span.start, span.end)
    return match.end() if match and not _is_initial(match.group().strip(), letters) else span.start


def _is_initial(mark: str, letters: Collection[str]) -> bool:
    """Whether a capital with a stop is of a name, "S. Tamm": no line begins with a letter beside it."""
    if not _CAPITAL.fullmatch(mark):
        return False
    return all(chr(ord(mark[0]) + step) not in letters for step in (-1, 1))
