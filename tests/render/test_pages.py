"""Pages and Markdown: everything shown, nothing run, whatever stands in the article or in the answer."""

from __future__ import annotations

import json
import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import (
    Answer,
    Article,
    Claim,
    Coverage,
    Quote,
    Rejected,
    Source,
    Span,
    Summary,
    Verdict,
    ask,
    attach,
)

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "]]><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</title><script>alert(1)</script>",
    "<meta http-equiv=refresh content=0>",
    "\u2028<b>bold</b>\u202e",
    "![x](https://a.example/?q=1)",
]


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and the text that is shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.raw = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.raw = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.raw = False

    def handle_data(self, data: str) -> None:
        if not self.raw:
            self.text.append(data)

    @property
    def shown(self) -> str:
        return "".join(self.text)


def summary_of(words: str, article: Article) -> Summary:
    span = article.sentences[0]
    text = article.text[span.start : span.end]
    quote = Quote(start=span.start, end=span.end, text=text)
    good = Verdict(supported=True, score=1.0)
    bad = Rejected(
        claim=Claim(text=words, quotes=(quote,), verdict=Verdict(supported=False, score=0.0)), reason=words
    )
    summary = Summary(
        sources=(Source(id=article.id),),
        headline=words,
        claims=(Claim(text=words, quotes=(quote,), verdict=good),),
        rejected=(bad,),
    )
    attach(summary, article)
    return summary


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_text_becomes_part_of_the_page(payload: str) -> None:
    """One script, one style, no link, no image, no handler: and the payload is shown as it is."""
    page = Page(summary_of(payload, Article(payload, title=payload)).to_html())
    tags = [tag for tag, _ in page.tags]

    assert (1, 1) == (tags.count("script"), tags.count("style"))
    assert not {"img", "iframe", "a", "link", "b", "base", "form"} & set(tags)
    assert not [a for _, attributes in page.tags for a in attributes if a.startswith("on")]
    assert not {"href", "src", "style", "srcdoc"} & {a for _, attributes in page.tags for a in attributes}
    assert page.shown.count(payload) >= 4


def test_what_is_word_for_word_is_counted_as_that() -> None:
    """Green is for what a check bore out; a claim in the article's own words needed none."""
    article = Article("Rain fell in Oslo on Monday.")
    same, other = (summary_of(words, article).to_html() for words in (article.text, "It rained in Oslo."))

    assert "<li>1 word for word in the source</li>" in same
    assert "supported</li>" not in same.replace("not supported</li>", "")
    assert '<li class="good">1 supported</li>' in other


def test_only_our_script_may_run() -> None:
    """The policy names the hash of the one script and the one style, and forbids the rest."""
    page = summary_of("Rain.", Article("Rain.")).to_html()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)

    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert 2 == policy[1].count("sha256-")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_the_whole_article_is_shown(text: str) -> None:
    """Cutting it at quotes loses and doubles nothing, beyond the BMP too."""
    article = Article(text)
    page = Page(summary_of("Rain.", article).to_html())
    source = page.shown.split("article 1")[-1]

    assert "".join(text.split()) in "".join(source.split())


def test_a_quote_knows_its_claims() -> None:
    """Two claims on overlapping slices: the shared words belong to both."""
    article = Article("The old bridge was closed on Monday.")
    good = Verdict(supported=True, score=1.0)

    def claim(text: str) -> Claim:
        start = article.text.index(text)
        return Claim(text=text, quotes=(Quote(start=start, end=start + len(text), text=text),), verdict=good)

    summary = Summary(
        sources=(Source(id=article.id),), claims=(claim("The old bridge was"), claim("bridge was closed"))
    )
    attach(summary, article)
    listed = [a["data-claims"] for _, a in Page(summary.to_html()).tags if a.get("class") == "q"]

    assert ["1", "1 2", "2"] == listed


def test_a_result_from_json_still_has_a_page() -> None:
    """Its article is not with it, so the quotes are shown alone, with their places."""
    summary = summary_of("Rain.", Article("It rained."))
    page = Page(Summary.model_validate_json(summary.model_dump_json()).to_html())

    assert "It rained." in page.shown
    assert "0–10" in page.shown


def test_a_heading_of_markdown_is_shown_as_one() -> None:
    """It looks like a heading, and its marks are still there: nothing of a source is left out."""
    article = Article("# Rain in Oslo\n\nIt rained.\n\n#hashtag of the day\n")
    page = Page(summary_of("Rain.", article).to_html())
    looks = [attributes.get("class") for tag, attributes in page.tags if tag == "p"]

    assert "# Rain in Oslo" in page.shown
    assert [look for look in looks if look and "heading" in look] == ["heading"]


