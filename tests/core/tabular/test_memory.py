"""Memory stays bounded: by what a sheet holds, and by the limits for one that is made to fill it."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import zipfile

import pytest

from tests.core.tabular.sheets import HEADING, ods_parts, ods_row, row, sheet, text, xlsx_parts, zipped

pytestmark = pytest.mark.slow

READ = """
import json, sys
import django
django.setup()
from tests.benchmarks.harness import own_peak
from tests.benchmarks.tabular import now
from tests.core.tabular.sheets import PAYMENTS
from core.tabular import read
before = now()
with open(sys.argv[1], "rb") as file:
    reading = read(file, "x", columns=PAYMENTS)
rows = sum(1 for _row in reading.rows()) if reading.accepted else 0
print(json.dumps({"peak": own_peak() - before, "rows": rows, "codes": sorted(reading.counts)}))
"""

pytest.importorskip("resource")
if not pathlib.Path("/proc/self/status").exists():
    pytest.skip("The kernel keeps no record of a process's own peak here.", allow_module_level=True)


def measured(tmp_path: pathlib.Path, content: bytes) -> dict[str, object]:
    """Read a file in a process of its own; return its peak in MiB beyond the bare application, rows and codes."""
    path = tmp_path / "sheet"
    path.write_bytes(content)
    done = subprocess.run([sys.executable, "-c", READ, str(path)], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def payments(count: int) -> list[list[object]]:
    return [[f"{n:07d}", f"Partner {n % 300}", n / 4, "04-02-2026", "Voorschot"] for n in range(1, count + 1)]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_large_sheet_is_read_in_little_memory(tmp_path: pathlib.Path, kind: str) -> None:
    rows = payments(60_000)
    if kind == "csv":
        content = text(";".join(HEADING), *(";".join(str(cell).replace(".", ",") for cell in cells) for cells in rows))
    elif kind == "xlsx":
        content = zipped(xlsx_parts({"a": sheet([HEADING, *rows])}))
    else:
        content = zipped(
            ods_parts(f'<table:table table:name="a">{ods_row(HEADING)}{"".join(map(ods_row, rows))}</table:table>')
        )
    found = measured(tmp_path, content)
    assert found["rows"] == 60_000
    assert found["peak"] < 60


STORED = zipfile.ZIP_STORED  # so that the ratio does not give it away
HUGE = "x" * 30_000
SHARED = '<c t="s"><v>0</v></c>'
FILLERS = {
    "shared texts": lambda: zipped(
        xlsx_parts(
            {"a": sheet([HEADING, *["<row>" + SHARED * 5 + "</row>"] * 40_000])},
            strings=[f"<si><t>{HUGE}</t></si>"] * 800,
        ),
        method=STORED,
    ),
    "different texts": lambda: zipped(
        xlsx_parts(
            {"a": sheet([HEADING, *[f'<row><c t="s"><v>{n % 500}</v></c></row>' for n in range(200_000)]])},
            strings=[f"<si><t>{n}\U0001f600{HUGE}</t></si>" for n in range(500)],
        ),
        method=STORED,
    ),
    "long texts": lambda: text(";".join(HEADING), *[f"{n};{HUGE};1,00;04-02-2026;" for n in range(1_000)]),
    "repeated rows": lambda: zipped(
        ods_parts(
            f'<table:table table:name="a">{ods_row(HEADING)}'
            + "".join(ods_row([HUGE], 'table:number-rows-repeated="1000000"') for _n in range(100))
            + "</table:table>"
        )
    ),
    "faults": lambda: zipped(
        xlsx_parts({"a": sheet([HEADING, *[row(["x", "", "geen", "ooit", "wat"])] * 100_000])}), method=STORED
    ),
    "far cells": lambda: zipped(
        xlsx_parts({"a": sheet([HEADING, *[f'<row><c r="GR{n}"><v>1</v></c></row>' for n in range(2, 100_000)]])}),
        method=STORED,
    ),
    "deep": lambda: zipped(xlsx_parts({"a": sheet([HEADING], before="<x>" * 3_000_000)}), method=STORED),
}


@pytest.mark.parametrize("filler", FILLERS)
def test_a_file_made_to_fill_the_memory_does_not(tmp_path: pathlib.Path, filler: str) -> None:
    found = measured(tmp_path, FILLERS[filler]())
    assert found["codes"]
    assert found["rows"] == 0
    assert found["peak"] < 200, filler
