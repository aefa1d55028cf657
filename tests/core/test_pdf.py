"""The door to PDF: bounded, offline, accessible, the same bytes for the same input."""

import http.server
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.pdf import Door, PaperFailed
from tests.pdf_structure import pages_of, problems, text_of

pytestmark = pytest.mark.slow
HEAD = '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title></head><body class="paper">'


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def page(body: str) -> str:
    return f"{HEAD}<h1 class=doctype data-short=Proef>Proef</h1>{body}</body></html>"


def test_a_paper_is_tagged_archivable_and_readable(door: Door) -> None:
    body = (
        "<p>Éénduidig 12\u00a0% van № 5, łódź, Київ<small class=fn>Zie <a href='https://a.nl'>https://a.nl</a></small></p>"
        "<h2>Kop</h2><ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol>"
        "<table class=texttable><thead><tr><th scope=col>k</th></tr></thead><tbody><tr><td>v</td></tr></tbody></table>"
    )
    content = door.render(page(body))
    assert problems(content) == []
    text = text_of(content)
    for word in ("Éénduidig 12 % van № 5, łódź, Київ", "Zie https://a.nl", "Pagina 1 van 1"):
        assert word in text


def test_the_same_html_gives_the_same_bytes_also_in_another_process(door: Door) -> None:
    html = page("<p>gelijk<small class=fn>noot</small></p>" * 30)
    first = door.render(html)
    with Door() as other:
        assert other.render(html) == first


def test_a_note_stands_at_the_foot_of_the_page_of_its_call(door: Door) -> None:
    words = "Een alinea die lang genoeg is om over de regel te lopen en zo de bladzijde langzaam te vullen. " * 3
    body = "".join(
        f"<p>Roep {number} hier.<small class=fn>Noot {number} staat onderaan.</small> {words}</p>"
        for number in range(1, 61)
    )
    for text in pages_of(door.render(page(body))):
        calls = {number for number in range(1, 61) if f"Roep {number} hier" in text}
        notes = {number for number in range(1, 61) if f"Noot {number} staat" in text}
        assert calls == notes


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="{address}/x.png" alt="x">',
        '<link rel="stylesheet" href="{address}/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="attachment" href="{address}/x">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<object data="file:///etc/passwd">x</object>',
        "<style>@import url({address}/x.css); p {{ background: url(file:///etc/passwd) }}</style>",
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/x.png"/><use href="file:///etc/passwd#a"/></svg>',
        '<p style="background: url({address}/x)">x</p>',
        '<embed src="{address}/x">',
        '<base href="file:///"><img src="etc/passwd" alt="x">',
    ],
)
def test_the_renderer_opens_nothing_but_its_own_assets(door: Door, markup: str) -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        content = door.render(page(markup.format(address=f"http://127.0.0.1:{server.server_port}")))
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    secret = Path("/etc/passwd").read_bytes().split(b"\n")[0]
    assert secret not in content
    assert "root:" not in text_of(content)
    assert b"/EmbeddedFile" not in content


@pytest.mark.parametrize(
    "endless",
    [
        "<table><tr><td>x<col span=1000000></table>",
        '<div style="display:flex">' * 14 + "x",
        "<div>" * 3000 + "x",
        "<ul><li>" * 400 + "x",
        "<p>" + "woord " * 4_000_000,
    ],
)
def test_an_endless_paper_ends_in_time_and_the_next_one_is_made(endless: str) -> None:
    with Door(wall=6, processor=3, memory=400 << 20) as bounded:
        start = time.monotonic()
        try:
            bounded.render(page(endless))
        except PaperFailed as failed:
            assert str(failed.message)
        assert time.monotonic() - start < 12
        assert bounded.render(page("<p>daarna</p>")).startswith(b"%PDF")


def test_a_killed_renderer_is_started_again(door: Door) -> None:
    door.render(page("<p>een</p>"))
    assert door._process is not None
    os.kill(door._process.pid, signal.SIGKILL)
    assert door.render(page("<p>twee</p>")).startswith(b"%PDF")


def test_a_renderer_that_died_between_two_papers_leaves_no_open_pipe(door: Door) -> None:
    door.render(page("<p>een</p>"))
    dead = door._process
    assert dead is not None
    assert dead.stdin is not None
    assert dead.stdout is not None
    dead.kill()
    dead.wait()
    assert door.render(page("<p>twee</p>")).startswith(b"%PDF")
    assert dead.stdin.closed
    assert dead.stdout.closed


def test_two_callers_take_turns(door: Door) -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda n=number: made.append(text_of(door.render(page(f"<p>stuk {n}</p>")))))
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(word for text in made for word in text.split() if word.isdigit()) == sorted(
        ["0", "1", "2", "3", *["1"] * 8]
    )
