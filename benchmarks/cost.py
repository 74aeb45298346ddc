"""What reading a long document costs in input tokens, as a ratio to the document's own tokens.

Run: `python benchmarks/cost.py`. Plans are played by hand with scripted answers of a usual length, so the
figures count every prompt that would be sent and need no server. The document is the seed article and the
test articles in turn, each copy's sentences marked with its number, until it has 100,000 tokens.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count, cycle
from pathlib import Path
from typing import Any

from quotewise import Article, count_tokens
from quotewise._plans.ask import Question, answer_call, question_parts
from quotewise._plans.asking import as_json
from quotewise._plans.core import Call, Plan, Reply
from quotewise._plans.numbered import Line, headers, parse
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import Limits
from quotewise._plans.schemas import ClaimedFact, ClaimedFacts, ClaimedPoint, ClaimedSummary
from quotewise._plans.summarize import SummaryTask, summarize

ROOT = Path(__file__).parents[1]
TOKENS = 100_000
QUESTIONS = [f"What does the article say about matter number {n}, and who said it?" for n in range(1, 21)]


def document(wanted: int = TOKENS) -> Article:
    """About so many tokens of prose in which no sentence stands twice."""
    texts = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests/cases/articles").glob("*.txt"))]
    texts += [p.read_text(encoding="utf-8") for p in (ROOT / "seeds").glob("*.txt")]
    parts: list[str] = []
    tokens = 0
    for copy, text in zip(count(), cycle(texts), strict=False):
        parts.append(text.replace(". ", f" in part {copy}. "))
        tokens += count_tokens(parts[-1])
        if tokens >= wanted:
            return Article("\n\n".join(parts))
    raise AssertionError("unreachable: the articles are read in a circle")


def model(call: Call) -> Any:
    """Answers of a usual length: facts for six sentences in ten up to the limit, or a summary of five."""
    lines, task = parse(call.messages[1].content)
    if call.task == "facts":
        limit = headers(task)["Limit"]
        told = [line for line in lines if line.number % 10 < 6][: int(limit) if limit.isdecimal() else None]
        return ClaimedFacts(facts=[_fact(line) for line in told])
    points = [ClaimedPoint(evidence=[line.number], rank=1, text=line.text) for line in lines[:5]]
    return ClaimedSummary(claims=points, headline="A headline")


def _fact(line: Line) -> ClaimedFact:
    return ClaimedFact(evidence=[line.number], kind="event", text=line.text)


def sent(plan: Plan[Any], answer: Callable[[Call], Any]) -> list[Call]:
    """The calls a plan makes when they are answered so."""
    made: list[Call] = []
    try:
        calls = next(plan)
        while True:
            made += calls
            calls = plan.send(tuple(Reply(as_json(answer(call))) for call in calls))
    except StopIteration:
        return made


def given(call: Call) -> int:
    return sum(count_tokens(message.content) for message in call.messages)


def shared_prefix(texts: list[str]) -> int:
    """Characters that all texts begin with."""
    return len(os.path.commonprefix(texts))  # noqa: RUF071  # characters are what is compared


def main() -> None:
    article = document()
    numbering = Numbering((article,))
    own = count_tokens(article.text)
    rows = []
    for name, limits in (("one pass", Limits()), ("map-reduce", Limits(window=32_000))):
        calls = sent(summarize(numbering, SummaryTask(), limits), model)
        total = sum(map(given, calls))
        rows.append((f"summary, {name}", len(calls), total, f"{total / own:.3f}"))
    prompts = []
    for text in QUESTIONS:
        question = Question(text)
        [part] = question_parts(numbering, question, Limits())
        prompts.append("".join(m.content for m in answer_call(part, question).messages))
    share = shared_prefix(prompts) / max(map(len, prompts))
    print(f"The document has {own:,} tokens in {len(article.sentences):,} sentences.\n")
    print("| | calls | input tokens | times the document |\n|---|--:|--:|--:|")
    for row in rows:
        print("| {} | {} | {:,} | {} |".format(*row))
    print(f"\nTwenty questions on it share {share:.4f} of their prompt as one beginning.")


if __name__ == "__main__":
    main()
