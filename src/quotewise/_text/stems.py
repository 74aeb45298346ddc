"""English word stems: the form under which "troops", "troop" and "trooping" are one term.

Porter's algorithm (M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980) with a table of
irregular verbs before it, since a question turns "began" into "did ... begin". Only for comparing words:
a stem is never shown, and nothing here knows of sentences or offsets.
"""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR = """
arise arose arisen|beat beaten|become became|begin began begun|bend bent|bind bound|bite bit bitten
bleed bled|blow blew blown|break broke broken|bring brought|build built|burn burnt|buy bought|catch caught
choose chose chosen|come came|creep crept|die died dies dying|deal dealt|dig dug|draw drew drawn
drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought
flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|get got gotten
give gave given|go went gone|grow grew grown|hang hung|hear heard|hide hid hidden|hold held|keep kept
know knew known|lay laid|lead led|leave left|lend lent|lie lies lain lying|lose lost|make made
mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen
seek sought|sell sold|send sent|shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk
sing sang sung|sink sank sunk|sit sat|sleep slept|speak spoke spoken|spend spent|spin spun|stand stood
steal stole stolen|stick stuck|strike struck|swear swore sworn|sweep swept|swim swam swum|swing swung
take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown|understand understood
wake woke woken|wear wore worn|weave wove woven|win won|withdraw withdrew withdrawn|write wrote written
overthrow overthrew overthrown|undergo underwent undergone|undertake undertook undertaken|overcome overcame
man men|woman women|child children|foot feet|tooth teeth|mouse mice|person people
"""

_BASE = {
    form: forms[0]
    for row in _IRREGULAR.replace("\n", "|").split("|")
    if (forms := row.split())
    for form in forms
}

_ASCII = re.compile(r"[a-z]+")
_TURN = re.compile(r"v+c+")
_DOUBLE = re.compile(r"([^aeioulsz])\1$")

_STEP_2 = """
ational ate|ization ize|iveness ive|fulness ful|ousness ous|tional tion|biliti ble|entli ent|ousli ous
ation ate|alism al|aliti al|iviti ive|enci ence|anci ance|izer ize|abli able|alli al
ator ate|logi log|bli ble|eli e
"""
_STEP_3 = "icate ic|ative|alize al|iciti ic|ical ic|ness|ful"
_STEP_4 = "ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|sion s|tion t|al|er|ic|ou"


def _rules(table: str) -> tuple[tuple[str, str], ...]:
    """Suffix and replacement of each rule, the longest suffix of any two that compete before the other."""
    rows = (row.partition(" ") for row in table.strip().replace("\n", "|").split("|"))
    return tuple((suffix, new) for suffix, _, new in rows)


_STEPS = ((_rules(_STEP_2), 1), (_rules(_STEP_3), 1), (_rules(_STEP_4), 2))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a lower-case English word; any other word comes back as it is.

    Words of one to three letters and words with a letter outside a-z are not touched. Two words that mean
    different things can share a stem ("university", "universe"), so a stem compares, it does not prove.

    >>> [stem(w) for w in ("troops", "committed", "commitment", "began", "beginning", "agencies", "été")]
    ['troop', 'commit', 'commit', 'begin', 'begin', 'agenc', 'été']
    """
    word = _BASE.get(word, word)
    if len(word) <= 3 or not _ASCII.fullmatch(word):
        return word
    word = _final_y(_past_and_gerund(_plural(word)))
    for rules, least in _STEPS:
        word = _replaced(word, rules, least)
    return _final_e(word)


def _shape(word: str) -> str:
    return "".join("v" if _is_vowel(word, i) else "c" for i in range(len(word)))


def _is_vowel(word: str, i: int) -> bool:
    return word[i] in "aeiou" or (word[i] == "y" and i > 0 and word[i - 1] not in "aeiou")


def _measure(word: str) -> int:
    """Porter's m: how often vowels give way to consonants."""
    return len(_TURN.findall(_shape(word)))


def _ends_short(word: str) -> bool:
    """Porter's *o: consonant, vowel, consonant at the end, as in "hop", where the last is not w, x or y."""
    return _shape(word[-3:]) == "cvc" and word[-1] not in "wxy"


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "news")) else word


def _past_and_gerund(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for suffix in ("ed", "ing"):
        base = word.removesuffix(suffix)
        if base != word:
            return _BASE.get(_mended(base), _mended(base)) if "v" in _shape(base) else word
    return word


def _mended(base: str) -> str:
    """The e or the single consonant that stood there before the ending: "creat" and "hopp" back to words."""
    if base.endswith(("at", "bl", "iz")) or (_measure(base) == 1 and _ends_short(base)):
        return base + "e"
    return base[:-1] if _DOUBLE.search(base) else base


def _final_y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and "v" in _shape(word[:-1]) else word


def _replaced(word: str, rules: tuple[tuple[str, str], ...], least: int) -> str:
    for suffix, new in rules:
        if word.endswith(suffix):
            changed = word[: -len(suffix)] + new
            return changed if _measure(word[: -len(suffix)]) >= least else word
    return word


def _final_e(word: str) -> str:
    base = word[:-1]
    if word.endswith("e") and (_measure(base) > 1 or (_measure(base) == 1 and not _ends_short(base))):
        word = base
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
