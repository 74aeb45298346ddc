"""Counts are tiktoken's own, and nothing is downloaded: the vocabulary is the one that tiktoken pins."""

from __future__ import annotations

import base64
import hashlib
import inspect
import subprocess
import sys
from functools import cache
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import UsageError
from quotewise._text import tokens
from quotewise._text.tokens import count_tokens

PINNED = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


def test_the_packed_vocabulary_is_the_file_that_tiktoken_pins() -> None:
    """Written out as a `.tiktoken` file again, the vocabulary has the sha256 in tiktoken's source."""
    lines = (b"%s %d\n" % (base64.b64encode(token), rank) for rank, token in enumerate(tokens.vocabulary()))
    assert hashlib.sha256(b"".join(lines)).hexdigest() == PINNED


def test_the_pattern_and_the_hash_are_those_of_tiktoken() -> None:
    """The split pattern, the special tokens and the hash stand in the source of the installed tiktoken."""
    public = pytest.importorskip("tiktoken_ext.openai_public")
    source = inspect.getsource(public.o200k_base)
    assert PINNED in source
    assert all(f'r"""{branch}"""' in source for branch in tokens.PATTERN_BRANCHES)
    assert len(tokens.PATTERN_BRANCHES) == source.count('r"""')
    assert str(tokens.SPECIAL["<|endofprompt|>"]) in source


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("hello world", [24912, 2375]),
        ("The U.S. said 2.5%.", [976, 601, 1242, 13, 2059, 220, 17, 13, 20, 15678]),
    ],
)
def test_ids_are_those_of_o200k_base(text: str, ids: list[int]) -> None:
    """Known texts have their known ids."""
    assert tokens.encode(text) == ids


@pytest.mark.parametrize("text", ["<|endoftext|>", "a <|endofprompt|> b"])
def test_special_tokens_in_an_article_are_plain_text(text: str) -> None:
    """The spelling of a special token counts as its letters: an article can hold anything."""
    assert count_tokens(text) > 3


@cache
def vocabulary() -> list[bytes]:
    return list(tokens.vocabulary())


@given(st.text())
def test_bytes_survive_the_tokens(text: str) -> None:
    """The tokens of any text, put together again, are the text: none is lost and none is made up."""
    ids = tokens.encode(text)
    assert b"".join(vocabulary()[i] for i in ids) == text.encode()
    assert count_tokens(text) == len(ids)


@given(st.text())
def test_the_characters_that_begin_in_tokens_add_up(text: str) -> None:
    """Summed over the tokens of a text, the characters that begin in them are its characters."""
    begun = tokens.characters_begun()
    assert sum(begun[i] for i in tokens.encode(text)) == len(text)


def test_every_token_is_what_merging_its_own_bytes_gives() -> None:
    """So the tokens behind a place that no merge crossed are those of the rest of the word on its own."""
    ranks = {token: rank for rank, token in enumerate(vocabulary())}
    assert all(merged(token, ranks) == [token] for token in vocabulary()[::11])


def merged(word: bytes, ranks: dict[bytes, int]) -> list[bytes]:
    """Byte pair encoding by its definition: the pair of the lowest rank is joined, again and again."""
    parts = [word[i : i + 1] for i in range(len(word))]
    while True:
        pairs = [(ranks.get(a + b, len(ranks)), i) for i, (a, b) in enumerate(pairwise(parts))]
        rank, i = min(pairs, default=(len(ranks), 0))
        if rank == len(ranks):
            return parts
        parts[i : i + 2] = [parts[i] + parts[i + 1]]


@pytest.mark.parametrize("mark", "。！？…”」）")
def test_no_token_leads_from_inside_a_closing_mark_into_kana_or_han(mark: str) -> None:
    """A place between the two that lies between tokens by characters also does so by bytes."""
    tails = tuple(mark.encode()[cut:] for cut in range(1, len(mark.encode())))
    kana_and_han = "\u3041\u9fff".encode()
    leads = range(kana_and_han[0], kana_and_han[3] + 1)
    beyond = [token.removeprefix(tail) for token in vocabulary() for tail in tails if token.startswith(tail)]
    assert not [rest for rest in beyond if rest and rest[0] in leads]


@given(st.text())
def test_packed_ids_are_the_same(text: str) -> None:
    """The way through tiktoken's buffer gives the ids of the plain way."""
    assert tokens.encode_packed(text).tolist() == tokens.encode(text)


def test_ids_are_packed_where_tiktoken_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The buffer is no public part of tiktoken: without it the ids are the same."""
    text = "Rain fell on Monday. <|endoftext|>"
    whole = tokens.encode_packed(text)
    bare = SimpleNamespace(_core_bpe=object(), encode_ordinary=tokens.encoding().encode_ordinary)
    monkeypatch.setattr(tokens, "encoding", lambda: bare)
    assert tokens.encode_packed(text) == whole


def test_half_a_surrogate_pair_counts_as_the_replacement_character() -> None:
    """As in tiktoken, what no encoding can carry is counted as U+FFFD."""
    assert count_tokens("a\ud83d") == count_tokens("a\ufffd")


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_a_million_blanks_are_counted(blank: str) -> None:
    """tiktoken panics on a million blanks, with an error that is no Exception; a count never does."""
    assert count_tokens("x" + blank * 1_000_000 + "y") > 1_000


def test_up_to_the_limit_a_run_of_blanks_is_counted_whole() -> None:
    """A run that tiktoken can encode is counted as it counts it."""
    text = "x" + " " * 150_000 + "y"
    assert count_tokens(text) == len(tokens.encode(text))


@pytest.mark.parametrize("wrong", [None, b"bytes", 3, ["a"]])
def test_only_a_str_is_counted(wrong: object) -> None:
    """Anything else is the caller's mistake, said in a sentence."""
    with pytest.raises(UsageError, match="str"):
        count_tokens(wrong)  # type: ignore[arg-type]


def test_counting_leaves_tiktoken_as_it_was() -> None:
    """tiktoken is imported at the first count, not before, and its registry holds nothing of ours."""
    program = (
        "import sys, quotewise; from quotewise._text import tokens, chunk, sentences\n"
        "assert 'tiktoken' not in sys.modules\n"
        "assert quotewise.count_tokens('hello world') == 2\n"
        "from tiktoken import registry\n"
        "assert not registry.ENCODINGS and 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
