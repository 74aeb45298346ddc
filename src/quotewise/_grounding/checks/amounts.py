"""Do the numbers, amounts, dates and times of a claim stand in what it cites?

How a value is read and when two agree stands in `typed`; this module looks for each value's counterpart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from unicodedata import numeric

from ..._language.lexicon import PARTS_OF_A_TEXT
from ..._language.passage import Item, Passage
from ..._language.typed import Value, agree, agree_in_size, is_rounded_share, same_amount
from ..._language.wordlists import listed, listed_terms
from ..._text.words import is_stopword
from ..._values import Issue, IssueKind
from ..compare import ANCHOR, GIVES, Comparison, elsewhere, instead, issue
from .tabled import is_label, is_tabled

_MOVED = 2.5 * ANCHOR
"""How well the neighbours must fit before a value that the sentence does give counts as moved."""
_TODAY = frozenset([("rel", "today")])
_LAST = ("rel", "last")
_ELAPSED = ("today", "tonight", "yesterday", "last ", "this ")
_OF = 3
"""Words that may stand between a part and its whole: "of the", "of all the"."""
_LISTING = listed("and or")
_NEAR_ENOUGH = 0.01
_MONTHS = 12
_STEPS = listed("more less fewer higher lower longer shorter earlier later")
_VAGUE = 9
"""How many times its least the most of a vague amount is: "hundreds" are 100 to 9,999."""
_DECADE = 120.0
_ARTICLES = listed("a one another")
_CENTURIES = listed_terms("century")
_A_WEEK = re.compile(r" (?:a|per) week")
_DAY = 86_400.0
_DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
_SIGNED = listed("% usd gbp eur")
"""Units that no text leaves out."""


def check_values(seen: Comparison) -> Iterator[Issue]:
    """An issue for each value that the cited sentences do not give, or give for something else."""
    for at, item in enumerate(seen.claim.items):
        if item.value is not None and (found := _check(seen, at, item, item.value)) is not None:
            yield found


def _check(seen: Comparison, at: int, item: Item, value: Value) -> Issue | None:
    if _needs_no_home(seen, at, item, value):
        return None
    other = _in_its_place(seen, at, value)
    if other is not None and other[0].parts and other[0].parts < value.parts and _is_spread(seen, value):
        return None
    if other is not None and value.parts == _TODAY and any(name == "year" for name, _ in other[0].parts):
        return None  # as of the article, which has no word for it
    given = [said for passage in seen.said for said in passage.values]
    if any(agree(value, said) for said in given) or _is_spread(seen, value):
        if other is None or seen.evidence.leaves or not (value.soft or _is_moved(seen, at)):
            return None
    elif _is_step(seen, item, value, given) or _is_reckoned(seen, item, value):
        return None
    if (turned := _turned(seen, item, value)) is not None:
        return turned
    if other is not None:
        return _wrong(seen, item, value, other)
    return None if _is_told_otherwise(seen, item, value, given) else _absent(seen, item, value, given)


def _needs_no_home(seen: Comparison, at: int, item: Item, value: Value) -> bool:
    """Whether a value stands in its place in a sentence or a table, or the article need not give it."""
    if is_reference(seen.claim, item) or seen.anchor(at) > 0:
        return True
    if is_tabled(seen, value) or (bool(value.parts) and is_label(seen, item)):
        return True
    if _LAST in value.parts and any(value.parts - {_LAST} == v.parts for p in seen.said for v in p.values):
        return True  # "last November" for "in November"
    return value.kind == "number" and is_remainder(seen)


def _is_told_otherwise(seen: Comparison, item: Item, value: Value, given: list[Value]) -> bool:
    """Whether the article may well tell a value that it does not give in other words."""
    return (
        value.soft
        or _is_reckoned_from_its_day(value, given)
        or _is_derived(value, given)
        or _is_count(seen, item, value)
        or _is_ranked(seen, item, value)
        or _is_last_time(seen, value)
        or _is_a_sign(seen, value)
        or _is_century_of(seen, item, value, given)
        or _is_of_a_name(seen, item)
        or _is_time_between(seen, item, value)
        or _is_vaguely(value, given)
        or _is_a_decade(seen, value)
        or _is_a_factor(seen, value)
        or _is_one_more(seen, item, value)
        or _is_a_day_of_a_record(seen, item, value)
        or _is_a_place_in_a_row(seen, item, value)
    )


def is_reference(passage: Passage, item: Item) -> bool:
    """Whether a number names a part of the source: "passage 2", "passages 2 and 3", "the second paragraph".

    >>> seen = Passage("Passages 2 and 3 give 5 ways.")
    >>> [is_reference(seen, item) for item in seen.items if item.value is not None]
    [True, True, False]
    """
    first = item.first
    while first > 1 and passage.words[first - 1].text.lower() in _LISTING and _is_figure(passage, first - 2):
        first -= 2
    while first and _is_figure(passage, first - 1):
        first -= 1
    beside = passage.words[max(0, first - 1) : item.stop + 1]
    return any(word.term in PARTS_OF_A_TEXT for word in beside)


def _is_figure(passage: Passage, at: int) -> bool:
    return passage.words[at].text.isdecimal()


def _is_spread(seen: Comparison, value: Value) -> bool:
    """Whether a sentence gives all of a date but the year, and the article the year elsewhere."""
    if len(value.parts) < 2:
        return False
    given = [dict(said.parts) for said in (v for p in seen.said for v in p.values) if said.parts]
    year = {part for part in value.parts if part[0] == "year"}
    rest = value.parts - year
    if not any(all(parts.get(name) == part for name, part in rest) for parts in given):
        return False
    if any(
        parts.get("year") not in {None, *(part for _, part in year)}
        for parts in given
        if rest <= parts.items()
    ):
        return False
    return all(seen.evidence.has_year(part) for _, part in year)


def _in_its_place(seen: Comparison, at: int, mine: Value) -> tuple[Value, str] | None:
    """The value that stands where this one stands in the claim, and how the article writes it."""
    found = seen.best(at)
    if found is None or found.same(at) or not seen.firm(found, at):
        return None
    said = found.partner(at)
    if said is None or said.value is None or agree(mine, said.value) or not _compare(mine, said.value):
        return None
    if _leaves_unit_out(mine, said.value) or _leaves_currency_out(seen, mine, said.value, found.said):
        return None
    return said.value, found.said.written(said)


def _leaves_unit_out(mine: Value, said: Value) -> bool:
    """Whether the article has the bare figure: "oven to 350", "4 or so hours"."""
    return not said.unit and mine.unit not in _SIGNED and same_amount(mine, said)


def _leaves_currency_out(seen: Comparison, mine: Value, said: Value, home: Passage) -> bool:
    """Whether a sentence has the bare figure of money, of which the article knows one currency: "owes 36"."""
    if said.unit or not same_amount(mine, said) or seen.evidence.currencies != {mine.unit}:
        return False
    after = home.words[said.stop : said.stop + 1]
    counts = any(home.text[said.end : word.start] == " " and not is_stopword(word.text) for word in after)
    return not counts


def _compare(one: Value, other: Value) -> bool:
    """Whether two values answer the same question: which one, when, or how much."""
    if one.soft and (other.kind != "number" or other.unit or other.low != other.high):
        return False
    if one.parts and other.parts:
        if _counts_back(one) != _counts_back(other) and not _is_relative(one, other):
            return False
        return (one.kind == "time") == (other.kind == "time")
    return (one.kind == "ordinal") == (other.kind == "ordinal") and bool(one.parts) == bool(other.parts)


def _is_relative(*each: Value) -> bool:
    return all(any(name == "rel" for name, _ in value.parts) for value in each)


def _is_moved(seen: Comparison, at: int) -> bool:
    """Whether the value stands in the sentence, but for something else: its neighbours fit another value."""
    found = seen.best(at)
    if found is None or found.anchored(at) < _MOVED:
        return False
    value, other = seen.claim.items[at].value, found.partner(at)
    # "nine in ten members" stands where "1,200 members, 91% of whom" has the number of all
    return not (value and other and other.value and value.is_share and not other.value.is_share)


def _wrong(seen: Comparison, item: Item, value: Value, other: tuple[Value, str]) -> Issue:
    said, written = other
    kind = "unit" if same_amount(value, said) and value.unit != said.unit else kind_of(value)
    return instead(seen, kind, item, written, GIVES)


def _turned(seen: Comparison, item: Item, value: Value) -> Issue | None:
    """An issue where the article has the amount with another sign only: "0.3%" for "-0.3%"."""
    found = ((each, said) for each in seen.said for said in each.values if agree_in_size(value, said))
    passage, said = next(found, (None, None))
    if passage is None or said is None or seen.evidence.where(value) is not None:
        return None
    return instead(seen, kind_of(value), item, passage.written(said), GIVES)


def _absent(seen: Comparison, item: Item, value: Value, given: list[Value]) -> Issue | None:
    unit = next((said for said in given if same_amount(value, said) and value.unit != said.unit), None)
    if unit is not None and _leaves_unit_out(value, unit):
        return None
    if unit is not None:
        home = next(passage for passage in seen.said if unit in passage.values)
        if _leaves_currency_out(seen, value, unit, home):
            return None
        return instead(seen, "unit", item, home.written(unit), GIVES)
    where = seen.evidence.where(value)
    if where is not None:
        return None if seen.evidence.leaves else elsewhere(seen, item, where)
    what = kind_of(value)
    return issue(seen, what, item, f"the article does not give this {what}")


def is_remainder(seen: Comparison) -> bool:
    """Whether a claim tells of the others what a sentence tells of some: "seven of eleven are not affected".

    >>> from quotewise._text.article import Article
    >>> from quotewise._grounding.compare import compare
    >>> from quotewise._grounding.evidence import Evidence
    >>> said = Evidence(Article("It affects four of the eleven sailings."))
    >>> is_remainder(compare("Seven of the eleven sailings are not affected.", [0], said))
    True
    """
    for one, whole in pairwise(seen.claim.values):
        between = seen.claim.text[one.end : whole.start].strip().split()
        if between[:1] != ["of"] or len(between) > _OF or one.low >= whole.low:
            continue
        amounts = [[said.low for said in passage.values if said.kind == "number"] for passage in seen.said]
        if any(whole.low in each and whole.low - one.low in each for each in amounts):
            return seen.claim.denies or not any(one.low in each for each in amounts)
    return False


def _is_derived(value: Value, given: list[Value]) -> bool:
    """Whether "doubled" or "half" follows from two amounts that the sentences give."""
    if value.kind not in {"times", "fraction"}:
        return False
    amounts = [said.low for said in given if said.low]
    return any(abs(one / other - value.low) < 0.05 * value.low for one in amounts for other in amounts)


def _is_reckoned(seen: Comparison, item: Item, value: Value) -> bool:
    """Whether a share or a factor follows from two amounts of a sentence: "doubled", "by 50%"."""
    if value.kind == "fraction" and any(_is_one_in(passage, value) for passage in seen.said):
        return True
    if any(_is_share(value, passage.values) for passage in seen.said):
        return True
    before = seen.claim.words[item.first - 1].text.lower() if item.first else ""
    changes = value.kind in {"times", "fraction"} or (value.unit == "%" and before == "by")
    return changes and any(_follows_from(value, passage.values) for passage in seen.said)


def _follows_from(value: Value, given: Sequence[Value]) -> bool:
    amounts = [said for said in given if said.kind == "number" and said.low and not said.soft]
    pairs = [(one, other) for one in amounts for other in amounts if one.unit == other.unit]
    if value.kind == "times":
        return any(abs(one.low / other.low - value.low) < 0.05 for one, other in pairs)
    changes = (abs(one.low - other.low) / other.low for one, other in pairs)
    return any(abs(change - value.share) < _NEAR_ENOUGH for change in changes)


def _is_share(value: Value, given: Sequence[Value]) -> bool:
    """Whether a share is that of one amount in another: "more than a quarter" for "eleven of the forty".

    Of per cents only rounded ones: some two of a sentence's numbers nearly always make a bare one.
    """
    told = value.kind == "fraction" or (value.unit == "%" and value.bound)
    if not told or not 0 < value.share < 1:
        return False
    amounts = [said for said in given if said.kind == "number" and said.low and not said.soft]
    parts = (one.low / other.low for one in amounts for other in amounts if one.unit == other.unit)
    return any(is_rounded_share(value, part) for part in parts if part < 1)


def _is_one_in(passage: Passage, value: Value) -> bool:
    """Whether a sentence has a fraction as "one driver in five"."""
    for at, item in enumerate(passage.items):
        lows = [passage.written(each).lower() for each in passage.items[max(0, at - 4) : at]]
        counted = item.value is not None and item.value.kind == "number" and item.value.low > 1
        if counted and item.value is not None and lows[-1:] == ["in"] and "one" in lows:
            return abs(1 / item.value.low - value.low) < _NEAR_ENOUGH
    return False


def _is_step(seen: Comparison, item: Item, value: Value, given: list[Value]) -> bool:
    """Whether a value is by how much two others of its sort differ: "by 0.30 euros", "nine fewer"."""
    before = seen.claim.words[item.first - 1].text.lower() if item.first else ""
    after = [word.text.lower() for word in seen.claim.words[item.stop : item.stop + 2]]
    if value.kind != "number" or (before != "by" and _STEPS.isdisjoint(after)):
        return False
    amounts = {said.low for said in given if said.kind == "number" and said.unit in {value.unit, ""}}
    return any(abs(abs(one - other) - value.low) <= 1e-6 * value.low for one in amounts for other in amounts)


def _is_count(seen: Comparison, item: Item, value: Value) -> bool:
    """Whether a small number in words may count what the article lists: "two friends"."""
    if value.kind != "number" or value.unit or value.low > 5 or seen.claim.text[item.start].isdecimal():
        return False
    noun = seen.claim.words[item.stop].term if item.stop < len(seen.claim.words) else ""
    return not any(
        said.stop < len(passage.words) and passage.words[said.stop].term == noun
        for passage in seen.said
        for said in passage.values
    )


def _is_reckoned_from_its_day(value: Value, given: list[Value]) -> bool:
    """Whether a time counts back from the day of the article, and no other of that sort is given.

    "Last week" for "on Friday", "this week" for what has no date: the day of writing is not known.
    """
    return _counts_back(value) and not any(name == "rel" for said in given for name, _ in said.parts)


def _counts_back(value: Value) -> bool:
    times = [str(part) for name, part in value.parts if name == "rel"]
    return len(times) == len(value.parts) == 1 and times[0].startswith(_ELAPSED)


def _is_ranked(seen: Comparison, item: Item, value: Value) -> bool:
    """Whether "season 2" stands for "the second season"."""
    noun = seen.claim.words[item.first - 1].term if item.first else ""
    return value.kind == "number" and any(
        said.kind == "ordinal" and said.low == value.low and passage.words[said.stop].term == noun
        for passage in seen.said
        for said in passage.values
        if said.stop < len(passage.words)
    )


def _is_century_of(seen: Comparison, item: Item, value: Value, given: list[Value]) -> bool:
    """Whether a century holds a year that the sentences give: "in the 18th century" for 1746."""
    noun = seen.claim.words[item.stop].text.lower() if item.stop < len(seen.claim.words) else ""
    years = [float(part) for said in given for name, part in said.parts if name == "year"]
    return (
        value.kind == "ordinal"
        and noun in {"century", "centuries"}
        and any(100 * (value.low - 1) < year <= 100 * value.low for year in years)
    )


def _is_time_between(seen: Comparison, item: Item, value: Value) -> bool:
    """Whether a number of years lies between two years of a sentence: "12 years" for "from 1816 to 1828"."""
    before = [word.text.lower() for word in seen.claim.words[max(0, item.first - 2) : item.first]]
    is_age = not value.unit and (before[-1:] in (["aged"], ["age"]) or before == ["age", "of"])
    if not is_age and (value.unit != "months" or value.worth < _MONTHS):
        return False
    told = value.low / (1 if is_age else _MONTHS)
    dates = [[part for said in p.values for part in said.parts if part[0] == "year"] for p in seen.said]
    years = [sorted({float(year) for _, year in each}) for each in dates]
    spans = (after - before for each in years for before, after in combinations(each, 2))
    return any(abs(span - told) <= 1 for span in spans)


def _is_vaguely(value: Value, given: list[Value]) -> bool:
    """Whether a range such as "thousands" has an amount of the sentences in it."""
    is_range = value.kind == "number" and not value.bound and value.high >= _VAGUE * value.low > 0
    return is_range and any(
        said.kind == "number" and value.low <= said.high and said.low <= value.high for said in given
    )


def _is_a_decade(seen: Comparison, value: Value) -> bool:
    """Whether ten years are a sentence's "decade"."""
    is_so = value.unit == "months" and value.low == value.high == _DECADE
    return is_so and any("decade" in passage.lows or "decade" in passage.text for passage in seen.said)


