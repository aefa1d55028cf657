"""Reading IATI 2.03: refused where a file cannot be trusted, reported per activity where it can; nothing invented."""

import datetime
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from lxml import etree

from core.findings import Severity
from results.importers.iati import rules
from results.importers.iati.facts import amount_of
from results.importers.iati.reading import Refused, read
from results.importers.iati.standard import mappings, ruleset
from tests.results.iati import TODAY, activity, codes, file, reads, result, transaction

EXAMPLE = Path(settings.IATI_DATA) / "examples" / "activity-standard-example-annotated.xml"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        reads(content)
    return str(caught.value)


def test_a_good_file_is_read_without_a_remark() -> None:
    (one,) = reads(file(activity(inner=transaction(), results=result())))
    assert one.remarks == ()
    found = one.activity
    assert (found.identifier, found.reporter.ref, found.title) == ("XM-DAC-41114-1", "XM-DAC-41114", (("", "Herstel"),))
    (paid,) = found.transactions
    assert (paid.amount, paid.currency, paid.day, paid.provider.ref) == (
        Decimal(1000),
        "USD",
        datetime.date(2024, 5, 1),
        "XM-DAC-7",
    )
    assert found.results[0].indicators[0].periods[0].actual == "90"


def test_the_standards_own_example_is_read_and_its_slips_are_reported() -> None:
    with EXAMPLE.open("rb") as source:
        (one,) = read(source, TODAY)
    assert one.activity.identifier == "AA-AAA-123456789-ABC123"
    assert {"3.6.2", "6.6.2", "codelist CRSChannelCode"} <= {remark.code for remark in one.remarks}


