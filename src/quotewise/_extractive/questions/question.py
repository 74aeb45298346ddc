"""What a question asks for: its kind, the noun it turns on, and the words an answer's line should hold.

Reads the question alone, never the article. English; any other question comes out as kind "other" with
all its words wanted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ..._language.wordlists import listed, listed_terms
from ..._text.words import Word, is_stopword, term, words
from ..words.shapes import classes

ASKING = listed("who whom whose when where why how what which")
_LENGTHS = """
metre meter centimetre centimeter millimetre millimeter kilometre kilometer mile foot feet inch yard
m km cm mm
"""
_TIMES = "second minute hour day week month year decade century night"
_DEGREES = "degree celsius fahrenheit"
_UNIT_WORDS = {
    "long": f"{_LENGTHS} {_TIMES} page word", "far": f"{_LENGTHS} {_TIMES}", "deep": _LENGTHS,
    "tall": _LENGTHS, "high": f"{_LENGTHS} percent storey", "wide": _LENGTHS, "old": f"{_TIMES} age aged old",
    "fast": f"{_TIMES} mph kmh knot speed", "hot": _DEGREES, "cold": _DEGREES,
    "heavy": "kilogram kilo kg gram tonne ton pound stone",
}  # fmt: skip
_ANYBODY = listed("anybody anyone anything somebody someone something")
_HAPPENING = listed("happen happens happened happening")
_BE = listed("is are was were am be been being isn't aren't wasn't weren't")
_HELPING = _BE | listed("""
    do does did don't doesn't didn't has have had hasn't haven't hadn't will would can could may might
    must should shall won't wouldn't can't couldn't shouldn't
    """)
DOING = listed("do does did")
_HAVING = listed("has have had")
_PARTICIPLES = listed("""
    beaten begun born broken cast chosen driven drawn eaten fallen flown forgotten frozen given gone
    grown hidden hit hung hurt laid raised risen seen shot shown spoken stolen struck sung sunk sworn
    taken thrown torn woven written
    """)
"""Participles whose ending does not show it, beside those that `shapes` knows."""
_MEASURES = listed("""
    much long far old often large big tall high fast deep wide late early soon frequently likely hot cold
    heavy
    """)
_EMPTY = listed("kind kinds type types sort sorts name names group groups form forms example term")
_UNITS = {
    word: frozenset(term(unit + ending) for unit in units.split() for ending in ("", "s"))
    for word, units in _UNIT_WORDS.items()
}
_PRICED = listed_terms("""
    damage damages cost costs rent price fee fine debt tax wage wages salary bill loss losses turnover rate
    interest temperature risk profit share unemployment inflation
    """)
"""What is high in figures and no height."""
_ARTICLES = listed("the a an this that these those two three one some of")
_CIRCUMSTANCES = listed("when where why how much")
_SUBJECT_BEGINS = "DKRs"
_KINDS = {"who": "who", "whom": "who", "whose": "who", "when": "when", "where": "where", "why": "why"}
_EXPECTS = {
    "who": "person", "when": "date", "where": "place", "why": "reason", "many": "number", "much": "number",
}  # fmt: skip
_NOUNS = {
    "date": """
        year date day month century decade time period era season
    """,
    "place": """
        city country state place location area region county town village continent province district street
        nation territory island land site birthplace capital
    """,
    "person": """
        person king president leader author general governor writer poet scientist man woman actor singer
        player professor mathematician founder inventor ruler emperor queen director chancellor minister
        commander officer philosopher economist historian quarterback coach artist mayor
    """,
    "number": """
        number percentage percent amount share population rate cost price size length distance height weight
        score total proportion fraction quantity
    """,
}
_EXPECTED_OF = {term(noun): expected for expected, nouns in _NOUNS.items() for noun in nouns.split()}
_LONGEST = 1_000
"""Characters of a question that are read; what is longer is no question."""


@dataclass(frozen=True)
class Question:
    """One question, read once.

    `kind` is how it asks (who, when, where, many, much, why, how, noun, be, do, yes, other), `expected`
    what would answer it (person, date, place, number, reason, thing). `focus` holds the indexes of the
    words of the noun it turns on ("what *treaty*"), `wanted` those of the content words that an answer's
    line should hold, `after` the index of the first word after what asks.
    """

    text: str
    words: tuple[Word, ...]
    classes: str
    kind: str = "other"
    expected: str = "thing"
    focus: tuple[int, ...] = ()
    after: int = 0
    asks_at: int | None = None
    wanted: tuple[int, ...] = field(default=())

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The wanted terms in order, each once."""
        return tuple(dict.fromkeys(self.words[i].term for i in self.wanted))

    @cached_property
    def head(self) -> str:
        """The term of the noun the question turns on, or an empty string."""
        return self.words[self.focus[-1]].term if self.focus else ""

    @cached_property
    def implied(self) -> frozenset[str]:
        """The wanted terms that an answer may leave unsaid, as the year of "what year"."""
        typed = self.focus and self.kind == "noun" and _EXPECTED_OF.get(self.head)
        return frozenset((self.head,)) if typed else frozenset()

    @cached_property
    def units(self) -> frozenset[str]:
        """The terms of the units in which "how long", "how deep" or "how old" is answered.

        None for "how high is the damage": that is no height.
        """
        asked = self.words[self.after - 1].text.lower() if self.kind == "much" else ""
        return frozenset() if self.asks_how_dear else _UNITS.get(asked, frozenset())

    @cached_property
    def asks_how_dear(self) -> bool:
        """Whether it asks how high a rent or a loss is."""
        high = self.kind == "much" and self.words[self.after - 1].text.lower() == "high"
        return high and not _PRICED.isdisjoint(self.terms)

    @cached_property
    def asks_how_long(self) -> bool:
        """Whether it begins with "how long", of a time or of a length."""
        return self.kind == "much" and self.words[self.after - 1].text.lower() == "long"

    @cached_property
    def asks_age(self) -> bool:
        """Whether it begins with "how old"."""
        return self.kind == "much" and self.words[self.after - 1].text.lower() == "old"

    @cached_property
    def next_term(self) -> str:
        """The first wanted term after what asks: in "who led the army", `lead`."""
        return next((self.words[i].term for i in self.wanted if i >= self.after), "")

    @cached_property
    def last_term(self) -> str:
        """The last wanted term, in many questions the verb or its object."""
        return self.words[self.wanted[-1]].term if self.wanted else ""

    @cached_property
    def fronted(self) -> bool:
        """Whether what asks was moved to the front, as "did" after it shows: the answer stands further on."""
        following = self.words[self.after : self.after + 1]
        return self.asks_at is not None and any(word.text.lower() in DOING for word in following)

    @cached_property
    def subject(self) -> range:
        """The words of its subject where a helping verb stands before it; none where it asks for the subject.

        The helping verb is the word before them, the verb mostly the one after; in "did the farm worker get"
        the subject is taken to end at its first noun.

        >>> [read(q).subject for q in ("Where was the summit on trade held?", "What did Ann Lee design?")]
        [range(2, 6), range(2, 4)]
        >>> [read(q).subject for q in ("Who was held in Rome?", "Who was the first man on the moon?")]
        [range(0, 0), range(0, 0)]
        """
        helper = self.after - (self.kind == "be")
        start, size = helper + 1, len(self.words)
        none = range(0)
        if self.asks_at is None or self.classes[helper:start] != "A" or start >= size:
            return none
        word, begins = self.words[helper].text.lower(), self.classes[start]
        if begins in "vgPANW" or not (word in DOING or self._asks_circumstance or begins in _SUBJECT_BEGINS):
            return none
        if word not in _BE | _HAVING:
            return range(start, _noun_end(self.classes, start))
        verb = next((i for i in range(start + 1 + (begins == "D"), size) if self._is_verb(i)), size)
        if self._asks_circumstance:
            return range(start, verb if verb < size else self._phrase_end(start))
        # "What was the ship called" has one before its verb, "who was the king crowned in Rome" has not.
        ends = self.classes[verb + 1 :] in ("", "P") and "W" not in self.classes[start:verb]
        return range(start, verb) if ends and verb < size else none

    @property
    def _asks_circumstance(self) -> bool:
        return self.kind in _CIRCUMSTANCES or (self.kind == "noun" and self.expected in ("date", "place"))

    def _is_verb(self, i: int) -> bool:
        return self.classes[i] in "vg" or self.words[i].text.lower() in _PARTICIPLES

    def _phrase_end(self, start: int) -> int:
        """The index of the next preposition but "of", or the end."""
        found = (i for i in range(start + 1, len(self.words)) if self.classes[i] == "P")
        return next((i for i in found if self.words[i].text.lower() != "of"), len(self.words))

    @cached_property
    def form(self) -> str:
        """The class of the word after what asks, and whether a preposition ends the question."""
        after = self.classes[self.after] if self.after < len(self.classes) else "$"
        return after + ("P" if self.classes.endswith("P") else "")

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """A preposition left at the end, or one before what asks ("in which year"): the answer follows it."""
        at = [len(self.words) - 1] + ([self.asks_at - 1] if self.asks_at else [])
        return frozenset(self.words[i].text.lower() for i in at if i >= 0 and self.classes[i] == "P")


