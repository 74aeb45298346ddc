"""What a claim looks like beside its source, word by word and sentence by sentence, as plain numbers.

The names in `WORD_FEATURES`, `SENTENCE_FEATURES` and `FINDINGS` are columns of the trained tables: an order
changed here needs the model trained anew. What the numbers mean for the verdict is the model's business.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias

from ..._language.meanings import NOTHING, STRANGERS, Meaning, lexicon, relation
from ..._language.records import State
from ..._text.words import Word, is_stopword, words
from ..._values import Span
from .index import Index, is_negation, normal, times

_OF_A_WORD = """
    in_source exact number capital capital_ok stopword rarity letters pair_before pair_after triple run
    together distance distance_next prefix in_best in_top like_source like_top opposite frequency state
    cov best top soft n absent absent_numbers absent_capitals polarity length pairs margin states_bad
    absent_3 absent_6 before after before_2 after_2 rarity_before rarity_after like_before like_after
    position asked bracket quoted person source_length source_units structured
    share denied state_denied clock known topic_likeness triples
    related_top related_source related_before related_after
"""
_OF_A_SENTENCE = """
    cov best top soft n absent absent_numbers absent_capitals polarity length pairs margin states_bad
    opposites run_share numbers capitals numbers_off_top capitals_off_top far denies asked copied
    triples clock_bad like_mean like_most states_true denied_true undenied_false
    meant beside opposed unmeant
"""
_OF_A_CHECK = """
    citation modality attribution quantity unit name number date unsupported polarity
    new held closest swapped swap rule
