"""Extraction: every value with the place it stands, what is not there rejected, shapes checked first."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from quotewise import Article, Extraction, NoModelError, Reader, UsageError
from quotewise._plans.core import Call
from quotewise._plans.extract import extract
from quotewise._plans.numbered import parse
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import Limits
from quotewise._plans.shapes import claimed

from .replies import play, play_list

TEXT = Article(
    "The council met on 3 May 2026 in Oldtown. Mayor Ann Lee said the bridge will cost 2.5 million euros.\n\n"
    "Clerk Bo Ek read the motion. It did not pass."
)
NUMBERING = Numbering((TEXT,))


class Role(Enum):
    MAYOR = "mayor"
    OTHER = "other"


class Person(BaseModel):
    name: str
    role: Role | None = None


class Meeting(BaseModel):
    """A council meeting."""

    place: str = Field(description="Where it was held")
    day: date
    cost: float | None = None
    passed: bool | None = None
    outcome: Literal["passed", "failed"] | None = None
    people: list[Person] = []
    notes: list[str] = []


def cited(value: Any, *evidence: int) -> dict[str, Any]:
    return {"evidence": list(evidence), "value": value}


def meeting(**changed: Any) -> dict[str, Any]:
    return {
        "place": cited("Oldtown", 1),
        "day": cited("2026-05-03", 1),
        "cost": cited(2_500_000, 2),
        "passed": cited(False, 4),
        "outcome": None,
        "people": [
            {"name": cited("Ann Lee", 2), "role": cited("mayor", 2)},
            {"name": cited("Bo Ek", 3), "role": None},
        ],
        "notes": [],
        **changed,
    }


def read(**changed: Any) -> Any:
    result, _ = play_list(extract(NUMBERING, Meeting, Limits()), meeting(**changed))
    return result


def test_every_value_has_its_place() -> None:
    """Strings, numbers in words, dates in words, choices: each is cut from the article."""
    found = read()

    assert (
        Meeting(
            place="Oldtown",
            day=date(2026, 5, 3),
            cost=2_500_000,
            passed=False,
            people=[Person(name="Ann Lee", role=Role.MAYOR), Person(name="Bo Ek")],
        )
        == found.value
    )
    assert ("3 May 2026",) == tuple(q.text for q in found.quotes("day"))
    assert (
        "2.5 million euros" in found.quotes("cost")[0].text or "2.5 million" in found.quotes("cost")[0].text
    )
    assert ("Bo Ek",) == tuple(q.text for q in found.quotes("people.1.name"))
    assert "It did not pass." == found.quotes("passed")[0].text
    assert all(TEXT.text[q.start : q.end] == q.text for v in found.values for q in v.quotes)
    assert found == Extraction[Meeting].model_validate_json(found.model_dump_json())


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("place", cited("Newtown", 1), "does not stand"),
        ("place", cited("Oldtown", 4), "does not stand"),
        ("place", cited("Oldtown", 9), "no such sentence"),
        ("place", cited("Oldtown"), "no sentence"),
        ("cost", cited(9_000_000, 2), "does not stand"),
        ("day", cited("2026-05-04", 1), "does not stand"),
        ("passed", cited(True), "no sentence"),
    ],
)
def test_what_does_not_stand_there_is_rejected(field: str, value: Any, reason: str) -> None:
    """The value is not in the result, and the reason is."""
    found = read(**{field: value})

    [rejected] = found.rejected
    assert reason in rejected.reason
    assert () == found.quotes(field)
    assert found.partial[field] is None


def test_without_a_field_that_must_be_there_the_model_is_not_made() -> None:
    """What was found is in `partial`, and the trace names the field."""
    found = read(place=None)

    assert found.value is None
    assert "2026-05-03" == found.partial["day"]
    assert any(note.startswith("place") for note in found.trace.notes)


def test_an_item_of_a_list_that_is_not_there_is_left_out_whole() -> None:
    """The others keep their quotes under their new paths."""
    people = [{"name": cited("Jo Doe", 2), "role": None}, {"name": cited("Bo Ek", 3), "role": None}]
    found = read(people=people)

    assert [Person(name="Bo Ek")] == found.value.people
    assert "Bo Ek" == found.quotes("people.0.name")[0].text


def test_long_articles_are_merged() -> None:
    """First values win, lists are joined, nothing stands twice."""
    article = Article("\n".join(f"Ship number {n} is the Star{n}." for n in range(60)))

    class Ships(BaseModel):
        first: str | None = None
        names: list[str] = []

    def script(call: Call) -> Any:
        lines, _ = parse(call.messages[1].content)
        names = [cited(line.text.split()[-1].rstrip("."), line.number) for line in lines]
        return {"first": names[0], "names": names}

    found, calls = play(extract(Numbering((article,)), Ships, Limits(window=5_900, chunk=200)), script)

    assert len(calls) > 1
    assert ("Star0", 60) == (found.value.first, len(set(found.value.names)))
    assert "Star59" == found.quotes("names.59")[0].text


class Holder(BaseModel):
    tags: dict[str, str]


class Loop(BaseModel):
    inner: list[Loop] = []


class Either(BaseModel):
    value: int | str


class Anything(BaseModel):
    value: Any


class Empty(BaseModel):
    pass


@pytest.mark.parametrize(
    ("model", "path"),
    [(Holder, "tags"), (Loop, "inner.0"), (Either, "value"), (Anything, "value"), (Empty, "the model")],
)
def test_a_shape_that_cannot_be_asked_is_refused_by_its_path(model: type[BaseModel], path: str) -> None:
    """Before any call, and with what to use instead."""
    with pytest.raises(UsageError, match=f"^{path}:"):
        claimed(model)


@pytest.mark.parametrize("given", [dict, {"town": "str"}, list[str], "Town"])
def test_what_is_no_model_is_refused_with_what_to_give(given: Any) -> None:
    """Before any call, and before the built-in engine says that it cannot extract."""
    with Reader(model="extractive") as reader, pytest.raises(UsageError, match=r"pydantic\.BaseModel"):
        reader.extract("Rain fell in Oslo.", given)


def test_the_schema_says_what_the_fields_mean() -> None:
    """A field's description reaches the model."""
    assert "Where it was held" in str(claimed(Meeting).model_json_schema())


def test_the_built_in_engine_says_that_it_cannot() -> None:
    """It has no words for a schema; the next step is to name a model."""
    with Reader(model="extractive") as reader, pytest.raises(NoModelError, match="OPENAI_API_KEY"):
        reader.extract(TEXT, Meeting)
