"""Web process, worker and PostgreSQL killed (-9) during imports from the books: all or nothing each time.

Everything runs as in production: a web server and a worker of their own, over a database server that writes its log before it
answers. After each kill what fell is started again, and the same file is taken in to its end: once.
"""

from __future__ import annotations

import contextlib
import http.client
import http.cookiejar
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import psycopg

from config.database import BASE, EmbeddedServer
from config.launch import MANAGE, ready_server, web_command

PASSWORD = "claimregister-soak"
TARGETS = ("worker", "postgres", "web")
DIRECT, LARGE = 4_000, 8_000  # rows: the first in the request, the second in the worker
PATIENCE = 120  # seconds within which everything must answer again
HEADING = "Voucher number;Commitment number;Kind;Amount (EUR);Paid on;Booked on"


@dataclass
class Outcome:
    """What was found after each kill: by what was killed, whether nothing or all of the file was recorded."""

    kills: int = 0
    found: Counter[str] = field(default_factory=Counter)
    seconds: float = 0

    def __str__(self) -> str:
        told = ", ".join(f"{name}: {count}" for name, count in sorted(self.found.items()))
        return (
            f"{self.kills} kills in {self.seconds:.0f} s, all or nothing each time ({told}); every file was taken in once "
            "afterwards, check_ledger clean each time"
        )


