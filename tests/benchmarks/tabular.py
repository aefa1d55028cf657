"""Sheets of 100 000 rows and 10 columns: reading against the bare parsers, writing against what is promised of exports.

Every measurement has a process of its own, so that its peak memory is its own; ratios are of one run, taken in turns.
`python -m tests.benchmarks.tabular JOB FILE` is one such process.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from tests.benchmarks.harness import Report, own_peak

ROWS = 100_000
ROUNDS = 3
MiB = 1024 * 1024
START = datetime.date(2026, 1, 1)


def columns() -> list[Any]:
    """Return the columns of a sheet of payments."""
    from core.tabular import Column, Kind

    return [
        Column("voucher", "Boekstuk", Kind.IDENTIFIER),
        Column("partner", "Partner"),
        Column("text", "Omschrijving"),
        Column("paid_on", "Betaaldatum", Kind.DATE),
        Column("booked_on", "Boekdatum", Kind.DATE),
        Column("amount", "Bedrag", Kind.AMOUNT),
        Column("tax", "Btw", Kind.AMOUNT),
        Column("total", "Totaal", Kind.AMOUNT),
        Column("year", "Jaar", Kind.WHOLE),
        Column("kind", "Soort", Kind.CHOICE, choices={"advance": ("Voorschot",), "payment": ("Betaling",)}),
    ]


def rows() -> Iterator[tuple[Any, ...]]:
    """Yield as many rows as are promised."""
    for number in range(1, ROWS + 1):
        amount = Decimal(number * 137 % 10**9) / 100
        day = START + datetime.timedelta(number % 300)
        kind = "advance" if number % 3 else "payment"
        yield (
            f"{number:08d}",
            f"Partner {number % 400}",
            f"Betaling {number} voor médicaments",
            day,
            START,
            amount,
            amount,
            amount,
            2026,
            kind,
        )


# -- jobs: each in its own process ------------------------------------------------------------------------------------


def read_file(path: str) -> dict[str, float]:
    """Read and check a file, then take all its rows."""
    from core.tabular import read

    start = time.perf_counter()
    with open(path, "rb") as file:
        reading = read(file, path, columns=columns())
    checked = time.perf_counter() - start
    taken = sum(1 for _row in reading.rows())
    assert taken == ROWS
    return {"seconds": checked, "all": time.perf_counter() - start}


def csv_alone(path: str) -> dict[str, float]:
    """Read the rows of a text file with the csv module only."""
    start = time.perf_counter()
    with open(path, newline="", encoding="utf-8-sig") as file:
        assert sum(1 for _row in csv.reader(file, delimiter=";")) == ROWS + 1
    return {"seconds": time.perf_counter() - start}


def openpyxl_alone(path: str) -> dict[str, float]:
    """Read the rows of a workbook with openpyxl in its reading mode."""
    import openpyxl

    start = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    assert sum(1 for _row in book.worksheets[0].iter_rows(values_only=True)) == ROWS + 1
    return {"seconds": time.perf_counter() - start}


def write_file(path: str) -> dict[str, float]:
    """Write a file of the kind its name ends in."""
    from core.tabular import Format, write

    start = time.perf_counter()
    first = 0.0
    with open(path, "wb") as file:
        for piece in write(Format(path.rpartition(".")[2]), columns(), rows(), language="nl"):
            first = first or time.perf_counter() - start
            file.write(piece)
    return {"seconds": time.perf_counter() - start, "first": first}


def csv_writer_alone(path: str) -> dict[str, float]:
    """Write the same rows with the csv module only."""
    start = time.perf_counter()
    with open(path + ".alone", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(rows())
    return {"seconds": time.perf_counter() - start}


def xlsxwriter_alone(path: str) -> dict[str, float]:
    """Write the same rows with XlsxWriter as its documentation shows."""
    import xlsxwriter

    start = time.perf_counter()
    book = xlsxwriter.Workbook(path + ".alone", {"constant_memory": True})
    page, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
    for number, row in enumerate(rows()):
        for place, value in enumerate(row):
            page.write(number, place, value, day if isinstance(value, datetime.date) else None)
    book.close()
    return {"seconds": time.perf_counter() - start}


JOBS: dict[str, Callable[[str], dict[str, float]]] = {
    job.__name__: job for job in (read_file, csv_alone, openpyxl_alone, write_file, csv_writer_alone, xlsxwriter_alone)
}


def measured(job: str, path: str) -> dict[str, float]:
    """Run a job in a process of its own; return its seconds and the MiB it needed beyond the bare application."""
    command = [sys.executable, "-m", "tests.benchmarks.tabular", job, path]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def main(job: str, path: str) -> None:
    """Be the process of one job."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    import core.tabular  # noqa: F401 (what it weighs itself is not the job's)

    before = now()
    found = JOBS[job](path)
    print(json.dumps({**found, "peak": own_peak() - before, "whole": own_peak()}))


