"""Short claims with one value or name exchanged: `python benchmarks/retold.py DATA_FOLDER [--half H]`.

Offline. From news (`summaries`) and encyclopedia paragraphs with questions (`qa`): a clause of a sentence,
told by itself and shorter, or a question and its answer made into a statement. The lie is the same claim
with its number, day, year or name exchanged for another of the same article. Of each is told whether
`verify` supports it, and what becomes of it as a model's claim that cites its own sentence, another one, or
(the lie) the sentence that has what was put in. Articles are parted by their id: rules were tried on the
half "tune", and "hold" was measured only. A name put for another may happen to be true as well, so a few
lies are none.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quotewise import Article
from quotewise._grounding.evidence import Evidence
from quotewise._grounding.verify import verified
from quotewise._language.names import same_parts
from quotewise._language.passage import Item, Passage
from quotewise._language.typed import agree
from quotewise._plans.checked import Checked, Draft
from quotewise._plans.ground import check
from quotewise._plans.numbering import Numbering

NEWS = ("xsum1000", "news_writers", "cnndm_summeval")
PER_ARTICLE = 8
SHORTEST_NAME = 4
KINDS = ("date", "number", "name")
"""What is exchanged, by preference: names are in nearly every claim."""
_BREAK = re.compile(
    r"[,;:—–](?!\d)|[()]| (?:but|and|which|who|while|because|although|after|before|when|where|with) "
)
_SAYING = re.compile(r"^.{0,60}?\b(?:said|says|added|told \w+|warned|confirmed) (?:that )?(?=[A-Za-z])")
_LEADING = re.compile(r"^(?:and|but|so|then|however|also|while|because|although|that)\b[ ,]*", re.IGNORECASE)
_HELPER = re.compile(
    r"\b(?:will|also|now|then|just|already) |\b(?:has|had|have) (?=\w+ed\b)"
    r"|\b(?:Mr|Mrs|Ms|Dr|Sir)\.? |\b[a-z]+ly "
)
_SUBJECTS = re.compile(r"(?:The|An?|Some|About|Around|More|[A-Z0-9£$€]\S*)\b")
_OF_ALL = re.compile(r"\b(?:not|no|never|nor|could|would|might|if|he|she|it|they|this|that|we|i|you)\b", re.I)
_VERB = re.compile(r"\b(?:is|are|was|were|be|been|may|can|must|[a-z]+(?:ed|es|s)|began|won|lost|led|took)\b")
_SUBJECT = re.compile(
    r"(?:Who|What|Which(?: \w+)?|What (?!is|was|are|were|did|does|do)\w+) (?!did |does |do )(.+)\?"
)
_COUNT = re.compile(
    r"How many (\w+ (?:\w+ )?(?:were|was|are|is|have|has|died|live|lived|attended|took)\b.*)\?"
)
_DID = re.compile(r"(When|In (?:what|which) year|Where|On what date) (did) (.+)\?")
_WAS = re.compile(r"(When|In (?:what|which) year|Where) (was|were) (.+) (\w+(?:ed|en|wn|de|lt|ld))\?")


class Told(NamedTuple):
    """A claim, whether it is true, what is exchanged, its sentence, another, and the lie's."""

    text: str
    true: bool
    kind: str
    own: int
    other: int
    home: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=("tune", "hold"), default="hold")
    parser.add_argument("--show", type=Path, help="write the claims with their verdicts here")
    parser.add_argument(
        "--articles", type=int, default=0, help="at most this many articles of each set (0: all)"
    )
    options = parser.parse_args()
    found: dict[str, Counter[str]] = {}
    shown: list[str] = []
    for origin, source, questions in articles(options.data, options.half, options.articles):
        article = Article(source)
        evidence = Evidence(article)
        told = [*of_questions(evidence, questions)] if questions else [*of_sentences(evidence)]
        numbering = Numbering((article,))
        for one in told:
            seen = judged(one, numbering)
            row = found.setdefault(f"{origin}, {one.kind}", Counter())
            row.update({f"{one.true} {name}": int(value) for name, value in seen.items()})
            row[f"{one.true} all"] += 1
            shown.append(json.dumps([one._asdict(), seen, source], ensure_ascii=False))
    print_table(found)
    if options.show:
        options.show.write_text("\n".join(shown), encoding="utf-8")


