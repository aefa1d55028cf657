"""Every figure that a claim's texts may be bound to: of the claim itself, and of the partners it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Prefetch, Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.enums import CitationForm
from claims.models import Citation, Claim, HouseItem, WrittenPaper
from claims.queries.figures import SOURCES, Value, worded
from claims.queries.tree import Tree
from core.numbers import format_date
from core.wording import AmountForm, NumberForm, ShareForm
from partners.models import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Share
from results.models import Result

MOST = 400  # records of one kind
EXACT = {
    "claim.amount",
    "goal.amount",
    "line.commitment",
    "share.ratio",
    "paper.amount",
}  # never a rounded figure that somebody reported
FORMS: dict[str, Any] = {"amount": AmountForm, "number": NumberForm, "share": ShareForm, "words": CitationForm}


@dataclass(frozen=True)
class Offer:
    """A field of a record with its present value. `exact` values are our own or reckoned; others may have been rounded by their source."""

    id: str
    field: str
    label: str
    value: Value
    url: str
    unit: str = ""

    @property
    def key(self) -> str:
        """Name the figure in a form."""
        return f"{self.field}:{self.id}"

    @property
    def exact(self) -> bool:
        """True when the value is not somebody's rounding."""
        return self.field in EXACT

    def forms(self) -> list[tuple[str, str]]:
        """Return the ways to word it, each different wording once."""
        said: dict[str, str] = {}
        for form in FORMS[self.value.sort].values:
            said.setdefault(worded(self.value, form), form)
        return [(form, words) for words, form in said.items()]


def offers_for(*trees: Tree) -> list[Offer]:
    """Return the offers, the claims' own first, each once; a fixed number of queries per claim.

    Confidential results are never offered.
    """
    found = [offer for tree in trees for offer in _own(tree)]
    found += [offer for tree in trees for offer in _of_partners(tree)]
    return list({offer.key: offer for offer in found}.values())


def offers_for_paper(paper: WrittenPaper, trees: Sequence[Tree]) -> list[Offer]:
    """Return what a paper's texts may be bound to: the sum of its claims where there are several, and what each offers."""
    total = list(_offer("paper.amount", paper, _("all claims of this paper together"))) if len(trees) > 1 else []
    items = [offer for item in paper.house_items.order_by("pk") for offer in _offer("house-item.citation", item, item)]
    return list({offer.key: offer for offer in [*total, *offers_for(*trees), *items]}.values())


def _offer(field: str, record: Any, label: object, at: Model | None = None, unit: str = "") -> Iterator[Offer]:
    value = SOURCES[field].read(record)
    if value is not None:
        yield Offer(str(record.public_id), field, str(label), value, record_url(at or record), unit)


def _own(tree: Tree) -> Iterator[Offer]:
    claim = tree.claim
    yield from _offer("claim.amount", claim, _("the claim as a whole"))
    for goal in tree.goals:
        yield from _offer(
            "goal.amount",
            goal.goal,
            format_lazy(_("goal {letter}. {label}"), letter=goal.letter, label=goal.goal.label),
            claim,
        )
    for line in tree.lines:
        names = ", ".join(role.partner.short_name for role in line.recipients)
        yield from _offer(
            "line.commitment", line.line, format_lazy(_("line {title} ({names})"), title=line.line.title, names=names)
        )
        for planned in line.line.planned_results.all():
            yield from _offer(
                "planned.value",
                planned,
                format_lazy(_("planned: {what}"), what=planned.description),
                line.line,
                planned.unit,
            )
    for figure in claim.context_figures.all():
        yield from _offer("context.value", figure, f"{figure.subject}{_as_of(figure.as_of)}", claim, figure.unit)
    for item in claim.house_items.order_by("pk"):
        yield from _offer("house-item.citation", item, item)


