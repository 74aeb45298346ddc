"""Which lines of a page are its prose, and which its headline, headings, code, tables or a letter's head.

Lines are told apart by where they stand and by what stood before; each by itself is judged in `furniture`.
Nothing is removed from a text: callers leave the other lines out of what they pick.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..words.speakers import is_no_message, speaker, talkers
from .furniture import LONGEST, ends, is_furniture, mail_head
from .marks import HASHES, mark, unmarked

if TYPE_CHECKING:
    from ..._plans.numbered import Line

_TOP = 8
"""Among how many lines at the top a headline is looked for."""
_HEADLINE = range(3, 25)
_LONG_HEADING, _LONG_TITLE = 15, 25
_SIGNATURE = 12
"""Among how many lines at the end the two dashes of a signature are looked for."""
_QUOTES_FIRST = re.compile(r"[\"“'‘][^\"“”]{8,}[\"”'’][^\"“”]{4,}\Z")
"""A headline may open with what somebody says, and go on: "'I was glad': a life at sea"."""
_NAMED = re.compile(
    r"\A(?:[A-Z][\w&.'’-]*\s+){1,4}(?:plc|PLC|Inc\.?|Ltd\.?|LLC|AG|SE|SA|NV|ASA|AB|Corp\.?|Corporation|Company|Group"
    r"|Holdings|Council|Commission|Authority|Ministry|Department|University|Trust|Society|Foundation)\Z"
)
"""Only who publishes: the line below is the headline."""
_TITLE = re.compile(r"\A(?:Title|Headline):\s+(?=\S)")
_BYLINE = re.compile(r"(?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w.'’-]+\Z")
_ABOUT = 3
"""Among how many lines at the end it is told who wrote."""
_FENCES = ("```", "~~~")
_FENCE = re.compile(r"```|~~~")
_RULE = re.compile(r"\|?[ :|-]*-{3}[ :|-]*")
_LINK = re.compile(r"[^\w\[]*\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)\W*")


class Layout(NamedTuple):
    """The headline's place among the lines (None where there is none) and the places of the prose."""

    headline: int | None
    prose: tuple[int, ...]


def layout(lines: Sequence[Line]) -> Layout:
    """Tell the headline and the prose of an article from the rest, by place in `lines`.

    A blurb that stands above the headline is left out as long as prose stands below it. Where nothing is
    left, every line counts as prose: a text of headings only is still a text.

    >>> from quotewise._plans.numbered import Line
    >>> page = ["Rain stops play at Lord's", "By Jo Root", "Rain fell on Monday.", "Read more: the cup"]
    >>> layout([Line(n, text, n) for n, text in enumerate(page, 1)])
    Layout(headline=0, prose=(2,))
    """
    mail = _mail(lines)
    titled = _titled(lines)
    headline = _subject(lines) if mail else 0 if titled else _headline(lines)
    other = markup(lines) | mail | titled | _signed(lines) | _about_the_writer(lines)
    talk = is_talk(lines)
    seen: set[str] = set()
    prose: list[int] = []
    for at, line in enumerate(lines):
        words = folded(line.text)
        if words not in seen and at not in other and _is_prose(lines, at, talk, not prose):
            prose.append(at)
        seen.add(words)
    below = [at for at in prose if headline is not None and at > headline]
    return Layout(headline, tuple(below or prose or range(len(lines))))


def title(text: str) -> str:
    """A headline's own words: without Markdown's number signs or a label, and of a letter its subject.

    >>> title("# Title: Rain in Bath"), title("Subject: Rain in Bath")
    ('Rain in Bath', 'Rain in Bath')
    """
    return _TITLE.sub("", mail_head(text)[1] or unmarked(text))


def _is_prose(lines: Sequence[Line], at: int, talk: bool, top: bool) -> bool:
    """Whether a line says something of its own; at the `top`, before all prose, a title may be longer."""
    line = lines[at]
    text = unmarked(line.text) if line.lead else line.text
    if is_furniture(text) or is_row(line.text) or _hangs(lines, at) or (talk and is_no_message(line.text)):
        return False
    return bool(line.lead) or not is_heading(lines, at, talk=talk, top=top)


