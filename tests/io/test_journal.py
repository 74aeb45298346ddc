"""The journal: pay once, store before returning, and say what is wrong with the file in words."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from quotewise._errors import JournalError, RefusedError, TimedOutError, UnavailableError, UsageError
from quotewise._io.journal import Journal, Journaled, key_of
from quotewise._io.owners import Owners
from quotewise._plans.core import Call, Message, Reply
from quotewise._values import Usage

T = TypeVar("T")
KEY = "k" * 64


class Shape(BaseModel):
    answer: str


class OtherShape(BaseModel):
    other: int


CALL = Call("facts", (Message("system", "Read."), Message("user", "Rain fell.")), Shape)


class Payer:
    """Pays for calls with a reply that names how often it was asked, and remembers."""

    def __init__(self, text: str = "paid") -> None:
        self.calls = 0
        self.text = text

    async def __call__(self) -> Reply:
        self.calls += 1
        return Reply(f"{self.text} {self.calls}", usage=Usage(calls=1, input_tokens=10, usd=0.1), model="m")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.db"


@contextlib.contextmanager
def opened(path: Path, **options: Any) -> Any:
    journal = Journal(path, **options)
    try:
        yield journal
    finally:
        journal.close()


def pay_once(path: Path, payer: Callable[[], Awaitable[Reply]], key: str = KEY, **options: Any) -> Reply:
    with opened(path, **options) as journal:
        return run(journal.once(key, payer))


def test_a_forgotten_reply_is_paid_for_anew_and_its_successor_stays(path: Path) -> None:
    """The one reply is dropped, not what another process has got in its place meanwhile."""
    payer = Payer()
    with opened(path) as journal:
        first = run(journal.once(KEY, payer))
        again = run(journal.once(KEY, payer))
        again.forget()
        second = run(journal.once(KEY, payer))
        first.forget()
        third = run(journal.once(KEY, payer))

    assert [first.text, again.text, second.text, third.text] == ["paid 1", "paid 1", "paid 2", "paid 2"]
    assert (second.repeats, third.replayed) == (0, True)
    first.forget()  # the journal is closed: nothing happens


def test_a_stored_reply_is_not_paid_again(path: Path) -> None:
    """A second run gets the reply of the first one, marked as replayed and free of charge."""
    payer = Payer()
    first, second = pay_once(path, payer), pay_once(path, payer)
    assert payer.calls == 1
    assert (first.text, first.replayed, first.usage.calls) == ("paid 1", False, 1)
    assert (second.text, second.replayed, second.usage) == ("paid 1", True, Usage())
    assert second.model == "m"


def test_every_field_of_a_reply_comes_back(path: Path) -> None:
    """Lone surrogates, refusals and missing finish reasons survive the file."""
    reply = Reply("\ud83d é \x00", finish=None, refusal="no", model="x", mode="tool", thought=9)

    async def pay() -> Reply:
        return reply

    pay_once(path, pay)
    again = pay_once(path, pay)
    assert (again.text, again.finish, again.refusal, again.model, again.mode) == (
        reply.text,
        None,
        "no",
        "x",
        "tool",
    )


@pytest.mark.parametrize("error", [RefusedError("no"), UnavailableError("down"), ValueError("bug")])
def test_an_error_is_not_an_answer(path: Path, error: Exception) -> None:
    """What fails is released: the next run pays, and nothing is in doubt."""

    async def fail() -> Reply:
        raise error

    with pytest.raises(type(error)):
        pay_once(path, fail)
    with opened(path) as journal:
        assert run(journal.once(KEY, Payer())).text == "paid 1"
        assert journal.in_doubt == 0


def test_a_deadline_leaves_a_doubt(path: Path) -> None:
    """An attempt that timed out may have been billed, so paying again is reported."""

    async def late() -> Reply:
        raise TimedOutError("late")

    with opened(path) as journal:
        with pytest.raises(TimedOutError):
            run(journal.once(KEY, late))
        run(journal.once(KEY, Payer()))
        assert journal.in_doubt == 1


def test_a_cancelled_call_leaves_a_doubt_and_no_lock(path: Path) -> None:
    """After a cancelled call another run pays at once and reports it."""

    async def cancelled(journal: Journal) -> None:
        begun = asyncio.Event()

        async def hang() -> Reply:
            begun.set()
            return await asyncio.Future()

        task = asyncio.create_task(journal.once(KEY, hang))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with opened(path) as first:
        run(cancelled(first))
        with opened(path) as second:
            assert run(second.once(KEY, Payer())).text == "paid 1"
            assert second.in_doubt == 1


def test_a_call_cancelled_while_the_journal_closes_is_cancelled(path: Path) -> None:
    """That the claim cannot be given back to a closed journal does not take the place of the end."""

    async def main() -> None:
        journal, held = Journal(path), threading.Event()
        journal._writer.hand_over(lambda _: held.wait())
        task = asyncio.create_task(journal.once(KEY, Payer()))
        await asyncio.sleep(0)
        closing = asyncio.create_task(journal.aclose())
        while not journal._writer._closed:
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        held.set()
        await closing

    run(main())
    assert pay_once(path, Payer()).text == "paid 1"


def test_a_reply_is_stored_before_it_is_seen(path: Path) -> None:
    """Whoever has the reply can count on it being in the file."""
    with opened(path) as journal:
        run(journal.once(KEY, Payer()))
        with contextlib.closing(sqlite3.connect(path)) as db:
            assert db.execute("SELECT state FROM calls").fetchall() == [(1,)]


def test_tasks_of_one_process_pay_once(path: Path) -> None:
    """Fifty tasks that ask the same question at once share one payment."""
    payer = Payer()

    async def ask(journal: Journal) -> list[Reply]:
        return await asyncio.gather(*(journal.once(KEY, payer) for _ in range(50)))

    with opened(path) as journal:
        replies = run(ask(journal))
    assert payer.calls == 1
    assert {reply.text for reply in replies} == {"paid 1"}


def test_event_loops_of_several_threads_share_a_journal(path: Path) -> None:
    """Two loops in two threads ask for the same calls, and each call is paid for once."""
    payer = Payer()

    async def ask(journal: Journal) -> None:
        await asyncio.gather(*(journal.once(f"{n}", payer) for n in range(30)))

    with opened(path) as journal:
        threads = [threading.Thread(target=lambda: run(ask(journal))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert payer.calls == 30


def test_a_live_owner_is_waited_for(path: Path) -> None:
    """While one owner pays, another waits for the reply and does not pay."""
    looks: list[float] = []

    async def two(first: Journal, second: Journal, paid: asyncio.Event) -> Reply:
        async def slow() -> Reply:
            await paid.wait()
            return Reply("slow")

        paying = asyncio.create_task(first.once(KEY, slow))
        await asyncio.sleep(0)
        while not await first._ask(lambda store: store._db.execute("SELECT 1 FROM calls").fetchall()):
            pass
        reply = await second.once(KEY, Payer("wrong"))
        await paying
        return reply

    async def both() -> Reply:
        paid = asyncio.Event()

        async def look(seconds: float) -> None:
            looks.append(seconds)
            if len(looks) == 3:
                paid.set()
            await asyncio.sleep(0)

        with opened(path) as first, opened(path, sleep=look) as second:
            return await two(first, second, paid)

    assert run(both()).text == "slow"
    assert looks[:3] == pytest.approx([0.05, 0.075, 0.1125])


def test_a_dead_owners_call_is_taken_over(path: Path) -> None:
    """A process killed with a call in flight leaves a call that the next run pays for and reports."""
    killed = """
