"""The page in a real browser, with real clicks and keys; skipped where there is no Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotewise import Article, Claim, Quote, Rejected, Source, Summary, Verdict, attach

from .chromium import Chromium, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

TEXT = "The old bridge 🌉 was closed on Monday. Boats still run.\n\nNobody wrote about the weather."
DOWN, ENTER, ESCAPE, TAB = "\ue015", "\ue007", "\ue00c", "\ue004"
LIT = "return [...document.querySelectorAll(arguments[0] + '.lit')].map((e) => e.textContent)"
STYLE = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium() as running:
        yield running


def quoted(article: Article, words: str) -> Quote:
    start = article.text.index(words)
    return Quote(start=start, end=start + len(words), text=words)


def summary(article: Article, *claims: tuple[str, list[str]]) -> Summary:
    good = Verdict(supported=True, score=0.9)
    made = [
        Claim(text=text, quotes=tuple(quoted(article, w) for w in words), verdict=good)
        for text, words in claims
    ]
    result = Summary(sources=(Source(id=article.id),), headline="A bridge", claims=tuple(made))
    attach(result, article)
    return result


@pytest.fixture
def page(browser: Chromium, tmp_path: Path) -> Chromium:
    """Two claims that share a quote, a third sentence cited once, a paragraph cited by nothing."""
    first = "The old bridge 🌉 was closed on Monday."
    result = summary(
        Article(TEXT), ("Closed.", [first]), ("Boats instead of it.", [first, "Boats still run."])
    )
    return opened(browser, tmp_path, result.to_html())


def opened(browser: Chromium, folder: Path, html: str, **features: str) -> Chromium:
    (folder / "page.html").write_text(html, encoding="utf-8")
    browser.size(1280, 800)
    browser.media(**{"prefers_color_scheme": "light", **features})
    browser.console()
    browser.open(folder / "page.html")
    return browser


def test_a_clicked_claim_lights_its_quotes(page: Chromium) -> None:
    """All of its own, whole beyond the BMP too, and none of the others'."""
    page.click('[data-claim="2"]')
    assert ["The old bridge 🌉 was closed on Monday.", "Boats still run."] == page.run(LIT, ".q")

    page.click('[data-claim="1"]')
    assert ["The old bridge 🌉 was closed on Monday."] == page.run(LIT, ".q")
    assert ["true", "false"] == page.run(
        "return [...document.querySelectorAll('.claim')].map((e) => e.getAttribute('aria-pressed'))"
    )


def test_a_clicked_quote_lights_its_claims(page: Chromium) -> None:
    """Both where two cite it, one where one does."""
    page.click('[data-claims="1 2"]')
    assert ["1 Closed.", "2 Boats instead of it."] == page.run(LIT, ".claim")

    page.click('[data-claims="2"]')
    assert ["2 Boats instead of it."] == page.run(LIT, ".claim")


def test_the_keyboard_does_all_of_it(page: Chromium) -> None:
    """Tab reaches a claim, an arrow goes to the next one, Enter on a quote lights, Escape clears."""
    page.press(TAB)
    page.press(ENTER)
    assert ["1 Closed."] == page.run(LIT, ".claim")

    page.press(DOWN)
    assert ["2 Boats instead of it."] == page.run(LIT, ".claim")

    page.press(TAB)
    page.press(ENTER)
    assert ["1 Closed.", "2 Boats instead of it."] == page.run(LIT, ".claim")

    page.press(ESCAPE)
    assert [] == page.run(LIT, "")


def test_letters_go_through_the_claims_from_anywhere(page: Chromium) -> None:
    """j the next one, k the one before; what the page says of its keys is true."""
    for key, lit in (("j", "1 Closed."), ("j", "2 Boats instead of it."), ("k", "1 Closed.")):
        page.press(key)
        assert [lit] == page.run(LIT, ".claim")
    assert "next and previous claim" in page.run("return document.querySelector('.keys').textContent")


def test_a_number_in_the_source_is_seen_and_not_copied(page: Chromium) -> None:
    """Each quote ends with the numbers of its claims, and the text of the page is still the article's."""
    ends = "return getComputedStyle(document.querySelector('.q'), '::after').content"

    assert '"1 2"' == page.run(ends)
    assert TEXT.split("\n")[0] == page.run("return document.querySelector('.source article p').textContent")


def test_what_nothing_cites_is_shaded(page: Chromium) -> None:
    """The paragraph without a claim stands apart; the cited one does not."""
    shaded = page.run("return [...document.querySelectorAll('.source .uncited')].map((e) => e.textContent)")

    assert ["Nobody wrote about the weather."] == shaded
    assert page.run(STYLE, ".uncited", "backgroundColor") != page.run(STYLE, ".q", "backgroundColor")


@pytest.mark.parametrize(
    "attack",
    [
        "const s = document.createElement('script'); s.text = 'window.hit = 1'; document.body.append(s)",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')",
        "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.hit = 1\" id=a>'); a.click()",
    ],
)
def test_injected_script_does_not_run(page: Chromium, attack: str) -> None:
    """Were the escaping to fail one day, the policy still stops what was injected, and says so."""
    page.run(attack)

    assert (
        page.run("return new Promise((done) => setTimeout(() => done(window.hit ?? 'nothing'), 100))")
        == "nothing"
    )
    assert any("Content Security Policy" in said for said in page.console())


