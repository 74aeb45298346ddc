"""Claims and articles that are not English: what can be told of them without knowing their language.

Is a claim in another language than the article, so that words say nothing about it? Told by how many words
are English; only the figures of such a claim are compared. Between two other languages nothing is told. Where
both are in one other language, words of denial of the larger European languages are compared, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from ..._language.meanings import english_share
from ..._language.wordlists import listed
from ..._values import Issue, Span
from ..align import Alignment
from ..compare import Comparison, issue
from ..evidence import FIGURE, LETTERS, Evidence, digits, english
from .celled import is_told_in_a_cell

_ENGLISH, _NOT_ENGLISH = 0.75, 0.65
"""The share of words known to the lexicon from which a text is English, and up to which it is not."""
_FEWEST = 4
"""Words that a claim must have for a guess."""
_KNOWN = 0.25
"""The share of its words in the article from which a claim is in the article's language."""

_LEFT_OUT = 0.25
"""Words that a claim may leave out of a sentence, as a share of its own, and still be word for word."""
_DENIALS = listed("""
nicht kein keine keinen keinem keiner keines nie niemals niemand nichts jamais aucun aucune rien non nunca
jamás ningún ninguna ninguno nadie não nenhum nenhuma ninguém nessun nessuno nessuna niet geen nooit
inte aldrig ingen inget inga ikke aldri не нет никогда
""")
_DENIALS_OF = {"no": "y", "ne": "les", "pas": "les"}
"""Words that deny in one language and do not in others, each with a common word of that language."""
_ONLY = listed(
    "nur bloß seulement sólo solo solamente só somente apenas soltanto alleen bara endast kun bare"
)
_CLAUSE = re.compile(r"[,;:()—–.]")
_SHORT = 3
"""Letters of an article or a preposition, which stands in every clause; nothing here knows them."""
_RESTATES = 0.6
"""The share of a claim's words that a sentence must hold in order before their denials are compared."""


def is_foreign(seen: Comparison) -> bool:
    """Whether the claim is in another language than the article; False where it is too short to say.

    >>> from quotewise._text.article import Article
    >>> from quotewise._grounding.compare import compare
    >>> from quotewise._grounding.evidence import Evidence
    >>> about = Evidence(Article("The council will close the bridge for 12 weeks, and the road in May."))
    >>> [is_foreign(compare(claim, [0], about)) for claim in ("Die Brücke wird gesperrt.", "Rain fell.")]
    [True, False]
    """
    if seen.evidence.leaves:
        return False
    said = [word.casefold() for word in LETTERS.findall(seen.claim.text)]
    if not said:
        return False
    known = sum(word in seen.evidence.vocabulary for word in said) / len(said)
    if known >= _KNOWN:
        return False
    if not any("a" <= letter <= "z" for letter in "".join(said)):
        return known == 0
    if len(said) < _FEWEST:
        return False
    ours, theirs = english_share(said), seen.evidence.english
    return (ours <= _NOT_ENGLISH and theirs >= _ENGLISH) or (ours >= _ENGLISH and theirs <= _NOT_ENGLISH)


def is_guess(seen: Comparison) -> bool:
    """Whether nothing here can tell that a claim is true: the article is not English, and no sentence of it
    has the claim's words one after the other, but for a few that the claim leaves out.

    >>> from quotewise._text.article import Article
    >>> from quotewise._grounding.compare import compare
    >>> from quotewise._grounding.evidence import Evidence
    >>> about = Evidence(Article("Das alte Bad wurde 1972 gebaut und ist seit dem Mai geschlossen."))
    >>> claims = ("Das Bad wurde 1972 gebaut.", "Das alte Bad wurde 1972 geschlossen.")
    >>> [is_guess(compare(claim, [0], about)) for claim in claims]
    [False, True]
    """
    if is_english(seen.evidence):
        return False
    claim = [word.text.casefold() for word in seen.claim.words]
    sentences = ([word.text.casefold() for word in passage.words] for passage in seen.said)
    return not any(_runs_through(claim, said) for said in sentences)