import asyncio, os, signal, sys
from quotewise._io.journal import Journal
async def pay(): os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(Journal(sys.argv[1]).once(sys.argv[2], pay))
"""
    ended = subprocess.run([sys.executable, "-c", killed, path, KEY], check=False, env=_env())
    assert ended.returncode == -9
    with opened(path) as journal:
        assert run(journal.once(KEY, Payer())).text == "paid 1"
        assert journal.in_doubt == 1
        assert len(list((path.parent / "runs.db.owners").glob("*.lock"))) == 1
    with opened(path) as later:
        assert run(later.once(KEY, Payer())).replayed
        assert later.in_doubt == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_opens_the_file_for_itself(path: Path) -> None:
    """After a fork both store and read, and the child's end does not free the parent's lock."""
    with opened(path) as journal:
        run(journal.once("before", Payer()))
        child = os.fork()
        if child == 0:
            good = run(journal.once("before", Payer("no"))).replayed
            good &= not run(journal.once("child", Payer())).replayed
            os._exit(0 if good else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert run(journal.once("child", Payer())).replayed
        assert not run(journal.once("after", Payer())).replayed
        with opened(path) as other:
            assert other._owners.alive(journal._owners.me)


def test_keys_depend_on_all_that_a_reply_depends_on() -> None:
    """Another address, model, message, schema, limit, option or sample is another call."""
    where = {"base_url": "http://a/v1", "model": "m"}
    keys = [
        key_of(CALL, **where),
        key_of(CALL, base_url="http://b/v1", model="m"),
        key_of(CALL, base_url="http://a/v1", model="n"),
        key_of(CALL.followed_by(Message("user", "Again.")), **where),
        key_of(Call("facts", CALL.messages, OtherShape), **where),
        key_of(Call("facts", CALL.messages, Shape, max_output=1), **where),
        key_of(CALL, **where, params={"seed": 1}),
        key_of(CALL, **where, sample=1),
    ]
    assert len(set(keys)) == len(keys)


def test_a_key_is_the_same_in_every_process() -> None:
    """Keys written today are found tomorrow: raise `v` if this must change."""
    schema = json.dumps(Shape.model_json_schema(), sort_keys=True, separators=(",", ":"))
    same = key_of(CALL, base_url="http://a/v1/", model="m", params={"b": 1, "a": 2})
    assert same == key_of(CALL, base_url="http://a/v1", model="m", params={"a": 2, "b": 1})
    canonical = (
        '{"base_url":"http://a/v1","max_output":4000,"messages":[["system","Read."],["user","Rain fell."]],'
        '"model":"m","params":{"a":2,"b":1},"sample":0,"schema":' + schema + ',"v":1}'
    )
    assert same == hashlib.sha256(canonical.encode()).hexdigest()


def test_the_task_is_no_part_of_the_key() -> None:
    """Two tasks that send the same words get the same reply."""
    other = Call("answer", CALL.messages, Shape)
    assert key_of(CALL, base_url="u", model="m") == key_of(other, base_url="u", model="m")


def test_a_journaled_transport_asks_once(path: Path) -> None:
    """Around a transport, the journal answers the second time."""

    class Server:
        model = "m"
        sent = 0

        async def send(self, call: Call) -> Reply:
            self.sent += 1
            return Reply(call.task)

        async def aclose(self) -> None:
            self.sent = -1

    async def twice(journal: Journal, server: Server) -> tuple[Reply, Reply]:
        transport = Journaled(server, journal, base_url="http://a/v1", params={"seed": 1})
        assert transport.model == "m"
        replies = await transport.send(CALL), await transport.send(CALL)
        assert server.sent == 1
        await transport.aclose()
        return replies

    server = Server()
    with opened(path) as journal:
        first, second = run(twice(journal, server))
    assert (first.replayed, second.replayed, server.sent) == (False, True, -1)


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    """Folder 0700, files 0600: replies can hold the article's words."""
    path = tmp_path / "new" / "runs.db"
    with opened(path) as journal:
        run(journal.once(KEY, Payer()))
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in [path.parent, *path.parent.rglob("*")]}
    assert modes.pop("new") == 0o700
    assert modes.pop("runs.db.owners") == 0o700
    assert set(modes.values()) == {0o600}
    assert {"runs.db", "runs.db-wal"} <= modes.keys()