@pytest.mark.parametrize(
    ("text", "bold", "faint"),
    [
        ("The **dam** holds.", ["dam"], ["**", "**"]),
        ("See [the report](https://a.example/r_1) of May.", [], ["[", "](https://a.example/r_1)"]),
        ("### Rain & **snow**\n", ["snow"], ["###", "**", "**"]),
        ("2 ** 3 ** 4, a**b**c and f(x)[1] (2)", [], []),
        ("**<script>alert(1)</script>**", ["<script>alert(1)</script>"], ["**", "**"]),
    ],
)
def test_what_markdown_stresses_is_bold_and_its_marks_are_faint(
    text: str, bold: list[str], faint: list[str]
) -> None:
    """Every character is still there, in its place: what is copied from the page is the source."""
    html = summary_of("Rain.", Article(f"It rained.\n\n{text}")).to_html()
    source = html[html.index("<article>") : html.index("</article>")]

    assert text.strip() in Page(source).shown
    assert re.findall(r"<b>(.*?)</b>", source) == [escape(words) for words in bold]
    assert re.findall(r'<span class="faint">(.*?)</span>', source) == faint


def test_a_page_begins_where_the_source_says() -> None:
    """Its number stands between the words of the two pages, in the middle of a paragraph too."""
    article = Article("It rained in Oslo and\nthen in Bergen.", pages=(Span(0, 21), Span(22, 37)))
    html = summary_of("Rain.", article).to_html()

    assert 'Oslo and\n</span><span class="turn" data-page="2">' in html
    assert ">It rained in Oslo" in html.split('data-page="1"></span>')[1]


def test_the_strip_shows_where_the_article_is_cited() -> None:
    """Neighbours are one mark; what was not read has marks of its own."""
    covered = Summary(coverage=Coverage(sentences=10, cited=(1, 2, 3, 7), unread=(9,)))
    strip = [(a["class"], a["x"], a["width"]) for tag, a in Page(covered.to_html()).tags if tag == "rect"]

    assert [("unread", "9", "1"), ("cited", "1", "3"), ("cited", "7", "1")] == strip
    assert "40 % of the sentences" in covered.to_html()


def test_an_abstention_has_a_page() -> None:
    """It says that the article does not say."""
    answer = Answer(question="Why?", status="not_in_source")

    assert "does not say" in Page(answer.to_html()).shown
    assert "does not say" in answer.to_markdown()


def test_an_abstention_shows_what_comes_nearest() -> None:
    """The closest passages stand on the page as they do in a terminal, and nothing is called supported."""
    article = Article("The pier was built of iron. <b>Boats</b> still call at it.")
    answer = ask("When was the pier painted?", article, model="extractive")
    shown = Page(answer.to_html()).shown

    assert answer.status == "not_in_source"
    assert "Closest passages:" in shown
    assert "“The pier was built of iron.”" in shown
    assert "0 supported" not in shown
    assert "<b>Boats" not in answer.to_html()


def test_a_notebook_gets_a_frame() -> None:
    """In a frame of its own, with scripts and nothing else allowed."""
    frame: Any = summary_of("<b>Rain.</b>", Article("It rained."))._repr_html_()
    [(tag, attributes)] = Page(frame).tags

    assert ("iframe", "allow-scripts") == (tag, attributes["sandbox"])
    assert "&lt;b&gt;Rain." in (attributes["srcdoc"] or "")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_holds_no_markup_of_a_text(payload: str) -> None:
    """No image that a viewer would fetch, no link, no tag."""
    shown = summary_of(payload, Article(payload)).to_markdown()
    bare = re.sub(r"\\.", "", shown)

    assert not re.search(r"!\[|\]\(|<\w|&\w+;", bare)


def test_markdown_footnotes_are_the_quotes() -> None:
    """Each mark has its note."""
    shown = summary_of("Rain fell.", Article("It rained.")).to_markdown()

    assert "Rain fell.[^1]" in shown
    assert "[^1]: “It rained.” (characters 0–10)" in shown


def test_json_keeps_the_words_as_they_are() -> None:
    """Escaping belongs to pages, not to data."""
    summary = summary_of(PAYLOADS[0], Article("It rained."))

    assert PAYLOADS[0] == json.loads(summary.model_dump_json())["claims"][0]["text"]


def test_the_fewest_words_that_answer_are_told_apart_in_their_claim() -> None:
    """In bold where they stand, never alone, and as harmless as all other text."""
    text = "About <b>7</b> million men came."
    short = Quote(start=6, end=14, text="<b>7</b>")
    claim = Claim(
        text=text,
        quotes=(Quote(start=0, end=len(text), text=text),),
        verdict=Verdict(supported=True, score=1.0),
    )
    answer = Answer(question="How many?", status="answered", claims=(claim,), short=short)

    assert "About <b>&lt;b&gt;7&lt;/b&gt;</b> million men" in answer.to_html()
    assert "About **\\<b\\>7\\</b\\>** million men" in answer.to_markdown()
    assert str(answer).startswith(f"- {text}")
