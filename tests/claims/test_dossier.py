"""Dossier files: out, in, and out again the same bytes; a bad file is refused whole."""

import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.actions.import_dossier import import_dossier
from claims.documents.dossier import write
from claims.importers.dossier import BadDossier, read
from claims.management.commands.dossier_schema import written
from claims.models import Claim, Milestone, Section, WrittenPaper
from core.models import Directorate, Source, User
from partners.models import Partner
from results.models import Indicator, Result, ResultVersion
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def exported(module_story: Any) -> bytes:
    """The demo claim's file, made once: each test reads it where the story is."""
    return write(Claim.objects.get(title__startswith="Humanitaire noden"))


def empty_the_database() -> None:
    """Leave the reference data and nothing else, as a new installation."""
    from partners import models as partners
    from results import models as results

    with connection.cursor() as cursor:  # rows of the ledger are never deleted; a new installation has none
        cursor.execute("set constraints all immediate")
        cursor.execute("truncate claims_claim, claims_envelope, claims_writtenpaper, claims_houseitem cascade")
    for model in (
        results.Result,
        results.ResultGroup,
        results.OverlapGroup,
        partners.Share,
        partners.Appeal,
        partners.FundTotal,
        partners.Contribution,
    ):
        model._default_manager.all().delete()
    partners.Partner.objects.update(administered_by=None)
    partners.Partner.objects.all().delete()
    Source.objects.all().delete()
    User.objects.all().delete()
    Directorate.objects.all().delete()


def remove_claims() -> None:
    """Remove the claims of the story and the papers and milestones that are about them."""
    WrittenPaper.objects.all().delete()
    Milestone.objects.all().delete()
    Claim.objects.all().delete()


def test_a_file_goes_out_comes_in_and_goes_out_the_same(exported: bytes, tmp_path: Path) -> None:
    file = tmp_path / "claim.json"
    file.write_bytes(exported)
    empty_the_database()
    call_command("import_dossier", str(file), stdout=io.StringIO())
    claim = Claim.objects.get()
    assert claim.state == "draft"
    assert write(claim) == exported
    out = tmp_path / "again.json"
    call_command("export_dossier", claim.reference, output=str(out), stdout=io.StringIO())
    assert out.read_bytes() == exported


def test_the_same_claim_always_gives_the_same_bytes(exported: bytes) -> None:
    assert write(Claim.objects.get(title__startswith="Humanitaire noden")) == exported


def test_a_dossier_holds_no_states_entries_or_users(exported: bytes) -> None:
    text = exported.decode()
    for word in ("draft", "anna", "Anna de Wit", "created", "BV-20", '"state"', '"owner"'):
        assert word not in text


def test_a_results_indicator_and_the_parts_of_a_percentage_come_along(module_story: Any) -> None:
    claim = Claim.objects.get(title__startswith="Humanitaire noden")
    result = Result.objects.filter(citations__part__claim=claim, versions__isnull=False).first()
    indicator = Indicator.objects.create(name="Bereikte huishoudens", unit="%", counts="percentage", timing="period")
    Result.objects.filter(pk=result.pk).update(indicator=indicator, unit="%")
    result.versions.update(value=25, numerator=1, denominator=4, state="reported")
    content = write(claim)
    empty_the_database()
    Indicator.objects.all().delete()
    taken = import_dossier(by=User.objects.create(username="nieuw"), at=NOON, content=read(content))
    assert Result.objects.get(public_id=result.public_id).indicator.name == "Bereikte huishoudens"
    assert ResultVersion.objects.filter(result__public_id=result.public_id, numerator=1, denominator=4).exists()
    assert write(taken) == content


def test_a_claim_that_exists_is_never_replaced(exported: bytes, officer: Any) -> None:
    with pytest.raises(BadDossier) as refused:
        import_dossier(by=User.objects.get(username="anna"), at=NOON, content=read(exported))
    assert [problem.path for problem in refused.value.problems] == ["$.claim.id"]


def test_partners_that_are_here_are_used_as_they_are(exported: bytes) -> None:
    remove_claims()
    Partner.objects.filter(short_name="UNDP").update(note="hier aangevuld")
    import_dossier(by=User.objects.get(username="anna"), at=NOON, content=read(exported))
    assert Partner.objects.get(short_name="UNDP").note == "hier aangevuld"


def test_the_published_schema_is_the_one_that_is_checked(settings: Any) -> None:
    assert (settings.BASE_DIR / "docs" / "dossier-1.schema.json").read_text() == written()


def change(content: bytes, *steps: Any, value: Any) -> bytes:
    loaded = json.loads(content)
    target = loaded
    for step in steps[:-1]:
        target = target[step]
    target[steps[-1]] = value
    return json.dumps(loaded).encode()