def soak(kills: int, say: Callable[[str], object], seed: int = 4) -> Outcome:
    """Kill as often as asked. Raises AssertionError when a file is half recorded, or its stands are not sums."""
    outcome, chance, began = Outcome(), random.Random(seed), time.perf_counter()
    with running(Site) as site:
        site.sign_in()
        spans = {rows: site.take_in_whole(rows) for rows in (DIRECT, LARGE)}
        say(f"an import alone: {spans[DIRECT]:.1f} s in the request, {spans[LARGE]:.1f} s in the worker")
        for number in range(kills):
            target = TARGETS[number % len(TARGETS)]
            rows = {"worker": LARGE, "web": DIRECT}.get(target) or (DIRECT, LARGE)[number // len(TARGETS) % 2]
            kept = site.add(rows)
            sending = threading.Thread(target=site.take_in, args=(kept, site.look(kept)))
            sending.start()
            time.sleep(chance.uniform(0, spans[rows] * 2))
            site.kill(target)
            sending.join()
            site.mend()
            found = site.held_whole(kept)
            outcome.kills += 1
            outcome.found[f"{target} killed, {'all' if found else 'nothing'} recorded"] += 1
            site.finish(kept)
            say(f"kill {number + 1} of {kills}: {target}, {'all' if found else 'nothing'} of {rows} rows recorded")
    outcome.seconds = time.perf_counter() - began
    return outcome


@dataclass(frozen=True)
class Kept:
    """A file that was added: its address, its rows, and how its vouchers begin."""

    path: str
    rows: int
    prefix: str

    @property
    def public_id(self) -> str:
        """The file's public id."""
        return self.path.rstrip("/").rsplit("/", 1)[1]


class Site:
    """A database server, a web server and a worker of their own, and a browser's session with them."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.server, self.port, self.files = server, free_port(), 0
        self.env = os.environ | {
            "DATABASE_URL": server.url("ready"),
            "DEBUG": "1",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        }
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))

    # -- processes ----------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Put in the database what the imports need."""
        subprocess.run([sys.executable, "-m", "tests.soak.prepare"], env=self.env, cwd=BASE, check=True)

    def start(self) -> None:
        """Start the web server and the worker where they do not run, and wait until the site answers."""
        commands = {"web": web_command(self.port), "worker": [*MANAGE, "worker"]}
        for name, command in commands.items():
            if name not in self.children or self.children[name].poll() is not None:
                self.children[name] = subprocess.Popen(
                    command, cwd=BASE, env=self.env, start_new_session=True, stderr=subprocess.DEVNULL
                )
        self.until(lambda: self.get("/health"), "the web server answers")

    def kill(self, target: str) -> None:
        """Kill without a chance to tidy up."""
        if target == "postgres":
            for pid in self.server._processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        else:
            child = self.children[target]
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def mend(self) -> None:
        """Start again what fell, with what fell because of it."""
        self.server.open()
        self.until(lambda: self.ask("select 1") == (1,), "the database answers")
        self.start()

    def stop(self) -> None:
        """End everything."""
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    # -- the browser --------------------------------------------------------------------------------------------------

    def get(self, path: str) -> str:
        """Return a page."""
        with self.browser.open(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            text: str = answer.read().decode()
            return text

    def post(self, path: str, fields: dict[str, str], file: bytes = b"") -> str:
        """Send a form of a page as a browser does; return the address it leads to."""
        if "csrfmiddlewaretoken" not in fields:
            fields = fields | {"csrfmiddlewaretoken": value_of("csrfmiddlewaretoken", self.get(path))}
        values = fields
        boundary = "----soak"
        parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}' for k, v in values.items()]
        body = "\r\n".join(parts).encode()
        if file:
            head = f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="soak.csv"\r\n\r\n'
            body += head.encode() + file
        body += f"\r\n--{boundary}--\r\n".encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            body,
            {"Content-Type": f"multipart/form-data; boundary={boundary}", "Referer": f"http://127.0.0.1:{self.port}"},
        )
        with self.browser.open(request, timeout=60) as answer:
            answer.read()
            return urllib.parse.urlsplit(answer.geturl()).path

    def sign_in(self) -> None:
        """Sign the financial officer in; the session outlives the processes."""
        self.post("/sign-in/", {"username": "soak-bookkeeper", "password": PASSWORD})

    # -- files --------------------------------------------------------------------------------------------------------

    def add(self, rows: int) -> Kept:
        """Add a new file of so many payments; together they pass the limits of the envelope and of each commitment."""
        self.files += 1
        prefix = f"S{self.files:03d}-"
        lines = [
            f"{prefix}{row:05d};SOAK-{row % 8 + 1};{'advance' if row % 3 else 'payment'};100,00;02-03-2026;02-03-2026"
            for row in range(rows)
        ]
        content = "\r\n".join((HEADING, *lines)).encode()
        return Kept(self.post("/claims/books/", {}, file=content), rows, prefix)

    def look(self, kept: Kept) -> dict[str, str]:
        """Wait until the file's page says what it would do; return the form by which it is taken in, if it is not yet."""
        form: dict[str, str] = {}

        def shown() -> bool:
            if self.held_whole(kept, check=False):  # it was taken in meanwhile: there is nothing to agree to any more
                return True
            page = self.get(kept.path)
            if 'name="mark"' in page:
                form.update({name: value_of(name, page) for name in ("mark", "csrfmiddlewaretoken")})
            elif self.failed(kept):
                self.post(kept.path, {"look": "1"})
            return bool(form)

        self.until(shown, "the file is looked at")
        return form

    def take_in(self, kept: Kept, form: dict[str, str]) -> None:
        """Press the button; what happens to the answer when something is killed is no matter."""
        with contextlib.suppress(OSError, urllib.error.URLError, http.client.HTTPException):
            self.post(f"{kept.path}take-in/", form)

    def take_in_whole(self, rows: int) -> float:
        """Take a file in without killing anything; return the seconds from the button to the end."""
        kept = self.add(rows)
        form = self.look(kept)
        began = time.perf_counter()
        self.take_in(kept, form)
        self.until(lambda: self.held_whole(kept, check=False), "an import ends")
        return time.perf_counter() - began

    def finish(self, kept: Kept) -> None:
        """Take the file in to its end: exactly once."""

        def taken() -> bool:
            if self.held_whole(kept, check=False):
                return True
            self.retry_stalled()
            if self.busy(kept):
                return False
            form = self.look(kept)
            if form:
                self.take_in(kept, form)
            return False

        self.until(taken, "the file is taken in after all")
        assert self.held_whole(kept)

    # -- the database -------------------------------------------------------------------------------------------------

    def ask(self, sql: str, *given: object) -> tuple[object, ...]:
        """Ask the database one row; nothing while it does not answer."""
        try:
            with psycopg.connect(self.server.url("ready"), autocommit=True, connect_timeout=5) as connection:
                return connection.execute(sql.encode(), given or None).fetchone() or ()
        except psycopg.OperationalError:
            return ()

    def held_whole(self, kept: Kept, *, check: bool = True) -> bool:
        """Tell whether all of the file is recorded, or nothing; anything between, or stands that are no sums, is refused."""
        answer = self.ask(HELD, kept.prefix + "%", kept.prefix + "%", kept.public_id)
        assert answer, "the database does not answer"
        payments, deviations, taken_in = answer
        assert (payments, bool(deviations), taken_in) in ((0, False, False), (kept.rows, True, True)), answer
        if check:
            subprocess.run([*MANAGE, "check_ledger"], env=self.env, cwd=BASE, check=True, stdout=subprocess.DEVNULL)
        return bool(taken_in)

    def busy(self, kept: Kept) -> bool:
        """Tell whether the worker has the file in hand."""
        return bool(self.ask(WORKS, kept.public_id, ["waiting", "reading", "booking"]))

    def failed(self, kept: Kept) -> bool:
        """Tell whether the worker gave up on the file."""
        return bool(self.ask(WORKS, kept.public_id, ["failed"])) and not self.busy(kept)

    def retry_stalled(self) -> None:
        """Do at once what the worker's housekeeping does each minute: give jobs of a dead worker to the next."""
        self.ask(STALLED)

    def state(self) -> str:
        """Say what runs and what waits, for somebody who must find out why."""
        ended = {name: child.poll() for name, child in self.children.items()}
        return f"ended: {ended}; jobs, workers and works: {self.ask(STATE)}"

    def until(self, done: Callable[[], object], what: str) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError, urllib.error.URLError, http.client.HTTPException):
                if done():
                    return
            assert time.monotonic() < end, f"not within {PATIENCE} s: {what}; {self.state()}"
            time.sleep(0.2)