def print_table(found: dict[str, Counter[str]]) -> None:
    """A row for each origin and kind, and one for all."""
    total = Counter[str]()
    for row in found.values():
        total.update(row)
    print(
        "| claims | lies | supported by `verify` | kept, citing their own sentence | another | the value's "
        "| true | rejected by `verify` | rejected, citing their own sentence | another "
        "| of these moved to their own |\n|" + "---|" * 11
    )
    for name, row in (*sorted(found.items()), ("all", total)):
        lies, true = row["False all"], row["True all"]
        cells = [
            f"{lies}",
            *(share(row[f"False {each}"], lies) for each in ("verify", "own", "other", "home")),
            f"{true}",
            *(share(true - row[f"True {each}"], true) for each in ("verify", "own", "other")),
            share(row["True moved"], true),
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")


def share(part: int, whole: int) -> str:
    """A count with its share."""
    return f"{part} ({part / whole:.1%})" if whole else ""


def articles(data: Path, half: str, most: int) -> Iterator[tuple[str, str, list[tuple[str, str, int]]]]:
    """Each article of a half: what it is, its text, and its questions with answers and where these begin."""
    for name in NEWS:
        rows = rows_of(data / "summaries" / f"{name}.jsonl.xz")
        kept = [row for row in rows if half_of(row["cluster"]) == half and len(row["source"]) < 8_000]
        yield from (("news", row["source"], []) for row in kept[: most or None])
    asked: dict[str, list[tuple[str, str, int]]] = {}
    for row in rows_of(data / "qa" / "squad2.jsonl.xz"):
        if row["answerable"] and half_of(row["cluster"]) == half:
            asked.setdefault(row["source"], []).append(
                (row["question"], row["answers"][0], row["answer_starts"][0])
            )
    yield from (("questions", source, each) for source, each in list(asked.items())[: most or None])


def half_of(key: str) -> str:
    """Which half a source belongs to, for ever the same."""
    return ("tune", "hold")[zlib.crc32(key.encode()) % 2]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of an xz-compressed file of JSON lines."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def judged(one: Told, numbering: Numbering) -> dict[str, bool]:
    """What becomes of a claim, by `verify` and as a model's."""
    result = verified(one.text, numbering.evidence, None)
    seen = {"verify": bool(result and result.supported)}
    for name, cited in (("own", one.own), ("other", one.other), ("home", one.home)):
        if cited >= 0:
            checked = check(Draft(one.text, (cited + 1,)), numbering)
            seen[name] = not checked.reason
            if name == "other":
                seen["moved"] = moved(checked, one.own)
    return seen


def moved(checked: Checked, own: int) -> bool:
    """Whether a claim is kept with its own sentence among those it cites."""
    return not checked.reason and own + 1 in checked.draft.evidence


def of_sentences(evidence: Evidence) -> Iterator[Told]:
    """Claims made of clauses, and their lies; at most a few of an article."""
    made = (each for at in range(len(evidence.passages)) for each in _of_clauses(evidence, at))
    for _, each in zip(range(PER_ARTICLE), made, strict=False):
        yield from each


def _of_clauses(evidence: Evidence, at: int) -> Iterator[tuple[Told, ...]]:
    text = evidence.passages[at].text.strip()
    for clause in _BREAK.split(_SAYING.sub("", text)):
        claim = retold(clause)
        if claim and len(claim) < 0.9 * len(text):
            yield from _with_lie(evidence, claim, at, zlib.crc32(claim.encode()))


def retold(clause: str) -> str:
    """A clause as a short sentence; "" where it is none, or needs what stands before it."""
    words = _LEADING.sub("", clause.strip(" .\"'”“’‘"))
    words = _HELPER.sub("", words)
    if not 3 <= len(words.split()) <= 14 or _OF_ALL.search(words):
        return ""
    words = (
        f"{words[0].upper()}{words[1:]}"
        if re.match(r"(?:the|an?|some|about|around|more)\b", words)
        else words
    )
    told = _SUBJECTS.match(words)
    return f"{words}." if told and _VERB.search(words, told.end()) else ""


def of_questions(evidence: Evidence, questions: Sequence[tuple[str, str, int]]) -> Iterator[Told]:
    """Questions with their answers as statements, and their lies."""
    starts = [span.start for span in evidence.article.sentences]
    for question, answer, start in questions:
        at = max(i for i, each in enumerate(starts) if each <= start)
        claim = stated(question, answer)
        if claim:
            begin = claim.find(answer)
            for each in _with_lie(
                evidence, claim, at, zlib.crc32(claim.encode()), begin, begin + len(answer)
            ):
                yield from each


def stated(question: str, answer: str) -> str:
    """A question and its answer as a sentence, where that takes no more than a change of order."""
    if match := _COUNT.fullmatch(question):
        return f"{answer} {match[1]}."
    if match := _WAS.fullmatch(question):
        return f"{_upper(match[3])} {match[2]} {match[4]} {_placed(answer)}."
    if match := _DID.fullmatch(question):
        return f"{_upper(match[3])} {_placed(answer)}."
    match = _SUBJECT.fullmatch(question)
    return f"{_upper(answer)} {match[1]}." if match else ""


def _placed(answer: str) -> str:
    return answer if re.match(r"(?:in|on|at|from|by|after|before|during)\b", answer, re.I) else f"in {answer}"


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]


