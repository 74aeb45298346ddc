"""The public surface: what is exported, that both readers agree, that the import stays light."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import quotewise
from quotewise import AsyncReader, Reader

CONTRACT = {
    *("Answer", "Article", "AsyncReader", "Budget", "CheckedClaim", "Chunk", "Claim", "Extraction", "Fact"),
    *("Facts", "Quote", "Reader", "Rejected", "Result", "Summary", "Verdict", "Verification"),
    *("QuotewiseError", "UsageError", "ask", "chunks", "count_tokens", "extract", "facts", "locate"),
    *("summarize", "verify"),
}


def test_every_contracted_name_is_exported() -> None:
    """Scripts outside this project import these."""
    assert CONTRACT <= set(quotewise.__all__)


def test_the_list_of_names_is_the_table() -> None:
    """The list is written out for type checkers, which read no code; it can fall behind."""
    assert sorted(quotewise._HOME) == quotewise.__all__


@pytest.mark.parametrize("name", quotewise.__all__)
def test_every_exported_name_loads_and_is_documented(name: str) -> None:
    """The table of lazy names is true, and each name says what it is."""
    value = getattr(quotewise, name)

    assert name in dir(quotewise)
    assert inspect.getdoc(value)


def test_a_name_that_is_not_there_says_so() -> None:
    """Lazy loading must not turn a typing error into something else."""
    with pytest.raises(AttributeError, match="sumarize"):
        _ = quotewise.sumarize  # type: ignore[attr-defined]


@pytest.mark.parametrize("method", ["summarize", "facts", "ask", "map", "estimate", "extract"])
def test_both_readers_take_the_same(method: str) -> None:
    """The async twin differs in being awaited, in nothing else."""
    ours = inspect.signature(getattr(Reader, method)).parameters
    twins = inspect.signature(getattr(AsyncReader, method)).parameters

    assert list(ours.values()) == list(twins.values())


@pytest.mark.parametrize("function", ["summarize", "facts", "ask", "extract"])
def test_the_functions_take_what_the_methods_take(function: str) -> None:
    """`summarize(article, words=80, model=...)` is the method plus the reader's options."""
    method = list(inspect.signature(getattr(Reader, function)).parameters.values())[1:]
    function_ = list(inspect.signature(getattr(quotewise, function)).parameters.values())

    assert method == function_[:-1]
    assert "options" == function_[-1].name


def test_importing_loads_neither_openai_nor_tiktoken() -> None:
    """They cost most of a second and are needed only for live calls and exact counts."""
    heavy = (
        "import sys, quotewise; print(sorted({'openai','tiktoken','pydantic','tenacity'} & set(sys.modules)))"
    )

    assert "[]\n" == subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True).stdout


def test_the_main_job_without_a_key_needs_no_client() -> None:
    """The extractive engine runs without openai, tenacity or tiktoken ever being imported."""
    script = (
        "import sys, quotewise; quotewise.summarize('Rain fell in Oslo.'); "
        "print(sorted({'openai','tiktoken','tenacity'} & set(sys.modules)))"
    )

    assert "[]\n" == subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout
