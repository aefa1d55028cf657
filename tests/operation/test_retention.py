"""Retention: what is past its term goes as it was shown, with a certificate; money stays, and so does everything younger."""

from __future__ import annotations

import datetime
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from claims.actions.create import quick_start
from claims.actions.refused import Refused
from claims.actions.retention import remove
from claims.checks.ledger import differences
from claims.enums import StepKind
from claims.models import Claim, FrozenClaim, FrozenFile, FrozenPaper, Section, Step, StepContent
from claims.queries.retention import LEDGER, PLAN, due, ledger_marks
from core.models import Event, Removal
from tests.claims.frozen import keep
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
YEARS = {"papers": 10, "evidence": 10, "texts": 7, "acts": 5}
LONG_AFTER = NOON.replace(year=2040)
TERMS = {"RETENTION_YEARS": YEARS, "RETENTION_GROUND": "Selectielijst, handeling 12"}


@pytest.fixture
def granted(way: Any) -> Any:
    """A granted claim with a text under each question."""
    for question in way.claim.template.sections.all():
        Section.objects.create(claim=way.claim, question=question, text="<p>Opvang voor kinderen.</p>")
    way.granted()
    return way


@pytest.fixture
def ended(granted: Any) -> Claim:
    """A claim that was granted and closed, with a frozen paper, texts and a remark."""
    way = granted
    keep(way.claim, way.cast["officer"])
    way.step(StepKind.CLOSE, "manager", "Afgerond.")
    return way.claim


def last_day(year: int) -> datetime.date:
    return datetime.date(year, 12, 31)


def test_nothing_is_due_before_the_term_is_over_and_all_of_it_the_day_after(ended: Claim) -> None:
    closed = Step.objects.filter(claim=ended).latest("at").at.year
    assert not due(last_day(closed + 10), {"papers": 10}).rows
    found = due(datetime.date(closed + 11, 1, 1), {"papers": 10})
    assert found.counts()["claims_frozenfile"] == 3
    assert ended.reference in found.papers[0]
    assert {row.kind for row in found.rows} == {"papers"}


def test_a_kind_without_a_term_is_never_due(ended: Claim) -> None:
    assert not due(last_day(2999), {}).rows


def test_what_belongs_to_a_claim_that_runs_is_kept(granted: Any) -> None:
    keep(granted.claim, granted.cast["officer"])
    found = due(last_day(2999), {kind: years for kind, years in YEARS.items() if kind != "acts"})
    assert not found.rows


def test_a_paper_about_a_running_claim_too_is_kept(ended: Claim, officer: Any) -> None:
    line = ended.lines.get()
    other = quick_start(
        by=officer,
        at=NOON,
        directorate=ended.directorate,
        title="Loopt nog",
        amount=ended.amount,
        partner=line.partners.get(),
        envelope=line.years.get().envelope,
        year=2026,
    )
    paper = FrozenPaper.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table claims_frozenclaim disable trigger user")
        FrozenClaim.objects.create(paper=paper, claim=other, digest="0" * 64)
        cursor.execute("alter table claims_frozenclaim enable trigger user")
    counts = due(last_day(2999), {"papers": 10}).counts()
    assert "claims_frozenpaper" not in counts
    assert "claims_frozenfile" not in counts


def removed(by: Any, at: datetime.datetime = LONG_AFTER) -> Removal:
    return remove(by=by, at=at, years=YEARS, ground="Selectielijst", seen=due(at.date(), YEARS).digest)


def test_what_was_shown_goes_and_the_money_stays_to_the_cent(ended: Claim, administrator: Any) -> None:
    before, steps = ledger_marks(), Step.objects.count()
    found = due(LONG_AFTER.date(), YEARS)
    made = removed(administrator)
    assert ledger_marks() == before
    assert not list(differences())
    assert Step.objects.count() == steps
    assert not FrozenPaper.objects.exists()
    assert not FrozenFile.objects.exists()
    assert not Section.objects.filter(claim=ended).exists()
    assert not StepContent.objects.exists()
    assert Claim.objects.filter(pk=ended.pk).exists()
    assert made.certificate["counts"] == found.counts()
    assert len(made.certificate["rows"]) == len(found.rows)
    assert made.digest == found.digest
    assert Event.objects.filter(kind="retention", subject=f"removal {made.public_id}").count() == 1
    assert "Opvang voor" not in json.dumps(made.certificate)
    assert not due(LONG_AFTER.date(), {kind: YEARS[kind] for kind in ("papers", "evidence", "texts")}).rows


