"""Two web servers and two workers on one database, under load, while one after another is killed (-9) and started again.

People pay and freeze papers all the while. Whoever gets no answer presses the button again, once: nothing is recorded twice,
nothing that was said to be done is gone, every paper that was asked for is frozen once and whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import http.cookiejar
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from config.database import BASE, EmbeddedServer
from config.launch import MANAGE, web_command
from tests.soak.kills import PASSWORD, free_port, running, value_of

TARGETS = ("web-1", "worker-1", "postgres", "web-2", "worker-2")
PAYERS, FREEZERS, PAPERS = 4, 2, 150
PATIENCE = 240
LOST = (OSError, urllib.error.URLError, http.client.HTTPException)


@dataclass
class Outcome:
    """What happened: kills by target, what people did, and how often they had to press again."""

    kills: Counter[str] = field(default_factory=Counter)
    paid: list[str] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)
    again: Counter[int] = field(default_factory=Counter)
    slowest: float = 0
    seconds: float = 0

    def __str__(self) -> str:
        killed = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        pressed = ", ".join(f"{count} forms {times} times again" for times, count in sorted(self.again.items()))
        return (
            f"{sum(self.kills.values())} kills in {self.seconds:.0f} s ({killed}); {len(self.paid)} payments and {len(self.frozen)} "
            f"frozen papers, each there once and whole, check_ledger clean; pressed: {pressed}; the longest wait {self.slowest:.1f} s"
        )


class Person:
    """A browser's session that any web server serves; presses again when there is no answer."""

    def __init__(self, site: Machines, username: str) -> None:
        self.site = site
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))
        self.send("/sign-in/", lambda _page: {"username": username, "password": PASSWORD})

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """Ask the next server that is ready, as a balancer does; return the address one is led to and the page."""
        port = self.site.ready_port()
        body = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", body, {"Referer": f"http://127.0.0.1:{port}/"}
        )
        with self.browser.open(request, timeout=60) as answer:
            return urllib.parse.urlsplit(answer.geturl()).path, answer.read().decode()

    def page(self, path: str) -> str:
        """Read a page; reading again harms nobody and is not counted."""
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(*LOST):
                return self.ask(path)[1]
            assert time.monotonic() < end, f"{path} is not shown: {self.site.state()}"
            time.sleep(0.2)

    def send(self, path: str, fill: Callable[[str], dict[str, str]]) -> tuple[str, int]:
        """Fill a form in and press its button; without an answer press it again, the same form. Returns where it led, and how often."""
        page = self.page(path)
        form = fill(page) | {"csrfmiddlewaretoken": value_of("csrfmiddlewaretoken", page)}
        if 'name="form_token"' in page:
            form["form_token"] = value_of("form_token", page)
        for again in itertools.count():
            try:
                return self.ask(path, form)[0], again
            except urllib.error.HTTPError as error:
                said = error.read().decode(errors="replace")
                assert error.code >= 500, f"{path} answers {error.code}: {said[:3000]}"
            except LOST:
                pass
            assert again < 5, f"{path}: no answer, again and again; {self.site.state()}"
        raise AssertionError("unreachable")


