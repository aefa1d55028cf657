"""Our own activities as an IATI 2.03 file, for checking and reconciliation. Only what is public; nothing is published by it.

Public are the lines of claims whose paper is public and to which money was granted, with what was committed and paid under them.
What was asked and not granted stays out, and so does everything confidential. A row and its reversal are both left out.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from django.conf import settings
from django.db.models import Sum
from lxml import etree

from claims.enums import ClaimState, PartnerRole, Series
from claims.models import ClaimLine, CommitmentRow, GrantEntry, Payment
from core.enums import Classification
from core.numbers import plain
from partners.models import Partner
from results.importers.iati.facts import (
    Activity,
    Budget,
    Indicator,
    Organisation,
    Period,
    Result,
    Texts,
    Transaction,
)
from results.importers.iati.standard import ACTIVITIES, ACTIVITY, LANG, VERSION

FUNDING, ACCOUNTABLE, IMPLEMENTING = "1", "2", "4"  # OrganisationRole
GOVERNMENT, NGO, MULTILATERAL = "10", "20", "40"  # OrganisationType
ORIGINAL, COMMITTED = "1", "2"  # BudgetType, BudgetStatus
NUMBER, OUTPUT = "1", "1"  # IndicatorMeasure: unit; ResultType
COMMITMENT, DISBURSEMENT = "2", "3"  # TransactionType: outgoing; a lowering or receipt is negative
PLANNED_START, PLANNED_END = "1", "3"  # ActivityDateType
INTERNAL = "A1"  # OtherIdentifierType: the reporter's own number
IMPLEMENTATION, CLOSED = "2", "4"  # ActivityStatus
UNALLOCATED = "99810"  # DAC sector "not specified": ours are not recorded per line
STATUSES = {ClaimState.CLOSED: CLOSED}
KINDS = {"government": GOVERNMENT, "ngo": NGO}


def public_activities() -> Iterator[Activity]:
    """Yield the activities that may be told, in the order of their claims; amounts are grants in EUR."""
    granted, transactions = _granted(), _transactions()
    lines = (
        ClaimLine.objects.filter(claim__classification=Classification.PUBLIC, pk__in=granted)
        .select_related("claim__country", "claim__directorate")
        .prefetch_related("roles__partner", "planned_results")
        .order_by("claim__reference", "position", "pk")
    )
    for line in lines:
        yield _activity(line, granted[line.pk], transactions.get(line.pk, ()))


def _granted() -> dict[int, dict[int, Decimal]]:
    """Return what was granted as commitments, in EUR per line and budget year; nothing that came to nothing."""
    rows = (
        GrantEntry.objects.filter(series=Series.COMMITMENT)
        .values_list("line_id", "envelope__year")
        .annotate(total=Sum("signed"))
    )
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for line, year, total in rows:
        if total > 0:
            found[line][year] = total
    return dict(found)


def _transactions() -> dict[int, list[Transaction]]:
    """Return what was committed and paid in EUR per line, in the order of booking; nothing that was reversed."""
    found: dict[int, list[Transaction]] = defaultdict(list)
    us = Organisation(settings.IATI_ORGANISATION, "", GOVERNMENT, "", _dutch(settings.ORGANISATION))
    for kind, model, day in ((COMMITMENT, CommitmentRow, "booked_on"), (DISBURSEMENT, Payment, "paid_on")):
        rows: Any = model._default_manager.filter(
            commitment__line__claim__classification=Classification.PUBLIC, reverses=None, reversed_by=None
        )
        for row in rows.select_related("commitment__partner").order_by(day, "pk"):
            partner, date = row.commitment.partner, getattr(row, day)
            receiver = Organisation(partner.iati_identifier, "", _type(partner), "", _dutch(partner.name))
            found[row.commitment.line_id].append(
                Transaction(0, "", kind, date, row.signed, "EUR", date.isoformat(), us, receiver)
            )
    return found


def _activity(line: ClaimLine, granted: dict[int, Decimal], transactions: Iterable[Transaction]) -> Activity:
    claim = line.claim
    identifier = f"{settings.IATI_ORGANISATION}-{claim.reference}-{str(line.public_id)[:8]}"
    start, end = f"{claim.first_year}-01-01", f"{claim.last_year}-12-31"
    return Activity(
        identifier=identifier,
        reporter=Organisation(settings.IATI_ORGANISATION, "", GOVERNMENT, "", _dutch(settings.ORGANISATION)),
        language=claim.language,
        currency="EUR",
        title=_dutch(f"{claim.title}: {line.title}"),
        descriptions=(("1", _dutch(line.title)),),
        organisations=tuple(_organisations(line)),
        others=((claim.reference, INTERNAL),),
        status=STATUSES.get(ClaimState(claim.state), IMPLEMENTATION),
        dates=((PLANNED_START, start), (PLANNED_END, end)),
        countries=((claim.country.code, ""),) if claim.country_id else (),
        sectors=(("1", UNALLOCATED, ""),),
        budgets=tuple(_budget(year, amount) for year, amount in sorted(granted.items())),
        transactions=tuple(transactions),
        results=tuple(_planned(line, start, end)),
    )


def _dutch(text: str) -> Texts:
    return (("", text),)


def _organisations(line: ClaimLine) -> Iterator[Organisation]:
    yield Organisation(settings.IATI_ORGANISATION, FUNDING, GOVERNMENT, "", _dutch(settings.ORGANISATION))
    yield Organisation(settings.IATI_ORGANISATION, ACCOUNTABLE, GOVERNMENT, "", _dutch(settings.ORGANISATION))
    for role in sorted(line.roles.all(), key=lambda role: (role.role, role.pk)):
        if role.role in (PartnerRole.RECIPIENT, PartnerRole.IMPLEMENTER):
            partner = role.partner
            yield Organisation(partner.iati_identifier, IMPLEMENTING, _type(partner), "", _dutch(partner.name))


def _type(partner: Partner) -> str:
    return KINDS.get(partner.kind, MULTILATERAL)


def _budget(year: int, amount: Decimal) -> Budget:
    start = f"{year}-01-01"
    return Budget(ORIGINAL, COMMITTED, start, f"{year}-12-31", plain(amount), "EUR", start)


def _planned(line: ClaimLine, start: str, end: str) -> Iterator[Result]:
    for planned in sorted(line.planned_results.all(), key=lambda one: (one.position, one.pk)):
        if planned.value is not None:
            title = _dutch(f"{planned.unit} {planned.description}".strip())
            period = Period(start, end, target=plain(planned.value))
            yield Result(OUTPUT, title, indicators=(Indicator(NUMBER, title, ascending="1", periods=(period,)),))


# -- writing ------------------------------------------------------------------------------------------------------------


def write(target: BinaryIO, activities: Iterable[Activity], generated: datetime.datetime | None = None) -> int:
    """Write activities as a file, one at a time; return how many. Without a moment the same facts give the same bytes."""
    count = 0
    head = {"version": VERSION} | ({"generated-datetime": generated.isoformat(timespec="seconds")} if generated else {})
    with etree.xmlfile(target, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(ACTIVITIES, head):
            for activity in activities:
                file.write("\n", _element(activity))
                count += 1
            file.write("\n")
    return count


def _element(activity: Activity) -> Any:
    element = etree.Element(ACTIVITY)
    _attributes(
        element,
        {
            LANG: activity.language,
            "default-currency": activity.currency,
            "last-updated-datetime": activity.updated,
            "humanitarian": activity.humanitarian,
        },
    )
    etree.SubElement(element, "iati-identifier").text = activity.identifier
    _party(element, "reporting-org", activity.reporter)
    _texts(element, "title", activity.title)
    for kind, texts in activity.descriptions:
        _texts(element, "description", texts, {"type": kind})
    for organisation in activity.organisations:
        _party(element, "participating-org", organisation)
    for ref, kind in activity.others:
        _attributes(etree.SubElement(element, "other-identifier"), {"ref": ref, "type": kind})
    _coded(element, "activity-status", activity.status)
    for kind, day in activity.dates:
        _attributes(etree.SubElement(element, "activity-date"), {"iso-date": day, "type": kind})
    _classified(element, activity)
    for budget in activity.budgets:
        _write_budget(element, budget)
    for transaction in activity.transactions:
        _write_transaction(element, transaction)
    for result in activity.results:
        _write_result(element, result)
    return element


def _classified(element: Any, activity: Activity) -> None:
    for code, percentage in activity.countries:
        _attributes(etree.SubElement(element, "recipient-country"), {"code": code, "percentage": percentage})
    for vocabulary, code, percentage in activity.sectors:
        found = {"vocabulary": vocabulary, "code": code, "percentage": percentage}
        _attributes(etree.SubElement(element, "sector"), found)
    _coded(element, "default-flow-type", activity.flow_type)
    _coded(element, "default-finance-type", activity.finance_type)
    for vocabulary, code in activity.aid_types:
        _attributes(etree.SubElement(element, "default-aid-type"), {"vocabulary": vocabulary, "code": code})
    _coded(element, "default-tied-status", activity.tied_status)


def _write_budget(element: Any, budget: Budget) -> None:
    made = etree.SubElement(element, "budget", type=budget.kind, status=budget.status)
    etree.SubElement(made, "period-start").set("iso-date", budget.start)
    etree.SubElement(made, "period-end").set("iso-date", budget.end)
    _value(made, budget.value, budget.currency, budget.value_date)


def _write_transaction(element: Any, transaction: Transaction) -> None:
    if transaction.day is None or transaction.amount is None:
        return  # what could not be held exactly is not written as something else
    made = etree.SubElement(element, "transaction")
    _attributes(made, {"ref": transaction.ref})
    _coded(made, "transaction-type", transaction.kind)
    etree.SubElement(made, "transaction-date").set("iso-date", transaction.day.isoformat())
    _value(made, plain(transaction.amount), transaction.currency, transaction.value_date)
    if transaction.description:
        _texts(made, "description", transaction.description)
    for name, party in (("provider-org", transaction.provider), ("receiver-org", transaction.receiver)):
        if any(party):
            _party(made, name, party, f"{name.partition('-')[0]}-activity-id")


def _write_result(element: Any, result: Result) -> None:
    made = etree.SubElement(element, "result")
    _attributes(made, {"type": result.kind, "aggregation-status": result.aggregation})
    _texts(made, "title", result.title)
    if result.description:
        _texts(made, "description", result.description)
    for indicator in result.indicators:
        one = etree.SubElement(made, "indicator")
        found = {"measure": indicator.measure, "ascending": indicator.ascending}
        _attributes(one, found | {"aggregation-status": indicator.aggregation})
        _texts(one, "title", indicator.title)
        if indicator.baseline_year or indicator.baseline:
            baseline = {"year": indicator.baseline_year, "value": indicator.baseline}
            _attributes(etree.SubElement(one, "baseline"), baseline)
        for period in indicator.periods:
            _write_period(one, period)


def _write_period(element: Any, period: Period) -> None:
    made = etree.SubElement(element, "period")
    etree.SubElement(made, "period-start").set("iso-date", period.start)
    etree.SubElement(made, "period-end").set("iso-date", period.end)
    for name, value in (("target", period.target), ("actual", period.actual)):
        if value:
            etree.SubElement(made, name).set("value", value)


def _value(element: Any, value: str, currency: str, date: str) -> None:
    made = etree.SubElement(element, "value")
    _attributes(made, {"currency": currency, "value-date": date})
    made.text = value


def _party(element: Any, name: str, party: Organisation, activity: str = "activity-id") -> None:
    made = etree.SubElement(element, name)
    _attributes(made, {"ref": party.ref, "role": party.role, "type": party.kind, activity: party.activity})
    _narratives(made, party.names)


def _texts(element: Any, name: str, texts: Texts, attributes: dict[str, str] | None = None) -> None:
    made = etree.SubElement(element, name)
    _attributes(made, attributes or {})
    _narratives(made, texts)


def _narratives(element: Any, texts: Texts) -> None:
    for language, text in texts:
        narrative = etree.SubElement(element, "narrative")
        _attributes(narrative, {LANG: language})
        narrative.text = text


def _coded(element: Any, name: str, code: str) -> None:
    if code:
        etree.SubElement(element, name).set("code", code)


def _attributes(element: Any, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name, value)
