"""The context guard: does a cut leave outside what turns the meaning of the words inside?

Word lists and a few patterns, no grammar: a cue anywhere else in the sentence counts, since a false alarm
only costs a longer quote. It never refuses a quote, and it knows nothing of claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .fold import MARKS, UNSPACED

FEWEST_WORDS = 3
"""A fragment of fewer words says nothing by itself; of Han and kana, two characters count as a word."""

# Verbs that take what follows for true (found, knew, revealed) are no cues: leaving them out turns nothing.
CUES = {
    "negation": """
        not no never nor neither none nobody nothing nowhere without cannot hardly scarcely barely rarely
        seldom
        fail fails failed failing lack lacks lacked refuse refuses refused refusing reject rejects rejected
        rejecting deny denies denied denying refute refutes refuted false falsely untrue myth hoax wrong
        wrongly
        unable impossible instead contrary
        nicht kein keine keinen keinem keiner keines nie niemals nichts ohne weder niet geen nooit zonder
        ne n pas jamais aucun aucune sans ni rien non mai senza nessun nessuno nessuna
        nunca jamás sin nada ningún ninguna ningun não sem nem
        не ни нет нельзя без никогда никто ничего неверно
        δεν μην μη όχι χωρίς ποτέ κανείς ούτε
        لا لم لن ليس ليست ما بدون دون غير لا לא אין בלי नहीं न मत बिना""",
    "condition": """
        if unless provided providing whether until assuming otherwise depending depends lest suppose
        wenn falls sofern ob tenzij si se если ли пока αν εάν εφόσον إذا لو شريطة אם अगर यदि बशर्ते""",
    "exception": """
        except excepting excluding only but however although though despite whereas nevertheless nonetheless
        unlike until außer nur aber jedoch obwohl maar sauf hormis mais cependant salvo excepto pero aunque
        tranne ma sebbene exceto mas embora кроме лишь только но однако хотя εκτός μόνο αλλά όμως ωστόσο
        إلا سوى فقط لكن אלא רק אבל सिवाय केवल सिर्फ लेकिन मगर परंतु हालांकि हालाँकि""",
    "hedge": """
        may might could would should must ought perhaps possibly probably likely unlikely apparently
        seemingly
        seem seems seemed appear appears appeared suggest suggests suggested suggesting supposed supposedly
        presumably potentially possible possibility conceivably hypothetically doubt doubts doubted doubtful
        uncertain unclear unconfirmed unverified expect expects expected hope hopes hoped fear fears feared
        confident confidence intend intends intended propose proposes proposed estimated rumour
        rumours rumor rumors so-called
        vielleicht möglicherweise vermutlich wohl könnte könnten würde würden soll sollen misschien zou
        zouden
        peut-être pourrait pourraient serait seraient probablement quizá quizás podría podrían sería
        probablemente forse potrebbe potrebbero talvez poderia
        может могут мог могла могли бы возможно вероятно якобы наверное будто
        ίσως μπορεί πιθανόν πιθανώς φέρεται ربما قد يمكن محتمل אולי ייתכן עלול
        शायद संभव संभवतः सकता सकती सकते कथित""",
    "attribution": """
        said say says saying told tell tells telling according claim claims claimed claiming allege alleges
        alleged allegedly alleging assert asserts asserted argue argues argued arguing contend contends
        contended
        insist insists insisted insisting maintain maintains maintained believe believes believed believing
        think
        thinks thought stated stating reportedly reported announce announces announced announcing added
        adding
        warn warns warned warning accuse accuses accused accusing declare declares declared predict predicts
        predicted forecast forecasts wrote writes tweeted promise promises promised vow vows vowed pledge
        pledges
        pledged stress stresses stressed stressing emphasise emphasised emphasize emphasized emphasizing
        emphasising indicated indicates critics opponents supporters skeptics sceptics
        sagte sagt sagten erklärte behauptet behaupten behauptete laut zufolge angeblich volgens zei beweert
        selon affirme affirment affirmé dit prétend prétendument según dijo afirma asegura supuestamente
        presunto
        secondo disse afferma sostiene segundo
        сказал сказала сказали заявил заявила заявили заявляет сообщил сообщила сообщили рассказал
        рассказала
        утверждает утверждают считает считают словам мнению данным
        είπε δήλωσε σύμφωνα υποστηρίζει ισχυρίζεται λέει ανέφερε
        قال قالت زعم زعمت أعلن أعلنت وفقا بحسب ذكر ذكرت أكد אמר אמרה לפי טען
        कहा बताया दावा अनुसार मुताबिक""",
}
"""What each kind of cue is called, and its words in the languages the locator is tried on."""

UNSPACED_CUES = {
    "negation": "不(?!断|斷|久|仅|僅|同)|没|沒|未(?!来|來)|无|無|并非|非(?!常|洲)"
    "|ない|なかっ|なく|ません|않|못|없|아니|ไม่",
    "condition": "如果|假如|倘若|除非|若|もし|れば|たら|なら|場合|만약|라면|으면|หาก|ถ้า",
    "exception": "除了|除外|但是|但|然而|只有|仅|僅|しかし|だが|ものの|以外|지만|그러나|제외|แต่|ยกเว้น",
    "hedge": "可能|或许|也许|恐怕|かもしれ|だろう|らしい|とみられ|ようだ|はずだ|수 있|아마|อาจ",
    "attribution": "据|據|声称|聲稱|称|稱|说(?!明)|說(?!明)|表示|认为|認為|によると|によれば|という"
    "|と[^。]{0,20}(?:言|述べ|主張|話し|語っ|発表)|말했|주장|따르면|กล่าว|อ้าง",
}
"""The same for scripts whose words no space parts, and for Korean, whose endings carry them: patterns."""

# A plan is a thing, to plan is to intend: only these words before a verb are cues.
_INTENTION = re.compile(r"\b(?:plans?|planned|planning|set|aims?|aimed|meant|going|scheduled|ready) to\b")
_KIND = {word.casefold(): kind for kind, words in CUES.items() for word in words.split()}
_UNSPACED_CUE = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in UNSPACED_CUES.items()))
_ANY_UNSPACED = re.compile(f"[{UNSPACED}\u0e01-\u0e4e\uac00-\ud7a3]")

_WORD = re.compile(rf"(?:[^\W\d_]|[{MARKS}])+(?:['’-](?:[^\W\d_]|[{MARKS}])+)*")
_COUNTED = re.compile(
    rf"[{UNSPACED}]{{2}}|(?:[^\W_{UNSPACED}]|[{MARKS}])+(?:[.,'’-](?:[^\W_{UNSPACED}]|[{MARKS}])+)*"
)
_INK = re.compile(r"[^\W_]")
_CLOSERS = "\"'”’»)」』 "
_SCALE_AFTER = re.compile(
    r"\s?(?:[%‰°€£$¥₹℃]|per ?cent\b|(?:hundred|thousand|million|billion|trillion|dozen|bn|m|k|tn)\b"
    r"|тысяч|миллион|миллиард|[十百千万亿萬億兆])"
)
# What the number counts: any word but those that begin something new. A year counts nothing.
_LAST_NUMBER = re.compile(r"(?:(?<![\d.,])([12]\d{3})|\d)\Z")
_COUNTED_AFTER = re.compile(
    r" ?(?!(?:and|or|in|on|at|by|for|to|from|with|as|when|while|after|before)\b)[^\W\d_]"
)
_SIGN_BEFORE = re.compile(
    r"(?:[€£$¥₹#<>≤≥~≈±]|\b(?:about|around|approximately|roughly|almost|nearly|over|under|above|below|than|least"
    r"|most|to|minus|up|some|no|not|only|will|shall|can|cannot))\s?\Z",
    re.IGNORECASE,
)


def turns_meaning(sentence: str, start: int, end: int) -> str | None:
    """Why `sentence[start:end]` may not stand alone; None where nothing outside it turns its meaning.

    The kinds are those of `CUES`, and `question`, `quantity` (a number's sign, unit or magnitude was cut
    off) and `too short`. A whole sentence, with or without its stop, is never turned.

    >>> sentence = "Critics claim that the plan failed in most of the towns."
    >>> turns_meaning(sentence, 19, 55), turns_meaning(sentence, 0, 55)
    ('attribution', None)
    >>> turns_meaning("The fee rose to 2.5% of the price.", 4, 19)
    'quantity'
    >>> turns_meaning("Rain fell on the northern hills all day.", 0, 31) is None
    True
    """
    before, inside, after = sentence[:start], sentence[start:end], sentence[end:]
    if _asks(after):
        return "question"
    if not _INK.search(before) and not _INK.search(after):
        return None
    return (
        cue(before)
        or _cue_after(after)
        or _quantity(before, inside, after)
        or ("too short" if is_short(inside) else None)
    )


def cue(text: str) -> str | None:
    """The kind of the first word in `text` that turns what stands beside it, or None.

    >>> cue("which they didn’t"), cue("if it rains"), cue("in the month of May"), cue("可能在九月")
    ('negation', 'condition', None, 'hedge')
    """
    kinds = filter(None, map(_kind_of, _WORD.findall(text)))
    return next(kinds, None) or _other_cue(text)


def _other_cue(text: str) -> str | None:
    if _INTENTION.search(text):
        return "hedge"
    if _ANY_UNSPACED.search(text):
        found = _UNSPACED_CUE.search(text)
        return found.lastgroup if found else None
    return None


def is_short(text: str) -> bool:
    """Has it fewer than `FEWEST_WORDS` words?

    >>> is_short("100,000 personnel"), is_short("sent to Kyiv"), is_short("设有48个车站")
    (True, False, False)
    """
    return sum(1 for _ in zip(_COUNTED.finditer(text), range(FEWEST_WORDS), strict=False)) < FEWEST_WORDS


def _asks(after: str) -> bool:
    end = after.rstrip(_CLOSERS)
    greek = end[-1:] == ";" and "\u0370" <= end.rstrip("; ")[-1:] <= "\u03ff"
    return end[-1:] in tuple("?？؟") or greek


def _cue_after(text: str) -> str | None:
    """As `cue`, but for `adding` or `warning` behind the quote: they open a clause of their own."""
    own = (word for word in _WORD.findall(text) if not _opens_a_clause(word))
    return next(filter(None, map(_kind_of, own)), None) or _other_cue(text)


def _opens_a_clause(word: str) -> bool:
    return word.endswith("ing") and word != "according" and _kind_of(word) == "attribution"


def _kind_of(word: str) -> str | None:
    low = word.replace("’", "'").casefold()
    if word[:1].isupper() and low in ("may", "will", "march") and word != "MAY":
        return None  # the month and the man
    if low.endswith("n't"):
        return "negation"
    return _KIND.get(low) or next((_KIND[part] for part in _parts(low) if part in _KIND), None)


def _parts(word: str) -> Iterator[str]:
    """What French and Arabic write into one word: n'est, s'il, and the و of ولم."""
    if "'" in word or "-" in word:
        yield from re.split("['-]", word)
    elif word[:1] in "وفו" and len(word) > 2:
        yield word[1:]


def _quantity(before: str, inside: str, after: str) -> str | None:
    number = _LAST_NUMBER.search(inside)
    if number and (_SCALE_AFTER.match(after) or (not number[1] and _COUNTED_AFTER.match(after))):
        return "quantity"
    if inside[:1].isdigit() and _SIGN_BEFORE.search(before[-20:]):
        return "quantity"
    return None
