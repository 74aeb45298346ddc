"""Words of a sentence that answer by what they are: a price where the question asks what something costs.

Rules by hand for answers that the fitted clues often cut short or miss; none says whether a sentence answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._language.wordlists import listed, listed_terms
from ..questions.match import Tagged
from ..questions.question import Question

MONEY = listed("cost price pay paid worth charg spend spent fee")
_SIGNS = ("$", "£", "€", "¥")
_CURRENCIES = listed("euro dollar pound crown franc yen rupe cent penc")
_AMOUNTS = listed_terms("""
    salary wage wages pay income fee fare rent price cost budget turnover revenue profit debt age height
    weight length width depth speed temperature population
    """)
"""What only a number can be."""
_OF = listed("of for in on at per to")
_BETWEEN = "PAvyD"
"""What may stand between "revenue" and its figure: "of", "rose to", "was about"."""
_BESIDE = 4
"""Words before the name of an amount in which it is said which one."""
_NEXT = "next"
_LONGEST_DAY = 2
_BORN, _DIED = listed("born birth"), listed("die death dead")
_DASHES = ("-", "–", "—")
_REACH = 8
_NOBODY, _DEED = listed("nobody none"), 4
"""What says that it was to nobody, and within how many words the deed stands after it."""


def plainly(asked: Question, sentence: Tagged, start: int, end: int) -> tuple[int, int] | None:
    """The words that plainly answer, whatever the clues say, which say `start:end`; None where none do.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("It closed in May because engineers found cracks.")
    >>> [word.text for word in text.words[slice(*plainly(read("Why did it close?"), text, 2, 4))]]
    ['engineers', 'found', 'cracks']
    """
    if asked.kind == "why":
        return reason(sentence)
    by_hand = (
        nobody(asked, sentence) or lived(asked, sentence) or price(asked, sentence) or coming(asked, sentence)
    )
    by_hand = by_hand or agent(asked, sentence, start, end)
    return by_hand or amount(asked, sentence, start, end)


def nobody(asked: Question, sentence: Tagged) -> tuple[int, int] | None:
    """ "Nobody" where it is asked to how many something was done, and a sentence has that it was to nobody.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("Three people were treated for injuries; nobody was killed.")
    >>> [nobody(read(f"How many people were {done}?"), text) for done in ("killed", "treated")]
    [(6, 7), None]
    """
    if asked.kind != "many":
        return None
    done = set(asked.terms) - {asked.words[i].term for i in asked.focus}
    for i, low in enumerate(sentence.lower):
        end = i + 1 + (low == "no" and sentence.lower[i + 1 : i + 2] == ["one"])
        if low not in _NOBODY and end == i + 1:
            continue
        stop = next(
            (j for j in range(end, min(end + _DEED, len(sentence))) if sentence.broken[j]), end + _DEED
        )
        if not done.isdisjoint(sentence.terms[end:stop]):
            return i, end
    return None


def reason(sentence: Tagged) -> tuple[int, int] | None:
    """The words after "because" or "due to", up to the next stop or comma; None where there is no such word.

    >>> text = Tagged("It closed, because engineers found cracks, and reopened.")
    >>> [word.text for word in text.words[slice(*reason(text))]]
    ['engineers', 'found', 'cracks']
    """
    for i, word in enumerate(sentence.lower[:-1]):
        start = i + 1 + (sentence.lower[i + 1] in ("of", "to"))
        if word == "because" or (word in ("due", "owing", "thanks") and sentence.lower[i + 1] == "to"):
            end = next((j for j in range(start + 1, len(sentence) + 1) if sentence.broken[j]), start)
            return (start, end) if start < end else None
    return None


def lived(question: Question, sentence: Tagged) -> tuple[int, int] | None:
    """The date of a birth or death in the bracket after a name, "(1913-2005)"; None where none is asked.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("Ada Bern (3 May 1913 - 2005) led it.")
    >>> text.lower[slice(*lived(read("When was Bern born?"), text))]
    ['3', 'may', '1913']
    """
    born, died = (not group.isdisjoint(question.terms) for group in (_BORN, _DIED))
    if question.expected != "date" or born == died:
        return None
    opens = (i for i in range(1, len(sentence)) if sentence.gaps[i].strip() == "(")
    for i in opens:
        end = next((j for j in range(i, len(sentence) + 1) if j > i and ")" in sentence.gaps[j]), i)
        dash = next((j for j in range(i + 1, end) if sentence.gaps[j].strip() in _DASHES), 0)
        named = sentence.classes[i - 1] == "K" and sentence.terms[i - 1] in question.terms
        if named and dash and "Y" in sentence.classes[i:dash] and "Y" in sentence.classes[dash:end]:
            return (i, dash) if born else (dash, end)
    return None


def price(asked: Question, sentence: Tagged) -> tuple[int, int] | None:
    """The only amount of money in a sentence, or the one after "cost"; None where no price is asked for.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("The pipe cost £2,340 in May, of which the club paid £300.")
    >>> [word.text for word in text.words[slice(*price(read("What did the pipe cost?"), text))]]
    ['2,340']
    """
    dear = asked.asks_how_dear or not MONEY.isdisjoint(asked.terms)
    if not dear or asked.kind not in ("much", "do", "be", "noun"):
        return None
    amounts = [span for span in _amounts(sentence) if sentence.terms[span[0]] not in asked.terms]
    if len(amounts) == 1:
        return amounts[0]
    said = [i for i, term in enumerate(sentence.terms) if term in MONEY and term in asked.terms]
    return next((span for span in amounts if said and span[0] > said[0]), None)


def _amounts(sentence: Tagged) -> Iterator[tuple[int, int]]:
    """Numbers behind a currency's sign or before its name, with "million" and the name."""
    for i, kind in enumerate(sentence.classes):
        if kind not in "#Y" or not sentence.lower[i][0].isdigit():
            continue
        end = i + 1
        while end < len(sentence) and sentence.classes[end] == "#" and not sentence.lower[end][0].isdigit():
            end += 1
        named = end < len(sentence) and sentence.terms[end] in _CURRENCIES
        if named or sentence.gaps[i].endswith(_SIGNS):
            yield i, end + named


