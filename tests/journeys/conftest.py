"""A real browser, a real web server, a real worker: what journeys stand on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop; our queries are plain

AXE = (settings.BASE_DIR / "tests" / "vendor" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENSHOTS = settings.BASE_DIR / "var" / "screens"
COUNT_VIOLATIONS = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the system's Chromium, without a word to the outside."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None:
        pytest.fail("The journeys need Chromium; leave them out with --no-browser.")
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
    ]
    return {"executable_path": found, "args": ["--no-sandbox", "--disable-gpu", *quiet]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A Dutch desk."""
    return {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """The worker process, on the test's database."""
    from django.db import connection

    values = connection.settings_dict
    address = f"postgresql://{values['USER']}@/{values['NAME']}?host={values['HOST']}"
    process = subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--jobs", "1"],
        env={**os.environ, "DATABASE_URL": address},
    )
    yield
    process.terminate()
    process.wait(timeout=20)


class Desk:
    """A person at a screen."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        page.add_init_script(COUNT_VIOLATIONS)
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("response", self.answered)

    def answered(self, answer: Any) -> None:
        """Note every answer that no user should meet."""
        if answer.status >= 500 or (answer.status >= 400 and "/static/" in answer.url):
            self.faults.append(f"{answer.status} {answer.url}")

    def go(self, path: str) -> None:
        """Open an address of the application."""
        self.page.goto(self.address + path)

    def open(self, path: str) -> None:
        """Open an address that must be there."""
        answer = self.page.goto(self.address + path)
        assert answer.status == 200, f"{answer.status} {path}"

    def sign_in(self, username: str, password: str = "claimregister-demo") -> None:
        """Sign in."""
        self.go("/sign-in/")
        self.page.get_by_label("Gebruikersnaam").fill(username)
        self.page.get_by_label("Wachtwoord").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Inloggen").click()
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def check(self, name: str, widths: tuple[int, ...] = (1280, 320)) -> None:
        """Hold this screen against the accessibility rules and the content policy, at each width, and keep its picture."""
        found: list[str] = []
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.wait_for_timeout(150)
            found += [f"{width} px: CSP {violation}" for violation in self.page.evaluate("window.violations")]
            if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"{width} px: the page scrolls sideways")
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate(AXE)
            options = json.dumps({"runOnly": {"type": "tag", "values": RULES}})
            for rule in self.page.evaluate(f"axe.run(document, {options})")["violations"]:
                places = [
                    f"{node['target']} {node['failureSummary'].splitlines()[-1].strip()}" for node in rule["nodes"][:3]
                ]
                found.append(f"{width} px: axe {rule['id']}: {'; '.join(places)}")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        assert found == [], f"{name}:\n" + "\n".join(found)
        assert self.faults == []

    def choose(self, label: str, typed: str, within: Any = None) -> None:
        """Choose in an autocomplete by typing."""
        (within or self.page).get_by_role("combobox", name=label).first.click()
        box = self.page.locator(".select2-container--open .select2-search__field")
        box.fill(typed)
        self.page.locator(".select2-results__option--highlighted", has_text=typed).first.click()

    def paste(self, editor: Any, html: str) -> None:
        """Paste from the clipboard, as Word puts it there."""
        editor.click()
        editor.evaluate(
            """(element, html) => {
                const data = new DataTransfer();
                data.setData("text/html", html);
                data.setData("text/plain", "");
                element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }""",
            html,
        )

    def saved(self, box: Any) -> None:
        """Wait until a text says that it is saved."""
        box.locator("[data-state]").get_by_text(re.compile("^Opgeslagen")).wait_for(timeout=10_000)


@pytest.fixture
def desk(page: Any, live_server: Any) -> Desk:
    """A desk on an empty installation with people."""
    call_command("load_reference", verbosity=0)
    return Desk(page, live_server.url)


@pytest.fixture
def story_desk(page: Any, live_server: Any) -> Desk:
    """A desk on the demo story."""
    from claims import demo

    call_command("load_reference", verbosity=0)
    demo.Story().load()
    return Desk(page, live_server.url)


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Where downloaded files go."""
    return tmp_path


def wait_for(condition: Any, seconds: float = 20) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
