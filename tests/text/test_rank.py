"""BM25: the passage that shares the rarest words with a query comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise._text.rank import Bm25
from quotewise._text.words import terms

TEXTS = (
    "The summit was in Paris.",
    "Paris is a city.",
    "Troops may be needed in Paris, troops and more troops.",
)


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    """Paris is in every passage and the summit in one, so the summit decides."""
    assert Bm25(TEXTS).top("summit city of Paris", 3) == [0, 1, 2]
    assert Bm25(TEXTS).top("the summit", 3) == [0]


def test_scores_match_the_formula() -> None:
    """One passage, computed by hand: idf ln(1 + 2.5/1.5) and a term twice in a passage of mean length."""
    index = Bm25(["alpha alpha", "beta gamma", "delta delta"])

    assert index.idf("alpha") == pytest.approx(0.9808, abs=1e-4)
    assert index.scores("alpha")[0] == pytest.approx(0.9808 * 2 * 2.2 / (2 + 1.2), abs=1e-3)
    assert index.scores("alpha")[1:] == [0.0, 0.0]


def test_repeating_a_query_word_changes_nothing() -> None:
    """A query is a set of words."""
    index = Bm25(TEXTS)

    assert index.scores("summit") == index.scores("summit, summit!")


def test_no_shared_word_means_no_passage() -> None:
    """Where nothing matches, nothing is offered."""
    assert Bm25(TEXTS).top("volcano", 3) == []
    assert Bm25(TEXTS).scores("") == [0.0] * 3


def test_an_index_of_nothing_answers_with_nothing() -> None:
    """No passages, or empty ones, are no error."""
    assert Bm25([]).scores("summit") == []
    assert Bm25(["", "..."]).top("summit", 1) == []


def test_known_terms_give_the_same_index() -> None:
    """Terms computed by the caller rank as the texts do."""
    assert Bm25(TEXTS).scores("Paris") == Bm25.of_terms([terms(t) for t in TEXTS]).scores(terms("Paris"))


def test_a_passage_in_any_script_is_found() -> None:
    """Chinese characters are words."""
    assert Bm25(["東京は首都です", "人口は多い"]).top("人口", 2) == [1]


@given(st.lists(st.text(max_size=40), max_size=8), st.text(max_size=40), st.integers(0, 10))
def test_top_is_sorted_and_bounded(texts: list[str], query: str, n: int) -> None:
    """The best are in falling order, at most n, and all of them share a word with the query."""
    index = Bm25(texts)
    scores = index.scores(query)
    best = index.top(query, n)

    assert len(best) <= n
    assert best == sorted(best, key=lambda i: (-scores[i], i))
    assert all(set(terms(texts[i])) & set(terms(query)) for i in best)
