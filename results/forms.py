"""Forms of results: they read what people type and give the reason before the database has to refuse."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.admin.base import RowsFormSet
from core.forms import VersionedForm
from core.language import language
from core.numbers import format_date
from results.enums import Counted, VersionState
from results.models import PeriodLock, ResultVersion
from results.queries import lock_on

CLOSED = _("The period up to {end} is locked for {partner}: {reason}. A controller can lift the lock.")


def closed(lock: PeriodLock) -> ValidationError:
    """Say that a period is closed, why, and who can open it."""
    end = format_date(lock.period_end, language())
    text = format_lazy(CLOSED, end=end, partner=lock.partner.short_name, reason=lock.reason)
    return ValidationError(str(text), code="locked")


class ResultForm(VersionedForm):
    """A result: takes the unit of its indicator, and is refused in a closed period."""

    def clean(self) -> Any:
        cleaned: Any = super().clean() or self.cleaned_data
        indicator = cleaned.get("indicator")
        if indicator and not cleaned.get("unit"):
            cleaned["unit"] = self.instance.unit = indicator.unit
        if self.has_changed() and cleaned.get("partner") and cleaned.get("period_end"):
            self.instance.partner, self.instance.period_end = cleaned["partner"], cleaned["period_end"]
            if lock := lock_on(self.instance):
                raise closed(lock)
        return cleaned


class VersionForm(VersionedForm):
    """A reported value. One that is verified is shown and never changed; a percentage is reckoned from its parts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.state == VersionState.VERIFIED:
            for field in self.fields.values():
                field.disabled = True

    def clean(self) -> Any:
        cleaned: Any = super().clean() or self.cleaned_data
        self._percentage(cleaned)
        return cleaned

    def _percentage(self, cleaned: dict[str, Any]) -> None:
        part, whole = cleaned.get("numerator"), cleaned.get("denominator")
        if part is None and whole is None:
            return
        if part is None or not whole:
            raise ValidationError(
                _("Enter the numerator and the denominator; the denominator is more than zero."), code="percentage"
            )
        reckoned = (part * 100 / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        if cleaned.get("value") is None:
            cleaned["value"] = reckoned
        elif cleaned["value"] != reckoned:
            self.add_error(
                "value", _("This is not the numerator divided by the denominator. Leave it empty to have it reckoned.")
            )


REPORTED = ("value", "narrative", "numerator", "denominator", "baseline", "target", "as_of", "source_id")


class VersionFormSet(RowsFormSet):
    """The values of one result: numbered by themselves, refused in a closed period, verified ones kept."""

    def clean(self) -> None:
        self._number()
        super().clean()
        if any(form.instance.state == VersionState.VERIFIED for form in self.deleted_forms):
            raise ValidationError(_("A verified value cannot be removed. Report a later one instead."), code="verified")
        lock = lock_on(self.instance) if self.instance.pk and self.has_changed() else None
        if lock:
            raise closed(lock)
        self._percentages()
        self._parts()
        self._twins()
        self._something()

    def _something(self) -> None:
        if not any(self._counts(form) for form in self.forms) and not any(form.errors for form in self.forms):
            raise ValidationError(
                _(
                    "Enter what was reported: a value, or what was achieved in words. Without it no paper tells this result."
                ),
                code="nothing-reported",
            )

    def _twins(self) -> None:
        rows = [form.instance for form in self.forms if self._counts(form)]
        said = [tuple(getattr(row, name) for name in REPORTED) for row in rows]
        if len(set(said)) < len(said):
            raise ValidationError(
                _("The same value is reported twice with the same date and source. Change one of them or remove it."),
                code="twins",
            )

    def _parts(self) -> None:
        for form in self.initial_forms:
            if form.instance.pk and "value" in form.changed_data:
                parts = [part.value for part in form.instance.parts.all()]
                whole = getattr(form, "cleaned_data", {}).get("value")
                if parts and (whole is None or max(parts) > whole):
                    form.add_error(
                        "value", _("A part (of which) is larger than this value. Change both under Details.")
                    )

    def _percentages(self) -> None:
        indicator = self.instance.indicator if self.instance.indicator_id else None
        if indicator is None or indicator.counts != Counted.PERCENTAGE:
            return
        for form in self.forms:
            cleaned = getattr(form, "cleaned_data", {})
            if form.has_changed() and cleaned.get("value") is not None and cleaned.get("numerator") is None:
                form.add_error("numerator", _("A percentage is entered as numerator and denominator."))

    def _number(self) -> None:
        stored = (
            ResultVersion.objects.filter(result=self.instance) if self.instance.pk else ResultVersion.objects.none()
        )
        last = stored.aggregate(last=Max("number"))["last"] or 0
        for number, form in enumerate((form for form in self.extra_forms if form.has_changed()), last + 1):
            form.instance.number = number


class PartFormSet(RowsFormSet):
    """The "of which" parts of one value: none exceeds it."""

    def clean(self) -> None:
        super().clean()
        whole = self.instance.value
        for form in self.forms:
            value = getattr(form, "cleaned_data", {}).get("value")
            if value is not None and not form.cleaned_data.get("DELETE") and (whole is None or value > whole):
                form.add_error("value", _("A part is not larger than the whole."))
