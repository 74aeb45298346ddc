"""Extraction: every value with the place it stands, what is not there rejected, shapes checked first."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from time import perf_counter
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, PositiveInt, create_model, field_validator

from quotewise import Article, Extraction, NoModelError, Reader, UsageError
from quotewise._plans.core import Call, Reply
from quotewise._plans.extract import extract
from quotewise._plans.leaves import Finder
from quotewise._plans.numbered import parse
from quotewise._plans.numbering import Numbering
from quotewise._plans.reading import Limits
from quotewise._plans.shapes import Leaf, claimed
from quotewise.testing import ScriptedTransport

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
    assert ("place",) == found.unfilled


def test_an_item_of_a_list_that_is_not_there_is_left_out_whole() -> None:
    """The others keep their quotes under their new paths."""
    people = [{"name": cited("Jo Doe", 2), "role": None}, {"name": cited("Bo Ek", 3), "role": None}]
    found = read(people=people)

    assert [Person(name="Bo Ek")] == found.value.people
    assert "Bo Ek" == found.quotes("people.0.name")[0].text


def one(kind: type, text: str, value: Any) -> Any:
    """What is kept of one value that cites the first sentence."""
    model = create_model("One", value=(kind | None, None))
    reply = json.loads(json.dumps({"value": cited(value, 1)}))
    found, _ = play_list(extract(Numbering((Article(text),)), model, Limits()), reply)
    assert all(text[q.start : q.end] == q.text for q in found.quotes("value"))
    return found.value.value, " ".join(quote.text for quote in found.quotes("value"))


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("It fell to -5 degrees.", -5, "-5 degrees"),
        ("It fell to −5 degrees.", -5, "−5 degrees"),
        ("It was minus five degrees.", -5, "minus five degrees"),
        ("It was five degrees below zero.", -5, "five degrees below zero"),
        ("It made -$2 million.", -2_000_000, "-$2 million"),
        ("It lies at -0.3%.", -0.3, "-0.3%"),
        ("It made a loss of 3 million.", -3_000_000, "3 million"),
        ("It made a loss of 3 million.", 3_000_000, "3 million"),
        ("Ages 5-10 may come.", 10, "10"),
        ("It cost 3.3 million.", 3_300_000, "3.3 million"),
        ("A share of 0.12345678901234567.", 0.12345678901234567, "0.12345678901234567"),
    ],
)
def test_a_number_is_taken_with_its_sign(text: str, value: float, words: str) -> None:
    """As the article has it; where a word carries the sign, with or without it."""
    assert (value, words) == one(float, text, value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (float, "It fell to -5 degrees.", 5),
        (float, "It fell to 5 degrees.", -5),
        (float, "It was minus five degrees.", 5),
        (float, "Ages 5-10 may come.", -10),
        (float, "It rose 3%.", -3),
        (float, "She scored +3 points.", -3),
        (str, "It fell to -5 degrees.", "5 degrees"),
        (float, "12 people came.", "1e999"),
        (float, "12 people came.", "-Infinity"),
        (float, "12 people came.", "NaN"),
        (Decimal, "12 people came.", "1E+99999"),
        pytest.param(int, "12 people came.", int("9" * 401), id="401 digits"),
        (int, "It has 1,234,567,890 stars.", 1_234_567_891),
        (int, "It has 12,345,678,901,234,567,890 stars.", 12_345_678_901_234_567_891),
        (datetime, "It is on 1 March 2026.", "2026-03-01T17:45:00"),
        (datetime, "It is on 1 March 2026 at 5:45 am.", "2026-03-01T17:45:00"),
        (datetime, "It is on 1 March 2026 at 17:45.", "2026-03-01T17:45:30"),
        (datetime, "It is at 17:45.", "2026-03-01T17:45:00"),
        (datetime, "It began at 2026-03-01T17:46Z.", "2026-03-01T17:45:00"),
        (time, "It began at 5 p.m.", "17:00:30"),
        (time, "It began at 17:00:30.", "17:00"),
        (time, "It began at 11:30 p.m.", "11:30"),
        (time, "It began at midnight.", "12:00"),
        (time, "It began at 5:00:30 am.", "17:00:30"),
    ],
)
def test_what_the_article_does_not_say_is_not_taken(kind: type, text: str, value: Any) -> None:
    """Another sign, a digit more, no finite number, a time of day that nobody told."""
    assert (None, "") == one(kind, text, value)


@pytest.mark.parametrize(
    ("kind", "text", "value", "words"),
    [
        (datetime, "It is on 1 March 2026 at 5:45 pm.", datetime(2026, 3, 1, 17, 45), "1 March 2026 5:45 pm"),
        (datetime, "It is at 5.45pm on 1 March 2026.", datetime(2026, 3, 1, 17, 45), "1 March 2026 5.45pm"),
        (datetime, "It began 2026-03-01T17:45Z.", datetime(2026, 3, 1, 17, 45), "2026-03-01T17:45Z"),
        (time, "It began at 17:00:30.", time(17, 0, 30), "17:00:30"),
        (time, "It began at 5:00:30 pm.", time(17, 0, 30), "5:00:30 pm"),
        (time, "It began at noon.", time(12), "noon"),
        (time, "It began at 5:30.", time(17, 30), "5:30"),
        (int, "It has 1,234,567,890,123,456,789.", 1_234_567_890_123_456_789, "1,234,567,890,123,456,789"),
        (int, "The pool was built in 1974.", 1974, "1974"),
        (int, "It opened in May 1974.", 1974, "May 1974"),
        (Decimal, "It cost 3.30 euros.", Decimal("3.30"), "3.30 euros"),
        (str, "It fell to -5 degrees in May.", "-5 degrees", "-5 degrees"),
    ],
)  # fmt: skip
def test_what_the_article_says_is_taken(kind: type, text: str, value: Any, words: str) -> None:
    """A moment by its day and its time of day, each with its place, or by the stamp of a file."""
    given = value if isinstance(value, int | str) else str(value).replace(" ", "T")
    assert (value, words) == one(kind, text, given)


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("She was found not guilty.", "guilty", None),
        ("It wasn't approved.", "approved", None),
        ("It was held not in Oslo but in Bergen.", "Oslo", None),
        ("Sie ist nicht schuldig.", "schuldig", None),
        ("It was held not in Oslo but in Bergen.", "Bergen", "Bergen"),
        ("She was found not guilty.", "not guilty", "not guilty"),
        ("First not guilty, then guilty of theft.", "guilty", "guilty"),
        ("They met not only in Oslo.", "Oslo", "Oslo"),
        ("Whether or not Ann Lee comes is open.", "Ann Lee", "Ann Lee"),
        ("Not one of them came to Oslo.", "Oslo", "Oslo"),
        ("There is no milk in the shop.", "milk", None),
        ("It hurt no fewer than 20 people.", "fewer than 20 people", None),
        ("A reunião foi realizada no Rio de Janeiro.", "Rio de Janeiro", "Rio de Janeiro"),
        ("Seu corpo foi achado no rio Tejo.", "rio Tejo", "rio Tejo"),
        ("Il n'y a pas deux ans, il gagnait.", "deux ans", "deux ans"),
        ("The train leaves from platform no 5 at noon.", "5", "5"),
        ("Take bus no 7 to town.", "7 to town", "7 to town"),
        ("He was elected not a decade ago.", "a decade", "a decade"),
        ("The non profit group paid.", "profit group", "profit group"),
        ("NATO kept a no-fly zone over the city.", "no-fly zone", "no-fly zone"),
    ],
)
def test_words_that_the_sentence_denies_are_not_taken(text: str, value: str, found: str | None) -> None:
    """It says that it is not so; where the same words stand without that, those are quoted."""
    got, quoted = one(str, text, value)
    assert (value if found else None, found or "") == (got, quoted)


def test_the_words_that_deny_are_the_reason() -> None:
    """For the value does stand in the sentence."""
    model = create_model("One", verdict=(str | None, None))
    text = Article("It wasn't approved in May.")
    found, _ = play_list(extract(Numbering((text,)), model, Limits()), {"verdict": cited("approved", 1)})
    assert ['the sentence denies it: "wasn\'t approved"'] == [rejected.reason for rejected in found.rejected]


@pytest.mark.parametrize(
    "text",
    ["Verdict: not guilty", "# Verdict: not guilty\n\nThe court rose.", "- He is not guilty\n- Rain fell"],
)
def test_denied_words_may_end_a_sentence_without_a_stop(text: str) -> None:
    """As in a heading or an item of a list; the reply is paid for, and nothing is raised."""
    assert (None, "") == one(str, text, "guilty")


@pytest.mark.parametrize("value", ["\u00ad", " \u200b"])
def test_a_value_of_no_letters_stands_nowhere(value: str) -> None:
    """What is left of it without what nobody sees is nothing; the others are kept."""
    model = create_model("One", value=(str | None, None), place=(str | None, None))
    reply = {"value": cited(value, 1), "place": cited("Oldtown", 1)}
    found, _ = play_list(extract(NUMBERING, model, Limits()), reply)
    assert (None, "Oldtown") == (found.value.value, found.value.place)


def test_words_that_a_sentence_denies_thousands_of_times_are_sought_once() -> None:
    """A sentence is folded once, not once for each place: that took half a minute."""
    text = "The list has " + ", ".join(["no milk"] * 8_000) + "."
    began = perf_counter()
    assert (None, "") == one(str, text, "milk")
    assert perf_counter() - began < 5


def test_a_moment_may_stand_in_two_sentences() -> None:
    """Its day in one and its time in another, if it cites both."""
    text = Article("The fair is on 1 March 2026. It opens at 9:15 a.m. on that day.")
    model = create_model("Fair", opens=(datetime | None, None))
    found, _ = play_list(
        extract(Numbering((text,)), model, Limits()), {"opens": cited("2026-03-01T09:15:00", 1, 2)}
    )
    assert ["1 March 2026", "9:15 a.m"] == [quote.text for quote in found.quotes("opens")]


def test_another_year_is_not_taken() -> None:
    """Nor is the day of a date."""
    assert one(int, "The pool was built on 3 May 1974.", 1975)[0] is None
    assert one(int, "The pool was built on 3 May 1974.", 3)[0] is None


def test_a_word_is_sought_in_the_sentence_that_is_cited() -> None:
    """The same word may end the sentence before it, nearer to where the cited one begins."""
    text = Article("The council met in Oslo. It was raining in Oslo when 340 homes lost power.")
    model = create_model("Storm", town=(str, ...))
    found, _ = play_list(extract(Numbering((text,)), model, Limits()), {"town": cited("Oslo", 2)})
    assert [text.text.rindex("Oslo")] == [quote.start for quote in found.quotes("town")]


class Aliased(BaseModel):
    place: str = Field(alias="location")
    guests: int = Field(validation_alias="guestCount")


def test_a_field_with_an_alias_is_filled() -> None:
    """What is asked for and what is found go by the field's own name."""
    reply = {"place": cited("Oldtown", 1), "guests": cited(3, 1)}
    numbering = Numbering((Article("In Oldtown 3 people met."),))
    found, _ = play_list(extract(numbering, Aliased, Limits()), reply)
    assert ("Oldtown", 3) == (found.value.place, found.value.guests)


