"""Every number on every dashboard opens into rows that add up to it, to the cent, and is the same wherever it stands."""

from __future__ import annotations

import csv
import io
import random
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from claims.checks.ledger import differences
from claims.models import CommitmentYear, Envelope
from core.numbers import parse_amount
from partners.models import Partner
from tests.books import mln

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r'<a class="number" href="([^"]+)"(?: title="([^"]+)")?>([^<]+)</a>')
ROW = re.compile(r"data-amount>([^<]+)<")


def euros(text: str) -> Decimal:
    """Read an amount as the page writes it."""
    return parse_amount(unescape(text), "nl")


def numbers_on(client: Any, url: str) -> list[tuple[str, Decimal]]:
    """Return every number of a page with the address of its rows."""
    response = client.get(url)
    assert response.status_code == 200, url
    found = []
    for href, title, text in NUMBER.findall(response.content.decode()):
        found.append((unescape(href), euros(title or text)))
        if title:
            short = euros(unescape(text).replace("€", "").strip())
            assert abs(short - euros(title)) <= Decimal(50_000), "millions rounded to one decimal"
    return found


def rows_of(client: Any, url: str) -> Decimal:
    """Add up the rows behind a number over all its pages, and hold the page's own sum and the file against it."""
    added, page, pages = Decimal(0), 1, 1
    joined = "&" if "?" in url else "?"
    while page <= pages:
        html = client.get(f"{url}{joined}page={page}").content.decode()
        added += sum((euros(text) for text in ROW.findall(html)), Decimal(0))
        if found := re.search(r"bladzijde \d+ van (\d+)", html):
            pages = int(found[1])
        page += 1
    assert added == euros(
        re.search(r"Sum of the rows|Som van de rijen", html) and re.findall(r"<strong>([^<]+)</strong>", html)[0]
    )
    text = b"".join(client.get(f"{url}{joined}file=csv").streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    table = lines[next(index for index, line in enumerate(lines) if len(line) > 5) + 1 :]
    assert sum((Decimal(line[-1].replace(",", ".")) for line in table), Decimal(0)) == added
    return added


def walk(client: Any, urls: list[str]) -> int:
    """Walk every number of these pages; return how many different ones there were."""
    known: dict[str, Decimal] = {}
    for url in urls:
        for href, value in numbers_on(client, url):
            assert known.setdefault(href, value) == value, f"{href} says two things"
    for href, value in known.items():
        added = rows_of(client, href)
        floored = "granted-unused" in href and added < 0
        assert value == (0 if floored else added), f"{href}: {value} on the screen, {added} in the rows"
    return len(known)


def dashboards() -> list[str]:
    """Every dashboard there is."""
    return [
        reverse("portfolio"),
        reverse("portfolio") + "?first=2026&last=2026",
        reverse("portfolio") + "?first=2027&cover=non-military-support&sort=-paid",
        reverse("portfolio") + "?kind=pooled-fund",
        reverse("envelopes"),
        reverse("envelopes") + "?first=2027&last=2027",
        *(reverse("partner", args=[row.public_id]) for row in Partner.objects.order_by("pk")),
        *(reverse("envelope", args=[row.public_id]) for row in Envelope.objects.order_by("pk")),
    ]


def test_every_number_of_the_demo_story_is_the_sum_of_its_rows(story: Any, enter: Any) -> None:
    from core.models import User

    client = enter(User.objects.get(username="anna"))
    assert walk(client, dashboards()) > 60


@pytest.mark.parametrize("who", ["officer", "controller"])
def test_every_number_with_something_of_every_sort_is_the_sum_of_its_rows(
    who: str, everything: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    dated = [
        reverse("envelope", args=[everything.e2026.public_id]) + f"?as_of={day}" for day in ("2026-06-11", "2026-01-01")
    ]
    assert walk(enter(request.getfixturevalue(who)), dashboards() + dated) > 100
    assert not list(differences())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_every_number_of_made_up_books_is_the_sum_of_its_rows(
    seed: int, books: Any, partner: Any, fund: Any, controller: Any, enter: Any
) -> None:
    dice = random.Random(seed)
    envelopes = [books.envelope(year, 500, 500) for year in (2026, 2027)]
    sides = [partner, fund, [partner, fund]]
    lines = books.granted(*((f"Regel {n}", envelopes[0], dice.randint(5, 20), sides[n % 3]) for n in range(6)))
    for number, line in enumerate(lines.values()):
        signed = books.sign(line, envelopes[0], dice.randint(2, 4), "2026-04-01", number=f"ARR-{number}")
        for _time in range(dice.randint(0, 4)):
            amount = Decimal(dice.randint(1, 50_000_000)) / 100
            envelope, on = dice.choice([(envelopes[0], "2026-05-01"), (envelopes[1], "2027-05-01")])
            paid = books.pay(signed, envelope, amount / mln(1), on, kind=dice.choice(["payment", "advance"]))
            if dice.random() < 0.3:
                books.reverse(paid, on)
    walk(enter(controller), dashboards())
    assert not list(differences())


# -- each sort --------------------------------------------------------------------------------------------------------


def of_partner(client: Any, row: Any) -> dict[str, Decimal]:
    """Return the numbers of a partner's page by their measure, those over all years."""
    url = reverse("partner", args=[row.public_id])
    return {
        href.split("/")[2]: value
        for href, value in numbers_on(client, url)
        if href.endswith(f"?partner={row.public_id}")
    }


def test_a_pooled_line_is_in_nobodys_sum_and_a_commitment_out_of_it_in_one(
    everything: Any, controller: Any, enter: Any
) -> None:
    client = enter(controller)
    partner, fund = of_partner(client, everything.partner), of_partner(client, everything.fund)
    assert (partner["granted-commitment"], fund["granted-commitment"]) == (mln(6), mln(1))
    assert (partner["committed"], fund["committed"]) == (mln("6,5"), mln("4,2"))
    html = client.get(reverse("partner", args=[everything.fund.public_id])).content.decode()
    assert "10.000.000,00" in html
    assert 'href="%s">OP</a>' % reverse("partner", args=[everything.partner.public_id]) in html


def test_all_partners_together_never_count_a_commitment_twice(everything: Any, controller: Any, enter: Any) -> None:
    client = enter(controller)
    each = [of_partner(client, row)["committed"] for row in Partner.objects.all()]
    whole = sum((row.committed for row in CommitmentYear.objects.all()), Decimal(0))
    assert sum(each) == whole == mln("10,7")


def test_a_payment_and_its_reversal_are_both_shown_and_together_nothing(
    everything: Any, controller: Any, enter: Any
) -> None:
    html = (
        enter(controller).get(reverse("number", args=["paid"]) + f"?line={everything.small.public_id}").content.decode()
    )
    amounts = [euros(text) for text in ROW.findall(html)]
    assert amounts == [mln("0,3"), -mln("0,3"), mln("1,25")]


def test_a_foreign_payment_shows_what_was_booked_beside_its_euros_and_adds_only_these(
    everything: Any, controller: Any, enter: Any
) -> None:
    html = (
        enter(controller).get(reverse("number", args=["paid"]) + f"?line={everything.own.public_id}").content.decode()
    )
    assert "US$\xa01.100.000,00" in unescape(html)
    assert sum(euros(text) for text in ROW.findall(html)) == mln(3)


def test_a_line_committed_above_its_grant_shows_less_than_nothing_left(
    everything: Any, controller: Any, enter: Any
) -> None:
    html = enter(controller).get(reverse("number", args=["not-committed"]) + f"?line={everything.small.public_id}")
    assert "-€\xa0200.000,00" in unescape(html.content.decode())


def test_a_deviation_stands_on_no_envelope_it_does_not_concern_and_the_payment_counts_whole(
    everything: Any, controller: Any, enter: Any
) -> None:
    client = enter(controller)
    assert of_partner(client, everything.fund)["paid"] == mln("2,55")


def test_a_partner_without_money_shows_nothing_and_no_error(everything: Any, controller: Any, enter: Any) -> None:
    assert set(of_partner(enter(controller), everything.empty).values()) == {Decimal(0)}


def test_of_another_directorates_claim_an_envelope_tells_the_amount_and_nothing_else(
    everything: Any, officer: Any, enter: Any
) -> None:
    client = enter(officer)
    for url in (
        reverse("envelope", args=[everything.e2026.public_id]),
        reverse("envelope", args=[everything.e2026.public_id]) + "?file=csv&table=lines",
        reverse("number", args=["requested-commitment"]) + f"?envelope={everything.e2026.public_id}",
        reverse("number", args=["requested-commitment"]) + f"?envelope={everything.e2026.public_id}&file=csv",
    ):
        response = client.get(url)
        text = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
        assert "123456,78" in text.replace(".", ""), url
        assert everything.elsewhere.reference not in text
        assert "Geheim" not in text
        assert "quick" not in text
    assert everything.elsewhere.reference not in client.get(reverse("portfolio")).content.decode()
    line = everything.elsewhere.lines.get()
    told = client.get(reverse("number", args=["requested-commitment"]) + f"?line={line.public_id}").content.decode()
    assert line.title not in told
    assert ROW.findall(told) == []


def test_a_number_or_filter_that_does_not_exist_is_not_found(officer: Any, enter: Any) -> None:
    client = enter(officer)
    for path in ("sum-of-all/", "free-commitment/", "paid/?partner=1", "paid/?envelope=x", "paid/?file=exe"):
        assert client.get(f"/numbers/{path}").status_code == 404, path


@pytest.mark.parametrize(
    "typed", ["?first=abc&last=99999", "?q=%00%25_'\"", "?sort=;drop", "?page=-1", "?page=9999999999"]
)
def test_filters_that_cannot_be_read_leave_nothing_out(typed: str, story: Any, enter: Any) -> None:
    from core.models import User

    assert enter(User.objects.get(username="anna")).get(reverse("portfolio") + typed).status_code == 200


def test_the_totals_per_year_are_written_by_rows_only(everything: Any) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentYear.objects.update(paid=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentYear.objects.all().delete()
