"""What the journal promises, under kill -9, Ctrl-C, full disks and damaged files.

A small count runs by default, in memory. The long run, on the disk:
`QUOTEWISE_TORTURE=500 python -m pytest -m torture tests/io`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from quotewise._errors import JournalError
from quotewise._io.journal import Journal
from quotewise._io.owners import Owners
from quotewise._io.salvage import PAGE
from quotewise._io.store import Store, seal
from quotewise._plans.core import Reply

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and flock"),
]

LONG = "QUOTEWISE_TORTURE" in os.environ
COUNT = int(os.environ.get("QUOTEWISE_TORTURE", "3"))
CHUNKS, CALLS = (200, 223) if LONG else (100, 111)
CONCURRENCY = 8
JOB = Path(__file__).with_name("torture_job.py")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: kills take no notice of disks, and syncs take time."""
    if LONG or not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        yield Path(name)


def job(folder: Path, kind: str, *options: object, under: tuple[str, ...] = ()) -> dict[str, Any]:
    """Run the job in a process of its own; what it came to."""
    (folder / "disk").mkdir(exist_ok=True)
    given = map(str, ("--chunks", CHUNKS, *options))
    command = [*under, sys.executable, str(JOB), kind, str(folder), *given]
    path = os.pathsep.join(filter(None, sys.path))
    ended = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    said: dict[str, Any] = json.loads(ended.stdout)
    return said


def _until_killed(folder: Path, kind: str, *options: object) -> Iterator[dict[str, Any]]:
    """Jobs, one after another, until so many lives in all have been ended by a signal."""
    left = COUNT
    for n in range(20 * COUNT):
        if left <= 0:
            return
        said = job(_fresh(folder, n), kind, *options, "--kills", left, "--seed", n)
        left -= said["ended"]
        yield said
    raise AssertionError("the jobs are over before anyone can kill them")


# Kills.


@pytest.mark.parametrize("processes", [1, 2])
def test_no_stored_call_is_paid_again_through_kills(folder: Path, processes: int) -> None:
    """Killed at random and started again until done: the waste is what was in flight, and is reported."""
    for said in _until_killed(folder, "kill", "--processes", processes):
        assert said["right"]
        assert said["repeated_though_stored"] == 0
        assert said["stored"] == said["calls"] == CALLS
        assert said["repeated"] <= said["in_doubt"] <= said["kills"] * CONCURRENCY


def test_ctrl_c_wastes_nothing(folder: Path) -> None:
    """Interrupted at random, what is in flight ends and is stored, so that each call is paid for once."""
    for said in _until_killed(folder, "sigint"):
        assert said["right"]
        assert (said["paid"], said["in_doubt"]) == (CALLS, 0)


def test_two_processes_pay_once(folder: Path) -> None:
    """Two processes at the same job at once share every payment."""
    said = job(folder, "kill", "--processes", 2)
    assert said["right"]
    assert (said["paid"], said["in_doubt"]) == (CALLS, 0)


# Disks.


def test_a_full_file_system_stops_the_run_and_loses_nothing(folder: Path) -> None:
    """When no more can be written no more is paid for; with room again the job goes on from there."""
    _is_stopped_then_done(job(folder, "full", "--limit", 100_000))


def test_a_full_disk_stops_the_run_and_loses_nothing(folder: Path) -> None:
    """The same on a small disk that other files fill."""
    mount = 'mount -t tmpfs -o size=8m tmpfs "$0" && head -c 8000k /dev/zero > "$0/ballast" && exec "$@"'
    (folder / "disk").mkdir()
    under = ("unshare", "--mount", "sh", "-c", mount, str(folder / "disk"))
    probe = shutil.which("unshare") and subprocess.run([*under, "true"], check=False, capture_output=True)
    if not probe or probe.returncode:
        pytest.skip("this user cannot mount a small disk")
    _is_stopped_then_done(job(folder, "full", under=under))


def _is_stopped_then_done(said: dict[str, Any]) -> None:
    assert said["first"] == 9, "the disk was large enough"
    assert "journal" in said["error"]
    assert said["right"]
    assert said["repeated_though_stored"] == 0
    assert said["repeated"] <= said["in_doubt"] <= CONCURRENCY


