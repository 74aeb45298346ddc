"""What the checks alone find: `python benchmarks/checks.py DATA_FOLDER [--sources N]`, offline.

Three tables in Markdown on stdout: lies told by rule about the articles in tests/cases and about news of the
development data; honest rewrites kept; and the rank of texts by the checks on RAGTruth and SummEdits beside
two baselines on the same rows. F1 is that of the best threshold for the rows shown, so it is optimistic.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotewise import Article
from quotewise._grounding import weigh
from quotewise._grounding.check import check, judge
from quotewise._grounding.checks.foreign import is_guess
from quotewise._grounding.compare import Comparison
from quotewise._grounding.evidence import Evidence
from quotewise._grounding.overlap import _is_new, rarity
from quotewise._grounding.printed import is_abstention
from quotewise._grounding.split import claims_of
from quotewise._grounding.support import Support
from quotewise._grounding.verify import Checker
from quotewise._text.words import terms
from quotewise._values import Span, Verdict

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS / "grounding"))
from lies import lies  # noqa: E402  # the liar is a test case, not a part of the package

DEVELOPMENT = ("flood", "earnings", "football", "study", "budget")
TEST = ("space", "theft", "energy", "schools", "airline")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--sources", type=int, default=0, help="at most this many sources of each set (0: all)"
    )
    options = parser.parse_args()
    print_lies(options.data)
    print_honest()
    print_beside_the_point()
    print_ranks(options.data, options.sources)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of an xz-compressed file of JSON lines."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def article(name: str) -> Evidence:
    """One of the articles in tests/cases."""
    return Evidence(Article.from_file(TESTS / "cases" / "articles" / f"{name}.txt"))


def print_lies(data: Path) -> None:
    """Lies caught, by kind and by where the article is from."""
    seed = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))
    groups: dict[str, list[Evidence]] = {
        "five articles, development half": [article(name) for name in DEVELOPMENT],
        "five articles, test half": [article(name) for name in TEST],
        "the seed article": [Evidence(Article.from_file(seed))],
    }
    for name in ("news_writers", "cnndm_realsumm"):
        rows = rows_of(data / "summaries" / f"{name}.jsonl.xz")[:20]
        groups[f"{name}, 20 articles"] = [Evidence(Article(row["source"])) for row in rows]
    print("| lies about | caught | of | share | by kind | sentences flagged |\n|---|---|---|---|---|---|")
    for name, group in groups.items():
        told, found = caught(group, most=1 if len(group) > 5 else 3)
        kinds = ", ".join(f"{kind} {found[kind]}/{told[kind]}" for kind in sorted(told))
        share = found.total() / told.total()
        print(f"| {name} | {found.total()} | {told.total()} | {share:.1%} | {kinds} | {flagged(group)} |")


def caught(group: Iterable[Evidence], most: int) -> tuple[Counter[str], Counter[str]]:
    """How many lies of each kind were told, and how many rejected."""
    told, found = Counter[str](), Counter[str]()
    for each in group:
        for lie in lies(each.article, most=most):
            told[lie.kind] += 1
            found[lie.kind] += bool(check(lie.claim, [lie.sentence], each))
    return told, found


def flagged(group: Iterable[Evidence]) -> str:
    """Sentences of the articles that are rejected when claimed verbatim."""
    wrong = total = 0
    for each in group:
        for at, (start, end) in enumerate(each.article.sentences):
            total += 1
            wrong += bool(check(each.article.text[start:end], [at], each))
    return f"{wrong} of {total}"


def print_honest() -> None:
    """Honest rewrites rejected, by half."""
    cases = json.loads((TESTS / "cases" / "paraphrases.json").read_text(encoding="utf-8"))
    print("\n| honest rewrites | rejected | of |\n|---|---|---|")
    for label, names in (("development half", DEVELOPMENT), ("test half", TEST)):
        about = {name: article(name) for name in names}
        kept = [honest(about[case["article"]], case) for case in cases if case["article"] in about]
        print(f"| {label} | {kept.count(False)} | {len(kept)} |")


def print_beside_the_point() -> None:
    """Honest rewrites that cite a sentence far from them, and are taken as supported by it, by half."""
    cases = json.loads((TESTS / "cases" / "paraphrases.json").read_text(encoding="utf-8"))
    print("\n| honest rewrites beside a sentence that is not near them | supported | of |\n|---|---|---|")
    for label, names in (("development half", DEVELOPMENT), ("test half", TEST)):
        about = {name: article(name) for name in names}
        own = [case for case in cases if case["article"] in about]
        taken = [each for case in own for each in far_from(about[case["article"]], case)]
        print(f"| {label} | {taken.count(True)} | {len(taken)} |")


def far_from(evidence: Evidence, case: dict[str, str]) -> Iterator[bool]:
    """For each sentence that is none of a rewrite's nearest: is the rewrite supported by it?"""
    near = evidence.gather(case["claim"])
    for at, passage in enumerate(evidence.passages):
        if at not in near and case["cites"] not in passage.text:
            yield judge(case["claim"], [at], evidence).supported


def honest(evidence: Evidence, case: dict[str, str]) -> bool:
    """Whether an honest rewrite is supported by the sentence it is of."""
    place = evidence.article.text.index(case["cites"])
    cited = [at for at, (start, end) in enumerate(evidence.article.sentences) if start <= place < end]
    return judge(case["claim"], cited, evidence).supported


