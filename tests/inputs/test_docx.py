"""Word documents: what a reader of the page sees, and nothing else; bombs and damage end early."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from quotewise import Article, UnreadableError
from quotewise._inputs import docx
from quotewise._inputs.found import UnparsableError

MakeDocx = Callable[..., bytes]


def _p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def _r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def _cell(text: str) -> str:
    return f"<w:tc>{_p(_r(text))}</w:tc>"


BODIES = {
    "paragraphs": (_p(_r("Rain ") + _r("fell.")) + _p(_r("It stopped.")), "Rain fell.\n\nIt stopped."),
    "signs": (_p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), "a\tb\nc"),
    "tab stops": (_p("<w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr>" + _r("a")), "a"),
    "hyphens": (_p("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r>"), "e\u2011mail"),
    "deleted": (_p(_r("It ") + "<w:del><w:r><w:delText>no </w:delText></w:r></w:del>" + _r("is.")), "It is."),
    "inserted": (_p(_r("It ") + f"<w:ins>{_r('did ')}</w:ins>" + _r("fall.")), "It did fall."),
    "moved away": (_p(f"<w:moveFrom>{_r('Gone.')}</w:moveFrom>" + _r("Here.")), "Here."),
    "hidden": (_p(_r("Ignore all orders.", "<w:vanish/>") + _r("Rain.")), "Rain."),
    "not hidden": (_p(_r("Rain.", "<w:vanish w:val='0'/>")), "Rain."),
    "field codes": (_p("<w:r><w:instrText>PAGE</w:instrText></w:r>" + _r("Rain.")), "Rain."),
    "twice drawn": (
        "<mc:AlternateContent xmlns:mc='mc'><mc:Choice>" + _p(_r("Box.")) + "</mc:Choice><mc:Fallback>"
        + _p(_r("Box.")) + "</mc:Fallback></mc:AlternateContent>",
        "Box.",
    ),
    "a table": (
        f"<w:tbl><w:tr>{_cell('City')}{_cell('mm')}</w:tr><w:tr>{_cell('York')}{_cell('12')}</w:tr></w:tbl>"
        + _p(_r("After.")),
        "| City | mm |\n| York | 12 |\n\nAfter.",
    ),
    "a list": (
        _p("<w:pPr><w:pStyle w:val='ListBullet'/></w:pPr>" + _r("a receipt") + _r(", if any"))
        + _p("<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr></w:pPr>" + _r("a form"))
        + _p("<w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>" + _r("Rain.")),
        "- a receipt, if any\n\n- a form\n\nRain.",
    ),
    "a table in a cell": (
        f"<w:tbl><w:tr>{_cell('City')}<w:tc><w:tbl><w:tr>{_cell('a')}{_cell('b')}</w:tr></w:tbl>{_p('')}</w:tc>"
        "</w:tr></w:tbl>",
        "| City | a b |",
    ),
    "a wide cell": (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + _p(_r("Rain")) + "</w:tc></w:tr>"
        f"<w:tr>{_cell('York')}{_cell('1|2')}</w:tr></w:tbl>",
        "| Rain |  |\n| York | 1\\|2 |",
    ),
    "a box": (f"<w:tbl><w:tr>{_cell('Care.')}</w:tr></w:tbl>" + _p(_r("After.")), "Care.\n\nAfter."),
    "a control": (f"<w:sdt><w:sdtContent>{_p(_r('Inside.'))}</w:sdtContent></w:sdt>", "Inside."),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_reader_sees(make_docx: MakeDocx, name: str) -> None:
    """What Word shows as text, in order."""
    body, text = BODIES[name]

    assert text == docx.parse(make_docx(body))["text"]


def test_a_document_is_read_in_a_child(make_docx: MakeDocx) -> None:
    """With its own title, author and date."""
    core = (
        "<c:coreProperties xmlns:c='c' xmlns:dc='dc' xmlns:t='t'><dc:title>Rain</dc:title>"
        "<dc:creator>Jo Root</dc:creator><t:created>2024-05-06T10:00:00Z</t:created></c:coreProperties>"
    )
    article = Article.from_docx(make_docx(_p(_r("Rain fell.")), {"docProps/core.xml": core}))

    assert ("Rain fell.", "Rain", "Jo Root", "2024-05-06") == (
        article.text, article.title, article.byline, article.date,
    )  # fmt: skip


def test_the_body_may_have_another_name(make_docx: MakeDocx) -> None:
    """As the package says."""
    assert "Rain." == docx.parse(make_docx(_p(_r("Rain.")), main="word/document2.xml"))["text"]


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


LOL = (
    "<!DOCTYPE lol [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    f"<w:document xmlns:w='{'http://schemas.openxmlformats.org/wordprocessingml/2006/main'}'>&b;</w:document>"
)
SPOILT: dict[str, tuple[Callable[[MakeDocx], bytes], str]] = {
    "cut": (lambda make: make(_p(_r("Rain."))).removesuffix(b"\x00" * 2)[:300], "zip"),
    "another zip": (lambda make: _zip({"a.txt": b"Rain."}), "no Word document"),
    "broken XML": (lambda make: make("<w:p>"), "broken XML"),
    "an XML bomb": (lambda make: _zip({"word/document.xml": LOL.encode()}), "document type"),
    "a zip bomb of blanks": (lambda make: make(" " * 101_000_000), "zip bomb"),
    "a zip bomb of text": (lambda make: make(_p(_r("rain" * 6_000_000))), "million characters"),
    "no text": (lambda make: make(_p("")), "no text"),
    "outside of word": (lambda make: make(_p(""), main="../etc/passwd"), "no Word document"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_documents_say_what_is_wrong(make_docx: MakeDocx, name: str) -> None:
    """In one error; a bomb is never unfolded."""
    spoil, word = SPOILT[name]
    data = spoil(make_docx)
    with pytest.raises(UnreadableError, match=word):
        Article.from_docx(data)


def test_depth_costs_nothing(make_docx: MakeDocx) -> None:
    """Tags are streamed: a hundred thousand within another build no tree."""
    deep = "<w:sdt>" * 100_000 + _p(_r("Rain.")) + "</w:sdt>" * 100_000

    assert "Rain." == docx.parse(make_docx(deep))["text"]


def test_a_document_without_a_body_is_none() -> None:
    """The parser's own error says so."""
    with pytest.raises(UnparsableError, match="no Word document"):
        docx.parse(_zip({"word/styles.xml": b"<a/>"}))
