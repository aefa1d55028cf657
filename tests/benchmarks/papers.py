"""Papers: the PDF against the engine alone, the preview, the draft that did not change."""

from __future__ import annotations

import resource
import statistics
import time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import papers
from claims.actions import render as actions
from claims.enums import PaperKind
from claims.models import Claim, Render
from core.models import User
from core.pdf import Door
from tests.benchmarks.harness import Report, median, times

ROUNDS = 15


def engine_alone(html: str) -> bytes:
    """Make the same PDF with WeasyPrint as anyone would: same HTML, style sheets and options, nothing kept between papers."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from core.pdf.engine import FONTS, SHEETS, STATIC, VARIANT

    fonts = FontConfiguration()
    base = FONTS.resolve().as_uri() + "/"
    sheets = [CSS(filename=STATIC / sheet, base_url=base, font_config=fonts) for sheet in SHEETS["paper"]]
    return bytes(HTML(string=html).write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT))


def run(report: Report) -> None:
    """Measure on the demo story's claim of EUR 25 mln."""
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    html = papers.as_document(papers.facts_of(claim, PaperKind.CW31))
    print("The CW 3.1 form of the demo story")
    _pdf(report, html)
    _pages(report, claim)


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
