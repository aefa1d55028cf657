"""What every entry screen says when something is refused, removed or only read."""

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse

from claims.models import AnnexPart, Citation
from core.admin.base import address
from partners.models import FundTotal

pytestmark = pytest.mark.django_db


def test_the_head_of_a_refused_screen_names_each_box_and_leads_there(officer: Any, enter: Any) -> None:
    answer = enter(officer).post(reverse("admin:partners_contribution_add"), {"subject": "", "amount": "1,234.56"})
    found = re.findall(r'<li><a href="#(id_\w+)">([^<]+)</a>', answer.content.decode())
    assert found == [("id_subject", "Waarvoor"), ("id_amount", "Bedrag in EUR")]


def test_removing_says_what_goes_along_in_the_right_number(officer: Any, claim: Any, enter: Any) -> None:
    html = enter(officer).get(address(claim, "delete")).content.decode()
    assert "<li>1 claim</li>" in html
    assert "claim-source" not in html


def test_what_still_uses_a_record_is_named_once_with_a_way_there(
    officer: Any, claim: Any, fund: Any, enter: Any
) -> None:
    total = FundTotal.objects.create(partner=fund, year=2023, kind="received", amount=182)
    Citation.objects.create(part=AnnexPart.objects.create(claim=claim, title="UHF"), total=total)
    html = enter(officer).get(address(fund, "delete")).content.decode()
    assert f'<a class="utrecht-link" href="{address(total)}">{total}</a>' in html
    assert html.count(str(total)) == 1


def test_yes_and_no_are_words(officer: Any, fund: Any, enter: Any) -> None:
    FundTotal.objects.create(partner=fund, year=2023, kind="received", amount=182)
    html = enter(officer).get(reverse("admin:partners_fundtotal_changelist")).content.decode()
    assert '<td class="field-final">nee</td>' in html
    assert "icon-no" not in html


def test_a_date_in_an_english_list_reads_as_the_papers_of_the_field_write_it(
    officer: Any, fund: Any, enter: Any
) -> None:
    officer.language = "en"
    officer.save()
    FundTotal.objects.create(partner=fund, year=2024, kind="received", amount=1, as_of=datetime.date(2024, 10, 31))
    html = enter(officer).get(reverse("admin:partners_fundtotal_changelist")).content.decode()
    assert "31 October 2024" in html


def test_buttons_and_labels_begin_with_a_capital(officer: Any, enter: Any) -> None:
    client = enter(officer)
    html = client.get(reverse("admin:partners_partner_changelist")).content.decode()
    assert ">Partner toevoegen</a>" in html
    form = client.get(reverse("admin:partners_fundtotal_add")).content.decode()
    labels = [label.strip() for label in re.findall(r"<label[^>]*>([^<]+)", form)]
    assert [label for label in labels if label[:1].islower()] == []


def test_a_negative_amount_is_not_understood_first_and_refused_afterwards(officer: Any, enter: Any) -> None:
    answer = enter(officer).get(reverse("understand", args=["amount"]), {"q": "-5"})
    assert answer.json() == {"error": "Het bedrag moet meer dan nul zijn."}
