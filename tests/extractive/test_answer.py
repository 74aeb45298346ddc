"""Answers without a model: the line and the words that answer, and the questions that are refused."""

from __future__ import annotations

import json
import lzma
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotewise import Article
from quotewise._extractive.answers.answer import Finder, Found, answer
from quotewise._plans.numbered import Line, one_line

CASES = json.loads((Path(__file__).parents[1] / "cases" / "answers.json").read_text("utf-8"))
BRIDGE = [Line(number, text) for number, text in enumerate(CASES["article"], 1)]

SHORT = json.loads((Path(__file__).parents[1] / "cases" / "short_articles.json").read_text("utf-8"))


def short_cases(kind: str) -> list[Any]:
    """The questions of a kind, each with the name of its article."""
    return [
        pytest.param(name, case, id=case["question"] if kind == "answered" else case)
        for name, of_one in SHORT.items()
        if name != "comment"
        for case in of_one[kind]
    ]


def short_lines(name: str, seed: Article) -> list[Line]:
    """The lines of an invented article, or of the seed."""
    article = SHORT[name]["article"]
    return [Line(n, text) for n, text in enumerate(article, 1)] if article else lines_of(seed)


def lines_of(article: Article) -> list[Line]:
    """The article's sentences as a prompt numbers them."""
    return [Line(n, one_line(article.text[s.start : s.end])) for n, s in enumerate(article.sentences, 1)]


def words_of(found: Found, lines: list[Line]) -> str:
    """The answer's own words."""
    assert found.span is not None
    text = next(line.text for line in lines if line.number == found.picked[0])
    return text[slice(*found.span)]


@pytest.mark.parametrize("case", CASES["answered"], ids=lambda case: case["question"])
def test_a_question_is_answered_by_its_line(case: dict[str, Any]) -> None:
    """The picked line is the one that answers, and the span lies on the answer's words."""
    found = answer(BRIDGE, case["question"])

    assert found.status == "answered"
    assert found.picked == tuple(case["picked"])
    assert case["words"] in words_of(found, BRIDGE)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(reason=case["why"], strict=True), id=case["question"])
        for case in CASES["known_failures"]
    ],
)
def test_known_failures_stay_known(case: dict[str, Any]) -> None:
    """What it gets wrong today is written down, so that a gain is noticed."""
    found = answer(BRIDGE, case["question"])

    assert found.status == "answered"
    assert found.picked == tuple(case["picked"])
    assert case["words"] in words_of(found, BRIDGE)


def test_a_numbered_heading_is_no_answer() -> None:
    """A heading such as "## 5. Shore power" says what a section is about, and nothing of it."""
    texts = ["# Minutes", "## 5. Electric shore power", "The harbour master will report on power in June."]
    lines = [Line(number, text, number) for number, text in enumerate(texts, 1)]
    assert 2 not in answer(lines, "Is there a decision on shore power?").picked
    assert answer(lines, "What will the harbour master report on?").picked == (3,)


@pytest.mark.parametrize("question", CASES["refused"])
def test_a_question_about_something_else_is_refused(question: str) -> None:
    """Nothing is picked, and what comes nearest is still named."""
    found = answer(BRIDGE, question)

    assert found.status == "not_in_source"
    assert found.picked == ()
    assert found.span is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many personnel may be necessary?", "100,000"),
        ("What share of GDP is the UK committed to?", "2.5%"),
        ("Who called the topic premature?", "Olaf Scholz"),
        ("Where was the summit?", "Paris"),
        ("How many troops may be needed?", "100,000"),
    ],
)
def test_the_seed_article_answers(seed: Article, question: str, words: str) -> None:
    """The picked sentence holds the answer."""
    lines = lines_of(seed)
    found = answer(lines, question)

    assert found.status == "answered"
    assert len(found.picked) == 1
    assert words in lines[found.picked[0] - 1].text


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of France?",
        "What is the population of Ukraine?",
        "When was NATO founded?",
        "What does the oil price stand at?",
        "Who won the World Cup?",
        "How many people live in Paris?",
    ],
)
def test_the_seed_article_does_not_answer(seed: Article, question: str) -> None:
    """A question that names what the article names, about something it does not say, is refused."""
    assert answer(lines_of(seed), question).status == "not_in_source"


