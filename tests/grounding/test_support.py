"""The support model: what its numbers mean, that they agree with themselves, and what it must never do."""

from __future__ import annotations

import json
import lzma
import os
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotewise import Article
from quotewise._grounding.check import issues_of, judge
from quotewise._grounding.compare import compare
from quotewise._grounding.evidence import Evidence
from quotewise._grounding.findings import findings, nothing_found
from quotewise._grounding.support import FINDINGS, Support, cuts
from quotewise._grounding.support import score as score_claims
from quotewise._grounding.support.forest import Forest
from quotewise._grounding.support.index import Index
from quotewise._grounding.verify import Checker
from quotewise._grounding.weigh import trained
from quotewise._language import meanings as lexicon_module
from quotewise._language.meanings import lexicon, relation, senses
from quotewise._language.records import leaves
from quotewise._text.sentences import sentences
from quotewise._text.words import term
from quotewise._values import Span

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
def about() -> Evidence:
    return Evidence(Article(ARTICLE))


@pytest.fixture(scope="module")
def shop() -> Evidence:
    return Evidence(Article(SHOP))


def score(claim: str, about: Evidence, cited: tuple[int, ...] | None = None) -> Support:
    """The trained score of one claim beside the sentences it cites, or the nearest."""
    seen = compare(claim, about.gather(claim) if cited is None else cited, about)
    return trained(seen, issues_of(seen))


def score_text(text: str, about: Evidence, spans: Sequence[Span]) -> Support:
    """The trained score of a text of several claims."""
    checker = Checker(about, None)
    found = [checker.found(text[span.start : span.end]) for span in spans]
    return score_claims(text, spans, about.support, found)


def test_no_sentence_of_the_article_is_ever_suspected(about: Evidence) -> None:
    """A sentence in the article's own words is supported, and so is each of its words."""
    for span in sentences(ARTICLE):
        support = score(ARTICLE[span.start : span.end], about)
        assert support.probability > 0.98
        assert all(value < cuts().word for _, _, value in support.words)


def test_an_article_is_supported_by_itself(about: Evidence) -> None:
    """The whole article as the text is supported."""
    assert score_text(ARTICLE, about, sentences(ARTICLE)).probability > 1 - cuts().text


def test_a_part_of_a_sentence_is_not_taken_for_a_quote() -> None:
    """Words cut out of a denial are in the article, and still not what it says."""
    article = "Officials denied that the bridge had collapsed."
    about = Evidence(Article(article))
    assert score("The bridge had collapsed.", about).probability < score(article, about).probability


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The council approved the bridge on Tuesday.", "Scientists in Oslo found a sleeping volcano."),
        ("Work will begin in March 2027.", "Work will begin in November 2031 with a parade."),
        ("Mayor Ana Ruiz said the old crossing was unsafe.", "Senator Bob Fisk praised the old crossing."),
        ("Two shops had objected to the plan.", "Hundreds of angry residents sued over the plan."),
    ],
)
def test_an_invention_scores_below_a_paraphrase(about: Evidence, better: str, worse: str) -> None:
    """What the article says in other words scores above what it does not say."""
    assert score(better, about).probability > score(worse, about).probability


def test_words_stand_where_they_say(about: Evidence) -> None:
    """Each word's offsets cut the word out of the text, and its number is a probability."""
    text = "Mayor Ruiz resigned. Work begins in March."
    support = score_text(text, about, sentences(text))
    assert [text[start:end] for start, end, _ in support.words] == text.replace(".", "").split()
    assert all(0 <= value <= 1 for _, _, value in support.words)


def test_each_sentence_has_its_own_probability(about: Evidence) -> None:
    """A text's sentences are scored as the claims they are, in order, one for each span given."""
    text = "Two local shops had objected to the plan. A volcano woke under Oslo. !"
    spans = [Span(0, 42), Span(42, 69), Span(69, len(text))]
    good, bad, empty = score_text(text, about, spans).sentences
    assert good > bad
    assert empty == 1.0
    assert bad == pytest.approx(score(text[42:69], about).probability, abs=0.02)


def test_data_that_says_no_is_not_read_as_yes(shop: Evidence) -> None:
    """Of structured data, a claim that follows a true value scores above one that contradicts a false one."""
    offered = score("The cafe offers outdoor seating.", shop).probability
    assert offered > score("The cafe offers free wifi and live music nightly.", shop).probability


def test_hours_of_data_are_read_as_times(shop: Evidence) -> None:
    """Opening hours count as the times of day that prose would name."""
    assert shop.support.hours == {8 * 60, 17 * 60 + 30}


@pytest.mark.parametrize("text", ["", "   ", "!?", "...", "\n\n"])
def test_a_text_without_words_claims_nothing(text: str, about: Evidence) -> None:
    """Nothing said is nothing unsupported."""
    spans = sentences(text) if text.strip() else ()
    found = [nothing_found(1.0)] * len(spans)
    assert score_claims(text, spans, about.support, found) == (1.0, (), (1.0,) * len(spans))


