"""Small IATI files for tests."""

from __future__ import annotations

import datetime
import io
from typing import Any

from results.importers.iati.reading import Read, read

TODAY = datetime.date(2026, 3, 2)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">'


def transaction(
    value: str = "1000", kind: str = "1", currency: str = "", provider: str = "XM-DAC-7", day: str = "2024-05-01"
) -> str:
    own = f' currency="{currency}"' if currency else ""
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
        f'<value{own} value-date="{day}">{value}</value><provider-org ref="{provider}"><narrative>Gever</narrative>'
        "</provider-org></transaction>"
    )


def result(actual: str = "90", measure: str = "1", start: str = "2024-01-01", end: str = "2024-12-31") -> str:
    return (
        '<result type="1"><title><narrative>Resultaat</narrative></title>'
        f'<indicator measure="{measure}"><title><narrative>bereikte mensen</narrative></title><baseline year="2023" value="10"/>'
        f'<period><period-start iso-date="{start}"/><period-end iso-date="{end}"/><target value="100"/>'
        f'<actual value="{actual}"/></period></indicator></result>'
    )


def activity(
    identifier: str = "XM-DAC-41114-1",
    inner: str = "",
    reporter: str = "XM-DAC-41114",
    currency: str = "USD",
    status: str = "2",
    results: str = "",
) -> str:
    default = f' default-currency="{currency}"' if currency else ""
    return (
        f'<iati-activity xml:lang="en"{default} last-updated-datetime="2025-06-01T12:00:00Z">\n'
        f"<iati-identifier>{identifier}</iati-identifier>\n"
        f'<reporting-org ref="{reporter}" type="40"><narrative>UNDP</narrative></reporting-org>\n'
        "<title><narrative>Herstel</narrative></title><description><narrative>Herstel van huizen</narrative></description>"
        '<participating-org ref="XM-DAC-7" role="1"/>'
        f'<activity-status code="{status}"/><activity-date iso-date="2024-01-01" type="2"/>'
        f'<recipient-country code="UA"/><sector vocabulary="1" code="15110"/>{inner}{results}</iati-activity>\n'
    )


def file(*activities: str) -> bytes:
    return f"{HEAD}\n{''.join(activities or (activity(),))}</iati-activities>".encode()


def reads(content: bytes) -> list[Read]:
    return list(read(io.BytesIO(content), TODAY))


def codes(content: bytes) -> list[str]:
    return [remark.code for one in reads(content) for remark in one.remarks]


def take_in(by: Any, at: Any, content: bytes, name: str = "undp.xml") -> Any:
    from results.actions.import_iati import import_iati

    return import_iati(by=by, at=at, source=io.BytesIO(content), name=name, today=TODAY)