def coming(asked: Question, sentence: Tagged) -> tuple[int, int] | None:
    """The date after "the next", where it is asked when the next is to be; None where no date follows it.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("The results came out on 24 July; the next are due on 23 October.")
    >>> [word.text for word in text.words[slice(*coming(read("When are the next results due?"), text))]]
    ['23', 'October']
    """
    if asked.expected != "date" or all(word.text.lower() != _NEXT for word in asked.words):
        return None
    for i, word in enumerate(sentence.lower):
        if word == _NEXT and sentence.lower[i + 1 : i + 2] != ["to"]:
            return next(((date.first, date.stop) for date in sentence.dates if date.first > i), None)
    return None


def asks_amount(asked: Question) -> bool:
    """Whether it asks how much something is: "What is the salary of Roe?", not "... the budget made of?"."""
    if asked.kind != "be" or asked.head not in _AMOUNTS or not asked.focus:
        return False
    after = asked.words[asked.focus[-1] + 1 :]
    return not after or after[0].text.lower() in _OF


def amount(asked: Question, sentence: Tagged, start: int, end: int) -> tuple[int, int] | None:
    """The figure right after the name of the amount that is asked for, where the words `start:end` hold none.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("On 3 May it told of quarterly revenue of $5m and of yearly revenue of $19m.")
    >>> [word.text for word in text.words[slice(*amount(read("What was yearly revenue?"), text, 1, 3))]]
    ['19', 'm']
    """
    if not asks_amount(asked) or any(_counts(sentence, i) for i in range(start, end)):
        return None
    found = [
        (i, at) for i, term in enumerate(sentence.terms) if term == asked.head and (at := _after(sentence, i))
    ]
    if not found:
        return None

    def said(one: tuple[int, int]) -> int:
        return len(set(sentence.terms[max(0, one[0] - _BESIDE) : one[0]]) & set(asked.terms))

    at = max(found, key=said)[1]
    end = at + 1
    while (
        end < len(sentence)
        and (sentence.gaps[end] == "" or sentence.classes[end] == "#")
        and not sentence.broken[end]
    ):
        end += 1
    return at, end