def read(text: str) -> Question:
    """The question that a text asks.

    >>> question = read("In what year was NATO founded?")
    >>> question.kind, question.expected, question.head, question.terms
    ('noun', 'date', 'year', ('year', 'nato', 'found'))
    >>> read("Who called the topic premature?").kind
    'who'
    """
    found = tuple(words(text[:_LONGEST]))
    shape = classes(found)
    lower = [word.text.lower().replace("’", "'") for word in found]
    at = _asks_at(lower)
    kind, after = _kind(lower, shape, at)
    focus = _focus(lower, shape, kind, after)
    if focus and kind in ("noun", "many"):
        after = focus[-1] + 1
    expected = _EXPECTS.get(kind) or _expected(found, focus)
    wanted = tuple(i for i in range(len(found)) if not _passed_over(found, lower, i, at, kind))
    return Question(text, found, shape, kind, expected, focus, after, at, wanted)


def _noun_end(shape: str, start: int) -> int:
    """The index after a pronoun, after a name, or after the first noun."""
    if shape[start] == "R":
        return start + 1
    ends = (i for i in range(start, len(shape)) if shape[i] in "osK")
    first = next(ends, len(shape) - 1)
    return next((i for i in range(first + 1, len(shape)) if shape[first] + shape[i] != "KK"), len(shape))


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'re").removesuffix("'d")