def test_closing_leaves_no_lock_behind(path: Path) -> None:
    """A closed journal leaves its file and nothing that another run would wait for."""
    pay_once(path, Payer())
    assert [p.name for p in (path.parent / "runs.db.owners").iterdir()] == ["opening"]
    assert not path.with_name("runs.db-wal").exists()


def test_a_closed_journal_says_so(path: Path) -> None:
    """Use after close is an error before any payment; closing twice is none."""
    journal = Journal(path)
    run(journal.aclose())
    run(journal.aclose())
    payer = Payer()
    with pytest.raises(JournalError, match="closed"):
        run(journal.once(KEY, payer))
    assert payer.calls == 0


def test_pruning_by_age_and_by_size(path: Path) -> None:
    """Old replies go first, and only when asked."""
    now = 1_000_000.0

    async def story(journal: Journal) -> None:
        nonlocal now
        for n in range(10):
            now += 86_400
            await journal.once(f"{n}", Payer("x" * 1000))
        assert journal.prune(older_than=timedelta(days=4.5)) == 5
        assert journal.prune(max_bytes=2_600) == 3
        assert [(await journal.once(f"{n}", Payer())).replayed for n in range(10)] == [False] * 8 + [True] * 2
        with pytest.raises(UsageError):
            journal.prune()

    with opened(path, clock=lambda: now) as journal:
        run(story(journal))


