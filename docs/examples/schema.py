"""What the page on schemas asks an article for."""

from datetime import date

from pydantic import BaseModel, Field


class Person(BaseModel):
    name: str
    role: str | None = None


class Meeting(BaseModel):
    place: str = Field(description="The city where it took place.")
    day: date | None = None
    people: list[Person] = []
