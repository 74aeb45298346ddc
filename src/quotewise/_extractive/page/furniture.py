"""Lines that are not prose whatever stands around them: bylines, captions, "read more", heads of mail.

Each line is judged by its own words; `layout` looks at where it stands. Nothing here knows how much a line
matters.
"""

from __future__ import annotations

import re

_STOPS = ".!?…。！？।؟۔"
_CLOSERS = "\"'”’»)]*_ "
_SHORT = 12
_LONG_ASIDE = 25
LONGEST = 400
"""A line of more characters is prose; nothing below is made to search a long one."""

_PROMPT = re.compile(
    r"(?:read|see|click|tap|watch|scroll|listen|sign up|subscribe|follow us|share (?:this|on)|related"
    r"|advertisement|continue reading|download|get the|join (?:us|our)|most read|you may also|more on this"
    r"|recommended|editor'?s (?:note|pick)|comments?|leave a (?:comment|reply)|skip to|all rights|copyright"
    r"|\(c\)|©|newsletter|terms (?:of|and)|privacy|cookies?|contact us|report (?:a|an) (?:typo|error)"
    r"|correction|customers (?:also|who)|people also|frequently bought|similar (?:items|products))\b"
    r"|(?:.{0,40}\b)?(?:all rights reserved|scroll down|click here|read more|more on this|follow us on"
    r"|sign up (?:for|to) our|play (?:the )?video|media playback|this material may not be published)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:(?:image|media|photo|picture|video|figure|fig\.|file|stock)s?\b[^.]{0,25}"
    r"(?:caption|copyright|source|credit|photo|image|:)|getty images|pictured?:|above:|below:|left:|right:"
    r"|\[?transcriber|\(?photo by|credits?:|sources?:)",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"(?:the )?(?:following )?(?:table|figure|chart|graph|map|list|diagram)s?"
    r"(?: (?:\d+|below|above|opposite))? .{0,20}\b(?:shows?|gives?|lists?|presents?|sets? out)\b",
    re.IGNORECASE,
)
"""Only says where something stands: "Table 1 shows the shares"."""
_CREDIT = re.compile(
    r"\((?:file|pictured|photo|image|above|left|right|stock)[^)]{0,60}\)\s*[.]?$", re.IGNORECASE
)
_BY = re.compile(r"(?:(?:written|reporting|editing|posted|compiled) )?by\s", re.IGNORECASE)
_DATED = re.compile(
    r"(?:first |last )?(?:published|updated|posted|modified)\b|\d+ (?:minutes?|hours?|days?) ago\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\W*(?:for immediate release|press release|embargoed (?:until|for)|notes? (?:to|for) editors?"
    r"|(?:media|press) contacts?|about us|ends)\b.{0,40}",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:tel(?:ephone)?|phone|fax|mobile|e-?mail|web(?:site)?)\b[.:]*\s*[+\d(]", re.IGNORECASE
)
_MAIL_HEAD = re.compile(
    r"(?P<name>From|To|Cc|Bcc|Date|Sent|Subject|Reply-To):\s+(?=\S)(?:(?:Re|Fwd?|AW|WG):\s+)*"
)
_PAGE = re.compile(r"(?:.{0,100}[|·•–—-]\s*)?\bpage \d{1,4}(?: ?(?:of|/) ?\d{1,4})?", re.IGNORECASE)
"""A running head or foot: "Annual report | Page 3 of 9"."""
_ASIDE = re.compile(
    r"(?:for (?:more |further |any )?(?:information|details|interviews?|enquiries|inquiries|queries)\b"
    r"[^.]{0,60}\b(?:contact|call|e-?mail|visit|see|write to)\b"
    r"|(?:he|she|they) (?:spoke|speaks|talked|talks) (?:to|with)(?: (?-i:[A-Z])[\w.'’-]+){1,4}\.?\Z"
    r"|(?:(?:many|special|our|with) )?thanks (?:to|go to)\b[^,.]{1,80}\bfor [a-z]+ing\b)",
    re.IGNORECASE,
)
"""Whom to ask, or to thank, and who asked."""
_BLANKS = re.compile(r"(?:[._…] ?){6}")
"""The dots or the line on which a form is filled in."""
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATELINE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{2,40}(?:, [A-Z][\w .]{1,20})?,? \(?"
    rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}),?(?: \d{{4}})?\)?(?: \([^()]{{1,30}}\))?[ .:–—-]*"
)
"""Where and when a report was written, the place in capitals: "PORT LISSE, 14 October."."""
_JOINS = frozenset(("and", "&", "|", "of", "for", "the", "de", "von", "van", "la", "in"))
_LETTERS = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+")


def is_furniture(text: str) -> bool:
    """Whether a line is a byline, a caption, a call to read on, an address, a form's blank or has no letters.

    >>> [is_furniture(text) for text in ("By Jo Root", "* * *", "Image caption", "The UK is by the sea.")]
    [True, True, True, False]
    >>> is_furniture("Signed .............. Date ........"), is_furniture("FOR IMMEDIATE RELEASE")
    (True, True)
    """
    text = text.strip().lstrip("([*_").rstrip("*_")
    if len(text) > LONGEST:
        return _LETTERS.search(text) is None
    if not _LETTERS.search(_ADDRESS.sub("", text)):
        return True
    if (
        _is_byline(text)
        or _CONTACT.match(text)
        or _BLANKS.search(text)
        or (_RELEASE.fullmatch(text) and not ends(text))
        or _PAGE.fullmatch(text)
        or (_ASIDE.match(text) and len(text.split()) < _LONG_ASIDE)
    ):
        return True
    if points(text) or is_dateline(text):
        return True
    if _CAPTION.match(text) or _CREDIT.search(text):
        return len(text.split()) < 30
    return _PROMPT.match(text) is not None and (len(text.split()) < 12 or not ends(text))


def is_dateline(text: str) -> bool:
    """Whether a line only says where and when a report was written.

    >>> [is_dateline(text) for text in ("PORT LISSE, 14 October.", "GENEVA, May 3 (AFN) -", "Rain, 3 May.")]
    [True, True, False]
    """
    return _DATELINE.fullmatch(text.strip()) is not None


def points(text: str) -> bool:
    """Whether a sentence only says where something stands.

    >>> points("The table below shows each site."), points("The table shows that rain fell in May.")
    (True, False)
    """
    found = _POINTING.match(text.lstrip("([*_ "))
    return found is not None and len(text.split()) < _SHORT and not text[found.end() :].startswith(" that")


def mail_head(text: str) -> tuple[str, str]:
    """The name and the words of a line of a letter's head, and two empty strings for any other line.

    >>> mail_head("Subject: Re: Water on the plots"), mail_head("Dear all,")
    (('Subject', 'Water on the plots'), ('', ''))
    """
    found = _MAIL_HEAD.match(text)
    return (found["name"], text[found.end() :]) if found else ("", "")


def _is_byline(text: str) -> bool:
    if _DATED.match(text):
        return len(text.split()) < 12
    if not _BY.match(text) or len(text.split()) > 14:
        return False
    # What follows the name's comma may be a role ("energy correspondent"); a sentence would have a stop.
    named = text.rstrip(".") if ends(text) else text.partition(",")[0]
    names = named.replace(",", " ").split()[1:]
    return all(not word[0].islower() or word in _JOINS or word == "by" for word in names)


def ends(text: str) -> bool:
    """Whether a line closes like a sentence, quotes and brackets after the stop allowed.

    >>> ends('He said "no."'), ends("A headline")
    (True, False)
    """
    return text.rstrip(_CLOSERS)[-1:] in _STOPS and bool(text.rstrip(_CLOSERS))
