"""The words that turn what a sentence says: opposites, denials, hedges, quantifiers, verbs of saying.

English word lists and the tables made of them, nothing else. Written by hand for this library; a word
stands here because swapping or dropping it changes what is true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import product

from .._text.words import term
from .meanings import lexicon as packed
from .wordlists import classes, listed, listed_terms, rows

_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "anti")

_OF_AUTHORS = listed("author authors authored authority authorities")
"""Words with the stem of "authorise" that have no opposite."""
_NO_PREFIX = listed_terms("""
    imprison improve impress import improvise impart invest install inform intense intent include
    industry insight increase display discount distance district discuss discipline dismiss mission
    uniform universe understand undergo illustrate nonsense instruct inspire interest internal involve
    inject instance instead instant
    """)
"""Words that only look as if a prefix denied what follows it: "imprisonment" is no opposite of "prison"."""

NOT = listed("""
    not never no none nobody nothing neither nor without cannot hardly barely scarcely nowhere n't cant
    dont didnt doesnt isnt wasnt arent werent couldnt wouldnt shouldnt hasnt havent
    """)
"""Words that deny what follows them; contractions in n't are read as such by `is_not`."""

UNLESS_FOLLOWED = {
    "cannot": listed("but"),
    "not": listed("only just merely simply necessarily least"),
    "no": listed("doubt matter later sooner fewer less more"),
    "nothing": listed("but short"),
    "none": listed("other"),
}
"""A denial that these words take back: "not only", "no doubt"."""

SOFT_NOT = listed_terms("""
    fail failure refuse decline deny denial reject unable unlikely impossible lack absence absent prevent
    stop avoid halt cease forbid ban prohibit block neglect unwilling reluctant miss cancel abandon rule
    doubt false wrong untrue against oppose rarely seldom instead rather unknown dismiss excluding except
    barring without refrain
    """)
"""Words that deny in substance: they answer a plain "not", and are answered by one."""

MODALS = classes("""
    possible: may might could possibly perhaps potentially maybe potential possible possibility
    possible: conceivably
    seeming: likely probably probable expected expects expect apparently seemingly appears appear appeared
    seeming: seems seem seemed suggests suggest suggested allegedly alleged reportedly reported believed
    seeming: thought
    seeming: estimated rumoured rumored suspected presumed supposedly purportedly predicted forecast projected
    seeming: hopes hope hoped hopeful anticipate anticipates anticipated
    will: will shall going won't
    certain: certain guarantee guarantees guaranteed definitely certainly inevitably surely undoubtedly
    certain: prove proves proved
    would: would hypothetically wouldn't
    must: must should ought need needs needed required obliged shouldn't mustn't
    intends: plans plan planned planning aims aim aimed intends intend intended intention seeks seek sought
    intends: wants want wanted considering considers proposed proposes proposal proposing hinted hints tries
    intends: tried attempted attempts trying vowed pledged promised pledges promises vows offered offers ready
    intends: readiness willing willingness
    """)
"""Hedges, each with its class: how sure or how far on it makes what it stands before."""

CONTRACTED = {"ll": "will", "d": "would"}
"""What stands after the apostrophe of a contracted hedge."""

NEEDS_TO = listed("""
    thought believed estimated predicted forecast projected going need needs needed required plans plan
    planned planning aims aim aimed intends intend intended intention seeks seek sought wants want
    wanted proposed proposes proposal tries tried attempted attempts trying vowed pledged promised
    pledges promises vows offered offers ready readiness willing willingness hopes hope hoped expects
    expect anticipated suspected presumed reported alleged appears appear appeared seems seem seemed
    certain likely guaranteed obliged rumoured rumored
    """)
"""Hedges that are one only before "to": "expected to rise", but "the expected rise"."""

QUANTIFIERS = classes("""
    all: all every each entire whole everyone everybody everything always fully completely entirely totally
    all: wholly universally unanimously unanimous
    most: most majority
    usually: mostly largely mainly generally usually predominantly primarily
    many: many several numerous multiple various often frequently
    some: some certain sometimes partly partially occasionally somewhat
    few: few fewer little rarely seldom minority infrequently
    none: no none never neither nobody
    only: only solely exclusively sole
    both: both
    """)
"""Words that say how much of something, each with its class."""

MORE = listed("more most many high large big great long")
LESS = listed("less least fewer fewest few little low small short")
"""Plain forms and degrees that put a higher, and a lower, number first."""

INTENDING = listed("""
    plan plans planned want wants wanted agreed decided hopes hoped intends intended aims seeks sought tries
    tried promised offered refused able due set ready about going began begins started continued
    """)
"""What stands between a doer and "to" with his deed."""

