"""The caller's side of the renderer process."""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
import threading
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.pdf import server

BASE = Path(__file__).resolve().parent.parent.parent
MESSAGES: dict[bytes, str | Promise] = {
    server.TOO_LONG: _(
        "Making this paper took too long and was stopped. A text in it is endless or far too complicated: shorten tables and lists."
    ),
    server.TOO_MUCH: _("Making this paper took too much memory and was stopped. Shorten its texts and tables."),
    server.FAILED: _("This paper could not be made. Nothing is lost; tell the administrator which paper it was."),
}


class PaperFailed(Exception):
    """A paper could not be made. `message` is for the user, `detail` for the log."""

    def __init__(self, outcome: bytes, detail: str = "") -> None:
        super().__init__(f"{outcome.decode()} {detail}")
        self.message, self.detail = MESSAGES[outcome], detail


class Door:
    """One renderer process, started at first use and again after a fault. Callers take turns."""

    def __init__(
        self, wall: float = server.WALL, processor: int = server.PROCESSOR, memory: int = server.MEMORY
    ) -> None:
        self.limits = {"wall": wall, "processor": processor, "memory": memory}
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Door:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Start the renderer now, so that the first paper does not wait for it."""
        with self._turn:
            self._running()

    def render(self, html: str, sheet: str = "paper") -> bytes:
        """Return the PDF of an HTML document; raises PaperFailed."""
        body = json.dumps({"html": html, "sheet": sheet, **self.limits}).encode()
        with self._turn:
            answer = self._asked(body)
            if answer is None:  # the renderer was gone: once more with a new one
                self._end()
                answer = self._asked(body)
            if answer is None:
                self._end()
                raise PaperFailed(server.FAILED, "the renderer process ended")
        outcome = answer[:1] or server.FAILED
        if outcome != server.DONE:
            raise PaperFailed(outcome, answer[1:].decode(errors="replace"))
        return answer[1:]

    def close(self) -> None:
        """End the renderer."""
        with self._turn:
            self._end()

    def _asked(self, body: bytes) -> bytes | None:
        """Send one paper and return the answer; None when the renderer is gone."""
        to_renderer, from_renderer = self._running()
        with contextlib.suppress(OSError):
            server.write_frame(to_renderer, body)
            return server.read_frame(from_renderer)
        return None

    def _running(self) -> tuple[BinaryIO, BinaryIO]:
        """Return the pipes of a renderer that is ready."""
        if self._process is not None and self._process.poll() is not None:
            self._end()  # it died meanwhile: its pipes are closed with it
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "core.pdf"], cwd=BASE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            if server.read_frame(self._pipes()[1]) != b"ready":
                self._end()
                raise PaperFailed(server.FAILED, "the renderer did not start")
        return self._pipes()

    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        process = cast("subprocess.Popen[bytes]", self._process)
        return cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        process.kill()
        process.wait()


@cache
def versions() -> str:
    """Return a mark of all that shapes a paper besides its HTML: engine, fonts and style sheets."""
    total = hashlib.sha256(
        " ".join(f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "fonttools", "tinycss2")).encode()
    )
    for path in sorted(
        [
            *(BASE / "core/pdf").glob("*.py"),
            *(BASE / "static/css").glob("paper*.css"),
            *(BASE / "static/vendor/fira-sans").iterdir(),
        ]
    ):
        total.update(path.read_bytes())
    return total.hexdigest()
