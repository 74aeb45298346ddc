"""The clues by which a span is taken for the answer: short strings about the sentence, the edges, the words.

Each clue has a learned weight and a span's score is their sum. Clues of a start or an end are counted once
for all the spans that share it. Nothing here knows the weights.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise

from ..._language.wordlists import listed
from ..questions.match import Match, Tagged, Weights, runs
from ..questions.question import Question
from ..words.common import closeness, code

LONGEST = 14
"""Words of the longest span that is considered."""

_DATE_WORDS = listed(
    "century decade spring summer autumn winter today tomorrow yesterday week month year bc ad"
)
_TIME_WORDS = _DATE_WORDS | listed("dawn morning noon midday afternoon dusk evening night midnight tonight")
"""What also answers "when" without a figure. Not among the fitted clues: the fit has not seen them."""

_BE = listed("is was be aged")
FEW = listed("few several dozens hundreds thousands none nobody both single twice")
"""What also answers "how many" without a figure."""
_EDGE_WORDS = listed("""
    the a an of in on at by for with from to into over about under after before between through during as than
    and or but is are was were be been has have had which that who called known named such including like
    because due since while when not only most some many
    """)
_REASONS = listed("because due since to so")
_WHY = listed("because due reason reasons since therefore")
_UNTIL = 6
"""Words after "until" in which its day or month stands."""
_STEPS = (0.02, 0.06, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98)
_DISTANCES = (1, 2, 3, 4, 6, 9, 14, 25)


def _step(share: float) -> int:
    return bisect_right(_STEPS, share)


def _far(distance: int) -> int:
    return bisect_right(_DISTANCES, distance)


def starts(sentence: Tagged) -> list[int]:
    """The words at which an answer may begin: not a conjunction, a helping verb, or inside "well-paid"."""
    shape, joined = sentence.classes, sentence.joined
    return [i for i in range(len(sentence)) if shape[i] not in "CRANW" and not joined[i]]


def ends(sentence: Tagged) -> list[int]:
    """The boundaries at which an answer may end: not after an article or a preposition, not inside a name."""
    shape, joined, size = sentence.classes, sentence.joined, len(sentence)
    closed = [j for j in range(1, size + 1) if shape[j - 1] not in "DPCWANR" and not joined[j]]
    return [j for j in closed if j == size or sentence.broken[j] or shape[j - 1 : j + 1] != "KK"]


def allowed(match: Match, sentence: Tagged, i: int, j: int) -> bool:
    """Whether the words i to j say more than the question did: some word is not one of its words."""
    known = match.count[j] - match.count[i]
    return known < j - i - (sentence.classes[i] == "D" and j - i > 1)


def of_sentence(
    question: Question,
    sentence: Tagged,
    match: Match,
    weights: Weights,
    rank: int,
    margin: float,
    about: Collection[str],
) -> list[str]:
    """The clues that all spans of a sentence share; `about` holds the terms of its neighbours and heading."""
    kind = question.kind
    own = weights.share(sentence.held)
    both = weights.share(sentence.held.union(about))
    shape = sentence.classes
    typed = holds(question, sentence, match)
    opens = shape[:1] if shape[:1] in "RD" else "-"
    return [
        f"sr{rank}", f"sm{_step(margin)}", f"sc{_step(own)}", f"sb{_step(both - own)}{opens}",
        f"st{typed}{kind}", f"sl{_far(len(sentence) // 3)}", f"sn{_step(match.before[-1])}",
        f"sx{_longest_run(match)}", f"sh{bool(match.head)}{kind}",
        f"sv{bool(match.next)}{bool(match.last)}", f"sk{rank}{typed}",
        f"sp{_step(pairs(question, sentence))}", f"sN{_away(question, sentence, 'K')}",
        f"sM{_away(question, sentence, '#YM')}", f"sA{_away(question, sentence, 'v')}",
        f"su{min(4, sum(t not in sentence.held for t in question.terms))}",
    ]  # fmt: skip


def shared_runs(question: Question, sentence: Tagged) -> tuple[float, float]:
    """The shares of the question's pairs and triples of neighbouring words that the sentence holds."""
    asked = runs([word.text.lower() for word in question.words])
    both = asked & sentence.runs
    two, three = (sum(len(run) == n for run in asked) or 1 for n in (2, 3))
    found = sum(len(run) == 2 for run in both)
    return found / two, (len(both) - found) / three


