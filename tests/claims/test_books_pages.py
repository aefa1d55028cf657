"""Payments from the books in the browser and by command: looked at, asked about, taken in once; months reconciled."""

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
from django.urls import reverse
from django.utils import translation

from claims.models import BooksFile, BooksTotal, Deviation, Payment, Reconciliation
from tests.books import mln

pytestmark = pytest.mark.django_db

HEADING = "Voucher number;Commitment number;Kind;Amount (EUR);Paid on;Booked on"
ONE = "0001;ARR-1;payment;1.000.000,00;01-05-2026;02-05-2026"
TWO = "0002;ARR-1;advance;4.500.000,00;03-05-2026;03-05-2026"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def arrangement(books: Any, partner: Any) -> Any:
    """A commitment of 4 million out of an envelope with 6 of cash."""
    envelope = books.envelope(2026, 10, 6)
    line = books.granted(("Herstel", envelope, 5, partner))["Herstel"]
    return books.sign(line, envelope, 4, "2026-04-01", number="ARR-1")


@pytest.fixture
def desk(enter: Any, bookkeeper: Any) -> Any:
    """The bookkeeper's browser, in English."""
    bookkeeper.language = "en"
    bookkeeper.save()
    client = enter(bookkeeper)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.cookies["django_language"] = "en"
    return client


def sheet(*rows: str) -> bytes:
    return "\r\n".join((HEADING, *rows)).encode()


