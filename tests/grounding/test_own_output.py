"""What this library prints, given back to `verify` beside the same article."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotewise import Article, ask, facts, summarize, verify
from quotewise._grounding.split import claims_of

CASES = Path(__file__).parents[1] / "cases"
PRINTED = [
    *("articles/budget.txt", "articles/airline.txt", "articles/flood.txt"),
    *("documents/annual_report.md", "documents/clauses.txt", "documents/club.txt", "documents/company.md"),
    *("documents/faq.md", "documents/howto.md", "documents/minutes.txt", "documents/school.md"),
    *("rewritten/depot.txt", "rewritten/reservoirs.txt", "rewritten/minutes.txt"),
]
QUESTION = "How much does it cost?"


def assert_it_verifies(article: Article) -> None:
    results = (
        summarize(article, model="extractive"),
        facts(article, model="extractive"),
        ask(QUESTION, article, model="extractive"),
    )
    for result in results:
        for text in (str(result), result.to_markdown()):
            checked = verify(text, article)
            assert [claim.text for claim in checked.claims if not claim.verdict.supported] == []


@pytest.mark.parametrize("path", PRINTED)
def test_what_is_printed_of_an_article_is_supported(path: str) -> None:
    """As plain text and as Markdown, whatever the article is."""
    assert_it_verifies(Article.from_file(CASES / path))


def test_what_is_printed_of_the_seed_article_is_supported(seed: Article) -> None:
    """The article that no test was made for as well."""
    assert_it_verifies(seed)


def test_markup_is_no_part_of_a_claim_and_moves_no_offset() -> None:
    """Stars and backslashes are read through, and every place is one of the text as it was given."""
    text = (
        "- The pier is **250** m long \\(since 1988\\), a well\\-known sight\\.[^1]\n- It cost *£9* million"
    )
    article = "The pier is 250 m long (since 1988), a well-known sight. It cost £8 million."
    checked = verify(text, article)
    one, other = checked.claims
    assert one.verdict.supported
    assert one.verdict.score == 1.0
    assert [text[claim.start : claim.end] for claim in checked.claims] == [one.text, other.text]
    assert [issue.text for issue in other.verdict.issues] == ["£9* million"]
    assert all(other.text[issue.start : issue.end] == issue.text for issue in other.verdict.issues)
    assert [text[start:end] for start, end in checked.unsupported] == ["It cost *£9* million"]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("“It’s the oldest pier.”", "It's the oldest pier."),
        ("It's the oldest **pier**", "It's the oldest pier."),
        ('“"We won," he said.”', '"We won," he said.'),
        ("Chair: Ann Lee;", "- Chair: Ann Lee;"),
        ("Wash it\\.", "2. Wash it."),
        ("A \\[b\\] c.", "A \\[b\\] c."),
    ],
)
def test_a_sentence_is_known_whatever_its_signs_look_like(claim: str, sentence: str) -> None:
    """Quotation marks, stress, backslashes, the mark of a list and the last full stop say nothing."""
    checked = verify(claim, f"The town is old.\n\n{sentence}\n")
    assert (checked.supported, checked.score) == (True, 1.0)


LISTS = """The following were elected:
- Chair: Ann Lee
- Clerk: Bo Ray

The following left:
- Sam Fox

| Line | 2023 | 2024 |
|---|---|---|
| Leith | £2 | £3 |
| Ayr | £4 | - |
"""


@pytest.mark.parametrize(
    "claim",
    [
        "The following were elected: Chair: Ann Lee",
        "The following left: Sam Fox",
        "Leith, 2023: £2, 2024: £3",
        "Ayr, 2023: £4",
    ],
)
def test_an_item_behind_its_lead_and_a_row_with_its_heads_are_word_for_word(claim: str) -> None:
    """As the extractive engine tells them."""
    assert verify(claim, LISTS).score == 1.0


@pytest.mark.parametrize(
    "claim",
    [
        "The following left: Chair: Ann Lee",
        "The following were elected: Sam Fox",
        "Leith, 2023: £3, 2024: £2",
        "Ayr, 2024: £4",
    ],
)
def test_another_lead_or_another_head_is_not(claim: str) -> None:
    """The nearest lead counts, and each cell under its own head."""
    assert verify(claim, LISTS).score < 1.0


def test_what_was_not_returned_is_no_claim() -> None:
    """A list of what was left out says itself that the article does not support it."""
    text = (
        "- Rain fell. [1] (event)\n\n[1] word for word in the article\n\n"
        "Not returned, because the article does not support it (2):\n  x Snow fell.\n    “Snow”: no\n"
        "  x It froze.\n    not supported\n\nRead by the built-in extractive engine; no model was called."
    )
    assert [text[start:end] for start, end in claims_of(text)] == ["Rain fell."]


def test_that_the_article_does_not_say_is_told_to_be_unchecked() -> None:
    """Nothing speaks against it, and the trace says that nothing was looked for."""
    checked = verify("The article does not say.", "Rain fell on Monday.")
    assert checked.supported
    assert checked.score == 0.5
    assert checked.trace.notes == ("that the article does not say was not checked",)
    assert [claim.text for claim in verify("Rain fell. The article does not say.", "Rain fell.").claims] == [
        "Rain fell."
    ]


def test_the_name_of_the_article_is_no_claim() -> None:
    """The page shows it above the text; alone it is one all the same."""
    article = Article("Rain fell.", title="notes-of-may")
    assert [claim.text for claim in verify("notes-of-may\n\nRain fell.", article).claims] == ["Rain fell."]
    assert not verify("notes-of-may", article).supported
