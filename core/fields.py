"""Model fields of the house: EUR amounts, percentages, rich text, public ids and sort keys."""

import unicodedata
import uuid
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import forms, money, richtext
from core.periods import FIRST_YEAR, LAST_YEAR


class EuroField(models.DecimalField):
    """An amount in EUR, to the cent. Entered and shown in the reader's notation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", money.MAX_DIGITS)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "core.fields.EuroField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return _reading(self, forms.EuroFormField, kwargs)


class NumberField(models.DecimalField):
    """A count or measure of anything but money, with at most two decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "core.fields.NumberField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return _reading(self, forms.NumberFormField, kwargs)


class PercentageField(models.DecimalField):
    """Percentage points from 0 to 100, with two decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 5)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("validators", [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "core.fields.PercentageField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return _reading(self, forms.PercentageFormField, kwargs)


class YearField(models.PositiveSmallIntegerField):
    """A budget year. Shown without thousands separator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("validators", [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, "core.fields.YearField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.YearFormField, **kwargs})


class DayField(models.DateField):
    """A date, read and written in words or figures."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "core.fields.DayField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.DayFormField, **kwargs})


class RichTextField(models.TextField):
    """Structured text. Whatever is saved is first brought into the stored form, so nothing unsanitised reaches a row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "core.fields.RichTextField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        return richtext.canonical(value) if value else super().get_prep_value(value)

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": forms.RichTextFormField, **kwargs})


class PublicIdField(models.UUIDField):
    """The identity that addresses, figures and files may name. Made in Python and never changed."""

    own: dict[str, Any] = {"default": uuid.uuid4, "unique": True, "editable": False}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("verbose_name", _("public id"))
        super().__init__(*args, **{**self.own, **kwargs})  # a history row names it too, and then it is not unique

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "core.fields.PublicIdField", args, _besides(self.own, kwargs, unique="unique" in kwargs)


class SortKeyField(models.CharField):
    """The key by which names sort: unaccented and case-folded, so that no list depends on a database's collation."""

    own: dict[str, Any] = {"max_length": 300, "editable": False, "blank": True, "default": "", "db_index": True}

    def __init__(self, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        super().__init__(**{**self.own, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        fields = _besides(self.own, kwargs, db_index="db_index" in kwargs)
        return name, "core.fields.SortKeyField", args, {"source": self.source, **fields}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        key = sort_key(str(getattr(instance, self.source)))
        setattr(instance, self.attname, key)
        return key


def _reading(field: models.DecimalField, form_class: type[forms.ReadingField], kwargs: dict[str, Any]) -> Any:
    """Return the form field that reads a decimal field, with as many decimals as the field itself keeps."""
    limits = {"max_digits": field.max_digits, "decimal_places": field.decimal_places}
    return models.Field.formfield(field, **{"form_class": form_class, **limits, **kwargs})


def _besides(own: dict[str, Any], kwargs: dict[str, Any], **now: Any) -> dict[str, Any]:
    """Return a field's arguments without those that are the house's own; what differs now is named."""
    rest = {name: value for name, value in kwargs.items() if name not in own}
    return rest | {name: value for name, value in now.items() if value != own[name]}


def sort_key(name: str) -> str:
    """Return the key by which a name sorts: "Één Fonds" sorts as "een fonds"."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold().strip()[:300]