def _runs_through(claim: Sequence[str], said: Sequence[str]) -> bool:
    """Whether a sentence has a claim's words in order, and few others between them."""
    most = _LEFT_OUT * len(claim)
    starts = (at for at, word in enumerate(said) if word == claim[0]) if claim else iter(())
    return any(_left_out(claim, said, at) <= most for at in starts)


def _left_out(claim: Sequence[str], said: Sequence[str], start: int) -> float:
    """How many words of a sentence a claim leaves out from a place on; more than any where it has others."""
    at = start
    for word in claim:
        while at < len(said) and said[at] != word:
            at += 1
        if at == len(said):
            return float("inf")
        at += 1
    return at - start - len(claim)


def check_foreign(seen: Comparison) -> Iterator[Issue]:
    """An issue for the claim as a whole, and one for each figure that the article does not write."""
    claim = seen.claim.text
    why = "this is in another language than the article, so only its figures can be checked"
    yield issue(seen, "unsupported", Span(0, len(claim)), why)
    for figure in FIGURE.finditer(claim):
        if digits(figure[0]) not in seen.evidence.figures:
            yield issue(seen, "number", Span(*figure.span()), "the article does not give this number")


def is_english(evidence: Evidence) -> bool:
    """Whether the article is in English, or too short or mixed to say that it is not."""
    return evidence.english > _NOT_ENGLISH


def reads_as_english(text: str) -> bool:
    """The same of a text that no claim is checked against."""
    return english(text) > _NOT_ENGLISH


def check_denials(seen: Comparison) -> Iterator[Issue]:
    """A denial where the article has none among the same words, or none where it has one.

    >>> from quotewise._text.article import Article
    >>> from quotewise._grounding.compare import compare
    >>> about = Article("La ville ne pouvait pas payer les travaux, mais elle garde le pont.")
    >>> from quotewise._grounding.evidence import Evidence
    >>> claims = ("La ville pouvait payer.", "La ville ne pouvait pas payer.", "Elle garde le pont.")
    >>> [len(list(check_denials(compare(claim, [0], Evidence(about))))) for claim in claims]
    [1, 0, 0]
    """
    if is_english(seen.evidence) or is_told_in_a_cell(seen):
        return
    found = max(seen.alignments, key=lambda one: one.closeness, default=None)
    if found is None or found.closeness < _RESTATES:
        return
    known = seen.evidence.vocabulary
    denials = _DENIALS | {word for word, beside in _DENIALS_OF.items() if beside in known}
    here, there = _denied(seen.claim.text, denials), _denied(_restated(found, denials), denials)
    if here and not there:
        yield issue(seen, "polarity", Span(*here.span()), "the article does not deny this")
    elif there and not here:
        why = f'the article denies this: "{there[0]}"'
        yield issue(seen, "polarity", Span(0, len(seen.claim.text)), why)


def _restated(found: Alignment, denials: Collection[str]) -> str:
    """The clauses of a sentence that hold the claim's words, from just before the first to just after the
    last."""
    text, items = found.said.text, found.said.items
    same = (there for at, there in enumerate(found.pair) if there is not None and found.same(at))
    longer = (there for there in same if items[there].end - items[there].start > _SHORT)
    held = [there for there in longer if items[there].low not in denials]
    if not held:
        return ""
    start, end = items[max(0, min(held) - 1)].start, items[min(len(items) - 1, max(held) + 1)].end
    edges = [start, *(m.end() for m in _CLAUSE.finditer(text, start, end)), end]
    clauses = ((a, b) for a, b in pairwise(edges) if any(a <= items[there].start < b for there in held))
    return " ".join(text[a:b] for a, b in clauses)


def _denied(text: str, denials: Collection[str]) -> re.Match[str] | None:
    """The first word that denies, but for "not only"."""
    words = list(LETTERS.finditer(text))
    low = [word[0].casefold() for word in words]
    return next(
        (
            word
            for at, word in enumerate(words)
            if low[at] in denials and _ONLY.isdisjoint(low[at + 1 : at + 2])
        ),
        None,
    )