COUNTRIES = {"Oslo": "Norway"}


class Placed(BaseModel):
    place: str

    @field_validator("place")
    @classmethod
    def _country(cls, place: str) -> str:
        return COUNTRIES[place]


def test_what_a_validator_raises_loses_no_reply() -> None:
    """It is told in the trace, and what was found is in `partial`."""
    found, _ = play_list(extract(NUMBERING, Placed, Limits()), {"place": cited("Oldtown", 1)})

    assert (None, {"place": "Oldtown"}) == (found.value, found.partial)
    assert "KeyError" in found.trace.notes[0]
    assert () == found.unfilled
    assert "accepted.\n" in str(found)
    assert "Note: A validator of Placed raised KeyError: 'Oldtown'." in str(found)


def test_only_fields_are_named_as_not_filled() -> None:
    """Not what else a note tells: of a server that may cut prompts, or of the model as a whole."""
    reply = Reply(json.dumps({"place": None}), remarks=("window: for {} calls the server counted less",))
    with Reader(transport=ScriptedTransport(lambda call: reply)) as reader:
        found = reader.extract("Rain fell.", Placed)

    assert any(note.startswith("window: ") for note in found.trace.notes)
    assert "accepted: place." in str(found)


class Exact(BaseModel):
    """A model that takes no text for a day, and names its fields otherwise outside."""

    model_config = ConfigDict(strict=True)
    day: date = Field(alias="onDay")
    cost: Decimal | None = Field(default=None, alias="costInEuro")


