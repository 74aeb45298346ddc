"""The support model: what its numbers mean, that they agree with themselves, and what it must never do."""

from __future__ import annotations

import pytest
from quotewise._grounding.support import Index, score, score_text
from quotewise._text.sentences import sentences

ARTICLE = (
    "The council approved the new bridge on Tuesday by nine votes to four. Work will begin in March 2027 and cost "
    "£4.2 million. Mayor Ana Ruiz said the old crossing was no longer safe. Two local shops had objected to the plan."
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ARTICLE, sentences(ARTICLE))


def test_a_sentence_of_the_article_is_supported(index: Index) -> None:
    """What the article says in these very words is likelier than not supported."""
    for span in sentences(ARTICLE):
        assert score(ARTICLE[span.start : span.end], index).probability > 0.5


def test_an_invented_sentence_scores_below_a_true_one(index: Index) -> None:
    """A claim about something else scores below a claim in the article's words."""
    true = score("The council approved the bridge on Tuesday.", index).probability
    assert score("Scientists in Oslo discovered a sleeping volcano.", index).probability < true


def test_words_stand_where_they_say(index: Index) -> None:
    """Each word's offsets cut the word out of the text, and its probability is one."""
    text = "Mayor Ruiz resigned. Work begins in March."
    support = score_text(text, index, sentences(text))
    assert [text[start:end] for start, end, _ in support.words] == "Mayor Ruiz resigned Work begins in March".split()
    assert all(0 <= value <= 1 for _, _, value in support.words)
