"""Writes a stored field as a person reads it: on read-only pages, in the history, in differences."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from core import numbers, richtext
from core.fields import EuroField, PercentageField, RichTextField
from core.language import language

NOTHING = "–"


def shown(field: Any, value: Any) -> str:
    """Write one field's value in the reader's language; a foreign key may be given as a record or as its id."""
    if value is None or value == "":
        return NOTHING
    if isinstance(field, models.ForeignKey):
        return _record(field, value)
    if isinstance(value, models.Manager):
        return ", ".join(str(one) for one in value.all()) or NOTHING
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return _number(field, value)
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value)
        return f"{numbers.format_date(local.date(), language())}, {local:%H:%M}"
    if isinstance(value, datetime.date):
        return numbers.format_date(value, language())
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value) or NOTHING
    if isinstance(field, RichTextField):
        return richtext.text(richtext.parse(value))
    if field.name == "language":
        return str(settings.LANGUAGE_NAMES.get(value, value))
    return str(value)


def _record(field: Any, value: Any) -> str:
    if isinstance(value, models.Model):
        return str(value)
    related = field.related_model._base_manager.filter(pk=value).first()
    return str(related) if related else "?"


def _number(field: Any, value: Decimal) -> str:
    if isinstance(field, EuroField):
        return numbers.format_amount(value, language())
    if isinstance(field, PercentageField):
        return numbers.format_percentage(value, language())
    return numbers.format_number(value, language())