def now() -> float:
    """Return the memory this process has now, in MiB."""
    record = pathlib.Path("/proc/self/status").read_text()
    return int(record.partition("VmRSS:")[2].split()[0]) / 1024


# -- the report -------------------------------------------------------------------------------------------------------


def run(report: Report) -> None:
    """Measure writing, then reading what was written."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {kind: str(pathlib.Path(folder) / f"rows.{kind}") for kind in ("csv", "xlsx", "ods")}
        print(f"Sheets of {ROWS:,} rows and {len(columns())} columns")
        _writing(report, paths)
        _reading(report, paths)


def _writing(report: Report, paths: dict[str, str]) -> None:
    found = {kind: measured("write_file", path) for kind, path in paths.items()}
    report.promise("CSV written: first byte", found["csv"]["first"], 1, "s")
    report.fact("CSV written: all", found["csv"]["seconds"], "s")
    report.promise("XLSX written: all", found["xlsx"]["seconds"], 15, "s")
    report.promise("ODS written: all", found["ods"]["seconds"], 15, "s")
    for kind, times in found.items():
        report.promise(f"{kind.upper()} written: peak memory of the process", times["whole"], 200, "MiB")
        report.fact(f"{kind.upper()} written: of which for the table", times["peak"], "MiB")
    _ratio(report, "CSV written, to the csv module alone", ("write_file", "csv_writer_alone"), paths["csv"], 5)
    _ratio(report, "XLSX written, to XlsxWriter alone", ("write_file", "xlsxwriter_alone"), paths["xlsx"], 2)


def _reading(report: Report, paths: dict[str, str]) -> None:
    _ratio(report, "CSV read and checked, to the csv module alone", ("read_file", "csv_alone"), paths["csv"], 15)
    _ratio(
        report, "XLSX read and checked, to openpyxl reading only", ("read_file", "openpyxl_alone"), paths["xlsx"], 0.7
    )
    for kind, path in paths.items():
        found = measured("read_file", path)
        report.promise(f"{kind.upper()} read and checked", found["seconds"], 3 if kind == "csv" else 15, "s")
        report.fact(f"{kind.upper()} read, checked and every row taken", found["all"], "s")
        report.promise(f"{kind.upper()} read: memory for the sheet", found["peak"], 100, "MiB")
        report.fact(f"{kind.upper()}: size of the file", pathlib.Path(path).stat().st_size / MiB, "MiB")


def _ratio(report: Report, name: str, jobs: tuple[str, str], path: str, most: float) -> None:
    """Compare two jobs, in turns so that both meet the same machine."""
    ours, alone = [], []
    for _round in range(ROUNDS):
        ours.append(measured(jobs[0], path)["seconds"])
        alone.append(measured(jobs[1], path)["seconds"])
    report.promise(name, statistics.median(ours) / statistics.median(alone), most, "x")


if __name__ == "__main__":
    main(*sys.argv[1:])