"""
# What the shortest names mean: the shares of a sentence's content words, the rare ones weighing more, that
# stand in the source (`cov`), in its nearest sentence (`best`), in its three nearest (`top`) or that are near
# in meaning to a word of these (`soft`); how many content words there are (`n`).
WORD_FEATURES = tuple(_OF_A_WORD.split())
SENTENCE_FEATURES = tuple(_OF_A_SENTENCE.split())
FINDINGS = tuple(_OF_A_CHECK.split())
"""What the checks found of a claim as numbers; made by `findings` beside this package."""

_STATE: dict[State | None, int] = {None: 0, "true": 1, "false": 2, "null": 3, "value": 4}
_PERSON = frozenset({"i", "we", "you", "my", "our", "your"})
_TURNS = frozenset(
    {"but", "however", "although", "though", "while", "yet", "except", "because", "instead", "which", "who"}
)
_LIKE = 105
"""Differing bits up to which one word may be another way to say the next."""
_LONGEST_RUN = 12
"""Words of the source in a row that are counted."""
_MOST_UNITS = 400
"""Sentences with one term that are looked at: the rest of a term that common tells nothing."""
_FAR = 60
"""Words between two in the source beyond which they are only far apart."""


Column: TypeAlias = Sequence[float]
"""A number for each word of a sentence, or a single one that all of them share."""


class Found(NamedTuple):
    """What the checks found of a claim: a row of `FINDINGS`, and the numbers that the source gives in another
    form, each by its place in the claim with the term that stands there ("412" for "more than 400")."""

    row: tuple[float, ...]
    said_as: tuple[tuple[int, str], ...] = ()


class Sentence:
    """One sentence of a text: the words `start` to `end` of the text, in the span with this `number`.

    `row` holds its `SENTENCE_FEATURES`, `found` its `FINDINGS`, `columns` the `WORD_FEATURES` of its words,
    column by column; `like` has for a term the likest one of the source's nearest sentences.
    """

    __slots__ = ("columns", "end", "found", "like", "number", "row", "start")

    def __init__(self, number: int, start: int, end: int) -> None:
        self.number, self.start, self.end = number, start, end
        self.row: tuple[float, ...] = ()
        self.found: tuple[float, ...] = ()
        self.like: dict[str, str] = {}
        self.columns: list[Column] = []


def rows_of(columns: Sequence[Column], count: int) -> list[tuple[float, ...]]:
    """So many rows of numbers, given column by column.

    >>> rows_of([[1, 2], (7,)], 2)
    [(1, 7), (2, 7)]
    """
    return list(zip(*(column if len(column) > 1 else [column[0]] * count for column in columns), strict=True))


class Compared:
    """A text compared with its source: its words, and its sentences with a row for each.

    `found` is what the checks found of each span.
    """

    def __init__(
        self,
        text: str,
        spans: Sequence[Span],
        index: Index,
        found: Sequence[Found],
        cited: Sequence[int],
        question: str,
    ) -> None:
        self.index = index
        self.words = words(text)
        self.terms = _terms(self.words, spans, index, found)
        self.lower = [word.text.lower() for word in self.words]
        self.asked = frozenset(normal(w) for w in words(question) if not is_stopword(w.text))
        self.sentences = _sentences(spans, self.words)
        self._mark_words(text)
        for sentence in self.sentences:
            sentence.found = found[sentence.number].row
            seen = _Seen(self, sentence, cited)
            sentence.row, sentence.like = seen.sentence_row(), seen.resembled()
            sentence.columns = seen.columns()

    @property
    def rows(self) -> list[tuple[float, ...]]:
        """A row of `WORD_FEATURES` for each word."""
        return [row for each in self.sentences for row in rows_of(each.columns, each.end - each.start)]

    def _mark_words(self, text: str) -> None:
        """What each word is, whatever its sentence."""
        index, found = self.index, self.words
        first = {sentence.start for sentence in self.sentences}
        self.inside = [term in index.places for term in self.terms]
        self.number = [term[0].isdigit() for term in self.terms]
        self.content = [
            n or (len(w.text) > 1 and not is_stopword(w.text))
            for w, n in zip(found, self.number, strict=True)
        ]
        self.rarity = [lexicon().rarity(term) for term in self.terms]
        self.runs = _runs(self.terms, index)
        self.capital = [
            word.text[0].isupper() and at not in first and word.text != "I" for at, word in enumerate(found)
        ]
        self.capital_ok = [
            not capital or inside or word.text in index.surface
            for capital, inside, word in zip(self.capital, self.inside, found, strict=True)
        ]
        self.marked = _marks(text, found)
        self.clock = _clocks(text, found, index)


class _Seen:
    """One sentence beside the units it resembles most; its methods give the rows."""

    def __init__(self, compared: Compared, sentence: Sentence, cited: Sequence[int]) -> None:
        self.c, self.start, self.end = compared, sentence.start, sentence.end
        self.at = range(sentence.start, sentence.end)
        self.content = [i for i in self.at if compared.content[i]]
        self.wanted = sorted({compared.terms[i] for i in self.content})
        self.weights = [lexicon().rarity(term) for term in self.wanted]
        self.weight = sum(self.weights) or 1e-9
        top, self.margin = _nearest_units(compared.index, self.wanted, cited)
        self.units = [compared.index.units[u] for u in top]
        self.best = self.units[0].held if self.units else frozenset[str]()
        self.top = frozenset[str]().union(*(unit.held for unit in self.units))
        self._compare_words([pair for u in top for pair in compared.index.coded(u)])
        self._compare_meanings(top)
        self._compare_states()
        self._compare_neighbours()
        self.summary = self._summary()

    def _compare_words(self, coded: Sequence[tuple[str, int]]) -> None:
        index, lex = self.c.index, lexicon()
        self.like_source = {term: index.likeness(term) for term in self.wanted}
        self.nearest = {t: (0, t) if t in self.top else _likeness(t, coded) for t in self.wanted}
        self.like_top = {term: bits for term, (bits, _) in self.nearest.items()}
        self.topic = {term: _topic(term, index.topic) for term in self.wanted}
        wanted = frozenset(self.wanted)
        self.opposite = {
            t
            for t in self.wanted
            if t not in self.top and any(o in self.top and o not in wanted for o in lex.opposites(t))
        }

    def _compare_meanings(self, top: Sequence[int]) -> None:
        """How each content term stands to what the best units, and the source, can mean; 5 is in them."""
        index = self.c.index
        near = NOTHING
        if top:
            near = Meaning(*(frozenset().union(*p) for p in zip(*map(index.meaning, top), strict=True)))
        places = index.places
        self.related_top = {t: 5 if t in self.top else relation(t, near) for t in self.wanted}
        self.related_source = {t: 5 if t in places else relation(t, index.meanings) for t in self.wanted}

    def _compare_states(self) -> None:
        """What structured data says of the words, and which of them a negation of the claim reaches."""
        c, known = self.c, self.c.index.states
        self.states = {t: known[t] for t in self.wanted if t in known} if known else {}
        self.denied = _denied(c.lower[self.start : self.end])
        self.denies = any(is_negation(c.lower[i]) for i in self.at)
        self.held_states = [
            (self.states[c.terms[i]], self.denied[i - self.start])
            for i in self.content
            if c.terms[i] in self.states
        ]

    def _compare_neighbours(self) -> None:
        c, start = self.c, self.start
        paired = [(c.terms[i - 1], c.terms[i]) in c.index.pairs for i in self.at if i > start]
        tripled = [tuple(c.terms[i - 2 : i + 1]) in c.index.triples for i in self.at if i > start + 1]
        self.pairs = sum(paired) / len(paired) if paired else 1.0
        self.triples = sum(tripled) / len(tripled) if tripled else self.pairs
        self.distances = _distances(c, self.content)

    def _share(self, weight: Callable[[str], float]) -> float:
        """The mean of a weight over the content terms, rare terms counting more; 1 where there are none."""
        if not self.wanted:
            return 1.0
        return sum([w * weight(t) for t, w in zip(self.wanted, self.weights, strict=True)]) / self.weight

    def _summary(self) -> tuple[float, ...]:
        """The numbers that a sentence and each of its words share."""
        c, places = self.c, self.c.index.places
        return (
            self._share(lambda t: t in places),
            self._share(lambda t: t in self.best),
            self._share(lambda t: t in self.top),
            self._share(lambda t: max(0.0, 1 - self.like_top[t] / 100)),
            len(self.wanted),
            sum(not c.inside[i] for i in self.content),
            sum(c.number[i] and not c.inside[i] for i in self.at),
            sum(not c.capital_ok[i] for i in self.at),
            int(self.denies) - int(bool(self.units) and self.units[0].denies),
            self.end - self.start,
            self.pairs,
            self.margin,
            sum(s in ("false", "null") for s in self.states.values()),
        )

    def sentence_row(self) -> tuple[float, ...]:
        """The row of `SENTENCE_FEATURES`."""
        c = self.c
        numbers = [i for i in self.at if c.number[i]]
        capitals = [i for i in self.at if c.capital[i] and not c.number[i]]
        return (
            *self.summary,
            len(self.opposite),
            sum(c.runs[i] >= 3 for i in self.at) / (self.end - self.start),
            len(numbers),
            len(capitals),
            sum(c.terms[i] not in self.top for i in numbers),
            sum(c.terms[i] not in self.top for i in capitals),
            sum(self.distances[i][0] > 20 for i in self.content) / (len(self.content) or 1),
            float(self.denies),
            sum(c.terms[i] in c.asked for i in self.content) / (len(self.content) or 1),
            float(c.index.holds(c.words[self.start : self.end])),
            self.triples,
            sum(c.clock[i] == 2 for i in self.at),
            sum(self.like_top[t] for t in self.wanted) / (len(self.wanted) or 1),
            max(self.like_top.values(), default=0),
            *self._state_counts(),
            self._share(lambda t: self.related_top[t] >= 3),
            sum(r in (1, 2) for r in self.related_top.values()),
            sum(r < 0 for r in self.related_top.values()),
            sum(self.related_source[t] < 3 and not c.number[i] for i in self.content for t in (c.terms[i],)),
        )

    def _state_counts(self) -> tuple[int, int, int]:
        """True states; true ones denied; false or unknown ones not denied."""
        return (
            sum(state == "true" for state in self.states.values()),
            sum(state == "true" and denied for state, denied in self.held_states),
            sum(state in ("false", "null") and not denied for state, denied in self.held_states),
        )

    def resembled(self) -> dict[str, str]:
        """For each term that the best units lack, the term of theirs that is likest, where one is like it."""
        return {t: name for t, (bits, name) in self.nearest.items() if 0 < bits < _LIKE}

    def columns(self) -> list[Column]:
        """The columns of `WORD_FEATURES`."""
        index = self.c.index
        held = sum(t in self.best for t in self.wanted) / len(self.wanted) if self.wanted else 1.0
        source = (math.log1p(index.length), index.count, float(index.structured), held)
        terms = self.c.terms[self.start : self.end]
        return [
            *self._of_words(terms),
            *((value,) for value in self.summary),
            *self._around([self.like_top.get(term, 0) for term in terms]),
            *self._of_places(terms),
            *((value,) for value in source),
            *self._of_states(terms),
        ]

    def _of_words(self, terms: Sequence[str]) -> Iterator[Column]:
        """Column by column: each word beside the source."""
        c, index, at = self.c, self.c.index, slice(self.start, self.end)
        before = ("<s>", *terms[:-1])
        distances = [self.distances.get(i, (0, 0, 1)) for i in self.at]
        yield c.inside[at]
        yield [word in index.surface for word in c.lower[at]]
        yield c.number[at]
        yield c.capital[at]
        yield c.capital_ok[at]
        yield [not content for content in c.content[at]]
        yield c.rarity[at]
        yield list(map(len, c.lower[at]))
        yield [pair in index.pairs for pair in zip(before, terms, strict=True)]
        yield [*(pair in index.pairs for pair in pairwise(terms)), True]
        yield [*(three in index.triples for three in zip(before, terms, terms[1:], strict=False)), True]
        yield c.runs[at]
        yield [together for _, _, together in distances]
        yield [gap for gap, _, _ in distances]
        yield [gap for _, gap, _ in distances]
        yield [len(term) < 5 or term[:5] in index.prefixes for term in terms]
        yield [term in self.best for term in terms]
        yield [term in self.top for term in terms]
        yield [self.like_source.get(term, 0) for term in terms]
        yield [self.like_top.get(term, 0) for term in terms]
        yield [term in self.opposite for term in terms]
        yield [index.frequency.get(term, 0) for term in terms]
        yield [_STATE[index.states.get(term)] for term in terms]

    def _around(self, likes: Sequence[float]) -> Iterator[Column]:
        """Column by column: the rarity of absent words near each word, and its neighbours."""
        c, at, length = self.c, slice(self.start, self.end), self.end - self.start
        inside, rarity = c.inside[at], c.rarity[at]
        weights = (
            0.0 if held or not content else weight
            for held, content, weight in zip(inside, c.content[at], rarity, strict=True)
        )
        sums = list(accumulate(weights, initial=0.0))
        yield [sums[min(length, k + 4)] - sums[max(0, k - 3)] for k in range(length)]
        yield [sums[min(length, k + 7)] - sums[max(0, k - 6)] for k in range(length)]
        yield (1, *inside[:-1])
        yield (*inside[1:], 1)
        yield (1, 1, *inside[:-2])[:length]
        yield (*inside[2:], 1, 1)[:length]
        yield (0, *rarity[:-1])
        yield (*rarity[1:], 0)
        yield (0, *likes[:-1])
        yield (*likes[1:], 0)

    def _of_places(self, terms: Sequence[str]) -> Iterator[Column]:
        """Column by column: where each word stands, and what kind of word it is."""
        c, at, length = self.c, slice(self.start, self.end), self.end - self.start
        yield [k / length for k in range(length)]
        yield [term in c.asked for term in terms]
        yield [mark == 1 for mark in c.marked[at]]
        yield [mark == 2 for mark in c.marked[at]]
        yield [word in _PERSON for word in c.lower[at]]

    def _of_states(self, terms: Sequence[str]) -> Iterator[Column]:
        """Column by column: what denies or means each word, here and in the source."""
        c, near, of_source = self.c, self.related_top, self.related_source
        related = [near.get(term, 6) for term in terms]
        yield self.denied
        yield [
            _STATE[self.states[term]] + 4 * denied if term in self.states else 0
            for term, denied in zip(terms, self.denied, strict=True)
        ]
        yield c.clock[self.start : self.end]
        yield list(map(lexicon().known, terms))
        yield [self.topic.get(term, 0) for term in terms]
        yield (self.triples,)
        yield related
        yield [of_source.get(term, 6) for term in terms]
        yield (6, *related[:-1])
        yield (*related[1:], 6)


def _terms(found: Sequence[Word], spans: Sequence[Span], index: Index, checked: Sequence[Found]) -> list[str]:
    """The terms of the words; a number that only stands in another form in the source as it stands there."""
    said_as = {
        span.start + at: term for span, each in zip(spans, checked, strict=True) for at, term in each.said_as
    }
    own = map(normal, found)
    return [
        term if term in index.places else said_as.get(word.start, term)
        for word, term in zip(found, own, strict=True)
    ]


def _sentences(spans: Sequence[Span], found: Sequence[Word]) -> list[Sentence]:
    """The sentences that hold a word; every word is in one, those past the last span in the last."""
    made, at = [], 0
    for k, span in enumerate(spans):
        start = at
        last = k == len(spans) - 1
        while at < len(found) and (last or found[at].start < span.end):
            at += 1
        if at > start:
            made.append(Sentence(k, start, at))
    return made


def _runs(terms: Sequence[str], index: Index) -> list[int]:
    """For each word, the length of the longest run of the source's own words that covers it."""
    covered = [0] * len(terms)
    at = 0
    while at < len(terms):
        longest = _run(terms, at, index.sequence, index.places.get(terms[at], ()))
        for step in range(longest):
            covered[at + step] = max(covered[at + step], longest)
        # A run found here covers the runs that begin inside it, but for one that goes on past its end.
        at += max(1, longest - 1)
    return covered


