"""Every place that takes a file: what is not the kind it asks for is refused with a message, and nothing of it is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Claim, Commitment, Evidence, EvidenceKind, HouseStyle, Payment
from results.models import IatiFile

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 400
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;&c;</a>'
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def bomb(kind: str) -> bytes:
    """A small file that unfolds to 300 MB."""
    inside = {"docx": "word__document_xml", "xlsx": "xl__workbook_xml", "ods": "content_xml", "odt": "content_xml"}[
        kind
    ]
    return archive(**{"[Content_Types]_xml": b"<x/>", inside: b" " * (300 << 20)})


WRONG: dict[str, Callable[[str], bytes]] = {
    "a picture": lambda _kind: PNG,
    "a program": lambda _kind: PROGRAM,
    "a web page": lambda _kind: PAGE,
    "an archive of something else": lambda _kind: archive(x=b"y"),
    "half an archive": lambda _kind: archive(x=b"y" * 9000)[:60],
    "entities that unfold": lambda _kind: LAUGHS,
    "nothing": lambda _kind: b"",
    "one zero": lambda _kind: b"\x00",
}
# where a file is sent: its name in the form, its ending, and who may send it
PLACES: dict[str, tuple[str, str, str]] = {
    "claims:books": ("file", "xlsx", "bookkeeper"),
    "claims:take-on": ("file", "ods", "bookkeeper"),
    "claims:reconciliation-month": ("file", "xlsx", "bookkeeper"),
    "claims:evidence": ("file", "docx", "officer"),
    "claims:from-word": ("file", "docx", "officer"),
    "claims:house-styles": ("file", "odt", "administrator"),
    "check-piece": ("file", "docx", "officer"),
    "admin:results_result_sheet": ("sheet", "xlsx", "officer"),
    "admin:results_iatiupload_add": ("upload", "xml", "officer"),
}


def send(client: Any, place: str, name: str, content: bytes, claim: Any) -> Any:
    """Send a file with what else its form asks."""
    field = PLACES[place][0]
    arguments = {"claims:evidence": [claim.reference], "claims:reconciliation-month": [2026, 3]}.get(place, [])
    more = {
        "claims:take-on": {"as_of": "31-12-2025", "source": "Boeken"},
        "claims:evidence": {"kind": EvidenceKind.objects.order_by("pk")[0].pk, "classification": "internal"},
        "claims:from-word": {"title": "Nieuw", "year": "2027", "directorate": claim.directorate_id},
        "admin:results_result_sheet": {"partner": str(claim.lines.get().partners.get().public_id)},
    }.get(place, {})
    return client.post(reverse(place, args=arguments), {field: SimpleUploadedFile(name, content), **more}, follow=True)


def kept() -> tuple[int, ...]:
    """Count what a file becomes when it is taken in. Sheets for the books and IATI files that were sent are kept with their findings."""
    return tuple(model.objects.count() for model in (Evidence, IatiFile, Claim, Payment, Commitment, HouseStyle))


@pytest.mark.parametrize("what", sorted(WRONG))
@pytest.mark.parametrize("place", sorted(PLACES))
def test_what_is_not_the_kind_that_is_asked_is_refused_with_a_message(
    place: str, what: str, claim: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    _field, kind, role = PLACES[place]
    client, before = enter(request.getfixturevalue(role)), kept()
    answer = send(client, place, f"bestand.{kind}", WRONG[what](kind), claim)
    html = answer.content.decode()
    assert answer.status_code in (200, 422), what
    assert any(mark in html for mark in ('role="alert"', "alert--error", "errorlist", "finding"))
    assert kept() == before


@pytest.mark.slow
@pytest.mark.parametrize("place", sorted(place for place, (_f, kind, _r) in PLACES.items() if kind != "xml"))
def test_a_small_file_that_unfolds_without_end_is_refused_in_little_memory(
    place: str, claim: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    import resource

    _field, kind, role = PLACES[place]
    content = bomb(kind)
    assert len(content) < 1 << 20
    client = enter(request.getfixturevalue(role))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = send(client, place, f"bom.{kind}", content, claim)
    assert answer.status_code in (200, 422)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120_000  # kB


@pytest.mark.parametrize("place", sorted(PLACES))
def test_another_ending_than_is_asked_for_is_refused(
    place: str, claim: Any, enter: Any, request: pytest.FixtureRequest
) -> None:
    client = enter(request.getfixturevalue(PLACES[place][2]))
    answer = send(client, place, "bestand.exe", PROGRAM, claim)
    assert answer.status_code in (200, 422)
    assert 'role="alert"' in answer.content.decode() or "error" in answer.content.decode()


def test_every_place_that_takes_a_file_is_held_here() -> None:
    """A new form with a file belongs in the list above."""
    floors = ("core", "claims", "results", "partners", "reporting")
    files = [path for floor in floors for path in Path(settings.BASE_DIR / floor).rglob("*.py")]
    found = sum(path.read_text().count("forms.FileField(") + path.read_text().count('FILES.get("') for path in files)
    assert found == len(PLACES)
