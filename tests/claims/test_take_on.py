"""Opening balances: a directorate starts in the middle of a year with what ran already, whole or not at all."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from claims.checks.ledger import differences
from claims.enums import ClaimState, Origin
from claims.models import Claim, Commitment, CommitmentRow, Decision, Envelope, GrantEntry, Mutation, Payment, TakeOn
from claims.queries import headroom
from core.models import Cover

pytestmark = pytest.mark.django_db

HEADING = (
    "Kind;Claim;Title of the claim;Directorate;Claim line;Activity number;Partner;Envelope;Budget year;"
    "Commitment number;Amount (EUR);Cash (EUR);Date;Decided by"
)
BUDGET = "budget;;;;;;;Niet-militaire steun;2026;;20.000.000,00;12.000.000,00;;"
GRANT = "granted;BZ2600001;Herstel en opvang;BZ DSH;Herstel;4000111;OP;Niet-militaire steun;2026;;12.000.000,00;6.000.000,00;15-01-2026;R"
FUND = "granted;BZ2600001;Herstel en opvang;BZ DSH;Opvang;;;Niet-militaire steun;2026;;3.000.000,00;;15-01-2026;R"
OTHER = "granted;BZ2600002;Ontmijning;BZ DSH;Ontmijning;;UHF;Niet-militaire steun;2026;;1.000.000,00;;;M"
BOND = "commitment;BZ2600001;;;Herstel;;OP;Niet-militaire steun;2026;ARR-1;10.000.000,00;;01-02-2026;"
BOND2 = "commitment;BZ2600001;;;Opvang;;UHF;Niet-militaire steun;2026;ARR-2;2.000.000,00;;01-03-2026;"
PAID = "paid;BZ2600001;;;Herstel;;;Niet-militaire steun;2026;ARR-1;1.500.000,00;;01-04-2026;"
ADVANCE = "open advance;BZ2600001;;;Herstel;;;Niet-militaire steun;2026;ARR-1;2.500.000,00;;01-05-2026;"
ROWS = (BUDGET, GRANT, FUND, OTHER, BOND, BOND2, PAID, ADVANCE)
AS_OF = datetime.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def envelope(db: None) -> Any:
    """The envelope, without any budget."""
    cover = Cover.objects.get(code="non-military-support")
    return Envelope.objects.create(name="Niet-militaire steun", year=2026, cover=cover)


@pytest.fixture
def cast(directorate: Any, partner: Any, fund: Any, bookkeeper: Any, controller: Any) -> dict[str, Any]:
    for user in (bookkeeper, controller):
        user.language = "en"
        user.save()
    return {"bookkeeper": bookkeeper, "controller": controller}


def sheet(*rows: str) -> bytes:
    return "\r\n".join((HEADING, *rows)).encode()


def send(client: Any, content: bytes, name: str = "opening.csv", **fields: str) -> Any:
    given = {"as_of": "30-06-2026", "source": "Jaarafsluiting", "file": SimpleUploadedFile(name, content), **fields}
    return client.post(reverse("claims:take-on"), given)


def added(enter: Any, cast: Any, *rows: str) -> str:
    answer = send(enter(cast["bookkeeper"]), sheet(*rows))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def page(client: Any, address: str) -> str:
    return str(client.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode())


def mark_on(html: str) -> str:
    return html.split('name="mark" value="')[1].split('"', maxsplit=1)[0]


def taken(enter: Any, cast: Any, *rows: str) -> Any:
    address = added(enter, cast, *rows)
    client = enter(cast["controller"])
    return client.post(address + "take-in/", {"mark": mark_on(page(client, address))})


def test_stands_afterwards_are_the_totals_of_the_file(enter: Any, cast: Any, envelope: Any) -> None:
    assert taken(enter, cast, *ROWS).status_code == 302
    stand = headroom.of_envelope(envelope)
    assert stand == headroom.of_envelope_on(envelope, AS_OF)
    commitments, cash = stand.commitments, stand.cash
    assert (commitments.budget, commitments.authorised) == (Decimal(20_000_000), Decimal(20_000_000))
    assert (commitments.granted, commitments.used) == (Decimal(16_000_000), Decimal(12_000_000))
    assert (cash.budget, cash.granted, cash.used) == (Decimal(12_000_000), Decimal(6_000_000), Decimal(4_000_000))
    bond = Commitment.objects.get(number="ARR-1")
    assert headroom.of_commitment(bond).open_advances == Decimal(2_500_000)
    assert headroom.of_commitment(bond).to_pay == Decimal(6_000_000)
    assert list(differences()) == []
    before = headroom.of_envelope_on(envelope, AS_OF - datetime.timedelta(days=1))
    assert before.commitments.used == before.cash.used == before.commitments.granted == 0


def test_every_row_says_that_it_is_an_opening_balance_and_where_from(enter: Any, cast: Any) -> None:
    taken(enter, cast, *ROWS)
    for model in (Mutation, CommitmentRow, Payment):
        assert set(model.objects.values_list("origin", "reason")) == {(Origin.TAKE_ON, "Jaarafsluiting")}
    decisions = Decision.objects.order_by("pk")
    assert {(row.origin, row.source) for row in decisions} == {(Origin.TAKE_ON, "Jaarafsluiting")}
    assert [(row.decided_on, row.date_unknown) for row in decisions] == [
        (datetime.date(2026, 1, 15), False),
        (None, True),
    ]
    assert {(row.registered_by, row.confirmed_by) for row in decisions} == {(cast["bookkeeper"], cast["controller"])}
    assert all(grant.step.decision_id for grant in GrantEntry.objects.select_related("step"))
    states = dict(Claim.objects.values_list("ministry_reference", "state"))
    assert states == {"BZ2600001": ClaimState.RUNNING, "BZ2600002": ClaimState.GRANTED}
    claim = Claim.objects.get(ministry_reference="BZ2600001")
    assert [(line.title, line.activity_number) for line in claim.lines.in_order()] == [
        ("Herstel", "4000111"),
        ("Opvang", ""),
    ]


def test_whoever_added_it_does_not_take_it_in(enter: Any, cast: Any) -> None:
    from core.models import Membership

    Membership.objects.create(user=cast["bookkeeper"], role="controller")
    address = added(enter, cast, *ROWS)
    client = enter(cast["bookkeeper"])
    assert 'name="mark"' not in page(client, address)
    assert client.post(address + "take-in/", {"mark": "x"}).status_code == 403
    assert not Claim.objects.exists()
    kept = TakeOn.objects.get()
    with pytest.raises(IntegrityError, match="take_on_four_eyes"), transaction.atomic():
        TakeOn.objects.filter(pk=kept.pk).update(
            taken_in=True, done_by=kept.added_by, done_at=kept.added_at, content=None
        )


FAULTS = {
    "envelope unknown": (GRANT.replace("Niet-militaire", "Militaire"), "There is no envelope"),
    "directorate unknown": (GRANT.replace("BZ DSH", "BZ XYZ"), "There is no directorate of this code"),
    "partner unknown": (GRANT.replace(";OP;", ";Wie;"), "There is no partner of this name"),
    "party unknown": (GRANT.replace(";R", ";Z9"), "There is no deciding party of this code"),
    "no decision": (GRANT[:-1], "needs this"),
    "twice": (GRANT.replace("6.000.000", "5.000.000"), "from that envelope and year already"),
    "another title": (FUND.replace("Herstel en opvang", "Iets anders"), "Another row of this claim says otherwise"),
    "line without grant": (
        BOND.replace(";Herstel;", ";Scholen;").replace("ARR-1", "ARR-9"),
        "Nothing is granted to this line",
    ),
    "number twice": (BOND.replace("10.000.000", "1.000.000"), "A commitment of that number is there already"),
    "paid on nothing": (PAID.replace("ARR-1", "ARR-8"), "There is no commitment of this number"),
    "nothing": (PAID.replace("1.500.000,00", "0,00"), "more than zero"),
    "later": (PAID.replace("01-04-2026", "01-07-2026"), "after the day of the opening balance"),
    "above the line": (BOND.replace("ARR-1", "ARR-9"), "More is committed than was granted"),
    "above the commitment": (PAID.replace("1.500.000,00", "7.000.000,00"), "More is paid than was committed"),
    "above the cash": (
        PAID.replace("Herstel", "Opvang").replace("ARR-1", "ARR-2").replace("1.500.000,00", "1.900.000,00"),
        "More is paid than the envelope holds in cash",
    ),
    "not a number": (PAID.replace("1.500.000,00", "veel"), "veel"),
}


@pytest.mark.parametrize("case", list(FAULTS))
def test_one_bad_row_refuses_the_whole_file_and_says_where(case: str, enter: Any, cast: Any) -> None:
    row, said = FAULTS[case]
    rows = [*ROWS[:2], row, *ROWS[3:]] if case == "another title" else [*ROWS, row]
    if case == "above the cash":
        rows[0] = BUDGET.replace("12.000.000,00", "5.000.000,00")
    address = added(enter, cast, *rows)
    client = enter(cast["controller"])
    html = page(client, address)
    assert said in html
    assert 'name="mark"' not in html
    assert client.post(address + "take-in/", {"mark": "0" * 64}).status_code == 409
    assert not Claim.objects.exists()
    assert not Mutation.objects.exists()


def test_above_the_envelope_is_refused_with_the_room_there_is(enter: Any, cast: Any) -> None:
    html = page(enter(cast["controller"]), added(enter, cast, BUDGET.replace("20.000.000", "11.000.000"), *ROWS[1:]))
    assert "More is committed than the envelope holds" in html
    assert "At most €1,000,000.00 more" in html


def test_a_claim_is_taken_on_once(enter: Any, cast: Any) -> None:
    taken(enter, cast, *ROWS)
    html = page(enter(cast["controller"]), added(enter, cast, *ROWS))
    assert "A claim of this reference is there already" in html
    assert Claim.objects.count() == 2


def test_a_closed_month_takes_no_opening_balance(enter: Any, cast: Any) -> None:
    from claims.actions.ledger import close_month
    from tests.conftest import NOON

    close_month(by=cast["controller"], at=NOON, month=datetime.date(2026, 6, 1))
    assert "The month of that day is closed" in page(enter(cast["controller"]), added(enter, cast, *ROWS))


def test_a_file_is_put_away_and_a_form_without_day_or_source_refused(enter: Any, cast: Any) -> None:
    client = enter(cast["bookkeeper"])
    assert send(client, sheet(*ROWS), source="").status_code == 422
    assert send(client, sheet(*ROWS), as_of="").status_code == 422
    assert send(client, sheet(*ROWS), as_of="01-01-2199").status_code == 422
    address = added(enter, cast, *ROWS)
    assert client.post(address, {"put_away": "1"}).status_code == 302
    assert client.get(address).status_code == 200
    assert client.get(reverse("claims:take-on")).status_code == 200
    assert TakeOn.objects.get().content is None


def test_a_question_of_the_file_is_answered(enter: Any, cast: Any) -> None:
    address = added(enter, cast, *ROWS, ";;;;;;;;;;52.000.000,00;;;")
    client = enter(cast["bookkeeper"])
    html = page(client, address)
    assert 'name="answer:' in html
    key = html.split('name="answer:')[1].split('"', maxsplit=1)[0]
    client.post(address, {f"answer:{key}": "skip"})
    assert 'name="mark"' in page(enter(cast["controller"]), address)


def test_the_sheet_to_fill_in_comes_back(enter: Any, cast: Any) -> None:
    client = enter(cast["bookkeeper"])
    for kind in ("csv", "xlsx", "ods"):
        assert client.get(reverse("claims:take-on-template", args=[kind])).status_code == 200
    assert client.get(reverse("claims:take-on-template", args=["pdf"])).status_code == 404
    answer = client.get(reverse("claims:take-on-template", args=["xlsx"]), HTTP_ACCEPT_LANGUAGE="en")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    for row in ROWS:
        cells: list[Any] = [cell or None for cell in row.split(";")]
        cells[8] = int(cells[8])
        for place in (10, 11):
            cells[place] = cells[place] and float(cells[place].replace(".", "").replace(",", "."))
        cells[12] = cells[12] and datetime.datetime.strptime(cells[12], "%d-%m-%Y")
        book.worksheets[0].append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    sent = send(client, buffer.getvalue(), "opening.xlsx")
    assert 'name="mark"' in page(enter(cast["controller"]), sent["Location"])


def test_the_command_says_what_it_would_do_and_does_it(tmp_path: Path, cast: Any) -> None:
    path = tmp_path / "opening.csv"
    path.write_bytes(sheet(*ROWS))
    out = io.StringIO()
    given = ["take_on", str(path), "--as-of", "2026-06-30", "--source", "Jaarafsluiting"]
    call_command(*given, "--dry-run", stdout=out)
    assert "commitment: 2 rows, EUR 12000000.00" in out.getvalue()
    assert not Claim.objects.exists()
    with pytest.raises(CommandError, match="--by"):
        call_command(*given, stdout=out)
    people = ["--by", cast["bookkeeper"].username, "--confirmed-by", cast["bookkeeper"].username]
    with pytest.raises(CommandError, match="Nothing was recorded"):
        call_command(*given, *people, stdout=out)
    assert not TakeOn.objects.exists()
    call_command(*given, *people[:-1], cast["controller"].username, stdout=out)
    assert Claim.objects.count() == 2
    path.write_bytes(sheet(*ROWS, PAID.replace("ARR-1", "ARR-8")))
    with pytest.raises(CommandError, match="row 10, J Commitment number “ARR-8”"):
        call_command(*given, "--dry-run", stdout=out)


def test_only_an_opening_balance_grants_to_a_draft(enter: Any, cast: Any, claim: Any, officer: Any) -> None:
    from tests.conftest import NOON

    row = {
        "claim": claim,
        "round": 1,
        "party_id": 1,
        "outcome": "granted",
        "settles": True,
        "date_unknown": True,
        "registered_by": cast["bookkeeper"],
        "registered_at": NOON,
    }
    with pytest.raises(IntegrityError, match="opening"), transaction.atomic():
        Decision.objects.create(**row, origin=Origin.TAKE_ON, source="x")  # a claim that an officer drafted
    with pytest.raises(IntegrityError, match="decision_origin_and_source"), transaction.atomic():
        Decision.objects.create(**row, source="x")