def test_afterwards_every_trigger_is_awake(ended: Claim, administrator: Any) -> None:
    made = removed(administrator)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_trigger where tgenabled = 'D'")
        assert cursor.fetchone() == (0,)
    for change in (made.delete, lambda: Step.objects.all().delete(), lambda: Removal.objects.update(ground="x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_was_made_of_the_register_before_it_is_not_shown_again(ended: Claim, administrator: Any) -> None:
    def version() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select version from core_register_state()")
            return int(cursor.fetchone()[0])

    before = version()
    removed(administrator)
    assert version() > before


def test_a_set_that_changed_since_it_was_shown_stays(ended: Claim, administrator: Any, officer: Any) -> None:
    seen = due(LONG_AFTER.date(), YEARS).digest
    Event.objects.create(by=officer, at=NOON.replace(year=2020), kind="x", subject="y")
    with pytest.raises(Refused) as refused:
        remove(by=administrator, at=LONG_AFTER, years=YEARS, ground="Lijst", seen=seen)
    assert refused.value.rule == "retention_as_shown"
    assert FrozenPaper.objects.exists()


@pytest.mark.parametrize(
    ("who", "ground", "rule"),
    [("officer", "Lijst", "retention_by_administrator"), ("administrator", " ", "reason_given")],
)
def test_only_an_administrator_removes_and_says_on_what_ground(
    who: str, ground: str, rule: str, ended: Claim, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused) as refused:
        remove(
            by=request.getfixturevalue(who),
            at=LONG_AFTER,
            years=YEARS,
            ground=ground,
            seen=due(LONG_AFTER.date(), YEARS).digest,
        )
    assert refused.value.rule == rule
    assert FrozenPaper.objects.exists()


def test_a_removal_that_would_change_a_stand_is_taken_back(
    ended: Claim, administrator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if somebody had put money into the plan."""
    marks = iter([{"a": "1"}, {"a": "2"}])
    monkeypatch.setattr("claims.actions.retention.ledger_marks", lambda: next(marks))
    with pytest.raises(Refused) as refused:
        removed(administrator)
    assert refused.value.rule == "retention_keeps_ledger"
    assert FrozenPaper.objects.exists()


def test_the_plan_names_no_table_of_money_or_steps() -> None:
    planned = {table for rows in PLAN.values() for table, _key, _which in rows}
    assert not planned & {*LEDGER, "claims_step", "claims_decision", "claims_claim", "claims_claimline", "core_user"}


# -- the command ----------------------------------------------------------------------------------------------------


def told(*words: Any) -> str:
    out = StringIO()
    call_command("retention", *words, stdout=out)
    return out.getvalue()


def test_the_dry_run_shows_and_confirming_it_removes_with_a_certificate_in_a_file(
    ended: Claim, administrator: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RETENTION_YEARS, settings.RETENTION_GROUND = YEARS, TERMS["RETENTION_GROUND"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: LONG_AFTER)
    shown = told()
    assert "Nothing was removed." in shown
    assert "3 rows of claims_frozenfile" in shown
    assert FrozenPaper.objects.exists()
    digest = shown.strip().rsplit(" ", 1)[1]
    file = tmp_path / "certificate.json"
    with pytest.raises(CommandError, match="Say who decides"):
        told("--confirm", digest)
    with pytest.raises(CommandError, match=r"not what was shown|niet wat getoond werd"):
        told("--confirm", "0" * 64, "--by", administrator.username, "--certificate", file)
    assert not list(tmp_path.iterdir())
    assert "the certificate is" in told("--confirm", digest, "--by", administrator.username, "--certificate", file)
    kept = json.loads(file.read_text())
    assert kept == Removal.objects.get().certificate
    assert (kept["digest"], kept["by"], kept["ground"]) == (digest, administrator.pk, "Selectielijst, handeling 12")
    assert [path.name for path in tmp_path.iterdir()] == ["certificate.json"]
    assert not FrozenPaper.objects.exists()


def test_a_certificate_that_cannot_be_written_keeps_everything(
    ended: Claim, administrator: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RETENTION_YEARS, settings.RETENTION_GROUND = YEARS, "Lijst"
    monkeypatch.setattr("django.utils.timezone.now", lambda: LONG_AFTER)
    digest = told().strip().rsplit(" ", 1)[1]
    with pytest.raises(CommandError, match="Nothing was removed"):
        told("--confirm", digest, "--by", administrator.username, "--certificate", tmp_path / "no" / "folder.json")
    assert FrozenPaper.objects.exists()
    assert not Removal.objects.exists()


def test_without_a_term_nothing_is_ever_removed(ended: Claim, settings: Any) -> None:
    settings.RETENTION_YEARS = {}
    with pytest.raises(CommandError, match="No retention term is set"):
        told()
    assert FrozenPaper.objects.exists()
