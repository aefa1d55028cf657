"""Papers: the PDF against the engine alone, the preview, the draft that did not change."""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import office, papers, written, written_office
from claims.actions import render as actions
from claims.actions.freeze import made, store
from claims.enums import PaperKind
from claims.kinds import KINDS
from claims.models import Claim, Render, WrittenPaper
from claims.queries.house_style import looks
from claims.queries.outdated import outdated
from claims.queries.printed_values import stands
from core.models import User
from core.pdf import Door
from core.pdf.check import inspect
from core.pdf.joining import join
from partners.models import FundTotal
from tests.benchmarks.harness import Report, median, own_peak, times

ROUNDS = 15


def engine_alone(html: str, sheet: str = "paper") -> bytes:
    """Make the same PDF with WeasyPrint as anyone would: same HTML, style sheets and options, nothing kept between papers."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from core.pdf.engine import SHEETS, STATIC, VARIANT

    fonts = FontConfiguration()
    base = (STATIC / "css").resolve().as_uri() + "/"
    sheets = [CSS(filename=STATIC / sheet, base_url=base, font_config=fonts) for sheet in SHEETS[sheet]]
    return bytes(HTML(string=html).write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT))


def run(report: Report) -> None:
    """Measure on the demo story's claim of EUR 25 mln."""
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    html = papers.as_document(papers.facts_of(claim, PaperKind.CW31))
    print("The CW 3.1 form of the demo story")
    _pdf(report, html)
    _libreoffice(report, claim, html)
    _pages(report, claim)
    print("Frozen papers")
    _frozen(report, claim)
    _together(report, html)
    for paper in WrittenPaper.objects.order_by("kind"):
        print(f"The {paper.kind} of the demo story")
        _written(report, paper)


def _written(report: Report, paper: WrittenPaper) -> None:
    """Measure gathering, preview, PDF and DOCX of a nota or letter."""
    facts = written.facts_of(paper)
    html = written.as_document(facts)
    with Door() as door:
        door.render(html, written.SHEET)
        ours, alone = [], []
        for _ in range(ROUNDS):
            ours += times(lambda: door.render(html, written.SHEET), 1, warm=0)
            alone += times(lambda: engine_alone(html, written.SHEET), 1, warm=0)
    report.fact("one paper, warm", statistics.median(ours) * 1000, "ms")
    report.fact("WeasyPrint alone on the same HTML and options, warm", statistics.median(alone) * 1000, "ms")
    report.promise("ratio of the two", statistics.median(ours) / statistics.median(alone), 1.2, "x")
    report.fact("DOCX", median(lambda: written_office.as_file(facts, "docx"), 10) * 1000, "ms")
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="anna"))
    address = reverse("claims:paper", args=[paper.reference])

    def changed() -> None:
        WrittenPaper.objects.filter(pk=paper.pk).update(via=str(time.perf_counter_ns())[:12])
        client.get(address)

    with CaptureQueriesContext(connection) as captured:
        changed()
    report.promise("preview after a change: queries", len(captured), 45, "")
    report.promise("preview after a change: whole request", median(changed, 20) * 1000, 120, "ms")
    report.promise("preview again: whole request", median(lambda: client.get(address), 20) * 1000, 60, "ms")


def _pdf(report: Report, html: str) -> None:
    with Door() as door:
        start = time.perf_counter()
        content = door.render(html)
        report.fact("first paper, renderer started with it", time.perf_counter() - start, "s")
        ours, alone = [], []
        for _ in range(ROUNDS):  # in turns, so that both meet the same machine
            ours += times(lambda: door.render(html), 1, warm=0)
            alone += times(lambda: engine_alone(html), 1, warm=0)
        report.fact("one paper, warm", statistics.median(ours) * 1000, "ms")
        report.fact("WeasyPrint alone on the same HTML and options, warm", statistics.median(alone) * 1000, "ms")
        report.promise("ratio of the two", statistics.median(ours) / statistics.median(alone), 1.2, "x")
        report.fact("size", len(content) / 1024, "KiB")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    report.promise("peak memory of renderer and paper", peak, 300, "MiB")