def _run(terms: Sequence[str], at: int, sequence: Sequence[str], places: Sequence[int]) -> int:
    """How many terms from here stand together at one of the places, at most."""
    length = 0
    for term in terms[at : at + _LONGEST_RUN]:
        places = [place for place in places if sequence[place + length] == term]
        if not places:
            break
        length += 1
    return length


def _marks(text: str, found: Sequence[Word]) -> list[int]:
    """For each word 1 inside round brackets, 2 inside double quotes, else 0."""
    marks, inside, quoted, at = [], False, False, 0
    for word in found:
        for sign in text[at : word.start]:
            if sign in "()":
                inside = sign == "("
            elif sign in '"“”':
                quoted = not quoted
        marks.append(1 if inside else 2 if quoted else 0)
        at = word.end
    return marks


def _clocks(text: str, found: Sequence[Word], index: Index) -> list[int]:
    """For each word 1 in a time of day that the source names too, 2 in one that it does not, else 0."""
    clock, at = [0] * len(found), 0
    for minutes, start, end in times(text):
        while at < len(found) and found[at].start < start:
            at += 1
        while at < len(found) and found[at].start < end:
            clock[at] = 1 if minutes in index.hours else 2
            at += 1
    return clock


def _denied(lower: Sequence[str]) -> list[bool]:
    """For each word of a sentence whether a negation before it in its clause reaches it.

    >>> _denied("it does not offer parking but has wifi".split())
    [False, False, False, True, True, False, False, False]
    """
    reached, denies = [], False
    for word in lower:
        if word in _TURNS:
            denies = False
        reached.append(denies)
        denies = denies or is_negation(word)
    return reached


