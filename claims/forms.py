"""Forms of the claims floor: they read what is typed and decide nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.checks.piece import LONGEST
from claims.enums import PartnerRole, PartnerStatus
from claims.models import ClaimLine, Envelope, HouseItem, LinePartner, LineYear
from claims.rules import parliament
from claims.rules.numbering import letter
from core.admin.widgets import choose_many, choose_one
from core.enums import Role
from core.forms import EuroFormField, VersionedForm, YearFormField
from core.language import language
from core.models import Directorate
from core.numbers import format_amount, plain
from core.permissions import standing
from partners.models import Partner

MOST_GOALS = 12


class Offers:
    """Gives a field of a form the box in which one searches while typing."""

    fields: dict[str, Any]

    def offer(self, name: str, widget: Any) -> None:
        """Put the widget in the place of a field's own, with its choices."""
        widget.choices = self.fields[name].choices
        self.fields[name].widget = widget


class QuickStartForm(Offers, forms.Form):
    """The four facts with which a claim begins."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"class": "utrecht-textbox", "size": "60"})
    )
    amount = EuroFormField(
        label=_("Amount requested"), min_value=Decimal("0.01"), help_text=_("In euros, for example 2 mln or 2.000.000.")
    )
    partner = forms.ModelChoiceField(
        label=_("Intended partner"),
        queryset=Partner.objects.filter(active=True),
        help_text=_("Who would receive the money. It can still change."),
    )
    envelope = forms.ModelChoiceField(
        label=_("Cover (envelope)"),
        queryset=Envelope.objects.filter(active=True),
        required=False,
        help_text=_("Leave empty when it is not known yet; then give the year."),
    )
    year = YearFormField(
        label=_("Budget year"),
        required=False,
        help_text=_("Needed when no envelope is chosen; otherwise the envelope has the year."),
    )
    directorate = forms.ModelChoiceField(label=_("Directorate"), queryset=Directorate.objects.none())

    def __init__(self, *args: Any, user: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = officer_directorates(user)
        self.fields["directorate"].queryset = mine
        self.offer("partner", choose_one(LinePartner, "partner"))
        self.offer("envelope", choose_one(LineYear, "envelope"))
        self.fields["partner"].help_text = format_html(
            '{} <a href="{}">{}</a>',
            self.fields["partner"].help_text,
            reverse("admin:partners_partner_add"),
            _("Not in the list? Add the partner first."),
        )
        self.fields["year"].initial = this_year
        self.fields["title"].widget.attrs.pop("maxlength", None)  # a browser would cut a longer title without a word
        self.fields["year"].widget.attrs["class"] = self.fields["amount"].widget.attrs["class"] = "utrecht-textbox"
        if len(mine) == 1:
            self.fields["directorate"].initial = mine[0]
            self.fields["directorate"].widget = forms.HiddenInput()

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("envelope") and not cleaned.get("year"):
            raise ValidationError(_("Choose the envelope, or give the budget year."))
        return cleaned


class PieceForm(forms.Form):
    """A Word file or a text to check."""

    file = forms.FileField(
        label=_("Word file (.docx)"),
        required=False,
        help_text=_("Drop it here or choose it; at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "utrecht-textarea", "lang": "nl"}),
    )

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise ValidationError(_("Drop a Word file, or paste a text."))
        if len(cleaned.get("text") or "") > LONGEST:
            self.add_error("text", too_long())
        return cleaned


class FromWordForm(forms.Form):
    """Last year's form, and the three facts that are asked rather than read."""

    file = forms.FileField(
        label=_("Word file (.docx)"),
        help_text=_("A CW 3.1 form, for example last year's. Drop it here or choose it; at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"class": "utrecht-textbox", "size": "60"})
    )
    year = YearFormField(label=_("Budget year"))
    directorate = forms.ModelChoiceField(label=_("Directorate"), queryset=Directorate.objects.none())

    def __init__(self, *args: Any, user: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = officer_directorates(user)
        self.fields["directorate"].queryset = mine  # type: ignore[attr-defined]
        self.fields["year"].initial = this_year
        self.fields["year"].widget.attrs["class"] = "utrecht-textbox"
        if len(mine) == 1:
            self.fields["directorate"].initial = mine[0]
            self.fields["directorate"].widget = forms.HiddenInput()


def too_long() -> str:
    """Say how long a piece may be."""
    return str(
        format_lazy(
            _("This is longer than a form or nota can be: at most {limit} characters."),
            limit=f"{LONGEST:_}".replace("_", " "),
        )
    )


def officer_directorates(user: Any) -> Any:
    """Return the directorates in which this person makes claims."""
    held = standing(user)
    if Role.OFFICER in held.everywhere:
        return Directorate.objects.filter(active=True)
    return Directorate.objects.filter(
        active=True, pk__in=[key for key, roles in (held.within or {}).items() if Role.OFFICER in roles]
    )


def item_directorates(user: Any) -> Any:
    """Return the directorates in which this person keeps motions and undertakings."""
    keepers = {Role.OFFICER, Role.MANAGER, Role.REGISTRAR}
    held = standing(user)
    if held.everywhere & keepers:
        return Directorate.objects.filter(active=True)
    return Directorate.objects.filter(
        active=True, pk__in=[key for key, roles in (held.within or {}).items() if roles & keepers]
    )


class HouseItemForm(VersionedForm):
    """A motion or undertaking, whose Kamerstuk is read in any usual notation."""

    class Meta:
        model = HouseItem
        fields: list[str] = []
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "lang": "nl"})}

    def clean_document(self) -> str:
        """Bring the Kamerstuk into its stored form."""
        try:
            return parliament.document(self.cleaned_data["document"])
        except ValueError:
            raise ValidationError(
                _("Write the Kamerstuk as dossier and number, for example 36 045, nr. 213."), code="document"
            ) from None


