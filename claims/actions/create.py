"""Making claims: from nothing, from four facts, or from last year's."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from claims import policies
from claims.enums import PartnerRole, PartnerStatus
from claims.models import (
    AnnexPart,
    Claim,
    ClaimLine,
    ContextFigure,
    Envelope,
    Evaluation,
    FormTemplate,
    Goal,
    LinePartner,
    LineYear,
    PlannedResult,
    ReferenceCounter,
    Section,
)
from claims.rules.numbering import reference
from core.models import Directorate, User
from partners.models import Partner


def next_reference(year: int) -> str:
    """Give the next reference of a year. The counter's row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {ReferenceCounter._meta.db_table} (year, last) values (%s, 1) "  # noqa: S608  (a constant name)
            "on conflict (year) do update set last = claims_referencecounter.last + 1 returning last",
            [year],
        )
        return reference(year, cursor.fetchone()[0])


@transaction.atomic
def register(*, by: User, at: datetime.datetime, claim: Claim) -> Claim:
    """Save a new claim as a draft with its reference. The maker becomes its file holder unless another is named."""
    refusal = policies.may_create(by, claim.directorate)
    if refusal:
        raise PermissionDenied(refusal)
    if claim.template_id is None:
        claim.template = FormTemplate.objects.filter(active=True).order_by("-preferred", "code").first()
    if claim.owner_id is None:
        claim.owner = by
    claim.reference, claim.created_by, claim.created_at = next_reference(at.year), by, at
    claim.save(force_insert=True)
    return claim


def create(
    *, by: User, at: datetime.datetime, directorate: Directorate, title: str, first_year: int, **fields: Any
) -> Claim:
    """Make an empty draft in the form version offered first; `last_year` is the first unless given."""
    fields.setdefault("last_year", first_year)
    return register(by=by, at=at, claim=Claim(directorate=directorate, title=title, first_year=first_year, **fields))


@transaction.atomic
def quick_start(
    *,
    by: User,
    at: datetime.datetime,
    directorate: Directorate,
    title: str,
    amount: Decimal,
    partner: Partner,
    envelope: Envelope | None,
    year: int,
) -> Claim:
    """Make a claim of one line from title, amount in EUR, intended partner and cover (an envelope, or none yet)."""
    year = envelope.year if envelope else year
    claim = create(by=by, at=at, directorate=directorate, title=title, first_year=year, amount=amount)
    line = ClaimLine.objects.create(claim=claim, title=title)
    LineYear.objects.create(line=line, envelope=envelope, open_year=None if envelope else year, commitment=amount)
    LinePartner.objects.create(line=line, partner=partner, role=PartnerRole.RECIPIENT, status=PartnerStatus.INTENDED)
    return claim


@transaction.atomic
def copy_to_next_year(*, by: User, at: datetime.datetime, claim: Claim, year: int) -> Claim:
    """Make a new draft for another year with the goals, lines and texts of a claim, every figure marked "still to be updated".

    Years move along. A line keeps its envelope's name when that year has an envelope of the same name and cover;
    otherwise the year stands without one. Dates, decisions and references of the ministry do not come along.
    """
    shift = year - claim.first_year
    fresh = create(
        by=by,
        at=at,
        directorate=claim.directorate,
        title=claim.title,
        first_year=year,
        last_year=claim.last_year + shift,
        amount=claim.amount,
        country=claim.country,
        theme=claim.theme,
        template=claim.template if claim.template.active else None,
        copied_from=claim,
        amount_to_update=claim.amount is not None,
    )
    fresh.sources.set(claim.sources.all())
    goals = {goal.pk: _copy(goal, claim=fresh, to_update=goal.amount is not None) for goal in claim.goals.in_order()}
    for line in claim.lines.in_order():
        _copy_line(line, fresh, goals.get(line.goal_id), shift)
    for evaluation in Evaluation.objects.filter(claim=claim).in_order():
        _copy(evaluation, claim=fresh, planned_on=None)
    for figure in ContextFigure.objects.filter(claim=claim).in_order():
        _copy(figure, claim=fresh, to_update=True)
    questions = {question.key: question for question in fresh.template.sections.all()}
    for section in Section.objects.filter(claim=claim).select_related("question"):
        if section.text and section.question.key in questions:
            _copy(section, claim=fresh, question=questions[section.question.key], to_update=True)
    for part in AnnexPart.objects.filter(claim=claim).in_order():
        _copy(part, claim=fresh, to_update=True)
    return fresh


def _copy_line(line: ClaimLine, fresh: Claim, goal: Goal | None, shift: int) -> None:
    new = _copy(line, claim=fresh, goal=goal, activity_number="", iati_activity="")
    for row in LineYear.objects.filter(line=line).select_related("envelope"):
        envelope = (
            row.envelope
            and Envelope.objects.filter(
                name=row.envelope.name, cover=row.envelope.cover, year=row.year + shift, active=True
            ).first()
        )
        _copy(row, line=new, envelope=envelope, open_year=None if envelope else row.year + shift, to_update=True)
    for role in LinePartner.objects.filter(line=line):
        _copy(role, line=new, status=PartnerStatus.INTENDED)
    for planned in PlannedResult.objects.filter(line=line).in_order():
        _copy(planned, line=new, to_update=True)


def _copy(row: Any, **changes: Any) -> Any:
    """Make a new row like this one, with its own identity."""
    fields = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "public_id", "version") and field.name not in changes
    }
    return type(row).objects.create(**fields, **changes)
