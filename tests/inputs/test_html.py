"""Pages: the article without what surrounds it, its headline once, and nothing that can hold us up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotewise import Article, UnreadableError, facts, summarize, verify

pytest.importorskip("trafilatura", reason="needs the extra html")


@pytest.fixture(scope="module")
def rain(page: str) -> Article:
    """The news page, read once."""
    return Article.from_html(page, source="https://example.org/rain")


def test_the_article_is_told_from_the_page(rain: Article) -> None:
    """No menu and no footer; the page's own fields are kept beside the text."""
    assert "save the wheat" in rain.text
    assert not any(word in rain.text for word in ("Sport", "Copyright", "<p>"))
    assert ("Jo Root", "2024-05-06") == (rain.byline, rain.date)
    assert ("Rain at last", "https://example.org/rain") == (rain.title, rain.source)


def test_the_headline_is_no_claim(rain: Article) -> None:
    """It stands in the page three times, in the text at most once, and in no claim."""
    claims = [c.text for c in summarize(rain).claims] + [f.text for f in facts(rain).facts]

    assert rain.text.count("Rain at last") <= 1
    assert claims
    assert len(claims) >= len(set(claims))
    assert not any("Rain at last" in text or text.startswith("By Jo") for text in claims)


def test_paragraphs_are_the_blocks_of_the_page(page: str) -> None:
    """Each block is a paragraph of its own, whatever letter it begins with."""
    fruits = "<p>These grow again:</p><ul><li>apples</li><li>oranges</li><li>pears of the north</li></ul>"
    rain = Article.from_html(page.replace("</article>", f"{fruits}</article>"))

    assert 6 == sum("save the wheat" in rain.text[p.start : p.end] for p in rain.paragraphs)
    assert {"oranges", "- oranges"} & {rain.text[s.start : s.end] for s in rain.sentences}


def test_the_rows_of_a_table_stay_together(page: str) -> None:
    """So that its head says what each cell is of."""
    cells = ("<tr><th>Model</th><th>Price</th></tr>", "<tr><td>T3</td><td>69 euros</td></tr>")
    rain = Article.from_html(page.replace("</article>", f"<table>{''.join(cells)}</table></article>"))

    assert re.search(r"\| Model \| Price \|\n.*\| T3 \| 69 euros \|", rain.text, re.DOTALL)
    assert not verify("The price of the T3 is 96 euros.", rain).supported


def test_a_definition_stands_with_its_term(page: str) -> None:
    """A list of definitions is a list of "term: definition"."""
    terms = "<dl><dt>Rain</dt><dd>12 mm</dd><dt>Wind</dt><dd>40 km/h</dd><dd>70 on the coast</dd></dl>"
    after = "<p>More rain is due.</p></article>"
    text = Article.from_html(page.replace("</article>", terms + after)).text

    assert "- Rain: 12 mm\n\n- Wind: 40 km/h; 70 on the coast\n\nMore rain is due." in text


def test_a_file_is_read_by_the_encoding_it_declares(tmp_path: Path) -> None:
    """As its own page says."""
    words = "Дождь шёл на сухих полях области впервые за пять недель, и фермеры сказали, что этого мало."
    path = tmp_path / "rain.html"
    path.write_bytes(
        f"<html><head><meta charset='koi8-r'></head><body><p>{words}</p></body></html>".encode("koi8-r")
    )

    assert words in Article.from_html(path).text


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("", "empty"),
        ("just words", "no article"),
        ("<div>" * 200_000 + "Rain fell." + "</div>" * 200_000, "no article"),
        (bytes(range(256)) * 50, "no article"),
    ],
)
def test_what_holds_no_article_says_so(page: str | bytes, word: str) -> None:
    """As one error, however deep it is nested."""
    with pytest.raises(UnreadableError, match=word):
        Article.from_html(page)


def test_entities_do_not_multiply() -> None:
    """A page that defines its own is not believed."""
    lol = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    text = Article.from_html(f"{lol}<article><p>{'Rain fell on the fields. ' * 9} &c; end</p></article>").text

    assert "haha" not in text


def test_a_page_that_takes_too_long_is_given_up(page: str) -> None:
    """The time is the whole process's."""
    with pytest.raises(UnreadableError, match="seconds"):
        Article.from_html(page, timeout=0.01)