# What may be wrong with the file.


def test_another_programs_file_is_refused_untouched(path: Path) -> None:
    """A text file, and a database of someone else, are not ours to change; nothing is made beside them."""
    path.write_text("Dear diary, " * 100)
    for on_corrupt in ("raise", "salvage"):
        with pytest.raises(JournalError, match="not a journal"):
            Journal(path, on_corrupt=on_corrupt)
    assert path.read_text().startswith("Dear diary")
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes(name)")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(JournalError, match="not a journal"):
        Journal(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["runs.db"]


def test_a_newer_version_is_refused(path: Path) -> None:
    """A journal of a later format is left alone, and the error says to upgrade."""
    Journal(path).close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalError, match=r"newer quotewise.*Upgrade"):
        Journal(path, on_corrupt="salvage")


def test_a_directory_is_no_journal(tmp_path: Path) -> None:
    """A folder where a file is expected is an error that says so."""
    with pytest.raises(JournalError, match="directory"):
        Journal(tmp_path)


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    """A path through a file is an error in words."""
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match="cannot be written"):
        Journal(tmp_path / "file" / "runs.db")


def test_a_file_system_without_locks_is_refused(path: Path) -> None:
    """Without locks two processes would pay twice, so the journal is refused."""

    def no_locks(_fd: int, _wait: bool) -> bool:
        raise OSError(errno.ENOLCK, "No locks available")

    with pytest.raises(JournalError, match=r"no file locks.*local disk"):
        Journal(path, lock=no_locks)
    assert list((path.parent / "runs.db.owners").glob("*.lock")) == []


def test_an_unknown_choice_is_refused(path: Path) -> None:
    """`on_corrupt` takes two words."""
    with pytest.raises(UsageError):
        Journal(path, on_corrupt="delete")  # type: ignore[arg-type]


def test_an_empty_file_is_a_new_journal(path: Path) -> None:
    """What `touch` makes can be used."""
    path.touch()
    assert pay_once(path, Payer()).text == "paid 1"


def test_a_damaged_reply_is_missing_and_reported(path: Path) -> None:
    """A flipped bit in a stored reply is noticed: the call is paid again, never answered wrongly."""
    pay_once(path, Payer())
    data = path.read_bytes()
    assert data.count(b'"paid 1"') == 1
    path.write_bytes(data.replace(b'"paid 1"', b'"paie 1"'))
    with opened(path) as journal:
        assert run(journal.once(KEY, Payer("again"))).text == "again 1"
        assert (journal.damaged, journal.in_doubt) == (1, 1)


def _filled(path: Path, count: int = 60) -> None:
    async def fill(journal: Journal) -> None:
        await asyncio.gather(*(journal.once(f"{n}", Payer(f"reply {n} " + "x" * 700)) for n in range(count)))

    with opened(path) as journal:
        run(fill(journal))


def _replayed(path: Path, count: int = 60, **options: Any) -> tuple[int, Journal]:
    """How many of the replies come back, each checked to be the right one."""

    async def read(journal: Journal) -> int:
        texts = [f"reply {n} " + "x" * 700 for n in range(count)]
        asked = (journal.once(f"{n}", Payer(text)) for n, text in enumerate(texts))
        replies = await asyncio.gather(*asked)
        assert [reply.text for reply in replies] == [text + " 1" for text in texts]
        return sum(reply.replayed for reply in replies)

    with opened(path, **options) as journal:
        return run(read(journal)), journal


