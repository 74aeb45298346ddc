"""The built-in summary: what it picks, what it leaves out, and the limits it keeps."""

from __future__ import annotations

import json
import lzma
import math
import os
import re
import tracemalloc
from collections import Counter
from itertools import islice, product
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import Article, Reader
from quotewise._extractive.page.furniture import is_furniture
from quotewise._extractive.page.layout import layout
from quotewise._extractive.summaries.expected import PAIR_CLUES, WORD_CLUES, Expected, Reading, fitted
from quotewise._extractive.summaries.facts import facts
from quotewise._extractive.summaries.salience import NAMES
from quotewise._extractive.summaries.selection import Room
from quotewise._extractive.summaries.sides import evened, sides
from quotewise._extractive.summaries.summary import summarize, weights
from quotewise._extractive.words.sentence import sentence
from quotewise._extractive.words.standalone import dangles, hangs, inside_quotations, points_back
from quotewise._plans.numbered import Line, one_line
from quotewise._text.stems import stem

from .pages import page

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "tests/cases/articles").glob("*.txt"))
CASES = json.loads((ROOT / "tests/cases/extractive.json").read_text("utf-8"))


def numbered(article: Article) -> list[Line]:
    """The lines of an article as a prompt holds them."""
    paragraphs = list(article.paragraphs)
    lines, at = [], 0
    for number, span in enumerate(article.sentences, 1):
        while at + 1 < len(paragraphs) and span.start >= paragraphs[at].end:
            at += 1
        lines.append(Line(number, one_line(article.text[span.start : span.end]), at))
    return lines


@pytest.fixture(scope="module")
def seed() -> list[Line]:
    return numbered(Article.from_file(next((ROOT / "seeds").glob("*.txt"))))


def test_minutes_are_summed_up_by_what_was_decided(reader: Reader) -> None:
    """Every resolution of a town council stands in the summary of its minutes."""
    article = Article.from_file(ROOT / "tests/cases/documents/minutes.txt")
    text = " ".join(claim.text for claim in reader.summarize(article).claims)
    assert "It was resolved by three votes to one" in text
    assert "RESOLVED: that a lease of ten years" in text


def test_decisions_count_for_more_in_minutes_only() -> None:
    """Where nothing says who came and who did not, "agreed" is a word like others."""
    talk = [
        "The council of Bath met on Monday in the village hall.",
        "The clerk told the council of the pond, which lost 40 fish in the storm.",
        "Members of the council heard that the mower was bought for £900 in October.",
        "A resident of Bath told members that the gate by the church is broken.",
        "Traffic through Bath has grown by 4% a year, the county told the council.",
        "The county plans to close the road by the pond in May.",
    ]
    roll = ["Present: Ann Day and Bob Lee", "Apologies: Dan Fox"]
    agreed = "It was agreed that a new bench is bought."
    last = len(roll) + len(talk) + 1
    assert last not in summarize(page("Ann Day and Bob Lee", "Dan Fox", *talk, agreed), points=3).picked
    assert last in summarize(page(*roll, *talk, agreed), points=3).picked


@pytest.mark.parametrize("case", CASES["hanging"], ids=lambda case: case["text"])
def test_a_sentence_that_needs_the_one_before_is_told(case: dict[str, Any]) -> None:
    """By who or what it means without a name, or by a word like "also" that something came before."""
    assert hangs(case["text"]) is case["hangs"]
    assert points_back(case["text"]) is case["points_back"]


def test_the_middle_of_a_quotation_needs_its_beginning() -> None:
    """A sentence between the marks has none of its own; the next paragraph begins anew."""
    texts = ["“It rains,” said Ann. “I am wet.", "I am cold.", "I left.” Bob stayed.", "I agree."]
    assert inside_quotations(texts, [0, 0, 0, 0]) == {1}
    assert inside_quotations(texts, [0, 1, 1, 1]) == frozenset()