HELD = """
    select (select count(*) from claims_payment where voucher like %s),
           (select count(*) from claims_deviation where voucher like %s),
           (select taken_in from claims_booksfile where public_id = %s)
"""
WORKS = """
    select 1 from claims_bookswork w join claims_booksfile f on f.id = w.file_id
     where f.public_id = %s and w.state = any(%s) and w.id = (select max(id) from claims_bookswork where file_id = f.id)
"""
STATE = """
    select (select json_agg(to_jsonb(j)) from procrastinate_jobs j where task_name = 'work_on_books'),
           (select json_agg(to_jsonb(w)) from procrastinate_workers w),
           (select json_agg(to_jsonb(b) - 'outcome') from (select * from claims_bookswork order by id desc limit 2) b),
           (select json_agg(json_build_array(state, wait_event, query)) from pg_stat_activity where datname = 'ready')
"""
STALLED = """
    select count(procrastinate_retry_job_v1(j.id, now(), null, null, null)) from procrastinate_jobs j
      left join procrastinate_workers w on w.id = j.worker_id
     where j.status = 'doing' and (w.id is null or w.last_heartbeat < now() - interval '12 seconds')
"""


def value_of(name: str, page: str) -> str:
    """Return the value of a field on a page."""
    found = re.search(f'name="{name}" value="([^"]+)"', page)
    assert found, f"the page has no {name}"
    return found[1]


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


class Stoppable(Protocol):
    """A place that is prepared, started and stopped."""

    def prepare(self) -> None:
        """Fill the database."""

    def start(self) -> None:
        """Start the processes."""

    def stop(self) -> None:
        """Stop the processes."""


Place = TypeVar("Place", bound=Stoppable)


@contextlib.contextmanager
def running(place: Callable[[EmbeddedServer], Place]) -> Iterator[Place]:
    """Provide a place over a database server of its own for as long as the block lasts; nothing of it stays."""
    server = ready_server(pathlib.Path(f"/tmp/claimregister-soak-{os.getpid()}"), throwaway=False)
    site = place(server)
    try:
        site.prepare()
        site.start()
        yield site
    finally:
        site.stop()
        server.close()
        for folder in {server.root, server.socket}:
            shutil.rmtree(folder, ignore_errors=True)
