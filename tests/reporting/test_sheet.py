"""The partner sheet and its charts: one specification, drawn by the worker, with the same figures as the page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from claims.models import RenderState
from core.pdf import Door
from reporting import charts
from reporting.actions import ask_sheet, make_sheet
from reporting.models import PartnerSheet
from tests.conftest import NOON
from tests.pdf_structure import problems, text_of

pytestmark = pytest.mark.django_db


def ask(everything: Any, by: Any) -> PartnerSheet:
    return ask_sheet(by=by, at=NOON, today=NOON.date(), partner=everything.partner, source="Claimregister")


def test_equal_input_is_not_made_twice_and_other_input_is(everything: Any, controller: Any, officer: Any) -> None:
    first = ask(everything, controller)
    assert ask(everything, controller).pk == first.pk
    assert ask(everything, officer).pk != first.pk
    everything.books.pay(everything.first, everything.e2026, "0,5", "2026-08-01")
    assert ask(everything, controller).pk != first.pk


def test_a_sheet_is_only_for_who_asked_it(everything: Any, controller: Any, officer: Any, enter: Any) -> None:
    asked = ask(everything, controller)
    page = reverse("partner-sheet-progress", args=[everything.partner.public_id, asked.public_id])
    assert enter(controller).get(page).status_code == 200
    assert enter(officer).get(page).status_code == 404
    assert enter(controller).get(page + "file/").status_code == 404, "it is not made yet"


@pytest.mark.slow
def test_the_pdf_holds_the_figures_of_the_page_and_its_charts(everything: Any, controller: Any, enter: Any) -> None:
    asked = ask(everything, controller)
    with Door() as door:
        make_sheet(asked=asked, door=door)
    asked.refresh_from_db()
    assert asked.state == RenderState.DONE, asked.message
    text = text_of(bytes(asked.content))
    for amount in ("€ 6.000.000,00", "€ 3.400.000,00", "€ 10.000.000,00"):
        assert amount in text
    assert "2027" in text
    assert "Pagina 1 van " in text
    assert problems(bytes(asked.content)) == []
    response = enter(controller).get(
        reverse("partner-sheet-file", args=[everything.partner.public_id, asked.public_id])
    )
    assert response["Content-Type"] == "application/pdf"


def test_a_chart_is_plain_data_with_its_words_and_its_table(everything: Any, controller: Any, enter: Any) -> None:
    page = enter(controller).get(reverse("partner", args=[everything.partner.public_id]))
    assert [chart.key for chart in page.context["charts"]] == ["way", "cash"]
    for chart in page.context["charts"]:
        assert json.loads(json.dumps(chart.spec))["description"] == chart.finding
        assert len(chart.rows) == len(chart.groups)
        assert all(len(amounts) == len(chart.series) for _group, amounts in chart.rows)
        drawn = {(row["group"], row["series"]): row["text"] for row in chart.spec["data"]["values"]}
        assert len(drawn) == len(chart.groups) * len(chart.series)


def test_a_chart_that_has_nothing_to_show_is_not_there(everything: Any, controller: Any, enter: Any) -> None:
    page = enter(controller).get(reverse("partner", args=[everything.empty.public_id]))
    assert page.context["charts"] == []


@pytest.mark.slow
def test_paper_draws_the_same_specification_with_its_finding_as_words(
    everything: Any, controller: Any, enter: Any
) -> None:
    page = enter(controller).get(reverse("envelope", args=[everything.e2026.public_id]))
    chart = page.context["chart"]
    drawn = charts.paper_svg(chart.spec)
    assert f"<title>{chart.finding}</title>" in drawn
    assert drawn.count("<path") > 5
