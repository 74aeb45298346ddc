"""Whether a sentence can stand without the one before it: what its words point back to.

Judged by its opening, its end, and the quotations it stands in. A sentence called whole here may still lean
on its context; one called dangling nearly always does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ..._text.words import terms
from .bare import is_bare

_OPENING = re.compile(
    r"[\s\"'“‘(\[*_`-]*(?:(?:and|but|so|then|or|yet|still|also|instead)\b,?\s+)?", re.IGNORECASE
)
_POINTER = re.compile(
    r"(?:he|she|they|him|her|his|hers|their|theirs|its|these|those|such|neither|the (?:latter|former))\b"
    r"|it\b(?!\s+(?:is|was|has been|would be|will be|may be|might be|could be)\b"
    r"(?:[^.]{0,60}?\bthat|(?:\s+[\w'’-]+){1,2}\s+to|\s+(?:not\s+)?(?:yet\s+)?(?:known|clear|unclear))\b)"
    r"|(?:this|that)\b(?!\s+(?:year|month|week|morning|evening|summer|winter|spring|autumn)\b)"
    r"|each\s+\w+ed\s+(?:for|to|in|on|at|by|with|the|an?|from)\b"
    r"|among\s+(?:them|these|those)\b|as a result\b(?!\s+of\b)"
    r"|(?:if|whether)\s+(?:this|that|so|not|none|there (?:is|are) none|it (?:is|does|has) not)\b"
    r"|(?:in|at|for|by|after|before|because of|despite|during|since|as a result of|to do)\s+"
    r"(?:this|that|it|so|which)\b"
    r"|(?:each|both|either|none|some|others?|another|most|many|few|several|all|one|more|half|two|three)\s+"
    r"(?:of\s+(?:them|these|those|which|whom)|is|are|was|were|has|have|had|will|would|did|does|do|said|say)\b"
    r"|(?:an?|the|some|most|half|part|one)\s+(?:\w+\s+)?(?:by|of|from|in|to|for|with|against)\s+"
    r"(?:their|his|her|its|this|that|these|those|them|him)\b(?!\s+(?:year|month|week)\b)"
    r"|the\s+(?:same|others?|rest|figures?|pair|duo|trio|(?:first|second|third|last)\s+(?:is|was|has|had))\b"
    r"(?!\s+(?:of|for|that|in)\b)",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"(?:In|On|At|By|After|Before|Since|During|For|From|Until|Over|Under|With|Last|Next|When|As|While|Although)"
    r"\s+(?:(?:[a-z0-9][\w'’-]*+|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday),?\s+){1,4}?"
    r"(?:he|she|they|the (?:figures?|latter|former|pair|duo)|it(?!\s+(?:is|was|has been|emerged)\b))\b"
)
"""A short opening in which nobody is named, and then a pronoun: "In 2014 he moved"."""
_TOLD = re.compile(r"[\"“'‘][^\"”]{0,600}[,.?!][\"”'’]\s(?:he|she|they|it) [a-z]+")
_BARE = re.compile(r"[\"“][^\"“”]*[\"”]?|[^\"“”]*[\"”]")
"""Nothing but a quotation, or the end of one: nobody is named who said it."""
_CONCRETE = re.compile(r"\d|(?<=\s)[\"“‘(]?[A-Z]")
_THIN = 7
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
"""Scripts without capitals or spaces say nothing here of what a sentence names."""
_LABEL = re.compile(r"[A-Z][^:.?!]{0,80}: ")
_CONNECTIVE = re.compile(
    r"\s*(?:but|and|so|or|yet|however|nonetheless|nevertheless|meanwhile|moreover|furthermore|instead|therefore"
    r"|thus|hence|also|additionally|similarly|likewise|consequently|besides|otherwise|then|still)\b",
    re.IGNORECASE,
)


_SAYS = "said|says|added|adds|told|explained|warned|insisted|wrote|noted|argued|claimed"
_MORE = re.compile(
    r"(?:another|others?|an? (?:further|different|similar)|further|more)\s+(?!than\b|of\b|and\b|or\b)[a-z0-9]"
    r"|it\s+(?:is|was|has been)\s+(?:not\s+|now\s+|still\s+|also\s+|currently\s+)?"
    r"(?:[a-z]+ed|thought|known|said|set|due|likely|unlikely|able)\s+to\b"
    r"|(?!during|following|regarding)(?:[a-z]+(?:ed|ing)|born|known|built|made|told|led|like|unlike)\b[^,.;:]{0,80}"
    r",\s(?:he|she|it|they)\b"
    r"|there(?:,|\s(?:he|she|they|it)\b)"
    r"|from there\b",
    re.IGNORECASE,
)
"""One more of something, "it is expected to", or a participle whose subject is only a pronoun."""
_SHE_SAID = re.compile(
    rf"(?:,|[\"”’'])\s(?:(?:he|she|it|they)\s(?:{_SAYS})|(?:said|says|added)\s(?:he|she|they))\b"
)
_NAMED = re.compile(r"(?<=\s)[A-Z][a-z]")
_THEM = re.compile(r"(?:\S+\s+){1,5}?(?=them\b)")
_PLURAL = re.compile(r"\b(?:\w+s|people|police|men|women|children|and|both|staff)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:(?:Since|By|Until) then|(?:At|By) (?:that|the) time)\b(?! of)"
    r"|(?:\S+\s+){1,6}?(?:(?<!who\s)(?<!which\s)(?<!that\s)also\b|(?:likewise|therefore|nevertheless|nonetheless)\b)"
    r"|[^,]{1,60},\s(?:too|however|though|meanwhile|therefore|by contrast|in contrast|in turn|for example"
    r"|for instance),"
    r"|.*\b(?:too|as well)[.!]?[\"'”’]*$|(?!.*\s[A-Z]).*\bthere[.!]?[\"'”’]*$",
    re.DOTALL,
)
"""Near its opening or at its end, a word for something said before: "also", "however", "too"."""
_DOES_THAT = re.compile(r"(?:[^\s,;:]+\s+){1,5}(?:this|that|it)[.!]?[\"'”’]*$")
"""So short a sentence with only a pronoun for what is done: "Mr Roe rejected that"."""
_HALF_QUOTED = re.compile(
    r"['‘](?=\w)(?!.*['’](?:[\s.,;:]|$))|(?!.*(?<!\w)['‘](?=\w)).*[.?!]['’]$", re.DOTALL
)
"""A quotation in single marks of which one end is missing, and with it who said it."""
_QUOTE_MARK = re.compile(r"[\"“”]")
_CLOSES = {'"': '"', "“": "”"}
_NOT_ONLY = re.compile(r"\bnot (?:only|just)\b", re.IGNORECASE)


_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_STAMP = rf"\u200e?(?:\[(?:[\d./-]{{6,10}},? )?{_CLOCK}\]|[\d./-]{{6,10}},? {_CLOCK} -) "
_SENT = re.compile(rf"{_STAMP}(?=[^\W\d_][\w .'’@-]{{0,40}}: )")
"""When a message was sent, as chats are exported: "[09:12] ann: Yes", "12/04/2025, 18:31 - Ann: Yes"."""
_UNSENT = re.compile(_STAMP)
_OMITTED = re.compile(r"\u200e?(?:<[^<>]{3,40}>|[\w ]{3,20} omitted)", re.IGNORECASE)
"""What stands for a picture that is not in the export."""
_SENDER = re.compile(r"([^\W\d_][\w .'’@-]{0,40}?): ")
_SPEAKER = re.compile(r"(?:[\[(][\d:.,]{4,12}[\])]\s+)?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}) ?: ")
_MARK = re.compile(r"\{\w+\}|\[[^\[\]]{0,40}\]")
"""What a transcript notes beside the words: "{vocalsound}", "[Laughter]"."""
_BROKEN_OFF = re.compile(r"(?:\{\w+\}|[-–—])[\s\"'”’.]*$")
_TELLING = 4
_COURTEOUS = re.compile(
    r"(?:[^,.]{1,40},\s)?(?:(?:thank you|thanks|many thanks)(?: (?:very|so) much)?(?: indeed)?"
    r"(?:, [^,.]{1,30})?"
    r"|(?:good (?:morning|afternoon|evening)|hello|welcome)(?:\b[^,.]{0,40})?|my pleasure)[.!]?",
    re.IGNORECASE,
)
"""What speakers say to each other at the beginning and the end."""


def dangles(text: str) -> bool:
    """Whether the sentence opens with a word for something named before it ("He", "This", "Their").

    So does one whose speaker or subject is only a pronoun: `"We will go," he said`, "In 2014 she moved";
    and a quotation without its speaker.

    >>> [dangles(t) for t in ("He said this.", "But it fell.", "This year, rain fell.", "It is vital to go.")]
    [True, True, False, False]
    >>> [dangles(t) for t in ("Each has its price.", "Each town has one.", '"We will go," he said.')]
    [True, False, True]
    >>> [dangles(t) for t in ("As a result we left.", "If this is late, call.", "As a result of rain, go.")]
    [True, True, False]
    """
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    if _BARE.fullmatch(text.strip()):
        return True
    return any(found.match(text, at) for found, at in ((_POINTER, start), (_LATE, start), (_TOLD, 0)))


def points_back(text: str) -> bool:
    """Whether the sentence dangles, or else means somebody or something that it does not name.

    >>> [points_back(t) for t in ("It is expected to fall.", "Others left.", "Born there, he left.")]
    [True, True, True]
    >>> [points_back(t) for t in ("Mr Roe rejected that.", "The board sold the hall and bought it.")]
    [True, False]
    >>> [points_back(t) for t in ("Ann wants them to go.", "Rain fell, she said.", "Ann Day left, she said.")]
    [True, True, False]
    """
    opening = _OPENING.match(text)
    more = _MORE.match(text, opening.end() if opening else 0)
    half = _HALF_QUOTED.match(text) or _DOES_THAT.match(text)
    return bool(half or more) or dangles(text) or _says_a_pronoun(text) or _means_them(text)


def _says_a_pronoun(text: str) -> bool:
    """Whether "she said" follows where nobody was named: "Rain may fall, she said"."""
    said = _SHE_SAID.search(text)
    return said is not None and not _NAMED.search(text, 0, said.start())


def _means_them(text: str) -> bool:
    """Whether "them" stands near the opening with no plural before it; the word right before is its verb."""
    found = _THEM.match(text)
    return found is not None and not _PLURAL.search(" ".join(found[0].split()[:-1]))


def hangs(text: str) -> bool:
    """Whether the sentence points back, says with "also" or "but" that something came before, or is bare.

    >>> [hangs(t) for t in ("Rain also fell in Bath.", "Not only rain but also snow fell.", "But rain fell.")]
    [True, False, True]
    """
    beside = _BESIDE.match(text) is not None and not _NOT_ONLY.search(text)
    return beside or leans(text) or points_back(text) or is_bare(text)


def inside_quotations(texts: Iterable[str], paragraphs: Iterable[int]) -> frozenset[int]:
    """The places of sentences without a quotation mark in a quotation begun before them in their paragraph.

    >>> sorted(inside_quotations(['"It rains.', "I am wet.", 'We go," said Ann.', "I left."], [0, 0, 0, 0]))
    [1]
    """
    found: set[int] = set()
    opened, last = "", None
    for at, (text, paragraph) in enumerate(zip(texts, paragraphs, strict=True)):
        opened = opened if paragraph == last else ""
        last = paragraph
        if opened and opened not in text:
            found.add(at)
        for mark in _QUOTE_MARK.findall(text):
            opened = _CLOSES.get(mark, "") if not opened else "" if mark == opened else opened
    return frozenset(found)


def is_thin(text: str) -> bool:
    """Whether a sentence has seven words at most, no name after its first word and no number.

    >>> [is_thin(t) for t in ("Not everyone was pleased.", "Rain fell in Bath.", "Interests: None declared.")]
    [True, False, True]
    """
    said = _LABEL.sub("", text.lstrip('"“‘('), count=1)
    return said[:1] in _LATIN and len(said.split()) <= _THIN and not _CONCRETE.search(said)


def asks(text: str) -> bool:
    """Whether a sentence is a question.

    >>> asks("What is left, Ann?"), asks("'Why?' he asked.")
    (True, False)
    """
    return text.rstrip("\"'”’»)]*_ ")[-1:] == "?"


def sender(text: str) -> str:
    """Who sent a message of a chat, where its line begins with the time and a name, or an empty string.

    >>> sender("[09:12] ann: It rains."), sender("12/04/2025, 18:31 - Ann Lee: Yes."), sender("Ann: Yes.")
    ('ann', 'Ann Lee', '')
    """
    found = _sent(text)
    return found[1] if found else ""


def _sent(text: str) -> re.Match[str] | None:
    at = _SENT.match(text)
    return _SENDER.match(text, at.end()) if at else None


def is_no_message(text: str) -> bool:
    """Whether a line of a chat is a notice of nobody, or stands for a picture.

    >>> [is_no_message(f"[09:12] {said}") for said in ("Ann left", "Ann: <Media omitted>", "Ann: Yes")]
    [True, True, False]
    """
    if found := _sent(text):
        return _OMITTED.fullmatch(text, found.end()) is not None
    return _UNSENT.match(text) is not None


def without_time(text: str) -> str:
    """The words of a line without the time a chat notes before them.

    >>> without_time("[12.04.25, 18:31:07] Ann: It rains.")
    'Ann: It rains.'
    """
    return _SENT.sub("", text, count=1)


def speaks(text: str) -> bool:
    """Whether a line opens with who is speaking, as transcripts and chats write it.

    >>> speaks("Project Manager: Okay."), speaks("[09:12] ann: Yes."), speaks("He left: nobody knew.")
    (True, True, False)
    """
    return bool(speaker(text))


def speaker(text: str) -> str:
    """Who is speaking in a line, as transcripts write it, or an empty string.

    >>> speaker("Project Manager: Okay."), speaker("[01:20] Ann: Okay."), speaker("He left: nobody knew.")
    ('Project Manager', 'Ann', '')
    """
    found = _sent(text) or _SPEAKER.match(text)
    return found[1] if found else ""


def talkers(opening: Iterable[str]) -> Counter[str]:
    """Who opens more than one of some paragraphs, with how many; who does once is only a label.

    >>> dict(talkers(["Ann: It rains.", "Bob: Again?", "Ann: Again.", "Aims: none."]))
    {'Ann': 2}
    """
    turns = Counter(name for text in opening if (name := speaker(text)))
    return Counter({name: count for name, count in turns.items() if count > 1})


def without_speaker(text: str) -> str:
    """The words of a line without who says them.

    >>> without_speaker("Project Manager: Okay.")
    'Okay.'
    """
    found = _sent(text) or _SPEAKER.match(text)
    return text[found.end() :] if found else text


def is_courteous(text: str) -> bool:
    """Whether a line only greets or thanks.

    >>> is_courteous("Host: Dr Voss, thank you very much."), is_courteous("Thanks to rain the lake is full.")
    (True, False)
    """
    return _COURTEOUS.fullmatch(without_speaker(text)) is not None


def is_scrap(text: str) -> bool:
    """Whether a line says too little: broken off, a table's row, or fewer than four content words in it.

    >>> [is_scrap(t) for t in ("Ann: Yeah.", "Ann: The new harbour cost a million.", "We {um}")]
    [True, False, True]
    """
    said = _MARK.sub(" ", without_speaker(text))
    return (
        _BROKEN_OFF.search(text) is not None
        or text.lstrip()[:1] == "|"
        or len(set(terms(said))) < _TELLING
        or is_courteous(text)
    )


def leans(text: str) -> bool:
    """Whether the sentence opens with a connective ("However,"): whole, yet better with its neighbour.

    >>> leans("However, rain fell."), leans("Rain fell, however.")
    (True, False)
    """
    return _CONNECTIVE.match(text) is not None


def is_fragment(text: str) -> bool:
    """Whether a quotation is opened and never closed or the other way round: half of what was said.

    >>> is_fragment('"We will go.'), is_fragment('He said "no".')
    (True, False)
    """
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")
