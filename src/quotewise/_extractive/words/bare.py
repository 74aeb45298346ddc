"""Whether a sentence leaves out what it is about: "A decision is expected", "The lowest was taken".

Nothing in such a sentence points back, and yet it says nothing without what stood before it. Told by short
lists of words that need a complement, and only where no complement, no name and no clause gives one.
"""

from __future__ import annotations

import re

_ABOUT = (
    "agreement|announcement|answer|appeal|ban|bid|cause|ceremony|change|conclusion|consultation|cost|deadline|deal"
    "|debate|decision|decrease|fine|finding|funeral|hearing|increase|inquest|inquiry|investigation|motion|motive"
    "|offer|outcome|petition|proposal|ratio|reason|reply|report|response|result|retrial|reduction|review|rise|ruling"
    "|saving|sentence|settlement|signing|trial|verdict|vote"
)
_DOES = (
    "is|are|was|were|will|would|has|have|had|can|could|may|might|must|should|began|begins|came|comes|continues?"
    "|depends|ended|ends|failed|fell|followed|follows|lasted|opens?|opened|remains?|resumes?|rose|started|starts"
    "|takes?|took"
)
_NOUN = re.compile(
    rf"(?:an?|the|no|any)\s+(?:(?:final|formal|full|new|official|preliminary|public|similar|written)\s+)?"
    rf"(?:{_ABOUT}|date(?=\s+(?:has|was|is)\b))s?,?\s+(?:{_DOES})\b",
    re.IGNORECASE,
)
_LONGEST = 14
_SEASON = r"(?:spring|summer|autumn|fall|winter|weekend|year|month|week|end)\b"
_DAY = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Easter|Christmas)\b"
)
_TIME = rf"(?:\d|now\b|{_DAY}|(?:the |this |next )?{_SEASON})"
_LASTING = r"(?:an?|one|two|three|four|five|six|ten)\b"
_TOLD = re.compile(
    r"\b(?:about|against|because|between|following|how|into|of|that|to [a-z]+ (?:the|an?)|whether|why)\b"
    rf"|\b(?:after|before|from|over)\s+(?!{_TIME})|\b(?:for|on)\s+(?!{_TIME}|{_LASTING})"
    rf"|(?<=\s)(?!{_DAY})[A-Z]|[:\"“]"
)
"""What tells what the noun is of: a preposition that no time follows, a clause, or a name."""
_LONE = re.compile(
    r"(?:the\s+(?:biggest|busiest|cheaper|cheapest|earliest|eldest|fastest|heaviest|higher|highest|larger|largest"
    r"|longest|lower|lowest|nearest|newest|oldest|remaining|second|shortest|slowest|smaller|smallest|strongest"
    r"|tallest|third|wider|widest|youngest|other)|an?\s+(?:second|third|fourth|further))"
    r"(?:,|\s+(?:is|was|has|had|did|does|will|would|came|went|took|may|might|could|should)\b)",
    re.IGNORECASE,
)
"""An adjective and no noun; of "the poorest were" the verb tells that they are people."""
_SIDED = re.compile(
    r"(?:[^\s,;:]+\s+){1,5}?(?:"
    r"(?:was|were|is|are|spoke|voted)\s+(?:[a-z]+ly\s+)?(?:against|in\s+favour|in\s+favor|opposed)"
    r"(?=[.,;!]|\s+(?:as|because|but|and|since)\b)"
    r"|(?:abstained|agreed|concurred|declined|disagreed|dissented|objected|refused)[.]$)"
)
"""For, against or out of something that is not said."""
_SAID_THIS = re.compile(
    r"(?:[^\s,;:]+\s+){1,5}?(?:added|argued|believed|explained|feared|felt|hoped|replied|said|thought|warned)\s+"
    r"(?:that\s+)?(?:this|these|those)\s+(?:are|could|had|has|have|is|may|might|must|should|was|were|will|would)\b"
)
_IF_IT = re.compile(
    r"(?:if|once|unless|until|whether)\s+(?:it|they)\s+(?!(?:will )?(?:rain|snow)s?\b)[a-z]+"
    r"(?![^,]*,\s(?:the\s)?(?-i:[A-Z][a-z]))",
    re.IGNORECASE,
)
"""Not where a name right after the clause may be meant: "If it wins, Labour will"."""
_OUTCOME = re.compile(
    r"(?:the|this|that|both)\s+(?:amendment|application|motion|proposal|resolution|suggestion)s?\s+(?:was|were)\s+"
    r"(?:then\s+)?(?:adopted|agreed|approved|carried|defeated|deferred|lost|passed|refused|rejected|withdrawn)\b",
    re.IGNORECASE,
)
"""That something proposed was carried or lost, and not what."""
_TO_DO_IT = re.compile(
    r"(?:an?|the)\s+(?:bid|call|motion|move|plan|proposal|request|suggestion)\s+to\s+(?!find\b|make\b)[a-z]+\s+"
    r"(?:it|them|him|her)\b",
    re.IGNORECASE,
)


def is_bare(text: str) -> bool:
    """Whether a sentence says nothing without the one that told what it is about.

    >>> [is_bare(text) for text in ("A decision is due in May.", "The decision on the pier is due in May.")]
    [True, False]
    >>> [is_bare(text) for text in ("The lowest, from Bath, was taken.", "The lowest bid was taken.")]
    [True, False]
    >>> [is_bare(text) for text in ("Ann Lee was against, as it leaks.", "Ann Lee was against the pier.")]
    [True, False]
    """
    if any(sort.match(text) for sort in (_LONE, _SIDED, _SAID_THIS, _IF_IT, _OUTCOME, _TO_DO_IT)):
        return True
    noun = _NOUN.match(text)
    return noun is not None and len(text.split()) <= _LONGEST and not _TOLD.search(text, noun.end())