def head_closeness(question: Question, sentence: Tagged, i: int, j: int) -> float:
    """How near a word of the span comes to the noun the question turns on, as the Danube to "river"."""
    if not question.head:
        return 0.0
    found = (code(term) for term in sentence.terms[i:j])
    return closeness(code(question.head), [known for known in found if known is not None])


def pairs(question: Question, sentence: Tagged) -> float:
    """The share of neighbouring wanted terms that stand as near here: within three words, in that order."""
    asked = list(pairwise(question.words[i].term for i in question.wanted))
    found = sum(_close(sentence.terms, one, other) for one, other in asked)
    return found / len(asked) if asked else 0.0


def _close(terms: Sequence[str], one: str, other: str) -> bool:
    return any(term == one and other in terms[i + 1 : i + 4] for i, term in enumerate(terms))


def _away(question: Question, sentence: Tagged, kinds: str) -> int:
    """How many wanted words of some classes are not in the sentence, at most 3."""
    asked = [question.words[i].term for i in question.wanted if question.classes[i] in kinds]
    return min(3, sum(term not in sentence.held for term in asked))


def _longest_run(match: Match) -> int:
    best = run = 0
    for weight in match.at:
        run = run + 1 if weight else 0
        best = max(best, run)
    return min(best, 5)


def holds(question: Question, sentence: Tagged, match: Match) -> bool:
    """Whether a word of the expected sort stands in the sentence that the question did not name."""
    expected = question.expected
    if expected == "reason":
        return not _WHY.isdisjoint(sentence.lower)
    if expected == "number" and not question.units and not FEW.isdisjoint(sentence.lower):
        return True
    if expected == "date" and not _TIME_WORDS.isdisjoint(sentence.lower):
        return True
    if question.units:
        return _measures(question, sentence)
    wanted = {"date": "YM#", "number": "#Y", "person": "K", "place": "K"}.get(expected, "")
    return any(c in wanted and not at for c, at in zip(sentence.classes, match.at, strict=True))


def _measures(question: Question, sentence: Tagged) -> bool:
    """Whether a number stands beside a unit of what is asked: "40 metres" for "how long"; or is an age."""
    if question.asks_age and any(is_age(sentence, i) for i in range(len(sentence))):
        return True
    if question.asks_how_long and until(sentence) is not None:
        return True
    return any(
        kind in "#Y" and not question.units.isdisjoint(sentence.terms[max(0, i - 2) : i + 3])
        for i, kind in enumerate(sentence.classes)
    )


def until(sentence: Tagged) -> int | None:
    """Where the words after "until" begin that give a day, a month or a year; None where there are none."""
    for i, word in enumerate(sentence.lower):
        near = sentence.classes[i + 1 : i + 1 + _UNTIL]
        if word in ("until", "till") and ("M" in near or "Y" in near):
            return i + 1
    return None


def is_age(sentence: Tagged, i: int) -> bool:
    """Whether a word is a person's age as news gives it: "Marsh, 19, said", "who is 29, said"; no "(77%)"."""
    if sentence.gaps[i + 1].startswith("%"):
        return False
    apart = i > 0 and (sentence.broken[i] or sentence.lower[i - 1] in _BE)
    return apart and sentence.broken[i + 1] and sentence.lower[i].isdecimal() and len(sentence.lower[i]) < 4


