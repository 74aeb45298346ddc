"""Several articles without a model: each is read, what both say is one claim, other figures a conflict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import Article, Reader
from quotewise._extractive.several import answer, facts, summarize
from quotewise._plans.numbered import Line, parse, render

MONDAY = Article(
    "Flood in Millbrook\n\nThe River Ash burst its banks in Millbrook on Monday night. The mayor, Jane Holt, "
    "said that 12 people died in the flood. About 300 houses were damaged.\n\nThe railway to Ashford stays "
    "closed until Friday.",
    source="monday.txt",
)
TUESDAY = Article(
    "Millbrook counts its losses\n\nOfficials in Millbrook said on Tuesday that 19 people died in the flood. "
    "About 300 houses were damaged. Jane Holt, the mayor, asked the government for help.",
    source="tuesday.txt",
)


def test_another_number_is_a_conflict(reader: Reader) -> None:
    """Both sides are claims, each quoted from its own article."""
    found = reader.ask("How many people died?", [MONDAY, TUESDAY])
    sides = {(claim.quotes[0].source, claim.text) for claim in found.claims}

    assert "conflict" == found.status
    assert {0, 1} == {source for source, _ in sides}
    assert {"12", "19"} == {words for _, text in sides for words in text.split() if words.isdigit()}


def test_another_sign_is_a_conflict(reader: Reader) -> None:
    """What one article has below nought and the other above is no agreement."""
    one, other = (Article(f"Growth in Norway was {growth} in May.") for growth in ("-0.3%", "0.3%"))
    assert "conflict" == reader.ask("What was growth in Norway in May?", [one, other]).status


def test_agreement_in_the_same_words_is_one_claim_with_both_quotes(reader: Reader) -> None:
    """Nothing is said twice."""
    found = reader.ask("How many houses were damaged?", [MONDAY, TUESDAY])

    assert "answered" == found.status
    [claim] = found.claims
    assert {0, 1} == {quote.source for quote in claim.quotes}


def test_agreement_in_other_words_is_a_claim_of_each(reader: Reader) -> None:
    """Each says more than who the mayor is, so that neither is a quote for the other's claim."""
    found = reader.ask("Who is the mayor of Millbrook?", [MONDAY, TUESDAY])

    assert "answered" == found.status
    assert [[claim.text] for claim in found.claims] == [[q.text for q in c.quotes] for c in found.claims]
    assert {0, 1} == {claim.quotes[0].source for claim in found.claims}


HERALD = Article(
    "The mayor will close the rink on 3 May, the Herald learned. Seventy rinks in Norway have closed since "
    "2020, the union says. Around 240 residents watched from the stands.",
    title="Herald",
)
ECHO = Article(
    "The town voted to close the rink by 12 to 9. The rink shuts on 9 June. About 300 people watched from "
    "the stands.",
    title="Echo",
)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("When will the rink close?", {"3 May", "9 June"}),
        ("How many residents were in the stands?", {"240", "300"}),
    ],
)
def test_the_answers_of_both_disagree(reader: Reader, question: str, sides: set[str]) -> None:
    """Each in the words of its own article, with its own quote: no claim cites what does not say it."""
    found = reader.ask(question, [HERALD, ECHO])

    assert "conflict" == found.status
    assert [[claim.text] for claim in found.claims] == [[q.text for q in c.quotes] for c in found.claims]
    assert 2 == len(found.claims)
    assert all(any(side in claim.text for claim in found.claims) for side in sides)


NAMED = [
    (
        "How long will the mill be shut?",
        "The mill will be shut until 31 July.",
        "The mill stays shut until late August.",
    ),
    ("How high is the damage?", "Per Lie put the damage at £3 million.", "Damage of £4 million is expected."),
    ("Who won the race?", "Anna Kern won the race in heavy rain.", "Ben Holt won the race on Sunday."),
    ("Who is the mayor of Nes?", "The mayor of Nes, Ida Moe, came.", "Nes's mayor is Kai Lund."),
    ("Who designed the hall?", "The hall was designed by Ola Berg.", "Siri Dahl designed the hall in 2019."),
    ("Who leads the party?", "The party, led by Ida Moe, won.", "Kai Lund, who leads the party, spoke."),
    ("When will the pool open?", "The pool opens on 3 June.", "The pool will open in late June."),
    (
        "When will the lane be open?",
        "The lane will open on 31 July.",
        "The lane will open at the end of August.",
    ),
]


