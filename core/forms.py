"""Form fields and widgets of the house: they read what people type and say what they understood."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget, prose_editor_media

from core import money, numbers, richtext
from core.language import language
from core.periods import FIRST_YEAR, LAST_YEAR
from core.richtext.editor import EDITOR_CONFIG


class HouseRenderer(TemplatesSetting):
    """Renders forms from the project's templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class UnderstoodInput(forms.TextInput):
    """A text box that shows below it what was understood (the page asks the server, so there is one reading)."""

    kind = "number"
    size = 16
    reader: Callable[[str, str], Decimal] = staticmethod(numbers.parse_number)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        fixed = {
            "inputmode": "decimal",
            "autocomplete": "off",
            "class": "numeric",
            "size": str(self.size),
            "data-understand": self.kind,
        }
        super().__init__(fixed | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if value in (None, ""):
            return None
        return (
            self.written(value) if isinstance(value, Decimal | int) else str(value)
        )  # what was refused stays as typed

    def written(self, value: Decimal | int) -> str:
        """Return the value as the reader's language writes it."""
        return numbers.format_number(value, language())

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        known = self.understood(value)
        if known is not None:
            context["widget"]["attrs"]["data-value"] = numbers.plain(known)  # for sums on the page
        return context

    def understood(self, value: Any) -> Decimal | int | None:
        """Return what a stored or typed value comes to; None for nothing, or for what cannot be read."""
        if value in (None, ""):
            return None
        if isinstance(value, Decimal | int):
            return value
        try:
            return self.reader(str(value), language())
        except numbers.Unreadable:
            return None


class EuroInput(UnderstoodInput):
    """Shows amounts with two decimals."""

    kind = "amount"
    reader = staticmethod(numbers.parse_amount)

    def written(self, value: Decimal | int) -> str:
        return numbers.format_number(value, language(), 2)


class PercentageInput(UnderstoodInput):
    """Shows percentage points."""

    kind = "percentage"
    size = 8
    reader = staticmethod(numbers.parse_percentage)


class ReadingField(forms.DecimalField):
    """A decimal field that reads the reader's own notation through `core.numbers`."""

    widget: Any = UnderstoodInput

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return self.read(str(value))
        except numbers.Unreadable as error:
            raise ValidationError(str(error.message), code=error.code) from None

    def read(self, text: str) -> Decimal:
        """Read text in the reader's notation; raises `numbers.Unreadable`."""
        places = 2 if self.decimal_places is None else self.decimal_places
        return numbers.parse_number(text, language(), places)

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {}

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class NumberFormField(ReadingField):
    """Reads counts and measures."""


TOO_MUCH = _("An amount of 1,000 billion or more is not taken in. Look at the zeros, and at mln or mld.")


class EuroFormField(ReadingField):
    """Reads amounts in EUR, such as `1.234.567,89`, `15 mln` or `€ 15.000`."""

    widget = EuroInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", money.MAX_DIGITS)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("max_value", money.MOST_ENTERED)
        super().__init__(**kwargs)
        self.error_messages["max_value"] = TOO_MUCH
        self.error_messages.setdefault("min_value", _("The amount must be more than zero."))

    def read(self, text: str) -> Decimal:
        return numbers.parse_amount(text, language())


class PercentageFormField(ReadingField):
    """Reads percentages, such as `12,5 %`."""

    widget = PercentageInput

    def read(self, text: str) -> Decimal:
        return numbers.parse_percentage(text, language())


class YearFormField(forms.IntegerField):
    """Reads a budget year."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators += [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
        self.widget.attrs.update({"inputmode": "numeric", "size": "6", "maxlength": "4", "autocomplete": "off"})


class DayInput(forms.TextInput):
    """Shows a date in words."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "size": "20", "data-understand": "date", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if value in (None, ""):
            return None
        return numbers.format_date(value, language()) if hasattr(value, "month") else str(value)


class DayFormField(forms.DateField):
    """Reads a date, such as `4 februari 2026` or `04-02-2026`."""

    widget = DayInput

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if hasattr(value, "month"):
            return super().to_python(value)
        try:
            return numbers.parse_date(str(value), language())
        except numbers.Unreadable as error:
            raise ValidationError(str(error.message), code=error.code) from None


class RichTextWidget(ProseEditorWidget):
    """The rich text editor with the house's extensions."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, config=EDITOR_CONFIG, preset="configurable")

    @property
    def media(self) -> Any:
        return prose_editor_media(preset="configurable") + forms.Media(
            css={"all": ["css/editor.css"]}, js=["js/editor-words.js"]
        )


class RichTextFormField(forms.CharField):
    """Reads rich text into its stored form."""

    widget = RichTextWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        kwargs["widget"] = RichTextWidget
        super().__init__(**kwargs, strip=False)

    def clean(self, value: Any) -> str:
        try:
            text = richtext.canonical(value or "")
        except richtext.Unreadable as error:
            raise ValidationError(str(error.message), code=error.code) from None
        if self.required and not text:
            raise ValidationError(_("This field is required."), code="required")
        return text


class SeenField(forms.CharField):
    """The version of a record that stood on the screen. It travels along and is no change of the record."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VersionedForm(forms.ModelForm):
    """A form over a model with a `version`: a save over somebody else's newer save is refused, with the difference."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen_version"] = SeenField(
                initial=self.stamp(self.instance), required=False, label=_("version")
            )

    def stamp(self, stored: Any) -> str:
        """Return what changes with every save of what this form shows."""
        return str(stored.version)

    def clean(self) -> Any:
        cleaned = super().clean()
        if not self.instance.pk or not self.changed_data:
            return cleaned
        seen = (self.cleaned_data or {}).get("seen_version")
        rows = type(self.instance)._default_manager.select_for_update(of=("self",))  # not what its name is made of
        stored = rows.filter(pk=self.instance.pk).first()
        if stored is None:
            raise ValidationError(
                _("Somebody else removed this in the meantime. Your entries are still below; copy what you need."),
                code="gone",
            )
        if self.stamp(stored) != seen:
            raise ValidationError([self._stale_message(stored)], code="stale")
        return cleaned

    def _stale_message(self, stored: Any) -> Any:
        differences = [
            f"{self.fields[name].label or name}: {_shown(stored, name, self.fields[name])}"
            for name in self.changed_data
            if name in self.fields and hasattr(stored, name)
        ]
        message = _(
            "This was saved in the meantime, by somebody else or by you in another window. Nothing of this page was saved. "
            "What is stored now: %(stored)s. Compare, adjust where needed, and save again: that then replaces it."
        )
        # The next save is made with full knowledge: the version now shown is the stored one.
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("seen_version")] = self.stamp(stored)  # type: ignore[index]
        return ValidationError(message, code="stale", params={"stored": "; ".join(differences) or "–"})

    def _save_m2m(self) -> None:
        """Count a change of what a record is linked to as a new version of it: the links stand in another table."""
        super()._save_m2m()  # type: ignore[misc]
        links = {field.name for field in self.instance._meta.many_to_many}
        if links & set(self.changed_data):
            rows = type(self.instance)._default_manager.filter(pk=self.instance.pk)
            rows.update(version=models.F("version") + 1)


def _shown(stored: models.Model, name: str, field: forms.Field) -> str:
    """Write a field's stored value as a person reads it."""
    value = getattr(stored, name)
    if isinstance(value, models.Manager):
        value = ", ".join(str(one) for one in value.all())
    if value in (None, ""):
        return "–"
    if isinstance(field, RichTextFormField):
        return richtext.text(richtext.parse(value))
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(getattr(stored, f"get_{name}_display")())
    if isinstance(value, Decimal):
        return numbers.format_number(value, language())
    return numbers.format_date(value, language()) if hasattr(value, "month") else str(value)
