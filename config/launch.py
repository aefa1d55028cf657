"""What `./run COMMAND` does once the environment stands: database, web server and worker, tests, benchmarks, linters."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

from config import env
from config.database import BASE, EmbeddedServer, development_server

STARTED = float(os.environ.get("RUN_STARTED", time.monotonic()))  # the clock of ./run, which handed over to us
MANAGE = [sys.executable, str(BASE / "manage.py")]


def say(text: str) -> None:
    """Print one step of the start, with the seconds since it began."""
    print(f"[{time.monotonic() - STARTED:4.1f} s] {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Provide DATABASE_URL: the operator's own, or the embedded server's for as long as the block lasts."""
    if env.text("DATABASE_URL"):
        yield
        return
    if not env.flag("DEBUG"):
        raise env.Misconfigured("DATABASE_URL is not set. The embedded database is for development (DEBUG=1) only.")
    server = development_server()
    if not server.alive():
        say("Starting the embedded PostgreSQL")
    server.open()
    try:
        server.create_database("claimregister")
        os.environ["DATABASE_URL"] = server.url("claimregister")
        os.environ["EMBEDDED_DATA"] = str(server.data)
        yield
    finally:
        server.close()


# -- serve ----------------------------------------------------------------------------------------------------------


def serve(arguments: list[str]) -> int:
    """Prepare the database, start web server and worker, and keep them until Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also when started in a shell's background
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        with database():
            collect_static()
            prepare()
            port = free_port(env.number("PORT", 8000))
            address = f"http://localhost:{port}/"
            children = [start(web_command(port)), start([*MANAGE, "worker"])]
            try:
                wait_until_served(address, children)
                welcome(address)
                return watch(children)
            finally:
                stop(children)
    except KeyboardInterrupt:
        say("Stopped")
        return 0


def prepare() -> None:
    """Migrate, load reference data and (in development) the demo story, unless nothing changed since the last start."""
    mark = fingerprint()
    if prepared(mark):
        return
    say("Preparing the database (migrations, reference data, demo story)")
    if subprocess.run([*MANAGE, "prepare", "--mark", mark], check=False).returncode:
        raise env.Misconfigured("the database could not be prepared; the lines above say why.")


def collect_static() -> None:
    """Gather and compress the static files, which a production start serves from one folder, unless none changed."""
    if env.flag("DEBUG"):
        return
    total = hashlib.sha256((BASE / "requirements.lock").read_bytes())
    for path in sorted(path for path in BASE.glob("static/**/*") if path.is_file()):
        total.update(str(path.relative_to(BASE)).encode() + path.read_bytes())
    folder, stamp = BASE / "staticfiles", BASE / "staticfiles" / "stamp"
    if stamp.exists() and stamp.read_text() == total.hexdigest():
        return
    say("Gathering and compressing static files")
    shutil.rmtree(folder, ignore_errors=True)
    if subprocess.run([*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"], check=False).returncode:
        raise env.Misconfigured("the static files could not be gathered; the lines above say why.")
    stamp.write_text(total.hexdigest())


def fingerprint() -> str:
    """Return a hash over everything that `prepare` depends on: migrations, reference data, demo story, versions."""
    total = hashlib.sha256()
    places = [
        *BASE.glob("*/migrations/**/*"),
        *BASE.glob("fixtures/**/*"),
        BASE / "requirements.lock",
        *BASE.glob("*/models/*.py"),
    ]
    for path in sorted(p for p in places if p.is_file() and p.suffix != ".pyc"):
        total.update(str(path.relative_to(BASE)).encode() + path.read_bytes())
    total.update(env.text("DEMO", "1").encode())
    return total.hexdigest()


def prepared(mark: str) -> bool:
    """True when the database carries this mark."""
    import psycopg

    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=10) as connection:
            if connection.execute("select to_regclass('core_deployment')").fetchone() == (None,):
                return False
            return connection.execute("select 1 from core_deployment where mark = %s", [mark]).fetchone() is not None
    except psycopg.OperationalError as error:
        raise env.Misconfigured(f"the database named by DATABASE_URL does not answer: {error}") from None


def web_command(port: int) -> list[str]:
    """Return the web server's command, with the settings of config/gunicorn.py."""
    server = [sys.executable, "-m", "gunicorn", "--config", str(BASE / "config" / "gunicorn.py")]
    return [*server, "--bind", f"127.0.0.1:{port}", "config.wsgi"]