class Machines:
    """A database server, two web servers and two workers."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.server, self.ports = server, {"web-1": free_port(), "web-2": free_port()}
        self.env = os.environ | {
            "DATABASE_URL": server.url("ready"),
            "DEBUG": "1",
            "READY_NEEDS_WORKER": "0",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        }
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.turns = itertools.count()

    def prepare(self) -> None:
        """Put in the database people who can sign in, commitments to pay on and papers to freeze."""
        made = [sys.executable, "-m", "tests.soak.prepare", str(PAPERS)]
        subprocess.run(made, env=self.env, cwd=BASE, check=True)

    def start(self) -> None:
        """Start what does not run."""
        commands = {name: web_command(port) for name, port in self.ports.items()}
        commands |= {f"worker-{number}": [*MANAGE, "worker", "--jobs", "1"] for number in (1, 2)}
        for name, command in commands.items():
            if name not in self.children or self.children[name].poll() is not None:
                self.children[name] = subprocess.Popen(
                    command, cwd=BASE, env=self.env, start_new_session=True, stderr=subprocess.DEVNULL
                )

    def kill(self, target: str) -> None:
        """Kill without a chance to tidy up."""
        if target == "postgres":
            for pid in self.server._processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return
        os.killpg(self.children[target].pid, signal.SIGKILL)
        self.children[target].wait()

    def stop(self) -> None:
        """End everything."""
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def ready_port(self) -> int:
        """Return the port of the next web server that is ready."""
        end, plain = time.monotonic() + PATIENCE, urllib.request.build_opener(urllib.request.ProxyHandler({}))
        ports = list(self.ports.values())
        while True:
            port = ports[next(self.turns) % len(ports)]
            with contextlib.suppress(*LOST), plain.open(f"http://127.0.0.1:{port}/health/ready", timeout=10):
                return port
            assert time.monotonic() < end, f"no web server is ready: {self.state()}"
            time.sleep(0.1)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with psycopg.connect(self.server.url("ready"), autocommit=True, connect_timeout=10) as connection:
            return connection.execute(sql.encode()).fetchall()

    def state(self) -> str:
        """Say what runs, for somebody who must find out why."""
        return f"ended: { {name: child.poll() for name, child in self.children.items()} }"


def soak(kills: int, say: Callable[[str], object], seed: int = 8, pause: float = 8.0) -> Outcome:
    """Kill as often as asked while people work. Raises AssertionError when anything is lost, doubled or half done."""
    outcome, chance, began = Outcome(), random.Random(seed), time.perf_counter()
    stop, wrong = threading.Event(), []
    with running(Machines) as site:
        papers = [
            str(row[0])
            for row in site.rows("select public_id from claims_claim where title like 'Papier %' order by id")
        ]
        left = iter(papers)
        lines = site.rows(
            "select c.reference, k.public_id, k.number, e.id from claims_commitment k join claims_claimline l on l.id = k.line_id "
            "join claims_claim c on c.id = l.claim_id, claims_envelope e where e.name = 'Duurproef' order by k.id"
        )

        def work(act: Callable[[Person, int], None], person: Person, number: int) -> None:
            try:
                for turn in itertools.count():
                    if stop.is_set():
                        return
                    started = time.perf_counter()
                    act(person, number * 1_000_000 + turn)
                    outcome.slowest = max(outcome.slowest, time.perf_counter() - started)
            except BaseException as error:
                wrong.append(error)
                stop.set()

        def pay(person: Person, turn: int) -> None:
            reference, commitment, _number, envelope = lines[turn % len(lines)]
            voucher = f"M-{turn}"
            filled = {
                "kind": "payment",
                "amount": "1,00",
                "paid_on": "02-03-2026",
                "envelope": str(envelope),
                "voucher": voucher,
            }
            led, again = person.send(f"/claims/{reference}/money/{commitment}/pay/", lambda _page: filled)
            assert led == f"/claims/{reference}/money/{commitment}/", led
            outcome.paid.append(voucher)
            outcome.again[again] += 1

        def freeze(person: Person, turn: int) -> None:
            subject = next(left, None)
            if subject is None:
                time.sleep(1)
                return
            path = f"/claims/frozen/new/cw31/{subject}/"
            led, again = person.send(path, lambda page: {"seen": value_of("seen", page)})
            assert led.startswith("/claims/frozen/"), led
            outcome.frozen.append(subject)
            outcome.again[again] += 1
            time.sleep(1)  # what the workers can make on this machine

        at_work = [(pay, Person(site, "soak-bookkeeper"), number) for number in range(PAYERS)]
        at_work += [(freeze, Person(site, "soak-officer"), number) for number in range(FREEZERS)]
        threads = [threading.Thread(target=work, args=given) for given in at_work]
        for thread in threads:
            thread.start()
        for number in range(kills):
            if stop.wait(chance.uniform(pause / 2, pause * 1.5)):
                break
            target = TARGETS[number % len(TARGETS)]
            site.kill(target)
            time.sleep(chance.uniform(0.2, 2))
            site.server.open()
            site.start()
            outcome.kills[target] += 1
            say(
                f"kill {number + 1} of {kills}: {target}; {len(outcome.paid)} payments, {len(outcome.frozen)} papers asked for"
            )
        stop.wait(pause)
        stop.set()
        for thread in threads:
            thread.join()
        assert not wrong, wrong
        _check(site, outcome, say)
    outcome.seconds = time.perf_counter() - began
    return outcome


def _check(site: Machines, outcome: Outcome, say: Callable[[str], object]) -> None:
    """Hold what people were told against what is recorded."""
    end = time.monotonic() + PATIENCE
    while site.rows("select 1 from claims_freezing where state = 'waiting' limit 1"):
        assert time.monotonic() < end, site.rows("select status, task_name, attempts from procrastinate_jobs")
        time.sleep(1)
    failed = site.rows("select subject, message from claims_freezing where state = 'failed'")
    say(f"papers that the worker gave up on: {len(failed)} {failed[:2]}")
    assert not failed, failed
    assert max(outcome.again) <= 1, outcome.again
    vouchers = Counter(row[0] for row in site.rows("select voucher from claims_payment where voucher like 'M-%'"))
    assert vouchers == Counter(outcome.paid)
    papers = Counter(str(row[0]) for row in site.rows("select subject from claims_frozenpaper"))
    assert papers == Counter(outcome.frozen)
    files = site.rows("select paper_id, format, digest, content from claims_frozenfile")
    assert len(files) == 3 * len(outcome.frozen)
    assert all(hashlib.sha256(content).hexdigest() == digest for _paper, _format, digest, content in files)
    subprocess.run([*MANAGE, "check_ledger"], env=site.env, cwd=BASE, check=True, stdout=subprocess.DEVNULL)
