"""What this library prints around claims: told from them, so that its own output can be verified.

Only the fixed words of `_render` are known here; how a chat model speaks to its reader stands in `split`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .._values import Span

KIND = r"\((?:event|statement|number|plan|background)\)"
_SAYS = (
    r"the article(?:s do| does) not say"
    r"(?:, in the [\d,]+ of (?:its|their) [\d,]+ sentences that were read)?\."
)
_ABOUT = re.compile(
    r"(?:\[\d{1,3}\][ –]?)+ ?word for word (?:in the article|in \S{1,80}|on page \d{1,4})"
    rf"|(?:\[\d{{1,3}}\])*\s*{KIND}"
    r"|read by the built-in extractive engine; no model was called\."
    r"|(?:note: the engine|it) is not sure that this is what was asked for \(score \d\.\d\d\)\."
    r"|(?:note: )?it may well be that this is not said; what is shown comes nearest to it\."
    r"|(?:note: )?nothing was found on it in [^.]{1,200}(?:\.\w{1,4}[^.]{0,200})*\."
    r"|(?:note: )?in \d[\d,]* of the \d[\d,]* articles nothing was found on it\."
    r"|the articles? (?:answers?|may answer) a part of this:|the article contradicts itself on this:"
    r"|the articles disagree on this:|closest passages:"
    r"|(?:summary|facts|answer) by the built-in extractive engine, no model"
    r"|cited cited by the chosen claim not cited"
    r"|/(?:facts|summary)(?: [^\n]{1,200})?"
    r"|not read:|incomplete: \d+ parts? could not be read\.",
    re.IGNORECASE,
)
"""Lines above and below claims, after a fact, and the commands that head the results of a conversation."""
_ABSTAINS = re.compile(
    rf"{_SAYS}|no answer was found in the articles?\.|no claim survived the check against the articles?\."
    r"|the model called it answered and gave no claim\."
    r"|there is no answer in what could be read\.|no claim\.|nothing was found that holds\.",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"^not returned, because the article(?:s do| does) not support it(?: \(\d+\))?:[ \t]*\n"
    r"(?:[ \t]*(?:\n|[-x] [^\n]*(?:\n|\Z)|(?<=[ \t])\S[^\n]*(?:\n|\Z)))*",
    re.IGNORECASE | re.MULTILINE,
)
"""The claims that were not returned, in Markdown and as plain text: marked lines, and indented reasons."""
_NOTE = re.compile(r"\s*\[\^?(?:\d{1,3}-)?\d{1,3}\]:?\s+“")
_CLOSED = re.compile(r"”(?: \([^()]*\))?\Z")


def is_about(words: str) -> bool:
    """Whether words tell of a result and not of the article: where a quote stands, that no model was called.

    >>> is_about("[1]–[3] word for word in\\n    the article"), is_about("Rain fell.")
    (True, False)
    """
    return _ABOUT.fullmatch(" ".join(words.split())) is not None


def is_abstention(words: str) -> bool:
    """Whether words say, as this library does, that there is no answer, and nothing else.

    >>> is_abstention("The article does not say."), is_abstention("The article does not say why.")
    (True, False)
    """
    return _ABSTAINS.fullmatch(" ".join(words.split())) is not None


def returned(text: str) -> str:
    """A text with blanks in place of the claims that it lists as not supported; as long as it was.

    >>> text = "Not returned, because the article does not support it:\\n  x Rain.\\n    why\\n\\nSun."
    >>> returned(text).split()
    ['Sun.']
    """
    return _LEFT_OUT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def notes_whole(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Sentences, those of one footnote's quote together: "[1] “1. Wash it. 2. Dry it.”"."""
    opened: Span | None = None
    for span in found:
        if opened is None and not _is_open(text, span):
            yield span
            continue
        whole = span if opened is None else Span(opened.start, span.end)
        done = _CLOSED.search(text, whole.start, whole.end) or text[span.end : span.end + 1] in {"", "\n"}
        if done:
            yield whole
        opened = None if done else whole
    if opened is not None:
        yield opened


def _is_open(text: str, span: Span) -> bool:
    """Whether a footnote's quote begins here and does not end here."""
    return bool(_NOTE.match(text, span.start, span.end)) and not _CLOSED.search(text, span.start, span.end)
