"""A liar by rule: takes a true sentence and makes it false in one place, and says how.

Shares no word list with the library, so that what it swaps is not what the checks were written from. Only
makes lies; whether they are caught is for `test_lies`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quotewise import Article


@dataclass(frozen=True)
class Lie:
    """A false claim, the sentence that it twists, and the kind of twist."""

    kind: str
    claim: str
    sentence: int
    honest: str


TABLES = json.loads((Path(__file__).parents[1] / "cases" / "lies.json").read_text(encoding="utf-8"))
"""What is swapped for what: words for words; for modality, quantity and superlative patterns."""
MONTHS, WEEKDAYS, NUMBERS = TABLES["months"], TABLES["weekdays"], TABLES["numbers"]
OUTSIDERS, UNITS, OPPOSITES = TABLES["outsiders"], TABLES["units"], TABLES["opposites"]
SPEECH = (
    "said|says|told|warned|claimed|promised|stressed|insisted|argued|stated|announced|added|contended|maintained|"
    "explained|complained|admitted|denied"
)


def lies(article: Article, seed: int = 0, most: int = 3) -> Iterator[Lie]:
    """At most `most` lies of each kind about each sentence, always the same ones for the same seed."""
    people, places = _people(article.text), _names(article.text)
    for at, span in enumerate(article.sentences):
        sentence = " ".join(article.text[span.start : span.end].split())
        if len(sentence.split()) < 5 or sentence[-1] not in '.!?"”':
            continue
        for kind, rule in RULES.items():
            rng = random.Random(f"{seed}:{kind}:{sentence}")
            made = list(dict.fromkeys(rule(sentence, rng, people, places)))
            rng.shuffle(made)
            for claim in made[:most]:
                if claim.casefold() != sentence.casefold():
                    yield Lie(kind, claim, at, sentence)


Rule = Callable[[str, random.Random, list[str], list[str]], Iterator[str]]


def _number(sentence: str, rng: random.Random, people: list[str], places: list[str]) -> Iterator[str]:
    for match in re.finditer(r"(?<![\w.,:'’-])(\d{1,3}(?:,\d{3})+|\d+\.\d+|\d+)(?![\w,:]|\.\d)", sentence):
        if re.fullmatch(r"(?:19|20|16|17|18)\d\d", match[1]) or _is_day(sentence, match):
            continue
        yield _put(sentence, match, _other_number(match[1], rng))
    for match in re.finditer(r"\b(" + "|".join(NUMBERS) + r")\b(?! of)", sentence, re.IGNORECASE):
        other = rng.choice([word for word in NUMBERS if word != match[1].lower()])
        yield _put(sentence, match, other.capitalize() if match[1][0].isupper() else other)


def _is_day(sentence: str, match: re.Match[str]) -> bool:
    around = sentence[max(0, match.start() - 10) : match.end() + 10]
    return any(month in around for month in [*MONTHS, "May"])


def _other_number(written: str, rng: random.Random) -> str:
    value = float(written.replace(",", ""))
    other = rng.choice([value * 10, value / 10, value + rng.randint(1, 9), value * 2, value * 3 + 1])
    if "." in written:
        return f"{other:.{len(written.split('.')[1])}f}"
    return (
        f"{max(2, round(other)):,}" if "," in written else str(max(2, round(other) + (round(other) == value)))
    )


def _date(sentence: str, rng: random.Random, people: list[str], places: list[str]) -> Iterator[str]:
    for pool in (MONTHS, WEEKDAYS):
        for match in re.finditer(r"\b(?:" + "|".join(pool) + r")\b", sentence):
            yield _put(sentence, match, rng.choice([one for one in pool if one != match[0]]))
    for match in re.finditer(r"(?<![\d,.£$€])(?:16|19|20)\d\d(?![\d,.]\d)", sentence):
        yield _put(sentence, match, str(int(match[0]) + rng.choice([-10, -3, -1, 1, 2, 20])))
    for match in re.finditer(r"\b(next|last) (week|month|year)\b", sentence):
        yield _put(sentence, match, f"{'last' if match[1] == 'next' else 'next'} {match[2]}")
        yield _put(sentence, match, f"{match[1]} {'month' if match[2] == 'week' else 'week'}")
    for match in re.finditer(r"\b(\d{1,2})( ?[ap]\.?m\b)", sentence):
        yield _put(sentence, match, f"{int(match[1]) % 12 + 1}{match[2]}")
    for match in re.finditer(r"\b(\d{1,2}) (?=May|" + "|".join(MONTHS) + ")", sentence):
        yield _put(sentence, match, f"{(int(match[1]) + rng.randint(1, 9)) % 28 + 1} ")


def _unit(sentence: str, rng: random.Random, people: list[str], places: list[str]) -> Iterator[str]:
    for match in re.finditer(r"(?<=\d )(" + "|".join(UNITS) + r")\b", sentence):
        yield _put(sentence, match, UNITS[match[1]])
    for match in re.finditer(r"(?<=(?:illion) )(euros|dollars|kroner|pounds)\b", sentence):
        yield _put(sentence, match, UNITS[match[1]])
    for match in re.finditer(r"\b(?:" + "|".join(NUMBERS) + ") (" + "|".join(UNITS) + r")\b", sentence):
        yield sentence[: match.start(1)] + UNITS[match[1]] + sentence[match.end(1) :]
    for match in re.finditer(r"[$£€](?=\d)", sentence):
        yield _put(sentence, match, rng.choice([sign for sign in "$£€" if sign != match[0]]))
    for match in re.finditer(r"(?<=\d)(?:%| per cent)", sentence):
        yield _put(sentence, match, " million")


def _polarity(sentence: str, rng: random.Random, people: list[str], places: list[str]) -> Iterator[str]:
    for match in re.finditer(
        r"\b(?:is|are|was|were|will|would|could|can|must|should|had|has|have|may)\b"
        r"(?! (?:not|no|never|n't|just|only|a few))",
        sentence,
    ):
        yield sentence[: match.end()] + " not" + sentence[match.end() :]
    for match in re.finditer(r" not(?! (?:only|just))\b| never\b", sentence):
        yield _put(sentence, match, "")
    for match in re.finditer(r"\b(?:" + "|".join(OPPOSITES) + r")\b(?! than)", sentence):
        yield _put(sentence, match, OPPOSITES[match[0]])


def _name(sentence: str, rng: random.Random, people: list[str], places: list[str]) -> Iterator[str]:
    for pool in (people, places):
        for name in pool:
            if (at := _stands(sentence, name)) is None or _speaks(sentence, at, len(name)):
                continue
            others = [
                other for other in pool if not set(other.split()) & set(sentence.replace(",", " ").split())
            ]
            others += OUTSIDERS if pool is people else ["Zanzibar", "Reykjavik"]
            for other in rng.sample(others, min(2, len(others))):
                yield sentence[:at] + other + sentence[at + len(name) :]


def _role(sentence: str, rng: random.Random, people: list[str], places: list[str]) -> Iterator[str]:
    """Two names of the sentence in one another's place."""
    if re.search(r"\band\b|\bor\b|\bbetween\b|\bwith\b", sentence):
        return
    held = [(at, name) for name in [*people, *places] if (at := _stands(sentence, name)) is not None]
    held = [(a, n) for a, n in held if not any(a2 <= a < a2 + len(n2) and n2 != n for a2, n2 in held)]
    for (a, one), (b, other) in zip(sorted(held), sorted(held)[1:], strict=False):
        if (one in people) == (other in people) and b - (a + len(one)) > 3:
            yield sentence[:a] + other + sentence[a + len(one) : b] + one + sentence[b + len(other) :]