def _asks_at(lower: list[str]) -> int | None:
    """The index of the word that asks: the first one, unless the last word asks ("he was born when?").

    A "when" or "where" at the start only sets the scene where another word asks: "When it rains, who pays?"
    """
    at = [i for i, word in enumerate(lower) if _bare(word) in ASKING]
    if not at:
        return None
    if (
        len(at) > 1
        and at[0] == 0
        and lower[0] in ("when", "where")
        and lower[1] not in _HELPING | {"and", "or"}
    ):
        return at[1]
    return at[-1] if at[-1] == len(lower) - 1 else at[0]


def _kind(lower: list[str], shape: str, at: int | None) -> tuple[str, int]:
    if at is None:
        return ("yes", 1) if lower and lower[0] in _HELPING else ("other", 0)
    asks, following = _bare(lower[at]), lower[at + 1] if at + 1 < len(lower) else ""
    if asks == "who" and following in _BE and _names_only(shape[at + 2 :]):
        return "be", at + 2
    if asks in _KINDS:
        return _KINDS[asks], at + 1
    if asks == "how":
        return _how(following, at)
    if asks != lower[at] or following in _BE:
        return "be", at + 1 + (following in _BE)
    if not following or following in _HELPING or shape[at + 1] in "vAPWDR":
        return "do", at + 1
    return "noun", at + 1


def _names_only(shape: str) -> bool:
    """Whether only a name follows: "who is Maria Lindqvist" asks what she is, not for a person."""
    return bool(shape) and not shape.strip("K")


def _how(following: str, at: int) -> tuple[str, int]:
    if following == "many":
        return "many", at + 2
    return ("much", at + 2) if following in _MEASURES else ("how", at + 1)


def _focus(lower: list[str], shape: str, kind: str, after: int) -> tuple[int, ...]:
    if kind not in ("noun", "be", "many"):
        return ()
    start = _skipped(lower, after)
    end = start
    while end < len(lower) and _in_noun(lower[end], shape[end], end > start):
        end += 1
        # A count is of a plural, and the verb comes next: "how many vehicles cross the river".
        if kind == "many" and shape[end - 1] == "s":
            break
    return tuple(range(start, end))


def _skipped(lower: list[str], at: int) -> int:
    """Past articles, and past "kind of" and "the name of"."""
    while at < len(lower) and (
        lower[at] in _ARTICLES or (lower[at] in _EMPTY and lower[at + 1 : at + 2] in (["of"], ["for"]))
    ):
        at += 2 if lower[at] in _EMPTY else 1
    return at


def _in_noun(word: str, shape: str, inside: bool) -> bool:
    return not is_stopword(word) and word not in _HELPING and not (inside and shape in "vPADRWC")


def _expected(found: tuple[Word, ...], focus: tuple[int, ...]) -> str:
    terms = [found[i].term for i in focus]
    if terms and terms[-1] in _EXPECTED_OF:
        return _EXPECTED_OF[terms[-1]]
    return next((e for t in terms if (e := _EXPECTED_OF.get(t)) in ("number", "date")), "thing")


def _passed_over(found: tuple[Word, ...], lower: list[str], i: int, at: int | None, kind: str) -> bool:
    """Whether an answer's line need not hold the word: what asks, function words, "kind of", "long"."""
    if _bare(lower[i]) in ASKING or is_stopword(found[i].text):
        return True
    if lower[i] in _ANYBODY or (kind == "do" and lower[i] in _HAPPENING and len(found) > i + 1):
        return True
    if at is None or not at < i <= at + 3:
        return False
    return lower[i] in _EMPTY or lower[i] == "many" or (kind == "much" and i == at + 1)