@pytest.mark.parametrize(("name", "case"), short_cases("answered"))
def test_a_short_article_answers(name: str, case: dict[str, str], seed: Article) -> None:
    """What people ask of news is answered in its words."""
    lines = short_lines(name, seed)
    found = answer(lines, case["question"])

    assert found.status == "answered"
    assert case["words"] in words_of(found, lines)


@pytest.mark.parametrize(("name", "question"), short_cases("refused"))
def test_a_short_article_does_not_answer_what_it_does_not_say(
    name: str, question: str, seed: Article
) -> None:
    """A question about what it names is refused where the article says nothing like what is asked."""
    assert answer(short_lines(name, seed), question).status == "not_in_source"


@pytest.mark.parametrize(("name", "question"), short_cases("over_answered"))
@pytest.mark.xfail(reason="the words are all there or near; what is asked of them is not", strict=True)
def test_known_answers_too_many_stay_known(name: str, question: str, seed: Article) -> None:
    """What it should refuse and does not is written down, so that a gain is noticed."""
    assert answer(short_lines(name, seed), question).status == "not_in_source"


@pytest.mark.parametrize(
    ("question", "picked"),
    [
        ("How many people were injured?", 2),
        ("Was anybody injured?", 2),
        ("What happened in 2003?", 3),
        ("How many people signed the petition?", 1),
    ],
)
def test_nobody_is_an_answer_and_what_happened_asks_for_no_word(question: str, picked: int) -> None:
    """How many people and "anybody" are met with "nobody", "what happened in" a year with that year."""
    texts = [
        "About 1,204 people signed the petition against the closure of the harbour bridge.",
        "Nobody was injured, and no vehicles were damaged.",
        "The harbour bridge was last renovated in 2003, at a cost of 112 million kronor.",
        "Ferry operator Skarv said it would add six departures a day from Monday.",
    ]
    found = answer([Line(n, text, n) for n, text in enumerate(texts, 1)], question)
    assert (found.status, found.picked) == ("answered", (picked,))


@pytest.mark.parametrize(
    ("question", "picked"),
    [
        ("How many boats does Torvik have?", ()),
        ("How much was the boat fare?", ()),
        ("What caused the severity 1 fault?", (3,)),
    ],
)
@pytest.mark.xfail(reason="another line holds more of the question's words", strict=True)
def test_a_line_near_the_question_that_does_not_answer_stays_known(
    question: str, picked: tuple[int, ...]
) -> None:
    """A line that shares the words and not what is asked of them is taken for the answer today."""
    texts = [
        "Boat operator Torvik said it would add six departures a day from Monday and not raise its fares.",
        "The severity 1 fault on 17 May lasted 38 minutes and affected about 2,100 customers.",
        "The root cause was a worn cable.",
    ]
    found = answer([Line(n, text, n) for n, text in enumerate(texts, 1)], question)
    assert found.picked == picked


def test_people_counted_come_before_nobody() -> None:
    """Where one sentence says how many were injured, another that says nobody was is not the answer."""
    texts = ["Nobody was injured on Monday.", "On Tuesday five people were injured.", "Rain fell on Sunday."]
    found = answer([Line(n, text, n) for n, text in enumerate(texts, 1)], "How many people were injured?")
    assert found.picked == (2,)


def test_a_repeated_line_is_picked_once(seed: Article) -> None:
    """The headline stands in the article twice and is named at most once."""
    found = answer(lines_of(seed), "What does Starmer call for as Europe prepares for peace talks?")
    texts = [lines_of(seed)[number - 1].text for number in found.nearest]

    assert found.status == "answered"
    assert len(texts) == len(set(texts))


def test_one_part_of_two_makes_a_partial_answer() -> None:
    """Of two questions in one, the answered one is picked and the status says that it is not all."""
    found = answer(BRIDGE, "Who designed the bridge, and who won the football championship?")

    assert found.status == "partly"
    assert found.picked == tuple(CASES["designer"])


def test_two_parts_are_both_answered() -> None:
    """Both lines are picked, in the order of the parts."""
    found = answer(BRIDGE, "Who designed the bridge and how many workers died during its construction?")

    assert found.status == "answered"
    assert found.picked == (*CASES["designer"], *CASES["deaths"])