@pytest.mark.parametrize("where", ["middle", "tail", "header"])
def test_a_damaged_file_is_refused_then_salvaged(path: Path, where: str) -> None:
    """By default it is left as it is; asked to salvage, what can be read is kept and the old file too."""
    _filled(path)
    data = path.read_bytes()
    damaged = {
        "middle": data[:16384] + b"\xa5" * 8192 + data[24576:],
        "tail": data[: len(data) // 2],
        "header": b"\0" * 100 + data[100:],
    }[where]
    path.write_bytes(damaged)
    with pytest.raises(JournalError, match=r"damaged.*salvage"):
        Journal(path)
    assert path.read_bytes() == damaged
    found, journal = _replayed(path, on_corrupt="salvage")
    assert journal.salvaged is not None
    assert journal.salvaged.path.read_bytes() == damaged
    assert journal.salvaged.replies == found
    assert found >= {"middle": 40, "tail": 15, "header": 60}[where]
    assert _replayed(path)[0] == 60


def test_an_emptied_file_beside_a_full_log_is_damage(path: Path) -> None:
    """SQLite would delete the log; here it is kept aside."""
    with opened(path) as journal:
        run(journal.once(KEY, Payer()))
        wal = path.with_name("runs.db-wal").read_bytes()
    path.write_bytes(b"")
    path.with_name("runs.db-wal").write_bytes(wal)
    with pytest.raises(JournalError, match="damaged"):
        Journal(path)
    with opened(path, on_corrupt="salvage"):
        assert path.with_name("runs.db.corrupt-1-wal").read_bytes() == wal


def test_damage_found_at_work_is_looked_for_at_the_next_start(path: Path) -> None:
    """A file too large to be read through at each start is read through after it has failed."""
    Journal(path).close()
    owners = Owners(path.with_name("runs.db.owners"))
    owners.mark_suspect()
    assert owners.suspect()
    Journal(path).close()
    assert not owners.suspect()
    owners.leave()


class Full:
    """A disk that takes no replies while `full`; everything else is the real store."""

    def __init__(self, journal: Journal) -> None:
        self.full = True
        self._store = journal._writer._store
        assert self._store
        self._finish = self._store.finish
        self._store.finish = self.finish  # type: ignore[method-assign]

    def finish(self, key: str, reply: str) -> None:
        if self.full:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        self._finish(key, reply)


def test_a_paid_reply_that_cannot_be_stored_is_returned_and_ends_the_paying(path: Path) -> None:
    """What is paid for is not lost, nothing more is paid for, what is stored still comes; room heals it."""

    async def story(journal: Journal) -> None:
        payer = Payer()
        await journal.once("stored", payer)
        disk = Full(journal)
        assert (await journal.once("paid", payer)).text == "paid 2"
        assert journal.unstored == 1
        with pytest.raises(JournalError, match="no more calls are paid for"):
            await journal.once("next", payer)
        assert (await journal.once("stored", payer)).replayed
        assert (await journal.once("paid", payer)).replayed
        assert payer.calls == 2
        disk.full = False
        assert (await journal.once("next", payer)).text == "paid 3"
        assert journal.unstored == 0

    with opened(path) as journal:
        run(story(journal))
    with opened(path) as later:
        assert run(later.once("paid", Payer("no"))).text == "paid 2"
        assert later.in_doubt == 0


def test_what_could_not_be_stored_is_tried_once_more_at_the_end(path: Path) -> None:
    """A reply that found no room is stored when the journal is closed, if there is room by then."""
    with opened(path) as journal:
        disk = Full(journal)
        run(journal.once(KEY, Payer()))
        disk.full = False
    assert pay_once(path, Payer("no")).replayed


def test_a_damaged_owners_name_names_no_file(tmp_path: Path) -> None:
    """An owner that is not one of our names is dead, and no file of that name is touched."""
    owners = Owners(tmp_path / "owners")
    (tmp_path / "precious.lock").touch()
    assert not owners.alive("../precious")
    assert (tmp_path / "precious.lock").exists()
    owners.leave()


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