def send(client: Any, content: bytes, name: str = "payments.csv") -> str:
    """Add a file and return its page."""
    answer = client.post(reverse("claims:books"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def mark_on(html: str) -> str:
    return html.split('name="mark" value="')[1].split('"', maxsplit=1)[0]


def take_in(client: Any, page: str, mark: str) -> Any:
    return client.post(page + "take-in/", {"mark": mark})


# -- in the browser ---------------------------------------------------------------------------------------------------


def test_a_file_is_shown_before_anything_is_recorded_and_then_taken_in(desk: Any, arrangement: Any) -> None:
    page = send(desk, sheet(ONE, TWO))
    html = desk.get(page).content.decode()
    assert "€1,500,000.00" in html.replace("\xa0", "").replace(" ", "") or "1.500.000,00" in html
    assert not Payment.objects.exists()
    assert not Deviation.objects.exists()
    answer = take_in(desk, page, mark_on(html))
    assert answer["Location"] == page
    assert sorted(Payment.objects.values_list("voucher", "signed")) == [("0001", mln(1)), ("0002", mln("4,5"))]
    assert Deviation.objects.get().amount == mln("1,5")
    kept = BooksFile.objects.get()
    assert (kept.content, kept.new, kept.recognised, kept.deviations) == (None, 2, 0, 1)
    assert desk.get(page).status_code == 200


def test_clicked_twice_it_is_taken_in_once(desk: Any, arrangement: Any) -> None:
    page = send(desk, sheet(ONE))
    mark = mark_on(desk.get(page).content.decode())
    assert [take_in(desk, page, mark).status_code for _click in range(2)] == [302, 302]
    assert Payment.objects.count() == 1


def test_what_is_taken_in_is_what_was_shown(desk: Any, arrangement: Any, books: Any) -> None:
    page = send(desk, sheet(ONE))
    mark = mark_on(desk.get(page).content.decode())
    books.pay(arrangement, arrangement.rows.get().envelope, 4, "2026-05-01")  # now it would pass its limit
    for shown in (mark, "", "0" * 64):
        answer = take_in(desk, page, shown)
        assert answer.status_code == 409
        assert not Payment.objects.filter(origin="books").exists()
    assert take_in(desk, page, mark_on(answer.content.decode())).status_code == 302
    assert Deviation.objects.get().amount == mln(1)


def test_the_same_file_again_is_recognised_row_by_row(desk: Any, arrangement: Any) -> None:
    for _time in range(2):
        page = send(desk, sheet(ONE))
        take_in(desk, page, mark_on(desk.get(page).content.decode()))
    assert list(BooksFile.objects.order_by("pk").values_list("new", "recognised")) == [(1, 0), (0, 1)]
    assert Payment.objects.count() == 1


def test_a_row_that_cannot_be_taken_in_is_shown_with_its_place_and_keeps_the_file_out(
    desk: Any, arrangement: Any
) -> None:
    page = send(desk, sheet(ONE, "0002;ARR-404;payment;12,50;03-05-2026;03-05-2026"))
    html = desk.get(page).content.decode()
    assert "ARR-404" in html
    assert "Commitment number" in html
    assert 'name="mark"' not in html
    assert take_in(desk, page, "0" * 64).status_code == 409
    assert not Payment.objects.exists()


def test_a_question_is_asked_with_its_place_and_its_answer_counts_from_then_on(desk: Any, arrangement: Any) -> None:
    page = send(desk, sheet(ONE, TWO, ";;;5.500.000,00;;"))
    html = desk.get(page).content.decode()
    assert 'name="answer:total_row" value="skip"' in html
    desk.post(page, {"answer:total_row": "nonsense", "answer:other": "x"})
    assert BooksFile.objects.get().answers == {}
    desk.post(page, {"answer:total_row": "skip"})
    assert BooksFile.objects.get().answers == {"total_row": "skip"}
    take_in(desk, page, mark_on(desk.get(page).content.decode()))
    assert Payment.objects.count() == 2


def test_a_file_that_is_put_away_leaves_no_content(desk: Any, arrangement: Any) -> None:
    page = send(desk, sheet(ONE))
    mark = mark_on(desk.get(page).content.decode())
    desk.post(page, {"put_away": "1"})
    kept = BooksFile.objects.get()
    assert (kept.content, kept.taken_in) == (None, False)
    assert take_in(desk, page, mark).status_code == 409
    assert desk.get(page).status_code == 200
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"\x00",
        b"%PDF-1.7",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"\xff\xfe\x00\xd8",
        sheet("=1+1;ARR-1;payment;1e5;31-02-2026;1-5-26"),
        sheet("0001;ARR-1;payment;-5,00;01-05-2026;02-05-2026"),
        sheet("0001;ARR-1;bribe;5,00;01-05-2026;02-05-2026"),
        sheet("0001;ARR-1;payment;99999999999999999999,00;01-05-2026;02-05-2026"),
        sheet("0001;ARR-1;payment;0,00;01-05-2026;02-05-2026"),
        sheet("0001" * 40 + ";ARR-1;payment;5,00;01-05-2026;02-05-2026"),
        b"Voucher number;Amount (EUR)\r\n1;2",
        b";" * 5000,
    ],
)
def test_whatever_is_sent_is_refused_in_words_and_never_taken_in(desk: Any, arrangement: Any, content: bytes) -> None:
    page = send(desk, content, "x\x00../../payments.xlsx")
    answer = desk.get(page)
    assert answer.status_code == 200
    assert 'name="mark"' not in answer.content.decode()
    assert take_in(desk, page, "0" * 64).status_code == 409
    assert not Payment.objects.exists()


