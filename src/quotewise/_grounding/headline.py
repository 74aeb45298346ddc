"""Does a headline say what the claims below it and their quotes say?

A headline leaves out small words, tenses and who said it, so that the trained score tells little of it. What
is left are words of meaning, and each must be accounted for: one verb of its own ("sinks") makes it false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from .._language.lexicon import degree, is_held
from .._language.passage import Item, Passage
from .._language.wordlists import classes, listed_terms
from .._text.words import term
from .._values import Issue
from .check import check
from .checks.denials import DENIED, denied
from .checks.foreign import is_english
from .citation import HARD
from .compare import Comparison, compare, instead, issue
from .evidence import Evidence
from .overlap import rarity

_LIGHT = listed_terms("""
    say says announce face hit see set make take get keep stay remain prompt seek push urge time day people
    case pre
    """)
"""Words that a headline may add: they lean on what stands beside them."""
_SHORT_FOR = {
    term(word): frozenset(map(term, plain.split()))
    for word, plain in classes("""
    cancel scrap close cut end: axe axed axes
    support: back backs backing
    try attempt offer hope: bid bids
    explosion explode: blast blasts
    fire burn: blaze
    chief head director executive: boss
    agreement agree contract: deal deals
    protest oppose object: fight fights fury anger angers
    aground: grounded grounding stuck
    praise welcome: hail hails
    arrest detain leave meet discuss: hold held holds
    find found: discover discovers discovered
    search seek large look: hunt hunts
    prison sentence: jail jailed jails
    win record: break breaks broke
    investigate investigation inquiry inquire: probe probes
    resign leave: quit quits
    rob: robbery raid heist
    dispute disagree argue argument: row
    criticise condemn: slam slams
    close: shut shuts
    discuss discussion meet meeting negotiation: talks
    die death kill: toll
    shop: trader traders shopkeeper shopkeepers
    leave same: unchanged
    promise: vow vows
    ban forbid: bar bars barred
    clear: acquit acquitted
    destroy: gut guts gutted
    """).items()
}
"""The short words of headlines, each with what it is short for."""
_MOST_LOST = 0.4
"""The share of a headline that nothing may hold where the article is in another language, whose words are
known by their letters only."""
_CAPITAL = re.compile(r"(?<![\w'’-])[A-Z][a-z'’]+(?![\w-])")
_LETTERS = re.compile(r"[A-Z]{2,5}")
_NOT_SAID = "neither the claims nor their quotes say this"


def check_headline(
    words: str, claims: Sequence[str], cited: Sequence[int], evidence: Evidence
) -> tuple[Issue, ...]:
    """What in a headline neither some claims nor the sentences they cite say; empty where all of it is held.

    `cited` holds indexes into `evidence.article.sentences`. Every word of meaning must stand there, or a form
    or a synonym of it, or be one of a headline's own short or light words. No number, date, unit or name
    may be another, and nothing denied that is told, or told that is denied.

    >>> from quotewise._text.article import Article
    >>> evidence = Evidence(Article("A passenger ferry ran aground on a sandbank off Kelsby harbour."))
    >>> check_headline("Kelsby ferry runs aground", [], [0], evidence)
    ()
    >>> [(each.text, each.why) for each in check_headline("Ferry sinks off Kelsby", [], [0], evidence)]
    [('sinks', 'neither the claims nor their quotes say this')]
    """
    seen = compare(_as_in_a_sentence(words, evidence), cited, evidence)
    said = (*evidence.cited(seen.cited), *map(evidence.claim, claims), evidence.title)
    hard = (each for each in check(seen.claim.text, seen.cited, evidence) if each.kind in HARD)
    return tuple(chain(hard, _denied(seen, said), _unsaid(seen, said)))


def _as_in_a_sentence(words: str, evidence: Evidence) -> str:
    """A headline with small letters where the article has no capital: "Ferry Runs Aground Off Kelsby"."""
    capital = frozenset(_CAPITAL.findall(evidence.article.text))
    return _CAPITAL.sub(lambda found: found[0] if found[0] in capital else found[0].lower(), words)


def _unsaid(seen: Comparison, said: Sequence[Passage]) -> Iterator[Issue]:
    """An issue for each word of meaning that nothing holds; of a foreign article where too many are so."""
    heavy = [item for item in seen.claim.items if item.kind != "small" and item.term not in _LIGHT]
    unsaid = [item for item in heavy if not _is_held(seen.claim, item, said)]
    lost = sum(map(rarity, unsaid)) / (sum(map(rarity, heavy)) or 1)
    if is_english(seen.evidence) or lost > _MOST_LOST:
        for item in unsaid:
            yield issue(seen, "unsupported", item, _NOT_SAID)


def _is_held(claim: Passage, item: Item, said: Sequence[Passage]) -> bool:
    """Whether a headline's word is said: itself, a form or a synonym, what it is short for, its letters."""
    if any(each.holds(item) for each in said):
        return True
    if item.kind == "value":
        return claim.text[: item.start].casefold().endswith("no ")  # "no one"
    written = claim.written(item)
    if _LETTERS.fullmatch(written) and any(_abbreviates(written, each) for each in said):
        return True
    plain = (item.term, _plain(item), *_SHORT_FOR.get(item.term, ())) if item.kind == "word" else ()
    return any(is_held(one, _terms(each)) for one in plain for each in said)


def _terms(passage: Passage) -> frozenset[str]:
    """The terms of a passage, with those of its names and the plain forms of "older" and "biggest"."""
    parts = (term(part) for name in passage.names for part in name.parts)
    return passage.terms.union(parts, (_plain(item) for item in passage.items if item.kind == "word"))


def _plain(word: Item) -> str:
    found = degree(word.low)
    return term(found[0]) if found else word.term


def _abbreviates(letters: str, passage: Passage) -> bool:
    """Whether words that stand side by side begin with these letters: "PM" of "Prime Minister"."""
    return letters.casefold() in "".join(word.text[0].casefold() for word in passage.words)


def _denied(seen: Comparison, said: Sequence[Passage]) -> Iterator[Issue]:
    """A word that a headline tells and that is only ever denied: "Several hurt" of "nobody was hurt"."""
    for at, item in enumerate(seen.claim.items):
        if item.kind != "word" or denied(seen.claim, at):
            continue
        places = [
            (each, there)
            for each in said
            for there, other in enumerate(each.items)
            if other.term == item.term
        ]
        if places and all(_is_denied(each, there) for each, there in places):
            yield instead(seen, "polarity", item, places[0][0].text.strip(), DENIED)


def _is_denied(passage: Passage, at: int) -> bool:
    return passage.denies_plainly and denied(passage, at)
