"""Where an article gives a value: found at once, and none is overlooked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotewise._grounding.given import Given
from quotewise._language.typed import Value, agree
from quotewise._language.values import values

_FORMS = """
{n}; -{n}; ${n}; ${n} million; US${n}bn; {n}%; {n} per cent; about {n}; over {n}; nearly {n}%; at least {n};
up to {n}; {n} km; {n} miles; {n} metres; {n} degrees; {n}C; {n}F; {n} months; {n} years; {n}m; {n}k;
{n} hours; {n} times; {n}-fold; {n}th; {n} thousand; {n}.5; {n}.25 million; {n} May; {n} May 2024; {n}pm;
{n}:30; 14:{n}; 20{n}; 19{n}; the {n}0s; the 19{n}0s; between {n} and {n}5; fell {n}%; minus {n}; {n} kg;
{n} tonnes; {n} pounds
"""
_FIXED = """
a third; two thirds; a quarter; half; about half; more than half; almost all; nine in ten; one in ten; twice;
thousands; dozens; hundreds of thousands; half a million; a dozen; last Monday; Monday; on Monday; today;
noon; midnight; May; in May 2024; Q2 2024; the second quarter; spring; 5pm; 5 am; 17:00; the 1990s; 1990;
1994; a decade; the 20th century; first; third; fourfold; one; zero; 0; 0%; 100%; Christmas; 3 May; 2024-05-03
"""
PHRASES = st.builds(
    lambda form, n: form.strip().format(n=n),
    st.sampled_from(_FORMS.split(";")),
    st.sampled_from([1, 2, 3, 5, 7, 9, 10, 12, 13, 20, 25, 29, 30, 48, 50, 60, 75, 90, 98, 100, 3000]),
) | st.sampled_from([phrase.strip() for phrase in _FIXED.split(";")])


def read(phrases: list[str]) -> list[tuple[int, Value]]:
    return [(at, value) for at, phrase in enumerate(phrases) for value in values(f"It was {phrase} then.")]


@given(st.lists(PHRASES, min_size=1, max_size=60), PHRASES)
def test_all_values_that_agree_are_found_in_their_order(said: list[str], claimed: str) -> None:
    """As if each were compared, which took most of the time of a long list of failing facts."""
    article = read(said)
    for _, claim in read([claimed]):
        assert [*Given(article).agreeing(claim)] == [pair for pair in article if agree(claim, pair[1])]


def test_few_are_compared() -> None:
    """A claim's number is near to few of an article's."""
    near = Given(read([f"{n} metres" for n in range(1, 3_000)]))._near(values("1,000 metres")[0])

    assert len(near) < 100
