"""Results in a REPL: short reprs that show the quotes, rich's colours, conversations as one document."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pytest

from quotewise import Answer, Article, Claim, Gap, Quote, Summary, Verdict, ask, facts, summarize, verify
from quotewise._render.markdown import together as markdown_together
from quotewise._render.page import together as page_together


def test_a_claim_shows_its_quotes(seed: Article) -> None:
    """Offsets to slice with, and whether it is supported."""
    claim = verify("Approximately 700,000 personnel may be necessary.", seed).claims[0]
    quote = claim.quotes[0]

    assert "NOT supported" in repr(claim)
    assert f"{quote.start}:{quote.end}" in repr(claim)
    assert repr(quote).startswith(f"<Quote {quote.start}:{quote.end} ")


def test_a_result_is_one_short_line(seed: Article) -> None:
    """However long the article; what is missing is said."""
    for result in (summarize(seed), facts(seed), ask("When was NATO founded?", seed)):
        assert len(repr(result)) < 120
        assert "\n" not in repr(result)
    assert "not_in_source" in repr(ask("When was NATO founded?", seed))
    assert "INCOMPLETE (1 gaps)" in repr(Summary(gaps=(Gap(reason="cut"),)))


def test_a_repr_drives_no_terminal() -> None:
    """Control characters of an article are written out."""
    text = "Rain\x1b[31m fell."
    quote = Quote(start=0, end=len(text), text=text)
    claim = Claim(text=text, quotes=(quote,), verdict=Verdict(supported=True, score=1.0))

    assert "\x1b" not in repr(claim) + repr(quote)


@pytest.mark.parametrize("width", [60, 100])
def test_rich_prints_it_in_colour(seed: Article, width: int) -> None:
    """As wide as its console, nothing of the text taken for markup, no control character through."""
    rich = pytest.importorskip("rich.console")
    article = Article("Rain [bold]fell[/] in Oslo\x1b[2J on Monday.")
    screen = io.StringIO()
    console = rich.Console(file=screen, force_terminal=True, width=width, color_system="standard")
    console.print(summarize(article))
    console.print(summarize(seed))
    shown = screen.getvalue()

    assert "[bold]fell[/]" in shown
    assert "\x1b[2J" not in shown
    assert "\x1b[36m[1]" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert 40 < max(map(len, plain.splitlines())) <= width


def test_rich_shows_the_words_that_answer_once() -> None:
    """Where they stand in the claim as words of their own: no part of another number, no mark."""
    rich = pytest.importorskip("rich.console")
    article = Article("Of 70 roofs 7 were lost in the storm.")
    sentence = Quote(start=0, end=len(article.text), text=article.text)
    claim = Claim(text=article.text, quotes=(sentence,), verdict=Verdict(supported=True, score=1.0))
    answer = Answer(
        question="How many roofs were lost?",
        status="answered",
        claims=(claim,),
        short=Quote(start=12, end=13, text="7"),
    )
    screen = io.StringIO()
    rich.Console(file=screen, force_terminal=True, width=80, color_system="standard").print(answer)

    assert "Of 70 roofs \x1b[1m7\x1b[0m were lost" in screen.getvalue()


@pytest.mark.parametrize(("score", "unsure"), [(0.1, True), (0.8, False)])
def test_an_answer_that_the_engine_is_not_sure_of_says_so(score: float, unsure: bool) -> None:
    """With its score, so that nobody takes the nearest sentence for an answer."""
    answer = ask("Where did rain fall?", "Rain fell in Oslo.", model="extractive")

    assert unsure == ("not sure" in str(answer.model_copy(update={"score": score})))


def test_no_result_imports_rich() -> None:
    """The base install has none, and an import is paid for by everybody."""
    code = "import sys, quotewise; repr(quotewise.summarize('Rain fell.')); print('rich' in sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )

    assert "False" == shown.stdout.strip()


def test_a_conversation_is_one_document(seed: Article) -> None:
    """Claims numbered through, a quote that comes twice with one note, what was asked above each."""
    question = "Who called the topic premature? <b>"
    once = ask(question, seed)
    turns = [(question, once), ("Again?", once), ("When?", Answer(question="When?", status="not_in_source"))]
    markdown = markdown_together(turns)
    page = page_together("Talk", turns, [seed])

    assert 1 == markdown.count("\n[^1]: ")
    assert "[^2]" not in markdown
    assert "\\<b\\>" in markdown
    assert 'data-claims="1 2"' in page
    assert 'data-claim="2"' in page
    assert "&lt;b&gt;" in page
    assert "The article does not say." in page
