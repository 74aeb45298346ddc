"""PDFs: exact lines, pages that a quote knows, running heads out of the way, clear errors in little time."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotewise import Article, UnreadableError, UsageError, ask, locate, summarize
from quotewise._inputs import child
from quotewise._inputs.columns import with_rows
from quotewise._inputs.heads import without_heads
from quotewise._values import Span

pytest.importorskip("pypdf", reason="needs the extra pdf")

MakePdf = Callable[..., bytes]
FIELDS = b"/Title (The harbour) /Author (Jo Root) /CreationDate (D:20240506101112Z)"
PAGES = [
    "Annual report\n1\nThe minister said on Monday that the plan for the har-\n"
    "bour would be delayed, and that the govern-\nment had no",
    "Annual report\n2\nmoney for it. The opposition called this a scandal.",
    "Annual report\n3\nRain fell on the harbour for two days (and a night).",
    "Annual report\n4\nThe end came “soon”, said the minister.",
]


@pytest.fixture(scope="module")
def report(make_pdf: MakePdf) -> Article:
    """A report of four pages, read once."""
    return Article.from_pdf(make_pdf(PAGES, FIELDS), source="report.pdf")


def test_lines_stay_as_they_stand(report: Article) -> None:
    """A hyphen at a line's end is text; page numbers and running heads are not, but for the title's place."""
    plan = "The minister said on Monday that the plan for the har-\nbour would be"
    assert report.text.startswith(f"Annual report\n{plan}")
    assert report.text.endswith("“soon”, said the minister.")
    assert 1 == report.text.count("Annual report")
    assert ("The harbour", "Jo Root", "2024-05-06") == (report.title, report.byline, report.date)


def test_a_sentence_goes_on_over_a_page(report: Article) -> None:
    """Without the running head, two lines of two pages are one sentence, on the page where it begins."""
    first, second = report.sentences[1:3]

    assert report.text[first.start : first.end].endswith("had no\nmoney for it.")
    assert [1, 2] == [report.page_of(first), report.page_of(second)]


def test_a_quote_knows_its_page(report: Article) -> None:
    """Also one that was located across a hyphen, and each of a summary's."""
    quote = locate("the plan for the harbour would be delayed", report)
    quotes = [q for claim in summarize(report).claims for q in claim.quotes]

    assert quote is not None
    assert 1 == report.page_of(quote)
    assert 4 == report.page_of(report.text.index("“soon”"))
    assert quotes
    assert all(q.text == report.text[q.start : q.end] and report.page_of(q) in {1, 2, 3, 4} for q in quotes)


def test_pages_cover_the_text(report: Article) -> None:
    """Four pages, in order, with one line break between."""
    assert 4 == len(report.pages)
    assert report.text == "\n".join(report.text[p.start : p.end] for p in report.pages)


def test_heads_can_be_kept(make_pdf: MakePdf, tmp_path: Path) -> None:
    """Where the guess is wrong; and a file is as good as its bytes."""
    path = tmp_path / "report.pdf"
    path.write_bytes(make_pdf(PAGES))
    kept = Article.from_pdf(path, furniture=True)

    assert 4 == kept.text.count("Annual report")
    assert ("report", str(path)) == (kept.title, kept.source)


@pytest.mark.parametrize("field", ["\\(anonymous\\)", "\\(unspecified\\)", "Unknown"])
def test_what_a_program_writes_for_nothing_is_no_name(make_pdf: MakePdf, field: str) -> None:
    """Neither a title nor an author."""
    fields = f"/Title ({field}) /Author ({field})".encode()
    article = Article.from_pdf(make_pdf(PAGES, fields), source="report.pdf")
    assert ("", "") == (article.title, article.byline)


def test_outside_of_pages_there_is_no_page(report: Article) -> None:
    """Nor has a text without pages one."""
    assert report.page_of(len(report.text)) is None
    assert report.page_of(-1) is None
    assert Article("Rain fell.").page_of(0) is None


@pytest.mark.parametrize("pages", [(Span(0, 99),), (Span(4, 2),), (Span(0, 6), Span(5, 10)), (Span(-1, 3),)])
def test_pages_must_stand_in_the_text(pages: tuple[Span, ...]) -> None:
    """A page that is nowhere would make `page_of` lie."""
    with pytest.raises(UsageError, match="pages"):
        Article("Rain fell.", pages=pages)


def _encrypted(data: bytes, password: str) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _placed(*cells: tuple[int, int, str]) -> bytes:
    """A page of words, each drawn at its own place (x, y in points), in this order."""
    shown = "".join(f"1 0 0 1 {x} {y} Tm ({words}) Tj\n" for x, y, words in cells)
    return f"BT /F1 12 Tf\n{shown}ET".encode("cp1252")


def _grid(*rows: Sequence[str], top: int = 700) -> list[tuple[int, int, str]]:
    return [
        (72 + 120 * x, top - 16 * y, cell) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell
    ]


def test_the_rows_of_a_table_are_lines(make_pdf: MakePdf) -> None:
    """Each cell is drawn by itself; an empty one keeps its place, and prose and pages stay as they are."""
    sales = _grid(["Town", "Q1 2024", "Q2 2025"], ["Oslo", "71.5", "83"], ["Bergen", "", "40"])
    prose = (72, 600, "Sales grew in 2025 in all towns but one.")
    report = Article.from_pdf(make_pdf(["Sales of 2025", _placed((72, 740, "Sales by town"), *sales, prose)]))
    rows = "| Town | Q1 2024 | Q2 2025 |\n| Oslo | 71.5 | 83 |\n| Bergen |  | 40 |\n"
    answer = ask("What were the sales of Oslo in Q1 2024?", report, model="extractive")

    assert f"Sales of 2025\nSales by town\n{rows}Sales grew in 2025 in all towns but one." == report.text
    assert "Oslo, Q1 2024: 71.5" == answer.text
    assert all(q.page == 2 and report.text[q.start : q.end] == q.text for q in answer.claims[0].quotes)
    assert report.text == "\n".join(report.text[p.start : p.end] for p in report.pages)