def test_a_script_in_the_file_does_not_run(browser: Chromium, tmp_path: Path) -> None:
    """Not even one that stands in the page from the beginning."""
    html = summary(Article(TEXT), ("Closed.", ["Boats still run."])).to_html()
    opened(browser, tmp_path, html.replace("</body>", "<script>window.hit = 1</script></body>"))

    assert "nothing" == browser.run("return window.hit ?? 'nothing'")
    browser.click(".claim")
    assert ["Boats still run."] == browser.run(LIT, ".q")


def test_our_own_page_breaks_no_rule(page: Chromium) -> None:
    """No complaint of the browser: style, script and the coverage bar pass the policy."""
    page.click('[data-claim="1"]')

    assert [] == [said for said in page.console() if "favicon" not in said]


def contrast(browser: Chromium, selector: str) -> float:
    """The contrast of an element's text to what is painted behind it, by WCAG's formula."""
    script = """
        const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
        let e = document.querySelector(arguments[0]), ink = rgb(getComputedStyle(e).color), back;
        for (; e; e = e.parentElement) {
          back = rgb(getComputedStyle(e).backgroundColor);
          if (back.length < 4 || back[3] > 0) break;
        }
        return [ink, back];
    """
    ink, back = browser.run(script, selector)
    high, low = sorted((_luminance(ink), _luminance(back)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Any) -> float:
    parts = [c / 255 for c in colour[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_can_be_read(browser: Chromium, tmp_path: Path, scheme: str) -> None:
    """Text has a contrast of 4.5 or more (WCAG AA), lit or not, on a page that follows the scheme."""
    article = Article(TEXT)
    result = summary(article, ("Closed.", ["Boats still run."]))
    bad = Claim(text="Opened.", quotes=(), verdict=Verdict(supported=False, score=0.1))
    result = result.model_copy(update={"rejected": (Rejected(claim=bad, reason="not said"),)})
    attach(result, article)
    opened(browser, tmp_path, result.to_html(), prefers_color_scheme=scheme)
    paper = _luminance([float(c) for c in browser.run(STYLE, "body", "backgroundColor")[4:-1].split(",")])

    assert (paper > 0.5) == (scheme == "light")
    browser.click(".claim")
    for selector in (
        "h1",
        ".claim.lit",
        ".q.lit",
        ".uncited",
        ".reason",
        ".mark",
        ".bad .mark",
        ".good",
        "footer p",
        "kbd",
    ):
        assert contrast(browser, selector) >= 4.5, selector


def test_a_phone_shows_one_column_and_scrolls_to_the_quote(browser: Chromium, tmp_path: Path) -> None:
    """Nothing is cut off at 360 pixels, and a tapped claim brings its quote into view."""
    text = "\n\n".join(f"Paragraph {n} says a little of nothing much at all." for n in range(60))
    result = summary(Article(text + "\n\n" + "x" * 300), ("The last one.", ["Paragraph 59 says"]))
    opened(browser, tmp_path, result.to_html())
    browser.size(360, 740)

    assert browser.run("return document.documentElement.scrollWidth") <= 360
    browser.click(".claim")
    seen = """
        const r = document.querySelector('.q').getBoundingClientRect();
        return r.top >= 0 && r.bottom <= innerHeight;
    """
    wait = f"return new Promise((done) => setTimeout(() => done((() => {{{seen}}})()), 600))"
    assert browser.run(wait)


def test_a_megabyte_opens(browser: Chromium, tmp_path: Path) -> None:
    """Made, opened and clicked, with a thousand claims."""
    said = [f"Sentence {n} says a little of nothing much at all, and then some more." for n in range(16_000)]
    article = Article("\n\n".join(" ".join(said[n : n + 4]) for n in range(0, len(said), 4)))
    made = []
    for start, end in article.sentences[:: len(article.sentences) // 1000]:
        quote = Quote(start=start, end=end, text=article.text[start:end])
        made.append(
            Claim(text=f"Claim at {start}.", quotes=(quote,), verdict=Verdict(supported=True, score=1))
        )
    result = Summary(sources=(Source(id=article.id),), headline="Long", claims=tuple(made))
    attach(result, article)
    html = result.to_html()
    opened(browser, tmp_path, html, prefers_reduced_motion="reduce")

    assert len(article.text) > 1_000_000
    browser.click('[data-claim="999"]')
    assert 1 == len(browser.run(LIT, ".q"))


def test_a_printed_page_shows_all(browser: Chromium, tmp_path: Path) -> None:
    """On paper nothing is hidden in a column that scrolls."""
    text = "\n\n".join(f"Paragraph {n} says a little of nothing much at all." for n in range(60))
    opened(browser, tmp_path, summary(Article(text), ("Little.", ["Paragraph 59 says"])).to_html())
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    try:
        hidden = "const s = document.querySelector('.source'); return s.scrollHeight - s.clientHeight"
        assert browser.run(hidden) <= 1
    finally:
        browser.devtools("Emulation.setEmulatedMedia", media="")
