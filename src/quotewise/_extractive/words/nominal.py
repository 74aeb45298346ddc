"""Whether a verb and a noun are one word by their endings: "abstain" and "abstention".

By endings alone; what words mean is for `common`.
"""

from __future__ import annotations

_AS_IN_NOUNS = (("ain", "ent"), ("id", "is"), ("it", "is"), ("end", "ens"), ("iv", "ipt"))
"""The end of a verb's stem, and of the noun's before "-ion": abstain, decid(e), permit, suspend."""
_ENDING = 4
_LEAST = 5
_DOERS = ("er", "or")


def one_word(one: str, other: str) -> bool:
    """Whether two terms are the same but for an ending.

    >>> one_word("abstain", "abstent"), one_word("decid", "decision"), one_word("clerk", "clear")
    (True, True, False)
    >>> one_word("present", "presenter"), one_word("fund", "fund")
    (False, True)
    """
    if one == other:
        return True
    return any(_begins(a, b) or _begins(b, a) for a in _forms(one) for b in _forms(other))


def _begins(short: str, long: str) -> bool:
    """Whether a term goes on with an ending; who does something ("presenter") is another word."""
    ending = long[len(short) :]
    return len(short) >= _LEAST and long.startswith(short) and len(ending) < _ENDING and ending not in _DOERS


def _forms(term: str) -> tuple[str, ...]:
    return (term, *(term.removesuffix(verb) + noun for verb, noun in _AS_IN_NOUNS if term.endswith(verb)))