def _attribution(sentence: str, rng: random.Random, people: list[str], places: list[str]) -> Iterator[str]:
    others = [
        name for name in people if not set(name.split()) & set(sentence.replace(",", " ").split())
    ] + OUTSIDERS
    for name in people:
        at = _stands(sentence, name)
        if at is not None and _speaks(sentence, at, len(name)):
            for other in rng.sample(others, 2):
                yield sentence[:at] + other + sentence[at + len(name) :]
    if (match := re.match(rf"(?:She|He|They) (?={SPEECH})", sentence)) is not None:
        yield rng.choice(OUTSIDERS) + " " + sentence[match.end() :]
    if (
        match := re.match(r"[\w .]+? (?:claimed|alleged|argued|contended|suggested) that (\w)", sentence)
    ) is not None:
        rest = sentence[match.start(1) :]
        yield rest[0].upper() + rest[1:]
    if (
        not re.search(SPEECH + r"|according", sentence)
        and '"' not in sentence
        and re.match(r"The |A |It |In ", sentence)
    ):
        yield f"According to {rng.choice(others)}, {sentence[0].lower()}{sentence[1:]}"


def _table(rows: list[list[str]]) -> Rule:
    def rule(sentence: str, rng: random.Random, people: list[str], places: list[str]) -> Iterator[str]:
        for pattern, other in rows:
            for match in re.finditer(pattern, sentence):
                changed = match.expand(other)
                if match.start() == 0:
                    changed = changed[0].upper() + changed[1:]
                yield _put(sentence, match, changed)

    return rule


RULES: dict[str, Rule] = {
    "number": _number,
    "date": _date,
    "unit": _unit,
    "polarity": _polarity,
    "name": _name,
    "role": _role,
    "attribution": _attribution,
    "modality": _table(TABLES["modality"]),
    "quantity": _table(TABLES["quantity"]),
    "superlative": _table(TABLES["superlative"]),
}


def _put(sentence: str, match: re.Match[str], other: str) -> str:
    return sentence[: match.start()] + other + sentence[match.end() :]


def _stands(sentence: str, name: str) -> int | None:
    match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", sentence)
    return match.start() if match else None


def _speaks(sentence: str, at: int, length: int) -> bool:
    return re.match(rf",? (?:{SPEECH})\b", sentence[at + length :]) is not None


def _people(text: str) -> list[str]:
    """Names of two words or more whose last word also speaks, and that last word alone."""
    found: list[str] = []
    for match in re.finditer(r"\b[A-Z][\w-]+ (?:(?:von|van|de|der) )*[A-Z][\w-]+\b", text):
        last = match[0].split()[-1]
        if re.search(rf"\b{last},? (?:{SPEECH})|(?:{SPEECH}),? {last}\b", text):
            found += [match[0], last]
    return list(dict.fromkeys(found))


def _names(text: str) -> list[str]:
    """Single capitalised words inside sentences that follow in, to, at, from, of or near: places, mostly."""
    found = re.findall(r"\b(?:in|to|at|from|near|against) ([A-Z][a-z]{3,})\b(?! [A-Z])", text)
    dates = {*MONTHS, *WEEKDAYS, "May"}
    return [name for name in dict.fromkeys(found) if name not in dates and name not in TABLES["titles"]]