def test_yes_or_no_points_at_the_statement_and_gives_no_words() -> None:
    """The engine does not say yes: it shows the line, as a part of an answer where the line says less."""
    stated = answer(BRIDGE, "Did Clara Hoffmann design the bridge?")
    less = answer(BRIDGE, "Did Clara Hoffmann design the bridge alone in her garden?")

    assert (stated.status, stated.picked, stated.span) == ("answered", tuple(CASES["designer"]), None)
    assert less.status in ("partly", "not_in_source")


def test_a_line_without_the_date_is_only_a_part() -> None:
    """Asked when, a line about it that gives no date is shown as a part of an answer."""
    found = answer(BRIDGE, "When will shop owners near the northern approach lose customers?")

    assert (found.status, found.picked, found.span) == ("partly", (11,), None)


def test_a_line_without_end_is_read_in_good_time() -> None:
    """300,000 characters that repeat a word of the question: in quadratic time this would take minutes."""
    found = answer([Line(1, "the bridge is a bridge " * 13_000)], "Who designed the bridge " * 2_000)

    assert set(found.nearest) <= {1}


def test_another_language_is_matched_by_letters() -> None:
    """A question whose language is not English finds its line by shared letters, without a span."""
    lines = [
        Line(1, "Der Fluss ist lang."),
        Line(2, "Die Brücke wurde 1931 eröffnet."),
        Line(3, "Es regnet oft."),
    ]

    assert answer(lines, "Wann wurde die Brücke eröffnet?").picked == (2,)
    assert answer(lines, "Wieviel Geld kostet Milch?").status == "not_in_source"
    assert answer(
        [Line(4, "雨が降った。"), Line(5, "橋は1931年に開通した。")], "橋はいつ開通した"
    ).picked == (5,)


def test_numbers_are_the_lines_own() -> None:
    """A part of a long article keeps its numbers."""
    shifted = [Line(line.number + 500, line.text) for line in BRIDGE]

    assert answer(shifted, "Who designed the bridge?").picked == tuple(n + 500 for n in CASES["designer"])


@pytest.mark.parametrize("question", ["", "?", "why", "the of and", "\u200d", "!" * 500, "who " * 300])
def test_a_question_without_words_is_refused(question: str) -> None:
    """A question that asks nothing gets no answer, and no error."""
    assert answer(BRIDGE, question).status == "not_in_source"


def test_nothing_is_found_in_nothing() -> None:
    """No lines, or lines without words, answer nothing."""
    assert answer([], "Who won?") == Found("not_in_source")
    assert answer([Line(1, "..."), Line(2, "")], "Who won?").status == "not_in_source"


def test_the_nearest_lines_of_a_short_text_are_named_even_where_they_share_no_word() -> None:
    """A paragraph is looked at whole; in a longer text what shares no word is not near."""
    paragraph = [Line(n, text) for n, text in enumerate(["Rain fell in Paris.", "Boats sank."], 1)]
    longer = [Line(n, f"Rain fell in Paris on day {n}.") for n in range(1, 30)]

    assert {1, 2} == set(answer(paragraph, "Who won the cup?").nearest)
    assert Found("not_in_source") == answer(longer, "Who won the cup?")


def test_a_finder_may_be_asked_again() -> None:
    """Reading the lines once gives the same answers as reading them each time."""
    finder = Finder(BRIDGE)
    questions = [case["question"] for case in CASES["answered"]]

    assert [finder.answer(q) for q in questions] == [answer(BRIDGE, q) for q in questions]


@settings(max_examples=60)
@given(
    st.lists(st.text(max_size=60), max_size=6),
    st.one_of(st.text(max_size=40), st.sampled_from(["who is in it?", "what is the word?", "why?"])),
)
def test_what_is_found_always_fits(texts: list[str], question: str) -> None:
    """Numbers are among the lines, at most three; a span lies in its line; abstaining picks nothing."""
    lines = [Line(n, one_line(text)) for n, text in enumerate(texts, 7)]
    found = answer(lines, question)

    assert {*found.picked, *found.nearest} <= {line.number for line in lines}
    assert len(found.picked) <= 3
    assert len(found.nearest) <= 3
    assert 0.0 <= found.confidence <= 1.0
    assert (found.status == "not_in_source") == (not found.picked)
    if found.span:
        assert words_of(found, lines).strip()


