"""What an annex part may still cite, per kind of record, with the sentence each would print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from claims.documents import sentences
from claims.enums import CitedKind
from claims.models import Citation
from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Partner, Share
from results.models import Result

MOST = 200


@dataclass(frozen=True)
class Choice:
    """One record: "kind:public id", and its sentence."""

    key: str
    sentence: str


@dataclass(frozen=True)
class ChoiceGroup:
    """The records of one kind."""

    kind: CitedKind
    choices: tuple[Choice, ...]


def citable(*, user: Any, partner: Partner | None, without: Iterable[Citation]) -> list[ChoiceGroup]:
    """Return what can be cited: the partner's own records (and its administrator's appeals), or everybody's."""
    taken = {(citation.kind, getattr(citation, f"{citation.kind}_id")) for citation in without}
    own = Q(partner=partner) if partner else Q()
    appeals = own | Q(partner=partner.administered_by_id) if partner and partner.administered_by_id else own
    shares = Q(total__partner=partner) | Q(appeal__partner=partner) if partner else Q()
    given = Q(partners=partner) if partner else Q()
    rows: list[tuple[CitedKind, Any, Any]] = [
        (CitedKind.APPEAL, _appeals().filter(appeals), sentences.appeal),
        (
            CitedKind.CONTRIBUTION,
            Contribution.objects.filter(given).select_related("cover").prefetch_related("partners").distinct(),
            sentences.contribution,
        ),
        (CitedKind.TOTAL, FundTotal.objects.filter(own), sentences.total),
        (CitedKind.SHARE, Share.objects.filter(shares), sentences.share),
        (
            CitedKind.RESULT,
            Result.objects.visible_to(user).with_current().filter(own, versions__isnull=False).distinct(),
            _result,
        ),
    ]
    groups = []
    for kind, records, say in rows:
        choices = tuple(
            Choice(f"{kind}:{row.public_id}", say(row)) for row in records[:MOST] if (kind, row.pk) not in taken
        )
        if choices:
            groups.append(ChoiceGroup(kind, choices))
    return groups


def _appeals() -> Any:
    return Appeal.objects.prefetch_related(
        Prefetch("groups", AppealGroup.objects.in_order()), Prefetch("parts", AppealPart.objects.in_order())
    )


def _result(row: Any) -> str:
    version = row.newest[0]
    return sentences.result(row, version, list(version.parts.all()))
