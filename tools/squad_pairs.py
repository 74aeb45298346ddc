"""Reads pairs of SQuAD 2 questions, one answerable and one not, as running text with capitals.

The pairs are those of "Learning to Ask Unanswerable Questions" (Zhu et al., 2019): questions of SQuAD 2's
training articles, with their paragraphs, in lower case and cut into tokens; github.com/haichao592/UnAnsQ has
them in its folder `QG`. Only `dev-*.txt` is read there: `test-*.txt` is SQuAD's development set, and a fit
that had seen it would make every figure worthless. Nothing here fits anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from quotewise._extractive.words.common import code, mostly_capital
from quotewise._text.words import is_stopword, term, words

SET = "pairs"
PARAGRAPHS = 18
"""Paragraphs that count as one article; the file names none, and has neighbours of an article together."""

_FILES = ("context", "answerable-questions", "unanswerable-questions")
_ENOUGH = 3
"""How often a word must be seen before its capital is told from that."""
_BEGINS, _ENDS = frozenset("([{$£€#"), frozenset(",.;:?!)]}%'’°")
_JOINS = frozenset("-–—/")
_CLITIC = re.compile(r"('s|'re|'ve|'d|'ll|'m|n't)$")
_COMMON = re.compile("(ly|ed|ing|ous|ic|al|ive|s)$")
_PEOPLES = re.compile("(ians?|ese)$")
_MONTHS = """
january february march april june july august september october november december monday tuesday wednesday
thursday friday saturday sunday
"""
_STOPS = (".", "?", "!")


def pairs(folder: Path, texts: Iterable[str]) -> list[dict[str, Any]]:
    """The questions of a folder as rows of the development half are; `texts` show where capitals stand."""
    capitals = Capitals(texts)
    rows: list[dict[str, Any]] = []
    number: dict[str, int] = {}
    files = [_fields(folder / f"dev-{name}.txt") for name in _FILES]
    for (paragraph, *_), (name, asked, first, last), (other, trap, *_) in zip(*files, strict=True):
        tokens = paragraph.split(" ")
        source, places = running(capitals.restored(tokens))
        start, end = places[int(first)][0], places[int(last)][1]
        at = number.setdefault(paragraph, len(number))
        base = {"set": SET, "title": f"{SET} {at // PARAGRAPHS}", "source": source}
        for key, question, answers in ((name, asked, [(source[start:end], start)]), (other, trap, [])):
            rows.append(
                {
                    **base,
                    "id": key,
                    "question": running(capitals.restored(question.split(" ")))[0],
                    "answerable": bool(answers),
                    "answers": [text for text, _ in answers],
                    "answer_starts": [at for _, at in answers],
                }
            )
    return rows


def _fields(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").split("\n") if line.strip()]


def running(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as running text, and where each stands in it.

    >>> running(["It", "cost", "$", "2", ".", "5", "(", "net", ")", ",", "was", "n't", "it", "?"])[0]
    "It cost $2.5 (net), wasn't it?"
    """
    text, places = "", []
    joined, quoted = True, False
    for at, token in enumerate(tokens):
        before, after = tokens[at - 1] if at else "", tokens[at + 1] if at + 1 < len(tokens) else ""
        inside = token in (",", ".") and before[-1:].isdigit() and after[:1].isdigit()
        inside = inside and (token == "." or len(after) == 3)
        closes = token in _ENDS or token in _JOINS or bool(_CLITIC.match(token))
        if token == '"':
            closes, quoted = quoted, not quoted
        text += "" if joined or closes or inside else " "
        places.append((len(text), len(text) + len(token)))
        text += token
        joined = inside or token in _BEGINS or token in _JOINS or (token == '"' and quoted)
    return text, places


class Capitals:
    """Which words take a capital, counted in texts that have them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._seen: Counter[tuple[str, bool]] = Counter()
        self._beside: Counter[tuple[str, str, int, bool]] = Counter()
        for text in texts:
            for before, word in pairwise(words(text)):
                if text[before.end : word.start] not in (" ", ", ") or not before.text[-1].islower():
                    continue
                self._seen[word.text.lower(), word.text[0].isupper()] += 1
                both = before.text.lower(), word.text.lower()
                self._beside[(*both, 0, before.text[0].isupper())] += 1
                self._beside[(*both, 1, word.text[0].isupper())] += 1

    def restored(self, tokens: Sequence[str]) -> list[str]:
        """The tokens with capitals: of names, of initials, and where a sentence begins."""
        found, begins = [], True
        around = zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
        for at, (before, token, after) in enumerate(around):
            capital = token[:1].isalpha() and (begins or self._takes(tokens, at))
            found.append(token[0].upper() + token[1:] if capital else token)
            point = before[-1:].isdigit() and after[:1].isdigit()
            begins = (begins and not token[:1].isalpha()) or (token in _STOPS and not point)
        return found

    def _takes(self, tokens: Sequence[str], at: int) -> bool:
        token = tokens[at]
        before, after = tokens[at - 1] if at else "", tokens[at + 1] if at + 1 < len(tokens) else ""
        if token == "may":
            return after[:1].isdigit() or before in ("in", "of", "since", "until", "by")
        if token == "i" or (len(token) == 1 and after == "."):
            return True
        if is_stopword(token) or token in ("th", "st", "nd", "rd"):
            return False
        if token in _MONTHS.split():
            return True
        for one, other, side in ((token, after, 0), (before, token, 1)):
            yes, no = self._beside[one, other, side, True], self._beside[one, other, side, False]
            if yes + no > 1:
                return yes > no
        yes, no = self._seen[token, True], self._seen[token, False]
        return yes > 3 * no if yes + no >= _ENOUGH else _unknown_name(token)


def _unknown_name(token: str) -> bool:
    """Whether a word that the texts lack may be a name: no table knows it, nor does it end as others do."""
    known = not mostly_capital(term(token)) or code(term(token)) is not None
    return not known and (not _COMMON.search(token) or bool(_PEOPLES.search(token)))