def print_ranks(data: Path, most: int) -> None:
    """How well the checks rank unsupported texts above supported ones."""
    print(
        "\n| set | texts (unsupported) | score | AUROC | best F1 | ms per text |\n|---|---|---|---|---|---|"
    )
    for name in ("ragtruth", "summedits"):
        rows = rows_of(data / "claims" / f"{name}.jsonl.xz")
        sources = list(dict.fromkeys(row["source"] for row in rows))
        kept = set(sources[:most] if most else sources)
        ranks = [
            row | scores(row) for row in sorted(rows, key=lambda r: r["source"]) if row["source"] in kept
        ]
        for task in ("", *sorted({row["task"] for row in ranks})) if name == "ragtruth" else ("",):
            print_rank(f"{name} {task}".strip(), [row for row in ranks if task in ("", row["task"])])


class Untrained(Checker):
    """The checks with nothing trained: a claim is scored by its rule, a text by the faults it may have.

    The weights of a text were chosen of a few on every third source of RAGTruth's training part.
    """

    def _support(self, text: str, spans: Sequence[Span]) -> Support:
        return Support(0.0, (), (0.0,) * len(spans))

    def _alone(self, seen: Comparison, supported: float) -> Verdict:
        text = seen.claim.text
        is_bare = not seen.cited and not weigh.abstains(text)
        if self.evidence.verbatim(text) is not None or is_abstention(text) or is_bare:
            return super()._alone(seen, supported)
        issues = self._issues_of(seen)
        verdict = weigh._verdict(weigh.rule_score(seen, issues), issues)
        return weigh.unsure(verdict) if is_guess(seen) else verdict

    def _whole(self, seen: Sequence[Comparison], alone: Sequence[Verdict], found: Support) -> float:
        if all(verdict.score == 1.0 for verdict in alone):
            return 1.0
        risk = sum(_expected(each, verdict) for each, verdict in zip(seen, alone, strict=True))
        prior = 0.8 if self.evidence.leaves else 0.0
        score = min(math.exp(-risk - prior), *weigh._foreign(seen, alone), 1.0)
        guessed = any(is_guess(one) for one, verdict in zip(seen, alone, strict=True) if verdict.score < 1.0)
        return min(score, weigh.UNSURE) if guessed else score


def _expected(seen: Comparison, verdict: Verdict) -> float:
    """The expected number of wrong things in a claim of a text; 0 where it is a sentence of the article.

    What the sentences fall short of holding counts. Of a record a rare new word weighs more than a common
    one, and a claim that none of its values is near to counts instead.
    """
    if verdict.score == 1.0:
        return 0.0
    if seen.evidence.leaves:
        heavy = (item for item in seen.claim.items if item.kind != "small")
        new = sum(rarity(item) for item in heavy if _is_new(item, seen.evidence))
        far = 0.0 if seen.alignments else 0.5
        return weigh._record_against(verdict.issues) + 0.01 * new + far
    return weigh._against(verdict.issues) + 0.06 * seen.new_items + 2.0 * weigh._thin(seen)


_last: dict[str, Evidence] = {}


def scores(row: dict[str, Any]) -> dict[str, float]:
    """The checks' suspicion of a text, and two baselines."""
    if row["source"] not in _last:
        _last.clear()
        _last[row["source"]] = Evidence(Article(row["source"]))
    evidence = _last[row["source"]]
    start = time.perf_counter()
    spans = claims_of(row["response"])
    result = Untrained(evidence, None).verified(row["response"], spans) if spans else None
    spent = time.perf_counter() - start
    said = terms(row["response"])
    new = sum(not evidence.index.frequency(term) for term in said)
    return {
        "checks": 1 - result.score if result else 0.0,
        "issues": float(sum(len(claim.verdict.issues) for claim in result.claims)) if result else 0.0,
        "new words, number": float(new),
        "new words, share": new / max(1, len(said)),
        "seconds": spent,
    }


def print_rank(name: str, rows: Sequence[dict[str, Any]]) -> None:
    """One row for each score of a set."""
    wrong = [1 - int(row["label"]) for row in rows]
    spent = 1000 * sum(row["seconds"] for row in rows) / len(rows)
    for score in ("checks", "issues", "new words, share", "new words, number"):
        values = [row[score] for row in rows]
        timed = f"{spent:.0f}" if score == "checks" else ""
        area, best = auroc(wrong, values), best_f1(wrong, values)
        print(f"| {name} | {len(rows)} ({sum(wrong)}) | {score} | {area:.3f} | {best:.3f} | {timed} |")


def auroc(wrong: Sequence[int], values: Sequence[float]) -> float:
    """The chance that an unsupported text is ranked above a supported one, ties counted half."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranks, at = [0.0] * len(values), 0
    while at < len(order):
        stop = at
        while stop < len(order) and values[order[stop]] == values[order[at]]:
            stop += 1
        for i in order[at:stop]:
            ranks[i] = (at + stop + 1) / 2
        at = stop
    positive = sum(wrong)
    total = sum(rank for rank, bad in zip(ranks, wrong, strict=True) if bad)
    return (total - positive * (positive + 1) / 2) / (positive * (len(wrong) - positive))


def best_f1(wrong: Sequence[int], values: Sequence[float]) -> float:
    """The highest F1 of any threshold."""
    order = sorted(range(len(values)), key=lambda i: -values[i])
    best, hits = 0.0, 0
    for count, i in enumerate(order, 1):
        hits += wrong[i]
        if count == len(order) or values[order[count]] != values[i]:
            best = max(best, 2 * hits / (count + sum(wrong)))
    return best


if __name__ == "__main__":
    main()
