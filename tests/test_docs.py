"""README and docs: every Python block runs as it stands, without a key, and prints what the page shows."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path
from typing import NamedTuple

import pytest

from quotewise._cli.app import app, run
from quotewise._io.wire import strict_schema

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```(\w+)( notest)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NEXT = re.compile(r"\s*```output\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


class Block(NamedTuple):
    """A block of a page, and what the page says it prints: None where it does not say."""

    code: str
    printed: str | None


def blocks(page: Path, language: str) -> list[Block]:
    """The blocks of one language that are to be run, in order."""
    return list(_blocks(page.read_text(encoding="utf-8"), language))


def _blocks(text: str, language: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(text):
        kind, skipped, code = found.groups()
        if kind == language and not skipped:
            shown = _NEXT.match(text, found.end())
            yield Block(code, shown[1] if shown else None)


def ids(page: Path) -> str:
    """A page as a test's name says it."""
    return page.relative_to(ROOT).as_posix()


def having(language: str) -> list[Path]:
    """The pages with such a block that is run."""
    return [page for page in PAGES if blocks(page, language)]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a reader has it: the seed, the same as `article.txt`, and the examples of the docs."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(next((ROOT / "seeds").glob("*.txt")), tmp_path / "article.txt")
    for example in (ROOT / "docs" / "examples").glob("*"):
        shutil.copy(example, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "schema", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("QUOTEWISE_NO_HISTORY", "1")
    return tmp_path


@pytest.mark.parametrize("page", having("python"), ids=ids)
@pytest.mark.usefixtures("workplace")
def test_the_blocks_of_a_page_run_one_after_the_other(page: Path) -> None:
    """What a newcomer copies works and prints what is shown; names of one block are there in the next."""
    names: dict[str, object] = {"__name__": "docs"}
    for number, block in enumerate(blocks(page, "python"), 1):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(block.code, f"{page.name}, block {number}", "exec"), names)
        if block.printed is not None:
            assert_shown(block.printed, out.getvalue())


@pytest.mark.parametrize("page", having("console"), ids=ids)
@pytest.mark.usefixtures("workplace")
def test_the_commands_of_a_page_print_what_it_shows(
    page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands run in their order, in one folder, so that one may read what another wrote."""
    code = 0
    for block in blocks(page, "console"):
        for line, shown in _TYPED.findall(block.code):
            if line == "echo $?":
                assert f"{code}\n" == shown
                continue
            code = typed(line, monkeypatch)
            got = capsys.readouterr()
            assert_shown(shown, got.out + got.err)


def typed(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a line as a person types it: `cat FILE`, or `quotewise ... [< FILE]`."""
    command, _, given = line.partition(" < ")
    name, *arguments = shlex.split(command)
    if name == "cat":
        print("".join(Path(file).read_text(encoding="utf-8") for file in arguments), end="")
        return 0
    assert name == "quotewise", line
    if given:
        monkeypatch.setattr("sys.stdin", io.StringIO(Path(given).read_text(encoding="utf-8")))
    return run(arguments)


def assert_shown(shown: str, got: str) -> None:
    """What was printed is what the page shows, where a line of `...` stands for any lines."""
    pattern = re.escape(_tidy(shown)).replace(re.escape("\n...\n"), "\n(?:.*\n)*?")
    assert re.fullmatch(pattern, _tidy(got)), f"\n-- shown\n{shown}\n-- printed\n{got}"


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


@pytest.mark.parametrize("page", having("sh"), ids=ids)
def test_shell_blocks_name_commands_and_options_that_exist(page: Path) -> None:
    """A renamed option would leave the pages behind."""
    for block in blocks(page, "sh"):
        for name, rest in re.findall(r"(?:^|[|] |-m )quotewise ([a-z]+)(.*)$", block.code, re.MULTILINE):
            known = {option for parameter in app.commands[name].params for option in parameter.opts}
            named = set(re.findall(r"(?<!\S)--[a-z-]+", rest))
            assert named <= {*known, "--help"}, rest


def test_the_wire_contract_is_filled_in_from_the_code() -> None:
    """Every prompt and every schema stands on the page as it is sent."""
    hooks = run_path(str(ROOT / "docs" / "hooks.py"))
    page = hooks["on_page_markdown"]((ROOT / "docs/reference/wire.md").read_text(encoding="utf-8"))
    shown = [json.loads(code) for code in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]

    assert all(strict_schema(schema) in shown for schema in hooks["whole_schemas"]())
    assert {"ClaimedSummary", "ClaimedFacts", "ClaimedAnswer", "ClaimedRepairs"} <= {
        schema.__name__ for schema in hooks["whole_schemas"]()
    }
    assert all(path.read_text(encoding="utf-8").strip() in page for path in (ROOT / "prompts").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_what_a_page_takes_from_the_code_is_there(page: Path) -> None:
    """A place that nothing fills would stand on the page as it is written."""
    hooks = run_path(str(ROOT / "docs" / "hooks.py"))

    assert "{{ " not in hooks["on_page_markdown"](page.read_text(encoding="utf-8"))


def test_the_examples_of_docstrings_are_fenced_for_the_reference() -> None:
    """Markdown would take `>>>` for a quotation; what is fenced already stays as it is."""
    pytest.importorskip("griffe", reason="the extra docs is not installed")
    with_fences = run_path(str(ROOT / "docs" / "doctests.py"))["with_fences"]

    assert "A sum.\n\n```pycon\n>>> 1 + 1\n2\n```\n\nMore." == with_fences("A sum.\n\n>>> 1 + 1\n2\n\nMore.")
    assert (fenced := "```python\n>>> 1\n```\n") == with_fences(fenced)


def test_the_first_shell_block_is_exactly_two_commands() -> None:
    """A fresh machine needs nothing else: one command for the main job, one for the tests."""
    [main, tests] = blocks(ROOT / "README.md", "sh")[0].code.splitlines()

    assert "quotewise summarize seeds/" in main
    assert "pytest" in tests


def test_the_seed_that_the_readme_names_is_there() -> None:
    """A renamed file would break the first thing that people try."""
    [name] = set(re.findall(r"seeds/\S+\.txt", (ROOT / "README.md").read_text(encoding="utf-8")))

    assert (ROOT / name).is_file()


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Relative links only; what is outside is not looked at."""
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_page_is_in_the_menu() -> None:
    """A page that no menu names is read by nobody."""
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [page.relative_to(ROOT / "docs") for page in (ROOT / "docs").rglob("*.md")]
    missing = [page for page in pages if page.as_posix() not in menu and page.parts[0] != "decisions"]

    assert [] == missing


def test_every_public_name_is_in_the_reference() -> None:
    """What can be imported is documented."""
    import quotewise

    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs/reference").glob("*.md"))

    assert [] == [name for name in quotewise.__all__ if f"::: quotewise.{name}\n" not in pages]


def test_a_page_in_a_checkout_says_how_its_places_are_filled() -> None:
    """On a forge nothing fills them; the site has no such line."""
    hooks = run_path(str(ROOT / "docs" / "hooks.py"))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        places = re.findall(r"^\{\{ \w+ \}\}$", text, re.MULTILINE)
        command = f"`python docs/hooks.py {page.relative_to(ROOT).as_posix()}`"
        assert text.count(command) == len(places)
        if places:
            assert not re.search(r"\{\{ \w+ \}\}|docs/hooks\.py", hooks["on_page_markdown"](text))