def test_no_file_an_empty_one_and_one_that_is_too_large_are_refused_at_the_door(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("claims.views.books.LARGEST_FILE", 100)
    for data in ({}, {"file": SimpleUploadedFile("a.csv", b"")}, {"file": SimpleUploadedFile("a.csv", bytes(101))}):
        assert desk.post(reverse("claims:books"), data).status_code == 422
    assert not BooksFile.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_sheet_to_fill_in_knows_the_open_commitments_and_is_read_back(
    desk: Any, arrangement: Any, kind: str
) -> None:
    answer = desk.get(reverse("claims:books-template", args=[kind]))
    assert answer.status_code == 200
    if kind == "csv":
        assert b"ARR-1" in answer.content
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        page = book.worksheets[0]
        filled = {"A": "0001", "D": "payment", "E": Decimal("1.50"), "F": datetime.date(2026, 5, 1)}
        for column, value in (*filled.items(), ("G", datetime.date(2026, 5, 2))):
            page[f"{column}2"] = value
        out = io.BytesIO()
        book.save(out)
        take = send(desk, out.getvalue(), "filled.xlsx")
        take_in(desk, take, mark_on(desk.get(take).content.decode()))
        assert Payment.objects.get().amount == Decimal("1.50")


def test_an_unknown_kind_of_sheet_is_not_there(desk: Any) -> None:
    assert desk.get("/claims/books/template/exe/").status_code == 404


def test_only_a_bookkeeper_gets_in(enter: Any, books: Any, arrangement: Any) -> None:
    for role in ("officer", "manager", "controller", "registrar", "reader", "stranger", "administrator", "nobody"):
        client = enter(books.cast[role])
        assert client.get(reverse("claims:books")).status_code == 403
        assert client.post(reverse("claims:books"), {}).status_code == 403


def test_a_file_keeps_what_it_is_in_the_database(desk: Any, arrangement: Any) -> None:
    from django.db import IntegrityError, transaction

    send(desk, sheet(ONE))
    kept = BooksFile.objects.all()
    for change in ({"digest": "0" * 64}, {"content": b"x"}, {"name": "y"}, {"taken_in": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.delete()


# -- by command -------------------------------------------------------------------------------------------------------


def run(tmp_path: Path, content: bytes, *more: str) -> str:
    path, out = tmp_path / "payments.csv", io.StringIO()
    path.write_bytes(content)
    call_command("import_payments", str(path), *more, stdout=out)
    return out.getvalue()


def test_the_command_says_what_would_happen_and_takes_in_with_commit(
    tmp_path: Path, arrangement: Any, bookkeeper: Any
) -> None:
    assert "2 new, 0 recognised and left out, 1 deviations" in run(tmp_path, sheet(ONE, TWO))
    assert not Payment.objects.exists()
    with pytest.raises(CommandError, match="--by"):
        run(tmp_path, sheet(ONE), "--commit")
    assert "Taken in." in run(tmp_path, sheet(ONE), "--commit", "--by", bookkeeper.username)
    assert "0 new, 1 recognised" in run(tmp_path, sheet(ONE))
    assert Payment.objects.count() == 1


def test_the_command_names_each_bad_row_and_each_question(
    tmp_path: Path, arrangement: Any, bookkeeper: Any, officer: Any
) -> None:
    with pytest.raises(CommandError, match=r"row 2, B Commitment number “ARR-9”"):
        run(tmp_path, sheet("0001;ARR-9;payment;1,50;01-05-2026;02-05-2026"))
    total = sheet(ONE, TWO, ";;;5.500.000,00;;")
    with pytest.raises(CommandError, match="--answer total_row=skip"):
        run(tmp_path, total)
    assert "2 new" in run(tmp_path, total, "--answer", "total_row=skip")
    with pytest.raises(CommandError, match="KEY=VALUE"):
        run(tmp_path, total, "--answer", "skip")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_payments", str(tmp_path / "nothing.csv"))
    with pytest.raises(CommandError, match="Nothing was recorded"):
        run(tmp_path, sheet(ONE), "--commit", "--by", officer.username)
    assert not Payment.objects.exists()


# -- deviations -------------------------------------------------------------------------------------------------------


@pytest.fixture
def deviating(desk: Any, arrangement: Any) -> Any:
    page = send(desk, sheet(ONE, TWO))
    take_in(desk, page, mark_on(desk.get(page).content.decode()))
    return Deviation.objects.get()


def test_a_deviation_is_seen_and_explained_once_by_its_owner(deviating: Any, books: Any, enter: Any) -> None:
    address = reverse("claims:deviation", args=[deviating.public_id])
    assert enter(books.cast["stranger"]).get(address).status_code == 404
    assert enter(books.cast["reader"]).post(address, {"explanation": "Ik?"}).status_code == 403
    client = enter(books.cast["officer"])
    assert "0002" in client.get(reverse("claims:deviations")).content.decode()
    assert client.post(address, {"explanation": " "}).status_code == 422
    assert client.post(address, {"explanation": "Addendum volgt."}).status_code == 302
    deviating.refresh_from_db()
    assert (deviating.explanation, deviating.explained_by) == ("Addendum volgt.", books.cast["officer"])
    assert client.post(address, {"explanation": "Toch niet."}).status_code == 422
    assert "Addendum volgt." in client.get(address).content.decode()


def test_the_list_costs_as_many_queries_for_many_as_for_one(
    deviating: Any, desk: Any, arrangement: Any, django_assert_max_num_queries: Any
) -> None:
    page = send(desk, sheet(*(f"1{n:03d};ARR-1;payment;1,00;04-05-2026;04-05-2026" for n in range(3))))
    take_in(desk, page, mark_on(desk.get(page).content.decode()))
    with django_assert_max_num_queries(12):
        desk.get(reverse("claims:deviations"))


# -- reconciliation ---------------------------------------------------------------------------------------------------


def test_a_month_is_filled_in_explained_and_signed_off(deviating: Any, desk: Any, enter: Any, books: Any) -> None:
    month = reverse("claims:reconciliation-month", args=[2026, 5])
    assert desk.get(month).status_code == 200
    row = {"series": "cash", "activity_number": "", "amount": "5 000 000,00", "explanation": ""}
    assert desk.post(month, {**row, "amount": "veel"}).status_code == 422
    assert desk.post(month, {**row, "amount": "5000000"}).status_code == 302
    controller = enter(books.controller)
    sign = reverse("claims:reconciliation-sign-off", args=[2026, 5])
    answer = controller.post(sign, {"mark": mark_on(controller.get(month).content.decode())})
    assert answer.status_code == 409  # the difference is not explained
    controller.post(month, {**row, "amount": "5000000", "explanation": "Volgt in juni."})
    assert controller.post(sign, {"mark": "old"}).status_code == 409
    assert controller.post(sign, {"mark": mark_on(controller.get(month).content.decode())}).status_code == 302
    assert Reconciliation.objects.get().signed_by == books.controller
    assert controller.get(reverse("claims:reconciliation")).status_code == 200
    assert enter(books.bookkeeper).post(sign, {"mark": ""}).status_code == 403


def test_the_totals_of_a_month_come_as_a_sheet_too(desk: Any, arrangement: Any) -> None:
    month = reverse("claims:reconciliation-month", args=[2026, 5])

    def upload(text: str, **more: str) -> Any:
        sent = SimpleUploadedFile("totals.csv", text.encode())
        return desk.post(month, {"upload": "1", "file": sent, **more})

    good = (
        "Series;Activity number;Amount (EUR);Explanation\r\ncash;4000;1.250,50;\r\ncommitments;4000;-12,00;Vrijval\r\n"
    )
    assert upload(good).status_code == 302
    assert sorted(BooksTotal.objects.values_list("series", "activity_number", "amount")) == [
        ("cash", "4000", Decimal("1250.50")),
        ("commitment", "4000", Decimal("-12.00")),
    ]
    assert upload(good).status_code == 302
    assert BooksTotal.objects.count() == 2
    assert upload("Series;Amount (EUR)\r\nplay;x").status_code == 422
    assert upload("%PDF").status_code == 422
    assert desk.post(month, {"upload": "1"}).status_code == 422


def test_a_month_that_does_not_exist_is_not_there(desk: Any) -> None:
    for year, month in ((2026, 13), (2026, 0), (1999, 1), (9999, 1)):
        assert desk.get(f"/claims/reconciliation/{year}/{month}/").status_code == 404


def test_officers_have_no_part_in_the_reconciliation(enter: Any, books: Any) -> None:
    for role in ("officer", "stranger", "nobody", "administrator"):
        client = enter(books.cast[role])
        for name, more in (("reconciliation", []), ("reconciliation-month", [2026, 5])):
            assert client.get(reverse(f"claims:{name}", args=more)).status_code == 403