def test_a_strict_model_is_filled_and_stored() -> None:
    """What is told of it in JSON is read again, by the names that its values are kept under."""
    reply = {"day": cited("2026-05-03", 1), "cost": cited("19.90", 1)}
    numbering = Numbering((Article("On 3 May 2026 it cost 19.90 euros."),))
    found, _ = play_list(extract(numbering, Exact, Limits()), reply)

    assert (date(2026, 5, 3), "19.90") == (found.value.day, str(found.value.cost))
    assert found == Extraction[Exact].model_validate_json(found.model_dump_json())
    assert found == Extraction[Exact].model_validate(found.model_dump())


class Colour(Enum):
    DARK_RED = "#800000"
    GREEN = "green"


IN_WORDS = [
    (date, "It was on 3 May 2026.", "May 3, 2026", date(2026, 5, 3)),
    (date, "It was on 3 May 2026.", "Sunday 3 May 2026", date(2026, 5, 3)),
    (time, "It began at 2.30 pm.", "2:30 pm", time(14, 30)),
    (datetime, "On 3 May 2026 it began at 14:30.", "3 May 2026, 14:30", datetime(2026, 5, 3, 14, 30)),
    (Literal["not given", "given"], "It was given.", "Not_Given", "not given"),
    (Literal[1, 2], "One of them.", "1", 1),
    (Colour, "It is green.", "Green", Colour.GREEN),
    (Colour, "It is dark red.", "DARK_RED", Colour.DARK_RED),
]


