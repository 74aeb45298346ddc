"""What was read of an article is read once, for the articles asked about last."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from weakref import ref

import pytest

from quotewise import Article, Verification, verify
from quotewise._grounding.evidence import Evidence
from quotewise._grounding.memory import Memory, evidence_of
from quotewise._grounding.split import claims_of
from quotewise._grounding.verify import Checker

BRIDGE = "The bridge will close for 12 weeks. It was built in 1962."


@pytest.fixture
def memory() -> Memory:
    """A memory of two articles, of which those up to 100 characters are short."""
    return Memory(most=2, short=100)


def alone(text: str, article: Article) -> Verification:
    """What is found of a text where nothing was read before."""
    return Checker(Evidence(article), None).verified(text, claims_of(text))


def long_article() -> Article:
    return Article(" ".join([BRIDGE] * 3), title="Long")


def test_an_article_is_read_once(memory: Memory) -> None:
    """The same article, or an equal one, is not read again."""
    article = Article(BRIDGE)

    assert memory.evidence(article) is memory.evidence(article) is memory.evidence(Article(BRIDGE))


def test_verify_reads_an_article_once() -> None:
    """Two texts beside one article share what was read of it."""
    article = Article(BRIDGE, title="Read once")
    evidence = evidence_of(article)
    support = evidence.support

    assert not verify("The bridge will close for 11 weeks.", article).supported
    assert evidence_of(article) is evidence
    assert evidence.support is support


@pytest.mark.parametrize("other", [Article(BRIDGE, title="Other"), Article(BRIDGE + " Cars may pass.")])
def test_articles_are_not_mixed_up(memory: Memory, other: Article) -> None:
    """An article of another text, or another title, is read for itself."""
    one = memory.evidence(Article(BRIDGE))

    assert memory.evidence(other) is not one
    assert memory.evidence(other).article == other


def test_articles_as_one_keep_their_own_sentences(memory: Memory) -> None:
    """Joined articles may have the text of a plain one, and other sentences."""
    parts = [Article("He met J."), Article("Smith left.")]
    joined = Article.joined(parts)
    plain = Article(joined.text)
    vars(plain)["sentences"] = plain.sentences[:1]

    assert joined == plain
    assert memory.evidence(joined) is not memory.evidence(plain)
    assert [len(memory.evidence(each).passages) for each in (joined, plain)] == [2, 1]


def test_the_memory_is_bounded(memory: Memory) -> None:
    """The articles asked about last are kept, and no more."""
    first, second, third = (Article(f"{BRIDGE} It is bridge {number}.") for number in range(3))
    kept = memory.evidence(first)
    dropped = memory.evidence(second)
    memory.evidence(first)
    memory.evidence(third)

    assert len(memory) == 2
    assert memory.evidence(first) is kept
    assert memory.evidence(second) is not dropped


def test_a_short_article_stays(memory: Memory) -> None:
    """A text given as a string is known again, though nobody held the article made of it."""
    evidence = ref(memory.evidence(Article(BRIDGE)))
    gc.collect()

    assert memory.evidence(Article(BRIDGE)) is evidence()


def test_a_long_article_goes_with_its_reader(memory: Memory) -> None:
    """What was read of a long article lives as long as the article does."""
    article = long_article()
    evidence = ref(memory.evidence(article))
    gc.collect()

    assert memory.evidence(article) is evidence()

    del article
    gc.collect()

    assert evidence() is None
    assert not len(memory)


def test_a_long_article_is_read_as_it_is(memory: Memory) -> None:
    """The copy that stands for a long article has its sentences and its title."""
    article = long_article()
    held = memory.evidence(article).article

    assert held is not article
    assert held == article
    assert held.sentences == article.sentences


def test_threads_share_what_was_read() -> None:
    """Many threads that check texts beside one article find what one thread finds."""
    article = Article(f"{BRIDGE} Ann Lee, the mayor, said so on Monday.", title="Threads")
    texts = [f"The bridge will close for {weeks} weeks, Ann Lee said." for weeks in range(8, 16)] * 4
    with ThreadPoolExecutor(8) as pool:
        together = [found.model_dump() for found in pool.map(lambda text: verify(text, article), texts)]

    assert together == [alone(text, article).model_dump() for text in texts]
