"""What a partner published beside what we gave: per year and currency, never over currencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q

from claims.models import IatiMatch
from claims.queries.given import Given, given_to
from partners.models import Contribution, Partner
from results.models import IatiActivity, IatiTransaction

INCOMING = ("1", "11")  # IATI TransactionType: incoming funds, incoming commitment
MOST = 200


@dataclass(frozen=True)
class Row:
    """One year and currency. A side is None where it says nothing; the difference needs both."""

    year: int | None
    currency: str
    published: Decimal | None
    committed: Decimal | None
    given: Decimal | None
    pooled: tuple[Given, ...]  # gifts to several partners together: shown, and in no sum

    @property
    def difference(self) -> Decimal | None:
        """What was published as received less what we gave."""
        return None if self.published is None or self.given is None else self.published - self.given


@dataclass(frozen=True)
class Activity:
    """One published activity with money of ours, and what it was matched with."""

    row: IatiActivity
    amounts: tuple[tuple[str, Decimal], ...]  # per currency
    matches: tuple[IatiMatch, ...]


@dataclass(frozen=True)
class Comparison:
    """What the page shows of one partner."""

    partner: Partner
    ours: str
    rows: tuple[Row, ...]
    activities: tuple[Activity, ...]
    contributions: tuple[Contribution, ...]
    near: tuple[str, ...]  # identifiers that look like ours and are not
    incomparable: int  # transactions without a date, an amount or a currency


def compare(partner: Partner, paid: Mapping[int, Decimal] | None = None) -> Comparison:
    """Compare a partner's publications with our gifts, in a fixed number of queries. Identifiers match exactly or not at all.

    `paid` is what the ledger paid per budget year, in EUR, as far as the reader may see it.
    """
    ours = settings.IATI_ORGANISATION
    current = IatiActivity.objects.current().filter(publisher=partner.iati_identifier)
    incoming = IatiTransaction.objects.filter(activity__in=current, kind__in=INCOMING)
    mine = list(incoming.filter(provider_ref=ours).select_related("activity__file").order_by("pk"))
    usable = [one for one in mine if one.day and one.amount is not None and one.currency]
    near = incoming.filter(Q(provider_ref__startswith=ours) | Q(provider_ref__iexact=ours)).exclude(provider_ref=ours)
    return Comparison(
        partner,
        ours,
        _rows(usable, given_to(partner, paid or {})),
        _activities(usable),
        tuple(Contribution.objects.filter(partners=partner).order_by("-year", "pk")),
        tuple(near.order_by("provider_ref").values_list("provider_ref", flat=True).distinct()[:20]),
        len(mine) - len(usable),
    )


def _rows(published: list[Any], given: list[Given]) -> tuple[Row, ...]:
    received: dict[tuple[int | None, str], Decimal] = {}
    committed: dict[tuple[int | None, str], Decimal] = {}
    for one in published:
        sums = received if one.kind == INCOMING[0] else committed
        key = (one.day.year, one.currency)
        sums[key] = sums.get(key, Decimal(0)) + one.amount
    paid: dict[tuple[int | None, str], Decimal] = {}
    pooled: dict[tuple[int | None, str], list[Given]] = defaultdict(list)
    for gift in given:
        key = (gift.year, gift.currency)
        if gift.pooled_with:
            pooled[key].append(gift)
        else:
            paid[key] = paid.get(key, Decimal(0)) + gift.amount
    keys = {*received, *committed, *paid, *pooled}
    return tuple(
        Row(*key, received.get(key), committed.get(key), paid.get(key), tuple(pooled.get(key, ())))
        for key in sorted(keys, key=lambda key: (-(key[0] or 0), key[1]))
    )


def _activities(published: list[Any]) -> tuple[Activity, ...]:
    rows: dict[int, IatiActivity] = {}
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in published:
        if one.kind == INCOMING[0]:
            rows[one.activity_id] = one.activity
            sums[one.activity_id][one.currency] += one.amount
    chosen = list(rows.values())[:MOST]
    matches: dict[tuple[str, str], list[IatiMatch]] = defaultdict(list)
    wanted = {row.identifier for row in chosen}
    for match in IatiMatch.objects.filter(identifier__in=wanted).select_related("contribution", "line__claim"):
        matches[match.publisher, match.identifier].append(match)
    return tuple(
        Activity(row, tuple(sorted(sums[row.pk].items())), tuple(matches[row.publisher, row.identifier]))
        for row in chosen
    )
