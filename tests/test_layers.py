"""The architecture, held by reading the imports: one direction, no cycles, one owner for each package."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "quotewise"

ORDER = [
    {"_values"},
    {"_render"},
    {"_results"},
    {"_errors"},
    {"_inputs"},
    {"events", "_text"},
    {"_language"},
    {"_grounding"},
    {"_plans"},
    {"_extractive"},
    {"_options", "_io"},
    {"_asked", "_reader"},
    {"_cli", "testing", "__init__", "__main__"},
]
"""Each layer imports from those above it and from itself. A result writes itself out (`str(result)`), so how
it looks stands below it, and takes results by their shape."""

ENGINE = ["words", "page", "questions", "answers", "summaries", "several"]
"""The packages of the built-in engine, in the same way; `several` is a module, with what only it uses."""

OWNERS = {
    "openai": "_io/openai_transport.py",
    "tenacity": "_io/retry.py",
    "tiktoken": "_text/tokens.py",
    "charset_normalizer": "_inputs/encodings.py",
    "pypdf": "_inputs/pdf.py",
    "trafilatura": "_inputs/html.py",
}


@cache
def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts): path
        for path in sorted(SOURCE.rglob("*.py"))
    }


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Everything a module imports, for types too: absolute names, its own package's as `quotewise.x`."""
    package = ("quotewise", *path.relative_to(SOURCE).parent.parts)
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join([*base, *([node.module] if node.module else [])])
            found |= {name} | {f"{name}.{alias.name}" for alias in node.names}
    return frozenset(found)


def layer_of(module: str) -> int:
    top = module.split(".")[0]
    return next(i for i, names in enumerate(ORDER) if top in names)


EDGES = [
    (module, name.removeprefix("quotewise."))
    for module, path in modules().items()
    for name in imports(path)
    if name.startswith("quotewise.")
]


def test_there_are_imports_to_look_at() -> None:
    """A reader of imports that finds none would pass everything below."""
    assert len(EDGES) > 100


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_go_one_way(module: str) -> None:
    """A layer knows those above it, never those below."""
    ours = set(chain(*ORDER))
    below = [
        imported
        for importing, imported in EDGES
        if importing == module and imported.split(".")[0] in ours and layer_of(imported) > layer_of(module)
    ]
    assert not below


def test_the_engine_reads_before_it_picks() -> None:
    """Within the engine, too, a package knows those before it."""
    inside = [
        [name.removeprefix("_extractive.").split(".")[0] for name in edge]
        for edge in EDGES
        if all(name.startswith("_extractive.") for name in edge)
    ]
    assert len(inside) > 100
    for floor, below in inside:
        if {floor, below} <= set(ENGINE):
            assert ENGINE.index(below) <= ENGINE.index(floor), (floor, below)


def test_no_import_cycles() -> None:
    """Not even within a layer, and not even through an import inside a function."""
    known = set(modules())
    graph = {
        m: {i for a, i in EDGES if a == m and i in known and i != m}
        for m in known
        if not m.endswith("__init__")
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path, module])
        if module not in done:
            for other in graph.get(module, ()):
                visit(other, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("package", OWNERS)
def test_each_package_has_one_owner(package: str) -> None:
    """Nothing of theirs reaches our signatures, and their errors are translated in one place."""
    users = {
        path.relative_to(SOURCE).as_posix()
        for path in modules().values()
        if any(name.split(".")[0] == package for name in imports(path))
    }

    assert {OWNERS[package]} == users


def test_every_package_that_is_imported_is_declared() -> None:
    """Not left to what another package happens to bring: that can change without a word."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    declared = {re.split(r"[^\w-]", one)[0].replace("_", "-") for one in asked}
    used = {name.split(".")[0] for path in modules().values() for name in imports(path)}
    providers = packages_distributions()
    for package in (
        used - {"quotewise", "", "pydantic_core"} - sys.stdlib_module_names
    ):  # pydantic pins its own
        names = {name.lower().replace("_", "-") for name in providers.get(package, [package])}
        assert names & declared, package


def test_every_module_says_what_belongs_in_it() -> None:
    """A module opens with its one job."""
    for name, path in modules().items():
        assert ast.get_docstring(tree(path)), name


def test_no_pickle_anywhere() -> None:
    """Stores and tables are JSON or plain bytes: a pickle runs what it is given."""
    for name, path in modules().items():
        assert not {"pickle", "marshal", "shelve", "dill"} & {i.split(".")[0] for i in imports(path)}, name
