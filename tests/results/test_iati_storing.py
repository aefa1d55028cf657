"""Files taken in: each a version beside the ledger, all or nothing; and taking a published result over."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from core.models import Event, Source
from partners.models import Partner
from results.actions import import_iati as actions
from results.actions.take_over import NotTakenOver, published, take_over
from results.actions.verify import lock_period
from results.importers.iati.reading import Refused
from results.importers.iati.storing import stored_facts
from results.models import IatiActivity, IatiFile, IatiRemark, IatiTransaction, IatiUpload, Result
from tests.conftest import NOON
from tests.results.iati import activity, file, reads, result, take_in
from tests.results.iati import transaction as paid

pytestmark = pytest.mark.django_db
D = Decimal
RICH = file(
    activity(inner=paid("-12.50", currency="EUR") + paid(provider="XM-DAC-701-2"), results=result()),
    activity("XM-DAC-41114-2", currency="", inner=paid()),
    activity("XM-DAC-41114-2"),
)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def undp(db: None) -> Any:
    return Partner.objects.create(
        name="United Nations Development Programme",
        short_name="UNDP",
        kind="international",
        iati_identifier="XM-DAC-41114",
    )


def test_a_file_is_stored_with_what_was_found(officer: Any) -> None:
    made = take_in(officer, NOON, RICH)
    assert (made.number, made.publisher, made.activities_count, made.transactions_count) == (1, "XM-DAC-41114", 3, 3)
    assert made.errors_count == IatiRemark.objects.filter(file=made, severity=3).count() > 0
    assert Event.objects.get(kind="iati.imported").data == {"sha256": made.digest}
    first = IatiTransaction.objects.order_by("activity__position", "position").first()
    assert (first.amount, first.currency, first.day) == (D("-12.5"), "EUR", datetime.date(2024, 5, 1))


def test_what_is_stored_reads_back_as_it_was_read(officer: Any) -> None:
    take_in(officer, NOON, RICH)
    rows = IatiActivity.objects.order_by("position").prefetch_related("transactions")
    assert [stored_facts(row) for row in rows] == [one.activity for one in reads(RICH)]


def test_a_refused_file_leaves_nothing_behind(officer: Any) -> None:
    wrong = file(*[activity(f"XM-DAC-41114-{number}") for number in range(450)], activity("X", inner=paid("veel")))
    with pytest.raises(Refused, match="not a valid value"), transaction.atomic():
        take_in(officer, NOON, wrong)
    assert not IatiFile.objects.exists()
    assert not IatiActivity.objects.exists()


def test_the_same_bytes_are_taken_in_once(officer: Any) -> None:
    take_in(officer, NOON, RICH)
    with pytest.raises(Refused, match=r"taken in already, as undp\.xml"), transaction.atomic():
        take_in(officer, NOON, RICH, name="anders.xml")


def test_a_later_file_is_the_next_version_and_the_newest_counts(officer: Any) -> None:
    take_in(officer, NOON, file(activity(), activity("XM-DAC-41114-2")))
    second = take_in(officer, NOON, file(activity(status="4")))
    other = take_in(officer, NOON, file(activity("XM-DAC-41114-3")), name="anders.xml")
    assert (second.number, other.number) == (2, 1)
    current = IatiActivity.objects.current().order_by("identifier")
    assert [(row.identifier, row.status) for row in current] == [("XM-DAC-41114-1", "4"), ("XM-DAC-41114-3", "2")]


def test_an_identifier_in_two_files_or_twice_in_one_counts_once(officer: Any) -> None:
    take_in(officer, NOON, file(activity(), activity(status="4")))
    assert [row.status for row in IatiActivity.objects.current()] == ["2"]
    take_in(officer, NOON, file(activity(status="3")), name="anders.xml")
    assert [row.status for row in IatiActivity.objects.current()] == ["3"]


def test_what_was_published_is_never_changed(officer: Any) -> None:
    take_in(officer, NOON, RICH)
    for model in (IatiFile, IatiActivity, IatiTransaction, IatiRemark):
        table = model._meta.db_table
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_storing_takes_a_fixed_number_of_queries_per_batch(officer: Any) -> None:
    def queries(count: int) -> int:
        content = file(*[activity(f"XM-DAC-41114-{count}-{number}", inner=paid()) for number in range(count)])
        with CaptureQueriesContext(connection) as captured:
            take_in(officer, NOON, content, name=f"{count}.xml")
        return len(captured)

    queries(1)
    assert queries(150) == queries(20)


@pytest.mark.parametrize("who", ["manager", "reader", "registrar", "administrator", "nobody"])
def test_taking_in_is_for_who_works_with_results_or_money(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        take_in(request.getfixturevalue(who), NOON, RICH)


def test_the_command_says_what_was_stored_or_every_reason(tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "undp.xml"
    path.write_bytes(RICH)
    call_command("import_iati", str(path))
    assert "undp.xml (1): 3 activities, 3 transactions" in capsys.readouterr().out
    assert IatiFile.objects.get().imported_by.username == "iati-import"
    path.write_bytes(RICH.replace(b'"2.03"', b'"2.01"'))
    with pytest.raises(CommandError, match=r"Only IATI 2\.03 is read"):
        call_command("import_iati", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_iati", str(tmp_path / "weg.xml"))
    with pytest.raises(CommandError, match="no user"):
        call_command("import_iati", str(path), by="niemand-hier")


# -- uploads ---------------------------------------------------------------------------------------------------------


def upload(client: Any, content: bytes) -> Any:
    sent = SimpleUploadedFile("undp.xml", content, "text/xml")
    return client.post(reverse("admin:results_iatiupload_add"), {"upload": sent}, follow=True)


def test_a_small_upload_is_taken_in_at_once(officer: Any, enter: Any) -> None:
    answer = upload(enter(officer), RICH)
    assert answer.status_code == 200
    made = IatiUpload.objects.get()
    assert (made.state, made.content, made.file) == ("done", None, IatiFile.objects.get())
    for page in (reverse("admin:results_iatifile_change", args=[made.file.public_id]),):
        shown = enter(officer).get(page).content.decode()
        assert "1.1.2" in shown


def test_a_refused_upload_says_why_and_can_be_sent_again(officer: Any, enter: Any) -> None:
    answer = upload(enter(officer), b"<html/>")
    assert "iati-activities" in answer.content.decode()
    assert (IatiUpload.objects.get().state, IatiFile.objects.exists()) == ("refused", False)
    upload(enter(officer), RICH)
    assert IatiFile.objects.exists()


def test_a_large_upload_waits_for_the_worker_which_takes_it_in_once(
    officer: Any, enter: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    monkeypatch.setattr(actions, "AT_ONCE", 10)
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(enter(officer), RICH)
    assert "hx-get" in answer.content.decode()
    waiting = IatiUpload.objects.get()
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name="take_in_iati")] == [
        {"upload": str(waiting.public_id)}
    ]
    actions.take_in(upload=waiting, at=NOON)
    again = actions.take_in(upload=waiting, at=NOON)
    assert (again.state, IatiFile.objects.count()) == ("done", 1)


def test_an_upload_that_is_too_large_is_refused_before_it_is_stored(officer: Any, enter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("results.admin.iati.LARGEST_UPLOAD", 100)
    answer = upload(enter(officer), RICH)
    assert answer.context["errors"]
    assert not IatiUpload.objects.exists()


def test_who_may_not_take_in_gets_no_form(reader: Any, enter: Any) -> None:
    assert enter(reader).get(reverse("admin:results_iatiupload_add")).status_code == 403


# -- taking a published result over ------------------------------------------------------------------------------------


def stored(officer: Any, **fields: Any) -> IatiActivity:
    take_in(officer, NOON, file(activity(results=result(**fields))))
    return IatiActivity.objects.select_related("file").get()


def test_a_published_result_becomes_ours_with_its_source(officer: Any, undp: Any) -> None:
    row = stored(officer)
    made = take_over(by=officer, at=NOON, activity=row, key="0.0.0")
    version = made.versions.get()
    assert (made.partner, made.label, made.period_end) == (undp, "bereikte mensen", datetime.date(2024, 12, 31))
    assert (version.value, version.baseline, version.target) == (90, 10, 100)
    assert (version.as_of, version.state) == (datetime.date(2024, 12, 31), "reported")
    source = Source.objects.get()
    assert version.source == source
    assert (source.title, source.published_on) == ("IATI XM-DAC-41114-1", datetime.date(2025, 6, 1))


def test_a_value_that_is_no_number_is_taken_over_as_words(officer: Any, undp: Any) -> None:
    version = take_over(by=officer, at=NOON, activity=stored(officer, actual="about 90"), key="0.0.0").versions.get()
    assert (version.value, version.narrative) == (None, "about 90")


def test_the_same_is_not_taken_over_twice_but_a_later_value_is_a_new_version(officer: Any, undp: Any) -> None:
    row = stored(officer)
    take_over(by=officer, at=NOON, activity=row, key="0.0.0")
    with pytest.raises(NotTakenOver, match="already"), transaction.atomic():
        take_over(by=officer, at=NOON, activity=row, key="0.0.0")
    take_in(officer, NOON, file(activity(results=result(actual="120"))))
    newer = IatiActivity.objects.current().select_related("file").get()
    made = take_over(by=officer, at=NOON, activity=newer, key="0.0.0")
    assert list(made.versions.values_list("number", "value")) == [(2, 120), (1, 90)]


@pytest.mark.parametrize(
    ("fields", "key", "said"),
    [
        ({}, "0.0.9", "no such result"),
        ({}, "x", "no such result"),
        ({"actual": ""}, "0.0.0", "Nothing was reported"),
        ({"start": "2025-01-01"}, "0.0.0", "dates cannot be right"),
    ],
)
def test_what_says_nothing_usable_is_not_taken_over(
    fields: dict[str, str], key: str, said: str, officer: Any, undp: Any
) -> None:
    with pytest.raises(NotTakenOver, match=said), transaction.atomic():
        take_over(by=officer, at=NOON, activity=stored(officer, **fields), key=key)
    assert not Result.objects.exists()


def test_the_publisher_matches_a_partner_exactly_or_not_at_all(officer: Any, undp: Any) -> None:
    Partner.objects.filter(pk=undp.pk).update(iati_identifier="XM-DAC-41114-1")
    with pytest.raises(NotTakenOver, match="No partner has the IATI identifier XM-DAC-41114"):
        take_over(by=officer, at=NOON, activity=stored(officer), key="0.0.0")


def test_a_locked_period_takes_nothing_over(officer: Any, controller: Any, undp: Any) -> None:
    start, end = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)
    lock_period(by=controller, at=NOON, partner=undp, start=start, end=end, reason="Akkoord")
    with pytest.raises(NotTakenOver, match="Akkoord"):
        take_over(by=officer, at=NOON, activity=stored(officer), key="0.0.0")


@pytest.mark.parametrize("who", ["bookkeeper", "reader", "manager"])
def test_only_an_officer_takes_over(who: str, officer: Any, undp: Any, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        take_over(by=request.getfixturevalue(who), at=NOON, activity=stored(officer), key="0.0.0")


def test_taking_over_on_the_screen(officer: Any, undp: Any, enter: Any) -> None:
    row = stored(officer)
    page = reverse("admin:results_iatiactivity_change", args=[row.public_id])
    assert "bereikte mensen" in enter(officer).get(page).content.decode()
    assert len(published(row)) == 1
    press = reverse("admin:results_iatiactivity_take_over", args=[row.public_id])
    answer = enter(officer).post(press, {"result": "0.0.0"})
    assert answer["Location"] == reverse("admin:results_result_change", args=[Result.objects.get().public_id])
    assert enter(officer).get(press).status_code == 404
