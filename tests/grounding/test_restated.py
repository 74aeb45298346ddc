"""A short claim whose number, day or name the article tells of something else."""

from __future__ import annotations

import pytest

from quotewise import Article, verify
from quotewise._grounding.check import judge
from quotewise._grounding.citation import beside_the_nearest, better_citation
from quotewise._grounding.evidence import Evidence

TOLD = (
    "The river Lunn burst its banks on Tuesday night and flooded 340 homes in Arden. "
    "Two people, a man of 71 and his daughter, died when their car was swept from the bridge. "
    "Mayor Ruth Okafor said the town may need 12 million pounds for repairs. "
    '"We asked for a new barrier in 2019 and got nothing," she said. '
    "The Environment Agency said it had warned the council on Monday afternoon. "
    "About 900 residents spent the night in a school and a church hall. "
    "Schools will stay closed until Monday. "
    "Rainfall reached 84 millimetres in 24 hours, the most since records began in 1961. "
    "Water levels fell on Wednesday, but the agency expects more rain on Friday. "
    "The insurer Northgate estimated losses at between 20 and 25 million pounds. "
    "Dilip Rao thanked the volunteers in Penwick. "
    "The harbour of Leith stayed open. "
    "The council thanked the volunteers in Arden for their help with the pumps."
)
FLOOD = Evidence(Article(TOLD))

LIES = (
    ("Schools stay closed until Friday.", "Monday", 6),
    ("Schools remain closed until Wednesday.", "Monday", 6),
    ("The town may need 20 million pounds.", "12 million pounds", 2),
    ("Records began in 340.", "1961", 7),
    ("Records began in 84.", "1961", 7),
    ("Water levels fell on Friday.", "Wednesday", 8),
    ("A man of 2019 died.", "71", 1),
    ("The agency warned the council on Friday.", "Monday", 4),
    ("The harbour of Penwick stayed open.", "Leith", 11),
)


@pytest.mark.parametrize(("claim", "said", "own"), LIES, ids=[claim for claim, *_ in LIES])
def test_what_is_told_of_another_value_is_an_issue(claim: str, said: str, own: int) -> None:
    """Though some sentence has the claim's value; and the issue says what the article has there."""
    (checked,) = verify(claim, Article(TOLD)).claims
    assert not checked.verdict.supported
    assert any(issue.found is not None and said in issue.found for issue in checked.verdict.issues)


@pytest.mark.parametrize(("claim", "said", "own"), LIES, ids=[claim for claim, *_ in LIES])
def test_no_citation_makes_it_true(claim: str, said: str, own: int) -> None:
    """Neither that of its own sentence moved, nor that of any other left where it is."""
    for cited in range(len(FLOOD.passages)):
        here = beside_the_nearest(claim, [cited], FLOOD, judge(claim, [cited], FLOOD))
        assert not here.supported
        assert better_citation(claim, [cited], FLOOD, here) is None


@pytest.mark.parametrize(
    "claim",
    [
        "Schools stay closed until Monday.",
        "The town may need 12 million pounds.",
        "Records began in 1961.",
        "Water levels fell on Wednesday.",
        "The agency expects more rain on Friday.",
        "The agency warned the council on Monday.",
        "Losses are estimated at 20 to 25 million pounds.",
        "The harbour of Leith stayed open.",
    ],
)
def test_the_same_claim_told_right_has_no_issue(claim: str) -> None:
    """And it is kept wherever it points: at its own sentence or, corrected, from another."""
    assert verify(claim, Article(TOLD)).supported
    for cited in range(len(FLOOD.passages)):
        here = judge(claim, [cited], FLOOD)
        assert here.supported or better_citation(claim, [cited], FLOOD, here) is not None


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        ("The ferry runs on Monday and on Friday. The pool is shut on Sunday.", "The ferry runs on Friday."),
        (
            "Ann Lee opened the hall in May. The hall was sold in June.",
            "The hall was sold in June.",
        ),
        (
            "Prices rose by 3% in March. In April prices rose by 5%.",
            "Prices rose by 5% in April.",
        ),
        ("The Bears lost 21-13. The Blue Devils fell to 1-5.", "The Bears fell to 1-5."),
    ],
)
def test_two_that_are_told_alike_are_both_true(article: str, claim: str) -> None:
    """Where the place of the claim's own value tells the same, another value elsewhere is no issue."""
    found = verify(claim, article)
    assert not any(issue.kind in {"date", "number"} for one in found.claims for issue in one.verdict.issues)