ARTICLES = listed("a an the")
DEFINITE = listed("the its his her their our")
"""Determiners of what the reader knows already."""
DETERMINERS = DEFINITE | ARTICLES
"""Words that open a noun phrase."""
PLACING = listed("at in of for from")
"""Prepositions that tie a noun to the place or the whole before it: "the bank in Leith"."""
BEFORE_OBJECT = PLACING | listed("on by to with about against and")
"""Words before a name that stands in no subject."""
SUPPOSING = listed("if unless")
"""What makes a denial, or a result, in the same clause a supposition."""
DEPENDING = SUPPOSING | listed("provided")
"""What makes a deed depend on something."""

BEING = listed("is are was were be been being get gets got am")
"""What makes a passive: "was hurt", "got hurt"; `roles` has its own for what somebody is or became."""
AUXILIARIES = BEING | listed("""
    has have had having will would shall should can could may might must do does did to ought cannot won't
    didn't doesn't don't isn't aren't wasn't weren't hasn't haven't hadn't
    """)
"""Words between a subject and its verb."""

SAYING = listed_terms("""
    say says tell state add added announce argue assert believe claim comment confirm contend declare
    deny describe emphasise emphasize explain express highlight indicate insist maintain mention note
    observe point predict promise propose recall remark reply report respond reveal stress suggest
    testify think underscore urge vow warn write call acknowledge admit allege advocate estimate forecast
    echo label criticise criticize accuse praise conclude complain concede consider find found show hint
    tweet post agree ask
    """)
"""Verbs by which somebody says something."""

TELLING = listed_terms("""
    say says tell state add added announce argue assert claim contend declare insist maintain warn stress
    emphasise emphasize explain believe predict suggest note remark allege admit acknowledge complain
    concede testify according comment reply consider
    """)
"""Verbs that put words in a mouth, for certain: in a claim, their subject must be who said it."""

DOUBTFUL_SAYING = listed_terms("""
    claim allege accuse argue contend assert suggest believe speculate suspect fear rumour rumor insist
    maintain hope think
    """)
"""Verbs of saying that leave open whether it is so."""

RANKS = listed("first last final second third next previous latest only")
"""Words that can stand where an ordinal does."""

PARTS_OF_A_TEXT = listed_terms("""
    passage article document text source summary section chapter page paragraph sentence step
    """)
"""What a text calls its source or a part of it: "Passage 2 says"."""

PRONOUNS = listed("""
    he she it they him her them his hers its their theirs who whom whose this that these those himself
    herself itself themselves we us our ours i me my you your
    """)

PERSON_PRONOUNS = listed("he she him her his hers himself herself i me my who whom")


@lru_cache(maxsize=8_192)
def is_not(word: str) -> bool:
    """Whether a word denies: "not", "never", "didn't".

    >>> is_not("didn’t"), is_not("never"), is_not("knot")
    (True, True, False)
    """
    low = word.lower().replace("’", "'")
    return low in NOT or low.endswith("n't")


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in rows("opposites.txt"):
        one, other = ([term(word) for word in side.split()] for side in row.split("|"))
        for left, right in product(one, other):
            if left != right:
                table.setdefault(left, set()).add(right)
                table.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in table.items()}


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in rows("synonyms.txt"):
        group = {term(word) for word in row.split()}
        for word in group:
            table.setdefault(word, set()).update(group)
    return {word: frozenset(others) for word, others in table.items()}


@lru_cache(maxsize=65_536)
def opposite(one: str, other: str) -> bool:
    """Whether two words in lower case are opposites: by the tables, by a prefix that denies, or as degrees.

    >>> opposite("increased", "falls"), opposite("stable", "unstable"), opposite("highest", "lowest")
    (True, True, True)
    >>> opposite("rise", "grew")
    False
    """
    if one in _OF_AUTHORS or other in _OF_AUTHORS:
        return False
    if _are_opposite(term(one), term(other)):
        return True
    ours, theirs = degree(one), degree(other)
    if ours is None or theirs is None or ours[1] != theirs[1]:
        return False
    return _are_opposite(term(ours[0]), term(theirs[0]))


@lru_cache(maxsize=8_192)
def sure_opposites(one: str) -> frozenset[str]:
    """The terms that are opposites of one whatever stands around them: by the tables here, or by a prefix."""
    return _opposites().get(one, frozenset()).union(_prefixed(one))


def opposites(one: str) -> frozenset[str]:
    """The terms that are opposites of one: by the tables, or by a prefix that denies."""
    return sure_opposites(one).union(packed().opposites(one))


def _are_opposite(one: str, other: str) -> bool:
    return other in sure_opposites(one) or other in packed().opposites(one)