@pytest.mark.parametrize("words", [40, 60, 80, 100, 120])
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_no_claim_of_a_summary_hangs_on_what_is_not_in_it(path: Path, words: int) -> None:
    """What opens with "it" follows its sentence, what says "however" one of the three before it."""
    lines = numbered(Article.from_file(path))
    read = layout(lines).prose
    texts = {number: lines[at].text for number, at in enumerate(read)}
    numbers = {lines[at].number: number for number, at in enumerate(read)}
    picked = {numbers[number] for number in summarize(lines, words=words).picked}
    assert [texts[n] for n in picked if points_back(texts[n]) and n - 1 not in picked] == []
    assert [texts[n] for n in picked if hangs(texts[n]) and picked.isdisjoint((n - 3, n - 2, n - 1))] == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["The union said that pay fell.", "It rained.", "Aurelia denied the claim."], {0: 2, 2: 0}),
        (["Ann Lee called the vote historic.", "Critics say it costs too much."], {0: 1, 1: 0}),
        (["Ann Lee said the road is safe.", "The county disputed that."], {0: 1, 1: 0}),
        (["Ann Lee said the road is safe.", "The county dismissed her warnings."], {0: 1, 1: 0}),
        (["Ann Lee said the road is safe.", "She denied the claim that she had been paid."], {}),
        (["The coach said he was glad.", "Rovers rejected a bid of £2 million."], {}),
        (["Ann Lee said the road is safe.", "Her request was denied by the county."], {}),
        (["The road is safe.", "The county denied this."], {}),
    ],
)
def test_the_two_sides_of_a_dispute_are_told(texts: list[str], expected: dict[int, int]) -> None:
    """Somebody's word, and another who contradicts it soon after."""
    assert dict(sides([sentence(text) for text in texts])) == expected


@pytest.mark.parametrize(
    ("name", "words", "one", "other"),
    [
        ("budget.txt", 80, "called the vote historic", "could exceed $700 million"),
        ("budget.txt", 120, "called the vote historic", "could exceed $700 million"),
        ("flood.txt", 120, "had ignored his calls", "denied this"),
        ("budget.txt", 60, "called the vote historic", "could exceed $700 million"),
    ],
)
def test_a_summary_hears_both_sides_or_neither(name: str, words: int, one: str, other: str) -> None:
    """Where one of them was picked and both fit beside the best sentence; else it is left out too."""
    lines = numbered(Article.from_file(ROOT / "tests/cases/articles" / name))
    picked = " ".join(lines[number - 1].text for number in summarize(lines, words=words).picked)
    assert (one in picked) == (other in picked)
    assert (one in picked) == (words >= 80)
    assert len(picked.split()) <= words


def test_every_dispute_is_heard_on_both_sides() -> None:
    """Not the first alone: of two speakers who are contradicted both have their answer beside them."""
    texts = (
        "Ann Lee said that the road is safe.",
        "The county of Holm dismissed her claim.",
        "It rained for nine days in May.",
        "The union said that pay fell by a tenth.",
        "Aurelia denied the claim.",
    )
    read = [sentence(text) for text in texts]
    even = evened(read, [3.0, 0.0, 2.0, 1.0, 0.0], [0, 2, 3], Room(words=60))
    few = evened(read, [3.0, 0.0, 2.0, 1.0, 0.0], [0, 2, 3], Room(points=3))

    assert {0, 1, 3, 4} == {at for at, score in enumerate(even) if score > 3.0 and at != 2}
    assert [0, 1] == sorted((0, 1), key=lambda at: -few[at])
    assert few[3] == -math.inf


@pytest.mark.parametrize(
    ("words", "expected"),
    [(30, {0, 3, 4}), (40, {0, 3, 4, 5}), (60, {0, 3, 4, 5})],
)
def test_a_mere_denial_comes_with_what_it_denies_and_with_its_reason(words: int, expected: set[int]) -> None:
    """The word right before it, not an earlier one, and as far as there is room why it is denied."""
    texts = (
        ("The hospital of Holm shut two wards on Monday after a leak.", 0),
        ("Rain fell in the town on the day before.", 1),
        ("Brant Works, which laid the pipes in 2019, said that it had tested them all twice in March.", 2),
        ('"Somebody drilled through a pipe," said its manager Ann Lee.', 2),
        ("The staff union dismissed that.", 3),
        ("Its chair, Bob Day, said that nurses saw wet walls in May.", 3),
    )
    read = [sentence(text, paragraph) for text, paragraph in texts]
    even = evened(read, [5.0, 4.0, 3.0, 0.0, 0.0, 0.0], [0, 1, 2], Room(words=words))
    assert {at for at, score in enumerate(even) if score > 5.0 and at not in (1, 2)} == expected


@pytest.mark.parametrize("reason", ["It rained again.", "Trains ran late on Tuesday."])
def test_what_follows_a_denial_and_is_nobodys_word_is_no_reason(reason: str) -> None:
    """Nor is one needed where the denial itself says more."""
    read = [
        sentence(text)
        for text in ("Ann Lee said that Holm leaks.", "The county of Holm denied this.", reason)
    ]
    assert evened(read, [3.0, 0.0, 0.0], [0], Room(words=60))[2] == 0.0
    long = "The county of Holm denied that any of the pipes in it had ever leaked."
    read = [
        sentence(text) for text in ("Ann Lee said that Holm leaks.", long, "Its clerk said that it rained.")
    ]
    assert evened(read, [3.0, 0.0, 0.0], [0], Room(words=60))[2] == 0.0