@pytest.mark.parametrize(("kind", "text", "value", "meant"), IN_WORDS)
def test_a_value_may_be_written_as_the_article_writes_it(
    kind: Any, text: str, value: Any, meant: Any
) -> None:
    """A server that is not held to the schema has days in words and choices in other letters."""
    found, _ = one(kind, text, value)
    assert meant == found


@pytest.mark.parametrize("value", [{"a": 1}, ["given"], None, "None", True, 1.5])
def test_what_is_no_choice_is_none(value: Any) -> None:
    """Whatever stands in its place."""
    kind: Any = Literal["not given", "given", None]
    model = create_model("One", value=(kind | None, None), place=(str | None, None))
    reply = {"value": cited(value, 1), "place": cited("Oldtown", 1)}
    found, _ = play_list(extract(NUMBERING, model, Limits()), reply)
    assert (None, "Oldtown") == (found.value.value, found.value.place)


@pytest.mark.parametrize("value", ["3 May", "May 2026", "3 May 2026 or 4 May 2026", "31 June 2026"])
def test_words_that_are_no_one_day_are_none(value: str) -> None:
    """Nothing is guessed: the value is set apart with the reason."""
    model = create_model("One", value=(date | None, None), place=(str | None, None))
    reply = {"value": cited(value, 1), "place": cited("Oldtown", 1)}
    found, _ = play_list(extract(NUMBERING, model, Limits()), reply)
    assert found.value.value is None
    assert "form cannot be read" in found.rejected[0].reason