def _prefixed(one: str) -> Iterator[str]:
    """What a prefix or an ending makes the opposite of a term, whether or not it is a word."""
    if len(one) > 3:
        yield from (made for prefix in _PREFIXES if (made := prefix + one) not in _NO_PREFIX)
        yield f"{one}less"
    prefixes = () if one in _NO_PREFIX else _PREFIXES
    shorter = [one.removeprefix(prefix) for prefix in prefixes if one.startswith(prefix)]
    yield from (short for short in (*shorter, one.removesuffix("less")) if 3 < len(short) < len(one))
    if (root := _root(one)) and one in {f"{root}less", f"{root}ful"}:
        yield f"{root}ful" if one == f"{root}less" else f"{root}less"


_IRREGULAR_DEGREES = {
    "best": ("good", 2), "better": ("good", 1), "worst": ("bad", 2), "worse": ("bad", 1), "most": ("many", 2),
    "least": ("little", 2), "farthest": ("far", 2), "furthest": ("far", 2), "further": ("far", 1),
}  # fmt: skip
_NO_DEGREES = listed("later")
"""What ends as a degree does, and tells a time."""


@lru_cache(maxsize=65_536)
def degree(word: str) -> tuple[str, int] | None:
    """The plain form of a comparative (1) or superlative (2), None for any other word.

    >>> degree("biggest"), degree("heavier"), degree("worst"), degree("minister"), degree("thinker")
    (('big', 2), ('heavy', 1), ('bad', 2), None, None)
    """
    if word in _IRREGULAR_DEGREES:
        return _IRREGULAR_DEGREES[word]
    for ending, rank in (("est", 2), ("er", 1)):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and word not in _NO_DEGREES:
            return (found, rank) if (found := _adjective(base)) else None
    return None


_ADJECTIVES = listed("""
    big large small old new young high low long short strong weak warm cold hot cool fast slow early late
    rich poor cheap dear near close deep shallow wide narrow broad thick thin heavy light dark bright
    hard soft easy busy happy sad angry dry wet clean dirty safe great tall tiny huge fine fierce brave
    bold calm clear quick strict tough rough smooth loud quiet sharp blunt sweet bitter sour fresh simple
    noble healthy wealthy lucky costly deadly lively friendly lonely ugly pretty mild harsh rare dense
    vast smart wise kind grave dull full firm fair fit flat grand green grey black white red blue lean
    loose tight mean neat odd pale plain proud pure raw ripe shy sick slim steep stiff tame tense true
    vague wild worthy fat sunny windy foggy cloudy risky noisy tasty shiny scary silly funny crazy lazy
    tidy humble gentle able stable
    """)


def _adjective(base: str) -> str | None:
    """The adjective that an ending was put to: "bigg" is big, "heavi" heavy, "larg" large."""
    doubled = base[:-1] if base[-2:-1] == base[-1] else ""
    candidates = (base, base + "e", base[:-1] + "y" if base.endswith("i") else "", doubled)
    return next((word for word in candidates if word in _ADJECTIVES), None)


def _root(word: str) -> str:
    return word.removesuffix("less").removesuffix("ful")


_STEM = 5
"""Letters that a stem must have before an ending makes it another form of a word."""
_ENDINGS = listed("t ion ation ment al er or ance ence ant ent ing y")


def synonym(one: str, other: str) -> bool:
    """Whether two terms are near enough in meaning to stand for one another."""
    return one == other or other in synonyms(one)


@lru_cache(maxsize=65_536)
def related(one: str, other: str) -> bool:
    """Whether two terms are synonyms, or forms of one stem: a verb and its noun, "complain" and "complaint".

    >>> related("complain", "complaint"), related("repair", "mend"), related("contract", "contrast")
    (True, True, False)
    """
    if not one or not other:
        return False
    if synonym(one, other):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _STEM and long.startswith(short) and long[len(short) :] in _ENDINGS


def is_held(one: str, terms: Collection[str]) -> bool:
    """Whether a term, or one related to it, is among some.

    >>> is_held("complain", {"complaint", "crew"}), is_held("complain", {"crew"})
    (True, False)
    """
    if one in terms or any(each in terms for each in synonyms(one)):
        return True
    return any(each[:_STEM] == one[:_STEM] and related(one, each) for each in terms)


def held_share(wanted: Collection[str], terms: Collection[str]) -> float:
    """The share of some terms that are held among others, from 0 to 1; 0.0 of none.

    >>> held_share(["complain", "crew"], {"complaint", "ship"})
    0.5
    """
    return sum(is_held(one, terms) for one in wanted) / len(wanted) if wanted else 0.0


def synonyms(one: str) -> frozenset[str]:
    """The terms that can stand for one, by the table here."""
    return _synonyms().get(one, frozenset())