def of_start(question: Question, sentence: Tagged, match: Match, i: int) -> list[str]:
    """The clues of beginning at word `i`."""
    kind, shape, lower = question.kind, sentence.classes, sentence.lower
    before = "^" if not i else "," if sentence.broken[i] else shape[i - 1]
    further = shape[i - 2] if i > 1 else "^"
    first, second = shape[i], shape[i + 1] if i + 1 < len(shape) else "$"
    word = lower[i] if lower[i] in _EDGE_WORDS else ""
    left = lower[i - 1] if i and lower[i - 1] in _EDGE_WORDS else ""
    near = _far(match.left[i])
    verb = _before(match.next, i)
    final = _before(match.last, i)
    found = [
        f"a{before}", f"b{before}{first}", f"c{further}{before}", f"d{first}{second}", f"e{first}{kind}",
        f"f{before}{kind}", f"g{before}{first}{kind}", f"h{near}", f"i{near}{kind}", f"j{near}{before}",
        f"k{_step(match.pull_left[i])}", f"l{_step(match.before[i])}{question.form[0]}", f"m{verb}",
        f"n{verb}{kind}{question.form}", f"o{final}{question.form}", f"p{verb}{before}", f"q{final}{kind}",
        f"r{_far(i)}", f"s{_focus_before(match.head, i)}{kind}", f"C{first}{question.expected}",
        f"D{before}{question.expected}",
    ]  # fmt: skip
    if left:
        found += [f"t{left}", f"u{left}{kind}", f"w{left}{near}"]
    if word:
        found += [f"v{word}", f"x{word}{kind}"]
    gap = match.left[i]
    if gap < 5:
        link = shape[i - gap : i] + "," * any(sentence.broken[i - gap : i + 1])
        found += [f"F{link}", f"G{link}{kind}", f"H{link}{first}"]
    if question.prepositions:
        found.append(f"y{left in question.prepositions}{word in question.prepositions}")
    if sentence.gaps[i] != " " and any(mark in sentence.gaps[i] for mark in '"“('):
        found += ["z", f"z{kind}", f"z{sentence.gaps[i].strip()[-1:]}"]
    if lower[i] in _REASONS or left in ("because", "due"):
        found.append(f"A{lower[i] in _REASONS}{left}{kind}")
    return found


def of_end(question: Question, sentence: Tagged, match: Match, j: int) -> list[str]:
    """The clues of ending before word `j`."""
    kind, shape, lower = question.kind, sentence.classes, sentence.lower
    size = len(shape)
    after = "$" if j == size else "," if sentence.broken[j] else shape[j]
    further = shape[j + 1] if j + 1 < size else "$"
    last = shape[j - 1]
    right = lower[j] if j < size and lower[j] in _EDGE_WORDS else ""
    near = _far(match.right[j])
    verb = _after(match.next, j)
    final = _after(match.last, j)
    found = [
        f"Ea{after}", f"Eb{last}{after}", f"Ec{after}{further}", f"Ed{last}{kind}", f"Ee{after}{kind}",
        f"Ef{last}{after}{kind}", f"Eg{near}", f"Eh{near}{kind}", f"Ei{near}{after}",
        f"Ej{_step(match.pull_right[j])}",
        f"Ek{_step(match.before[-1] - match.before[j])}{question.form[0]}", f"El{verb}",
        f"Em{verb}{kind}{question.form}", f"En{final}{question.form}", f"Eo{verb}{after}",
        f"Ep{final}{kind}", f"Eq{_far(size - j)}", f"Er{_focus_after(match.head, j)}{kind}",
        f"Et{last}{question.expected}",
    ]  # fmt: skip
    gap = match.right[j]
    if gap < 5:
        link = "," * any(sentence.broken[j : j + gap + 1]) + shape[j : j + gap]
        found += [f"Ex{link}", f"Ey{link}{kind}", f"Ez{last}{link}"]
    if right:
        found += [f"Eu{right}", f"Ev{right}{kind}"]
    if sentence.gaps[j] != " " and any(mark in sentence.gaps[j] for mark in '"”)%'):
        found += ["Ew", f"Ew{sentence.gaps[j].strip()[:1]}", f"Ew{kind}"]
    return found


