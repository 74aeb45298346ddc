"""Who says what: does a claim name another speaker, or state as fact what somebody claims?

Speakers are read from verbs of saying and "according to"; names themselves are compared in `names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..._language.lexicon import (
    AUXILIARIES,
    BEFORE_OBJECT,
    BEING,
    DOUBTFUL_SAYING,
    MODALS,
    PARTS_OF_A_TEXT,
    PERSON_PRONOUNS,
    SAYING,
    TELLING,
)
from ..._language.names import Name, same_name
from ..._language.passage import Item, Passage
from ..._language.wordlists import listed, listed_terms
from ..._text.words import term, terms
from ..._values import Issue, Span
from ..align import Alignment
from ..compare import ANCHOR, Comparison, instead, issue

_PARTISANS = listed_terms("""
    critic opponent supporter proponent campaigner activist rival skeptic sceptic detractor accuser
    """)
"""Those whose words nobody takes for the article's own."""
_VIEWS = listed_terms("""
    confidence hope belief fear claim allegation suspicion accusation rumour rumor speculation theory
    opinion
    """)
"""Nouns that make what follows "that" somebody's view."""
_CONSIDER = term("consider")
_ADDRESSING = listed_terms("tell ask remind assure urge warn")
"""Verbs after which stands who is spoken to: "told CNN"."""
_BEFORE_OBJECT = BEFORE_OBJECT | listed("who whom that which")
_CUT = re.compile(r"[\"“”;:.]|,(?! that\b)")
_STOP = re.compile(r"[:;!?]")
_QUOTATION = re.compile(r"[\"“]([^\"“”]{12,300})[\"”]")
_WORD = re.compile(r"[\"“]([a-z][^\"“”]{2,40})[\"”]")
"""A few words that a sentence quotes somebody with; a capital would begin a title."""
_DATELINE = re.compile(r"(?:[A-Z][\w.' -]{1,30}(?:, [A-Z][\w.' -]{1,30})?)? ?\([A-Z][A-Za-z .]{1,24}\)")
_HEDGED = listed("seeming possible")
_STATED = 0.6
"""Closeness from which a claim restates what somebody says."""
_TOLD = 0.5
"""The share of what is said that a sentence must hold before only its speaker counts."""


_SPEAKER = "in the article it is {} who says this"
_NOT_ITSELF = 'the article does not say this itself: "{} ..."'


class Saying(NamedTuple):
    """An act of saying: the item of its verb, the items that may be its speaker, whether it leaves doubt."""

    verb: int
    speakers: tuple[int, ...]
    doubtful: bool


def sayings(passage: Passage) -> tuple[Saying, ...]:
    """The acts of saying in a sentence, with the names that stand where the speaker does.

    >>> seen = Passage("Rain fell, said Tom Brackley, who claimed that Ian Mistry knew.")
    >>> [[seen.items[at].name.last for at in act.speakers] for act in sayings(seen)]
    [['brackley'], ['brackley']]
    >>> sayings(Passage("Leith (PAN)The rector says that rain fell."))[0].speakers
    ()
    """
    return tuple(_sayings(passage))


def _sayings(passage: Passage) -> Iterator[Saying]:
    items, earliest = passage.items, _after_dateline(passage)
    if len(items) > 1 and items[0].kind == "name" and passage.text.startswith(":", items[0].end):
        yield Saying(0, (0,), False)
    for at, item in enumerate(items):
        if item.low == "according" and passage.low(at + 1) == "to":
            yield Saying(at, _names_after(passage, at + 2, 6), False)
        elif item.kind == "word" and item.term in SAYING and not _is_of_a_name(passage, at):
            speakers = _speakers(items, earliest, at)
            yield Saying(at, speakers, item.term in DOUBTFUL_SAYING)
            earliest = min(earliest, *speakers) if speakers else at + 1


def _after_dateline(passage: Passage) -> int:
    """The first item after the place and the agency that begin a report: "Leith (PA)The mayor said"."""
    found = _DATELINE.match(passage.text)
    end = 0 if found is None else found.end()
    return next((at for at, item in enumerate(passage.items) if item.start >= end), 0)


def _is_of_a_name(passage: Passage, at: int) -> bool:
    """Whether a verb of saying is a part of a name: the "States" of "the United States"."""
    item = passage.items[at]
    return at > 0 and item.capital and passage.items[at - 1].kind == "name" and passage.gap(at) == " "