def test_the_seed_summary_covers_the_story(seed: list[Line]) -> None:
    """Three to five claims in 120 words name the backstop, Paris, troops, 2.5% of GDP and "premature"."""
    digest = summarize(seed, words=120)
    text = " ".join(seed[number - 1].text for number in digest.picked)
    assert 3 <= len(digest.picked) <= 5
    assert len(text.split()) <= 120
    for words in ("backstop", "Paris", "troop", "2.5% of GDP", "premature"):
        assert words in text


def test_a_headline_that_stands_twice_is_given_once(seed: list[Line]) -> None:
    """The headline is the article's own, and neither of its lines is a claim."""
    digest = summarize(seed, words=120)
    assert digest.headline == "Starmer Calls for US Support as Europe Prepares for Ukraine Peace Talks"
    assert all(seed[number - 1].text != digest.headline for number in digest.picked)


def test_what_stands_above_the_headline_is_not_picked(seed: list[Line]) -> None:
    """A blurb on top restates the body, so the body is quoted."""
    assert min(summarize(seed, words=200).picked) > 4


@pytest.mark.parametrize("case", CASES["furniture"], ids=lambda case: case["text"][:40])
def test_furniture_is_told_from_prose(case: dict[str, object]) -> None:
    """Bylines, captions and calls to read on are furniture; sentences that look like them are not."""
    assert is_furniture(str(case["text"])) is case["furniture"]


@pytest.mark.parametrize("case", CASES["standing"], ids=lambda case: case["text"][:40])
def test_a_dangling_opening_is_told(case: dict[str, object]) -> None:
    """A sentence that opens with "He" or "This" cannot stand alone; one with "This year" can."""
    assert dangles(str(case["text"])) is case["dangles"]


def test_furniture_is_never_picked_from_a_page() -> None:
    """Of a page with a byline, a caption and a call to read on, only prose is picked."""
    lines = page(
        "Storm closes coast road",
        "By Jo Root",
        "A storm closed the coast road near Bath on Monday, police said.",
        "Image caption: the road on Monday",
        "Read more: how storms form",
        "Some 300 homes near the road lost power in the storm, the council said.",
    )
    assert layout(lines).headline == 0
    assert set(summarize(lines, words=200, points=9).picked) == {3, 6}


def test_a_dangling_sentence_follows_its_forerunner() -> None:
    """Wherever a sentence opens with a pronoun, the line before it is picked too, and ranks before it."""
    lines = page(
        "Mayor Ann Day opened the new bridge in Bath on Monday.",
        "She said the bridge would carry 300 buses a day across the river in Bath.",
        "Trade in the old town fell by a third while the bridge in Bath was closed.",
    )
    for words in range(5, 60):
        digest = summarize(lines, words=words, points=3)
        if 2 in digest.picked:
            assert digest.ranked.index(1) < digest.ranked.index(2)


def test_two_claims_never_say_the_same() -> None:
    """Of two sentences with the same content one is picked, however much room there is."""
    lines = page(
        "A storm closed the coast road near Bath on Monday, police said.",
        "Police said a storm closed the coast road near Bath on Monday.",
        "Farmers in the hills lost 40 sheep.",
    )
    assert len({1, 2} & set(summarize(lines, words=500, points=3).picked)) == 1


def test_the_shortest_that_stands_alone_is_picked_where_nothing_fits() -> None:
    """A limit that no sentence keeps still gives one."""
    lines = page(
        "It rained again in the old town.", "A storm closed the coast road near Bath on Monday, we hear."
    )
    assert summarize(lines, words=3).picked == (2,)


def test_focus_is_honoured(seed: list[Line]) -> None:
    """A question brings the sentence that holds its subject; one on something else is passed over."""
    asked = summarize(seed, words=60, focus="What did Scholz say?")
    assert "Scholz" in " ".join(seed[number - 1].text for number in asked.picked)
    assert summarize(seed, focus="volcanoes of Iceland") == summarize(seed)


