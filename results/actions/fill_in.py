"""Taking a filled-in sheet over: every row that reports something new becomes a version. All or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from core.models import Event, Source, User
from core.tabular import Finding, read
from partners.models import Partner
from results import policies
from results.importers.sheet import COLUMNS, REPORTED, Filled, filled_rows
from results.models import Result, ResultVersion


@dataclass(frozen=True)
class TakenIn:
    """What became of a sheet: findings and nothing stored, or how many values were new."""

    findings: Sequence[Finding]
    further: int = 0
    new: int = 0
    unchanged: int = 0


def fill_in(
    *, by: User, at: datetime.datetime, partner: Partner, content: bytes, name: str, answers: dict[str, str]
) -> TakenIn:
    """Read a partner's sheet and store what it newly reports, as reported and with the sheet as source."""
    if refusal := policies.may_import(by):
        raise PermissionDenied(refusal)
    reading = read(content, name, columns=COLUMNS, answers=answers)
    if not reading.accepted:
        return TakenIn(reading.findings, reading.further)
    with transaction.atomic():
        Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
        rows, findings = filled_rows(partner, reading)
        if findings:
            return TakenIn(findings)
        new = [row for row in rows if _is_new(row)]
        if new:
            source = Source.objects.create(
                title=name[:300] or "sheet", publisher=partner.name, published_on=at.date(), note=partner.short_name
            )
            for row in new:
                _store(partner, row, source)
        data = {"rows": len(rows), "new": len(new)}
        Event.objects.create(at=at, by=by, kind="sheet.filled-in", subject=f"partner {partner.public_id}", data=data)
    return TakenIn((), 0, len(new), len(rows) - len(new))


def _is_new(row: Filled) -> bool:
    newest = row.result.newest[0] if row.result is not None and row.result.newest else None
    return newest is None or any(getattr(newest, name) != row.reported[name] for name in REPORTED)


def _store(partner: Partner, row: Filled, source: Source) -> None:
    result = row.result or Result.objects.filter(partner=partner, **row.identity).order_by("pk").first()
    result = result or Result.objects.create(partner=partner, **row.identity)
    last = result.versions.aggregate(last=Max("number"))["last"]
    ResultVersion.objects.create(result=result, number=(last or 0) + 1, source=source, **row.reported)