def _speakers(items: Sequence[Item], earliest: int, verb: int) -> tuple[int, ...]:
    """The name right after the verb ("said Marsh"), else the names before it back to the last act."""
    after = verb + 1
    if after < len(items) and items[after].kind == "name" and items[verb].term not in _ADDRESSING:
        before = items[verb - 1] if verb else None
        if before is None or (before.kind != "name" and before.low not in PERSON_PRONOUNS):
            while after + 1 < len(items) and items[after + 1].kind == "name":
                after += 1  # "said French President Hollande"
            return (after,)
    if verb and items[verb - 1].low in PERSON_PRONOUNS - {"who", "whom"}:
        return ()
    return tuple(at for at in range(max(earliest, verb - 12), verb) if items[at].kind == "name")


def _names_after(passage: Passage, at: int, reach: int) -> tuple[int, ...]:
    """The names up to a comma that stand for somebody: of "a US official" none."""
    items, found = passage.items, []
    for i in range(at, min(len(items), at + reach)):
        if i > at and _CUT.search(passage.gap(i)):
            break
        of_a_noun = i + 1 < len(items) and items[i + 1].kind == "word" and passage.gap(i + 1) == " "
        if items[i].kind == "name" and not of_a_noun:
            found.append(i)
    return tuple(found[:2])


def check_attribution(seen: Comparison) -> Iterator[Issue]:
    """An issue where the claim names another speaker, or none where the article leaves it to one."""
    ours = sayings(seen.claim)
    for act in ours:
        tells = seen.claim.items[act.verb].term in TELLING and not _is_of_no_subject(seen.claim, act.verb)
        if tells and (problem := _put_in_mouth(seen, act)) is not None:
            yield problem
    yield from _quoted_of_another(seen)
    yield from _word_of_another(seen)
    if (
        not ours
        and not seen.evidence.leaves
        and not any(MODALS.get(item.low) in _HEDGED for item in seen.claim.items)
    ):
        yield from _stated_as_fact(seen)


def _is_of_no_subject(claim: Passage, verb: int) -> bool:
    """Whether a verb of saying has no doer before it: "is considered", "seen there, suggesting that"."""
    low, before = claim.low(verb), claim.low(verb - 1)
    if low == "according":
        return False
    if claim.items[verb].term == _CONSIDER and before in AUXILIARIES | MODALS.keys():
        return True  # "may consider a sequel" tells of no view
    return (before in BEING) != low.endswith("ing")


def _put_in_mouth(seen: Comparison, act: Saying) -> Issue | None:
    named = [(at, name) for at in act.speakers if (name := seen.claim.items[at].name) is not None]
    surely = [at for at, name in named if _is_subject(seen.claim, at, act) and not is_part_of_a_text(name)]
    if not surely or _speaks(seen, act, [name for _, name in named]):
        return None
    item = seen.claim.items[surely[0]]
    carriers = [passage for _, passage in _carriers(seen, act)]
    others = [_written(passage, each) for passage in carriers for each in sayings(passage)]
    found = next((other for other in others if other), None)
    if found is not None:
        return instead(seen, "attribution", item, found, _SPEAKER)
    why = f"the article does not say that {seen.claim.written(item)} says this"
    return issue(seen, "attribution", item, why)


def _quoted_of_another(seen: Comparison) -> Iterator[Issue]:
    """A quotation given to an office ("said the mayor") where the article gives it to somebody else.

    Only where the article has another name for the holder of the office and never gives it to the speaker.
    """
    quoted = [found[1].rstrip(".,!? ").casefold() for found in _QUOTATION.finditer(seen.claim.text)]
    for verb, office in _offices(seen.claim) if quoted else ():
        for passage in seen.said:
            if not any(each in passage.text.casefold() for each in quoted):
                continue
            speaker = next((passage.items[i] for act in sayings(passage) for i in act.speakers[:1]), None)
            if speaker is not None and speaker.name is not None and _holds_not(seen, speaker.name, office):
                item = seen.claim.items[office]
                where = Span(min(seen.claim.items[verb].end + 1, item.start), item.end)
                yield instead(seen, "attribution", where, passage.written(speaker), _SPEAKER)
                return


def _word_of_another(seen: Comparison) -> Iterator[Issue]:
    """A word of somebody's put in another's mouth: "Lee called it premature" where Roe says "premature"."""
    speaker = next(iter(seen.claim.items), None)
    if speaker is None or speaker.name is None or not seen.evidence.knows(speaker.name):
        return
    for passage in seen.said:
        other = next(_quoted_by(seen, passage), None)
        if other is None or passage.has_name(speaker.name):
            continue
        if other.name is not None and not seen.claim.has_name(other.name):
            yield instead(seen, "attribution", speaker, passage.written(other), _SPEAKER)
            return