def _is_a_factor(seen: Comparison, value: Value) -> bool:
    """Whether "30-fold" is a sentence's "factor of 30"."""
    factor = re.compile(rf"\bfactor of {value.low:g}\b")
    return value.kind == "times" and any(factor.search(passage.text) for passage in seen.said)


def _is_a_place_in_a_row(seen: Comparison, item: Item, value: Value) -> bool:
    """Whether an ordinal may count what the sentences list: "a third lawsuit" where none is ranked."""
    noun = seen.claim.words[item.stop].term if item.stop < len(seen.claim.words) else ""
    return (
        value.kind == "ordinal"
        and noun not in _CENTURIES
        and not any(
            said.kind == "ordinal"
            and noun in [word.term for word in passage.words[said.stop : said.stop + 1]]
            for passage in seen.said
            for said in passage.values
        )
    )


def _is_one_more(seen: Comparison, item: Item, value: Value) -> bool:
    """Whether an ordinal only counts what is told: "a third customer", but not "a third of"."""
    before = seen.claim.words[item.first - 1].text.lower() if item.first else ""
    after = seen.claim.words[item.stop].text.lower() if item.stop < len(seen.claim.words) else ""
    return value.kind in {"ordinal", "fraction"} and before in _ARTICLES and after not in {"", "of"}


