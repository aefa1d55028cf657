"""Questions about where a claim stands: what was shown, who drafted, who agreed, who can help, what is granted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Q, Sum

from claims.enums import Series, StepKind
from claims.models import Approval, Claim, Decision, FindingAnswer, GrantEntry, Step
from core.enums import Role
from core.findings import Finding, Severity
from core.models import User


def _scalar(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
        return row[0] if row else None


def digest(claim: Claim) -> str:
    """Return the mark of everything the claim's draft says now (SHA-256 of its rows)."""
    return str(_scalar("select claims_digest(%s)", claim.pk))


def drafters(claim: Claim) -> frozenset[int]:
    """Return the ids of everybody who changed the claim's content in its present round."""
    with connection.cursor() as cursor:
        cursor.execute("select person from claims_drafters(%s)", [claim.pk])
        return frozenset(row[0] for row in cursor.fetchall())


def approvals_needed(claim: Claim) -> int:
    """Return how many controllers must agree with a claim of this amount."""
    return int(_scalar("select claims_approvals_needed(%s)", claim.pk))


def approvals_of(submission: Step | None) -> list[Approval]:
    """Return who agreed with a submission, in order."""
    return list(Approval.objects.filter(submission=submission).select_related("by")) if submission else []


def state_before_amendment(claim: Claim) -> str:
    """Return the state that was in force before this round's amendment; empty in the first round."""
    return str(_scalar("select claims_state_before(%s, %s)", claim.pk, claim.round) or "")


def state_after(decision: Decision) -> str:
    """Return the state to which confirming a settling decision leads."""
    return str(_scalar("select claims_state_after(%s)", decision.pk))


def last_step(claim: Claim) -> Step | None:
    """Return the step by which the claim came where it is."""
    return Step.objects.filter(claim=claim).select_related("by", "decision").order_by("-pk").first()


def who_can(roles: tuple[Role, ...], directorate_id: int, *, besides: frozenset[int] = frozenset()) -> list[User]:
    """Return the people with one of the roles in a directorate or ministry-wide, some left out."""
    places = Q(memberships__directorate=directorate_id) | Q(memberships__directorate__isnull=True)
    return list(
        User.objects.filter(places, is_active=True, memberships__role__in=roles)
        .exclude(pk__in=besides)
        .order_by("sort_key")
        .distinct()
    )


@dataclass(frozen=True)
class Granted:
    """What stands granted to a line from an envelope: commitments and cash in EUR."""

    commitment: Decimal
    cash: Decimal


def granted(claim: Claim) -> dict[tuple[int, int], Granted]:
    """Return what stands granted, by line and envelope id."""
    found: dict[tuple[int, int], dict[str, Decimal]] = {}
    rows = (
        GrantEntry.objects.filter(line__claim=claim)
        .values_list("line_id", "envelope_id", "series")
        .annotate(total=Sum("signed"))
        .order_by("line_id", "envelope_id", "series")
    )
    for line, envelope, series, total in rows:
        found.setdefault((line, envelope), {})[series] = total
    nothing = Decimal("0.00")
    return {
        key: Granted(amounts.get(Series.COMMITMENT, nothing), amounts.get(Series.CASH, nothing))
        for key, amounts in found.items()
    }


def answered_of(claims: Collection[Claim]) -> dict[int, set[tuple[str, str]]]:
    """Return what was answered in the present round of each claim, by its id: code and place of the findings."""
    found: dict[int, set[tuple[str, str]]] = {claim.pk: set() for claim in claims}
    rows = FindingAnswer.objects.filter(claim__in=found, round=F("claim__round"))
    for key, code, place in rows.values_list("claim", "code", "place"):
        found[key].add((code, place))
    return found


def answers_of(claim: Claim) -> dict[tuple[str, str], FindingAnswer]:
    """Return the reasons given in this round, by code and place of the finding; the newest counts."""
    rows = FindingAnswer.objects.filter(claim=claim, round=claim.round).select_related("by").order_by("pk")
    return {(row.code, row.place): row for row in rows}


def unanswered(claim: Claim, findings: list[Finding]) -> list[Finding]:
    """Return the findings, notes excepted, for which no reason was given in this round."""
    answered = answers_of(claim)
    return [
        finding
        for finding in findings
        if finding.severity > Severity.NOTE and (finding.code, finding.key) not in answered
    ]


def submission_of(claim: Claim) -> Step | None:
    """Return the last submission of the present round."""
    return (
        Step.objects.filter(claim=claim, round=claim.round, kind=StepKind.SUBMIT)
        .select_related("by")
        .order_by("-pk")
        .first()
    )
