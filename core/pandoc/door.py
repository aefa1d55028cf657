"""The one way to pandoc: sandboxed, with bounds on time, memory and answer."""

from __future__ import annotations

import subprocess
from functools import cache

import pypandoc

SECONDS, HEAP = 10, "512m"
LARGEST_ANSWER = 64 << 20  # bytes


class PandocFailed(Exception):
    """Pandoc refused, took too long or too much. `detail` is for the log."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@cache
def program() -> str:
    """Return the pinned program that came with the environment, never one the machine happens to have."""
    return str(pypandoc.get_pandoc_path())


def run(arguments: list[str], content: bytes, seconds: float = SECONDS) -> bytes:
    """Run pandoc on bytes and return what it writes. It reads no other file than those the arguments name; raises PandocFailed."""
    command = [program(), "+RTS", f"-M{HEAP}", "-RTS", "--sandbox", *arguments]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, cwd="/", env={"LANG": "C.UTF-8"}, check=False
        )
    except subprocess.TimeoutExpired:
        raise PandocFailed(f"longer than {seconds} s") from None
    if done.returncode != 0 or len(done.stdout) > LARGEST_ANSWER:
        raise PandocFailed(f"{done.returncode}: {done.stderr.decode(errors='replace')[:500]}")
    return done.stdout
