"""The renderer process: `python -m core.pdf`. One paper at a time over standard input and output.

A frame is four bytes of length and then a JSON object in, or one byte of outcome and then bytes out. Single-threaded,
and without a database connection, so that it may fork: each paper is made in a child with limits on memory, processor
time, file size and wall clock, whose memory goes back to the system.
"""

import contextlib
import json
import logging
import os
import resource
import select
import signal
import struct
import sys
import time
from typing import BinaryIO

MEMORY, PROCESSOR, WALL = 1 << 30, 20, 30  # bytes, seconds, seconds
LARGEST_ANSWER = 64 << 20
DONE, FAILED, TOO_LONG, TOO_MUCH = b"D", b"F", b"T", b"M"


def read_frame(source: BinaryIO) -> bytes | None:
    """Return the next frame, or None when the other side is gone."""
    head = source.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    body = source.read(length)
    return body if len(body) == length else None


def write_frame(target: BinaryIO, body: bytes) -> None:
    """Send one frame."""
    target.write(struct.pack(">I", len(body)) + body)
    target.flush()


def bounded(engine: object, html: str, sheet: str, wall: float, processor: int, memory: int) -> bytes:
    """Render in a forked child with limits; the answer begins with its outcome."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _child(engine, html, sheet, writer, processor, memory)  # never returns
    os.close(writer)
    answer, end, killed = bytearray(), time.monotonic() + wall, False
    while True:
        ready, _, _ = select.select([reader], [], [], max(0.0, end - time.monotonic()))
        part = os.read(reader, 1 << 20) if ready else b""
        if not ready or len(answer) > LARGEST_ANSWER:
            killed = True
            os.kill(pid, signal.SIGKILL)
            break
        if not part:
            break
        answer += part
    os.close(reader)
    _, status = os.waitpid(pid, 0)
    if killed or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)):
        return TOO_LONG
    if status or not answer:
        return bytes(answer) if answer[:1] in (FAILED, TOO_MUCH) else FAILED
    return bytes(answer)


def _child(engine: object, html: str, sheet: str, writer: int, processor: int, memory: int) -> None:
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        with os.fdopen(writer, "wb") as out:
            try:
                out.write(DONE + engine.render(html, sheet))  # type: ignore[attr-defined]
                code = 0
            except MemoryError:
                out.write(TOO_MUCH)
            except RecursionError:
                out.write(FAILED + b"nested too deep")
            except Exception as error:
                out.write(FAILED + f"{type(error).__name__}: {error}".encode()[:500])
    finally:
        os._exit(code)  # never run the parent's clean-up


def main() -> None:
    """Serve until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may write into the frames
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    from core.pdf.engine import Engine

    engine = Engine()
    engine.warm()
    write_frame(outgoing, b"ready")
    with contextlib.suppress(BrokenPipeError):
        while (body := read_frame(incoming)) is not None:
            asked = json.loads(body)
            answer = bounded(engine, asked["html"], asked["sheet"], asked["wall"], asked["processor"], asked["memory"])
            write_frame(outgoing, answer)
