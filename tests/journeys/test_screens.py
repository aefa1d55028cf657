"""Screens nobody passes on the way of one claim: each opened by who works there, held against the rules, with its picture."""

from __future__ import annotations

import pytest
from django.urls import reverse

from claims.models import Claim, Envelope
from partners.models import Partner
from results.models import Result
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_results_and_what_partners_publish(story_desk: Desk) -> None:
    desk = story_desk
    partner = Partner.objects.get(short_name="UHF")
    publisher = Partner.objects.exclude(iati_identifier="").order_by("pk").first()
    result = Result.objects.filter(partner=partner).order_by("pk").first()
    desk.sign_in("anna")
    screens = {
        "results": reverse("admin:results_result_changelist"),
        "result": reverse("admin:results_result_change", args=[result.public_id]),
        "result-new": reverse("admin:results_result_add"),
        "results-sheet": reverse("admin:results_result_sheet"),
        "indicators": reverse("admin:results_indicator_changelist"),
        "iati-upload": reverse("admin:results_iatiupload_add"),
        "published": reverse("iati-comparison") + f"?partner={publisher.public_id}",
        "adding": reverse("adding") + f"?partner={partner.public_id}",
    }
    for name, address in screens.items():
        desk.open(address)
        desk.check(name)


def test_the_books_and_the_envelopes(story_desk: Desk) -> None:
    desk = story_desk
    claim, envelope = Claim.objects.get(reference="BV-2026-0001"), Envelope.objects.order_by("pk").first()
    desk.sign_in("fatima")
    for name, address in {
        "books": reverse("claims:books"),
        "envelopes": reverse("claims:envelopes"),
        "envelope": reverse("claims:envelope", args=[envelope.public_id]),
        "reconciliation": reverse("claims:reconciliation"),
        "reconciliation-month": reverse("claims:reconciliation-month", args=[2026, 3]),
        "deviations": reverse("claims:deviations"),
        "money": reverse("claims:money", args=[claim.reference]),
    }.items():
        desk.open(address)
        desk.check(name)


def test_closing_months_and_drawing_control_files(story_desk: Desk) -> None:
    desk = story_desk
    desk.sign_in("carla")
    for name, address in {"months": reverse("claims:months"), "control": reverse("claims:control")}.items():
        desk.open(address)
        desk.check(name)