class Tag(date):
    """A day as a process in a German locale writes it."""

    def __format__(self, form: str) -> str:
        return "Mai"


def test_a_date_is_found_whatever_the_locale() -> None:
    """Months are those of the article, not of the process."""
    (quote,) = Finder(NUMBERING).quotes(Leaf(("day",), Tag(2026, 5, 3), (1,)))
    assert "3 May 2026" == quote.text


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


class Racer(BaseModel):
    name: str | None = None
    age: int | None = None
    role: str | None = None


class Races(BaseModel):
    winner: Racer | None = None
    racers: list[Racer] = []


RACES = Article(
    "Ann Lee won the race. Ann Lee is a clerk.\n"
    + "Nothing else was said of it on that long day.\n" * 60
    + "Bo Ek, 52, won the second race. Ann Lee is, as said, a clerk. Bo Ek is a clerk too."
)


def races() -> Any:
    """The races read in parts, of which the first and the last tell something."""

    def script(call: Call) -> Any:
        lines = {line.text: line.number for line in parse(call.messages[1].content)[0]}
        ann, ann_clerk, bo, ann_again, bo_clerk = (
            next((number for text, number in lines.items() if text.startswith(begin)), 0)
            for begin in ("Ann Lee won", "Ann Lee is a", "Bo Ek, 52", "Ann Lee is, as", "Bo Ek is a")
        )
        reply: dict[str, Any] = {"winner": None, "racers": []}
        if ann:
            reply["winner"] = {"name": cited("Ann Lee", ann)}
            reply["racers"] += [{"name": cited("Ann Lee", ann), "role": cited("clerk", ann_clerk)}]
        if bo:
            reply["winner"] = {"name": cited("Bo Ek", bo), "age": cited(52, bo)}
            reply["racers"] += [{"name": cited("Ann Lee", ann_again), "role": cited("clerk", ann_again)}]
            reply["racers"] += [{"name": cited("Bo Ek", bo), "role": cited("clerk", bo_clerk)}]
        return reply

    found, calls = play(extract(Numbering((RACES,)), Races, Limits(window=5_900, chunk=200)), script)
    assert len(calls) > 1
    return found


def test_one_record_is_not_filled_up_from_another() -> None:
    """The winner of the first race does not get the age of the winner of the second."""
    assert Racer(name="Ann Lee") == races().value.winner
    assert () == races().quotes("winner.age")


def test_what_another_record_says_is_told_with_its_quotes() -> None:
    """It is in no field, and not lost: a note has each value of it and where that stands, and is printed."""
    found = races()
    name, age = RACES.text.index("Bo Ek, 52"), RACES.text.index("52")

    note = (
        "Left out, since an earlier part gives winner.name = Ann Lee:"
        f" winner.name = Bo Ek (“Bo Ek”, characters {name}–{name + 5});"
        f" winner.age = 52 (“52”, characters {age}–{age + 2})."
    )
    assert (note,) == found.trace.notes
    assert "Note: Left out" in str(found)
    assert () == found.rejected


class Firm(BaseModel):
    name: str | None = None
    revenue: int | None = None
    seats: list[str] = []


class Firms(BaseModel):
    town: str | None = None
    firm: Firm | None = None


