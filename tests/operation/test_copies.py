"""Copies: whole, of one moment, refused when a single byte is wrong, and back in an empty database with the same hashes."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from core.copies import archive
from core.copies.archive import Manifest, Reader, Unreadable, Writer
from tests.operation.conftest import address, run, server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HASHES = "select id, encode(sha256(content), 'hex'), digest from claims_frozenfile order by id"


@pytest.fixture(scope="module")
def copied(full: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A copy that was made while others wrote."""
    path = tmp_path_factory.mktemp("copies") / "register.tar"
    stop, writes = threading.Event(), 0

    def write() -> None:
        nonlocal writes
        with server(full) as own:
            while not stop.is_set():
                own.execute("insert into core_event (at, kind, subject, data) values (now(), 'a', 'x', '{}')")
                own.execute("insert into core_event (at, kind, subject, data) values (now(), 'b', 'x', '{}')")
                writes += 1

    with django_db_blocker.unblock():
        writers = [threading.Thread(target=write) for _number in range(2)]
        for writer in writers:
            writer.start()
        made = run(address(full), "backup", str(path))
        stop.set()
        for writer in writers:
            writer.join()
    assert not made.returncode, made.stderr
    assert "3 frozen files" in made.stdout
    with Reader(path) as reader:
        assert f"sha256 {reader.sha256}" in made.stdout
    assert writes > 20, "nobody wrote meanwhile"
    assert os.stat(path).st_mode & 0o077 == 0
    assert os.listdir(path.parent) == ["register.tar"]
    return path


def test_a_copy_comes_back_with_the_same_rows_hashes_and_stands(full: str, copied: Path, new_database: Any) -> None:
    name = new_database()
    with server(name) as own:  # what a restore that was killed leaves: it is begun anew
        own.execute("create table claimregister_restoring ()")
        own.execute("create table half (id int)")
    came = run(address(name), "restore", str(copied))
    assert not came.returncode, came.stderr
    assert "the ledger is sound" in came.stdout
    with server(name) as own:
        left = own.execute("select to_regclass('half'), to_regclass('claimregister_restoring')").fetchone()
        assert left == (None, None)
    with server(full) as old, server(name) as new, Reader(copied) as reader:
        files = new.execute(HASHES).fetchall()
        assert files == old.execute(HASHES).fetchall()
        assert len(files) == 3
        assert all(true == said for _key, true, said in files)
        for table, rows in reader.manifest.rows.items():
            count = new.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
            assert count == (rows,), table
        for table in (
            "claims_payment",
            "claims_step",
            "claims_envelopetotal",
            "claims_claimevent",
            "pghistory_context",
        ):
            query = sql.SQL("select md5(string_agg(t::text, ',' order by t::text)) from {} t").format(
                sql.Identifier(table)
            )
            assert new.execute(query).fetchone() == old.execute(query).fetchone(), table
        disabled = "select count(*) from pg_trigger where tgenabled = 'D'"
        assert new.execute(disabled).fetchone() == (0,)
        with pytest.raises(psycopg.errors.CheckViolation):
            new.execute("delete from claims_step")
        # sequences stand where they stood: a new row finds a number that is free
        new.execute("insert into core_event (at, kind, subject, data) values (now(), 'c', 'x', '{}')")
        new.execute("insert into procrastinate_workers default values")
    assert not run(address(name), "check_ledger").returncode
    again = run(address(name), "restore", str(copied))
    assert "The database is not empty" in again.stderr
    assert not run(address(name), "check_ledger").returncode


def test_a_copy_is_of_one_moment(copied: Path) -> None:
    """A writer wrote a and b in turn: the copy has as many of both, but for what each of two writers was about to write."""
    with Reader(copied) as reader:
        rows = b"".join(reader.rows("core_event"))
    assert abs(rows.count(b"\ta\tx\t") - rows.count(b"\tb\tx\t")) <= 2


def test_tar_lists_the_parts_and_no_session_is_kept(copied: Path) -> None:
    with tarfile.open(copied) as tar:
        names = tar.getnames()
    assert "manifest.json" in names
    assert "parts/claims_payment/000001.gz" in names
    assert not [name for name in names if "session" in name]


# -- damage ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.tar"
    with Writer(path, Manifest("1", "2026", "18", [("core", "0001_initial")])) as writer:
        writer.manifest.columns["t"], writer.manifest.rows["t"] = ["id"], 2
        writer.add("t", 1, b"1\n2\n")
    return path


@settings(max_examples=300, deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_single_byte_can_change_unnoticed(small: Path, where: float, bit: int) -> None:
    content = bytearray(small.read_bytes())
    content[int(where * len(content))] ^= 1 << bit
    damaged = small.with_name("damaged.tar")
    damaged.write_bytes(content)
    with pytest.raises(Unreadable):
        Reader(damaged)


@settings(max_examples=100, deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), more=st.binary(max_size=3))
def test_a_copy_that_is_cut_short_or_longer_is_refused(small: Path, where: float, more: bytes) -> None:
    content = small.read_bytes()
    damaged = small.with_name("cut.tar")
    damaged.write_bytes(content[: int(where * len(content))] + more)
    with pytest.raises(Unreadable):
        Reader(damaged)
    damaged.write_bytes(content + more + b"\n")
    with pytest.raises(Unreadable):
        Reader(damaged)