def free_port(wanted: int) -> int:
    """Return the wanted port, or the next one that is free, and say so."""
    for port in range(wanted, wanted + 20):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != wanted:
            say(f"Port {wanted} is taken; using {port} (PORT=… chooses another)")
        return port
    raise env.Misconfigured(f"ports {wanted} to {wanted + 19} are all taken. Choose another with PORT=…")


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a child that ends with us, even when we are killed."""
    return subprocess.Popen(command, cwd=BASE, preexec_fn=end_with_parent, start_new_session=True)  # noqa: PLW1509


def end_with_parent() -> None:
    """Ask Linux to end this process when its parent ends."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """End children: ask first, then insist."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children:
        child.terminate()
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def wait_until_served(address: str, children: list[subprocess.Popen[bytes]]) -> None:
    """Return when the web server answers; stop the start when a child ends first."""
    end = time.monotonic() + 60
    host = env.words("ALLOWED_HOSTS", ["localhost"])[0].lstrip(".*") or "localhost"
    asked = urllib.request.Request(address + "health", headers={"Host": host})  # noqa: S310  (our own http address)
    while time.monotonic() < end:
        if any(child.poll() is not None for child in children):
            raise env.Misconfigured("the web server or the worker stopped; the lines above say why.")
        try:
            with urllib.request.urlopen(asked, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise env.Misconfigured("the web server did not answer within a minute.")


def welcome(address: str) -> None:
    """Print where to go and who to be."""
    say(f"Claimregister is at {address}")
    if env.flag("DEBUG") and env.flag("DEMO", True):
        print(subprocess.run([*MANAGE, "demo_logins"], capture_output=True, text=True, check=False).stdout, flush=True)
    if env.text("EMBEDDED_DATA"):
        print(f"What is entered is kept in {env.text('EMBEDDED_DATA')}.")
    print("Ctrl-C stops it.", flush=True)


def watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait until a child ends by itself (a fault) or the user presses Ctrl-C."""
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    say("The web server or the worker ended; stopping the other.")
    return 1


# -- the other commands ---------------------------------------------------------------------------------------------


def manage(arguments: list[str]) -> int:
    """Run manage.py."""
    with database():
        return subprocess.run([*MANAGE, *arguments], check=False).returncode


# Whole screens, the code's own rules, and the program as an operator runs it: not collected for a quick run.
SLOW_FOLDERS = ("house", "identity", "journeys", "operation", "register", "soak")


def test(arguments: list[str]) -> int:
    """Run the tests on a throwaway server; `--quick` keeps to rules and the database, `--no-browser` leaves out journeys."""
    os.chdir(BASE)
    marks = []
    if "--quick" in arguments:
        marks = ["not slow", "not page", "not browser"]
        say("Quick: rules, actions and the database; slow tests, pages and browser journeys are left out")
    elif "--no-browser" in arguments:
        marks = ["not browser"]
        say("The browser journeys are left out (--no-browser)")
    options = [word for word in arguments if word not in ("--quick", "--no-browser")]
    if "--quick" in arguments and not any(word.startswith("tests") for word in options):
        options += [f"--ignore=tests/{folder}" for folder in SLOW_FOLDERS]
    if marks and "-m" not in options:
        options = ["-m", " and ".join(marks), *options]
    if "-n" not in options and not any(word.startswith("-n") for word in options):
        options = ["-n", str(min(4, os.cpu_count() or 1)), *options]
    with throwaway_database(ready=True):
        return subprocess.run([sys.executable, "-m", "pytest", *options], check=False).returncode


def ready_server(root: pathlib.Path, throwaway: bool = True) -> EmbeddedServer:
    """Return a server with a migrated database `ready`, which every test process copies.

    Migrating takes longer than many a test module; the server's files are kept in var/ and used again until something
    that shapes the database changes.
    """
    server = EmbeddedServer(root, throwaway=throwaway)
    kept = BASE / "var" / f"test-server-{server.data.name}-{fingerprint()[:16]}"
    if kept.exists():
        subprocess.run(["cp", "-a", str(kept), str(server.data)], check=True)
    else:
        say("Preparing the database that the tests copy")
        server.open().create_database("ready")
        here = {**os.environ, "DATABASE_URL": server.url("ready")}
        for command in ("migrate", "load_reference"):
            if subprocess.run([*MANAGE, command, "--verbosity", "0"], env=here, check=False).returncode:
                server.close()
                raise env.Misconfigured("the database could not be prepared; the lines above say why.")
        server.stop()
        for older in kept.parent.glob(f"test-server-{server.data.name}-*"):
            shutil.rmtree(older, ignore_errors=True)
        kept.parent.mkdir(exist_ok=True)
        new = kept.with_name(f"new-{os.getpid()}-{kept.name}")
        subprocess.run(["cp", "-a", str(server.data), str(new)], check=True)
        with contextlib.suppress(OSError):  # another run was first
            new.rename(kept)
        shutil.rmtree(new, ignore_errors=True)
    return server.open()


@contextlib.contextmanager
def throwaway_database(ready: bool = False) -> Iterator[None]:
    """Provide DATABASE_URL on a server that is removed afterwards (or the operator's TEST_DATABASE_URL)."""
    if env.text("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = env.text("TEST_DATABASE_URL")
        yield
        return
    root = pathlib.Path(f"/tmp/claimregister-test-{os.getuid()}-{os.getpid()}")
    server = ready_server(root) if ready else EmbeddedServer(root, throwaway=True).open()
    try:
        os.environ["DATABASE_URL"] = server.url()
        if ready:
            os.environ["TEST_DATABASE_TEMPLATE"] = "ready"
        yield
    finally:
        server.close()
        shutil.rmtree(root, ignore_errors=True)


def bench(arguments: list[str]) -> int:
    """Measure the promises of tests/benchmarks on a throwaway server."""
    os.chdir(BASE)
    with throwaway_database():
        return subprocess.run([sys.executable, "-m", "tests.benchmarks", *arguments], check=False).returncode


def soak(arguments: list[str]) -> int:
    """Run the long failure tests."""
    os.chdir(BASE)
    with throwaway_database():
        return subprocess.run([sys.executable, "-m", "tests.soak", *arguments], check=False).returncode


def lint(arguments: list[str]) -> int:
    """Run every check that is not a test; all of them, also when one fails."""
    os.chdir(BASE)
    tool = pathlib.Path(sys.executable).parent
    checks = [
        [str(tool / "ruff"), "format", "--check", "."],
        [str(tool / "ruff"), "check", "."],
        [str(tool / "mypy"), "."],
        [str(tool / "djlint"), "templates", "--lint", "--quiet"],
        [str(tool / "lint-imports"), "--no-cache"],
        [*MANAGE, "makemigrations", "--check", "--dry-run"],
        [*MANAGE, "translations", "--check"],
    ]
    failed = []
    with throwaway_database():
        for check in checks:
            name = " ".join(pathlib.Path(word).name for word in check[:3])
            say(name)
            if subprocess.run(check, check=False).returncode:
                failed.append(name)
    say("Failed: " + ", ".join(failed) if failed else "All checks pass")
    return 1 if failed else 0


def audit(arguments: list[str]) -> int:
    """Check the dependencies: locked with hashes, installed as locked, and no known weakness where a source answers."""
    from config.audit import audit as check

    return check()


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "serve": serve,
    "manage": manage,
    "test": test,
    "bench": bench,
    "soak": soak,
    "lint": lint,
    "audit": audit,
}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))