def _with_lie(
    evidence: Evidence, claim: str, at: int, seed: int, first: int = 0, last: int | None = None
) -> Iterator[tuple[Told, ...]]:
    """The claim and a lie told of it, if the article has something to put in; else nothing."""
    said = Passage(claim, evidence.style)
    places = [item for item in said.items if item.value or item.name]
    places = [item for item in places if first <= item.start and item.end <= (last or len(claim))]
    own = evidence.passages[at]
    places = [item for item in places if _stands(item, own)]
    places = next(filter(None, ([each for each in places if kind_of(each) == k] for k in KINDS)), [])
    far = [i for i, p in enumerate(evidence.passages) if i != at and len(p.words) > 4]
    if not places or not far:
        return
    item = places[seed % len(places)]
    swaps = sorted(set(_swaps(evidence, said, item)))
    if not swaps:
        return
    written, home = swaps[seed // 7 % len(swaps)]
    lie = claim[: item.start] + written + claim[item.end :]
    other = far[seed // 11 % len(far)]
    kind = kind_of(item)
    yield Told(claim, True, kind, at, other, -1), Told(lie, False, kind, at, other, home)


def kind_of(item: Item) -> str:
    """What an item is, if it can be exchanged."""
    if item.value is not None and not item.value.soft:
        return "date" if item.value.parts else "number"
    return "name" if item.name is not None and len(item.name.parts[-1]) >= SHORTEST_NAME else ""


def _stands(item: Item, own: Passage) -> bool:
    return own.gives(item.value) if item.value else bool(item.name and own.has_name(item.name))


def _swaps(evidence: Evidence, said: Passage, item: Item) -> Iterator[tuple[str, int]]:
    """What else of the article could stand in an item's place, and in which sentence it stands."""
    for at, passage in enumerate(evidence.passages):
        for value in passage.values if item.value else ():
            written = passage.written(value)
            if _may_stand(said, item, value) and written[0].isdigit() == said.text[item.start].isdigit():
                yield written, at
        for name in passage.names if item.name else ():
            mine = item.name.parts if item.name else ()
            alike = len(name.parts) == len(mine) and not set(name.parts) & set(mine)
            inside = name.start > 0 and len(name.parts[-1]) >= SHORTEST_NAME
            if alike and inside and not said.has_name(name) and not same_parts(name.parts, mine):
                yield passage.written(name), at


def _may_stand(said: Passage, item: Item, value: Any) -> bool:
    mine = item.value
    if mine is None or any(agree(each, value) or agree(value, each) for each in said.values):
        return False
    dated = {name for name, _ in mine.parts} == {name for name, _ in value.parts}
    return dated and not value.soft and (mine.kind, mine.unit) == (value.kind, value.unit)


if __name__ == "__main__":
    main()
