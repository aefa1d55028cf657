"""The sheet a partner fills in: out with what is known, in with what is new, refused with row and column."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from core.models import Event, Source
from core.tabular import Format, read, template
from results.actions.fill_in import TakenIn, fill_in
from results.actions.verify import lock_period
from results.importers.sheet import COLUMNS, known_rows
from results.models import Result, ResultVersion
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
D = Decimal
START, END = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def result(fund: Any) -> Any:
    made = Result.objects.create(partner=fund, label="kregen hulp", unit="mensen", period_start=START, period_end=END)
    ResultVersion.objects.create(result=made, value=D(100), target=D(150), as_of=END)
    return made


def row(result: Any = None, **values: Any) -> list[Any]:
    filled: dict[str, Any] = dict.fromkeys((column.name for column in COLUMNS), None)
    filled |= {"key": "", "label": "kregen hulp", "unit": "mensen", "start": START, "end": END, "narrative": ""}
    if result is not None:
        filled["key"] = str(result.public_id)
    return list((filled | values).values())


def send(by: Any, partner: Any, *rows: list[Any], kind: Format = Format.XLSX) -> TakenIn:
    content = b"".join(template(kind, COLUMNS, rows, language="en"))
    return fill_in(by=by, at=NOON, partner=partner, content=content, name=f"blad.{kind}", answers={})


@pytest.mark.parametrize("kind", [Format.XLSX, Format.ODS, Format.CSV])
def test_a_filled_sheet_becomes_a_version_with_the_sheet_as_its_source(
    kind: Format, officer: Any, fund: Any, result: Any
) -> None:
    taken = send(officer, fund, row(result, value=D(120), target=D(150), as_of=END), kind=kind)
    assert (list(taken.findings), taken.new) == ([], 1)
    newest = result.versions.order_by("-number").first()
    assert (newest.number, newest.value, newest.target, newest.state) == (2, 120, 150, "reported")
    assert newest.source == Source.objects.get(title=f"blad.{kind}")
    assert Event.objects.get(kind="sheet.filled-in").data == {"rows": 1, "new": 1}


def test_what_is_handed_out_comes_back_and_reports_nothing_by_itself(officer: Any, fund: Any, result: Any) -> None:
    content = b"".join(template(Format.XLSX, COLUMNS, known_rows(fund), language="nl"))
    reading = read(content, "blad.xlsx", columns=COLUMNS)
    assert [one.values["key"] for one in reading.rows()] == [str(result.public_id)]
    taken = fill_in(by=officer, at=NOON, partner=fund, content=content, name="blad.xlsx", answers={})
    assert (taken.new, taken.unchanged, result.versions.count()) == (0, 0, 1)


def test_what_is_known_already_is_not_stored_again(officer: Any, fund: Any, result: Any) -> None:
    taken = send(officer, fund, row(result, value=D(100), target=D(150), as_of=END))
    assert (taken.new, taken.unchanged, result.versions.count()) == (0, 1, 1)
    assert not Source.objects.exists()


def test_a_row_without_a_key_is_a_new_result(officer: Any, fund: Any) -> None:
    assert send(officer, fund, row(label="kregen kleding", value=D(5))).new == 1
    made = Result.objects.get()
    assert (made.label, made.partner, made.versions.get().as_of) == ("kregen kleding", fund, END)


def test_a_percentage_is_reckoned(officer: Any, fund: Any) -> None:
    send(officer, fund, row(unit="%", numerator=D(45), denominator=D(60)))
    assert ResultVersion.objects.get().value == D("75.00")


def test_a_confidential_result_is_on_no_sheet_and_taken_from_none(
    officer: Any, fund: Any, result: Any, directorate: Any
) -> None:
    Result.objects.filter(pk=result.pk).update(confidential=True, directorate=directorate)
    assert list(known_rows(fund)) == []
    assert send(officer, fund, row(result, value=D(5))).findings


@pytest.mark.parametrize(
    ("values", "header", "said"),
    [
        ({"label": "anders"}, "what was achieved", "belongs to “kregen hulp”"),
        ({"key": "11111111-1111-1111-1111-111111111111"}, "key", "No result of this partner"),
        ({"key": "", "end": datetime.date(2023, 1, 1)}, "up to and including", "ends on or after"),
        ({"numerator": D(1)}, "denominator", "numerator and the denominator"),
        ({"numerator": D(1), "denominator": D(0)}, "denominator", "more than zero"),
        ({"numerator": D(1), "denominator": D(4)}, "value", "not the numerator divided"),
    ],
)
def test_what_is_wrong_is_refused_with_row_and_column_and_nothing_is_stored(
    values: dict[str, Any], header: str, said: str, officer: Any, fund: Any, result: Any
) -> None:
    good = row(label="goed", value=D(1))
    taken = send(officer, fund, good, row(result, **{"value": D(120)} | values))
    assert (taken.findings[0].row, taken.findings[0].header) == (3, header)
    assert said in str(taken.findings[0].message)
    assert (Result.objects.count(), ResultVersion.objects.count()) == (1, 1)


def test_one_result_twice_is_refused(officer: Any, fund: Any) -> None:
    taken = send(officer, fund, row(value=D(1)), row(value=D(2)))
    assert "twice" in str(taken.findings[0].message)


def test_a_locked_period_is_refused(officer: Any, controller: Any, fund: Any, result: Any) -> None:
    lock_period(by=controller, at=NOON, partner=fund, start=START, end=END, reason="Akkoord")
    assert "Akkoord" in str(send(officer, fund, row(result, value=D(1))).findings[0].message)
    assert "Akkoord" in str(send(officer, fund, row(label="nieuw", value=D(1))).findings[0].message)


def test_a_file_that_is_no_sheet_is_refused(officer: Any, fund: Any) -> None:
    taken = fill_in(by=officer, at=NOON, partner=fund, content=b"%PDF-", name="x.pdf", answers={})
    assert taken.findings


def test_who_may_not_take_in_is_refused(reader: Any, fund: Any, enter: Any) -> None:
    with pytest.raises(PermissionDenied):
        send(reader, fund)
    assert enter(reader).get(reverse("admin:results_result_sheet")).status_code == 403


def test_out_and_in_on_the_screen(officer: Any, fund: Any, result: Any, enter: Any) -> None:
    page = reverse("admin:results_result_sheet")
    assert enter(officer).get(page).status_code == 200
    out = enter(officer).get(page, {"partner": fund.public_id, "format": "ods"})
    assert out["Content-Disposition"].endswith('.ods"')
    assert read(out.content, "x.ods", columns=COLUMNS).row_count == 1
    wrong = SimpleUploadedFile(
        "x.xlsx", b"".join(template(Format.XLSX, COLUMNS, [row(key="x", value=D(1))], language="nl"))
    )
    answer = enter(officer).post(page, {"partner": fund.public_id, "sheet": wrong})
    assert answer.status_code == 200
    assert answer.context["taken"].findings
    good = SimpleUploadedFile(
        "x.xlsx", b"".join(template(Format.XLSX, COLUMNS, [row(result, value=D(9))], language="nl"))
    )
    assert enter(officer).post(page, {"partner": fund.public_id, "sheet": good}).status_code == 302
    assert result.versions.count() == 2
    for odd in ({"partner": "x", "format": "ods"}, {"partner": fund.public_id, "format": "exe"}):
        assert enter(officer).get(page, odd).status_code == 404
    assert enter(officer).post(page, {"partner": fund.public_id}).status_code == 200