class SeeDetails(forms.Widget):
    """Stands where a line of several years has no box on its row: the sum where there is one, and where the years are."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        text = _("several years, see Details")
        if not isinstance(value, Decimal):
            return format_html('<div class="readonly">{}</div>', text)
        amount = format_amount(value, language())
        return format_html(
            '<div class="readonly" data-value="{}">{} <span class="muted">({})</span></div>', plain(value), amount, text
        )


class LineRowForm(Offers, VersionedForm):
    """One line of a claim on one row: for whom, how much and from which envelope, in the common case of one year.

    Years, roles and planned results of a line that needs more stand on its own page; this row then shows their sums.
    """

    goal_letter = forms.ChoiceField(label=_("goal"), required=False)
    recipients = forms.ModelMultipleChoiceField(
        label=_("recipients"),
        queryset=Partner.objects.all(),
        required=False,
        help_text=_("Several together: a pooled line."),
    )
    envelope = forms.ModelChoiceField(label=_("envelope (cover)"), queryset=Envelope.objects.all(), required=False)
    commitment = EuroFormField(label=_("amount"), required=False, min_value=Decimal("0.01"))

    class Meta:
        model = ClaimLine
        fields = ["title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs.update({"size": "24"})
        self.offer("recipients", choose_many(ClaimLine, "partners"))
        self.offer("envelope", choose_one(LineYear, "envelope"))
        goals = list(self.instance.claim.goals.in_order()) if self.instance.pk or self.instance.claim_id else []
        named = {letter(number): f"{letter(number)}. {goal.label}" for number, goal in enumerate(goals, 1)}
        letters = [letter(number) for number in range(1, MOST_GOALS + 1)]
        self.fields["goal_letter"].choices = [("", "–"), *((key, named.get(key, f"{key}.")) for key in letters)]
        self.years: list[LineYear] = []
        if self.instance.pk:
            self._fill(goals)

    def _fill(self, goals: list[Any]) -> None:
        self.years = list(LineYear.objects.filter(line=self.instance).select_related("envelope"))
        recipients = LinePartner.objects.filter(line=self.instance, role=PartnerRole.RECIPIENT)
        self.initial["recipients"] = [role.partner_id for role in recipients]
        self.initial["goal_letter"] = next(
            (letter(number) for number, goal in enumerate(goals, 1) if goal.pk == self.instance.goal_id), ""
        )
        if len(self.years) == 1:
            self.initial["commitment"], self.initial["envelope"] = self.years[0].commitment, self.years[0].envelope_id
        elif self.years:
            self.initial["commitment"] = sum((year.commitment for year in self.years), Decimal("0.00"))
            for name in ("commitment", "envelope"):
                self.fields[name].disabled = True
                self.fields[name].widget = SeeDetails()

    def stamp(self, stored: ClaimLine) -> str:
        """Return the versions of the line and of the years and roles that this row shows; locks them once it is sent."""
        years, roles = (model.objects.filter(line=stored).order_by("pk") for model in (LineYear, LinePartner))
        if self.is_bound:
            years, roles = years.select_for_update(), roles.select_for_update()
        parts = [f"{row.pk}v{row.version}" for rows in (years, roles) for row in rows.only("version")]
        return " ".join([str(stored.version), *parts])

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("envelope") and cleaned.get("commitment") is None and not self.errors:
            self.add_error("commitment", _("Give the amount that comes from this envelope."))
        return cleaned

    def save_parts(self) -> None:
        """Save year and recipients below the saved line."""
        line, cleaned = self.instance, self.cleaned_data
        if len(self.years) <= 1 and {"commitment", "envelope"} & set(self.changed_data):
            self._save_year(line, cleaned)
        if "recipients" in self.changed_data:
            wanted = set(cleaned["recipients"])
            present = {
                role.partner: role
                for role in LinePartner.objects.filter(line=line, role=PartnerRole.RECIPIENT).select_related("partner")
            }
            for partner, role in present.items():
                if partner not in wanted:
                    role.delete()
            for partner in sorted(cleaned["recipients"], key=self._order_chosen):
                if partner not in present:
                    LinePartner.objects.create(
                        line=line, partner=partner, role=PartnerRole.RECIPIENT, status=PartnerStatus.INTENDED
                    )

    def _order_chosen(self, partner: Partner) -> int:
        chosen = self.data.getlist(self.add_prefix("recipients"))  # type: ignore[attr-defined]
        return int(chosen.index(str(partner.pk)))

    def _save_year(self, line: ClaimLine, cleaned: dict[str, Any]) -> None:
        if cleaned.get("commitment") is None:
            for year in self.years:
                year.delete()
            return
        year = self.years[0] if self.years else LineYear(line=line)
        year.commitment, year.to_update = cleaned["commitment"], False
        known = year.open_year or line.claim.first_year
        year.envelope, year.open_year = cleaned.get("envelope"), None if cleaned.get("envelope") else known
        year.save()