def _after(sentence: Tagged, name: int) -> int:
    """Where the figure after the name of an amount stands; 0 where another noun or a stop comes first."""
    for i in range(name + 1, min(name + _REACH, len(sentence))):
        if _counts(sentence, i):
            return i
        if sentence.broken[i] or (sentence.classes[i] not in _BETWEEN and not is_dated(sentence, i)):
            return 0
    return 0


def _counts(sentence: Tagged, i: int) -> bool:
    return sentence.classes[i] in "#Y" and not is_dated(sentence, i)


def is_dated(sentence: Tagged, number: int) -> bool:
    """Whether a number is of a date: "4 March" is no amount."""
    return any(date.first <= number < date.stop for date in sentence.dates)


def figure(asked: Question, sentence: Tagged) -> tuple[int, int] | None:
    """The characters of the only number in a line, where a number is asked for.

    >>> from quotewise._extractive.questions.question import read
    >>> figure(read("How many were about parking?"), Tagged("- 11 were about parking"))
    (2, 4)
    """
    found = [word for word, kind in zip(sentence.words, sentence.classes, strict=True) if kind in "#Y"]
    return (found[0].start, found[0].end) if asked.expected == "number" and len(found) == 1 else None


def agent(asked: Question, sentence: Tagged, start: int, end: int) -> tuple[int, int] | None:
    """Who did it, where the sentence says it of what was done ("was built by Ann Lee") and the words
    `start:end` are others; None where the question does not ask who, or nobody is named.

    >>> from quotewise._extractive.questions.question import read
    >>> text = Tagged("The lighthouse on Gannet Rock was built in 1874 by the engineer Edmund Sayle.")
    >>> [word.text for word in text.words[slice(*agent(read("Who built the lighthouse?"), text, 3, 5))]]
    ['the', 'engineer', 'Edmund', 'Sayle']
    """
    after = asked.words[asked.after : asked.after + 1]
    if asked.kind != "who" or not after or after[0].term != asked.next_term:
        return None
    for i in range(1, len(sentence)):
        if sentence.terms[i] == asked.next_term and "A" in sentence.classes[max(0, i - 2) : i]:
            by = _by(sentence, i)
            last = _named_end(sentence, by + 1) if by else 0
            if by < last and not (start > by and end <= last):
                return by + 1, last
    return None


def _by(sentence: Tagged, verb: int) -> int:
    """Where "by" stands after a verb, before the next stop; 0 where it does not."""
    near = range(verb + 1, min(verb + _REACH, len(sentence)))
    return next(
        (i for i in near if sentence.lower[i] == "by" and not any(sentence.broken[verb + 1 : i + 1])), 0
    )


def _named_end(sentence: Tagged, start: int) -> int:
    """Where a name ends that begins at a word, with what the name is of before it; 0 where it is no name."""
    end = start
    while (
        end < len(sentence) and sentence.classes[end] in "DojK" and (end == start or not sentence.broken[end])
    ):
        end += 1
    return end if "K" in sentence.classes[start:end] else 0


def date_end(sentence: Tagged, end: int) -> int:
    """Where a date ends that a span cuts after the day: "4 May" for "4".

    >>> text = Tagged("It meets on Saturday 4 May at ten.")
    >>> date_end(text, 5), date_end(text, 3)
    (6, 3)
    """
    if end < 1 or end >= len(sentence) or sentence.broken[end]:
        return end
    day = sentence.classes[end - 1] == "#" and len(sentence.lower[end - 1].rstrip("stndrh")) <= _LONGEST_DAY
    return end + (day and sentence.classes[end] == "M")


def lacks_unit(sentence: Tagged, end: int) -> bool:
    """Whether a noun follows the number that a span ends with: "eleven" of "eleven hours" says little."""
    if end >= len(sentence) or sentence.broken[end] or sentence.joined[end]:
        return False
    return sentence.classes[end - 1] in "#Y" and sentence.classes[end] in "so"
