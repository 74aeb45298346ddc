"""The article in a page of HTML, found by trafilatura; runs in the child process only.

What trafilatura calls the page's main text is the text, a blank line between its blocks, of which a table is
one. Menus, comments and adverts are left out as it judges, which may be wrong for pages that are no articles.
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import Any

from .found import Found, UnparsableError, one_line, usable


def parse(data: bytes, url: str = "") -> Found:
    """The main text of a page (UTF-8), with its title, author and date of publication as the page says.

    The date is taken from the page's own fields, never searched for in its text. Raises `UnparsableError`
    where there is no main text.
    """
    from trafilatura import bare_extraction, load_html
    from trafilatura.settings import Document

    markup = usable(data.decode())
    tree = load_html(markup)
    if tree is not None:
        _list_definitions(tree)
    found = bare_extraction(
        markup if tree is None else tree,
        url=url or None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Document) or not found.text:
        raise UnparsableError("holds no article that could be told from the page around it", "Give its text.")
    return Found(
        text=usable(_parted(found.text)),
        title=one_line(found.title),
        byline=one_line(found.author),
        date=one_line(found.date),
        pages=[],
    )


def _list_definitions(tree: Any) -> None:
    """Each term with its definitions as one item, "Voltage: 230 volts": apart, they say nothing together."""
    for definitions in list(tree.iter("dl")):
        items: list[Any] = []
        for part in definitions.iter("dt", "dd"):
            text = one_line(part.text_content())
            if part.tag == "dt" or not items:
                items.append(definitions.makeelement("li"))
                items[-1].text = text
            elif items[-1].text:
                items[-1].text += f"{_joint(items[-1].text)}{text}"
        definitions.tag = "ul"
        tail = definitions.tail
        definitions.clear()
        definitions.tail = tail
        definitions.extend(items)


def _joint(text: str) -> str:
    return " " if text[-1:] in ":?.;" else ": " if ": " not in text else "; "


def _parted(text: str) -> str:
    """One line of trafilatura's is one block, so a blank line says what is a paragraph: no guess is left.

    The rows of a table are one block, or its head would say nothing of them.

    >>> _parted("Sizes\\n| Model | Price | \\n| T3 | 69 | \\nIt ships today.")
    'Sizes\\n\\n| Model | Price |\\n| T3 | 69 |\\n\\nIt ships today.'
    """
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    joints = ("\n" if _is_row(one) and _is_row(other) else "\n\n" for one, other in pairwise(lines))
    return "".join(chain(lines[:1], *zip(joints, lines[1:], strict=True)))


def _is_row(line: str) -> bool:
    return line.startswith("|") and line.endswith("|")
