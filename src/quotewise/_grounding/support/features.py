"""What a claim looks like beside its source, word by word and sentence by sentence, as plain numbers.

The names in `WORD_FEATURES` and `SENTENCE_FEATURES` are columns of the trained tables: an order changed
here needs the model trained anew. What the numbers mean for the verdict is the model's business.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from ..._results import Span
from ..._text.words import Word, is_stopword, words
from .index import Index, is_negation, normal, times
from .lexicon import STRANGERS, lexicon

WORD_FEATURES = (
    "in_source exact number capital capital_ok stopword rarity letters pair_before pair_after triple run together "
    "distance distance_next prefix in_best in_top like_source like_top opposite frequency state "
    "cov best top soft n absent absent_numbers absent_capitals polarity length pairs margin states_bad "
    "absent_3 absent_6 before after before_2 after_2 rarity_before rarity_after like_before like_after "
    "position asked bracket quoted person source_length source_units structured "
    "share denied state_denied clock known topic_likeness triples"
).split()
SENTENCE_FEATURES = (
    "cov best top soft n absent absent_numbers absent_capitals polarity length pairs margin states_bad opposites "
    "run_share numbers capitals numbers_off_top capitals_off_top far denies asked copied triples clock_bad "
    "like_mean like_most states_true denied_true undenied_false"
).split()

_STATE = {"true": 1.0, "false": 2.0, "null": 3.0, "value": 4.0}
_PERSON = frozenset("i we you my our your".split())
_TURNS = frozenset("but however although though while yet except because instead which who".split())
_LIKE = 105
_LONGEST_RUN = 12
_MOST_UNITS = 400


class Sentence:
    """One sentence of a claim: where its words stand, its best units, and its row of numbers."""

    __slots__ = ("best", "end", "like", "row", "span", "start", "top")

    def __init__(self, span: Span, start: int, end: int) -> None:
        self.span, self.start, self.end = span, start, end
        self.top: list[int] = []
        self.best: frozenset[str] = frozenset()
        self.row: tuple[float, ...] = ()
        self.like: dict[str, str] = {}


class Compared:
    """A text compared with its source: words, their columns by name, and its sentences."""

    def __init__(self, text: str, spans: Sequence[Span], index: Index, cited: Sequence[int], question: str) -> None:
        self.words = words(text)
        self.terms = [normal(word) for word in self.words]
        self.lower = [word.text.lower() for word in self.words]
        self.index = index
        self.asked = frozenset(normal(w) for w in words(question) if not is_stopword(w.text))
        self.sentences = _sentences(spans, self.words)
        self.inside = [term in index.places for term in self.terms]
        self.number = [term[0].isdigit() for term in self.terms]
        self.content = [
            n or (len(w.text) > 1 and not is_stopword(w.text)) for w, n in zip(self.words, self.number, strict=True)
        ]
        self.rarity = [lexicon().rarity(term) for term in self.terms]
        self.runs = _runs(self.terms, index)
        self.capital = self._capitals()
        self.capital_ok = [
            not cap or inside or word.text in index.surface
            for cap, inside, word in zip(self.capital, self.inside, self.words, strict=True)
        ]
        self.marked = _marks(text, self.words)
        self.clock = _clocks(text, self.words, index)
        self.rows: list[tuple[float, ...]] = [()] * len(self.words)
        for sentence in self.sentences:
            _compare(self, sentence, cited)

    def _capitals(self) -> list[bool]:
        first = {sentence.start for sentence in self.sentences}
        return [
            word.text[0].isupper() and at not in first and word.text != "I" for at, word in enumerate(self.words)
        ]


def _sentences(spans: Sequence[Span], found: Sequence[Word]) -> list[Sentence]:
    made, at = [], 0
    for k, span in enumerate(spans):
        start = at
        last = k == len(spans) - 1
        while at < len(found) and (last or found[at].start < span.end):
            at += 1
        if at > start:
            made.append(Sentence(span, start, at))
    return made


def _runs(terms: Sequence[str], index: Index) -> list[int]:
    """For each word, the length of the longest run of the source's own words that covers it."""
    covered = [0] * len(terms)
    sequence, count = index.sequence, len(terms)
    at = 0
    while at < count:
        longest = 0
        for place in index.places.get(terms[at], ()):
            length = 1
            while (
                length < _LONGEST_RUN
                and at + length < count
                and sequence[place + length] == terms[at + length]
            ):
                length += 1
            longest = max(longest, length)
        for step in range(longest):
            covered[at + step] = max(covered[at + step], longest)
        # A run found here covers the runs that begin inside it, but for one that goes on past its end.
        at += max(1, longest - 1)
    return covered