# -- refused whole ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"no xml at all", "Line 1: The file is not well-formed XML"),
        (file()[:-40], "not well-formed XML"),
        (file().replace(b"</title>", b"</titel>"), "Line 6: The file is not well-formed XML: Opening and ending tag mismatch"),
        (file().replace(b"UTF-8", b"UTF-16", 1), "Line 1: The file is not well-formed XML"),
        (file().replace(b"Herstel", b"\xff\xfe", 1), "not well-formed XML"),
        (b"<iati-organisations version='2.03'/>", "The root element is “iati-organisations”"),
        (b"<html><body/></html>", "The root element is “html”"),
        (file().replace(b'"2.03"', b'"2.02"', 1), "The version is “2.02”"),
        (file().replace(b' version="2.03"', b"", 1), "The version is “–”"),
        (b'<iati-activities version="2.03"></iati-activities>', "no activity"),
        (file().replace(b"<title>", b"<titel>").replace(b"</title>", b"</titel>"), "Element 'titel'"),
        (file(activity(inner=transaction(value="veel"))), "'veel' is not a valid value of the atomic type 'xs:decimal'"),
        (file(activity(inner=transaction(day="01-05-2024"))), "not a valid value"),
        (file().replace(b'version="2.03"', b'version="2.03" colour="red"', 1), "colour"),
        (file().replace(b"<iati-activity ", b"<loose/><iati-activity ", 1), "“loose” has no place"),
        (file().replace(b"</iati-activities>", b"<loose/></iati-activities>"), "“loose” has no place"),
        (file(activity(), "words between", activity("XM-DAC-41114-2")), "“words between” has no place"),
        (file(activity(identifier="X" * 5000)), "An identifier of 5000 characters"),
        (file(activity(inner=transaction(provider="X" * 5000))), "An identifier of 5000 characters"),
        (b'<!DOCTYPE iati-activities [<!ENTITY a "b">]>' + file()[39:], "DOCTYPE"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_refused_with_line_and_cause(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_a_schema_error_names_its_line_also_far_down_the_file() -> None:
    many = [activity(f"XM-DAC-41114-{number}", inner="\n" * 90_000) for number in range(2)]
    wrong = activity("XM-DAC-41114-9", inner=transaction(value="veel"))
    line = int(refused(file(*many, wrong)).split("Line ")[1].split(":")[0])
    expected = file(*many, wrong).decode().split("veel")[0].count("\n") + 1
    assert line == expected


def test_foreign_elements_after_the_activities_are_allowed_as_the_schema_says() -> None:
    more = b'<x:more xmlns:x="http://example.org/x">1</x:more></iati-activities>'
    assert len(reads(file().replace(b"</iati-activities>", more))) == 1


# -- kept and reported -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (file(activity(status="9")), "codelist ActivityStatus"),
        (file(activity(currency="XXL")), "codelist Currency"),
        (file(activity(inner=transaction(kind="77"))), "codelist TransactionType"),
        (file().replace(b'xml:lang="en"', b'xml:lang="zz"'), "codelist Language"),
        (file().replace(b'code="15110"', b'code="1"'), "codelist Sector"),
        (file(activity(reporter="XM-DAC-41114-1")), "1.1.3"),
        (file(activity(reporter="NOWHERE-1")), "1.14.8"),
        (file(activity(identifier="OTHER-1")), "1.1.21"),
        (file(activity(identifier="XM-DAC-41114-1/2")), "1.3.13"),
        (file(activity(identifier=" XM-DAC-41114-1")), "1.3.1"),
        (file().replace(b'type="2"/>', b'type="4"/>', 1), "6.11.1"),
        (file().replace(b'<activity-date iso-date="2024-01-01"', b'<activity-date iso-date="2027-01-01"'), "11.1.4"),
        (file(activity(inner=transaction(day="2027-01-01"))), "11.2.1"),
        (file(activity(inner=transaction(currency="EUR"))).replace(b'ref="XM-DAC-7"><narr', b'ref="XM DAC|7"><narr'), "1.10.13"),
        (file(activity(currency="", inner=transaction())), "7.8.1"),
        (file(activity(inner=transaction(value="-5"))), "negative"),
        (file(activity(inner=transaction(value="0.1234567"))), "amount"),
        (file(activity(results=result(actual="veel"))), "8.10.2"),
        (file(activity(results=result(start="2025-01-01"))), "8.6.1"),
        (file().replace(b'code="15110"', b'code="15110" percentage="50"'), "2.1.4"),
        (file().replace(b'<recipient-country code="UA"/>', b'<recipient-country code="UA" percentage="150"/>'), "12.1.1"),
        (file().replace(b"<title><narrative>Herstel</narrative>", b"<title><narrative/>"), "4.3.1"),
        (file(activity(), activity()), "1.1.2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_reported_and_the_activity_is_kept(content: bytes, code: str) -> None:
    assert code in codes(content)


def test_an_unknown_code_of_a_list_that_is_not_complete_is_a_warning() -> None:
    (one,) = reads(file().replace(b'code="15110"', b'code="1"'))
    severities = {remark.code: remark.severity for remark in one.remarks}
    assert severities["codelist Sector"] == Severity.ERROR or Severity.WARNING
    (other,) = reads(file().replace(b'xml:lang="en"', b'xml:lang="zz"'))
    assert other.remarks


def test_a_repeated_identifier_is_marked_from_the_second_on() -> None:
    found = reads(file(activity(), activity("XM-DAC-41114-2"), activity()))
    assert [one.repeated for one in found] == [False, False, True]


def test_a_missing_default_currency_is_not_filled_in() -> None:
    (one,) = reads(file(activity(currency="", inner=transaction() + transaction(currency="EUR"))))
    assert [paid.currency for paid in one.activity.transactions] == ["", "EUR"]
    assert "currency" in [remark.code for remark in one.remarks]


def test_values_that_are_no_numbers_stay_what_they_are() -> None:
    (one,) = reads(file(activity(results=result(actual="about 90"))))
    assert one.activity.results[0].indicators[0].periods[0].actual == "about 90"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1000", Decimal(1000)),
        ("-1.50", Decimal("-1.5")),
        (" 12 ", Decimal(12)),
        ("+.5", Decimal("0.5")),
        ("1.10000000", Decimal("1.1")),
        ("1e5", None),
        ("1,5", None),
        ("", None),
        ("0.1234567", None),
        ("9" * 19, None),
        ("1" * 18, Decimal("1" * 18)),
        ("NaN", None),
    ],
)
def test_an_amount_is_held_exactly_or_not_at_all(text: str, value: Decimal | None) -> None:
    assert amount_of(text) == value


# -- the rules -------------------------------------------------------------------------------------------------------


def test_every_published_rule_about_activities_is_asked() -> None:
    published: set[str] = set()
    for context, kinds in ruleset().items():
        if "iati-organisation" in context:
            continue
        for kind, below in kinds.items():
            for case in below["cases"]:
                inner = [one for do in case["do"].values() for one in do["cases"]] if kind == "loop" else [case]
                published |= {one["ruleInfo"]["id"] for one in inner}
    asked = {rule.rule for rule in rules.all_rules()}
    asked |= {loop.case["ruleInfo"]["id"] for loop in rules._loops()}
    asked |= {case["ruleInfo"]["id"] for _values, case in rules._agency_rules()}
    assert published == asked


def test_every_list_that_is_shipped_and_mapped_is_held_against() -> None:
    text = (Path(settings.IATI_DATA) / "codelists" / "mapping.xml").read_text()
    mapped = {node.get("ref") for node in etree.fromstring(text.encode()).iter("codelist")}
    absent = {"BudgetIdentifierVocabulary", "BudgetIdentifier", "LocationType", "Version"}
    assert mapped - {mapping.codelist.name for mapping in mappings()} <= absent | {"Language"}


@pytest.mark.slow
def test_no_quick_look_hides_a_broken_rule() -> None:
    """Break the example in many ways: what the quick looks clear, each rule asked by itself clears too."""
    tree = etree.parse(str(EXAMPLE))
    seen = 0
    for element in list(tree.getroot()[1].iter()):
        if not isinstance(element.tag, str):
            continue
        for name in list(element.attrib):
            for wrong in ("", " x", "a/b", "2099-01-01", "-5", "250"):
                old = element.get(name)
                element.set(name, wrong)
                seen += _compare(tree.getroot()[1])
                element.set(name, old)
    assert seen > 1500


def _compare(element: Any) -> int:
    from results.importers.iati.facts import activity_of

    quick = {(one.rule, one.line) for one in rules.broken_rules(element, activity_of(element), TODAY)}
    now = rules._number(TODAY)
    slow = {(one.rule, one.line) for rule in rules.all_rules() for one in rules._broken(rule, element, TODAY, now)}
    assert slow <= quick, slow - quick
    return 1


# -- hostile files ---------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "external entity": b'<?xml version="1.0"?><!DOCTYPE iati-activities [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<iati-activities version="2.03"><iati-activity>&x;</iati-activity></iati-activities>',
    "external subset": b'<!DOCTYPE iati-activities SYSTEM "http://127.0.0.1:9/x.dtd"><iati-activities version="2.03"/>',
    "billion laughs": f'<?xml version="1.0"?><!DOCTYPE iati-activities [<!ENTITY l0 "ha">{LAUGHS}]>'
    '<iati-activities version="2.03"><iati-activity>&l11;</iati-activity></iati-activities>'.encode(),
    "ten thousand deep": file()[:-18] + b"<iati-activity>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</iati-activity></iati-activities>",
    "wrong encoding": b'<?xml version="1.0" encoding="EBCDIC-NL"?>' + file()[39:],
    "bytes of another encoding": file().replace(b"Herstel", "Herstel é".encode("latin-1")),
    "truncated": file(*[activity(f"XM-DAC-41114-{n}") for n in range(500)])[:-5000],
    "one endless activity": file()[:-18] + b"<iati-activity>" + b"<!-- -->" * 4_000_000,
    "endless before the root": b"<?xml version='1.0'?>" + b"<!-- -->" * 4_000_000,
    "endless text": file().replace(b"Herstel van huizen", b"x" * 40_000_000),
}  # fmt: skip
CHILD = """
import os, sys, json, time, datetime
os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", DEBUG="1", DATABASE_URL="postgresql://nobody/nothing")
import django; django.setup()
from django.utils import translation
from results.importers.iati.reading import read, Refused
translation.activate("en")
read(open(sys.argv[2], "rb"), datetime.date(2026, 1, 1)).__next__()
start = time.perf_counter(); said = ""
try:
    with open(sys.argv[1], "rb") as source:
        for _one in read(source, datetime.date(2026, 1, 1)): pass
except Refused as refused:
    said = str(refused)
from tests.benchmarks.harness import own_peak
print(json.dumps({"said": said, "seconds": time.perf_counter() - start, "peak": own_peak()}))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_five_seconds_and_200_mib(name: str, tmp_path: Path) -> None:
    (tmp_path / "hostile.xml").write_bytes(HOSTILE[name])
    (tmp_path / "good.xml").write_bytes(file())
    command = [sys.executable, "-c", CHILD, str(tmp_path / "hostile.xml"), str(tmp_path / "good.xml")]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=settings.BASE_DIR, timeout=60, check=True)
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found["said"], name
    assert "root:" not in found["said"]
    assert found["seconds"] < 5, found
    assert found["peak"] < 200, found
    if not name.startswith("one endless"):
        assert found["said"].startswith("Line "), found


def test_a_name_of_an_entity_is_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    hostile = f'<!DOCTYPE iati-activities [<!ENTITY x SYSTEM "file://{secret}">]>'.encode() + file()[39:]
    with pytest.raises(Refused) as caught:
        list(read(io.BytesIO(hostile.replace(b"Herstel van huizen", b"&x;")), TODAY))
    assert "geheim" not in str(caught.value)
