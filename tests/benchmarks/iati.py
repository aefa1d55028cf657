"""Reading a large IATI file: against lxml's own iterparse over the same file, and the peak of memory."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.harness import Report, own_peak

SIZE = 100 * 1024 * 1024  # bytes
WRONG = 20  # every so many activities one has unknown codes and breaks rules
TODAY = datetime.date(2026, 1, 1)
WORDS = "humanitarian assistance for people who fled and for people who stayed, through local organisations and communities "

STAGES = (  # what is measured, and how fast it is at least, iterparse being 1
    ("facts", "read into facts, held against the schema", 0.35),
    ("checked", "the same, also against codelists and rules", None),
    ("import", "all of it, into the database", 0.15),
)


def run(report: Report) -> None:
    """Generate the file, read it in a process of its own, and hold the ratios and the peak against what is promised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xml"
        count = generate(path, SIZE)
        report.fact("activities in a file of 100 MB", count, "")
        for stage, what, least in STAGES:
            found = _measure(stage, path)
            report.fact("lxml iterparse with all end events", found["base"], "s")
            report.fact(what, found["ours"], "s")
            if least is None:
                report.fact(f"{what}: times iterparse", found["ours"] / found["base"], "x")
            else:
                report.promise(f"{what}: times iterparse", found["ours"] / found["base"], 1 / least, "x")
            report.promise(f"{what}: peak memory", found["peak"], 150, "MiB")