def _hangs(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is nothing without what it leads: one of few words, or one that a list follows."""
    text, after = lines[at].text, lines[at + 1 : at + 2]
    listed = any(mark(line.text) or is_row(line.text) or line.lead == lines[at].number for line in after)
    return is_lead(text) and (listed or len(text.split()) < _LONG_HEADING)


def is_lead(text: str) -> bool:
    """Whether a line only opens what follows it: "The following was agreed:".

    >>> is_lead("The following was agreed:"), is_lead("It was agreed.")
    (True, False)
    """
    return text.rstrip("*_ ").endswith(":")


def is_row(text: str) -> bool:
    """Whether a line is a row of a table: between bars, or with tabs between its cells.

    >>> is_row("| Team | $49 |"), is_row("Team\\t$49"), is_row("Team | 49")
    (True, True, False)
    """
    text = text.strip()
    return "\t" in text or (len(text) > 2 and text[0] == text[-1] == "|")


def is_talk(lines: Sequence[Line]) -> bool:
    """Whether somebody opens two paragraphs: then a name and a colon begin a turn, else they are a label."""
    return bool(_talkers(lines))


def _talkers(lines: Sequence[Line]) -> frozenset[str]:
    opening = {line.paragraph: line.text for line in reversed(lines)}
    return frozenset(talkers(opening.values()))


def markup(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines that are Markdown and no sentence: code, a table's head and rule, a mere link.

    The rows of a table are not among them: they may answer a question. A fence that is never closed takes
    only its own line.

    >>> from quotewise._plans.numbered import Line
    >>> texts = ["| Plan | Price |", "|---|---|", "| Team | $49 |", "[More](http://x.org)", "See [it](http://x)."]
    >>> sorted(markup([Line(n, text) for n, text in enumerate(texts, 1)]))
    [0, 1, 3]
    """
    found = set(_code(lines))
    for at, line in enumerate(lines):
        text = line.text.strip()
        if len(text) <= LONGEST and _LINK.fullmatch(text):
            found.add(at)
        if len(text) <= LONGEST and "|" in text and _RULE.fullmatch(text):
            found |= {at, at - 1} if at and "|" in lines[at - 1].text else {at}
    return frozenset(found)


def _code(lines: Sequence[Line]) -> Iterator[int]:
    fences = [len(_FENCE.findall(line.text)) if line.text.lstrip()[:3] in _FENCES else 0 for line in lines]
    closed = sum(fences) % 2 == 0
    inside = False
    for at, count in enumerate(fences):
        if count or (inside and closed):
            yield at
        inside ^= count % 2 == 1


def _mail(lines: Sequence[Line]) -> frozenset[int]:
    """The places of a letter's head: at the top at least two lines such as "From:" and "Subject:"."""
    size = next((at for at, line in enumerate(lines) if not mail_head(line.text)[0]), len(lines))
    return frozenset(range(size)) if size > 1 else frozenset()


def _titled(lines: Sequence[Line]) -> frozenset[int]:
    """The places of a first paragraph of several lines that is a title: "Who pays? A study in 24 schools"."""
    size = next((at for at, line in enumerate(lines) if line.paragraph != lines[0].paragraph), 0)
    text = " ".join(line.text for line in lines[:size])
    return frozenset(range(size if size > 1 and not ends(text) and len(text.split()) < _LONG_TITLE else 0))


def _about_the_writer(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines at the end that tell of a name which stands alone at the top: who wrote it."""
    names = [
        line.text for at, line in enumerate(lines[:_TOP]) if _BYLINE.match(line.text) and _is_alone(lines, at)
    ]
    last = range(max(0, len(lines) - _ABOUT), len(lines))
    named = [at for at in last if any(lines[at].text.startswith(f"{name} is ") for name in names)]
    return frozenset(range(named[0], len(lines))) if named and len(lines) > _TOP else frozenset()


def _subject(lines: Sequence[Line]) -> int | None:
    return next((at for at in sorted(_mail(lines)) if mail_head(lines[at].text)[0] == "Subject"), None)


def _signed(lines: Sequence[Line]) -> frozenset[int]:
    """The places of a signature: what stands below the two dashes near a letter's end."""
    last = range(max(0, len(lines) - _SIGNATURE), len(lines))
    start = next((at for at in last if lines[at].text.strip() == "--"), len(lines))
    return frozenset(range(start, len(lines)))


def _headline(lines: Sequence[Line]) -> int | None:
    first = next((at for at, line in enumerate(lines[:_TOP]) if line.text.startswith("# ")), None)
    if first is not None and _is_title(lines, first):
        return first
    talkers = _talkers(lines)
    top = [at for at in range(min(_TOP, len(lines))) if _may_be_headline(lines, at, talkers)]
    texts = [folded(lines[at].text) for at in top]
    twice = [at for at, text in zip(top, texts, strict=True) if texts.count(text) > 1]
    if twice:
        return max(at for at in twice if folded(lines[at].text) == folded(lines[twice[0]].text))
    if len(top) > 1 and _NAMED.search(unmarked(lines[top[0]].text)) and top[1] == top[0] + 1:
        return top[1]
    return top[0] if top and (top[0] < 3 or len(lines) > _TOP) else None


def _is_title(lines: Sequence[Line], at: int) -> bool:
    """Whether Markdown's first heading stands above all prose; "# rain. #" inside it is none."""
    text = lines[at].text.rstrip()
    return len(text) <= LONGEST and text[-1:] != "." and not any(ends(line.text) for line in lines[:at])


def _may_be_headline(lines: Sequence[Line], at: int, talkers: Container[str]) -> bool:
    text = unmarked(lines[at].text.strip())
    return (
        (len(text.split()) in _HEADLINE or (at == 0 and (text.isupper() or _is_subject(lines, text))))
        and (not ends(text) or (text.isupper() and not text.endswith(".")))
        and text[-1:] not in ":,;-"
        and (text[:1] not in "\"'“‘" or _QUOTES_FIRST.match(text) is not None)
        and at + 1 < len(lines)
        and _is_alone(lines, at)
        and not is_furniture(text)
        and speaker(text) not in talkers
        and not lines[at].lead
        and (text[:1].isupper() or text[:1] in "\"'“‘")
    )


def _is_subject(lines: Sequence[Line], text: str) -> bool:
    """Whether the first sentence opens with the words of a line: "Ada Bern" above "Ada Bern was born"."""
    first = next((line.text for line in lines if ends(line.text)), "")
    return first.removeprefix("The ").startswith(text)


def _is_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a paragraph of its own."""
    here = lines[at].paragraph
    before = at > 0 and lines[at - 1].paragraph == here
    after = at + 1 < len(lines) and lines[at + 1].paragraph == here
    return not before and not after


def is_heading(lines: Sequence[Line], at: int, *, talk: bool = True, top: bool = False) -> bool:
    """A short line without a stop that stands alone; of a transcript's turns (`talk`) none is."""
    text = lines[at].text
    if HASHES.match(text):
        return len(text) <= LONGEST
    short = len(text.split()) < (_LONG_TITLE if top else _LONG_HEADING)
    return not ends(text) and short and _is_alone(lines, at) and not (talk and speaker(text))


def folded(text: str) -> str:
    """What two lines with the same words share, however they are spaced and written large.

    >>> folded("RAIN  in Bath")
    'rain in bath'
    """
    return " ".join(text.casefold().split())