POOL = (
    "The council of Harwick voted 7 to 5 on Tuesday to close the Mill Road swimming pool. "
    "Councillor Dana Reeves, who proposed the closure, said the pool loses 240,000 pounds a year. "
    "Councillor Imran Sheikh opposed it and said 3,100 people had signed a petition to keep the pool open. "
    "An engineer, Paula Kessler, told the meeting that the roof may fail within four years. "
    "She put the cost of a new roof at 1.8 million pounds. "
    "The Harwick Swimming Club has 410 members and trains there on Mondays and Thursdays. "
    "The council has not decided what to do with the land. "
    "A developer, Northgate Homes, has offered 2.3 million pounds for it."
)
PLANT = (
    "The company will hire 260 people at its plant in Gdansk, and close its factory in Lyon in December. "
    "The factory in Lyon employs 145 people. "
    "The trade union leader Sophie Marchand called the closure unacceptable and announced a strike for "
    "Monday. Shares in Tarn rose 6.5% to 31.20 euros on Friday."
)


@pytest.mark.parametrize(
    ("article", "lie", "kind", "true"),
    [
        (POOL, "A new roof would cost 2.3 million pounds.", "number", "1.8 million pounds"),
        (
            POOL,
            "Northgate Homes has offered 1.8 million pounds for the land.",
            "number",
            "2.3 million pounds",
        ),
        (POOL, "The swimming club trains at the pool on Mondays and Tuesdays.", "date", "Thursdays"),
        (POOL, "Councillor Imran Sheikh proposed the closure of the pool.", "name", "Dana Reeves"),
        (PLANT, "A strike was announced for Friday.", "date", "Monday"),
        (PLANT, "The company will hire 145 people at its plant in Gdansk.", "number", "260"),
    ],
)
def test_a_sentence_with_the_wrong_word_is_no_better_citation(
    article: str, lie: str, kind: str, true: str
) -> None:
    """Whatever is cited, alone or beside its own: the issue says what the article has."""
    told = Evidence(Article(article))
    places = range(len(told.passages))
    for cited in ([at] for at in places):
        here = beside_the_nearest(lie, cited, told, judge(lie, cited, told))
        assert not here.supported
        assert better_citation(lie, cited, told, here) is None
    issues = judge(lie, places, told).issues
    assert any(issue.kind == kind and true in (issue.found or "") for issue in issues)


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        (POOL, "A new roof would cost 1.8 million pounds."),
        (POOL, "Northgate Homes has offered 2.3 million pounds for the land."),
        (POOL, "The swimming club trains at the pool on Mondays and Thursdays."),
        (POOL, "Councillor Dana Reeves proposed the closure of the pool."),
        (PLANT, "A strike was announced for Monday."),
        (PLANT, "The company will hire 260 people at its plant in Gdansk."),
    ],
)
def test_the_right_word_is_kept(article: str, claim: str) -> None:
    """The same sentences told right have no issue."""
    assert verify(claim, Article(article)).supported


def test_a_repair_with_a_second_citation_keeps_the_number_fault() -> None:
    """Beside the sentence that has the wrong amount too, the right one says what was offered."""
    told = Evidence(Article(POOL))
    lie = "Northgate Homes has offered 1.8 million pounds for the land."
    for cited in ([7], [4, 7]):
        assert [issue.kind for issue in judge(lie, cited, told).issues] == ["number"]