@pytest.mark.parametrize(
    ("first", "later", "kept", "left"),
    [
        ("Acme Inc", "Acme", Firm(name="Acme Inc", revenue=5, seats=["Leith", "Oslo"]), ()),
        ("Acme", "ACME Inc", Firm(name="Acme", revenue=5, seats=["Leith", "Oslo"]), ()),
        (
            "Acme",
            "Ecma",
            Firm(name="Acme", seats=["Leith"]),
            ("firm.name = Ecma", "firm.revenue = 5", "Oslo"),
        ),
        ("acme", "an acme", Firm(name="acme", seats=["Leith"]), ("firm.name = an acme", "firm.revenue = 5")),
        ("Guilty", "Not Guilty", Firm(name="Guilty", seats=["Leith"]), ("firm.name = Not Guilty",)),
    ],
)
def test_a_longer_form_of_a_name_is_no_other_record(
    first: str, later: str, kept: Firm, left: tuple[str, ...]
) -> None:
    """So what is told of it later is not left out; what is told of another is, and that is noted."""
    quiet = "Nothing else was said of it on that long day.\n" * 60
    article = Article(f"In Leith we met {first}.\n{quiet}In Oslo and Leith we met {later} of 5 people.")

    def script(call: Call) -> Any:
        numbers = {line.text[:8]: line.number for line in parse(call.messages[1].content)[0]}
        early, late = numbers.get("In Leith"), numbers.get("In Oslo ")
        if early:
            seats = [cited("Leith", early)]
            return {"town": cited("Leith", early), "firm": {"name": cited(first, early), "seats": seats}}
        if late:
            seats = [cited("Leith", late), cited("Oslo", late)]
            firm = {"name": cited(later, late), "revenue": cited(5, late), "seats": seats}
            return {"town": cited("Oslo", late), "firm": firm}
        return {"town": None, "firm": None}

    found, calls = play(extract(Numbering((article,)), Firms, Limits(window=5_900, chunk=200)), script)
    town, *others = found.trace.notes

    assert len(calls) > 1
    assert Firms(town="Leith", firm=kept) == found.value
    assert town.startswith("Left out, since an earlier part gives town = Leith: town = Oslo (“Oslo”, char")
    assert bool(left) == bool(others)
    assert all(words in others[0] for words in left)
    assert "firm.seats.0 = Leith" not in str(others)


def test_a_value_keeps_its_own_quote_where_parts_are_joined() -> None:
    """The same word stands behind two people, and an item that both parts have is kept once."""
    found = races()

    assert ["Ann Lee", "Bo Ek"] == [racer.name for racer in found.value.racers]
    (quote,) = found.quotes("racers.1.role")
    assert RACES.text[: quote.start].endswith("Bo Ek is a ")


class Guest(BaseModel):
    name: str
    age: int = 0
    role: str | None
    tags: list[str] = ["none"]


class Party(BaseModel):
    guests: list[Guest]
    first: Guest | None
    place: str | None
    seats: int = 5


def test_what_was_not_found_is_left_to_the_defaults() -> None:
    """Of fields within others as well, and a field that may be None and has no default is None."""
    guest = {"name": cited("Bo Ek", 3), "age": None, "role": None}
    reply = {"guests": [guest], "first": guest, "place": None, "seats": None}
    found, _ = play_list(extract(NUMBERING, Party, Limits()), reply)

    expected = Guest(name="Bo Ek", role=None, tags=[])
    assert Party(guests=[expected], first=expected, place=None) == found.value


class Checked(BaseModel):
    count: PositiveInt | None = None
    names: list[Annotated[str, Field(min_length=2)]] = []


def test_a_type_with_conditions_is_asked_for_as_that_type() -> None:
    """What the caller's model makes of the value is its own: one that does not hold is named."""
    numbering = Numbering((Article("In Oldtown 3 people met Al and B."),))
    plan = extract(numbering, Checked, Limits())
    found, _ = play_list(plan, {"count": cited(3, 1), "names": [cited("Al", 1)]})
    assert Checked(count=3, names=["Al"]) == found.value

    plan = extract(numbering, Checked, Limits())
    found, _ = play_list(plan, {"count": cited(3, 1), "names": [cited("B", 1)]})
    assert found.value is None
    assert any(note.startswith("names.0") for note in found.trace.notes)


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
