"""The embedded database survives what happens to a developer's machine."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from config.database import EmbeddedServer

pytestmark = pytest.mark.slow


@pytest.fixture
def root() -> Iterator[pathlib.Path]:
    """A folder of our own with a short path: a socket's path has few letters."""
    path = pathlib.Path(f"/tmp/cr-db-{os.getpid()}-{time.monotonic_ns() % 10**6}")
    yield path
    server = EmbeddedServer(path)
    server.stop()
    shutil.rmtree(server.root, ignore_errors=True)
    shutil.rmtree(path, ignore_errors=True)


def count(server: EmbeddedServer) -> int:
    with psycopg.connect(server.url("data")) as connection:
        row = connection.execute("select count(*) from entered").fetchone()
        return int(row[0]) if row else -1


def enter(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url("data")) as connection:
        connection.execute("insert into entered default values")


@pytest.fixture
def server(root: pathlib.Path) -> Iterator[EmbeddedServer]:
    opened = EmbeddedServer(root).open()
    opened.create_database("data")
    with psycopg.connect(opened.url("data")) as connection:
        connection.execute("create table entered (id serial)")
    enter(opened)
    yield opened
    if opened._users is not None:
        opened._users.close()


def test_what_was_entered_is_there_after_a_stop_and_a_start(server: EmbeddedServer, root: pathlib.Path) -> None:
    server.close()
    assert not server.alive()
    again = EmbeddedServer(root).open()
    assert count(again) == 1
    again.close()


def kill(server: EmbeddedServer) -> None:
    """Kill every process of the server at once, as a power cut would."""
    pids = server._processes()
    assert pids
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):  # it went with the one before
            os.kill(pid, signal.SIGKILL)


def test_a_killed_server_starts_again_with_its_data(server: EmbeddedServer, root: pathlib.Path) -> None:
    for kills in range(3):
        kill(server)
        again = EmbeddedServer(root).open()
        assert count(again) == 1 + kills
        enter(again)
        again._users.close()


@pytest.mark.parametrize("owner", ["somebody else", "ourselves"])
def test_a_pid_that_was_given_to_another_process_misleads_nobody(
    server: EmbeddedServer, root: pathlib.Path, owner: str
) -> None:
    kill(server)
    identity = server._identity if owner == "ourselves" else {}
    other = subprocess.Popen(["sleep", "60"], cwd="/", **identity)
    try:
        for name in (server.data / "postmaster.pid", server.socket / ".s.PGSQL.5432.lock"):
            lines = name.read_text().splitlines()
            name.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        again = EmbeddedServer(root).open()
        assert count(again) == 1
        again.close()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_two_starts_at_once_share_one_server(root: pathlib.Path) -> None:
    servers: list[EmbeddedServer] = []
    threads = [threading.Thread(target=lambda: servers.append(EmbeddedServer(root).open())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(servers) == 4
    for server in servers[:-1]:
        server.close()
        assert server.alive(), "somebody still works with it"
    servers[-1].close()
    assert not servers[-1].alive()


def test_a_process_that_is_killed_does_not_keep_the_next_from_stopping_the_server(root: pathlib.Path) -> None:
    script = f"import pathlib, time; from config.database import EmbeddedServer; EmbeddedServer(pathlib.Path({str(root)!r})).open(); print('up', flush=True); time.sleep(60)"
    user = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert user.stdout is not None
    assert user.stdout.readline() == "up\n"
    user.kill()
    user.wait()
    user.stdout.close()
    server = EmbeddedServer(root).open()
    server.close()
    assert not server.alive()


def test_only_the_owner_can_reach_the_server(server: EmbeddedServer) -> None:
    assert server.root.stat().st_mode & 0o077 == 0
    assert server.socket.stat().st_mode & 0o077 == 0
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    server.close()


def test_a_throwaway_server_leaves_nothing_behind(root: pathlib.Path) -> None:
    server = EmbeddedServer(root, throwaway=True).open()
    assert server.alive()
    server.close()
    assert not server.root.exists()