def _quoted_by(seen: Comparison, passage: Passage) -> Iterator[Item]:
    """Who says the words of the claim that a sentence quotes, where no other sentence has them."""
    for found in _WORD.finditer(passage.text):
        quoted = passage.terms.intersection(terms(found[1]))
        if not quoted or not quoted <= seen.claim.terms:
            continue
        if sum(quoted <= other.terms for other in seen.evidence.passages) > 1:
            continue
        before = [item for item in passage.items if item.end <= found.start()]
        who = max((at for at, item in enumerate(before) if item.name is not None), default=len(before))
        if any(item.term in SAYING for item in before[who + 1 :]):
            yield before[who]


def _offices(claim: Passage) -> Iterator[tuple[int, int]]:
    """Verbs of saying with a speaker who has no name: "said the mayor", "the mayor said"."""
    items = claim.items
    for act in sayings(claim):
        after = act.verb + 1
        if act.speakers:
            continue
        if after + 1 < len(items) and items[after].low == "the" and items[after + 1].kind == "word":
            yield act.verb, after + 1
        elif act.verb > 1 and items[act.verb - 2].low == "the" and items[act.verb - 1].kind == "word":
            yield act.verb, act.verb - 1


def _holds_not(seen: Comparison, speaker: Name, office: int) -> bool:
    """Whether the article gives an office to others by name, and never names the speaker beside it."""
    of = seen.claim.items[office].term
    homes = seen.evidence.homes_of(of)
    beside = any(passage.has_name(speaker) for passage in homes)
    return not beside and any(_has_title(passage, of) for passage in homes)


def _has_title(passage: Passage, of: str) -> bool:
    """Whether an office stands right before a name: "Mayor Ann Lee"."""
    before = any(one.term == of and other.name is not None for one, other in pairwise(passage.items))
    return before or any(of in map(term, name.titles) for name in passage.names)


def is_part_of_a_text(name: Name) -> bool:
    """Whether a name is no name, but what a text calls its source: "Passage 2"."""
    return set(map(term, name.parts)) <= PARTS_OF_A_TEXT


def _is_subject(passage: Passage, at: int, act: Saying) -> bool:
    """Whether a name is the subject of a verb of saying: beside it, or with no more than an aside between.

    "Marsh has said", "said Marsh", "Marsh, the mayor, said"; not "the man who filmed Marsh said".
    """
    items = passage.items
    if at > act.verb:
        return True
    if items[act.verb].kind == "name" or (at and items[at - 1].low in _BEFORE_OBJECT):
        return False
    if _STOP.search(passage.text[items[at].end : items[act.verb].start]):
        return False
    between = items[at + 1 : act.verb]
    if all(item.kind == "small" or item.low.endswith("ly") for item in between):
        return not any(item.low in _BEFORE_OBJECT for item in between)
    aside = passage.text[items[at].end : items[act.verb - 1].end + 1]
    return aside[:1] == "," and aside.rstrip().endswith(",")


def _carriers(seen: Comparison, act: Saying) -> list[tuple[int, Passage]]:
    """The sentences that hold most of what is said, the speaker and the verb aside; all where none does."""
    told = {item.term for item in _told(seen.claim, act)}
    shares = [len(told & passage.terms) for _, passage in seen.units]
    most = max(shares, default=0)
    if most < _TOLD * max(1, len(told)):
        return list(seen.units)
    return [unit for unit, share in zip(seen.units, shares, strict=True) if share == most]


def _told(claim: Passage, act: Saying) -> list[Item]:
    """The claim's words of meaning that an act of saying tells, itself aside."""
    first, stop = _reach(claim, act)
    return [
        item
        for at, item in enumerate(claim.items)
        if item.kind == "word" and at != act.verb and first <= at < stop
    ]


def _reach(claim: Passage, act: Saying) -> tuple[int, int]:
    """Where what an act tells stands: of several whose speakers come first, up to the speaker of the next."""
    acts = [each for each in sayings(claim) if each.speakers]
    if any(each.speakers[0] > each.verb for each in acts):
        return 0, len(claim.items)
    first = act.speakers[0] if any(each.verb < act.verb for each in acts) else 0
    return first, next((each.speakers[0] for each in acts if each.verb > act.verb), len(claim.items))


