"""Attempts that brought no answer and may have been billed: held against a budget, told by a journal."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import openai
import pytest

from quotewise import Budget, BudgetError, QuotewiseError
from quotewise._io.journal import Journal, Journaled
from quotewise._io.meter import Meter, Metered
from quotewise.testing import Fault, LocalServer, faults
from quotewise.testing.exchange import Received

from .wire_both_ways import CALL, FACTS, persistence, run, send, transport


def hung_up(request: Received) -> Fault:
    """The request was read whole, and the connection ends without a word."""
    raise ConnectionResetError


def ever(fault: Fault) -> Iterable[Fault]:
    return itertools.repeat(fault)


MAY_BE_BILLED = [
    ("broken off in the middle of an answer", ever(faults.reset())),
    ("broken off before an answer", hung_up),
    ("no answer in time", ever(faults.silence())),
    ("half a completion", ever(faults.cut_json())),
    ("no body", ever(faults.empty_body())),
    ("no choices", ever(faults.no_choices())),
    ("a page in its place", ever(faults.web_page())),
    ("too large", ever(faults.huge(17 * 2**20))),
    ("a gateway that waited no longer", ever(faults.server_error(504))),
]
IS_NOT_BILLED = [
    ("refused", ever(faults.bad_request())),
    ("overloaded", ever(faults.rate_limited())),
    ("failed", ever(faults.server_error())),
    ("an upstream server's failure", ever(faults.error_body(502))),
]
ROWS = [(*row, True) for row in MAY_BE_BILLED] + [(*row, False) for row in IS_NOT_BILLED]
CLIENTS = pytest.mark.parametrize("client", ["aiohttp", "httpx"])


class NoAioHttp:
    """What openai has in its client's place where the extra is missing."""

    def __init__(self, **options: object) -> None:
        raise RuntimeError("To use the aiohttp client you must have installed the `aiohttp` extra")


def over(client: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if client == "httpx":
        monkeypatch.setattr(openai, "DefaultAioHttpClient", NoAioHttp)


@CLIENTS
@pytest.mark.parametrize(("wrong", "billed"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_an_error_says_whether_the_server_may_have_worked(
    wrong: Callable[[Received], Fault], billed: bool, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have where the request went out and no refusal came back."""
    over(client, monkeypatch)
    with LocalServer(lambda call: FACTS, faults=wrong) as server:
        live = transport(server, timeout=0.3 if wrong is MAY_BE_BILLED[2][1] else 10.0)
        with pytest.raises(QuotewiseError) as caught:
            send("async", live)

    assert caught.value.in_doubt is billed


@CLIENTS
def test_a_server_that_is_not_there_bills_nothing(client: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection, no work."""
    over(client, monkeypatch)
    with LocalServer(lambda call: FACTS) as server:
        live = transport(server)
    with pytest.raises(QuotewiseError) as caught:
        send("async", live)

    assert caught.value.in_doubt is False


BROKEN = pytest.mark.parametrize("fault", [faults.reset(), faults.cut_json()])


@BROKEN
def test_a_hard_budget_counts_answers_that_broke_off(fault: Fault) -> None:
    """Each may have been paid for in full, so its worst case stays held."""
    meter = Meter(Budget(tokens=10_000), "m")
    with LocalServer(lambda call: FACTS, faults=ever(fault)) as server, pytest.raises(BudgetError):
        run("async", lambda: Metered(live, meter).send(CALL), live := transport(server))

    assert len(server.requests) == 2
    assert meter.doubtful.output_tokens == 2 * CALL.max_output


@BROKEN
def test_a_journal_tells_of_an_answer_that_was_asked_for_once_more(fault: Fault, tmp_path: Path) -> None:
    """That the second request was answered does not undo the first."""
    with (
        LocalServer(lambda call: FACTS, faults=[fault]) as server,
        closing(Journal(tmp_path / "j")) as journal,
    ):
        live = transport(server)
        run("async", lambda: Journaled(live, journal, base_url="http://a").send(CALL), live)

        assert len(server.requests) == 2
        assert journal.in_doubt == 1


@BROKEN
def test_a_journal_tells_of_answers_that_broke_off(fault: Fault, tmp_path: Path) -> None:
    """The next run pays for the call again, and says that it may be the second time."""
    with (
        LocalServer(lambda call: FACTS, faults=[fault]) as server,
        closing(Journal(tmp_path / "j")) as journal,
    ):
        live = transport(server, persistence=persistence(attempts=1))
        kept = Journaled(live, journal, base_url="http://a")
        with pytest.raises(QuotewiseError):
            run("async", lambda: kept.send(CALL), live)
        run("async", lambda: kept.send(CALL), live)

        assert journal.in_doubt == 1