def _nearest_units(index: Index, wanted: Sequence[str], cited: Sequence[int]) -> tuple[list[int], float]:
    """The three units that share most with a sentence, cited ones first, and the first's lead."""
    shared: dict[int, float] = {}
    for term in wanted:
        value = index.rarity(term)
        for at in index.holders.get(term, ())[:_MOST_UNITS]:
            shared[at] = shared.get(at, 0.0) + value
    ranked = sorted(((score / index.units[at].length, -at) for at, score in shared.items()), reverse=True)
    lead = (ranked[0][0] - ranked[1][0]) / (ranked[0][0] + 1e-9) if len(ranked) > 1 else 1.0
    best = [-at for _, at in ranked[:3]]
    if cited:
        held = index.of_sentences(cited)
        best = sorted(held, key=lambda at: (-shared.get(at, 0.0), at))[:3] or best
    return best, lead


def _likeness(term: str, coded: Sequence[tuple[str, int]]) -> tuple[int, str]:
    """The fewest bits that differ between a term and one of the coded terms, and that term."""
    code = lexicon().code(term)
    if code is None:
        return STRANGERS, ""
    return min([((code ^ other).bit_count(), name) for name, other in coded], default=(STRANGERS, ""))


def _topic(term: str, topic: int | None) -> int:
    """The bits that differ between a term and what the source is about."""
    code = lexicon().code(term)
    return STRANGERS if code is None or topic is None else (code ^ topic).bit_count()


def _distances(c: Compared, content: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """For each content word: how far from the one before and the one after it stands in the source, at best.

    The third number is 0 where the word shares no unit with the one before. 60 is as far as it counts.
    """
    places = c.index.places
    gaps = [0]
    for left, right in pairwise(content):
        a, b = places.get(c.terms[left]), places.get(c.terms[right])
        gaps.append(min([abs(x - y) for x in a[:10] for y in b[:10]]) if a and b else 0)
    gaps = [min(_FAR, gap) for gap in (*gaps, 0)]
    found = {}
    for k, i in enumerate(content):
        apart = gaps[k] > 12 and not c.index.share_a_unit(c.terms[i], c.terms[content[k - 1]])
        found[i] = (gaps[k], gaps[k + 1], int(not apart))
    return found