def of_span(question: Question, sentence: Tagged, match: Match, i: int, j: int) -> list[str]:
    """The clues of the words `i` to `j` together, beside those of their edges."""
    kind, expected, shape = question.kind, question.expected, sentence.classes
    seg = shape[i:j]
    size = j - i
    fits = _gives_reason(sentence, i) if expected == "reason" else typed(expected, seg, sentence.lower[i:j])
    names = seg.count("K")
    numbers = seg.count("#") + seg.count("Y") + seg.count("M")
    known = int(match.count[j] - match.count[i])
    before = "^" if not i else "," if sentence.broken[i] else shape[i - 1]
    after = "$" if j == len(shape) else "," if sentence.broken[j] else shape[j]
    breaks = sum(sentence.broken[i + 1 : j])
    heads = sum(i <= p < j for p in match.head) if match.head else 0
    four, five, six = (size, size, size) if size < 5 else (4, 5, min(size, 6))
    holds = f"{'P' in seg:d}{'C' in seg:d}{'v' in seg:d}"
    return [
        f"Sa{size}", f"Sb{size}{kind}", f"Sc{fits}{expected}", f"Sd{fits}{kind}{five}",
        f"Se{known}", f"Sf{known}{six}", f"Sg{min(breaks, 3)}{kind}", f"Sh{holds}",
        f"Si{holds}{kind}", f"Sj{'R' in seg or 'W' in seg or 'A' in seg:d}", f"Sk{min(numbers, 3)}{kind}",
        f"Sl{min(names, 4)}{five}", f"Sm{(2 * names) // size}{kind}", f"Sn{before}{after}",
        f"So{before}{after}{kind}", f"Sp{seg[0]}{seg[-1]}{kind}", f"Sq{seg[0]}{four}{seg[-1]}",
        f"Sr{heads}{kind}", f"Ss{match.left[i] == 0:d}{match.right[j] == 0:d}",
        f"St{int(sum(sentence.rarity[i:j]) / size)}", f"Su{int(max(sentence.rarity[i:j]))}",
        f"Sv{before}{seg[:4]}{after}",
    ]  # fmt: skip


def _gives_reason(sentence: Tagged, i: int) -> int:
    """2 at or right after "because" or "due to", 1 where the words begin with "to" or "for", else 0."""
    if not _WHY.isdisjoint(sentence.lower[max(0, i - 2) : i + 1]):
        return 2
    return int(sentence.lower[i] in ("to", "for", "as"))


def typed(expected: str, seg: str, lower: Sequence[str]) -> int:
    """0 to 2: how far the words are of the expected sort, 2 where they are that and little else."""
    if expected == "date":
        return int("Y" in seg or "M" in seg) + ("Y" in seg or any(word in _DATE_WORDS for word in lower))
    if expected == "number":
        return int("#" in seg or "Y" in seg) + ("#" in seg)
    if expected in ("person", "place"):
        return int("K" in seg) + (2 * seg.count("K") >= len(seg))
    return 0


def _before(positions: Sequence[int], i: int) -> str:
    """Where the nearest of the positions lies, seen from a start: how far before it, or after it."""
    behind = [i - 1 - p for p in positions if p < i]
    if behind:
        return f"<{min(_far(min(behind)), 5)}"
    return ">" if positions else "-"


def _after(positions: Sequence[int], j: int) -> str:
    ahead = [p - j for p in positions if p >= j]
    if ahead:
        return f">{min(_far(min(ahead)), 5)}"
    return "<" if positions else "-"


def _focus_before(head: Sequence[int], i: int) -> int:
    return min((_far(i - 1 - p) for p in head if p < i), default=9)


def _focus_after(head: Sequence[int], j: int) -> int:
    return min((_far(p - j) for p in head if p >= j), default=9)