def _measure(stage: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.iati", stage, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(answer.stdout.strip().splitlines()[-1]))


# -- the file -----------------------------------------------------------------------------------------------------------


def generate(path: Path, size: int) -> int:
    """Write a valid file of at least `size` bytes; return the number of activities."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        written = file.write('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
        while written < size:
            written += file.write(activity(count, wrong=count % WRONG == 7))
            count += 1
        file.write("</iati-activities>\n")
    return count


def activity(number: int, wrong: bool) -> str:
    """Return one activity as a large organisation publishes it."""
    year = 2015 + number % 9
    parts = [
        '<iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2025-06-01T12:00:00Z">',
        f"<iati-identifier>XM-DAC-41114-{number:08}</iati-identifier>",
        '<reporting-org ref="XM-DAC-41114" type="40"><narrative>United Nations Development Programme</narrative></reporting-org>',
        f"<title><narrative>Recovery in region {number}</narrative><narrative xml:lang='fr'>Relèvement {number}</narrative></title>",
        f'<description type="1"><narrative>{WORDS * 6}</narrative></description>',
        f'<description type="2"><narrative>{WORDS * 3}</narrative></description>',
        '<participating-org ref="XM-DAC-7" role="1" type="10"><narrative>Ministry of Foreign Affairs</narrative></participating-org>',
        '<participating-org ref="XM-DAC-41114" role="2" type="40"><narrative>UNDP</narrative></participating-org>',
        '<participating-org role="4" type="22"><narrative>A local organisation</narrative></participating-org>',
        f'<other-identifier ref="{number}" type="A1"/><activity-status code="{"9" if wrong else "2"}"/>',
        f'<activity-date iso-date="{year}-01-01" type="1"/><activity-date iso-date="{year}-02-01" type="2"/>',
        f'<activity-date iso-date="{year + 3}-12-31" type="3"/>',
        '<contact-info type="1"><organisation><narrative>UNDP</narrative></organisation><email>info@example.org</email></contact-info><activity-scope code="4"/>',
        '<recipient-country code="UA" percentage="100"/>',
        f'<sector vocabulary="1" code="15110" percentage="{"50" if wrong else "60"}"/>',
        '<sector vocabulary="1" code="72010" percentage="40"/>',
        '<policy-marker vocabulary="1" code="1" significance="1"/><policy-marker vocabulary="1" code="2" significance="0"/>',
        '<collaboration-type code="1"/><default-flow-type code="10"/><default-finance-type code="110"/>',
        '<default-aid-type code="C01"/><default-tied-status code="5"/>',
    ]
    parts += [_budget(year + step, number) for step in range(4)]
    parts += [_transaction(number, step, year) for step in range(18)]
    parts.append(
        '<document-link format="application/pdf" url="https://example.org/report.pdf"><title><narrative>Annual report</narrative>'
        '</title><category code="A01"/><language code="en"/></document-link>'
    )
    parts += [_result(number, step, year) for step in range(2)]
    return "\n".join(parts) + "\n</iati-activity>\n"


def _budget(year: int, number: int) -> str:
    return (
        f'<budget type="1" status="1"><period-start iso-date="{year}-01-01"/><period-end iso-date="{year}-12-31"/>'
        f'<value currency="USD" value-date="{year}-01-01">{number * 13 + 1000}.50</value></budget>'
    )


def _transaction(number: int, step: int, year: int) -> str:
    kind, day = (1, 2, 3, 4)[step % 4], f"{year + step % 3}-{step % 12 + 1:02}-15"
    sign = "-" if (number + step) % 97 == 0 else ""
    provider, receiver = ("XM-DAC-7", "XM-DAC-41114") if kind == 1 else ("XM-DAC-41114", "UA-EDR-12345678")
    return (
        f'<transaction ref="{number}-{step}"><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
        f'<value value-date="{day}">{sign}{number * 7 + step * 1000 + 1}.25</value>'
        f"<description><narrative>{WORDS}{step}</narrative></description>"
        f'<provider-org ref="{provider}" type="10"><narrative>Who gives in this transaction</narrative></provider-org>'
        f'<receiver-org ref="{receiver}" type="40"><narrative>Who receives in this transaction</narrative></receiver-org>'
        "</transaction>"
    )


def _result(number: int, step: int, year: int) -> str:
    periods = "".join(
        f'<period><period-start iso-date="{year + later}-01-01"/><period-end iso-date="{year + later}-12-31"/>'
        f'<target value="{number + 100}"/><actual value="{number + 90}"/></period>'
        for later in range(3)
    )
    indicator = (
        f'<indicator measure="1" ascending="1"><title><narrative>People reached {step}</narrative></title>'
        f'<baseline year="{year}" value="0"/>{periods}</indicator>'
    )
    return f'<result type="1" aggregation-status="0"><title><narrative>Result {step}</narrative></title>{indicator * 2}</result>'


# -- in a process of its own --------------------------------------------------------------------------------------------


def _iterparse(path: Path) -> float:
    from lxml import etree

    start = time.perf_counter()
    for _event, element in etree.iterparse(str(path), events=("end",)):
        if element.tag == "iati-activity":
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return time.perf_counter() - start


def _facts(path: Path) -> float:
    from results.importers.iati.reading import facts

    start = time.perf_counter()
    with path.open("rb") as source:
        for _activity in facts(source):
            pass
    return time.perf_counter() - start


def _checked(path: Path) -> float:
    from results.importers.iati.reading import read

    start = time.perf_counter()
    with path.open("rb") as source:
        for _activity in read(source, TODAY):
            pass
    return time.perf_counter() - start


def _import(path: Path) -> float:
    from django.utils import timezone

    from core.models import User
    from results.actions.import_iati import import_iati

    by = User.objects.get(username="anna")
    start = time.perf_counter()
    with path.open("rb") as source:
        import_iati(by=by, at=timezone.now(), source=source, name=path.name, today=TODAY)
    return time.perf_counter() - start


def main(stage: str, path: Path) -> None:
    """Measure one stage after lxml's own pass over the same file; the peak is that of both."""
    import django

    django.setup()
    base = _iterparse(path)
    ours = {"facts": _facts, "checked": _checked, "import": _import}[stage](path)
    base = min(base, _iterparse(path))  # the faster of two, so that a disturbed pass does not flatter us
    print(json.dumps({"base": base, "ours": ours, "peak": own_peak()}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
