"""The control file (controledossier): per claim one ZIP with the way from decision to money to proof, and what is lacking."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from claims.models import (
    Claim,
    Commitment,
    CommitmentRow,
    Decision,
    Evidence,
    GrantEntry,
    Payment,
    RequiredEvidence,
    Step,
)
from claims.queries.timeline import timeline
from claims.rules.files import tidy_name
from core import tabular
from core.language import language
from core.numbers import format_date, format_number

SHOWN = ("kind", "decision__party", "commitment", "payment__commitment")
STAMP = (1980, 1, 1, 0, 0, 0)  # the same input gives the same bytes


def control_file(claims: Iterable[Claim]) -> bytes:
    """Return one ZIP with a ZIP per claim, an index and the list of gaps over all of them."""
    index, gaps = [], []
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as outer:
        for claim in claims:
            lacking = list(gaps_of(claim))
            _put(outer, f"{claim.reference}.zip", _one(claim, lacking))
            index.append(
                [
                    claim.reference,
                    claim.title,
                    str(claim.get_state_display()),
                    str(claim.directorate.code),
                    str(len(lacking)),
                ]
            )
            gaps += [[claim.reference, gap] for gap in lacking]
        head = [_("Claim"), _("Title"), _("State"), _("Directorate"), _("Gaps")]
        _put(outer, "index.csv", _sheet(head, index))
        _put(outer, "gaps.csv", _sheet([_("Claim"), _("What is lacking")], gaps))
    return stream.getvalue()


def gaps_of(claim: Claim) -> Iterator[str]:
    """Name what an auditor would miss: decisions without proof, unconfirmed ones, unknown dates, required kinds."""
    decisions = list(Decision.objects.filter(claim=claim, dropped_at=None).select_related("party").order_by("pk"))
    proven = set(Evidence.objects.filter(claim=claim).exclude(decision=None).values_list("decision_id", flat=True))
    for decision in decisions:
        name = f"{decision.party.code}: {decision.get_outcome_display()}"
        if decision.pk not in proven:
            yield _("No evidence of the decision “%s”.") % name
        if decision.confirmed_at is None:
            yield _("The decision “%s” is not confirmed.") % name
        if decision.date_unknown:
            yield _("The date of the decision “%s” is unknown.") % name
    present = set(Evidence.objects.filter(claim=claim).values_list("kind_id", flat=True))
    taken = set(Step.objects.filter(claim=claim).values_list("kind", flat=True))
    for required in RequiredEvidence.objects.filter(step__in=taken).select_related("kind").order_by("step", "pk"):
        if required.kind_id not in present:
            yield _("Evidence of the kind “%s” is required and not there.") % required.kind
    backed = set(Evidence.objects.filter(claim=claim).exclude(commitment=None).values_list("commitment_id", flat=True))
    for commitment in Commitment.objects.filter(line__claim=claim).order_by("pk"):
        if commitment.pk not in backed:
            yield _("No evidence of commitment %s.") % commitment.number
    if GrantEntry.objects.filter(line__claim=claim).exists() and not any(row.settles for row in decisions):
        yield _("Money was granted, but no decision that settles the claim is on record.")


def _one(claim: Claim, lacking: list[str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as inner:
        _put(inner, "1-besluiten.csv", _decisions(claim))
        _put(inner, "2-toekenningen.csv", _grants(claim))
        _put(inner, "3-verplichtingen-en-betalingen.csv", _money(claim))
        _put(inner, "6-tijdlijn.csv", _timeline(claim))
        rows = []
        for piece in Evidence.objects.filter(claim=claim).select_related(*SHOWN).order_by("pk"):
            path = f"bewijs/{piece.pk:06d}-{tidy_name(piece.name)}"
            _put(inner, path, bytes(piece.content))
            about = piece.decision.party.code if piece.decision else piece.commitment.number if piece.commitment else ""
            if piece.payment:
                about = f"{piece.payment.commitment.number} {_day(piece.payment.paid_on)}"
            rows.append(
                [path, str(piece.kind), about, _day(piece.dated), str(piece.get_classification_display()), piece.digest]
            )
        head = [_("File"), _("Kind"), _("About"), _("Date"), _("Classification"), "SHA-256"]
        _put(inner, "4-bewijsstukken.csv", _sheet(head, rows))
        _put(inner, "5-hiaten.csv", _sheet([_("What is lacking")], [[gap] for gap in lacking]))
    return stream.getvalue()


def _decisions(claim: Claim) -> bytes:
    head = [
        _("Round"),
        _("Decided by"),
        _("Outcome"),
        _("Date"),
        _("Line"),
        _("Envelope"),
        _("Commitment granted (EUR)"),
        _("Cash granted (EUR)"),
        _("Condition"),
        _("Registered by"),
        _("Confirmed by"),
    ]
    rows = []
    people = ("party", "registered_by", "confirmed_by")
    for row in Decision.objects.filter(claim=claim, dropped_at=None).select_related(*people).order_by("pk"):
        who = [row.condition, row.registered_by.name, row.confirmed_by.name if row.confirmed_by else ""]
        base = [str(row.round), row.party.code, str(row.get_outcome_display()), _day(row.decided_on)]
        amounts = list(row.amounts.select_related("line", "envelope").order_by("pk"))
        for given in amounts:
            cash = "" if given.cash is None else format_number(given.cash, language(), 2)
            money = [format_number(given.commitment, language(), 2), cash]
            rows.append([*base, given.line.title, str(given.envelope), *money, *who])
        if not amounts:
            rows.append([*base, "", "", "", "", *who])
    return _sheet(head, rows)


def _grants(claim: Claim) -> bytes:
    head = [_("Line"), _("Envelope"), _("Series"), _("Kind"), _("Amount (EUR)"), _("Booked on"), _("Step"), _("By")]
    entries = GrantEntry.objects.filter(line__claim=claim).select_related("line", "envelope", "step", "recorded_by")
    rows = [
        [
            row.line.title,
            str(row.envelope),
            str(row.get_series_display()),
            str(row.get_kind_display()),
            format_number(row.signed, language(), 2),
            _day(row.booked_on),
            str(row.step.get_kind_display()),
            row.recorded_by.name,
        ]
        for row in entries.order_by("pk")
    ]
    return _sheet(head, rows)


def _money(claim: Claim) -> bytes:
    head = [
        _("Commitment"),
        _("Partner"),
        _("Line"),
        _("What"),
        _("Envelope"),
        _("Amount (EUR)"),
        _("Booked on"),
        _("Paid on"),
        _("Voucher"),
        _("By"),
    ]
    rows = []
    links = ("envelope", "commitment__partner", "commitment__line", "recorded_by")
    for row in CommitmentRow.objects.filter(commitment__line__claim=claim).select_related(*links).order_by("pk"):
        rows.append([*_bond(row), _day(row.booked_on), "", row.voucher, row.recorded_by.name])
    for paid in Payment.objects.filter(commitment__line__claim=claim).select_related(*links).order_by("pk"):
        rows.append([*_bond(paid), _day(paid.booked_on), _day(paid.paid_on), paid.voucher, paid.recorded_by.name])
    return _sheet(head, rows)


def _bond(row: CommitmentRow | Payment) -> list[str]:
    bond = row.commitment
    what = [bond.number, bond.partner.short_name, bond.line.title, str(row.get_kind_display()), str(row.envelope)]
    return [*what, format_number(row.signed, language(), 2)]


def _timeline(claim: Claim) -> bytes:
    rows = [
        [moment.at.astimezone(datetime.UTC).isoformat(timespec="seconds"), moment.by, moment.what, moment.why]
        for moment in reversed(timeline([claim]))
    ]
    return _sheet([_("At (UTC)"), _("By"), _("What"), _("Why")], rows)


def _day(value: datetime.date | None) -> str:
    return "" if value is None else format_date(value, language())


def _sheet(head: list[str], rows: list[list[str]]) -> bytes:
    return tabular.words(head, rows, language=language())


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