def _of_partners(tree: Tree) -> Iterator[Offer]:
    partners = _partners(tree)
    for row in (
        Contribution.objects.filter(Q(partners__in=partners) | Q(partners=None))
        .prefetch_related("partners")
        .distinct()[:MOST]
    ):
        names = ", ".join(partner.short_name for partner in row.partners.all())
        label = format_lazy(_("our contribution {what}"), what=f"{f'{names}: ' if names else ''}{row}")
        yield from _offer("contribution.amount", row, label)
        yield from _offer("contribution.recorded", row, format_lazy(_("{what}, as the fund recorded it"), what=label))
    for total in FundTotal.objects.filter(partner__in=partners)[:MOST]:
        yield from _offer("total.amount", total, f"{total}{_as_of(total.as_of)}")
        yield from _offer("total.people", total, format_lazy(_("{what}: people reached"), what=total))
    yield from _of_appeals(partners)
    for share in Share.objects.filter(Q(total__partner__in=partners) | Q(appeal__partner__in=partners))[:MOST]:
        against = share.appeal if share.appeal_id else share.total
        yield from _offer(
            "share.ratio", share, format_lazy(_("Dutch share in {what}"), what=f"{against}{_as_of(against.as_of)}")
        )
    results = Result.objects.with_current().filter(partner__in=partners, confidential=False, versions__isnull=False)
    for result in results.distinct()[:MOST]:
        yield from _offer("result.value", result, result, unit=result.unit)
        for part in result.newest[0].parts.all():
            yield from _offer(
                "result-part.value", part, format_lazy(_("{what}: {part}"), what=result, part=part), result
            )


def _of_appeals(partners: set[int]) -> Iterator[Offer]:
    appeals = Appeal.objects.filter(partner__in=partners).prefetch_related(
        Prefetch("groups", AppealGroup.objects.in_order()), Prefetch("parts", AppealPart.objects.in_order())
    )
    for appeal in appeals[:MOST]:
        yield from _offer("appeal.required", appeal, format_lazy(_("{what}: amount asked"), what=appeal))
        yield from _offer("appeal.in-need", appeal, format_lazy(_("{what}: people in need"), what=appeal))
        yield from _offer("appeal.targeted", appeal, format_lazy(_("{what}: people to be reached"), what=appeal))
        for group in appeal.groups.all():
            yield from _offer(
                "appeal-group.people", group, format_lazy(_("{what}: {part}"), what=appeal, part=group), appeal
            )
        for part in appeal.parts.all():
            part.appeal = appeal
            yield from _offer(
                "appeal-part.amount", part, format_lazy(_("{what}: {part}"), what=appeal, part=part), appeal
            )


def _partners(tree: Tree) -> set[int]:
    """The partners of the lines and of the annex, who administers them, and whose records the annex cites."""
    named = {role.partner for line in tree.lines for role in line.roles} | {
        part.partner for part in tree.claim.annex_parts.all() if part.partner_id
    }
    cited = ("result", "total", "appeal", "share__total", "share__appeal")
    rows = Citation.objects.filter(part__claim=tree.claim).values_list(
        *(f"{name}__partner" for name in cited), "contribution__partners"
    )
    return (
        {partner.pk for partner in named}
        | {partner.administered_by_id for partner in named if partner.administered_by_id}
        | {key for row in rows for key in row if key}
    )


def _as_of(day: Any) -> str:
    return f" ({format_date(day, 'nl')})" if day else ""


def record_url(record: Any) -> str:
    """Return where a record is entered."""
    if isinstance(record, AppealGroup | AppealPart):
        record = record.appeal
    if isinstance(record, HouseItem):
        return reverse("claims:house-item", args=[record.public_id])
    if isinstance(record, WrittenPaper):
        return reverse("claims:paper", args=[record.reference])
    if isinstance(record, Claim):
        return reverse("claims:overview", args=[record.reference])
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.public_id])


def nearest_form(written: str, offer: Offer) -> str:
    """Return the wording of a figure that is most like what stands there."""
    words = written.lower()
    if offer.value.sort == "words":
        return str(CitationForm.SHORT)
    if offer.value.sort == "share":
        return str(ShareForm.EXACT if "," in words else ShareForm.HEDGED)
    if offer.value.sort == "number":
        return str(NumberForm.MILLION if "miljoen" in words else NumberForm.MLN if "mln" in words else NumberForm.FULL)
    if "€" in words:
        return str(AmountForm.SIGN_MLN if "mln" in words or "miljoen" in words else AmountForm.SIGN_FULL)
    return str(
        AmountForm.CODE_MILLION
        if "miljoen" in words or "miljard" in words
        else AmountForm.CODE_MLN
        if "mln" in words or "min" in words
        else AmountForm.CODE_FULL
    )
