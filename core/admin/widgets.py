"""Choosing from many: Django's autocomplete, which also survives a value that was never offered."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models


class OfferedOnly(AutocompleteMixin):
    """Shows a refused form again without looking up what is no key at all (Django answers 500 to that)."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        offered = [key for key in value if str(key).isascii() and str(key).isdecimal() and len(str(key)) < 19]
        return super().optgroups(name, offered, attrs)


class ChooseOne(OfferedOnly, AutocompleteSelect):
    """One record."""


class ChooseMany(OfferedOnly, AutocompleteSelectMultiple):
    """Several records."""


def choose_one(model: type[models.Model], name: str) -> ChooseOne:
    """Return the box with which a form chooses what a model's foreign key may point at."""
    return ChooseOne(model._meta.get_field(name), admin.site, attrs={"data-width": "style"})


def choose_many(model: type[models.Model], name: str) -> ChooseMany:
    """Return the box with which a form chooses several records of a model's relation."""
    return ChooseMany(model._meta.get_field(name), admin.site, attrs={"data-width": "style"})