@pytest.mark.parametrize(
    ("steps", "value", "path", "said"),
    [
        (("format",), "dossier/2", "$.format", "dossier/1"),
        (("claim", "unknown"), 1, "$.claim", "unknown"),
        (("extra",), [], "$", "extra"),
        (("claim", "title"), None, "$.claim.title", "None is not of type 'string'"),
        (("claim", "title"), "x" * 201, "$.claim.title", "too long"),
        (("claim", "amount"), 25000000.0, "$.claim.amount", "is not of type"),
        (("claim", "amount"), "25.000.000", "$.claim.amount", "does not match"),
        (("claim", "amount"), "1e6", "$.claim.amount", "does not match"),
        (("claim", "first_year"), 20260, "$.claim.first_year", "maximum"),
        (("claim", "goals", 0, "id"), "1", "$.claim.goals[0].id", "does not match"),
        (("claim", "lines", 1, "goal"), "00000000-0000-0000-0000-000000000000", "$.claim.lines[1].goal", "goals"),
        (("claim", "lines", 0, "earmark"), "half", "$.claim.lines[0].earmark", "is not one of"),
        (("claim", "sections", 0, "text"), "<ul><li>" * 20 + "x", "$.claim.sections[0].text", "hoogstens 8"),
        (("claim", "sections", 0, "text"), "a\x00b", "$.claim.sections[0].text", "teken"),
        (("claim", "title"), "a\ud800b", "$.claim.title", "teken"),
        (
            ("partners", 0, "administered_by"),
            "00000000-0000-0000-0000-000000000000",
            "$.partners[0].administered_by",
            "partners",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_its_path(exported: bytes, steps: Any, value: Any, path: str, said: str) -> None:
    with pytest.raises(BadDossier) as refused:
        read(change(exported, *steps, value=value))
    assert path in [problem.path for problem in refused.value.problems]
    assert any(said in problem.message for problem in refused.value.problems)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("steps", "value", "path"),
    [
        (("claim", "template"), "cw31-1999", "$.claim.template"),
        (("claim", "country"), "XX", "$.claim.country"),
        (("claim", "lines", 0, "article"), "V/9/2024", "$.claim.lines[0].article"),
        (("claim", "last_year"), 2025, "$.claim"),
        (("claim", "amount"), "0.00", "$.claim"),
        (("claim", "sections", 0, "question"), "onbekend", "$.claim.sections[0].question"),
        (("claim", "lines", 0, "years", 0, "open_year"), 2026, "$.claim.lines[0].years[0]"),
        (("partners", 0, "short_name"), "", "$.partners[0].short_name"),
    ],
)
def test_what_breaks_a_rule_of_the_register_is_refused_whole(
    exported: bytes, steps: Any, value: Any, path: str
) -> None:
    empty_the_database()
    person = User.objects.create(username="x", name="X")
    with pytest.raises(BadDossier) as refused:
        import_dossier(by=person, at=NOON, content=read(change(exported, *steps, value=value)))
    assert path in [problem.path for problem in refused.value.problems]
    assert not Claim.objects.exists()
    assert not Partner.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen JSON"),
        (b"{", "regel 1, kolom 2"),
        (b"\xff\xfe", "geen UTF-8"),
        (b"[" * 100_000, "veel te diep genest"),
        (b'{"format": "dossier/1", "format": "dossier/1"}', "staat twee keer"),
        (b'{"format": NaN}', "NaN"),
        (b"[]", "is not of type 'object'"),
        (b"null", "is not of type 'object'"),
        (b"{}", "dossier/1"),
        (b" " * (10 * 1024 * 1024 + 1), "groter dan 10 MB"),
    ],
)
def test_what_is_no_dossier_is_refused_with_a_message(content: bytes, said: str) -> None:
    with pytest.raises(BadDossier, match=said):
        read(content)


def test_one_identity_twice_is_refused(exported: bytes) -> None:
    loaded = json.loads(exported)
    loaded["claim"]["goals"][1]["id"] = loaded["claim"]["goals"][0]["id"]
    with pytest.raises(BadDossier, match=r"staat ook bij \$.claim.goals\[0\]"):
        read(json.dumps(loaded).encode())


def test_hostile_markup_in_a_file_comes_in_clean(exported: bytes) -> None:
    remove_claims()
    content = read(change(exported, "claim", "sections", 0, "text", value="<script>x</script><p onclick=y>a</p>"))
    import_dossier(by=User.objects.get(username="anna"), at=NOON, content=content)
    assert Section.objects.get(question__key="doelen").text == "<p>a</p>"


def test_the_command_names_every_error_and_stores_nothing(exported: bytes, tmp_path: Path) -> None:
    loaded = json.loads(exported)
    broken = copy.deepcopy(loaded)
    broken["claim"]["title"], broken["claim"]["goals"][0]["label"] = None, 7
    file = tmp_path / "claim.json"
    file.write_text(json.dumps(broken))
    before = Claim.objects.count()
    with pytest.raises(CommandError) as refused:
        call_command("import_dossier", str(file))
    for path in ("$.claim.title", "$.claim.goals[0].label"):
        assert path in str(refused.value)
    assert Claim.objects.count() == before
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_dossier", str(tmp_path / "none.json"))
    with pytest.raises(CommandError, match="There is no user zoe"):
        call_command("import_dossier", str(file), by="zoe")


def test_importing_takes_a_bounded_number_of_queries(exported: bytes) -> None:
    from django.test.utils import CaptureQueriesContext

    remove_claims()
    with CaptureQueriesContext(connection) as captured:
        import_dossier(by=User.objects.get(username="anna"), at=NOON, content=read(exported))
    assert len(captured) < 1200
