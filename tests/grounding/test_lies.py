"""A model that lies: how many of its lies are caught, and how many honest claims are turned away.

The articles are in two halves. The checks were written while looking at `DEVELOPMENT`; nothing was changed
after looking at what failed in `TEST`.
"""

from __future__ import annotations

import json
import lzma
import os
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from quotewise import Article
from quotewise._grounding.check import check, judge
from quotewise._grounding.evidence import Evidence

from .lies import lies

CASES = Path(__file__).parents[1] / "cases"
DEVELOPMENT = ("flood", "earnings", "football", "study", "budget")
TEST = ("space", "theft", "energy", "schools", "airline")
KINDS = {
    "number", "date", "unit", "polarity", "name", "role", "attribution", "modality", "quantity", "superlative"
}  # fmt: skip
PARAPHRASES = json.loads((CASES / "paraphrases.json").read_text(encoding="utf-8"))
DATA = Path(os.environ.get("QUOTEWISE_DATA") or Path(__file__).parents[2].parent / "shared" / "data")


@cache
def evidence(name: str) -> Evidence:
    return Evidence(Article.from_file(CASES / "articles" / f"{name}.txt"))


def caught(about: Iterable[Evidence], most: int = 3) -> tuple[Counter[str], Counter[str]]:
    """How many lies of each kind were told, and how many were not returned as supported."""
    told, found = Counter[str](), Counter[str]()
    for each in about:
        for lie in lies(each.article, most=most):
            told[lie.kind] += 1
            # An issue alone rejects a claim, and is found far faster than the trained score.
            issues = check(lie.claim, [lie.sentence], each)
            found[lie.kind] += bool(issues) or not judge(lie.claim, [lie.sentence], each).supported
    return told, found


@pytest.mark.parametrize("half", [DEVELOPMENT, TEST], ids=["development", "test"])
def test_lies_are_caught(half: tuple[str, ...]) -> None:
    """At least 97% of the lies about each half of the articles are caught, and no kind is left out."""
    told, found = caught(map(evidence, half))
    assert set(told) == KINDS
    assert told.total() >= 300
    assert found.total() >= 0.97 * told.total()


def test_an_honest_claim_does_not_rest_on_any_sentence() -> None:
    """Cited for a sentence that is none of its nearest, it is supported in less than one of 200 cases."""
    beside = supported = 0
    for case in PARAPHRASES:
        about, claim = evidence(case["article"]), case["claim"]
        near = about.gather(claim)
        others = [
            at for at, each in enumerate(about.passages) if at not in near and case["cites"] not in each.text
        ]
        for at in others[:: len(others) // 3]:
            beside += 1
            supported += judge(claim, [at], about).supported
    assert beside >= 400
    assert supported <= beside / 200


def test_lies_about_the_seed_article_are_caught(seed: Article) -> None:
    """The seed article is not about anything the checks were made for."""
    told, found = caught([Evidence(seed)])
    assert told.total() >= 50
    assert found.total() >= 0.97 * told.total()


@pytest.mark.parametrize("name", [*DEVELOPMENT, *TEST])
def test_no_sentence_of_an_article_has_an_issue(name: str) -> None:
    """A claim copied from a sentence is supported, with a score of 1."""
    about = evidence(name)
    for at, span in enumerate(about.article.sentences):
        sentence = about.article.text[span.start : span.end]
        assert check(sentence, [at], about) == ()
        assert judge(sentence, [at], about).score == 1.0


@pytest.mark.parametrize(("half", "least"), [(DEVELOPMENT, 0.98), (TEST, 0.95)], ids=["development", "test"])
def test_honest_rewrites_are_kept(half: tuple[str, ...], least: float) -> None:
    """Other forms of a number, a name for a pronoun and a trimmed clause are no lies.

    The bar of the test half is where it stood when it was first measured: its failures were not looked at.
    """
    about = [each for each in PARAPHRASES if each["article"] in half]
    kept = sum(_is_kept(each) for each in about)
    assert len(about) >= 75
    assert kept >= least * len(about)


def _is_kept(case: dict[str, str]) -> bool:
    about = evidence(case["article"])
    place = about.article.text.index(case["cites"])
    cited = [at for at, span in enumerate(about.article.sentences) if span.start <= place < span.end]
    return judge(case["claim"], cited, about).supported


@pytest.mark.data
@pytest.mark.parametrize("name", ["cnndm_realsumm", "news_writers"])
def test_lies_about_real_news_are_caught(name: str) -> None:
    """On real news, 95% of the lies are caught and no sentence is flagged."""
    path = DATA / "summaries" / f"{name}.jsonl.xz"
    if not path.exists():
        pytest.skip(f"the development data is not here: no {path.name} under QUOTEWISE_DATA")
    with lzma.open(path, "rt", encoding="utf-8") as rows:
        about = [Evidence(Article(json.loads(row)["source"])) for row, _ in zip(rows, range(5), strict=False)]
    told, found = caught(about, most=1)
    assert told.total() >= 300
    assert found.total() >= 0.95 * told.total()
    for each in about:
        for at, span in enumerate(each.article.sentences):
            assert judge(each.article.text[span.start : span.end], [at], each).supported