@pytest.mark.parametrize(("question", "one", "other"), NAMED)
def test_another_name_or_another_part_of_a_month_is_a_conflict(
    reader: Reader, question: str, one: str, other: str
) -> None:
    """Of what one alone can have done or be, and of what happens once."""
    found = reader.ask(question, [Article(one), Article(other)])

    assert "conflict" == found.status
    assert found.short is None
    assert {one, other} == {claim.text for claim in found.claims}


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Who won the race?", "Anna Kern won the race in rain.", "Kern won the race, ahead of Ben Holt."),
        ("Who won the race?", "Anna Kern won the race in rain.", "Ben Holt came fourth in the race."),
        ("Who spoke at the fair?", "Ida Moe spoke at the fair.", "Kai Lund spoke at the fair."),
        ("Who criticised the plan?", "The plan was criticised by Ida Moe.", "Kai Lund criticised the plan."),
        ("Who is the mayor?", "The mayor, Ida Moe, came.", "The former mayor, Kai Lund, came."),
        (
            "Who wrote the report?",
            "Prof Lena Holm wrote the report.",
            "A group led by L. Holm wrote the report.",
        ),
        ("When will the pool open?", "The pool opens on 3 June.", "The pool will open in early June."),
        ("When will the pool open?", "The pool opens on 31 May.", "The pool will open at the end of May."),
        ("Where was the concert?", "The concert was in Oslo.", "The concert was in Norway."),
    ],
)
def test_answers_that_can_both_be_are_no_conflict(
    reader: Reader, question: str, one: str, other: str
) -> None:
    """The same person, one of several, one who was it before, a day in its part of the month, a place."""
    assert "conflict" != reader.ask(question, [Article(one), Article(other)]).status


def test_an_article_that_says_nothing_of_it_is_named(reader: Reader) -> None:
    """A reader of three articles sees which of them were of no use; of many, how many."""
    race = Article("Anna Kern won the race in heavy rain.", title="Post")
    others = [
        Article(f"The museum of glass bought {n} bowls on Friday.", title=f"Glass {n}") for n in "234567"
    ]

    assert "Nothing was found on it in Glass 2." in str(reader.ask("Who won the race?", [race, others[0]]))
    assert "In 6 of the 7 articles nothing" in str(reader.ask("Who won the race?", [race, *others]))
    assert "Nothing was found" not in str(reader.ask("Who won the race?", race))
    assert "Nothing was found" not in str(reader.ask("Who won the election?", others[:2]))


def test_an_answer_beside_the_point_is_no_disagreement(reader: Reader) -> None:
    """An article on something else, whose nearest sentence gives a day too."""
    other = Article("Ms Ruud said that her members would meet on Sunday.", title="Club")
    minutes = Article("The board agreed on a fee. The next meeting is on 18 March.", title="Board")
    found = reader.ask("When is the next meeting?", [other, minutes])

    assert ("answered", "18 March") == (found.status, found.short and found.short.text)
    assert {1} == {quote.source for claim in found.claims for quote in claim.quotes}


@pytest.mark.parametrize(
    ("question", "source"), [("Which river burst its banks?", 0), ("What did the mayor ask for?", 1)]
)
def test_what_one_article_says_is_enough(reader: Reader, question: str, source: int) -> None:
    """The other is not asked to agree."""
    found = reader.ask(question, [MONDAY, TUESDAY])

    assert found.status in ("answered", "partly")
    assert {source} == {quote.source for claim in found.claims for quote in claim.quotes}