def test_a_long_text_is_read_to_its_end() -> None:
    """In a text of many sections the picks are not all from its top."""
    made = ("".join(letters) for letters in product("bdfgklmnprst", "aeiou", "bdgklmnrst", "aeiou"))
    lines = [
        Line(n + 1, " ".join(["The council told", *islice(made, 8), "of the harbour in Bath."]), n // 5)
        for n in range(240)
    ]
    assert max(summarize(lines, words=200).picked) > len(lines) // 2


DATA = Path(os.environ.get("QUOTEWISE_DATA") or ROOT.parent / "shared" / "data") / "summaries"


def overlap(reference: str, text: str) -> float:
    """The F1 of two texts' words, folded and stemmed: ROUGE-1 in all that matters here."""
    one, other = ([stem(word) for word in re.findall(r"[a-z0-9]+", t.lower())] for t in (reference, text))
    return 2 * (Counter(one) & Counter(other)).total() / ((len(one) + len(other)) or 1)


@pytest.mark.data
@pytest.mark.skipif(not DATA.is_dir(), reason="the development data is not here: set QUOTEWISE_DATA")
@pytest.mark.parametrize("name", ["cnndm_realsumm", "cnndm_summeval", "news_writers"])
def test_three_sentences_beat_the_first_three(name: str) -> None:
    """On each set of news, what is picked is nearer to people's summaries than the article's top is."""
    with lzma.open(DATA / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = [json.loads(row) for row in file]
    gains = []
    for row in rows:
        lines = numbered(Article(row["source"]))
        picked = " ".join(lines[number - 1].text for number in summarize(lines, points=3).picked)
        top = " ".join(line.text for line in lines[:3])
        gains += [overlap(reference, picked) - overlap(reference, top) for reference in row["references"]]
    assert fmean(gains) > 0


@pytest.mark.parametrize("unit", ["a", "1,", "(", "A: ", "by ", '"', ", which", "東", "x@", "He "])
def test_a_line_of_any_length_ends(unit: str) -> None:
    """No pattern of ours goes back over a line again and again: 200,000 characters are read at once."""
    lines = page(unit * (200_000 // len(unit)), "Rain fell in Bath.")

    assert summarize(lines, words=50).picked
    assert {pick.number for pick in facts(lines)} <= {line.number for line in lines}


def test_a_text_longer_than_the_limit_is_cut_by_words_alone() -> None:
    """Words are used up though more than half of the sentences are taken; a short text loses a third."""
    towns = ("Bath", "Leeds", "York", "Hull", "Derby")
    things = ("bridge fell", "school burned", "harbour froze", "market closed", "tower leaned")
    made = [f"The old {thing} in {town} on Monday." for town, thing in zip(towns, things, strict=True)]
    assert len(summarize(page(*made), words=32).picked) == 3
    assert len(summarize(page(*made), words=500).picked) == 3
    assert len(summarize(page(*made), words=500, points=5).picked) == 5


def test_a_meeting_asked_about_gives_the_turns_on_the_subject() -> None:
    """In a long transcript a question brings what was said where its subject was talked about."""
    talk = [Line(n, f"Ann: Well, item {n} of the list is done, okay.", n) for n in range(1, 121)]
    talk[70] = Line(71, "Bob: The budget of the harbour should be cut by a third, in my view.", 71)
    talk[71] = Line(72, "Ann: Then the cranes would stand still, and that would cost more.", 72)
    picked = summarize(talk, words=40, focus="What was said about the budget?").picked
    assert 71 in picked
    assert all(66 <= number <= 76 for number in picked)


def test_a_meeting_is_summed_up_in_what_was_said() -> None:
    """Neither a bare "Yeah." nor what is broken off is picked, for itself or for the line that follows it."""
    talk = [Line(n, f"Ann: The crane of pier {n} was painted by the harbour crew.", n) for n in range(1, 91)]
    talk[20] = Line(21, "Bob: Yeah.", 21)
    talk[21] = Line(22, "They bought 40 new ropes from a firm in Hull for the harbour.", 21)
    talk[40] = Line(41, "Bob: The harbour crew of the crane {disfmarker}", 41)
    picked = summarize(talk, words=400).picked
    assert picked
    assert not {21, 22, 41} & set(picked)


@pytest.mark.parametrize("size", [6_000, 8_000, 60_000])
@pytest.mark.parametrize("focus", [None, "What did Vera buy?"])
def test_memory_at_most_ten_times_the_text(size: int, focus: str | None) -> None:
    """At its peak, whatever the packaged tables take, which every text shares."""
    texts, seed = [], Random(size)
    vocabulary = ["".join(seed.choices("abcdefghijklmnoprstu", k=seed.randint(4, 9))) for _ in range(4_000)]
    while sum(map(len, texts)) < size:
        said = ["the", "of", "in", "and"] + [
            vocabulary[int(seed.paretovariate(0.5)) % 4_000] for _ in range(9)
        ]
        seed.shuffle(said)
        texts.append(f"Vera bought {' '.join(said)}.")
    lines = [Line(number, text, number // 5) for number, text in enumerate(texts, 1)]
    summarize(lines, focus=focus)
    tracemalloc.start()
    summarize(lines, focus=focus)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 10 * sum(map(len, texts))


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (
            "The council of Bath closed the old bridge, which is 300 years old.",
            "The council of Bath closed the old bridge",
        ),
        (
            "The council of Bath, which met on Monday about the flood, voted to rebuild its bridge by May.",
            "",
        ),
    ],
)
def test_a_headline_made_of_a_sentence_has_its_verb(text: str, headline: str) -> None:
    """A first clause is taken only where the sentence does not go on after it; else there is no headline."""
    assert headline == summarize(page(text)).headline


def test_pairs_are_counted_past_a_byte() -> None:
    """A pair of words that stands often counts more than one that stands less often, however often."""
    read = [sentence("The budget rose.") for _ in range(300)] + [sentence("The harbour fell.")] * 260
    pairs = Reading(read, None, "").pairs
    assert (300, 260) == (pairs["budget", "rise"], pairs["harbour", "fall"])


def test_a_word_said_once_counts_once() -> None:
    """What a sentence adds falls when another with its words is taken."""
    read = [
        sentence(text) for text in ("The cat sat in Bath.", "A cat sat in Bath.", "Rain fell on the hills.")
    ]
    expected = Expected(Reading(read, None, ""), "story")
    before = [expected.worth(at) for at in range(3)]
    expected.take(0)
    after = [expected.worth(at) for at in range(3)]
    assert after[1] < before[1] - 1
    assert all(now <= then for now, then in zip(after, before, strict=True))


def test_what_a_question_names_is_likelier_in_its_summary() -> None:
    """The same word of the same text is expected sooner where the question names it."""
    read = [
        sentence(text) for text in ("The cat sat in Bath.", "The dog ran in Bath.", "The hen sat in Hull.")
    ]
    near = [1.0, 1.0, 1.0]
    named, other = (Expected(Reading(read, near, asked), "meeting") for asked in ("the dog", "the hen"))
    number = named.reading.number["dog"]
    assert named.likely[number] > other.likely[number]


def test_marks_of_markdown_are_left_out_of_claims(reader: Reader) -> None:
    """A list's mark and the stars of bold words are no words of a claim; its quote has the line as it is."""
    text = (
        "# Harbour\n\n- The **dam** of Bath was opened on Monday.\n- Some 300 homes near the dam lost power."
    )
    found = reader.summarize(Article(text), words=40)
    assert "The dam of Bath was opened on Monday." in {claim.text for claim in found.claims}
    assert any("**dam**" in quote.text for claim in found.claims for quote in claim.quotes)


def test_no_lines_give_an_empty_digest() -> None:
    """Nothing to read is no error."""
    assert summarize([]).picked == ()


def test_every_measure_has_a_weight() -> None:
    """The fitted tables and the measures name the same things."""
    assert set(NAMES) == set(weights("one"))
    assert {*NAMES, "covered"} == set(weights("several"))
    for kind in ("meeting", "story"):
        assert {"bias", *WORD_CLUES} == set(fitted(kind).words)
        assert {"bias", *PAIR_CLUES} == set(fitted(kind).pairs)


texts = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(
            ["He said so.", "Rain fell in Bath.", "By Jo Root", "A: yes.", "東京で雨。", '"No', "* * *"]
        ),
    ),
    max_size=12,
)


@given(texts, st.integers(1, 60), st.integers(1, 5), st.sampled_from([None, "rain", "?"]))
def test_limits_hold_for_any_text(rows: list[str], words: int, points: int, focus: str | None) -> None:
    """Whatever the text: known numbers, once each, in reading order, within the limits or one line alone."""
    lines = [Line(number * 3, text, number // 2) for number, text in enumerate(rows)]
    digest = summarize(lines, words=words, points=points, focus=focus)
    assert list(digest.picked) == sorted(set(digest.picked)) == sorted(digest.ranked)
    assert set(digest.picked) <= {line.number for line in lines}
    length = {line.number: len(line.text.split()) for line in lines}
    assert bool(digest.picked) is bool(lines)
    assert len(digest.picked) <= points
    assert len(digest.picked) == 1 or sum(length[number] for number in digest.picked) <= words


@given(texts)
def test_the_same_text_gives_the_same_digest(rows: list[str]) -> None:
    """No randomness, and no state from one call to the next."""
    assert summarize(page(*rows)) == summarize(page(*rows))
