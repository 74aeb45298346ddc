"""The support model: what its numbers mean, that they agree with themselves, and what it must never do."""

from __future__ import annotations

import json
import lzma
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotewise._grounding.support import Index, cuts, score, score_text
from quotewise._grounding.support import lexicon as lexicon_module
from quotewise._grounding.support.forest import Forest
from quotewise._grounding.support.lexicon import lexicon
from quotewise._grounding.support.structure import leaves
from quotewise._results import Span
from quotewise._text.sentences import sentences
from quotewise._text.words import term

ARTICLE = (
    "The council approved the new bridge on Tuesday by nine votes to four. Work will begin in March 2027 "
    "and cost £4.2 million. Mayor Ana Ruiz said the old crossing was no longer safe. Two local "
    "shops had objected to the plan."
)
SHOP = (
    "{'name': 'Corner Cafe', 'hours': {'Monday': '8:0-17:30'}, 'attributes': {'WiFi': False, "
    "'OutdoorSeating': True, 'Music': None}, 'stars': 4.0, 'reviews': [{'text': \"Lovely cakes.\"}]}\n"
    "Overview:"
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ARTICLE, sentences(ARTICLE))


@pytest.fixture(scope="module")
def shop() -> Index:
    return Index(SHOP, sentences(SHOP))


def test_no_sentence_of_the_article_is_ever_suspected(index: Index) -> None:
    """A sentence in the article's own words is supported, and so is each of its words."""
    for span in sentences(ARTICLE):
        support = score(ARTICLE[span.start : span.end], index)
        assert support.probability > 0.98
        assert all(value < cuts().word for _, _, value in support.words)


def test_an_article_is_supported_by_itself(index: Index) -> None:
    """The whole article as the text is supported."""
    assert score_text(ARTICLE, index, sentences(ARTICLE)).probability > 1 - cuts().text


def test_a_part_of_a_sentence_is_not_taken_for_a_quote() -> None:
    """Words cut out of a denial are in the article, and still not what it says."""
    article = "Officials denied that the bridge had collapsed."
    index = Index(article, sentences(article))
    assert score("The bridge had collapsed.", index).probability < score(article, index).probability


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The council approved the bridge on Tuesday.", "Scientists in Oslo found a sleeping volcano."),
        ("Work will begin in March 2027.", "Work will begin in November 2031 with a parade."),
        ("Mayor Ana Ruiz said the old crossing was unsafe.", "Senator Bob Fisk praised the old crossing."),
        ("Two shops had objected to the plan.", "Hundreds of angry residents sued over the plan."),
    ],
)
def test_an_invention_scores_below_a_paraphrase(index: Index, better: str, worse: str) -> None:
    """What the article says in other words scores above what it does not say."""
    assert score(better, index).probability > score(worse, index).probability


def test_words_stand_where_they_say(index: Index) -> None:
    """Each word's offsets cut the word out of the text, and its number is a probability."""
    text = "Mayor Ruiz resigned. Work begins in March."
    support = score_text(text, index, sentences(text))
    assert [text[start:end] for start, end, _ in support.words] == text.replace(".", "").split()
    assert all(0 <= value <= 1 for _, _, value in support.words)


def test_each_sentence_has_its_own_probability(index: Index) -> None:
    """A text's sentences are scored as the claims they are, in order, one for each span given."""
    text = "Two local shops had objected to the plan. A volcano woke under Oslo. !"
    spans = [Span(0, 42), Span(42, 69), Span(69, len(text))]
    good, bad, empty = score_text(text, index, spans).sentences
    assert good > bad
    assert empty == 1.0
    assert bad == pytest.approx(score(text[42:69], index).probability)


def test_data_that_says_no_is_not_read_as_yes(shop: Index) -> None:
    """Of structured data, a claim that follows a true value scores above one that contradicts a false one."""
    offered = score("The cafe offers outdoor seating.", shop).probability
    assert offered > score("The cafe offers free wifi and live music nightly.", shop).probability


def test_hours_of_data_are_read_as_times(shop: Index) -> None:
    """Opening hours count as the times of day that prose would name."""
    assert shop.hours == {8 * 60, 17 * 60 + 30}


@pytest.mark.parametrize("text", ["", "   ", "!?", "...", "\n\n"])
def test_a_text_without_words_claims_nothing(index: Index, text: str) -> None:
    """Nothing said is nothing unsupported."""
    spans = sentences(text) if text.strip() else ()
    assert score(text, index)[:2] == (1.0, ())
    assert score_text(text, index, spans) == (1.0, (), (1.0,) * len(spans))


def test_an_article_without_words_supports_nothing() -> None:
    """Against an empty source a claim is not supported, and nothing breaks."""
    assert score("The council approved the bridge.", Index("--", [Span(0, 2)])).probability < 0.5


def test_another_language_than_the_articles_is_scored_not_refused(index: Index) -> None:
    """A text in another language gives a low score rather than an error."""
    assert score("Der Gemeinderat hat die Brücke am Dienstag genehmigt.", index).probability < 0.7
    assert 0 <= score("市議会は火曜日に橋を承認した。", index).probability <= 1


def test_cited_sentences_come_first(index: Index) -> None:
    """A claim beside the sentence that says it scores no lower than beside another."""
    claim = "The bridge was approved by nine votes to four."
    assert score(claim, index, cited=(0,)).probability >= score(claim, index, cited=(3,)).probability