def test_an_article_without_words_supports_nothing() -> None:
    """Against an empty source a claim is not supported, and nothing breaks."""
    claim = "The council approved the bridge."
    empty = Index("--", [Span(0, 2)])
    assert score_claims(claim, [Span(0, len(claim))], empty, [nothing_found(0.0)]).probability < 0.5


def test_another_language_than_the_articles_is_scored_not_refused(about: Evidence) -> None:
    """A text in another language gives a low score rather than an error."""
    assert score("Der Gemeinderat hat die Brücke am Dienstag genehmigt.", about).probability < 0.7
    assert 0 <= score("市議会は火曜日に橋を承認した。", about).probability <= 1


def test_cited_sentences_come_first(about: Evidence) -> None:
    """A claim beside the sentence that says it scores no lower than beside another."""
    claim = "The bridge was approved by nine votes to four."
    assert score(claim, about, cited=(0,)).probability >= score(claim, about, cited=(3,)).probability


def test_the_same_question_has_the_same_answer(about: Evidence) -> None:
    """Nothing is remembered from one claim to the next that would change a score."""
    claim = "The mayor said the crossing was dangerous."
    first = score(claim, about)
    score("Something else entirely, about cakes.", about)
    assert score(claim, about) == first == score(claim, Evidence(Article(ARTICLE)))


@settings(max_examples=40)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_against_any_source_has_a_probability(text: str, source: str) -> None:
    """No text breaks the model, and each word lies in the text in order."""
    spans = sentences(text)
    found = [nothing_found(0.0)] * len(spans)
    support = score_claims(text, spans, Index(source, sentences(source)), found)
    assert 0 <= support.probability <= 1
    ends = [0, *(end for _, end, _ in support.words)]
    assert all(start >= end for (start, _, _), end in zip(support.words, ends, strict=False))
    assert ends[-1] <= len(text)


@settings(max_examples=40)
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
def test_a_row_ends_where_a_walk_down_each_tree_ends(rows: list[tuple[float, float]]) -> None:
    """All trees at once give each row what a walk down each of them gives."""
    forest = _forest(STUMP, DEEP, thresholds=[[0.5, 2.0], [-1.0, 3.0]])
    assert forest.log_odds(rows) == [_walked(row) for row in rows]


def test_the_tables_are_small_and_of_this_version() -> None:
    """All packed tables together are at most 2 MB, and a file of another kind is refused."""
    package = Path(lexicon_module.__file__).parents[1]
    assert 3 == len(tables := list(package.rglob("*.bin")))
    assert sum(path.stat().st_size for path in tables) <= 2_000_000
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
        "import sys; from quotewise import verify; verify('It poured.', 'It rained. It was Monday.');"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("The council approved the new bridge on Friday by nine votes to four.", "date"),
        ("Work will not begin in March 2027 and cost £4.2 million.", "polarity"),
        ("Work may begin in March 2027 and cost £4.2 million.", "modality"),
        ("All local shops had objected to the plan.", "quantity"),
    ],
)
def test_a_claim_that_a_check_rejects_has_a_low_score(claim: str, kind: str, about: Evidence) -> None:
    """Whatever the trees say of its words, an issue takes the score below one half."""
    verdict = judge(claim, about.gather(claim), about)
    assert kind in {issue.kind for issue in verdict.issues}
    assert not verdict.supported
    assert verdict.score < 0.5


def test_what_the_checks_found_is_a_row_of_the_named_columns(about: Evidence) -> None:
    """Each number stands in the column of its name."""
    claim = "The council approved the new bridge on Friday."
    seen = compare(claim, (0,), about)
    row = dict(zip(FINDINGS, findings(seen, issues_of(seen), 0.5).row, strict=True))
    assert row["date"] == 1
    assert row["number"] == row["polarity"] == row["rule"] == 0
    assert 0 < row["held"] < 1
    assert len(nothing_found(1.0).row) == len(FINDINGS)


def test_a_number_in_another_form_is_one_that_the_source_gives() -> None:
    """A number with a bound is the one that it bounds; one that does not agree stays the claim's own."""
    about = Evidence(Article("The council approved 412 plans in twelve days, and refused 9."))
    claim = "More than 400 plans were approved in 12 days and 90 refused."
    found = findings(compare(claim, (0,), about), (), 0.5)
    assert [(claim[at : at + 3].strip(), term) for at, term in found.said_as] == [
        ("400", "412"),
        ("12", "12"),
    ]


@pytest.mark.parametrize(
    ("word", "other", "kind"),
    [
        ("physician", "doctor", 4),
        ("decision", "decide", 4),
        ("nurse", "doctor", 1),
        ("slow", "fast", -1),
        ("bridge", "doctor", 0),
        ("zzxq", "doctor", 0),
    ],
)
def test_words_stand_to_one_another_as_wordnet_says(word: str, other: str, kind: int) -> None:
    """The same meaning, one beside it, the opposite, none: also for a word that WordNet does not know."""
    assert relation(term(word), senses().of(term(other))) == kind


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
    return judge(row["response"], *_gathered(row)).score


def _gathered(row: dict[str, Any]) -> tuple[tuple[int, ...], Evidence]:
    about = Evidence(Article(row["source"]))
    return about.gather(row["response"]), about