def test_a_damaged_copy_touches_no_database(copied: Path, new_database: Any, tmp_path: Path) -> None:
    damaged, name = tmp_path / "damaged.tar", new_database()
    content = bytearray(copied.read_bytes())
    content[len(content) // 3] ^= 1
    damaged.write_bytes(content)
    came = run(address(name), "restore", str(damaged))
    assert came.returncode
    assert "is damaged" in came.stderr
    assert "Traceback" not in came.stderr
    assert tables(name) == 0


def tables(name: str) -> int:
    with server(name) as own:
        row = own.execute(
            "select count(*) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        ).fetchone()
    return int(row[0]) if row else -1


def remade(copied: Path, path: Path, change: Any) -> Path:
    """The same copy with a changed manifest or rows, sealed anew: what a damaged disk cannot make, a careless hand can."""
    with Reader(copied) as reader:
        told = reader.manifest
        with Writer(path, Manifest(told.program, told.made_at, told.server, list(told.migrations))) as writer:
            made = writer.manifest
            made.columns, made.rows, made.sequences = told.columns, dict(told.rows), told.sequences
            made.sealed = told.sealed
            for table in told.columns:
                rows = b"".join(reader.rows(table))
                rows = change(table, rows, made)
                if rows:
                    writer.add(table, 1, rows)
    return path


def test_a_copy_of_a_newer_program_is_refused(copied: Path, new_database: Any, tmp_path: Path) -> None:
    def newer(table: str, rows: bytes, made: Manifest) -> bytes:
        if ("claims", "9999_later") not in made.migrations:
            made.migrations.append(("claims", "9999_later"))
        return rows

    name = new_database()
    came = run(address(name), "restore", str(remade(copied, tmp_path / "newer.tar", newer)))
    assert "made by a newer program" in came.stderr
    assert "claims 9999_later" in came.stderr
    assert tables(name) == 0


# The tables are there already: making them takes most of a minute, and other tests do.
INTO_TABLES = """
import sys, django
django.setup()
from django.core.management import CommandError, call_command
from core.copies import into
into._require_empty = into._make_tables = lambda *_reader: None
try:
    call_command("restore", sys.argv[1])
except CommandError as error:
    sys.exit(str(error))
"""


def test_rows_that_do_not_add_up_leave_the_database_empty(
    copied: Path, migrated: str, new_database: Any, tmp_path: Path
) -> None:
    def change(name: str, rows: bytes, made: Manifest) -> bytes:
        return rows.replace(b"\t123.45\t", b"\t123.46\t", 1) if name == "claims_payment" else rows

    name = new_database(migrated)
    came = run(address(name), "-c", INTO_TABLES, str(remade(copied, tmp_path / "wrong.tar", change)))
    assert came.returncode
    assert "Nothing was restored. The ledger is not sound" in came.stderr
    assert "Traceback" not in came.stderr
    assert tables(name) == 0


def test_a_copy_of_an_older_program_is_brought_up_to_date(
    copied: Path, full: str, new_database: Any, tmp_path: Path
) -> None:
    """An older database: without the newest migration of a floor, if it can be taken back."""
    name = new_database(full)
    back = run(address(name), "migrate", "reporting", "zero")
    assert not back.returncode, back.stderr
    older, target = tmp_path / "older.tar", new_database()
    assert not run(address(name), "backup", str(older)).returncode
    came = run(address(target), "restore", str(older))
    assert not came.returncode, came.stderr
    with server(target) as own:
        applied = own.execute("select count(*) from django_migrations").fetchone()
    with server(full) as own:
        assert applied == own.execute("select count(*) from django_migrations").fetchone()


# -- room on the disk -----------------------------------------------------------------------------------------------


def test_a_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = 100_000

    def write(self: Any, data: bytes) -> int:
        nonlocal left
        left -= len(data)
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.hash.update(data)
        return int(self.file.write(data))

    monkeypatch.setattr(archive._Hashed, "write", write)

    def copy() -> None:
        with Writer(tmp_path / "c.tar", Manifest("1", "2", "3", [])) as writer:
            for number in range(10):
                writer.add("t", number, os.urandom(50_000))

    with pytest.raises(OSError, match="No space"):
        copy()
    assert not list(tmp_path.iterdir())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for half a megabyte, where one may mount."""
    import subprocess

    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], capture_output=True, check=False
    ).returncode:
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_leaves_nothing_and_says_so(full: str, small_disk: Path) -> None:
    filler = small_disk / "filler"
    with contextlib.suppress(OSError):
        filler.write_bytes(bytes(400_000))
    made = run(address(full), "backup", str(small_disk / "c.tar"))
    assert "No copy was made: " in made.stderr
    assert "No space left" in made.stderr
    assert "Traceback" not in made.stderr
    assert os.listdir(small_disk) == ["filler"]


def test_a_copy_is_never_written_over_another(copied: Path, full: str) -> None:
    before = copied.read_bytes()
    made = run(address(full), "backup", str(copied))
    assert "is there already" in made.stderr
    assert copied.read_bytes() == before


def test_a_folder_names_the_copy_by_its_moment_and_check_touches_nothing(full: str, tmp_path: Path) -> None:
    assert not run(address(full), "backup", str(tmp_path)).returncode
    (made,) = tmp_path.glob("claimregister-*Z.tar")
    checked = run(address("no_such_database"), "restore", "--check", str(made))
    assert not checked.returncode, checked.stderr
    assert "sha256" in checked.stdout
    shutil.rmtree(tmp_path)


def test_a_file_that_is_no_copy_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"hello")
    assert (
        "not a copy of Claimregister" in run(address("nothing"), "restore", "--check", str(tmp_path / "x.tar")).stderr
    )