@contextlib.contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may write anywhere, so it has to be somebody else."""
    if os.geteuid() == 0:
        os.seteuid(65_534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    """Before any call is paid for, and with the path in the message."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Journal(folder / "old.db").close()
        folder.chmod(0o555)
        with _as_nobody():
            for file in ("new.db", "old.db"):
                with pytest.raises(JournalError, match=rf"{file} cannot be written.*Give a path"):
                    Journal(folder / file)
        folder.chmod(0o755)


# Damage.


def fill(path: Path, count: int = 40) -> None:
    _answers(path, count)


def _answers(path: Path, count: int = 40, **options: Any) -> int:
    """How many of the replies come back; each is checked to be the right one."""

    async def ask(journal: Journal, n: int) -> bool:
        async def pay() -> Reply:
            return Reply(f"{n} is right " * 60)

        reply = await journal.once(f"{n}", pay)
        assert reply.text == f"{n} is right " * 60
        return reply.replayed

    async def ask_all(journal: Journal) -> int:
        return sum(await asyncio.gather(*(ask(journal, n) for n in range(count))))

    journal = Journal(path, **options)
    try:
        return asyncio.run(ask_all(journal))
    finally:
        journal.close()


@pytest.fixture(scope="module")
def whole() -> Iterator[bytes]:
    """The bytes of a sound journal with forty replies."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "runs.db")
        yield (Path(folder) / "runs.db").read_bytes()


def _survives(folder: Path, data: bytes) -> int | None:
    """Open a damaged file and ask it everything; how many replies it still had, None where it is refused."""
    path = folder / "runs.db"
    Journal(path).close()  # so that the folder of owners stands beside it
    path.write_bytes(data)
    try:
        return _answers(path, on_corrupt="salvage")
    except JournalError:
        return None


def test_a_flipped_bit_never_gives_a_wrong_answer(folder: Path, whole: bytes) -> None:
    """Any single bit: the replies are right, paid again, or the file is refused in words."""
    chance = random.Random(COUNT)
    kept = []
    for n in range(5 * COUNT):
        place, data = chance.randrange(len(whole)), bytearray(whole)
        data[place] ^= 1 << chance.randrange(8)
        kept.append(_survives(_fresh(folder, n), bytes(data)))
    assert sum(k is not None and k >= 30 for k in kept) >= 0.8 * len(kept)


def test_a_truncated_file_keeps_what_it_can(folder: Path, whole: bytes) -> None:
    """Cut anywhere: no wrong reply, and the file of before is kept under another name."""
    chance = random.Random(COUNT)
    for n in range(COUNT):
        kept = _survives(_fresh(folder, n), whole[: chance.randrange(1, len(whole) - PAGE)])
        assert kept is not None
        assert (folder / str(n) / "runs.db.corrupt-1").exists()


def test_a_torn_log_keeps_all_that_was_stored_before(folder: Path) -> None:
    """A power cut tears the end of the log: what stands before the tear is still there, nothing is wrong."""
    path = folder / "runs.db"
    journal = Journal(path)
    try:
        asyncio.run(_store_one_by_one(journal, 30))
        data, log = path.read_bytes(), path.with_name("runs.db-wal").read_bytes()
    finally:
        journal.close()
    chance = random.Random(COUNT)
    cuts = sorted(chance.randrange(len(log)) for _ in range(COUNT))
    found = [_after_a_tear(_fresh(folder, n), data, log[:cut]) for n, cut in enumerate(cuts)]
    assert found == sorted(found), "a longer log holds no less"


async def _store_one_by_one(journal: Journal, count: int) -> None:
    for n in range(count):

        async def pay(n: int = n) -> Reply:
            return Reply(f"{n} is right " * 60)

        await journal.once(f"{n}", pay)


def _after_a_tear(folder: Path, data: bytes, log: bytes) -> int:
    path = folder / "runs.db"
    path.write_bytes(data)
    path.with_name("runs.db-wal").write_bytes(log)
    return _answers(path, 30)


def _fresh(folder: Path, n: int) -> Path:
    new = folder / str(n)
    new.mkdir()
    return new


# Many at once.


def test_eight_processes_open_a_new_journal_at_once(folder: Path) -> None:
    """None of them fails, and together they pay once."""
    opening = """