def _speaks(seen: Comparison, act: Saying, named: list[Name]) -> bool:
    """Whether one of the names speaks in the cited sentences, or may be the one who does."""
    for at, passage in _carriers(seen, act):
        acts = sayings(passage)
        speakers = [name for act in acts for i in act.speakers if (name := passage.items[i].name) is not None]
        if any(same_name(one, other) for one in named for other in (*speakers, *_opening(passage, acts))):
            return True
        if not speakers and _is_another(seen, passage, acts, named):
            continue
        if not speakers and (
            _may_be(seen, at, passage, named, says=bool(acts))
            or ((acts or "i" in passage.lows) and _speaks_somewhere(seen, named))
        ):
            return True
        if not acts and any(map(passage.has_name, named)):
            return True
    return not seen.said


def _opening(passage: Passage, acts: Sequence[Saying]) -> Iterator[Name]:
    """Who may say what another name follows: "Clark, who reviewed the case, said Deputy Bates fired"."""
    if any(speaker > act.verb for act in acts for speaker in act.speakers):
        end = passage.text.find(",")
        yield from (name for name in passage.names[:2] if name.start < end)


def _speaks_somewhere(seen: Comparison, named: list[Name]) -> bool:
    """Whether one of the names speaks somewhere in the article: what no name is said to say may be theirs."""
    homes = {home for name in named for home, _ in seen.evidence.names_like(name)}
    return any(
        same_name(name, other)
        for home in sorted(homes)
        for act in sayings(seen.evidence.passages[home])
        for i in act.speakers
        if (other := seen.evidence.passages[home].items[i].name) is not None
        for name in named
    )


def _is_another(seen: Comparison, passage: Passage, acts: Sequence[Saying], named: list[Name]) -> bool:
    """Whether "the board said" is a board that the article knew before the name, and never puts beside it."""
    heads = [passage.items[act.verb - 1] for act in acts if act.verb >= 2]
    if not heads or heads[0].kind != "word" or passage.items[0].low != "the":
        return False
    homes = seen.evidence.homes(heads[0].term)
    mine = [at for name in named for at, _ in seen.evidence.names_like(name)]
    return bool(homes and mine) and homes[0] < min(mine) and not set(homes) & set(mine)


def _may_be(seen: Comparison, at: int, passage: Passage, named: list[Name], *, says: bool) -> bool:
    """Whether a sentence without a named speaker can have one of these: a pronoun or a quotation."""
    leads_back = says or seen.evidence.in_quotation(at) or passage.low(0) in PERSON_PRONOUNS
    near = (passage, *seen.evidence.context([at]))
    return leads_back and any(each.has_name(name) for each in near for name in named)


def _written(passage: Passage, act: Saying) -> str:
    surely = [at for at in act.speakers if _is_subject(passage, at, act)]
    if not surely:
        return ""
    return passage.written(passage.items[surely[-1]])


def _stated_as_fact(seen: Comparison) -> Iterator[Issue]:
    """What the article only has somebody claim, or hope, or doubt, stated plainly.

    Reports of those who should know ("police said") are left alone: summaries state them as facts all the
    time. A critic's words are not, nor what anybody claims, alleges, believes or fears.
    """
    for found in seen.alignments:
        if found.closeness < _STATED or found.said.asks:
            continue
        for verb in _views(found.said):
            at = _first_after(found, verb)
            if at is not None and _is_told(found, verb, at) and found.anchored(at) >= ANCHOR:
                where = Span(seen.claim.items[at].start, seen.claim.items[-1].end)
                written = found.said.written(found.said.items[0], found.said.items[verb])
                yield instead(seen, "attribution", where, written, _NOT_ITSELF)
                return


def _is_told(found: Alignment, verb: int, at: int) -> bool:
    """Whether what the claim begins with is what the verb tells: no quotation ends between the two."""
    there = found.partner(at)
    return there is not None and not _CUT.search(found.said.text[found.said.items[verb].end : there.start])


def _views(passage: Passage) -> Iterator[int]:
    """The items that make what follows somebody's view: a verb of doubt, a critic's verb, "the hope that"."""
    items = passage.items
    for act in sayings(passage):
        if act.doubtful or any(item.term in _PARTISANS for item in items[max(0, act.verb - 4) : act.verb]):
            yield act.verb
    for at, item in enumerate(items[:-1]):
        if item.term in _VIEWS and items[at + 1].low == "that":
            yield at


def _first_after(found: Alignment, verb: int) -> int | None:
    """The claim's first item of meaning if it stands close after a verb of the sentence."""
    partners = [(at, there) for at, there in enumerate(found.pair) if there is not None and found.same(at)]
    meaning = [(at, there) for at, there in partners if found.claim.items[at].kind != "small"]
    if not meaning or meaning[0][1] <= verb or meaning[0][1] > verb + 6:
        return None
    return meaning[0][0]