@pytest.mark.torture
def test_a_megabyte_is_answered_alike() -> None:
    """The answer is the same in a megabyte of the same page; how long it takes is in `benchmarks/`."""
    times = 1_000_000 // sum(len(line.text) for line in BRIDGE)
    lines = [Line(n, f"{line.text} {n}") for n, line in enumerate(BRIDGE * times, 1)]

    assert (
        answer(lines, "Who designed the bridge?").status == answer(BRIDGE, "Who designed the bridge?").status
    )


DATA = Path(os.environ.get("QUOTEWISE_DATA") or Path(__file__).parents[3] / "shared" / "data") / "qa"


@pytest.mark.data
@pytest.mark.skipif(not DATA.is_dir(), reason="the development data is not here: set QUOTEWISE_DATA")
def test_questions_about_another_article_are_refused() -> None:
    """Of 100 answerable questions at most 10 are refused; put to another article, at least 97 are."""
    rows = [json.loads(row) for row in lzma.decompress((DATA / "squad2.jsonl.xz").read_bytes()).splitlines()]
    asked = [row for row in rows if row["answerable"]][::12][:100]
    others = [next(row for row in asked[::-1] if row["title"] != one["title"]) for one in asked]

    finder = cache(lambda text: Finder(lines_of(Article(text))))

    def refused(question: str, text: str) -> bool:
        return finder(text).answer(question).status == "not_in_source"

    assert sum(refused(row["question"], row["source"]) for row in asked) <= 10
    assert sum(refused(a["question"], b["source"]) for a, b in zip(asked, others, strict=True)) >= 97


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How old is the daughter?", "29"),
        ("When was Hilde Marn born?", "1911"),
        ("When did Hilde Marn die?", "1987"),
    ],
)
def test_an_age_and_a_life_are_read_as_they_are_written(question: str, words: str) -> None:
    """An age between commas answers "how old", a pair of years after a name when it was born and died."""
    text = (
        "Thieves took a picture by Hilde Marn (1911–1987) from the museum in Krems.",
        "A man and his daughter, who is 29, were arrested on Sunday.",
        "The daughter was released the next day without charge.",
    )
    lines = [Line(number, line) for number, line in enumerate(text, 1)]
    found = answer(lines, question)

    assert found.status == "answered"
    assert words_of(found, lines) == words


@pytest.mark.parametrize(
    ("line", "question", "words"),
    [
        ("The summit on Ukraine was held in Rome.", "Where was the summit held?", "Rome"),
        ("The summit on Ukraine was held in Rome.", "Where was the summit on Ukraine held?", "Rome"),
        ("The summit on Ukraine was held in Rome.", "Where was it held?", "Rome"),
        ("The summit on Ukraine was in Rome.", "Where was the summit?", "Rome"),
        ("The summit on Ukraine took place in Rome.", "Where did the summit take place?", "Rome"),
        ("In Rome, the summit on Ukraine was held in private.", "Where was the summit held?", "Rome"),
        (
            "The painting of Venice was found in a barn near Krems.",
            "Where was it found?",
            "a barn near Krems",
        ),
        ("The man from Norway was born in Malmo.", "Where was the man born?", "Malmo"),
        ("The talks on Cyprus will be held in Bern.", "Where will the talks be held?", "Bern"),
        ("The crash on Tuesday was reported on Friday.", "When was the crash reported?", "Friday"),
        (
            "Prosecutor Eva Steiner said that the man had confessed to hiding the painting but denied having "
            "stolen it.",
            "What did the prosecutor say the man had confessed to?",
            "hiding the painting",
        ),
    ],
)
def test_what_only_names_the_subject_is_not_what_is_asked(line: str, question: str, words: str) -> None:
    """A name between the question's noun and its verb says which summit is meant, not where it was held."""
    lines = [Line(1, "Rain fell in Paris."), Line(2, line)]

    assert words_of(answer(lines, question), lines) == words


def test_a_place_of_the_subject_answers_where_the_sentence_has_no_other() -> None:
    """ "The summit in Rome was held behind closed doors" does say where it was held."""
    lines = [Line(1, "Rain fell in Paris."), Line(2, "The summit in Rome was held behind closed doors.")]

    assert words_of(answer(lines, "Where was the summit held?"), lines) == "Rome"
