"""Tables of the dashboards as files: all rows of all pages, also where the screen shows some."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import ClaimLine, Envelope, LineYear, Mutation
from partners.models import Contribution
from tests.register.specimens import claim as make

pytestmark = pytest.mark.django_db


def table(client: Any, url: str, name: str) -> list[dict[str, str]]:
    """Read a table's CSV below the lines that say what it is."""
    text = b"".join(client.get(url, {"file": "csv", "table": name}).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    head = next(number for number, line in enumerate(lines) if len(line) > 2)
    return [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]


def euros(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


@pytest.fixture
def crowded(officer: Any, books: Any) -> Envelope:
    """An envelope of which sixty lines ask something."""
    envelope = books.envelope(2026, 90, 90)
    claim = make(1)
    for number in range(1, 61):
        line = ClaimLine.objects.create(claim=claim, title=f"Regel {number}", position=number)
        LineYear.objects.create(line=line, envelope=envelope, commitment=number, cash=0)
    return envelope


def test_an_envelope_shows_what_draws_on_it_page_by_page_and_its_file_has_every_line(
    crowded: Envelope, controller: Any, enter: Any
) -> None:
    client, url = enter(controller), reverse("envelope", args=[crowded.public_id])
    seen: list[str] = []
    for page in (1, 2, 3):
        html = client.get(url, {"page": page}).content.decode()
        seen += [f"Regel {number}" for number in range(1, 61) if f"Regel {number} " in html]
        assert f"bladzijde {page} van 3" in html
    assert sorted(seen) == sorted(f"Regel {number}" for number in range(1, 61))
    rows = table(client, url, "lines")
    assert len([row for row in rows if row["Regel"].startswith("Regel ")]) == 60
    assert sum(euros(row["Gevraagd"]) for row in rows if row["Regel"].startswith("Regel ")) == sum(range(1, 61))


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 30])
def test_a_page_that_is_not_there_shows_one_that_is(page: str, crowded: Envelope, controller: Any, enter: Any) -> None:
    answer = enter(controller).get(reverse("envelope", args=[crowded.public_id]), {"page": page})
    assert answer.status_code == 200
    assert "Regel " in answer.content.decode()


def test_an_envelope_takes_as_many_queries_for_many_lines_as_for_few(
    crowded: Envelope, books: Any, controller: Any, enter: Any
) -> None:
    few, client = books.envelope(2027, 1, 1), enter(controller)
    line = ClaimLine.objects.order_by("pk").first()
    LineYear.objects.create(line=line, envelope=few, commitment=1, cash=0)

    def queries(envelope: Envelope) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("envelope", args=[envelope.public_id]))
        return len(captured)

    queries(few)
    assert queries(crowded) == queries(few)


def test_mutations_by_stage_are_a_file_too(everything: Any, controller: Any, enter: Any) -> None:
    envelope = everything.e2026
    rows = table(enter(controller), reverse("envelope", args=[envelope.public_id]), "mutations")
    kept = Mutation.objects.filter(envelope=envelope)
    assert len(rows) == kept.count()
    assert sum(euros(row["Bedrag in EUR"]) for row in rows) == sum(row.signed for row in kept)


def test_the_page_shows_the_oldest_advances_and_the_file_all_that_are_open(
    everything: Any, controller: Any, enter: Any
) -> None:
    for number in range(1, 15):
        everything.books.advance(everything.first, everything.e2026, "0,01", f"2026-06-{number:02d}")
    client, url = enter(controller), reverse("partner", args=[everything.partner.public_id])
    html = client.get(url).content.decode()
    advances = html[html.index('id="advances"') : html.index("</table>", html.index('id="advances"'))]
    assert advances.count("ARR-1") == 10
    rows = table(client, url, "advances")
    assert len(rows) == 15
    assert sum(euros(row["Open"]) for row in rows) == Decimal("1250000") + 14 * Decimal(10_000)


def test_what_a_partner_published_beside_what_we_gave_is_a_file_too(
    everything: Any, controller: Any, enter: Any
) -> None:
    everything.fund.iati_identifier = "XM-TEST-1"
    everything.fund.save()
    gift = Contribution.objects.create(
        subject="Hulp", year=2024, amount=Decimal(150), recorded_amount=Decimal(160), recorded_currency="USD"
    )
    gift.partners.set([everything.fund])
    rows = table(enter(controller), reverse("partner", args=[everything.fund.public_id]), "published")
    (row,) = [row for row in rows if row["Munt"] == "USD" and row["Jaar"] == "2024"]
    assert euros(row["Door ons gegeven"]) == Decimal(160)
    assert row["Verschil"] == ""


def test_a_table_that_does_not_exist_is_not_found(everything: Any, controller: Any, enter: Any) -> None:
    client = enter(controller)
    for page in (
        reverse("envelope", args=[everything.e2026.public_id]),
        reverse("partner", args=[everything.fund.public_id]),
    ):
        assert client.get(page, {"file": "csv", "table": "alles"}).status_code == 404
