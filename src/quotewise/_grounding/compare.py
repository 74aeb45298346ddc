"""A claim beside the sentences it cites: who stands for what, as every check needs to see it.

Pairs and places only; no check is made here and no issue is worded, but for their common form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .._language.passage import Item, Passage, Placed
from .._language.tables import Reading, read_terms_of, reading
from .._values import Issue, IssueKind
from . import overlap
from .align import Alignment, align
from .evidence import Evidence

ANCHOR = 1.6
"""How well the neighbours of a pair must fit before one item counts as standing in the other's place."""
_NEIGHBOUR = 1.2
"""The same where a sentence has all words of a short claim."""
_SHARED = 0.2
"""The share of a claim's words that a sentence must have to be aligned with it."""
SAYS, GIVES = 'the article says "{}"', "the article says {}"
"""What is wrong with a claim's words where the article has others, and with a value where it has another."""
CLOSE = 0.4
"""The share of a claim that a sentence must hold in order before the claim counts as restating it."""
RETOLD = 0.8
"""Closeness from which a claim is its sentence but for a word: one that differs is no other wording of it."""

LONGEST = 200
"""Items of a claim that are read for deeds and clauses: a longer one is a transcript without stops."""


@dataclass(frozen=True)
class Comparison:
    """A claim, the sentences it cites, and their alignments."""

    claim: Passage
    cited: tuple[int, ...]
    evidence: Evidence

    @cached_property
    def units(self) -> tuple[tuple[int, Passage], ...]:
        """What the claim is compared with: the cited sentences, or of a record its nearest values."""
        return self.evidence.units_for(self.claim.text, self.cited)

    @cached_property
    def said(self) -> tuple[Passage, ...]:
        """The passages of `units`."""
        return tuple(passage for _, passage in self.units)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of all that the claim is compared with."""
        return frozenset().union(*(passage.terms for passage in self.said))

    @cached_property
    def alignments(self) -> tuple[Alignment, ...]:
        """The claim aligned with each cited sentence that shares some of its words."""
        near = ((at, passage) for at, passage in self.units if self._is_near(passage))
        return tuple(align(self.claim, self.evidence.layout(passage), at) for at, passage in near)

    def _is_near(self, passage: Passage) -> bool:
        """Whether a sentence is worth aligning: where it shares next to nothing, no pair would be firm."""
        shared = len(self.claim.terms & passage.terms)
        return shared >= _SHARED * len(self.claim.terms)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What the claim says of each table of the article of which it names a row or a column."""
        said = read_terms_of(self.claim.text) if self.evidence.tables else frozenset()
        found = (reading(table, said) for table in self.evidence.tables)
        return tuple(each for each in found if each.rows or each.columns)

    @cached_property
    def coverage(self) -> float:
        """The share of the claim's meaning that the cited sentences hold, from 0 to 1."""
        return overlap.coverage(self.claim, self.cited, self.said, self.evidence)

    @cached_property
    def held(self) -> float:
        """The share of the claim's meaning that the cited sentences hold, and not the rest of the article."""
        return overlap.coverage(self.claim, self.cited, self.said, self.evidence, elsewhere=0.0)

    @cached_property
    def new_items(self) -> int:
        """How many words, names and values of the claim stand nowhere in the article."""
        return overlap.new_items(self.claim, self.evidence)

    @property
    def closest(self) -> float:
        """The share of the claim that the cited sentence nearest to it holds in order, from 0 to 1."""
        return max((each.closeness for each in self.alignments), default=0.0)

    @property
    def carrying(self) -> tuple[int, ...]:
        """The cited sentences that carry the claim, the best first; for a record all of them."""
        if self.evidence.leaves or len(self.cited) < 2:
            return self.cited
        return overlap.carrying(self.claim, self.units)

    def best(self, at: int) -> Alignment | None:
        """The alignment in which the claim's item has a partner and its neighbours fit best."""
        return self._best[at]

    @cached_property
    def _best(self) -> tuple[Alignment | None, ...]:
        return tuple(map(self._best_for, range(len(self.claim.items))))

    def _best_for(self, at: int) -> Alignment | None:
        paired = [each for each in self.alignments if each.pair[at] is not None]
        if len(paired) < 2:
            return paired[0] if paired else None
        return max(paired, key=lambda each: each.anchored(at) + each.match[at])

    def anchor(self, at: int) -> float:
        """How well the neighbours fit where a cited sentence has the item itself; 0.0 where none has it."""
        return max((each.anchored(at) for each in self.alignments if each.same(at)), default=0.0)

    def firm(self, found: Alignment, at: int) -> bool:
        """Whether a pair is sure enough to compare what stands there."""
        anchor = found.anchored(at)
        return anchor >= ANCHOR and (found.closeness >= CLOSE or anchor >= 2.5 * ANCHOR)

    @cached_property
    def firmly(self) -> tuple[tuple[Alignment, int, int], ...]:
        """Each claim item of meaning that stands firmly in a cited sentence: where, and its partner there."""
        return tuple(held for found in self.alignments for held in self._firmly_in(found))

    def _firmly_in(self, found: Alignment) -> Iterator[tuple[Alignment, int, int]]:
        for at, there in enumerate(found.pair):
            if there is None or self.claim.items[at].kind == "small" or not found.same(at):
                continue
            if self.best(at) is found and (self.firm(found, at) or self._is_whole(found, at)):
                yield found, at, there

    def _is_whole(self, found: Alignment, at: int) -> bool:
        """Whether the sentence has all of a short claim's words, so that fewer neighbours are enough."""
        return self.claim.terms <= found.said.terms and found.anchored(at) >= _NEIGHBOUR

    @cached_property
    def replaced(self) -> tuple[tuple[int, Item, Alignment, Item], ...]:
        """Each claim item that stands in the place of a different one: both, and where."""
        return tuple(self._in_place_of_another())

    def _in_place_of_another(self) -> Iterator[tuple[int, Item, Alignment, Item]]:
        for at, item in enumerate(self.claim.items):
            found = self.best(at)
            other = None if found is None else found.partner(at)
            if found is not None and other is not None and not found.same(at) and self.firm(found, at):
                yield at, item, found, other


def issue(seen: Comparison, kind: IssueKind, where: Placed, why: str, found: str | None = None) -> Issue:
    """An issue about the words of the claim that stand somewhere: an item of it, or a span."""
    text = seen.claim.written(where)
    return Issue(kind=kind, start=where.start, end=where.end, text=text, why=why, found=found)


def instead(seen: Comparison, kind: IssueKind, where: Placed, written: str, why: str = SAYS) -> Issue:
    """An issue because the article has other words; `why` tells it, with "{}" where these belong."""
    return issue(seen, kind, where, why.format(written), written)


def elsewhere(seen: Comparison, where: Placed, sentence: int) -> Issue:
    """An issue because it is not the cited sentences that say this, but another."""
    return issue(
        seen, "citation", where, f"this is not in the cited sentences, but in sentence {sentence + 1}"
    )


def compare(claim: str, cited: Sequence[int], evidence: Evidence) -> Comparison:
    """A claim beside what it cites; indexes outside the article are left out."""
    known = tuple(dict.fromkeys(at for at in cited if 0 <= at < len(evidence.passages)))
    return Comparison(evidence.claim(claim), known, evidence)