def _libreoffice(report: Report, claim: Claim, html: str) -> None:
    """Compare with what people do without us: the Word file of the same paper, made a PDF by LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        print("  LibreOffice is not on this machine: its conversion of the same paper was not measured")
        return
    content = office.as_file(papers.facts_of(claim, PaperKind.CW31), "docx")
    with tempfile.TemporaryDirectory() as place:
        source, profile = Path(place) / "paper.docx", f"-env:UserInstallation={Path(place, 'profile').as_uri()}"
        source.write_bytes(content)
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", place, str(source)]

        def convert() -> None:
            subprocess.run(command, check=True, capture_output=True, timeout=120)

        theirs = median(convert, 5, warm=1)
        made = inspect((Path(place) / "paper.pdf").read_bytes())
    with Door() as door:
        ours = median(lambda: door.render(html), 5)
    report.fact("LibreOffice: the DOCX of the same paper to PDF", theirs * 1000, "ms")
    report.fact("  problems that our check finds in its PDF (ours: none)", len(made.problems), "")
    report.promise("our PDF in parts of LibreOffice's time", ours / theirs, 1, "x")


def _pages(report: Report, claim: Claim) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="anna"))
    address = reverse("claims:preview", args=[claim.reference, "cw31"])

    def after_a_change() -> None:
        Claim.objects.filter(pk=claim.pk).update(ministry_reference=str(time.perf_counter_ns())[:12])
        client.get(address)

    def writing() -> float:
        return median(
            lambda: Claim.objects.filter(pk=claim.pk).update(ministry_reference=str(time.perf_counter_ns())[:12]), 40
        )

    with CaptureQueriesContext(connection) as captured:
        after_a_change()
    report.promise("preview after a change: queries", len(captured), 40, "")
    report.promise("preview after a change: whole request", (median(after_a_change, 40) - writing()) * 1000, 50, "ms")
    report.promise("preview again: whole request", median(lambda: client.get(address), 40) * 1000, 20, "ms")

    class Straight:
        def render(self, html: str) -> bytes:
            return b"%PDF-" + bytes(60_000)

    door: Any = Straight()
    asked = actions.ask(by=User.objects.get(username="anna"), at=claim.created_at, claim=claim, kind=PaperKind.CW31)
    actions.make(render=Render.objects.get(pk=asked.pk), door=door)
    ask = reverse("claims:ask-pdf", args=[claim.reference, "cw31"])

    def again() -> None:
        answer = client.get(client.post(ask)["Location"])
        assert answer["Content-Type"] == "application/pdf"

    report.promise("an unchanged draft's PDF again: asked and downloaded", median(again, 40) * 1000, 20, "ms")


def _frozen(report: Report, claim: Claim) -> None:
    anna = User.objects.get(username="anna")
    kind = KINDS[PaperKind.CW31]
    facts = kind.facts_of(claim)
    things = kind.printed(facts)
    now = stands(pair for thing in things for pair in thing.sources)
    with Door() as door:
        made(kind, facts, things, now, door, looks())
        files: dict[str, bytes] = {}

        def make() -> None:
            files.update(made(kind, facts, things, now, door, looks()))

        report.fact("PDF, DOCX and ODT made and read back, warm", median(make, 5) * 1000, "ms")
    content = files["pdf"]
    report.promise("  of which the PDF's structure and text", median(lambda: inspect(content), 10) * 1000, 1000, "ms")
    files["pdf"] = content.ljust(400_000, b"\n")
    with transaction.atomic():
        paper = store(
            kind=kind,
            subject=claim,
            facts=facts,
            things=things,
            now=now,
            files=files,
            mark=papers.input_hash(facts),
            by=anna,
            at=claim.created_at,
        )
    client = Client(SERVER_NAME="localhost")
    client.force_login(anna)
    address = reverse("claims:frozen-file", args=[paper.public_id, "pdf"])
    assert len(client.get(address).content) == 400_000
    report.promise("a frozen PDF of 400 kB: whole request", median(lambda: client.get(address), 60) * 1000, 10, "ms")
    etag = {"If-None-Match": client.get(address)["ETag"]}
    report.promise(
        "the same when it is there: 304", median(lambda: client.get(address, headers=etag), 60) * 1000, 10, "ms"
    )
    FundTotal.objects.update(amount=1)
    changes: dict[int, Any] = {}
    report.promise("what changed since", median(lambda: changes.update(outdated([paper])), 20) * 1000, 100, "ms")
    assert changes[paper.pk].figures


def _together(report: Report, html: str) -> None:
    before = own_peak()
    with Door() as one, Door() as two:
        one.render(html)
        two.render(html)
        start = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            contents = list(pool.map(lambda number: (one, two)[number % 2].render(html), range(8)))
        report.promise("8 papers asked at once, two renderers", time.perf_counter() - start, 30, "s")
    parts = [(f"Stuk {number}", content) for number, content in enumerate([*contents, contents[0]], 1)]
    start = time.perf_counter()
    reading = join("Kamerset", parts)
    report.promise("a set of more than 60 pages joined", time.perf_counter() - start, 10, "s")
    start = time.perf_counter()
    found = inspect(reading)
    report.promise("  and looked at", time.perf_counter() - start, 20, "s")
    assert found.problems == []
    assert found.pages > 60
    report.fact("  its pages", found.pages, "")
    report.fact("  its size", len(reading) / 1024, "KiB")
    report.promise("memory that joining and looking took of this process", own_peak() - before, 300, "MiB")