def _is_a_day_of_a_record(seen: Comparison, item: Item, value: Value) -> bool:
    """Whether "six days a week" are the days that a record has hours for."""
    if not seen.evidence.leaves or not _A_WEEK.match(seen.claim.text, item.end):
        return False
    days = {part for leaf in seen.evidence.leaves for part in leaf.path if part in _DAYS}
    return value.unit == "duration" and value.low == len(days) * _DAY


def _is_of_a_name(seen: Comparison, item: Item) -> bool:
    """Whether a sentence has the number beside the same word, as in a name: "covid 19" for "COVID-19"."""
    if item.first == 0 or item.stop != item.first + 1:
        return False
    pair = [word.text.lower() for word in seen.claim.words[item.first - 1 : item.stop]]
    return any(
        pair == [one.text.lower(), other.text.lower()]
        for passage in seen.said
        for one, other in pairwise(passage.words)
    )


def _is_last_time(seen: Comparison, value: Value) -> bool:
    """Whether a sentence has how often as the last time: "three times" for "for the third time"."""
    return value.kind == "times" and any(
        said.kind == "ordinal"
        and said.low == value.low
        and any(word.term == "time" for word in passage.words[said.stop : said.stop + 1])
        for passage in seen.said
        for said in passage.values
    )


def _is_a_sign(seen: Comparison, value: Value) -> bool:
    """Whether a sentence has a fraction as one sign: "½"."""
    signs = (sign for passage in seen.said for sign in passage.text if not sign.isascii())
    return value.kind == "fraction" and any(
        abs(numeric(sign, 0.0) - value.low) < _NEAR_ENOUGH / 10 for sign in signs
    )


def kind_of(value: Value) -> IssueKind:
    """What is wrong where a value is: a date or a number."""
    return "date" if value.kind in {"date", "time", "decade"} else "number"