def test_the_same_question_has_the_same_answer(index: Index) -> None:
    """Nothing is remembered from one claim to the next that would change a score."""
    claim = "The mayor said the crossing was dangerous."
    first = score(claim, index)
    score("Something else entirely, about cakes.", index)
    assert score(claim, index) == first == score(claim, Index(ARTICLE, sentences(ARTICLE)))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_against_any_source_has_a_probability(text: str, source: str) -> None:
    """No text breaks the model, and each word lies in the text in order."""
    support = score_text(text, Index(source, sentences(source)), sentences(text))
    assert 0 <= support.probability <= 1
    ends = [0, *(end for _, end, _ in support.words)]
    assert all(start >= end for (start, _, _), end in zip(support.words, ends, strict=False))
    assert ends[-1] <= len(text)


@settings(max_examples=40, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(),
        lambda inner: st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4),
        max_leaves=12,
    )
)
def test_every_value_of_an_object_is_a_leaf(value: Any) -> None:
    """Reading JSON or a dict's own text finds as many values as stand in it."""

    def count(inner: Any) -> int:
        return sum(map(count, inner.values())) if isinstance(inner, dict) else 1

    if isinstance(value, dict):
        assert len(leaves(json.dumps(value))) == count(value)


@given(st.text(alphabet="{}[]()'\",:\\ab \n", max_size=200))
def test_broken_data_is_read_as_far_as_it_goes(text: str) -> None:
    """Brackets that nothing closes, quotes that nothing ends: never an error."""
    for leaf in leaves(text):
        assert isinstance(leaf.words, str)


def _forest(*trees: list[tuple[int, int]], thresholds: list[list[float]]) -> Forest:
    nodes = [node for tree in trees for node in tree]
    values = [value for column in thresholds for value in column]
    counts = [len(column) for column in thresholds]
    head = struct.pack("<4sHHIIdd", b"QWF1", len(trees), len(counts), len(nodes), len(values), -1.0, 0.5)
    body = struct.pack(f"<{len(counts)}H{len(values)}f", *counts, *values)
    return Forest(head + body + b"".join(struct.pack("<BH", *node) for node in nodes))


STUMP = [(0, 0), (255, 1), (255, 4)]
DEEP = [(1, 0), (0, 1), (255, 0), (255, 7), (1, 1), (255, 2), (255, 9)]


def _walked(row: tuple[float, float]) -> float:
    stump = 1 if row[0] <= 0.5 else 4
    deep = (0 if row[0] <= 2 else 7) if row[1] <= -1 else 2 if row[1] <= 3 else 9
    return -1 + 0.5 * (stump + deep)


@given(
    st.lists(st.tuples(st.sampled_from([0, 0.5, 1, 2, 2.5]), st.sampled_from([-2, -1, 0, 3, 4])), min_size=1)
)
def test_rows_side_by_side_go_where_each_would_alone(rows: list[tuple[float, float]]) -> None:
    """The forest in lanes gives each row what a walk down each tree gives."""
    forest = _forest(STUMP, DEEP, thresholds=[[0.5, 2.0], [-1.0, 3.0]])
    assert forest.log_odds(rows) == [_walked(row) for row in rows]


def test_the_tables_are_small_and_of_this_version() -> None:
    """All packed tables together are at most 2 MB, and a file of another kind is refused."""
    folder = Path(lexicon_module.__file__).parent
    assert sum(path.stat().st_size for path in folder.glob("*.bin")) <= 2_000_000
    with pytest.raises(ValueError, match="version"):
        lexicon_module.Lexicon(b"XXXX" + bytes(40))


def test_the_lexicon_was_packed_with_these_stems() -> None:
    """Common words are found by their terms; where not, stems changed and the tables need packing."""
    common = [
        "said",
        "government",
        "people",
        "increased",
        "services",
        "national",
        "companies",
        "agreement",
        "studies",
        "running",
        "began",
    ]
    common += [
        "happily",
        "organization",
        "international",
        "police",
        "families",
        "cities",
        "better",
        "children",
        "went",
    ]
    assert [word for word in common if not lexicon().known(term(word))] == []


def test_numpy_is_not_needed() -> None:
    """Scoring imports neither numpy nor anything else outside the standard library and this project."""
    code = (
        "import sys; from quotewise._grounding.support import Index, score;"
        "from quotewise._results import Span;"
        "score('It rained.', Index('It rained.', [Span(0, 10)])); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def _data() -> Path:
    return Path(os.environ.get("QUOTEWISE_DATA") or Path(__file__).parents[3] / "shared" / "data")


@pytest.mark.data
def test_claims_of_another_kind_than_the_training_data_are_ranked() -> None:
    """On WiCE, to which no ranking was fitted, supported claims rank above the others."""
    path = _data() / "claims" / "wice.jsonl.xz"
    if not path.exists():
        pytest.skip("the development data is not here (set QUOTEWISE_DATA)")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(80), strict=False)]
    scores = [(row["label"], _scored(row)) for row in rows]
    good, bad = ([s for label, s in scores if label == kind] for kind in (1, 0))
    wins = sum((g > b) + (g == b) / 2 for g in good for b in bad)
    assert wins / (len(good) * len(bad)) > 0.72


def _scored(row: dict[str, Any]) -> float:
    return score(row["response"], Index(row["source"], sentences(row["source"]))).probability