import asyncio, os, sys
from quotewise._io.journal import Journal
from quotewise._plans.core import Reply
async def pay(): return Reply(str(os.getpid()))
def one(path):
    os.read(gate, 1)
    journal = Journal(path)
    reply = asyncio.run(journal.once("k", pay))
    journal.close()
    return 0 if reply.text else 1
failed = 0
for n in range(int(sys.argv[2])):
    gate, go = os.pipe()
    children = []
    for _ in range(8):
        child = os.fork()
        if child == 0:
            code = 1
            try: code = one(f"{sys.argv[1]}/{n}.db")
            finally: os._exit(code)
        children.append(child)
    os.write(go, b"x" * 8)
    failed += sum(os.waitpid(child, 0)[1] != 0 for child in children)
print(failed)
"""
    command = [sys.executable, "-c", opening, str(folder), str(COUNT - 1)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ended = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (ended.stdout.strip(), ended.stderr) == ("0", "")


class Owner:
    """One process at work on the file, which can be killed: its lock goes, its file stays."""

    def __init__(self, path: Path) -> None:
        self.owners = Owners(path.with_name("owners"))
        self.store = Store(path, self.owners, "raise", clock=lambda: 0.0)
        self.alive = True

    def kill(self) -> None:
        if self.alive:
            self.alive = False
            self.store.close()
            self.owners.forget()


class Interleavings(RuleBasedStateMachine):
    """Any order of claims, finishes, releases and deaths, against a model of what must come out."""

    owners: Bundle[Owner] = Bundle("owners")
    keys = st.sampled_from(["a", "b", "c"])

    def __init__(self) -> None:
        super().__init__()
        # In memory where there is such a place: this is about order, not about disks.
        shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.TemporaryDirectory(dir=shm)
        self.path = Path(self.folder.name) / "runs.db"
        self.everyone: list[Owner] = []
        self.holding: dict[str, Owner] = {}
        self.done: dict[str, str] = {}
        self.doubts: dict[str, int] = {}

    @initialize(target=owners)
    def two(self) -> Any:
        return multiple(self._new(), self._new())

    @rule(target=owners)
    def another(self) -> Owner:
        return self._new()

    @rule(owner=owners, key=keys)
    def claim(self, owner: Owner, key: str) -> None:
        if not owner.alive or self.holding.get(key) is owner:
            return
        claimed = self._in_transaction(owner, lambda: owner.store.claim(key, "t"))
        holder = self.holding.get(key)
        if key in self.done:
            assert (claimed.state, claimed.reply) == ("done", self.done[key])
        elif holder and holder.alive:
            assert claimed.state == "busy"
            return
        else:
            assert claimed.state == "mine"
            self.doubts[key] = self.doubts.get(key, 0) + (holder is not None)
            self.holding[key] = owner
        assert claimed.repeats == self.doubts[key]

    @rule(key=keys)
    def finish(self, key: str) -> None:
        holder = self.holding.get(key)
        if holder and holder.alive:
            reply = f"reply of {holder.owners.me}"
            self._in_transaction(holder, lambda: holder.store.finish(key, reply))
            self.done[key] = reply
            del self.holding[key]

    @rule(key=keys, unsure=st.booleans())
    def release(self, key: str, unsure: bool) -> None:
        holder = self.holding.get(key)
        if holder and holder.alive:
            self._in_transaction(holder, lambda: holder.store.release(key, unsure))
            self.doubts[key] += unsure
            del self.holding[key]

    @rule(owner=consumes(owners))
    def kill(self, owner: Owner) -> None:
        owner.kill()

    @invariant()
    def stored_replies_stay(self) -> None:
        alive = [owner for owner in self.everyone if owner.alive]
        for key, reply in self.done.items():
            for owner in alive[:1]:
                row = owner.store._db.execute("SELECT reply, sha FROM calls WHERE key = ?", (key,))
                assert row.fetchone() == (reply, seal(key, reply))

    def teardown(self) -> None:
        for owner in self.everyone:
            owner.kill()
        self.folder.cleanup()

    def _new(self) -> Owner:
        self.everyone.append(Owner(self.path))
        return self.everyone[-1]

    def _in_transaction(self, owner: Owner, work: Any) -> Any:
        owner.store.begin()
        outcome = work()
        owner.store.commit()
        return outcome


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(max_examples=5 * COUNT, stateful_step_count=25)