def _marks(text: str, found: Sequence[Word]) -> list[int]:
    """For each word 1 inside round brackets, 2 inside double quotes, else 0."""
    marks, depth, quoted, at = [], 0, False, 0
    for word in found:
        for sign in text[at : word.start]:
            if sign == "(":
                depth = 1
            elif sign == ")":
                depth = 0
            elif sign in '"“”':
                quoted = not quoted
        marks.append(1 if depth else 2 if quoted else 0)
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


def _denied(c: Compared, start: int, end: int) -> list[bool]:
    """For each word of a sentence whether a negation before it in its clause reaches it."""
    reached, open_ = [], False
    for i in range(start, end):
        if c.lower[i] in _TURNS:
            open_ = False
        reached.append(open_)
        open_ = open_ or is_negation(c.lower[i])
    return reached


def _nearest_units(compared: Compared, wanted: set[str], cited: Sequence[int]) -> tuple[list[int], float]:
    """The three units that share most with a sentence, cited ones first, and the first's lead."""
    index = compared.index
    shared: Counter[int] = Counter()
    for term in sorted(wanted):
        value = index.rarity(term)
        for at in index.holders.get(term, ())[:_MOST_UNITS]:
            shared[at] += value  # type: ignore[assignment]  # a Counter of rarities
    ranked = sorted(((score / index.units[at].length, -at) for at, score in shared.items()), reverse=True)
    lead = (ranked[0][0] - ranked[1][0]) / (ranked[0][0] + 1e-9) if len(ranked) > 1 else 1.0
    best = [-at for _, at in ranked[:3]]
    if cited:
        chosen = set(cited)
        held = [at for at, unit in enumerate(index.units) if unit.sentence in chosen]
        best = sorted(held, key=lambda at: (-shared[at], at))[:3] or best
    return best, lead