def test_what_none_says_is_not_answered(reader: Reader) -> None:
    """With the closest passages of both."""
    found = reader.ask("How many schools were damaged?", [MONDAY, TUESDAY])

    assert "not_in_source" == found.status
    assert {0, 1} == {quote.source for quote in found.nearest}


def test_a_summary_is_of_both(reader: Reader) -> None:
    """In the order they were given, within the words asked for, the shared sentence once."""
    found = reader.summarize([MONDAY, TUESDAY], words=50)
    cited = [{quote.source for quote in claim.quotes} for claim in found.claims]

    assert {0, 1} == set.union(*cited)
    assert len(found.text.split()) <= 50
    assert len({claim.text for claim in found.claims}) == len(found.claims)


def test_facts_of_both_are_listed_once(reader: Reader) -> None:
    """The shared one with both quotes; a limit holds for all together."""
    listed = reader.facts([MONDAY, TUESDAY]).facts
    [shared] = [fact for fact in listed if fact.text == "About 300 houses were damaged."]

    assert [0, 1] == [quote.source for quote in shared.quotes]
    assert 3 == len(reader.facts([MONDAY, TUESDAY], limit=3).facts)


lines = st.lists(
    st.tuples(
        st.sampled_from(["Rain fell in Oslo on Monday.", "12 men died.", "19 men died.", "Why?"]),
        st.booleans(),
    ),
    max_size=12,
).map(
    lambda rows: [
        Line(n, text, n, int(second)) for n, (text, second) in enumerate(sorted(rows, key=lambda r: r[1]), 1)
    ]
)


@given(lines)
def test_whatever_is_picked_is_there(given_lines: list[Line]) -> None:
    """Numbers of lines that were given, each said once."""
    numbers = {line.number for line in given_lines}
    found = answer(given_lines, "How many men died?")
    for said in (summarize(given_lines).ranks, facts(given_lines), found.picked):
        flat = [number for one in said for number in one]
        assert set(flat) <= numbers
        assert len(flat) == len(set(flat))
        assert all(said)


@given(lines)
def test_each_article_has_its_own_fence(given_lines: list[Line]) -> None:
    """What is rendered is read back, articles too; white lines and numbers aside nothing moves."""
    read, _ = parse(render(given_lines))
    first = given_lines[0].source if given_lines else 0

    assert [(line.number, line.text, line.source + first) for line in read] == [
        (line.number, line.text, line.source) for line in given_lines
    ]


FERRY = Article("The Gull sank off Nes on Monday, and 17 people were injured.", title="Post")


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "When was the ferry bought?",
            "Corran Line, which bought the ferry in 2024 for £8.6 million, said the gear was sound.",
            "The master was in his cabin when the ferry sank. The company bought the Petrel in 2023.",
        ),
        (
            "When did the mill close?",
            "The mill closed in 2019, and forty people lost their work.",
            "Of the weavers few are left in the valley. The old mill was closed by its owner in 2017.",
        ),
    ],
)
def test_a_whole_answer_is_told_beside_a_surer_one(
    reader: Reader, question: str, one: str, other: str
) -> None:
    """What an article answers when asked alone is not passed over, so that the conflict is seen."""
    alone = reader.ask(question, Article(other))
    found = reader.ask(question, [Article(one), Article(other)])

    assert "conflict" == found.status
    assert alone.claims[0].text in {claim.text for claim in found.claims}


def test_of_an_unsure_answer_that_is_left_out_nothing_is_claimed(reader: Reader) -> None:
    """That nothing was found is said only of an article whose own answer is a refusal."""
    unsure = Article(
        "The ship was carrying 221 people, 205 of them passengers. Nineteen were hurt, the guard said.",
        title="Echo",
    )
    silent = Article("The museum of glass bought 12 bowls on Friday.", title="Glass")
    question = "How many people were injured?"

    assert "not_in_source" != reader.ask(question, unsure).status
    assert "Nothing was found" not in str(reader.ask(question, [FERRY, unsure]))
    assert "Nothing was found on it in Glass." in str(reader.ask(question, [FERRY, unsure, silent]))