def test_figures_beside_words_are_rows(make_pdf: MakePdf) -> None:
    """Of two columns, and a bar in a cell is told from one between cells."""
    page = _placed(*_grid(["Net profit", "9.7"], ["Oil | gas", "14.2"], ["Staff", "1,184"]))

    assert (
        "| Net profit | 9.7 |\n| Oil \\| gas | 14.2 |\n| Staff | 1,184 |"
        == Article.from_pdf(make_pdf([page])).text
    )


LEFT = ["Rain fell on 3 May.", "It fell on 4 May.", "It ended on 5 May."]
RIGHT = ["Snow fell on 6 May.", "It fell on 7 May.", "It ended on 8 May."]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (
            [(x, 700 - 16 * y, w) for x, c in ((72, LEFT), (320, RIGHT)) for y, w in enumerate(c)],
            LEFT + RIGHT,
        ),
        (_grid(["1.", LEFT[0]], ["2.", LEFT[1]], ["3.", LEFT[2]]), ["1.", "2.", "3."]),
        (_grid(["7 May", "Rain 1"], ["8 May", "Rain 2"]), ["7 May", "8 May"]),
    ],
    ids=["columns of prose", "a numbered list", "two rows"],
)
def test_what_is_no_table_gets_no_bars(
    make_pdf: MakePdf, cells: list[tuple[int, int, str]], text: list[str]
) -> None:
    """Only what reads row by row, in short cells, is one."""
    found = Article.from_pdf(make_pdf([_placed(*cells)])).text

    assert "|" not in found
    assert all(line in found for line in text)


@given(st.text("ab1. \n", max_size=60), st.text("ab1. \n", max_size=60))
def test_rows_change_only_white_space_and_bars(text: str, laid_out: str) -> None:
    """Whatever the page looks like laid out."""
    found = with_rows(text, laid_out)

    assert "".join(text.split()) == "".join(found.replace("|", "").split())


SPOILT: dict[str, tuple[Callable[[MakePdf], bytes], str]] = {
    "cut": (lambda make: make(PAGES)[:900], "cut short"),
    "cut and closed": (lambda make: make(PAGES)[:900] + b"\n%%EOF", "damaged"),
    "empty": (lambda make: b"", "empty"),
    "a scan": (lambda make: make([b"0 0 m 10 10 l S"]), "OCR"),
    "junk": (lambda make: b"%PDF-1.4\nhello\n%%EOF", "damaged"),
    "locked": (lambda make: _encrypted(make(PAGES), "secret"), "password"),
    "its own page tree": (lambda make: make(PAGES).replace(b"/Kids [5 0 R", b"/Kids [2 0 R"), "damaged"),
    "a bomb": (lambda make: make([b"BT /F1 12 Tf" + b" " * 60_000_000 + b"(Rain) Tj ET"]), "bomb"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_files_say_what_is_wrong(make_pdf: MakePdf, name: str) -> None:
    """As one error with a next step."""
    spoil, word = SPOILT[name]
    data = spoil(make_pdf)
    with pytest.raises(UnreadableError, match=word) as caught:
        Article.from_pdf(data)

    assert caught.value.next_step in str(caught.value)


def test_an_owner_password_locks_nobody_out(make_pdf: MakePdf) -> None:
    """A file that any reader opens is read."""
    assert "scandal" in Article.from_pdf(_encrypted(make_pdf(PAGES), "")).text


def test_time_and_memory_have_an_end(make_pdf: MakePdf) -> None:
    """What passes them is given up, not waited for."""
    with pytest.raises(UnreadableError, match=r"0\.01 seconds"):
        Article.from_pdf(make_pdf([PAGES[0]]), timeout=0.01)
    big = make_pdf([b"BT /F1 12 Tf 72 720 Td" + b" (Rain fell) Tj" * 1_500_000 + b" ET"])
    with pytest.raises(UnreadableError, match="90 MB"):
        child.parsed("pdf", big, "big.pdf", memory=90_000_000)


@given(st.lists(st.text("ab1 \n", max_size=30), max_size=8))
def test_heads_take_whole_lines_from_the_edges(pages: list[str]) -> None:
    """What is left of a page stands in it as it stood, but for the blank lines below a title that stays."""
    left = without_heads(pages)

    assert len(pages) == len(left)
    assert all(after in before for before, after in zip(pages[1:], left[1:], strict=True))
    for before, after in zip(pages[:1], left[:1], strict=True):
        lines = iter(before.split("\n"))
        assert all(line in lines for line in after.splitlines())
    assert len(pages) >= 3 or left == [page.strip("\n") for page in pages]


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        (["7 | Rain\nOne.", "Two.", "Hail | 9\nThree."], None),
        (["A\nOne.\n1", "B\nTwo.\n2", "A\nThree.\n3", "B\nFour.\n4", "A\nFive.\n5", "B\nSix.\n6"], "Two."),
        (["One.\nPage 1 of 3", "Two.\nPage 2 of 3", "Three.\nPage 3 of 3"], "Two."),
        (["1990\nOne.", "1990\nTwo.", "1990\nThree."], None),
        (["One.\n12", "Two.\n40", "Three.\n7"], None),
    ],
)
def test_only_what_recurs_is_a_head(pages: list[str], left: str | None) -> None:
    """Left and right pages may differ, numbers must count the pages, and a year alone is no head."""
    assert (pages[1] if left is None else left) == without_heads(pages)[1]