def _compare(compared: Compared, sentence: Sentence, cited: Sequence[int]) -> None:
    c, index = compared, compared.index
    lex = lexicon()
    at = range(sentence.start, sentence.end)
    content = [i for i in at if c.content[i]]
    wanted = {c.terms[i] for i in content}
    sentence.top, margin = _nearest_units(c, wanted, cited)
    units = [index.units[u] for u in sentence.top]
    best = units[0].held if units else frozenset[str]()
    top = frozenset[str]().union(*(unit.held for unit in units))
    sentence.best = best
    coded = [pair for u in sentence.top for pair in index.coded(u)]
    like_source = {t: index.likeness(t) for t in wanted}
    nearest = {t: (0, t) if t in top else _likeness(t, coded) for t in wanted}
    like_top = {t: bits for t, (bits, _) in nearest.items()}
    sentence.like = {t: name for t, (bits, name) in nearest.items() if 0 < bits < _LIKE}
    opposite = {
        t for t in wanted if t not in top and any(o in top and o not in wanted for o in lex.opposites(t))
    }
    total = sum(lex.rarity(t) for t in wanted) or 1e-9
    ordered = sorted(wanted)
    cov = sum(lex.rarity(t) for t in ordered if t in index.places) / total if wanted else 1.0
    best_cov = sum(lex.rarity(t) for t in ordered if t in best) / total if wanted else 1.0
    top_cov = sum(lex.rarity(t) for t in ordered if t in top) / total if wanted else 1.0
    soft = (
        sum(lex.rarity(t) * max(0.0, 1 - like_top[t] / 100) for t in ordered) / total if wanted else 1.0
    )
    absent = sum(not c.inside[i] for i in content)
    absent_numbers = sum(c.number[i] and not c.inside[i] for i in at)
    absent_capitals = sum(not c.capital_ok[i] for i in at)
    denies = any(is_negation(c.lower[i]) for i in at)
    polarity = int(denies) - int(bool(units) and units[0].denies)
    length = sentence.end - sentence.start
    paired = [(c.terms[i - 1], c.terms[i]) in index.pairs for i in at if i > sentence.start]
    pairs = sum(paired) / len(paired) if paired else 1.0
    states = {t: index.states[t] for t in wanted if t in index.states} if index.states else {}
    states_bad = sum(s in ("false", "null") for s in states.values())
    denied = dict(zip(at, _denied(c, sentence.start, sentence.end), strict=True))
    held_states = [(states[c.terms[i]], denied[i]) for i in content if c.terms[i] in states]
    first_held = [t in best for t in ordered]
    share = sum(first_held) / len(first_held) if first_held else 1.0
    summary = (
        cov, best_cov, top_cov, soft, len(wanted), absent, absent_numbers, absent_capitals, polarity, length,
        pairs, margin, states_bad,
    )  # fmt: skip
    tripled = [(c.terms[i - 2], c.terms[i - 1], c.terms[i]) in index.triples for i in at if i > sentence.start + 1]
    triples = sum(tripled) / len(tripled) if tripled else pairs
    topic = {t: _topic(t, index.topic) for t in wanted}
    distances = _distances(c, content)
    numbers = [i for i in at if c.number[i]]
    capitals = [i for i in at if c.capital[i] and not c.number[i]]
    asked = sum(c.terms[i] in c.asked for i in content)
    sentence.row = (
        *summary,
        len(opposite),
        sum(c.runs[i] >= 3 for i in at) / length,
        len(numbers),
        len(capitals),
        sum(c.terms[i] not in top for i in numbers),
        sum(c.terms[i] not in top for i in capitals),
        sum(distances[i][0] > 20 for i in content) / (len(content) or 1),
        float(denies),
        asked / (len(content) or 1),
        float(index.holds(c.words[sentence.start : sentence.end])),
        triples,
        sum(c.clock[i] == 2 for i in at),
        sum(like_top[t] for t in ordered) / (len(ordered) or 1),
        max(like_top.values(), default=0),
        sum(s == "true" for s in states.values()),
        sum(s == "true" and no for s, no in held_states),
        sum(s in ("false", "null") and not no for s, no in held_states),
    )
    source = (math.log1p(index.length), index.count, float(index.structured), share)
    weight = [0.0 if c.inside[i] or not c.content[i] else c.rarity[i] for i in at]
    sums = [0.0]
    for value in weight:
        sums.append(sums[-1] + value)
    start, end = sentence.start, sentence.end
    for i in at:
        k, term = i - start, c.terms[i]
        before, after = i > start, i + 1 < end
        previous, following = c.terms[i - 1] if before else "<s>", c.terms[i + 1] if after else ""
        c.rows[i] = (
            c.inside[i],
            c.lower[i] in index.surface,
            c.number[i],
            c.capital[i],
            c.capital_ok[i],
            not c.content[i],
            c.rarity[i],
            len(c.lower[i]),
            (previous, term) in index.pairs,
            not after or (term, following) in index.pairs,
            not after or (previous, term, following) in index.triples,
            c.runs[i],
            distances[i][2] if i in distances else 1,
            distances[i][0] if i in distances else 0,
            distances[i][1] if i in distances else 0,
            len(term) < 5 or term[:5] in index.prefixes,
            term in best,
            term in top,
            like_source.get(term, 0),
            like_top.get(term, 0),
            term in opposite,
            index.frequency[term],
            _STATE[index.states[term]] if term in index.states else 0,
            *summary,
            sums[min(length, k + 4)] - sums[max(0, k - 3)],
            sums[min(length, k + 7)] - sums[max(0, k - 6)],
            c.inside[i - 1] if before else 1,
            c.inside[i + 1] if after else 1,
            c.inside[i - 2] if k > 1 else 1,
            c.inside[i + 2] if i + 2 < end else 1,
            c.rarity[i - 1] if before else 0,
            c.rarity[i + 1] if after else 0,
            like_top.get(previous, 0) if before else 0,
            like_top.get(following, 0) if after else 0,
            k / length,
            term in c.asked,
            c.marked[i] == 1,
            c.marked[i] == 2,
            c.lower[i] in _PERSON,
            *source,
            denied[i],
            _STATE[index.states[term]] + 4 * denied[i] if term in states else 0,
            c.clock[i],
            lex.known(term),
            topic.get(term, 0),
            triples,
        )


def _likeness(term: str, coded: Sequence[tuple[str, int]]) -> tuple[int, str]:
    """The fewest bits that differ between a term and one of the coded terms, and that term."""
    code = lexicon().code(term)
    if code is None:
        return STRANGERS, ""
    return min((((code ^ other).bit_count(), name) for name, other in coded), default=(STRANGERS, ""))


def _topic(term: str, topic: int | None) -> int:
    code = lexicon().code(term)
    return STRANGERS if code is None or topic is None else (code ^ topic).bit_count()


def _distances(c: Compared, content: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """For each content word: how far from the one before and the one after it stands in the source, at best.

    The third number is 1 where the word shares a unit with the one before. 60 is as far as it counts.
    """
    places = c.index.places
    gaps = []
    for left, right in zip(content, content[1:], strict=False):
        a, b = places.get(c.terms[left]), places.get(c.terms[right])
        gaps.append(min((abs(x - y) for x in a[:10] for y in b[:10]), default=60) if a and b else 0)
    gaps = [min(60, gap) for gap in gaps]
    holders = c.index.holders
    found = {}
    for k, i in enumerate(content):
        before = gaps[k - 1] if k else 0
        after = gaps[k] if k < len(gaps) else 0
        together = 1
        if before > 12 and k:
            mine = set(holders.get(c.terms[i], ())[:_MOST_UNITS])
            together = int(not mine.isdisjoint(holders.get(c.terms[content[k - 1]], ())[:_MOST_UNITS]))
        found[i] = (before, after, together)
    return found
